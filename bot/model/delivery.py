"""Deliveries: the ledger of every message that a participant is to get about a commitment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

ALL_TOPICS = "*"  # a mute of all topics is a pause
OWN_TOPIC = "own"  # of what citizens set for themselves
NEWS = "news:"  # before a topic: the purpose of a consent to news about it
MOST_NEWS = 2  # to one person in a calendar week
AFTER_NO_PROMO = timedelta(days=7)  # no news until a case with `no_promo` has ended for this long


class MessageClass(StrEnum):
    """How much of a person's attention a message may take."""

    ANSWER = "answer"  # to what the person wrote: never capped
    ASKED_FOR = "asked_for"  # about what the person signed up for or set: never capped
    NEWS = "news"  # all else: capped, and only with consent


class DeliveryState(StrEnum):
    """What became of a delivery. All but the first two are final."""

    PLANNED = "planned"
    QUEUED = "queued"  # an outbox row
    SENT = "sent"
    PHONED = "phoned"  # a task for staff: the participant is not in the chat
    SKIPPED = "skipped"  # a rule withheld it
    EXPIRED = "expired"  # it could not be sent in time
    CANCELLED = "cancelled"  # its subject was ended, paused, edited or answered


class Outcome(StrEnum):
    """What became of a message, for the lists of staff."""

    DONE = "done"
    LATER = "later"
    CANNOT = "cannot"
    SILENT = "silent"  # asked, and not answered yet
    SENT = "sent"  # asks nothing
    PHONED = "phoned"
    WITHHELD = "withheld"
    WAITING = "waiting"


class Reason(StrEnum):
    """Why a message is not sent, or not at the wanted time."""

    MUTED = "muted"
    PAUSED = "paused"  # by the person
    NO_CONSENT = "no_consent"
    NO_PROMO = "no_promo"
    CAP = "cap"
    DIGEST = "digest"  # it went out as a line of a digest
    IN_CASE = "in_case"  # the person is in a case with staff
    ANSWERED = "answered"  # done, or declined, already
    UNREACHABLE = "unreachable"
    NOT_IN_AUDIENCE = "not_in_audience"
    TOO_LATE = "too_late"
    MISSED = "missed"  # after downtime or quiet hours a later occurrence was sent instead
    ENDED = "ended"
    HELD = "held"  # the subject is paused
    EDITED = "edited"
    FILLED = "filled"  # the places of an invitation are taken
    FAILED = "failed"  # Telegram refused it
    NOT_REACHED = "not_reached"  # by phone
    QUIET = "quiet"  # moved out of quiet hours
    SNOOZED = "snoozed"


class Answer(StrEnum):
    """The answer to a reminder."""

    DONE = "done"
    LATER = "later"
    CANNOT = "cannot"


class CallOutcome(StrEnum):
    """How a call to a participant who is not in the chat went."""

    DONE = "done"
    PARTLY = "partly"  # some of it
    CANNOT = "cannot"
    TODAY = "today"  # not reached, and rung again
    TOMORROW = "tomorrow"
    GIVEN_UP = "given_up"  # not reached, and not rung again


# An answer that ends the chain of an occasion.
FINAL_ANSWERS = frozenset({Answer.DONE, Answer.CANNOT})
FINAL_STATES = frozenset(DeliveryState) - {DeliveryState.PLANNED, DeliveryState.QUEUED}
# Why a message that was on its way is taken back.
TAKEN_BACK = frozenset(
    {
        *(Reason.EDITED, Reason.HELD, Reason.ENDED, Reason.NOT_IN_AUDIENCE),
        *(Reason.MUTED, Reason.PAUSED, Reason.NO_CONSENT),
    }
)
ARRIVED = frozenset({DeliveryState.QUEUED, DeliveryState.SENT})
WITHHELD = frozenset({DeliveryState.SKIPPED, DeliveryState.EXPIRED, DeliveryState.CANCELLED})
GOES_OUT = frozenset(DeliveryState) - WITHHELD


def outcome_of(state: DeliveryState, answer: Answer | None, *, asks: bool) -> Outcome:
    """Return what became of a message: its answer, or its state."""
    if answer is not None:
        return Outcome(answer)
    if state in WITHHELD:
        return Outcome.WITHHELD
    if state is DeliveryState.PHONED:
        return Outcome.PHONED
    if state is DeliveryState.PLANNED:
        return Outcome.WAITING
    return Outcome.SILENT if asks else Outcome.SENT


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message to one participant.

    *subject_kind* and *subject_id* say what it is about, *occasion* which time: for example an
    occurrence of a reminder. *wanted_at* is when the rule says, *planned_at* when it is sent.
    *event_at* is when what it prepares begins, and *not_after* the last moment to send it.
    *asked_again_at* is when the silent were asked a second time.
    """

    id: int
    subject_kind: str
    subject_id: int
    occasion: str
    participant_id: int
    message_class: MessageClass
    version: int
    wanted_at: datetime
    planned_at: datetime
    state: DeliveryState = DeliveryState.PLANNED
    topic: str | None = None
    event_at: datetime | None = None
    not_after: datetime | None = None
    asks: bool = False
    reason: Reason | None = None
    sent_at: datetime | None = None
    message_id: int | None = None
    answer: Answer | None = None
    answer_words: str | None = None
    answered_at: datetime | None = None
    asked_again_at: datetime | None = None

    @property
    def kind(self) -> str:
        """Return which message about its subject it is: the occasion before the ":"."""
        return self.occasion.partition(":")[0]

    @property
    def mark(self) -> str:
        """Return what tells it from others of its kind: the occasion after the ":"."""
        return self.occasion.partition(":")[2]

    @property
    def is_final(self) -> bool:
        """Return whether the delivery has its outcome."""
        return self.state in FINAL_STATES

    @property
    def is_answerable(self) -> bool:
        """Return whether the person has the message, also where it comes again."""
        is_snoozed = self.state is DeliveryState.PLANNED and self.reason is Reason.SNOOZED
        return self.state in ARRIVED or is_snoozed

    @property
    def is_at_chosen_time(self) -> bool:
        """Return whether the person chose the moment: quiet hours do not move what they set.

        The second message to the silent is not at that moment.
        """
        is_second = self.asked_again_at is not None and self.reason is not Reason.SNOOZED
        return self.topic == OWN_TOPIC and not is_second

    @property
    def outcome(self) -> Outcome:
        """Return what became of the delivery."""
        return outcome_of(self.state, self.answer, asks=self.asks)
