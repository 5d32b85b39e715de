"""The days that the chat names about pledges: periods, quiet days, breaks, and the end."""

from __future__ import annotations

from datetime import date

from pledge_people import arrive, pledge

from bot.testing import Chat


async def test_missed_questions_name_their_days(chat: Chat) -> None:
    """A missed question names the days that it is about, and so does an undone answer."""
    await arrive(chat, "Jens")
    await pledge(chat, "Jens", "L8")
    await chat.play("--- until 2026-12-14 16:31")
    await chat("""
        Jens: mit løfte
        Bot: Dine løfter
           | • To dage på cykel (4 ture): jeg spurgte mandag d. 14. december, og du kan stadig
           | svare
           |
           | Tryk på et løfte, når du vil se, rette eller stoppe det.
           | [To dage på cykel] [Giv et løfte] [Fortryd samtykke] [Mit overblik] [Menu]
        Jens: [To dage på cykel]
        Bot: Dit løfte
           | "Jeg cykler på arbejde eller i skole to dage om ugen."
           | Emne: Varme og transport, "To dage på cykel"
           | Mængde: 4 ture
           | Hvor tit: Hver uge
           | Indtil: tirsdag d. 23. februar 2027
           | Hvem kan se det: Kun dig og kommunen
           |
           | Jeg spurgte dig mandag d. 14. december, hvordan det går. Du kan stadig svare.
           |
           | Hvis du stopper løftet, tæller det, du har gjort, stadig.
           | Trækker du det tilbage, tæller intet af det med mere.
           | [Svar nu] [Svar om 30. november til 6. december]
           | [Svar om 23. november til 29. november] [Ret] [Gør det mindre] [Hold pause]
           | [Lav en plan] [Del] [Stop løftet] [Træk løftet tilbage] [Mine løfter] [Mit overblik]
           | [Menu]
        Jens: [Svar om 23. november til 29. november]
        Bot: Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole to dage om
           | ugen"? Det gælder 23. november til 29. november.
           |
           | Du har lovet 4 ture. Du kan også skrive et tal.
           | [Det er gjort] [Lidt af det] [Ikke denne gang] [Senere]
        Jens: 0
        Bot edits: Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole to dage om
           | ugen"? Det gælder 23. november til 29. november.
           |
           | Du har lovet 4 ture. Du kan også skrive et tal.
           |
           | Du svarede: ikke denne gang.
        Bot: Det blev ikke til noget denne gang. Det er helt i orden. Vil du fortsætte, gøre
           | løftet mindre eller holde pause?
           | [Fortsæt] [Gør det mindre] [Hold pause] [Stop løftet] [Hvad stod i vejen?] [Fortryd]
           | [Menu]
        Jens: mit løfte
        Bot: Dine løfter
           | • To dage på cykel (4 ture): jeg spurgte mandag d. 14. december, og du kan stadig
           | svare
           |
           | Tryk på et løfte, når du vil se, rette eller stoppe det.
           | [To dage på cykel] [Giv et løfte] [Fortryd samtykke] [Mit overblik] [Menu]
        Jens: [To dage på cykel]
        Bot: Dit løfte
           | "Jeg cykler på arbejde eller i skole to dage om ugen."
           | Emne: Varme og transport, "To dage på cykel"
           | Mængde: 4 ture
           | Hvor tit: Hver uge
           | Indtil: tirsdag d. 23. februar 2027
           | Hvem kan se det: Kun dig og kommunen
           | Dine svar: ikke gjort 1 gang
           |
           | Jeg spurgte dig mandag d. 14. december, hvordan det går. Du kan stadig svare.
           |
           | Hvis du stopper løftet, tæller det, du har gjort, stadig.
           | Trækker du det tilbage, tæller intet af det med mere.
           | [Svar nu] [Svar om 30. november til 6. december] [Fortryd mit svar] [Ret]
           | [Gør det mindre] [Hold pause] [Lav en plan] [Del] [Stop løftet] [Træk løftet tilbage]
           | [Mine løfter] [Mit overblik] [Menu]
        Jens: [Fortryd mit svar]
        Bot: ✓ Dit svar om 23. november til 29. november er taget tilbage.
           | [Svar igen] [Se løftet] [Mit overblik] [Menu]
        Jens: [Svar igen]
        Bot: Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole to dage om
           | ugen"? Det gælder 23. november til 29. november.
           |
           | Du har lovet 4 ture. Du kan også skrive et tal.
           | [Det er gjort] [Lidt af det] [Ikke denne gang] [Senere]
        Jens: stop
        Bot: Det er gjort. Du får ikke mere nyt fra os her. Svar på dine egne spørgsmål får du
           | stadig. Skriv "nyt", hvis du vil have det igen.
           |
           | Jeg spørger stadig, hvordan det går med dine løfter, for dem har du selv givet.
           | Skriv "stop mit løfte", hvis du vil stoppe et, eller "stop mine løfter", hvis du vil
           | stoppe dem alle.
           | [Mine løfter] [Menu]
    """)


