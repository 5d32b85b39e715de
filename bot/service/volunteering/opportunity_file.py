"""Opportunities as rows of a table: import, with a fault for each wrong cell, and export.

A row is a mapping of column to text. `ROW` says which columns there are; a column that is not
in the table changes nothing. `opportunity_words` names columns and values in each language.
Several values in one cell are separated by semicolons. *when* says in words when it takes place,
with its length, such as "hver onsdag kl. 15-16". *first_day*, *until*, *except_on* and *holidays*
have what the words do not say. An export has the exact *rule*, as JSON, only where its words
alone would be read as another one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.calendar.phrases.reading import read as read_phrase
from bot.calendar.phrases.result import Repeats, When
from bot.calendar.recurrence import Holidays, Recurrence, from_json, to_json
from bot.calendar.recurrence import Unit as Every
from bot.calendar.rule_words import in_words
from bot.engine.ask_time import once
from bot.engine.events import Done, Refused
from bot.i18n import LANGUAGES, Text, _, render, show_time
from bot.json_text import read_json, write_json
from bot.model.commands.volunteering import (
    AddOpportunity,
    EditOpportunity,
    ImportOpportunities,
    PublishOpportunity,
)
from bot.model.opportunity import Opportunity
from bot.service.volunteering import opportunities
from bot.service.volunteering.opportunity_words import NO, YES, by_keys
from bot.store.unit import Unit

MOST_ROWS = 2000
LANGUAGE = "da"  # in which times are read first
_OF_RULE = ("when", "first_day", "until", "except_on", "holidays", "rule")
_PLAIN: Mapping[str, Any] = {"until": None, "except_on": (), "holidays": Holidays.KEEP}
_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})\.?")
_DAY_AND_MONTH = re.compile(r"(\d{1,2})\.(\d{1,2})\.?")
TEXTS: Mapping[str, str] = {  # column without its language: field
    "title": "titles",
    "text": "texts",
    "gain": "gains",
    "place": "places",
    "note": "notes",
}
LISTS = ("season", "gates", "languages", "skills", "needs")
NUMBERS = ("takes", "seats", *opportunities.DEADLINES)
DEGREES = ("latitude", "longitude")
WORDS = ("kind", "theme", "area", "insurance")
NUMBERED, MOST_DIGITS = "nr-", 16  # begins the code that an export gives
ROW = (
    "code",
    *(f"{name}_{language}" for name in TEXTS for language in LANGUAGES),
    *("kind", "when", "first_day", "until", "except_on", "holidays", "rule"),
    *(*NUMBERS, "theme", "area", *DEGREES, "insurance"),
    *LISTS,
    "approves",
)
# Where a field of an opportunity is in a row.
_COLUMNS = {
    **{name: f"{column}_da" for column, name in TEXTS.items()},
    "rule": "when",
    "staff_contacts": "code",
}
NOT_A_TIME = _("I do not understand when it takes place.")
NOT_DATES = _("Write dates as 24.12.2026, with semicolons between them.")
NOT_A_DATE = _("Write the date as 24.12.2026.")
NOT_AN_OPTION = _("Choose one of the options.")
NOT_A_SEASON = _("Write the first and the last day of the season.")
TWO_LENGTHS = _("The words say when it ends, too, and that is another length.")
NOT_A_NUMBER = _("Write a number.")
NOT_WHOLE = _("Write a whole number.")
NOT_YES_OR_NO = _("Write “ja” or “nej”.")
TWICE = _("Another row has the same code.")
UNKNOWN_COLUMN = _("There is no such column.")
TOO_MANY = _("Import at most {most} rows at a time.")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a cell; *row* counts from 1 without the heading, 0 is the heading."""

    row: int
    column: str
    why: Text


