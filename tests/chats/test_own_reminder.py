"""A citizen sets a reminder to themselves in their own words, and confirms it (HR-24)."""

from __future__ import annotations

import pytest

from bot.testing import Chat


async def says(chat: Chat, name: str, *said: str) -> str:
    """Let a citizen say things one after another; return the bot's last answers on one line."""
    answers: list[str] = []
    for words in said:
        answers = await chat.play(f"{name}: {words}")
    return " ".join(" ".join(answers).replace("\n   |", "").split())


@pytest.mark.parametrize(("name", "yes", "no"), [("Jens", "ja", "nej"), ("Ana", "yes", "no")])
async def test_yes_and_no_are_answers(chat: Chat, name: str, yes: str, no: str) -> None:
    """A typed no asks for the time again, and a typed yes keeps it."""
    await chat.play(f"{name}: /start")
    begin = "mind mig om at ringe" if name == "Jens" else "remind me to call"
    when = "onsdag kl. 16" if name == "Jens" else "Wednesday at 16:00"
    await chat.play(f"{name}: {begin} {when}")
    (again,) = await chat.play(f"{name}: {no}")
    assert "16" in again  # an example in the question
    await chat.play(f"{name}: {when}")
    (kept,) = await chat.play(f"{name}: {yes}")
    assert kept.startswith(("Bot: Jeg har noteret det", "Bot: I have noted it"))


@pytest.mark.parametrize("plainer", [False, True])
async def test_sensitive_words_are_asked_about_once(chat: Chat, *, plainer: bool) -> None:
    """The citizen keeps words about health, or writes it without the details (HR-3)."""
    await chat.play("Jens: /start")
    await chat.play("Jens: mind mig om at hente min medicin i morgen kl. 16")
    (asked,) = await chat.play("Jens: ja")
    assert asked.startswith("Bot: Det kan være privat.")
    assert "[Ja, behold ordene] [Nej, jeg udelader detaljerne]" in asked
    if plainer:
        kept = await says(chat, "Jens", "[Nej, jeg udelader detaljerne]", "tid på apoteket")
        assert "minder dig om tid på apoteket tirsdag" in kept
    else:
        kept = await says(chat, "Jens", "[Ja, behold ordene]")
    assert kept.startswith("Bot: Jeg har noteret det")
    reminded = await chat.play("--- until 2026-11-26 16:05")
    assert any("tid på apoteket" in line for line in reminded) is plainer
    assert any("medicin" in line for line in reminded) is not plainer


@pytest.mark.parametrize(
    ("name", "first", "second", "aside", "kept", "left"),
    [
        (
            "Jens",
            "mind mig om bussen hver dag kl 8",
            "mind mig om tandlægen den 15. januar kl. 10.30",
            'Jeg har lagt "Mind mig om bussen" til side.',
            "Jeg minder dig om tandlægen fredag d. 15. januar kl. 10.30.",
            "Jeg minder dig om bussen hver dag kl. 8, første gang tirsdag d. 24. november.",
        ),
        (
            "Ana",
            "remind me to catch the bus every day at 8:00",
            "remind me about the dentist 15 January at 10:30",
            "I have put “Remind me: catch the bus” aside.",
            "I will remind you Friday 15 January at 10:30: the dentist.",
            "I will remind you every day at 8:00, first time Tuesday 24 November: catch the bus.",
        ),
    ],
)
async def test_two_are_not_mixed(  # noqa: PLR0917 - the lines of one chat
    chat: Chat, name: str, first: str, second: str, aside: str, kept: str, left: str
) -> None:
    """A reminder that comes while another waits is its own; the other one can be resumed."""
    yes = "Ja" if name == "Jens" else "Yes"
    left = left.replace("8:00", "08:00")
    answer = await says(chat, name, "/start", first, second)
    assert aside in answer
    assert kept in answer
    answer = await says(chat, name, yes)
    assert answer.startswith(("Bot: Jeg har noteret det.", "Bot: I have noted it."))
    assert left in await says(chat, name, yes)
    assert left[:-1] in await says(chat, name, yes)
    lines = await says(chat, name, "mine påmindelser" if name == "Jens" else "my reminders")
    assert "tandlægen: fredag" in lines or "the dentist: Friday" in lines
    assert "bussen: hver dag kl. 8" in lines or "catch the bus: every day at 08:00" in lines


