"""A citizen answers a dialogue: by a tap, in own words or both, undoes it, and finds it closed."""

from __future__ import annotations

from test_broadcast_replies import readers, sent

from bot.model.broadcast import BroadcastState
from bot.simulator import TOKEN
from bot.testing import Chat

ASKS = "asks everyone about nature: Skal bænken stå ved engen? [Ja] [Nej]"


async def test_a_tap_and_own_words_are_both_kept(chat_on_each: Chat) -> None:
    """Own words add to the option; another option replaces the option; the outcome quotes both."""
    await readers(chat_on_each, "Jens")
    await sent(chat_on_each, ASKS)
    await chat_on_each("""
        Jens: [Ja]
        Bot: Tak. Dit svar er noteret som bidrag til D-1: “Ja”.
           | [Fortryd] [Hvad skete der med mit bidrag?] [Menu]
        Jens: D-1: Hellere ved stien
        Bot: Tak. Dit svar er noteret som bidrag til D-1: “Ja – Hellere ved stien”. Du hører,
           | hvad der kom ud af det.
           | [Fortryd] [Hvad skete der med mit bidrag?] [Menu]
        Jens: [Nej]
        Bot: Dit svar på D-1 er ændret fra “Ja” til “Nej”.
           | [Fortryd] [Hvad skete der med mit bidrag?] [Menu]
        Lone decides used on Jens
        Lone closes the dialogue
        Bot to Jens: Du svarede på D-1, “Skal bænken stå ved engen?”: “Nej – Hellere ved stien”.
           |
           | Brugt.
           |
           | Natur- og miljøudvalget besluttede det mandag d. 23. november.
           |
           | Følte du dig hørt? Vælg fra 1 (nej) til 5 (ja). Vi gemmer kun summen.
           | [1] [2] [3] [4] [5] [Menu]
    """)


async def test_an_answer_is_undone(chat_on_each: Chat) -> None:
    """Undo takes back the part that was given last; the answer is gone when nothing is left."""
    await readers(chat_on_each, "Jens")
    await sent(chat_on_each, ASKS)
    await chat_on_each("""
        Jens: [Ja]
        Bot: Tak. Dit svar er noteret som bidrag til D-1: “Ja”.
           | [Fortryd] [Hvad skete der med mit bidrag?] [Menu]
        Jens: D-1: Hellere ved stien
        Bot: Tak. Dit svar er noteret som bidrag til D-1: “Ja – Hellere ved stien”. Du hører,
           | hvad der kom ud af det.
           | [Fortryd] [Hvad skete der med mit bidrag?] [Menu]
        Jens: fortryd
        Bot: Det er taget tilbage. Dit svar på D-1 er nu: “Ja”.
           | [Menu]
        Jens: [Nej]
        Bot: Dit svar på D-1 er ændret fra “Ja” til “Nej”.
           | [Fortryd] [Hvad skete der med mit bidrag?] [Menu]
        Jens: [Fortryd]
        Bot: Dit svar på D-1 er taget tilbage. Du kan svare igen, indtil der bliver lukket.
           | [Ja] [Nej] [Svar med mine egne ord] [Menu]
        Lone closes the dialogue
    """)


async def test_the_step_in_own_words_has_a_way_out(chat_on_each: Chat) -> None:
    """The step can be left, and what leads elsewhere is not taken for the answer."""
    await readers(chat_on_each, "Jens")
    await sent(chat_on_each, ASKS)
    await chat_on_each("""
        Jens: [Svar med mine egne ord]
        Bot: Hvad er dit svar? Skriv det med dine egne ord.
           | [Fortryd] [Menu]
        Jens: hvem bestemmer det?
        Bot: Natur- og miljøudvalget beslutter i D-1, “Skal bænken stå ved engen?” Du hører, hvad
           | der kom ud af det.
           | [Tal med et menneske] [Menu]
        Bot: Tilbage til "Svar på et spørgsmål":
        Bot: Hvad er dit svar? Skriv det med dine egne ord.
           | [Fortryd] [Menu]
        Jens: [Fortryd]
        Bot: Det er helt i orden. Du kan stadig svare med knapperne under spørgsmålet.
           | [Menu]
        Jens: [Svar med mine egne ord]
        Bot: Hvad er dit svar? Skriv det med dine egne ord.
           | [Fortryd] [Menu]
        Jens: mine løfter
        Bot: Du har ikke noget løfte lige nu. Du er velkommen til at give et.
           | [Giv et løfte] [Mit overblik] [Menu]
        Jens: fortryd
        Bot: Jeg har lagt "Svar på et spørgsmål" til side. Det, du har svaret, bliver gemt i 7
           | dage. Skriv "fortsæt" for at gå videre.
           | [Fortsæt] [Menu]
        Jens: hvem bestemmer det?
        Bot: Natur- og miljøudvalget beslutter i D-1, “Skal bænken stå ved engen?” Du hører, hvad
           | der kom ud af det.
           | [Tal med et menneske] [Menu]
    """)


