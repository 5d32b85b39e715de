"""Lists of cases: rows, filters, pages and search."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest
from console_browser import Browser, employ
from furnished import furnish

from bot.model.case import Case, CaseMessage, CaseState, DeliveryState, MessageKind
from bot.model.caselist import MOST_COUNTED, PAGE, CaseList
from bot.model.staff import Role, Staff
from bot.store.store import Store
from bot.testing import START

_ROW = re.compile(r'href="/console/cases/(\d+)">')
_NEXT = re.compile(r'href="/console/([^"]*)" rel="next"')
_PREVIOUS = re.compile(r'href="/console/([^"]*)" rel="prev"')


@pytest.fixture
async def mette(town: Store) -> Staff:
    """Add Mette to the staff."""
    return await employ(town)


@pytest.fixture
async def listed_cases(town: Store, mette: Staff) -> list[Case]:
    """Add cases of every kind for Mette."""
    return await furnish(town, mette)


@pytest.fixture
async def staff(browser: Browser, mette: Staff) -> Browser:
    """Sign Mette in."""
    return await browser.sign_in(mette)


def numbers(page: str) -> list[int]:
    """Return the numbers of the cases on a page, in its order."""
    return [int(number) for number in _ROW.findall(page)]


def said(page: str) -> str:
    """Return a page's text without tags, on one line."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page)).split())


def row(page: str, number: int) -> str:
    """Return the text of one case's row."""
    rows = re.findall(r"<li[^>]*>\s*<p class=\"mail-who\">.*?</li>", page, re.DOTALL)
    return said(next(one for one in rows if f"cases/{number}" in one))


async def test_the_first_page_is_ones_own_cases(staff: Browser, listed_cases: list[Case]) -> None:
    """After sign-in, staff see their own cases, the earliest due date first."""
    assert (await staff.get("")).headers["Location"] == "/console/cases"
    page = await staff.read("cases")
    assert numbers(page) == [1002, 1010, 1001, 1003, 1004, 1005]
    assert [case.number for case in listed_cases if case.live and case.owner_id] == sorted(
        numbers(page)
    )


@pytest.mark.parametrize(
    ("which", "found"),
    [
        (CaseList.UNASSIGNED, [1008, 1006, 1009, 1007]),
        (CaseList.DUE_TODAY, [1001]),
        (CaseList.OVERDUE, [1002, 1008]),
        (CaseList.WAITING, [1010]),
        (CaseList.ANSWERED, [1011]),
        (CaseList.ALL, list(range(1012, 1000, -1))),
    ],
)
@pytest.mark.usefixtures("listed_cases")
async def test_every_list(staff: Browser, which: CaseList, found: list[int]) -> None:
    """Each list has its cases. The sidebar shows its count and marks it as current."""
    page = await staff.read(f"cases/{which}")
    assert numbers(page) == found
    here = re.findall(r'<a href="/console/([^"]*)" aria-current="page">(.*?)</a>', page)
    assert [place for place, _words in here] == [f"cases/{which}"]
    counted = "" if which is CaseList.ALL else f" {len(found)}"
    assert said(here[0][1]).endswith(counted)


@pytest.mark.usefixtures("listed_cases")
async def test_a_row_says_it_all(staff: Browser) -> None:
    """A row says in words the citizen, title, state, owner, date and news."""
    page = await staff.read("cases/all")
    assert row(page, 1001) == (
        "Samira KS-1001 Lygten er slukket på Strandvejen 12 I gang Veje og stier Sandholm Havn "
        "Ligger hos Mette Svar senest mandag d. 23. november Frist i dag"
    )
    late = row(page, 1002)
    assert "Ulæst" in late
    assert late.endswith("Svar senest fredag d. 20. november 1 hverdag for sent")
    angry = row(page, 1003)
    assert "Stærke følelser Høje forventninger" in angry
    assert angry.endswith("1 hverdag tilbage Ring senest i dag kl. 15")
    assert "English" in row(page, 1004)
    assert "Ringede til os Ingen endnu" in row(page, 1008)
    assert row(page, 1009).startswith("Uden navn")
    assert row(page, 1010).endswith("Uret står stille")
    assert row(page, 1012).endswith("Modtaget 17. november 2026")


