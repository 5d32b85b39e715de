"""Citizens sign shared pledges, and are told what becomes of them."""

from __future__ import annotations

from datetime import timedelta

from campaign_desk import arrive, campaign, sign, staff_ids
from chat_store import ask, opened

from bot.model.campaign import CampaignState
from bot.model.commands.pledges import (
    AnswerOutcome,
    CancelCampaign,
    CompleteCampaign,
    ExtendCampaign,
    GroupContributions,
    LeavePledging,
)
from bot.model.outcome import ContributionKind
from bot.model.pledge import PledgeState
from bot.service import execute
from bot.service.pledges import campaign_clock
from bot.store.personal_data import erase
from bot.testing import Chat


async def test_the_last_signature(chat_on_each: Chat) -> None:
    """A list, a card, two signatures; the second makes the pledge count for both."""
    chat = chat_on_each
    await arrive(chat, "Samira", "Jens")
    await campaign(chat)
    await chat("""
        Samira: fælles løfter
        Bot: Et fælles løfte gælder først, når nok har skrevet under. Vælg et, og læs mere.
           |
           | • Mørkt ved havnen. Vi mangler stadig underskrifter. Målet er 2.
           | [Mørkt ved havnen] [Start et fælles løfte] [Menu]
        Samira: [Mørkt ved havnen]
        Bot: Mørkt ved havnen
           | Jeg slukker mit udelys kl. 22, hvis andre også gør det.
           |
           | Vi mangler stadig underskrifter. Målet er 2. Frist: torsdag d. 3. december.
           | For eksempel: 2 lamper.
           | Løftet varer 4 uger fra den dag, I er nok. Så spørger jeg dig, hvordan det gik.
           | Hvem bestemmer? Du bestemmer selv, om du er med. Løftet gælder kun, hvis nok skriver
           | under.
           | [Jeg er med] [Del] [Alle fælles løfter] [Menu]
        Samira: [Jeg er med]
        Bot: Er du fyldt 15 år? Vi spørger kun én gang og gemmer kun ja eller nej.
           | [Ja] [Nej] [Menu]
        Samira: ja
        Bot: Må vi gemme dit løfte og spørge, hvordan det går? Vi tæller, hvad byen gør
           | tilsammen. Skriv "mit overblik", når du vil se, rette eller stoppe det.
           | [Ja] [Nej] [Tilbage] [Menu]
        Samira: ja
        Bot: Hvor mange lamper lover du? Vælg, eller skriv et andet tal.
           | [2 lamper] [Menu]
        Samira: 3
        Bot: Tak, Samira. Du er med: Mørkt ved havnen. Vi mangler én underskrift.
           |
           | 1 af 2 har skrevet under. Jeg skriver til dig, når I er nok, og senest efter fristen
           | torsdag d. 3. december.
           | Kun du og kommunen kan se, at du er med.
           | [Del] [Hvem kan se det] [Mit overblik] [Alle fælles løfter] [Menu]
        Samira: /faelles
        Bot: Et fælles løfte gælder først, når nok har skrevet under. Vælg et, og læs mere.
           |
           | • Mørkt ved havnen. 1 af 2 har skrevet under.
           | [Mørkt ved havnen] [Start et fælles løfte] [Menu]
        Samira: [Mørkt ved havnen]
        Bot: Mørkt ved havnen
           | Jeg slukker mit udelys kl. 22, hvis andre også gør det.
           |
           | 1 af 2 har skrevet under. Frist: torsdag d. 3. december.
           | For eksempel: 2 lamper.
           | Løftet varer 4 uger fra den dag, I er nok. Så spørger jeg dig, hvordan det gik.
           | Hvem bestemmer? Du bestemmer selv, om du er med. Løftet gælder kun, hvis nok skriver
           | under.
           | Du har skrevet under: 3 lamper.
           | [Træk min underskrift tilbage] [Del] [Alle fælles løfter] [Menu]
        Jens: fælles løfte
        Bot: Et fælles løfte gælder først, når nok har skrevet under. Vælg et, og læs mere.
           |
           | • Mørkt ved havnen. Vi mangler stadig underskrifter. Målet er 2.
           | [Mørkt ved havnen] [Start et fælles løfte] [Menu]
        Jens: [Mørkt ved havnen]
        Bot: Mørkt ved havnen
           | Jeg slukker mit udelys kl. 22, hvis andre også gør det.
           |
           | Vi mangler stadig underskrifter. Målet er 2. Frist: torsdag d. 3. december.
           | For eksempel: 2 lamper.
           | Løftet varer 4 uger fra den dag, I er nok. Så spørger jeg dig, hvordan det gik.
           | Hvem bestemmer? Du bestemmer selv, om du er med. Løftet gælder kun, hvis nok skriver
           | under.
           | [Jeg er med] [Del] [Alle fælles løfter] [Menu]
        Jens: [Jeg er med]
        Bot: Er du fyldt 15 år? Vi spørger kun én gang og gemmer kun ja eller nej.
           | [Ja] [Nej] [Menu]
        Jens: ja
        Bot: Må vi gemme dit løfte og spørge, hvordan det går? Vi tæller, hvad byen gør
           | tilsammen. Skriv "mit overblik", når du vil se, rette eller stoppe det.
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: ja
        Bot: Hvor mange lamper lover du? Vælg, eller skriv et andet tal.
           | [2 lamper] [Menu]
        Jens: [2 lamper]
        Bot to Samira: Nu er I nok. 2 har skrevet under på “Mørkt ved havnen”. Løftet gælder fra
           | i dag.
           |
           | Du har lovet: “Jeg slukker mit udelys kl. 22, hvis andre også gør det.” (3 lamper)
           | Jeg spørger dig mandag d. 21. december, hvordan det gik.
           | [Læg en plan] [Del] [Mit overblik] [Menu]
        Bot: Tak, Jens. Du var den sidste, vi manglede. Nu har 2 skrevet under på “Mørkt ved
           | havnen”. Løftet gælder fra i dag.
           |
           | Jeg spørger dig mandag d. 21. december, hvordan det gik.
           | Kun du og kommunen kan se, at du er med.
           | [Del] [Hvem kan se det] [Mit overblik] [Alle fælles løfter] [Menu]
        Bot: Hvornår og hvor begynder du? Skriv det på én gang, for eksempel "lørdag kl. 10 ved
           | skuret". Så minder jeg dig om det én gang.
           | [Ingen plan] [Spring over] [Menu]
    """)


