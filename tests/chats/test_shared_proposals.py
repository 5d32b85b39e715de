"""Citizens propose shared pledges, hear what became of them, and pass pledges on."""

from __future__ import annotations

import pytest
from campaign_desk import arrive, campaign, staff_ids
from chat_store import ask, opened

from bot.engine.events import Done, Refused
from bot.model.campaign import replaced_by
from bot.model.commands.pledges import (
    ApproveCampaign,
    CancelCampaign,
    EditCampaign,
    ReturnCampaign,
    ReviseProposal,
    SubmitCampaign,
)
from bot.service import execute
from bot.testing import Chat


async def test_a_proposal_is_approved(chat_on_each: Chat) -> None:
    """Own words, a warning of a high number, and the approval with the proposer's own link."""
    chat = chat_on_each
    await arrive(chat, "Samira", "Jens")
    await chat("""
        Samira: start et fælles løfte
        Bot: Er du fyldt 15 år? Vi spørger kun én gang og gemmer kun ja eller nej.
           | [Ja] [Nej] [Menu]
        Samira: ja
        Bot: Må vi gemme dit løfte og spørge, hvordan det går? Vi tæller, hvad byen gør
           | tilsammen. Skriv "mit overblik", når du vil se, rette eller stoppe det.
           | [Ja] [Nej] [Tilbage] [Menu]
        Samira: ja
        Bot: Hvad handler det om?
           | [Vild natur] [Mørke nætter] [Varme og transport] [Gæster og mad] [Naboer og børn]
           | [Menu]
        Samira: Mørke nætter
        Bot: Hvad vil I hver især gøre, hvis nok andre også gør det? Vælg et, eller skriv dit
           | eget. For eksempel: “Jeg slukker mit udelys kl. 22”.
           |
           | • Sluk for natten. Jeg slukker udelyset kl. 22 og lader lamper pege nedad.
           | [Sluk for natten] [Tilbage] [Menu]
        Samira: Lys
        Bot: Skriv det som en sætning, for eksempel “Jeg slukker mit udelys kl. 22”.
        Bot: Hvad vil I hver især gøre, hvis nok andre også gør det? Vælg et, eller skriv dit
           | eget. For eksempel: “Jeg slukker mit udelys kl. 22”.
           |
           | • Sluk for natten. Jeg slukker udelyset kl. 22 og lader lamper pege nedad.
           | [Sluk for natten] [Tilbage] [Menu]
        Samira: Jeg slukker lyset i haven hver aften kl. 22.
        Bot: Giv det et kort navn, for eksempel “Mørkt ved havnen”.
           | [Tilbage] [Menu]
        Samira: Mørke haver
        Bot: Hvor mange skal I være i alt, før det gælder? Vælg et lavt tal. Det er lettere at
           | finde ti naboer end hundrede.
           | [5] [10] [20] [Tilbage] [Menu]
        Samira: mange
        Bot: Skriv et tal fra 2 til 10.000.
        Bot: Hvor mange skal I være i alt, før det gælder? Vælg et lavt tal. Det er lettere at
           | finde ti naboer end hundrede.
           | [5] [10] [20] [Tilbage] [Menu]
        Samira: 120
        Bot: 120 er mange. Et lavere tal bliver oftere nået, og flere kan stadig være med. På
           | PledgeBank nåede 295 af 1.567.
           |
           | Vil du vælge et lavere tal?
           | [Ja] [Nej] [Tilbage] [Menu]
        Samira: ja
        Bot: Hvor mange skal I være i alt?
           | [5] [10] [20] [Tilbage] [Menu]
        Samira: 12
        Bot: Hvornår skal der være nok? Vælg, eller skriv en dag, for eksempel “1. august”.
           | [Om to uger, 7. december] [Om fire uger, 21. december] [Om otte uger, 18. januar]
           | [Tilbage] [Menu]
        Samira: om tre uger
        Bot: Mørke haver
           | Jeg slukker lyset i haven hver aften kl. 22.
           | Mål: 12. Sidste dag: mandag d. 14. december.
           |
           | Skriver nok under, gælder løftet i fire uger fra den dag. Så spørger jeg alle,
           | hvordan det gik.
           |
           | Vil du sende det sådan?
           | [Ja] [Nej] [Tilbage] [Menu]
        Samira: [Ja]
        Bot: Tak. Dit forslag er sendt: “Mørke haver”. En medarbejder læser det, før andre ser
           | det. Du får svar her senest mandag d. 30. november.
           | [Alle fælles løfter] [Mit overblik] [Menu]
        Samira: fælles løfter
        Bot: Der er ingen åbne fælles løfter lige nu. Du kan selv foreslå et.
           | [Start et fælles løfte] [Giv et løfte] [Menu]
    """)
    _mette, jonas = await staff_ids(chat)
    assert await ask(chat, ApproveCampaign(jonas, 1, 1)) == 1
    await chat.play("--- 1 minute passes")
    async with opened(chat) as store, store.reading() as unit:
        known = await unit.campaigns.get(1)
        assert known is not None
        assert (known.target, known.texts["da"]) == (
            12,
            "Jeg slukker lyset i haven hver aften kl. 22.",
        )
        assert len(await unit.deliveries.of_subject("campaign", 1, 10)) == 1
    await chat("""
        Samira: [Jeg er med]
        Bot: Tak, Samira. Du er med: Mørke haver. Vi mangler 11 underskrifter.
           |
           | 1 af 12 har skrevet under. Jeg skriver til dig, når I er nok, og senest efter
           | fristen mandag d. 14. december.
           | Kun du og kommunen kan se, at du er med.
           | [Del] [Hvem kan se det] [Mit overblik] [Alle fælles løfter] [Menu]
    """)


