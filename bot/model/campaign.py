"""Pledge campaigns: "I will, if N others do by a day", and what the municipality promises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.i18n import Text, _, pgettext
from bot.model.pledge import LIVE, MeasureKind, PledgeState, Rhythm
from bot.model.suppression import LEAST

REPLACED = "replaced:"  # begins the reason of a campaign that has a new version
CAMPAIGN = "campaign"  # the subject kind of links, alerts and deliveries
LONGEST_TITLE = 60  # characters
LONGEST_TEXT = 500
FOLLOW_UP_AFTER = timedelta(days=28)  # after the activation
ANSWERS_FOR = timedelta(days=14)  # after the question whether people did it
RELEASED_AFTER = timedelta(days=28)  # after the message that too few have signed
LEAST_TARGET, MOST_TARGET = 2, 10_000
HIGH_TARGET = 50  # staff and citizens are warned from here on


class CampaignState(StrEnum):
    """The state of a campaign (state machine A of the domain)."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    OPEN = "open"
    ACTIVATED = "activated"
    FOLLOW_UP = "follow_up"
    COMPLETED = "completed"
    EXPIRED_UNMET = "expired_unmet"
    CANCELLED = "cancelled"


C = CampaignState
FOLLOWING: Mapping[CampaignState, frozenset[CampaignState]] = {
    C.DRAFT: frozenset({C.IN_REVIEW, C.CANCELLED}),
    C.IN_REVIEW: frozenset({C.OPEN, C.DRAFT, C.CANCELLED}),
    C.OPEN: frozenset({C.ACTIVATED, C.EXPIRED_UNMET, C.CANCELLED}),
    C.ACTIVATED: frozenset({C.FOLLOW_UP, C.CANCELLED}),
    C.FOLLOW_UP: frozenset({C.COMPLETED, C.CANCELLED}),
    C.COMPLETED: frozenset(),
    C.EXPIRED_UNMET: frozenset({C.OPEN, C.CANCELLED}),  # one extension by staff
    C.CANCELLED: frozenset(),
}
SIGNABLE = frozenset({C.OPEN, C.ACTIVATED})
UNAPPROVED = frozenset({C.DRAFT, C.IN_REVIEW})
REACHED = frozenset({C.ACTIVATED, C.FOLLOW_UP, C.COMPLETED})  # enough have signed
# In which states a signature counts for its campaign, by the state of the campaign. While people
# sign, it waits, lives or was kept; later it may also have been stopped, or released.
HAS_SIGNED = LIVE | {PledgeState.KEPT}
_LASTING = HAS_SIGNED | {PledgeState.STOPPED}
_UNMET = _LASTING | {PledgeState.RELEASED}
COUNTING: Mapping[CampaignState, frozenset[PledgeState]] = {
    **dict.fromkeys(C, _LASTING),
    C.OPEN: HAS_SIGNED,
    C.EXPIRED_UNMET: _UNMET,
    C.CANCELLED: _UNMET,
}
PUBLIC = frozenset({C.OPEN, C.ACTIVATED, C.FOLLOW_UP, C.COMPLETED, C.EXPIRED_UNMET})
CAMPAIGN_STATE_NAMES: Mapping[CampaignState, Text] = {
    C.DRAFT: pgettext("campaign", "Draft"),
    C.IN_REVIEW: pgettext("campaign", "Waits for approval"),
    C.OPEN: pgettext("campaign", "Open for signatures"),
    C.ACTIVATED: pgettext("campaign", "Enough have signed"),
    C.FOLLOW_UP: pgettext("campaign", "Asking how it went"),
    C.COMPLETED: pgettext("campaign", "Completed"),
    C.EXPIRED_UNMET: pgettext("campaign", "Too few signed"),
    C.CANCELLED: pgettext("campaign", "Cancelled"),
}


class CounterState(StrEnum):
    """How the municipality's own pledge went."""

    PROMISED = "promised"
    KEPT = "kept"
    PARTLY = "partly"
    NOT_KEPT = "not_kept"


