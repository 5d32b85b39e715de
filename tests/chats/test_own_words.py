"""Volunteers answer and ask in own words: buttons, own tasks, contacts, and a child in need."""

from __future__ import annotations

import pytest
from chat_store import opened

from bot.engine.short_answers import Says, agrees, says
from bot.model.signup import SignupState
from bot.testing import Chat

ASKED = "--- until 2026-11-24 20:10"  # the question about the shift on Thursday is sent
SEEN = "Det ved jeg ikke"


async def _lines(chat: Chat, *lines: str) -> str:
    """Play lines; return what the bot said to the last one."""
    said: list[str] = []
    for line in lines:
        said = await chat.play(line)
    return "\n".join(said).replace("\n   | ", " ")


async def _asked(chat: Chat, name: str, *, with_case: bool = False) -> None:
    """Sign a citizen up, and send the question whether they come."""
    await _lines(chat, f"{name}: /start", "Mette imports the opportunities")
    if with_case:
        await _lines(chat, f"{name}: hvordan flyver pingviner", f"{name}: [Spørg et menneske]")
    await _lines(chat, f"Mette signs up {name} for V4", ASKED)


@pytest.mark.parametrize(
    ("name", "words", "answer"),
    [
        ("Samira", "ja", "✓ Du kommer. Vi ses!"),
        ("Samira", "ja, jeg kommer", "✓ Du kommer. Vi ses!"),
        ("Samira", "det passer fint", "✓ Du kommer. Vi ses!"),
        ("Samira", "Jeg kommer på torsdag!", "✓ Du kommer. Vi ses!"),
        ("Ana", "yes", "✓ You come. See you!"),
        ("Ana", "Yes, I'm coming", "✓ You come. See you!"),
        ("Ana", "that works for me", "✓ You come. See you!"),
        ("Samira", "nej desværre, jeg kan ikke", "Du kan ikke komme."),
        ("Samira", "jeg er syg og kan ikke komme", "Du kan ikke komme."),
        ("Ana", "no sorry, I can't", "You cannot come."),
        ("Samira", "find en afløser", "Du søger en afløser."),
    ],
)
async def test_the_question_before_a_shift(chat: Chat, name: str, words: str, answer: str) -> None:
    """A yes, a no and a stand-in in own words are the buttons."""
    await _asked(chat, name)
    assert answer in await _lines(chat, f"{name}: {words}")


async def test_an_open_case_does_not_take_the_answer(chat: Chat) -> None:
    """Words answer the question of a shift although a case is open, and a second yes does not."""
    await _asked(chat, "Samira", with_case=True)
    assert "✓ Du kommer" in await _lines(chat, "Samira: ja, jeg kommer")
    async with opened(chat) as store, store.reading() as unit:
        (case,) = await unit.cases.of_person(1, 9)
        assert len(await unit.threads.of_case(case.id, internal=False)) == 1


async def test_a_yes_to_a_later_card_is_not_for_the_shift(chat: Chat) -> None:
    """A plain yes is for the card shown last; words about coming still find their question."""
    await _asked(chat, "Samira")
    await _lines(chat, "Samira: jeg vil stoppe som frivillig")
    await _lines(chat, "Samira: /sprog")
    await _lines(chat, "Samira: ja")
    async with opened(chat) as store, store.reading() as unit:
        (signup,) = await unit.signups.live_of_person(1)
        assert signup.says_coming_at is None
    assert "✓ Du kommer" in await _lines(chat, "Samira: jeg kommer")


async def test_moved_and_offered(chat: Chat) -> None:
    """A changed time and an offered place are answered in words, each by its own answer."""
    await _lines(chat, "Samira: /start", "Ana: /start", "Mette imports the opportunities")
    await _lines(chat, "Mette seats V4 with 1 place", "Mette signs up Samira for V4")
    await _lines(chat, "Mette signs up Ana for V4", "Mette moves V4 to torsdag kl. 18")
    assert "✓ Du kommer" in await _lines(chat, "Samira: ja, det passer stadig fint")
    await _lines(chat, "Samira: jeg kan ikke alligevel")
    went = await _lines(chat, "Samira: ja")
    assert "Det er skrevet ned" in went
    assert "✓ You have the place." in await _lines(chat, "Ana: yes please, I'll take it")
    async with opened(chat) as store, store.reading() as unit:
        (signup,) = await unit.signups.live_of_person(2)
        assert signup.state is SignupState.CONFIRMED


