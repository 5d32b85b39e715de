"""Extend the chain of seals over recorded events, and verify it.

The chain is broken where an event was changed or deleted after it was sealed,
or where a seal was deleted or replaced after it was verified.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from bot.store.events import Sealed, hash_of
from bot.store.unit import Unit

LOOKED = "chain"  # the fact that holds the state of the verification
AT_ONCE = 500  # seals
ANEW_EVERY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Chain:
    """How far the chain has been verified. Times are ISO strings, because they are stored as JSON.

    A pass begins at the first seal and continues in batches; *tip* is the last
    seal that any pass has reached, and must not change from then on.
    """

    seal_id: int = 0
    hash: str = ""
    tip_id: int = 0
    tip_hash: str = ""
    began_at: str | None = None
    since: str | None = None  # the time of the first event
    whole_at: str | None = None  # when a pass last reached the end without a break
    broken_at: int | None = None  # an event's id; 0 where the tip has changed

    def is_due(self, now: datetime) -> bool:
        """Return whether a new pass is due: an hour after the last one began."""
        return self.began_at is None or now - datetime.fromisoformat(self.began_at) >= ANEW_EVERY

    @property
    def unbroken_since(self) -> datetime | None:
        """Return the time of the first event; None where the chain is empty or broken."""
        whole = self.since and self.broken_at is None
        return datetime.fromisoformat(self.since) if self.since and whole else None

    @property
    def looked_at(self) -> datetime | None:
        """Return when a pass last reached the end of the chain without a break."""
        return datetime.fromisoformat(self.whole_at) if self.whole_at else None


async def chain(unit: Unit) -> Chain:
    """Return the stored state of the verification."""
    known = await unit.facts.get(LOOKED)
    return Chain(**known) if known else Chain()


async def seal_and_look(unit: Unit) -> int:
    """Seal up to 500 new events, verify the next stretch, and return how many were sealed.

    Only one caller at a time.
    """
    sealed = await unit.events.seal(AT_ONCE)
    known = await chain(unit)
    looked = await _look_on(known, unit)
    if looked != known:
        await unit.facts.set(LOOKED, asdict(looked))
    return sealed


async def _look_on(known: Chain, unit: Unit) -> Chain:
    """Verify the next seals; after the last one begin again, at most once an hour."""
    if known.tip_id and await unit.events.seal_hash(known.tip_id) != known.tip_hash:
        return known if known.broken_at is not None else replace(known, broken_at=0)
    seals = await unit.events.sealed_after(known.seal_id, AT_ONCE)
    if known.broken_at is not None or not seals:
        if not known.is_due(unit.now):
            return known
        seals = await unit.events.sealed_after(0, AT_ONCE)
        known = replace(known, seal_id=0, hash="", broken_at=None)
    if known.seal_id == 0:
        known = replace(known, began_at=unit.now.isoformat())
    looked = _along(known, seals)
    if looked.broken_at is None and 0 < len(seals) < AT_ONCE:
        looked = replace(looked, whole_at=unit.now.isoformat())
    return looked


def _along(known: Chain, seals: list[Sealed]) -> Chain:
    """Verify *seals* in order, up to the first that does not match its event."""
    for one in seals:
        if one.event is None or hash_of(one.event, known.hash) != one.hash:
            return replace(known, broken_at=one.event_id)
        tip = max((known.tip_id, known.tip_hash), (one.id, one.hash))
        known = replace(
            known,
            seal_id=one.id,
            hash=one.hash,
            tip_id=tip[0],
            tip_hash=tip[1],
            since=known.since or one.event.at.isoformat(),
        )
    return known
