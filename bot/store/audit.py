"""The audit: check the invariants of the whole database without changing it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.store.checks.cases import CASES
from bot.store.checks.check import Check, parameters
from bot.store.checks.current import CURRENT
from bot.store.checks.ledgers import LEDGERS
from bot.store.checks.references import REFERENCES
from bot.store.checks.talks import TALKS
from bot.store.events import hash_of
from bot.store.repository import Repository
from bot.store.unit import Unit

CHECKS: tuple[Check, ...] = (*CURRENT, *TALKS, *CASES, *LEDGERS, *REFERENCES)
CHAIN, TIP = "chain_broken", "chain_cut"
COUNT = len(CHECKS) + len((CHAIN, TIP))
SHOWN = 20  # ids in a sentence
AT_ONCE = 500  # seals


@dataclass(frozen=True, slots=True)
class Finding:
    """A broken rule, the ids of the rows that break it, and the meaning as a sentence."""

    check: str
    rows: tuple[str, ...]
    says: str


class Audit(Repository):
    """Runs every check once; each is one statement, so a bot may run at the same time."""

    def __init__(self, unit: Unit) -> None:
        """Read in the transaction of *unit*."""
        super().__init__(unit)
        self._events, self._facts = unit.events, unit.facts

    async def findings(self) -> list[Finding]:
        """Return the broken rules in the order of `CHECKS`; empty where all rules hold."""
        found = [await self._asked(check) for check in CHECKS]
        found += [await self._chain(), await self._tip()]
        return [finding for finding in found if finding is not None]

    async def _asked(self, check: Check) -> Finding | None:
        """Run one check."""
        rows = await self._execute(check.finds, parameters(check, self._now))
        ids = sorted(rows.scalars())
        return _finding(check.name, check.of, [str(i) for i in ids], check.means, check.do)

    async def _chain(self) -> Finding | None:
        """Verify all seals; report each break once, since the next seal uses the stored hash."""
        broken, before, last = [], "", 0
        while seals := await self._events.sealed_after(last, AT_ONCE):
            for one in seals:
                if one.event is None or hash_of(one.event, before) != one.hash:
                    broken.append(str(one.event_id))
                before, last = one.hash, one.id
        return _finding(
            CHAIN,
            "event",
            broken,
            "Acts were changed or taken away after they were sealed.",
            "Keep this database as it is and compare it with a backup.",
        )

    async def _tip(self) -> Finding | None:
        """Check that the last seal recorded by an earlier look still exists unchanged."""
        known = await self._facts.get("chain") or {}
        tip = known.get("tip_id")
        stands = not tip or await self._events.seal_hash(tip) == known.get("tip_hash")
        return _finding(
            TIP,
            "seal",
            [] if stands else [str(tip)],
            "The end of the chain of seals was cut off or made anew.",
            "Keep this database as it is and compare it with a backup.",
        )


def _finding(name: str, of: str, ids: list[str], means: str, do: str) -> Finding | None:
    """Return a finding for the ids of broken rows; None where there are none."""
    if not ids:
        return None
    more = f" and {len(ids) - SHOWN} more" if len(ids) > SHOWN else ""
    says = f"{means} {do} It is: {of} {', '.join(ids[:SHOWN])}{more}."
    return Finding(name, tuple(f"{of} {i}" for i in ids), says)
