"""The project's own rules: layers, imports, flows, translations, documents."""

from __future__ import annotations

import ast
import io
import json
import re
import subprocess
import sys
import tokenize
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

from bot import i18n
from bot.app.operate import draw
from bot.cli import parser
from bot.engine.check import flow_errors
from bot.engine.conversation import WAITING, Conversation
from bot.engine.steps import Question, Rows
from bot.model import commands
from bot.runner.intents import INTENT_HANDLERS
from bot.runner.options import DYNAMIC_OPTIONS
from bot.service import BY_COMMAND, SERVICES
from bot.settings import PREFIX, SETTINGS
from bot.store.revisions import differences
from bot.store.store import Store
from bot.testing import START, Chat
from flows import FLOWS, cards, messages
from flows.intents import INTENTS
from locales.update import extracted, written

ROOT = Path(__file__).parent.parent
OURS = [p for top in ("bot", "flows", "handlers", "locales") for p in (ROOT / top).rglob("*.py")]
LONGEST_FILE = 500
FEWEST, MOST = 1, 256  # Telegram's limits on a command's description
# Third-party libraries, and the folders that may import them.
FOREIGN = {
    "telegram": ("handlers", "bot/transport", "bot/simulator"),
    "aiohttp": ("bot/console", "bot/public", "bot/transport", "bot/simulator", "bot/app"),
    "aiosmtplib": ("bot/transport",),
    "PIL": ("bot/transport",),
    "aiohttp_jinja2": ("bot/console",),
    "aiohttp_session": ("bot/console",),
    "argon2": ("bot/console",),
    "jinja2": ("bot/console", "bot/public"),
    "sqlalchemy": ("bot/store",),
    "alembic": ("bot/store",),
    "asyncpg": ("bot/store",),
    "apscheduler": ("bot/scheduler.py",),
    "babel": ("bot/i18n.py", "locales"),
    "dateutil": ("bot/calendar",),
    "holidays": ("bot/calendar",),
    "prometheus_client": ("bot/watch.py",),
    "icalendar": ("bot/documents",),
    "pygal": ("bot/documents",),
    "python_calamine": ("bot/documents",),
    "segno": ("bot/documents",),
    "structlog": ("bot/watch.py",),
    "typst": ("bot/documents",),
    "fontpkg_noto_sans": ("bot/documents",),
    "xlsxwriter": ("bot/documents",),
}


def test_layers_are_kept() -> None:
    """Higher layers may import lower ones, and siblings never each other."""
    # In a separate process: the linter configures logging, and would silence all other loggers.
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    assert done.returncode == 0, done.stdout


