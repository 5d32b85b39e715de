"""Opportunities as rows of a table: import, with a fault for each wrong cell, and export.

A row is a mapping of column to text. `ROW` says which columns there are; a column that is not
in the table changes nothing. Several values in one cell are separated by semicolons. The times
are written in Danish, as in the chat, and *except_on* has the dates without one. An export also
has the exact *rule*, as JSON: it holds for as long as *when* has the words of that rule.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.calendar.phrases.reading import read as read_phrase
from bot.calendar.phrases.result import Repeats, When
from bot.calendar.recurrence import from_json, to_json
from bot.calendar.rule_words import in_words
from bot.engine.ask_time import once
from bot.engine.events import Done, Refused
from bot.i18n import LANGUAGES, Text, _, render
from bot.json_text import read_json, write_json
from bot.model.commands.volunteering import (
    AddOpportunity,
    EditOpportunity,
    ImportOpportunities,
    PublishOpportunity,
)
from bot.model.opportunity import Opportunity
from bot.service.volunteering import opportunities
from bot.store.unit import Unit

MOST_ROWS = 2000
LANGUAGE = "da"  # of the times
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
YES, NO = "ja", "nej"
ROW = (
    "code",
    *(f"{name}_{language}" for name in TEXTS for language in LANGUAGES),
    *("kind", "when", "except_on", "rule", *NUMBERS, "theme", "area", *DEGREES, "insurance"),
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
NOT_DATES = _("Write dates as 2026-12-24, with semicolons between them.")
NOT_A_NUMBER = _("Write a number.")
NOT_WHOLE = _("Write a whole number.")
NOT_YES_OR_NO = _("Write “ja” or “nej”.")
NO_CODE = _("Write a code, so that the row can be imported again.")
TWICE = _("Another row has the same code.")
UNKNOWN_COLUMN = _("There is no such column. The columns are: {columns}")
TOO_MANY = _("Import at most {most} rows at a time.")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a cell; *row* counts from 1 without the heading, 0 is the heading."""

    row: int
    column: str
    why: Text


async def import_opportunities(command: ImportOpportunities, unit: Unit) -> Done | Refused:
    """Add the rows with new codes and edit the others; nothing is written where one is wrong.

    The value has the numbers *added* and *changed*, and the *faults*.
    """
    faults = _table_faults(command.rows)
    if faults:
        return Done({"added": 0, "changed": 0, "faults": faults})
    known = await _known(unit, {row["code"].strip() for row in command.rows})
    read_rows = []
    for number, row in enumerate(command.rows, 1):
        one = known.get(row["code"].strip())
        fields, wrong = _read(row, one, unit)
        wrong = wrong or await _refused(unit, one, fields, publishes=command.publishes)
        faults += [Fault(number, column, why) for column, why in wrong]
        read_rows.append(fields)
    if faults:
        return Done({"added": 0, "changed": 0, "faults": faults})
    added = 0
    for fields in read_rows:
        before = known.get(fields["code"])
        staff, code = command.staff_id, fields["code"]
        if before is None:
            added += 1
            add = AddOpportunity(staff, fields)
            made = _value(await opportunities.add_opportunity(add, unit), code)
        else:
            made = before.id
            edit = EditOpportunity(staff, made, before.version, fields)
            _value(await opportunities.edit_opportunity(edit, unit), code)
        if command.publishes:
            publish = PublishOpportunity(staff, made)
            _value(await opportunities.publish_opportunity(publish, unit), code)
    return Done({"added": added, "changed": len(read_rows) - added, "faults": []})


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


def _words_of(rule: Mapping[str, Any]) -> str:
    """Return when a rule takes place in Danish words, without its exceptions."""
    known = replace(from_json(rule["recurrence"]), except_on=())
    return render(in_words(known), LANGUAGE, escape=str)


