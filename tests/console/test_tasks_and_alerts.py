"""Tasks, alerts, and cases of citizens who call or come to the counter."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from html import unescape
from itertools import chain
from pathlib import Path

import pytest
from console_browser import Browser, employ
from furnished import furnish

from bot.console.list_labels import ALERTS, OTHER_TASK, TASKS, task_labels
from bot.model.case import Case, CaseKind, CaseState
from bot.model.staff import Role, Staff
from bot.store.alerts import about_case
from bot.store.store import Store

CALLS = 2  # promised calls in the cases that `furnish` adds
ROOT = Path(__file__).parents[2]


@pytest.fixture
async def mette(town: Store) -> Staff:
    """Add Mette to the staff."""
    return await employ(town)


@pytest.fixture
async def listed_cases(town: Store, mette: Staff) -> list[Case]:
    """Add cases, tasks and alerts for Mette."""
    return await furnish(town, mette)


@pytest.fixture
async def staff(browser: Browser, mette: Staff) -> Browser:
    """Sign Mette in."""
    return await browser.sign_in(mette)


def said(page: str) -> str:
    """Return a page's text without tags, on one line."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page)).split())


def calls(noun: str, verb: str, place: int) -> Iterator[str]:
    """Yield argument *place* of each call of ``unit.<noun>.<verb>`` in the bot's source."""
    for file in (ROOT / "bot").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            match node:
                case ast.Call(
                    func=ast.Attribute(value=ast.Attribute(attr=owner), attr=name), args=args
                ) if (owner, name) == (noun, verb) and len(args) > place:
                    kind = args[place]
                    assert isinstance(kind, ast.Constant), f"{file.name} hides what it says"
                    yield str(kind.value)


CALLERS_SAY = {
    "campaigns.py",
    "contacts.py",
    "invitations.py",
    "requests.py",
}  # the callers of its function say the kind


def functions(called: str, place: int) -> Iterator[str]:
    """Yield argument *place* of each call of a function in the bot's source."""
    for file in (ROOT / "bot").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            match node:
                case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=args) if (
                    name == called and len(args) > place
                ):
                    kind = args[place]
                    if called == "alert_staff" and file.name in CALLERS_SAY:
                        if isinstance(kind, ast.Constant):
                            yield str(kind.value)
                        continue
                    assert isinstance(kind, ast.Constant), f"{file.name} hides what it says"
                    yield str(kind.value)


def test_every_alert_and_task_has_words() -> None:
    """Each kind of alert and task has a label, and no label is unused."""
    told = (
        functions("tell_contacts", 2),
        functions("_tell_who_asks", 2),
        functions("tell_owner", 2),
        functions("ask_approval", 2),
    )
    alerts = {*functions("alert_staff", 3), *chain.from_iterable(told)}
    assert alerts == set(ALERTS)
    assert set(calls("tasks", "add", 0)) == set(TASKS)
    assert task_labels("of another version") == OTHER_TASK


@pytest.mark.usefixtures("listed_cases")
async def test_tasks(town: Store, staff: Browser) -> None:
    """Danger comes first. A task links to the citizen's case, and is finished once."""
    page = await staff.read("tasks")
    first, *calls, last = map(said, re.findall(r"<h2>(.*?)</h2>", page))
    assert first == "Nogen kan være i fare"
    assert len(calls) == CALLS
    assert all(call.startswith("Ring ") for call in calls)
    assert last == "Robotten kunne ikke komme videre"
    assert "Samira skrev ord, der tyder på fare" in page
    assert "/console/cases/1001" in page
    assert f"Gøremål {2 + CALLS}" in said(page)
    done = re.findall(r'action="/console/(tasks/\d+/done)"', page)
    for _twice in range(2):
        assert (await staff.post(done[0])).headers["Location"] == "/console/tasks"
    page = await staff.read("tasks")
    assert "Nogen kan være i fare" not in page
    assert f"Gøremål {1 + CALLS}" in said(page)
    async with town.reading() as unit:
        verbs = [event.verb for event in await unit.events.newest(20)]
    assert verbs.count("did_task") == 1
    await staff.post(done[1])
    assert "Robotten" not in await staff.read("tasks")


async def test_several_tasks_at_once(town: Store, staff: Browser) -> None:
    """Chosen tasks are marked as done together; a promised call cannot be chosen."""
    async with town.unit() as unit:
        for subject in ("a", "b", "c"):
            await unit.tasks.add("failed_turn", subject, None)
    ids = re.findall(r'name="id" value="(\d+)" form="bulk"', await staff.read("tasks"))
    assert len(ids) == 3
    asked = await staff.post("tasks/done", {"id": ids[:2], "next": "/console/tasks"})
    assert "Det er gjort: 2 valgte?" in said(await asked.text())
    await staff.post("tasks/done", {"id": ids[:2], "confirmed": "yes", "next": "/console/tasks"})
    page = await staff.read("tasks")
    assert re.findall(r'name="id" value="(\d+)"', page) == ids[2:]
    assert "2 rækker er klaret." in page
    await staff.post("tasks/done", {"id": ids[:2], "confirmed": "yes", "next": "/console/tasks"})
    assert "En anden har allerede klaret det." in await staff.read("tasks")
    await staff.post("tasks/done", {"id": ["888"], "next": "/console/tasks"})
    assert "De rækker er allerede klaret." in await staff.read("tasks")
    async with town.reading() as unit:
        assert [event.verb for event in await unit.events.newest(2)] == ["did_task", "did_task"]


