"""Measure how tone is judged on the labelled sets in this folder.

    python benchmarks/tone/run.py      (where Brobygger is installed)

The author of the sets had not seen the rules. Items at odd positions are for tuning. Items at
even positions are only for these figures: their texts are never printed, and no rule is made
for them. The end of the output says how blind they still are. For each set, half and label it
prints how many items carry the label, how many were given it, and

- precision: of those that were given the label, how many carry it;
- coverage: of those that carry the label, how many were given it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.tone import IssueKind, feeling, reply_issues

FOLDER = Path(__file__).parent
HALVES = ("tune", "report")
BLIND = (
    "How blind: no rule was made for a text of the report half. Its figures were seen 7 times;\n"
    "after the first, the lists of refusals and ridicule were changed, by thought and by\n"
    "the tuning half alone. Three of its texts were then shown in a failing test's message, and\n"
    "nothing was changed for them. At the fifth look one list, of what only tells of a decision,\n"
    "had cost a tenth of the decisions, and was narrowed again."
)


@dataclass(frozen=True, slots=True)
class Item:
    """One labelled text; a reply may carry no label, or several."""

    half: str
    text: str
    labels: frozenset[str]


@dataclass(frozen=True, slots=True)
class Figures:
    """The results of one label in one half."""

    carry: int
    given: int
    right: int

    @property
    def precision(self) -> float:
        """Return the share of correct items among those given the label."""
        return self.right / max(1, self.given)

    @property
    def coverage(self) -> float:
        """Return the share of correct items among those that carry the label."""
        return self.right / max(1, self.carry)


Judge = Callable[[str], frozenset[str]]


def judge_feeling(text: str) -> frozenset[str]:
    """Return the label of a citizen's message."""
    return frozenset({feeling(text)})


def judge_reply(text: str) -> frozenset[str]:
    """Return the labels of a reply, without readability, which is not in the set."""
    return frozenset(fault.kind for fault in reply_issues(text)) - {IssueKind.HARD}


SETS: dict[str, Judge] = {"feelings": judge_feeling, "replies": judge_reply}


def read_set(name: str) -> list[Item]:
    """Return a labelled set."""
    rows = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))["item"]
    return [
        Item(HALVES[at % 2], row["text"], frozenset(row.get("labels", [row.get("label")])))
        for at, row in enumerate(rows)
    ]


def measure(name: str, half: str) -> dict[str, Figures]:
    """Return the figures of each label of a set; replies without labels are "faultless"."""
    items = [item for item in read_set(name) if item.half == half]
    pairs = [(item.labels, SETS[name](item.text)) for item in items]
    pairs = [(a or frozenset({"faultless"}), b or frozenset({"faultless"})) for a, b in pairs]
    return {
        label: Figures(
            sum(label in carried for carried, _given in pairs),
            sum(label in given for _carried, given in pairs),
            sum(label in carried & given for carried, given in pairs),
        )
        for label in sorted(set().union(*(carried | given for carried, given in pairs)))
    }


def table() -> Iterator[str]:
    """Yield the lines of the table."""
    yield "set       half    label                      carry  given  precision  coverage"
    for name in SETS:
        for half in HALVES:
            for label, found in measure(name, half).items():
                yield (
                    f"{name:9} {half:7} {label:26} {found.carry:5} {found.given:6}"
                    f" {found.precision:10.3f} {found.coverage:9.3f}"
                )


def main() -> None:
    """Print the figures."""
    for line in table():
        print(line)
    print(f"\n{BLIND}")


if __name__ == "__main__":
    main()
