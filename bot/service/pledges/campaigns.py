"""Campaigns: draft, approval, deadline, follow-up and result (state machine A of the domain)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from bot.engine.events import Done, Refused
from bot.i18n import Text, _
from bot.json_text import digest_of
from bot.model.campaign import (
    CAMPAIGN,
    FOLLOWING,
    LEAST_TARGET,
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_TARGET,
    UNAPPROVED,
    Campaign,
    CampaignState,
    CounterState,
)
from bot.model.commands.pledges import (
    AddCampaign,
    AnswerCounter,
    ApproveCampaign,
    CancelCampaign,
    CompleteCampaign,
    EditCampaign,
    ExtendCampaign,
    ProposeCampaign,
    ReturnCampaign,
    SubmitCampaign,
    day_of,
)
from bot.model.pledge import MeasureKind, Rhythm
from bot.model.pledge_catalogue import EntryState
from bot.model.staff import May
from bot.service.pledges.campaign_clock import (
    COUNTER,
    NOT_NOW,
    close_approval,
    complete,
    move,
    plan_counter,
    replace_by,
    set_timer,
    stop_timers,
    tell_later,
    tell_proposer,
)
from bot.service.pledges.campaign_days import closes_at
from bot.service.pledges.catalogue import CHANGED
from bot.service.pledges.consent import own_fault
from bot.service.pledges.making import NO_SUCH, amount_fault, is_resent
from bot.service.staff_alerts import alert_staff
from bot.service.texts import texts_fault
from bot.store.alerts import Subject
from bot.store.events import CITIZEN, CLOCK, by_staff
from bot.store.unit import Unit

NO_CAMPAIGN = Refused(_("There is no such pledge."))
LATEST_DEADLINE = timedelta(days=366)
ANSWERED_WITHIN = 5  # working days, to the citizen who proposed a campaign
MOST_PROPOSED = 3  # of one citizen, that wait for staff
ENOUGH = _(
    "Some proposals of yours are being read. You can propose more when you have the answers."
)
APPROVED, RETURNED, DECLINED = "approved", "returned", "declined"  # to the proposer
EDITABLE = frozenset(
    {
        *("titles", "texts", "theme", "target", "deadline", "kind", "rhythm", "measure", "amount"),
        *("area", "catalogue_id", "counter", "counter_staff_id", "counter_on"),
    }
)
RECENT = 20  # drafts among which the same one is looked for
FROZEN = ("titles", "texts", "theme", "target", "kind", "rhythm", "measure", "amount", "area")


async def propose_campaign(command: ProposeCampaign, unit: Unit) -> Done | Refused:
    """Store a citizen's proposal and ask staff to approve it; the value is its id."""
    person = await unit.people.get(command.person_id)
    participant = await unit.participants.of_person(person.id, person.address)
    wrong = await own_fault(unit, person.id, participant.id)
    if wrong is not None:
        return wrong
    if not await may_propose(unit, participant.id):
        return Refused(ENOUGH)
    found = await _proposed(command, unit, person.language)
    if isinstance(found, Refused):
        return found
    new = replace(found, state=CampaignState.IN_REVIEW, proposer_id=participant.id)
    wrong = await fault_of(unit, new)
    if wrong is not None:
        return wrong
    made = await unit.campaigns.add(new)
    await unit.events.add(CITIZEN, "campaign_proposed", campaign=made)
    await ask_approval(unit, made, "campaign_proposed", "1")
    await set_timer(unit, made, unit.calendar.end_of_work(answer_day(unit)))
    return Done(made)


async def may_propose(unit: Unit, participant_id: int) -> bool:
    """Return whether a citizen may propose one more: only some wait for staff at once."""
    own = await unit.campaigns.of_proposer(participant_id)
    return sum(one.state is CampaignState.IN_REVIEW for one in own) < MOST_PROPOSED


async def _proposed(command: ProposeCampaign, unit: Unit, language: str) -> Campaign | Refused:
    """Return the campaign of a citizen's words, or of an entry of the catalogue."""
    entry = None
    if command.catalogue_id is not None:
        entry = await unit.catalogue.get(command.catalogue_id)
        if entry is None or entry.state is not EntryState.PUBLISHED:
            return NO_SUCH
    name, words = command.name.strip(), command.words.strip()
    return Campaign(
        id=0,
        title=name or (entry.title if entry else ""),
        titles={language: name} if name or entry is None else entry.titles,
        texts={language: words} if words or entry is None else entry.texts,
        theme=command.theme,
        target=command.target,
        deadline=day_of(command.deadline),
        kind=entry.kind if entry else MeasureKind.LEVEL,
        rhythm=entry.rhythm if entry else Rhythm.ONCE,
        measure=entry.measure if entry else None,
        amount=entry.amount if entry else 0,
        catalogue_id=entry.id if entry else None,
    )


