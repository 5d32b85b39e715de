"""A volunteer's profile: told one answer at a time, changed by itself, and erased with a button."""

from __future__ import annotations

from chat_store import opened

from bot.service.volunteering.profiles import CONSENT
from bot.testing import Chat


async def _sign_up(chat: Chat) -> None:
    """Sign Jens up for his first shift."""
    await chat.play("Jens: /start")
    await chat.play("Mette imports the opportunities")
    await chat.play("Mette plans V10 i morgen kl. 15 for 60 minutes")
    for line in ("frivillig", "[Vis alt]", "[Tirs. 24. nov. kl. 15]", "ja", "ja"):
        await chat.play(f"Jens: {line}")


async def test_optional_answers(chat: Chat) -> None:
    """After the first sign-up, one optional thing at a time is asked; each may be skipped."""
    await _sign_up(chat)
    await chat("""
        Jens: [Natur og klima]
        Bot edits: Hvad vil du gerne være med til? Vælg så mange, du vil.
           | [✓ Natur og klima] [Veje og trafik] [Børn og unge] [Kultur og fritid] [Frivillige]
           | [Færdig] [Ikke nu] [Menu]
        Jens: [Færdig]
        Bot: Hvornår har du som regel tid? Vælg dage og tider på dagen.
           | [mandag] [tirsdag] [onsdag] [torsdag] [fredag] [lørdag] [søndag] [Formiddag]
           | [Eftermiddag] [Aften] [Færdig] [Ikke nu] [Menu]
        Jens: onsdag
        Bot: Hvornår har du som regel tid? Vælg dage og tider på dagen.
           | [mandag] [tirsdag] [✓ onsdag] [torsdag] [fredag] [lørdag] [søndag] [Formiddag]
           | [Eftermiddag] [Aften] [Færdig] [Ikke nu] [Menu]
        Jens: [Aften]
        Bot edits: Hvornår har du som regel tid? Vælg dage og tider på dagen.
           | [mandag] [tirsdag] [✓ onsdag] [torsdag] [fredag] [lørdag] [søndag] [Formiddag]
           | [Eftermiddag] [✓ Aften] [Færdig] [Ikke nu] [Menu]
        Jens: [Færdig]
        Bot: Hvor vil du gerne hjælpe?
           | [Klintsund By] [Ørbakke] [Sandholm Havn] [Vesterhagen] [Møllekær] [Tangø]
           | [Hele kommunen] [Ikke nu] [Menu]
        Jens: [Hele kommunen]
        Bot: Hvad vil du gerne have ud af det?
           | [Gøre en forskel] [Være sammen med andre] [Lære noget] [En titel eller et diplom]
           | [Ikke noget bestemt] [Ikke nu] [Menu]
        Jens: Være sammen med andre
        Bot: Tak. Det var det hele. Du kan rette det under “Mit overblik”.
           | [Mig som frivillig] [Mit overblik] [Menu]
        Jens: [Mig som frivillig]
        Bot: Dig som frivillig
           | Det vil du være med til: Natur og klima
           | Når du har tid: onsdag, aften
           | Der vil du hjælpe: ikke fortalt
           | Sprog: ikke fortalt
           | Det er du god til: ikke fortalt
           | Telefon: ikke fortalt
           | Fyldt 15 år: Ja
           | Det vil du have ud af det: Være sammen med andre
           | Tryk på det, du vil fortælle eller rette.
           | [Det vil du være med til] [Når du har tid] [Der vil du hjælpe] [Sprog]
           | [Det er du god til] [Telefon] [Fyldt 15 år] [Det vil du have ud af det] [Mine timer]
           | [Stop som frivillig] [Mit overblik] [Menu]
    """)