async def test_from_the_catalogue_in_english(chat: Chat) -> None:
    """A pledge of the list has its unit; it is returned with the reason, and later declined."""
    await arrive(chat, "Ana")
    mette, _jonas = await staff_ids(chat)
    await chat("""
        Ana: /together
        Bot: No shared pledge is open just now. You can propose one yourself.
           | [Start a shared pledge] [Make a pledge] [Menu]
        Ana: [Start a shared pledge]
        Bot: Are you 15 years old or more? We ask only once, and keep only yes or no.
           | [Yes] [No] [Menu]
        Ana: yes
        Bot: May we keep your pledge, and ask you how it goes? We count what the town does
           | together. Write “my overview” to see it, change it or end it.
           | [Yes] [No] [Back] [Menu]
        Ana: yes
        Bot: What is it about?
           | [Wild nature] [Dark nights] [Heat and transport] [Guests and food]
           | [Neighbours and children] [Menu]
        Ana: [Heat and transport]
        Bot: What will each of you do, if enough others do it too? Choose one, or write your own.
           | For example: “I turn off my outdoor lights at 10 pm”.
           |
           | • One degree down. I keep the heating one degree lower this winter.
           | • Two days by bike. I cycle to work or school two days a week.
           | [One degree down] [Two days by bike] [Back] [Menu]
        Ana: [Two days by bike]
        Bot: How many must you be in all before it counts? Choose a low number. Ten neighbours
           | are easier to find than a hundred.
           | [5] [10] [20] [Back] [Menu]
        Ana: 1
        Bot: Write a number from 2 to 10,000.
        Bot: How many must you be in all before it counts? Choose a low number. Ten neighbours
           | are easier to find than a hundred.
           | [5] [10] [20] [Back] [Menu]
        Ana: 5
        Bot: By which day must there be enough? Choose, or write a day like “1 August”.
           | [In two weeks, 7 December] [In four weeks, 21 December] [In eight weeks, 18 January]
           | [Back] [Menu]
        Ana: [In four weeks, 21 December]
        Bot: Target: 5. Last day: Monday 21 December.
           |
           | If enough sign, it lasts four weeks from that day. Then I ask everybody about it.
           |
           | Do you want to send it like this?
           | [Yes] [No] [Back] [Menu]
        Ana: [Yes]
        Bot: Thank you. Your proposal is sent: “Two days by bike”. A person reads it before
           | others see it. You get an answer here by Monday 30 November at the latest.
           | [All shared pledges] [My overview] [Menu]
    """)
    assert await ask(chat, ReturnCampaign(mette, 1, "Skriv, hvor I cykler.")) == 1
    await chat("""
        --- 1 minute passes
        Bot to Ana: A person has read your proposal “Two days by bike”. It needs a change before
           | others can see it:
           | Skriv, hvor I cykler.
           | [Change it] [Talk to a person] [Menu]
    """)
    assert await ask(chat, SubmitCampaign(mette, 1)) == 1
    assert await ask(chat, CancelCampaign(mette, 1, "Der er et løfte magen til.")) == 1
    await chat("""
        --- 1 minute passes
        Bot to Ana: The municipality said no to your proposal “Two days by bike”. The reason:
           | Der er et løfte magen til.
           |
           | You can propose it in another way, or talk to a person about it.
           | [Start a shared pledge] [Talk to a person] [Menu]
    """)
    async with opened(chat) as store, store.reading() as unit:
        known = await unit.campaigns.get(1)
    assert known is not None
    assert (known.measure, known.rhythm, known.catalogue_id) == ("rides", "week", 8)


