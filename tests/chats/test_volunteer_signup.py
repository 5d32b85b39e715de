"""Citizens sign up to volunteer: only what is missing is asked, and the outcome is exact."""

from __future__ import annotations

from chat_store import opened
from sqlalchemy import select

from bot.model.commands.volunteering import EditOpportunity
from bot.service import execute
from bot.service.volunteering.profiles import CONSENT, CONSENT_TEXT_VERSION
from bot.store.tables import outbox
from bot.testing import Chat


async def test_confirmed(chat_on_each: Chat) -> None:
    """Age and consent are asked once; a second tap shows the same, and the next asks nothing."""
    await chat_on_each("""
        Samira: /start
        Bot: <notice>
        Bot: <menu>
        Mette imports the opportunities
        Mette plans V10 i morgen kl. 15 for 60 minutes with 2 places
        Samira: frivillig
        Bot: Hvor meget tid har du? Kig dig først omkring. Du skal ikke udfylde noget, før du har
           | valgt.
           | [Ti minutter] [En time] [En dag] [Vis alt] [Emne] [Område] [Dag] [Nær mig] [Menu]
        Samira: [Dag]
        Bot edits: Hvornår?
           | [Denne uge] [Næste uge] [Denne måned] [Alle] [En anden dag] [Tilbage]
        Samira: [Denne uge]
        Bot: Digital hjælper
           | Hjælp andre i gang med Digital Post på biblioteket. Du må aldrig se eller taste
           | andres koder.
           | Næste gang: mandag d. 23. november kl. 14–16, 3 pladser tilbage
           | Hvor: Klintsund Bibliotek
           | Det kræver: løfte om tavshedspligt
           | Forsikring: Kommunen forsikrer dig. Kontakt: Mette
           | Det får du ud af det: Du gør hverdagen lettere for andre.
           | [Man. 23. nov. kl. 14]
        Bot: Turvært på Klintstien
           | Gå forrest på en gåtur for nytilflyttede. Fire ture om året.
           | Næste gang: tirsdag d. 24. november kl. 15–16, 2 pladser tilbage
           | Hvor: Starten af Klintstien
           | Forsikring: Kommunen forsikrer dig. Kontakt: Mette
           | Det får du ud af det: Du viser dit eget yndlingssted frem.
           | [Tirs. 24. nov. kl. 15]
        Bot: Lektiehjælp i Møllekær
           | Hjælp unge med det, der er svært. Tirsdag kl. 15.30. Der er plads til 8.
           | Næste gang: tirsdag d. 8. december kl. 15.30–17, 8 pladser tilbage
           | Hvor: Beboerhuset i Møllekær
           | Det kræver: børneattest (gratis) og løfte om tavshedspligt
           | Attesten tager som regel ti dage. Derfor er datoerne her først efter det.
           | Forsikring: Foreningen forsikrer dig. Kontakt: Mette
           | Det får du ud af det: Du ser dem få det lært.
           | [Tirs. 8. dec. kl. 15.30] [Vis flere] [Søg efter noget andet] [Menu]
        Samira: [Tirs. 24. nov. kl. 15]
        Bot: Er du fyldt 15 år? Vi spørger kun én gang og gemmer kun ja eller nej.
           | [Ja] [Nej] [Menu]
        Samira: måske
        Bot: Det kunne jeg ikke finde blandt mulighederne. Tryk på en knap, eller skriv ordene
           | eller nummeret.
        Bot: Er du fyldt 15 år? Vi spørger kun én gang og gemmer kun ja eller nej.
           |
           | 1. Ja
           | 2. Nej
           | 3. Menu
           | [Ja] [Nej] [Menu]
        Samira: ja
        Bot: Må vi gemme det, du svarer om at være frivillig? Det er det, du melder dig til, og
           | det, du selv vælger at fortælle. Vi bruger det til at finde opgaver til dig og lave
           | aftaler. Skriv “mit overblik”, så kan du se det, rette det eller stoppe med ét tryk.
           | [Ja] [Nej] [Tilbage] [Menu]
        Samira: [Ja]
        Bot: Velkommen, Samira! Du er med: Turvært på Klintstien, tirsdag d. 24. november kl.
           | 15–16.
           | Sted: Starten af Klintstien
           | Mette er din kontakt.
           | Passer det ikke alligevel, så tryk bare “Jeg kan ikke”.
           | [Til min kalender] [Jeg kan ikke] [Mit overblik] [Menu]
        Bot: Får du dagpenge, efterløn eller kontanthjælp? Så spørg din a-kasse eller jobcentret,
           | før du går i gang.
           | [Mit overblik] [Menu]
        Bot: Hvad vil du gerne være med til? Vælg så mange, du vil.
           | [Natur og klima] [Veje og trafik] [Børn og unge] [Kultur og fritid] [Frivillige]
           | [Færdig] [Ikke nu] [Menu]
        Samira: [Ikke nu]
        Bot: Det er helt i orden. Du kan fortælle det en anden gang under “Mig som frivillig”.
           | [Mig som frivillig] [Mit overblik] [Menu]
        Samira: [Tirs. 24. nov. kl. 15]
        Bot: Velkommen, Samira! Du er med: Turvært på Klintstien, tirsdag d. 24. november kl.
           | 15–16.
           | Sted: Starten af Klintstien
           | Mette er din kontakt.
           | Passer det ikke alligevel, så tryk bare “Jeg kan ikke”.
           | [Til min kalender] [Jeg kan ikke] [Mit overblik] [Menu]
        Samira: [Vis flere]
        Bot: Læseven på Bakkeskolen
           | Læs med to børn fra 2. klasse. Onsdag kl. 15–16, 6 pladser.
           | Næste gang: onsdag d. 9. december kl. 15–16, 6 pladser tilbage
           | Hvor: Bakkeskolen, biblioteket på 1. sal
           | Det kræver: børneattest (gratis)
           | Attesten tager som regel ti dage. Derfor er datoerne her først efter det.
           | Forsikring: Kommunen forsikrer dig. Kontakt: Mette
           | Det får du ud af det: Børn, der glæder sig til at se dig.
           | [Ons. 9. dec. kl. 15]
        Bot: Hjælpetræner, U10 fodbold i Ørbakke
           | En aften om ugen. Du behøver ikke kunne spille selv.
           | Næste gang: onsdag d. 9. december kl. 17–18.30, 2 pladser tilbage
           | Hvor: Ørbakke Boldbane
           | Det kræver: børneattest (gratis)
           | Attesten tager som regel ti dage. Derfor er datoerne her først efter det.
           | Forsikring: Foreningen forsikrer dig. Kontakt: Mette
           | Det får du ud af det: Et hold, der jubler, når du kommer.
           | [Ons. 9. dec. kl. 17]
        Bot: Sprogcafé på biblioteket
           | Snak dansk med nye naboer torsdag kl. 17–19. Du skal bare kunne lytte.
           | Næste gang: torsdag d. 26. november kl. 17–19
           | Hvor: Klintsund Bibliotek
           | Forsikring: Kommunen forsikrer dig. Kontakt: Mette
           | Det får du ud af det: Nye bekendtskaber fra hele verden.
           | [Tors. 26. nov. kl. 17] [Vis flere] [Søg efter noget andet] [Menu]
        Samira: [Tors. 26. nov. kl. 17]
        Bot: Velkommen, Samira! Du er med: Sprogcafé på biblioteket, torsdag d. 26. november kl.
           | 17–19.
           | Sted: Klintsund Bibliotek
           | Mette er din kontakt.
           | Passer det ikke alligevel, så tryk bare “Jeg kan ikke”.
           | [Til min kalender] [Jeg kan ikke] [Mit overblik] [Menu]
    """)
    async with opened(chat_on_each) as store, store.reading() as unit:
        assert CONSENT in await unit.consents.live(1)
        assert CONSENT_TEXT_VERSION == 2
        assert len(await unit.signups.live_of_person(1)) == 2