async def test_in_english(chat: Chat) -> None:
    """The card has the municipality's own pledge; later signers are told that it counts."""
    await arrive(chat, "Ana", "Samira", "Lukas")
    mette, _jonas = await staff_ids(chat)
    made = await campaign(
        chat,
        counter={
            "da": "Vi slukker lyset på rådhuset.",
            "en": "We turn off the town hall's lights.",
        },
        counter_staff_id=mette,
        counter_on=chat.clock.now().date() + timedelta(days=20),
    )
    await chat("""
        Ana: together
        Bot: A shared pledge counts only when enough people have signed it. Choose one to read
           | it.
           |
           | • Dark at the harbour. Signatures are still missing. The target is 2.
           | [Dark at the harbour] [Start a shared pledge] [Menu]
        Ana: [Dark at the harbour]
        Bot: Dark at the harbour
           | I turn off my outdoor lights at 10 pm, if others do it too.
           |
           | Signatures are still missing. The target is 2. Last day: Thursday 3 December.
           | For example: 2 lamps.
           | It lasts 4 weeks from the day there are enough. Then I ask you how it went.
           | The municipality's own pledge: We turn off the town hall's lights.
           | Mette answers for it. Day: Sunday 13 December.
           | Now: promised.
           | Who decides? You decide whether you join. It counts only if enough people sign.
           | [I'm in] [Share] [All shared pledges] [Menu]
        Ana: who decides
        Bot: The town council decides what the municipality does. If you want to know who decides
           | in one matter, talk to a person.
           | [Talk to a person] [Menu]
        Ana: [I'm in]
        Bot: Are you 15 years old or more? We ask only once, and keep only yes or no.
           | [Yes] [No] [Menu]
        Ana: yes
        Bot: May we keep your pledge, and ask you how it goes? We count what the town does
           | together. Write “my overview” to see it, change it or end it.
           | [Yes] [No] [Back] [Menu]
        Ana: no
        Bot: That is all right. Nothing is written down. You can still do it, without us.
           |
           | Phone 00 00 10 00.
           | The phone is open Monday–Wednesday 09:00–14:00, Thursday 09:00–17:00 and Friday
           | 09:00–12:00.
           | Visit us: Klintgade 1, Klintsund. The counter is open Monday–Wednesday 10:00–14:00,
           | Thursday 10:00–17:00 and Friday 10:00–12:00.
           | [All shared pledges] [Talk to a person] [Menu]
        Ana: [All shared pledges]
        Bot: A shared pledge counts only when enough people have signed it. Choose one to read
           | it.
           |
           | • Dark at the harbour. Signatures are still missing. The target is 2.
           | [Dark at the harbour] [Start a shared pledge] [Menu]
        Ana: [Dark at the harbour]
        Bot: Dark at the harbour
           | I turn off my outdoor lights at 10 pm, if others do it too.
           |
           | Signatures are still missing. The target is 2. Last day: Thursday 3 December.
           | For example: 2 lamps.
           | It lasts 4 weeks from the day there are enough. Then I ask you how it went.
           | The municipality's own pledge: We turn off the town hall's lights.
           | Mette answers for it. Day: Sunday 13 December.
           | Now: promised.
           | Who decides? You decide whether you join. It counts only if enough people sign.
           | [I'm in] [Share] [All shared pledges] [Menu]
        Ana: [I'm in]
        Bot: Are you 15 years old or more? We ask only once, and keep only yes or no.
           | [Yes] [No] [Menu]
        Ana: yes
        Bot: May we keep your pledge, and ask you how it goes? We count what the town does
           | together. Write “my overview” to see it, change it or end it.
           | [Yes] [No] [Back] [Menu]
        Ana: yes
        Bot: How many lamps do you promise? Choose, or write another number.
           | [2 lamps] [Menu]
        Ana: 1.5
        Bot: Write a whole number, please.
        Bot: How many lamps do you promise? Choose, or write another number.
           | [2 lamps] [Menu]
        Ana: 4
        Bot: Thank you, Ana. You are in: Dark at the harbour. One signature is missing.
           |
           | 1 of 2 has signed. I write to you when there are enough, and on Thursday 3 December
           | at the latest.
           | Only you and the municipality can see that you are in.
           | [Share] [Who can see it] [My overview] [All shared pledges] [Menu]
        Ana: [I'm in]
        Bot: Dark at the harbour
           | I turn off my outdoor lights at 10 pm, if others do it too.
           |
           | 1 of 2 has signed. Last day: Thursday 3 December.
           | For example: 2 lamps.
           | It lasts 4 weeks from the day there are enough. Then I ask you how it went.
           | The municipality's own pledge: We turn off the town hall's lights.
           | Mette answers for it. Day: Sunday 13 December.
           | Now: promised.
           | Who decides? You decide whether you join. It counts only if enough people sign.
           | You have signed: 4 lamps.
           | [Take my signature back] [Share] [All shared pledges] [Menu]
    """)
    await sign(chat, made, "Samira")
    await chat("""
        --- a minute passes
        Lukas: shared pledges
        Bot: A shared pledge counts only when enough people have signed it. Choose one to read
           | it.
           |
           | • Dark at the harbour. The target of 2 is reached, so the pledge counts.
           | [Dark at the harbour] [Start a shared pledge] [Menu]
        Lukas: [Dark at the harbour]
        Bot: Dark at the harbour
           | I turn off my outdoor lights at 10 pm, if others do it too.
           |
           | The target of 2 is reached, so the pledge counts.
           | For example: 2 lamps.
           | It lasts until Monday 21 December. Then I ask you how it went.
           | The municipality's own pledge: We turn off the town hall's lights.
           | Mette answers for it. Day: Sunday 13 December.
           | Now: promised.
           | Who decides? You decide whether you join. It counts only if enough people sign.
           | [I'm in] [Share] [All shared pledges] [Menu]
        Lukas: [I'm in]
        Bot: Are you 15 years old or more? We ask only once, and keep only yes or no.
           | [Yes] [No] [Menu]
        Lukas: yes
        Bot: May we keep your pledge, and ask you how it goes? We count what the town does
           | together. Write “my overview” to see it, change it or end it.
           | [Yes] [No] [Back] [Menu]
        Lukas: yes
        Bot: How many lamps do you promise? Choose, or write another number.
           | [2 lamps] [Menu]
        Lukas: [2 lamps]
        Bot: Thank you, Lukas. You are in: Dark at the harbour. 3 have signed, so the pledge
           | counts already.
           |
           | On Monday 21 December I ask you how it went.
           | Only you and the municipality can see that you are in.
           | [Share] [Who can see it] [My overview] [All shared pledges] [Menu]
        Bot: When and where do you begin? Write it in one go, like “Saturday at 10 by the shed”.
           | Then I remind you once.
           | [No plan] [Skip] [Menu]
        Lukas: [No plan]
        Bot: That is all right. You can make a plan later under “Change”.
           | [Change] [My overview] [Menu]
    """)


