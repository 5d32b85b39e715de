"""The case alone determines which alarms fall due for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.calendar import Calendar
from bot.model.case import Case, CaseKind, CaseMark, CaseState
from bot.service.cases.clock import alarms, call_by_after, ring_by

CALENDAR = Calendar()
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # 10.00 in Copenhagen
CASE = Case(
    id=1,
    person_id=1,
    source="telegram",
    kind=CaseKind.QUESTION,
    theme="roads",
    area=None,
    language="da",
    title="Lygten er gået ud",
    asker_name="Jens",
    asker_phone=None,
    conversation_id=None,
    state=CaseState.NEW,
    close_reason=None,
    owner_id=None,
    contact="Jonas",
    received_at=MONDAY,
    working_days=5,
    due_on=date(2026, 11, 30),
    told_on=date(2026, 11, 30),
    citizen_at=MONDAY,
    touched_at=MONDAY,
    clock_at=MONDAY,
)


def struck(case: Case) -> list[tuple[str, str]]:
    """Return the alarms of a case with their times in the town's zone."""
    return [
        (alarm.name, f"{CALENDAR.local(alarm.at):%m-%d %H.%M}") for alarm in alarms(case, CALENDAR)
    ]


def test_of_an_open_case() -> None:
    """Owner at -2 working days, leader at -1, promise on the day, then overdue and +5 days."""
    assert struck(CASE) == [
        ("owner", "11-26 08.00"),
        ("leader", "11-27 12.00"),
        ("promise", "11-30 15.00"),
        ("overdue", "12-01 08.00"),
        ("long_overdue", "12-07 08.00"),
    ]


def test_a_later_promise_lets_nobody_off() -> None:
    """A later date for the citizen moves only the promise alarm, not the staff's alarms."""
    put_off = replace(CASE, told_on=date(2026, 12, 4))
    moved = {name: at for name, at in struck(put_off) if dict(struck(CASE))[name] != at}
    assert moved == {"promise": "12-04 15.00"}


def test_of_strong_feelings() -> None:
    """Staff must take the case within a working hour and call the same day."""
    call_by = ring_by(MONDAY, CALENDAR)
    felt = replace(CASE, marks=(CaseMark.FEELINGS,), call_by=call_by)
    assert struck(felt)[:2] == [("take", "11-23 11.00"), ("call", "11-23 16.00")]
    taken = replace(felt, state=CaseState.OPEN, owner_id=3)
    assert "take" not in dict(struck(taken))


@pytest.mark.parametrize(
    ("asked", "rung_by"),
    [
        (MONDAY, "11-23 16.00"),
        (MONDAY + timedelta(hours=4), "11-24 12.00"),  # 14.00: the next morning
        (datetime(2026, 11, 28, 9, 0, tzinfo=UTC), "11-30 12.00"),  # a Saturday
    ],
)
def test_ring_by(asked: datetime, rung_by: str) -> None:
    """Calls are due the same working day, or the next morning if asked after 14.00 (HR-12)."""
    assert f"{CALENDAR.local(ring_by(asked, CALENDAR)):%m-%d %H.%M}" == rung_by


@pytest.mark.parametrize(
    ("hours", "when", "rung_by"),
    [
        (0, "morning", "11-23 12.00"),  # 10.00
        (1, "morning", "11-23 12.00"),
        (2, "morning", "11-24 12.00"),  # 12.00: the next morning
        (0, "afternoon", "11-23 15.00"),
        (4, "afternoon", "11-23 15.00"),  # 14.00
        (5, "afternoon", "11-24 15.00"),
        (24 * 5, "afternoon", "11-30 15.00"),  # a Saturday
    ],
)
def test_ring_within_a_window(hours: int, when: str, rung_by: str) -> None:
    """A call is due at the end of the chosen window; asking again without one keeps the time."""
    asked = MONDAY + timedelta(hours=hours)
    assert f"{CALENDAR.local(ring_by(asked, CALENDAR, when)):%m-%d %H.%M}" == rung_by
    promised = replace(CASE, call_by=ring_by(asked, CALENDAR))
    assert call_by_after(promised, asked, CALENDAR) == promised.call_by
    assert call_by_after(promised, asked, CALENDAR, when) == ring_by(asked, CALENDAR, when)


@pytest.mark.parametrize(
    "state", [CaseState.OPEN, CaseState.WAITING, CaseState.ANSWERED, CaseState.RESOLVED]
)
def test_a_promised_call(state: CaseState) -> None:
    """A call falls due in any state, and no timer closes the case before the call is noted."""
    call_by = ring_by(MONDAY, CALENDAR)
    since = {"waiting_since": MONDAY, "answered_at": MONDAY}
    case = replace(CASE, state=state, owner_id=3, call_by=call_by, **since)
    names = dict(struck(case))
    assert names["call"] == "11-23 16.00"
    assert not {"silent", "no_verdict"} & set(names)
    late = MONDAY + timedelta(days=40)
    noted = dict(struck(replace(case, call_by=None, acted_at=late)))
    ends = {CaseState.WAITING: "silent", CaseState.ANSWERED: "no_verdict"}
    assert "call" not in noted
    assert (ends.get(state) in noted) == (state in ends)
    assert all(noted[name] == "01-02 10.00" for name in noted if name in ends.values())


def test_of_a_case_that_waits() -> None:
    """Reminders after 3 and 10 days and closing after 24; complaints are never closed."""
    waits = replace(CASE, state=CaseState.WAITING, waiting_since=MONDAY)
    assert struck(waits) == [
        ("remind", "11-26 10.00"),
        ("remind", "12-03 10.00"),
        ("silent", "12-17 10.00"),
    ]
    assert "silent" not in dict(struck(replace(waits, kind=CaseKind.COMPLAINT)))


def test_of_an_answered_case() -> None:
    """Close after 14 silent days, outside quiet hours; never complaints or document access."""
    night = datetime(2026, 11, 23, 21, 0, tzinfo=UTC)
    answered = replace(CASE, state=CaseState.ANSWERED, answered_at=night)
    assert struck(answered) == [("no_verdict", "12-08 08.00")]
    for kind in (CaseKind.COMPLAINT, CaseKind.ACCESS):
        assert struck(replace(answered, kind=kind)) == []


@pytest.mark.parametrize("state", [CaseState.RESOLVED, CaseState.CLOSED])
def test_of_a_case_that_is_over(state: CaseState) -> None:
    """A finished case has no alarms."""
    assert struck(replace(CASE, state=state)) == []