def answer_day(unit: Unit) -> date:
    """Return the day by which staff answer a proposal that is made now."""
    return unit.calendar.due_date(unit.now, ANSWERED_WITHIN)


async def add_campaign(command: AddCampaign, unit: Unit) -> Done | Refused:
    """Create a draft; the value is its id. A form that is sent twice makes one."""
    today = unit.calendar.local(unit.now).date()
    blank = Campaign(0, "", {}, {}, "", 0, today, MeasureKind.LEVEL, Rhythm.ONCE)
    new = _with(blank, command.fields)
    wrong = await fault_of(unit, new)
    if wrong is not None:
        return wrong
    author = command.staff_id
    new = replace(new, staff_id=author, authors=(author,), previous_id=command.previous_id)
    await unit.facts.hold(f"drafts:{author}")
    for one in await unit.campaigns.in_states({CampaignState.DRAFT}, RECENT):
        if is_resent(one, new):
            return Done(one.id)  # the same form again
    made = await unit.campaigns.add(new)
    await unit.events.add(by_staff(command.staff_id), "campaign_added", campaign=made)
    return Done(made)


async def edit_campaign(command: EditCampaign, unit: Unit) -> Done | Refused:
    """Change a campaign that is not approved yet; afterwards its wording is frozen."""
    known = await unit.campaigns.lock(command.campaign_id)
    if known is None:
        return NO_CAMPAIGN
    if known.state not in UNAPPROVED:
        return Refused(_("People have signed these words. Make a new version instead."))
    if known.version != command.version:
        return CHANGED
    changed = _with(known, command.fields)
    wrong = await fault_of(unit, changed)
    if wrong is not None:
        return wrong
    values = {name: getattr(changed, name) for name in (*EDITABLE, "title")}
    # After an edit, its approver has not read the present text.
    authors = tuple(dict.fromkeys((*known.authors, command.staff_id)))
    values |= {"version": known.version + 1, "staff_id": command.staff_id, "authors": authors}
    await unit.campaigns.change(known.id, **values, state=CampaignState.DRAFT)
    await unit.events.add(by_staff(command.staff_id), "campaign_edited", campaign=known.id)
    return Done(known.id)


async def submit_campaign(command: SubmitCampaign, unit: Unit) -> Done | Refused:
    """Send a draft to its approval by another member of the staff."""
    known = await unit.campaigns.lock(command.campaign_id)
    if known is None:
        return NO_CAMPAIGN
    moved = await move(unit, known, CampaignState.IN_REVIEW)
    if moved is not None:
        return moved
    await unit.events.add(by_staff(command.staff_id), "campaign_submitted", campaign=known.id)
    await ask_approval(unit, known.id, "campaign_review", str(known.version), but=command.staff_id)
    return Done(known.id)


async def approve_campaign(command: ApproveCampaign, unit: Unit) -> Done | Refused:
    """Open a campaign: its wording is frozen, and signers of the earlier version are invited."""
    known = await unit.campaigns.lock(command.campaign_id)
    if known is None:
        return NO_CAMPAIGN
    if known.state is CampaignState.OPEN:
        return Done(known.id)
    if command.staff_id in known.authors:
        return Refused(_("Another member of the staff approves what you wrote."))
    if known.version != command.version:
        return CHANGED
    wrong = await fault_of(unit, known) or await move(
        unit,
        known,
        CampaignState.OPEN,
        text_hash=hash_of(known),
        approved_by=command.staff_id,
        staff_id=known.staff_id or command.staff_id,
        opened_at=unit.now,
        counter_state=CounterState.PROMISED if known.counter else None,
    )
    if wrong is not None:
        return wrong
    await unit.events.add(by_staff(command.staff_id), "campaign_approved", campaign=known.id)
    await close_approval(unit, known.id)
    await set_timer(unit, known.id, closes_at(unit, known.deadline))
    if known.counter and known.counter_on is not None:
        await plan_counter(unit, known)
    await tell_proposer(unit, known, APPROVED)
    if known.previous_id is not None:
        await _replace(unit, known.previous_id, known)
    return Done(known.id)


