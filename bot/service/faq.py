"""What became of the answers of the FAQ: counts only, nobody's name."""

from __future__ import annotations

from bot.engine.events import Done, Refused
from bot.model.commands import RateAnswer
from bot.store.unit import Unit


async def rate_answer(command: RateAnswer, unit: Unit) -> Done | Refused:
    """Count that an answer helped, or that the citizen went on to a person."""
    day = unit.now.date().isoformat()
    await unit.faq.count(
        command.faq_id, day, helped=int(command.helped), asked_on=int(not command.helped)
    )
    return Done()
