"""Ideas and reports: the answer has their outcome, and no clock ends the case before (row 4)."""

from __future__ import annotations

from chat_store import ask, opened

from bot.model.case import CaseState
from bot.model.commands.casework import CancelScheduled
from bot.testing import Chat

IDEA = """
        Jens: /start
        Jens: ide
        Jens: Flere bænke langs kysten
"""


async def proposed(chat: Chat) -> None:
    """Open case KS-1001 with an idea, as Jens on Monday at 10:00."""
    for line in IDEA.strip().splitlines():
        await chat.play(line.strip())


async def test_an_answer_has_the_outcome(chat_on_each: Chat) -> None:
    """An answer without an outcome is refused; with one the author reads it with their words."""
    await proposed(chat_on_each)
    await chat_on_each("""
        Mette answers KS-1001: God idé. Vi sætter tre bænke op til maj.
        Console: Vælg, hvad der kom ud af det.
        Mette answers KS-1001 as maybe: God idé.
        Console: Vælg, hvad der kom ud af det.
        Mette answers KS-1001 as partly by Teknisk Udvalg: Vi sætter tre bænke op til maj.
        Bot to Jens: Her er svaret: Vi sætter tre bænke op til maj.
           |
           | Din idé var: “Flere bænke langs kysten”. Det kom der ud af den: Delvist brugt.
           | Teknisk Udvalg har besluttet det mandag d. 23. november.
           |
           | Fik du svar på det, du spurgte om?
           | Hilsen Mette
           | [Ja] [Delvist] [Nej] [Det her føltes ikke ordentligt]
        Mette corrects KS-1001: Vi sætter fire bænke op til maj.
        Bot edits to Jens: Her er svaret: Vi sætter fire bænke op til maj.
           |
           | Din idé var: “Flere bænke langs kysten”. Det kom der ud af den: Delvist brugt.
           | Teknisk Udvalg har besluttet det mandag d. 23. november.
           |
           | Fik du svar på det, du spurgte om?
           | Hilsen Mette
           | [Ja] [Delvist] [Nej] [Det her føltes ikke ordentligt]
    """)


async def outcome_of(chat: Chat, case_id: int) -> tuple[str | None, str | None, bool]:
    """Return the outcome of a case, who decided it, and whether the author is told."""
    async with opened(chat) as store, store.reading() as unit:
        (one,) = await unit.contributions.about("case", case_id)
    return one.verdict, one.decided_by, one.told_at is not None


async def test_no_clock_ends_it_before(chat: Chat) -> None:
    """A case whose citizen is silent stays open until its answer has the outcome."""
    await proposed(chat)
    for line in ("Mette claims KS-1001", "Mette asks KS-1001: Hvor på kysten?"):
        await chat.play(line)
    await chat("""
        --- until 2026-12-18 12:00
        Bot to Jens: Vi mangler stadig et svar fra dig for at komme videre med KS-1001:
           | Hvor på kysten?
           | [Menu]
        Bot to Jens: Vi mangler stadig et svar fra dig for at komme videre med KS-1001:
           | Hvor på kysten?
           | [Menu]
    """)
    assert await outcome_of(chat, 1) == (None, None, False)
    async with opened(chat) as store, store.reading() as unit:
        case = await unit.cases.get(1)
        assert case is not None
        assert case.state is CaseState.WAITING
        about = [one.kind for one in await unit.alerts.newest(1, 20)]
    assert "no_outcome" in about
    await chat("""
        Mette answers KS-1001 as used: Bænkene kommer til maj.
        Bot to Jens: Her er svaret: Bænkene kommer til maj.
           |
           | Din idé var: “Flere bænke langs kysten”. Det kom der ud af den: Brugt. Mette har
           | besluttet det fredag d. 18. december.
           |
           | Fik du svar på det, du spurgte om?
           | Hilsen Mette
           | [Ja] [Delvist] [Nej] [Det her føltes ikke ordentligt]
        --- until 2027-01-05 12:00
    """)
    assert await outcome_of(chat, 1) == ("used", "Mette", True)
    async with opened(chat) as store, store.reading() as unit:
        case = await unit.cases.get(1)
        assert case is not None
        assert case.state is CaseState.CLOSED


