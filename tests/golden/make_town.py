"""Make the town that later versions must be able to upgrade: python tests/golden/make_town.py.

Invented citizens and staff use the product itself, and stop in the middle of conversations and
cases. The clock is frozen, so that one version always writes the same file. Run it when a version
is tagged, and never change the file afterwards.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from argon2 import PasswordHasher
from town_dump import written

from bot import __version__
from bot.console.sessions import key_of
from bot.engine.events import Refused
from bot.model.commands.audiences import SaveAudience
from bot.model.commands.faq import AddEntry, CheckEntry, EditEntry, RetireEntry
from bot.model.commands.pledges import (
    AddCampaign,
    AnswerCheckIn,
    ApproveCampaign,
    BeginPledging,
    GroupContributions,
    SignCampaign,
    SubmitCampaign,
    TellObstacle,
)
from bot.model.commands.staff import AddStaff
from bot.model.faq import FaqEntry, FaqText
from bot.model.link import Link, Opens
from bot.model.pledge import PER_UNIT
from bot.model.staff import Role
from bot.service import execute
from bot.service.chain import seal_and_look
from bot.store.events import OPERATOR
from bot.store.sign_in import SessionRow
from bot.store.store import Store
from bot.testing import STAFF, Chat, klintsund, staff

FOLDER = Path(__file__).parent
PASSWORD = "fire ravne og en cykel"  # noqa: S105 - of invented staff in an invented town
COOKIE = "a-browser-that-was-signed-in-before-it-all-"  # of the same invented staff
FEW = 4  # FAQ entries and unanswered questions to keep: the full lists are long and alike
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
NAMES = (
    *("Ana", "Jens", "Bodil", "Samira", "Karen", "Lukas", "Mehmet", "Freja", "Vagn", "Olena"),
    *("Ali", "Asta", "Bent", "Gudrun", "Ib", "Tove", "Kurt", "Dagny", "Else", "Finn", "Hans"),
    *("Rosa", "Otto", "Signe", "Nils"),
    *("Ulla", "Viggo", "Yrsa", "Zita"),
    "Ellen",
    *("Oda", "Palle", "Rita"),
    "Sten",
)
PEOPLE: Mapping[str, tuple[int, str]] = {
    name: (101 + number, "en" if name in ("Ana", "Lukas") else "da")
    for number, name in enumerate(NAMES)
}
UNREADABLE = {"from": {"id": PEOPLE["Nils"][0]}, "text": "måger " * 30_000}
UNHEARD = ("Else", "Finn")  # they write just before the bot is closed
# Lines that leave citizens in the middle of something, each after /start. Each version adds a part
# for states that earlier versions could not leave unfinished.
FIRST_STORY = """
Ana: /settings
Ana: [English]
Jens: /indstillinger
Jens: [Dansk]
Jens: Jens Ole
Jens: [Ørbakke]
Jens: [Natur og klima]
Bodil: /indstillinger
Bodil: [Dansk]
Bodil: [Behold: Bodil]
Bodil: [Tangø]
Bodil: [Veje og trafik]
Bodil: [Færdig]
Bodil: [Ja]
Samira: Hvornår bliver bænken ved søen malet igen?
Samira: [Spørg et menneske]
Mette claims KS-1001
Mette notes KS-1001: Spørg Vej og Park, de malede i 2019.
Mette answers KS-1001: Bænken bliver malet i uge 50. Det er Vej og Park, der gør det.
Samira: [Nej]
Karen: praj
Karen: [Hul i vejen]
Karen: Skolegade 3
Karen: <photo>
Karen: Det er dybt, og det ligger lige ved skolen
Lukas: [Talk to a person]
Lukas: [Call me]
Lukas: 00 00 40 00
Mehmet: praj
Mehmet: der ligger skrald i grøften
Freja: /indstillinger
Freja: [Dansk]
Freja: /nyt
Freja: [Kultur og fritid]
Vagn: Hvem har klippet min hæk i går?
Vagn: [Spørg et menneske]
Vagn: mit
Olena: Hvorfor er lygten på min vej slukket hele dagen?
Olena: [Spørg et menneske]
Jonas claims KS-1003
Jonas asks KS-1003: Hvilken vej bor du på?
Ali: Hvorfor holder bussen ikke ved biblioteket mere?
Ali: [Spørg et menneske]
Jonas claims KS-1004
Jonas answers KS-1004: Bussen holder ved stationen, fordi vejen bliver gravet op til uge 50.
Asta: Hvem bestemmer farven på den nye bro?
Asta: [Spørg et menneske]
Mette claims KS-1005
Mette answers KS-1005: Det gør byrådet. De ser på det på mødet i december.
Asta: [Ja]
Asta: /nyt
Asta: [Natur og klima]
Asta: [Færdig]
Asta: [Ja]
Bent: Kan jeg få en nøgle til min nabos skur?
Bent: [Spørg et menneske]
Mette claims KS-1006
Mette closes KS-1006 as not_us at Borgerservice, 00 00 10 00: Det er din nabo, der bestemmer.
Mette corrects KS-1006: Det er din nabo, der bestemmer over skuret.
Ib: /indstillinger
Ib: [Dansk]
Ib blocks
Tove: bliv frivillig
Tove: [Sig til, når det åbner]
Tove: hækken er plantet 010203
Kurt: klage
Kurt: Jeg er vred. Ingen har svaret mig i tre uger, og det er for dårligt!
Mette claims KS-1007
Aisha marks KS-1007: strong_feelings
Mette hands KS-1007 to jonas: Det er om veje
Jonas schedules KS-1007 for 2026-11-24 09.00 as not_used: Vi beklager, at du har ventet så længe.
Dagny: jeg vil ikke leve mere
Lone enters Vera, 00 00 40 01: Hun vil vide, hvornår hallen er åben.
Hans: hvordan faar jeg nyt pass
Hans: [Det hjalp]
Gudrun: Hvor mange måger er der på havnen i dag?
""".strip()
# Staff send a message while a call is promised. A place has words and a pin.
STORY_0_2 = """
Rosa: Jeg er rasende! I har ikke svaret mig i fem uger
Rosa: [Ring til mig]
Rosa: 00 00 40 05
Rosa: [Når som helst]
Jonas claims KS-1009
Jonas writes KS-1009: Jeg ringer, inden vi lukker i dag.
Otto: praj
Otto: [Hul i vejen]
Otto: Strandvejen 12, ved postkassen
Otto: <location>
Signe: Hvem har malet bænken på torvet blå?
Signe: [Spørg et menneske]
Mette claims KS-1010
Mette writes KS-1010 for 2026-11-24 09.00: Jeg spørger Vej og Park om det i dag.
""".strip()
# Reminders wait to be sent, to be set, to be answered and to be asked for again.
STORY_0_4 = """
Mette gives Ulla the role ambassador
Mette founds Strandens Venner
Mette puts Viggo in Strandens Venner as lead
Mette puts Yrsa in Strandens Venner
Mette prepares ambassadors, onsdag kl. 10: Temadag på biblioteket.
Ulla: mind mig om at vande tomaterne hver anden onsdag kl. 16
Ulla: [Ja, det er rigtigt]
Viggo: mind gruppen
Viggo: Vi ses på stranden lørdag.
Viggo: på lørdag kl. halv ti
Yrsa: mind mig om at ringe til mor
Zita: pause
Zita: 1. marts
Zita: [Ja, det er rigtigt]
""".strip()
# Volunteers come, wait, are asked, and look for a stand-in. A request waits for a certificate.
STORY_0_5 = """
Mette imports the opportunities
Mette signs up Ulla for V4
Mette signs up Viggo for V1
Mette signs up Yrsa for V2
Mette seats V4 with 1 place
Mette signs up Zita for V4
Mette invites Ulla to V7 for 1 place: Vi mangler en på torsdag.
Ellen: frivillig
Ellen: [Vis alt]
Ellen: [Man. 23. nov. kl. 14]
Ellen: ja
Ellen: ja
""".strip()
# Pledges are half made, or wait for a plan; a shared pledge has one signature of two.
STORY_0_6 = """
Oda: /loefte
Oda: Jeg lader 20 m² af plænen stå til august
Oda: [Ja]
Oda: [Ja]
Palle: /loefte
Palle: Jeg vil cykle to dage om ugen i tre måneder
Palle: [Ja]
Palle: [Ja]
Palle: [4 ture]
Palle: [Kun dig og kommunen]
Palle: [Gøre en forskel]
""".strip()
# The outcomes of one question are told, and one was felt heard. An answer to another waits for
# its outcome, and more news for its approval.
STORY_0_7 = """
Sten: /nyt
Sten: [Natur og klima]
Sten: [Færdig]
Sten: [Ja]
Mette asks everyone about nature: Skal engen slås i juni? [Ja] [Nej]
Mette submits the news
Lone approves the news
Sten: [Svar med mine egne ord]
Sten: Slå den hellere i august
Asta: [Ja]
Lone decides used on Sten
Lone decides not_used on Asta: Blomsterne er i frø i juni.
Lone stops the news
Lone closes the dialogue
Sten: [5]
Mette asks everyone about nature: Hvad mangler ved søen? [En bænk] [En bro]
Mette submits the news
Lone approves the news
Asta: [En bro]
Mette writes everyone about nature: Vi planter træer på lørdag. / We plant trees on Saturday.
Mette submits the news
""".strip()
STORY = f"{FIRST_STORY}\n{STORY_0_2}\n{STORY_0_4}\n{STORY_0_5}\n{STORY_0_6}\n{STORY_0_7}"
SHARED = {
    "titles": {"da": "Sluk lyset ved havnen"},
    "texts": {"da": "Jeg slukker mit udelys kl. 22 i fire uger, hvis en anden også gør det."},
    "theme": "night",
    "target": 2,
    "measure": "lamps",
    "amount": 2 * PER_UNIT,
}


async def notified(chat: Chat) -> None:
    """Act out the story, and stop in the middle of it.

    Raise `ValueError` where the console refuses a line.
    """
    store, bot = await chat.open()
    starts = [f"{name}: /start" for name in PEOPLE if name not in UNHEARD]
    for line in (*starts, *STORY.splitlines()):
        name, _space, words = line.partition(" ")
        no = await staff.act(store, name, words) if name in STAFF else chat._act(line)
        if no:
            message = f"{line}\nConsole: {no}"
            raise ValueError(message)
        await bot.settle()
    await _at_the_desk(store)
    await _share_a_pledge(store)
    chat._act("Else: /start")  # Her replies are in the outbox, not yet sent.
    chat._act("Hans: hjælp")  # His reply was claimed: whether it was sent is unknown.
    await bot.poller.step()
    await bot.worker.step()
    async with store.unit() as unit:
        others = {user for user, _language in PEOPLE.values()} - {PEOPLE["Hans"][0]}
        await unit.outbox.claim(1, epoch=1, lease_seconds=60, skip_chats=others)
    chat._act("Finn: /start")  # an inbox row, not yet processed
    # Of an unreadable update only the ids are stored, and no worker has processed the row yet.
    chat.world.inject("message", UNREADABLE)
    await bot.poller.step()
    await bot.close()
    await store.close()


async def _at_the_desk(store: Store) -> None:
    """Execute staff commands that a transcript cannot express.

    Raise `TypeError` where a command is refused.
    """
    async with store.unit() as unit:
        now, ids = unit.now, {one.username: one.id for one in await unit.staff.all()}
        for number in ids.values():
            await unit.staff.set_password(number, QUICK.hash(PASSWORD, salt=b"invented town"))
        who = {"username": "anders", "first_name": "Anders", "unit": "Borgerservice"}
        invited = {"token_hash": key_of("an invitation"), "at": now, "by": OPERATOR}
        newcomer = AddStaff(**who, **invited, role=Role.ADMIN, language="da", themes=(), head=False)
        until = now + timedelta(hours=1)
        browser = SessionRow(key_of(COOKIE), ids["mette"], {}, "A browser", now, now, until)
        await unit.sessions.add(browser)
        shared = Link(0, "reminder", 1, Opens.CHAT, "Biblioteket", staff_id=ids["mette"])
        await unit.links.add(shared, key_of("a link"))
        await unit.sign_in_tries.add(["name:mette"], now)
        await unit.presence.write(2, ids["jonas"], now, "Kære Vagn, vi")
        first, second, *_ = await unit.faq.all()
        entry = FaqEntry.from_body(first.id, first.body)
        da = replace(entry.text("da"), question="Hvornår tømmer I min skraldespand?")
        words = FaqText("Er der en hundeskov?", "Ja, ved søen.", ("Hvor må min hund løbe?",))
        new = replace(entry, id="hundeskov", texts={"da": words})
        done = [
            await execute(newcomer, unit),
            await execute(EditEntry(ids["lone"], replace(entry, texts={"da": da}), 1), unit),
            await execute(CheckEntry(ids["lone"], first.id, 2), unit),
            await execute(RetireEntry(ids["lone"], second.id, 1, retired=True), unit),
            await execute(AddEntry(ids["lone"], new), unit),
            await execute(
                SaveAudience(ids["mette"], "Tangø", {"is": "area", "value": "tangoe"}), unit
            ),
        ]
        await seal_and_look(unit)
    for came in done:
        if isinstance(came, Refused):
            raise TypeError(came.why.key)


async def _share_a_pledge(store: Store) -> None:
    """Let staff write and approve a shared pledge, and a citizen sign it.

    Another citizen says how it goes, and what makes it hard.

    Raise `TypeError` where a command is refused.
    """
    async with store.unit() as unit:
        ids = {one.username: one.id for one in await unit.staff.all()}
        rita = await unit.people.by_lane(f"tg:{PEOPLE['Rita'][0]}")
        palle = await unit.people.by_lane(f"tg:{PEOPLE['Palle'][0]}")
        if rita is None or palle is None:
            message = "Rita or Palle has not written"
            raise TypeError(message)
        deadline = (unit.now + timedelta(days=30)).date()
        for command in (
            AddCampaign(ids["mette"], {**SHARED, "deadline": deadline}),
            SubmitCampaign(ids["mette"], 1),
            ApproveCampaign(ids["jonas"], 1, 1),
            BeginPledging(rita.id, over_15=True),
            SignCampaign(rita.id, 1),
            AnswerCheckIn(palle.id, 1, unit.now.date(), "done"),
            TellObstacle(palle.id, 1, words="Det regnede hele ugen."),
        ):
            told = await execute(command, unit)
            if isinstance(told, Refused):
                raise TypeError(told.why.key)
        group = GroupContributions(ids["mette"], [told.value], title="Regn")
        grouped = await execute(group, unit)
        if isinstance(grouped, Refused):
            raise TypeError(grouped.why.key)


async def made(folder: Path) -> str:
    """Play the town in *folder*, and return its file's content."""
    all_of_it = klintsund()
    unanswered = {language: asked[:FEW] for language, asked in all_of_it.unanswered.items()}
    town = replace(all_of_it, faq=all_of_it.faq[:FEW], unanswered=unanswered)
    chat = Chat(f"sqlite:///{folder / 'town.sqlite3'}", town=town, people=PEOPLE)
    await notified(chat)
    store = await Store.open(chat.database_url, clock=chat.clock, migrate=False)
    try:
        return await written(store, chat.world)
    finally:
        await store.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        file = FOLDER / f"{__version__}.jsonl"
        file.write_text(asyncio.run(made(Path(scratch))))
    sys.stdout.write(f"{file.name}: {file.stat().st_size} bytes\n")
