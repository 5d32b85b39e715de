"""How people write to us, and how we write to them: rules over words, and no more.

All of it is pure: text in, a value out.
"""

from __future__ import annotations

from bot.tone.feelings import Feeling, feeling
from bot.tone.lix import lix
from bot.tone.marks import judges_person
from bot.tone.reply import Fault, Kind, Outcome, cpr_fault, faults
from bot.tone.waiting import Unit, Waited, recognition, waited

__all__ = [
    "Fault",
    "Feeling",
    "Kind",
    "Outcome",
    "Unit",
    "Waited",
    "cpr_fault",
    "faults",
    "feeling",
    "judges_person",
    "lix",
    "recognition",
    "waited",
]
