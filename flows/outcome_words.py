"""The sentence with the outcome of a contribution, in the chat and on public pages (row 4)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.i18n import Text, _, pgettext
from bot.model.broadcast import Verdict
from bot.model.outcome import ContributionKind, verdict_names

PLAIN = pgettext("outcome", "{verdict}.")
USED = _("{verdict}. {reason}.")
BECAUSE = _("{verdict}, because: {reason}.")
JOINED = _("{verdict}, {reason}.")
IN_DANISH = _("{text} <i>(in Danish)</i>")
_BEGINS = re.compile(r"(?:fordi|because)\b", re.IGNORECASE)


def sentence(kind: ContributionKind, verdict: Verdict, reason: str) -> Text:
    """Return an outcome with its reason, which may begin with “because” itself."""
    name, words = verdict_names(kind)[verdict], reason.strip()
    if not words:
        return PLAIN.with_(verdict=name)
    if _BEGINS.match(words):
        return JOINED.with_(verdict=name, reason=words[0].lower() + words[1:])
    return (USED if verdict is Verdict.USED else BECAUSE).with_(verdict=name, reason=words)


def told(kind: ContributionKind, verdict: Verdict, reasons: Mapping[str, str], reader: str) -> Text:
    """Return an outcome for a reader; a reason that is only in Danish is marked."""
    own = reasons.get(reader, "").strip()
    said = sentence(kind, verdict, own or reasons.get("da", ""))
    is_foreign = not own and bool(reasons.get("da", "").strip())
    return IN_DANISH.with_(text=said) if is_foreign else said
