"""Opportunities as rows: an export read again is the same, and each wrong cell is named."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from signup_town import HOUR, VolunteerTown, at

from bot.app.compose import town_context_of
from bot.calendar.recurrence import Holidays, Recurrence, Unit, to_json
from bot.engine.events import Refused
from bot.i18n import LANGUAGES
from bot.model.commands.volunteering import (
    AddShift,
    EndOpportunity,
    ImportOpportunities,
)
from bot.model.opportunity import (
    SPOKEN,
    Gate,
    Insurance,
    Kind,
    Need,
    Opportunity,
    OpportunityState,
)
from bot.service.content import shipped_opportunities
from bot.service.volunteering import opportunities, opportunity_file
from bot.service.volunteering.opportunity_file import ROW, row_of
from bot.service.volunteering.opportunity_words import by_keys, column_name, in_words
from bot.testing import START, klintsund

CONTEXT = town_context_of(klintsund())


class NoStore:
    """A unit of the town without a database: reading a row needs none."""

    town, calendar, now = CONTEXT.town, CONTEXT.calendar, START


UNIT: Any = NoStore
WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P")), min_size=1, max_size=30)
TEXTS = st.dictionaries(st.sampled_from(LANGUAGES), WORDS.map(str.strip), min_size=0)
DANISH = st.builds(
    lambda more, da: {**more, "da": da}, TEXTS, st.sampled_from(["Strandrens", "Åse"])
)
DAYS = st.dates(date(2026, 11, 24), date(2028, 12, 31))
AT = st.times().map(lambda one: time(one.hour, one.minute))
WEEKDAYS = st.lists(st.integers(0, 6), min_size=1, max_size=7, unique=True).map(tuple)
MONTH_DAYS = st.lists(st.integers(1, 31), min_size=1, max_size=3, unique=True).map(tuple)
ENDS = st.one_of(
    st.just({}),
    st.builds(lambda days: {"until": date(2029, 1, 1) + timedelta(days)}, st.integers(0, 400)),
    st.builds(lambda number: {"count": number}, st.integers(1, 99)),
)
MORE = st.builds(
    lambda ends, holidays, except_on: {**ends, "holidays": holidays, "except_on": except_on},
    ENDS,
    st.sampled_from(Holidays),
    st.lists(DAYS, max_size=2).map(tuple),
)
SHAPES = st.one_of(
    st.just({"unit": Unit.ONCE}),
    st.builds(lambda n: {"unit": Unit.DAY, "interval": n}, st.integers(1, 9)),
    st.builds(
        lambda n, days: {"unit": Unit.WEEK, "interval": n, "weekdays": days},
        st.integers(1, 9),
        WEEKDAYS,
    ),
    st.builds(
        lambda n, days: {"unit": Unit.WEEK, "parity": n, "weekdays": days},
        st.integers(0, 1),
        WEEKDAYS,
    ),
    st.builds(
        lambda n, days: {"unit": Unit.MONTH, "interval": n, "days": days},
        st.integers(1, 9),
        MONTH_DAYS,
    ),
    st.builds(
        lambda nth, day: {"unit": Unit.MONTH, "nth": nth, "weekdays": (day,)},
        st.sampled_from([1, 2, 3, 4, -1]),
        st.integers(0, 6),
    ),
    st.just({"unit": Unit.YEAR, "month": 6, "days": (23,)}),
)
RULES = st.builds(
    lambda shape, more, day, at_: {
        "recurrence": to_json(Recurrence(**{"starts_on": day, "at": at_, **more, **shape}))
    },
    SHAPES,
    MORE,
    DAYS,
    AT,
)
SKILLS = st.lists(st.sampled_from(["sewing", "football", "music"]), unique=True, max_size=3).map(
    tuple
)
ANYWHERE = st.builds(
    Opportunity,
    id=st.integers(1, 99),
    title=st.just(""),
    titles=DANISH,
    texts=DANISH,
    kind=st.just(Kind.SHIFTS),
    takes=st.integers(1, 600),
    code=st.one_of(st.none(), st.sampled_from(["V1", "V 2"])),
    gains=TEXTS,
    places=TEXTS,
    notes=TEXTS,
    area=st.one_of(st.none(), st.sampled_from([one.key for one in CONTEXT.town.areas])),
    theme=st.one_of(st.none(), st.sampled_from(["children", "nature"])),
    seats=st.one_of(st.none(), st.integers(1, 10_000)),
    rule=st.one_of(st.none(), RULES),
    season=st.sampled_from([(), ("12-20", "01-10"), ("02-29", "03-01")]),
    insurance=st.one_of(st.none(), st.sampled_from(Insurance)),
    gates=st.lists(st.sampled_from(Gate), unique=True).map(tuple),
    languages=st.lists(st.sampled_from(tuple(SPOKEN)), unique=True, max_size=3).map(tuple),
    skills=SKILLS,
    needs=st.lists(st.sampled_from(Need), unique=True).map(tuple),
    approves=st.booleans(),
    closes_before=st.integers(0, 9999),
    cancels_before=st.integers(0, 9999),
)
POINTS = st.one_of(st.just((None, None)), st.tuples(st.floats(-90, 90), st.floats(-180, 180)))
SHIFTS = st.builds(
    lambda one, point: replace(one, latitude=point[0], longitude=point[1]), ANYWHERE, POINTS
)


def read(row: Mapping[str, str]) -> dict[str, Any]:
    """Read a row as the columns of an opportunity."""
    fields, wrong = opportunity_file._read(by_keys(row, CONTEXT.town), None, UNIT)
    assert not wrong
    checked = opportunities.read(fields, UNIT)
    assert not isinstance(checked, Refused), checked
    return checked


def shown(one: Opportunity, language: str = "da") -> dict[str, str]:
    """Return an opportunity as an export shows it, by the headings of a language."""
    row = in_words(row_of(one, language, UNIT), language, CONTEXT.town)
    return {column_name(key, language): cell for key, cell in row.items()}


def stored(one: Opportunity) -> dict[str, Any]:
    """Return the columns that an opportunity has when it is stored."""
    checked = opportunities.read({n: getattr(one, n) for n in opportunities.WRITTEN}, NoStore)  # type: ignore[arg-type]  # what it uses
    assert not isinstance(checked, Refused), checked
    return checked


@given(SHIFTS, st.booleans())
def test_a_row_is_read_as_the_same(one: Opportunity, by_agreement: bool) -> None:  # noqa: FBT001 - hypothesis draws it
    """Every field but the group comes back, and the code is made where there is none."""
    kind = Kind.AGREEMENT if by_agreement else Kind.SHIFTS
    one = replace(one, kind=kind, code=one.code or f"nr-{one.id}")
    for language in LANGUAGES:
        row = shown(one, language)
        assert set(row) == {column_name(key, language) for key in ROW}
        assert read(row) == stored(one)
    assert read(shown(replace(one, code=None)))["code"] == f"nr-{one.id}"


@pytest.mark.parametrize("row", shipped_opportunities(), ids=lambda row: row["code"])
def test_what_ships_is_read_as_the_same(row: dict[str, str]) -> None:
    """Each opportunity of the demo, exported and read again, is the same."""
    known = Opportunity(id=1, **read(row))
    written = row_of(known, "da", UNIT)
    assert not written["rule"]
    assert read(shown(known)) == read(row)


def test_new_words_replace_the_rule() -> None:
    """Staff who write another time in an export change the rule."""
    known = Opportunity(id=1, **read(shipped_opportunities()[0]))
    row = row_of(known, "da", UNIT)
    assert row["when"] == "hver onsdag kl. 15-16"
    row = row | {"when": "hver torsdag kl. 9-11", "takes": "", "first_day": ""}
    assert read(row)["rule"]["recurrence"]["weekdays"] == [3]
    assert read(row)["takes"] == 120
    assert read(row | {"when": "", "takes": "60"})["rule"] is None


V3 = {
    "code": "V3",
    "title_da": "Strandrens",
    "text_da": "Vi samler skrald.",
    "kind": "shifts",
    "when": "hver onsdag kl. 15",
    "takes": "60",
    "insurance": "own",
}


@pytest.mark.parametrize(
    ("cell", "column", "why"),
    [
        ({"title_da": ""}, "title_da", "Danish first"),
        ({"title_da": "x" * 81}, "title_da", "at most"),
        ({"text_da": "Ring 010190-1234"}, "text_da", "CPR"),
        ({"kind": "weekly"}, "kind", "options"),
        ({"gates": "children; exam"}, "gates", "options"),
        ({"needs": "shoes"}, "needs", "options"),
        ({"insurance": "none"}, "insurance", "options"),
        ({"when": "når det regner"}, "when", "when it takes place"),
        ({"rule": '{"recurrence": {"unit": "week"}}', "when": ""}, "when", "when it takes place"),
        ({"rule": "[", "when": ""}, "when", "when it takes place"),
        ({"takes": "en time"}, "takes", "whole number"),
        ({"takes": "0"}, "takes", "minutes"),
        ({"seats": "0"}, "seats", "at least 1"),
        ({"closes_before": "-5"}, "closes_before", "60 days"),
        ({"except_on": "juleaften"}, "except_on", "24.12.2026"),
        ({"season": "august"}, "season", "last day"),
        ({"season": "08-01"}, "season", "last day"),
        ({"season": "02-30; 03-01"}, "season", "last day"),
        ({"area": "berlin"}, "area", "no such area"),
        ({"theme": "magic"}, "theme", "no such theme"),
        ({"latitude": "nan"}, "latitude", "place on the map"),
        ({"latitude": "nord"}, "latitude", "Write a number"),
        ({"approves": "måske"}, "approves", "nej"),
        ({"insurance": ""}, "insurance", "insures"),
        ({"takes": "90", "when": "hver onsdag kl. 15-16"}, "takes", "another length"),
        ({"first_day": "onsdag"}, "first_day", "24.12.2026"),
        ({"holidays": "måske"}, "holidays", "options"),
        ({"code": "x" * 21}, "code", "at most"),
        ({"code": "V1"}, "code", "same code"),
        ({"colour": "blue"}, "colour", "no such column"),
    ],
)
async def test_a_fault_names_its_cell(
    town: VolunteerTown, cell: dict[str, str], column: str, why: str
) -> None:
    """Of two rows the second is wrong: its row, its column and the reason are named."""
    table = [{**V3, "code": "V1"}, {**V3, **cell}]
    done = await town.do(ImportOpportunities(town.staff_id, table, publishes=True))
    (fault,) = done["faults"]
    assert (fault.row, fault.column) == (0 if column == "colour" else 2, column)
    assert why in fault.why.key
    async with town.store.reading() as unit:
        assert await unit.opportunities.of_code("V1") is None


async def test_an_import_adds_and_changes(town: VolunteerTown) -> None:
    """A second import changes what is in the table, and keeps what is not."""
    first = await town.do(ImportOpportunities(town.staff_id, [V3 | {"seats": "4"}], publishes=True))
    assert (first["added"], first["changed"]) == (1, 0)
    short = {"code": "V3", "title_da": "Strandrens i Sandholm"}
    again = await town.do(ImportOpportunities(town.staff_id, [short, V3 | {"code": "V4"}]))
    assert (again["added"], again["changed"]) == (1, 1)
    async with town.store.reading() as unit:
        known = await unit.opportunities.of_code("V3")
    assert known is not None
    assert (known.title, known.seats, known.state) == ("Strandrens i Sandholm", 4, "open")


async def test_rows_as_people_write_them(town: VolunteerTown) -> None:
    """Headings and values are Danish words; a row without a code is a draft, and stays one."""
    row = {
        "Titel (Dansk)": "Strandrens",
        "Det går det ud på (Dansk)": "Vi samler skrald.",
        "Slags": "På faste tidspunkter",
        "Hvornår": "hver onsdag kl. 15-16.30",
        "Forsikring": "Din egen forsikring",
        "Skal være i orden før første gang": "Tavshedspligt; Børneattest",
        "Hver tilmelding skal godkendes af os": "Ja",
    }
    first = await town.do(ImportOpportunities(town.staff_id, [row, row]))
    assert (first["added"], first["faults"]) == (2, [])
    async with town.store.reading() as unit:
        known = (await unit.opportunities.listed(list(OpportunityState), 1))[0]
    assert (known.takes, known.approves, known.state) == (90, True, "draft")
    assert known.gates == (Gate.CONFIDENTIALITY, Gate.CHILDREN)
    async with town.store.reading() as unit:
        written = in_words(row_of(known, "da", unit), "da", unit.town)
    named = {column_name(key, "da"): cell for key, cell in written.items()}
    again = await town.do(ImportOpportunities(town.staff_id, [named]))
    assert (again["added"], again["changed"], again["unchanged"]) == (0, 0, 1)
    other = {**named, "Pladser": "9"}
    changed = await town.do(ImportOpportunities(town.staff_id, [other]))
    assert (changed["added"], changed["changed"], changed["unchanged"]) == (0, 1, 0)


async def test_an_edit_that_is_refused_writes_nothing(town: VolunteerTown) -> None:
    """Too few places, and an opportunity that has ended, are faults of their rows."""
    for code in ("V3", "V4"):
        await town.do(ImportOpportunities(town.staff_id, [V3 | {"code": code}], publishes=True))
    async with town.store.reading() as unit:
        known, ended = [await unit.opportunities.of_code(code) for code in ("V3", "V4")]
    assert known is not None
    assert ended is not None
    begins = at(11, 27, 14)
    shift = await town.do(AddShift(town.staff_id, known.id, begins, begins + HOUR))
    await town.join(shift, "Ana", "Bo")
    await town.do(EndOpportunity(town.staff_id, ended.id, "Færdig"))
    table = [V3 | {"code": "V5"}, V3 | {"seats": "1"}, V3 | {"code": "V4"}]
    done = await town.do(ImportOpportunities(town.staff_id, table))
    assert [(one.row, one.column) for one in done["faults"]] == [(2, "seats"), (3, "code")]
    async with town.store.reading() as unit:
        assert await unit.opportunities.of_code("V5") is None


def test_too_many_rows() -> None:
    """A table of more than 2,000 rows is refused as a whole."""
    unit: Any = None
    table = [V3] * 2001
    done = asyncio.run(opportunity_file.import_opportunities(ImportOpportunities(1, table), unit))
    assert not isinstance(done, Refused)
    assert [one.row for one in done.value["faults"]] == [0]
