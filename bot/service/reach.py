"""How many participants really get a message, and how many do not, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.model.delivery import MessageClass, Reason
from bot.model.reminder import Reminder
from bot.model.stance import Stance
from bot.service.reminder_rules import audience_of, message_class
from bot.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Reach:
    """How many get a message in the chat, how many are rung, and how many get none."""

    in_chat: int = 0
    by_phone: int = 0
    withheld: Mapping[Reason, int] = field(default_factory=dict)

    @property
    def number(self) -> int:
        """Return how many get it."""
        return self.in_chat + self.by_phone

    def __add__(self, other: Reach) -> Reach:
        """Return the sum of two numbers of messages."""
        withheld = Counter(self.withheld)
        withheld.update(other.withheld)
        return Reach(self.in_chat + other.in_chat, self.by_phone + other.by_phone, withheld)


async def reach(unit: Unit, reminder: Reminder, at: datetime) -> Reach:
    """Return how many people a reminder reaches *at* a time, by what is known now."""
    stances = await unit.stances.of_audience(audience_of(reminder), reminder.topic)
    return reach_of(stances.items(), message_class(reminder), at)


def reach_of(
    stances: Iterable[tuple[Stance, int]],
    attention: MessageClass,
    at: datetime,
    *,
    rings: bool = False,
) -> Reach:
    """Return how many people a message reaches *at* a time, by their stances.

    With *rings* staff ring who is not in the chat or has blocked it, for any class of message.
    """
    in_chat = by_phone = 0
    withheld: Counter[Reason] = Counter()
    for stance, number in stances:
        is_in_chat = stance.in_chat and stance.reachable
        reason = None if rings and not is_in_chat else stance.withheld(attention, at)
        if reason is not None:
            withheld[reason] += number
        elif is_in_chat:
            in_chat += number
        else:
            by_phone += number
    return Reach(in_chat, by_phone, withheld)
