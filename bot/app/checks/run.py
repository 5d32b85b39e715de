"""`brobygger check`, `doctor` and `audit`: run their checks and print the findings.

An unreachable database does not prevent the checks of Telegram, and vice versa.
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace

from bot import settings
from bot.app.checks.check import Check, Finding, Suite
from bot.app.checks.configuration import configuration_errors
from bot.app.checks.database import observe_contents, observe_staffing, place_of
from bot.app.checks.machine import observe_machine
from bot.app.checks.observed import Database, Need, Observed
from bot.app.checks.registry import CHECKS
from bot.app.checks.telegram import observe_telegram
from bot.app.operate import print_line
from bot.clock import Clock, SystemClock
from bot.errors import ConfigurationError, DatabaseUnavailable, StoreError
from bot.settings import Settings
from bot.store.audit import Audit
from bot.store.store import Store


async def check_or_doctor(suite: Suite, *, as_json: bool = False) -> int:
    """Run the checks of a suite and print the findings; return 1 where there is any, else 0."""
    return _report(suite, await findings(suite, SystemClock()), as_json=as_json)


async def audit(*, as_json: bool) -> int:
    """Audit the database, also while a bot runs; raise `StoreError` where it cannot be opened."""
    found = settings.read(token_needed=False)
    store = await Store.open_to_look(found.database_url, clock=SystemClock())
    try:
        return _report(Suite.AUDIT, await audit_findings(store), as_json=as_json)
    finally:
        await store.close()


async def audit_findings(store: Store) -> list[Finding]:
    """Return the findings of the audit; empty where every invariant holds."""
    async with store.reading() as unit:
        seen = Observed(unit.now, broken_rows=await Audit(unit).broken_rows())
    return judged(Suite.AUDIT, seen)


async def findings(suite: Suite, clock: Clock) -> list[Finding]:
    """Observe what the checks of a suite need, and return the findings."""
    return judged(suite, await _observed({check.needs for check in _of(suite)}, clock))


def judged(suite: Suite, seen: Observed) -> list[Finding]:
    """Return the findings of the checks of a suite."""
    return [finding for check in _of(suite) for finding in check.findings(seen)]


def failed_checks(seen: Observed, roles: frozenset[str]) -> list[str]:
    """Return the names of the checks for which a process with *roles* is not ready."""
    return [
        check.name
        for check in _of(Suite.READINESS)
        if (not check.roles or check.roles & roles) and check.find(seen)
    ]


def _of(suite: Suite) -> list[Check]:
    """Return the checks of a suite."""
    return [check for check in CHECKS if suite in check.suites]


async def _observed(needs: set[Need], clock: Clock) -> Observed:
    """Observe what is needed; only the configuration where the settings are wrong."""
    environ = settings.environment()
    seen = Observed(clock.now(), errors=configuration_errors(environ))
    try:
        known = settings.read(environ, token_needed=False)
    except ConfigurationError:
        return seen
    if Need.MACHINE in needs:
        seen = replace(seen, machine=await observe_machine(known))
    seen = await _with_database(seen, needs, known, clock)
    if Need.TELEGRAM in needs and known.bot_token:
        seen = replace(seen, telegram=await observe_telegram(known, clock.now()))
    return seen


async def _with_database(
    seen: Observed, needs: set[Need], known: Settings, clock: Clock
) -> Observed:
    """Open the database and observe it; where the file is closed, write no row."""
    place = place_of(known.database_url)
    try:
        store = await Store.open_to_look(known.database_url, clock=clock)
    except StoreError as error:
        return replace(seen, database=Database(place, error))
    try:
        if Need.CONTENTS in needs:
            write = not (seen.machine.folder_error or seen.machine.file_error)
            seen = replace(seen, contents=await observe_contents(store, write=write))
        if Need.STAFF in needs:
            seen = replace(seen, staffing=await observe_staffing(store))
    except DatabaseUnavailable as error:
        return replace(seen, database=Database(place, error))
    finally:
        await store.close()
    return seen


def _report(suite: Suite, found: list[Finding], *, as_json: bool) -> int:
    """Print findings, one a line, or as JSON; return 1 where there is any, else 0."""
    count = len(_of(suite))
    if as_json:
        lines = [asdict(finding) | {"says": finding.says} for finding in found]
        print_line(json.dumps({"checks": count, "findings": lines}))
        return 1 if found else 0
    for finding in found:
        print_line(f"{finding.check}: {finding.says}")
    print_line(f"{len(found)} to correct." if found else f"Nothing is wrong: {count} checks.")
    return 1 if found else 0