async def test_queue(chat: Chat) -> None:
    """Who comes after the last place gets a place in the queue, and is told its number."""
    await chat.play("Mette imports the opportunities")
    await chat.play("Mette plans V10 i morgen kl. 15 for 60 minutes with 1 place")
    for name, label in (("Jens", ""), ("Samira", " (venteliste)")):
        day = f"[Tirs. 24. nov. kl. 15{label}]"
        for line in ("/start", "frivillig", "[Vis alt]", day, "ja", "ja"):
            said = await chat.play(f"{name}: {line}")
    assert "nummer 1 på ventelisten" in said[0]
    await chat("""
        Samira: frivillig
        Bot: Hvor meget tid har du? Kig dig først omkring. Du skal ikke udfylde noget, før du har
           | valgt.
           | [Ti minutter] [En time] [En dag] [Vis alt] [Emne] [Område] [Dag] [Nær mig] [Menu]
        Samira: [Vis alt]
        Bot: Digital hjælper
           | Hjælp andre i gang med Digital Post på biblioteket. Du må aldrig se eller taste
           | andres koder.
           | Næste gang: mandag d. 23. november kl. 14–16, 3 pladser tilbage
           | Hvor: Klintsund Bibliotek
           | Det kræver: løfte om tavshedspligt
           | Forsikring: Kommunen forsikrer dig. Kontakt: Mette
           | Det får du ud af det: Du gør hverdagen lettere for andre.
           | [Man. 23. nov. kl. 14] [Man. 30. nov. kl. 14] [Man. 7. dec. kl. 14] [Flere tider]
        Bot: Turvært på Klintstien
           | Gå forrest på en gåtur for nytilflyttede. Fire ture om året.
           | Næste gang: lørdag d. 5. december kl. 10–12, 2 pladser tilbage
           | Hvor: Starten af Klintstien
           | Forsikring: Kommunen forsikrer dig. Kontakt: Mette
           | Du har meldt dig: tirsdag d. 24. november kl. 15
           | [Lør. 5. dec. kl. 10] [Flere tider]
        Bot: Lektiehjælp i Møllekær
           | Hjælp unge med det, der er svært. Tirsdag kl. 15.30. Der er plads til 8.
           | Næste gang: tirsdag d. 8. december kl. 15.30–17, 8 pladser tilbage
           | Hvor: Beboerhuset i Møllekær
           | Det kræver: børneattest (gratis) og løfte om tavshedspligt
           | Attesten tager som regel ti dage. Derfor er datoerne her først efter det.
           | Forsikring: Foreningen forsikrer dig. Kontakt: Mette
           | Det får du ud af det: Du ser dem få det lært.
           | [Tirs. 8. dec. kl. 15.30] [Tirs. 15. dec. kl. 15.30] [Tirs. 5. jan. kl. 15.30]
           | [Flere tider] [Vis flere] [Søg efter noget andet] [Menu]
        Samira: Mit overblik
        Bot: Dine opgaver som frivillig
           | • Turvært på Klintstien, tirsdag d. 24. november kl. 15: nummer 1 på ventelisten
           |
           | Mit overblik
           | Vi kalder dig: Samira
           | Sprog: Dansk
           | Område: ikke valgt
           | Nyt om: ingenting
           | Stille timer: kl. 20–8, søndage, helligdage, 24. og 31. december
           | [Fortsæt] [Sprog og indstillinger] [Jeg kan ikke: Tirs. 24. nov. kl. 15]
           | [Mig som frivillig] [Mine timer] [Menu]
        Samira: [Jeg kan ikke: Tirs. 24. nov. kl. 15]
        Bot: Vil du melde afbud til “Turvært på Klintstien”, tirsdag d. 24. november kl. 15?
           | [Ja, jeg kan ikke] [Nej, jeg kommer]
        Samira: [Ja, jeg kan ikke]
        Bot: Det er skrevet ned, at du ikke kan. Tak, fordi du siger til.
           |
           | Passer en af de her tider bedre?
           | [Lør. 5. dec. kl. 10] [Søg efter noget andet] [Mit overblik] [Menu]
        Samira: [Ja, jeg kan ikke]
        Bot: Den er overstået. Du skal ikke gøre mere.
           | [Søg efter noget andet] [Tal med et menneske] [Menu]
    """)