async def test_another_flow_is_put_aside(chat: Chat) -> None:
    """A reminder in the middle of something else is no answer to it."""
    await says(chat, "Jens", "/start", "idé")
    answer = await says(chat, "Jens", "mind mig om mødet i morgen kl. 10")
    assert "til side" in answer
    assert "Jeg minder dig om mødet tirsdag d. 24. november kl. 10." in answer
    assert "Vil du fortsætte?" in await says(chat, "Jens", "ja")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Jens", "Mind mig i morgen kl 12 om at ringe"),
        ("Jens", "mind mig om at ringe i morgen kl. 12"),
        ("Jens", "Vil du minde mig om at ringe i morgen kl. 12?"),
        ("Jens", "Hej, kan du minde mig om i morgen kl. 12 at ringe"),
        ("Jens", "Kan du huske mig på at ringe i morgen kl. 12"),
        ("Jens", "Husk mig på at ringe i morgen kl. 12, tak"),
        ("Jens", "Send mig en påmindelse om at ringe i morgen kl. 12"),
        ("Jens", "Jeg vil gerne mindes om at ringe i morgen kl. 12"),
        ("Jens", "Opret påmindelse: at ringe i morgen kl. 12"),
        ("Jens", "opret en påmindelse i morgen kl. 12 om at ringe"),
        ("Ana", "Remind me tomorrow at 12:00 to call"),
        ("Ana", "Can you remind me to call tomorrow at 12:00?"),
        ("Ana", "Could you please remind me tomorrow at 12:00 to call"),
        ("Ana", "Set a reminder for tomorrow at 12:00 to call"),
        ("Ana", "I'd like to be reminded to call tomorrow at 12:00"),
        ("Ana", "Please remind me to call tomorrow at 12:00"),
    ],
)
async def test_orders_of_words(chat: Chat, name: str, words: str) -> None:
    """People ask for a reminder in many orders of words."""
    answer = await says(chat, name, "/start", words)
    assert answer.startswith(
        (
            "Bot: Jeg minder dig om at ringe tirsdag d. 24. november kl. 12.",
            "Bot: I will remind you Tuesday 24 November at 12:00: call.",
        )
    )


@pytest.mark.parametrize(
    "words",
    [
        "I glemte at minde mig om mødet i går",
        "Kan I minde borgerne om storskrald på mandag?",
        "Kan du huske mig fra i går?",
        "Mind mig ikke om det",
        "Send en påmindelse til alle i Klintsund",
        "Could you remind people about the bulky waste?",
        "You forgot to remind me about the meeting",
    ],
)
async def test_messages_to_the_municipality(chat: Chat, words: str) -> None:
    """A message about reminders is no reminder."""
    answer = await says(chat, "Jens", "/start", words)
    assert "minder dig om" not in answer
    assert "skal jeg minde dig" not in answer


@pytest.mark.parametrize(
    ("name", "words", "asked", "what", "check"),
    [
        ("Jens", "mind mig om det i morgen", "Hvad skal jeg minde dig om?", "te", "om te tirsdag"),
        (
            "Ana",
            "remind me about it tomorrow",
            "What shall I remind you about?",
            "tea",
            "Tuesday 24 November at 09:00: tea",
        ),
    ],
)
async def test_a_pronoun_says_nothing(  # noqa: PLR0917 - the lines of one chat
    chat: Chat, name: str, words: str, asked: str, what: str, check: str
) -> None:
    """Where it is not said what a reminder is about, the bot asks, and keeps the time."""
    assert asked in await says(chat, name, "/start", words)
    assert check in await says(chat, name, what)


@pytest.mark.parametrize(
    ("words", "about"),
    [
        ("mind mig om kaffe kl 25", "kaffe"),
        ("mind mig om at betale regningen den 1. i måneden", "at betale regningen"),
    ],
)
async def test_what_is_left_of_a_time(chat: Chat, words: str, about: str) -> None:
    """What remains of a time that was not understood is not what the reminder is about."""
    answer = await says(chat, "Jens", "/start", words, "i morgen kl. 10")
    assert f"Jeg minder dig om {about} tirsdag d. 24. november kl. 10." in answer