async def test_the_rate_of_the_town(chat: Chat) -> None:
    """A high number is warned of with how many reached their target here."""
    await arrive(chat, "Samira")
    await campaign(chat, days=1)
    await chat.play("--- 3 days pass")
    for line in ("start et fælles løfte", "ja", "ja", "Mørke nætter"):
        await chat.play(f"Samira: {line}")
    await chat.play("Samira: Jeg slukker lyset i haven kl. 22.")
    await chat("""
        Samira: Mørke haver
        Bot: Hvor mange skal I være i alt, før det gælder? Vælg et lavt tal. Det er lettere at
           | finde ti naboer end hundrede.
           | [5] [10] [20] [Tilbage] [Menu]
        Samira: 50
        Bot: 50 er mange. Et lavere tal bliver oftere nået, og flere kan stadig være med. Her
           | nåede 0 af 1 deres mål. På PledgeBank nåede 295 af 1.567.
           |
           | Vil du vælge et lavere tal?
           | [Ja] [Nej] [Tilbage] [Menu]
        Samira: nej
        Bot: Hvornår skal der være nok? Vælg, eller skriv en dag, for eksempel “1. august”.
           | [Om to uger, 10. december] [Om fire uger, 24. december] [Om otte uger, 21. januar]
           | [Tilbage] [Menu]
        Samira: i går
        Bot: Jeg forstod ikke dagen. Skriv for eksempel "1. august" eller "tre måneder".
        Bot: Hvornår skal der være nok? Vælg, eller skriv en dag, for eksempel “1. august”.
           | [Om to uger, 10. december] [Om fire uger, 24. december] [Om otte uger, 21. januar]
           | [Tilbage] [Menu]
    """)


async def test_staff_are_reminded_of_a_proposal(chat: Chat) -> None:
    """The day that the citizen was told passes without an answer: staff are alerted again."""
    await arrive(chat, "Samira")
    lines = ("start et fælles løfte", "ja", "ja", "Mørke nætter", "Jeg slukker lyset kl. 22.")
    for line in (*lines, "Mørkt", "5", "om tre uger", "ja"):
        said = await chat.play(f"Samira: {line}")
    assert "Du får svar her senest mandag d. 30. november." in " ".join(said).replace("\n   |", "")
    await chat.play("--- until 2026-12-01 09:00")
    mette, _jonas = await staff_ids(chat)
    async with opened(chat) as store, store.reading() as unit:
        alerts = await unit.alerts.newest(mette, 10)
    assert [one.kind for one in alerts] == ["campaign_proposed", "campaign_proposed"]


async def test_an_edit_needs_a_new_approval(chat: Chat) -> None:
    """The words that were proposed are changed by staff before others see them."""
    await arrive(chat, "Samira")
    mette, jonas = await staff_ids(chat)
    lines = ("start et fælles løfte", "ja", "ja", "Mørke nætter", "Jeg slukker lyset kl. 22.")
    for line in (*lines, "Mørkt", "5", "om tre uger", "ja"):
        await chat.play(f"Samira: {line}")
    better = {"texts": {"da": "Jeg slukker mit udelys kl. 22."}}
    assert await ask(chat, EditCampaign(mette, 1, 1, better)) == 1
    assert await ask(chat, SubmitCampaign(mette, 1)) == 1
    assert await ask(chat, ApproveCampaign(jonas, 1, 2)) == 1
    said = (await chat.play("--- 1 minute passes"))[0].replace("\n   | ", " ")
    assert "Dit fælles løfte er godkendt: “Mørkt”. Nu kan alle skrive under." in said
    assert "https://t.me/dialog_klintsund_bot?start=l-" in said


