"""A volunteer's profile: one answer at a time, with a consent that is withdrawn as easily."""

from __future__ import annotations

from bot.engine.events import Done, Refused
from bot.i18n import _
from bot.model.commands.volunteering import (
    BecomeVolunteer,
    LeaveVolunteering,
    SaveProfile,
    Withdraw,
)
from bot.model.opportunity import Gate, Insurance, Kind, Opportunity
from bot.model.profile import CONSENT, CONSENT_TEXT_VERSION, Part, Profile, Wish
from bot.service.pledges.ending import hold_person, stop_all
from bot.service.volunteering import gates, requests
from bot.service.volunteering.contacts import tell_contacts
from bot.service.volunteering.signups import withdraw
from bot.store.events import CITIZEN
from bot.store.unit import Unit

MOST_CHOICES = 40
BY_ASSOCIATION = "children_association"  # the certificate that an association orders
_LISTS = frozenset({"interests", "times", "languages", "skills"})
# Asked after a sign-up, one at a time, in this order.
OPTIONAL = ("interests", "times", "area", "wish")
TIMES = frozenset(f"{day}-{part}" for day in range(7) for part in Part)


async def become_volunteer(command: BecomeVolunteer, unit: Unit) -> Done | Refused:
    """Store the consent with the first answer; of a child store the answer alone (HR-20)."""
    person = await unit.people.get(command.person_id)
    participant = await unit.participants.of_person(person.id, person.address)
    given = {"over_15": command.over_15, "phone": command.phone}
    values = {name: value for name, value in given.items() if value is not None}
    if command.over_15 is False:
        await unit.profiles.save(participant.id, over_15=False)
        await _end_of_child(unit, person.id, participant.id)
        return Done(participant.id)
    await unit.consents.give(person.id, CONSENT, CONSENT_TEXT_VERSION, person.language)
    if values:
        await unit.profiles.save(participant.id, **values)
    return Done(participant.id)


async def save_profile(command: SaveProfile, unit: Unit) -> Done | Refused:
    """Store answers by name; refuse them without the consent."""
    given = {name: getattr(command, name) for name in (*_LISTS, "area", "phone", "over_15", "wish")}
    values = {name: value for name, value in given.items() if value is not None}
    for name in _LISTS & set(values):
        values[name] = list(dict.fromkeys(values[name]))[:MOST_CHOICES] or None
    if values.get("times") is not None and not set(values["times"]) <= TIMES:
        return Refused(_("Choose one of the options."), "times")
    if "wish" in values:
        values["wish"] = Wish(values["wish"]) if values["wish"] else None
    for name in {"area", "phone"} & set(values):
        values[name] = values[name] or None
    person = await unit.people.get(command.person_id)
    participant = await unit.participants.of_person(person.id, person.address)
    await hold_person(unit, participant.id)
    if CONSENT not in await unit.consents.live(person.id):
        return Refused(_("You are not a volunteer here now, so I have not kept that."))
    if values:
        await unit.profiles.save(participant.id, **values)
    if command.over_15 is False:
        await _end_of_child(unit, person.id, participant.id)
    return Done(participant.id)


async def _end_of_child(unit: Unit, person_id: int, participant_id: int) -> None:
    """Cancel what a person under 15 has signed up for; the contacts are told (HR-20)."""
    await stop_all(unit, participant_id, CITIZEN)
    for one in await requests.in_order(unit, participant_id):
        ended = await withdraw(Withdraw(person_id, one.id), unit)
        if isinstance(ended, Done):
            await tell_contacts(
                unit, one.opportunity_id, "volunteer_cannot", str(one.id), signup=one.id
            )


async def asked_once(
    unit: Unit, person_id: int, participant_id: int, consent: str = CONSENT
) -> list[str]:
    """Return what a person must answer before they are kept, and has not answered yet."""
    profile = await unit.profiles.get(participant_id)
    asked = ["over_15"] if profile.over_15 is None else []
    if consent not in await unit.consents.live(person_id):
        asked.append("consent")
    return asked


async def questions_before(
    unit: Unit, person_id: int, participant_id: int, known: Opportunity
) -> list[str]:
    """Return what must be asked before a sign-up: only what is needed and not answered yet."""
    profile = await unit.profiles.get(participant_id)
    checks = await unit.profiles.gates(participant_id)
    asked = await asked_once(unit, person_id, participant_id)
    if known.kind is Kind.AGREEMENT and profile.phone is None:
        asked.append("phone")  # for a call in which they agree on a time
    for gate in await gates.missing(unit, participant_id, known):
        if gate in gates.ACKNOWLEDGED:
            asked.append(gate.value)
        elif gate not in checks:
            by_association = gate is Gate.CHILDREN and known.insurance is Insurance.ASSOCIATION
            asked.append(BY_ASSOCIATION if by_association else gate.value)
    return [*asked, *(need.value for need in known.needs)]


async def leave_volunteering(command: LeaveVolunteering, unit: Unit) -> Done | Refused:
    """Withdraw the consent: erase the profile, and cancel the sign-ups that are to come."""
    person = await unit.people.get(command.person_id)
    participant = await unit.participants.of_person(person.id, person.address)
    for one in await requests.in_order(unit, participant.id):
        await withdraw(Withdraw(person.id, one.id), unit)
    await _erase_profile(unit, participant.id)
    await unit.consents.withdraw(person.id, CONSENT)
    await unit.events.add(CITIZEN, "left_volunteering", participant=participant.id)
    return Done(participant.id)


async def end_volunteering(unit: Unit, participant_id: int, by: str) -> None:
    """Cancel the sign-ups and erase the profile of a participant, whose entry staff delete."""
    for one in await requests.in_order(unit, participant_id):
        await withdraw(Withdraw(None, one.id, by=by), unit)
    await _erase_profile(unit, participant_id)


async def _erase_profile(unit: Unit, participant_id: int) -> None:
    """Erase all of a profile but whether the person may sign up at all."""
    over_15 = (await unit.profiles.get(participant_id)).over_15
    await unit.profiles.save(
        participant_id,
        interests=None,
        times=None,
        area=None,
        languages=None,
        skills=None,
        phone=None,
        wish=None,
        over_15=over_15,
    )


def optional(profile: Profile) -> list[str]:
    """Return the optional answers that are missing, in the order of asking."""
    return [name for name in OPTIONAL if not getattr(profile, name)]