async def import_opportunities(command: ImportOpportunities, unit: Unit) -> Done | Refused:
    """Add the rows without a known code and edit the others; write nothing where one is wrong.

    The value has the numbers *added*, *changed* and *unchanged*, and the *faults*.
    """
    counts = {"added": 0, "changed": 0, "unchanged": 0}
    if len(command.rows) > MOST_ROWS:
        too_many = Fault(0, "", TOO_MANY.with_(most=MOST_ROWS))
        return Done({**counts, "faults": [too_many]})
    rows = [by_keys(row, unit.town) for row in command.rows]
    faults = _table_faults(rows)
    if faults:
        return Done({**counts, "faults": faults})
    known = await _known(unit, {_code(row) for row in rows} - {""})
    read_rows = []
    for number, row in enumerate(rows, 1):
        one = known.get(_code(row))
        fields, wrong = _read(row, one, unit)
        wrong = wrong or await _refused(unit, one, fields, publishes=command.publishes)
        faults += [Fault(number, column, why) for column, why in wrong]
        read_rows.append((one, fields))
    if faults:
        return Done({**counts, "faults": faults})
    for before, fields in read_rows:
        counts[await _written(unit, command, before, fields)] += 1
    return Done({**counts, "faults": []})


def _code(row: Mapping[str, str]) -> str:
    return row.get("code", "").strip()


async def _written(
    unit: Unit, command: ImportOpportunities, before: Opportunity | None, fields: Mapping[str, Any]
) -> str:
    """Write a row; return whether it was added, changed, or is unchanged."""
    staff, code = command.staff_id, str(fields.get("code"))
    if before is None:
        did, add = "added", AddOpportunity(staff, fields)
        made = _value(await opportunities.add_opportunity(add, unit), code)
    elif _is_same(before, fields, unit):
        did, made = "unchanged", before.id
    else:
        did, made = "changed", before.id
        edit = EditOpportunity(staff, made, before.version, fields)
        _value(await opportunities.edit_opportunity(edit, unit), code)
    if command.publishes:
        publish = PublishOpportunity(staff, made)
        _value(await opportunities.publish_opportunity(publish, unit), code)
    return did


def _is_same(before: Opportunity, fields: Mapping[str, Any], unit: Unit) -> bool:
    """Return whether a row has what its opportunity has already."""
    known = {name: getattr(before, name) for name in opportunities.WRITTEN}
    after = opportunities.read({**known, **fields}, unit)
    # A text without words, and a number that an export gave as a code, are the same as none.
    is_numbered = before.code is None and fields.get("code") == f"{NUMBERED}{before.id}"
    return not isinstance(after, Refused) and all(
        (after[name] or None) == (value or None)
        for name, value in known.items()
        if not (name == "code" and is_numbered)
    )


def _value(answer: Done | Refused, code: str) -> Any:
    """Return the value of an act on a row; raise `RuntimeError` where it is refused after all.

    All rows were checked before, and the error takes back the writes.
    """
    match answer:
        case Refused(why):
            raise RuntimeError(f"row {code}: {why.key}")
        case Done(value):
            return value


async def _known(unit: Unit, codes: Collection[str]) -> dict[str, Opportunity]:
    """Return and hold the opportunities with these codes, own or given by an export."""
    found = await unit.opportunities.of_codes(codes)
    numbers = [one.removeprefix(NUMBERED) for one in codes if one.startswith(NUMBERED)]
    for number in sorted(int(one) for one in numbers if one.isdecimal() and len(one) < MOST_DIGITS):
        one = await unit.opportunities.lock(number)
        if one is not None and one.code is None:
            found.setdefault(f"{NUMBERED}{number}", one)
    return found


async def _refused(
    unit: Unit, known: Opportunity | None, fields: Mapping[str, Any], *, publishes: bool
) -> list[tuple[str, Text]]:
    """Return why a row makes no opportunity, or cannot change the one with its code, by column."""
    refused = await opportunities.refusal_of(unit, known, fields, publishes=publishes)
    if refused is None:
        return []
    return [(_COLUMNS.get(refused.field, refused.field), refused.why)]


def _words_of(rule: Mapping[str, Any], takes: int, language: str) -> str:
    """Return when a rule takes place in words, with its end, and without what columns have."""
    known = from_json(rule["recurrence"])
    bare = replace(known, **_PLAIN)
    words = render(in_words(bare), language, escape=str)
    ends = datetime.combine(known.starts_on, known.at) + timedelta(minutes=takes)
    if ends.date() != known.starts_on:
        return words
    return f"{words}-{show_time(ends.time(), language).removeprefix('kl. ')}"


