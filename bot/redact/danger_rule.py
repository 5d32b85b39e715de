"""The format of the two lists of danger words (HR-29).

A rule is a kind, its triggers and its phrases. Only a text with a trigger word is checked
further, so an ordinary message costs a few microseconds. Then one of the phrases must match;
phrases name both act and victim: "slår mig", never "slår græsset". Phrases are regular
expressions over words: lower case, one space between words, no apostrophes, `<` and `>` at
the two ends of the message and `|` at the end of a sentence. `å` also matches `aa` and `a`;
the same holds for `ø` and `æ`. `{name}` is replaced by an entry of the language's CLASSES.
A phrase without any of the triggers is never found: `tests/redact/test_danger.py` tries each
alternative once and fails where none is detected.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """The triggers and phrases of one kind of danger."""

    kind: str
    triggers: str  # words, separated by spaces
    phrases: tuple[str, ...]


CLOSES = r"(?= (?:>|\|))"  # `{closes}`: the sentence ends here
