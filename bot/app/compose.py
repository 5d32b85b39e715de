"""Build a bot from its parts."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from bot.calendar import Calendar
from bot.errors import ApiError, ConfigurationError, TransportError
from bot.i18n import LANGUAGES, language_for, render
from bot.model.town import Town
from bot.runner.context import Runtime
from bot.runner.worker import Worker
from bot.scheduler import fire_timers
from bot.service.content import import_town
from bot.service.faq import IndexKeeper
from bot.service.launches import tell_opened
from bot.service.pledges import campaign_clock, totals
from bot.settings import DEFAULT_CONSOLE, SmtpServer
from bot.store.store import Store
from bot.store.town_context import TownContext
from bot.tone.feelings import feeling
from bot.transport.acknowledging import Acknowledging
from bot.transport.api import BotApi
from bot.transport.condition import NOT_FOUND, UNAUTHORIZED, IntakeCondition
from bot.transport.courier import Courier
from bot.transport.emergency import EmergencyNumbers
from bot.transport.intake import Intake
from bot.transport.local_bot import LocalBot, bot_id_of, local_bot
from bot.transport.mailer import Mailer
from bot.transport.pacing import Pacing
from bot.transport.polling import LONG_POLL, Poller
from bot.transport.register import register
from bot.transport.render import message_params
from flows import messages
from flows.danger import danger_text
from flows.intents import listed_commands
from handlers import HANDLERS
from handlers.parsing import UpdateParser

ME = "bot_me"
ASK_TIMEOUT = 5.0  # seconds for getMe
MOST_ROUNDS = 10_000
log = logging.getLogger("brobygger.app")


@dataclass(slots=True)
class BotParts:
    """The parts that differ between production, the demo and a test."""

    store: Store
    api: BotApi
    token: str
    town: Town
    index: IndexKeeper = field(default_factory=IndexKeeper)
    pacing: Pacing = field(default_factory=Pacing)
    long_poll: int = LONG_POLL
    public_url: str = ""  # of public pages and feeds; empty for none
    date_entities: bool = True  # in messages to citizens
    smtp: SmtpServer | None = None  # None: no e-mail is sent


@dataclass(slots=True)
class Bot:
    """A complete bot; `bot.app.roles` runs its parts."""

    parts: BotParts
    link: str  # https://t.me/<name>
    local_bot: LocalBot
    intake: Intake
    poller: Poller
    worker: Worker
    courier: Courier
    mailer: Mailer
    acknowledging: Acknowledging
    condition: IntakeCondition

    async def settle(self) -> None:
        """Step every role until all are idle; on a polling error, step the others nevertheless."""
        for _round in range(MOST_ROUNDS):
            done = 0
            try:
                done += await self.poller.step()
            except TransportError as error:
                self.condition.suffers("poll_refused", error)
            done += await fire_timers(self.parts.store)
            done += await self.worker.step()
            done += await self.courier.step()
            if self.parts.smtp is not None:
                done += await self.mailer.step()
            await self.acknowledging.settle()
            if not done:
                return
        message = f"The bot is not idle after {MOST_ROUNDS} rounds"
        raise RuntimeError(message)

    async def next_due(self) -> datetime | None:
        """Return when the next timer or outbox row is due; None where there is none."""
        async with self.parts.store.reading() as unit:
            due = [await unit.timers.next_due(), await unit.outbox.next_due()]
        return min((moment for moment in due if moment is not None), default=None)

    async def close(self) -> None:
        """Close intake, query answers and local bot; the caller closes store and API."""
        await self.intake.close()
        await self.acknowledging.settle()
        await self.local_bot.shutdown()


async def build(parts: BotParts) -> Bot:
    """Return a bot built from *parts*; raise `ConfigurationError` for a wrong token."""
    me = await who_am_i(parts)
    local = await local_bot(parts.token, me["first_name"], me["username"])
    parse = UpdateParser(local, HANDLERS)
    calendar = town_context_of(parts.town).calendar
    link = f"https://t.me/{me['username']}"
    runtime = Runtime(
        parse=parse,
        index=parts.index,
        bot_link=link,
        public_url=parts.public_url,
        date_entities=parts.date_entities,
    )
    source = source_of(parts.token)
    message = partial(emergency_message, parts.town)
    emergency = EmergencyNumbers(parts.store, parts.api, source, message)
    intake = Intake(parts.store, source, parse, emergency)
    acknowledging = Acknowledging(parts.api)
    condition = IntakeCondition(parts.store.clock)
    return Bot(
        parts,
        link,
        local,
        intake,
        Poller(intake, parts.api, long_poll=parts.long_poll, condition=condition),
        Worker(parts.store, runtime, acknowledging.begin),
        Courier(parts.store, parts.api, calendar.next_allowed, pacing=parts.pacing),
        Mailer(parts.store, parts.smtp, parts.town.name),
        acknowledging,
        condition,
    )


def town_context_of(town: Town, console_url: str = DEFAULT_CONSOLE) -> TownContext:
    """Return the town with its calendar and its console, as services use it."""
    calendar = Calendar(town.zone, town.closed_days, town.work_minutes)
    return TownContext(town, calendar, console_url)


def source_of(token: str) -> str:
    """Return the source name of this bot's inbox rows."""
    return f"telegram:{bot_id_of(token)}"


