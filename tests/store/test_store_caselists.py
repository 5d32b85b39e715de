"""Lists of cases hold the right cases, page by page, on both databases."""

from __future__ import annotations

import itertools
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from case_rows import THEMES, asked, many_cases
from store_rows import AT

from bot.model.case import Case, CaseKind, CaseMark, CaseState
from bot.model.caselist import (
    MOST_COUNTED,
    CaseList,
    Counts,
    Edge,
    ListedCase,
    Narrow,
    Page,
    edge_of,
)
from bot.model.staff import Role, Staff
from bot.search.analysis import bare, with_letters, words
from bot.store.store import Store
from bot.store.threads import terms_of

TODAY = AT.date()
FITS = 20  # cases on a page of these tests
CaseTable = tuple[Store, list[Case], dict[int, str]]  # with the text of each case
Read = Callable[..., Awaitable[Page]]


@pytest.fixture(autouse=True)
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make pages short, so that few cases fill several."""
    monkeypatch.setattr("bot.store.caselists.PAGE", FITS)


@pytest.fixture
async def case_table(store: Store) -> CaseTable:
    """Fill a store with a few hundred cases of every kind; return them with their texts."""
    async with store.unit() as unit:
        staff = [
            await unit.staff.add(Staff(0, name.lower(), name, "Natur", Role.STAFF, "da"))
            for name in ("Mette", "Jonas", "Aisha")
        ]
        made = await many_cases(unit, seeded(4), 3 * FITS, staff)
    return store, [case for case, _words in made], {case.id: said for case, said in made}


def seeded(number: int) -> Random:
    """Return a random generator with a fixed seed."""
    return Random(number)  # noqa: S311 - nothing here is a secret


def belongs(case: Case, which: CaseList, reader: int) -> bool:
    """Return whether a case belongs in a list; the plain reference for the SQL."""
    ticking = case.state in (CaseState.NEW, CaseState.OPEN)
    return {
        CaseList.MINE: case.live and case.owner_id == reader,
        CaseList.UNASSIGNED: case.live and case.owner_id is None,
        CaseList.DUE_TODAY: ticking and case.due_on == TODAY,
        CaseList.OVERDUE: ticking and case.due_on < TODAY,
        CaseList.WAITING: case.state is CaseState.WAITING,
        CaseList.ANSWERED: case.state is CaseState.ANSWERED,
        CaseList.ALL: True,
    }[which]


def fits(case: Case, narrow: Narrow) -> bool:
    """Return whether a case passes a filter; the plain reference for the SQL."""
    return (
        narrow.theme in (None, case.theme)
        and narrow.area in (None, case.area)
        and narrow.state in (None, case.state)
        and narrow.kind in (None, case.kind)
        and (narrow.mark is None or narrow.mark in case.marks)
    )


def says(said: str, query: str) -> bool:
    """Return whether a search finds a thread; the plain reference for the SQL."""
    known = terms_of(said)
    *before, last = words(query)
    begins = tuple({bare(last), bare(with_letters(last))})
    goes_on = any(term.startswith(begins) for term in known)
    return all(terms_of(word) & known for word in before) and (
        goes_on or bool(terms_of(last) & known)
    )


def narrows(random: Random) -> list[Narrow]:
    """Return the empty filter, each filter alone, and some of several at once."""
    alone = [
        Narrow(),
        *(Narrow(theme=theme) for theme in THEMES),
        Narrow(area="tangoe"),
        *(Narrow(state=state) for state in CaseState),
        *(Narrow(kind=kind) for kind in (CaseKind.REPORT, CaseKind.ACCESS)),
        *(Narrow(mark=mark) for mark in CaseMark),
    ]
    mixed = [
        Narrow(
            random.choice([None, *THEMES]),
            random.choice([None, "tangoe", "klintsund"]),
            random.choice([None, *CaseState]),
            random.choice([None, *CaseKind]),
            random.choice([None, *CaseMark]),
        )
        for _n in range(4)
    ]
    return alone + mixed


async def walk(read: Read) -> list[ListedCase]:
    """Read a list page by page forwards and backwards; assert that both give the same."""
    page = await read()
    pages = [page]
    while page.after is not None:
        page = await read(after=page.after)
        pages.append(page)
    assert pages[0].before is None
    back = [pages[-1]]
    while back[-1].before is not None:
        back.append(await read(before=back[-1].before))
    assert [p.cases for p in reversed(back)] == [p.cases for p in pages]
    assert all(len(p.cases) == FITS for p in pages[:-1])
    return [case for each in pages for case in each.cases]


async def test_a_list_is_what_a_plain_filter_gives(
    case_table: CaseTable,
) -> None:
    """Every list with every filter equals a plain filter over all cases."""
    store, cases, _said = case_table
    readers = sorted({case.owner_id for case in cases if case.owner_id is not None})
    async with store.reading() as unit:
        for which, narrow in itertools.product(CaseList, narrows(seeded(9))):
            for reader in readers if which is CaseList.MINE else readers[:1]:
                wanted = [c for c in cases if belongs(c, which, reader) and fits(c, narrow)]
                if which.by_date:
                    wanted.sort(key=lambda case: (case.due_on, case.id))
                else:
                    wanted.sort(key=lambda case: -case.id)

                def read(which: CaseList = which, reader: int = reader, **at: Any) -> Any:
                    return unit.caselists.page(which, reader, TODAY, narrow, **at)  # noqa: B023 - called within the same iteration

                found = await walk(read)
                assert [case.id for case in found] == [case.id for case in wanted], (which, narrow)


async def test_a_line_shows_the_case(case_table: CaseTable) -> None:
    """A line has the fields of its case and the owner's first name."""
    store, cases, _said = case_table
    by_id = {case.id: case for case in cases}
    async with store.reading() as unit:
        names = {one.id: one.first_name for one in await unit.staff.all()}
        page = await unit.caselists.page(CaseList.ALL, 1, TODAY)
    for line in page.cases:
        case = by_id[line.id]
        for field in set(ListedCase.__slots__) - {"owner"}:
            assert getattr(line, field) == getattr(case, field), field
        assert line.owner == (names[case.owner_id] if case.owner_id else None)
        assert line.number == case.number
        assert line.unread is (case.read_at is None or case.citizen_at > case.read_at)


