"""How people write to us, and how we write to them: rules over words, and no more.

All of it is pure: text in, a value out.
"""

from __future__ import annotations

from bot.tone.feelings import Feeling, feeling
from bot.tone.lix import lix
from bot.tone.reply import IssueKind, Outcome, ReplyIssue, cpr_fault, reply_issues
from bot.tone.waiting import Unit, Waited, recognition, waited

__all__ = [
    "Feeling",
    "IssueKind",
    "Outcome",
    "ReplyIssue",
    "Unit",
    "Waited",
    "cpr_fault",
    "feeling",
    "lix",
    "recognition",
    "reply_issues",
    "waited",
]
