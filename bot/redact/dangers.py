"""Find words of danger in a message, which decide the help lines to send (HR-29).

This runs on every message first, so it must be fast for ordinary ones: only the set
of their words is compared with the triggers of the rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from bot.letters import LONGEST_MESSAGE, fold
from bot.redact import danger_da, danger_en
from bot.redact.danger_rule import CLOSES, Rule


class DangerKind(StrEnum):
    """Kinds of danger, the most urgent first."""

    EMERGENCY = "emergency"
    SUICIDE = "suicide"
    CHILD = "child"
    VIOLENCE = "violence"
    POLICE = "police"


@dataclass(frozen=True, slots=True)
class Danger:
    """The danger in a message: all kinds found, the most urgent first."""

    kinds: tuple[DangerKind, ...]

    @property
    def kind(self) -> DangerKind:
        """Return the most urgent kind."""
        return self.kinds[0]


_WORDS = re.compile(r"[^\W_]+|[.!?;:\n]+")

RULES = (*danger_da.RULES, *danger_en.RULES)
_CLASSES = {**danger_da.CLASSES, **danger_en.CLASSES, "closes": CLOSES}


def expand(phrase: str) -> str:
    """Return *phrase* with the names of classes replaced by their patterns."""
    while "{" in phrase and (name := re.search(r"\{([a-z_]+)\}", phrase)):
        phrase = phrase.replace(name[0], f"(?:{_CLASSES[name[1]]})")
    return phrase


@dataclass(frozen=True, slots=True)
class _Sign:
    """A rule prepared for matching; its letters are folded like those of messages."""

    kind: DangerKind
    phrases: str

    def stands_in(self, message: str) -> bool:
        """Return whether a message with one of the rule's triggers has one of its phrases."""
        return _compiled(self.phrases).search(message) is not None


# Compiled at first use, since compiling all patterns takes 0.14 s and most are never needed.
@cache
def _compiled(phrases: str) -> re.Pattern[str]:
    return re.compile(phrases)


def _ready(rule: Rule) -> _Sign:
    """Return a rule with its phrases joined into one pattern."""
    either = "|".join(f"(?:{expand(phrase)})" for phrase in rule.phrases)
    return _Sign(DangerKind(rule.kind), rf"(?<!\w)(?:{fold(either)})(?!\w)")


def index_of(rules: Iterable[Rule]) -> Mapping[str, tuple[_Sign, ...]]:
    """Return the rules by trigger word."""
    index: dict[str, tuple[_Sign, ...]] = {}
    for rule in rules:
        sign = _ready(rule)
        for word in fold(rule.triggers).split():
            index[word] = (*index.get(word, ()), sign)
    return index


_SIGNS = index_of(RULES)


def danger(text: str) -> Danger | None:
    """Return the danger in *text*, or None."""
    kinds = kinds_in(text, _SIGNS)
    return Danger(kinds) if kinds else None


def kinds_in(text: str, index: Mapping[str, tuple[_Sign, ...]]) -> tuple[DangerKind, ...]:
    """Return the kinds of danger that the rules of *index* find in *text*."""
    words = _WORDS.findall(fold(text[:LONGEST_MESSAGE]))
    triggers = index.keys() & set(words)
    if not triggers:
        return ()
    # `<` and `>` mark the ends of the message, `|` that of a sentence; phrases do not cross them.
    whole = " ".join(["<", *(word if word[0].isalnum() else "|" for word in words), ">"])
    signs = {sign for trigger in triggers for sign in index[trigger]}
    kinds = {sign.kind for sign in signs if sign.stands_in(whole)}
    return tuple(kind for kind in DangerKind if kind in kinds)
