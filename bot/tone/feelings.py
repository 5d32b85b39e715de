"""What a citizen's words carry towards us: anger, a calm complaint, or neither (DOMAIN row 8).

To meet a calm citizen with "I can see that you are angry" is condescending, so anger is named
only where one phrase says it by itself, or where milder signs of two kinds come together.
Words about somebody else, in jest or in thanks are not about us.
"""

from __future__ import annotations

from enum import StrEnum

from bot.letters import LONGEST_MESSAGE
from bot.tone import feeling_da, feeling_en
from bot.tone.reading import Phrases, Sentence, line_of, read


class Feeling(StrEnum):
    """What a message carries towards us."""

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
# A question without its mark; many write none.
_ASKING = Phrases(
    (
        (
            "< (?:og |men |hej |hi |hello )?(?:inden )?(?:hvad|hvor|hvornår|hvem|hvordan|hvorfor"
            "|hvilke|what|when|where|who|how|which|can i|could i|do i|kan jeg|kan man|må jeg|må "
            "man|skal jeg|har i|får jeg|er det|is there|is it|klager man|have you)"
        ),
    )
)
# Milder signs that say it together; what is only loud, or only praise, says nothing.
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
    """Tell what *words*, Danish or English or both, carry towards us."""
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
    """Return whether *words* ask something, with a question mark or without."""
    return any(_asks(each) for each in read(words[:LONGEST_MESSAGE]))


def _asks(sentence: Sentence) -> bool:
    """Return whether a sentence is a question."""
    return sentence.asks or _ASKING.match(sentence.line) is not None


def _adds_up(line: str) -> bool:
    """Return whether two kinds of milder signs that belong together are there."""
    signs = {name for name, listed in _SIGNS if listed.search(line)}
    return any(pair <= signs for pair in _PAIRS)


def _found(lists: tuple[Phrases, ...], line: str) -> bool:
    """Return whether any of the phrases is there."""
    return any(each.search(line) for each in lists)