async def test_overlap_is_asked_once(chat: Chat) -> None:
    """Another shift at that time is named, and a no changes nothing."""
    await chat.play("Jens: /start")
    await chat.play("Mette imports the opportunities")
    await chat.play("Mette plans V10 i morgen kl. 15 for 60 minutes")
    await chat.play("Mette plans V4 i morgen kl. 15.30 for 60 minutes")
    for line in ("frivillig", "[Vis alt]", "[Tirs. 24. nov. kl. 15]", "ja", "ja"):
        await chat.play(f"Jens: {line}")
    await chat.play("Jens: menu")
    await chat("""
        Jens: [Tirs. 24. nov. kl. 15.30]
        Bot: Du har allerede sagt ja til “Turvært på Klintstien” på det tidspunkt.
        Bot: Vil du have begge dele?
           | [Ja] [Nej] [Menu]
        Jens: nej
        Bot: Det er helt i orden. Du beholder den, du har.
           | [Søg efter noget andet] [Tal med et menneske] [Menu]
        Jens: [Tirs. 24. nov. kl. 15.30]
        Bot: Du har allerede sagt ja til “Turvært på Klintstien” på det tidspunkt.
        Bot: Vil du have begge dele?
           | [Ja] [Nej] [Menu]
        Jens: ja
        Bot: Velkommen, Jens! Du er med: Sprogcafé på biblioteket, tirsdag d. 24. november kl.
           | 15.30–16.30.
           | Sted: Klintsund Bibliotek
           | Mette er din kontakt.
           | Passer det ikke alligevel, så tryk bare “Jeg kan ikke”.
           | [Til min kalender] [Jeg kan ikke] [Mit overblik] [Menu]
    """)


