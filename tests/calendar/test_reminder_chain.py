"""Test when the steps of a reminder chain are sent."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar import Calendar
from bot.calendar.chain import CLOSEST, Chain, Planned, Recipients, Step, allowed, at_claim, plan
from bot.calendar.offset import Offset, Span

KLINTSUND = Calendar()
SATURDAY, MONDAY = date(2026, 11, 28), date(2026, 11, 30)
SUNDAY_AFTER_CHRISTMAS = date(2026, 12, 27)
MINUTE = timedelta(minutes=1)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """Return the instant of a local time in Klintsund."""
    return KLINTSUND.instant(day, time(hour, minute))


def hours(amount: int) -> Offset:
    """Return an offset in hours."""
    return Offset(amount, Span.HOUR)


def prepares(name: str, offset: Offset, **fields: object) -> Step:
    """Return a step that prepares an event."""
    return Step(name, offset, prepares=True, **fields)  # type: ignore[arg-type]  # names of fields


def times(chain: Chain, anchor: datetime) -> dict[str, datetime]:
    """Return the instants of a chain's steps by their names."""
    return {one.name: one.at for one in plan(chain, anchor, KLINTSUND)}


QUESTION = prepares("question", hours(-48), asks=("yes", "no"))
AGAIN = prepares("again", hours(-24), recipients=Recipients.SILENT, asks=("yes", "no"))
REMINDER = prepares("reminder", hours(-2), recipients=Recipients.YES)
THANKS = Step("thanks", hours(2), recipients=Recipients.YES)
EVENT = Chain((QUESTION, AGAIN, REMINDER, THANKS), ends_on=frozenset({"no"}))


def test_by_day() -> None:
    """Steps whose time is not quiet are sent at their own time."""
    wednesday = date(2026, 12, 2)
    assert times(EVENT, at(wednesday, 14)) == {
        "question": at(MONDAY, 14),
        "again": at(date(2026, 12, 1), 14),
        "reminder": at(wednesday, 12),
        "thanks": at(wednesday, 16),
    }


def test_monday_morning() -> None:
    """What prepares a Monday morning is sent on Saturday: nights and Sundays are quiet (HR-18)."""
    planned = times(EVENT, at(MONDAY, 8, 30))
    assert planned["question"] == at(SATURDAY, 8, 30)
    assert planned["reminder"] == at(SATURDAY, 19)
    assert planned["thanks"] == at(MONDAY, 10, 30)


def test_a_sunday_after_christmas() -> None:
    """The days from Christmas Eve to that Sunday are quiet, so Wednesday is the last day."""
    reminder = Chain((prepares("reminder", Offset(-1, Span.DAY)),))
    wednesday = date(2026, 12, 23)
    assert times(reminder, at(SUNDAY_AFTER_CHRISTMAS, 14)) == {"reminder": at(wednesday, 19)}
    thanks = Chain((Step("thanks", hours(2)),))
    monday = date(2026, 12, 28)
    assert times(thanks, at(SUNDAY_AFTER_CHRISTMAS, 14)) == {"thanks": at(monday, 8)}


def test_own_quiet_hours() -> None:
    """The person's own quiet hours count too."""
    step = prepares("reminder", hours(-1))
    quiet = (12 * 60, 15 * 60)
    [planned] = plan(Chain((step,)), at(MONDAY, 14), KLINTSUND, quiet)
    assert planned.at == at(MONDAY, 11, 55)


def test_urgent() -> None:
    """An urgent step is sent in quiet hours too."""
    cancelled = Step("cancelled", hours(0), urgent=True)
    assert times(Chain((cancelled,)), at(MONDAY, 3)) == {"cancelled": at(MONDAY, 3)}


def test_time_to_answer() -> None:
    """The silent are asked again four hours after the question at the earliest."""
    again = prepares("again", hours(-46), recipients=Recipients.SILENT)
    planned = times(Chain((QUESTION, again)), at(date(2026, 12, 2), 14))
    assert planned["again"] - planned["question"] == timedelta(hours=4)
    planned = times(Chain((QUESTION, again)), at(date(2026, 12, 2), 17))
    assert planned["again"] == at(date(2026, 12, 1), 8)  # not in the evening


def test_no_question_after_the_event() -> None:
    """The second question is left out where the event has begun by then."""
    question = prepares("question", hours(-3), asks=("yes",))
    again = prepares("again", hours(-1), recipients=Recipients.SILENT)
    assert list(times(Chain((question, again)), at(MONDAY, 14))) == ["question"]


def test_two_become_one() -> None:
    """Two steps that quiet hours push together become the later, with both steps' buttons."""
    first = Step("first", hours(-3), asks=("yes", "no"))
    second = Step("second", hours(0), recipients=Recipients.YES, asks=("later", "no"))
    [planned] = plan(Chain((first, second)), at(MONDAY, 9), KLINTSUND)
    assert planned.at == at(MONDAY, 9)
    assert (planned.name, planned.replaces) == ("second", ("first",))
    assert planned.step.asks == ("yes", "no", "later")
    assert planned.step.recipients is Recipients.ALL


def test_two_that_nothing_has_pushed() -> None:
    """Two steps close to each other stay two if both have their own time."""
    steps = (Step("first", hours(-2)), Step("second", hours(-1)))
    assert list(times(Chain(steps), at(MONDAY, 14))) == ["first", "second"]


