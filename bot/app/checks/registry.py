"""The list of all checks, in the order in which they are reported."""

from __future__ import annotations

import errno
from collections.abc import Callable, Sequence
from datetime import timedelta

from bot.app.checks.check import Check, Severity, Suite
from bot.app.checks.observed import Need, Observed
from bot.app.roles import COURIER, INTAKE, TALKING, WORKER
from bot.errors import ApiError, DatabaseMissing, DatabaseRefused, MigrationPending, SchemaTooNew
from bot.store.audit import CHAIN, ROW_CHECKS, TIP
from bot.store.checks.check import RowCheck
from bot.transport.condition import ERROR_IS_NEW, NOT_FOUND, UNAUTHORIZED

LEAST_FREE = 500_000_000  # bytes
WAITED = timedelta(minutes=1)  # for a row of inbox or outbox
TIMER_WAITED = timedelta(minutes=5)
CLOCK_OFF = timedelta(seconds=30)
MANY_WAIT = 100  # updates at Telegram
SILENT = timedelta(hours=1)

CHECK_AND_DOCTOR = frozenset({Suite.CHECK, Suite.DOCTOR})
DOCTOR = frozenset({Suite.DOCTOR})
DOCTOR_AND_READINESS = frozenset({Suite.DOCTOR, Suite.READINESS})
READINESS = frozenset({Suite.READINESS})
AUDIT = frozenset({Suite.AUDIT})


def _if(rule: Callable[[Observed], object]) -> Callable[[Observed], Sequence[str]]:
    """Return a finder of one fault where *rule* holds."""
    return lambda seen: [""] if rule(seen) else []


def _configuration(category: str, why: str, do: str) -> Check:
    """Return the check of the errors of a category, each as one sentence."""

    def find(seen: Observed) -> Sequence[str]:
        errors = seen.errors.get(category, ())
        return [f"{error[:1].upper()}{error[1:].rstrip('.')}." for error in errors]

    return Check(category, Need.SETTINGS, CHECK_AND_DOCTOR, find, "{it}", why, do)


def _rows(check: RowCheck) -> Check:
    """Return the check of the database's rows as an entry of the list."""
    return Check(
        check.name,
        Need.INVARIANTS,
        AUDIT,
        _if(lambda seen: check.name in seen.broken_rows),
        what=check.means,
        why="",
        do=check.do,
        severity=Severity.WARNING if check.harmless else Severity.ERROR,
    )


def _is_unavailable(seen: Observed) -> bool:
    """Return whether an existing database with a known schema cannot be opened."""
    known = (DatabaseMissing, DatabaseRefused, MigrationPending, SchemaTooNew)
    return seen.database.error is not None and not isinstance(seen.database.error, known)


def _knows_no_token(seen: Observed) -> bool:
    """Return whether Telegram answers that it does not know the token."""
    error = seen.telegram.error
    return isinstance(error, ApiError) and error.code in (UNAUTHORIZED, NOT_FOUND)


def _is_silent(seen: Observed) -> bool:
    """Return whether updates wait at Telegram, and none came in for over an hour."""
    last = seen.contents.last_update
    return bool(seen.telegram.info.pending) and last is not None and seen.now - last > SILENT


def _is_elsewhere(seen: Observed) -> bool:
    """Return whether the settings name a webhook, and Telegram has another or none."""
    telegram = seen.telegram
    is_known = telegram.error is None and telegram.intake == "webhook"
    return is_known and telegram.info.url != telegram.webhook_url


def _fails(seen: Observed) -> bool:
    """Return whether the bot's webhook failed within the last hour."""
    telegram, failed = seen.telegram, seen.telegram.info.error_at
    is_ours = telegram.intake == "webhook" and not _is_elsewhere(seen)
    return is_ours and failed is not None and seen.now - failed <= ERROR_IS_NEW