async def test_after_the_shift(chat: Chat) -> None:
    """How it went is answered in words, and an invitation as well."""
    await _asked(chat, "Samira")
    await _lines(chat, "Samira: ja", "--- until 2026-11-26 19:05")
    await _lines(chat, "Mette marks Samira as attended at V4", "--- until 2026-11-27 09:00")
    assert "Vil du sige lidt om det?" in await _lines(chat, "Samira: det gik rigtig godt")


async def test_own_tasks(chat: Chat) -> None:
    """Time, place, contact and insurance are answered; the contact gets the rest, once."""
    await chat("""
        Samira: /start
        Bot: <notice>
        Bot: <menu>
        Mette imports the opportunities
        Mette signs up Samira for V4
        Samira: hvornår er det nu det er?
        Bot: Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           | Din kontakt: Mette
           | Forsikring: Kommunen forsikrer dig.
           | [Jeg kan ikke] [Skriv til Mette] [Menu]
        Samira: er jeg forsikret?
        Bot: Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           | Din kontakt: Mette
           | Forsikring: Kommunen forsikrer dig.
           | [Jeg kan ikke] [Skriv til Mette] [Menu]
        Samira: jeg kommer lidt for sent på torsdag
        Bot: Mette har fået din besked nu: “jeg kommer lidt for sent på torsdag”
           |
           | Skal der svares på den, svarer Mette her senest onsdag d. 25. november. Sagsnummer:
           | KS-1001.
           | [Jeg kan ikke] [Menu]
        Samira: jeg kommer lidt for sent på torsdag
        Bot: Mette har fået din besked nu: “jeg kommer lidt for sent på torsdag”
           |
           | Skal der svares på den, svarer Mette her senest onsdag d. 25. november. Sagsnummer:
           | KS-1001.
           | [Jeg kan ikke] [Menu]
        Samira: kan jeg tage min lillebror med?
        Bot: Mette har fået din besked nu: “kan jeg tage min lillebror med?”
           |
           | Skal der svares på den, svarer Mette her senest onsdag d. 25. november. Sagsnummer:
           | KS-1001.
           | [Jeg kan ikke] [Menu]
        Samira: [Skriv til Mette]
        Bot: Hvad vil du fortælle Mette eller spørge om? Skriv det med dine egne ord.
        Samira: Jeg tager kage med
        Bot: Mette har fået din besked nu: “Jeg tager kage med”
           |
           | Skal der svares på den, svarer Mette her senest onsdag d. 25. november. Sagsnummer:
           | KS-1001.
           | [Mit overblik] [Menu]
        Samira: meld mig fra sprogcafeen
        Bot: Vil du melde afbud til “Sprogcafé på biblioteket”, torsdag d. 26. november kl. 17?
           | [Ja, jeg kan ikke] [Nej, jeg kommer]
        Samira: ja
        Bot: Det er skrevet ned, at du ikke kan. Tak, fordi du siger til.
           |
           | Passer en af de her tider bedre?
           | [Tors. 3. dec. kl. 17] [Tors. 10. dec. kl. 17] [Søg efter noget andet] [Mit overblik]
           | [Menu]
    """)


async def test_own_tasks_in_english(chat: Chat) -> None:
    """Of several tasks the bot asks which; a star count reaches its contact."""
    await chat("""
        Ana: /start
        Bot: <English notice>
        Bot: <English menu>
        Mette imports the opportunities
        Mette signs up Ana for V4
        Mette signs up Ana for V12
        Ana: my shifts
        Bot: Language café at the library
           | Thursday 26 November 17:00–19:00
           | Klintsund Library
           | Your contact: Mette
           | Insurance: the municipality insures you.
           |
           | You have also signed up for:
           | • Darkness counter: Mette answers by Wednesday 25 November at the latest
           | [I cannot] [Write to Mette] [Menu]
        Ana: I'm running late on Thursday
        Bot: Mette has got your message now: “I'm running late on Thursday”
           |
           | If it needs an answer, Mette answers here by Wednesday 25 November at the latest.
           | Case number: KS-1001.
           | [I cannot] [Menu]
        Ana: I counted 12 stars last night
        Bot: Mette has got your message now: “I counted 12 stars last night”
           |
           | If it needs an answer, Mette answers here by Wednesday 25 November at the latest.
           | Case number: KS-1002.
           | [I cannot] [Menu]
        Ana: I can't make it
        Bot: Do you want to cancel one of these? Choose which.
           | [Language café at the library, Thursday 26 November 17:00] [Darkness counter] [Menu]
        Ana: [Language café at the library, Thursday 26 November 17:00]
        Bot: Do you want to cancel “Language café at the library”, Thursday 26 November 17:00?
           | [Yes, I cannot come] [No, I come]
        Ana: no, I come
        Bot: ✓ You still come: Language café at the library, Thursday 26 November 17:00.
           | [My overview] [Menu]
    """)


