"""Words about broadcasts at the console: states, topics, faults and times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from aiohttp import web

from bot.calendar.recurrence import from_json
from bot.calendar.rule_words import in_words
from bot.console.audience_labels import OF_WARNINGS
from bot.console.cells import Cell, Line, Moment, Part, dotted, tag
from bot.console.form import Options
from bot.console.town_labels import topic_options
from bot.i18n import LANGUAGE_NAMES, Text, _, ngettext, pgettext
from bot.model.broadcast import (
    BROADCAST_STATE_NAMES,
    DANISH,
    ENGLISH,
    NO_ONE,
    USUALLY_EXPIRES,
    WARNINGS,
    Broadcast,
    BroadcastState,
    Opens,
)
from bot.service.broadcasts.checks import Fault

TAGS: Mapping[BroadcastState, str] = {
    BroadcastState.DRAFT: "wait",
    BroadcastState.IN_REVIEW: "wait",
    BroadcastState.APPROVED: "on",
    BroadcastState.SENDING: "on",
    BroadcastState.PAUSED: "wait",
    BroadcastState.STOPPED: "off",
    BroadcastState.SENT: "off",
    BroadcastState.CLOSED: "off",
}
OTHERS: Options = (
    (DANISH, _("The Danish text, marked “in Danish only”")),
    (ENGLISH, _("The English text, marked “in English only”")),
    (NO_ONE, _("Nothing: they are left out")),
)
OPENS: Mapping[Opens, Text] = {
    Opens.INTENT: _("A page of the bot"),
    Opens.PLEDGE: _("A pledge"),
    Opens.CAMPAIGN: _("A shared pledge"),
    Opens.OPPORTUNITY: _("An opportunity to volunteer"),
}
BEFORE_SENDING = _("Must be changed before it is sent")
WITH_A_REASON = _("A leader can let it stand, with a reason")
HINTS = pgettext("check", "Good advice")
IN_WORDS = _("“{words}”: {why}")
AT_ONCE = _("Right after the approval")
ENDS_USUALLY = _("ends {days} days after it begins")
HOURS = ngettext("spread over {count} hour", "spread over {count} hours", "count")


def state_tag(one: Broadcast) -> Part:
    """Return the label of a broadcast's state."""
    return tag(BROADCAST_STATE_NAMES[one.state], TAGS[one.state])


def topic_name(request: web.Request, topic: str) -> Text | str:
    """Return the name of a topic; its key where the town no longer has it."""
    return dict(all_topics(request)).get(topic, topic)


def all_topics(request: web.Request) -> Options:
    """Return the topics that a broadcast can have, with that of warnings."""
    return (*topic_options(request), (WARNINGS, OF_WARNINGS))


def fault_words(fault: Fault) -> Text:
    """Return a fault with the sentence that it is about."""
    return IN_WORDS.with_(words=fault.words, why=fault.why) if fault.words else fault.why


def fault_lines(faults: Sequence[Fault]) -> Sequence[Cell]:
    """Return the faults of a broadcast, the most serious first."""
    kinds = (
        (BEFORE_SENDING, "notice refused", [one for one in faults if _stops(one)]),
        (WITH_A_REASON, "notice", [one for one in faults if one.can_stand and not one.hint]),
        (HINTS, "quiet", [one for one in faults if one.hint]),
    )
    lines: list[Cell] = []
    for heading, css, some in kinds:
        if some:
            lines.append(Line(Part(heading, tag="strong")))
        lines += [Line(_fault(one), css) for one in some]
    return lines or [Line(_("Nothing was found that needs a change."), "quiet")]


def _stops(fault: Fault) -> bool:
    return not fault.hint and not fault.can_stand


def _fault(fault: Fault) -> Cell:
    """Return a fault with its language, its sentence and its reason."""
    name = LANGUAGE_NAMES.get(fault.language or "")
    language = (Part(name, tag="strong"), ": ") if name else None
    words = (Part(fault.words, tag="q"), " ") if fault.words else None
    return Part((language, words, fault.why))


def when_words(one: Broadcast) -> Cell:
    """Return when a broadcast is sent, in words."""
    at: Cell = AT_ONCE
    if one.rule:
        at = in_words(from_json(one.rule))
        if one.state is BroadcastState.APPROVED and one.starts_at is not None:
            at = dotted(at, (pgettext("broadcast", "next"), " ", Moment(one.starts_at)))
    elif one.starts_at is not None:
        at = Moment(one.starts_at)
    spread = HOURS.with_(count=one.spread // 60) if one.spread else None
    until: Cell = ENDS_USUALLY.with_(days=USUALLY_EXPIRES.days)
    if one.expires_at is not None:
        until = (_("ends"), " ", Moment(one.expires_at))
    return dotted(at, spread, until)
