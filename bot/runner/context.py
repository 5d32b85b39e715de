"""Turn context: transaction, town, citizen and outgoing messages of one inbox row."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bot.calendar import Calendar
from bot.calendar.phrases.reading import read
from bot.calendar.phrases.result import Meaning
from bot.engine.effects import COPIES, Below, Button, Redraw, Send
from bot.engine.questions import SEND_PLACE
from bot.engine.steps import Question
from bot.i18n import Text, pgettext
from bot.model.case import Written
from bot.model.person import Person
from bot.model.town import Town
from bot.runner.flow_lookup import step_of
from bot.runner.renderer import Renderer
from bot.search import Index
from bot.service.volunteering.opportunity_index import OpportunityIndex
from bot.store.inbox import InboxRow
from bot.store.outbox import NewOutbox, Priority
from bot.store.unit import Unit
from bot.transport.incoming import Incoming, Parse, Tapped
from bot.transport.render import NO_KEYBOARD, inline, message_params, place_keyboard
from flows import messages


@dataclass(frozen=True, slots=True)
class Runtime:
    """Dependencies shared by all turns; only the two indexes change, with what they index."""

    parse: Parse
    index: Callable[[Unit], Awaitable[Index]]
    bot_link: str  # https://t.me/<name>
    public_url: str = ""  # of public pages and feeds; empty for none
    date_entities: bool = True  # see `Renderer`
    opportunities: OpportunityIndex = field(default_factory=OpportunityIndex)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message that is written as outbox rows at the end of the turn."""

    send: Send | Redraw
    priority: Priority
    after: timedelta
    on_result: dict[str, Any] | None = None
    not_after: datetime | None = None
    quiet: bool | None = None  # None: by priority
    card: str | None = None  # the card's kind: the courier can redraw the message in place later
    joins: bool = False  # its buttons are added to those of the message before