@pytest.mark.usefixtures("listed_cases")
async def test_in_english(town: Store, browser: Browser) -> None:
    """An English reader gets the lists in English."""
    await browser.sign_in(await employ(town, Role.LEADER, language="en"))
    page = await browser.read("cases/all")
    assert "Answer by Friday 20 November 1 working day late" in row(page, 1002)
    assert said(await browser.read("cases")).count("4 cases have nobody yet") == 1


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?kind=report", [1011, 1006, 1002]),
        ("?kind=report&state=new", [1006]),
        ("?theme=roads", [1002, 1001]),
        ("?area=sandholm&theme=roads", [1001]),
        ("?mark=strong_feelings", [1003]),
        ("?mark=big_demands", []),
        ("?state=resolved&kind=&theme=&area=&mark=", [1012]),
        ("?kind=nonsense&theme=%3Cb%3E&state=", list(range(1012, 1000, -1))),
    ],
)
@pytest.mark.usefixtures("listed_cases")
async def test_narrowed(staff: Browser, query: str, found: list[int]) -> None:
    """A form without a script filters a list. Unknown values filter nothing."""
    page = await staff.read(f"cases/all{query}")
    assert numbers(page) == found
    if not found:
        assert "Ingen sag på listen passer." in page


async def test_pages_while_cases_come_and_go(
    town: Store, mette: Staff, staff: Browser, listed_cases: list[Case]
) -> None:
    """Paging shows a lasting case exactly once while others open and close."""
    made = await pile(town, listed_cases[0], 3 * PAGE)
    stay, go = set(made[::2]), [one for one in made[1::2] if one % 3 == 0]
    met: list[int] = []
    path: str | None = "cases"
    while path is not None:
        page = await staff.read(path)
        met += numbers(page)
        async with town.unit() as unit:
            for number in [go.pop() for _n in range(4) if go]:
                case = await unit.cases.by_number(number)
                assert case is not None
                await unit.cases.change(case, state=CaseState.CLOSED)
        await pile(town, replace(listed_cases[0], due_on=START.date() - timedelta(days=30)), 3)
        found = _NEXT.search(page)
        path = unescape(found[1]) if found else None
    assert len(met) == len(set(met))
    assert stay <= set(met)
    assert mette.id == listed_cases[0].owner_id


async def test_there_and_back(town: Store, staff: Browser, listed_cases: list[Case]) -> None:
    """The link to the previous page returns to the same page, with the same filter."""
    await pile(town, listed_cases[0], PAGE)
    first = await staff.read("cases/all?theme=roads")
    onwards = _NEXT.search(first)
    assert onwards is not None
    assert _PREVIOUS.search(first) is None
    second = await staff.read(unescape(onwards[1]))
    assert numbers(second) == [1002, 1001]
    back = _PREVIOUS.search(second)
    assert back is not None
    assert numbers(await staff.read(unescape(back[1]))) == numbers(first)


async def pile(town: Store, like: Case, count: int) -> list[int]:
    """Add cases like *like* with different due dates. Return their numbers."""
    async with town.unit() as unit:
        return [
            (await unit.cases.add(replace(like, due_on=like.due_on + timedelta(days=n % 7)))).number
            for n in range(count)
        ]


async def test_counts_end_where_nobody_reads_on(
    town: Store, staff: Browser, listed_cases: list[Case]
) -> None:
    """The sidebar's count stops at 999+."""
    await pile(town, listed_cases[0], MOST_COUNTED)
    assert "Mine sager 999+" in said(await staff.read("account"))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("lygten", [1001]),
        ("LYGTER strandvej", [1001]),
        ("vejen skole", [1002]),
        ("gaard", [1006]),
        ("hj", [1003]),
        ("mor hverdag", [1003]),
        ("hvalros", []),
        ("vejen hvalros", []),
        ("12", [1001]),
    ],
)
@pytest.mark.usefixtures("listed_cases")
async def test_search(staff: Browser, query: str, found: list[int]) -> None:
    """A search needs every word in any inflection. The last word may be a prefix."""
    page = await staff.read(f"search?q={query}")
    assert numbers(page) == found
    assert f'value="{query}"' in page
    if not found:
        assert "Det har ingen skrevet." in page


