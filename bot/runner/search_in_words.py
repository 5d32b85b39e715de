"""A search for something to volunteer for, in a citizen's own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.calendar.phrases.reading import read
from bot.calendar.phrases.result import Ask, When
from bot.engine.steps import base36
from bot.engine.words import fold
from bot.model.opportunity import Opportunity
from bot.runner import volunteer_search
from bot.runner.context import TurnContext
from bot.runner.faq import find
from bot.runner.volunteer_search import Looked, read_state
from flows import cards, search_words

FILTERS = (f"{cards.COMMAND}lookback.", f"{cards.COMMAND}lookt.")
MOST_ROLES = 3  # words that may name a task
LONGEST = 14  # words


@dataclass(frozen=True, slots=True)
class Wish:
    """What words look for; *roles* are left words, each of which may name a task."""

    looked: Looked
    roles: tuple[str, ...] = ()


async def search(context: TurnContext, words: str) -> bool:
    """Show what words look for; return whether they look for something.

    While a filter is open, its theme, area or days can be written alone. Questions that the FAQ
    lists keep their answers.
    """
    plain = fold(words)
    if len(plain.split()) > LONGEST:
        return False
    wants = search_words.WANTS_TO_HELP.search(plain) is not None
    if not await context.unit.opportunities.any_open():
        return wants and await _nothing_open(context, words)
    base = _filter(context)
    wish = read_wish(context, words, base or Looked())
    if wish is None:
        return False
    narrows = wish.looked != (base or Looked())
    if not (base is not None and narrows) and not wants:
        looks = search_words.LOOKS_FOR.search(plain) is not None
        only_area = replace(wish.looked, area="") == Looked() and wish.looked.area != ""
        if not (wish.roles or (narrows and (looks or only_area))):
            return False
    found = (await find(context, words)).best
    if found is not None and (found.score >= 1 or not (wants or base is not None)):
        return False
    return await show(context, wish)


async def _nothing_open(context: TurnContext, words: str) -> bool:
    """Say that there are no tasks, unless the FAQ answers the words; return whether it is said."""
    if (await find(context, words)).best is not None:
        return False
    await volunteer_search.volunteer(context, "")
    return True


async def show(context: TurnContext, wish: Wish) -> bool:
    """Show what a wish finds; return False where words name no task."""
    if wish.roles:
        tasks = await _named(context, wish.roles)
        if not tasks:
            return False
        await volunteer_search.some(context, tasks, wish.looked)
    elif wish.looked == Looked():
        await volunteer_search.volunteer(context, "")
    else:
        await volunteer_search.found(context, wish.looked.state)
    return True


def read_wish(context: TurnContext, words: str, base: Looked) -> Wish | None:
    """Return what words look for, added to *base*; None where a word is not explained."""
    reading = read(words, context.language, context.now, context.calendar)
    meaning, rest = reading.meaning, reading.rest
    if isinstance(meaning, Ask):
        meaning = meaning.choices[0] if meaning.choices else None
    looked = base
    if isinstance(meaning, When):
        ends = (meaning.day, meaning.ends or meaning.day)
        days = "-".join(dict.fromkeys(base36(end.toordinal()) for end in ends))
        looked = replace(looked, days=days)
    else:
        rest = words
    plain = fold(rest)
    for key, pattern in search_words.TIMES.items():
        if pattern.search(plain):
            looked, plain = replace(looked, minutes=key), pattern.sub(" ", plain)
    looked, plain = _theme(context, looked, plain)
    left = []
    for word in plain.split():
        area = _area(context, word)
        if area is not None:
            looked = replace(looked, area=area)
        elif word not in search_words.FILLER:
            left.append(word)
    return Wish(looked, tuple(left)) if len(left) <= MOST_ROLES else None


def _theme(context: TurnContext, looked: Looked, plain: str) -> tuple[Looked, str]:
    """Return the search with the theme that words name, and the other words."""
    for topic in context.town.topics:
        names = [fold(one) for one in (*topic.labels.values(), *topic.words)]
        for name in sorted(names, key=len, reverse=True):
            padded = f" {plain} "
            if f" {name} " in padded and name not in search_words.FILLER:
                return replace(looked, theme=topic.key), padded.replace(f" {name} ", " ").strip()
    return looked, plain


def _area(context: TurnContext, word: str) -> str | None:
    """Return the area that a word of its name means."""
    for one in context.town.areas:
        for name in fold(one.name).split():
            long = len(name) >= search_words.SHORTEST_AREA
            if word == name and long and name not in search_words.OF_MANY_AREAS:
                return one.key
    return None


def _filter(context: TurnContext) -> Looked | None:
    """Return what the citizen looks for on the search's screen that is open; None without one."""
    for data, _label in context.citizen.screen:
        begins = next((one for one in FILTERS if data.startswith(one)), None)
        if begins is not None:
            return read_state(context, data.removeprefix(begins))[0]
    return None


async def _named(context: TurnContext, words: Sequence[str]) -> list[Opportunity]:
    """Return the open opportunities whose titles begin with the role that each word names."""
    return [
        one
        for one in await context.unit.opportunities.open()
        if all(any(_fits(word, role) for role in _roles(one)) for word in words)
    ]


def _roles(one: Opportunity) -> set[str]:
    """Return the words of the titles that say what one does."""
    found: set[str] = set()
    for title in one.titles.values():
        for word in fold(title).split():
            if word in search_words.AFTER_ROLE:
                break
            found.add(word.replace("é", "e"))
    return {word for word in found if len(word) >= search_words.SHORTEST_ROLE}


def _fits(word: str, role: str) -> bool:
    """Return whether a word is a role, with another ending."""
    word = word.replace("é", "e")
    return len(word) >= search_words.SHORTEST_ROLE and (
        word.startswith(role) or role.startswith(word)
    )


async def nearby(context: TurnContext, state: str) -> None:
    """Show what is near a place; words that look for something else are a new search."""
    _looked, spot = read_state(context, state)
    wants = search_words.WANTS_TO_HELP.search(fold(spot)) is not None
    wish = read_wish(context, spot, Looked()) if wants else None
    if wish is None or not await show(context, wish):
        await volunteer_search.near_place(context, state)