async def test_under_15(chat: Chat) -> None:
    """A child is told kindly how a parent can sign up; only the answer is kept (HR-20)."""
    await chat("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Mette imports the opportunities
        Jens: frivillig
        Bot: Hvor meget tid har du? Kig dig først omkring. Du skal ikke udfylde noget, før du har
           | valgt.
           | [Ti minutter] [En time] [En dag] [Vis alt] [Emne] [Område] [Dag] [Nær mig] [Menu]
        Jens: [Vis alt]
        Bot: Digital hjælper
           | Hjælp andre i gang med Digital Post på biblioteket. Du må aldrig se eller taste
           | andres koder.
           | Næste gang: mandag d. 23. november kl. 14–16, 3 pladser tilbage
           | Hvor: Klintsund Bibliotek
           | Det kræver: løfte om tavshedspligt
           | Forsikring: Kommunen forsikrer dig. Kontakt: Mette
           | Det får du ud af det: Du gør hverdagen lettere for andre.
           | [Man. 23. nov. kl. 14] [Man. 30. nov. kl. 14] [Man. 7. dec. kl. 14] [Flere tider]
        Bot: Lektiehjælp i Møllekær
           | Hjælp unge med det, der er svært. Tirsdag kl. 15.30. Der er plads til 8.
           | Næste gang: tirsdag d. 8. december kl. 15.30–17, 8 pladser tilbage
           | Hvor: Beboerhuset i Møllekær
           | Det kræver: børneattest (gratis) og løfte om tavshedspligt
           | Attesten tager som regel ti dage. Derfor er datoerne her først efter det.
           | Forsikring: Foreningen forsikrer dig. Kontakt: Mette
           | Det får du ud af det: Du ser dem få det lært.
           | [Tirs. 8. dec. kl. 15.30] [Tirs. 15. dec. kl. 15.30] [Tirs. 5. jan. kl. 15.30]
           | [Flere tider]
        Bot: Læseven på Bakkeskolen
           | Læs med to børn fra 2. klasse. Onsdag kl. 15–16, 6 pladser.
           | Næste gang: onsdag d. 9. december kl. 15–16, 6 pladser tilbage
           | Hvor: Bakkeskolen, biblioteket på 1. sal
           | Det kræver: børneattest (gratis)
           | Attesten tager som regel ti dage. Derfor er datoerne her først efter det.
           | Forsikring: Kommunen forsikrer dig. Kontakt: Mette
           | Det får du ud af det: Børn, der glæder sig til at se dig.
           | [Ons. 9. dec. kl. 15] [Ons. 16. dec. kl. 15] [Ons. 6. jan. kl. 15] [Flere tider]
           | [Vis flere] [Søg efter noget andet] [Menu]
        Jens: [Man. 30. nov. kl. 14]
        Bot: Er du fyldt 15 år? Vi spørger kun én gang og gemmer kun ja eller nej.
           | [Ja] [Nej] [Menu]
        Jens: nej
        Bot: Tak, fordi du vil hjælpe. Du skal være fyldt 15 for selv at melde dig. En forælder
           | kan melde sig her og tage dig med. Du kan skrive til os om alt andet.
           | [Søg efter noget andet] [Tal med et menneske] [Menu]
        Jens: [Man. 30. nov. kl. 14]
        Bot: Tak, fordi du vil hjælpe. Du skal være fyldt 15 for selv at melde dig. En forælder
           | kan melde sig her og tage dig med. Du kan skrive til os om alt andet.
           | [Jeg er fyldt 15] [Søg efter noget andet] [Tal med et menneske] [Menu]
        Jens: [Jeg er fyldt 15]
        Bot: Må vi gemme det, du svarer om at være frivillig? Det er det, du melder dig til, og
           | det, du selv vælger at fortælle. Vi bruger det til at finde opgaver til dig og lave
           | aftaler. Skriv “mit overblik”, så kan du se det, rette det eller stoppe med ét tryk.
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: nej
        Bot: Det er helt i orden, og jeg har ikke gemt noget. Uden det kan jeg ikke melde dig til
           | her. Du kan også melde dig på telefon eller hos Borgerservice.
           |
           | Ring på 00 00 10 00.
           | Telefonen er åben mandag–onsdag kl. 9–14, torsdag kl. 9–17 og fredag kl. 9–12.
           | Kom forbi: Klintgade 1, Klintsund. Borgerservice har åbent mandag–onsdag kl. 10–14,
           | torsdag kl. 10–17 og fredag kl. 10–12.
           | [Søg efter noget andet] [Tal med et menneske] [Menu]
    """)
    async with opened(chat) as store, store.reading() as unit:
        assert await unit.consents.live(1) == {}
        assert (await unit.profiles.get(1)).over_15 is False


async def test_certificate(chat: Chat) -> None:
    """The certificate is explained, a picture of one is not kept, and its progress is shown."""
    await chat("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Mette imports the opportunities
        Jens: frivillig
        Bot: Hvor meget tid har du? Kig dig først omkring. Du skal ikke udfylde noget, før du har
           | valgt.
           | [Ti minutter] [En time] [En dag] [Vis alt] [Emne] [Område] [Dag] [Nær mig] [Menu]
        Jens: [En time]
        Bot: Læseven på Bakkeskolen
           | Læs med to børn fra 2. klasse. Onsdag kl. 15–16, 6 pladser.
           | Næste gang: onsdag d. 9. december kl. 15–16, 6 pladser tilbage
           | Hvor: Bakkeskolen, biblioteket på 1. sal
           | Det kræver: børneattest (gratis)
           | Attesten tager som regel ti dage. Derfor er datoerne her først efter det.
           | Forsikring: Kommunen forsikrer dig. Kontakt: Mette
           | Det får du ud af det: Børn, der glæder sig til at se dig.
           | [Ons. 9. dec. kl. 15] [Ons. 16. dec. kl. 15] [Ons. 6. jan. kl. 15] [Flere tider]
        Bot: Cykeltur med beboere på Skovglimt
           | Du cykler, de fortæller. En time, når det passer dig. Vi lærer dig det.
           | Hvornår: Det aftaler du med Mette.
           | Hvor: Plejehjemmet Skovglimt
           | Det kræver: løfte om tavshedspligt og et kort kursus
           | Forsikring: Kommunen forsikrer dig. Kontakt: Mette
           | Det får du ud af det: Gode historier og frisk luft.
           | [Meld mig]
        Bot: Besøgsven
           | Kom på besøg hos en ældre nabo en time om ugen. Vi finder en, du passer med.
           | Hvornår: Det aftaler du med Mette.
           | Det kræver: straffeattest (gratis) og løfte om tavshedspligt
           | Forsikring: Kommunen forsikrer dig. Kontakt: Mette
           | Det får du ud af det: En ven, der venter på dig.
           | [Meld mig] [Vis flere] [Søg efter noget andet] [Menu]
        Jens: [Ons. 9. dec. kl. 15]
        Bot: Er du fyldt 15 år? Vi spørger kun én gang og gemmer kun ja eller nej.
           | [Ja] [Nej] [Menu]
        Jens: ja
        Bot: Må vi gemme det, du svarer om at være frivillig? Det er det, du melder dig til, og
           | det, du selv vælger at fortælle. Vi bruger det til at finde opgaver til dig og lave
           | aftaler. Skriv “mit overblik”, så kan du se det, rette det eller stoppe med ét tryk.
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: ja
        Bot: Du er sammen med børn, så det kræver en børneattest. Den bestiller kommunen, og den
           | er gratis. Du siger ja til den i Digital Post. Det tager som regel ti dage. Send
           | aldrig attest eller CPR-nummer her. Er det i orden?
           | [Ja] [Nej] [Menu]
        Jens: <photo>
        Bot: Send aldrig en attest her. Jeg har ikke gemt det, du sendte. Kommunen eller
           | foreningen får selv svaret.
        Bot: Tilbage til "Meld dig":
        Bot: Du er sammen med børn, så det kræver en børneattest. Den bestiller kommunen, og den
           | er gratis. Du siger ja til den i Digital Post. Det tager som regel ti dage. Send
           | aldrig attest eller CPR-nummer her. Er det i orden?
           | [Ja] [Nej] [Menu]
        Jens: ja
        Bot: Tak, Jens. Du har spurgt, om du må være med: Læseven på Bakkeskolen, onsdag d. 9.
           | december kl. 15.
           | Mette svarer dig senest mandag d. 30. november.
           | Børneattest: Vi bestiller den for dig, og jeg skriver til dig, når det er sket. Så
           | siger du ja i Digital Post. Det tager som regel ti dage.
           | Du kan komme, når det er i orden. Så skriver jeg til dig her.
           | [Jeg kan ikke] [Jeg er bekymret for et barn] [Mit overblik] [Menu]
        Bot: Får du dagpenge, efterløn eller kontanthjælp? Så spørg din a-kasse eller jobcentret,
           | før du går i gang.
           | [Mit overblik] [Menu]
        Bot: Hvad vil du gerne være med til? Vælg så mange, du vil.
           | [Natur og klima] [Veje og trafik] [Børn og unge] [Kultur og fritid] [Frivillige]
           | [Færdig] [Ikke nu] [Menu]
        Jens: menu
        Bot: "Om dig som frivillig" venter på dig. Dine svar er gemt.
           | [Fortsæt] [Stil et spørgsmål] [Giv et praj] [Bliv frivillig] [Giv et løfte]
           | [Mit overblik] [Sprog] [Tal med et menneske] [Hjælp]
        Jens: <document>
        Bot: Send aldrig en attest her. Jeg har ikke gemt det, du sendte. Kommunen eller
           | foreningen får selv svaret.
        Mette sets children of Jens to ordered
        Bot to Jens: Nu er det bestilt: Børneattest.
           | Læseven på Bakkeskolen
           | onsdag d. 9. december kl. 15–16
           | Bakkeskolen, biblioteket på 1. sal
           |
           | Kig i Digital Post de næste dage, og sig ja der. Derefter tager det som regel ti
           | dage. Jeg skriver til dig, når det er i orden.
           |
           | Hilsen Mette
           | [Mit overblik] [Menu]
        Jens: Mit overblik
        Bot: Dine opgaver som frivillig
           | • Læseven på Bakkeskolen, onsdag d. 9. december kl. 15: Mette svarer dig senest
           | mandag d. 30. november; attest bestilt mandag d. 23. november, tager som regel ti
           | dage
           |
           | Mit overblik
           | Vi kalder dig: Jens
           | Sprog: Dansk
           | Område: ikke valgt
           | Nyt om: ingenting
           | Stille timer: kl. 20–8, søndage, helligdage, 24. og 31. december
           | [Fortsæt] [Sprog og indstillinger] [Jeg kan ikke: Ons. 9. dec. kl. 15]
           | [Mig som frivillig] [Mine timer] [Menu]
        Mette sets children of Jens to open
        Bot to Jens: Nu er det i orden: Børneattest. Du har en plads:
           | Læseven på Bakkeskolen
           | onsdag d. 9. december kl. 15–16
           | Bakkeskolen, biblioteket på 1. sal
           |
           | Mette er din kontaktperson.
           | [Til min kalender] [Jeg kan ikke] [Mit overblik] [Menu]
        Jens: Mit overblik
        Bot: Dine opgaver som frivillig
           | • Læseven på Bakkeskolen, onsdag d. 9. december kl. 15: du er med
           |
           | Mit overblik
           | Vi kalder dig: Jens
           | Sprog: Dansk
           | Område: ikke valgt
           | Nyt om: ingenting
           | Stille timer: kl. 20–8, søndage, helligdage, 24. og 31. december
           | [Fortsæt] [Sprog og indstillinger] [Jeg kan ikke: Ons. 9. dec. kl. 15]
           | [Mig som frivillig] [Mine timer] [Menu]
    """)
    async with opened(chat) as store, store.reading() as unit:
        assert await unit.files.get(1) is None


