"""Pledges: what a person promises to do themselves, and how far it is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.i18n import Text, _, pgettext
from bot.model.profile import Wish

PLEDGE = "pledge"  # the subject kind of a pledge's deliveries
CONSENT = "pledges"  # to keep what a person promises, and to ask how it goes
CONSENT_TEXT_VERSION = 1  # of the question; increase it with each new wording
PER_UNIT = 100  # amounts are whole hundredths of a unit, so that sums are exact
MOST_AMOUNT = 1_000_000 * PER_UNIT
LONGEST_WORDS = 300  # characters of own words
LONGEST_REASON = 500  # characters, why own words are not shown
LONGEST_PART = 200  # characters of a part of the plan
LEAST_WEEKS = 4  # of a recurring pledge
LONGEST = timedelta(days=366)
UNDO_FOR = timedelta(days=7)  # an answer to a check-in
GRACE = timedelta(days=14)  # after the last day, to answer or to choose a new date
APART = timedelta(days=5)  # the least time between two messages about one pledge


class MeasureKind(StrEnum):
    """How the amounts of a pledge add up."""

    LEVEL = "level"  # such as m² or lamps: counted once while the pledge lives
    COUNT = "count"  # such as rides or visits: the sum of the check-ins


class Rhythm(StrEnum):
    """How often a person keeps the pledge, and is asked how it goes."""

    ONCE = "once"
    DAY = "day"  # asked once a week: how many of the seven days
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"


class Visibility(StrEnum):
    """Who may see a pledge."""

    PRIVATE = "private"  # only the person and the municipality
    UNNAMED = "unnamed"  # its words, without a name
    NAMED = "named"


class Approval(StrEnum):
    """Whether staff have read own words, before others than the person may see them."""

    NEEDLESS = "needless"  # the words are of the catalogue or of a campaign
    WAITS = "waits"
    GIVEN = "given"
    REFUSED = "refused"


SHOWABLE = frozenset({Approval.NEEDLESS, Approval.GIVEN})  # words that others may see


class PledgeState(StrEnum):
    """The state of a pledge. A signature of a campaign is *signed* until the campaign activates."""

    SIGNED = "signed"
    ACTIVE = "active"
    PAUSED = "paused"
    KEPT = "kept"  # it lasted as long as promised
    STOPPED = "stopped"  # ended early: leaves the level, keeps its counts
    WITHDRAWN = "withdrawn"  # leaves the level and the counts
    RELEASED = "released"  # from a campaign that did not reach its target
    ALREADY = "already"  # the person does it already: no promise, and outside the totals


S = PledgeState
LIVES = frozenset({S.ACTIVE, S.PAUSED})
LIVE = LIVES | {S.SIGNED}
COUNTED = LIVES | {S.KEPT, S.STOPPED}  # what they did stays in the totals
FOLLOWING: Mapping[PledgeState, frozenset[PledgeState]] = {
    S.SIGNED: frozenset({S.ACTIVE, S.WITHDRAWN, S.RELEASED}),
    S.ACTIVE: frozenset({S.PAUSED, S.KEPT, S.STOPPED, S.WITHDRAWN}),
    S.PAUSED: frozenset({S.ACTIVE, S.KEPT, S.STOPPED, S.WITHDRAWN}),
    S.KEPT: frozenset({S.ACTIVE, S.WITHDRAWN}),  # the last answer is undone
    S.STOPPED: frozenset({S.WITHDRAWN}),
    S.ALREADY: frozenset({S.WITHDRAWN}),
}


class RunOut(StrEnum):
    """How a pledge ended that is *stopped* only because its time was over."""

    UNANSWERED = "unanswered"
    NOT_DONE = "not_done"  # each answer was "not this time"


class CheckInAnswer(StrEnum):
    """How it went, since the last check-in."""

    DONE = "done"
    PARTLY = "partly"
    NOT = "not"


class PledgeSource(StrEnum):
    """How a pledge came about."""

    CHAT = "chat"
    PHONE = "phone"  # staff entered it (HR-27)


RHYTHM_NAMES: Mapping[Rhythm, Text] = {
    Rhythm.ONCE: pgettext("rhythm", "Once"),
    Rhythm.DAY: pgettext("rhythm", "Every day"),
    Rhythm.WEEK: pgettext("rhythm", "Every week"),
    Rhythm.MONTH: pgettext("rhythm", "Every month"),
    Rhythm.QUARTER: pgettext("rhythm", "Every three months"),
    Rhythm.HALF_YEAR: pgettext("rhythm", "Twice a year"),
    Rhythm.YEAR: pgettext("rhythm", "Once a year"),
}
KIND_NAMES: Mapping[MeasureKind, Text] = {
    MeasureKind.LEVEL: pgettext("measure", "Counted once, while the pledge lasts"),
    MeasureKind.COUNT: pgettext("measure", "Added each time the person answers"),
}
VISIBILITY_NAMES: Mapping[Visibility, Text] = {
    Visibility.PRIVATE: _("Only you and the municipality"),
    Visibility.UNNAMED: _("Without name"),
    Visibility.NAMED: _("Everyone can see it"),
}
STATE_NAMES: Mapping[PledgeState, Text] = {
    S.SIGNED: pgettext("pledge", "Waits for others"),
    S.ACTIVE: pgettext("pledge", "Active"),
    S.PAUSED: pgettext("pledge", "On a break"),
    S.KEPT: pgettext("pledge", "Kept"),
    S.STOPPED: pgettext("pledge", "Stopped"),
    S.WITHDRAWN: pgettext("pledge", "Withdrawn"),
    S.RELEASED: pgettext("pledge", "Released"),
    S.ALREADY: pgettext("pledge", "Does it already"),
}
RUN_OUT_NAMES: Mapping[RunOut, Text] = {
    RunOut.UNANSWERED: pgettext("pledge", "Not answered"),
    RunOut.NOT_DONE: pgettext("pledge", "Not done"),
}
ANSWER_NAMES: Mapping[CheckInAnswer, Text] = {
    CheckInAnswer.DONE: pgettext("check-in", "Done"),
    CheckInAnswer.PARTLY: pgettext("check-in", "Partly"),
    CheckInAnswer.NOT: pgettext("check-in", "Not this time"),
}


def is_in_season(season: Sequence[int], month: int) -> bool:
    """Return whether a month is in a season: its first and last months, or empty for all months.

    A season may pass the new year.
    """
    if not season:
        return True
    first, last = season
    return first <= month <= last if first <= last else month >= first or month <= last


@dataclass(frozen=True, slots=True)
class Plan:
    """When and where a person begins, and the first step, in their own words.

    *at* is the moment that the words mean: then one reminder comes.
    """

    when: str = ""
    where: str = ""
    first: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Pledge:
    """One pledge of a participant, or a signature of a campaign (*campaign_id*).

    *words* is what the person promises, verbatim where they wrote it, else the catalogue's text
    in their language. *theme* is a topic of the town, *measure* one of its measures (None: it
    is only counted as a pledge), *amount* hundredths of it: the level, or what one check-in
    "done" adds. *season* are the first and last months, such as ``(4, 9)``. *plan* is the JSON of
    a `Plan`. *goal* is the key of what the person wants for themselves, or *goal_words*. An erased
    participant is None: the counts of the pledge stay. Own words are shown to others only after
    the *approval* of staff; *approval_reason* says why it was refused.
    """

    id: int
    participant_id: int | None
    state: PledgeState
    words: str
    theme: str
    kind: MeasureKind
    rhythm: Rhythm
    starts_on: date
    ends_on: date
    measure: str | None = None
    amount: int = 0
    season: tuple[int, ...] = ()
    catalogue_id: int | None = None
    campaign_id: int | None = None
    group_id: int | None = None
    area: str | None = None
    visibility: Visibility = Visibility.PRIVATE
    approval: Approval = Approval.WAITS
    approval_reason: str | None = None
    wish: Wish | None = None
    goal: str | None = None
    goal_words: str | None = None
    plan: Mapping[str, Any] | None = None
    source: PledgeSource = PledgeSource.CHAT
    link_id: int | None = None
    version: int = 1
    created_at: datetime | None = None
    activated_at: datetime | None = None
    ended_at: datetime | None = None
    changed_at: datetime | None = None

    @property
    def lives(self) -> bool:
        """Return whether the person keeps the pledge now, or has a break from it."""
        return self.state in LIVES

    @property
    def has_own_words(self) -> bool:
        """Return whether the person wrote the words: they are not the municipality's text."""
        return self.approval is not Approval.NEEDLESS

    @property
    def is_for_others(self) -> bool:
        """Return whether the person lets others see a pledge that has not ended."""
        return self.visibility is not Visibility.PRIVATE and self.state in LIVE

    @property
    def shows_name(self) -> bool:
        """Return whether the person lets others see the pledge with their own name."""
        return self.is_for_others and self.visibility is Visibility.NAMED and self.group_id is None

    def in_season(self, month: int) -> bool:
        """Return whether a month is in the season; a pledge without one has every month."""
        return is_in_season(self.season, month)


