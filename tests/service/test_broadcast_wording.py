"""The checks of what news says: private people, and days that are wrong or differ (HR-2, HR-4)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from broadcast_town import EVERYONE
from reminder_town import local

from bot.i18n import render
from bot.model.broadcast import WARNINGS, Broadcast
from bot.service.broadcasts.checks import Fault, faults_of, refused_by
from bot.store.store import Store
from bot.store.unit import Unit
from bot.testing import Chat

WEEKLY = {"unit": "week", "starts_on": "2026-12-04", "at": "15:00", "weekdays": [4]}
NEWS = Broadcast(1, "Engen", {"da": "Kom og se."}, "nature", EVERYONE)


@pytest.fixture
async def unit(tmp_path: object) -> AsyncIterator[Unit]:
    """Return a unit of work in a town, on Monday 23 November 2026 at 10."""
    chat = Chat(f"sqlite+aiosqlite:///{tmp_path}/news.sqlite", restarts=False)
    store: Store
    store, bot = await chat.open()
    async with store.reading() as opened:
        yield opened
    await bot.close()
    await store.close()


def said(faults: list[Fault]) -> list[str]:
    """Return the words of faults with their reasons."""
    return [f"{one.words}: {render(one.why, 'da', escape=str)}" for one in faults]


def found(unit: Unit, text: str, **fields: object) -> list[Fault]:
    """Return the faults of a Danish text, apart from advice about other languages."""
    known = replace(NEWS, texts={"da": text}, **fields)  # type: ignore[arg-type]
    return [one for one in faults_of(unit, known) if "Der er ingen tekst" not in said([one])[0]]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Skriv til jens.hansen@example.dk.", "jens.hansen@example.dk"),
        ("Ring til Jens på 20 30 40 50.", "20 30 40 50"),
        ("Ring til Jens på 20304050.", "20304050"),
        ("Ring til Jens på +45 2030 4050.", "+45 2030 4050"),
        ("Ring til Jens på +46 70 123 45 67.", "+46 70 123 45 67"),
        ("Vi mødes hos Jens Hansen, Skolevej 3.", "Vi mødes hos Jens Hansen, Skolevej 3."),
        ("Jens Hansen bor Nørre Allé 12B.", "Jens Hansen bor Nørre Allé 12B."),
    ],
)
async def test_private_people(unit: Unit, text: str, words: str) -> None:
    """What everybody could reach a person by needs a leader's reason, in the text and elsewhere."""
    faults = [one for one in found(unit, text) if not one.hint]
    assert [one.words for one in faults] == [words]
    assert refused_by(faults, None) is not None
    assert refused_by(faults, "Jens har sagt ja") is None
    elsewhere = replace(NEWS, decider=text)
    assert [one.field for one in faults_of(unit, elsewhere) if not one.hint] == ["decider"]


@pytest.mark.parametrize(
    "text",
    [
        "Ring til kommunen på 00 00 10 00.",
        "Sagen er KS-1042, og byrådet mødes den 24.12.2026.",
        "Planen gælder 2026-2027 og koster 12.000.000 kr.",
        "Vi mødes på Klintsund Bibliotek, Skolevej 3.",
        "Kom til Rådhusvej 1 kl. 10.",
        "Læs mere på https://example.dk/12345678.",
    ],
)
async def test_what_is_not_private(unit: Unit, text: str) -> None:
    """The municipality's number, dates, sums and places of the town are no one's own."""
    assert said([one for one in found(unit, text) if not one.hint]) == []


@pytest.mark.parametrize(
    ("text", "words", "why"),
    [
        ("Kom mandag d. 5. december.", "mandag d. 5. december", "Ugedagen passer ikke"),
        ("Kom d. 31. februar.", "d. 31. februar", "findes ikke"),
        ("Kom lørdag d. 5. december kl. 25.", "25", "findes ikke"),
        ("Kom lørdag d. 5. december kl. 10.75.", "10.75", "findes ikke"),
    ],
)
async def test_impossible_days(unit: Unit, text: str, words: str, why: str) -> None:
    """A day that is none is refused unless a leader says why it stands."""
    faults = [one for one in found(unit, text) if not one.hint]
    assert [one.words for one in faults] == [words]
    assert why in said(faults)[0]
    assert refused_by(faults, None) is not None


