"""A citizen changes a proposal of a shared pledge that staff returned, and sends it again."""

from __future__ import annotations

from dataclasses import replace

from bot.engine.events import Done, Refused
from bot.i18n import _
from bot.model.campaign import CAMPAIGN, Campaign, CampaignState, replaced_by
from bot.model.commands.pledges import ReviseProposal, day_of
from bot.service.pledges.campaign_clock import close_approval, replace_by, set_timer
from bot.service.pledges.campaigns import (
    NO_CAMPAIGN,
    answer_day,
    ask_approval,
    fault_of,
)
from bot.service.pledges.consent import own_fault
from bot.store.alerts import Subject
from bot.store.events import CITIZEN
from bot.store.unit import Unit

WITH_STAFF = Refused(_("Your proposal is with the municipality. You get an answer here."))
# The question of the chat about each field that a refusal names.
QUESTION_OF = {"titles": "name", "texts": "words"}


def is_returned(known: Campaign) -> bool:
    """Return whether a proposal waits for a change by the citizen who made it."""
    return known.state is CampaignState.DRAFT and known.reason is not None


async def revise_proposal(command: ReviseProposal, unit: Unit) -> Done | Refused:
    """Store a changed proposal, which replaces the returned one; the value is its id.

    The returned one stays as staff read it, so that they see what is changed since.
    """
    person = await unit.people.get(command.person_id)
    participant = await unit.participants.of_person(person.id, person.address)
    known = await unit.campaigns.lock(command.campaign_id)
    if known is None or known.proposer_id != participant.id:
        return NO_CAMPAIGN
    newer = replaced_by(known)
    if newer is not None:
        return Done(newer)
    wrong = await own_fault(unit, person.id, participant.id)
    if wrong is not None or not is_returned(known):
        return wrong or WITH_STAFF
    changed = _changed(known, command, person.language)
    new = replace(
        changed, id=0, version=1, state=CampaignState.IN_REVIEW, reason=None, previous_id=known.id
    )
    wrong = await fault_of(unit, new)
    if wrong is not None:
        return replace(wrong, field=QUESTION_OF.get(wrong.field, wrong.field))
    made = await unit.campaigns.add(new)
    await _retire(unit, known, made)
    await unit.events.add(CITIZEN, "campaign_revised", campaign=made)
    await ask_approval(unit, made, "campaign_proposed", "1")
    await set_timer(unit, made, unit.calendar.end_of_work(answer_day(unit)))
    return Done(made)


def _changed(known: Campaign, command: ReviseProposal, language: str) -> Campaign:
    """Return a proposal with what the citizen changed, without the translations of that."""
    name, words = command.name.strip(), command.words.strip()
    changed = known
    if name and name != known.titles.get(language):
        changed = replace(changed, title=name, titles={language: name})
    if words and words != known.texts.get(language):
        changed = replace(changed, texts={language: words})
    if command.target is not None:
        changed = replace(changed, target=command.target)
    if command.deadline is not None:
        changed = replace(changed, deadline=day_of(command.deadline))
    return changed


async def _retire(unit: Unit, known: Campaign, newer: int) -> None:
    """End the returned proposal; the reason for which it was returned is kept."""
    await replace_by(unit, known, newer, reasons={"da": known.reason or ""})
    await close_approval(unit, known.id)
    await unit.alerts.close_about(("campaign_returned",), Subject(CAMPAIGN, known.id))
