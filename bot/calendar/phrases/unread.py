"""Words about time that no item of a text has taken: then the meaning is not sure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.calendar.phrases import words
from bot.calendar.phrases.dates import LONGEST_MONTH
from bot.calendar.phrases.items import Items, Role
from bot.calendar.phrases.place import Place
from bot.calendar.phrases.vocabulary import (
    AMBIGUOUS,
    UNCLEAR,
    is_month_slip,
    is_near_slip,
    is_slip_of,
)

SHORTEST_MONTH = 4  # letters; "maj" and "may" are words too
LONGEST_AMOUNT = 4  # digits; a longer number is a telephone number
SEASON_ENDINGS = ("ferie", "ferien", "ferierne", "sæson", "sæsonen", "halvår", "halvåret")
DAY_ENDINGS = ("dag", "dagen", "aften", "nat", "day", "eve")
LEAST_OF_TELEPHONE = 3  # digits of each of two numbers


def is_unread(place: Place, items: Items) -> bool:
    """Return whether a token that may say something about time belongs to no item."""
    taken = items.taken
    harmless = _harmless(place)
    left = [at for at in range(len(place.tokens)) if at not in taken and at not in harmless]
    return (
        any(test(place, at, taken) for at in left for test in _TESTS)
        or any(_is_part(place, at, items) for at in left)
        or any(_is_past_hour(place, at) for at in left)
        or _is_open(place, items, left)
        or _is_counted_from(place, left)
        or _is_bare_clock(place, items)
        or (not items.clocks and any(_is_range(place, at) for at in left))
        or (not items.days and not items.every and any(_names_day(place, at) for at in left))
        or _is_moved(place, items)
        or _is_name(place, items)
        or (bool(items.every) and any(_limits_rule(place, at) for at in left))
    )


def _limits_rule(place: Place, at: int) -> bool:
    """Return whether a word limits a rule: "i ferien", "de næste tre uger"."""
    is_amount = place.number(at) is not None and place.has(at + 1, words.UNIT_OF_RULE)
    is_season = place.text(at).endswith(SEASON_ENDINGS)
    return is_amount or is_season or place.has(at, words.UNREAD_IN_RULE)


def _harmless(place: Place) -> set[int]:
    """Return the tokens of phrases that sound like time and change nothing: "all day"."""
    found: set[int] = set()
    for at in range(len(place.tokens)):
        found.update(range(at, place.skip(at, words.HARMLESS)))
        if place.number(at) is not None and place.has(at + 1, words.AGE):
            found.update((at, at + 1))
    return found


def _changes_all(place: Place, at: int, taken: set[int]) -> bool:
    """Return whether a word changes the meaning of any text about time: "undtagen"."""
    del taken
    is_unclear = place.kind(at) == "word" and place.text(at).endswith(UNCLEAR)
    return is_unclear or place.has(at, words.UNREAD_ANYWHERE)


def _changes_next(place: Place, at: int, taken: set[int]) -> bool:
    """Return whether a word changes the meaning of an item next to it: "før", "eller", "ikke"."""
    if place.has(at, words.UNREAD_BEFORE_TIME) and not _is_dog(place, at):
        is_number = place.number(at + 1) is not None and not place.counts(at + 1)
        return at + 1 in taken or (is_number and not place.has(at, words.ARTICLE))
    if not place.has(at, words.UNREAD_NEXT_TO_TIME):
        return False
    after = place.skip(at, words.UNREAD_NEXT_TO_TIME)
    is_linked = (place.has(at - 1, words.LINK) and at - 2 in taken) or (
        place.has(after, words.LINK) and after + 1 in taken
    )
    return is_linked or bool({at - 1, after} & taken)


def _is_dog(place: Place, at: int) -> bool:
    """Return whether the Danish "however" is the animal of an English text."""
    return place.language == "en" and place.text(at) == "dog"


def _names_time(place: Place, at: int, taken: set[int]) -> bool:
    """Return whether a unit, an ordinal, a date or a month is near an item."""
    is_month = place.month(at) is not None and len(place.text(at)) >= SHORTEST_MONTH
    is_date = place.kind(at) == "date" and not place.has(at + 1, words.MEASURE)
    is_day = place.kind(at) == "ordinal" and (place.number(at) or 0) <= LONGEST_MONTH
    is_ordinal = is_day or _is_joined_ordinal(place, at)
    names = is_month or is_date or is_ordinal or place.has(at, words.UNREAD_NEAR_TIME)
    return names and _is_near(at, taken)


def _is_joined_ordinal(place: Place, at: int) -> bool:
    """Return whether token *at* is the first ordinal of "second and fourth"."""
    is_spelt = place.kind(at) == "word" and place.ordinal(at) is not None
    return is_spelt and place.has(at + 1, words.LIST_JOINT)


def _is_near(at: int, taken: set[int]) -> bool:
    """Return whether token *at* is at most two tokens from an item."""
    return any(at + step in taken for step in (-2, -1, 1, 2))


def _is_amount(place: Place, at: int, taken: set[int]) -> bool:
    """Return whether an amount of time is near an item: "i to timer", "en uge", "4 gange"."""
    if at - 1 in taken and place.has(at, words.AND) and place.has(at + 1, words.ARTICLE):
        return any(place.has(at - 1, unit) for unit in words.SPANS.values())  # "an hour and a hal"
    is_unit = place.number(at) is not None and place.has(at + 1, words.AMOUNT)
    return is_unit and any(at + step in taken for step in (-2, -1, 2, 3))


def _is_short_weekday(place: Place, at: int, taken: set[int]) -> bool:
    """Return whether a word next to an item may be a short weekday: "parents mtg fri noon"."""
    is_short = place.language == "en" and place.text(at) in AMBIGUOUS
    is_word = place.has_own(at - 1, words.NO_WEEKDAY_BEHIND)
    return is_short and not is_word and bool({at - 1, at + 1} & taken)


def _is_slip(place: Place, at: int, taken: set[int]) -> bool:
    """Return whether a word near an item is almost a word about time: "evesy other Friday"."""
    if place.kind(at) != "word" or place.is_name(at) or not _is_near(at, taken):
        return False
    word, language = place.text(at), place.language
    is_before_day = at + 1 in taken or place.ordinal(at + 1) is not None
    return (
        (is_before_day and is_slip_of(word, words.EACH, language))
        or (place.number(at - 1) is not None and is_slip_of(word, words.UNIT, language))
        or (place.number(at + 1) is not None and is_slip_of(word, words.HALF_OR_QUARTER, language))
        or (place.kind(at - 1) == "ordinal" and is_month_slip(word, language))
        or is_near_slip(word, language)
    )


def _is_period(place: Place, at: int, taken: set[int]) -> bool:
    """Return whether a week or month follows an item: "fredag i næse uge"."""
    return place.has(at, words.PERIOD) and at - 3 in taken


def _is_loose_number(place: Place, at: int, taken: set[int]) -> bool:
    """Return whether a number next to an item may be a time: "i morgen 8", "kl. 8 og 20"."""
    has_digits = place.text(at)[:1].isdecimal()
    if not has_digits and (place.number(at) is None or place.has(at, words.ARTICLE)):
        return False
    if _is_labelled(place, at) or place.is_glued(at) or _is_of_telephone(place, at):
        return False
    if has_digits and {at + 1, at + 1 + _is_joint(place, at + 1)} & taken:
        return True
    if at + 1 in taken and (place.habit(at + 1) is not None or place.number(at + 1) is not None):
        return True
    is_behind = bool({at - 1, at - 1 - _is_joint(place, at - 1)} & taken)
    return is_behind and (not place.counts(at) or place.kind(at + 1) == "dash")


def _is_joint(place: Place, at: int) -> bool:
    return any(place.has(at, each) for each in (words.NUMBER_JOINT, words.ABOUT)) or (
        place.kind(at) == "dash"
    )


def _is_labelled(place: Place, at: int) -> bool:
    """Return whether a number, or the last of a span, names a thing: "room 3", "pages 3 to 5"."""
    is_last = _is_joint(place, at - 1) and place.kind(at - 2) == "number"
    return place.has(at - 1, words.LABEL) or (is_last and place.has(at - 3, words.LABEL))


def _is_of_telephone(place: Place, at: int) -> bool:
    """Return whether a number is long, or one of several in a row."""
    digits = len(place.text(at))
    beside = [len(place.text(one)) for one in (at - 1, at + 1) if place.kind(one) == "number"]
    is_long = place.text(at).isdecimal() and (
        digits > LONGEST_AMOUNT
        or (digits >= LEAST_OF_TELEPHONE and max(beside, default=0) >= LEAST_OF_TELEPHONE)
    )
    return is_long or any(
        all(place.kind(one) == "number" for one in range(start, start + 3))
        for start in (at - 2, at - 1, at)
    )


def _is_address(place: Place, at: int, taken: set[int]) -> bool:
    """Return whether a capital follows a number that was read as a time: "at 12 Church Lane"."""
    is_name = place.tokens[at].is_capital and not place.has(at, words.PRONOUN)
    return (
        is_name
        and place.language == "en"
        and at - 1 in taken
        and place.kind(at - 1) == "number"
        and place.has(at - 2, words.CLOCK_LEAD)
    )


_TESTS: tuple[Callable[[Place, int, set[int]], bool], ...] = (
    _changes_all,
    _changes_next,
    _names_time,
    _is_amount,
    _is_short_weekday,
    _is_slip,
    _is_period,
    _is_loose_number,
    _is_address,
)


def _is_part(place: Place, at: int, items: Items) -> bool:
    """Return whether a part of the day near an item may change its clock time, or lacks one."""
    part = place.part(at)
    if part is None or place.has(at, words.MEAL) or not _is_near(at, items.taken):
        return False
    return not items.clocks or any(one.start.at(part) != one.start for one in items.clocks)


def _is_past_hour(place: Place, at: int) -> bool:
    """Return whether minutes before an hour are not read: "at halb past 8"."""
    return place.has(at, words.PAST_HOUR) and place.number(at + 1) is not None


def _is_open(place: Place, items: Items, left: list[int]) -> bool:
    """Return whether the end of a span is not read: "fra tirsdag til …"."""
    if any(_is_open_clock(place, at, items.taken) for at in left):
        return True
    if any(_is_open_start(place, at, items) for at in left):
        return True
    if not items.of_role(Role.FROM) or items.of_role(Role.UNTIL):
        return False
    return items.is_between or any(
        at - 1 in items.taken and (place.has(at, words.UNTIL) or place.kind(at) == "dash")
        for at in left
    )


def _is_open_clock(place: Place, at: int, taken: set[int]) -> bool:
    """Return whether "fra" is leads to a time whose end is not read: "fra kl. 9 til frokost"."""
    if not place.has(at, words.FROM_HOUR) or at + 1 not in taken:
        return False
    after = next(one for one in range(at + 1, len(place.tokens) + 1) if one not in taken)
    return place.has(after, words.THROUGH) or place.kind(after) == "dash"


def _is_open_start(place: Place, at: int, items: Items) -> bool:
    """Return whether the first day of a span is not read: "fra tirsga til torsdag"."""
    if at + 1 in items.taken or at + 2 not in items.taken or not place.has(at, words.FROM):
        return False
    return bool(items.of_role(Role.UNTIL)) and place.has(at + 2, words.UNTIL)


def _is_counted_from(place: Place, left: Sequence[int]) -> bool:
    """Return whether a time is counted from an event: "an hour before it", "aftenen før"."""
    return any(
        place.has(at, words.OFFSET)
        and (
            place.part(at - 1) is not None
            or any(place.has(at - 1, each) for each in (words.AMOUNT, words.OFFSET_DAY))
        )
        for at in left
    )


def _names_day(place: Place, at: int) -> bool:
    """Return whether a word may be a named day that is not known: "lillejuleaften"."""
    is_named = place.kind(at) == "word" and place.text(at).endswith(DAY_ENDINGS)
    return is_named and place.part(at) is None


def _is_range(place: Place, at: int) -> bool:
    """Return whether two numbers may be a span of time far from the day: "åbent hus 10-12"."""
    if not all(place.kind(one) == "number" for one in (at, at + 2)) or _is_labelled(place, at):
        return False
    return place.kind(at + 1) == "dash" and not place.counts(at + 2)


def _is_bare_clock(place: Place, items: Items) -> bool:
    """Return whether "21.19" alone is all that is read: within a text it may be a score."""
    first = min(items.taken)
    return len(items.taken) == 1 and first > 0 and place.kind(first) == "clock"


def _is_moved(place: Place, items: Items) -> bool:
    """Return whether a text moves an event, so that two times are no span."""
    is_span = (
        bool(items.of_role(Role.UNTIL) and items.of_role(Role.ON, Role.FROM))
        or any(clock.end for clock in items.clocks)
        or any(day.weeks_later for _role, day in items.days)
    )
    return is_span and any(place.has(at, words.MOVED) for at in range(len(place.tokens)))


def _is_name(place: Place, items: Items) -> bool:
    """Return whether a weekday may be a name: "Tirsdage med Morrie", "vennen Fredag".

    Danish weekdays have no capital within a sentence.
    """
    names = [at for at in items.taken if place.is_weekday_name(at) and place.tokens[at].is_capital]
    if any(place.has(at - 1, words.NAMING) for at in names):
        return True
    if len(items.taken) > 1 or len(place.tokens) == 1:
        return False
    at = next(iter(items.taken))
    is_joined = place.weekday(at) is not None and place.has_own(at - 1, words.AND)
    is_name = place.language == "da" and at in names and place.kind(at - 1) == "word"
    return place.habit(at) is not None or is_joined or is_name
