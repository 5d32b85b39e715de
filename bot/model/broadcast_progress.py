"""How far a broadcast is: how many it has reached, why not the others, and when it is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.model.delivery import WITHHELD, DeliveryState, Reason

RECENT = timedelta(minutes=1)  # the messages of this time tell how fast the courier is
LEAST_RECENT = timedelta(seconds=3)  # a rate of less time says nothing


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many people wait for a later time for one reason, and from when until when.

    The reason is None where they wait for the time that the broadcast planned for them.
    """

    reason: Reason | None
    number: int
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Reached:
    """Numbers of recipients by state, by reason of the withheld, and by what they did.

    *by_reason* is of people who do not get it; None is without a reason. *doubted* got it perhaps
    twice. *due* of the rest can be sent now, the others are *waiting* until *last_at* at most.
    *recent* messages arrived since *recent_from*.
    """

    by_state: Mapping[DeliveryState, int]
    by_reason: Mapping[Reason | None, int]
    tapped: int = 0
    answered: int = 0
    corrected: int = 0
    doubted: int = 0
    due: int = 0
    waiting: Sequence[Waiting] = ()
    last_at: datetime | None = None
    recent: int = 0
    recent_from: datetime | None = None

    @property
    def size(self) -> int:
        """Return how many recipients are planned."""
        return sum(self.by_state.values())

    @property
    def sent(self) -> int:
        """Return how many got it."""
        return self.by_state.get(DeliveryState.SENT, 0)

    @property
    def withheld(self) -> int:
        """Return how many do not get it, for the reasons of `by_reason`."""
        return sum(self.by_state.get(state, 0) for state in WITHHELD)

    @property
    def left(self) -> int:
        """Return how many are still to get it."""
        return self.size - self.sent - self.withheld

    def time_left(self, now: datetime) -> timedelta | None:
        """Return how long the rest will take at the rate of the last minute; None if unknown.

        As large a share of the due is withheld as of the people before: that takes no time.
        """
        if not self.left:
            return timedelta()
        until = max(self.last_at - now, timedelta()) if self.last_at is not None else timedelta()
        if not self.due:
            return until
        if self.recent_from is None or now - self.recent_from < LEAST_RECENT:
            return None
        share = self.sent / (self.sent + self.withheld)
        return max(until, (now - self.recent_from) * (self.due * share / self.recent))