def imports_of(file: Path) -> set[str]:
    """Return the top-level names that a file imports."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize("library", FOREIGN)
def test_foreign_libraries_have_their_doors(library: str) -> None:
    """A third-party library is imported only in its own folders."""
    users = [p.relative_to(ROOT).as_posix() for p in OURS if library in imports_of(p)]
    assert users
    assert [user for user in users if not user.startswith(FOREIGN[library])] == []


@pytest.mark.parametrize("flow", FLOWS)
def test_flows_are_faultless(flow: type) -> None:
    """No flow has a fault that start-up checks can find."""
    assert flow_errors(flow) == []


def test_rows_of_choices_are_listed() -> None:
    """A choice names rows that `DYNAMIC_OPTIONS` can look up."""
    asked = {
        step.options.name
        for flow in FLOWS
        for step in flow.steps.values()
        if isinstance(step, Question) and isinstance(step.options, Rows)
    }
    assert asked <= set(DYNAMIC_OPTIONS)


def test_flows_can_be_drawn(capsys: pytest.CaptureFixture[str]) -> None:
    """Every flow has a drawing."""
    for flow in FLOWS:
        assert draw(flow.key()) == 0
    assert capsys.readouterr().out.count("flowchart TD") == len(FLOWS)


def test_catalogues_are_complete() -> None:
    """Each marked text is translated, with equal placeholders and only allowed tags."""
    assert i18n.catalogue_errors(i18n.marked_messages()) == []


def test_the_template_is_what_the_code_says() -> None:
    """The template equals the output of `python -m locales.update`."""
    assert (ROOT / "locales" / "messages.pot").read_bytes() == written(extracted())


def test_every_setting_is_told_of() -> None:
    """.env.example names exactly the settings, and the README names all of them."""
    names = {PREFIX + setting.name for setting in SETTINGS}
    example = (ROOT / ".env.example").read_text()
    assert set(re.findall(rf"^({PREFIX}\w+)=", example, re.MULTILINE)) == names
    assert names <= set(re.findall(rf"{PREFIX}\w+", (ROOT / "README.md").read_text()))


def test_every_command_is_told_of() -> None:
    """The README names every command, and each has a description."""
    actions = [a for a in parser()._actions if a.dest == "command"]
    readme = (ROOT / "README.md").read_text()
    for name, sub in actions[0].choices.items():
        assert f"brobygger {name}" in readme
        assert len(sub.description or "") > 30


async def test_the_schema_is_what_the_code_says(store: Store) -> None:
    """Migrations create exactly the tables in the code."""
    async with store.writer.connect() as connection:
        assert await connection.run_sync(differences) == []


def test_every_command_has_a_service() -> None:
    """Each command has exactly one service."""
    modules = [f"{commands.__name__}.{found.name}" for found in iter_modules(commands.__path__)]
    ours = {
        known
        for module in modules
        for known in vars(import_module(module)).values()
        if isinstance(known, type) and known.__module__ == module
    }
    assert ours == set(BY_COMMAND)
    assert len(BY_COMMAND) == len(SERVICES)


def test_every_door_is_answered() -> None:
    """Each intent has a handler, its own words, and valid slash commands."""
    assert {door.name for door in INTENTS} <= set(INTENT_HANDLERS)
    words = [word for door in INTENTS for word in (*door.slash, *door.typed)]
    for slash in (slash for door in INTENTS for slash in door.slash):
        assert re.fullmatch(r"[a-z0-9_]{1,32}", slash)
    opened = [(door.name, word) for door in INTENTS for word in {*door.slash, *door.typed}]
    assert len({word for _name, word in opened}) == len(opened), "a word opens two doors"
    assert len(words) >= len(opened)
    for door in INTENTS:
        if door.about is not None:
            for language in i18n.LANGUAGES:
                assert FEWEST <= len(i18n.render(door.about, language)) <= MOST


def test_the_notice_is_short() -> None:
    """The notice has at most 600 characters and names robot, CPR, Telegram and privacy."""
    facts = {"town": "Klintsund", "municipality": "Klintsund Kommune"}
    facts["dpo"] = "dpo@klintsund.example"
    for language, words in (("da", "robot CPR-nummer Telegram /privatliv"), ("en", "robot CPR")):
        said = i18n.render(messages.NOTICE.with_(**facts), language)
        assert len(said) <= 600
        assert all(word in said for word in words.split())


def test_menu_labels_are_the_agreed_ones() -> None:
    """The menu's labels are those of the vocabulary, in order."""
    danish = [i18n.render(label, "da") for _door, label in cards.MENU_INTENTS]
    english = [i18n.render(label, "en") for _door, label in cards.MENU_INTENTS]
    assert danish == [
        "Stil et spørgsmål",
        "Giv et praj",
        "Bliv frivillig",
        "Giv et løfte",
        "Mit overblik",
        "Sprog",
        "Tal med et menneske",
        "Hjælp",
    ]
    assert english == [
        "Ask a question",
        "Report something",
        "Volunteer",
        "Make a pledge",
        "My overview",
        "Language",
        "Talk to a person",
        "Help",
    ]


GOLDEN = sorted((ROOT / "tests" / "golden").glob("*.json"))


@pytest.mark.parametrize("file", GOLDEN, ids=lambda file: file.stem)
def test_conversations_of_earlier_revisions_still_finish(file: Path) -> None:
    """A conversation saved at any step of an earlier revision is at a question or has ended."""
    by_key = {flow.key(): flow for flow in FLOWS}
    saved = json.loads(file.read_text())
    flow = by_key[saved["flow"]]
    assert saved["conversations"]
    for answers in saved["conversations"]:
        here = flow.road(answers).here
        if answers == saved["conversations"][-1]:
            assert here.end
        else:
            assert isinstance(here, Question)


async def test_an_earlier_revision_goes_on_in_the_chat(chat: Chat) -> None:
    """A citizen in mid-flow can finish the flow after it was changed."""
    saved = json.loads((ROOT / "tests" / "golden" / "settings-0.json").read_text())
    await chat.play("Jens: /start")
    store, bot = await chat.open()
    async with store.unit() as unit:
        person = await unit.people.by_lane("tg:102")
        assert person is not None
        answers = saved["conversations"][2]
        kept = Conversation(0, person.id, "settings", 0, answers, None, WAITING, START, START)
        await unit.conversations.add(kept)
    await bot.close()
    await store.close()
    await chat("""
        Jens: gentag
        Bot: 3 af 5. Hvor i kommunen bor du, eller hvor kommer du tit?
           |
           | 1. Klintsund By
           | 2. Ørbakke
           | 3. Sandholm Havn
           | 4. Vesterhagen
           | 5. Møllekær
           | 6. Tangø
           | 7. Vil helst ikke sige det
           | 8. Tilbage
           | 9. Menu
           | [Klintsund By] [Ørbakke] [Sandholm Havn] [Vesterhagen] [Møllekær] [Tangø]
           | [Vil helst ikke sige det] [Tilbage] [Menu]
        Jens: Tangø
        Bot: 4 af 5. Hvad vil du have nyt om? Vælg så mange, du vil, eller ingen.
           | [Natur og klima] [Veje og trafik] [Børn og unge] [Kultur og fritid] [Frivillige]
           | [Færdig] [Behold, som det er] [Tilbage] [Menu]
    """)


