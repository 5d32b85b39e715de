"""Staff behind chats about shared pledges: they write, approve and answer by commands."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from chat_store import ask, opened
from sqlalchemy import select

from bot.i18n import language_for
from bot.model.commands.pledges import AddCampaign, ApproveCampaign, SubmitCampaign
from bot.model.pledge import PER_UNIT
from bot.store.tables import staff
from bot.testing import Chat

LAMPS: dict[str, Any] = {
    "titles": {"da": "Mørkt ved havnen", "en": "Dark at the harbour"},
    "texts": {
        "da": "Jeg slukker mit udelys kl. 22, hvis andre også gør det.",
        "en": "I turn off my outdoor lights at 10 pm, if others do it too.",
    },
    "theme": "night",
    "kind": "level",
    "rhythm": "once",
    "measure": "lamps",
    "amount": 2 * PER_UNIT,
}


async def staff_ids(chat: Chat) -> tuple[int, int]:
    """Return the ids of Mette, who writes, and of Jonas, who approves."""
    async with opened(chat) as store, store.reading() as unit:
        rows = await unit.connection.execute(select(staff.c.id, staff.c.username))
        ids = {row.username: row.id for row in rows}
    return ids["mette"], ids["jonas"]


async def campaign(chat: Chat, *, days: int = 10, **fields: Any) -> int:
    """Let staff write a campaign and approve it; return its id."""
    previous_id = fields.pop("previous_id", None)
    mette, jonas = await staff_ids(chat)
    deadline = chat.clock.now().date() + timedelta(days=days)
    whole = {**LAMPS, "target": 2, "deadline": deadline, **fields}
    made = await ask(chat, AddCampaign(mette, whole, previous_id))
    assert isinstance(made, int), made
    assert await ask(chat, SubmitCampaign(mette, made)) == made
    assert await ask(chat, ApproveCampaign(jonas, made, 1)) == made
    return made


async def arrive(chat: Chat, *names: str) -> None:
    """Let citizens start the chat."""
    for name in names:
        await chat.play(f"{name}: /start")


async def sign(chat: Chat, campaign_id: int, *names: str) -> None:
    """Let citizens sign a campaign in the chat: age, consent and the suggested amount."""
    for name in names:
        is_danish = language_for(chat.people[name][1]) == "da"
        lines = ("[Jeg er med]", "ja", "ja") if is_danish else ("[I'm in]", "yes", "yes")
        amount = "[2 lamper]" if is_danish else "[2 lamps]"
        for line in (f"/start fl-{campaign_id}", *lines, amount):
            await chat.play(f"{name}: {line}")
