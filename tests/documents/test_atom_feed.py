"""Atom feeds: valid XML, with any characters in the titles."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from bot.documents.atom_feed import NAMESPACE, AtomEntry, AtomFeed, atom_feed

AT = datetime(2026, 12, 1, 9, tzinfo=timezone(timedelta(hours=1)))
ATOM = f"{{{NAMESPACE}}}"


def read(feed: AtomFeed) -> ET.Element:
    """Return a feed as an XML parser reads it."""
    return ET.fromstring(atom_feed(feed))  # noqa: S314 - our own feed


@given(st.text(st.characters()))
def test_any_text(text: str) -> None:
    """Markup in a text stays text, and characters that XML forbids are left out."""
    entry = AtomEntry("https://x.example/1", text, text, AT, "da", [text])
    feed = AtomFeed("https://x.example/a", "https://x.example/", text, text, "en", AT, [entry])
    root = read(feed)
    found = root.find(f"{ATOM}entry")
    assert found is not None
    summary = found.findtext(f"{ATOM}summary") or ""
    plain = "".join(one for one in text if one.isprintable())
    assert "".join(one for one in summary if one.isprintable()) == plain
    assert len(list(found)) == 6


def test_times_and_languages() -> None:
    """Times are in UTC, and each entry says its own language."""
    entry = AtomEntry("https://x.example/1", "Æblehøst & <saft>", "Kom", AT, "da")
    feed = AtomFeed("https://x.example/a", "https://x.example/", "T", "A", "en", AT, [entry])
    root = read(feed)
    found = root.find(f"{ATOM}entry")
    assert found is not None
    assert found.findtext(f"{ATOM}title") == "Æblehøst & <saft>"
    assert found.findtext(f"{ATOM}updated") == "2026-12-01T08:00:00Z"
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    assert (root.get(lang), found.get(lang)) == ("en", "da")
