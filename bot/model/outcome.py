"""The ledger of outcomes: what people said, its result, who decided, and when."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.i18n import Text, _, pgettext
from bot.model.broadcast import VERDICT_NAMES, Verdict
from bot.model.suppression import LEAST

OUTCOME = "outcome"  # the subject kind of alerts and deliveries
CONTRIBUTION = "contribution"  # the subject kind of alerts
LONGEST_WORDS, LONGEST_DECIDER = 500, 120  # characters
LONGEST_ANSWER = 4096  # characters of an answer to a dialogue: as long as a message in Telegram


class ContributionKind(StrEnum):
    """What a person said it about."""

    OBSTACLE = "obstacle"  # an obstacle to a pledge
    ANSWER = "answer"  # to the question of a broadcast
    IDEA = "idea"  # a case: its answer is the outcome
    REPORT = "report"  # a case, too


CONTRIBUTION_NAMES: Mapping[ContributionKind, Text] = {
    ContributionKind.OBSTACLE: pgettext("contribution", "Obstacle to a pledge"),
    ContributionKind.ANSWER: pgettext("contribution", "Answer to a question"),
    ContributionKind.IDEA: pgettext("contribution", "Idea"),
    ContributionKind.REPORT: pgettext("contribution", "Report"),
}


# A report is about something to do; what others say can be used.
REPORT_VERDICTS: Mapping[Verdict, Text] = {
    Verdict.USED: pgettext("outcome", "We do it"),
    Verdict.PARTLY: pgettext("outcome", "We do some of it"),
    Verdict.NOT_USED: pgettext("outcome", "We do not do it"),
}


def verdict_names(kind: ContributionKind) -> Mapping[Verdict, Text]:
    """Return the names of the outcomes that a kind of contribution can have."""
    return REPORT_VERDICTS if kind is ContributionKind.REPORT else VERDICT_NAMES


class OutcomeState(StrEnum):
    """Whether contributors have their answer."""

    OPEN = "open"
    ANSWERED = "answered"


OUTCOME_STATE_NAMES: Mapping[OutcomeState, Text] = {
    OutcomeState.OPEN: pgettext("outcome", "Waits for an answer"),
    OutcomeState.ANSWERED: pgettext("outcome", "Answered"),
}


class Obstacle(StrEnum):
    """Frequent obstacles to a pledge; each is a button."""

    TIME = "time"
    WEATHER = "weather"
    THINGS = "things"
    FORGOT = "forgot"
    ALONE = "alone"
    RULES = "rules"


OBSTACLE_NAMES: Mapping[Obstacle, Text] = {
    Obstacle.TIME: pgettext("obstacle", "I had no time"),
    Obstacle.WEATHER: pgettext("obstacle", "The weather"),
    Obstacle.THINGS: pgettext("obstacle", "I lacked tools or things"),
    Obstacle.FORGOT: pgettext("obstacle", "I forgot"),
    Obstacle.ALONE: pgettext("obstacle", "I was alone with it"),
    Obstacle.RULES: _("Rules, or the place"),
}


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one person said: the *key* of a button, their own *words*, or both.

    *subject_kind* and *subject_id* say about what, *outcome_id* to which answer it belongs.
    A contribution to a dialogue and a case have their own outcome: *verdict* (of `Verdict`),
    *reasons* by language, who decided and when, and when its author was told. The words of a case
    are in its thread alone.
    """

    id: int
    kind: ContributionKind
    subject_kind: str
    subject_id: int
    participant_id: int | None
    theme: str
    key: str | None = None
    words: str | None = None
    campaign_id: int | None = None
    outcome_id: int | None = None
    verdict: str | None = None
    reasons: Mapping[str, str] | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    told_at: datetime | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """An answer to several contributions that say alike.

    *title* is the staff's summary in words of their own, *texts* the answer by language.
    *summaries* are what everybody reads with it; an answer that only its contributors get has none.
    *staff_id* owns it and answers by *due_on*; *decided_by* is who decided, by name or committee.
    """

    id: int
    kind: ContributionKind
    title: str
    theme: str
    staff_id: int
    due_on: date
    summaries: Mapping[str, str]
    state: OutcomeState = OutcomeState.OPEN
    texts: Mapping[str, str] | None = None
    decided_by: str | None = None
    version: int = 1
    created_at: datetime | None = None
    answered_at: datetime | None = None
    changed_at: datetime | None = None

    @property
    def is_public(self) -> bool:
        """Return whether everybody can read the answer."""
        return self.state is OutcomeState.ANSWERED and bool(self.summaries)

    @property
    def in_short(self) -> Mapping[str, str]:
        """Return by language what its contributors said, in the staff's words."""
        return self.summaries or {"da": self.title}


def people_of(some: Collection[Contribution]) -> int:
    """Return how many people made contributions; erased people are not counted."""
    return len({one.participant_id for one in some if one.participant_id is not None})


def is_few(some: Collection[Contribution]) -> bool:
    """Return whether so few people made contributions that an answer could show who they are."""
    return people_of(some) < LEAST
