"""Judge the tone of citizens' messages and of staff's replies, by rules over words.

All functions are pure: they take a text and return a value.
"""

from __future__ import annotations

from bot.tone.feelings import Feeling, feeling
from bot.tone.lix import lix
from bot.tone.reply import IssueKind, Outcome, ReplyIssue, cpr_fault, reply_issues
from bot.tone.waiting import TimeUnit, Waited, recognition, waited

__all__ = [
    "Feeling",
    "IssueKind",
    "Outcome",
    "ReplyIssue",
    "TimeUnit",
    "Waited",
    "cpr_fault",
    "feeling",
    "lix",
    "recognition",
    "reply_issues",
    "waited",
]
