"""Doubts about a moment: words of its clause deny it, report the past or make it a name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from bot.calendar.phrases import words
from bot.calendar.phrases.items import Items
from bot.calendar.phrases.place import Place

PAST_ENDINGS = {"da": "ede", "en": "ed"}
NO_PAST_ENDING = "eed"  # "need", "feed"
FAR = 4  # tokens between a word and what it is about
SHORTEST_PAST = 5  # letters of a regular verb in the past tense
DEFINITE_ENDINGS = ("en", "et", "ne")  # of a Danish noun: "bussen kom"
LATEST_HOUR = 24


def is_doubtful(place: Place, items: Items) -> bool:
    """Return whether the words of a text make it doubtful that its moment is meant."""
    clauses = list(_clauses(place, items.taken))
    timed = [clause for clause in clauses if items.taken.intersection(clause)]
    return (
        any(test(place, clause, items.taken) for clause in timed for test in _TESTS)
        or _is_past(place, range(len(place.tokens)), items.taken)
        or any(_is_cancelled(place, at) for at in range(len(place.tokens)))
        or any(_is_elsewhere(place, at, items.taken) for at in range(len(place.tokens)))
        or any(_is_corrected(place, at, items.taken) for at in range(len(place.tokens)))
        or _is_midnight(place, items)
        or any(_is_hour(place, at, items.taken) for at in range(len(place.tokens)))
        or _is_compound(place, items.taken)
        or _is_subject(place, items)
    )


def _clauses(place: Place, taken: set[int]) -> Iterator[Sequence[int]]:
    """Yield the tokens of each clause; a clause ends before a conjunction and behind a mark."""
    first = 0
    for at in range(len(place.tokens)):
        begins = place.has_own(at, words.CLAUSE_BEGINS) and at not in taken
        if begins and at > first:
            yield range(first, at)
            first = at
        is_mark = at not in taken and place.has(at, words.CLAUSE_MARK)
        if is_mark or place.tokens[at].ends_sentence:
            yield range(first, at + 1)
            first = at + 1
    yield range(first, len(place.tokens))


def _is_past(place: Place, clause: Sequence[int], taken: set[int]) -> bool:
    """Return whether a clause has a verb in the past tense, and none that looks ahead."""
    left = [at for at in clause if at not in taken]
    is_past = any(_is_past_verb(place, at) for at in left)
    return is_past and not any(place.has_own(at, words.AHEAD) for at in left)


def _is_past_verb(place: Place, at: int) -> bool:
    """Return whether token *at* begins a verb in the past tense."""
    if place.kind(at) != "word" or place.has_own(at, words.PLANNED):
        return False
    before = at - 1 - place.has_own(at - 1, words.ADVERB)
    is_behind_subject = place.has_own(before, words.SUBJECT) or (
        place.language == "da" and place.text(before).endswith(DEFINITE_ENDINGS)
    )
    if place.has_own(at, words.PAST_VERB):
        return True
    if place.has_own(at, words.PAST_VERB_OF_SUBJECT):
        return is_behind_subject
    text = place.text(at)
    is_regular = (
        len(text) >= SHORTEST_PAST
        and text.endswith(PAST_ENDINGS[place.language])
        and not text.endswith(NO_PAST_ENDING)
    )
    if not is_regular or place.has_own(at, words.NO_PAST_VERB):
        return False
    if place.language == "da":
        return not place.has_own(at - 1, words.OWNER)
    return is_behind_subject


def _is_denied(place: Place, clause: Sequence[int], taken: set[int]) -> bool:
    """Return whether a clause says that something is not: "Thursday I cannot come"."""
    first = clause[0] if clause else 0
    is_none = place.has_own(first, words.NONE) and first + 1 not in taken
    return is_none or any(place.has_own(at, words.DENIED) for at in clause if at not in taken)


def _is_conditional(place: Place, clause: Sequence[int], taken: set[int]) -> bool:
    """Return whether the moment itself is a condition: "if it rains on Friday"."""
    del taken
    return bool(clause) and place.has_own(clause[0], words.CONDITION)


def _is_priced(place: Place, clause: Sequence[int], taken: set[int]) -> bool:
    """Return whether a clock time may be an amount: "the bill of 16.40 is due on Friday"."""
    amounts = [
        at
        for at in taken.intersection(clause)
        if place.kind(at) == "clock" and ":" not in place.text(at)
    ]
    is_led = any(place.has_own(at - 1, words.CLOCK_LEAD) for at in amounts)
    return bool(amounts) and not is_led and any(place.has_own(at, words.PRICED) for at in clause)


_TESTS: tuple[Callable[[Place, Sequence[int], set[int]], bool], ...] = (
    _is_past,
    _is_denied,
    _is_conditional,
    _is_priced,
)


def _is_cancelled(place: Place, at: int) -> bool:
    """Return whether token *at* cancels an event or a reminder.

    A person who wants to find out whether an event is cancelled does not cancel it.
    """
    if not place.has_own(at, words.CANCELLED) or place.has_own(at, words.NOT_CANCELLED):
        return False
    asks = any(place.has_own(near, words.WHETHER) for near in range(max(at - FAR, 0), at))
    return not asks or not place.has_own(at - 1, words.IS)


def _is_corrected(place: Place, at: int, taken: set[int]) -> bool:
    """Return whether token *at* corrects the time before it: "Monday at 10, sorry, 11"."""
    before = at - 1 - place.has(at - 1, words.CLAUSE_MARK)
    return at not in taken and before in taken and place.has_own(at, words.CORRECTION)


def _is_midnight(place: Place, items: Items) -> bool:
    """Return whether a text names the midnight of a day, which may be its first or its last."""
    is_of_day = bool(items.days or items.every)
    return is_of_day and any(place.has(at, words.MIDNIGHT) for at in items.taken)


def _is_elsewhere(place: Place, at: int, taken: set[int]) -> bool:
    """Return whether a clock time is of another time zone: "15:00 London time"."""
    if at in taken or place.has(at, words.HOME_TIME):
        return False
    is_behind_clock = at - 1 in taken and place.tokens[at - 1].text[:1].isdecimal()
    is_zone = place.kind(at) == "word" and place.has_own(at + 1, words.ZONE_NOUN)
    return place.has(at, words.ZONE) or (
        is_zone and is_behind_clock and not place.has_own(at, words.OWNER)
    )


def _is_hour(place: Place, at: int, taken: set[int]) -> bool:
    """Return whether a number behind a word such as "closes" may be an hour that is not read."""
    number = place.number(at)
    if at in taken or number is None or number > LATEST_HOUR or place.kind(at) != "number":
        return False
    return place.has_own(at - 1, words.BEFORE_HOUR) and not place.counts(at)


def _is_compound(place: Place, taken: set[int]) -> bool:
    """Return whether a word about time is a part of another: "mandag morgen-klubben"."""
    return any(
        place.kind(at + step) == "dash"
        and place.kind(at + 2 * step) == "word"
        and not {at + step, at + 2 * step} & taken
        and _is_glued(place, at + min(step, 0))
        and _is_glued(place, at + min(2 * step, step))
        for at in taken
        for step in (-1, 1)
    )


def _is_glued(place: Place, at: int) -> bool:
    """Return whether no space is between token *at* and the next."""
    return place.tokens[at].end == place.tokens[at + 1].start


def _is_subject(place: Place, items: Items) -> bool:
    """Return whether a day is who acts or what is named: "Fredag har skrevet", "Sunday Roast"."""
    if items.clocks or not items.taken or len(items.days) != 1:
        return False
    first, last = min(items.taken), max(items.taken)
    behind = last + 1
    if place.has_own(behind, words.NAMED):
        return True
    if not place.tokens[first].is_capital or not place.is_weekday_name(last):
        return False
    if place.language == "en":
        is_name = place.kind(behind) == "word" and place.tokens[behind].is_capital
        return is_name and not place.has_own(behind, words.PRONOUN)
    is_led = place.has_own(behind, words.HAS) and first == last == 0
    is_who = behind + 1 < len(place.tokens) and (
        place.has_own(behind + 1, words.SUBJECT)
        or place.has_own(behind + 1, words.OWNER)
        or place.tokens[behind + 1].is_capital
    )
    return is_led and not is_who