def row_of(one: Opportunity) -> dict[str, str]:
    """Return an opportunity as a row, which an import reads as the same."""
    texts = {
        f"{column}_{language}": (getattr(one, name) or {}).get(language, "")
        for column, name in TEXTS.items()
        for language in LANGUAGES
    }
    numbers = {name: getattr(one, name) for name in (*NUMBERS, *DEGREES)}
    except_on = from_json(one.rule["recurrence"]).except_on if one.rule else ()
    return {
        "code": one.code or f"{NUMBERED}{one.id}",
        **texts,
        **{name: str(getattr(one, name) or "") for name in WORDS},
        **{name: "" if value is None else str(value) for name, value in numbers.items()},
        **{name: "; ".join(getattr(one, name)) for name in LISTS},
        "when": _words_of(one.rule) if one.rule else "",
        "except_on": "; ".join(day.isoformat() for day in except_on),
        "rule": write_json(one.rule) if one.rule else "",
        "approves": YES if one.approves else NO,
    }


def _shown_number(number: float | None) -> str:
    return "" if number is None else str(number)


def _table_faults(rows: Sequence[Mapping[str, str]]) -> list[Fault]:
    """Return what is wrong with the table as a whole."""
    if len(rows) > MOST_ROWS:
        return [Fault(0, "", TOO_MANY.with_(most=MOST_ROWS))]
    columns = dict.fromkeys(name for row in rows for name in row)
    unknown = [name for name in columns if name not in ROW]
    faults = [Fault(0, one, UNKNOWN_COLUMN.with_(columns=", ".join(ROW))) for one in unknown]
    seen: set[str] = set()
    for number, row in enumerate(rows, 1):
        code = row.get("code", "").strip()
        if not code:
            faults.append(Fault(number, "code", NO_CODE))
        elif code in seen:
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
        fields["rule"] = _rule(cells, known, unit)
    except (AttributeError, ValueError, KeyError, TypeError, RecursionError):
        wrong.append(("when", NOT_A_TIME))
    try:
        fields["rule"] = _with_exceptions(fields.get("rule"), cells.get("except_on"))
    except ValueError:
        wrong.append(("except_on", NOT_DATES))
    return fields, wrong


def _several(cell: str) -> list[str]:
    return [one.strip() for one in cell.split(";") if one.strip()]


def _number(cell: str) -> int | None:
    return int(cell) if cell else None


def _degrees(cell: str) -> float | None:
    return float(cell.replace(",", ".")) if cell else None


def _yes_or_no(cell: str) -> bool:
    if cell.casefold() not in {"", YES, NO}:
        raise ValueError(cell)
    return cell.casefold() == YES


_READERS: Sequence[tuple[str, Callable[[str], Any], Text]] = (
    ("code", str, NO_CODE),
    *((name, lambda cell: cell or None, NOT_A_NUMBER) for name in WORDS),
    *((name, _several, NOT_A_NUMBER) for name in LISTS),
    *((name, _number, NOT_WHOLE) for name in NUMBERS),
    *((name, _degrees, NOT_A_NUMBER) for name in DEGREES),
    ("approves", _yes_or_no, NOT_YES_OR_NO),
)


def _rule(
    cells: Mapping[str, str], known: Opportunity | None, unit: Unit
) -> Mapping[str, Any] | None:
    """Read the rule of shifts, exact or in Danish words; raise an error where it is none.

    Words that say the exact rule, or the present one, keep it with its first day, such as that
    of every other week.
    """
    exact, words = cells.get("rule", ""), cells.get("when", "")
    present: Mapping[str, Any] | None = known.rule if known is not None else None
    if exact:
        present = read_json(exact)
    if present and words in {"", _words_of(present)} and (words or exact or "when" not in cells):
        return present
    if not words:
        return None
    reading = read_phrase(words, LANGUAGE, unit.now, unit.calendar)
    if reading.rest:
        raise ValueError(reading.rest)
    match reading.meaning:
        case When() as moment:
            return {"recurrence": to_json(once(moment))}
        case Repeats(rule):
            return {"recurrence": to_json(rule)}
        case _:
            raise ValueError(words)


def _with_exceptions(rule: Mapping[str, Any] | None, cell: str | None) -> Mapping[str, Any] | None:
    """Return a rule with the exceptions of a cell; raise `ValueError` where it has no dates."""
    if cell is None:
        return rule
    days = tuple(date.fromisoformat(one) for one in _several(cell))
    if rule is None:
        return None
    return {"recurrence": to_json(replace(from_json(rule["recurrence"]), except_on=days))}
