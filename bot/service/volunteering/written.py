"""What staff write about volunteering: why a text or a number of places is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.engine.events import Refused
from bot.i18n import LANGUAGES, _
from bot.redact import redact_text

LONGEST_REASON = 500  # characters
MOST_SEATS = 10_000
NO_REASON = Refused(_("Write the reason. Those who are signed up read it."), "reason")
TOO_LONG = _("Write it in at most {most} characters.")


def text_fault(texts: Iterable[str], longest: int, field: str) -> Refused | None:
    """Return why texts are refused: too long, or with a CPR number."""
    for text in texts:
        if len(text) > longest:
            return Refused(TOO_LONG.with_(most=longest), field)
        if redact_text(text).text != text:
            return Refused(_("There is a CPR number in the text. Take it out."), field)
    return None


def reasons_of(reason: str, others: Mapping[str, str]) -> dict[str, str] | Refused:
    """Return a reason by language, without those left empty; refuse what may not be sent."""
    written = {"da": reason.strip(), **{one: text.strip() for one, text in others.items()}}
    if any(written.values()) and not written["da"]:
        return Refused(_("Write it in Danish first."), "reason")
    for language, text in written.items():
        wrong = text_fault((text,), LONGEST_REASON, reason_field(language))
        if wrong is not None:
            return wrong
    return {one: written[one] for one in LANGUAGES if written.get(one)}


def reason_field(language: str) -> str:
    """Return the name of the field for a reason in a language; the Danish one is the first."""
    return "reason" if language == "da" else f"reason_{language}"


def seats_fault(seats: int | None) -> Refused | None:
    """Return why a number of places is refused; None is accepted."""
    if seats is not None and not 1 <= seats <= MOST_SEATS:
        return Refused(_("Write how many places there are, at least 1."), "seats")
    return None