async def test_counts(case_table: CaseTable) -> None:
    """The counts equal the lengths of the lists."""
    store, cases, _said = case_table
    lists = [which for which in CaseList if which is not CaseList.ALL]
    async with store.reading() as unit:
        for reader in {case.owner_id for case in cases if case.owner_id is not None}:
            wanted = [sum(belongs(case, which, reader) for case in cases) for which in lists]
            assert await unit.caselists.counts(reader, TODAY) == Counts(*wanted)


async def test_a_count_ends_where_nobody_reads_on(store: Store) -> None:
    """No count reads more than 1000 cases."""
    async with store.unit() as unit:
        for _n in range(MOST_COUNTED + 5):
            await unit.cases.add(asked())
        assert (await unit.caselists.counts(1, TODAY)).unassigned == MOST_COUNTED + 1


async def test_paging_while_cases_change(store: Store) -> None:
    """An unchanged case appears once while other cases come and go between pages."""
    random = seeded(6)
    async with store.unit() as unit:
        stay = [
            await unit.cases.add(asked(due_on=TODAY + timedelta(days=random.randint(0, 9))))
            for _n in range(3 * FITS)
        ]
        goes = [
            await unit.cases.add(asked(due_on=TODAY + timedelta(days=random.randint(0, 9))))
            for _n in range(FITS)
        ]
    met: list[int] = []
    after: Edge | None = None
    while True:
        async with store.unit() as unit:
            page = await unit.caselists.page(CaseList.UNASSIGNED, 1, TODAY, after=after)
            met += [case.id for case in page.cases]
            for case in [goes.pop() for _n in range(9) if goes]:
                await unit.cases.change(case, state=CaseState.CLOSED)
            for _n in range(5):
                await unit.cases.add(asked(due_on=TODAY - timedelta(days=1)))
        after = page.after
        if after is None:
            break
    assert len(met) == len(set(met))
    assert {case.id for case in stay} <= set(met)


QUERIES = (
    "lygten",
    "lygterne på strandvejen",
    "strand",
    "Skolev",
    "s",
    "hul i vejen ved skolen",
    "rotter gaard",
    "gård rotter",
    "hvalros",
    "nothing like that",
    "skole lygte strandvejen 12",
    "12",
)


async def test_a_search_is_what_a_plain_look_gives(
    case_table: CaseTable,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Words match by stem, the last by prefix, for rare and common words alike."""
    store, cases, said = case_table
    for few in (50_000, 20, 0):  # each value leads to another query plan
        monkeypatch.setattr("bot.store.casesearch.FEW", few)
        async with store.reading() as unit:
            for query, narrow in itertools.product(QUERIES, narrows(seeded(5))[::6]):
                wanted = [c.id for c in cases if says(said[c.id], query) and fits(c, narrow)]
                wanted.sort(reverse=True)

                def read(query: str = query, narrow: Narrow = narrow, **at: Any) -> Any:
                    return unit.casesearch.page(query, narrow, **at)

                assert [case.id for case in await walk(read)] == wanted, (query, narrow)


@pytest.mark.parametrize("query", ["", " ", "?!", "..."])
async def test_nothing_to_look_for(store: Store, query: str) -> None:
    """A search without words finds nothing."""
    async with store.unit() as unit:
        await unit.cases.add(asked())
        assert await unit.casesearch.page(query) == Page(())


@pytest.mark.parametrize(
    ("written", "which", "edge"),
    [
        ("2026-11-23.42", CaseList.MINE, Edge(42, date(2026, 11, 23))),
        ("42", CaseList.ALL, Edge(42)),
        ("42", CaseList.MINE, None),
        ("2026-11-23.42", CaseList.ALL, None),
        ("2026-13-23.42", CaseList.MINE, None),
        ("2026-11-23.-2", CaseList.MINE, None),
        ("9" * 19, CaseList.ALL, None),
        ("٤٢", CaseList.ALL, None),
        ("", CaseList.ALL, None),
        ("x", CaseList.ALL, None),
    ],
)
def test_edges_in_addresses(written: str, which: CaseList, edge: Edge | None) -> None:
    """A valid edge is read from a URL; anything else gives None."""
    assert edge_of(written, which) == edge
    if edge is not None:
        assert edge.written == written
