"""The conversation on aiogram's FSM, in memory.

    python -m benchmarks.turns.rival_aiogram API polling|webhook PORT

It is configured as its documentation says: `MemoryStorage`, one task for each update
(`handle_as_tasks`, the default), and uvloop, the loop of its extra `fast`:
https://docs.aiogram.dev/en/latest/install.html
https://docs.aiogram.dev/en/latest/dispatcher/long_polling.html
The webhook is its handler for aiohttp, which answers before it processes (the default):
https://docs.aiogram.dev/en/latest/dispatcher/webhook.html
It could also reply within the webhook's answer. That is no Bot API call and returns no
message id, so all contenders send only by calls.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence

import uvloop
from aiogram import Bot, Dispatcher, F
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.filters import Command, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
from aiohttp import web

from benchmarks.turns import script
from benchmarks.turns.script import data_of
from bot.simulator import TOKEN
from bot.transport.polling import ALLOWED_UPDATES
from flows.settings import first_name

SECRET = "a-secret-of-this-benchmark"  # noqa: S105 - it opens nothing


class Walk(StatesGroup):
    """The steps of the conversation."""

    name = State()
    day = State()
    consent = State()


def keyboard(rows: Sequence[Sequence[str]]) -> InlineKeyboardMarkup:
    """Return an inline keyboard."""
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [InlineKeyboardButton(text=label, callback_data=data_of(label)) for label in row]
            for row in rows
        ]
    )


async def opened(message: Message, state: FSMContext) -> None:
    """Ask for a name."""
    await state.set_state(Walk.name)
    await message.answer(script.NAME)


async def named(message: Message, state: FSMContext) -> None:
    """Store the name, and ask for a day."""
    await state.update_data(name=first_name(message.text or ""))
    await state.set_state(Walk.day)
    await message.answer(script.DAY, reply_markup=keyboard(script.DAY_ROWS))


async def chosen(query: CallbackQuery, state: FSMContext) -> None:
    """Store the day, and ask for consent."""
    assert query.message is not None
    await state.update_data(day=query.data)
    await state.set_state(Walk.consent)
    await query.answer()
    await query.message.answer(script.CONSENT, reply_markup=keyboard(script.CONSENT_ROWS))


async def agreed(query: CallbackQuery, state: FSMContext) -> None:
    """Store the consent, and end."""
    assert query.message is not None
    await state.update_data(consent=query.data == data_of(script.YES))
    await state.clear()
    await query.answer()
    await query.message.answer(script.DONE, reply_markup=keyboard(script.DONE_ROWS))


def dispatcher() -> Dispatcher:
    """Return a dispatcher with the conversation."""
    made = Dispatcher(storage=MemoryStorage())
    made.message.register(opened, Command(script.OPEN))
    made.message.register(named, StateFilter(Walk.name), F.text)
    days = {data_of(day) for day in script.DAYS.values()}
    made.callback_query.register(chosen, StateFilter(Walk.day), F.data.in_(days))
    ways = {data_of(script.YES), data_of(script.NO)}
    made.callback_query.register(agreed, StateFilter(Walk.consent), F.data.in_(ways))
    return made


async def run(api: str, intake: str, port: int) -> None:
    """Run until SIGTERM."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(api))
    bot = Bot(TOKEN, session=session, default=DefaultBotProperties(parse_mode=ParseMode.HTML))
    talk = dispatcher()
    if intake == "polling":
        await bot.delete_webhook()
        await talk.start_polling(bot, polling_timeout=25, allowed_updates=ALLOWED_UPDATES)
        return
    app = web.Application()
    SimpleRequestHandler(talk, bot, secret_token=SECRET).register(app, path="/telegram")
    setup_application(app, talk, bot=bot)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    address = f"http://127.0.0.1:{port}/telegram"
    await bot.set_webhook(address, secret_token=SECRET, allowed_updates=ALLOWED_UPDATES)
    await asyncio.Event().wait()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(run(sys.argv[1], sys.argv[2], int(sys.argv[3])))
