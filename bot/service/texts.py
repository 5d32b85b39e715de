"""What people and staff write: why a text is refused."""

from __future__ import annotations

from collections.abc import Mapping

from bot.i18n import Text, _
from bot.redact import redact_text


def text_fault(text: str, longest: int | None) -> Text | None:
    """Return why a text is refused: it is too long, or has a CPR number (HR-2).

    *longest* is in characters; None sets no limit.
    """
    if longest is not None and len(text) > longest:
        return _("Write at most {most} characters.").with_(most=longest)
    if redact_text(text).text != text:
        return _("Do not write a CPR number here.")
    return None


def texts_fault(texts: Mapping[str, str], longest: int) -> Text | None:
    """Return what is wrong with a text by language; the Danish one must be there."""
    if not texts.get("da", "").strip():
        return _("Write the Danish text.")
    faults = (text_fault(text, longest) for text in texts.values())
    return next((one for one in faults if one is not None), None)
