"""The audit: check the invariants of the whole database without changing it."""

from __future__ import annotations

from bot.store.checks.cases import CASES
from bot.store.checks.check import RowCheck, parameters
from bot.store.checks.conversations import CONVERSATIONS
from bot.store.checks.current import CURRENT
from bot.store.checks.deliveries import DELIVERIES
from bot.store.checks.ledgers import LEDGERS
from bot.store.checks.pledges import PLEDGES
from bot.store.checks.references import REFERENCES
from bot.store.checks.volunteering import VOLUNTEERING
from bot.store.events import hash_of
from bot.store.repository import Repository
from bot.store.unit import Unit

ROW_CHECKS: tuple[RowCheck, ...] = (
    *CURRENT,
    *CONVERSATIONS,
    *CASES,
    *DELIVERIES,
    *VOLUNTEERING,
    *PLEDGES,
    *LEDGERS,
    *REFERENCES,
)
CHAIN, TIP = "chain_broken", "chain_cut"
AT_ONCE = 500  # seals


class Audit(Repository):
    """Runs every check once; each is one statement, so a bot may run at the same time."""

    def __init__(self, unit: Unit) -> None:
        """Read in the transaction of *unit*."""
        super().__init__(unit)
        self._events, self._facts = unit.events, unit.facts

    async def broken_rows(self) -> dict[str, list[str]]:
        """Return the rows that break each rule, by check; empty where all rules hold."""
        broken = {check.name: await self._rows_of(check) for check in ROW_CHECKS}
        broken[CHAIN], broken[TIP] = await self._chain(), await self._tip()
        return {name: rows for name, rows in broken.items() if rows}

    async def _rows_of(self, check: RowCheck) -> list[str]:
        """Run one check."""
        rows = await self._execute(check.finds, parameters(check, self._now))
        return [f"{check.of} {i}" for i in sorted(rows.scalars())]

    async def _chain(self) -> list[str]:
        """Verify all seals; report each break once, since the next seal uses the stored hash."""
        broken, before, last = [], "", 0
        while seals := await self._events.sealed_after(last, AT_ONCE):
            for one in seals:
                if one.event is None or hash_of(one.event, before) != one.hash:
                    broken.append(f"event {one.event_id}")
                before, last = one.hash, one.id
        return broken

    async def _tip(self) -> list[str]:
        """Check that the last seal recorded by an earlier look still exists unchanged."""
        known = await self._facts.get("chain") or {}
        tip = known.get("tip_id")
        is_there = not tip or await self._events.seal_hash(tip) == known.get("tip_hash")
        return [] if is_there else [f"seal {tip}"]