@dataclass(frozen=True, slots=True)
class CheckIn:
    """An answer about one day of asking; *amount* is what it added, in hundredths."""

    id: int
    pledge_id: int
    asked_on: date
    answer: CheckInAnswer
    amount: int
    answered_at: datetime
    undone_at: datetime | None = None


class Entry(StrEnum):
    """Why the ledger of a pledge has an entry."""

    MADE = "made"  # a level, from the day it lives
    RESIZED = "resized"
    STOPPED = "stopped"
    WITHDRAWN = "withdrawn"
    CHECKED_IN = "checked_in"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """A change of the totals by *amount* hundredths, on the day for which it counts."""

    id: int
    pledge_id: int
    what: Entry
    amount: int
    day: date
    at: datetime


def plan_to_json(plan: Plan) -> dict[str, Any]:
    """Return a plan as JSON."""
    at = plan.at.isoformat() if plan.at is not None else None
    return {"when": plan.when, "where": plan.where, "first": plan.first, "at": at}


def plan_of(pledge: Pledge) -> Plan | None:
    """Return the plan of a pledge; None where the person made none."""
    if not pledge.plan:
        return None
    at = pledge.plan.get("at")
    said = {name: str(pledge.plan.get(name) or "") for name in ("when", "where", "first")}
    return Plan(**said, at=datetime.fromisoformat(at) if at else None)
