"""Broadcasts: news that staff send to an audience, once to each person, after an approval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.i18n import Text, pgettext

BROADCAST = "broadcast"  # the subject kind of its deliveries, alerts and links
WARNINGS = "warnings"  # the topic of warnings about danger, with a consent of its own
LONGEST_TITLE = 120  # characters
LONGEST_TEXT = 3000
LONGEST_CAPTION = 900
LONGEST_LABEL = 60
LONGEST_ALT = 300  # the words for a picture
LONGEST_PLACE = 80
LONGEST_SPREAD = 72 * 60  # minutes
MOST_BUTTONS, MOST_OPTIONS = 6, 6
NO_ONE, DANISH, ENGLISH = "none", "da", "en"  # what readers of other languages get
USUALLY_EXPIRES = timedelta(days=8)  # after its beginning: news may wait for the next week


class BroadcastState(StrEnum):
    """The state of a broadcast."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"  # waits for its time
    SENDING = "sending"
    PAUSED = "paused"
    STOPPED = "stopped"  # by staff, before it had reached everybody
    SENT = "sent"
    CLOSED = "closed"  # a dialogue of which every contribution has its outcome


B = BroadcastState
FOLLOWING: Mapping[BroadcastState, frozenset[BroadcastState]] = {
    B.DRAFT: frozenset({B.IN_REVIEW}),
    B.IN_REVIEW: frozenset({B.DRAFT, B.APPROVED}),
    B.APPROVED: frozenset({B.SENDING, B.STOPPED, B.DRAFT, B.SENT}),  # the last: of a series
    B.SENDING: frozenset({B.PAUSED, B.STOPPED, B.SENT}),
    B.PAUSED: frozenset({B.SENDING, B.STOPPED}),
    B.STOPPED: frozenset({B.CLOSED}),
    B.SENT: frozenset({B.CLOSED}),
    B.CLOSED: frozenset(),
}
WRITABLE = frozenset({B.DRAFT, B.IN_REVIEW})
RUNS = frozenset({B.SENDING, B.PAUSED})
BEGUN = frozenset({B.SENDING, B.PAUSED, B.STOPPED, B.SENT, B.CLOSED})
BROADCAST_STATE_NAMES: Mapping[BroadcastState, Text] = {
    B.DRAFT: pgettext("broadcast", "Draft"),
    B.IN_REVIEW: pgettext("broadcast", "Waits for approval"),
    B.APPROVED: pgettext("broadcast", "Approved"),
    B.SENDING: pgettext("broadcast", "Being sent"),
    B.PAUSED: pgettext("broadcast", "Paused"),
    B.STOPPED: pgettext("broadcast", "Stopped"),
    B.SENT: pgettext("broadcast", "Sent"),
    B.CLOSED: pgettext("broadcast", "Closed"),
}


class MediaKind(StrEnum):
    """What a broadcast has in addition to its text."""

    PHOTO = "photo"
    DOCUMENT = "document"


class Opens(StrEnum):
    """What a button of a broadcast opens."""

    INTENT = "intent"  # a flow or a page of the bot, by its name
    PLEDGE = "pledge"  # an entry of the catalogue
    CAMPAIGN = "campaign"
    OPPORTUNITY = "opportunity"