def _columns_of_rule(one: Opportunity, language: str, unit: Unit) -> dict[str, str]:
    """Return the cells that say when an opportunity takes place."""
    if not one.rule:
        return dict.fromkeys(_OF_RULE, "")
    known = from_json(one.rule["recurrence"])
    cells = {
        "when": _words_of(one.rule, one.takes, language),
        "first_day": "" if known.unit is Every.ONCE else _written_day(known.starts_on),
        "until": _written_day(known.until) if known.until else "",
        "except_on": "; ".join(_written_day(day) for day in known.except_on),
        "holidays": str(known.holidays),
        "rule": "",
    }
    try:
        same = _rule({**cells, "takes": str(one.takes)}, None, unit)[0] == one.rule
    except (ValueError, KeyError):
        same = False
    return cells if same else {**cells, "rule": write_json(one.rule)}


def row_of(one: Opportunity, language: str, unit: Unit) -> dict[str, str]:
    """Return an opportunity as a row, which an import reads as the same.

    Its columns and values are keys; when it takes place is in words of *language*.
    """
    texts = {
        f"{column}_{language}": (getattr(one, name) or {}).get(language, "")
        for column, name in TEXTS.items()
        for language in LANGUAGES
    }
    numbers = {name: getattr(one, name) for name in (*NUMBERS, *DEGREES)}
    return {
        "code": one.code or f"{NUMBERED}{one.id}",
        **texts,
        **{name: str(getattr(one, name) or "") for name in WORDS},
        **{name: "" if value is None else str(value) for name, value in numbers.items()},
        **{name: "; ".join(getattr(one, name)) for name in LISTS},
        **_columns_of_rule(one, language, unit),
        "season": "; ".join(f"{int(day[3:])}.{int(day[:2])}." for day in one.season),
        "approves": YES if one.approves else NO,
    }


def _table_faults(rows: Sequence[Mapping[str, str]]) -> list[Fault]:
    """Return what is wrong with the table as a whole."""
    columns = dict.fromkeys(name for row in rows for name in row)
    unknown = [name for name in columns if name not in ROW]
    faults = [Fault(0, one, UNKNOWN_COLUMN) for one in unknown]
    seen: set[str] = set()
    for number, row in enumerate(rows, 1):
        code = _code(row)
        if code and code in seen:
            faults.append(Fault(number, "code", TWICE))
        seen.add(code)
    return faults


def _read(
    row: Mapping[str, str], known: Opportunity | None, unit: Unit
) -> tuple[dict[str, Any], list[tuple[str, Text]]]:
    """Return the fields of a row, and what is wrong by column; *known* is its opportunity."""
    cells = {name: row[name].strip() for name in ROW if name in row}
    fields: dict[str, Any] = {}
    for column, name in TEXTS.items():
        before = (getattr(known, name) if known is not None else None) or {}
        texts = {one: cells.get(f"{column}_{one}", before.get(one)) for one in LANGUAGES}
        fields[name] = {one: text for one, text in texts.items() if text}
    wrong: list[tuple[str, Text]] = []
    for name, reader, why in _READERS:
        if name not in cells:
            continue
        try:
            fields[name] = reader(cells[name])
        except ValueError:
            wrong.append((name, why))
    try:
        fields["rule"], length = _rule(cells, known, unit)
    except WrongCellError as error:
        return fields, [*wrong, (error.column, error.why)]
    except (AttributeError, ValueError, KeyError, TypeError, RecursionError):
        return fields, [*wrong, ("when", NOT_A_TIME)]
    if length is not None:
        before_takes = known.takes if known is not None else None
        if fields.get("takes") not in {None, before_takes, length}:
            wrong.append(("takes", TWO_LENGTHS))
        fields["takes"] = length
    return fields, wrong


class WrongCellError(Exception):
    """A cell that limits the words of a rule cannot be read."""

    def __init__(self, column: str, why: Text) -> None:
        """Keep the column, and why it is refused."""
        super().__init__(column)
        self.column, self.why = column, why


def _several(cell: str) -> list[str]:
    return [one.strip() for one in cell.split(";") if one.strip()]


def _season(cell: str) -> list[str]:
    """Return the days of a season, written as "1.8." or "08-01", as months and days."""
    found = [(_DAY_AND_MONTH.fullmatch(one), one) for one in _several(cell)]
    return [f"{int(day[2]):02d}-{int(day[1]):02d}" if day else one for day, one in found]


def _written_day(day: date) -> str:
    """Return a date as Danes write it."""
    return f"{day.day}.{day.month}.{day.year}"


