"""Test that the words of a rule are read as the same rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar import Calendar
from bot.calendar.phrases.reading import read
from bot.calendar.phrases.result import Ask, Meaning, Repeats
from bot.calendar.recurrence import LAST, Holidays, Recurrence, Unit, next_occurrences
from bot.calendar.rule_words import in_words
from bot.i18n import render

KLINTSUND = Calendar()
TUESDAY = date(2026, 12, 1)
MANY = 8  # occurrences that are compared

weekdays = st.integers(0, 6)
dates = st.dates(date(2026, 1, 1), date(2029, 12, 31))
# The hours to 6 are left out: "kl. 3" may be the afternoon, so the person is asked.
times = st.builds(time, st.integers(7, 23), st.integers(0, 59))
fields_by_unit = st.one_of(
    st.fixed_dictionaries({"unit": st.just(Unit.DAY), "interval": st.integers(1, 99)}),
    st.fixed_dictionaries(
        {
            "unit": st.just(Unit.WEEK),
            "interval": st.integers(1, 99),
            "weekdays": st.lists(weekdays, min_size=1, unique=True).map(tuple),
        }
    ),
    st.fixed_dictionaries(
        {
            "unit": st.just(Unit.WEEK),
            "parity": st.sampled_from([0, 1]),
            "weekdays": st.lists(weekdays, min_size=1, unique=True).map(tuple),
        }
    ),
    st.fixed_dictionaries(
        {
            "unit": st.just(Unit.MONTH),
            "interval": st.integers(1, 99),
            "days": st.integers(1, 31).map(lambda day: (day,)),
        }
    ),
    st.fixed_dictionaries(
        {
            "unit": st.just(Unit.MONTH),
            "interval": st.integers(1, 99),
            "weekdays": weekdays.map(lambda day: (day,)),
            "nth": st.sampled_from([1, 2, 3, 4, LAST]),
        }
    ),
    dates.flatmap(
        lambda day: st.fixed_dictionaries(
            {
                "unit": st.just(Unit.YEAR),
                "interval": st.integers(1, 99),
                "days": st.just((day.day,)),
                "month": st.just(day.month),
            }
        )
    ),
)


@st.composite
def rules(draw: st.DrawFn) -> Recurrence:
    """Return a rule that staff can make by fields, which begins with its first occurrence."""
    rule = Recurrence(starts_on=draw(dates), at=draw(times), **draw(fields_by_unit))
    begin = KLINTSUND.instant(rule.starts_on, time())
    first = next_occurrences(replace(rule, interval=1), KLINTSUND, begin - timedelta(days=1), 1)
    rule = replace(rule, starts_on=first[0].nominal)
    days = draw(st.none() | st.integers(0, 900))
    if days is None or rule.unit is Unit.YEAR:
        return rule
    return replace(rule, until=rule.starts_on + timedelta(days=days))


def read_in_words(rule: Recurrence, language: str = "da") -> Meaning | None:
    """Read the words of a rule at the beginning of the day of its first occurrence."""
    now = KLINTSUND.instant(rule.starts_on, time())
    return read(render(in_words(rule), language), language, now, KLINTSUND).meaning


@given(rules())
def test_the_words_of_a_rule_are_read_as_the_rule(rule: Recurrence) -> None:
    """Staff can copy the words of a rule into the field of the words of another one."""
    meaning = read_in_words(rule)
    assert isinstance(meaning, Repeats), render(in_words(rule), "da")
    assert meaning.has_time
    before = KLINTSUND.instant(rule.starts_on, time())
    found = next_occurrences(meaning.rule, KLINTSUND, before, MANY)
    assert found == next_occurrences(rule, KLINTSUND, before, MANY)


@pytest.mark.parametrize(
    "fields",
    [
        {"at": time(3)},  # it may be the afternoon
        {"at": time(6, 30)},
        {"count": 10},
        {"except_on": (date(2026, 12, 24),)},
        {"holidays": Holidays.SKIP},
        {"holidays": Holidays.MOVE},
        {"unit": Unit.YEAR, "weekdays": (), "days": (24,), "month": 12, "until": date(2030, 1, 1)},
        {"unit": Unit.YEAR, "weekdays": (), "days": (1, 29), "month": 2},
    ],
)
def test_limits_that_are_not_read(fields: dict[str, Any]) -> None:
    """The person is asked where the words of a rule say more than the grammar knows."""
    each_thursday = {"unit": Unit.WEEK, "weekdays": (3,), "starts_on": TUESDAY, "at": time(16)}
    assert isinstance(read_in_words(Recurrence(**{**each_thursday, **fields})), Ask)