@dataclass(slots=True)
class TurnContext:
    """Everything one turn works with: its transaction, its citizen and its outgoing messages.

    *case_id* is the case that the messages are about: a citizen's reply to one finds the case.
    """

    runtime: Runtime
    unit: Unit
    lane: str
    chat_id: int
    person: Person | None = None
    language: str = "da"
    incoming: Incoming = field(default_factory=Incoming)  # empty for a row of the bot itself
    case_id: int | None = None
    opens: str | None = None  # the intent to execute next, because a flow has ended with it
    keeps_screen: bool = False  # keep the stored buttons: typed words still mean those of the step
    outgoing: list[Outgoing] = field(default_factory=list)
    acknowledge: list[str] = field(default_factory=list)
    _renderer: Renderer | None = None

    @property
    def town(self) -> Town:
        """Return the town."""
        return self.unit.town

    @property
    def calendar(self) -> Calendar:
        """Return the days and hours on which the town works."""
        return self.unit.calendar

    @property
    def now(self) -> datetime:
        """Return the time of the turn."""
        return self.unit.now

    @property
    def citizen(self) -> Person:
        """Return the citizen; raise `RuntimeError` where the lane has no person yet.

        Every private chat has a person.
        """
        if self.person is None:
            message = f"lane {self.lane} has no person yet"
            raise RuntimeError(message)
        return self.person

    @property
    def tapped_message(self) -> int | None:
        """Return the id of the message whose button was tapped; None for any other update."""
        content = self.incoming.content
        return content.message_id if isinstance(content, Tapped) else None

    def send(
        self,
        *sends: Send | Redraw,
        priority: Priority = Priority.REPLY,
        after: timedelta = timedelta(),
        on_result: dict[str, Any] | None = None,
        not_after: datetime | None = None,
        quiet: bool | None = None,
        card: str | None = None,
        joins: bool = False,
    ) -> None:
        """Queue messages to the citizen; `write_outgoing` writes them at the end of the turn."""
        self.outgoing.extend(
            Outgoing(send, priority, after, on_result, not_after, quiet, card, joins)
            for send in sends
        )

    def follow_up(self, since: int) -> None:
        """Let messages after the first *since* wait for the answers to other citizens."""
        for number in range(since, len(self.outgoing)):
            self.outgoing[number] = replace(self.outgoing[number], priority=Priority.FOLLOW_UP)

    def send_text(self, text: Text) -> None:
        """Queue a text without buttons."""
        self.send(Send(text))

    def written(self) -> Written:
        """Return the chat message that holds the turn's words, with Telegram's own date (HR-12).

        A date in the future counts as now.
        """
        incoming = self.incoming
        sent_at = min(incoming.sent_at or self.now, self.now)
        return Written(self.chat_id, incoming.message_id, sent_at, incoming.album)

    async def reload_person(self) -> None:
        """Read the person again after a service has changed something."""
        self.person = await self.unit.people.get(self.citizen.id)
        self.language = self.citizen.language

    @property
    def renderer(self) -> Renderer:
        """Return the renderer for the citizen's current language and address."""
        address = self.person.address if self.person else ""
        renderer = self._renderer
        if renderer is None or (renderer.language, renderer.address) != (self.language, address):
            renderer = self._renderer = Renderer(
                self.town, self.language, address, self.runtime.date_entities
            )
        return renderer

    def contact(self) -> Text:
        """Return phone, hours and address, which every dead end shows (HR-27)."""
        return self.renderer.contact()

    def read_time(self, words: str) -> Meaning | None:
        """Return what *words* say about time, in the citizen's language and as of now."""
        return read(words, self.language, self.now, self.calendar).meaning

    def rest_of(self, words: str) -> str:
        """Return the words that say nothing about time."""
        return read(words, self.language, self.now, self.calendar).rest

    def facts(self) -> Mapping[str, Any]:
        """Return the facts about town and person that texts may use."""
        return self.renderer.facts

    def render(self, text: Text | str) -> str:
        """Return *text* in the citizen's language, values escaped."""
        return self.renderer.render(text)

    def label(self, button: Button) -> str:
        """Return the label of a button as plain text, without escaping."""
        return self.renderer.label(button)

    async def write_outgoing(self) -> None:
        """Write the queued messages as outbox rows and store the buttons last shown."""
        await self._put_keyboard_away()
        for saying in self.outgoing:
            await self._write(saying)
        if self.person is not None:
            after = self._left_with(self.person)
            if after != self.person:
                await self.unit.people.save(after)
                self.person = after
        self.outgoing.clear()

    def _left_with(self, person: Person) -> Person:
        """Return the citizen with the buttons and keyboard on the screen after this turn."""
        for saying in self.outgoing:
            send = saying.send
            if send.buttons and not self.keeps_screen:
                shown = tuple(
                    (button.data, self.label(button))
                    for button in send.buttons
                    if not button.data.startswith(COPIES)
                )
                screen = (*person.screen, *shown) if saying.joins else shown
                person = replace(person, screen=screen)
            if isinstance(send, Send) and send.below is not None:
                person = replace(person, keyboard_below=send.below is not Below.AWAY)
        return person

    async def _put_keyboard_away(self) -> None:
        """Remove the keyboard below the chat once the step that showed it has been left."""
        replies = [n for n, s in enumerate(self.outgoing) if s.priority == Priority.REPLY]
        if self.person is None or not self.person.keyboard_below or not replies:
            return
        waiting = await self.unit.conversations.waiting(self.person.id)
        here = step_of(waiting) if waiting is not None else None
        if isinstance(here, Question) and here.below is not None:
            return
        for number in replies:
            saying = self.outgoing[number]
            if isinstance(saying.send, Send) and not saying.send.buttons:
                send = replace(saying.send, below=Below.AWAY)
                self.outgoing[number] = replace(saying, send=send)
                return
        # One message cannot have inline buttons and remove the keyboard below the chat.
        self.outgoing.insert(
            replies[0],
            Outgoing(Send(messages.NOTED, below=Below.AWAY), Priority.REPLY, timedelta()),
        )

    def _markup(self, send: Send | Redraw) -> dict[str, Any] | None:
        """Return the reply markup: inline buttons or a keyboard below the chat.

        The buttons back and menu come last.
        """
        keyboard = self.renderer.laid(send.buttons)
        match send:
            case Send(below=Below.ASKS_PLACE):
                return place_keyboard(self.label(Button("", SEND_PLACE)), keyboard)
            case Send(below=Below.AWAY):
                return NO_KEYBOARD
            case _:
                return inline(keyboard) if keyboard else None

    def rendered(self, send: Send | Redraw) -> list[dict[str, Any]]:
        """Render a message as the parameters of one or more Bot API calls."""
        return message_params(self.chat_id, self.render(send.text), self._markup(send))

    async def _write(self, saying: Outgoing) -> None:
        """Write one message as outbox rows that hold final Bot API calls."""
        send, priority = saying.send, saying.priority
        method = "sendMessage"
        calls = self.rendered(send)
        on_result = saying.on_result
        if on_result is None and self.case_id is not None:
            on_result = {"what": "case_said", "case": self.case_id}
        card_id = await self._card(saying.card) if saying.card is not None else None
        drawn = (send.message_id or self.tapped_message) if isinstance(send, Redraw) else None
        if drawn is not None and len(calls) == 1:
            method = "editMessageText"
            calls = [{**calls[0], "message_id": drawn}]
        for params in calls:
            await self.unit.outbox.put(
                NewOutbox(
                    self.chat_id,
                    self.lane,
                    method,
                    params,
                    priority,
                    not_before=self.now + saying.after,
                    not_after=saying.not_after,
                    quiet=priority >= Priority.REMINDER if saying.quiet is None else saying.quiet,
                    on_result=on_result,
                    card_id=card_id,
                )
            )

    async def _card(self, kind: str) -> int:
        """Return the id of the citizen's card of a kind, detached from its earlier message.

        The card is sent as a new message, and the earlier message stays in the chat.
        """
        card = await self.unit.cards.ensure(self.chat_id, kind, str(self.citizen.id))
        await self.unit.cards.forget(card.id)
        return card.id


async def context_of(runtime: Runtime, unit: Unit, row: InboxRow) -> TurnContext | None:
    """Return the turn context of a row that the bot wrote itself; None where the person is gone."""
    person = await unit.people.by_lane(row.lane)
    if person is None:
        return None
    return TurnContext(runtime, unit, row.lane, person.chat_id, person, person.language)


def numbered(send: Send) -> Send:
    """Return the message with its buttons listed by number in the text, for "repeat" (HR-24)."""
    if not send.buttons:
        return send
    lines: Text | str = ""
    for number, button in enumerate(send.buttons, 1):
        line = pgettext("list", "{before}{number}. {label}")
        before: Text | str = pgettext("list", "{lines}\n").with_(lines=lines) if lines else ""
        lines = line.with_(before=before, number=number, label=button.label)
    text = pgettext("list", "{text}\n\n{lines}").with_(text=send.text, lines=lines)
    return replace(send, text=text)