def _day(cell: str) -> date:
    """Read "24.12.2026" or "2026-12-24"; raise `ValueError` for another text."""
    found = _DATE.fullmatch(cell)
    return date(*map(int, found.group(3, 2, 1))) if found else date.fromisoformat(cell)


def _number(cell: str) -> int | None:
    return int(cell) if cell else None


def _degrees(cell: str) -> float | None:
    return float(cell.replace(",", ".")) if cell else None


def _yes_or_no(cell: str) -> bool:
    if cell.casefold() not in {"", YES, NO}:
        raise ValueError(cell)
    return cell.casefold() == YES


_READERS: Sequence[tuple[str, Callable[[str], Any], Text]] = (
    ("code", lambda cell: cell or None, NOT_AN_OPTION),
    *((name, lambda cell: cell or None, NOT_AN_OPTION) for name in WORDS),
    *((name, _several, NOT_AN_OPTION) for name in LISTS if name != "season"),
    ("season", _season, NOT_A_SEASON),
    *((name, _number, NOT_WHOLE) for name in NUMBERS),
    *((name, _degrees, NOT_A_NUMBER) for name in DEGREES),
    ("approves", _yes_or_no, NOT_YES_OR_NO),
)


def _rule(
    cells: Mapping[str, str], known: Opportunity | None, unit: Unit
) -> tuple[Mapping[str, Any] | None, int | None]:
    """Read the rule of shifts, exact or in words, and its length where the words say its end.

    Words that say the present rule keep it with its first day. Raise `WrongCellError` for another
    cell that cannot be read, and another error where the words make no rule.
    """
    exact, words = cells.get("rule", ""), cells.get("when", "")
    present: Mapping[str, Any] | None = known.rule if known is not None else None
    written = cells.get("takes", "")
    takes = known.takes if known is not None else int(written) if written.isdecimal() else 1
    if exact:
        present = read_json(exact)
    said = {_words_of(present, takes, one) for one in LANGUAGES} if present else set()
    if present and words in {"", *said} and (words or exact or "when" not in cells):
        return _with_columns(present, cells), None
    if not words:
        return None, None
    reading = read_phrase(words, LANGUAGE, unit.now, unit.calendar)
    if reading.rest:
        raise ValueError(reading.rest)
    match reading.meaning:
        case When(_day, _at, _ends, ends_at) as moment:
            rule = once(moment)
        case Repeats(rule, ends_at=ends_at):
            pass
        case _:
            raise ValueError(words)
    return _with_columns({"recurrence": to_json(rule)}, cells), _length(rule, ends_at)


def _length(rule: Recurrence, ends_at: time | None) -> int | None:
    """Return the minutes from the beginning to an end; an earlier end is on the next day."""
    if ends_at is None:
        return None
    begins = datetime.combine(rule.starts_on, rule.at)
    span = datetime.combine(rule.starts_on, ends_at) - begins
    return int((span if span > timedelta() else span + timedelta(days=1)).total_seconds() // 60)


def _with_columns(rule: Mapping[str, Any], cells: Mapping[str, str]) -> Mapping[str, Any]:
    """Return a rule with the first day, end, exceptions and holidays of their columns."""
    limits: dict[str, Any] = {}
    known = from_json(rule["recurrence"])
    for column, reader, why in _LIMITS:
        if column not in cells:
            continue
        try:
            limits[_FIELD_OF.get(column, column)] = reader(cells[column])
        except ValueError:
            raise WrongCellError(column, why) from None
    if known.unit is Every.ONCE or limits.get("starts_on") is None:
        limits.pop("starts_on", None)
    if limits.get("holidays") is None:
        limits.pop("holidays", None)
    try:
        return {"recurrence": to_json(replace(known, **limits))}
    except ValueError:
        raise WrongCellError("until", NOT_A_DATE) from None


def _days(cell: str) -> tuple[date, ...]:
    return tuple(_day(one) for one in _several(cell))


# The columns that limit the words of a rule: how they are read, and why they are refused.
_FIELD_OF = {"first_day": "starts_on"}
_LIMITS: Sequence[tuple[str, Callable[[str], Any], Text]] = (
    ("first_day", lambda cell: _day(cell) if cell else None, NOT_A_DATE),
    ("until", lambda cell: _day(cell) if cell else None, NOT_A_DATE),
    ("except_on", _days, NOT_DATES),
    ("holidays", lambda cell: Holidays(cell) if cell else None, NOT_AN_OPTION),
)
