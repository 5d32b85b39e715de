"""Find a waiting time and repeat it, with numbers as words (DOMAIN 3c no. 12)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n import render
from bot.tone import TimeUnit, Waited, lix, recognition, waited

WAITS = {
    "jeg har ventet i fem uger!!": (5, TimeUnit.WEEK),
    "3 mdr. og stadig intet svar": (3, TimeUnit.MONTH),
    "we have been waiting for six weeks": (6, TimeUnit.WEEK),
    "Syv uger og ikke en lyd fra jer": (7, TimeUnit.WEEK),
    "Five weeks. Not a word.": (5, TimeUnit.WEEK),
    "vi har ventet et år": (1, TimeUnit.YEAR),
    "I waited a month": (1, TimeUnit.MONTH),
    "har ventet 3uger": (3, TimeUnit.WEEK),
    "har haft min ansøgning i 11 uger": (11, TimeUnit.WEEK),
    "No answer for 4 months": (4, TimeUnit.MONTH),
    "two hours on hold": (2, TimeUnit.HOUR),
    "det har taget jer 12 måneder": (12, TimeUnit.MONTH),
    "Jeg har ikke hørt fra jer i to måneder": (2, TimeUnit.MONTH),
    "JEG HAR VENTET I TRE AAR": (3, TimeUnit.YEAR),
    "Der er gået 400 dage": (400, TimeUnit.DAY),
}
NO_WAITS = (
    "Åbner I om tre uger?",
    "I have an appointment in two weeks",
    "My son is three years old",
    "fristen er fire uger",
    "jeg har ventet siden februar",
    "I have waited half a year",
    "kan jeg vente til om to dage",
    "I have waited 0 days",
    "",
)


@pytest.mark.parametrize(("text", "wait"), WAITS.items())
def test_a_waiting_time_is_found(text: str, wait: tuple[int, TimeUnit]) -> None:
    """Number and unit are read as words and figures, in both languages."""
    assert waited(text) == Waited(*wait)


@pytest.mark.parametrize("text", NO_WAITS)
def test_other_times_are_no_waiting(text: str) -> None:
    """An age, a deadline or a plan is not a wait."""
    assert waited(text) is None


@pytest.mark.parametrize(
    ("text", "danish", "english"),
    [
        (
            "I er ubrugelige, jeg har ventet i fem uger!!",
            "Fem uger er lang tid at vente. Jeg forstår godt, at du er vred.",
            "Five weeks is a long time to wait. I can well understand that you are angry.",
        ),
        (
            "Vi har ventet et år. Det er jeg utilfreds med",
            "Et år er lang tid at vente. Tak, fordi du siger det.",
            "A year is a long time to wait. Thank you for telling us.",
        ),
        (
            "Hvad bilder I jer ind? Ventet 15 måneder!!",
            "15 måneder er lang tid at vente. Jeg forstår godt, at du er vred.",
            "15 months is a long time to wait. I can well understand that you are angry.",
        ),
        (
            "Hvad bilder I jer ind?",
            "Sådan skal det ikke føles at have med os at gøre. Jeg forstår godt, at du er vred.",
            (
                "That is not how it should feel to deal with us."
                " I can well understand that you are angry."
            ),
        ),
        (
            "I was on hold for 20 minutes, I am not happy with that",
            "Sådan skal det ikke føles at have med os at gøre. Tak, fordi du siger det.",
            "That is not how it should feel to deal with us. Thank you for telling us.",
        ),
    ],
)
def test_the_first_sentence_recognises(text: str, danish: str, english: str) -> None:
    """The sentence repeats the wait, and acknowledges anger only where there is some."""
    assert render(recognition(text), "da") == danish
    assert render(recognition(text), "en") == english


@given(st.integers(1, 999), st.sampled_from(["uge", "uger", "months", "år", "timer"]))
def test_every_number_reads_easily(number: int, unit: str) -> None:
    """Numbers up to twelve are words, higher ones figures; the text stays short and easy."""
    said = render(recognition(f"jeg har ventet i {number} {unit}"), "da")
    assert said[0].isupper() == (number <= 12)
    assert lix(said) <= 40


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    """Any text is read without an exception, and a wait is at least one unit."""
    found = waited(text)
    assert found is None or found.number >= 1
    assert render(recognition(text), "da")
