"""Services for a citizen's settings of the chat."""

from __future__ import annotations

from dataclasses import replace

from bot.engine.events import Done, Refused
from bot.i18n import LANGUAGES, _
from bot.model.broadcast import WARNINGS
from bot.model.commands.citizen import SaveNews, SaveSettings, SaveWarnings, SetLanguage
from bot.model.delivery import NEWS
from bot.service import deliveries
from bot.service.broadcasts.welcoming import welcome
from bot.store.unit import Unit

WARNINGS_TEXT_VERSION = 1
NEWS_TEXT_VERSION = 1  # of the question that asks for consent; increase it with each new wording


async def set_language(command: SetLanguage, unit: Unit) -> Done | Refused:
    """Set the language that the citizen reads from now on."""
    if command.language not in LANGUAGES:
        return Refused(_("I do not know that language yet."))
    person = await unit.people.get(command.person_id)
    await unit.people.save(replace(person, language=command.language))
    return Done(command.language)


async def save_settings(command: SaveSettings, unit: Unit) -> Done | Refused:
    """Save name, area and quiet hours; the value is the citizen's name in messages."""
    person = await unit.people.get(command.person_id)
    quiet = (person.quiet_from, person.quiet_until)
    if command.quiet == "town":
        quiet = (None, None)
    elif command.quiet is not None:
        start, end = command.quiet.split("-")
        quiet = (int(start), int(end))
    changed = replace(
        person,
        called=command.called or person.called,
        area=command.area,
        quiet_from=quiet[0],
        quiet_until=quiet[1],
    )
    await unit.people.save(changed)
    return Done(changed.address)


async def save_news(command: SaveNews, unit: Unit) -> Done | Refused:
    """Give and withdraw consents, so that exactly the chosen topics are live.

    A no to the question changes nothing: earlier consents stay live until the
    citizen chooses no topics or writes "stop".
    """
    if command.topics is None or command.consent is False:
        return Done(0)
    person = await unit.people.get(command.person_id)
    live = await unit.consents.live(person.id)
    wanted = {NEWS + topic for topic in command.topics}
    for purpose in sorted(wanted - set(live)):
        await unit.consents.give(person.id, purpose, NEWS_TEXT_VERSION, person.language)
        await welcome(unit, person, purpose.removeprefix(NEWS))
    for purpose in sorted({p for p in live if p.startswith(NEWS)} - wanted):
        await unit.consents.withdraw(person.id, purpose)
    await deliveries.take_back_unwanted(unit, person.id)
    return Done(len(wanted))


async def save_warnings(command: SaveWarnings, unit: Unit) -> Done | Refused:
    """Give or withdraw the consent to warnings; the value is whether it is live."""
    person = await unit.people.get(command.person_id)
    if command.allowed:
        version = WARNINGS_TEXT_VERSION
        await unit.consents.give(person.id, WARNINGS, version, person.language)
    else:
        await unit.consents.withdraw(person.id, WARNINGS)
        await deliveries.take_back_unwanted(unit, person.id)
    return Done(command.allowed)
