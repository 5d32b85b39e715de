"""Tests written as chats: the real application on the simulator, restarted before every line.

A transcript has one line per message::

    Ana: /start                       she writes
    Ana: [Menu]                       she taps the newest button with that label
    Ana: [[Send my place]]            she presses a button of the keyboard below the chat
    Ana: <voice>                      she sends non-text content
    Ana replies: words                she replies to the bot's newest message
    Ana edits: words                  she edits her last message
    Ana blocks                        she blocks the bot
    Bot: <menu>                       a block of bot.testing.blocks
    Bot: words                        everything that the bot did in answer
       | more words
       | [Button] [Button]            under the message; [[Button]] is below the chat
    Mette claims KS-1001              staff act at the console; see bot.testing.staff
    Mette answers KS-1001: words
    Mette gives Jens the role ambassador
    Mette reminds ambassadors, i morgen kl. 10: words     see bot.testing.staff_reminders
    Mette imports the opportunities                   see bot.testing.staff_volunteering
    Console: words                    the reason, where the console refuses
    --- 2 days pass                   or hours, minutes, weeks; or: until 2026-12-24 10:00
    --- sprog: da                     a remark, without effect

`Chat` fails with the actual transcript. Run with ``--rewrite`` to write that
into the test's file instead, and then review it as carefully as any code.
"""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.app.compose import Bot, BotParts, build, prepare, town_context_of
from bot.app.time_travel import pass_time
from bot.clock import TravelClock
from bot.model.town import Town
from bot.service.content import employ, read_town
from bot.service.faq import IndexKeeper
from bot.simulator import TOKEN, World
from bot.simulator.attachments import PIXEL
from bot.simulator.inprocess import InProcessApi
from bot.simulator.state import Keyboard
from bot.store.store import Store
from bot.testing import staff
from bot.testing.blocks import BLOCKS, NAMES
from bot.transport.pacing import Unpaced

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # a Monday, 10.00 in Copenhagen
WIDTH = 84
MARGIN = 5  # "   | "
_LINE = re.compile(
    r"(?P<who>[\w ]+?)(?P<verb> edits| replies| blocks| unblocks)?:?(?: (?P<words>.*))?$", re.DOTALL
)
_PASS = re.compile(r"(\d+) (minute|hour|day|week)s? pass(?:es)?")
_UNTIL = re.compile(r"until (\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d)")
KLINTGADE = (55.6761012, 12.5683037)
KIOSK = (55.6791, 12.5722)
# The non-text content that a citizen can send.
SENT: Mapping[str, Callable[[World, int], object]] = {
    "voice": World.send_voice,
    "photo": World.send_photo,
    "album": lambda world, user: world.send_album(user, [PIXEL, PIXEL]),
    "document": lambda world, user: world.send_document(user, "brev.pdf", b"%PDF-1.7"),
    "sticker": World.send_sticker,
    "location": lambda world, user: world.send_location(user, *KLINTGADE),
    "venue": lambda world, user: world.send_venue(user, *KIOSK, "Kiosken", "Havnevej 7"),
    "contact": lambda world, user: world.send_contact(user, "12345678"),
    "dice": World.send_dice,
    "poll": lambda world, user: world.send_poll(user, "Kaffe?", ["Ja", "Nej"]),
}
STAFF = ("Mette", "Jonas", "Aisha", "Lone")
# The citizens of the tests: Telegram's user id and language code.
PEOPLE: Mapping[str, tuple[int, str]] = {
    "Ana": (101, "en"),
    "Jens": (102, "da"),
    "Samira": (103, "da"),
    "Karen": (104, "nb"),
    "Lukas": (105, "de"),
}


@cache
def klintsund() -> Town:
    """Return the shipped town; read it once, because it never changes."""
    return read_town(None)


@cache
def shared_index() -> IndexKeeper:
    """Return one keeper for all chats of a process: making an index takes longer than a chat."""
    return IndexKeeper()


