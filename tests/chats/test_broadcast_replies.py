"""What citizens do with news: reply to it, say yes to a topic, and say yes to warnings."""

from __future__ import annotations

from dataclasses import replace

from bot.model.broadcast import BroadcastState
from bot.testing import Chat


async def readers(chat: Chat, *names: str) -> None:
    """Let citizens say yes to news about nature."""
    for name in names:
        for line in ("/start", "nyt", "[Natur og klima]", "[Færdig]", "[Ja]"):
            await chat.play(f"{name}: {line}")


async def sent(chat: Chat, line: str) -> None:
    """Let staff write and approve news."""
    for act in (line, "Mette submits the news", "Lone approves the news"):
        await chat.play(act if act.startswith(("Mette", "Lone")) else f"Mette {act}")
    await chat.play("--- 2 minutes pass")


async def test_a_reply_becomes_a_case(chat_on_each: Chat) -> None:
    """A reply to news is a case in which staff see the news; a second reply joins it."""
    await readers(chat_on_each, "Jens")
    await sent(chat_on_each, "writes everyone about nature: Engen slås lørdag.")
    await chat_on_each("""
        Jens replies: Kan I vente, til orkideerne er færdige?
        Bot: Tak. Dit spørgsmål er sendt til Mette i Borgerservice. Sagsnummer: KS-1001. Du får
           | svar senest mandag d. 30. november. Tager det længere tid, skriver vi før den dag.
           | [Menu]
        Mette claims KS-1001
        --- 2 days pass
    """)


async def test_a_reply_to_a_question_is_a_contribution(chat_on_each: Chat) -> None:
    """Where own words are asked for, a reply is the answer."""
    await readers(chat_on_each, "Jens")
    await sent(chat_on_each, "asks everyone about nature: Skal bænken stå ved engen? [Ja] [Nej]")
    await chat_on_each("""
        Jens replies: Hellere ved stien
        Bot: Tak. Dit svar er noteret som bidrag til D-1: “Hellere ved stien”. Du hører, hvad der
           | kom ud af det.
           | [Fortryd] [Hvad skete der med mit bidrag?] [Menu]
        Lone closes the dialogue
        Console: 1 bidrag mangler svar
    """)


async def test_warnings_have_a_consent_of_their_own(chat_on_each: Chat) -> None:
    """A yes to warnings is asked for alone; neither a choice of topics nor STOP ends it."""
    await chat_on_each("""
        Jens: /start
        Bot: <notice>
        Bot: <menu>
        Jens: advarsler
        Bot: Må vi advare dig her, hvis der er fare, hvor du er? Det kan være stormflod eller
           | dårligt drikkevand. En advarsel kan komme når som helst, også om natten. Den er ikke
           | nyt, så "stop" stopper den ikke. Skriv "advarsler", hvis du vil ændre dit svar. Er
           | du selv i fare, så ring 112.
           | [Ja] [Nej] [Menu]
        Jens: [Ja]
        Bot: Det er gemt. Du kan altid ændre det.
           | [Mit overblik] [Menu]
        Jens: mit overblik
        Bot: Mit overblik
           | Vi kalder dig: Jens
           | Sprog: Dansk
           | Område: ikke valgt
           | Nyt om: ingenting
           | Stille timer: kl. 20–8, søndage, helligdage, 24. og 31. december
           |
           | Vi advarer dig her, hvis der er fare.
           | [Sprog og indstillinger] [Advarsler om fare] [Menu]
        Jens: stop
        Bot: Det er gjort. Du får ikke mere nyt fra os her. Svar på dine egne spørgsmål får du
           | stadig. Skriv "nyt", hvis du vil have det igen.
           | [Menu]
        Bot: Vi advarer dig stadig her, hvis der er fare. Det er et valg for sig.
           | [Advarsler om fare] [Menu]
        Karen: /start
        Bot: <notice>
        Bot: <menu>
        Karen: advarsler
        Bot: Må vi advare dig her, hvis der er fare, hvor du er? Det kan være stormflod eller
           | dårligt drikkevand. En advarsel kan komme når som helst, også om natten. Den er ikke
           | nyt, så "stop" stopper den ikke. Skriv "advarsler", hvis du vil ændre dit svar. Er
           | du selv i fare, så ring 112.
           | [Ja] [Nej] [Menu]
        Karen: [Ja]
        Bot: Det er gemt. Du kan altid ændre det.
           | [Mit overblik] [Menu]
        --- until 2026-11-23 23:00
        Mette warns everyone: Vandet i Klintsund skal koges. / Boil the water in Klintsund.
        Mette submits the news
        Lone approves the news
        Bot to Jens: Varsel fra Klintsund Kommune:
           |
           | Vandet i Klintsund skal koges.
           | [Stop advarsler]
        Bot to Karen: Varsel fra Klintsund Kommune:
           |
           | Vandet i Klintsund skal koges.
           | [Stop advarsler]
        --- 1 minute passes
        Jens: stop advarsler
        Bot: Det er gjort. Vi advarer dig ikke her mere, heller ikke hvis der er fare, hvor du
           | er. Skriv "advarsler", hvis du vil advares igen.
           | [Advarsler om fare] [Menu]
        Mette warns everyone: Vandet er rent igen.
        Mette submits the news
        Lone approves the news
        Bot to Karen: Varsel fra Klintsund Kommune:
           |
           | Vandet er rent igen.
           | [Stop advarsler]
        --- 1 minute passes
    """)