@pytest.mark.parametrize(
    "steps",
    [
        (Step("first", hours(-2), urgent=True), Step("second", hours(-1))),
        (
            Step("first", hours(-2), Recipients.YES),
            Step("second", hours(-1), Recipients.SILENT),
        ),
    ],
    ids=["urgent", "for others"],
)
def test_two_that_stay_two(steps: tuple[Step, Step]) -> None:
    """An urgent step, and steps for different people, are not put together."""
    assert len(plan(Chain(steps), at(MONDAY, 8, 30), KLINTSUND)) == 2


def test_what_prepares_is_not_put_off() -> None:
    """A step before an event is not replaced by a step after it."""
    steps = (prepares("bring", hours(-1)), Step("thanks", hours(1)))
    noon = (12 * 60, 14 * 60)
    planned = plan(Chain(steps), at(MONDAY, 13, 30), KLINTSUND, noon)
    assert [(one.name, one.at) for one in planned] == [
        ("bring", at(MONDAY, 11, 55)),
        ("thanks", at(MONDAY, 14, 30)),
    ]


def test_not_after() -> None:
    """Steps after the chain's end are left out, also where quiet hours push them there."""
    steps = (Step("first", hours(1)), Step("second", hours(9)), Step("third", hours(30)))
    chain = Chain(steps, not_after=hours(10))
    assert list(times(chain, at(MONDAY, 12))) == ["first"]


@pytest.mark.parametrize(
    ("now", "sent"),
    [
        (at(MONDAY, 12), at(MONDAY, 12)),
        (at(MONDAY, 21), at(MONDAY, 21)),  # the event is before the next morning
        (at(SATURDAY, 21), at(MONDAY, 8)),
        (at(MONDAY, 23), at(date(2026, 12, 1), 8)),  # the event has begun
    ],
)
def test_at_claim(now: datetime, sent: datetime) -> None:
    """A late step waits for the morning, unless the event that it prepares begins before."""
    step = prepares("reminder", hours(-1))
    assert at_claim(step, now, at(MONDAY, 22), KLINTSUND) == sent


def test_at_claim_of_other_steps() -> None:
    """A late step that prepares nothing waits for the morning; an urgent one does not."""
    night, morning = at(MONDAY, 21), at(date(2026, 12, 1), 8)
    assert at_claim(Step("thanks", hours(1)), night, at(MONDAY, 22), KLINTSUND) == morning
    urgent = Step("cancelled", hours(1), urgent=True)
    assert at_claim(urgent, night, at(MONDAY, 22), KLINTSUND) == night


moments = st.integers(0, 2 * 366 * 24 * 12).map(
    lambda n: datetime(2026, 1, 1, tzinfo=UTC) + n * 5 * MINUTE
)
offsets = st.one_of(
    st.builds(Offset, st.integers(-200, 100), st.sampled_from([Span.HOUR, Span.DAY])),
    st.builds(
        Offset,
        st.integers(-9, 9),
        st.just(Span.DAY),
        st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    ),
)


@st.composite
def chains(draw: st.DrawFn) -> Chain:
    """Return a chain of steps with names of their own."""
    steps = [
        Step(
            name,
            draw(offsets),
            draw(st.sampled_from(list(Recipients))),
            prepares=draw(st.booleans()),
            urgent=draw(st.integers(0, 4)) == 0,
            asks=draw(st.sampled_from([(), ("yes", "no")])),
        )
        for name in "abcd"
    ]
    return Chain(tuple(steps), not_after=draw(st.none() | offsets))


@given(chains(), moments)
def test_plan(chain: Chain, anchor: datetime) -> None:
    """A plan is in order, keeps quiet hours, and prepares nothing that has begun."""
    planned = plan(chain, anchor, KLINTSUND)
    assert [one.at for one in planned] == sorted(one.at for one in planned)
    for one in planned:
        wanted = one.step.offset.from_(anchor, KLINTSUND)
        assert one.step.urgent or not KLINTSUND.quiet(one.at)
        assert not (one.step.prepares and wanted <= anchor < one.at)
        if one.step.urgent and one.step.recipients is not Recipients.SILENT:
            assert one.at == wanted
    named = [name for one in planned for name in (one.name, *one.replaces)]
    assert len(named) == len(set(named))
    assert set(named) <= set("abcd")


@given(chains(), moments)
def test_steps_keep_their_distance(chain: Chain, anchor: datetime) -> None:
    """Two steps that follow closely have the times they were given, or cannot be one."""
    for before, one in pairwise(plan(chain, anchor, KLINTSUND)):
        if one.at - before.at < CLOSEST and not _may_stay(before, one, anchor):
            for each in (before, one):
                assert each.at == each.step.offset.from_(anchor, KLINTSUND)


def _may_stay(before: Planned, one: Planned, anchor: datetime) -> bool:
    recipients = {before.step.recipients, one.step.recipients}
    return (
        before.step.urgent
        or one.step.urgent
        or (before.step.prepares and one.at >= anchor)
        or recipients == {Recipients.SILENT, Recipients.YES}
    )


@given(chains(), moments)
def test_allowed(chain: Chain, wanted: datetime) -> None:
    """What prepares an event is moved to an earlier time, everything else to a later one."""
    for step in chain.steps:
        found = allowed(step, wanted, KLINTSUND)
        if step.urgent:
            assert found == wanted
        else:
            assert found <= wanted if step.prepares else found >= wanted
