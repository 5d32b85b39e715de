"""The feed of news by the rules of Atom (RFC 4287): what a feed reader needs and keeps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from test_news_pages import DANISH, ENGLISH, QUESTION, Visitor, answered, sent

from bot.documents.atom_feed import LANGUAGE, NAMESPACE
from bot.model.broadcast import BroadcastState
from bot.store.store import Store

ATOM = f"{{{NAMESPACE}}}"
ONCE = ("id", "title", "updated")  # RFC 4287, 4.1.1 and 4.1.2


async def read(visitor: Visitor, headers: Mapping[str, str] = DANISH) -> ET.Element:
    """Return the feed as a reader parses it; assert what every feed must have."""
    answer = await visitor.get("/public/nyheder.atom", headers=headers)
    assert answer.content_type == "application/atom+xml"
    root = ET.fromstring(await answer.read())  # noqa: S314 - our own feed
    assert root.tag == f"{ATOM}feed"
    assert {one.tag for one in root.iter()} <= {
        f"{ATOM}{name}"
        for name in (
            *("feed", "entry", "id", "title", "updated", "author", "name"),
            *("link", "category", "summary"),
        )
    }
    assert root.findtext(f"{ATOM}author/{ATOM}name")
    assert [one.get("rel") for one in root.findall(f"{ATOM}link")] == ["self", "alternate"]
    entries = root.findall(f"{ATOM}entry")
    for element in (root, *entries):
        for name in ONCE:
            (found,) = element.findall(f"{ATOM}{name}")
            assert found.text
        assert datetime.fromisoformat(element.findtext(f"{ATOM}updated", "")).tzinfo is not None
        assert urlsplit(element.findtext(f"{ATOM}id", "")).scheme == "https"
        for link in element.findall(f"{ATOM}link"):
            assert urlsplit(link.get("href", "")).netloc
    ids = [one.findtext(f"{ATOM}id") for one in entries]
    assert len(set(ids)) == len(ids)
    newest = max((one.findtext(f"{ATOM}updated", "") for one in entries), default=None)
    assert newest is None or root.findtext(f"{ATOM}updated") == newest
    return root


def updated(root: ET.Element) -> dict[str, str]:
    """Return when each entry was updated, by its id."""
    return {
        one.findtext(f"{ATOM}id", ""): one.findtext(f"{ATOM}updated", "")
        for one in root.findall(f"{ATOM}entry")
    }


async def test_an_empty_feed_is_valid(visitor: Visitor) -> None:
    """A feed without entries has its time, too."""
    assert (await read(visitor)).findall(f"{ATOM}entry") == []


async def test_ids_stay_and_times_move(town: Store, visitor: Visitor) -> None:
    """An entry keeps its id; its time moves with a correction and a closed dialogue, alone."""
    plain = await sent(town, "Stien & <broen>")
    dialogue = await sent(town, question=QUESTION, decider="Miljøudvalget")
    await answered(town, dialogue, 5, verdict="used", reasons={"da": "Ja."})
    before = updated(await read(visitor))
    of_plain, of_dialogue = (
        next(one for one in before if one.endswith(f"/{number}")) for number in (plain, dialogue)
    )
    async with town.unit() as unit:
        later = unit.now + timedelta(hours=2)
        await unit.broadcasts.change(plain, texts={"da": "Rettet."}, corrected_at=later)
    corrected = updated(await read(visitor))
    assert corrected.keys() == before.keys()
    assert corrected[of_plain] > before[of_plain]
    assert corrected[of_dialogue] == before[of_dialogue]
    async with town.unit() as unit:
        closed = {"state": BroadcastState.CLOSED, "ended_at": unit.now + timedelta(days=1)}
        await unit.broadcasts.change(dialogue, **closed)
    after = updated(await read(visitor))
    assert after.keys() == before.keys()
    assert after[of_dialogue] > corrected[of_dialogue]
    assert after[of_plain] == corrected[of_plain]
    assert updated(await read(visitor)) == after  # nothing moves by being read


async def test_languages_of_an_entry(town: Store, visitor: Visitor) -> None:
    """Ids are the same in both languages; a Danish title in an English entry says so."""
    await sent(town, question=QUESTION, decider="Miljøudvalget")
    danish, english = await read(visitor), await read(visitor, ENGLISH)
    assert updated(danish) == updated(english)
    (entry,) = english.findall(f"{ATOM}entry")
    title = entry.find(f"{ATOM}title")
    assert title is not None
    assert (entry.get(LANGUAGE), title.get(LANGUAGE)) == ("en", "da")
    assert "Miljøudvalget decides." in (entry.findtext(f"{ATOM}summary") or "")
    assert "<span" not in (entry.findtext(f"{ATOM}summary") or "")
