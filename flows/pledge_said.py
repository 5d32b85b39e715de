"""Whether words in the open chat are a pledge: a promise, or a habit that may be one. Pure."""

from __future__ import annotations

import re
from enum import StrEnum

from bot.engine.words import fold
from bot.tone.feelings import Feeling, asks, feeling
from flows.pledge_sentence import PledgeSentence, rhythm_in

LONGEST = 30  # words
_BEGINS = r"(?:(?:hej|hejsa|hi|hello|ok|okay|nu|now|så|fra nu af|from now on) )*"
_PROMISES = re.compile(
    rf"{_BEGINS}(?:"
    r"(?:jeg|vi) (?:vil|ville|har tænkt mig at|har tænkt os at|har besluttet at|har lyst til at"
    r"|begynder at)(?: (?:så|nu|også|selv|godt|gerne|helst|prøve at|begynde at|love at))*"
    r"|(?:i|we) (?:will|ll|want to|would like to|d like to|am going to|m going to|are going to"
    r"|re going to|plan to)(?: (?:also|try to|start to))*"
    r") (?P<verb>\w+)"
)
_HABIT = re.compile(rf"{_BEGINS}(?:jeg|vi|i|we) (?:\w+)")
# Such a verb after "jeg vil gerne" asks the town for something.
_ASKS_FOR = re.compile(
    r"(?:have|få|vide|spørge|høre|klage|tale|snakke|melde|leje|booke|søge|bestille|betale|finde"
    r"|flytte|ansøge|ringe|vente|anmelde|afmelde|tilmelde|framelde|sige|rejse|være|blive|se|mindes"
    r"|know|ask|hear|complain|talk|speak|rent|book|apply|order|pay|find|move|call|wait|report"
    r"|register|be|become|see|get|say|travel)"
)
# Words of a report, of a reason or of a limit: they tell the town something.
_TELLS = re.compile(
    r"\b(?:men|fordi|hul|hullet|huller|glas|ødelagt|i stykker|mangler|farlig\w*|kommunen?"
    r"|virker ikke|defekt|problem\w*|klage\w*|desværre|kan ikke|må ikke|hvor\w*|nogen|burde|bør"
    r"|i skal|kan i|gider i"
    r"|but|because|broken|(?:pot)?holes?|missing|danger\w*|complain\w*|cannot|can t|council"
    r"|municipality|where|why|should|you)\b"
    r"|\b(?:og|and) (?!(?:jeg|vi|i|we)\b)(?:\w+ ){1,4}(?:er|var|bliver|ligger|is|are|was|were)\b"
)


class Said(StrEnum):
    """How sure it is that words are a pledge."""

    PROMISE = "promise"
    MAYBE = "maybe"  # the person is asked


def may_be_pledge(words: str) -> bool:
    """Return whether words begin as a pledge does, ask nothing, and tell the town of nothing."""
    said = fold(words)
    if "?" in words or len(said.split()) > LONGEST or _HABIT.match(said) is None:
        return False
    promise = _PROMISES.match(said)
    is_wish = promise is not None and _ASKS_FOR.fullmatch(promise["verb"]) is not None
    calm = feeling(words) is Feeling.CALM
    return calm and not is_wish and not asks(words) and _TELLS.search(said) is None


def said_as_pledge(sentence: PledgeSentence) -> Said | None:
    """Return whether the words of a sentence are a pledge; None where they are about other things.

    A pledge says how often, how much or until when. One of the catalogue that looks ahead is sure.
    """
    if not may_be_pledge(sentence.words):
        return None
    said = fold(sentence.words)
    has_rhythm = rhythm_in(said) is not None or sentence.is_other_rhythm
    has_part = has_rhythm or sentence.ends_on is not None or sentence.amount is not None
    if not has_part:
        return None
    looks_ahead = _PROMISES.match(said) is not None or sentence.ends_on is not None
    if sentence.entry_id is None:
        is_promise = _PROMISES.match(said) is not None
        return Said.MAYBE if is_promise and (has_rhythm or sentence.ends_on is not None) else None
    return Said.PROMISE if looks_ahead and not sentence.is_already else Said.MAYBE
