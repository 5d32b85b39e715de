"""Play a town's history with every kind of event; the audit finds nothing in it."""

# ruff: noqa: S608 - the SQL is written here and holds no input
from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.scheduler import seal
from bot.store.store import Store
from bot.store.types import UtcDateTime
from bot.testing import Chat

LINES = """
Jens: /start
Jens: Må man grave sin egen kanal ned til havet?
Jens: [Spørg et menneske]
Mette claims KS-1001
Mette asks KS-1001: Hvor er det?
Mette asks KS-1001: Og hvor bred er den?
Jens: Ved den store sten
Jens edits: Ved den store sten, en meter bred
Mette answers KS-1001: Ja, det må du gerne.
Mette corrects KS-1001: Ja, det må du fra mandag.
Jens: [Delvist]
Jens: Hvad koster det?
Mette notes KS-1001: Ring til havnen.
Samira: /start
Samira: Hvem ejer de gamle fiskekasser på molen?
Samira: [Spørg et menneske]
Jonas answers KS-1002: Det gør havnen.
Samira: [Ja]
Jonas reopens KS-1002: Hun ringede igen.
--- 2 days pass
Mette enters Inger, 00002020: Hun vil gerne på Digital Post igen.
Jonas claims KS-1003
Jonas answers KS-1003: Ja, det hjælper vi med.
Samira: Hvorfor er min hæk klippet af kommunen?
Samira: [Nyt spørgsmål]
Jonas closes KS-1004 as duplicate_of at KS-1002: Det er den samme hæk.
Karen: I er ubrugelige, jeg har ventet i fem uger på svar om mit fortov!!
Jens: Giv et praj
Jens: [Hul i vejen]
Jens: <location>
Jens: <photo>
Jens: Lige ved busstoppet
Jens: [Send]
Mette schedules KS-1006 for 2026-12-24 09.00 as used: Vi har lappet det.
--- 20 days pass
Jonas answers KS-1002: Det gør havnen stadig.
Mette asks KS-1005: Hvad er dit nummer?
Ana: /start
Ana: My overview
Ana: /settings
Lukas: /start
Lukas: Who owns the old fish boxes on the pier?
Lukas: [Ask a person]
Mette enters Grethe, 00003030
Mette founds Strandrenserne
Mette puts Jens in Strandrenserne as lead
Mette gives Jens the role ambassador
Mette gives Grethe the role ambassador
Mette reminds ambassadors, i morgen kl. 10: Del plakaten på biblioteket.
Jens: Mind mig om at vande tomaterne hver dag kl. 9
Jens: [Ja, det er rigtigt]
Jens: mind gruppen
Jens: Vi mødes ved molen
Jens: i morgen kl. 12
Jens: [Ja, det er rigtigt]
--- until 2026-12-16 11:00
Jens: [Jeg kan ikke]
Jens: [Nej tak]
--- until 2026-12-16 15:00
Jens: [Mindre af det her]
Samira: mind mig om at ringe i morgen kl. 10
Samira: [Ja, det er rigtigt]
Jens: /start pl-4
Jens: [Ja]
Jens: [Ja]
Jens: [Strandrenserne]
Jens: [2 lamper]
Jens: [Sæsonen ud, 31. marts 2027]
Jens: [Kun dig og kommunen]
Jens: [Gøre en forskel]
Jens: lørdag kl. 10 ved skuret
Jens: [Spring over]
Jens: /start pl-8
Jens: [Mig selv]
Jens: [4 ture]
Jens: [Tre måneder]
Jens: [Kun dig og kommunen]
Jens: [Ikke noget bestemt]
Jens: [Ingen plan]
Mette imports the opportunities
Mette signs up Grethe for V1
Mette signs up Grethe for V4
Mette writes to Grethe about V4: Vi glæder os til at se dig.
Mette invites Samira to V4 for 1 place: Vi mangler en, der kan lide at snakke.
Samira: nyt
Samira: [Natur og klima]
Samira: [Færdig]
Samira: [Ja]
Mette asks everyone about nature: Skal bænken stå ved engen? [Ja] [Nej]
Mette submits the news
Lone approves the news
--- 2 minutes pass
Samira: [Ja]
Lone decides used on Samira
Lone closes the dialogue
--- 1 minute passes
Samira: [4]
Samira: Må man grave sin egen kanal ned til havet?
"""
# Rows that only the console or rare events create.
MORE = (
    (
        "INSERT INTO staff_session (id, staff_id, data, about, created_at, seen_at, expires_at)"
        " VALUES ('a', 1, '{}', 'a browser', :now, :now, :now)"
    ),
    (
        "INSERT INTO invitation (staff_id, token_hash, created_at, expires_at)"
        " VALUES (1, 'b', :now, :now)"
    ),
    (
        "INSERT INTO opportunity_contact (opportunity_id, participant_id)"
        " SELECT min(opportunity.id), min(participant.id) FROM opportunity, participant"
    ),
    (
        "INSERT INTO volunteer_invitation (opportunity_id, texts, audience, quota, topic, contact,"
        " shortage, state, participant_id, created_at, ends_at, ended_at)"
        " SELECT min(opportunity.id), '{}', '{}', 1, 'group:1', 'Jens', false, 'ended',"
        " min(participant.id), :now, :now, :now FROM opportunity, participant"
    ),
    "UPDATE opportunity SET group_id = (SELECT min(id) FROM groups)",
    "UPDATE broadcast SET file_id = (SELECT min(id) FROM file)",
    (
        "INSERT INTO saved_audience (name, audience, staff_id, changed_at)"
        " VALUES ('a', '{}', 1, :now)"
    ),
    ("UPDATE gate_check SET staff_id = 1"),
    "INSERT INTO presence (case_id, staff_id, seen_at) VALUES (1, 1, :now)",
    "INSERT INTO wish (person_id, door, at) VALUES (1, 'pledge', :now)",
    (
        "INSERT INTO consent (person_id, purpose, text_version, language, given_at)"
        " VALUES (1, 'news:roads', 1, 'da', :now)"
    ),
    (
        "INSERT INTO task (kind, person_id, subject, at, done_at, done_by)"
        " VALUES ('danger', 1, 'telegram:7:1', :now, :now, 1)"
    ),
    (
        "INSERT INTO faq_version (faq_id, version, body, retired, staff_id, at)"
        " SELECT id, 2, body, retired, 1, :now FROM faq WHERE id = 'F1'"
    ),
    (
        "INSERT INTO file (id, mime, name, size, sha256, created_at, content)"
        " VALUES (77, 'application/pdf', 'data.pdf', 1, 'c', :now, 'x')"
    ),
    (
        "INSERT INTO link (token_hash, subject_kind, subject_id, opens, label, participant_id,"
        " staff_id, created_at, opened, started, done)"
        " SELECT 'a link', 'reminder', 1, 'chat', 'a poster', min(id), 1, :now, 0, 0, 0"
        " FROM participant"
    ),
    "UPDATE catalogue_entry SET staff_id = 1",
    (
        "INSERT INTO check_in (pledge_id, asked_on, answer, amount, answered_at)"
        " SELECT id, '2026-12-16', 'done', 400, :now FROM pledge WHERE kind = 'count'"
    ),
    (
        "INSERT INTO ledger_entry (pledge_id, what, amount, day, at)"
        " SELECT id, 'checked_in', 400, '2026-12-16', :now FROM pledge WHERE kind = 'count'"
    ),
    *(
        "INSERT INTO campaign (title, titles, texts, theme, target, deadline, kind, rhythm, amount,"
        " state, version, created_at, changed_at, proposer_id, staff_id, approved_by,"
        " counter_staff_id, catalogue_id, authors, previous_id)"
        " SELECT 'Sluk havnens lys', '{}', '{}', 'night', 2, '2026-12-01', 'level', 'month', 0,"
        f" 'completed', 1, :now, :now, min(id), 1, 1, 1, 1, '[]', {previous} FROM participant"
        for previous in ("NULL", "(SELECT max(id) FROM campaign)")
    ),
    (
        "INSERT INTO pledge (participant_id, state, words, theme, kind, rhythm, starts_on, ends_on,"
        " amount, season, visibility, source, version, created_at, changed_at, catalogue_id,"
        " campaign_id, group_id)"
        " SELECT min(participant.id), 'withdrawn', 'Jeg slukker', 'night', 'level', 'month',"
        " '2026-12-01', '2027-01-01', 0, '[]', 'private', 'chat', 1, :now, :now, 1,"
        " max(campaign.id), min(groups.id) FROM participant, campaign, groups"
    ),
    (
        "INSERT INTO outcome (kind, title, theme, staff_id, due_on, summaries, state, version,"
        " created_at, changed_at)"
        " VALUES ('obstacle', 'Lys', 'night', 1, '2026-12-24', '{}', 'open', 1, :now, :now)"
    ),
    (
        "INSERT INTO contribution (kind, subject_kind, subject_id, participant_id, theme, key,"
        " campaign_id, outcome_id, at)"
        " SELECT 'obstacle', 'pledge', pledge.id, participant_id, 'night', 'time', campaign_id,"
        " outcome.id, :now FROM pledge, outcome WHERE campaign_id IS NOT NULL"
    ),
)
# Times that a statement may name, relative to now.
MOMENTS = {
    "now": timedelta(),
    "soon": timedelta(days=1),
    "old": timedelta(hours=-1),
    "ancient": timedelta(days=-9),
}


async def lived(chat: Chat) -> Store:
    """Play the history; return the store, which the caller closes."""
    for line in LINES.strip().splitlines():
        await chat.play(line)
    store, bot = await chat.open()
    await bot.close()
    async with store.writer.begin() as connection:
        for said in MORE:
            await at(connection, said, chat.clock.now())
    while await seal(store):
        pass
    return store


async def at(connection: AsyncConnection, said: str, now: datetime) -> Any:
    """Execute a statement with the times it names."""
    named = {name: now + span for name, span in MOMENTS.items() if f":{name}" in said}
    typed = [bindparam(name, type_=UtcDateTime()) for name in named]
    # Escape all other colons, as in JSON.
    plain = re.sub(rf":(?!({'|'.join(MOMENTS)})\b)", r"\:", said)
    return await connection.execute(text(plain).bindparams(*typed), named)
