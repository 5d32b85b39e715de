"""What staff write about volunteering is refused with a reason, on both databases."""

from __future__ import annotations

from typing import Any

import pytest
from signup_town import HOUR, VolunteerTown, at

from bot.engine.events import Refused
from bot.model.commands.volunteering import (
    AddOpportunity,
    AddShift,
    CancelShift,
    ChangeShift,
    EditOpportunity,
    EndOpportunity,
    ImportOpportunities,
    MarkAttendance,
    RejectRequest,
    SignUp,
)
from bot.model.opportunity import Kind
from bot.service.volunteering.written import LONGEST_REASON
from bot.store.events import by_staff

FRIDAY = at(11, 27, 14)
CPR = "Ring til 070761-4285"
FIELDS = {"titles": {"da": "T"}, "texts": {"da": "T"}, "kind": "shifts", "takes": 60}
ROW = {"code": "N1", "title_da": "T", "text_da": "T", "kind": "shifts", "takes": "60"}


def field(outcome: Any) -> str:
    """Return the field that a refusal names."""
    assert isinstance(outcome, Refused), outcome
    return outcome.field


@pytest.mark.parametrize("seats", [-1, 0, 2**31, 10**14])
async def test_the_places_of_a_shift(town: VolunteerTown, seats: int) -> None:
    """A number of places that is too small or too large is refused, in a new shift and later."""
    known = await town.opportunity()
    add = AddShift(town.staff_id, known, FRIDAY, FRIDAY + HOUR, seats)
    assert field(await town.do(add)) == "seats"
    shift = await town.shift(FRIDAY, seats=2)
    change = ChangeShift(town.staff_id, shift, 1, FRIDAY, FRIDAY + HOUR, seats, None, asks=False)
    assert field(await town.do(change)) == "seats"


@pytest.mark.parametrize("words", [CPR, "x" * (LONGEST_REASON + 1)])
async def test_words_that_volunteers_read(town: VolunteerTown, words: str) -> None:
    """A CPR number or too many words are refused, wherever staff write to volunteers."""
    shift = await town.shift(FRIDAY, seats=2)
    await town.join(shift, "Ana")
    agreed = await town.opportunity(kind=Kind.AGREEMENT)
    asked = (await town.do(SignUp(town.people["Bo"], agreed)))["signup"]
    own = (await town.signups(shift))["Ana"].id
    mark = MarkAttendance(by_staff(town.staff_id), own, "excused", reason=words)
    assert field(await town.do(mark)) == "reason"
    assert field(await town.do(RejectRequest(town.staff_id, asked, words))) == "reason"
    assert field(await town.do(EndOpportunity(town.staff_id, agreed, words))) == "reason"
    assert field(await town.do(CancelShift(town.staff_id, shift, words))) == "reason"
    place = {"da": words}
    change = ChangeShift(town.staff_id, shift, 1, FRIDAY, FRIDAY + HOUR, 2, place, asks=True)
    assert field(await town.do(change)) == "places_da"
    assert await town.states(shift) == {"Ana": "confirmed"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("code", "070761-4285"),
        ("skills", [CPR]),
        ("skills", ["x" * 81]),
        ("skills", [str(number) for number in range(21)]),
        ("languages", ["klingon"]),
        ("group_id", 999_999),
        ("group_id", 10**15),
    ],
)
async def test_fields_of_an_opportunity(town: VolunteerTown, name: str, value: Any) -> None:
    """What makes no opportunity is refused at its field, in a new one and in an edit."""
    assert field(await town.do(AddOpportunity(town.staff_id, {**FIELDS, name: value}))) == name
    known = await town.opportunity()
    edit = EditOpportunity(town.staff_id, known, 1, {name: value})
    assert field(await town.do(edit)) == name


async def test_contacts_who_do_not_exist(town: VolunteerTown) -> None:
    """A contact who is no member of the staff is refused."""
    add = AddOpportunity(town.staff_id, FIELDS, (town.staff_id, 10**15))
    assert field(await town.do(add)) == "staff_contacts"
    known = await town.opportunity()
    edit = EditOpportunity(town.staff_id, known, 1, {}, (10**15,))
    assert field(await town.do(edit)) == "staff_contacts"


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("rule", "[" * 50_000),
        ("rule", '{"recurrence": ' + "[" * 50_000),
        ("languages", "klingon"),
        ("skills", CPR),
    ],
)
async def test_cells_of_a_table(town: VolunteerTown, column: str, cell: str) -> None:
    """A cell that makes no opportunity is named, and nothing is imported."""
    command = ImportOpportunities(town.staff_id, [{**ROW, column: cell}], publishes=False)
    done = await town.do(command)
    named = {"rule": "when"}.get(column, column)
    assert [(one.row, one.column) for one in done["faults"]] == [(1, named)]
    assert done["added"] == 0