async def test_too_few(chat_on_each: Chat) -> None:
    """After too few have signed, each chooses: anyway, released, or a similar one."""
    chat = chat_on_each
    await arrive(chat, "Samira", "Jens", "Ana", "Karen")
    made = await campaign(chat, target=10, days=3)
    await sign(chat, made, "Samira", "Jens", "Ana", "Karen")
    await campaign(chat, days=60, titles={"da": "Stjerner over Ørbakke"})
    await chat("""
        --- until 2026-11-27 09:00
        Bot to Samira: Fristen for “Mørkt ved havnen” var torsdag d. 26. november. 4 skrev under,
           | og der skulle 10 til. Løftet gælder derfor ikke. Du bestemmer selv, hvad der skal
           | ske med dit. Vælger du ikke noget senest torsdag d. 24. december, er du ikke længere
           | bundet af det.
           | [Gør det alligevel] [Slip mig fri] [Et løfte, der ligner]
        Bot to Jens: Fristen for “Mørkt ved havnen” var torsdag d. 26. november. 4 skrev under,
           | og der skulle 10 til. Løftet gælder derfor ikke. Du bestemmer selv, hvad der skal
           | ske med dit. Vælger du ikke noget senest torsdag d. 24. december, er du ikke længere
           | bundet af det.
           | [Gør det alligevel] [Slip mig fri] [Et løfte, der ligner]
        Bot to Ana: The last day for “Dark at the harbour” was Thursday 26 November. 4 signed,
           | and 10 were needed. So the pledge does not count. You decide what happens to yours.
           | If you choose nothing by Thursday 24 December, you are no longer bound by it.
           | [Do it anyway] [Release me] [A similar pledge]
        Bot to Karen: Fristen for “Mørkt ved havnen” var torsdag d. 26. november. 4 skrev under,
           | og der skulle 10 til. Løftet gælder derfor ikke. Du bestemmer selv, hvad der skal
           | ske med dit. Vælger du ikke noget senest torsdag d. 24. december, er du ikke længere
           | bundet af det.
           | [Gør det alligevel] [Slip mig fri] [Et løfte, der ligner]
        Samira: [Gør det alligevel]
        Bot edits: Fristen for “Mørkt ved havnen” var torsdag d. 26. november. 4 skrev under, og
           | der skulle 10 til. Løftet gælder derfor ikke. Du bestemmer selv, hvad der skal ske
           | med dit. Vælger du ikke noget senest torsdag d. 24. december, er du ikke længere
           | bundet af det.
           |
           | ✓ Du gør det alligevel.
        Bot: Tak. Nu er det dit eget løfte. Jeg spørger dig mandag d. 28. december, hvordan det
           | går.
           | [Mit overblik] [Menu]
        Jens: [Slip mig fri]
        Bot edits: Fristen for “Mørkt ved havnen” var torsdag d. 26. november. 4 skrev under, og
           | der skulle 10 til. Løftet gælder derfor ikke. Du bestemmer selv, hvad der skal ske
           | med dit. Vælger du ikke noget senest torsdag d. 24. december, er du ikke længere
           | bundet af det.
           |
           | ✓ Du er ikke længere bundet af det. Tak, fordi du ville være med.
        Ana: [A similar pledge]
        Bot: These are like it:
           | [Stjerner over Ørbakke] [Off for the night] [All shared pledges] [Make a pledge]
           | [Menu]
        Ana: [Stjerner over Ørbakke]
        Bot: Stjerner over Ørbakke
           | I turn off my outdoor lights at 10 pm, if others do it too.
           |
           | Signatures are still missing. The target is 2. Last day: Friday 22 January.
           | For example: 2 lamps.
           | It lasts 4 weeks from the day there are enough. Then I ask you how it went.
           | Who decides? You decide whether you join. It counts only if enough people sign.
           | [I'm in] [Share] [All shared pledges] [Menu]
        Ana: [Release me]
        Bot edits: The last day for “Dark at the harbour” was Thursday 26 November. 4 signed, and
           | 10 were needed. So the pledge does not count. You decide what happens to yours. If
           | you choose nothing by Thursday 24 December, you are no longer bound by it.
           |
           | ✓ You are not bound by it any more. Thank you for wanting to take part.
        Karen: [Et løfte, der ligner]
        Bot: De her ligner:
           | [Stjerner over Ørbakke] [Sluk for natten] [Alle fælles løfter] [Giv et løfte] [Menu]
        Karen: [Sluk for natten]
        Bot: Sluk for natten
           | Jeg slukker udelyset kl. 22 og lader lamper pege nedad.
           | For: Alle
           |
           | Hvor mange lamper? Vælg, eller skriv et andet tal.
           | [2 lamper] [Det gør jeg allerede] [Se andre løfter] [Tilbage] [Menu]
    """)


