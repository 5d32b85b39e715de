"""The sample feature of docs/extending.md: its files and the document's lines, added to a copy."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import textwrap
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SAMPLE = Path(__file__).parent / "sample"
DOCUMENT = (ROOT / "docs" / "extending.md").read_text()
COPIED = ("bot", "flows", "handlers", "locales", "docs", "tests", "benchmarks", ".env.example")
VERSIONS = Path("bot/store/migrations/versions")
MOST_FILES = 12  # of a feature with a flow, a table, a service, a list page and a timer
ALERTING = ("NOTIFICATIONS", "SUBJECTS", "ALERTS")
CATALOGUE = Path("locales/da/LC_MESSAGES/messages.po")
# The rules of the project that a feature can break, and the sample's own tests.
RUN = (
    "tests/console/test_loans.py",
    "tests/store/test_personal_data.py",
    "tests/console/test_permissions.py::test_the_table_is_told",
    "tests/console/test_permissions.py::test_nothing_is_served_but_the_table",
    "tests/console/test_audit.py::test_every_verb_has_a_name",
    "tests/console/test_tasks_and_alerts.py::test_every_alert_and_task_has_words",
    *(
        f"tests/test_house.py::{name}"
        for name in (
            "test_layers_are_kept",
            "test_foreign_libraries_have_their_doors",
            "test_flows_are_faultless",
            "test_flows_can_be_drawn",
            "test_catalogues_are_complete",
            "test_the_template_is_what_the_code_says",
            "test_the_schema_is_what_the_code_says",
            "test_every_command_has_a_service",
            "test_every_door_is_answered",
            "test_prose_is_plain",
        )
    ),
)


@dataclass(frozen=True, slots=True)
class Block:
    """A block of code in the document: lines for *list_name* in *file*, or an excerpt of *file*."""

    file: str
    list_name: str
    code: str

    @property
    def lines(self) -> int:
        """Return the number of lines that are not blank."""
        return sum(1 for line in self.code.splitlines() if line.strip())

    @property
    def imports(self) -> str:
        """Return the lines that import what the entries name."""
        return "".join(f"{one}\n" for one in self.code.splitlines() if one.startswith("from "))

    @property
    def entries(self) -> str:
        """Return the lines that are added at the end of the list."""
        return "".join(f"{one}\n" for one in self.code.splitlines() if one.startswith("    "))


BLOCKS = [
    Block(file, name, code)
    for file, name, code in re.findall(
        r"```python\n# (\S+?)(?:: (\w+))?\n(.*?)```", DOCUMENT, re.DOTALL
    )
]
ADDED = [block for block in BLOCKS if block.list_name]
OWN = sorted(
    file.relative_to(SAMPLE).as_posix()
    for file in SAMPLE.rglob("*.py")
    if "tests" not in file.relative_to(SAMPLE).parts
)


@pytest.mark.parametrize(
    "block", [block for block in BLOCKS if not block.list_name], ids=lambda block: block.file
)
def test_excerpts_are_code_of_the_sample(block: Block) -> None:
    """Each excerpt in the document is part of its file."""
    assert block.code in (SAMPLE / block.file).read_text()


def test_the_document_counts_files_and_lines() -> None:
    """The tables name every file of the sample and every list, with their true numbers."""
    own = {file: len((SAMPLE / file).read_text().splitlines()) for file in OWN}
    added = {block.file: 0 for block in ADDED}
    lists: dict[str, str] = dict.fromkeys(added, "")
    for block in ADDED:
        added[block.file] += block.lines
        lists[block.file] += f", `{block.list_name}`"
    rows = re.findall(r"^\| `(\S+)` \| (.*) \| (\d+) \|$", DOCUMENT, re.MULTILINE)
    assert {file: int(lines) for file, _what, lines in rows} == own | added
    assert {file: what for file, what, _lines in rows if file in lists} == {
        file: names.removeprefix(", ") for file, names in lists.items()
    }
    assert f"has {len(own)} files with {sum(own.values())} lines" in DOCUMENT
    assert f"adds {sum(added.values())} lines to {len(added)} files" in DOCUMENT
    without = {block.file for block in ADDED if block.list_name not in ALERTING}
    assert len(own) + len(without) <= MOST_FILES
    assert f"without the last two touches {len(own) + len(without)} files" in DOCUMENT


def add(root: Path, block: Block) -> None:
    """Add a block's imports after a file's own, and its entries at the end of its list."""
    file = root / block.file
    lines = file.read_text().splitlines(keepends=True)
    body = ast.parse("".join(lines)).body
    last_import = max(
        one.end_lineno for one in body if isinstance(one, ast.Import | ast.ImportFrom)
    )
    (end,) = (
        one.end_lineno
        for one in body
        if isinstance(one, ast.AnnAssign) and ast.unparse(one.target) == block.list_name
    )
    assert lines[end - 1].strip() in (")", "}"), block
    lines.insert(end - 1, block.entries)
    lines.insert(last_import, block.imports)
    file.write_text("".join(lines))


def renumber_migration(versions: Path) -> None:
    """Give the sample's migration the number after the product's last one."""
    (sample,) = versions.glob("v*_loans.py")
    source, last = sample.read_text(), len(list(versions.glob("v*.py"))) - 1
    sample.unlink()
    for name, number in (("down_revision", last), ("revision", last + 1)):
        source = re.sub(rf'^{name} = "\d+"', f'{name} = "{number:04}"', source, flags=re.MULTILINE)
    (versions / f"v{last + 1:04}_loans.py").write_text(source)


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the project with the sample feature."""
    root = tmp_path_factory.mktemp("extended")
    ignored = shutil.ignore_patterns("__pycache__", "extending", "browser", "golden")
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, root / name, ignore=ignored)
        else:
            shutil.copy(ROOT / name, root)
    for file in (*ROOT.glob("*.md"), ROOT / "pyproject.toml"):
        shutil.copy(file, root)
    shutil.copytree(SAMPLE, root, dirs_exist_ok=True, ignore=ignored)
    renumber_migration(root / VERSIONS)
    for block in ADDED:
        add(root, block)
    with (root / CATALOGUE).open("a") as catalogue:
        catalogue.write((SAMPLE / "loans.po").read_text())
    run(root, "-m", "locales.update")
    (root / "docs" / "permissions.md").write_text(run(root, "-m", "bot.console.permissions"))
    return root


def run(root: Path, *arguments: str) -> str:
    """Run Python in the copy; fail with its output where it fails, else return its output."""
    # The run in the copy is its own: it must not take itself for a worker of this one.
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, *arguments],
        cwd=root,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, textwrap.indent(done.stdout[-6000:] + done.stderr[-2000:], "| ")
    return done.stdout


def test_the_sample_works_in_the_product(extended: Path) -> None:
    """The sample's tests and the rules of the project pass in the extended copy."""
    run(extended, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "not postgres", *RUN)