async def test_a_no_to_a_gate(chat: Chat) -> None:
    """Who does not promise confidentiality, or wants no certificate, has other ways."""
    await chat("""
        Ana: /start
        Bot: <English notice>
        Bot: <English menu>
        Mette imports the opportunities
        Ana: I have an hour
        Bot: Reading friend at Bakkeskolen
           | Read with two 2nd-graders. Wednesday 3–4 pm, 6 places.
           | When: Wednesday 9 December 15:00–16:00, 6 places left
           | Where: Bakkeskolen, the library on the first floor
           | You need: a children's certificate (free)
           | The certificate usually takes ten days, so the dates here are after that.
           | Insurance: the municipality insures you. Contact: Mette
           | What you get out of it: Children who look forward to seeing you.
           | [Wed 9 Dec 15:00] [Wed 16 Dec 15:00] [Wed 6 Jan 15:00] [More dates]
        Bot: Trishaw ride with residents of Skovglimt
           | You pedal, they tell stories. An hour when it suits you. We teach you.
           | When: you agree on it with Mette.
           | Where: The care home Skovglimt
           | You need: a promise of confidentiality and a short course
           | Insurance: the municipality insures you. Contact: Mette
           | What you get out of it: Good stories and fresh air.
           | [Sign me up]
        Bot: Visiting friend
           | Visit an older neighbour one hour a week. We find someone you get on with.
           | When: you agree on it with Mette.
           | You need: a criminal record certificate (free) and a promise of confidentiality
           | Insurance: the municipality insures you. Contact: Mette
           | What you get out of it: A friend who waits for you.
           | [Sign me up] [Show more] [Look for something else] [Menu]
        Ana: [Sign me up]
        Bot: Are you 15 years old or more? We ask only once, and keep only yes or no.
           | [Yes] [No] [Menu]
        Ana: yes
        Bot: May we keep what you answer here about volunteering? It is what you sign up for, and
           | what you choose to tell about yourself. We use it to find tasks for you and to agree
           | on them. Write “my overview” to see it, change it, or end it with one button.
           | [Yes] [No] [Back] [Menu]
        Ana: yes
        Bot: Which number may we ring, so that you can agree on a time? You may leave it out.
           | [Rather not say] [Back] [Menu]
        Ana: 12
        Bot: I need a phone number with eight digits.
        Bot: Which number may we ring, so that you can agree on a time? You may leave it out.
           | [Rather not say] [Back] [Menu]
        Ana: +45 12 34 56 78
        Bot: You visit people at home, so we ask for a criminal record certificate. You order it
           | yourself at politi.dk, and it is free. Your contact tells you where to show it.
           | Never send a certificate or a CPR number here. Is that all right?
           | [Yes] [No] [Menu]
        Ana: yes
        Bot: You may get to know private things about others. You must not pass them on, also not
           | after you have stopped. That is your duty of confidentiality.
           |
           | If you think that a child is not well, you have a duty to say so. Press “I worry
           | about a child” here, or write those words later.
           |
           | Do you promise that?
           | [Yes] [No] [I worry about a child] [Back] [Menu]
        Ana: no
        Bot: That is all right. You are not signed up for that task, but there are others where
           | you need not promise or show anything first.
           | [Look for something else] [Talk to a person] [Menu]
        Ana: [Sign me up]
        Bot: You visit people at home, so we ask for a criminal record certificate. You order it
           | yourself at politi.dk, and it is free. Your contact tells you where to show it.
           | Never send a certificate or a CPR number here. Is that all right?
           | [Yes] [No] [Menu]
        Ana: yes
        Bot: You may get to know private things about others. You must not pass them on, also not
           | after you have stopped. That is your duty of confidentiality.
           |
           | If you think that a child is not well, you have a duty to say so. Press “I worry
           | about a child” here, or write those words later.
           |
           | Do you promise that?
           | [Yes] [No] [I worry about a child] [Back] [Menu]
        Ana: yes
        Bot: Thank you, Ana. You have asked to join: Visiting friend.
           | Mette answers you by Friday 4 December at the latest.
           | Criminal record certificate: Mette tells you where to show it.
           | You can come when that is in order. I write to you here then.
           | [I cannot] [I worry about a child] [My overview] [Menu]
        Bot: Do you get unemployment benefit, early retirement benefit or social assistance? Then
           | ask your unemployment fund or the job centre before you help.
           | [My overview] [Menu]
        Bot: What would you like to be part of? Choose as many as you like.
           | [Nature and climate] [Roads and traffic] [Children and young people]
           | [Culture and leisure] [Volunteering] [Done] [Not now] [Menu]
        Ana: my overview
        Bot: Your tasks as a volunteer
           | • Visiting friend: Mette answers by Friday 4 December at the latest; waits for your
           | certificate
           |
           | My overview
           | We call you: Ana
           | Language: English
           | Area: nothing chosen
           | News about: nothing
           | Quiet hours: 20:00–8:00, Sundays, public holidays, 24 and 31 December
           | [Continue] [Language and settings] [I cannot: Visiting friend] [Me as a volunteer]
           | [My hours] [Menu]
    """)