async def test_more_time(chat: Chat) -> None:
    """Staff extend the last day once, with the reason; who wants to can leave."""
    await arrive(chat, "Samira", "Ana")
    made = await campaign(chat, target=10, days=3)
    await sign(chat, made, "Samira", "Ana")
    mette, _jonas = await staff_ids(chat)
    deadline = chat.clock.now().date() + timedelta(days=17)
    why = "Mange har været syge."
    assert await ask(chat, ExtendCampaign(mette, made, deadline, why)) == made
    await chat("""
        --- 1 minute passes
        Bot to Samira: Der er mere tid til “Mørkt ved havnen”. Fristen er torsdag d. 10.
           | december. Før var den torsdag d. 26. november. Grunden er: Mange har været syge.
           |
           | 2 af 10 har skrevet under. Du er stadig med og behøver ikke at gøre noget.
           | [Se løftet] [Træk min underskrift tilbage] [Menu]
        Bot to Ana: There is more time for “Dark at the harbour”. The last day is Thursday 10
           | December, and was Thursday 26 November before. The reason: Mange har været syge.
           | (in Danish only)
           |
           | 2 of 10 have signed. You are still in, and need not do anything.
           | [See the pledge] [Take my signature back] [Menu]
        Samira: [Træk min underskrift tilbage]
        Bot: Vil du trække din underskrift på “Mørkt ved havnen” tilbage?
           | [Ja, træk den tilbage] [Nej, jeg er stadig med]
        Samira: [Nej, jeg er stadig med]
        Bot: Mørkt ved havnen
           | Jeg slukker mit udelys kl. 22, hvis andre også gør det.
           |
           | 2 af 10 har skrevet under. Frist: torsdag d. 10. december.
           | Fristen var før torsdag d. 26. november.
           | For eksempel: 2 lamper.
           | Løftet varer 4 uger fra den dag, I er nok. Så spørger jeg dig, hvordan det gik.
           | Hvem bestemmer? Du bestemmer selv, om du er med. Løftet gælder kun, hvis nok skriver
           | under.
           | Du har skrevet under: 2 lamper.
           | [Træk min underskrift tilbage] [Del] [Alle fælles løfter] [Menu]
        Samira: [Træk min underskrift tilbage]
        Bot: Vil du trække din underskrift på “Mørkt ved havnen” tilbage?
           | [Ja, træk den tilbage] [Nej, jeg er stadig med]
        Samira: [Ja, træk den tilbage]
        Bot: ✓ Din underskrift er trukket tilbage. Du er ikke bundet af den.
           | [Alle fælles løfter] [Mit overblik] [Menu]
        Samira: [Ja, træk den tilbage]
        Bot: ✓ Din underskrift er trukket tilbage. Du er ikke bundet af den.
           | [Alle fælles løfter] [Mit overblik] [Menu]
        Ana: [See the pledge]
        Bot: Dark at the harbour
           | I turn off my outdoor lights at 10 pm, if others do it too.
           |
           | 1 of 10 has signed. Last day: Thursday 10 December.
           | The last day was Thursday 26 November before.
           | For example: 2 lamps.
           | It lasts 4 weeks from the day there are enough. Then I ask you how it went.
           | Who decides? You decide whether you join. It counts only if enough people sign.
           | You have signed: 2 lamps.
           | [Take my signature back] [Share] [All shared pledges] [Menu]
    """)


async def test_cancelled(chat: Chat) -> None:
    """Who signed is told why, in their language, and is released."""
    await arrive(chat, "Samira", "Ana")
    made = await campaign(chat, target=10)
    await sign(chat, made, "Samira", "Ana")
    mette, _jonas = await staff_ids(chat)
    reasons = {"en": "The harbour is being rebuilt."}
    cancel = CancelCampaign(mette, made, "Havnen bliver bygget om.", reasons)
    assert await ask(chat, cancel) == made
    await chat("""
        --- 1 minute passes
        Bot to Samira: “Mørkt ved havnen” er aflyst. Grunden er: Havnen bliver bygget om.
           |
           | Du er ikke længere bundet af det.
           | [Alle fælles løfter] [Mit overblik] [Menu]
        Bot to Ana: “Dark at the harbour” is cancelled. The reason: The harbour is being rebuilt.
           |
           | You are not bound by it any more.
           | [All shared pledges] [My overview] [Menu]
        Ana: /start fl-1
        Bot: Dark at the harbour
           | I turn off my outdoor lights at 10 pm, if others do it too.
           |
           | This shared pledge is cancelled.
           | [All shared pledges] [Menu]
    """)
    async with opened(chat) as store, store.reading() as unit:
        states = {one.state for one in await unit.pledges.signatures(made, tuple(PledgeState))}
    assert states == {PledgeState.RELEASED}


async def test_cancelled_after_it_counts(chat: Chat) -> None:
    """Who already keeps the pledge is told why, and keeps or stops it."""
    await arrive(chat, "Samira", "Ana")
    made = await campaign(chat)
    await sign(chat, made, "Samira", "Ana")
    mette, _jonas = await staff_ids(chat)
    assert await ask(chat, CancelCampaign(mette, made, "Havnen bliver bygget om.")) == made
    await chat("""
        --- 1 minute passes
        Bot to Samira: “Mørkt ved havnen” er aflyst. Grunden er: Havnen bliver bygget om.
           |
           | Du kan stadig holde dit eget løfte, eller du kan stoppe det.
           | [Stop løftet] [Alle fælles løfter] [Mit overblik] [Menu]
        Bot to Ana: “Dark at the harbour” is cancelled. The reason: Havnen bliver bygget om.
           | (in Danish only)
           |
           | You can still keep your own pledge, or stop it.
           | [Stop my pledge] [All shared pledges] [My overview] [Menu]
        Samira: [Stop løftet]
        Bot edits: “Mørkt ved havnen” er aflyst. Grunden er: Havnen bliver bygget om.
           |
           | Du kan stadig holde dit eget løfte, eller du kan stoppe det.
           |
           | ✓ Dit løfte er stoppet. Tak for det, du gjorde.
    """)


