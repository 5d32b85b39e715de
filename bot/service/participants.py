"""Services for participants, their roles and their groups."""

from __future__ import annotations

from bot.engine.events import Done, Refused
from bot.i18n import _
from bot.model.commands.reminders import (
    AddGroup,
    AddParticipant,
    EditParticipant,
    EndGroup,
    EndParticipant,
    EndRole,
    GiveRole,
    JoinGroup,
    LeaveGroup,
)
from bot.model.group import Group, GroupKind
from bot.model.participant import CitizenRole
from bot.model.staff import LONGEST_NAME, tidy_name
from bot.redact import redact_text
from bot.service import reminders
from bot.service.phone_calls import delivery_of_task
from bot.service.pledges.ending import hold_person, stop_all
from bot.service.volunteering.profiles import end_volunteering
from bot.store.events import by_staff
from bot.store.unit import Unit
from flows.asking import phone_number

NO_PARTICIPANT = Refused(_("There is no such person."))
NO_GROUP = Refused(_("There is no such group."))
CPR_IN_NAME = _("There is a CPR number in it. Take it out.")
TOO_LONG = _("A name has at most {most} characters.").with_(most=LONGEST_NAME)


async def add_participant(command: AddParticipant, unit: Unit) -> Done | Refused:
    """Enter a participant who is not in the chat; the value is the id."""
    read = await _name_and_phone(unit, command, 0)
    if isinstance(read, Refused):
        return read
    made = await unit.participants.add(*read, command.staff_id)
    await unit.events.add(by_staff(command.staff_id), "participant_added", participant=made)
    return Done(made)


async def edit_participant(command: EditParticipant, unit: Unit) -> Done | Refused:
    """Change the name and phone of a participant who is not in the chat."""
    known = await unit.participants.get(command.participant_id)
    if known is None or not known.is_entered:
        return NO_PARTICIPANT
    read = await _name_and_phone(unit, command, known.id)
    if isinstance(read, Refused):
        return read
    await unit.participants.change(known.id, first_name=read[0], phone=read[1])
    await unit.events.add(by_staff(command.staff_id), "participant_edited", participant=known.id)
    return Done(known.id)


async def end_participant(command: EndParticipant, unit: Unit) -> Done | Refused:
    """Delete a participant who is not in the chat; the calls that wait are taken back.

    What they answered stays in the results, without their name.
    """
    await hold_person(unit, command.participant_id)
    known = await unit.participants.get(command.participant_id)
    if known is None or not known.is_entered:
        return NO_PARTICIPANT
    for task in await unit.tasks.open():
        about = delivery_of_task(task.kind, task.subject)
        delivery = await unit.deliveries.get(about) if about is not None else None
        if delivery is not None and delivery.participant_id == known.id:
            await unit.tasks.done(task.id, command.staff_id)
    await end_volunteering(unit, known.id, by_staff(command.staff_id))
    await stop_all(unit, known.id, by_staff(command.staff_id))
    for role in await unit.participants.roles(known.id):
        await unit.participants.end_role(known.id, CitizenRole(role.role))
    for group in await unit.groups.of_participant(known.id):
        await unit.groups.leave(group.id, known.id)
    await unit.participants.change(
        known.id, first_name="", phone=None, name_refused=None, ended_at=unit.now
    )
    await unit.events.add(by_staff(command.staff_id), "participant_ended", participant=known.id)
    return Done(known.id)


async def _name_and_phone(
    unit: Unit, command: AddParticipant | EditParticipant, own_id: int
) -> tuple[str, str] | Refused:
    """Return the name and phone of a command; refuse a number that is known."""
    name = tidy_name(command.first_name)
    if not any(letter.isalpha() for letter in name):
        return Refused(_("Write a first name."), "first_name")
    if len(name) > LONGEST_NAME:
        return Refused(TOO_LONG, "first_name")
    if redact_text(name).text != name:
        return Refused(CPR_IN_NAME, "first_name")
    phone = phone_number(command.phone)
    if isinstance(phone, Refused):
        return Refused(phone.why, "phone")
    known = [one for one in await unit.participants.by_phone(phone) if one.id != own_id]
    if known and not command.is_another:
        taken = _("{name} has that number already.").with_(name=known[0].first_name)
        return Refused(taken, "phone")
    return name, phone


