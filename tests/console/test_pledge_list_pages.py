"""Lists of 300 pledges, shared pledges and obstacles: filters, pages, files, and what each sees."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from html import unescape

import pytest
from console_browser import Browser, employ
from pledge_desk_town import drafted, pledges
from sqlalchemy import Table, insert, select
from volunteer_town import do, participant_of, said

from bot.documents.tables import FORMULA, read_table
from bot.model.commands.pledges import TellObstacle
from bot.model.staff import Role
from bot.store import tables as t
from bot.store.store import Store

MANY = 300
PAGES = (
    *("account", "pledges", "pledges?state=all", "campaigns", "obstacles", "outcomes"),
    *("catalogue", "pledges/totals", "pledges/new", "campaigns/new", "catalogue/new"),
)


async def copied(town: Store, table: Table, row_id: int, **columns: Sequence[object]) -> None:
    """Add copies of a row with other values in some columns: a copy for each value."""
    async with town.unit() as unit:
        found = await unit.connection.execute(select(table).where(table.c.id == row_id))
        known = found.mappings().one()
        some = range(len(next(iter(columns.values()))))
        ids = [{"id": 1000 + n, **{name: columns[name][n] for name in columns}} for n in some]
        await unit.connection.execute(insert(table), [{**known, **one} for one in ids])


@pytest.fixture
async def many(town: Store) -> int:
    """Add 300 pledges, shared pledges and obstacles. Return the participant of one pledge."""
    mette = await employ(town)
    person, made = await pledges(town, "Ana", 501, "L8")
    told = await do(town, TellObstacle(person, made.id, words="Jeg går tur"))
    draft = await drafted(town, mette)
    _other, its = await pledges(town, "Bo", 502, "L1")
    words = [f"=1+{n}" if n % 3 else f"Jeg går tur {n}" for n in range(MANY - 1)]
    themes = ["night" if n % 2 else "climate" for n in range(MANY - 1)]
    await copied(town, t.pledge, its.id, words=words[1:], theme=themes[1:])
    await copied(town, t.contribution, told, words=words, theme=themes)
    await copied(town, t.campaign, draft, title=[f"Havn {n}" for n in range(MANY - 1)])
    return await participant_of(town, person)


async def rows_of(staff: Browser, path: str) -> list[str]:
    """Return the rows of all pages of a list, in order."""
    found: list[str] = []
    following: str | None = path
    while following is not None:
        page = await staff.read(following)
        body = re.search(r'<ul class="list.*?</ul>', page, re.DOTALL)
        found += re.findall(r"<li\b.*?</li>", body[0], re.DOTALL) if body is not None else []
        older = re.search(r'href="/console/([^"]*before=\d+[^"]*)" rel="next"', page)
        following = unescape(older[1]) if older is not None else None
        assert len(found) <= MANY
    return found


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize(
    ("path", "count"),
    [
        ("pledges", MANY),
        ("pledges?theme=night", 149),
        ("pledges?q=Jeg+g%C3%A5r+tur", 99),
        ("pledges?theme=night&q=Jeg+g%C3%A5r+tur", 50),
        ("pledges?state=kept", 0),
        ("campaigns", MANY),
        ("campaigns?q=Havn+29", 10),
        ("campaigns?state=open", 0),
        ("obstacles", MANY),
        ("obstacles?theme=night", 149),
        ("obstacles?q=tur", 101),
    ],
)
async def test_pages_show_each_row_once(
    town: Store, browser: Browser, path: str, count: int
) -> None:
    """The pages of a list together have each row that fits once, the newest first."""
    async with town.reading() as unit:
        staff = await browser.sign_in((await unit.staff.all())[0])
    rows = await rows_of(staff, path)
    assert len(rows) == count


async def test_the_file_is_the_filtered_list(town: Store, browser: Browser, many: int) -> None:
    """The link of the list leads to a file of its rows; no cell is a formula."""
    leader = await browser.sign_in(await employ(town, Role.LEADER))
    for query, count in (
        ("theme=night", 149),
        ("q=Jeg+g%C3%A5r+tur", 99),
        ("", MANY),
        (f"participant={many}", 1),
    ):
        page = await leader.read(f"pledges?{query}")
        for ending in ("csv", "xlsx"):
            (link,) = re.findall(rf'href="/console/(pledges/table\.{ending}[^"]*)"', page)
            body = await (await leader.get(unescape(link))).read()
            rows = read_table(body)
            assert len(rows) == count, query
            if ending == "csv":
                table = csv.reader(io.StringIO(body.decode("utf-8-sig")), delimiter=";")
                assert not any(cell.startswith(FORMULA) for row in table for cell in row)


async def test_filters_hold_for_one_person(town: Store, browser: Browser, many: int) -> None:
    """The pledges of a person are in all states, and a filter narrows them."""
    async with town.reading() as unit:
        staff = await browser.sign_in((await unit.staff.all())[0])
    own = f"pledges?participant={many}"
    assert len(await rows_of(staff, own)) == 1
    assert await rows_of(staff, f"{own}&state=kept") == []
    assert await rows_of(staff, f"{own}&theme=night") == []


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("role", list(Role), ids=str)
async def test_each_link_may_be_followed(town: Store, browser: Browser, role: Role) -> None:
    """No page about pledges links to a page that its reader may not see; others see no count."""
    someone = await employ(town, role, username="someone")
    await browser.sign_in(someone)
    seen: set[str] = set()
    for path in PAGES:
        got = await browser.get(path)
        if role is Role.NONE and path != "account":
            assert got.status == 403, path
            assert str(MANY) not in said(await got.text())
            continue
        assert got.status == 200, path
        page = await got.text()
        seen |= {unescape(one) for one in re.findall(r'href="/console/([^"#]+)', page)}
    if role is Role.NONE:
        assert not any(
            re.match("pledges|campaigns|obstacles|outcomes|catalogue", one) for one in seen
        )
        assert str(MANY) not in said(await browser.read("account"))
    for path in sorted(one for one in seen if not one.startswith("static/")):
        assert (await browser.get(path)).status in {200, 303}, path
