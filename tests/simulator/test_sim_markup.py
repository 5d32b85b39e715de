"""Parse HTML into text and entities, with Telegram's wording of errors."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.simulator.entities import Formatted, find_entities, trim, utf16_length, with_found
from bot.simulator.markup import MarkupError, read_html
from bot.simulator.rendering import render_html

SURROGATES = (
    "Text contains invalid Unicode characters after decoding HTML entities, "
    "check for unmatched surrogate code units"
)
PIECES = st.sampled_from(
    ["<", ">", "/", "</", "<b>", "</b>", "<i x='", "<a href=", "a.dk", "<pre>", "<code class=",
     '"language-py">', "</>", "&", "&lt", "&#", "&#x", "110000", "DFFF", ";", " ", "\n", "å", "😀",
     "<blockquote expandable>", "<span class=tg-spoiler>", "=", "'", '"', "\x00", "/start", "#"]
)  # fmt: skip


def units(text: str, offset: int, length: int) -> str:
    """Return the UTF-16 units of *text* from *offset*."""
    encoded = text.encode("utf-16-le")
    return encoded[2 * offset : 2 * (offset + length)].decode("utf-16-le")


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("plain", "plain", []),
        ("a &lt;b&gt; &amp; &quot;c&quot; &laquo;", 'a <b> & "c" &laquo;', []),
        ("&#229;&#xE5;&#12345678;", "åå&#12345678;", []),
        ("😀<b>å😀</b>", "😀å😀", [("bold", 2, 3)]),
        ("<b><i>x</i></b>", "x", [("bold", 0, 1), ("italic", 0, 1)]),
        ("<i><b>x</b></i>", "x", [("bold", 0, 1), ("italic", 0, 1)]),
        ("<strong>a</strong><em>b</em><ins>c</ins><del>d</del>", "abcd",
         [("bold", 0, 1), ("italic", 1, 1), ("underline", 2, 1), ("strikethrough", 3, 1)]),
        ('<span class="tg-spoiler">x</span>', "x", [("spoiler", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", 0, 1)]),
        ("<b></b>x", "x", []),
        ("<B>x</>", "x", [("bold", 0, 1)]),
        ("<i foo = 'a>b' bar>x</i  >", "x", [("italic", 0, 1)]),
    ],
)  # fmt: skip
def test_reads_tags_and_references(
    source: str, text: str, entities: list[tuple[str, int, int]]
) -> None:
    """Tags become entities counted in UTF-16 units; character references become characters."""
    formatted = read_html(source)
    assert formatted.text == text
    assert [(e["type"], e["offset"], e["length"]) for e in formatted.entities] == entities


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("å<x>", 'Unsupported start tag "x" at byte offset 2'),
        ("a<br/>", 'Unsupported start tag "br/" at byte offset 1'),
        ("3 < 4", 'Unsupported start tag "" at byte offset 2'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b =x>y</b>", 'Empty attribute name in the tag "b" at byte offset 0'),
        ("<a href=http://x>y</a>", "Unexpected end of name token at byte offset 8"),
        ("<a href='x>y</a>", "Unclosed start tag at byte offset 0"),
        ("<b x = ", 'Unclosed start tag "b" at byte offset 0'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("&#xDFDF", SURROGATES),
    ],
)  # fmt: skip
def test_words_what_is_wrong(source: str, words: str) -> None:
    """Each error has Telegram's wording and the offset in bytes."""
    with pytest.raises(MarkupError, match=f"^{re.escape(words)}$"):
        read_html(source)


@pytest.mark.parametrize(
    ("source", "url"),
    [
        ('<a href="https://a.dk/x?y=1&amp;z=2">l</a>', "https://a.dk/x?y=1&z=2"),
        ('<a href="https://a.dk">l</a>', "https://a.dk/"),
        ("<a href=a.dk>l</a>", "http://a.dk/"),
        ("<a>a.dk</a>", "http://a.dk/"),
        ('<a href="tg://user?id=5">l</a>', "tg://user?id=5"),
        ('<a href="javascript:alert(1)">l</a>', None),
        ("<a href='no link'>l</a>", None),
    ],
)
def test_links_only_where_there_is_an_address(source: str, url: str | None) -> None:
    """A link with a valid address keeps it; other links become plain text."""
    assert [e["url"] for e in read_html(source).entities] == ([url] if url else [])


def test_pre_with_a_language_is_one_entity() -> None:
    """`<pre><code class>` becomes one pre entity; code alone loses its language."""
    (entity,) = read_html('<pre><code class="language-py">x</code></pre>').entities
    assert entity == {"type": "pre", "offset": 0, "length": 1, "language": "py"}
    (alone,) = read_html('<code class="language-py">x</code>').entities
    assert alone == {"type": "code", "offset": 0, "length": 1}


