"""Remove CPR numbers from one string: a staff reply, a broadcast, a form field (HR-2)."""

from __future__ import annotations

from dataclasses import dataclass

from bot.redact.cpr import MARK, find_cpr_numbers
from bot.redact.entities import cut
from bot.redact.split_cpr import begins_with_half, ends_with_half


@dataclass(frozen=True, slots=True)
class RedactedText:
    """A text without CPR numbers, and the findings.

    *cpr* and *clock*: see `Redacted`. *tail*: the text ends in a date that may be a number's
    first half; *head*: it begins with exactly four digits.
    """

    text: str
    cpr: bool = False
    clock: bool = False
    tail: bool = False
    head: bool = False


def redact_text(text: str) -> RedactedText:
    """Return *text* with each number replaced by ``[CPR fjernet]``."""
    numbers = find_cpr_numbers(text)
    new = cut(text, [(one.start, one.end) for one in numbers], MARK)
    return RedactedText(
        new,
        cpr=any(not one.clock for one in numbers),
        clock=any(one.clock for one in numbers),
        tail=ends_with_half(new),
        head=begins_with_half(new),
    )
