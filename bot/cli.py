"""The command line of `brobygger`: parses arguments and calls `bot.app`."""

from __future__ import annotations

import argparse
import asyncio
import gc
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bot import __version__
from bot.errors import BrobyggerError
from bot.i18n import LANGUAGES
from bot.model.staff import ROLES, Role

EVERY_ROLE = "intake,worker,courier,scheduler,console,public"
Do = Callable[[argparse.Namespace], int]
AddParser = Callable[[str, Do, str, str], argparse.ArgumentParser]


@contextmanager
def _loaded_once() -> Iterator[None]:
    """Disable garbage collection during imports, then freeze the imported objects.

    This makes loading a sixth faster, and later collections skip those objects.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _demo(arguments: argparse.Namespace) -> int:
    with _loaded_once():
        from bot.app.demo import demo  # noqa: PLC0415 - each command imports only its own modules

    return asyncio.run(demo(arguments.port))


def _run(arguments: argparse.Namespace) -> int:
    with _loaded_once():
        from bot import settings  # noqa: PLC0415
        from bot.app.roles import INTAKE, roles_of  # noqa: PLC0415
        from bot.app.run import run  # noqa: PLC0415

    roles = roles_of(arguments.roles)
    with asyncio.Runner(loop_factory=_fast_loop()) as runner:
        runner.run(run(settings.read(takes_updates=INTAKE in roles), roles))
    return 0


def _fast_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """Return uvloop's event loop factory; None on Windows, which has no uvloop."""
    if sys.platform == "win32":
        return None
    import uvloop  # noqa: PLC0415 - worth its loading time only for long-running processes

    return uvloop.new_event_loop


def _migrate(arguments: argparse.Namespace) -> int:
    del arguments
    from bot.app.operate import migrate  # noqa: PLC0415

    return asyncio.run(migrate())


def _check(arguments: argparse.Namespace) -> int:
    del arguments
    from bot.app.checks.check import Suite  # noqa: PLC0415
    from bot.app.checks.run import check_or_doctor  # noqa: PLC0415

    return asyncio.run(check_or_doctor(Suite.CHECK))


def _audit(arguments: argparse.Namespace) -> int:
    from bot.app.checks.run import audit  # noqa: PLC0415

    return asyncio.run(audit(as_json=arguments.json))


def _backup(arguments: argparse.Namespace) -> int:
    from bot.app.backup import backup  # noqa: PLC0415

    return backup(arguments.file)


def _restore(arguments: argparse.Namespace) -> int:
    from bot.app.backup import restore  # noqa: PLC0415

    return restore(arguments.file, replace=arguments.replace)


def _doctor(arguments: argparse.Namespace) -> int:
    from bot.app.checks.check import Suite  # noqa: PLC0415
    from bot.app.checks.run import check_or_doctor  # noqa: PLC0415

    return asyncio.run(check_or_doctor(Suite.DOCTOR, as_json=arguments.json))


def _graph(arguments: argparse.Namespace) -> int:
    from bot.app.operate import draw  # noqa: PLC0415

    return draw(arguments.flow)


def _load(arguments: argparse.Namespace) -> int:
    from bot.app.operate import load  # noqa: PLC0415

    return asyncio.run(load(arguments.file))


def _staff(arguments: argparse.Namespace) -> int:
    from bot.app import staff  # noqa: PLC0415

    match arguments.act:
        case "add":
            doing = staff.add(
                arguments.username,
                name=arguments.name,
                unit=arguments.unit,
                role=arguments.role,
                themes=[theme for theme in arguments.themes.split(",") if theme],
                language=arguments.language,
                head=arguments.head,
            )
        case "invite":
            doing = staff.invite(arguments.username)
        case "disable":
            doing = staff.disable(arguments.username)
        case _:
            doing = staff.listed()
    return asyncio.run(doing)