async def return_campaign(command: ReturnCampaign, unit: Unit) -> Done | Refused:
    """Send a campaign back to its draft with the reason; who proposed it is told."""
    wrong = _reason_fault(command.reason)
    if wrong is not None:
        return wrong
    known = await unit.campaigns.lock(command.campaign_id)
    if known is None:
        return NO_CAMPAIGN
    reason = command.reason.strip()
    moved = await move(unit, known, CampaignState.DRAFT, reason=reason)
    if moved is not None:
        return moved
    by = by_staff(command.staff_id)
    await unit.events.add(by, "campaign_returned", reason=reason, campaign=known.id)
    await close_approval(unit, known.id)
    await tell_proposer(unit, known, f"{RETURNED}:{known.version}")
    if known.staff_id is not None:
        subject = Subject(CAMPAIGN, known.id)
        occasion = str(known.version)
        await alert_staff(unit, [known.staff_id], subject, "campaign_returned", occasion)
    return Done(known.id)


async def cancel_campaign(command: CancelCampaign, unit: Unit) -> Done | Refused:
    """Cancel a campaign; all who signed are told why, and are released."""
    wrong = _reason_fault(command.reason, command.other_reasons)
    if wrong is not None:
        return wrong
    known = await unit.campaigns.lock(command.campaign_id)
    if known is None:
        return NO_CAMPAIGN
    reason = command.reason.strip()
    reasons = {**command.other_reasons, "da": reason}
    moved = await move(
        unit, known, CampaignState.CANCELLED, reason=reason, ended_at=unit.now, reasons=reasons
    )
    if moved is not None:
        return moved
    by = by_staff(command.staff_id)
    await unit.events.add(by, "campaign_cancelled", reason=reason, campaign=known.id)
    await stop_timers(unit, known.id)
    await close_approval(unit, known.id)
    if known.state in UNAPPROVED:
        await tell_proposer(unit, known, DECLINED)
    await tell_later(unit, known.id)
    return Done(known.id)


async def extend_campaign(command: ExtendCampaign, unit: Unit) -> Done | Refused:
    """Give a campaign a later deadline, once; all who signed are told the reason."""
    wrong = _reason_fault(command.reason)
    if wrong is not None:
        return wrong
    known = await unit.campaigns.lock(command.campaign_id)
    if known is None:
        return NO_CAMPAIGN
    if known.state not in {CampaignState.OPEN, CampaignState.EXPIRED_UNMET}:
        return NOT_NOW
    if known.extended_from is not None:
        return Refused(_("The deadline has been extended once already."), "deadline")
    deadline, today = day_of(command.deadline), unit.calendar.local(unit.now).date()
    if deadline <= max(known.deadline, today) or deadline > today + LATEST_DEADLINE:
        return Refused(_("Choose a day after the present deadline, and within a year."), "deadline")
    await unit.campaigns.change(
        known.id,
        state=CampaignState.OPEN,
        deadline=deadline,
        extended_from=known.deadline,
        extended_why=command.reason.strip(),
        ended_at=None,
    )
    by = by_staff(command.staff_id)
    await unit.events.add(by, "campaign_extended", reason=command.reason, campaign=known.id)
    await set_timer(unit, known.id, closes_at(unit, deadline))
    await tell_later(unit, known.id)
    return Done(known.id)


async def complete_campaign(command: CompleteCampaign, unit: Unit) -> Done | Refused:
    """Close a campaign and publish its result; refused while an obstacle has no answer."""
    known = await unit.campaigns.lock(command.campaign_id)
    if known is None:
        return NO_CAMPAIGN
    if known.state is CampaignState.COMPLETED:
        return Done(known.id)
    if known.state is not CampaignState.FOLLOW_UP:
        return NOT_NOW
    left = await unit.contributions.unanswered(known.id)
    if left:
        text = _("{count} people told what stood in the way, and wait for an answer.")
        return Refused(text.with_(count=left), "obstacles")
    await complete(unit, known, by_staff(command.staff_id))
    return Done(known.id)


async def answer_counter(command: AnswerCounter, unit: Unit) -> Done | Refused:
    """Store what became of the municipality's own pledge, as everybody sees it."""
    known = await unit.campaigns.lock(command.campaign_id)
    if known is None or not known.counter:
        return NO_CAMPAIGN
    state = CounterState(command.state)
    if state is CounterState.PROMISED:
        return Refused(_("Choose how it went."), "state")
    wrong = texts_fault(command.words, LONGEST_TEXT)
    if wrong is not None:
        return Refused(wrong, "words")
    words = {"counter_state": state, "counter_words": dict(command.words)}
    await unit.campaigns.change(known.id, **words)
    await unit.timers.cancel(COUNTER, str(known.id))
    await unit.alerts.close_about(("counter_soon", "counter_due"), Subject(CAMPAIGN, known.id))
    await unit.events.add(by_staff(command.staff_id), "counter_answered", campaign=known.id)
    return Done(known.id)


