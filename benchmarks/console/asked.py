"""The pages requested from the console, with varying words and numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from random import Random

from words import HOUSES, WORDS

from bot.model.case import FIRST_NUMBER
from bot.model.caselist import CaseList

Choose = Callable[[Random], str]
ALL, OVERDUE = f"cases/{CaseList.ALL}", f"cases/{CaseList.OVERDUE}"


@dataclass(frozen=True, slots=True)
class Asked:
    """A kind of page; *path* returns the path of one, chosen at random."""

    name: str
    path: Choose


def same(path: str) -> Choose:
    """Return a function that always returns *path*."""
    return lambda _chance: path


def one_of(*words: str) -> Choose:
    """Return a function that chooses one of *words*."""
    return lambda chance: chance.choice(words)


def street(chance: Random) -> str:
    """Return a random street, which may have no case."""
    return chance.choice(WORDS["places"]) + chance.choice(WORDS["streets"])


def both(first: Choose, second: Choose, chance: Random) -> str:
    """Return two words, chosen by *first* and *second*."""
    return f"{first(chance)} {second(chance)}"


def search(words: Choose, more: str = "") -> Choose:
    """Return a function that makes the path of a search for *words*; *more* adds filters."""
    return lambda chance: f"search?q={words(chance)}{more}"


COMMON = one_of("lygten", "skraldet", "rotter", "asfalten", "cyklen", "naboen", "biblioteket")
BEGINNINGS = one_of("strand", "skole", "møl", "vej", "lyg", "s")
PHRASES = one_of("hul i asfalten", "lygten er slukket", "set rotter strandvej")
SEARCHES = (
    Asked("search: a rare word", search(same(WORDS["rarest"]))),
    Asked("search: a common word", search(COMMON)),
    Asked("search: how a word begins", search(BEGINNINGS)),
    Asked("search: two words", search(partial(both, COMMON, street))),
    Asked("search: three words", search(PHRASES)),
    Asked(
        "search: a street and a number",
        search(partial(both, street, lambda chance: str(chance.randint(1, HOUSES)))),
    ),
    Asked("search: narrowed to a tenth", search(COMMON, "&theme=care")),
    Asked("search: narrowed to few", search(COMMON, "&kind=access&area=tangoe")),
    Asked("search: what nobody said", search(one_of("xyzzy", "kvantefysik", "dinosaur"))),
)


def looks(ours: Sequence[int], last: int) -> list[Asked]:
    """Return all pages to measure; *ours* are numbers of open cases, *last* is the newest id."""
    lists = [
        Asked(f"list: {which}", same("cases" if which is CaseList.MINE else f"cases/{which}"))
        for which in CaseList
    ]
    return [
        *lists,
        Asked("list: all, far back", lambda chance: f"{ALL}?after={chance.randint(2, last)}"),
        Asked("list: all, of a theme", same(f"{ALL}?theme=care")),
        Asked("list: all, of three at once", same(f"{ALL}?theme=care&area=tangoe&kind=access")),
        Asked("list: overdue, of a theme", same(f"{OVERDUE}?theme=care")),
        Asked("case: an open one", lambda chance: f"cases/{chance.choice(ours)}"),
        Asked("case: any", lambda chance: f"cases/{FIRST_NUMBER + chance.randint(1, last)}"),
        *SEARCHES,
    ]