@dataclass(frozen=True, slots=True)
class Broadcast:
    """One broadcast; *title* is for lists of staff and the archive, *texts* are by language.

    *others* says what readers of other languages get: a language of *texts*, or none. *topic* is
    the topic whose consent it needs. *media* is ``{"kind", "name", "alt", "sent_as"}`` of
    the stored file *file_id*; *sent_as* is Telegram's id of it once it was sent. *place* is
    ``{"latitude", "longitude", "title"}``. *buttons* are ``{"opens", "value", "labels"}``.
    *question* is ``{"options": [{"key", "labels"}], "own_words": bool, "until": day}``: then it is
    a dialogue with the number D-*id*, a *decider*, and the *agenda_url*; *until* is the last day on
    which people can answer, where there is one. *edition* counts corrections of the
    text; *corrected_at* is when the last one was approved, and *correction* is a proposed one.
    *earlier* are the fields as a leader returned them last, for the *reason*.
    *spread* is over how many minutes it is sent, *rule* a recurrence of which each occurrence is a
    broadcast of its own with this *series_id*; the *starts_at* of a series is its next occurrence.
    *excludes* are broadcasts whose recipients do not get it. *expanded_to* is the last participant
    whose delivery is planned, None before the beginning. *fed_at* is when messages were last handed
    to the courier, *reminded_at* when the silent were asked again.
    """

    id: int
    title: str
    texts: Mapping[str, str]
    topic: str
    audience: Mapping[str, Any]
    others: str = DANISH
    media: Mapping[str, Any] | None = None
    file_id: int | None = None
    place: Mapping[str, Any] | None = None
    buttons: Sequence[Mapping[str, Any]] = ()
    question: Mapping[str, Any] | None = None
    decider: str | None = None
    agenda_url: str | None = None
    excludes: Sequence[int] = ()
    spares_cases: bool = True  # people who are writing with staff do not get it
    is_warning: bool = False
    is_public: bool = True
    welcomes: bool = False  # who says yes to the topic later gets it as a welcome
    state: BroadcastState = BroadcastState.DRAFT
    version: int = 1
    text_hash: str | None = None
    edition: int = 1
    correction: Mapping[str, Any] | None = None
    corrected_at: datetime | None = None
    reason: str | None = None
    earlier: Mapping[str, Any] | None = None
    staff_id: int | None = None
    approved_by: int | None = None
    let_stand: str | None = None
    starts_at: datetime | None = None
    spread: int = 0
    rule: Mapping[str, Any] | None = None
    series_id: int | None = None
    expires_at: datetime | None = None
    expanded_to: int | None = None
    audience_size: int | None = None
    created_at: datetime | None = None
    approved_at: datetime | None = None
    began_at: datetime | None = None
    fed_at: datetime | None = None
    reminded_at: datetime | None = None
    ended_at: datetime | None = None
    changed_at: datetime | None = None

    @property
    def is_dialogue(self) -> bool:
        """Return whether it asks something, so that every answer needs an outcome."""
        return self.question is not None

    @property
    def answer_by(self) -> date | None:
        """Return the last day on which people can answer a dialogue; None without a last day."""
        until = (self.question or {}).get("until")
        return date.fromisoformat(until) if until else None

    def takes_answers(self, today: date) -> bool:
        """Return whether people can answer it on a day."""
        is_late = self.answer_by is not None and today > self.answer_by
        return self.is_dialogue and self.state is not BroadcastState.CLOSED and not is_late

    @property
    def number(self) -> str:
        """Return the number of a dialogue."""
        return f"D-{self.id or '…'}"

    def language_for(self, reader: str) -> str | None:
        """Return the language of the text that a reader gets; None where they get none."""
        if self.texts.get(reader):
            return reader
        return self.others if self.texts.get(self.others) else None


class Verdict(StrEnum):
    """The outcome of a contribution (row 4 of the domain)."""

    USED = "used"
    PARTLY = "partly"
    NOT_USED = "not_used"  # with a reason


VERDICT_NAMES: Mapping[Verdict, Text] = {
    Verdict.USED: pgettext("outcome", "Used"),
    Verdict.PARTLY: pgettext("outcome", "Partly used"),
    Verdict.NOT_USED: pgettext("outcome", "Not used"),
}


def words_of(broadcast: Broadcast) -> dict[str, Any]:
    """Return all that an approval freezes."""
    names = (
        *("texts", "topic", "audience", "others", "media", "place", "buttons", "question"),
        *("decider", "agenda_url", "excludes", "spares_cases", "is_warning", "is_public"),
        *("spread", "rule", "let_stand"),
    )
    return {name: getattr(broadcast, name) for name in names}


def as_written(broadcast: Broadcast) -> dict[str, Any]:
    """Return all that staff have written, to compare it with a later version."""
    times = {
        name: moment.isoformat() if moment is not None else None
        for name, moment in (
            ("starts_at", broadcast.starts_at),
            ("expires_at", broadcast.expires_at),
        )
    }
    media = {key: value for key, value in (broadcast.media or {}).items() if key != "sent_as"}
    return {
        **words_of(broadcast),
        **times,
        "title": broadcast.title,
        "media": media or None,
        "buttons": [dict(one) for one in broadcast.buttons],
        "excludes": list(broadcast.excludes),
        "file_id": broadcast.file_id,
        "welcomes": broadcast.welcomes,
        "let_stand": None,
    }
