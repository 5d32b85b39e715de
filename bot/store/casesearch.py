"""Full-text search in threads; looks up the rarest word first, so common words cost little."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, union_all

from bot.model.caselist import Edge, Narrow, Page
from bot.search.analysis import LANGUAGES, bare, stem, with_letters, words
from bot.store.caselists import LINE, Slice, narrowed, narrowest_of
from bot.store.dialects import dialect_of
from bot.store.repository import Repository
from bot.store.tables import case_term, cases
from bot.store.threads import LONGEST_TERM

MOST_WORDS = 8  # of one search
FEW = 50_000  # most index rows read at once; for a commoner word the cases are scanned instead
LAST_LETTER = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A wanted word: its stems, and its beginnings where the word may be unfinished."""

    terms: frozenset[str]
    begins: frozenset[str] = frozenset()

    def ways(self) -> list[ColumnElement[bool]]:
        """Return the conditions that find this word in the index."""
        term = case_term.c.term
        ways = [and_(term >= start, term < start + LAST_LETTER) for start in sorted(self.begins)]
        alone = (each for each in sorted(self.terms) if not each.startswith(tuple(self.begins)))
        return [*ways, *(term == each for each in alone)]

    def in_case(self) -> ColumnElement[bool]:
        """Return the condition that a case contains this word.

        The database checks it case by case: a join of two long lists would have to
        be complete before its first page is known.
        """
        asked = select(literal(1)).where(case_term.c.case_id == cases.c.id, or_(*self.ways()))
        return asked.limit(1).correlate(cases).scalar_subquery() == 1


def wanted_of(query: str) -> tuple[Wanted, ...]:
    """Return the words of a search; the last may be the beginning of a word."""
    *before, last = words(query)[:MOST_WORDS] or [""]
    wanted = [Wanted(_stems(word)) for word in dict.fromkeys(before)]
    if last:
        begins = {bare(last)[:LONGEST_TERM], bare(with_letters(last))[:LONGEST_TERM]} - {""}
        wanted.append(Wanted(_stems(last), frozenset(begins)))
    return tuple(wanted)


def _stems(word: str) -> frozenset[str]:
    return frozenset(stem(word, language)[:LONGEST_TERM] for language in LANGUAGES) - {""}


class CaseSearch(Repository):
    """Search for cases by the words of their threads; read only."""

    async def page(
        self,
        query: str,
        narrow: Narrow | None = None,
        *,
        after: Edge | None = None,
        before: Edge | None = None,
    ) -> Page:
        """Return a page of the cases that contain every word of *query*, newest first."""
        wanted = wanted_of(query)
        if not wanted:
            return Page(())
        part = Slice(by_date=False, edge=before or after, backwards=before is not None)
        found = await self._found(wanted, narrow or Narrow())
        page = part.page(await self._execute(part.of(found)))
        if before is not None and page.before is None:
            return await self.page(query, narrow)
        return page

    async def _found(self, wanted: tuple[Wanted, ...], narrow: Narrow) -> Select[*tuple[Any, ...]]:
        """Return the query for the cases, built to cost the least."""
        dialect = dialect_of(self._transaction.dialect)
        *counted, by_filter = await self._counted(wanted, narrow)
        some = [word.in_case() for word in wanted]
        least = min(counted)
        gathers = least <= min(FEW, by_filter)
        if gathers:
            rarest = counted.index(least)
            ways = (select(case_term.c.case_id).where(way) for way in wanted[rarest].ways())
            some[rarest] = dialect.one_of(cases.c.id, union_all(*ways))
        return LINE.query.where(*narrowed(narrow, dialect, by_index=not gathers), *some)

    async def _counted(self, wanted: tuple[Wanted, ...], narrow: Narrow) -> list[int]:
        """Return the rows of each word, then of the filter; each part counts up to `FEW` + 1."""
        looks = [
            [select(literal(1)).select_from(case_term).where(way) for way in word.ways()]
            for word in wanted
        ]
        if by_filter := narrowest_of(narrow):
            looks.append([select(literal(1)).select_from(cases).where(*by_filter)])
        counted = list((await self._execute(select(*map(_counts, looks)))).one())
        return counted if by_filter else [*counted, FEW + 1]


def _counts(looks: list[Select[*tuple[Any, ...]]]) -> ColumnElement[int]:
    """Return the sum of the rows that queries find, each counted up to `FEW` + 1."""
    counts = [
        select(func.count()).select_from(look.limit(FEW + 1).subquery()).scalar_subquery()
        for look in looks
    ]
    return reduce(add, counts)