async def test_each_answer_is_changed_by_itself(chat_on_each: Chat) -> None:
    """A change asks that one question, and erases an answer where asked to."""
    chat = chat_on_each
    await _sign_up(chat)
    await chat("""
        Jens: min profil
        Bot: Dig som frivillig
           | Det vil du være med til: ikke fortalt
           | Når du har tid: ikke fortalt
           | Der vil du hjælpe: ikke fortalt
           | Sprog: ikke fortalt
           | Det er du god til: ikke fortalt
           | Telefon: ikke fortalt
           | Fyldt 15 år: Ja
           | Det vil du have ud af det: ikke fortalt
           | Tryk på det, du vil fortælle eller rette.
           | [Det vil du være med til] [Når du har tid] [Der vil du hjælpe] [Sprog]
           | [Det er du god til] [Telefon] [Fyldt 15 år] [Det vil du have ud af det] [Mine timer]
           | [Stop som frivillig] [Mit overblik] [Menu]
        Jens: [Det er du god til]
        Bot: Hvad er du god til? Skriv en kort liste med komma, for eksempel “sy, fodbold”.
           | [Ikke noget særligt] [Ikke nu] [Menu]
        Jens: sy, fodbold
        Bot: Det er gemt.
           | Dig som frivillig
           | Det vil du være med til: ikke fortalt
           | Når du har tid: ikke fortalt
           | Der vil du hjælpe: ikke fortalt
           | Sprog: ikke fortalt
           | Det er du god til: sy, fodbold
           | Telefon: ikke fortalt
           | Fyldt 15 år: Ja
           | Det vil du have ud af det: ikke fortalt
           | Tryk på det, du vil fortælle eller rette.
           | [Det vil du være med til] [Når du har tid] [Der vil du hjælpe] [Sprog]
           | [Det er du god til] [Telefon] [Fyldt 15 år] [Det vil du have ud af det] [Mine timer]
           | [Stop som frivillig] [Mit overblik] [Menu]
        Jens: [Telefon]
        Bot: Hvilket nummer må vi ringe til om dine opgaver?
           | [Intet nummer] [Ikke nu] [Menu]
        Jens: 12
        Bot: Jeg skal bruge et telefonnummer med otte cifre.
        Bot: Hvilket nummer må vi ringe til om dine opgaver?
           | [Intet nummer] [Ikke nu] [Menu]
        Jens: 12345678
        Bot: Det er gemt.
           | Dig som frivillig
           | Det vil du være med til: ikke fortalt
           | Når du har tid: ikke fortalt
           | Der vil du hjælpe: ikke fortalt
           | Sprog: ikke fortalt
           | Det er du god til: sy, fodbold
           | Telefon: 12 34 56 78
           | Fyldt 15 år: Ja
           | Det vil du have ud af det: ikke fortalt
           | Tryk på det, du vil fortælle eller rette.
           | [Det vil du være med til] [Når du har tid] [Der vil du hjælpe] [Sprog]
           | [Det er du god til] [Telefon] [Fyldt 15 år] [Det vil du have ud af det] [Mine timer]
           | [Stop som frivillig] [Mit overblik] [Menu]
        Jens: [Telefon]
        Bot: Hvilket nummer må vi ringe til om dine opgaver?
           | [Intet nummer] [Ikke nu] [Menu]
        Jens: [Intet nummer]
        Bot: Det er gemt.
           | Dig som frivillig
           | Det vil du være med til: ikke fortalt
           | Når du har tid: ikke fortalt
           | Der vil du hjælpe: ikke fortalt
           | Sprog: ikke fortalt
           | Det er du god til: sy, fodbold
           | Telefon: ikke fortalt
           | Fyldt 15 år: Ja
           | Det vil du have ud af det: ikke fortalt
           | Tryk på det, du vil fortælle eller rette.
           | [Det vil du være med til] [Når du har tid] [Der vil du hjælpe] [Sprog]
           | [Det er du god til] [Telefon] [Fyldt 15 år] [Det vil du have ud af det] [Mine timer]
           | [Stop som frivillig] [Mit overblik] [Menu]
        Jens: [Det er du god til]
        Bot: Hvad er du god til? Skriv en kort liste med komma, for eksempel “sy, fodbold”.
           | [Ikke noget særligt] [Ikke nu] [Menu]
        Jens: [Ikke noget særligt]
        Bot: Det er gemt.
           | Dig som frivillig
           | Det vil du være med til: ikke fortalt
           | Når du har tid: ikke fortalt
           | Der vil du hjælpe: ikke fortalt
           | Sprog: ikke fortalt
           | Det er du god til: ikke fortalt
           | Telefon: ikke fortalt
           | Fyldt 15 år: Ja
           | Det vil du have ud af det: ikke fortalt
           | Tryk på det, du vil fortælle eller rette.
           | [Det vil du være med til] [Når du har tid] [Der vil du hjælpe] [Sprog]
           | [Det er du god til] [Telefon] [Fyldt 15 år] [Det vil du have ud af det] [Mine timer]
           | [Stop som frivillig] [Mit overblik] [Menu]
    """)


