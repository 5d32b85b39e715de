"""Opportunities as rows of a table: import, with a fault for each wrong cell, and export.

A row is a mapping of column to text. `ROW` says which columns there are. Several values in
one cell are separated by semicolons. The times are written in Danish, as in the chat.
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
from bot.model.commands.volunteering import (
    AddOpportunity,
    EditOpportunity,
    ImportOpportunities,
    PublishOpportunity,
)
from bot.model.opportunity import Opportunity, OpportunityState
from bot.service.volunteering import opportunities
from bot.service.volunteering.shifts import too_few_seats
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
    *("kind", "when", "except_on", "theme", "area", "insurance"),
    *NUMBERS,
    *DEGREES,
    *LISTS,
    "approves",
)
NOT_A_TIME = _("I do not understand when it takes place.")
NOT_A_NUMBER = _("Write a number.")
NO_CODE = _("Write a code, so that the row can be imported again.")
TWICE = _("Another row has the same code.")
UNKNOWN_COLUMN = _("There is no such column. The columns are: {columns}")
ENDED = _("It has ended, so that it cannot be changed.")
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
    known = await _known(unit, {row.get("code", "").strip() for row in command.rows})
    faults, read_rows = _read_table(command, known, unit)
    for number, row in enumerate(read_rows if not faults else (), 1):
        why = await _state_fault(unit, known.get(row["code"]), row)
        faults += [Fault(number, *why)] if why is not None else []
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
            found[f"{NUMBERED}{number}"] = one
    return found


async def _state_fault(
    unit: Unit, known: Opportunity | None, fields: Mapping[str, Any]
) -> tuple[str, Text] | None:
    """Return the column and the reason why an opportunity cannot be changed by a row, or None."""
    if known is None:
        return None
    if known.state is OpportunityState.ENDED:
        return "code", ENDED
    contacts = await unit.opportunities.contacts(known.id)
    if all(one.staff_id is None for one in contacts):
        return "code", opportunities.NO_STAFF.why
    if known.state is not OpportunityState.OPEN:
        return None
    if not fields["insurance"]:
        return "insurance", opportunities.NOT_INSURED.why
    few = await too_few_seats(unit, replace(known, seats=fields["seats"]))
    return None if few is None else ("seats", few.why)


def row_of(one: Opportunity) -> dict[str, str]:
    """Return an opportunity as a row, which an import reads as the same."""
    texts = {
        f"{column}_{language}": (getattr(one, name) or {}).get(language, "")
        for column, name in TEXTS.items()
        for language in LANGUAGES
    }
    when, except_on = "", ""
    if one.rule:
        rule = from_json(one.rule["recurrence"])
        except_on = "; ".join(day.isoformat() for day in rule.except_on)
        when = render(in_words(replace(rule, except_on=())), LANGUAGE, escape=str)
    return {
        "code": one.code or f"{NUMBERED}{one.id}",
        **texts,
        **{name: str(getattr(one, name) or "") for name in WORDS},
        **{name: _shown_number(getattr(one, name)) for name in (*NUMBERS, *DEGREES)},
        **{name: "; ".join(getattr(one, name)) for name in LISTS},
        "when": when,
        "except_on": except_on,
        "approves": YES if one.approves else NO,
    }


def _shown_number(number: float | None) -> str:
    return "" if number is None else str(number)


def _read_table(
    command: ImportOpportunities, known: Mapping[str, Opportunity], unit: Unit
) -> tuple[list[Fault], list[dict[str, Any]]]:
    """Return the faults of all rows, and the fields of each row."""
    faults = _table_faults(command.rows)
    read_rows = []
    for number, row in enumerate(command.rows if not faults else (), 1):
        fields, wrong = _read(row, known.get(row.get("code", "").strip()), unit)
        checked = opportunities.read(fields, unit) if not wrong else None
        if isinstance(checked, Refused):
            wrong = [(checked.field or "", checked.why)]
        elif checked and command.publishes and checked["insurance"] is None:
            wrong = [("insurance", opportunities.NOT_INSURED.why)]
        faults += [Fault(number, column, why) for column, why in wrong]
        read_rows.append(fields)
    return faults, read_rows


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
    cells = {name: row.get(name, "").strip() for name in ROW}
    wrong: list[tuple[str, Text]] = []
    fields: dict[str, Any] = {"code": cells["code"]}
    for column, name in TEXTS.items():
        fields[name] = {language: cells[f"{column}_{language}"] for language in LANGUAGES}
    fields |= {name: cells[name] or None for name in WORDS}
    fields |= {
        name: [one.strip() for one in cells[name].split(";") if one.strip()] for name in LISTS
    }
    readers: Mapping[str, Callable[[str], Any]] = {
        **dict.fromkeys(NUMBERS, int),
        **dict.fromkeys(DEGREES, float),
        "when": lambda words: _rule(words, cells["except_on"], known, unit),
    }
    for name, reader in readers.items():
        try:
            found = reader(cells[name]) if cells[name] else None
        except ValueError:
            wrong.append((name, NOT_A_TIME if name == "when" else NOT_A_NUMBER))
            continue
        fields["rule" if name == "when" else name] = found
    for name in opportunities.DEADLINES:
        if fields[name] is None:  # an edit keeps what is not said
            del fields[name]
    fields["approves"] = cells["approves"].casefold() == YES
    return fields, wrong


def _rule(
    words: str, except_on: str, known: Opportunity | None, unit: Unit
) -> Mapping[str, Any] | None:
    """Read a Danish time phrase as the rule of shifts; raise `ValueError` where it is none.

    Words that say the present rule keep it with its first day, such as that of every other week.
    """
    if known is not None:
        present = row_of(known)
        if (present["when"], present["except_on"]) == (words, except_on):
            return known.rule
    reading = read_phrase(words, LANGUAGE, unit.now, unit.calendar)
    if reading.rest:
        raise ValueError(reading.rest)
    days = tuple(date.fromisoformat(one.strip()) for one in except_on.split(";") if one.strip())
    match reading.meaning:
        case When() as moment:
            return {"recurrence": to_json(once(moment))}
        case Repeats(rule):
            return {"recurrence": to_json(replace(rule, except_on=days))}
        case _:
            raise ValueError(words)