@pytest.mark.parametrize(
    ("name", "words", "corrections"),
    [
        (
            "Jens",
            "mind mig om te i morgen",
            {
                "kl. 14": "tirsdag d. 24. november kl. 14",
                "søndag": "søndag d. 29. november kl. 14",
                "hellere om aftenen": "søndag d. 29. november kl. 19",
                "hver fredag": "hver fredag kl. 19, første gang fredag d. 27. november",
            },
        ),
        (
            "Ana",
            "remind me of tea tomorrow",
            {
                "at 14:00": "Tuesday 24 November at 14:00",
                "Sunday": "Sunday 29 November at 14:00",
                "rather in the evening": "Sunday 29 November at 19:00",
                "every Friday": "every Friday at 19:00, first time Friday 27 November",
            },
        ),
    ],
)
async def test_corrections_add_up(
    chat: Chat, name: str, words: str, corrections: dict[str, str]
) -> None:
    """A correction of the day keeps the hour, and one of the hour keeps the day."""
    await says(chat, name, "/start", words)
    for correction, when in corrections.items():
        assert when in await says(chat, name, correction)


@pytest.mark.parametrize("word", ["fortryd", "annuller", "glem det", "undo"])
async def test_never_mind(chat: Chat, word: str) -> None:
    """The words that take something back are not what a reminder is about."""
    await says(chat, "Jens", "/start", "mind mig")
    assert "til side" in await says(chat, "Jens", word)


async def test_passed_today(chat: Chat) -> None:
    """For an hour that has passed today, tomorrow is offered in the same message."""
    answer = await says(chat, "Jens", "/start", "mind mig om te kl. 8")
    assert answer.startswith(
        "Bot: Det tidspunkt er passeret i dag. Hvad med i morgen? Jeg minder dig om te tirsdag d. "
        "24. november kl. 8. Er det rigtigt?"
    )
    assert "Jeg har noteret det" in await says(chat, "Jens", "ja")
    answer = await says(chat, "Ana", "/start", "remind me of tea at 8:00")
    assert "What about tomorrow? I will remind you Tuesday 24 November at 08:00: tea." in answer


async def test_passed_meanwhile(chat: Chat) -> None:
    """A yes that comes after the time asks for another one."""
    await says(chat, "Jens", "/start", "mind mig om te kl. 11")
    await chat.play("--- 2 hours pass")
    assert "Det tidspunkt er passeret." in await says(chat, "Jens", "ja")
    assert "Jeg minder dig om te tirsdag" in await says(chat, "Jens", "i morgen kl. 10")


@pytest.mark.parametrize(
    ("words", "at"),
    [
        ("at slukke ovnen i aften kl. 22.30", "2026-11-23 22:30"),
        ("at ringe juleaften kl. 18", "2026-12-24 18:00"),
        ("at ringe søndag kl. 7", "2026-11-29 07:00"),
    ],
)
async def test_at_the_time_they_chose(chat_on_each: Chat, words: str, at: str) -> None:
    """Quiet hours do not move what citizens set for themselves."""
    chat = chat_on_each
    await says(chat, "Jens", "/start", f"mind mig om {words}", "ja")
    hour, minute = at[-5:].split(":")
    before = f"{int(hour) - 1:02d}:{minute}"
    assert await chat.play(f"--- until {at[:-5]}{before}") == []
    (came,) = await chat.play(f"--- until {at}")
    assert came.startswith("Bot to Jens: Du bad mig minde dig om:")


async def test_put_off_into_quiet_hours(chat: Chat) -> None:
    """An hour later is an hour later, also in the evening."""
    await says(chat, "Jens", "/start", "mind mig om at slukke ovnen i aften kl. 21", "ja")
    await chat.play("--- until 2026-11-23 21:00")
    await says(chat, "Jens", "[Senere]", "[Om en time]")
    (came,) = await chat.play("--- until 2026-11-23 22:00")
    assert "at slukke ovnen" in came


