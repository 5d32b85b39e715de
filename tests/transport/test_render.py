"""Rendered texts become calls within Telegram's limits."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.transport.render import (
    LONGEST_DATA,
    LONGEST_TEXT,
    inline,
    message_params,
    place_keyboard,
    split,
)

TAG = re.compile(r"<(/?)(\w+)[^<>]*>")
ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|\w+);")
WORDS = st.text(st.sampled_from("abcæøå. \n🌉<>&\"'"), max_size=60)
PIECE = st.one_of(
    WORDS.map(html.escape),
    st.just("\n\n"),
    st.sampled_from(["&lt;", "&#128512;", "&amp;", "x" * 30]),
)


@st.composite
def html_texts(draw: st.DrawFn, depth: int = 3) -> str:
    """Generate text with correctly nested tags."""
    made = []
    for piece in draw(st.lists(PIECE, max_size=4)):
        made.append(piece)
        if depth and draw(st.booleans()):
            tag = draw(st.sampled_from(["b", "i", 'a href="https://example.org/a?b=1&amp;c=2"']))
            inner = draw(html_texts(depth=depth - 1))
            made.append(f"<{tag}>{inner}</{tag.split()[0]}>")
    return "".join(made)


def visible(words: str) -> str:
    """Return the visible text."""
    return html.unescape(TAG.sub("", words))


def units(text: str) -> int:
    """Return the length in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def well_formed(words: str) -> bool:
    """Return whether tags are balanced and no bracket or ampersand is unescaped."""
    stack: list[str] = []
    for closing, name in TAG.findall(words):
        if not closing:
            stack.append(name)
        elif not stack or stack.pop() != name:
            return False
    rest = ENTITY.sub("", TAG.sub("", words))
    return not stack and not set("<>&") & set(rest)


@given(html_texts().filter(lambda words: visible(words).strip()), st.integers(2, 50))
def test_parts_are_whole_and_lose_nothing(words: str, limit: int) -> None:
    """Every part is valid HTML within the limit and not blank; together they lose nothing."""
    parts = split(words, limit)
    assert all(units(visible(part).strip()) > 0 for part in parts)
    assert all(units(visible(part)) <= limit for part in parts)
    assert all(well_formed(part) for part in parts)
    together = "".join(visible(part) for part in parts)
    assert "".join(together.split()) == "".join(visible(words).split())


def test_short_words_are_one_part() -> None:
    """A short text stays one part."""
    assert split("Hello <b>Ana</b>") == ["Hello <b>Ana</b>"]


def test_exactly_as_long_as_allowed_is_one_part() -> None:
    """Tags and entities do not count by their source length; the last unit still fits."""
    words = "<b>" + "&amp;" * (LONGEST_TEXT - 2) + "🌉</b>"
    assert split(words) == [words]
    assert len(split(words + "x")) == 2


def test_cuts_at_a_paragraph() -> None:
    """A cut at a paragraph is preferred, even where another sentence would fit."""
    assert split("One. Two.\n\nThree. Four.", 18) == ["One. Two.", "Three. Four."]


def test_cuts_at_a_line_then_a_sentence_then_a_word() -> None:
    """Without a paragraph the cut is at a line, a sentence or a word."""
    assert split("one two\nthree four", 12) == ["one two", "three four"]
    assert split("One two. Three four", 14) == ["One two.", "Three four"]
    assert split("one two three", 9) == ["one two", "three"]


def test_a_word_longer_than_a_message_is_cut_hard() -> None:
    """A word longer than a message is cut at the limit."""
    assert split("x" * 25, 10) == ["x" * 10, "x" * 10, "x" * 5]


def test_open_tags_are_closed_and_opened_again() -> None:
    """Open tags are closed at the cut and reopened, with the link's address."""
    parts = split('<a href="https://x.dk/"><b>one\n\ntwo</b></a> end', 6)
    assert parts[0] == '<a href="https://x.dk/"><b>one\n\n</b></a>'
    assert parts[1].startswith('<a href="https://x.dk/"><b>two</b></a>')


def test_an_entity_is_never_cut() -> None:
    """`&amp;` is never cut."""
    assert split("&amp;" * 5, 2) == ["&amp;&amp;", "&amp;&amp;", "&amp;"]


def test_an_emoji_is_never_cut() -> None:
    """A character of two UTF-16 units is never cut."""
    assert split("a🌉b", 2) == ["a", "🌉", "b"]


def test_blank_lines_at_the_limit_make_no_empty_message() -> None:
    """Blank text after the limit is not sent."""
    assert split("x" * 10 + "\n\n", 10) == ["x" * 10]
    assert split("\n\n\n\n" + "x" * 12, 10) == ["x" * 10, "xx"]


def test_the_keyboard_stands_under_the_last_part() -> None:
    """The keyboard belongs to the last part."""
    calls = message_params(
        5, "x" * (LONGEST_TEXT + 1), inline([[("Yes", "1.a.y"), ("No", "1.a.n")]])
    )
    assert [len(call["text"]) for call in calls] == [LONGEST_TEXT, 1]
    assert "reply_markup" not in calls[0]
    assert calls[1]["reply_markup"] == {
        "inline_keyboard": [
            [
                {"text": "Yes", "callback_data": "1.a.y"},
                {"text": "No", "callback_data": "1.a.n"},
            ]
        ]
    }


def test_a_message_is_html_without_a_preview() -> None:
    """A message is HTML without link preview; without keyboard there is no reply_markup."""
    assert message_params(5, "Hi") == [
        {
            "chat_id": 5,
            "text": "Hi",
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
        }
    ]


def test_callback_data_is_measured_in_bytes() -> None:
    """Callback data is limited to 64 bytes in UTF-8; longer data is refused."""
    assert inline([[("Yes", "x" * LONGEST_DATA)]])
    for data in ("x" * (LONGEST_DATA + 1), "ø" * LONGEST_DATA, ""):
        with pytest.raises(ValueError, match="1 to 64 bytes"):
            inline([[("Yes", data)]])


def test_the_keyboard_below_the_chat_asks_for_the_place() -> None:
    """The reply keyboard has one location button and disappears after one press."""
    assert place_keyboard("My place", [[("Back", "1.a.<"), ("Menu", ":menu")]]) == {
        "keyboard": [
            [{"text": "My place", "request_location": True}],
            [{"text": "Back"}, {"text": "Menu"}],
        ],
        "resize_keyboard": True,
        "one_time_keyboard": True,
    }
