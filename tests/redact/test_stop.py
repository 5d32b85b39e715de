"""A STOP word counts only as the whole message, in any language (HR-17)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.redact import STOP_WORDS, stop


@pytest.mark.parametrize(
    "text",
    [
        "stop",
        "STOP",
        "Stop.",
        "stop!!!",
        "  stop \n",
        "“Stop”",
        "/stop",
        "/STOP@DialogKlintsundBot",
        "stop beskeder",
        "Stop beskeder.",
        "stop  beskeder",
        "🛑 Stop beskeder",
        "afmeld",
        "Afmeld mig!",
        "stop messages",
        "Unsubscribe",
        "please stop",
        "ＳＴＯＰ",
        "stop\u200b",
        "стоп",
        "توقف",
        "Abmelden.",
        *(word for words in STOP_WORDS.values() for word in sorted(words)),
    ],
)
def test_a_stop_word_stops(text: str) -> None:
    """Case, punctuation and spaces around a stop word change nothing."""
    assert stop(text)


@pytest.mark.parametrize(
    "text",
    [
        "stop løftet",
        "Stop løftet.",
        "stoppested",
        "stoppestedet ved skolen",
        "Hvor er stoppestedet?",
        "bussen må gerne stop her",
        "stop med at slå græsset om søndagen",
        "nonstop",
        "stop beskeder fra naboen",
        "afmeldt",
        "unsubscribed users",
        "how do I stop messages?",
        "stop stop stop, I skal høre på mig",
        "@stop",
        "",
        "!!!",
        "stop" + "!" * 100,
    ],
)
def test_other_messages_do_not_stop(text: str) -> None:
    """A stop word in a sentence or a longer word does not stop the messages."""
    assert not stop(text)


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    """Any text is read without an exception, and a following word prevents a stop."""
    stop(text)
    assert not stop(f"{text} løftet")
