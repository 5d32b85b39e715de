"""Commands about pledges, their catalogue, campaigns, check-ins and obstacles.

*person_id* is the citizen who acts; it is None where staff act for a participant who phoned
(HR-27), and *by* is then `staff:<id>`. *staff_id* is the member of the staff who acts. Amounts are
whole hundredths of the measure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


def day_of(given: date | str) -> date:
    """Return the day of a command, which a flow or a button gives as an ISO date."""
    return date.fromisoformat(given) if isinstance(given, str) else given


@dataclass(frozen=True, slots=True)
class BeginPledging:
    """Store that a citizen may be kept with their pledges, or that they are under 15 (HR-20)."""

    person_id: int
    over_15: bool | None = None


@dataclass(frozen=True, slots=True)
class LeavePledging:
    """Withdraw the consent: live pledges stop."""

    person_id: int


@dataclass(frozen=True, slots=True)
class FindPledge:
    """Find what a citizen wants to promise, and what is still to be asked.

    *wanted*, *entry*, *goal* and *for_goal* are answers of `AskListed`; *own* is a sentence.
    """

    person_id: int
    wanted: Mapping[str, str] | None = None
    entry: Mapping[str, str] | None = None
    goal: Mapping[str, str] | None = None
    for_goal: Mapping[str, str] | None = None
    goal_words: str | None = None
    own: str | None = None


@dataclass(frozen=True, slots=True)
class MakePledge:
    """Make a pledge, from the catalogue (*catalogue_id*) or in own *words*.

    What is None is taken from the catalogue; without a catalogue entry *words* and *theme* are
    given. *ends_on* is the last day. *already* says that the person does it already: no promise.
    """

    person_id: int
    catalogue_id: int | None = None
    words: str = ""
    theme: str = ""
    measure: str | None = None
    amount: int | None = None
    rhythm: str | None = None
    ends_on: date | str | None = None
    visibility: str = "private"
    wish: str | None = None
    goal: str | None = None
    goal_words: str | None = None
    group_id: int | None = None
    link_id: int | None = None
    already: bool = False


@dataclass(frozen=True, slots=True)
class MakePledgeFor:
    """Make a pledge of a participant who phoned or came (HR-27); fields as in `MakePledge`.

    *agreed* says that the person is 15 and may be kept.
    """

    staff_id: int
    participant_id: int
    agreed: bool
    catalogue_id: int | None = None
    words: str = ""
    theme: str = ""
    measure: str | None = None
    amount: int | None = None
    rhythm: str | None = None
    ends_on: date | str | None = None
    visibility: str = "private"
    group_id: int | None = None


@dataclass(frozen=True, slots=True)
class SavePlan:
    """Store when and where a person begins, and the first step; *at* sets one reminder."""

    person_id: int | None
    pledge_id: int
    when: str = ""
    where: str = ""
    first: str = ""
    at: datetime | None = None
    by: str = "citizen"


@dataclass(frozen=True, slots=True)
class ChangePledge:
    """Change what is not None: amount, last day, rhythm, who may see it, what they want from it.

    An empty *wish* erases it. *words* replace own words, which then wait for an approval again.
    """

    person_id: int | None
    pledge_id: int
    amount: int | None = None
    ends_on: date | str | None = None
    rhythm: str | None = None
    visibility: str | None = None
    wish: str | None = None
    words: str | None = None
    by: str = "citizen"


@dataclass(frozen=True, slots=True)
class ApproveWords:
    """Let others see a person's own words. Staff read them in *version* of the pledge."""

    staff_id: int
    pledge_id: int
    version: int


@dataclass(frozen=True, slots=True)
class RefuseWords:
    """Do not show a person's own words; the person is told the reason."""

    staff_id: int
    pledge_id: int
    version: int
    reason: str


@dataclass(frozen=True, slots=True)
class RefuseName:
    """Do not show the name of who made a pledge to everybody; the person is told the reason."""

    staff_id: int
    pledge_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class AllowName:
    """Show the name of who made a pledge to everybody again, as far as the person allows it."""

    staff_id: int
    pledge_id: int


@dataclass(frozen=True, slots=True)
class PausePledge:
    """Take a break: nothing is asked until it is resumed."""

    person_id: int | None
    pledge_id: int
    by: str = "citizen"


@dataclass(frozen=True, slots=True)
class ResumePledge:
    """End a break."""

    person_id: int | None
    pledge_id: int
    by: str = "citizen"


@dataclass(frozen=True, slots=True)
class StopPledge:
    """End a pledge early: it leaves the level and keeps its counts."""

    person_id: int | None
    pledge_id: int
    by: str = "citizen"


@dataclass(frozen=True, slots=True)
class WithdrawPledge:
    """Take a pledge back: it leaves every total and list."""

    person_id: int | None
    pledge_id: int
    by: str = "citizen"


@dataclass(frozen=True, slots=True)
class AnswerCheckIn:
    """Answer how it went; *asked_on* is the day of the check-in.

    *amount* is what "partly" adds. A later answer replaces an earlier one.
    """

    person_id: int | None
    pledge_id: int
    asked_on: date | str
    answer: str
    amount: int | None = None
    by: str = "citizen"


@dataclass(frozen=True, slots=True)
class UndoCheckIn:
    """Take an answer to a check-in back, within seven days."""

    person_id: int | None
    pledge_id: int
    asked_on: date | str
    by: str = "citizen"


