"""Row 4: each contribution has an outcome, its author is told once, and the poll has no names."""

from __future__ import annotations

from sqlalchemy import select

from bot.app.compose import town_context_of
from bot.service.broadcasts.dialogues import OUTCOME
from bot.store.store import Store
from bot.store.tables import delivery, poll_count, poll_taken
from bot.testing import Chat

AUTHORS = [f"Author{number}" for number in range(1, 13)]
SILENT, STRANGER = "Silent", "Stranger"
AGENDA = "https://www.klintsund.example/dagsorden/7"
PEOPLE = {name: (500 + number, "da") for number, name in enumerate((*AUTHORS, SILENT, STRANGER))}
WORDS = {
    AUTHORS[9]: "Hellere ved stien, så kørestole kan komme til",
    AUTHORS[10]: "Sæt to bænke",
    AUTHORS[11]: "Kun hvis der også kommer en skraldespand",
}


async def asked(chat: Chat, question: str) -> None:
    """Let staff ask everyone, with one's own words as an answer, too."""
    await chat.play(
        f"Mette asks everyone about nature: {question} [Ja] [Nej] with the agenda {AGENDA}"
    )
    await chat.play("Mette submits the news")
    await chat.play("Lone approves the news because de næste får det")
    await chat.play("--- 2 minutes pass")


async def test_row_4(database_url: str) -> None:
    """Dialogue D-3 has twelve contributions; it closes when the last of them has its outcome."""
    chat = Chat(database_url, people=PEOPLE, restarts=False)
    for question in ("Skal søen renses?", "Skal der plantes træer?"):
        await asked(chat, question)
    for name in (*AUTHORS, SILENT):
        for line in ("/start", "nyt", "[Natur og klima]", "[Færdig]", "[Ja]"):
            await chat.play(f"{name}: {line}")
    await chat.play(f"{STRANGER}: /start")
    await asked(chat, "Skal bænken stå ved engen?")
    for name in AUTHORS:
        if name in WORDS:
            await chat.play(f"{name}: [Svar med mine egne ord]")
            await chat.play(f"{name}: {WORDS[name]}")
        else:
            await chat.play(f"{name}: [Ja]")

    for name in AUTHORS[:9]:
        await chat.play(f"Lone decides used on {name}")
    closed = await chat.play("Lone closes the dialogue")
    assert closed == ["Console: 3 bidrag mangler svar"]
    for name in AUTHORS[9:]:
        await chat.play(f"Lone decides not_used on {name}: Stien er for smal.")
    told = await chat.play("Lone closes the dialogue")

    heard = [line.partition(":")[0] for line in told]
    assert sorted(heard) == sorted(f"Bot to {name}" for name in AUTHORS)
    by_author = dict(
        zip(heard, (" ".join(line.replace("\n   | ", " ").split()) for line in told), strict=True)
    )
    for name in AUTHORS:
        line = by_author[f"Bot to {name}"]
        assert f"“{WORDS.get(name, 'Ja')}”" in line
        assert ("Stien er for smal" in line) == (name in WORDS)
        assert "Natur- og miljøudvalget" in line
        assert "mandag d. 23. november" in line
        assert "Se dagsordenen" in line
        assert AGENDA in links(chat, name)
        assert "Følte du dig hørt?" in line
    await chat.play(f"{AUTHORS[0]}: [4]")
    await chat.play("--- 2 hours pass")
    assert await chat.play("Lone closes the dialogue") == []
    await chat.close()
    await no_names(database_url, chat)


def links(chat: Chat, name: str) -> list[str]:
    """Return the addresses that the newest message to a citizen links to."""
    messages = chat.world.the_bot().chats[PEOPLE[name][0]].messages
    newest = messages[max(messages)]
    return [one["url"] for one in newest.entities if "url" in one]


async def no_names(database_url: str, chat: Chat) -> None:
    """Assert that the value of the poll is a sum without a person, and who got the outcome."""
    store = await Store.open(
        database_url, clock=chat.clock, town=town_context_of(chat.town), migrate=False
    )
    async with store.reading() as unit:
        counted = (await unit.connection.execute(select(poll_count))).mappings().all()
        taken = (await unit.connection.execute(select(poll_taken))).mappings().all()
        outcomes = select(delivery).where(delivery.c.occasion == OUTCOME)
        sent = (await unit.connection.execute(outcomes)).all()
    await store.close()
    assert [dict(row) for row in counted if row["count"]] == [
        {"broadcast_id": 3, "value": 4, "count": 1}
    ]
    assert len(taken) == 1
    assert set(taken[0]) == {"id", "broadcast_id", "participant_id", "at"}
    assert len(sent) == len(AUTHORS)