async def add_group(command: AddGroup, unit: Unit) -> Done | Refused:
    """Create a group; the value is the id."""
    name = tidy_name(command.name)
    if not any(letter.isalnum() for letter in name):
        return Refused(_("Write the name of the group."), "name")
    if len(name) > LONGEST_NAME:
        return Refused(TOO_LONG, "name")
    if redact_text(name).text != name:
        return Refused(CPR_IN_NAME, "name")
    if command.kind not in list(GroupKind):
        return Refused(_("Choose what kind of group it is."), "kind")
    if command.area is not None and command.area not in {area.key for area in unit.town.areas}:
        return Refused(_("There is no such area."), "area")
    made = await unit.groups.add(Group(0, name, GroupKind(command.kind), command.area))
    await unit.events.add(by_staff(command.staff_id), "group_added", group=made)
    return Done(made)


async def end_group(command: EndGroup, unit: Unit) -> Done | Refused:
    """End a group and the reminders of its lead; its members stay participants."""
    if not await unit.groups.end(command.group_id):
        return NO_GROUP
    await reminders.end_of_group(unit, command.group_id)
    await unit.events.add(by_staff(command.staff_id), "group_ended", group=command.group_id)
    return Done(command.group_id)


async def join_group(command: JoinGroup, unit: Unit) -> Done | Refused:
    """Add a member to a group, or change whether the member is a lead."""
    group = await unit.groups.get(command.group_id)
    if group is None or group.ended_at is not None:
        return NO_GROUP
    participant = await unit.participants.get(command.participant_id)
    if participant is None or participant.ended_at is not None:
        return NO_PARTICIPANT
    if command.is_lead and participant.person_id is None:
        return Refused(
            _("A lead writes in the chat; {name} is not in it.").with_(name=participant.first_name)
        )
    await unit.groups.join(group.id, participant.id, is_lead=command.is_lead)
    if not command.is_lead:
        await reminders.hand_over(unit, group.id, participant.id)
    await unit.events.add(
        by_staff(command.staff_id),
        "group_joined",
        group=group.id,
        participant=participant.id,
        lead=command.is_lead,
    )
    return Done(group.id)


async def leave_group(command: LeaveGroup, unit: Unit) -> Done | Refused:
    """Remove a member of a group; the reminders of a lead pass to another lead, or end."""
    if not await unit.groups.leave(command.group_id, command.participant_id):
        return NO_PARTICIPANT
    await reminders.hand_over(unit, command.group_id, command.participant_id)
    await reminders.take_back_from_leaver(unit, command.participant_id)
    await unit.events.add(
        by_staff(command.staff_id),
        "group_left",
        group=command.group_id,
        participant=command.participant_id,
    )
    return Done(command.group_id)


async def give_role(command: GiveRole, unit: Unit) -> Done | Refused:
    """Give a participant a role."""
    participant = await unit.participants.get(command.participant_id)
    if participant is None:
        return NO_PARTICIPANT
    role = CitizenRole(command.role)
    if not await unit.participants.give_role(participant.id, role, command.staff_id):
        return Refused(_("The person has that role already."))
    await unit.events.add(
        by_staff(command.staff_id), "role_given", participant=participant.id, role=role
    )
    return Done(participant.id)


async def end_role(command: EndRole, unit: Unit) -> Done | Refused:
    """End a participant's role."""
    role = CitizenRole(command.role)
    if not await unit.participants.end_role(command.participant_id, role):
        return NO_PARTICIPANT
    await reminders.take_back_from_leaver(unit, command.participant_id)
    await unit.events.add(
        by_staff(command.staff_id), "role_ended", participant=command.participant_id, role=role
    )
    return Done(command.participant_id)