async def test_stop(chat: Chat) -> None:
    """The consent is withdrawn with a button: the profile is erased, and nothing is signed up."""
    await _sign_up(chat)
    await chat("""
        Jens: stop som frivillig
        Bot: Vil du stoppe som frivillig? Jeg sletter det, du har fortalt om dig selv, og melder
           | dig fra det, du har sagt ja til.
           | [Ja, stop] [Nej, jeg bliver]
        Jens: [Nej, jeg bliver]
        Bot: ✓ Du er stadig frivillig.
           | [Mig som frivillig] [Mit overblik] [Menu]
        Jens: [Mig som frivillig]
        Bot: Dig som frivillig
           | Det vil du være med til: ikke fortalt
           | Når du har tid: ikke fortalt
           | Der vil du hjælpe: ikke fortalt
           | Sprog: ikke fortalt
           | Det er du god til: ikke fortalt
           | Telefon: ikke fortalt
           | Fyldt 15 år: Ja
           | Det vil du have ud af det: ikke fortalt
           | Tryk på det, du vil fortælle eller rette.
           | [Det vil du være med til] [Når du har tid] [Der vil du hjælpe] [Sprog]
           | [Det er du god til] [Telefon] [Fyldt 15 år] [Det vil du have ud af det] [Mine timer]
           | [Stop som frivillig] [Mit overblik] [Menu]
        Jens: [Stop som frivillig]
        Bot: Vil du stoppe som frivillig? Jeg sletter det, du har fortalt om dig selv, og melder
           | dig fra det, du har sagt ja til.
           | [Ja, stop] [Nej, jeg bliver]
        Jens: [Ja, stop]
        Bot: Det er gjort. Det, du har fortalt om dig selv som frivillig, er slettet, og du er
           | ikke meldt til noget. Tak for din tid. Du er velkommen igen.
           | [Mit overblik] [Menu]
        Jens: [Ja, stop]
        Bot: Du er ikke frivillig her endnu. Se, hvad der er.
           | [Søg efter noget andet] [Tal med et menneske] [Menu]
        Jens: fortsæt
        Bot: Der er ikke noget, der venter på dig.
        Bot: <menu>
        Jens: [Natur og klima]
        Bot: Den knap er fra tidligere. Her er menuen.
        Bot: <menu>
        Jens: [Færdig]
        Bot: Den knap er fra tidligere. Her er menuen.
        Bot: <menu>
        Jens: mit overblik
        Bot: Mit overblik
           | Vi kalder dig: Jens
           | Sprog: Dansk
           | Område: ikke valgt
           | Nyt om: ingenting
           | Stille timer: kl. 20–8, søndage, helligdage, 24. og 31. december
           | [Sprog og indstillinger] [Menu]
    """)
    async with opened(chat) as store, store.reading() as unit:
        assert CONSENT not in await unit.consents.live(1)
        assert await unit.signups.live_of_person(1) == []


async def test_stop_in_the_middle_of_a_sign_up(chat: Chat) -> None:
    """A question that waited when the consent was withdrawn signs nobody up by a late answer."""
    for line in (
        *("Mette imports the opportunities", "Jens: /start", "Jens: frivillig", "Jens: [Vis alt]"),
        *("Jens: [Man. 23. nov. kl. 14]", "Jens: ja", "Jens: ja"),
    ):
        asked = await chat.play(line)
    assert "tavshedspligt" in asked[0]
    await chat.play("Jens: stop som frivillig")
    await chat.play("Jens: [Ja, stop]")
    assert "venter på dig" not in (await chat.play("Jens: menu"))[0]
    await chat.play("Jens: [Ja]")
    async with opened(chat) as store, store.reading() as unit:
        assert await unit.signups.of_person(1, 1) == []
        assert CONSENT not in await unit.consents.live(1)


