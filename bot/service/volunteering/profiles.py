"""A volunteer's profile: one answer at a time, with a consent that is withdrawn as easily."""

from __future__ import annotations

from bot.engine.events import Done, Refused
from bot.i18n import _
from bot.model.commands.volunteering import LeaveVolunteering, SaveProfile, Withdraw
from bot.model.profile import CONSENT, Part, Profile, Wish
from bot.service.volunteering.signups import withdraw
from bot.store.events import CITIZEN
from bot.store.unit import Unit

CONSENT_TEXT_VERSION = 1  # of the question; increase it with each new wording
MOST_CHOICES = 40
_LISTS = frozenset({"interests", "times", "languages", "skills"})
_FIELDS = _LISTS | {"area", "phone", "over_15", "wish"}
TIMES = frozenset(f"{day}-{part}" for day in range(7) for part in Part)


async def save_profile(command: SaveProfile, unit: Unit) -> Done | Refused:
    """Store answers by name; the first one is stored with the consent."""
    unknown = set(command.fields) - _FIELDS
    if unknown:
        raise KeyError(f"not a field of a profile: {', '.join(sorted(unknown))}")
    values = dict(command.fields)
    for name in _LISTS & set(values):
        chosen = values[name]
        if chosen is not None:
            values[name] = list(dict.fromkeys(chosen))[:MOST_CHOICES]
    if values.get("wish") is not None:
        values["wish"] = Wish(values["wish"])
    if values.get("times") is not None and not set(values["times"]) <= TIMES:
        return Refused(_("Choose one of the options."), "times")
    person = await unit.people.get(command.person_id)
    participant = await unit.participants.of_person(person.id, person.address)
    if CONSENT not in await unit.consents.live(person.id):
        await unit.consents.give(person.id, CONSENT, CONSENT_TEXT_VERSION, person.language)
    await unit.profiles.save(participant.id, **values)
    return Done(participant.id)


async def leave_volunteering(command: LeaveVolunteering, unit: Unit) -> Done | Refused:
    """Withdraw the consent: erase the profile, and cancel the sign-ups that are to come."""
    person = await unit.people.get(command.person_id)
    participant = await unit.participants.of_person(person.id, person.address)
    for one in await unit.signups.live_of_person(participant.id):
        await withdraw(Withdraw(person.id, one.id), unit)
    over_15 = (await unit.profiles.get(participant.id)).over_15
    await unit.profiles.save(
        participant.id,
        interests=None,
        times=None,
        area=None,
        languages=None,
        skills=None,
        phone=None,
        wish=None,
        over_15=over_15,
    )
    await unit.consents.withdraw(person.id, CONSENT)
    await unit.events.add(CITIZEN, "left_volunteering", participant=participant.id)
    return Done(participant.id)


def missing(profile: Profile, needed: frozenset[str]) -> list[str]:
    """Return the names of needed fields that are not answered yet, in the order of asking."""
    order = ("over_15", "interests", "times", "area", "languages", "skills", "phone", "wish")
    return [name for name in order if name in needed and getattr(profile, name) is None]
