"""A volunteer's hours in the chat: the sums, and the statement as a file."""

from __future__ import annotations

from bot.documents.statement import MIME
from bot.runner.chat_files import put_file
from bot.runner.context import TurnContext
from bot.service.volunteering.hours import hours_of, hours_statement
from flows import hours_cards


async def show(context: TurnContext) -> None:
    """Show how often the citizen helped, for how long, and the milestones."""
    hours = await hours_of(context.unit, await _participant_of(context))
    context.send(hours_cards.hours(hours.times, hours.minutes, hours.milestones))


async def send_statement(context: TurnContext) -> None:
    """Send the statement of the citizen's hours as PDF; without hours, say so."""
    participant_id = await _participant_of(context)
    if not (await hours_of(context.unit, participant_id)).times:
        await show(context)
        return
    content = await hours_statement(context.unit, participant_id, context.language)
    await put_file(context, hours_cards.FILE_NAME, MIME, content, caption=hours_cards.FILE)


async def _participant_of(context: TurnContext) -> int:
    citizen = context.citizen
    return (await context.unit.participants.of_person(citizen.id, citizen.address)).id