def test_finds_what_telegram_marks_itself() -> None:
    """Links, addresses, mentions, commands and hashtags are detected, but not within words."""
    text = "😀 /help@bro_bot se https://a.dk/x. @ana_holm a@b.dk #vej 1/2 km/t"
    found = [(e["type"], units(text, e["offset"], e["length"])) for e in find_entities(text)]
    assert found == [
        ("bot_command", "/help@bro_bot"),
        ("url", "https://a.dk/x"),
        ("mention", "@ana_holm"),
        ("email", "a@b.dk"),
        ("hashtag", "#vej"),
    ]


def test_finds_nothing_inside_code() -> None:
    """A command inside code is not an entity."""
    formatted = with_found(read_html("<code>/help</code> /help"))
    assert [(e["type"], e["offset"]) for e in formatted.entities] == [
        ("code", 0),
        ("bot_command", 6),
    ]


def test_trims_both_ends_and_moves_entities() -> None:
    """Trimming white space moves the entities, also those that begin in it."""
    moved = trim(read_html("\n\n a <b>b </b> "))
    assert moved.text == "a b"
    assert moved.entities == ({"type": "bold", "offset": 2, "length": 1},)
    assert trim(read_html(" <b> a</b>")).text == " a"
    assert trim(Formatted(" \n ")).text == ""


def test_draws_safe_html() -> None:
    """Text is escaped, and only links with a safe scheme become links."""
    formatted = with_found(read_html('<b>&lt;script&gt;</b> <a href="https://a.dk/%22">"l"</a>'))
    assert render_html(formatted) == (
        "<b>&lt;script&gt;</b> "
        '<a href="https://a.dk/%22" target="_blank" rel="noopener noreferrer">&quot;l&quot;</a>'
    )
    evil = {"type": "text_link", "offset": 0, "length": 1, "url": "javascript:x"}
    assert render_html(Formatted("x", (evil,))) == "x"


def test_cuts_entities_that_overlap() -> None:
    """Crossing entities still yield well-formed HTML."""
    bold = {"type": "bold", "offset": 0, "length": 3}
    italic = {"type": "italic", "offset": 2, "length": 3}
    assert render_html(Formatted("abcdef", (bold, italic))) == "<b>ab<i>c</i></b>def"


@given(st.lists(PIECES | st.text(max_size=3), max_size=25).map("".join))
def test_never_crashes_and_never_leaves_the_text(source: str) -> None:
    """Any input is parsed or refused; entities lie in the text, and the HTML is balanced."""
    try:
        formatted = trim(read_html(source))
    except MarkupError:
        return
    length = utf16_length(formatted.text)
    for entity in formatted.entities:
        assert entity["offset"] >= 0
        assert entity["length"] > 0
        assert entity["offset"] + entity["length"] <= length
    drawn = render_html(with_found(formatted))
    tags = re.findall(r"<(/?)(\w+)", drawn)
    open_tags: list[str] = []
    for closing, name in tags:
        if closing:
            assert open_tags.pop() == name
        else:
            open_tags.append(name)
    assert not open_tags


@given(st.text())
def test_counts_utf16_as_python_encodes_it(text: str) -> None:
    """The length equals that of Python's UTF-16 encoding."""
    assert utf16_length(text) == len(text.encode("utf-16-le", "surrogatepass")) // 2


def test_a_date_entity() -> None:
    """A date has its Unix time, and a format where one is given; the page shows it as a time."""
    read = read_html('😀<tg-time unix="1806244200">kl. 16.30</tg-time>')
    (entity,) = read.entities
    assert entity == {"type": "date_time", "offset": 2, "length": 9, "unix_time": 1806244200}
    shown = '😀<time datetime="2027-03-28T14:30:00+00:00">kl. 16.30</time>'
    assert render_html(read) == shown
    (formatted,) = read_html('<tg-time unix="1" format="wDT">x</tg-time>').entities
    assert formatted["date_time_format"] == "wDT"
    assert [e["type"] for e in read_html('<b><tg-time unix="1">x</tg-time></b>').entities] == [
        "bold",
        "date_time",
    ]


@pytest.mark.parametrize(
    "source",
    [
        "<tg-time>x</tg-time>",
        '<tg-time unix="">x</tg-time>',
        '<tg-time unix="tomorrow">x</tg-time>',
        '<tg-time unix="-1">x</tg-time>',
        '<tg-time unix="12345678901">x</tg-time>',
        '<tg-time unix="1" format="x">x</tg-time>',
        '<tg-time unix="1"></tg-time>',
    ],
)
def test_a_date_that_is_none(source: str) -> None:
    """A date without a time, with a wrong format or without text is refused."""
    with pytest.raises(MarkupError):
        read_html(source)