async def test_moved_to_a_new_version(chat: Chat) -> None:
    """Who signed the old words is invited to the new ones, and signs or does not."""
    await arrive(chat, "Samira", "Jens", "Ana")
    old = await campaign(chat, target=10)
    await sign(chat, old, "Samira", "Jens", "Ana")
    words = {"da": "Jeg slukker mit udelys kl. 23.", "en": "I turn off my outdoor lights at 11 pm."}
    await campaign(chat, target=10, texts=words, previous_id=old)
    await chat("""
        --- 1 minute passes
        Bot to Samira: Teksten til “Mørkt ved havnen” er blevet ændret. Derfor er du ikke bundet
           | af den gamle. Her er det nye løfte:
           |
           | Mørkt ved havnen
           | Jeg slukker mit udelys kl. 23.
           |
           | Færre end 5 har skrevet under indtil nu. Målet er 10. Frist: torsdag d. 3. december.
           | For eksempel: 2 lamper.
           | Løftet varer 4 uger fra den dag, I er nok. Så spørger jeg dig, hvordan det gik.
           | Hvem bestemmer? Du bestemmer selv, om du er med. Løftet gælder kun, hvis nok skriver
           | under.
           |
           | Vil du være med i det?
           | [Jeg er med] [Nej tak] [Alle fælles løfter] [Menu]
        Bot to Jens: Teksten til “Mørkt ved havnen” er blevet ændret. Derfor er du ikke bundet af
           | den gamle. Her er det nye løfte:
           |
           | Mørkt ved havnen
           | Jeg slukker mit udelys kl. 23.
           |
           | Færre end 5 har skrevet under indtil nu. Målet er 10. Frist: torsdag d. 3. december.
           | For eksempel: 2 lamper.
           | Løftet varer 4 uger fra den dag, I er nok. Så spørger jeg dig, hvordan det gik.
           | Hvem bestemmer? Du bestemmer selv, om du er med. Løftet gælder kun, hvis nok skriver
           | under.
           |
           | Vil du være med i det?
           | [Jeg er med] [Nej tak] [Alle fælles løfter] [Menu]
        Bot to Ana: The words of “Dark at the harbour” have been changed. So you are not bound by
           | the old ones. This is the new pledge:
           |
           | Dark at the harbour
           | I turn off my outdoor lights at 11 pm.
           |
           | Fewer than 5 have signed so far. The target is 10. Last day: Thursday 3 December.
           | For example: 2 lamps.
           | It lasts 4 weeks from the day there are enough. Then I ask you how it went.
           | Who decides? You decide whether you join. It counts only if enough people sign.
           |
           | Do you want to join it?
           | [I'm in] [No thanks] [All shared pledges] [Menu]
        Samira: [Jeg er med]
        Bot: Hvor mange lamper lover du? Vælg, eller skriv et andet tal.
           | [2 lamper] [Menu]
        Samira: [2 lamper]
        Bot: Tak, Samira. Du er med: Mørkt ved havnen. Vi mangler 9 underskrifter.
           |
           | 1 af 10 har skrevet under. Jeg skriver til dig, når I er nok, og senest efter
           | fristen torsdag d. 3. december.
           | Kun du og kommunen kan se, at du er med.
           | [Del] [Hvem kan se det] [Mit overblik] [Alle fælles løfter] [Menu]
        Jens: [Nej tak]
        Bot edits: Teksten til “Mørkt ved havnen” er blevet ændret. Derfor er du ikke bundet af
           | den gamle. Her er det nye løfte:
           |
           | Mørkt ved havnen
           | Jeg slukker mit udelys kl. 23.
           |
           | Færre end 5 har skrevet under indtil nu. Målet er 10. Frist: torsdag d. 3. december.
           | For eksempel: 2 lamper.
           | Løftet varer 4 uger fra den dag, I er nok. Så spørger jeg dig, hvordan det gik.
           | Hvem bestemmer? Du bestemmer selv, om du er med. Løftet gælder kun, hvis nok skriver
           | under.
           |
           | Vil du være med i det?
           |
           | ✓ Du er ikke med i det nye.
        Ana: [I'm in]
        Bot: How many lamps do you promise? Choose, or write another number.
           | [2 lamps] [Menu]
        Ana: [2 lamps]
        Bot: Thank you, Ana. You are in: Dark at the harbour. 8 signatures are missing.
           |
           | 2 of 10 have signed. I write to you when there are enough, and on Thursday 3
           | December at the latest.
           | Only you and the municipality can see that you are in.
           | [Share] [Who can see it] [My overview] [All shared pledges] [Menu]
    """)