async def test_a_closed_idea(chat: Chat) -> None:
    """An idea that staff close is not used, for the reason they tell; taken back it has none."""
    await proposed(chat)
    await chat("""
        Mette closes KS-1001 as not_us at Havnen, tlf. 00 00 10 10: Kysten er havnens.
        Bot to Jens: Kysten er havnens.
           | Havnen, tlf. 00 00 10 10
           |
           | KS-1001 er lukket nu. Skriv til os igen, hvis der er mere.
           | Hilsen Mette
           | [Menu]
    """)
    assert await outcome_of(chat, 1) == ("not_used", "Mette", True)
    await chat("""
        Mette withdraws KS-1001: Det var den forkerte sag.
        Bot deletes to Jens: Kysten er havnens.
           | Havnen, tlf. 00 00 10 10
           |
           | KS-1001 er lukket nu. Skriv til os igen, hvis der er mere.
           | Hilsen Mette
        Bot to Jens: En besked fra os om KS-1001 er trukket tilbage, fordi den ikke var rigtig.
           | Du hører fra os senest mandag d. 7. december.
           | [Menu]
    """)
    assert await outcome_of(chat, 1) == (None, None, False)


async def test_a_scheduled_answer(chat: Chat) -> None:
    """The author of a report is told when a scheduled answer is sent; cancelled there is none."""
    for line in ("Jens: /start", "Jens: praj", "Jens: [Hul i vejen]", "Jens: Strandvejen 12"):
        await chat.play(line)
    await chat.play("Jens: [Send]")
    await chat("""
        Mette schedules KS-1001 for 2026-11-24 09.00: Hullet bliver lappet i morgen.
        Console: Vælg, hvad der kom ud af det.
    """)
    line = "Mette schedules KS-1001 for 2026-11-24 09.00 as used: Hullet bliver lappet i morgen."
    await chat.play(line)
    assert await outcome_of(chat, 1) == ("used", "Mette", False)
    async with opened(chat) as store, store.reading() as unit:
        said = (await unit.threads.of_case(1, internal=False))[-1]
    await ask(chat, CancelScheduled(1, said.id))
    assert await outcome_of(chat, 1) == (None, None, False)
    await chat.play(line)
    await chat("""
        --- until 2026-11-24 09:00
        Bot to Jens: Her er svaret: Hullet bliver lappet i morgen.
           |
           | Dit praj var: “Hul i vejen – Sted: Strandvejen 12”. Det kom der ud af det: Vi gør
           | det. Mette har besluttet det mandag d. 23. november.
           |
           | Fik du svar på det, du spurgte om?
           | Hilsen Mette
           | [Ja] [Delvist] [Nej] [Det her føltes ikke ordentligt]
    """)
    assert await outcome_of(chat, 1) == ("used", "Mette", True)


async def test_a_repeated_idea_has_the_same_outcome(chat: Chat) -> None:
    """The author of a repeated idea is told the outcome of the other one."""
    await proposed(chat)
    for line in ("Samira: /start", "Samira: ide", "Samira: Sæt nogle bænke op"):
        await chat.play(line)
    await chat("""
        Mette closes KS-1002 as duplicate_of at KS-1001: Jens har foreslået det samme.
        Bot to Samira: Jens har foreslået det samme.
           | KS-1001
           |
           | KS-1002 er lukket nu. Skriv til os igen, hvis der er mere.
           | Hilsen Mette
           | [Menu]
    """)
    assert await outcome_of(chat, 2) == (None, None, False)
    await chat("""
        Mette answers KS-1001 as used: Bænkene kommer til maj.
        Bot to Jens: Her er svaret: Bænkene kommer til maj.
           |
           | Din idé var: “Flere bænke langs kysten”. Det kom der ud af den: Brugt. Mette har
           | besluttet det mandag d. 23. november.
           |
           | Fik du svar på det, du spurgte om?
           | Hilsen Mette
           | [Ja] [Delvist] [Nej] [Det her føltes ikke ordentligt]
        Bot to Samira: Mere om KS-1002: Bænkene kommer til maj.
           |
           | Din idé var: “Sæt nogle bænke op”. Det kom der ud af den: Brugt. Mette har besluttet
           | det mandag d. 23. november.
           |
           | Hilsen Mette
           | [Menu]
    """)
    assert await outcome_of(chat, 2) == ("used", "Mette", True)


async def test_words_that_were_taken_back(chat: Chat) -> None:
    """An idea that its author takes back is no contribution any longer."""
    await proposed(chat)
    await chat("""
        Mette closes KS-1001 as withdrawn: Du har selv trukket din idé tilbage.
        Bot to Jens: Du har selv trukket din idé tilbage.
           |
           | KS-1001 er lukket nu. Skriv til os igen, hvis der er mere.
           | Hilsen Mette
           | [Menu]
    """)
    async with opened(chat) as store, store.reading() as unit:
        assert await unit.contributions.about("case", 1) == []
