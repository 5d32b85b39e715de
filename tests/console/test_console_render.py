"""Values on a page: escaped once, and in the reader's language."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from markupsafe import Markup

from bot.console.browsers import browser_of
from bot.console.render import marked, marked_in, marked_plural, show_text, shower
from bot.console.times import when
from bot.i18n import Day, Text, render

ZONE = "Europe/Copenhagen"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def test_texts() -> None:
    """A text's tags stay, its values are escaped, and quotes do not end an attribute."""
    text = marked('"Hi", <b>{who}</b>', who='<i>"A&B"</i>')
    said = show_text(text, "en", ZONE)
    assert isinstance(said, Markup)
    assert said == "&#34;Hi&#34;, <b>&lt;i&gt;&#34;A&amp;B&#34;&lt;/i&gt;</b>"
    link = show_text(Text('See <a href="{to}">here</a>', {"to": "x"}), "en", ZONE)
    assert link == 'See <a href="x">here</a>'


@pytest.mark.parametrize(
    ("value", "danish", "english"),
    [
        (None, "", ""),
        (7, 7, 7),
        ("<b>", "<b>", "<b>"),
        (date(2026, 12, 3), "torsdag d. 3. december", "Thursday 3 December"),
        (NOW, "mandag d. 23. november kl. 10", "Monday 23 November 10:00"),
        (time(16, 30), "kl. 16.30", "16:30"),
        (Day(date(2026, 11, 1)), "1. november 2026", "1 November 2026"),
    ],
)
def test_values(value: object, danish: object, english: object) -> None:
    """Times are shown in the town's time zone and the reader's language. Other values stay."""
    assert shower("da", ZONE)(value) == danish
    assert shower("en", ZONE)(value) == english


@pytest.mark.parametrize(
    ("ago", "danish", "english"),
    [
        (timedelta(), "i dag kl. 10", "today 10:00"),
        (timedelta(hours=10), "i dag kl. 0", "today 00:00"),
        (timedelta(hours=11), "i går kl. 23", "yesterday 23:00"),
        (timedelta(hours=-20), "i morgen kl. 6", "tomorrow 06:00"),
        (timedelta(days=3), "fredag d. 20. november kl. 10", "Friday 20 November 10:00"),
        (timedelta(days=400), "19. oktober 2025 kl. 11", "19 October 2025 11:00"),
    ],
)
def test_near_times_are_short(ago: timedelta, danish: str, english: str) -> None:
    """Times of yesterday, today and tomorrow use these words. Times long ago show the year."""
    said = when(NOW - ago, NOW, zone=ZONE)
    assert (shower("da", ZONE)(said), shower("en", ZONE)(said)) == (danish, english)


def test_marks_of_templates() -> None:
    """The functions for marking texts in templates build the same texts as the code."""
    assert marked("A {x}", x=1) == Text("A {x}", {"x": 1})
    assert marked_in("staff", "State") == Text("State", context="staff")
    plural = marked_plural("{n} case", "{n} cases", "n", n=2)
    assert render(plural, "en") == "2 cases"


@pytest.mark.parametrize(
    ("about", "named"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge on Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko Firefox/132.0", "Firefox on Linux"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X) Version/18 Safari/605", "Safari on Mac"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/130.0 Mobile Safari/537", "Chrome on Android"),
        ("curl/8.0 <script>", "A browser we do not know"),
        ("", "A browser we do not know"),
    ],
)
def test_browsers(about: str, named: str) -> None:
    """A user agent is shown under the browser's and system's common names."""
    assert render(browser_of(about), "en") == named
