"""Citizens look for something to volunteer for, before any form."""

from __future__ import annotations

import json

import pytest
from chat_store import opened
from sqlalchemy import text

from bot.model.commands.volunteering import EditOpportunity
from bot.service import execute
from bot.testing import Chat


async def test_by_time(chat_on_each: Chat) -> None:
    """The first screen asks for the time that one has; a card has all that one must know."""
    await chat_on_each("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Mette imports the opportunities
        Jens: [Bliv frivillig]
        Bot: Hvor meget tid har du? Kig dig først omkring. Du skal ikke udfylde noget, før du har
           | valgt.
           | [Ti minutter] [En time] [En dag] [Vis alt] [Emne] [Område] [Dag] [Nær mig] [Menu]
        Jens: [Ti minutter]
        Bot: Mørkemåler
           | Tæl stjerner fra din egen have fire aftener om året. Send tallet her i chatten.
           | Hvornår: Det aftaler du med Mette.
           | Hvor: Din egen have
           | Forsikring: Din egen forsikring gælder. Kontakt: Mette
           | Det får du ud af det: Du er med til at holde himlen mørk.
           | [Meld mig] [Søg efter noget andet] [Menu]
        Jens: jeg har en time
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
        Jens: vis flere
        Bot: Mørkemåler
           | Tæl stjerner fra din egen have fire aftener om året. Send tallet her i chatten.
           | Hvornår: Det aftaler du med Mette.
           | Hvor: Din egen have
           | Forsikring: Din egen forsikring gælder. Kontakt: Mette
           | Det får du ud af det: Du er med til at holde himlen mørk.
           | [Meld mig] [Søg efter noget andet] [Menu]
        Jens: [Flere tider]
        Bot: Læseven på Bakkeskolen
           | Læs med to børn fra 2. klasse. Onsdag kl. 15–16, 6 pladser.
           | Næste gang: onsdag d. 9. december kl. 15–16, 6 pladser tilbage
           | Hvor: Bakkeskolen, biblioteket på 1. sal
           | Det kræver: børneattest (gratis)
           | Attesten tager som regel ti dage. Derfor er datoerne her først efter det.
           | Forsikring: Kommunen forsikrer dig. Kontakt: Mette
           | Det får du ud af det: Børn, der glæder sig til at se dig.
           | [Ons. 9. dec. kl. 15] [Ons. 16. dec. kl. 15] [Ons. 6. jan. kl. 15]
           | [Ons. 13. jan. kl. 15] [Ons. 20. jan. kl. 15] [Ons. 27. jan. kl. 15]
           | [Søg efter noget andet] [Menu]
    """)


async def test_filters(chat: Chat) -> None:
    """Theme, area and days narrow the search, and the first screen says what is chosen."""
    await chat("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Mette imports the opportunities
        Jens: /frivillig
        Bot: Hvor meget tid har du? Kig dig først omkring. Du skal ikke udfylde noget, før du har
           | valgt.
           | [Ti minutter] [En time] [En dag] [Vis alt] [Emne] [Område] [Dag] [Nær mig] [Menu]
        Jens: [Emne]
        Bot edits: Hvilket emne?
           | [Natur og klima] [Børn og unge] [Kultur og fritid] [Alle] [Tilbage]
        Jens: [Tilbage]
        Bot edits: Hvor meget tid har du? Kig dig først omkring. Du skal ikke udfylde noget, før
           | du har valgt.
           | [Ti minutter] [En time] [En dag] [Vis alt] [Emne] [Område] [Dag] [Nær mig] [Menu]
        Jens: [Område]
        Bot edits: Hvilken del af kommunen?
           | [Klintsund By] [Ørbakke] [Sandholm Havn] [Vesterhagen] [Møllekær] [Tangø]
           | [Hele kommunen] [Tilbage]
        Jens: [Ørbakke]
        Bot: Hjælpetræner, U10 fodbold i Ørbakke
           | En aften om ugen. Du behøver ikke kunne spille selv.
           | Næste gang: onsdag d. 9. december kl. 17–18.30, 2 pladser tilbage
           | Hvor: Ørbakke Boldbane
           | Det kræver: børneattest (gratis)
           | Attesten tager som regel ti dage. Derfor er datoerne her først efter det.
           | Forsikring: Foreningen forsikrer dig. Kontakt: Mette
           | Det får du ud af det: Et hold, der jubler, når du kommer.
           | [Ons. 9. dec. kl. 17] [Ons. 16. dec. kl. 17] [Ons. 23. dec. kl. 17] [Flere tider]
        Bot: Besøgsven
           | Kom på besøg hos en ældre nabo en time om ugen. Vi finder en, du passer med.
           | Hvornår: Det aftaler du med Mette.
           | Det kræver: straffeattest (gratis) og løfte om tavshedspligt
           | Forsikring: Kommunen forsikrer dig. Kontakt: Mette
           | Det får du ud af det: En ven, der venter på dig.
           | [Meld mig]
        Bot: Mørkemåler
           | Tæl stjerner fra din egen have fire aftener om året. Send tallet her i chatten.
           | Hvornår: Det aftaler du med Mette.
           | Hvor: Din egen have
           | Forsikring: Din egen forsikring gælder. Kontakt: Mette
           | Det får du ud af det: Du er med til at holde himlen mørk.
           | [Meld mig] [Søg efter noget andet] [Menu]
        Jens: [Søg efter noget andet]
        Bot: Du søger: Ørbakke.
           |
           | Hvor meget tid har du? Kig dig først omkring. Du skal ikke udfylde noget, før du har
           | valgt.
           | [Ti minutter] [En time] [En dag] [Vis alt] [Emne] [Område] [Dag] [Nær mig]
           | [Begynd forfra] [Menu]
        Jens: [Dag]
        Bot edits: Hvornår?
           | [Denne uge] [Næste uge] [Denne måned] [Alle] [En anden dag] [Tilbage]
        Jens: [Næste uge]
        Bot: Hjælpetræner, U10 fodbold i Ørbakke
           | En aften om ugen. Du behøver ikke kunne spille selv.
           | Næste gang: onsdag d. 9. december kl. 17–18.30, 2 pladser tilbage
           | Hvor: Ørbakke Boldbane
           | Det kræver: børneattest (gratis)
           | Attesten tager som regel ti dage. Derfor er datoerne her først efter det.
           | Forsikring: Foreningen forsikrer dig. Kontakt: Mette
           | Det får du ud af det: Et hold, der jubler, når du kommer.
           | [Ons. 9. dec. kl. 17]
        Bot: Besøgsven
           | Kom på besøg hos en ældre nabo en time om ugen. Vi finder en, du passer med.
           | Hvornår: Det aftaler du med Mette.
           | Det kræver: straffeattest (gratis) og løfte om tavshedspligt
           | Forsikring: Kommunen forsikrer dig. Kontakt: Mette
           | Det får du ud af det: En ven, der venter på dig.
           | [Meld mig]
        Bot: Mørkemåler
           | Tæl stjerner fra din egen have fire aftener om året. Send tallet her i chatten.
           | Hvornår: Det aftaler du med Mette.
           | Hvor: Din egen have
           | Forsikring: Din egen forsikring gælder. Kontakt: Mette
           | Det får du ud af det: Du er med til at holde himlen mørk.
           | [Meld mig] [Søg efter noget andet] [Menu]
        Jens: [Søg efter noget andet]
        Bot: Du søger: Ørbakke og Næste uge.
           |
           | Hvor meget tid har du? Kig dig først omkring. Du skal ikke udfylde noget, før du har
           | valgt.
           | [Ti minutter] [En time] [En dag] [Vis alt] [Emne] [Område] [Dag] [Nær mig]
           | [Begynd forfra] [Menu]
        Jens: [Emne]
        Bot edits: Hvilket emne?
           | [Natur og klima] [Børn og unge] [Kultur og fritid] [Alle] [Tilbage]
        Jens: [Natur og klima]
        Bot: Der er ikke noget på det tidspunkt. Tiden til de her opgaver aftaler du selv med
           | kontakten.
        Bot: Mørkemåler
           | Tæl stjerner fra din egen have fire aftener om året. Send tallet her i chatten.
           | Hvornår: Det aftaler du med Mette.
           | Hvor: Din egen have
           | Forsikring: Din egen forsikring gælder. Kontakt: Mette
           | Det får du ud af det: Du er med til at holde himlen mørk.
           | [Meld mig] [Søg efter noget andet] [Menu]
        Jens: [Søg efter noget andet]
        Bot: Du søger: Natur og klima, Ørbakke og Næste uge.
           |
           | Hvor meget tid har du? Kig dig først omkring. Du skal ikke udfylde noget, før du har
           | valgt.
           | [Ti minutter] [En time] [En dag] [Vis alt] [Emne] [Område] [Dag] [Nær mig]
           | [Begynd forfra] [Menu]
        Jens: [Ti minutter]
        Bot: Der er ikke noget på det tidspunkt. Tiden til de her opgaver aftaler du selv med
           | kontakten.
        Bot: Mørkemåler
           | Tæl stjerner fra din egen have fire aftener om året. Send tallet her i chatten.
           | Hvornår: Det aftaler du med Mette.
           | Hvor: Din egen have
           | Forsikring: Din egen forsikring gælder. Kontakt: Mette
           | Det får du ud af det: Du er med til at holde himlen mørk.
           | [Meld mig] [Søg efter noget andet] [Menu]
        Jens: [Søg efter noget andet]
        Bot: Du søger: Ti minutter, Natur og klima, Ørbakke og Næste uge.
           |
           | Hvor meget tid har du? Kig dig først omkring. Du skal ikke udfylde noget, før du har
           | valgt.
           | [Ti minutter] [En time] [En dag] [Vis alt] [Emne] [Område] [Dag] [Nær mig]
           | [Begynd forfra] [Menu]
        Jens: [Begynd forfra]
        Bot: Hvor meget tid har du? Kig dig først omkring. Du skal ikke udfylde noget, før du har
           | valgt.
           | [Ti minutter] [En time] [En dag] [Vis alt] [Emne] [Område] [Dag] [Nær mig] [Menu]
    """)


