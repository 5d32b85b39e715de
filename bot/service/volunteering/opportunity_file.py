"""Opportunities as rows of a table: import, with a fault for each wrong cell, and export.

A row is a mapping of column to text. `ROW` says which columns there are; a column that is not
in the table changes nothing. Several values in one cell are separated by semicolons. The times
are written in Danish, as in the chat. An export also has the exact *rule*, as JSON: it holds
for as long as *when* has the words of that rule.
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
NUMBERS = ("takes", "seats", "closes_before", "cancels_before")
DEGREES = ("latitude", "longitude")
WORDS = ("kind", "theme", "area", "insurance")
YES, NO = "ja", "nej"
MOST_DEGREES = 180.0
ROW = (
    "code",
    *(f"{name}_{language}" for name in TEXTS for language in LANGUAGES),
    *("kind", "when", "rule", *NUMBERS, "theme", "area", *DEGREES, "insurance"),
    *LISTS,
    "approves",
)
# Where a field of an opportunity is in a row.
_COLUMNS = {**{name: f"{column}_da" for column, name in TEXTS.items()}, "rule": "when"}
NOT_A_TIME = _("I do not understand when it takes place.")
NOT_A_NUMBER = _("Write a whole number.")
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
    faults, read_rows = _read_table(command, unit)
    if not faults:
        faults = await _faults_of_rows(unit, read_rows, publishes=command.publishes)
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


async def _faults_of_rows(
    unit: Unit, read_rows: Sequence[Mapping[str, Any]], *, publishes: bool
) -> list[Fault]:
    """Return which rows make no opportunity, or cannot change the one with their code."""
    faults = []
    for number, fields in enumerate(read_rows, 1):
        known = await unit.opportunities.of_code(fields["code"])
        refused = await opportunities.refusal_of(unit, known, fields, publishes=publishes)
        if refused is not None:
            column = _COLUMNS.get(refused.field, refused.field)
            faults.append(Fault(number, column, refused.why))
    return faults


def _words_of(rule: Mapping[str, Any]) -> str:
    """Return the rule of shifts in Danish words."""
    return render(in_words(from_json(rule["recurrence"])), LANGUAGE, escape=str)


def row_of(one: Opportunity) -> dict[str, str]:
    """Return an opportunity as a row, which an import reads as the same."""
    texts = {
        f"{column}_{language}": (getattr(one, name) or {}).get(language, "")
        for column, name in TEXTS.items()
        for language in LANGUAGES
    }
    numbers = {name: getattr(one, name) for name in (*NUMBERS, *DEGREES)}
    return {
        "code": one.code or f"nr-{one.id}",
        **texts,
        **{name: str(getattr(one, name) or "") for name in WORDS},
        **{name: "" if value is None else str(value) for name, value in numbers.items()},
        **{name: "; ".join(getattr(one, name)) for name in LISTS},
        "when": _words_of(one.rule) if one.rule else "",
        "rule": write_json(one.rule) if one.rule else "",
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
    cells = {name: row[name].strip() for name in ROW if name in row}
    fields: dict[str, Any] = {}
    for column, name in TEXTS.items():
        texts = {one: cells.get(f"{column}_{one}") for one in LANGUAGES}
        if any(text is not None for text in texts.values()):
            fields[name] = {one: text for one, text in texts.items() if text}
    wrong: list[tuple[str, Text]] = []
    for name, reader, why in _READERS:
        if name not in cells:
            continue
        try:
            fields[name] = reader(cells[name])
        except ValueError:
            wrong.append((name, why))
    if "when" in cells or "rule" in cells:
        try:
            fields["rule"] = _rule(cells.get("when", ""), cells.get("rule", ""), unit)
        except (ValueError, KeyError, TypeError):
            wrong.append(("when", NOT_A_TIME))
    return fields, wrong


def _several(cell: str) -> list[str]:
    return [one.strip() for one in cell.split(";") if one.strip()]


def _number(cell: str) -> int | None:
    return int(cell) if cell else None


def _degrees(cell: str) -> float | None:
    found = float(cell.replace(",", ".")) if cell else None
    if found is not None and not -MOST_DEGREES <= found <= MOST_DEGREES:  # not "nan" either
        raise ValueError(cell)
    return found


def _yes_or_no(cell: str) -> bool:
    if cell.casefold() not in {"", YES, NO}:
        raise ValueError(cell)
    return cell.casefold() == YES


_READERS: Sequence[tuple[str, Callable[[str], Any], Text]] = (
    ("code", str, NO_CODE),
    *((name, lambda cell: cell or None, NOT_A_NUMBER) for name in WORDS),
    *((name, _several, NOT_A_NUMBER) for name in LISTS),
    *((name, _number, NOT_A_NUMBER) for name in NUMBERS),
    *((name, _degrees, NOT_A_NUMBER) for name in DEGREES),
    ("approves", _yes_or_no, NOT_YES_OR_NO),
)


def _rule(words: str, exact: str, unit: Unit) -> dict[str, Any] | None:
    """Read the rule of shifts, exact or in Danish words; raise an error where it is none."""
    if exact:
        known: dict[str, Any] = read_json(exact)
        if not words or words == _words_of(known):
            return known
    if not words:
        return None
    match read_phrase(words, LANGUAGE, unit.now, unit.calendar).meaning:
        case When() as moment:
            return {"recurrence": to_json(once(moment))}
        case Repeats(rule):
            return {"recurrence": to_json(rule)}
        case _:
            raise ValueError(words)
