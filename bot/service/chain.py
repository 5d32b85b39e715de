"""The chain of seals on what was done: made longer, and looked through for breaks.

A break is an event that was changed or taken away after it was sealed, or a
seal that was cut off or made anew after it was looked at.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from bot.store.events import Sealed, hash_of
from bot.store.unit import Unit

LOOKED = "chain"  # the fact that says how far the chain has been looked through
AT_ONCE = 500  # seals
ANEW_EVERY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Chain:
    """How far the chain has been looked through. Times are ISO, for they are kept as JSON.

    A look begins at the first seal and goes on by stretches; *tip* is the last
    seal that any look has come to, and stands from then on.
    """

    seal_id: int = 0
    hash: str = ""
    tip_id: int = 0
    tip_hash: str = ""
    began_at: str | None = None
    since: str | None = None  # when the first event was
    whole_at: str | None = None  # when a look last came to the end
    broken_at: int | None = None  # an event's id

    def is_due(self, now: datetime) -> bool:
        """Tell whether it is time to begin at the first seal again."""
        return self.began_at is None or now - datetime.fromisoformat(self.began_at) >= ANEW_EVERY

    @property
    def unbroken_since(self) -> datetime | None:
        """Return when the first event was; None where nothing is sealed, or something is broken."""
        whole = self.since and self.broken_at is None
        return datetime.fromisoformat(self.since) if self.since and whole else None

    @property
    def looked_at(self) -> datetime | None:
        """Return when the chain was last found whole to its end."""
        return datetime.fromisoformat(self.whole_at) if self.whole_at else None


async def chain(unit: Unit) -> Chain:
    """Return what is known of the chain."""
    known = await unit.facts.get(LOOKED)
    return Chain(**known) if known else Chain()


async def seal_and_look(unit: Unit) -> int:
    """Seal what is not sealed yet, and look through the next stretch; return how many it sealed.

    One caller at a time.
    """
    sealed = await unit.events.seal(AT_ONCE)
    known = await chain(unit)
    looked = await _look_on(known, unit)
    if looked != known:
        await unit.facts.set(LOOKED, asdict(looked))
    return sealed


async def _look_on(known: Chain, unit: Unit) -> Chain:
    """Look at the seals that come next; where none do, begin again, but not too often."""
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
    """Go along *seals* until their end, or until one does not fit."""
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