@pytest.mark.parametrize(
    ("text", "words", "why"),
    [
        ("Kom i morgen.", "i morgen", "Skriv ugedag og dato"),
        ("Kom på lørdag.", "på lørdag", "Skriv ugedag og dato"),
        ("Kom om to uger.", "om to uger", "Skriv ugedag og dato"),
        ("Vi ses lørdag d. 21. november.", "lørdag d. 21. november", "er gået"),
        ("Vi ses d. 20. november.", "d. 20. november", "er gået"),
    ],
)
async def test_days_that_are_wrong_for_the_reader(
    unit: Unit, text: str, words: str, why: str
) -> None:
    """A day that depends on the day of reading, or has passed, is advice."""
    hints = [one for one in found(unit, text) if one.hint and one.words == words]
    assert len(hints) == 1
    assert why in said(hints)[0]


async def test_passed_when_it_is_sent(unit: Unit) -> None:
    """A day is compared with the day of sending; a fixed date in a series is advice."""
    text = "Kom lørdag d. 5. december."
    assert found(unit, text) == []
    late = found(unit, text, starts_at=local(12, 8, 10))
    assert "er gået" in said(late)[0]
    series = found(unit, text, rule=WEEKLY)
    assert "den samme hver gang" in said(series)[0]
    assert all(one.hint for one in (*late, *series))
    assert found(unit, "Vi mødes hver lørdag.", rule=WEEKLY) == []


@pytest.mark.parametrize(
    ("english", "why", "stops"),
    [
        ("Come on Saturday 5 December.", "", False),
        ("Come on Saturday.", "", False),
        ("Come on Sunday 6 December.", "nævner ikke de samme dage", True),
        ("Come along.", "Kun den ene tekst", False),
    ],
)
async def test_days_differ_by_language(unit: Unit, english: str, why: str, *, stops: bool) -> None:
    """Other days in English stop news and corrections; a missing one is advice."""
    texts = {"da": "Kom lørdag d. 5. december.", "en": english}
    faults = [one for one in faults_of(unit, replace(NEWS, texts=texts)) if not one.words]
    assert any(why in one for one in said(faults)) if why else not said(faults)
    assert (refused_by(faults, None) is not None) is stops


@pytest.mark.parametrize(
    ("address", "is_right"),
    [
        ("https://example.org/dagsorden?a=1", True),
        ("HTTP://example.org", True),
        ("http://[", False),
        ("https://ex\u2100.com", False),
        ("https://", False),
        ("https:foo", False),
        ("HTTPS://x y", False),
        ("javascript:alert(1)", False),
    ],
)
async def test_links(unit: Unit, address: str, *, is_right: bool) -> None:
    """A link to an agenda names a host of the web; no other stops the page of the draft."""
    faults = faults_of(unit, replace(NEWS, agenda_url=address))
    assert ("agenda_url" in {one.field for one in faults}) is not is_right


async def test_a_warning_is_sent_once(unit: Unit) -> None:
    """A warning about danger has no rule."""
    warning = replace(NEWS, topic=WARNINGS, is_warning=True, rule=WEEKLY)
    assert "sendes én gang" in " ".join(said(faults_of(unit, warning)))


async def test_labels_without_english(unit: Unit) -> None:
    """A button and an answer in Danish alone are named where the message is in English, too."""
    question = {"options": [{"key": "0", "labels": {"da": "Nej"}}], "own_words": False}
    button = {"opens": "intent", "value": "volunteer", "labels": {"da": "Ja", "en": ""}}
    known = replace(NEWS, buttons=(button,), question=question, decider="Byrådet")
    both = replace(known, texts={"da": "Kom og se.", "en": "Come and see."})
    wanted = [("buttons", "Ja"), ("question", "Nej")]
    assert [(one.field, one.words) for one in faults_of(unit, both) if one.words] == wanted
    assert [one for one in faults_of(unit, known) if one.words] == []