async def proposed(chat: Chat) -> tuple[int, int]:
    """Let Samira propose a shared pledge, and staff return it. Return the ids of two staff."""
    await arrive(chat, "Samira")
    mette, jonas = await staff_ids(chat)
    lines = ("start et fælles løfte", "ja", "ja", "Mørke nætter", "Jeg slukker lyset kl. 22.")
    for line in (*lines, "Mørkt", "5", "om tre uger", "ja"):
        await chat.play(f"Samira: {line}")
    assert await ask(chat, ReturnCampaign(mette, 1, "Skriv, hvilket lys I slukker.")) == 1
    await chat.play("--- 1 minute passes")
    return mette, jonas


async def test_a_returned_proposal_is_changed_and_sent_again(chat_on_each: Chat) -> None:
    """Only what the citizen chooses is asked; staff approve the changed proposal."""
    chat = chat_on_each
    _mette, jonas = await proposed(chat)
    await chat("""
        Samira: [Ret forslaget]
        Bot: Det er dit forslag:
           |
           | Mørkt
           | Jeg slukker lyset kl. 22.
           | Mål: 5. Sidste dag: mandag d. 14. december.
           |
           | Kommunen skrev:
           | Skriv, hvilket lys I slukker.
           |
           | Hvad vil du ændre? Vælg et eller flere, og derefter “Færdig”.
           | [Det, I hver især gør] [Navnet] [Målet] [Sidste dag] [Færdig] [Menu]
        Samira: [Det, I hver især gør]
        Bot edits: Det er dit forslag:
           |
           | Mørkt
           | Jeg slukker lyset kl. 22.
           | Mål: 5. Sidste dag: mandag d. 14. december.
           |
           | Kommunen skrev:
           | Skriv, hvilket lys I slukker.
           |
           | Hvad vil du ændre? Vælg et eller flere, og derefter “Færdig”.
           | [✓ Det, I hver især gør] [Navnet] [Målet] [Sidste dag] [Færdig] [Menu]
        Samira: [Færdig]
        Bot: Hvad vil I hver især gøre? Skriv hele sætningen.
           | [Tilbage] [Menu]
        Samira: Jeg slukker mit udelys kl. 22.
        Bot: Mørkt
           | Jeg slukker mit udelys kl. 22.
           | Mål: 5. Sidste dag: mandag d. 14. december.
           |
           | Vil du sende det sådan?
           | [Ja] [Nej] [Tilbage] [Menu]
        Samira: ja
        Bot: Tak. Dit forslag er sendt: “Mørkt”. En medarbejder læser det, før andre ser det. Du
           | får svar her senest mandag d. 30. november.
           | [Alle fælles løfter] [Mit overblik] [Menu]
        Samira: [Ret forslaget]
        Bot: Dit forslag er hos kommunen. Du får svar her.
           | [Alle fælles løfter] [Tal med et menneske] [Menu]
    """)
    async with opened(chat) as store, store.reading() as unit:
        old, new = await unit.campaigns.get(1), await unit.campaigns.get(2)
        alerts = [one.kind for one in await unit.alerts.newest(jonas, 10)]
    assert old is not None
    assert new is not None
    assert old.texts == {"da": "Jeg slukker lyset kl. 22."}
    assert old.reasons == {"da": "Skriv, hvilket lys I slukker."}
    assert (replaced_by(old), new.previous_id, new.target) == (2, 1, 5)
    assert alerts.count("campaign_proposed") == 2
    assert await ask(chat, ApproveCampaign(jonas, 2, 1)) == 2
    said = (await chat.play("--- 1 minute passes"))[0].replace("\n   | ", " ")
    assert "Dit fælles løfte er godkendt: “Mørkt”." in said


