"""Classify a citizen's message to us: anger, a calm complaint, or neither (DOMAIN row 8).

To tell a calm citizen "I can see that you are angry" is condescending. So a message counts as
angry only if one phrase alone says so, or if milder signs of two kinds occur together.
Phrases about other people, in jest or in thanks do not count.
"""

from __future__ import annotations

from enum import StrEnum

from bot.letters import LONGEST_MESSAGE
from bot.tone import feeling_da, feeling_en
from bot.tone.reading import Phrases, Sentence, line_of, read


class Feeling(StrEnum):
    """The feeling towards us that a message shows."""

    ANGRY = "angry"
    DISSATISFIED = "dissatisfied"  # a complaint, stated calmly
    CALM = "calm"


_LISTS = (feeling_da, feeling_en)
_ANGRY = tuple(Phrases(each.ANGRY, each.CLASSES) for each in _LISTS)
_SIGNS = tuple(
    (name, Phrases(listed, each.CLASSES)) for each in _LISTS for name, listed in each.SIGNS.items()
)
_DISSATISFIED = tuple(Phrases(each.DISSATISFIED, each.CLASSES) for each in _LISTS)
_CALM = tuple(Phrases(each.CALM, each.CLASSES) for each in _LISTS)
_OTHERS = tuple(Phrases(each.OTHERS) for each in _LISTS)
_OURS = tuple(Phrases(each.OURS) for each in _LISTS)
_SMILES = Phrases(("😄|😃|😀|😁|😉|🙂|😊|😅|😂|🤣|🌞|🍼|🥳|❤|👍",))
# Beginnings of questions, since many citizens write no question mark.
_ASKING = Phrases(
    (
        (
            "< (?:og |men |hej |hi |hello )?(?:inden )?(?:hvad|hvor|hvornår|hvem|hvordan|hvorfor"
            "|hvilke|what|when|where|who|how|which|can i|could i|do i|kan jeg|kan man|må jeg|må "
            "man|skal jeg|har i|får jeg|er det|is there|is it|klager man|have you)"
        ),
    )
)
# Pairs of milder signs that count as anger; loud words or praise alone do not.
_PAIRS = (
    {"praise", "wait"},
    {"praise", "lost"},
    {"praise", "silence"},
    {"loud", "blame"},
    {"loud", "silence"},
    {"loud", "despair"},
    {"blame", "despair"},
    {"blame", "again"},
    {"blame", "weak"},
    {"silence", "again"},
    {"wait", "again"},
    {"wait", "weak"},
)


def feeling(words: str) -> Feeling:
    """Return the feeling towards us in *words*, which may be Danish, English or both."""
    text = words[:LONGEST_MESSAGE]
    line = line_of(text)
    if _found(_CALM, line) or _SMILES.search(line):
        return Feeling.CALM
    others = _found(_OTHERS, line) and not _found(_OURS, line)
    if not others and (_found(_ANGRY, line) or _adds_up(line)):
        return Feeling.ANGRY
    told = [each.line for each in read(text) if not _asks(each)]
    if any(_found(_DISSATISFIED, each) for each in told):
        return Feeling.DISSATISFIED
    return Feeling.CALM


def asks(words: str) -> bool:
    """Return whether *words* contain a question, with or without a question mark."""
    return any(_asks(each) for each in read(words[:LONGEST_MESSAGE]))


def _asks(sentence: Sentence) -> bool:
    """Return whether a sentence is a question."""
    return sentence.asks or _ASKING.match(sentence.line) is not None


def _adds_up(line: str) -> bool:
    """Return whether *line* has a pair of milder signs that counts as anger."""
    signs = {name for name, listed in _SIGNS if listed.search(line)}
    return any(pair <= signs for pair in _PAIRS)


def _found(lists: tuple[Phrases, ...], line: str) -> bool:
    """Return whether any of the phrases is in *line*."""
    return any(each.search(line) for each in lists)
