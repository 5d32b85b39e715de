"""Which button an answer in a citizen's own words presses."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from bot.engine.short_answers import Says, says
from bot.engine.words import declines, fold, is_unsure, yes_or_no
from bot.model.signup import FAIR, GOOD, POOR
from flows import broadcast_cards, cards, shift_cards
from flows import invitation_cards as invitation
from flows import signature_cards as signature
from flows.obstacles import TO_LEAVE_OUT

TOTAL = f"{cards.COMMAND}total."  # of a total by area, which the picture of all asks about
REM = f"{cards.COMMAND}rem."  # callback data prefix of a delivery's buttons
# Of the first question of a delivery: once answered, other words no longer change the answer.
ASKS_FIRST = frozenset(
    {
        *(shift_cards.COMING, shift_cards.TAKE, invitation.YES, invitation.LATER, GOOD),
        signature.PARTLY,
    }
)
# What is said for a button, by the last part of its data; the first button that fits is pressed.
PRESSES: Mapping[str, Collection[Says]] = {
    shift_cards.COMING: {Says.YES, Says.COMES},
    shift_cards.CANNOT: {Says.NO, Says.CANNOT},
    "leave": {Says.NO, Says.CANNOT},
    shift_cards.STANDIN: {Says.STANDIN},
    shift_cards.TAKE: {Says.YES, Says.COMES, Says.TAKES},
    shift_cards.PASS_ON: {Says.NO, Says.CANNOT},
    invitation.YES: {Says.YES, Says.COMES, Says.TAKES},
    invitation.NO: {Says.NO, Says.CANNOT},
    invitation.LATER: {Says.LATER},
    invitation.BOTH: {Says.YES},
    invitation.QUEUE: {Says.YES},
    GOOD: {Says.WENT_WELL},
    FAIR: {Says.WENT_FAIR},
    POOR: {Says.WENT_BADLY},
    shift_cards.ABSENT: {Says.WAS_ABSENT},
    signature.DID: {Says.DID},
    signature.PARTLY: {Says.DID_PART},
    signature.DID_NOT: {Says.NO, Says.CANNOT, Says.DID_NOT},
}
# The buttons of questions that may be answered after other messages, by what is said.
AFTER_OTHERS: Mapping[Says, tuple[str, ...]] = {
    Says.COMES: (shift_cards.COMING, shift_cards.TAKE, invitation.YES),
    Says.TAKES: (shift_cards.TAKE, invitation.YES),
    Says.DID: (signature.DID,),
    Says.DID_PART: (signature.PARTLY,),
}
# Words that take the last act back; they press its button.
UNDOES = ("fortryd", "fortryd det", "fortryd igen", "jeg fortryder", "undo", "undo it", "undo that")
_UNDOES = re.compile(
    rf"{signature.UNDO}|{broadcast_cards.UNDO_WORDS}|"
    rf"(?:{broadcast_cards.UNDO_CHOSEN}|{broadcast_cards.UNDO_SAID})\d+"
)
UNDO_MY_ANSWER = f"{cards.COMMAND}undopledge."
TWO = 2
YES_WORDS, NO_WORDS = ("ja", "yes"), ("nej", "no")


def pressed(screen: Sequence[tuple[str, str]], words: str) -> str | None:
    """Return the data of the button last shown that words press; None where they press none.

    The buttons of a delivery are pressed by what words say. Of other cards, a plain yes or no
    presses the button whose label begins with it, or the first or second of two.
    """
    said = says(words)
    about = [data for data, _label in screen if data.startswith(REM)]
    for data in about:
        if said is not None and said in _presses(data, about):
            return data
    if TO_LEAVE_OUT.data in dict(screen) and (declines(words) or is_unsure(words)):
        return TO_LEAVE_OUT.data
    agreed = yes_or_no(words)
    if agreed is None:
        return None
    totals = [data for data, _label in screen if data.startswith(TOTAL)]
    if agreed and len(totals) == 1:
        return totals[0]
    first = YES_WORDS if agreed else NO_WORDS
    commands = [(data, label) for data, label in screen if data.startswith(cards.COMMAND)]
    found = [data for data, label in commands if fold(label).partition(" ")[0] in first]
    if len(found) == 1:
        return found[0]
    # The first of two is the yes: "Continue" and "No thank you".
    return screen[0 if agreed else 1][0] if len(screen) == len(commands) == TWO else None


def undo_button(screen: Sequence[tuple[str, str]], words: str) -> str | None:
    """Return the button that takes the act of the last message back, where words ask for that."""
    if fold(words) not in UNDOES:
        return None
    return next(
        (
            data
            for data, _label in screen
            if (data.startswith(REM) and _UNDOES.fullmatch(data.rpartition(".")[2]))
            or data.startswith(UNDO_MY_ANSWER)
        ),
        None,
    )


def is_first_question(screen: Sequence[tuple[str, str]], data: str) -> bool:
    """Return whether a button is of the first question of a delivery."""
    begins = data.rpartition(".")[0]
    keys = {other.rpartition(".")[2] for other, _label in screen if other.startswith(begins)}
    return bool(keys & ASKS_FIRST)


def _presses(data: str, shown: Sequence[str]) -> Collection[Says]:
    """Return what is said for a button.

    Next to "leave", a yes looks for a stand-in; next to "partly", it says that it is done.
    """
    key = data.rpartition(".")[2]
    if key == signature.DID and any(one.endswith(f".{signature.PARTLY}") for one in shown):
        return {Says.YES, Says.DID, Says.WENT_WELL}
    is_late = key == shift_cards.STANDIN and any(one.endswith(".leave") for one in shown)
    return {Says.YES, Says.STANDIN} if is_late else PRESSES.get(key, ())
