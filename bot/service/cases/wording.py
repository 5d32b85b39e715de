"""Check the texts that staff are about to send, by rules alone (DOMAIN row 9, HR-2, 5, 12)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.engine.events import Refused
from bot.i18n import MARKS, Text, _
from bot.model.staff import May, Staff
from bot.redact import redact_text
from bot.tone.reply import Outcome, ReplyIssue, reply_issues

LONGEST_REPLY = 3800  # characters; with greeting and question it fits one message
CPR = Refused(_("There is a CPR number in the text. Take it out; use Digital Post instead."))
EMPTY = Refused(_("Write something first."))
GAP = "[…]"  # in a template, for staff to fill in
GAP_LEFT = _("There is a gap left in the text. Fill it in, or take it out.")
MARK_LEFT = _(
    "There is a mark left in the text: {mark}. Write what is to stand there, or take it out."
)
TOO_LONG = Refused(_("That is too long for one message. Please shorten it."))
# A gap in any spelling, our marks of untranslated words, and names of variables.
_LEFT = re.compile(
    rf"(?P<gap>\[\s*(?:…|\.{{2,}})\s*\])|[{MARKS}]|\{{\s*(?:[^\W\d]\w*)?\s*\}}|%\([^\W\d]\w*\)[a-z]"
)


@dataclass(frozen=True, slots=True)
class Left:
    """A piece of a text that staff must replace before it reaches a citizen."""

    start: int
    end: int
    why: Text


def left_in(text: str) -> Iterator[Left]:
    """Yield each gap, mark and variable that is left in a text."""
    for found in _LEFT.finditer(text):
        why = GAP_LEFT if found["gap"] else MARK_LEFT.with_(mark=found[0])
        yield Left(found.start(), found.end(), why)


def cpr_in(text: str) -> bool:
    """Return whether a text holds a CPR number, or digits that may be one."""
    return redact_text(text).text != text


def refused_wording(
    text: str, staff: Staff, *, let_stand: str | None, confirmed: bool
) -> Refused | None:
    """Return why a text is refused; None where it can be sent.

    A leader may keep a sentence that talks down; the reason is recorded.
    """
    if not text.strip():
        return EMPTY
    if len(text) > LONGEST_REPLY:
        return TOO_LONG
    if cpr_in(text):
        return CPR
    for left in left_in(text):
        return Refused(left.why)
    lets_stand = bool(let_stand and let_stand.strip()) and staff.may(May.OVERRIDE)
    for fault in reply_issues(text):
        if _stops(fault, lets_stand=lets_stand, confirmed=confirmed):
            return Refused(fault.why)
    return None


def _stops(fault: ReplyIssue, *, lets_stand: bool, confirmed: bool) -> bool:
    """Return whether a fault keeps a text from being sent."""
    match fault.outcome:
        case Outcome.BLOCKED:
            return True
        case Outcome.REASON:
            return not lets_stand
        case Outcome.CONFIRM:
            return not confirmed
        case _:
            return False