async def test_warnings_in_english(chat_on_each: Chat) -> None:
    """The question, and the way out, in English."""
    await chat_on_each("""
        Ana: /start
        Bot: <English notice>
        Bot: <English menu>
        Ana: warnings
        Bot: May we warn you here if there is danger where you are, such as a storm flood or bad
           | drinking water? A warning may come at any hour, also at night. It is not news, so
           | “stop” does not end it. Write “warnings” to change your answer. If you are in danger
           | yourself, ring 112.
           | [Yes] [No] [Menu]
        Ana: [Yes]
        Bot: It is saved. You can change it at any time.
           | [My overview] [Menu]
        Ana: stop
        Bot: It is done. You get no more news from us here. You still get answers to your own
           | questions. Write “news” if you want it again.
           | [Menu]
        Bot: We still warn you here if there is danger. That is a choice of its own.
           | [Warnings about danger] [Menu]
        Ana: stop warnings
        Bot: It is done. We do not warn you here any more, not even if there is danger where you
           | are. Write “warnings” if you want warnings again.
           | [Warnings about danger] [Menu]
        Ana: [Warnings about danger]
        Bot: May we warn you here if there is danger where you are, such as a storm flood or bad
           | drinking water? A warning may come at any hour, also at night. It is not news, so
           | “stop” does not end it. Write “warnings” to change your answer. If you are in danger
           | yourself, ring 112.
           | [Yes] [No] [Menu]
        Ana: [Yes]
        Bot: It is saved. You can change it at any time.
           | [My overview] [Menu]
        Ana: my overview
        Bot: My overview
           | We call you: Ana
           | Language: English
           | Area: nothing chosen
           | News about: nothing
           | Quiet hours: 20:00–8:00, Sundays, public holidays, 24 and 31 December
           |
           | We warn you here if there is danger.
           | [Language and settings] [Warnings about danger] [Menu]
        Mette warns everyone: Vandet i Klintsund skal koges. / Boil the water in Klintsund.
        Mette submits the news
        Lone approves the news
        Bot to Ana: Warning from Klintsund Kommune:
           |
           | Boil the water in Klintsund.
           | [Stop warnings]
        --- 1 minute passes
        Ana: [Stop warnings]
        Bot: It is done. We do not warn you here any more, not even if there is danger where you
           | are. Write “warnings” if you want warnings again.
           | [Warnings about danger] [Menu]
        Mette warns everyone: Vandet er rent igen. / The water is clean again.
        Mette submits the news
        Lone approves the news
        Console: Lige nu får ingen den. En leder skal skrive, hvorfor den sendes alligevel.
        --- 1 minute passes
    """)