@dataclass(slots=True)
class Chat:
    """One town, its citizens and the bot; the database at *database_url* outlives every restart."""

    database_url: str
    clock: TravelClock = field(default_factory=lambda: TravelClock(START))
    town: Town = field(default_factory=klintsund)
    rewrite: bool = False
    people: Mapping[str, tuple[int, str]] = field(default_factory=lambda: PEOPLE)
    world: World = field(init=False)
    _index: IndexKeeper = field(default_factory=shared_index)
    _read: dict[int, int] = field(default_factory=dict)
    _moved_in: bool = False
    public_url: str = ""  # of public pages and feeds
    date_entities: bool = True
    restarts: bool = True  # before every line; else the application is started once
    _running: tuple[Store, Bot] | None = None

    def __post_init__(self) -> None:
        """Create the simulated Telegram, with the bot and the citizens."""
        self.world = World(self.clock.now)
        self.world.add_bot(TOKEN, name=self.town.bot_name, username="dialog_klintsund_bot")
        for name, (user_id, language) in self.people.items():
            self.world.add_user(user_id, name, language_code=language)

    async def __call__(self, transcript: str) -> None:
        """Play the citizens' and the staff's lines; fail where the bot's lines differ."""
        wanted = _blocks(textwrap.dedent(transcript).strip("\n"))
        went: list[str] = []
        for block in wanted:
            if not block.startswith(("Bot", "Console")):
                went.append(block)
                went += await self.play(block)
        if went != wanted:
            named = [NAMES.get(block, block) for block in went]
            self._differ(transcript, "\n".join(wanted), "\n".join(named))

    async def play(self, block: str) -> list[str]:
        """Perform one line, after a restart where the chat restarts; return the bot's lines."""
        store, bot = self._running or await self.open()
        self._running = store, bot
        try:
            await self._index.refresh(store)  # for entries that staff changed
            said: list[str] = []
            if block.startswith("---"):
                await self._pass_time(bot, block.removeprefix("---").strip())
            elif (name := block.partition(" ")[0]) in STAFF:
                words = block.removeprefix(name).strip().replace("\n   | ", " ")
                no = await staff.act(store, name, words)
                said = [_said("Console", no, ())] if no else []
                await bot.settle()
            else:
                self._act(block)
                await bot.settle()
        finally:
            if self.restarts:
                await self.close()
        speaker = block.split(":", maxsplit=1)[0].split(" ", maxsplit=1)[0]
        return said + self._shown(self.people[speaker][0] if speaker in self.people else None)

    async def close(self) -> None:
        """Stop the application, if it runs."""
        if self._running is not None:
            store, bot = self._running
            self._running = None
            await bot.close()
            await store.close()

    async def open(self) -> tuple[Store, Bot]:
        """Start the application on the stored data; the caller closes it."""
        await self.close()
        store = await Store.open(
            self.database_url,
            clock=self.clock,
            town=town_context_of(self.town),
            migrate=not self._moved_in,
        )
        api = InProcessApi(self.world, TOKEN)
        parts = BotParts(
            store,
            api,
            TOKEN,
            self.town,
            self._index,
            Unpaced(),
            long_poll=0,
            public_url=self.public_url,
            date_entities=self.date_entities,
        )
        if not self._moved_in:
            await prepare(parts)
            async with store.unit() as unit:
                await employ(self.town, unit)
            self._moved_in = True
        await self._index.refresh(store)
        return store, await build(parts)

    def _act(self, block: str) -> None:
        """Perform a citizen's line; raise `ValueError` where it is unknown."""
        line = _LINE.fullmatch(block)
        if line is None or line["who"] not in self.people:
            message = f"nobody knows how to do this: {block}"
            raise ValueError(message)
        user, words = self.people[line["who"]][0], line["words"] or ""
        match (line["verb"] or "").strip():
            case "edits":
                mine = [m.id for m in self._chat(user).messages.values() if not m.outgoing]
                self.world.edit(user, max(mine), words)
            case "replies":
                theirs = [m.id for m in self._chat(user).shown() if m.outgoing]
                self.world.say(user, words, reply_to=max(theirs))
            case "blocks":
                self.world.block(user)
            case "unblocks":
                self.world.unblock(user)
            case _:
                self._say(user, words.replace("\n   | ", "\n"))

    def _say(self, user: int, words: str) -> None:
        """Send words, tap or press a button, or send non-text content."""
        if words.startswith("[[") and words.endswith("]]"):
            self._press(user, words[2:-2])
        elif words.startswith("[") and words.endswith("]"):
            self._tap(user, words[1:-1])
        elif words.startswith("<") and words.endswith(">"):
            SENT[words[1:-1]](self.world, user)
        else:
            self.world.say(user, words)

    def _tap(self, user: int, label: str) -> None:
        """Tap the newest button with that label; raise `ValueError` where there is none."""
        for message in sorted(self._chat(user).messages.values(), key=lambda m: -m.id):
            for button in (b for row in message.keyboard for b in row):
                if button.text == label:
                    self.world.tap(user, message.id, button.data)
                    return
        message_ = f"there is no button [{label}]"
        raise ValueError(message_)

    def _press(self, user: int, label: str) -> None:
        """Press a button of the keyboard below the chat; raise `ValueError` where there is none."""
        below = {button.text: button for row in self._chat(user).buttons for button in row}
        if label not in below:
            message = f"there is no button [[{label}]]"
            raise ValueError(message)
        if below[label].asks_place:
            self.world.send_location(user, *KLINTGADE)
        else:
            self.world.say(user, label)

    async def _pass_time(self, bot: Bot, words: str) -> None:
        """Move time to its target, with a stop at each due time on the way."""
        target = self._target(words)
        if target is not None:
            await pass_time(bot, self.clock, target)

    def _target(self, words: str) -> datetime | None:
        """Return the time to move to; None where the line is a remark."""
        if found := _PASS.search(words):
            return self.clock.now() + timedelta(**{found[2] + "s": int(found[1])})
        if found := _UNTIL.search(words):
            year, month, day, hour, minute = map(int, found.groups())
            zone = ZoneInfo(self.town.zone)
            return datetime(year, month, day, hour, minute, tzinfo=zone).astimezone(UTC)
        return None

    def _chat(self, user: int):  # type: ignore[no-untyped-def]  # noqa: ANN202 - the simulator's own
        return self.world.bots[TOKEN].chats[user]

    def _shown(self, speaker: int | None) -> list[str]:
        """Return the bot's lines since the last call, in every chat."""
        names = {user_id: name for name, (user_id, _language) in self.people.items()}
        shown = []
        for chat_id, chat in self.world.bots[TOKEN].chats.items():
            news = chat.log[self._read.get(chat_id, 0) :]
            self._read[chat_id] = len(chat.log)
            to = "" if chat_id == speaker else f" to {names.get(chat_id, chat_id)}"
            for seen in news:
                verb = {"sent": "", "edited": " edits", "deleted": " deletes"}.get(seen.kind)
                if verb is not None:
                    words = seen.text or self._file(chat_id, seen.message_id)
                    shown.append(_said(f"Bot{verb}{to}", words, seen.keyboard))
        return shown

    def _file(self, chat_id: int, message_id: int | None) -> str:
        """Return the file name of a message without words; empty where it has no file."""
        message = self.world.bots[TOKEN].chats[chat_id].messages.get(message_id or 0)
        body = message.body if message is not None else {}
        if "venue" in body:
            return f"<{body['venue']['title']}, {body['venue']['address']}>"
        return f"<{body['document']['file_name']}>" if "document" in body else ""

    def _differ(self, transcript: str, wanted: str, went: str) -> None:
        """Raise `AssertionError` with the actual transcript, or write it into the test's file."""
        if not self.rewrite:
            message = f"the chat went otherwise:\n\n{went}\n\n-- expected --\n\n{wanted}"
            raise AssertionError(message)
        frame = next(f for f in inspect.stack() if Path(f.filename).name.startswith("test_"))
        file = Path(frame.filename)
        indent = re.search(r"\n( +)\S", transcript)
        spaces = indent[1] if indent else ""
        written = "\n" + textwrap.indent(went, spaces) + "\n" + spaces[:-4]
        quoted = '"""'
        file.write_text(
            file.read_text().replace(
                f"{quoted}{transcript}{quoted}", f"{quoted}{written}{quoted}", 1
            )
        )


