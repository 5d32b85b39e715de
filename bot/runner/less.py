"""The button “Less of this”, which reminders and invitations share."""

from __future__ import annotations

from bot.model.commands.reminders import MuteTopic
from bot.model.delivery import Delivery
from bot.model.reminder import SUBJECT
from bot.runner.coming_reminders import put_off_about
from bot.runner.context import TurnContext
from bot.runner.topic_names import no_more
from bot.service import execute
from flows import reminder_cards


async def no_more_of_it(context: TurnContext, delivery: Delivery) -> None:
    """Mute the topic of a delivery."""
    topic = delivery.topic or SUBJECT
    await execute(MuteTopic(context.citizen.id, topic), context.unit)
    said = await no_more(context, topic)
    context.send(reminder_cards.muted_now(said, topic, await put_off_about(context, topic)))