async def test_other_words_leave_the_optional_questions(chat: Chat) -> None:
    """A question is answered without the step; "done" and "not now" end the optional questions."""
    await _sign_up(chat)
    await chat("""
        Jens: hvor skal jeg møde op?
        Bot: Turvært på Klintstien
           | tirsdag d. 24. november kl. 15–16
           | Starten af Klintstien
           | Gå forrest på en gåtur for nytilflyttede. Fire ture om året.
           | Din kontakt: Mette
           | Forsikring: Kommunen forsikrer dig.
           | [Jeg kan ikke] [Skriv til Mette] [Menu]
        Jens: fortsæt
        Bot: Hvad vil du gerne være med til? Vælg så mange, du vil.
           | [Natur og klima] [Veje og trafik] [Børn og unge] [Kultur og fritid] [Frivillige]
           | [Færdig] [Ikke nu] [Menu]
        Jens: natr
        Bot: Hvad vil du gerne være med til? Vælg så mange, du vil.
           | [Natur og klima] [Veje og trafik] [Børn og unge] [Kultur og fritid] [Frivillige]
           | [Færdig] [Ikke nu] [Menu]
        Jens: jeg kan ikke alligevel
        Bot: Vil du melde afbud til “Turvært på Klintstien”, tirsdag d. 24. november kl. 15?
           | [Find en afløser] [Ja, jeg kan ikke] [Nej, jeg kommer]
        Jens: nej, jeg kommer
        Bot: ✓ Du kommer stadig: Turvært på Klintstien, tirsdag d. 24. november kl. 15.
           | [Mit overblik] [Menu]
        Jens: fortsæt
        Bot: Hvad vil du gerne være med til? Vælg så mange, du vil.
           | [Natur og klima] [Veje og trafik] [Børn og unge] [Kultur og fritid] [Frivillige]
           | [Færdig] [Ikke nu] [Menu]
        Jens: børn og unge
        Bot: Hvad vil du gerne være med til? Vælg så mange, du vil.
           | [Natur og klima] [Veje og trafik] [✓ Børn og unge] [Kultur og fritid] [Frivillige]
           | [Færdig] [Ikke nu] [Menu]
        Jens: færdig
        Bot: Hvornår har du som regel tid? Vælg dage og tider på dagen.
           | [mandag] [tirsdag] [onsdag] [torsdag] [fredag] [lørdag] [søndag] [Formiddag]
           | [Eftermiddag] [Aften] [Færdig] [Ikke nu] [Menu]
        Jens: onsdag og torsdag
        Bot: Hvornår har du som regel tid? Vælg dage og tider på dagen.
           | [mandag] [tirsdag] [✓ onsdag] [✓ torsdag] [fredag] [lørdag] [søndag] [Formiddag]
           | [Eftermiddag] [Aften] [Færdig] [Ikke nu] [Menu]
        Jens: færdig
        Bot: Hvor vil du gerne hjælpe?
           | [Klintsund By] [Ørbakke] [Sandholm Havn] [Vesterhagen] [Møllekær] [Tangø]
           | [Hele kommunen] [Ikke nu] [Menu]
        Jens: [Ikke nu]
        Bot: Det er helt i orden. Du kan fortælle det en anden gang under “Mig som frivillig”.
           | [Mig som frivillig] [Mit overblik] [Menu]
    """)


async def test_more_than_yes(chat: Chat) -> None:
    """A yes may say more, in both languages."""
    for name, yes in (("Jens", "ja jeg er 71"), ("Ana", "yes, I am 30")):
        await chat.play(f"{name}: /start")
        if name == "Jens":
            await chat.play("Mette imports the opportunities")
        await chat.play(f"{name}: jeg har ti minutter")
        await chat.play(f"{name}: [{'Meld mig' if name == 'Jens' else 'Sign me up'}]")
        said = "\n".join(await chat.play(f"{name}: {yes}"))
        assert said.startswith(("Bot: Må vi gemme", "Bot: May we keep"))


async def test_a_child_is_told_how_a_parent_signs_up(chat: Chat) -> None:
    """A volunteer who answers that they are under 15 has no sign-ups any longer."""
    await chat("""
        Samira: /start
        Bot: <notice>
        Bot: <menu>
        Mette imports the opportunities
        Mette signs up Samira for V4
        Samira: mig som frivillig
        Bot: Dig som frivillig
           | Det vil du være med til: ikke fortalt
           | Når du har tid: ikke fortalt
           | Der vil du hjælpe: ikke fortalt
           | Sprog: ikke fortalt
           | Det er du god til: ikke fortalt
           | Telefon: ikke fortalt
           | Fyldt 15 år: Ja
           | Det vil du have ud af det: ikke fortalt
           | Tryk på det, du vil fortælle eller rette.
           | [Det vil du være med til] [Når du har tid] [Der vil du hjælpe] [Sprog]
           | [Det er du god til] [Telefon] [Fyldt 15 år] [Det vil du have ud af det] [Mine timer]
           | [Stop som frivillig] [Mit overblik] [Menu]
        Samira: [Fyldt 15 år]
        Bot: Er du fyldt 15 år?
           | [Ja] [Nej] [Menu]
        Samira: [Nej]
        Bot: Det er gemt. Du skal være fyldt 15 år for selv at melde dig til, så nu er du ikke
           | tilmeldt noget. En forælder kan melde sig til her og tage dig med.
           | [Mig som frivillig] [Tal med et menneske] [Mit overblik] [Menu]
        Samira: mit overblik
        Bot: Mit overblik
           | Vi kalder dig: Samira
           | Sprog: Dansk
           | Område: ikke valgt
           | Nyt om: ingenting
           | Stille timer: kl. 20–8, søndage, helligdage, 24. og 31. december
           | [Sprog og indstillinger] [Mig som frivillig] [Mine timer] [Menu]
    """)