async def test_a_day_in_own_words(chat_on_each: Chat) -> None:
    """A day is written as one says it; words that are no day are asked about again."""
    chat = chat_on_each
    await chat("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Mette imports the opportunities
        Jens: frivillig
        Bot: Hvor meget tid har du? Kig dig først omkring. Du skal ikke udfylde noget, før du har
           | valgt.
           | [Ti minutter] [En time] [En dag] [Vis alt] [Emne] [Område] [Dag] [Nær mig] [Menu]
        Jens: [Dag]
        Bot edits: Hvornår?
           | [Denne uge] [Næste uge] [Denne måned] [Alle] [En anden dag] [Tilbage]
        Jens: [En anden dag]
        Bot: Hvilken dag? Skriv det, som du ville sige det: “lørdag”, “næste weekend”.
        Jens: når det passer
        Bot: Jeg forstod ikke dagen. Skriv for eksempel “lørdag” eller “3. december”.
        Bot: Hvilken dag? Skriv det, som du ville sige det: “lørdag”, “næste weekend”.
        Jens: i går
        Bot: Det tidspunkt er passeret. Skriv et, der ligger længere fremme.
        Bot: Hvilken dag? Skriv det, som du ville sige det: “lørdag”, “næste weekend”.
        Jens: 6. december
        Bot: Strandrens i Sandholm
           | Vi samler skrald første søndag i måneden kl. 10. Poser og kaffe er klar.
           | Næste gang: søndag d. 6. december kl. 10–12
           | Hvor: P-pladsen ved Sandholm Strand
           | Forsikring: Din egen forsikring gælder. Kontakt: Mette
           | Det får du ud af det: En ren strand og kaffe med naboerne.
           | [Søn. 6. dec. kl. 10]
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
    """)


async def test_near(chat_on_each: Chat) -> None:
    """The nearest come first: to the area of the person, to a named area, to a sent place."""
    chat = chat_on_each
    await chat("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Mette imports the opportunities
        Jens: frivillig
        Bot: Hvor meget tid har du? Kig dig først omkring. Du skal ikke udfylde noget, før du har
           | valgt.
           | [Ti minutter] [En time] [En dag] [Vis alt] [Emne] [Område] [Dag] [Nær mig] [Menu]
        Jens: [Nær mig]
        Bot: Send dit sted fra telefonen, eller skriv, hvilket område du er i. Jeg bruger det kun
           | til den her søgning og gemmer det ikke.
           | [[Send mit sted]] [[Menu]]
        Jens: Langtbortistan
        Bot: Det er i orden.
        Bot: Det sted kender jeg ikke. Vælg det område, der er nærmest.
           | [Klintsund By] [Ørbakke] [Sandholm Havn] [Vesterhagen] [Møllekær] [Tangø]
           | [Hele kommunen] [Tilbage]
        Jens: [Tangø]
        Bot: Strandrens i Sandholm (3,5 km fra Tangø)
           | Vi samler skrald første søndag i måneden kl. 10. Poser og kaffe er klar.
           | Næste gang: søndag d. 6. december kl. 10–12
           | Hvor: P-pladsen ved Sandholm Strand
           | Forsikring: Din egen forsikring gælder. Kontakt: Mette
           | Det får du ud af det: En ren strand og kaffe med naboerne.
           | [Søn. 6. dec. kl. 10] [Søn. 3. jan. kl. 10] [Flere tider]
        Bot: Turvært på Klintstien (4,9 km fra Tangø)
           | Gå forrest på en gåtur for nytilflyttede. Fire ture om året.
           | Næste gang: lørdag d. 5. december kl. 10–12, 2 pladser tilbage
           | Hvor: Starten af Klintstien
           | Forsikring: Kommunen forsikrer dig. Kontakt: Mette
           | Det får du ud af det: Du viser dit eget yndlingssted frem.
           | [Lør. 5. dec. kl. 10]
        Bot: Reparationscafé (5,1 km fra Tangø)
           | Reparér lamper, tøj og cykler sammen med dem, der ejer dem. Sidste lørdag i måneden.
           | Næste gang: lørdag d. 28. november kl. 10–13, 12 pladser tilbage
           | Hvor: Medborgerhuset
           | Forsikring: Foreningen forsikrer dig. Kontakt: Mette
           | Det får du ud af det: Mindre affald og nye tricks.
           | [Lør. 28. nov. kl. 10] [Lør. 30. jan. kl. 10] [Flere tider] [Vis flere]
           | [Send et sted] [Søg efter noget andet] [Menu]
        Jens: [Send et sted]
        Bot: Send dit sted fra telefonen, eller skriv, hvilket område du er i. Jeg bruger det kun
           | til den her søgning og gemmer det ikke.
           | [[Send mit sted]] [[Menu]]
        Jens: ørbakke
        Bot: Det er i orden.
        Bot: Hjælpetræner, U10 fodbold i Ørbakke (i Ørbakke)
           | En aften om ugen. Du behøver ikke kunne spille selv.
           | Næste gang: onsdag d. 9. december kl. 17–18.30, 2 pladser tilbage
           | Hvor: Ørbakke Boldbane
           | Det kræver: børneattest (gratis)
           | Attesten tager som regel ti dage. Derfor er datoerne her først efter det.
           | Forsikring: Foreningen forsikrer dig. Kontakt: Mette
           | Det får du ud af det: Et hold, der jubler, når du kommer.
           | [Ons. 9. dec. kl. 17] [Ons. 16. dec. kl. 17] [Ons. 23. dec. kl. 17] [Flere tider]
        Bot: Lektiehjælp i Møllekær (3,9 km fra Ørbakke)
           | Hjælp unge med det, der er svært. Tirsdag kl. 15.30. Der er plads til 8.
           | Næste gang: tirsdag d. 8. december kl. 15.30–17, 8 pladser tilbage
           | Hvor: Beboerhuset i Møllekær
           | Det kræver: børneattest (gratis) og løfte om tavshedspligt
           | Attesten tager som regel ti dage. Derfor er datoerne her først efter det.
           | Forsikring: Foreningen forsikrer dig. Kontakt: Mette
           | Det får du ud af det: Du ser dem få det lært.
           | [Tirs. 8. dec. kl. 15.30] [Tirs. 15. dec. kl. 15.30] [Tirs. 5. jan. kl. 15.30]
           | [Flere tider]
        Bot: Sprogcafé på biblioteket (4,0 km fra Ørbakke)
           | Snak dansk med nye naboer torsdag kl. 17–19. Du skal bare kunne lytte.
           | Næste gang: torsdag d. 26. november kl. 17–19
           | Hvor: Klintsund Bibliotek
           | Forsikring: Kommunen forsikrer dig. Kontakt: Mette
           | Det får du ud af det: Nye bekendtskaber fra hele verden.
           | [Tors. 26. nov. kl. 17] [Tors. 3. dec. kl. 17] [Tors. 10. dec. kl. 17] [Flere tider]
           | [Vis flere] [Send et sted] [Søg efter noget andet] [Menu]
    """)


