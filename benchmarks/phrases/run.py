"""Measure how phrases about time are read, on the labelled lines in this folder.

    python benchmarks/phrases/run.py [--misses]      (where Brobygger is installed)

For each part and author it prints how many lines there are, how many were read right, and how
many silently wrong: with a day or a rule that is not meant, about which the citizen was not
asked. `--misses` prints the misses of the development part. Lines of the reported part are
never printed. README.md has the conventions of the labels.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from bot.calendar import Calendar
from bot.calendar.phrases.reading import read
from bot.calendar.phrases.result import Ask, Meaning, Repeats, When
from bot.calendar.recurrence import next_occurrences

FOLDER = Path(__file__).parent
DEVELOPMENT, REPORTED = "development", "reported"
OCCURRENCES = 3
KLINTSUND = Calendar()


@dataclass(frozen=True, slots=True)
class Line:
    """One labelled line: a text, the instant when it is typed, and the meaning wanted."""

    author: int
    text: str
    language: str
    now: datetime
    want: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Result:
    """What was read in a line."""

    line: Line
    got: dict[str, Any]

    @property
    def is_right(self) -> bool:
        """Return whether the reading is the wanted one; the reason for asking does not count."""
        both_ask = self.got["answer"] == self.line.want["answer"] == "ask"
        return both_ask or self.got == self.line.want

    @property
    def is_silently_wrong(self) -> bool:
        """Return whether a wrong meaning would be taken without asking."""
        return not self.is_right and self.got["answer"] in {"when", "repeat"}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="Measure the reading of phrases about time.")
    parser.add_argument("--misses", action="store_true", help="print the development misses")
    options = parser.parse_args()
    for row in table():
        print(row)
    if options.misses:
        for result in measure(DEVELOPMENT):
            if not result.is_right:
                line = result.line
                print(f"\n{line.text}\n  {KLINTSUND.local(line.now):%a %Y-%m-%d %H:%M}")
                print(f"  want {line.want}\n  got  {result.got}")


def table() -> Iterator[str]:
    """Yield the rows of the figures by part and author."""
    yield "| part | author | lines | right | silently wrong |"
    yield "|---|--:|--:|--:|--:|"
    for part in (DEVELOPMENT, REPORTED):
        if not (results := measure(part)):  # the reported part is empty until new authors write it
            continue
        for author in sorted({result.line.author for result in results}):
            yield _row(part, author, [one for one in results if one.line.author == author])
        yield _row(part, "all", results)


def _row(part: str, author: int | str, results: list[Result]) -> str:
    right = sum(result.is_right for result in results)
    wrong = sum(result.is_silently_wrong for result in results)
    return f"| {part} | {author} | {len(results)} | {right} | {wrong} |"


def measure(part: str) -> list[Result]:
    """Return the results of all lines of a part."""
    return [Result(line, answer(line)) for line in lines_of(part)]


def lines_of(part: str) -> list[Line]:
    """Read the lines of a part; a part without a file has none."""
    file = FOLDER / f"{part}.jsonl"
    found = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    rows = [json.loads(line) for line in found]
    return [
        Line(row["author"], row["text"], row["lang"], _instant(row), row["want"]) for row in rows
    ]


def _instant(row: dict[str, Any]) -> datetime:
    local = datetime.fromisoformat(row["now"])
    return KLINTSUND.instant(local.date(), local.time())


def answer(line: Line) -> dict[str, Any]:
    """Return what is read in a line, in the form of the labels."""
    return _labelled(read(line.text, line.language, line.now, KLINTSUND).meaning, line.now)


def _labelled(meaning: Meaning | None, now: datetime) -> dict[str, Any]:
    match meaning:
        case None:
            return {"answer": "none"}
        case Ask():
            return {"answer": "ask", "why": meaning.why.value}
        case When():
            return _when(meaning)
        case Repeats():
            coming = next_occurrences(meaning.rule, KLINTSUND, now, OCCURRENCES)
            at = meaning.rule.at if meaning.has_time else None
            return {"answer": "repeat", "next": [_written(one.day, at) for one in coming]}


def _when(meaning: When) -> dict[str, Any]:
    found = {"answer": "when", "start": _written(meaning.day, meaning.at)}
    if meaning.ends_at or meaning.ends:
        found["end"] = _written(meaning.ends or meaning.day, meaning.ends_at)
    if meaning.part:
        found["part"] = meaning.part.value
    return found


def _written(day: date, at: time | None) -> str:
    return f"{day.isoformat()}T{at.isoformat('minutes')}" if at else day.isoformat()


if __name__ == "__main__":
    main()
