"""Danger, STOP and CPR numbers come first, in every state."""

from __future__ import annotations

from bot.testing import Chat


async def test_danger_in_danish(chat_on_each: Chat) -> None:
    """The emergency numbers come at once, also in mid-flow, and the flow keeps its step."""
    await chat_on_each("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: /indstillinger
        Bot: 1 af 5. Hvilket sprog vil du læse?
           | [Dansk] [English] [Menu]
        Jens: min mand slår mig
        Bot: Er du i fare nu? Ring 112.
           | Lev Uden Vold, hele døgnet: 1888.
           | Politiet, hvis det ikke haster: 114.
           |
           | Jeg er en robot og kan ikke ringe for dig. Nogen i Klintsund Kommune får besked om,
           | at du har skrevet.
        Jens: [Dansk]
        Bot: 2 af 5. Hvad må vi kalde dig? Skriv et fornavn.
           | [Behold: Jens] [Menu]
    """)


async def test_danger_in_english(chat: Chat) -> None:
    """The same in English, also as the citizen's first message."""
    await chat("""
        Ana: I want to kill myself
        Bot: I am glad you wrote. Are you in danger now? Ring 112.
           | Livslinien listens: 70 201 201.
           | BørneTelefonen, for children and young people: 116 111.
           |
           | I am a robot and cannot ring for you. The people at Klintsund Kommune are told that
           | you wrote.
        Bot: <English notice>
        Ana: my husband hits me
        Bot: Are you in danger now? Ring 112.
           | Lev Uden Vold, day and night: 1888.
           | Police, not urgent: 114.
           |
           | I am a robot and cannot ring for you. The people at Klintsund Kommune are told that
           | you wrote.
        Ana: there is a fire, help
        Bot: Is anyone in danger now? Ring 112.
           |
           | I am a robot and cannot ring for you. The people at Klintsund Kommune are told that
           | you wrote.
    """)


async def test_cpr_is_deleted(chat_on_each: Chat) -> None:
    """A CPR number is deleted with a notice, and a question in the same message is answered."""
    await chat_on_each("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: 170461-5007
        Bot deletes: 170461-5007
        Bot: Du kom til at skrive et CPR-nummer. Jeg har slettet beskeden og ikke gemt nummeret.
           | Har vi brug for det, så skriv til os i Digital Post på borger.dk.
           |
           | Var det et ordrenummer eller et P-nummer? Så skriv det igen med et x efter de første
           | to cifre.
           | [Menu]
        Jens: mit cpr er 1704615007, hvordan får jeg nyt pas?
        Bot deletes: mit cpr er 1704615007, hvordan får jeg nyt pas?
        Bot: Det forstod jeg ikke helt. Mener du en af de her ting? Ellers sender jeg dit
           | spørgsmål til et menneske om en halv time.
           | [Hvordan får jeg nyt pas?] [Spørg et menneske] [Det var ikke noget]
        Bot: Du kom til at skrive et CPR-nummer. Jeg har slettet beskeden og ikke gemt nummeret.
           | Har vi brug for det, så skriv til os i Digital Post på borger.dk.
           |
           | Var det et ordrenummer eller et P-nummer? Så skriv det igen med et x efter de første
           | to cifre.
           | [Menu]
    """)


async def test_cpr_in_mid_flow(chat: Chat) -> None:
    """A CPR number is no answer, and the step is asked again."""
    await chat("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: /indstillinger
        Bot: 1 af 5. Hvilket sprog vil du læse?
           | [Dansk] [English] [Menu]
        Jens: [Dansk]
        Bot: 2 af 5. Hvad må vi kalde dig? Skriv et fornavn.
           | [Behold: Jens] [Menu]
        Jens: Jens 170461-5007
        Bot deletes: Jens 170461-5007
        Bot: Tilbage til "Sprog og indstillinger":
        Bot: 2 af 5. Hvad må vi kalde dig? Skriv et fornavn.
           | [Behold: Jens] [Menu]
        Bot: Du kom til at skrive et CPR-nummer. Jeg har slettet beskeden og ikke gemt nummeret.
           | Har vi brug for det, så skriv til os i Digital Post på borger.dk.
           |
           | Var det et ordrenummer eller et P-nummer? Så skriv det igen med et x efter de første
           | to cifre.
    """)


async def test_cpr_split_over_two(chat_on_each: Chat) -> None:
    """A split CPR is detected, and both messages are deleted."""
    await chat_on_each("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: mit nummer er 170461
        Bot: Det ved jeg ikke. Et menneske kan hjælpe dig. Jeg sender dit spørgsmål videre om en
           | halv time, eller med det samme, hvis du trykker på knappen.
           |
           | Ring på 00 00 10 00.
           | Telefonen er åben mandag–onsdag kl. 9–14, torsdag kl. 9–17 og fredag kl. 9–12.
           | Kom forbi: Klintgade 1, Klintsund. Borgerservice har åbent mandag–onsdag kl. 10–14,
           | torsdag kl. 10–17 og fredag kl. 10–12.
           | [Spørg et menneske] [Det var ikke noget]
        Jens: 5007 er de sidste fire
        Bot deletes: mit nummer er 170461
        Bot deletes: 5007 er de sidste fire
        Bot: Det ved jeg ikke. Et menneske kan hjælpe dig. Jeg sender dit spørgsmål videre om en
           | halv time, eller med det samme, hvis du trykker på knappen.
           |
           | Ring på 00 00 10 00.
           | Telefonen er åben mandag–onsdag kl. 9–14, torsdag kl. 9–17 og fredag kl. 9–12.
           | Kom forbi: Klintgade 1, Klintsund. Borgerservice har åbent mandag–onsdag kl. 10–14,
           | torsdag kl. 10–17 og fredag kl. 10–12.
           | [Spørg et menneske] [Det var ikke noget]
        Bot: Du kom til at skrive et CPR-nummer. Jeg har slettet beskeden og ikke gemt nummeret.
           | Har vi brug for det, så skriv til os i Digital Post på borger.dk.
           |
           | Var det et ordrenummer eller et P-nummer? Så skriv det igen med et x efter de første
           | to cifre.
           | [Menu]
    """)


async def test_cpr_or_a_time(chat: Chat) -> None:
    """The citizen is asked whether digits are a time or a CPR number."""
    await chat("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: mødet er 23.11.26 1630
        Bot: Var det et CPR-nummer?
           | [Ja, slet beskeden] [Nej, det var en tid]
        Jens: [Nej, det var en tid]
        Bot: Skriv tiden igen med 'kl.', så gemmer jeg den.
        Jens: mødet er 23.11.26 1630
        Bot: Var det et CPR-nummer?
           | [Ja, slet beskeden] [Nej, det var en tid]
        Jens: [Ja, slet beskeden]
        Bot deletes: mødet er 23.11.26 1630
        Bot: Du kom til at skrive et CPR-nummer. Jeg har slettet beskeden og ikke gemt nummeret.
           | Har vi brug for det, så skriv til os i Digital Post på borger.dk.
           |
           | Var det et ordrenummer eller et P-nummer? Så skriv det igen med et x efter de første
           | to cifre.
           | [Menu]
    """)


async def test_cpr_in_an_edit(chat: Chat) -> None:
    """A CPR number in an edit is deleted too."""
    await chat("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: hvornår har I åbent
        Bot: Hvornår har I åbent?
           | Borgerservice har åbent kl. 10–14 mandag til onsdag. Torsdag er der åbent kl. 10–17
           | og fredag kl. 10–12. Vi har lukket på helligdage. Du kan ringe fra kl. 9, til vi
           | lukker. Adressen er Klintgade 1, Klintsund.
           |
           | Kilde: Mette, Borgerservice. Gennemgået 1. november 2026.
           | [Det hjalp] [Spørg et menneske]
        Jens edits: 010165-5001
        Bot deletes: 010165-5001
        Bot: Du kom til at skrive et CPR-nummer. Jeg har slettet beskeden og ikke gemt nummeret.
           | Har vi brug for det, så skriv til os i Digital Post på borger.dk.
           |
           | Var det et ordrenummer eller et P-nummer? Så skriv det igen med et x efter de første
           | to cifre.
           | [Menu]
    """)


async def test_an_old_cpr_cannot_be_deleted(chat: Chat) -> None:
    """A CPR number from an English reader is deleted, with a notice in English."""
    await chat("""
        Ana: /start
        Bot: <English notice>
        Bot: <English menu>
        Ana: 170461-5007
        Bot deletes: 170461-5007
        Bot: You happened to write a CPR number. I have deleted the message and not kept the
           | number. If we need it, write to us in Digital Post on borger.dk.
           |
           | Was it an order number or a P-number? Then write it again with an x after the first
           | two digits.
           | [Menu]
    """)


async def test_cpr_split_with_a_case(chat_on_each: Chat) -> None:
    """The first half of a split CPR is also removed from the thread of an open case."""
    await chat_on_each.play("Jens: /start")
    await chat_on_each.play("Jens: Må man grave sin egen kanal ned til havet?")
    await chat_on_each.play("Jens: [Spørg et menneske]")
    await chat_on_each.play("Jens: Jeg er født 170461")
    await chat_on_each.play("Jens: 5007 og jeg bor ved havet")
    store, bot = await chat_on_each.open()
    async with store.reading() as unit:
        person = await unit.people.by_lane("tg:102")
        assert person is not None
        (case,) = await unit.cases.of_person(person.id, 9)
        said = [one.text for one in await unit.threads.of_case(case.id, internal=True)]
    await bot.close()
    await store.close()
    assert said[0] == "Må man grave sin egen kanal ned til havet?"
    assert not [text for text in said if "170461" in text or "5007" in text]
    assert len(said) >= 2