async def test_a_change_is_sent_only_after_a_yes(chat: Chat) -> None:
    """A high target is warned of; after a no, the proposal can still be changed."""
    await proposed(chat)
    for line in ("[Ret forslaget]", "[Målet]", "[Færdig]", "60"):
        said = " ".join(await chat.play(f"Samira: {line}"))
    assert "60 er mange." in said
    for line in ("ja", "8"):
        said = " ".join(await chat.play(f"Samira: {line}"))
    assert "Mål: 8." in said
    said = " ".join(await chat.play("Samira: nej"))
    assert "Dine ændringer er ikke sendt." in said
    assert "[Ret forslaget]" in said
    async with opened(chat) as store, store.reading() as unit:
        known = await unit.campaigns.get(1)
        assert await unit.campaigns.get(2) is None
    assert known is not None
    assert (known.state, known.target) == ("draft", 5)


async def test_a_last_day_that_is_over_is_asked(chat: Chat) -> None:
    """A proposal that is changed after its last day gets another one."""
    await proposed(chat)
    await chat.play("--- until 2026-12-20 09:00")
    said = " ".join(await chat.play("Samira: [Ret forslaget]"))
    assert "[Sidste dag]" not in said
    for line in ("[Navnet]", "[Færdig]"):
        await chat.play(f"Samira: {line}")
    said = " ".join(await chat.play("Samira: Mørke haver"))
    assert "Hvornår skal der være nok?" in said
    for line in ("om tre uger", "ja"):
        said = " ".join(await chat.play(f"Samira: {line}"))
    assert "Dit forslag er sendt: “Mørke haver”." in said


async def test_only_the_proposer_changes_a_proposal(chat: Chat) -> None:
    """Another citizen learns nothing of it, and a second sending makes no second proposal."""
    await proposed(chat)
    await arrive(chat, "Jens")
    async with opened(chat) as store, store.unit() as unit:
        samira, jens = [(await unit.people.get(n)).id for n in (1, 2)]
        forged = await execute(ReviseProposal(jens, 1, "Lyst"), unit)
        assert isinstance(forged, Refused)
        twice = [await execute(ReviseProposal(samira, 1, "Mørke haver"), unit) for _n in range(2)]
    assert twice == [Done(2), Done(2)]


async def test_a_proposal_is_sent_only_after_a_yes(chat: Chat) -> None:
    """A no at the summary sends nothing."""
    await arrive(chat, "Samira")
    lines = ("start et fælles løfte", "ja", "ja", "Mørke nætter", "Jeg slukker lyset kl. 22.")
    for line in (*lines, "Mørkt", "5", "om tre uger", "nej"):
        said = await chat.play(f"Samira: {line}")
    assert "Intet er sendt." in " ".join(said)
    async with opened(chat) as store, store.reading() as unit:
        assert await unit.campaigns.get(1) is None


@pytest.mark.parametrize("signers", [("Jens", "Karen"), ("Jens",)])
async def test_a_proposer_who_has_not_signed_is_told(chat: Chat, signers: tuple[str, ...]) -> None:
    """Who proposed a shared pledge, and did not sign it, reads whether enough did."""
    await arrive(chat, "Samira", "Jens", "Karen")
    lines = ("start et fælles løfte", "ja", "ja", "Mørke nætter", "Jeg slukker lyset kl. 22.")
    for line in (*lines, "Mørkt", "2", "om to uger", "ja"):
        await chat.play(f"Samira: {line}")
    _mette, jonas = await staff_ids(chat)
    assert await ask(chat, ApproveCampaign(jonas, 1, 1)) == 1
    said: list[str] = []
    for name in signers:
        for line in ("/start fl-1", "[Jeg er med]", "ja", "ja"):
            said += await chat.play(f"{name}: {line}")
    said += await chat.play("--- until 2026-12-18 12:00")
    told = [one.replace("\n   | ", " ") for one in said if one.startswith("Bot to Samira")]
    text = "gælder fra i dag" if len(signers) == len(("Jens", "Karen")) else "gælder det ikke"
    assert len([one for one in told if text in one]) == 1
