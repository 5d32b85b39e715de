"""A shift after days on which nothing is sent: each message comes early enough to act on it."""

from __future__ import annotations

from chat_store import opened

from bot.testing import Chat


async def at_risk(chat: Chat) -> int:
    """Return how many volunteers of the shift staff see as at risk."""
    async with opened(chat) as store, store.reading() as unit:
        one = await unit.signups.get(1)
        assert one is not None
        assert one.shift_id is not None
        return (await unit.signups.at_risk([one.shift_id], unit.now)).get(one.shift_id, 0)


async def test_monday_morning(chat_on_each: Chat) -> None:
    """A shift on Monday at 8.30: nothing is sent on Sunday, nor on Monday before it begins."""
    chat = chat_on_each
    await chat("""
        Samira: /start
        Bot: <notice>
        Bot: <menu>
        Ana: /start
        Bot: <English notice>
        Bot: <English menu>
        Mette imports the opportunities
        Mette plans V10 mandag d. 30. november kl. 8.30 for 60 minutes with 2 places
        Mette signs up Samira for V10
        Mette signs up Ana for V10
        --- until 2026-11-28 08:29
        --- until 2026-11-28 08:31
        Bot to Samira: Turvært på Klintstien
           | mandag d. 30. november kl. 8.30–9.30
           | Starten af Klintstien
           |
           | Kommer du stadig?
           |
           | Hilsen Mette
           | [Jeg kommer] [Jeg kan ikke] [Find en afløser]
        Bot to Ana: Walk host on the Cliff Path
           | Monday 30 November 08:30–09:30
           | The start of the Cliff Path
           |
           | Are you still coming?
           |
           | Regards, Mette
           | [I am coming] [I cannot] [Find a stand-in]
        Ana: [I am coming]
        Bot edits: Walk host on the Cliff Path
           | Monday 30 November 08:30–09:30
           | The start of the Cliff Path
           |
           | Are you still coming?
           |
           | Regards, Mette
           |
           | ✓ You come. See you!
        --- until 2026-11-28 15:59
        --- until 2026-11-28 16:01
        Bot to Samira: Turvært på Klintstien
           | mandag d. 30. november kl. 8.30–9.30
           | Starten af Klintstien
           |
           | Jeg har ikke hørt fra dig endnu. Kommer du? Begge svar er fine, så ved Mette det.
           | [Jeg kommer] [Jeg kan ikke] [Find en afløser]
        --- until 2026-11-28 18:59
        --- until 2026-11-28 19:01
        Bot to Samira: Ses vi snart?
           | Turvært på Klintstien
           | mandag d. 30. november kl. 8.30–9.30
           | Starten af Klintstien
           |
           | Jeg har ikke hørt fra dig endnu. Kommer du?
           | [Jeg kommer] [Jeg kan ikke] [Find en afløser] [Vis på kort]
        Bot to Ana: See you soon!
           | Walk host on the Cliff Path
           | Monday 30 November 08:30–09:30
           | The start of the Cliff Path
           |
           | Regards, Mette
           | [Show it on the map] [I cannot] [My overview] [Menu]
        --- until 2026-11-29 12:29
    """)
    assert await at_risk(chat) == 0
    await chat("""
        --- until 2026-11-29 12:31
    """)
    assert await at_risk(chat) == 1
    await chat("""
        --- until 2026-11-30 10:29
        --- until 2026-11-30 10:31
        Bot to Samira: Så er det slut:
           | Turvært på Klintstien
           | mandag d. 30. november kl. 8.30–9.30
           | Starten af Klintstien
           |
           | Hvordan gik det?
           |
           | Hilsen Mette
           | [Det gik godt] [Nogenlunde] [Ikke så godt] [Jeg var der ikke]
        Bot to Ana: This is over:
           | Walk host on the Cliff Path
           | Monday 30 November 08:30–09:30
           | The start of the Cliff Path
           |
           | How did it go?
           |
           | Regards, Mette
           | [It went well] [All right] [Not so well] [I was not there]
        Ana: [It went well]
        Bot edits: This is over:
           | Walk host on the Cliff Path
           | Monday 30 November 08:30–09:30
           | The start of the Cliff Path
           |
           | How did it go?
           |
           | Regards, Mette
           |
           | It went well
        Bot: Thank you. Do you want to say a little about it? Mette reads it.
           | [No thank you] [Menu]
    """)