async def test_a_quiet_day_moves_the_question(chat: Chat) -> None:
    """The chat names the day on which the question comes, and then it comes."""
    await arrive(chat, "Jens")
    await chat.play("--- until 2026-12-24 10:00")
    await pledge(chat, "Jens", "L8")
    await chat("""
        Jens: mit løfte
        Bot: Dine løfter
           | • To dage på cykel (4 ture): jeg spørger dig lørdag d. 2. januar
           |
           | Tryk på et løfte, når du vil se, rette eller stoppe det.
           | [To dage på cykel] [Giv et løfte] [Fortryd samtykke] [Mit overblik] [Menu]
        --- until 2026-12-31 23:00
        --- until 2027-01-02 16:31
        Bot to Jens: Hvordan går det med dit løfte: "Jeg cykler på arbejde eller i skole to dage
           | om ugen"? Det gælder 24. december til 30. december.
           |
           | Du har lovet 4 ture. Du kan også skrive et tal.
           | [Det er gjort] [Lidt af det] [Ikke denne gang] [Senere]
        Jens: mit løfte
        Bot: Dine løfter
           | • To dage på cykel (4 ture): jeg spurgte lørdag d. 2. januar, og du kan stadig svare
           |
           | Tryk på et løfte, når du vil se, rette eller stoppe det.
           | [To dage på cykel] [Giv et løfte] [Fortryd samtykke] [Mit overblik] [Menu]
    """)


