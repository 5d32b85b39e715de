"""How the words of danger are written down (HR-29): the form of the two lists.

A rule is a kind, its triggers and its phrases. Only a text that holds a trigger word
is looked at further, so an ordinary message costs a few microseconds; then one of the
phrases must be there, with somebody who does it to somebody: "slår mig", never "slår
græsset". Phrases are regular expressions over words: lower case, one space between
them, no apostrophes, `<` and `>` at both ends of the message and `|` at the end of a
sentence. `å` is also `aa` and `a`, and so with `ø` and `æ`. `{name}` stands for one of
a language's CLASSES. A phrase that a trigger does not reach is never looked for:
`tests/redact/test_danger.py` says each alternative once and fails where it is not seen.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """What a message must say to be of a kind of danger."""

    kind: str
    triggers: str  # words, apart by spaces
    phrases: tuple[str, ...]


CLOSES = r"(?= (?:>|\|))"  # `{closes}`: the sentence ends here