async def test_after_christmas(chat: Chat) -> None:
    """A shift on 27 December, a Sunday: all comes before Christmas Eve, the thanks on Monday."""
    await chat("""
        Samira: /start
        Bot: <notice>
        Bot: <menu>
        Ana: /start
        Bot: <English notice>
        Bot: <English menu>
        Mette imports the opportunities
        --- until 2026-12-14 10:00
        Mette plans V10 søndag d. 27. december kl. 10 for 120 minutes with 2 places
        Mette signs up Samira for V10
        Mette signs up Ana for V10
        --- until 2026-12-22 15:59
        --- until 2026-12-22 16:01
        Bot to Samira: Turvært på Klintstien
           | søndag d. 27. december kl. 10–12
           | Starten af Klintstien
           |
           | Kommer du stadig?
           |
           | Hilsen Mette
           | [Jeg kommer] [Jeg kan ikke] [Find en afløser]
        Bot to Ana: Walk host on the Cliff Path
           | Sunday 27 December 10:00–12:00
           | The start of the Cliff Path
           |
           | Are you still coming?
           |
           | Regards, Mette
           | [I am coming] [I cannot] [Find a stand-in]
        Ana: [I am coming]
        Bot edits: Walk host on the Cliff Path
           | Sunday 27 December 10:00–12:00
           | The start of the Cliff Path
           |
           | Are you still coming?
           |
           | Regards, Mette
           |
           | ✓ You come. See you!
        --- until 2026-12-23 15:59
        --- until 2026-12-23 16:01
        Bot to Samira: Turvært på Klintstien
           | søndag d. 27. december kl. 10–12
           | Starten af Klintstien
           |
           | Jeg har ikke hørt fra dig endnu. Kommer du? Begge svar er fine, så ved Mette det.
           | [Jeg kommer] [Jeg kan ikke] [Find en afløser]
        --- until 2026-12-23 18:59
        --- until 2026-12-23 19:01
        Bot to Samira: Ses vi snart?
           | Turvært på Klintstien
           | søndag d. 27. december kl. 10–12
           | Starten af Klintstien
           |
           | Jeg har ikke hørt fra dig endnu. Kommer du?
           | [Jeg kommer] [Jeg kan ikke] [Find en afløser] [Vis på kort]
        Bot to Ana: See you soon!
           | Walk host on the Cliff Path
           | Sunday 27 December 10:00–12:00
           | The start of the Cliff Path
           |
           | Regards, Mette
           | [Show it on the map] [I cannot] [My overview] [Menu]
        --- until 2026-12-26 13:59
    """)
    assert await at_risk(chat) == 0
    await chat("""
        --- until 2026-12-26 14:01
    """)
    assert await at_risk(chat) == 1
    await chat("""
        Samira: [Jeg kommer]
        Bot edits: Ses vi snart?
           | Turvært på Klintstien
           | søndag d. 27. december kl. 10–12
           | Starten af Klintstien
           |
           | Jeg har ikke hørt fra dig endnu. Kommer du?
           |
           | ✓ Du kommer. Vi ses!
    """)
    assert await at_risk(chat) == 0
    await chat("""
        --- until 2026-12-28 07:59
        --- until 2026-12-28 08:01
        Bot to Samira: Så er det slut:
           | Turvært på Klintstien
           | søndag d. 27. december kl. 10–12
           | Starten af Klintstien
           |
           | Hvordan gik det?
           |
           | Hilsen Mette
           | [Det gik godt] [Nogenlunde] [Ikke så godt] [Jeg var der ikke]
        Bot to Ana: This is over:
           | Walk host on the Cliff Path
           | Sunday 27 December 10:00–12:00
           | The start of the Cliff Path
           |
           | How did it go?
           |
           | Regards, Mette
           | [It went well] [All right] [Not so well] [I was not there]
        Samira: [Det gik godt]
        Bot edits: Så er det slut:
           | Turvært på Klintstien
           | søndag d. 27. december kl. 10–12
           | Starten af Klintstien
           |
           | Hvordan gik det?
           |
           | Hilsen Mette
           |
           | Det gik godt
        Bot: Tak. Vil du sige lidt om det? Mette læser det.
           | [Nej tak] [Menu]
    """)