async def test_a_sent_place_is_not_kept(chat: Chat) -> None:
    """A place is used for one search: afterwards no row has it."""
    await chat.play("Jens: /start")
    await chat.play("Mette imports the opportunities")
    async with opened(chat) as store, store.unit() as unit:
        one = await unit.opportunities.of_code("V4")
        assert one is not None
        where = {"latitude": 55.6851, "longitude": 12.5683}
        staff = await unit.staff.by_username("mette")
        assert staff is not None
        await execute(EditOpportunity(staff.id, one.id, one.version, where), unit)
    await chat.play("Jens: frivillig")
    await chat.play("Jens: [Nær mig]")
    said = await chat.play("Jens: [[Send mit sted]]")
    assert "1,0 km fra dig" in "\n".join(said)
    assert "[Vis flere nær Sandholm Havn]" in said[-1]
    (first, *_rest) = await chat.play("Jens: [Vis flere nær Sandholm Havn]")
    assert "Strandrens" in first
    async with opened(chat) as store, store.reading() as unit:
        tables = await unit.connection.execute(
            text("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%fts%'")
        )
        for (table,) in tables.all():
            rows = await unit.connection.execute(text(f'SELECT * FROM "{table}"'))  # noqa: S608 - its own name
            assert "55.676" not in json.dumps([list(row) for row in rows.all()], default=str), table