async def who_am_i(parts: BotParts) -> dict[str, Any]:
    """Return the bot's names from getMe, else the stored or default ones.

    Raise `ConfigurationError` where Telegram rejects the token.
    """
    async with parts.store.reading() as unit:
        known = await unit.facts.get(ME)
    try:
        me = await parts.api.call("getMe", {}, timeout=ASK_TIMEOUT)
    except ApiError as error:
        if error.code in (UNAUTHORIZED, NOT_FOUND):
            raise ConfigurationError(
                "Telegram does not know this token. Copy it again from @BotFather."
            ) from None
        me = None
    except TransportError:
        log.warning("telegram_unreachable")
        me = None
    named = {"first_name": parts.town.bot_name, "username": "bot"} | (known or {})
    if me is not None:
        named = {"first_name": me["first_name"], "username": me.get("username") or "bot"}
        if named != known:
            async with parts.store.unit() as unit:
                await unit.facts.set(ME, named)
    return named


def emergency_message(town: Town, chat_id: int, code: str | None, danger: str) -> dict[str, Any]:
    """Return the sendMessage parameters with emergency numbers, for Telegram's language *code*."""
    text = danger_text(danger).text.with_defaults({"municipality": town.name})
    return message_params(chat_id, render(text, language_for(code)))[0]


async def prepare(parts: BotParts) -> None:
    """Import the content, build the FAQ index, and publish the profile, before the first update."""
    await bring_content(parts)
    await warm_up(parts)
    await publish_profile(parts)


async def bring_content(parts: BotParts) -> None:
    """Import changed content, and publish the day's totals where a first start has none.

    A lock serializes processes that start at the same time.
    """
    async with parts.store.unit() as unit:
        await unit.facts.hold("content")
        await import_town(parts.town, unit)
        await tell_opened(unit)
        await campaign_clock.resume_releases(unit)
        await totals.publish(unit)


async def warm_up(parts: BotParts) -> None:
    """Build the FAQ index and load the anger words, so that the first question need not wait."""
    await parts.index.refresh(parts.store)
    await asyncio.to_thread(feeling, "så længe")


async def publish_profile(parts: BotParts) -> None:
    """Publish the changed parts of the bot's profile at Telegram."""
    facts = {"municipality": parts.town.name, "town": parts.town.short_name}

    def words(text: Any, language: str) -> str:
        return render(text.with_defaults(facts), language, escape=str)

    # Danish for its readers, English for all other languages.
    languages = {"": "en", **{language: language for language in LANGUAGES}}
    await register(
        parts.store,
        parts.api,
        {
            code: [(name, words(about, language)) for name, about in listed_commands(language)]
            for code, language in languages.items()
        },
        {
            code: {
                "name": parts.town.bot_name,
                "description": words(messages.BOT_DESCRIPTION, language),
                "short_description": words(messages.BOT_ABOUT, language),
            }
            for code, language in languages.items()
        },
    )