async def test_comes_again(chat_on_each: Chat) -> None:
    """The second message of a reminder says that it is one."""
    chat = chat_on_each
    await says(chat, "Jens", "/start", "mind mig om at ringe i dag kl. 15", "ja")
    await says(chat, "Ana", "/start", "remind me to call today at 15:00", "yes")
    assert len(await chat.play("--- until 2026-11-23 15:00")) == 2
    again = await chat.play("--- until 2026-11-24 15:00")
    assert again[0].startswith("Bot to Jens: Igen: Du bad mig minde dig om:")
    assert again[1].startswith("Bot to Ana: Again: You asked me to remind you:")
    assert await chat.play("--- until 2026-12-01 15:00") == []


async def test_a_daily_one_asks_once_a_day(chat: Chat) -> None:
    """Without an answer, the next day has the next reminder and no second message."""
    await says(chat, "Jens", "/start", "mind mig om at ringe hver dag kl. 15", "ja")
    for day in range(23, 28):
        (came,) = await chat.play(f"--- until 2026-11-{day} 16:00")
        assert came.startswith("Bot to Jens: Du bad mig minde dig om:")


@pytest.mark.parametrize(
    ("name", "words", "when"),
    [
        ("Jens", "om lidt", "mandag d. 23. november kl. 12"),
        ("Jens", "i eftermiddag", "mandag d. 23. november kl. 14"),
        ("Jens", "hellere fredag kl. 10, tak", "fredag d. 27. november kl. 10"),
        ("Ana", "in a bit", "Monday 23 November 12:00"),
        ("Ana", "Friday at 10:00", "Friday 27 November 10:00"),
    ],
)
async def test_a_time_typed_after_later(chat: Chat, name: str, words: str, when: str) -> None:
    """A time typed instead of a tap puts the reminder off, and its message says so."""
    begin = ("mind mig om at ringe kl. 11", "ja", "[Senere]", "påmindelser")
    if name == "Ana":
        begin = ("remind me to call at 11:00", "yes", "[Later]", "reminders")
    await says(chat, name, "/start", begin[0], begin[1])
    await chat.play("--- until 2026-11-23 11:00")
    await says(chat, name, begin[2])
    answer = await says(chat, name, words)
    assert f"Bot edits: {'Du bad' if name == 'Jens' else 'You asked'}" in answer
    assert answer.count(when) == 2
    shown = await says(chat, name, "mit overblik" if name == "Jens" else "my overview")
    assert when in shown


async def test_a_question_after_later(chat: Chat) -> None:
    """A question that names a day is no time to put a reminder off to."""
    await says(chat, "Jens", "/start", "mind mig om at ringe kl. 11", "ja")
    await chat.play("--- until 2026-11-23 11:00")
    answer = await says(chat, "Jens", "[Senere]", "Hvornår har I åbent i morgen?")
    assert "Du får den igen" not in answer


async def test_which_hour_after_later(chat: Chat) -> None:
    """Where an hour may mean two times, the citizen chooses."""
    await says(chat, "Jens", "/start", "mind mig om at ringe kl. 11", "ja")
    await chat.play("--- until 2026-11-23 11:00")
    answer = await says(chat, "Jens", "[Senere]", "fredag kl. 2")
    assert "Hvilken mener du?" in answer
    answer = await says(chat, "Jens", "[fredag d. 27. november kl. 14]")
    assert "Du får den igen fredag d. 27. november kl. 14." in answer


async def test_many_in_the_overview(chat: Chat) -> None:
    """The overview has the next five and the number of the others; the list is sorted by time."""
    await chat.play("Jens: /start")
    things = ("kage", "post", "leje", "vask", "skole", "kaffe", "løb")
    for day, thing in reversed(list(enumerate(things, 1))):
        await says(chat, "Jens", f"mind mig om {thing} den {day}. december kl. 10", "ja")
    shown = await says(chat, "Jens", "Mit overblik")
    assert "• skole: lørdag d. 5. december kl. 10 og 2 til" in shown
    listed = await says(chat, "Jens", "mine påmindelser")
    places = [listed.index(f"• {thing}:") for thing in things]
    assert places == sorted(places)