async def test_reasons_of_a_profile(chat: Chat) -> None:
    """What fits the profile comes first, with the reason in a line."""
    await chat.play("Jens: /start")
    await chat.play("Mette imports the opportunities")
    for line in ("frivillig", "[Vis alt]", "[Man. 23. nov. kl. 14]", "ja", "ja", "ja"):
        await chat.play(f"Jens: {line}")
    for line in ("[Natur og klima]", "[Færdig]", "torsdag", "[Færdig]", "Ørbakke", "[Ikke nu]"):
        await chat.play(f"Jens: {line}")
    await chat.play("Jens: frivillig")
    said = await chat.play("Jens: [Vis alt]")
    assert "Sprogcafé" in said[0]
    assert "(fordi du har tid om torsdagen)" in said[0]
    assert "(fordi du valgte “Natur og klima”)" in said[1]
    said = await chat.play("Jens: [Vis flere]")
    assert any("(i Ørbakke)" in line for line in said)
    await chat.play("Jens: frivillig")
    said = await chat.play("Jens: nær mig")
    assert "Ørbakke" in said[0]


async def test_english_and_only_in_danish(chat: Chat) -> None:
    """A reader of English sees a text that is missing in Danish, and that it is (HR-25)."""
    await chat.play("Ana: /start")
    await chat.play("Mette imports the opportunities")
    async with opened(chat) as store, store.unit() as unit:
        one = await unit.opportunities.of_code("V12")
        staff = await unit.staff.by_username("mette")
        assert one is not None
        assert staff is not None
        fields = {"texts": {"da": "Tæl stjerner."}, "titles": {"da": "Mørkemåler"}}
        await execute(EditOpportunity(staff.id, one.id, one.version, fields), unit)
    await chat("""
        Ana: volunteer
        Bot: How much time do you have? Look around first. You fill in nothing before you choose
           | something.
           | [Ten minutes] [An hour] [A day] [Show all] [Theme] [Area] [Day] [Near me] [Menu]
        Ana: I have ten minutes
        Bot: Mørkemåler (only in Danish)
           | Tæl stjerner.
           | When: you agree on it with Mette.
           | Where: Your own garden
           | Insurance: your own insurance covers you. Contact: Mette
           | What you get out of it: You help keep the sky dark.
           | [Sign me up] [Look for something else] [Menu]
        Ana: [Look for something else]
        Bot: You look for: Ten minutes.
           |
           | How much time do you have? Look around first. You fill in nothing before you choose
           | something.
           | [Ten minutes] [An hour] [A day] [Show all] [Theme] [Area] [Day] [Near me]
           | [Begin again] [Menu]
        Ana: [Near me]
        Bot: Send your place from your phone, or write the name of your part of town. I use it
           | for this search only, and do not keep it.
           | [[Send my place]] [[Menu]]
        Ana: nowhere
        Bot: All right.
        Bot: I do not know that place. Choose the part of town that is nearest.
           | [Klintsund By] [Ørbakke] [Sandholm Havn] [Vesterhagen] [Møllekær] [Tangø]
           | [The whole municipality] [Back]
        Ana: [The whole municipality]
        Bot: Mørkemåler (only in Danish)
           | Tæl stjerner.
           | When: you agree on it with Mette.
           | Where: Your own garden
           | Insurance: your own insurance covers you. Contact: Mette
           | What you get out of it: You help keep the sky dark.
           | [Sign me up] [Look for something else] [Menu]
    """)