def _reason_fault(reason: str, others: Mapping[str, str] | None = None) -> Refused | None:
    """Return why a reason is refused: there is none, it is too long, or has a CPR number (HR-2)."""
    if not reason.strip():
        return Refused(_("Write the reason."), "reason")
    wrong = texts_fault({**(others or {}), "da": reason}, LONGEST_TEXT)
    return None if wrong is None else Refused(wrong, "reason")


def hash_of(campaign: Campaign) -> str:
    """Return the hash of the words that people sign."""
    return digest_of({name: getattr(campaign, name) for name in FROZEN})


async def fault_of(  # noqa: PLR0911 - one rule each
    unit: Unit, campaign: Campaign
) -> Refused | None:
    """Return what is wrong with a campaign, with the field; None where it is right."""
    today = unit.calendar.local(unit.now).date()
    for name, longest in (("titles", LONGEST_TITLE), ("texts", LONGEST_TEXT)):
        texts: Mapping[str, str] = getattr(campaign, name)
        # A citizen writes in one language; staff add the Danish text before the approval.
        given = texts if "da" in texts or campaign.id else {"da": next(iter(texts.values()), "")}
        wrong = texts_fault(given, longest)
        if wrong is not None:
            return Refused(wrong, name)
    if campaign.theme not in {one.key for one in unit.town.pledge_themes}:
        return Refused(_("Choose one of the themes."), "theme")
    if not LEAST_TARGET <= campaign.target <= MOST_TARGET:
        text = _("Write a number from {least} to {most}.")
        return Refused(text.with_(least=LEAST_TARGET, most=MOST_TARGET), "target")
    if not today < campaign.deadline <= today + LATEST_DEADLINE:
        return Refused(_("Choose a day after today, and within a year."), "deadline")
    wrong = amount_fault(unit, campaign.measure, campaign.amount)
    if wrong is not None:
        return Refused(wrong, "amount")
    if campaign.area is not None and campaign.area not in {one.key for one in unit.town.areas}:
        return Refused(_("There is no such area."), "area")
    entry_id = campaign.catalogue_id
    if entry_id is not None and await unit.catalogue.get(entry_id) is None:
        return NO_SUCH
    return await _counter_fault(unit, campaign)


async def _counter_fault(unit: Unit, campaign: Campaign) -> Refused | None:
    """Return what is missing of the municipality's own pledge: an owner and a date."""
    owner = await unit.staff.get(campaign.counter_staff_id or 0)
    if campaign.counter_staff_id is not None and (owner is None or not owner.may(May.PLEDGES)):
        return Refused(_("Choose who answers for it."), "counter_staff_id")
    if not campaign.counter:
        return None
    wrong: Text | None = texts_fault(campaign.counter, LONGEST_TEXT)
    if wrong is not None:
        return Refused(wrong, "counter")
    if campaign.counter_staff_id is None:
        return Refused(_("Choose who answers for it."), "counter_staff_id")
    if campaign.counter_on is None:
        return Refused(_("Choose the day by which it is kept."), "counter_on")
    return None


def _with(known: Campaign, given: Mapping[str, Any]) -> Campaign:
    """Return a campaign with the given fields."""
    values = {name: value for name, value in given.items() if name in EDITABLE}
    changed = replace(known, **values)
    return replace(changed, title=changed.titles.get("da", "").strip())


async def ask_approval(
    unit: Unit, campaign_id: int, kind: str, occasion: str, *, but: int | None = None
) -> None:
    """Alert the staff who may approve a campaign."""
    staff = [one.id for one in await unit.staff.holders(May.PLEDGES) if one.id != but]
    await alert_staff(unit, staff, Subject(CAMPAIGN, campaign_id), kind, occasion)


async def _replace(unit: Unit, previous_id: int, new: Campaign) -> None:
    """Cancel the earlier version; its signers are released, and invited to sign the new one."""
    previous = await unit.campaigns.lock(previous_id)
    if previous is None or CampaignState.CANCELLED not in FOLLOWING[previous.state]:
        return
    await replace_by(unit, previous, new.id)
    await unit.events.add(CLOCK, "campaign_cancelled", campaign=previous.id)
    await tell_later(unit, previous.id)