@pytest.mark.usefixtures("listed_cases")
async def test_search_is_narrowed_and_shows_notes(town: Store, staff: Browser) -> None:
    """The search finds internal notes, and filters apply to it."""
    async with town.unit() as unit:
        for case_id in (1, 2):
            note = CaseMessage(
                0, case_id, MessageKind.NOTE, None, "Mette", "Hegn", 1, DeliveryState.KEPT, START
            )
            await unit.threads.say(note)
    assert numbers(await staff.read("search?q=hegnet")) == [1002, 1001]
    assert numbers(await staff.read("search?q=hegnet&kind=report")) == [1002]


@pytest.mark.usefixtures("listed_cases")
async def test_a_number_leads_to_its_case(staff: Browser) -> None:
    """A number, with or without the town's prefix, redirects to its case."""
    plain = ("1002", "KS-1002", "ks 1002", "KS1002", "%20KS-1002%20", "%23KS-1002", "(KS-1002)")
    for query in (*plain, "sag 1002", "Sagsnummer: KS-1002", "KS%E2%80%931002"):
        assert (await staff.get(f"search?q={query}")).headers["Location"] == "/console/cases/1002"
    for query in ("KS-9999", "1", "0", "999999999999"):
        assert "Der er ingen sag KS-" in said(await staff.read(f"search?q={query}"))
    assert numbers(await staff.read("search?q=XY-1002")) == []
    assert "Skriv ovenfor" in await staff.read("search?q=")


@pytest.mark.usefixtures("listed_cases")
async def test_what_people_write_is_inert(town: Store, staff: Browser) -> None:
    """Titles, names and search words are escaped."""
    evil = '"><script>alert(1)</script>'
    async with town.unit() as unit:
        case = await unit.cases.get(1)
        assert case is not None
        await unit.cases.change(case, title=evil, asker_name=f"<img src=x>{evil}"[:80])
        asked = CaseMessage(0, 1, MessageKind.ASKED, None, evil, evil, 1, DeliveryState.KEPT, START)
        await unit.threads.say(asked)
    for path in ("cases", "cases/all", "search?q=alert", "search?q=%22%3E%3Cscript%3Ealert(1)"):
        page = await staff.read(path)
        assert "<script>" not in page
        assert "<img src=x" not in page
        assert "&lt;script&gt;" in page


async def test_empty_lists_are_kind(staff: Browser) -> None:
    """An empty list says so."""
    for which in CaseList:
        page = await staff.read("cases" if which is CaseList.MINE else f"cases/{which}")
        assert numbers(page) == []
        assert 'class="empty"' in page


async def test_who_sees_cases(town: Store, browser: Browser, listed_cases: list[Case]) -> None:
    """A user without a role has no lists, search or alerts. A leader has all of them."""
    ane = await browser.sign_in(await employ(town, Role.NONE))
    assert (await ane.get("")).headers["Location"] == "/console/account"
    page = await ane.read("account")
    assert not {"cases", "search", "alerts", "tasks"} & set(re.findall(r"/console/(\w+)", page))
    for path in ("cases", "cases/all", "search?q=lygten", "tasks", "alerts", "cases/new"):
        assert (await ane.get(path)).status == 403
    async with browser.another() as other:
        await other.sign_in(await employ(town, Role.LEADER))
        assert len(numbers(await other.read("cases/all"))) == len(listed_cases)


async def test_a_script_gets_no_frame_it_does_not_use(staff: Browser) -> None:
    """A script can fetch a list without the whole page."""
    assert "Mine sager" in said(await staff.read("account"))
    fetched = await staff.get("cases/unassigned", Sec_Fetch_Dest="empty", Sec_Fetch_Mode="cors")
    assert fetched.status == 200


async def test_the_first_load_is_light(
    town: Store, staff: Browser, listed_cases: list[Case]
) -> None:
    """A full list with its scripts and styles is below 100 kB uncompressed."""
    long = replace(
        listed_cases[2], title="Hvornår får min mor svar på sit brev om hjælp " + "x" * 34
    )
    await pile(town, long, PAGE)
    page = await staff.read("cases")
    assert len(numbers(page)) == PAGE
    loaded = len(page.encode())
    for path in set(re.findall(r'"/console/(static/[^"]*\.(?:css|js)\?[^"]*)"', page)):
        loaded += len(await staff.read(path))
    assert loaded < 100_000
