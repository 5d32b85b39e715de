"""Opportunities as rows of a table: import, with a fault for each wrong cell, and export.

A row is a mapping of column to text. `ROW` says which columns there are. Several values in
one cell are separated by semicolons. The times are written in Danish, as in the chat.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
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
NUMBERS = ("takes", "seats")
DEGREES = ("latitude", "longitude")
WORDS = ("kind", "theme", "area", "insurance")
YES, NO = "ja", "nej"
ROW = (
    "code",
    *(f"{name}_{language}" for name in TEXTS for language in LANGUAGES),
    *("kind", "when", "takes", "seats", "theme", "area", "insurance", *DEGREES),
    *LISTS,
    "approves",
)
NOT_A_TIME = _("I do not understand when it takes place.")
NOT_A_NUMBER = _("Write a number.")
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
    faults, read_rows = _read_table(command, unit)
    if faults:
        return Done({"added": 0, "changed": 0, "faults": faults})
    added = 0
    for fields in read_rows:
        known = await unit.opportunities.of_code(fields["code"])
        staff = command.staff_id
        if known is None:
            added += 1
            done = await opportunities.add_opportunity(AddOpportunity(staff, fields), unit)
        else:
            edit = EditOpportunity(staff, known.id, known.version, fields)
            done = await opportunities.edit_opportunity(edit, unit)
        if isinstance(done, Done) and command.publishes:
            publish = PublishOpportunity(staff, done.value if known is None else known.id)
            done = await opportunities.publish_opportunity(publish, unit)
        if isinstance(done, Refused):
            return done
    return Done({"added": added, "changed": len(read_rows) - added, "faults": []})


def row_of(one: Opportunity) -> dict[str, str]:
    """Return an opportunity as a row, which an import reads as the same."""
    texts = {
        f"{column}_{language}": (getattr(one, name) or {}).get(language, "")
        for column, name in TEXTS.items()
        for language in LANGUAGES
    }
    when = ""
    if one.rule:
        when = render(in_words(from_json(one.rule["recurrence"])), LANGUAGE, escape=str)
    return {
        "code": one.code or f"nr-{one.id}",
        **texts,
        **{name: str(getattr(one, name) or "") for name in (*WORDS, *NUMBERS, *DEGREES)},
        **{name: "; ".join(getattr(one, name)) for name in LISTS},
        "when": when,
        "approves": YES if one.approves else NO,
    }


def _read_table(
    command: ImportOpportunities, unit: Unit
) -> tuple[list[Fault], list[dict[str, Any]]]:
    """Return the faults of all rows, and the fields of each row."""
    faults = _table_faults(command.rows)
    read_rows = []
    for number, row in enumerate(command.rows if not faults else (), 1):
        fields, wrong = _read(row, unit)
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


def _read(row: Mapping[str, str], unit: Unit) -> tuple[dict[str, Any], list[tuple[str, Text]]]:
    """Return the fields of a row, and what is wrong by column."""
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
        "when": lambda words: _rule(words, unit),
    }
    for name, reader in readers.items():
        try:
            found = reader(cells[name]) if cells[name] else None
        except ValueError:
            wrong.append((name, NOT_A_TIME if name == "when" else NOT_A_NUMBER))
            continue
        fields["rule" if name == "when" else name] = found
    fields["approves"] = cells["approves"].casefold() == YES
    return fields, wrong


def _rule(words: str, unit: Unit) -> dict[str, Any]:
    """Read a Danish time phrase as the rule of shifts; raise `ValueError` where it is none."""
    match read_phrase(words, LANGUAGE, unit.now, unit.calendar).meaning:
        case When() as moment:
            return {"recurrence": to_json(once(moment))}
        case Repeats(rule):
            return {"recurrence": to_json(rule)}
        case _:
            raise ValueError(words)
