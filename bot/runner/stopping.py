"""Messages are stopped at the citizen's word, at once: news, or warnings about danger."""

from __future__ import annotations

from bot.engine.effects import Send
from bot.model.broadcast import WARNINGS
from bot.model.commands.citizen import SaveWarnings
from bot.model.pledge import LIVES
from bot.runner import conversations, own_pledges
from bot.runner.context import TurnContext
from bot.service import execute
from bot.service.deliveries import take_back_unwanted
from bot.store.outbox import Priority
from flows import cards, messages, own_pledge_cards

TO_WARNINGS = cards.command_button("warnings", messages.WARNINGS)


async def stop(context: TurnContext) -> None:
    """Withdraw consent to news at once and pause the flow with its answers kept (HR-17)."""
    await context.unit.consents.withdraw(context.citizen.id, None)
    await take_back_unwanted(context.unit, context.citizen.id)  # with its reason in the ledger
    await context.unit.outbox.drop_lane(context.lane, Priority.BROADCAST)
    said, ways = messages.STOPPED, [cards.TO_MENU]
    if await own_pledges.of_citizen(context, LIVES):
        said = messages.BOTH.with_(first=said, second=messages.PLEDGES_GO_ON)
        ways.insert(0, own_pledge_cards.TO_MINE)
    waiting = await context.unit.conversations.waiting(context.citizen.id)
    context.send(Send(said, () if waiting else tuple(ways)))
    if WARNINGS in await context.unit.consents.live(context.citizen.id):
        context.send(Send(messages.STILL_WARNED, (TO_WARNINGS, cards.TO_MENU)))
    if waiting is None:
        return
    await conversations.pause(context, waiting)
    resume_it = cards.command_button(f"resume.{waiting.id}", messages.CONTINUE)
    context.send(Send(messages.LEFT_FLOW, (resume_it, cards.TO_MENU)))


async def stop_warnings(context: TurnContext) -> None:
    """Withdraw the consent to warnings at once; the button asks whether they may come again."""
    await execute(SaveWarnings(context.citizen.id, allowed=False), context.unit)
    context.send(Send(messages.WARNINGS_STOPPED, (TO_WARNINGS, cards.TO_MENU)))
