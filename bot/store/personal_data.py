"""Personal data by table: what a citizen is shown, what erasure does, and how long rows are kept.

A table with a citizen's data is in all three lists, `DOSSIER`, `ERASURE` and `RETENTION`
(HR-9, HR-10); every other table is in `WITHOUT_CITIZENS` with the reason. A house test
compares the lists with the schema.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Delete,
    Table,
    Update,
    delete,
    exists,
    func,
    literal,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.campaign import CampaignState
from bot.model.case import MessageKind
from bot.model.person import Person
from bot.model.pledge import COUNTED, PledgeState
from bot.model.reminder import ReminderState
from bot.store import deliveries, files, inbox, outbox, polls, presence, questions, split_cpr
from bot.store import tables as t

WITHOUT_CITIZENS: Mapping[Table, str] = {
    t.danger_reply: "ids of updates",
    t.event: "ids, verbs and the reasons of staff; sealed in a chain, so never changed",
    t.seal: "hashes of events",
    t.alert: "ids of staff and of what they are told about",
    t.staff: "staff, not citizens",
    t.invitation: "staff, not citizens",
    t.staff_session: "staff, not citizens",
    t.sign_in_try: "hashes of what was typed at sign-in",
    t.faq: "the town's own answers",
    t.faq_version: "the town's own answers",
    t.faq_count: "counts",
    t.fact: "facts about the product",
    t.broadcast: "the town's own news",
    t.saved_audience: "predicates over participants, by name",
    t.poll_count: "sums, which no row links to a person",
    t.catalogue_entry: "the town's own offers",
    t.ledger_entry: "amounts of pledges, which add up to the totals",
    t.pledge_snapshot: "totals, and ids and amounts of the pledges in them",
    t.outcome: "summaries and answers in the words of staff",
    t.groups: "names of associations, firms and teams",
    t.opportunity: "the town's own offers",
    t.shift: "times of the town's own offers, and for a day marks that fit many people",
}


@dataclass(frozen=True, slots=True)
class Show:
    """The columns of a table that its citizen is shown.

    *section* names the table's rows with the citizen's `person_id` in the export. Without it
    `Dossier` selects the rows itself.
    """

    columns: tuple[str, ...]
    section: str = ""


# What `mine data` shows of each table, or why it shows nothing.
DOSSIER: Mapping[Table, Show | str] = {
    t.person: Show(
        (
            *("chat_id", "language", "first_name", "called", "area", "quiet_from", "quiet_until"),
            *("notice_at", "notice_version", "reachable", "seen_on", "created_at"),
        )
    ),
    t.consent: Show(
        ("purpose", "text_version", "language", "given_at", "withdrawn_at"), "consents"
    ),
    t.wish: Show(("intent", "at", "told_at"), "wishes"),
    t.conversation: Show(
        ("flow", "answers", "draft", "state", "started_at", "touched_at"), "unfinished"
    ),
    t.question: Show(("words", "theme", "language", "sent_at", "faq_id"), "questions"),
    t.cases: Show(
        (
            *("source", "kind", "theme", "area", "language", "title", "asker_name", "asker_phone"),
            *("state", "close_reason", "contact", "received_at", "told_on", "call_by"),
            *("waiting_since", "answered_at", "closed_at", "read_at", "read_by"),
        )
    ),
    t.case_message: Show(("kind", "signed", "text", "version", "state", "at")),
    t.case_version: Show(("version", "text", "at")),
    t.attachment: Show(("kind", "latitude", "longitude", "at")),
    t.file: Show(("size",)),
    t.case_link: "ids of messages in the citizen's own chat",
    t.case_term: "words of the messages, which are shown",
    t.missed: "nothing links it to a person",
    t.presence: "drafts of staff",
    t.task: "the work of staff",
    t.inbox: "updates that are shown where they end up, within seconds",
    t.outbox: "messages that the citizen has, or gets within seconds",
    t.participant: Show(("first_name", "phone", "created_at", "name_refused"), "participant"),
    t.participant_role: Show(("role", "since", "ended_at")),
    t.group_member: Show(("is_lead", "since")),
    t.reminder: Show(("texts", "rule", "state", "created_at", "ended_at")),
    t.delivery: Show(
        (
            *("subject_kind", "occasion", "planned_at", "state", "reason", "sent_at", "answer"),
            *("answer_words", "answered_at", "choice", "tapped_at"),
        )
    ),
    t.mute: Show(("topic", "until", "at"), "muted"),
    t.link: Show(("opens", "created_at", "revoked_at", "opened", "started", "done")),
    t.profile: Show(
        (
            *("interests", "times", "area", "languages", "skills", "phone", "over_15", "wish"),
            "changed_at",
        ),
    ),
    t.gate_check: Show(("gate", "state", "at", "ordered_at", "recheck_on")),
    t.signup: Show(
        (
            *("state", "source", "reason", "reasons", "written", "objection", "minutes", "rating"),
            *("feedback", "needs", "created_at"),
            *("changed_at", "due_at", "offered_until"),
        )
    ),
    t.pledge: Show(
        (
            *("state", "words", "theme", "rhythm", "starts_on", "ends_on", "measure", "amount"),
            *("area", "visibility", "wish", "goal", "goal_words", "plan", "source", "created_at"),
            *("ended_at", "approval", "approval_reason"),
        )
    ),
    t.check_in: Show(("asked_on", "answer", "amount", "answered_at", "undone_at")),
    t.contribution: Show(
        ("kind", "key", "words", "verdict", "reasons", "decided_by", "decided_at", "at")
    ),
    t.poll_taken: Show(("at",)),
    t.campaign: Show(("titles", "texts", "target", "deadline", "state", "created_at")),
    t.volunteer_invitation: Show(("texts", "quota", "state", "created_at", "ends_at")),
    t.opportunity_contact: "ids of what the citizen is a contact of",
    t.timer: "ids",
    t.card: "ids of messages in the citizen's own chat",
    t.split_cpr: "ids of a message, for an hour",
}

Which = Callable[[Person], ColumnElement[bool]]


@dataclass(frozen=True, slots=True)
class Erase:
    """What erasure does to a person's rows: delete them, or set *values*.

    *which* are the person's rows, and *left* says what they still hold and why.
    """

    which: Which
    values: Mapping[str, Any] = field(default_factory=dict)
    left: str = ""

    def statement(self, table: Table, person: Person) -> Delete | Update:
        """Return the statement for one person."""
        which = self.which(person)
        return (
            update(table).where(which).values(**self.values)
            if self.values
            else (delete(table).where(which))
        )


def _of_person(table: Table) -> Which:
    return lambda person: table.c.person_id == person.id


def _of_lane(table: Table) -> Which:
    return lambda person: table.c.lane == person.lane


def _of_chat(table: Table) -> Which:
    return lambda person: table.c.chat_id == person.chat_id


def _of_cases(table: Table) -> Which:
    return lambda person: table.c.case_id.in_(
        select(t.cases.c.id).where(t.cases.c.person_id == person.id)
    )


def _of_participant(table: Table) -> Which:
    return lambda person: table.c.participant_id.in_(
        select(t.participant.c.id).where(t.participant.c.person_id == person.id)
    )


def _of_pledges(table: Table) -> Which:
    return lambda person: table.c.pledge_id.in_(
        select(t.pledge.c.id).where(_of_participant(t.pledge)(person))
    )


def _proposed(person: Person) -> ColumnElement[bool]:
    return t.campaign.c.proposer_id.in_(
        select(t.participant.c.id).where(t.participant.c.person_id == person.id)
    )


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)  # where a time was erased
ERASED = "erased"  # the lane of rows whose person is erased
RECORD = "a record that the municipality must keep; the name and the phone number are removed"

# In the order in which the statements run. A string says why nothing is done.
ERASURE: Mapping[Table, Erase | str] = {
    t.timer: Erase(_of_lane(t.timer)),
    t.split_cpr: Erase(_of_lane(t.split_cpr)),
    t.inbox: Erase(
        _of_lane(t.inbox),
        {"lane": ERASED, "payload": {}, "done": True},
        left="the id of the update, so that a repeat is known",
    ),
    t.outbox: Erase(
        _of_lane(t.outbox),
        {
            "lane": ERASED,
            "chat_id": 0,
            "params": {},
            "state": "expired",
            "on_result": None,
            "done_at": func.coalesce(t.outbox.c.done_at, literal(EPOCH, t.outbox.c.done_at.type)),
        },
        left="that a call was made",
    ),
    t.card: Erase(_of_chat(t.card)),
    t.mute: Erase(_of_person(t.mute)),
    t.link: Erase(_of_participant(t.link)),
    t.delivery: Erase(_of_participant(t.delivery)),
    t.signup: Erase(_of_participant(t.signup)),
    t.check_in: Erase(
        _of_pledges(t.check_in),
        {"answered_at": EPOCH},
        left="the counts of a pledge, which stay in the totals without a person",
    ),
    t.pledge: Erase(
        _of_participant(t.pledge),
        {
            "participant_id": None,
            "words": "",
            "goal": None,
            "goal_words": None,
            "plan": None,
            "wish": None,
            "visibility": "private",
            "approval_reason": None,
            "link_id": None,
        },
        left="theme, measure and area of a pledge, whose counts stay in the totals",
    ),
    t.contribution: Erase(
        _of_participant(t.contribution),
        {"participant_id": None, "words": None},
        left="what stood in the way of a pledge, by its button, for the answer of staff",
    ),
    t.poll_taken: Erase(_of_participant(t.poll_taken)),
    t.campaign: Erase(
        _proposed,
        {"proposer_id": None},
        left="the text of a pledge that staff approved, and that others have signed",
    ),
    t.gate_check: Erase(_of_participant(t.gate_check)),
    t.profile: Erase(_of_participant(t.profile)),
    t.volunteer_invitation: Erase(_of_participant(t.volunteer_invitation)),
    t.opportunity_contact: Erase(_of_participant(t.opportunity_contact)),
    t.reminder: Erase(_of_participant(t.reminder)),
    t.group_member: Erase(_of_participant(t.group_member)),
    t.participant_role: Erase(_of_participant(t.participant_role)),
    t.participant: Erase(_of_person(t.participant)),
    t.question: Erase(_of_person(t.question)),
    t.conversation: Erase(_of_person(t.conversation)),
    t.wish: Erase(_of_person(t.wish)),
    t.task: Erase(_of_person(t.task), {"person_id": None}, left="the work that staff were given"),
    t.consent: "proof of what was agreed to, under the person's number alone",
    t.case_link: Erase(_of_cases(t.case_link)),
    t.case_message: Erase(
        lambda person: (
            _of_cases(t.case_message)(person) & (t.case_message.c.kind == MessageKind.ASKED)
        ),
        {"signed": None, "chat_id": None, "message_id": None},
        left=RECORD,
    ),
    t.case_version: RECORD,
    t.case_term: RECORD,
    t.attachment: RECORD,
    t.file: RECORD,
    t.cases: Erase(_of_person(t.cases), {"asker_name": None, "asker_phone": None}, left=RECORD),
    t.missed: "nothing links it to a person",
    t.presence: "drafts of staff, for a week",
    t.person: Erase(
        lambda person: t.person.c.id == person.id,
        {
            "chat_id": 0,
            "first_name": None,
            "called": None,
            "area": None,
            "quiet_from": None,
            "quiet_until": None,
            "album": None,
            "screen": [],
            "reachable": False,
        },
        left="a number without a name, which cases and consents point to",
    ),
}


_WORDLESS: Mapping[str, Any] = {
    "title": "",
    "titles": {},
    "texts": {},
    "reason": None,
    "reasons": None,
    "state": CampaignState.CANCELLED,
}


async def _count_once(connection: AsyncConnection, person: Person) -> None:
    """Leave of a person's signatures of a campaign only the last one in it.

    Without the person, the signature that they stopped before they signed again would count as
    another signer. What it counted stays in the totals of the town.
    """
    later, counts = t.pledge.alias(), COUNTED | {PledgeState.RELEASED}
    again = exists().where(
        later.c.campaign_id == t.pledge.c.campaign_id,
        later.c.participant_id == t.pledge.c.participant_id,
        later.c.id > t.pledge.c.id,
        later.c.state.in_(counts),
    )
    own = update(t.pledge).where(_of_participant(t.pledge)(person), again)
    released = t.pledge.c.state == PledgeState.RELEASED
    await connection.execute(own.where(released).values(state=PledgeState.WITHDRAWN))
    counted = t.pledge.c.state.in_(COUNTED)
    await connection.execute(own.where(counted).values(campaign_id=None))


async def erase(connection: AsyncConnection, person: Person) -> None:
    """Run every statement of `ERASURE` for one person; the row stays under a lane of its own.

    The caller executes `LeaveVolunteering` and `LeavePledging` of the person first: their places
    are offered to others, and their pledges leave the level.
    What the person set for a group as its lead ends first, and no longer has their name. What
    they proposed, and staff have not approved, ends without its words.
    """
    led = t.reminder.c.group_id.is_not(None) & _of_participant(t.reminder)(person)
    ended = {"contact": "", "participant_id": None, "state": ReminderState.ENDED}
    version = t.reminder.c.version + 1
    await connection.execute(update(t.reminder).where(led).values(**ended, version=version))
    await _count_once(connection, person)
    unapproved = t.campaign.c.text_hash.is_(None) & _proposed(person)
    await connection.execute(update(t.campaign).where(unapproved).values(**_WORDLESS))
    for table, entry in ERASURE.items():
        if isinstance(entry, Erase):
            await connection.execute(entry.statement(table, person))
    own = t.person.c.id == person.id
    await connection.execute(update(t.person).where(own).values(lane=f"{ERASED}:{person.id}"))


@dataclass(frozen=True, slots=True)
class Keep:
    """How long rows of a table are kept.

    *span* is None where no rule is decided: such rows are kept. *deleted_by* names what
    deletes them when the span is over.
    """

    span: timedelta | None
    deleted_by: str


_WITH_CASE = Keep(None, "nothing: a municipality deletes records by a decision alone (HR-10)")

RETENTION: Mapping[Table, Keep] = {
    t.inbox: Keep(inbox.KEEP_FAILED, "inbox.purge; a row that was processed after 7 days"),
    t.outbox: Keep(outbox.KEEP_DONE, "outbox.purge; its words when it is sent"),
    t.split_cpr: Keep(split_cpr.KEEP_HALF, "split_cprs.purge"),
    t.presence: Keep(presence.DRAFTS_KEPT, "presence.purge"),
    t.missed: Keep(questions.KEEP_MISSED, "missed.purge"),
    t.file: Keep(files.KEEP_LOOSE, "files.purge; a file of a case is kept with the case"),
    t.conversation: Keep(timedelta(days=7), "the expire timer"),
    t.question: Keep(timedelta(minutes=30), "the ask timer, which makes a case of it"),
    t.timer: Keep(None, "the erasure of the person, or what the timer is about"),
    t.card: Keep(None, "the erasure of the person"),
    t.wish: Keep(None, "the erasure of the person"),
    t.task: Keep(None, "nothing: the work of staff is kept"),
    t.consent: Keep(None, "nothing: proof of what was agreed to"),
    t.person: Keep(None, "the erasure of the person"),
    t.mute: Keep(None, "the erasure of the person"),
    t.participant: Keep(None, "the erasure of the person"),
    t.participant_role: Keep(None, "the erasure of the person"),
    t.group_member: Keep(None, "the erasure of the person, or leaving the group"),
    t.reminder: Keep(None, "the erasure of the person who set it"),
    t.link: Keep(None, "the erasure of its owner; a link of staff is a count"),
    t.profile: Keep(None, "the erasure of the person"),
    t.gate_check: Keep(None, "the erasure of the person"),
    t.pledge: Keep(None, "the erasure of the person, but for the counts"),
    t.check_in: Keep(None, "the erasure of the person, but for the counts"),
    t.poll_taken: Keep(polls.KEEP_POLL, "polls.purge"),
    t.contribution: Keep(None, "the erasure of the person, but for the choice of a button"),
    t.campaign: Keep(None, "the erasure of the person who proposed it, but for an approved text"),
    t.signup: Keep(None, "the erasure of the person; practical needs by signups.erase_needs"),
    t.volunteer_invitation: Keep(None, "the erasure of the lead who set it"),
    t.opportunity_contact: Keep(None, "the erasure of the person, or a new list of contacts"),
    t.delivery: Keep(deliveries.KEEP_DELIVERIES, "deliveries.purge"),
    t.cases: _WITH_CASE,
    t.case_message: _WITH_CASE,
    t.case_version: _WITH_CASE,
    t.case_link: _WITH_CASE,
    t.case_term: _WITH_CASE,
    t.attachment: _WITH_CASE,
}
