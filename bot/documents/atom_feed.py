"""Atom feeds (RFC 4287): a list of pages that feed readers and other sites follow."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, tostring

MIME = "application/atom+xml"
NAMESPACE = "http://www.w3.org/2005/Atom"
# The time of a feed without entries, which must have one.
BEFORE_ALL = datetime.fromisoformat("2026-01-01T00:00:00+00:00")
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
# Characters that XML 1.0 does not allow, not even escaped.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class AtomEntry:
    """One page of a feed; its *address* is also its id, which never changes."""

    address: str
    title: str
    summary: str
    updated: datetime
    language: str
    topics: Sequence[str] = ()
    title_language: str = ""  # that of the entry without it


@dataclass(frozen=True, slots=True)
class AtomFeed:
    """A feed: *address* is its own, *page* the page with the same content."""

    address: str
    page: str
    title: str
    author: str
    language: str
    updated: datetime
    entries: Sequence[AtomEntry]


def atom_feed(feed: AtomFeed) -> bytes:
    """Return a feed as a file."""
    root = Element("feed", {"xmlns": NAMESPACE, LANGUAGE: feed.language})
    _add(root, "id", feed.address)
    _add(root, "title", feed.title)
    _add(root, "updated", _instant(feed.updated))
    _add(_add(root, "author"), "name", feed.author)
    _add(root, "link", rel="self", type=MIME, href=feed.address)
    _add(root, "link", rel="alternate", type="text/html", href=feed.page)
    for one in feed.entries:
        entry = _add(root, "entry", **{LANGUAGE: one.language})
        _add(entry, "id", one.address)
        title = _add(entry, "title", one.title)
        if one.title_language:
            title.set(LANGUAGE, one.title_language)
        _add(entry, "updated", _instant(one.updated))
        _add(entry, "link", rel="alternate", type="text/html", href=one.address)
        for topic in one.topics:
            _add(entry, "category", term=topic)
        _add(entry, "summary", one.summary)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _add(parent: Element, name: str, text: str = "", **attributes: str) -> Element:
    """Add an element with text and attributes, without characters that XML does not allow."""
    allowed = {key: _NOT_XML.sub("", value) for key, value in attributes.items()}
    made = SubElement(parent, name, allowed)
    made.text = _NOT_XML.sub("", text) or None
    return made


def _instant(at: datetime) -> str:
    """Return an instant as RFC 3339 writes it."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