def test_files_fit_a_thought() -> None:
    """No source file has more than 500 lines, except word lists."""
    lists = {"danger_da.py", "danger_en.py", "words.py"}
    lists |= {"feeling_da.py", "feeling_en.py", "reply_phrases.py"}
    long = [p.name for p in OURS if len(p.read_text().splitlines()) > LONGEST_FILE]
    assert set(long) <= lists


def test_requirements_point_to_what_is_there() -> None:
    """Each requirement that is met names existing code and tests."""
    table = (ROOT / "docs" / "requirements.md").read_text()
    rows = re.findall(r"^\| HR-(\d+) .*\| (.+?) \| (.+?) \|$", table, re.MULTILINE)
    assert {int(number) for number, _code, _tests in rows} >= {1, 2, 7, 8, 17, 18, 24, 26, 28, 29}
    for number, code, tests in rows:
        named = re.findall(r"`([^`]+)`", code + tests)
        assert len(named) >= 2, f"HR-{number} names no code and test"
        for name in named:
            file, _colons, what = name.partition("::")
            assert (ROOT / file).exists(), f"HR-{number}: {file} is not there"
            if what:
                assert f"def {what}(" in (ROOT / file).read_text(), f"HR-{number}: {name}"


def test_the_project_speaks_of_itself_alone() -> None:
    """No file names paths of a machine or the source of packages."""
    told = re.compile("/" + "work/|/" + "root/|/" + "opt/|index" + "-url", re.IGNORECASE)
    files = [*OURS, *ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), ROOT / "constraints.txt"]
    assert [p.name for p in files if told.search(p.read_text())] == []


def test_configuration_exceptions_have_reasons() -> None:
    """Each exception from linting or typing has a reason on its line."""
    lines = (ROOT / "pyproject.toml").read_text().splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("ignore = ["))
    for line in lines[start + 1 : lines.index("]", start)]:
        assert "#" in line, line
    marked = re.compile(r"(noqa: [A-Z0-9, ]+|type: ignore\[[\w, -]+\])(.*)$")
    for file in OURS:
        for number, line in enumerate(file.read_text().splitlines(), 1):
            found = marked.search(line)
            if found and "PLC0415" not in line and "S105" not in line:
                assert re.search(r"[-#] \w", found[2]), f"{file.name}:{number} gives no reason"
    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mypy"]["strict"]


# Words without a named actor, and metaphors. Text in quotes, backticks or asterisks is data.
BANNED = re.compile(
    r"\b(whoever|whomever|whom|nobody|somebody|hears?|heard|cry|cries|cried|knocks?|rests|rang"
    r"|lets? go|stood|beside|besides|the house|in the air|in hand|of its own accord"
    r"|(?<!the )one that|ones that|those who|he who|told of|tells? of|all the same|for ever|lest"
    r"|owes?|owed|breaths?|breathe|astray|anybody|lies|goes on|go on|carr(?:y|ies|ied) out"
    r"|anew|once more|likewise|any more|wherever|whatever|strikes?|stands?(?! by|-by|-in|point)"
    r"|what (?:was|is new|came|comes|went|goes|waits|falls|stays|stands))\b",
    re.IGNORECASE,
)
QUOTED = re.compile(r"``[^`]*``|`[^`]*`|\"[^\"]*\"|“[^”]*”|\*\w+\*")


def prose_of(file: Path) -> Iterator[str]:
    """Yield a file's docstrings and comments, or the whole text of a document."""
    source = file.read_text()
    if file.suffix != ".py":
        yield re.sub(r"```.*?```", "", source, flags=re.DOTALL)
        return
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.string
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            yield ast.get_docstring(node) or ""


def test_prose_is_plain() -> None:
    """Docstrings, comments and documents contain none of the banned words."""
    generated = ROOT / "docs" / "permissions.md"  # by code: its words are string literals
    documents = {*ROOT.glob("docs/*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"}
    found = [
        (file.relative_to(ROOT).as_posix(), match[0])
        for file in (*OURS, *sorted(documents - {generated}))
        for text in prose_of(file)
        for match in BANNED.finditer(QUOTED.sub("", text))
    ]
    assert found == []