async def test_what_happened_to_my_contribution(chat_on_each: Chat) -> None:
    """A citizen asks what happened to their answer, their idea and their report."""
    await chat_on_each("""
        Jens: hvad skete der med mit bidrag?
        Bot: <notice>
        Bot: Vi har ikke noget bidrag fra dig. Et svar på vores spørgsmål, en idé eller et praj
           | er et bidrag. Du hører altid, hvad der kom ud af det.
           | [Mit overblik] [Menu]
        Bot: <menu>
        Jens: /start
        Bot: <menu>
        Jens: nyt
        Bot: Hvad vil du have nyt om? Vælg så mange, du vil, eller ingen.
           | [Natur og klima] [Veje og trafik] [Børn og unge] [Kultur og fritid] [Frivillige]
           | [Færdig] [Menu]
        Jens: [Natur og klima]
        Bot edits: Hvad vil du have nyt om? Vælg så mange, du vil, eller ingen.
           | [✓ Natur og klima] [Veje og trafik] [Børn og unge] [Kultur og fritid] [Frivillige]
           | [Færdig] [Menu]
        Jens: [Færdig]
        Bot: Må vi sende dig nyt om det her i chatten? Højst to gange om ugen. Skriv "stop", så
           | holder det op.
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: [Ja]
        Bot: Det er gemt. Du kan altid ændre det.
           | [Mit overblik] [Menu]
        Mette asks everyone about nature: Skal bænken stå ved engen? [Ja] [Nej] with the agenda https://www.klintsund.example/dagsorden/7
        Mette submits the news
        Lone approves the news
        Bot to Jens: Skal bænken stå ved engen?
           |
           | D-1: Natur- og miljøudvalget beslutter. Du hører, hvad der kom ud af det. Se
           | dagsordenen
           | [Ja] [Nej] [Svar med mine egne ord] [Stop beskeder]
        --- 2 minutes pass
        Jens: [Nej]
        Bot: Tak. Dit svar er noteret som bidrag til D-1: “Nej”.
           | [Fortryd] [Hvad skete der med mit bidrag?] [Menu]
        Jens: mit overblik
        Bot: Mit overblik
           | Vi kalder dig: Jens
           | Sprog: Dansk
           | Område: ikke valgt
           | Nyt om: Natur og klima
           | Stille timer: kl. 20–8, søndage, helligdage, 24. og 31. december
           | [Sprog og indstillinger] [Hvad skete der med mit bidrag?] [Advarsler om fare] [Menu]
        Jens: [Hvad skete der med mit bidrag?]
        Bot: Det er der sket med dine bidrag:
           |
           | D-1, “Skal bænken stå ved engen?” Du svarede: “Nej”.
           | Natur- og miljøudvalget har ikke besluttet noget endnu. Se dagsordenen
           | [Mit overblik] [Menu]
        Lone decides not_used on Jens: Stien er for smal.
        Jens: /bidrag
        Bot: Det er der sket med dine bidrag:
           |
           | D-1, “Skal bænken stå ved engen?” Du svarede: “Nej”.
           | Natur- og miljøudvalget har ikke besluttet noget endnu. Se dagsordenen
           | [Mit overblik] [Menu]
        Lone closes the dialogue
        Bot to Jens: Du svarede på D-1, “Skal bænken stå ved engen?”: “Nej”.
           |
           | Ikke brugt, fordi: Stien er for smal.
           |
           | Natur- og miljøudvalget besluttede det mandag d. 23. november. Se dagsordenen
           |
           | Følte du dig hørt? Vælg fra 1 (nej) til 5 (ja). Vi gemmer kun summen.
           | [1] [2] [3] [4] [5] [Menu]
        Jens: hvad skete der med mit bidrag
        Bot: Det er der sket med dine bidrag:
           |
           | D-1, “Skal bænken stå ved engen?” Du svarede: “Nej”.
           | Ikke brugt, fordi: Stien er for smal. Natur- og miljøudvalget besluttede det mandag
           | d. 23. november. Se dagsordenen
           | [Mit overblik] [Menu]
    """)


async def test_what_happened_in_english(chat_on_each: Chat) -> None:
    """An idea and an obstacle to a pledge are contributions, too."""
    await chat_on_each("""
        Ana: /start
        Bot: <English notice>
        Bot: <English menu>
        Ana: /idea
        Bot: What is your idea? Write it as you would say it to a neighbour.
        Ana: A bench at the harbour, so that older people can rest on the way
        Bot: Thank you. Your idea is sent to Mette in Borgerservice. Case number: KS-1001. You
           | hear what came of it by Monday 7 December at the latest. If it takes longer, we
           | write before that day.
           | [My overview] [Menu]
        Ana: what happened to my idea?
        Bot: This is what happened to your contributions:
           |
           | KS-1001: “A bench at the harbour, so that older people can rest on the way”.
           | You have an answer by Monday 7 December.
           | [My overview] [Menu]
        Mette claims KS-1001
        Mette answers KS-1001 as partly by Vej og Park: We put one up in May.
        Bot to Ana: Here is the answer: We put one up in May.
           |
           | Your idea was: “A bench at the harbour, so that older people can rest on the way”.
           | What came of it: Partly used. Vej og Park decided it Monday 23 November.
           |
           | Did you get an answer to what you asked?
           | Regards, Mette
           | [Yes] [Partly] [No] [This did not feel right]
        Ana: my contributions
        Bot: This is what happened to your contributions:
           |
           | KS-1001: “A bench at the harbour, so that older people can rest on the way”.
           | Partly used. Vej og Park decided it Monday 23 November.
           | [My overview] [Menu]
    """)
