"""The labelled sets keep their precision and coverage (benchmarks/tone)."""

from __future__ import annotations

from types import ModuleType

import pytest
from tone_vectors import ANGRY, CALM, DISSATISFIED, REPLIES

FLOOR = 0.95  # least precision and coverage on the tuning half
LABELS = {
    "feelings": {"angry", "dissatisfied", "calm"},
    "replies": {
        "refusal_without_reason",
        "refusal_without_next_step",
        "ridicule",
        "patronising",
        "no_date",
        "passing_on",
        "decision",
        "faultless",
    },
}


@pytest.mark.parametrize("name", LABELS)
def test_the_tuning_half_keeps_its_figures(benchmark: ModuleType, name: str) -> None:
    """Each label reaches the floor in precision and coverage."""
    found = benchmark.measure(name, "tune")
    assert set(found) == LABELS[name]
    for label, figures in found.items():
        assert figures.carry > 0, label
        assert figures.precision >= FLOOR, label
        assert figures.coverage >= FLOOR, label


def test_the_vectors_are_not_the_sets(benchmark: ModuleType) -> None:
    """No text of the tests occurs in the labelled sets."""
    ours = {*ANGRY, *CALM, *DISSATISFIED, *(text for text, _kinds in REPLIES)}
    theirs = {item.text.lower() for name in LABELS for item in benchmark.read_set(name)}
    shared = len({text.lower() for text in ours} & theirs)  # a failure must print no text
    assert shared == 0


def test_the_report_half_stays_unread(benchmark: ModuleType) -> None:
    """The program prints figures but no texts, and states how blind they are."""
    lines = list(benchmark.table())
    texts = {item.text for name in LABELS for item in benchmark.read_set(name)}
    assert len(lines) > 20
    printed = sum(text in line for line in lines for text in texts if len(text) > 30)
    assert printed == 0
    assert "How blind" in benchmark.BLIND
