"""How long the rest of a broadcast takes, at the rate of the last minute."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.console.broadcast_numbers import left_words
from bot.i18n import render
from bot.model.broadcast_progress import RECENT, Reached
from bot.model.delivery import DeliveryState, Reason

NOW = datetime(2026, 12, 2, 12, tzinfo=UTC)
SENT, PLANNED, SKIPPED = DeliveryState.SENT, DeliveryState.PLANNED, DeliveryState.SKIPPED
WITHIN = 0.1  # of the true time


def steady(size: int, rate: float, seconds: int, withheld: float = 0.0) -> Reached:
    """Return a run that has sent *rate* messages a second; *withheld* of the people get none."""
    judged = min(size, round(rate * seconds / (1 - withheld)))
    sent = round(judged * (1 - withheld))
    over = min(RECENT.total_seconds(), seconds)
    states = {SENT: sent, SKIPPED: judged - sent, PLANNED: size - judged}
    return Reached(
        states,
        {Reason.NO_CONSENT: judged - sent},
        due=size - judged,
        recent=round(rate * over),
        recent_from=NOW - timedelta(seconds=over),
    )


@pytest.mark.parametrize("withheld", [0.0, 0.4])
@pytest.mark.parametrize("seconds", [10, 60, 300])
@pytest.mark.parametrize("rate", [3.0, 27.5])
def test_a_steady_run(rate: float, seconds: int, withheld: float) -> None:
    """The time is right within a tenth, also where rules withhold many, and so are its words."""
    reached = steady(30_000, rate, seconds, withheld)
    truly = (reached.left * (1 - withheld)) / rate
    left = reached.time_left(NOW)
    assert left is not None
    assert left.total_seconds() == pytest.approx(truly, rel=WITHIN)
    assert shown_seconds(left) == pytest.approx(truly, rel=WITHIN)


def shown_seconds(left: timedelta) -> float:
    """Return the seconds that the words of a time tell."""
    said = render(left_words(left), "en", escape=str)
    units = {"h": 3600, "min": 60, "s": 1, "second": 1, "seconds": 1}
    words = said.split()
    return sum(int(one) * units[words[n + 1]] for n, one in enumerate(words) if one.isdigit())


@pytest.mark.parametrize("seconds", [1, 19, 119, 121, 155, 3599, 7201, 86_400])
def test_words_of_a_time(seconds: int) -> None:
    """What rounding adds or takes off is below a tenth."""
    assert shown_seconds(timedelta(seconds=seconds)) == pytest.approx(seconds, rel=WITHIN)


def test_what_is_not_known() -> None:
    """Before the first messages nothing is said; of a finished one, no time is left."""
    assert Reached({PLANNED: 5}, {}, due=5).time_left(NOW) is None
    assert Reached({SENT: 5}, {}).time_left(NOW) == timedelta()
    fresh = Reached({SENT: 1, PLANNED: 5}, {}, due=5, recent=1, recent_from=NOW)
    assert fresh.time_left(NOW) is None


def test_those_who_wait() -> None:
    """Who gets it on Monday makes the end Monday, however fast the others are."""
    monday = NOW + timedelta(days=4)
    waits = Reached({SENT: 90, PLANNED: 10}, {}, last_at=monday)
    assert waits.time_left(NOW) == timedelta(days=4)


def test_the_sum() -> None:
    """Sent, withheld and left are all of the audience."""
    reached = steady(1000, 5.0, 60, 0.25)
    assert reached.sent + reached.withheld + reached.left == reached.size == 1000