CHECKS: tuple[Check, ...] = (
    # -- settings, code and content --
    _configuration("settings", "The bot does not start with it.", "Correct it in the environment."),
    _configuration(
        "flows",
        "A citizen could be left without an answer.",
        "Correct the flow, or go back a version.",
    ),
    _configuration(
        "catalogues",
        "A citizen would read another language.",
        "Translate it, or go back a version.",
    ),
    _configuration(
        "content", "The bot does not start with it.", "Correct the town's content file."
    ),
    # -- the machine --
    Check(
        "folder_closed",
        Need.MACHINE,
        DOCTOR,
        _if(lambda seen: seen.machine.folder_error),
        what="Nothing can be written in {machine.folder}: {machine.folder_error}.",
        why="SQLite keeps its log beside the database, so not a single update can be kept.",
        do="Give the folder to the user that runs the bot, or set BROBYGGER_DATABASE_URL.",
    ),
    Check(
        "database_read_only",
        Need.MACHINE,
        DOCTOR,
        _if(lambda seen: seen.machine.file_error and not seen.machine.folder_error),
        what="The database {machine.file} cannot be written: {machine.file_error}.",
        why="Not a single update can be kept.",
        do="Give the file, and those beside it, to the user that runs the bot.",
    ),
    Check(
        "disk_nearly_full",
        Need.MACHINE,
        DOCTOR,
        _if(lambda seen: seen.machine.free is not None and seen.machine.free < LEAST_FREE),
        what="There are {machine.free_mb} MB left on the disk of {machine.disk}.",
        why="With a full disk nothing more is kept, and Telegram waits for a day at most.",
        do="Make room: old copies of the database stand beside it as .before-* and .replaced-*.",
        severity=Severity.WARNING,
    ),
    Check(
        "port_taken",
        Need.MACHINE,
        DOCTOR,
        _if(lambda seen: seen.machine.bind_error == errno.EADDRINUSE),
        what="The bot cannot listen on {machine.address}: another program does.",
        why="The bot does not start without its console, its health and its webhook.",
        do="Set BROBYGGER_HTTP_PORT or BROBYGGER_HTTP_HOST, or stop the other program.",
    ),
    Check(
        "port_closed",
        Need.MACHINE,
        DOCTOR,
        _if(lambda seen: seen.machine.bind_error not in (0, errno.EADDRINUSE)),
        what="The bot cannot listen on {machine.address}: {machine.bind_reason}.",
        why="The bot does not start without its console, its health and its webhook.",
        do="Set BROBYGGER_HTTP_PORT or BROBYGGER_HTTP_HOST to one that its user may open.",
    ),
    Check(
        "another_process",
        Need.MACHINE,
        DOCTOR,
        _if(
            lambda seen: (
                seen.machine.database_in_use
                and not seen.machine.is_ours
                and not seen.machine.bind_error
            )
        ),
        what="A process has the database, and does not answer on {machine.address}.",
        why="It is another installation, or it hangs; a second bot is refused.",
        do="Find it with ps and stop it with SIGTERM; then brobygger run.",
    ),
    # -- the database --
    Check(
        "schema_waits",
        Need.DATABASE,
        CHECK_AND_DOCTOR,
        _if(lambda seen: isinstance(seen.database.error, MigrationPending)),
        what="{database.error}",
        why="An older bot goes on until then; this version does not start without it.",
        do="Stop the bot, and start it again: brobygger run migrates too.",
    ),
    Check(
        "schema_too_new",
        Need.DATABASE,
        CHECK_AND_DOCTOR,
        _if(lambda seen: isinstance(seen.database.error, SchemaTooNew)),
        what="{database.error}",
        why="This version does not know the newer version's data.",
        do="Install the newer version again, or restore a backup from before it.",
    ),
    Check(
        "database_refused",
        Need.DATABASE,
        CHECK_AND_DOCTOR | READINESS,
        _if(lambda seen: isinstance(seen.database.error, DatabaseRefused)),
        what="The database does not let us in: {database.place}.",
        why="Nothing new is kept, so Telegram is told nothing and keeps it for 24 hours.",
        do="{database.error}",
    ),
    Check(
        "database_unavailable",
        Need.DATABASE,
        CHECK_AND_DOCTOR | READINESS,
        _if(_is_unavailable),
        what="The database cannot be reached: {database.place}.",
        why="Nothing new is kept, so Telegram is told nothing and keeps it for 24 hours.",
        do="Look whether it runs and lets the bot in, and at BROBYGGER_DATABASE_URL.",
    ),
    Check(
        "postgresql_too_old",
        Need.CONTENTS,
        DOCTOR,
        _if(
            lambda seen: (
                seen.contents.server_version is not None
                and seen.contents.server_version < seen.contents.oldest_server
            )
        ),
        what="This is PostgreSQL {contents.server_version}.",
        why="Brobygger is written for {contents.oldest_server} and newer, and only tested there.",
        do="Move the database to a newer server with pg_dump and pg_restore.",
        severity=Severity.WARNING,
    ),
    Check(
        "behind_a_pooler",
        Need.CONTENTS,
        DOCTOR,
        _if(lambda seen: seen.contents.is_pooled),
        what="A notification does not reach another connection: a transaction pooler is between.",
        why="Two couriers could send the same, because locks of a session do not hold.",
        do="Let BROBYGGER_DATABASE_URL go to the server directly, or pool by session.",
    ),
    Check(
        "database_takes_no_writes",
        Need.CONTENTS,
        DOCTOR_AND_READINESS,
        _if(lambda seen: seen.contents.unwritable),
        what="The database can be read and not written: {contents.unwritable}.",
        why="Not a single update can be kept, and no citizen is answered.",
        do="{contents.write_remedy} The bot goes on by itself within seconds.",
    ),
    Check(
        "inbox_waits",
        Need.CONTENTS,
        DOCTOR_AND_READINESS,
        _if(lambda seen: seen.contents.inbox.age >= WAITED),
        what="Rows that came in and wait: {contents.inbox}.",
        why="Citizens have written and get no answer.",
        do="See that brobygger run is running; then run brobygger audit.",
        roles=frozenset({WORKER}),
    ),
    Check(
        "outbox_waits",
        Need.CONTENTS,
        DOCTOR_AND_READINESS,
        _if(lambda seen: seen.contents.outbox.age >= WAITED and seen.contents.has_courier),
        what="Messages that wait to be sent: {contents.outbox}.",
        why="Citizens wait for messages that are written.",
        do="Look in the log for flood_limited and telegram_unreachable; either passes by itself.",
        roles=frozenset({COURIER}),
    ),
    Check(
        "no_courier",
        Need.CONTENTS,
        DOCTOR,
        _if(lambda seen: seen.contents.outbox.age >= WAITED and not seen.contents.has_courier),
        what="Messages that wait to be sent: {contents.outbox}, and no process is the courier.",
        why="Citizens wait for messages that are written.",
        do="Start brobygger run; on PostgreSQL, one with the courier.",
    ),
    Check(
        "timers_late",
        Need.CONTENTS,
        DOCTOR,
        _if(lambda seen: seen.contents.timers.age > TIMER_WAITED),
        what="Timers that are due: {contents.timers}.",
        why="Reminders, new dates and scheduled answers do not come.",
        do="See that a brobygger run with the scheduler is running.",
    ),
    Check(
        "rows_set_aside",
        Need.CONTENTS,
        DOCTOR,
        _if(lambda seen: seen.contents.set_aside),
        what="Rows that were set aside after three tries and wait for staff: {contents.set_aside}.",
        why="Each may be a citizen who was told that staff look at it.",
        do="Look at them under Tasks at the console, and in the log for row_set_aside.",
        severity=Severity.WARNING,
    ),
    Check(
        "no_administrator",
        Need.CONTENTS,
        DOCTOR,
        _if(lambda seen: not seen.contents.has_administrator),
        what="No administrator can sign in at the console.",
        why="No other staff can be invited, so no citizen is answered.",
        do="brobygger staff add or invite prints a link to choose a password with.",
    ),
    Check(
        "no_staff_for_certificates",
        Need.STAFF,
        CHECK_AND_DOCTOR,
        _if(lambda seen: seen.staffing.gates_wait),
        what="Volunteers need certificates, and no member of the staff may handle these.",
        why="Their requests wait, and no page shows whose they are.",
        do="An administrator gives the permission at the console, on the page of a member of "
        "the staff.",
        severity=Severity.WARNING,
    ),
    # -- Telegram --
    Check(
        "wrong_token",
        Need.TELEGRAM,
        DOCTOR,
        _if(_knows_no_token),
        what="Telegram does not know this token.",
        why="Nothing can be received or sent; messages to citizens wait.",
        do="Copy it again from @BotFather into BROBYGGER_BOT_TOKEN.",
    ),
    Check(
        "telegram_refuses",
        Need.TELEGRAM,
        DOCTOR,
        _if(lambda s: isinstance(s.telegram.error, ApiError) and not _knows_no_token(s)),
        what="Telegram answers with error {telegram.error.code}.",
        why="Nothing can be received or sent; messages to citizens wait.",
        do="Wait a few minutes and ask again; then look at Telegram's own news.",
    ),
    Check(
        "telegram_unreachable",
        Need.TELEGRAM,
        DOCTOR_AND_READINESS,
        _if(lambda s: s.telegram.error is not None and not isinstance(s.telegram.error, ApiError)),
        what="{telegram.host} cannot be reached.",
        why="Nothing can be received or sent; Telegram keeps citizens' messages for 24 hours.",
        do="Look at the network, the firewall and the name server, "
        "and at BROBYGGER_TELEGRAM_API_URL.",
        roles=TALKING,
    ),
    Check(
        "clock_off",
        Need.TELEGRAM,
        DOCTOR,
        _if(lambda seen: abs(seen.telegram.clock_ahead) > CLOCK_OFF),
        what="This machine's clock is {telegram.clock_offset} Telegram's.",
        why="Dates that citizens are promised, reminders and quiet hours go by it.",
        do="Let the machine keep its time by NTP.",
        severity=Severity.WARNING,
    ),
    Check(
        "webhook_while_polling",
        Need.TELEGRAM,
        DOCTOR,
        _if(lambda seen: seen.telegram.intake == "polling" and seen.telegram.info.url),
        what="Telegram brings the updates to {telegram.info.host}.",
        why="Meanwhile none can be fetched: BROBYGGER_INTAKE is polling.",
        do="Start the bot again, which removes the webhook; else find the program that sets it.",
    ),
    Check(
        "webhook_elsewhere",
        Need.TELEGRAM,
        DOCTOR,
        _if(_is_elsewhere),
        what="Telegram brings the updates to {telegram.info.host}, not to {telegram.webhook_url}.",
        why="None comes in here.",
        do="Start the bot again, which sets it; else find the other program with this token.",
    ),
    Check(
        "webhook_fails",
        Need.TELEGRAM,
        DOCTOR,
        _if(_fails),
        what="Telegram could not bring an update: {telegram.info.error}.",
        why="It tries again for 24 hours, more and more seldom.",
        do="Look at the proxy before the bot: certificate, name, port, and the path /telegram.",
    ),
    Check(
        "intake_silent",
        Need.TELEGRAM,
        DOCTOR,
        _if(_is_silent),
        what="No update came in for over an hour; at Telegram wait {telegram.info.pending}.",
        why="Telegram deletes updates that are not fetched within 24 hours.",
        do="See that brobygger run is running, and read its log for telegram.",
    ),
    Check(
        "updates_wait",
        Need.TELEGRAM,
        DOCTOR,
        _if(lambda seen: seen.telegram.info.pending > MANY_WAIT and not _is_silent(seen)),
        what="Updates that wait at Telegram: {telegram.info.pending}.",
        why="Citizens wait for an answer, and Telegram deletes updates after 24 hours.",
        do="See that brobygger run is running and that the database is not slow.",
        severity=Severity.WARNING,
    ),
    # -- a running process --
    Check(
        "intake_stopped",
        Need.PROCESS,
        READINESS,
        _if(lambda seen: seen.process.intake_error),
        what="No updates come in: {process.intake_error}.",
        why="Telegram deletes updates after 24 hours.",
        do="Run brobygger doctor.",
        roles=frozenset({INTAKE}),
    ),
    Check(
        "stopping",
        Need.PROCESS,
        READINESS,
        _if(lambda seen: seen.process.is_stopping),
        what="The process finishes its work and ends.",
        why="It takes no new requests.",
        do="Send requests to another process.",
        severity=Severity.WARNING,
    ),
    # -- invariants of the database --
    *(_rows(check) for check in ROW_CHECKS),
    Check(
        CHAIN,
        Need.INVARIANTS,
        AUDIT,
        _if(lambda seen: CHAIN in seen.broken_rows),
        what="Acts were changed or deleted after they were sealed.",
        why="",
        do="Keep this database as it is and compare it with a backup.",
    ),
    Check(
        TIP,
        Need.INVARIANTS,
        AUDIT,
        _if(lambda seen: TIP in seen.broken_rows),
        what="The end of the chain of seals was cut off or made anew.",
        why="",
        do="Keep this database as it is and compare it with a backup.",
    ),
)