async def test_did_you_do_it(chat_on_each: Chat) -> None:
    """After 28 days all are asked; an obstacle is answered before the result is published."""
    chat = chat_on_each
    names = ("Samira", "Jens", "Ana", "Karen", "Lukas")
    await arrive(chat, *names)
    made = await campaign(chat, target=5)
    await sign(chat, made, *names)
    mette, _jonas = await staff_ids(chat)
    await chat("""
        --- until 2026-12-21 10:00
        Bot to Samira: Nok skrev under på “Mørkt ved havnen”.
           | Du har lovet: “Jeg slukker mit udelys kl. 22, hvis andre også gør det.” (2 lamper)
           |
           | Gjorde du det?
           | [Det er gjort] [Lidt af det] [Ikke denne gang]
        Bot to Jens: Nok skrev under på “Mørkt ved havnen”.
           | Du har lovet: “Jeg slukker mit udelys kl. 22, hvis andre også gør det.” (2 lamper)
           |
           | Gjorde du det?
           | [Det er gjort] [Lidt af det] [Ikke denne gang]
        Bot to Ana: Enough signed “Dark at the harbour”.
           | You promised: “I turn off my outdoor lights at 10 pm, if others do it too.” (2
           | lamps)
           |
           | Did you do it?
           | [It is done] [Some of it] [Not this time]
        Bot to Karen: Nok skrev under på “Mørkt ved havnen”.
           | Du har lovet: “Jeg slukker mit udelys kl. 22, hvis andre også gør det.” (2 lamper)
           |
           | Gjorde du det?
           | [Det er gjort] [Lidt af det] [Ikke denne gang]
        Bot to Lukas: You had begun “Plan how you begin”, and your answers are kept. Do you want
           | to continue?
           | [Continue] [No thanks]
        Bot to Lukas: Enough signed “Dark at the harbour”.
           | You promised: “I turn off my outdoor lights at 10 pm, if others do it too.” (2
           | lamps)
           |
           | Did you do it?
           | [It is done] [Some of it] [Not this time]
        Samira: [Det er gjort]
        Bot edits: Nok skrev under på “Mørkt ved havnen”.
           | Du har lovet: “Jeg slukker mit udelys kl. 22, hvis andre også gør det.” (2 lamper)
           |
           | Gjorde du det?
           |
           | ✓ Du svarede: det er gjort.
        Bot: Tak, det er skrevet ned. Når alle har haft tid til at svare, kan du se her, hvordan
           | det gik.
           | [Se løftet] [Fortryd] [Mit overblik] [Menu]
        Jens: [Ikke denne gang]
        Bot edits: Nok skrev under på “Mørkt ved havnen”.
           | Du har lovet: “Jeg slukker mit udelys kl. 22, hvis andre også gør det.” (2 lamper)
           |
           | Gjorde du det?
           |
           | Du svarede: ikke denne gang.
        Bot: Det blev ikke til noget denne gang. Det er helt i orden. Vil du fortælle, hvad der
           | stod i vejen? Så svarer vi på det.
           | [Jeg havde ikke tid] [Vejret] [Jeg manglede værktøj eller ting] [Jeg glemte det]
           | [Jeg stod alene med det] [Regler eller stedet] [Med dine egne ord]
           | [Vil helst ikke sige det] [Vælg en ny dag] [Fortryd] [Mit overblik] [Menu]
        Jens: [Med dine egne ord]
        Bot: Hvad stod i vejen? Skriv det med dine egne ord.
           | [Vil helst ikke sige det] [Menu]
        Jens: Lampen hænger for højt.
        Bot: Tak. Det er skrevet ned, og dit navn står ikke på listen. Kommunen svarer alle, der
           | har sagt det samme. Så skriver jeg til dig.
           | [Mit overblik] [Menu]
        Ana: [Some of it]
        Bot: How many lamps was it? Choose, or write another number.
           | [1 lamp] [Menu]
        Karen: [Det er gjort]
        Bot edits: Nok skrev under på “Mørkt ved havnen”.
           | Du har lovet: “Jeg slukker mit udelys kl. 22, hvis andre også gør det.” (2 lamper)
           |
           | Gjorde du det?
           |
           | ✓ Du svarede: det er gjort.
        Bot: Tak, det er skrevet ned. Når alle har haft tid til at svare, kan du se her, hvordan
           | det gik.
           | [Se løftet] [Fortryd] [Mit overblik] [Menu]
        Lukas: [It is done]
        Bot edits: Enough signed “Dark at the harbour”.
           | You promised: “I turn off my outdoor lights at 10 pm, if others do it too.” (2
           | lamps)
           |
           | Did you do it?
           |
           | ✓ You answered: it is done.
        Bot: Thank you, that is noted. When all had time to answer, you can see here how it went.
           | [See the pledge] [Undo] [My overview] [Menu]
        --- until 2027-01-04 12:00
        Bot to Jens: Dit løfte er slut: "Jeg slukker mit udelys kl. 22, hvis andre også gør det".
           | Sidste dag var mandag d. 21. december. Jeg spørger ikke mere til det. Du kan give
           | det igen, når det passer dig.
           | [Giv det igen] [Mit overblik] [Menu]
        Bot to Ana: You had begun “How much you did”, and your answers are kept. Do you want to
           | continue?
           | [Continue] [No thanks]
        Bot to Ana: I asked you some days ago about “Dark at the harbour”.
           | You promised: “I turn off my outdoor lights at 10 pm, if others do it too.” (2
           | lamps)
           |
           | Did you do it? You need not answer.
           | [It is done] [Some of it] [Not this time]
        Bot to Ana: Your pledge is over: “I turn off my outdoor lights at 10 pm, if others do it
           | too”. The last day was Monday 21 December. I do not ask about it any more. You can
           | make it again when it suits you.
           | [Make it again] [My overview] [Menu]
    """)
    closing = await ask(chat, CompleteCampaign(mette, made))
    assert closing.field == "obstacles"
    async with opened(chat) as store, store.reading() as unit:
        told = await unit.contributions.ungrouped(ContributionKind.OBSTACLE, 10)
    outcome = await ask(chat, GroupContributions(mette, [told[0].id], title="Højt oppe"))
    answer = {"da": "Vi låner en stige ud på biblioteket."}
    await ask(chat, AnswerOutcome(mette, outcome, 1, {"da": "Lampen hænger højt."}, answer))
    assert await ask(chat, CompleteCampaign(mette, made)) == made
    await chat("""
        Samira: /start fl-1
        Bot: Mørkt ved havnen
           | Jeg slukker mit udelys kl. 22, hvis andre også gør det.
           |
           | 5 har skrevet under, så løftet gælder.
           | Vi spurgte 5. Færre end 5 svarede.
           | Du har skrevet under: 2 lamper.
           | [Alle fælles løfter] [Menu]
        Bot to Jens: Du fortalte, hvad der stod i vejen: "Lampen hænger for højt."
           |
           | Det svarer vi:
           | Vi låner en stige ud på biblioteket.
           |
           | Tak for dit bidrag.
           |
           | Hilsen Mette
           | [Mit overblik] [Menu]
        Ana: /start fl-1
        Bot: Dark at the harbour
           | I turn off my outdoor lights at 10 pm, if others do it too.
           |
           | 5 have signed, so the pledge counts.
           | We asked 5. Fewer than 5 answered.
           | [All shared pledges] [Menu]
    """)