def _blocks(transcript: str) -> list[str]:
    """Split a transcript into lines, each with the lines that continue it."""
    blocks: list[str] = []
    for line in transcript.splitlines():
        if line.startswith("   | ") or line == "   |":
            blocks[-1] += "\n" + line
        elif line.strip():
            blocks.append(line.rstrip())
    return [BLOCKS.get(block, block) for block in blocks]


def _said(who: str, text: str, keyboard: Keyboard) -> str:
    """Write a message in the form of a transcript."""
    begun, *more = (text or "").split("\n")
    lines = [*_wrap(begun, before=len(who) + 2 - MARGIN), *(w for m in more for w in _wrap(m))]
    labels = [
        f"[[{button.text}]]" if button.below else f"[{button.text}]"
        for row in keyboard
        for button in row
    ]
    row = ""
    for label in labels:
        if row and len(row) + len(label) > WIDTH:
            lines.append(row)
            row = ""
        row = f"{row} {label}".strip()
    if row:
        lines.append(row)
    first, *rest = lines
    return "\n".join([f"{who}: {first}", *(f"   | {line}".rstrip() for line in rest)])


def _wrap(line: str, *, before: int = 0) -> list[str]:
    """Wrap a long line in the form of a transcript; its first part leaves *before* columns free."""
    wrapped = textwrap.wrap(
        line,
        WIDTH,
        initial_indent=" " * max(before, 0),
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [part.strip() for part in wrapped] or [""]
