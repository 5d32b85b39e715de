"""Detect messages that report danger, and ignore ordinary messages (HR-29)."""

from __future__ import annotations

import timeit

import pytest
from danger_vectors import HITS, MISSES
from hypothesis import given
from hypothesis import strategies as st
from phrases import sentences, spoken

from bot.letters import fold
from bot.redact import Danger, DangerKind, danger
from bot.redact.danger_rule import Rule
from bot.redact.dangers import RULES, expand, index_of, kinds_in


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind in HITS for text in HITS[kind]])
def test_danger_is_seen(kind: str, text: str) -> None:
    """A message that reports danger gets its kind."""
    found = danger(text)
    assert found is not None
    assert kind in found.kinds


@pytest.mark.parametrize("text", MISSES)
def test_ordinary_messages_are_no_danger(text: str) -> None:
    """A harmless message with the same words gets no kind."""
    assert danger(text) is None


def test_the_lists_are_long_enough() -> None:
    """The vectors hold at least 60 hits and 80 misses."""
    assert sum(map(len, HITS.values())) >= 60
    assert len(MISSES) >= 80


@pytest.mark.parametrize(
    "text",
    [
        "MIN MAND SLÅR MIG",
        "min mand slaar mig",
        "min mand slar mig",
        "min  mand\tslår\u200b mig...",
        "min mand slåååår mig",
        "min mand sla\u030ar mig",
    ],
)
def test_spelling_does_not_hide_danger(text: str) -> None:
    """Case, transliterated å, drawn-out words and odd spaces do not prevent detection."""
    assert danger(text) == Danger((DangerKind.VIOLENCE,))


@pytest.mark.parametrize(
    "text", ["jeg vil dø", "jeg vil doe", "jeg vil do", "jeg ønsker at dø", "jeg oensker at doe"]
)
def test_every_spelling_of_oe_is_read(text: str) -> None:
    """`ø`, `oe` and `o` count as the same letter."""
    assert danger(text) == Danger((DangerKind.SUICIDE,))


def test_the_most_urgent_kind_comes_first() -> None:
    """With two kinds both are returned, the more urgent first."""
    found = danger("Min mand slår mig. Hjælp, der er brand!")
    assert found is not None
    assert found.kinds == (DangerKind.EMERGENCY, DangerKind.VIOLENCE)
    assert found.kind is DangerKind.EMERGENCY


def test_a_child_that_is_hit_is_both() -> None:
    """A parent who hits is both child abuse and violence, and the child line comes first."""
    assert danger("min far slår mig") == Danger((DangerKind.CHILD, DangerKind.VIOLENCE))


def test_a_phrase_does_not_reach_over_the_end_of_a_sentence() -> None:
    """A phrase does not match across the end of a sentence."""
    assert danger("Jeg har en mand. Slår I græs? Mig bekendt ikke") is None


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    """Any text is read without an exception."""
    found = danger(text)
    assert found is None or found.kinds


@given(st.sampled_from(HITS["violence"]), st.sampled_from(["Hej! ", "Kære kommune.\n", "🙏 "]))
def test_politeness_does_not_hide_danger(text: str, greeting: str) -> None:
    """A greeting before and thanks after do not prevent detection."""
    assert danger(f"{greeting}{text}. Tak!") is not None


def test_a_long_message_comes_to_an_end() -> None:
    """The longest message full of triggers is read in bounded time.

    The bound of 10 s only catches runaway matching.
    """
    text = ("han har slået min mand og der er ild i jeg vil " * 100)[:4096]
    assert timeit.timeit(lambda: danger(text), number=1) < 10


@pytest.mark.parametrize(
    ("rule", "phrase"), [(rule, phrase) for rule in RULES for phrase in rule.phrases]
)
def test_every_alternative_is_seen(rule: Rule, phrase: str) -> None:
    """Every alternative of a phrase matches its own rule, so it contains a trigger of that rule."""
    triggers = set(fold(rule.triggers).split())
    own = index_of([Rule(rule.kind, rule.triggers, (phrase,))])
    # Combine each alternative with other parts of the phrase that hold no trigger, where such parts
    # exist. Only the alternative itself can then match a trigger.
    said = sentences(expand(phrase), lambda words: not triggers.isdisjoint(fold(words).split()))
    unseen = [each for each in map(spoken, said) if not kinds_in(each, own)]
    assert said
    assert unseen == []
    assert all(rule.kind in found.kinds for each in said if (found := danger(spoken(each))))


@pytest.mark.parametrize("rule", RULES)
def test_every_trigger_is_a_word_of_its_rule(rule: Rule) -> None:
    """Every trigger occurs in a phrase of its rule; any other is truncated or unused."""
    said = {
        word
        for phrase in rule.phrases
        for each in sentences(expand(phrase))
        for word in fold(each).split()
    }
    assert set(fold(rule.triggers).split()) <= said