async def test_welcome_with_the_newest_news(chat_on_each: Chat) -> None:
    """Who says yes to a topic gets its newest news that welcomes, once, outside quiet hours."""
    await readers(chat_on_each, "Karen")
    await sent(chat_on_each, "writes everyone about nature: Engen slås lørdag. / We mow Saturday.")
    store, bot = await chat_on_each.open()
    async with store.unit() as unit:
        newest = (await unit.broadcasts.listed(tuple(BroadcastState), 1))[0]
        await unit.broadcasts.change(newest.id, welcomes=True)
    await bot.close()
    await store.close()
    await readers(chat_on_each, "Jens")
    await chat_on_each("""
        --- 2 minutes pass
        Jens: stop
        Bot: Det er gjort. Du får ikke mere nyt fra os her. Svar på dine egne spørgsmål får du
           | stadig. Skriv "nyt", hvis du vil have det igen.
           | [Menu]
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
        --- 2 minutes pass
    """)


async def test_welcome_with_the_text_of_the_topic(chat_on_each: Chat) -> None:
    """A topic without news has a text; it waits for the morning."""
    topics = [
        replace(one, welcome={"da": "Velkommen til nyt om naturen.", "en": "Welcome to nature."})
        for one in chat_on_each.town.topics
    ]
    chat_on_each.town = replace(chat_on_each.town, topics=tuple(topics))
    await chat_on_each.play("--- until 2026-11-23 21:00")
    await readers(chat_on_each, "Jens")
    await chat_on_each("""
        --- until 2026-11-24 07:50
        --- until 2026-11-24 08:05
        Bot to Jens: Velkommen til nyt om naturen.
           | [Stop beskeder]
    """)


async def test_words_in_the_chat_may_be_the_answer(chat_on_each: Chat) -> None:
    """Words after a question of the town are asked about; a dialogue's number names it."""
    await readers(chat_on_each, "Jens", "Karen")
    await sent(chat_on_each, "asks everyone about nature: Skal bænken stå ved engen? [Ja] [Nej]")
    await chat_on_each("""
        Jens: Jeg synes den skal stå ved stien, for der er mere sol
        Bot: Er det dit svar på D-1, “Skal bænken stå ved engen?”?
           | [Ja, det er mit svar] [Det handler om noget andet] [Menu]
        Jens: [Ja, det er mit svar]
        Bot: Tak. Dit svar er noteret som bidrag til D-1: “Jeg synes den skal stå ved stien, for
           | der er mere sol”. Du hører, hvad der kom ud af det.
           | [Fortryd] [Hvad skete der med mit bidrag?] [Menu]
        Karen: Hullet i vejen er blevet større
        Bot: Er det dit svar på D-1, “Skal bænken stå ved engen?”?
           | [Ja, det er mit svar] [Det handler om noget andet] [Menu]
        Karen: [Det handler om noget andet]
        Bot: Det forstod jeg ikke helt. Mener du en af de her ting? Ellers sender jeg dit
           | spørgsmål til et menneske om en halv time.
           | [Der er hul i vejen] [Spørg et menneske] [Det var ikke noget]
        Karen: D-1: gerne ved stien
        Bot: Tak. Dit svar er noteret som bidrag til D-1: “gerne ved stien”. Du hører, hvad der
           | kom ud af det.
           | [Fortryd] [Hvad skete der med mit bidrag?] [Menu]
        Karen: d 1
        Bot: Skal bænken stå ved engen?
           |
           | D-1: Natur- og miljøudvalget beslutter. Du hører, hvad der kom ud af det.
           | [Ja] [Nej] [Svar med mine egne ord] [Stop beskeder]
        Lone closes the dialogue
        Console: 2 bidrag mangler svar
    """)


async def test_a_question_after_news_is_a_question(chat: Chat) -> None:
    """A question in the chat is answered, although a dialogue is the newest message."""
    await readers(chat, "Jens")
    await sent(chat, "asks everyone about nature: Skal bænken stå ved engen? [Ja] [Nej]")
    said = await chat.play("Jens: hvornår åbner genbrugspladsen?")
    assert "D-1" not in " ".join(said)


async def test_words_are_the_answer_in_english(chat: Chat) -> None:
    """The question back, in English."""
    await chat.play("Ana: /start")
    for line in ("news", "[Nature and climate]", "[Done]", "[Yes]"):
        await chat.play(f"Ana: {line}")
    line = "asks everyone about nature: Skal den stå her? / Should it stand here? [Ja] [Nej]"
    await sent(chat, line)
    await chat("""
        Ana: I think it should stand by the path
        Bot: Is that your answer to D-1, “Skal den stå her?” (in Danish)?
           | [Yes, it is my answer] [It is about something else] [Menu]
    """)