async def test_by_agreement_between_christmas_and_new_year(chat: Chat) -> None:
    """On 27 December, a Sunday, a request gets a name and a working day."""
    await chat.play("--- until 2026-12-27 11:00")
    await chat.play("Jens: /start")
    await chat.play("Mette imports the opportunities")
    await chat("""
        Jens: jeg har ti minutter
        Bot: Mørkemåler
           | Tæl stjerner fra din egen have fire aftener om året. Send tallet her i chatten.
           | Hvornår: Det aftaler du med Mette.
           | Hvor: Din egen have
           | Forsikring: Din egen forsikring gælder. Kontakt: Mette
           | Det får du ud af det: Du er med til at holde himlen mørk.
           | [Meld mig] [Søg efter noget andet] [Menu]
        Jens: [Meld mig]
        Bot: Er du fyldt 15 år? Vi spørger kun én gang og gemmer kun ja eller nej.
           | [Ja] [Nej] [Menu]
        Jens: ja
        Bot: Må vi gemme det, du svarer om at være frivillig? Det er det, du melder dig til, og
           | det, du selv vælger at fortælle. Vi bruger det til at finde opgaver til dig og lave
           | aftaler. Skriv “mit overblik”, så kan du se det, rette det eller stoppe med ét tryk.
           | [Ja] [Nej] [Tilbage] [Menu]
        Jens: ja
        Bot: Hvilket nummer må vi ringe til, så I kan aftale en tid? Du må gerne lade være.
           | [Vil helst ikke sige det] [Tilbage] [Menu]
        Jens: ikke nu
        Bot: Tak, Jens. Du har spurgt, om du må være med: Mørkemåler.
           | Mette svarer dig senest tirsdag d. 29. december.
           | [Jeg kan ikke] [Mit overblik] [Menu]
        Bot: Får du dagpenge, efterløn eller kontanthjælp? Så spørg din a-kasse eller jobcentret,
           | før du går i gang.
           | [Mit overblik] [Menu]
        Bot: Hvad vil du gerne være med til? Vælg så mange, du vil.
           | [Natur og klima] [Veje og trafik] [Børn og unge] [Kultur og fritid] [Frivillige]
           | [Færdig] [Ikke nu] [Menu]
        Jens: menu
        Bot: "Om dig som frivillig" venter på dig. Dine svar er gemt.
           | [Fortsæt] [Stil et spørgsmål] [Giv et praj] [Bliv frivillig] [Giv et løfte]
           | [Mit overblik] [Sprog] [Tal med et menneske] [Hjælp]
        Jens: [Meld mig]
        Bot: Tak, Jens. Du har spurgt, om du må være med: Mørkemåler.
           | Mette svarer dig senest tirsdag d. 29. december.
           | [Jeg kan ikke] [Mit overblik] [Menu]
    """)