async def test_a_question_in_the_step_is_asked_about(chat_on_each: Chat) -> None:
    """A question may be the answer, or a question: the citizen says which, and it is not lost."""
    await readers(chat_on_each, "Jens", "Karen")
    await sent(chat_on_each, ASKS)
    await chat_on_each("""
        Jens: [Svar med mine egne ord]
        Bot: Hvad er dit svar? Skriv det med dine egne ord.
           | [Fortryd] [Menu]
        Jens: Kan den ikke stå ved stien i stedet?
        Bot: Er det dit svar på D-1, “Skal bænken stå ved engen?”?
           | [Ja, det er mit svar] [Det handler om noget andet] [Menu]
        Jens: [Ja, det er mit svar]
        Bot: Tak. Dit svar er noteret som bidrag til D-1: “Kan den ikke stå ved stien i stedet?”
           | Du hører, hvad der kom ud af det.
           | [Fortryd] [Hvad skete der med mit bidrag?] [Menu]
        Karen: [Svar med mine egne ord]
        Bot: Hvad er dit svar? Skriv det med dine egne ord.
           | [Fortryd] [Menu]
        Karen: hvornår åbner genbrugspladsen?
        Bot: Er det dit svar på D-1, “Skal bænken stå ved engen?”?
           | [Ja, det er mit svar] [Det handler om noget andet] [Menu]
        Karen: [Det handler om noget andet]
        Bot: Hvornår er genbrugspladsen åben?
           | Hver dag kl. 10–18, også søndag. Juledag og nytårsdag er der lukket. Den lukker kl.
           | 16 i december og januar. Kom senest et kvarter før.
           |
           | Kilde: Jonas, Natur. Gennemgået 1. november 2026.
           | [Det hjalp] [Spørg et menneske]
        Lone closes the dialogue
        Console: 1 bidrag mangler svar
    """)


async def test_a_closed_dialogue_says_so(chat_on_each: Chat) -> None:
    """Its buttons, a waiting step and words to it say that it is closed; words are not lost."""
    await readers(chat_on_each, "Jens", "Karen")
    await sent(chat_on_each, ASKS)
    await chat_on_each("""
        Jens: [Svar med mine egne ord]
        Bot: Hvad er dit svar? Skriv det med dine egne ord.
           | [Fortryd] [Menu]
        Karen: [Ja]
        Bot: Tak. Dit svar er noteret som bidrag til D-1: “Ja”.
           | [Fortryd] [Hvad skete der med mit bidrag?] [Menu]
        Lone decides used on Karen
        Karen: D-1: og gerne to bænke
        Bot: Der er allerede taget stilling til dit svar, så det kan ikke ændres. Du får det at
           | vide, når spørgsmålet bliver lukket. Skriv til os, hvis du vil sige mere.
           | [Send det, jeg skrev, til et menneske] [Menu]
        Lone closes the dialogue
        Bot to Karen: Du svarede på D-1, “Skal bænken stå ved engen?”: “Ja”.
           |
           | Brugt.
           |
           | Natur- og miljøudvalget besluttede det mandag d. 23. november.
           |
           | Følte du dig hørt? Vælg fra 1 (nej) til 5 (ja). Vi gemmer kun summen.
           | [1] [2] [3] [4] [5] [Menu]
        Jens: Ved stien, tak for det
        Bot: D-1, “Skal bænken stå ved engen?”, er lukket. Alle, der svarede, får at vide, hvad
           | der kom ud af det. Skriv til os, hvis du vil sige mere.
           | [Send det, jeg skrev, til et menneske] [Menu]
        Karen: [Nej]
        Bot: D-1, “Skal bænken stå ved engen?”, er lukket. Alle, der svarede, får at vide, hvad
           | der kom ud af det. Skriv til os, hvis du vil sige mere.
           | [Tal med et menneske] [Menu]
        Karen: [Svar med mine egne ord]
        Bot: D-1, “Skal bænken stå ved engen?”, er lukket. Alle, der svarede, får at vide, hvad
           | der kom ud af det. Skriv til os, hvis du vil sige mere.
           | [Tal med et menneske] [Menu]
        Jens: D-1: gerne ved stien
        Bot: D-1, “Skal bænken stå ved engen?”, er lukket. Alle, der svarede, får at vide, hvad
           | der kom ud af det. Skriv til os, hvis du vil sige mere.
           | [Send det, jeg skrev, til et menneske] [Menu]
    """)