async def test_how_much_of_it(chat: Chat) -> None:
    """Who did some of what is counted tells how much; it is in the total."""
    await arrive(chat, "Samira", "Ana")
    rides = {"measure": "rides", "amount": 400, "kind": "count", "theme": "climate"}
    await campaign(chat, rhythm="week", **rides)
    for name in ("Samira", "Ana"):
        await chat.play(f"{name}: /start fl-1")
    for line in ("Samira: [Jeg er med]", "Samira: ja", "Samira: ja", "Samira: 3"):
        await chat.play(line)
    for line in ("Ana: [I'm in]", "Ana: yes", "Ana: yes", "Ana: 5"):
        await chat.play(line)
    await chat("""
        --- until 2026-12-21 10:00
        Bot to Samira: Hvordan går det med dit løfte: "Jeg slukker mit udelys kl. 22, hvis andre
           | også gør det"? Det gælder 23. november til 29. november.
           |
           | Du har lovet 3 ture. Du kan også skrive et tal.
           | [Det er gjort] [Lidt af det] [Ikke denne gang] [Senere]
        Bot edits to Samira: Hvordan går det med dit løfte: "Jeg slukker mit udelys kl. 22, hvis
           | andre også gør det"? Det gælder 23. november til 29. november.
           |
           | Du har lovet 3 ture. Du kan også skrive et tal.
           |
           | Du kan stadig svare på det under “Mit overblik”.
        Bot to Samira: Hvordan går det med dit løfte: "Jeg slukker mit udelys kl. 22, hvis andre
           | også gør det"? Det gælder 30. november til 6. december.
           |
           | Du har lovet 3 ture. Du kan også skrive et tal.
           | [Det er gjort] [Lidt af det] [Ikke denne gang] [Senere]
        Bot edits to Samira: Hvordan går det med dit løfte: "Jeg slukker mit udelys kl. 22, hvis
           | andre også gør det"? Det gælder 30. november til 6. december.
           |
           | Du har lovet 3 ture. Du kan også skrive et tal.
           |
           | Du kan stadig svare på det under “Mit overblik”.
        Bot to Samira: Hvordan går det med dit løfte: "Jeg slukker mit udelys kl. 22, hvis andre
           | også gør det"? Det gælder 7. december til 13. december.
           |
           | Du har lovet 3 ture. Du kan også skrive et tal.
           | [Det er gjort] [Lidt af det] [Ikke denne gang] [Senere]
        Bot edits to Samira: Hvordan går det med dit løfte: "Jeg slukker mit udelys kl. 22, hvis
           | andre også gør det"? Det gælder 7. december til 13. december.
           |
           | Du har lovet 3 ture. Du kan også skrive et tal.
           |
           | Du kan stadig svare på det under “Mit overblik”.
        Bot to Samira: Nok skrev under på “Mørkt ved havnen”.
           | Du har lovet: “Jeg slukker mit udelys kl. 22, hvis andre også gør det.” (3 ture)
           |
           | Gjorde du det?
           | [Det er gjort] [Lidt af det] [Ikke denne gang]
        Bot to Ana: You had begun “Plan how you begin”, and your answers are kept. Do you want to
           | continue?
           | [Continue] [No thanks]
        Bot to Ana: How is your pledge going: “I turn off my outdoor lights at 10 pm, if others
           | do it too”? It is about 23 November to 29 November.
           |
           | You promised 5 rides. You can also write a number.
           | [It is done] [Some of it] [Not this time] [Later]
        Bot edits to Ana: How is your pledge going: “I turn off my outdoor lights at 10 pm, if
           | others do it too”? It is about 23 November to 29 November.
           |
           | You promised 5 rides. You can also write a number.
           |
           | You can still answer this under “My overview”.
        Bot to Ana: How is your pledge going: “I turn off my outdoor lights at 10 pm, if others
           | do it too”? It is about 30 November to 6 December.
           |
           | You promised 5 rides. You can also write a number.
           | [It is done] [Some of it] [Not this time] [Later]
        Bot edits to Ana: How is your pledge going: “I turn off my outdoor lights at 10 pm, if
           | others do it too”? It is about 30 November to 6 December.
           |
           | You promised 5 rides. You can also write a number.
           |
           | You can still answer this under “My overview”.
        Bot to Ana: How is your pledge going: “I turn off my outdoor lights at 10 pm, if others
           | do it too”? It is about 7 December to 13 December.
           |
           | You promised 5 rides. You can also write a number.
           | [It is done] [Some of it] [Not this time] [Later]
        Bot edits to Ana: How is your pledge going: “I turn off my outdoor lights at 10 pm, if
           | others do it too”? It is about 7 December to 13 December.
           |
           | You promised 5 rides. You can also write a number.
           |
           | You can still answer this under “My overview”.
        Bot to Ana: Enough signed “Dark at the harbour”.
           | You promised: “I turn off my outdoor lights at 10 pm, if others do it too.” (5
           | rides)
           |
           | Did you do it?
           | [It is done] [Some of it] [Not this time]
        Samira: [Lidt af det]
        Bot: Hvor mange ture blev det? Vælg, eller skriv et andet tal.
           | [1 tur] [Menu]
        Samira: 2
        Bot edits: Nok skrev under på “Mørkt ved havnen”.
           | Du har lovet: “Jeg slukker mit udelys kl. 22, hvis andre også gør det.” (3 ture)
           |
           | Gjorde du det?
           |
           | ✓ Du svarede: lidt af det.
        Bot: Tak, det er skrevet ned: 2 ture. Når alle har haft tid til at svare, kan du se her,
           | hvordan det gik.
           | [Se løftet] [Fortryd] [Mit overblik] [Menu]
        Ana: [It is done]
        Bot edits: Enough signed “Dark at the harbour”.
           | You promised: “I turn off my outdoor lights at 10 pm, if others do it too.” (5
           | rides)
           |
           | Did you do it?
           |
           | ✓ You answered: it is done.
        Bot: Thank you, that is noted. When all had time to answer, you can see here how it went.
           | [See the pledge] [Undo] [My overview] [Menu]
    """)
    async with opened(chat) as store, store.reading() as unit:
        assert await unit.ledger.total(2026, theme="climate", measure="rides") == 700