async def test_a_task_about_somebody_unknown(town: Store, staff: Browser) -> None:
    """A task about a citizen without name or case is shown without an error."""
    async with town.unit() as unit:
        await unit.tasks.add("danger", "telegram:7", None)
    page = await staff.read("tasks")
    assert "en borger skrev ord" in page
    assert "Borgeren har ingen sag" in page


@pytest.mark.usefixtures("listed_cases")
async def test_alerts_are_seen_by_looking(town: Store, mette: Staff, staff: Browser) -> None:
    """The badge counts unseen alerts. The list is newest first and links to the cases."""
    assert "Notifikationer 3" in said(await staff.read("account"))
    ahead = await staff.get("alerts", Sec_Purpose="prefetch;prerender")
    assert ahead.status == 503
    page = await staff.read("alerts")
    assert re.findall(r'href="/console/cases/(\d+)"', page) == ["1006", "1003", "1002"]
    assert said(page).count(" Ny ") == 3
    assert "Borgeren har skrevet" in page
    async with town.reading() as unit:
        assert await unit.alerts.unseen(mette.id) == 0
    again = await staff.read("alerts")
    assert " Ny " not in said(again)
    assert "Notifikationer 3" not in said(again)


async def test_another_persons_bell_is_not_mine(
    town: Store, browser: Browser, listed_cases: list[Case]
) -> None:
    """Staff see only their own alerts, and an empty list says so."""
    assert listed_cases
    lone = await browser.sign_in(await employ(town, Role.LEADER))
    assert "Du har ingen notifikationer." in await lone.read("alerts")


async def test_alerts_page_by_page(town: Store, mette: Staff, staff: Browser) -> None:
    """Older alerts are on further pages, each once."""
    listed_cases = await furnish(town, mette)
    async with town.unit() as unit:
        for n in range(60):
            await unit.alerts.add([mette.id], about_case(listed_cases[n % 12].id), "wrote", str(n))
    first = await staff.read("alerts")
    older = re.search(r'href="/console/(alerts\?[^"]*)"', first)
    assert older is not None
    pages = [first, await staff.read(unescape(older[1]))]
    assert [page.count("</li>") - page.count("/console/cases") for page in pages]
    assert sum(len(re.findall(r'class="number"', page)) for page in pages) == 63


async def test_a_case_for_one_who_rang(town: Store, staff: Browser) -> None:
    """A case by phone gets a number, a contact and a date to read aloud (HR-27)."""
    form = {
        "source": "phone",
        "name": "Vagn",
        "phone": "00 00 20 00",
        "kind": "report",
        "theme": "roads",
        "area": "tangoe",
        "words": "Der er et stort hul ved færgen",
    }
    assert "Opret en sag" in await staff.read("cases/new")
    entered = await staff.post("cases/new", form)
    assert entered.headers["Location"] == "/console/cases/new?entered=1001"
    page = said(await staff.read("cases/new?entered=1001"))
    assert "KS-1001 er oprettet" in page
    assert (
        "Dit sagsnummer er KS-1001. Jonas i Natur svarer senest mandag d. 30. november. Tager det "
        "længere tid, hører du fra os før den dag."
    ) in page
    async with town.reading() as unit:
        case = await unit.cases.get(1)
    assert case is not None
    assert (case.source, case.kind, case.area) == ("phone", CaseKind.REPORT, "tangoe")
    assert (case.state, case.asker_name, case.asker_phone) == (CaseState.NEW, "Vagn", "00 00 20 00")
    assert case.title == "Der er et stort hul ved færgen"


async def test_read_aloud_by_an_english_reader(town: Store, browser: Browser) -> None:
    """The text to read aloud is in the citizen's language, with a translation."""
    await browser.sign_in(await employ(town, language="en"))
    form = {"source": "counter", "kind": "call", "words": "Ring til mig", "theme": "nonsense"}
    await browser.post("cases/new", form)
    page = await browser.read("cases/new?entered=1001")
    assert '<blockquote class="aloud" lang="da">Dit sagsnummer er KS-1001.' in page
    assert "It says: Your case number is KS-1001. Mette in Borgerservice rings you" in said(page)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"words": " "}, "Skriv noget først."),
        ({"words": "Mit nummer er 170461-5007"}, "Der står et CPR-nummer i teksten."),
        ({"name": "x" * 81}, "Navnet eller nummeret er for langt."),
        ({"phone": "1" * 41}, "Navnet eller nummeret er for langt."),
        ({"source": "telegram"}, "Skriv, om borgeren ringede eller kom forbi"),
        ({"kind": "nonsense"}, "Skriv, om borgeren ringede eller kom forbi"),
    ],
)
async def test_a_refused_form_is_kept(
    town: Store, staff: Browser, changed: dict[str, str], why: str
) -> None:
    """A refused form shows the reason and keeps the input."""
    form = {"source": "counter", "name": "Vagn", "kind": "question", "words": "Hul", "area": "nix"}
    refused = await staff.post("cases/new", form | changed)
    page = await refused.text()
    assert refused.status == 422
    assert why in page
    assert f'value="{(form | changed)["name"]}"' in page
    async with town.reading() as unit:
        assert await unit.cases.get(1) is None


async def test_nothing_was_entered(staff: Browser) -> None:
    """An address that names no case shows the form."""
    for written in ("1001", "", "x", "٤٢", "9" * 30):
        assert "Opret sagen" in await staff.read(f"cases/new?entered={written}")