async def test_practical_needs(chat: Chat) -> None:
    """Diet and transport are asked only where the opportunity needs them."""
    await chat.play("Jens: /start")
    await chat.play("Mette imports the opportunities")
    async with opened(chat) as store, store.unit() as unit:
        one = await unit.opportunities.of_code("V3")
        staff = await unit.staff.by_username("mette")
        assert one is not None
        assert staff is not None
        needs = {"needs": ["diet", "transport"]}
        await execute(EditOpportunity(staff.id, one.id, one.version, needs), unit)
    for line in ("frivillig", "[Emne]", "[Natur og klima]", "[Søn. 6. dec. kl. 10]", "ja", "ja"):
        await chat.play(f"Jens: {line}")
    await chat("""
        Jens: nødder
        Bot: Hvordan kommer du derhen, og skal du have et lift? Vi sletter det efter dagen.
           | [Jeg kommer selv] [Tilbage] [Menu]
        Jens: [Jeg kommer selv]
        Bot: Velkommen, Jens! Du er med: Strandrens i Sandholm, søndag d. 6. december kl. 10–12.
           | Sted: P-pladsen ved Sandholm Strand
           | Mette er din kontakt.
           | Passer det ikke alligevel, så tryk bare “Jeg kan ikke”.
           | [Til min kalender] [Jeg kan ikke] [Mit overblik] [Menu]
        Bot: Får du dagpenge, efterløn eller kontanthjælp? Så spørg din a-kasse eller jobcentret,
           | før du går i gang.
           | [Mit overblik] [Menu]
        Bot: Hvad vil du gerne være med til? Vælg så mange, du vil.
           | [Natur og klima] [Veje og trafik] [Børn og unge] [Kultur og fritid] [Frivillige]
           | [Færdig] [Ikke nu] [Menu]
    """)
    async with opened(chat) as store, store.reading() as unit:
        (signup,) = await unit.signups.live_of_person(1)
        assert signup.needs == {"diet": "nødder"}


async def test_changed_between_showing_and_tapping(chat: Chat) -> None:
    """A pause, an end and a cancellation each have an answer with a next step."""
    await chat.play("Karen: /start")
    await chat.play("Mette imports the opportunities")
    await chat.play("Mette sets children of Karen to open")  # so that all dates are offered
    await chat.play("Karen: frivillig")
    await chat.play("Karen: [Vis alt]")
    await chat("""
        Mette holds V9
        Karen: [Man. 30. nov. kl. 14]
        Bot: Den opgave er ikke åben mere. Se, hvad der ellers er.
           | [Søg efter noget andet] [Tal med et menneske] [Menu]
        Mette cancels V5: Sygdom
        Karen: [Tirs. 24. nov. kl. 15.30]
        Bot: Det er for sent at melde sig til den tid, eller den er aflyst.
           |
           | Her er de næste tider.
           | [Tirs. 1. dec. kl. 15.30] [Tirs. 8. dec. kl. 15.30] [Tirs. 15. dec. kl. 15.30]
           | [Søg efter noget andet] [Menu]
        Karen: [Ons. 25. nov. kl. 15]
        Bot: Er du fyldt 15 år? Vi spørger kun én gang og gemmer kun ja eller nej.
           | [Ja] [Nej] [Menu]
        Karen: ja
        Bot: Må vi gemme det, du svarer om at være frivillig? Det er det, du melder dig til, og
           | det, du selv vælger at fortælle. Vi bruger det til at finde opgaver til dig og lave
           | aftaler. Skriv “mit overblik”, så kan du se det, rette det eller stoppe med ét tryk.
           | [Ja] [Nej] [Tilbage] [Menu]
        Mette stops V1: Skolen lukker
        Karen: ja
        Bot: Du kan ikke melde dig til det lige nu. Se, hvad der ellers er.
        Bot: Du er ikke meldt til. Se, hvad der ellers er.
           | [Søg efter noget andet] [Tal med et menneske] [Menu]
    """)