def _broadcast(arguments: argparse.Namespace) -> int:
    from bot.app import broadcasts  # noqa: PLC0415

    match arguments.act:
        case "new":
            doing = broadcasts.new(arguments.file, arguments.user, arguments.topic)
        case "check":
            doing = broadcasts.check(arguments.id)
        case "submit":
            doing = broadcasts.submit(arguments.id, arguments.user)
        case "approve":
            doing = broadcasts.approve(
                arguments.id, arguments.user, arguments.version, arguments.because
            )
        case "progress":
            doing = broadcasts.progress(arguments.id, as_json=arguments.json)
        case "list":
            doing = broadcasts.listed()
        case _:
            doing = broadcasts.hold(arguments.act, arguments.id, arguments.user)
    return asyncio.run(doing)


def _simulator(arguments: argparse.Namespace) -> int:
    with _loaded_once():
        from bot.app.demo import simulator  # noqa: PLC0415

    return asyncio.run(simulator(arguments.port))


def parser() -> argparse.ArgumentParser:
    """Return the argument parser with every command."""
    top = argparse.ArgumentParser(
        prog="brobygger",
        description="The chat in which a Danish municipality and its citizens meet.",
        epilog="Settings come from the environment; .env.example lists them all.",
    )
    top.add_argument("--version", action="version", version=__version__)
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, do: Do, short: str, long: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=short, description=long)
        made.set_defaults(do=do)
        return made

    demo = command(
        "demo",
        _demo,
        "try it in a browser, without a token",
        "Start an invented town on this machine: a page with a phone, a few citizens, and a "
        "control that lets time pass. It keeps nothing, needs no token and refuses one, and "
        "listens on 127.0.0.1 only.",
    )
    demo.add_argument("--port", type=int, default=8090, help="the page's port (8090)")
    run = command(
        "run",
        _run,
        "run the bot",
        "Run the bot: migrate the database, import the town's content, and answer citizens "
        "until SIGTERM or Ctrl-C; what is in hand is finished first. BROBYGGER_BOT_TOKEN is "
        "all it needs. On PostgreSQL several processes may share the roles in any way; of intake "
        "by polling, courier and scheduler one works at a time, and the others stand by.",
    )
    run.add_argument(
        "--roles",
        default=EVERY_ROLE,
        metavar="A,B",
        help=f"what this process does ({EVERY_ROLE})",
    )
    command(
        "migrate",
        _migrate,
        "bring the database's schema up to date",
        "Bring the schema up to date and say what was done. A copy of an SQLite database is "
        "kept beside it first.",
    )
    command(
        "check",
        _check,
        "look for everything that is wrong",
        "Report every wrong setting, fault of a flow, missing translation and pending migration "
        "at once. Ends with 1 where there is one.",
    )
    doctor = command(
        "doctor",
        _doctor,
        "say what is wrong, why it matters and what to do",
        "Look at settings, machine, database and Telegram, also while the bot runs, and say in "
        "three sentences each what is wrong, why it matters and what to do. It changes nothing, "
        "and looks at what it can with Telegram or the database away. Ends with 1 where there "
        "is something.",
    )
    doctor.add_argument("--json", action="store_true", help="for machines")
    _copying(command)
    audit = command(
        "audit",
        _audit,
        "look whether anything in the database is lost, stuck or wrong",
        "Look at the whole database for what must not be: something lost, stuck or astray, a case "
        "without a receipt, a number that does not add up. It changes nothing, may be run while "
        "the bot runs, and names ids only. Ends with 1 where there is something.",
    )
    audit.add_argument("--json", action="store_true", help="for machines")
    graph = command(
        "graph",
        _graph,
        "draw a flow as a mermaid flowchart",
        "Print a flow as a mermaid flowchart: rounded boxes say, diamonds ask, double boxes do.",
    )
    graph.add_argument("flow", help="the flow's name, for example settings")
    load = command(
        "load",
        _load,
        "import a changed content file",
        "Import the town's content file; run it as often as you like. What staff have changed "
        "is kept and listed.",
    )
    load.add_argument("file", nargs="?", type=Path, help="the file; BROBYGGER_TOWN by default")
    _staff_parser(
        command(
            "staff",
            _staff,
            "let people in at the console, or shut them out",
            "Add somebody who works here, give a new link to choose a password with, shut somebody "
            "out, or list everybody. It may be done while the bot runs.",
        )
    )
    _broadcast_parser(
        command(
            "broadcast",
            _broadcast,
            "write, approve, hold and watch news from scripts",
            "Write news from a file, check it, send it to its approval, approve, pause, resume or "
            "stop it, and see how far it is: with the same rules as at the console, also while "
            "the bot runs. Ends with 1 where check finds something, and with 2 for a refusal.",
        )
    )
    simulator = command(
        "simulator",
        _simulator,
        "serve a Telegram on this machine",
        "Serve the Bot API of an invented Telegram on 127.0.0.1, with a page that has its "
        "phones, for a bot started with the settings that are printed. The token is another "
        "at each start, unless BROBYGGER_BOT_TOKEN gives one. Browsers may use the page alone.",
    )
    simulator.add_argument("--port", type=int, default=8091, help="its port (8091)")
    return top