async def test_a_contact_in_the_chat(chat: Chat) -> None:
    """A contact who is no member of the staff gets the words as a message, and no case opens."""
    await _lines(chat, "Karen: /start", "Samira: /start", "Mette imports the opportunities")
    await _lines(chat, "Mette makes Karen a contact of V4", "Mette signs up Samira for V4")
    async with opened(chat) as store, store.unit() as unit:
        one = await unit.opportunities.of_code("V4")
        assert one is not None
        karen = await unit.participants.of_person(1)
        await unit.opportunities.set_contacts(one.id, [], [karen.id])
    await chat("""
        Samira: jeg bliver forsinket på torsdag
        Bot to Karen: Samira skriver til dig om:
           | Sprogcafé på biblioteket
           | torsdag d. 26. november kl. 17–19
           | Klintsund Bibliotek
           |
           | “jeg bliver forsinket på torsdag”
           | [Menu]
        Bot: Karen har fået din besked nu: “jeg bliver forsinket på torsdag”
           | [Jeg kan ikke] [Menu]
    """)
    async with opened(chat) as store, store.reading() as unit:
        assert await unit.cases.of_person(2, 9) == []


async def test_without_a_task(chat: Chat) -> None:
    """Where a citizen has signed up for nothing, the same words are questions as before."""
    await _lines(chat, "Jens: /start", "Mette imports the opportunities")
    for words in ("hvem er min kontakt?", "kan jeg tage min lillebror med?"):
        assert SEEN in await _lines(chat, f"Jens: {words}")


async def test_a_no_show_is_disputed_in_words(chat: Chat) -> None:
    """Who writes that they were there hears who looks at it, and by when."""
    await _asked(chat, "Karen")
    await _lines(chat, "Karen: ja", "--- until 2026-11-26 19:30")
    await _lines(chat, "Mette marks Karen as no_show at V4", "--- until 2026-11-27 09:30")
    went = await _lines(chat, "Karen: jeg var der altså! jeg skannede koden")
    assert "Mette ser på det igen, og du hører fra os her senest tirsdag d. 1. december" in went
    async with opened(chat) as store, store.reading() as unit:
        (signup,) = await unit.signups.of_person(1, 9)
        assert signup.disputed_at is not None
        assert signup.objection == "jeg var der altså! jeg skannede koden"


@pytest.mark.parametrize(
    ("name", "words", "phone"),
    [
        ("Jens", "jeg er bekymret for et barn", "Børne- og familieafsnittet i"),
        ("Ana", "I am worried about a child", "The children and family unit of"),
        ("Ana", "[I worry about a child]", "The children and family unit of"),
    ],
)
async def test_a_worry_about_a_child(chat: Chat, name: str, words: str, phone: str) -> None:
    """The citizen reads whom to ring; staff get one task to ring, without words about the child."""
    await _lines(chat, f"{name}: /start", "Mette imports the opportunities")
    if words.startswith("["):
        await _lines(chat, f"Mette signs up {name} for V9", f"{name}: my shifts")
    for _time in range(2):
        went = await _lines(chat, f"{name}: {words}")
        assert phone in went
        assert "00 00 10 20" in went
        assert "112" in went
    async with opened(chat) as store, store.reading() as unit:
        assert [one.kind for one in await unit.tasks.open()].count("worry") == 1


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("ja men kun en time", None),
        ("kommer du?", None),
        ("jeg kommer lidt for sent", None),
        ("jeg kan ikke finde vej", None),
        ("nej, jeg kommer", None),
        ("no problem", None),
        ("ja jeg er 71", Says.YES),
        ("selvfølgelig", Says.YES),
        ("ja tak, den tager jeg", Says.TAKES),
        ("it was not so good", Says.WENT_BADLY),
        ("jeg kom desværre ikke", Says.WAS_ABSENT),
    ],
)
def test_short_answers(words: str, wanted: Says | None) -> None:
    """Only clear answers are read."""
    assert says(words) is wanted


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("ja jeg er 71", True),
        ("yes I am", True),
        ("nej det er jeg ikke", False),
        ("nej jeg kan ikke love det", False),
        ("ja, jeg kommer", None),
        ("hvorfor?", None),
    ],
)
def test_a_yes_or_no_in_a_flow(words: str, wanted: bool | None) -> None:  # noqa: FBT001 - a parameter of the test
    """A step that asks for yes or no reads more words, but no answer to another question."""
    assert agrees(words) is wanted