async def test_a_break_promises_no_question(chat: Chat) -> None:
    """A change during the break promises none; it is ended by one button of one name."""
    await arrive(chat, "Jens", "Ana")
    await pledge(chat, "Jens", "L8")
    await pledge(chat, "Ana", "L8")
    await chat("""
        Jens: hold pause med mit løfte
        Bot: Dit løfte holder pause: "Jeg cykler på arbejde eller i skole to dage om ugen". Jeg
           | spørger ikke, før du starter igen.
           | [Start igen] [Mit overblik] [Menu]
        Jens: gør mit løfte mindre
        Bot: Du har lovet 4 ture. Hvor mange ture lover du nu?
           | [2 ture] [1 tur] [Menu]
        Jens: 2
        Bot: ✓ Det er rettet.
           |
           | "Jeg cykler på arbejde eller i skole to dage om ugen."
           | Emne: Varme og transport, "To dage på cykel"
           | Mængde: 2 ture
           | Hvor tit: Hver uge
           | Indtil: tirsdag d. 23. februar 2027
           | Hvem kan se det: Kun dig og kommunen
           |
           | Du holder pause fra det. Jeg spørger først, når du starter igen.
           | [Ret] [Del] [Mit overblik] [Menu]
        Jens: mit løfte
        Bot: Dine løfter
           | • To dage på cykel (2 ture): pause
           |
           | Tryk på et løfte, når du vil se, rette eller stoppe det.
           | [To dage på cykel] [Giv et løfte] [Fortryd samtykke] [Mit overblik] [Menu]
        Jens: [To dage på cykel]
        Bot: Dit løfte
           | "Jeg cykler på arbejde eller i skole to dage om ugen."
           | Emne: Varme og transport, "To dage på cykel"
           | Mængde: 2 ture
           | Hvor tit: Hver uge
           | Indtil: tirsdag d. 23. februar 2027
           | Hvem kan se det: Kun dig og kommunen
           |
           | Du holder pause fra det. Jeg spørger først, når du starter igen.
           |
           | Hvis du stopper løftet, tæller det, du har gjort, stadig.
           | Trækker du det tilbage, tæller intet af det med mere.
           | [Ret] [Gør det mindre] [Start igen] [Lav en plan] [Del] [Stop løftet]
           | [Træk løftet tilbage] [Mine løfter] [Mit overblik] [Menu]
        Jens: [Start igen]
        Bot: Godt, du er i gang igen: "Jeg cykler på arbejde eller i skole to dage om ugen". Jeg
           | spørger dig mandag d. 30. november.
           | [Mit overblik] [Menu]
        Ana: stop
        Bot: It is done. You get no more news from us here. You still get answers to your own
           | questions. Write “news” if you want it again.
           |
           | I still ask how your pledges go, because you have made them. Write “stop my pledge”
           | to stop one, or “stop my pledges” to stop them all.
           | [My pledges] [Menu]
    """)


async def test_silence_is_not_called_stopped(chat: Chat) -> None:
    """Jens answered nothing, and Samira “not this time”: neither has stopped anything."""
    await arrive(chat, "Jens", "Samira")
    for name in ("Jens", "Samira"):
        await pledge(chat, name, "L8", ends_on=date(2026, 12, 21))
    for line in ("--- until 2026-12-21 16:31", "Samira: 0", "--- until 2027-01-20 12:00"):
        await chat.play(line)
    await chat("""
        Jens: mine løfter
        Bot: Før
           | • To dage på cykel (4 ture): ikke besvaret, mandag d. 21. december
           |
           | Tryk på et løfte, når du vil se, rette eller stoppe det.
           | [To dage på cykel] [Giv et løfte] [Fortryd samtykke] [Mit overblik] [Menu]
        Jens: [To dage på cykel]
        Bot: Dit løfte
           | "Jeg cykler på arbejde eller i skole to dage om ugen."
           | Emne: Varme og transport, "To dage på cykel"
           | Mængde: 4 ture
           | Hvor tit: Hver uge
           | Indtil: mandag d. 21. december 2026
           | Hvem kan se det: Kun dig og kommunen
           |
           | Det sluttede mandag d. 21. december, og jeg fik ikke svar fra dig.
           | [Giv det igen] [Træk løftet tilbage] [Mine løfter] [Mit overblik] [Menu]
        Samira: mine løfter
        Bot: Før
           | • To dage på cykel (4 ture): ikke gjort, mandag d. 21. december
           |
           | Tryk på et løfte, når du vil se, rette eller stoppe det.
           | [To dage på cykel] [Giv et løfte] [Fortryd samtykke] [Mit overblik] [Menu]
        Samira: [To dage på cykel]
        Bot: Dit løfte
           | "Jeg cykler på arbejde eller i skole to dage om ugen."
           | Emne: Varme og transport, "To dage på cykel"
           | Mængde: 4 ture
           | Hvor tit: Hver uge
           | Indtil: mandag d. 21. december 2026
           | Hvem kan se det: Kun dig og kommunen
           | Dine svar: ikke gjort 1 gang
           |
           | Det sluttede mandag d. 21. december. Du kan give det igen, når det passer dig.
           | [Giv det igen] [Træk løftet tilbage] [Mine løfter] [Mit overblik] [Menu]
    """)