@dataclass(frozen=True, slots=True)
class TellObstacle:
    """Name an obstacle to a pledge: the *key* of a button, or own *words*."""

    person_id: int | None
    pledge_id: int
    key: str | None = None
    words: str | None = None
    by: str = "citizen"


# The catalogue.


@dataclass(frozen=True, slots=True)
class AddEntry:
    """Create a draft of the catalogue. *fields* are those of `CatalogueEntry` by name."""

    staff_id: int
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class EditEntry:
    """Change fields of an entry; *version* is the one that staff saw."""

    staff_id: int
    entry_id: int
    version: int
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PublishEntry:
    """Let people choose an entry."""

    staff_id: int
    entry_id: int


@dataclass(frozen=True, slots=True)
class RetireEntry:
    """Offer an entry no longer; pledges that were made from it continue."""

    staff_id: int
    entry_id: int


# Campaigns.


@dataclass(frozen=True, slots=True)
class ProposeCampaign:
    """A citizen proposes a campaign; staff approve it before others see it.

    *name* is its title, *words* what each promises. With *catalogue_id* what is empty is taken
    from the entry of the catalogue.
    """

    person_id: int
    name: str
    words: str
    theme: str
    target: int
    deadline: date | str
    catalogue_id: int | None = None


@dataclass(frozen=True, slots=True)
class ReviseProposal:
    """A citizen changes a proposal that staff returned; what is empty or None stays as it is."""

    person_id: int
    campaign_id: int
    name: str = ""
    words: str = ""
    target: int | None = None
    deadline: date | str | None = None


@dataclass(frozen=True, slots=True)
class AddCampaign:
    """Create a draft. *fields* are those of `Campaign` by name.

    *previous_id* is the campaign that it replaces: its signers are invited when it opens.
    """

    staff_id: int
    fields: Mapping[str, Any]
    previous_id: int | None = None


@dataclass(frozen=True, slots=True)
class EditCampaign:
    """Change fields of a draft; *version* is the one that staff saw."""

    staff_id: int
    campaign_id: int
    version: int
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SubmitCampaign:
    """Send a draft to its approval."""

    staff_id: int
    campaign_id: int


@dataclass(frozen=True, slots=True)
class ApproveCampaign:
    """Open a campaign for signatures; its wording is frozen. *version* is the one that was read."""

    staff_id: int
    campaign_id: int
    version: int


@dataclass(frozen=True, slots=True)
class ReturnCampaign:
    """Send a campaign back to its draft, with the reason."""

    staff_id: int
    campaign_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class CancelCampaign:
    """Cancel a campaign; all who signed are told the reason, Danish and by other languages."""

    staff_id: int
    campaign_id: int
    reason: str
    other_reasons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ExtendCampaign:
    """Extend the deadline once, with the reason.

    All whose signatures wait are told, and may withdraw.
    """

    staff_id: int
    campaign_id: int
    deadline: date | str
    reason: str


@dataclass(frozen=True, slots=True)
class CompleteCampaign:
    """Close a campaign and publish its result; refused while an obstacle has no answer."""

    staff_id: int
    campaign_id: int


@dataclass(frozen=True, slots=True)
class AnswerCounter:
    """Say what became of the municipality's own pledge; *words* by language, Danish first."""

    staff_id: int
    campaign_id: int
    state: str
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SignCampaign:
    """Sign a campaign; the signature that reaches the target activates it for all.

    *area* is where the person says that they live; without it, the one that they chose before.
    """

    person_id: int
    campaign_id: int
    amount: int | None = None
    area: str | None = None
    visibility: str = "private"
    link_id: int | None = None


@dataclass(frozen=True, slots=True)
class SignCampaignFor:
    """Sign a campaign for a participant who phoned or came (HR-27)."""

    staff_id: int
    participant_id: int
    campaign_id: int
    agreed: bool
    amount: int | None = None


@dataclass(frozen=True, slots=True)
class AnswerUnmet:
    """After too few have signed: keep the pledge anyway (*keeps*), or be released."""

    person_id: int | None
    pledge_id: int
    keeps: bool
    by: str = "citizen"


# The ledger of outcomes.


@dataclass(frozen=True, slots=True)
class GroupContributions:
    """Put contributions under one answer: *outcome_id*, or a new one with a title and an owner."""

    staff_id: int
    contribution_ids: Sequence[int]
    outcome_id: int | None = None
    title: str = ""
    owner_id: int | None = None


@dataclass(frozen=True, slots=True)
class UngroupContributions:
    """Take contributions out of their answer, before it is given."""

    staff_id: int
    contribution_ids: Sequence[int]


@dataclass(frozen=True, slots=True)
class AssignOutcome:
    """Give an answer another owner."""

    staff_id: int
    outcome_id: int
    owner_id: int


@dataclass(frozen=True, slots=True)
class AnswerOutcome:
    """Answer all contributions: *summaries* say in the staff's words what they said.

    *summaries* and *texts* are by language, Danish first. Each contributor is told once. What
    fewer than five people said is published only with *also_publish*.
    """

    staff_id: int
    outcome_id: int
    version: int
    summaries: Mapping[str, str]
    texts: Mapping[str, str]
    decided_by: str = ""
    also_publish: bool = False


@dataclass(frozen=True, slots=True)
class ExportPledges:
    """Record that staff export the pledges with names."""

    staff_id: int
