"""The cards of reminders: the answer to one that comes again, news, and the next time in lists."""

from __future__ import annotations

from chat_store import opened

from bot.app.checks.run import audit_findings
from bot.scheduler import seal
from bot.testing import Chat


async def lines(chat: Chat, block: str) -> list[str]:
    """Play a block, and return what the bot says with each message on one line."""
    return [" ".join(said.split()).replace("| ", "") for said in await chat.play(block)]


async def begin(chat: Chat, *names: str) -> None:
    """Let citizens start the chat."""
    for name in names:
        await chat.play(f"{name}: /start")


async def put_off(chat: Chat) -> None:
    """Let Jens move a reminder of his to Friday; its card keeps its buttons."""
    await begin(chat, "Jens")
    await chat.play("Jens: Mind mig om at vande tomaterne i morgen kl. 16")
    await chat.play("Jens: [Ja, det er rigtigt]")
    await chat.play("--- until 2026-11-24 16:00")
    for said in ("[Senere]", "[En anden dag]", "fredag kl. 10", "[Ja, det er rigtigt]"):
        await chat.play(f"Jens: {said}")


async def test_done_before_it_comes_again(chat_on_each: Chat) -> None:
    """What is done before the chosen day does not come again on it."""
    await put_off(chat_on_each)
    (edited,) = await lines(chat_on_each, "Jens: [Det er gjort]")
    assert edited.endswith("at vande tomaterne ✓ Du svarede: Det er gjort.")
    assert await chat_on_each.play("--- until 2026-12-10 10:00") == []
    async with opened(chat_on_each) as store:
        while await seal(store):
            pass
        assert await audit_findings(store) == []


async def test_put_off_once_more(chat: Chat) -> None:
    """What waits for the chosen day can be moved again, and comes once."""
    await put_off(chat)
    await chat.play("Jens: [Senere]")
    (edited,) = await lines(chat, "Jens: [I morgen]")
    assert edited.endswith("Du får den igen onsdag d. 25. november kl. 9.")
    (came,) = await lines(chat, "--- until 2026-11-25 09:00")
    assert came.startswith("Bot to Jens: Du bad mig minde dig om: at vande tomaterne")
    await chat.play("Jens: [Det er gjort]")
    assert await chat.play("--- until 2026-12-10 10:00") == []


async def test_news(chat_on_each: Chat) -> None:
    """News says that it is news, has no date for a calendar, and is opened without a lead."""
    chat = chat_on_each
    await begin(chat, "Jens")
    for said in ("/nyt", "[Natur og klima]", "[Færdig]", "[Ja]"):
        await chat.play(f"Jens: {said}")
    await chat.play("Mette tells everyone about nature, hver dag kl. 10: Stien er åben igen.")
    (came,) = await lines(chat, "--- until 2026-11-24 10:00")
    assert came == ("Bot to Jens: Nyt: Stien er åben igen. Hilsen Mette [Mindre af det her]")


async def test_news_of_an_event(chat: Chat) -> None:
    """News that prepares an event has the event's date for a calendar."""
    await begin(chat, "Jens")
    for said in ("/nyt", "[Natur og klima]", "[Færdig]", "[Ja]"):
        await chat.play(f"Jens: {said}")
    await chat.play("Mette prepares everyone about nature, hver dag kl. 10: Mød op ved kiosken.")
    (came,) = await lines(chat, "--- until 2026-11-24 10:00")
    assert came.startswith("Bot to Jens: Nyt: Mød op ved kiosken.")
    assert "[Til min kalender]" in came


async def test_the_next_time_is_after_quiet_hours(chat: Chat) -> None:
    """Lists say when a group's message is sent, also where it waits for the end of quiet hours."""
    await begin(chat, "Jens")
    await chat.play("Mette founds Strandrenserne")
    await chat.play("Mette puts Jens in Strandrenserne as lead")
    (asked,) = await lines(chat, "Jens: Mind gruppen om at vande tomaterne hver dag kl. 21")
    assert (
        "“at vande tomaterne” til medlemmerne hver dag kl. 21, første gang mandag d. 23." in asked
    )
    assert "så den bliver sendt tirsdag d. 24. november kl. 8. Er det rigtigt?" in asked
    await chat.play("Jens: [Ja, det er rigtigt]")
    for moment in ("18:00", "22:00"):
        await chat.play(f"--- until 2026-11-23 {moment}")
        (listed,) = await lines(chat, "Jens: mine påmindelser")
        assert "hver dag kl. 21, næste gang tirsdag d. 24. november kl. 8" in listed
    assert len(await chat.play("--- until 2026-11-24 08:00")) == 1
    (listed,) = await lines(chat, "Jens: mine påmindelser")
    assert "hver dag kl. 21, næste gang onsdag d. 25. november kl. 8" in listed


async def test_a_sentence_in_the_overview(chat: Chat) -> None:
    """No full stop is before the time of a reminder that is a whole sentence."""
    await begin(chat, "Jens")
    await chat.play("Mette founds Strandrenserne")
    await chat.play("Mette puts Jens in Strandrenserne as lead")
    for said in ("mind gruppen", "Hæng en plakat op.", "hver dag kl. 10", "[Ja, det er rigtigt]"):
        await chat.play(f"Jens: {said}")
    (shown,) = await lines(chat, "Jens: Mit overblik")
    assert "• Hæng en plakat op (Strandrenserne): hver dag kl. 10, næste gang" in shown
