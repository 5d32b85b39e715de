"""The flow that reports something outdoors: kind, place and picture, in any order."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.engine.effects import Option
from bot.engine.events import Refused
from bot.engine.flow import Flow
from bot.engine.gather import Gather
from bot.engine.questions import Ask, AskPlace
from bot.engine.steps import Do, Say
from bot.i18n import Text, _, ngettext, pgettext, render
from bot.model.commands.cases import Report
from flows import case_messages as messages
from flows.asking import free_words


@dataclass(frozen=True, slots=True)
class What:
    """A kind of report: its label, its theme, and a pattern of words that name it."""

    label: Text
    theme: str
    named: re.Pattern[str]


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


WHAT: Mapping[str, What] = {
    "hole": What(
        _("A hole in the road"),
        "roads",
        _words(r"\bhul|\bvejhul|\bpothole|\bhole|\basfalt|\bflise"),
    ),
    "lamp": What(
        _("A lamp that is out"),
        "roads",
        _words(r"\blamp|\blygte|gadelygte|gadebelysning|\bmørkt?\b|\bstreet ?light"),
    ),
    "rubbish": What(
        _("Rubbish"),
        "waste",
        _words(r"skrald|\baffald|\brod\b|\brubbish|\btrash|\blitter|\bgarbage|\bdumpe"),
    ),
    "rats": What(_("Rats"), "nature", _words(r"\brotte|\brats?\b")),
    "other": What(pgettext("report", "Something else"), "other", _words(r"(?!)")),
}
OPTIONS = tuple(Option(key, what.label) for key, what in WHAT.items())


def what_it_is(words: str) -> dict[str, Any] | Refused:
    """Return the reported kind and the citizen's own words, if they are not just the kind.

    Refuse words that `free_words` refuses.
    """
    if words in WHAT:
        return {"kind": words, "words": None}
    own = free_words(words)
    if isinstance(own, Refused):
        return own
    named = (key for key, what in WHAT.items() if what.named.search(own))
    return {"kind": next(named, "other"), "words": own}


def words_of(
    what: Mapping[str, Any], place: Mapping[str, Any], more: str | None, language: str
) -> str:
    """Return the text of a report for its thread, in the citizen's language."""
    label = render(WHAT[what["kind"]].label, language, escape=str)
    where = one_line(place.get("words"))
    lines = [
        label,
        what.get("words"),
        render(PLACE_IS.with_(place=where), language, escape=str) if where else None,
        more,
    ]
    return "\n".join(line for line in lines if line)


def one_line(words: str | None) -> str:
    """Return the lines of *words* as one line."""
    return "; ".join(line.strip() for line in (words or "").splitlines() if line.strip())


PLACE_IS = _("Place: {place}")
PINS = ngettext("a point on the map", "{count} points on the map", "count")
WORDS_AND_PINS = _("{words}, and {pins}")
IN_WORDS = _("{label}: {words}")
SO_FAR = _("Your report so far:\n{what}\nPlace: {place}")


def summary(what: Mapping[str, Any], place: Mapping[str, Any]) -> Text:
    """Return a summary of kind and place, which the citizen sees before sending."""
    said: Text = WHAT[what["kind"]].label
    if what.get("words"):
        said = IN_WORDS.with_(label=said, words=what["words"])
    words, pins = one_line(place.get("words")), len(place.get("pins", []))
    where: Text | str = PINS.with_(count=pins) if pins else words
    if words and pins:
        where = WORDS_AND_PINS.with_(words=words, pins=where)
    return SO_FAR.with_(what=said, place=where)


class Outdoors(Flow):
    """A citizen reports something outdoors."""

    revision = 1
    title = _("Report something")
    decides = _(
        "The municipality decides what is mended and when. You always hear what came of it."
    )

    what = Ask(
        _("What is it? Press a button, or write it in your own words."), what_it_is, options=OPTIONS
    )
    place = AskPlace(
        _("Where is it? Send the place from your phone, or write the road and number."),
    )
    noted = Say(_("Thank you, the place is noted."))
    more = Gather(
        _(
            "{summary}\n\nSend a picture if you have one, or write more, in as many messages as "
            "you like. Press Send when it is all."
        ),
        again=_("Noted.\n\n{summary}\n{said}\n\nIs there more? Press Send when it is all."),
        ready=pgettext("button", "Send"),
    )
    send = Do(Report)
    done = Say(messages.REPORT_RECEIPT, end=True)

    @classmethod
    def facts(cls, answers: Mapping[str, Any]) -> dict[str, Any]:
        """Add the summary to the facts for texts, once kind and place are known."""
        facts = super().facts(answers)
        if facts.get("what") and facts.get("place"):
            facts["summary"] = summary(facts["what"], facts["place"])
        return facts