async def test_a_closed_dialogue_names_the_page_of_its_outcome(chat: Chat) -> None:
    """Where the outcomes are public, the sentence has their address."""
    chat.public_url = "https://klintsund.example"
    await readers(chat, "Jens")
    await sent(chat, ASKS)
    await chat("""
        Lone closes the dialogue
        Jens: [Nej]
        Bot: D-1, “Skal bænken stå ved engen?”, er lukket. Læs, hvad der kom ud af det. Skriv til
           | os, hvis du vil sige mere.
           | [Tal med et menneske] [Menu]
    """)
    shown = chat.world.bots[TOKEN].chats[102].shown()[-1]
    assert "https://klintsund.example/nyheder/1" in str(shown)


async def test_answers_in_english(chat: Chat) -> None:
    """An answer, own words, the undo and the end, in English."""
    await chat.play("Ana: /start")
    for line in ("news", "[Nature and climate]", "[Done]", "[Yes]"):
        await chat.play(f"Ana: {line}")
    line = "asks everyone about nature: Skal den stå her? / Should it stand here? [Ja] [Nej]"
    await sent(chat, line)
    await chat("""
        Ana: [Ja]
        Bot: Thank you. Your answer is noted as a contribution to D-1: “Ja”.
           | [Undo] [What happened to my contribution?] [Menu]
        Ana: [Answer in my own words]
        Bot: What is your answer? Write it in your own words.
           | [Undo] [Menu]
        Ana: who decides that?
        Bot: Natur- og miljøudvalget decides about D-1, “Skal den stå her?” (in Danish). You hear
           | what came of it.
           | [Talk to a person] [Menu]
        Bot: Back to “Answer a question”:
        Bot: What is your answer? Write it in your own words.
           | [Undo] [Menu]
        Ana: By the path, please
        Bot: Thank you. Your answer is noted as a contribution to D-1: “Ja – By the path,
           | please”. You hear what came of it.
           | [Undo] [What happened to my contribution?] [Menu]
        Ana: undo
        Bot: It is taken back. Your answer to D-1 is now: “Ja”.
           | [Menu]
        Lone decides used on Ana
        Ana: [Answer in my own words]
        Bot: There is an outcome of your answer already, so it cannot be changed. You hear it
           | when the question is closed. Write to us if you want to say more.
           | [Talk to a person] [Menu]
        Lone closes the dialogue
        Bot to Ana: You answered D-1, “Skal den stå her?” (in Danish), with: “Ja”.
           |
           | Used.
           |
           | Natur- og miljøudvalget decided it Monday 23 November.
           |
           | Did you feel heard? Choose from 1 (no) to 5 (yes). We keep only the sum.
           | [1] [2] [3] [4] [5] [Menu]
        Ana: D-1: two benches
        Bot: D-1, “Skal den stå her?” (in Danish), is closed. Each person who answered is told
           | what came of it. You can write to us if you want to say more.
           | [Send what I wrote to a person] [Menu]
        Ana: [Send what I wrote to a person]
        Bot: Thank you. Your question is sent to Mette in Borgerservice. Case number: KS-1001.
           | You get an answer by Monday 30 November at the latest. If it takes longer, we write
           | before that day.
           | [My overview] [Menu]
    """)


async def test_the_poll_ends_after_thirty_days(chat_on_each: Chat) -> None:
    """A tap after it is not counted, also when the note of who answered has been deleted."""
    await readers(chat_on_each, "Jens")
    await sent(chat_on_each, ASKS)
    await chat_on_each("""
        Jens: [Ja]
        Bot: Tak. Dit svar er noteret som bidrag til D-1: “Ja”.
           | [Fortryd] [Hvad skete der med mit bidrag?] [Menu]
        Lone decides used on Jens
        Lone closes the dialogue
        Bot to Jens: Du svarede på D-1, “Skal bænken stå ved engen?”: “Ja”.
           |
           | Brugt.
           |
           | Natur- og miljøudvalget besluttede det mandag d. 23. november.
           |
           | Følte du dig hørt? Vælg fra 1 (nej) til 5 (ja). Vi gemmer kun summen.
           | [1] [2] [3] [4] [5] [Menu]
        --- 2 hours pass
        Jens: [4]
        Bot: Tak. Det er talt med uden dit navn.
           | [Menu]
        --- 31 days pass
        Jens: [5]
        Bot: Det kunne man svare på i 30 dage, og de er gået. Tak alligevel.
           | [Menu]
    """)
    store, bot = await chat_on_each.open()
    async with store.unit() as unit:
        dialogue = (await unit.broadcasts.listed(tuple(BroadcastState), 1))[0]
        await unit.polls.purge()
        assert await unit.polls.counts(dialogue.id) == {4: 1}
    await bot.close()
    await store.close()
    await chat_on_each.play("Jens: [3]")
    store, bot = await chat_on_each.open()
    async with store.unit() as unit:
        assert await unit.polls.counts(dialogue.id) == {4: 1}
    await bot.close()
    await store.close()