async def test_under_15(chat: Chat) -> None:
    """A child is told what they can do; after the birthday they sign."""
    await arrive(chat, "Samira")
    await campaign(chat)
    await chat("""
        Samira: /start fl-1
        Bot: Mørkt ved havnen
           | Jeg slukker mit udelys kl. 22, hvis andre også gør det.
           |
           | Vi mangler stadig underskrifter. Målet er 2. Frist: torsdag d. 3. december.
           | For eksempel: 2 lamper.
           | Løftet varer 4 uger fra den dag, I er nok. Så spørger jeg dig, hvordan det gik.
           | Hvem bestemmer? Du bestemmer selv, om du er med. Løftet gælder kun, hvis nok skriver
           | under.
           | [Jeg er med] [Del] [Alle fælles løfter] [Menu]
        Samira: [Jeg er med]
        Bot: Er du fyldt 15 år? Vi spørger kun én gang og gemmer kun ja eller nej.
           | [Ja] [Nej] [Menu]
        Samira: nej
        Bot: Du skal være fyldt 15 år for selv at skrive under her. Du kan gøre det sammen med en
           | forælder. Du må gerne stille mig spørgsmål.
           |
           | Ring på 00 00 10 00.
           | Telefonen er åben mandag–onsdag kl. 9–14, torsdag kl. 9–17 og fredag kl. 9–12.
           | Kom forbi: Klintgade 1, Klintsund. Borgerservice har åbent mandag–onsdag kl. 10–14,
           | torsdag kl. 10–17 og fredag kl. 10–12.
           | [Jeg er fyldt 15] [Alle fælles løfter] [Tal med et menneske] [Menu]
        Samira: [Jeg er fyldt 15]
        Bot: Må vi gemme dit løfte og spørge, hvordan det går? Vi tæller, hvad byen gør
           | tilsammen. Skriv "mit overblik", når du vil se, rette eller stoppe det.
           | [Ja] [Nej] [Tilbage] [Menu]
        Samira: ja
        Bot: Hvor mange lamper lover du? Vælg, eller skriv et andet tal.
           | [2 lamper] [Menu]
        Samira: [2 lamper]
        Bot: Tak, Samira. Du er med: Mørkt ved havnen. Vi mangler én underskrift.
           |
           | 1 af 2 har skrevet under. Jeg skriver til dig, når I er nok, og senest efter fristen
           | torsdag d. 3. december.
           | Kun du og kommunen kan se, at du er med.
           | [Del] [Hvem kan se det] [Mit overblik] [Alle fælles løfter] [Menu]
    """)


async def test_who_blocks_is_not_counted(chat: Chat) -> None:
    """A signer who blocks the bot before the last signature no longer counts."""
    await arrive(chat, "Samira", "Jens")
    made = await campaign(chat)
    await sign(chat, made, "Samira")
    await chat.play("Samira blocks")
    await sign(chat, made, "Jens")
    async with opened(chat) as store, store.reading() as unit:
        known = await unit.campaigns.get(made)
        assert known is not None
        assert known.state is CampaignState.OPEN
        assert await unit.pledges.count_live(made) == 1


async def test_who_is_erased_is_not_counted(chat_on_each: Chat) -> None:
    """The signature of a person who is erased no longer counts for the target."""
    chat = chat_on_each
    await arrive(chat, "Samira", "Jens")
    made = await campaign(chat)
    await sign(chat, made, "Samira")
    async with opened(chat) as store, store.unit() as unit:
        await execute(LeavePledging(1), unit)
        await erase(unit.connection, await unit.people.get(1))
    await sign(chat, made, "Jens")
    async with opened(chat) as store, store.reading() as unit:
        known = await unit.campaigns.get(made)
        assert known is not None
        assert known.state is CampaignState.OPEN
        assert await unit.pledges.count_live(made) == 1


async def test_only_an_area_counts(chat: Chat) -> None:
    """Of a pledge of one area only signatures of people who live there count."""
    await arrive(chat, "Samira", "Jens")
    await campaign(chat, area=chat.town.areas[0].key)
    for line in ("/start fl-1", "[Jeg er med]", "ja", "ja"):
        await chat.play(f"Samira: {line}")
        await chat.play(f"Jens: {line}")
    await chat("""
        Samira: [2 lamper]
        Bot: Hvor bor du? Kun underskrifter fra Klintsund By tæller med i målet.
           | [Klintsund By] [Ørbakke] [Sandholm Havn] [Vesterhagen] [Møllekær] [Tangø]
           | [Vil helst ikke sige det] [Tilbage] [Menu]
        Samira: Sandholm Havn
        Bot: Tak, Samira. Du er med: Mørkt ved havnen. Kun underskrifter fra Klintsund By tæller
           | med i målet. Vi mangler 2.
           |
           | 0 af 2 har skrevet under. Jeg skriver til dig, når I er nok, og senest efter fristen
           | torsdag d. 3. december.
           | Kun du og kommunen kan se, at du er med.
           | [Del] [Hvem kan se det] [Mit overblik] [Alle fælles løfter] [Menu]
        Jens: [2 lamper]
        Bot: Hvor bor du? Kun underskrifter fra Klintsund By tæller med i målet.
           | [Klintsund By] [Ørbakke] [Sandholm Havn] [Vesterhagen] [Møllekær] [Tangø]
           | [Vil helst ikke sige det] [Tilbage] [Menu]
        Jens: [Klintsund By]
        Bot: Tak, Jens. Du er med: Mørkt ved havnen. Vi mangler én underskrift.
           |
           | 1 af 2 har skrevet under. Jeg skriver til dig, når I er nok, og senest efter fristen
           | torsdag d. 3. december.
           | Kun du og kommunen kan se, at du er med.
           | [Del] [Hvem kan se det] [Mit overblik] [Alle fælles løfter] [Menu]
    """)


async def test_the_last_day_decides_while_the_clock_is_late(chat: Chat) -> None:
    """After the last day a shared pledge is not offered, and its link does not sign."""
    await arrive(chat, "Samira", "Jens")
    made = await campaign(chat, days=5)
    await sign(chat, made, "Samira")
    async with opened(chat) as store, store.unit() as unit:
        await unit.timers.cancel(campaign_clock.TIMER, str(made))  # as if its turn were late
    await chat("""
        --- until 2026-11-29 10:00
        Jens: fælles løfter
        Bot: Der er ingen åbne fælles løfter lige nu. Du kan selv foreslå et.
           | [Start et fælles løfte] [Giv et løfte] [Menu]
        Jens: /start fl-1
        Bot: Mørkt ved havnen
           | Jeg slukker mit udelys kl. 22, hvis andre også gør det.
           |
           | Vi mangler stadig underskrifter. Målet er 2.
           | Fristen var lørdag d. 28. november. For få skrev under, så løftet gælder ikke.
           | [Alle fælles løfter] [Menu]
    """)
    async with opened(chat) as store, store.unit() as unit:
        await campaign_clock.set_timer(unit, made, unit.now)
