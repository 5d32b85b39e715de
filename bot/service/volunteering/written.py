"""What staff write about volunteering: why a text or a number of places is refused."""

from __future__ import annotations

from collections.abc import Iterable

from bot.engine.events import Refused
from bot.i18n import _
from bot.redact import redact_text

LONGEST_REASON = 500  # characters
MOST_SEATS = 10_000
TOO_LONG = _("Write it in at most {most} characters.")


def text_fault(texts: Iterable[str], longest: int, field: str) -> Refused | None:
    """Return why texts are refused: too long, or with a CPR number."""
    for text in texts:
        if len(text) > longest:
            return Refused(TOO_LONG.with_(most=longest), field)
        if redact_text(text).text != text:
            return Refused(_("There is a CPR number in the text. Take it out."), field)
    return None


def seats_fault(seats: int | None) -> Refused | None:
    """Return why a number of places is refused; None is accepted."""
    if seats is not None and not 1 <= seats <= MOST_SEATS:
        return Refused(_("Write how many places there are, at least 1."), "seats")
    return None
