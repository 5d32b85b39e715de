"""The documents match the program: commands parse, settings exist, links resolve."""

from __future__ import annotations

import argparse
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import dockerfile
import pytest

from bot.cli import parser
from bot.settings import PREFIX, RETIRED, SETTINGS

ROOT = dockerfile.ROOT
DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
TOLD_OF = [*DOCUMENTS, *(ROOT / "docs").glob("*.yml"), ROOT / ".env.example", ROOT / "Dockerfile"]
KNOWN = {setting.name for setting in SETTINGS}
KNOWN |= {f"{setting.name}_FILE" for setting in SETTINGS if setting.secret}
# Settings and a container may precede it. A database named brobygger is not a command.
_COMMAND = re.compile(r"(?:^|&& |exec bot )(?:\w+=\S+ )*(?:\S*/)?brobygger (?P<words>[^#|&;]+)")


def blocks(document: Path) -> Iterator[str]:
    """Yield the lines of a document's shell blocks."""
    for block in re.findall(r"```sh\n(.*?)```", document.read_text(), re.DOTALL):
        yield from block.splitlines()


def spans(document: Path) -> Iterator[str]:
    """Yield the inline code of a document."""
    plain = re.sub(r"```.*?```", "", document.read_text(), flags=re.DOTALL)
    yield from (found.replace("\n", " ") for found in re.findall(r"`([^`]+)`", plain))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: file.name)
def test_what_is_to_be_typed_can_be(document: Path) -> None:
    """The program parses every command in a shell block."""
    for line in blocks(document):
        for found in _COMMAND.finditer(line):
            typed = shlex.split(found["words"])
            try:
                parser().parse_args(typed)
            except SystemExit:
                pytest.fail(f"{document.name}: brobygger {found['words']}")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: file.name)
def test_what_is_named_is_there(document: Path) -> None:
    """Each command named in a sentence exists, with its subcommands and options."""
    for span in spans(document):
        if not (found := re.match(r"brobygger ([a-z-].*)", span)):
            continue
        here: argparse.ArgumentParser | None = parser()
        for word in found[1].split():
            assert here is not None, span
            choices = _choices(here)
            if word.startswith("--"):
                assert word in here._option_string_actions, span
            elif choices:
                assert word in choices, span
                here = choices[word]


def _choices(here: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """Return the subcommands of a command."""
    below = [a for a in here._actions if isinstance(a, argparse._SubParsersAction)]
    return dict(below[0].choices) if below else {}


@pytest.mark.parametrize("file", TOLD_OF, ids=lambda file: file.name)
def test_every_name_is_a_setting(file: Path) -> None:
    """No document names an unknown setting; the changelog may name settings of earlier versions."""
    known = KNOWN | set(RETIRED) if file.name == "CHANGELOG.md" else KNOWN
    assert set(re.findall(rf"{PREFIX}([A-Z_]+[A-Z])\b", file.read_text())) <= known


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: file.name)
def test_links_lead_somewhere(document: Path) -> None:
    """Each link within the project leads to an existing file and heading."""
    for link in re.findall(r"\]\(([^)\s]+)\)", document.read_text()):
        if re.match(r"https?:|mailto:", link):
            continue
        path, _hash, heading = link.partition("#")
        file = (document.parent / path).resolve() if path else document
        assert file.exists(), link
        if heading:
            headings = re.findall(r"^#+ (.+)$", file.read_text(), re.MULTILINE)
            assert heading in [anchor(one) for one in headings], link


def anchor(heading: str) -> str:
    """Return the anchor of a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def test_log_lines_are_those_of_the_code() -> None:
    """Each log event in the operations document is logged by the code."""
    told = (ROOT / "docs" / "operations.md").read_text()
    table = told[told.index("| Log line") :].partition("\n\n")[0]
    verbs = re.findall(r"`(\w+)`", table.partition("|---|---|")[2])
    files = [file for top in ("bot", "handlers") for file in (ROOT / top).rglob("*.py")]
    code = "\n".join(file.read_text() for file in files)
    assert len(verbs) >= 8
    assert [verb for verb in verbs if f'("{verb}"' not in code] == []
