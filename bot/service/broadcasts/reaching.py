"""How many people a broadcast can reach, why not the others, and all that keeps it from them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from bot.i18n import _
from bot.model.broadcast import Broadcast
from bot.model.delivery import MessageClass, Reason
from bot.model.stance import Stance
from bot.service.broadcasts import targets
from bot.service.broadcasts.checks import Fault, faults_of
from bot.service.broadcasts.lengths import length_fault
from bot.service.reach import Reach
from bot.store.broadcast_reach import BroadcastReach
from bot.store.unit import Unit

NOBODY = Fault(
    "audience",
    _("Nobody gets it as things are now. A leader must say why it is sent all the same."),
    can_stand=True,
)


@dataclass(frozen=True, slots=True)
class Reader:
    """What decides whether a person gets a broadcast, apart from hours and limits."""

    stance: Stance
    language: str
    is_in_case: bool
    has_earlier: bool


@dataclass(frozen=True, slots=True)
class Readers:
    """How many people get a broadcast, and how many of the audience read no text of their own."""

    reach: Reach
    others: int


def withheld(known: Broadcast, reader: Reader, unit: Unit) -> Reason | None:
    """Return why a person does not get a broadcast; None where they get it, perhaps later."""
    attention = MessageClass.WARNING if known.is_warning else MessageClass.NEWS
    rules = (
        (known.language_for(reader.language) is None, Reason.NO_TEXT),
        (reader.has_earlier, Reason.GOT_IT),
        (reader.is_in_case and known.spares_cases and not known.is_warning, Reason.IN_CASE),
    )
    reason = reader.stance.withheld(attention, unit.now)
    return reason or next((one for holds, one in rules if holds), None)


async def readers_of(unit: Unit, known: Broadcast, *, everybody: bool = False) -> Readers | None:
    """Return who gets a broadcast by what is known now; None without a topic or an audience.

    With *everybody* the reach names the people, too, who have not said yes to the topic.
    """
    if not known.topic or not known.audience:
        return None
    gets = others = 0
    why: Counter[Reason] = Counter()
    for one in await BroadcastReach(unit).alike(known, everybody=everybody):
        reader = Reader(one.stance, one.language, one.is_in_case, one.has_earlier)
        reason = withheld(known, reader, unit)
        if reason is Reason.NO_TEXT and not known.texts:  # it is not written yet
            reason = None
        if reason is None:
            gets += one.number
        else:
            why[reason] += one.number
        if reason in {None, Reason.NO_TEXT} and not known.texts.get(one.language):
            others += one.number
    return Readers(Reach(gets, withheld=why), others)


async def all_faults(unit: Unit, known: Broadcast, readers: Readers | None = None) -> list[Fault]:
    """Return all that is wrong with a broadcast, also that no person gets it.

    *readers* are those of `readers_of`, where they are known already.
    """
    refused = (length_fault(unit, known), await targets.fault_of(unit, known))
    found = faults_of(unit, known)
    found += [Fault(one.field, one.why) for one in refused if one is not None]
    readers = readers or await readers_of(unit, known)
    return [*found, NOBODY] if readers is not None and not readers.reach.number else found