async def test_late_cancellation(chat: Chat) -> None:
    """Late, the citizen reads what follows; the contact is told at once."""
    await chat.play("Jens: /start")
    await chat.play("Mette imports the opportunities")
    for line in ("frivillig", "[Vis alt]", "[Man. 23. nov. kl. 14]", "ja", "ja", "ja", "menu"):
        await chat.play(f"Jens: {line}")
    await chat("""
        Jens: Mit overblik
        Bot: Dine opgaver som frivillig
           | • Digital hjælper, mandag d. 23. november kl. 14: du er med
           |
           | Mit overblik
           | Vi kalder dig: Jens
           | Sprog: Dansk
           | Område: ikke valgt
           | Nyt om: ingenting
           | Stille timer: kl. 20–8, søndage, helligdage, 24. og 31. december
           | [Fortsæt] [Sprog og indstillinger] [Jeg kan ikke: Man. 23. nov. kl. 14]
           | [Mig som frivillig] [Mine timer] [Menu]
        Jens: [Jeg kan ikke: Man. 23. nov. kl. 14]
        Bot: Vil du melde afbud til “Digital hjælper”, mandag d. 23. november kl. 14? Det er
           | snart, så Mette får besked med det samme og skal finde en anden. Meld endelig afbud,
           | hvis du er nødt til det.
           | [Find en afløser] [Ja, jeg kan ikke] [Nej, jeg kommer]
        Jens: [Nej, jeg kommer]
        Bot: ✓ Du kommer stadig: Digital hjælper, mandag d. 23. november kl. 14.
           | [Mit overblik] [Menu]
        Jens: [Jeg kan ikke: Man. 23. nov. kl. 14]
        Bot: Vil du melde afbud til “Digital hjælper”, mandag d. 23. november kl. 14? Det er
           | snart, så Mette får besked med det samme og skal finde en anden. Meld endelig afbud,
           | hvis du er nødt til det.
           | [Find en afløser] [Ja, jeg kan ikke] [Nej, jeg kommer]
        Jens: [Ja, jeg kan ikke]
        Bot: Det er skrevet ned, at du ikke kan, og Mette har fået besked. Tak, fordi du siger
           | til.
           |
           | Passer en af de her tider bedre?
           | [Man. 30. nov. kl. 14] [Man. 7. dec. kl. 14] [Søg efter noget andet] [Mit overblik]
           | [Menu]
    """)
    async with opened(chat) as store, store.reading() as unit:
        staff = await unit.staff.by_username("mette")
        assert staff is not None
        assert await unit.alerts.unseen(staff.id) == 1


async def test_a_standin_from_the_card(chat: Chat) -> None:
    """Late, the citizen may look for a stand-in instead, and gets a link to pass on."""
    await chat.play("Jens: /start")
    await chat.play("Mette imports the opportunities")
    for line in ("frivillig", "[Vis alt]", "[Man. 23. nov. kl. 14]", "ja", "ja", "ja", "menu"):
        await chat.play(f"Jens: {line}")
    await chat.play("Jens: mit overblik")
    await chat.play("Jens: [Jeg kan ikke: Man. 23. nov. kl. 14]")
    went = "\n".join(await chat.play("Jens: [Find en afløser]"))
    assert "?start=" in went
    assert "Mette" in went
    went = "\n".join(await chat.play("Jens: mit overblik"))
    assert "Digital hjælper, mandag d. 23. november kl. 14: vi leder efter en afløser" in went
    async with opened(chat) as store, store.reading() as unit:
        staff = await unit.staff.by_username("mette")
        assert staff is not None
        assert [one.kind for one in await unit.alerts.newest(staff.id, 9)] == ["standin_wanted"]


async def test_answers_go_before_optional_questions(chat: Chat) -> None:
    """Two who sign up at once are both answered before one of them is asked what is optional."""
    for line in (
        "Mette imports the opportunities",
        "Mette plans V10 i morgen kl. 15 for 60 minutes",
    ):
        await chat.play(line)
    for name in ("Jens", "Samira"):
        for line in ("/start", "frivillig", "[Vis alt]", "[Tirs. 24. nov. kl. 15]", "ja"):
            await chat.play(f"{name}: {line}")
    store, bot = await chat.open()
    for number in (102, 103):
        chat.world.say(number, "ja")
    while await bot.poller.step():
        pass
    while await bot.worker.step():
        pass
    async with store.reading() as unit:
        rows = select(outbox.c.chat_id).where(outbox.c.state == "pending")
        order = rows.order_by(outbox.c.priority, outbox.c.id)
        sent = list((await unit.connection.execute(order)).scalars())
        assert sent == [102, 103, 102, 102, 103, 103]
    await bot.close()
    await store.close()