async def test_nothing_to_find(chat: Chat) -> None:
    """Without open opportunities there is a way on; a search without a match has one too."""
    await chat("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: frivillig
        Bot: Der er ingen opgaver til frivillige her lige nu. Jeg kan sige til, når der er. Du
           | kan også ringe eller komme forbi.
           |
           | Ring på 00 00 10 00.
           | Telefonen er åben mandag–onsdag kl. 9–14, torsdag kl. 9–17 og fredag kl. 9–12.
           | Kom forbi: Klintgade 1, Klintsund. Borgerservice har åbent mandag–onsdag kl. 10–14,
           | torsdag kl. 10–17 og fredag kl. 10–12.
           | [Sig til, når det åbner] [Tal med et menneske] [Menu]
        Jens: jeg vil gerne hjælpe til
        Bot: Der er ingen opgaver til frivillige her lige nu. Jeg kan sige til, når der er. Du
           | kan også ringe eller komme forbi.
           |
           | Ring på 00 00 10 00.
           | Telefonen er åben mandag–onsdag kl. 9–14, torsdag kl. 9–17 og fredag kl. 9–12.
           | Kom forbi: Klintgade 1, Klintsund. Borgerservice har åbent mandag–onsdag kl. 10–14,
           | torsdag kl. 10–17 og fredag kl. 10–12.
           | [Sig til, når det åbner] [Tal med et menneske] [Menu]
        Mette imports the opportunities
        Mette holds V12
        Jens: jeg har ti minutter
        Bot: Jeg fandt ikke noget, der passer. Søg efter noget andet, eller tal med et menneske,
           | som måske ved mere.
           | [Søg efter noget andet] [Tal med et menneske] [Menu]
        Mette publishes V12
        Mette stops V12: Himlen er lys nok
        Jens: jeg har kun ti minutter
        Bot: Jeg fandt ikke noget, der passer. Søg efter noget andet, eller tal med et menneske,
           | som måske ved mere.
           | [Søg efter noget andet] [Tal med et menneske] [Menu]
    """)


async def test_buttons_of_all_cards_can_be_written(chat: Chat) -> None:
    """The dates of every card on a page can be written, and are numbered (HR-24)."""
    await chat.play("Jens: /start")
    await chat.play("Mette imports the opportunities")
    await chat.play("Jens: frivillig")
    await chat.play("Jens: vis alt")
    (numbered,) = await chat.play("Jens: gentag")
    assert "1. Man. 23. nov. kl. 14" in numbered
    (asked,) = await chat.play("Jens: Man. 30. nov. kl. 14")
    assert asked.startswith("Bot: Er du fyldt 15 år?")


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("jeg vil gerne hjælpe", "Hvor meget tid har du?"),
        ("jeg vil gerne hjælpe på onsdag", "Læseven på Bakkeskolen"),
        ("frivillig på onsdag", "Læseven på Bakkeskolen"),
        ("er der noget i Sandholm?", "Strandrens i Sandholm"),
        ("noget med børn", "Lektiehjælp i Møllekær"),
        ("jeg vil gerne være læseven", "Læseven på Bakkeskolen"),
        ("kan man være besøgsven?", "Besøgsven"),
        ("I want to help out on Saturday", "Reparationscafé"),
        ("hvordan bliver jeg frivillig til noget med natur", "Det ved jeg ikke"),
        ("kan I hjælpe mig", "Det ved jeg ikke"),
        ("skal frivillige have børneattest?", "Skal jeg have børneattest?"),
        ("hvornår har I åbent på torsdag", "Hvornår har I åbent?"),
    ],
)
async def test_in_own_words(chat: Chat, words: str, first: str) -> None:
    """A day, an area, a theme or a task in own words is a search; other questions are not."""
    await chat.play("Jens: /start")
    await chat.play("Mette imports the opportunities")
    said = await chat.play(f"Jens: {words}")
    assert said[0].startswith(f"Bot: {first}")


@pytest.mark.parametrize(
    ("asked", "words", "first"),
    [
        ("[Emne]", "børn", "Lektiehjælp i Møllekær"),
        ("[Dag]", "onsdag", "Læseven på Bakkeskolen"),
        ("[Område]", "Sandholm", "Strandrens i Sandholm"),
        ("[Vis alt]", "jeg vil gerne hjælpe på onsdag", "Læseven på Bakkeskolen"),
    ],
)
async def test_a_word_chooses_a_filter(chat: Chat, asked: str, words: str, first: str) -> None:
    """While a filter is open, one word chooses."""
    await chat.play("Jens: /start")
    await chat.play("Mette imports the opportunities")
    await chat.play("Jens: frivillig")
    await chat.play(f"Jens: {asked}")
    said = await chat.play(f"Jens: {words}")
    assert said[0].startswith(f"Bot: {first}")


async def test_other_words_at_the_question_for_a_place(chat: Chat) -> None:
    """A part of an area's name is a place, and "I want to volunteer" is none."""
    await chat.play("Jens: /start")
    await chat.play("Mette imports the opportunities")
    for words, first in (
        ("Sandholm", "Strandrens i Sandholm"),
        ("jeg vil gerne være frivillig", "Hvor meget tid har du?"),
        ("Paris", "Det sted kender jeg ikke."),
    ):
        await chat.play("Jens: frivillig")
        await chat.play("Jens: [Nær mig]")
        said = await chat.play(f"Jens: {words}")
        assert said[-1].startswith(f"Bot: {first}") or said[1].startswith(f"Bot: {first}")


async def test_a_page_of_all_tasks(chat: Chat) -> None:
    """Where the town has public pages, the search begins with a link to all tasks on the web."""
    chat.public_url = "https://klintsund.example/public"
    await chat.play("Jens: /start")
    await chat.play("Mette imports the opportunities")
    (shown,) = await chat.play("Jens: frivillig")
    assert "Se alle opgaver på nettet" in shown