COUNTER_OVERDUE = _("It should have been kept by {day}. It is not yet.")
COUNTER_STATE_NAMES: Mapping[CounterState, Text] = {
    CounterState.PROMISED: pgettext("counter-pledge", "Promised"),
    CounterState.KEPT: pgettext("counter-pledge", "Kept"),
    CounterState.PARTLY: pgettext("counter-pledge", "Partly kept"),
    CounterState.NOT_KEPT: pgettext("counter-pledge", "Not kept"),
}


@dataclass(frozen=True, slots=True)
class Campaign:
    """A pledge that binds when *target* people have signed by the end of *deadline*.

    *titles* and *texts* are by language, Danish first; *text_hash* freezes them at the approval.
    *area* counts only signatures of people who live there. *amount* is suggested, in hundredths
    of *measure*. *proposer_id* is the participant who proposed it, *staff_id* its owner;
    *authors* are the staff who wrote its words.
    *previous_id* is the campaign that this one replaces after an edit. *counter* is what the
    municipality promises itself, by language; *counter_staff_id* answers for it on *counter_on*,
    and *counter_words* say what became of it. *extended_from* is the first deadline. *result* are
    the numbers of answers to "did you do it?": asked, answered, done, partly, not. *reason* says
    why it was returned or cancelled, *reasons* say it by language.
    """

    id: int
    title: str
    titles: Mapping[str, str]
    texts: Mapping[str, str]
    theme: str
    target: int
    deadline: date
    kind: MeasureKind
    rhythm: Rhythm
    measure: str | None = None
    amount: int = 0
    area: str | None = None
    state: CampaignState = CampaignState.DRAFT
    reason: str | None = None
    reasons: Mapping[str, str] | None = None
    text_hash: str | None = None
    proposer_id: int | None = None
    staff_id: int | None = None
    authors: tuple[int, ...] = ()
    approved_by: int | None = None
    previous_id: int | None = None
    catalogue_id: int | None = None
    counter: Mapping[str, str] | None = None
    counter_staff_id: int | None = None
    counter_on: date | None = None
    counter_state: CounterState | None = None
    counter_words: Mapping[str, str] | None = None
    extended_from: date | None = None
    extended_why: str | None = None
    result: Mapping[str, int] | None = None
    version: int = 1
    created_at: datetime | None = None
    opened_at: datetime | None = None
    activated_at: datetime | None = None
    followed_up_at: datetime | None = None
    ended_at: datetime | None = None
    changed_at: datetime | None = None

    def is_overdue(self, today: date) -> bool:
        """Return whether the municipality's own pledge should have been kept before *today*."""
        is_promised = bool(self.counter) and self.counter_state is CounterState.PROMISED
        day = self.counter_on
        return is_promised and self.state in PUBLIC and day is not None and day < today


def shown_result(campaign: Campaign, signers: int) -> Mapping[str, int] | None:
    """Return the result that is told; an empty one where fewer than five signers are left."""
    return campaign.result if campaign.result is None or signers >= LEAST else {}


def next_result(old: Mapping[str, int], new: Mapping[str, int]) -> Mapping[str, int]:
    """Return the result that is published after an earlier one.

    It is the new one where none of its numbers differs by one to four people.
    """
    changes = [now - before for now, before in zip(_parts(new), _parts(old), strict=True)]
    is_safe = all(change == 0 or abs(change) >= LEAST for change in changes)
    return new if is_safe or new["asked"] < LEAST else old


def _parts(result: Mapping[str, int]) -> Sequence[int]:
    """Return how many were asked, answered and did it, and how many did not."""
    asked, answered, done = (result.get(name, 0) for name in ("asked", "answered", "done"))
    return asked, answered, done, asked - answered, answered - done


def replaced_by(campaign: Campaign) -> int | None:
    """Return the id of the new version of a campaign; None where it has none."""
    reason = campaign.reason or ""
    return int(reason.removeprefix(REPLACED)) if reason.startswith(REPLACED) else None