def _copying(command: AddParser) -> None:
    """Add the commands `backup` and `restore`."""
    backup = command(
        "backup",
        _backup,
        "copy the whole database into one file",
        "Copy the SQLite database into one new file, also while the bot runs, check it, and say "
        "how large it is. Nothing is written over. On PostgreSQL it says which command to use.",
    )
    backup.add_argument("file", type=Path, help="the new file")
    restore = command(
        "restore",
        _restore,
        "put a backup in the database's place",
        "Put a backup where the database is to be, with the bot stopped, and say what to expect. "
        "On PostgreSQL it says which command to use.",
    )
    restore.add_argument("file", type=Path, help="the backup")
    restore.add_argument(
        "--replace", action="store_true", help="there is a database: keep it beside"
    )


def _staff_parser(staff: argparse.ArgumentParser) -> None:
    """Add the subcommands of `staff`."""
    acts = staff.add_subparsers(dest="act", required=True, metavar="ACT")
    add = acts.add_parser("add", help="somebody new; prints a link to choose a password with")
    add.add_argument("username", help="what they sign in with: a–z, 0–9, dot, hyphen, underscore")
    add.add_argument("--name", required=True, help="the first name their answers are signed with")
    add.add_argument("--unit", required=True, help="the department they work in")
    add.add_argument("--role", choices=ROLES, default=Role.STAFF.value, help="staff")
    add.add_argument("--themes", default="", help="what they answer for: keys with commas between")
    add.add_argument("--language", choices=LANGUAGES, default="da", help="da")
    add.add_argument("--head", action="store_true", help="is head of the department")
    acts.add_parser("list", help="everybody, and whether they come in")
    invite = acts.add_parser("invite", help="a new link; it lets whoever was shut out in again")
    disable = acts.add_parser("disable", help="shut somebody out, from this moment")
    for act in (invite, disable):
        act.add_argument("username", help="what they sign in with")


def _broadcast_parser(broadcast: argparse.ArgumentParser) -> None:
    """Add the subcommands of `broadcast`."""
    acts = broadcast.add_subparsers(dest="act", required=True, metavar="ACT")
    acts.add_parser("list", help="the newest, with their states")
    new = acts.add_parser("new", help="a draft from a file; prints its id")
    new.add_argument(
        "file", type=Path, help="fields as .json, or a title and below it the Danish text"
    )
    new.add_argument("--topic", help="its topic, for example nature")
    named = {
        "check": "what keeps it from being sent",
        "submit": "send it to its approval",
        "approve": "approve it, as a leader who did not write it",
        "pause": "hold what is not sent yet",
        "resume": "send the rest",
        "stop": "send no more of it, ever",
        "progress": "how many it has reached, and why it did not reach the others",
    }
    made = {name: acts.add_parser(name, help=text) for name, text in named.items()}
    for one in made.values():
        one.add_argument("id", type=int, help="its number in the list")
    for act in (new, *(made[name] for name in ("submit", "approve", "pause", "resume", "stop"))):
        act.add_argument("--as", dest="user", required=True, help="the member of staff who acts")
    made["approve"].add_argument(
        "--version", type=int, required=True, help="the version that was read; see progress"
    )
    made["approve"].add_argument("--because", default="", help="why a found fault may stand")
    made["progress"].add_argument("--json", action="store_true", help="for machines")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 2 for a `BrobyggerError`, 130 for Ctrl-C."""
    parsed = parser().parse_args(arguments)
    try:
        return int(parsed.do(parsed))
    except BrobyggerError as error:
        sys.stderr.write(f"brobygger: {error}\n")
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
