"""The page of events: newest first, filtered by case, actor and verb, in pages."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from console_browser import Browser, employ
from sqlalchemy import update

from bot.console.audit_labels import VERBS
from bot.console.pages.audit import ON_A_PAGE
from bot.i18n import render
from bot.model.case import id_of_number
from bot.model.staff import Role
from bot.scheduler import seal
from bot.store.events import CITIZEN, CLOCK, by_staff
from bot.store.store import Store
from bot.store.tables import event

ROOT = Path(__file__).parents[2]
_ACT = re.compile(r"<li>\s*<p><b>(.*?)</p>", re.DOTALL)


@pytest.fixture
async def leader(town: Store, browser: Browser) -> Browser:
    """Sign a leader in."""
    return await browser.sign_in(await employ(town, Role.LEADER))


def acts(page: str) -> list[str]:
    """Return the events on a page, as the reader sees them."""
    return [" ".join(re.sub(r"<[^>]*>", "", found).split()) for found in _ACT.findall(page)]


async def test_newest_first(town: Store, leader: Browser) -> None:
    """An event shows its actor, act, subject, states, case and reason."""
    mette = await employ(town)
    async with town.unit() as unit:
        by = by_staff(mette.id)
        await unit.events.add(CITIZEN, "wrote", case_id=id_of_number(1042))
        await unit.events.add(CLOCK, "closed", case_id=id_of_number(1042), reason="Intet <svar>")
        await unit.events.add(by, "staff_changed", moved=("staff", "leader"), staff=mette.id)
        await unit.events.add("staff:999", "staff_disabled", staff=mette.id)
    assert acts(await leader.read("audit")) == [
        "En, der ikke længere arbejder her lukkede en person ude: Mette",
        "Mette ændrede oplysninger om en person (Medarbejder → Leder)",
        "Uret lukkede sagen KS-1042 Intet &lt;svar&gt;",
        "En borger skrev KS-1042",
        "Lone loggede ind",
    ]


async def test_only_some(town: Store, leader: Browser) -> None:
    """Events are filtered by case, actor or verb. An unreadable filter is named and ignored."""
    async with town.unit() as unit:
        for number in (1042, 1043):
            await unit.events.add(CITIZEN, "wrote", case_id=id_of_number(number))
    for number in ("KS-1042", "ks 1042", "1042", " KS-1042 "):
        assert acts(await leader.read(f"audit?case={number}")) == ["En borger skrev KS-1042"]
    assert len(acts(await leader.read("audit?actor=citizen"))) == 2
    assert acts(await leader.read("audit?actor=staff:1")) == ["Lone loggede ind"]
    assert acts(await leader.read("audit?case=1042&actor=clock")) == []
    assert "Der er ikke sket noget af den slags." in await leader.read("audit?case=99999999")
    assert len(acts(await leader.read("audit?verb=signed_in"))) == 1
    assert acts(await leader.read("audit?verb=staff_added")) == []
    assert len(acts(await leader.read("audit?verb=nonsense"))) == 3
    odd = await leader.read("audit?case=abc&actor=nobody&before=x")
    assert "Skriv et nummer som KS-1042." in odd
    assert len(acts(odd)) == 3


async def test_an_answer_is_named(town: Store, leader: Browser) -> None:
    """An event about the FAQ links to its entry."""
    async with town.unit() as unit:
        await unit.events.add(by_staff(1), "faq_changed", faq="F2", version=2)
    assert acts(await leader.read("audit?verb=faq_changed")) == ["Lone ændrede et svar F2"]
    assert 'href="/console/faq/F2"' in await leader.read("audit")


async def test_page_by_page(town: Store, leader: Browser) -> None:
    """The next page keeps the filter, and a new event shifts no rows."""
    async with town.unit() as unit:
        for n in range(ON_A_PAGE + 3):
            await unit.events.add(CLOCK, f"tick{n}")
    first = await leader.read("audit?actor=clock")
    assert len(acts(first)) == ON_A_PAGE
    (older,) = re.findall(r'href="/console/(audit[^"]*before=\d+[^"]*)"', first)
    assert "actor=clock" in older
    async with town.unit() as unit:
        await unit.events.add(CLOCK, "tock")
    rest = await leader.read(older.replace("&amp;", "&"))
    assert acts(rest) == ["Uret tick2", "Uret tick1", "Uret tick0"]
    assert 'href="/console/audit?actor=clock"' in rest


async def test_the_chain(town: Store, leader: Browser) -> None:
    """The page says since when the hash chain is unbroken, or where it is broken."""
    assert "Kæden" not in await leader.read("audit")
    await seal(town)
    assert "Kæden er ubrudt siden i dag kl. 10." in await leader.read("audit")
    async with town.unit() as unit:
        first = (await unit.events.newest(1))[0].id
        await unit.connection.execute(update(event).values(verb="nothing"))
        await unit.facts.set("chain", None)
    await seal(town)
    page = await leader.read("audit")
    assert f"Kæden er brudt ved nr. {first}" in page
    assert 'role="alert"' in page


def noted_verbs(module: Path) -> set[str]:
    """Return the verbs of the events that a module adds."""
    calls = [n for n in ast.walk(ast.parse(module.read_text())) if isinstance(n, ast.Call)]
    return {
        str(verb.value)
        for call in calls
        if ast.unparse(call.func).endswith(".events.add")
        and isinstance(verb := call.args[1], ast.Constant)
    }


def test_every_verb_has_a_name() -> None:
    """Each verb that a service records has a label in both languages."""
    services = list((ROOT / "bot/service").rglob("*.py"))
    noted = set().union(*map(noted_verbs, services))
    assert len(noted) > 40
    source = (ROOT / "bot/service/faq_editing.py").read_text()
    noted |= set(re.findall(r'"((?:faq|missed)_\w+)"', source))
    assert noted <= set(VERBS)
    for words in VERBS.values():
        assert render(words, "da") != render(words, "en")
