"""Contributions in lists: what a person said, about what, and its outcome."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.console.cells import Block, Cell, Line, Link, Part, Quote, Title, case_link, dotted, tag
from bot.console.pages.obstacles import words_of as words_of_obstacle
from bot.i18n import Day, Text, _
from bot.model.broadcast import BROADCAST, Broadcast, Verdict
from bot.model.case import Case
from bot.model.outcome import (
    CONTRIBUTION_NAMES,
    Contribution,
    ContributionKind,
    verdict_names,
)
from bot.store.alerts import CASE
from bot.store.unit import Unit
from flows.broadcast_cards import answer_words

LOOKS: Mapping[Verdict, str] = {
    Verdict.USED: "on",
    Verdict.PARTLY: "wait",
    Verdict.NOT_USED: "off",
}
NO_OUTCOME = _("No outcome yet")


@dataclass(frozen=True, slots=True)
class Around:
    """What contributions are about, by id."""

    dialogues: Mapping[int, Broadcast] = field(default_factory=dict)
    cases: Mapping[int, Case] = field(default_factory=dict)


async def around(unit: Unit, found: Sequence[Contribution]) -> Around:
    """Read what contributions are about."""
    dialogues = {one.subject_id for one in found if one.subject_kind == BROADCAST}
    cases = {one.subject_id for one in found if one.subject_kind == CASE}
    return Around(
        await unit.broadcasts.some(dialogues) if dialogues else {},
        {number: case for number in cases if (case := await unit.cases.get(number)) is not None},
    )


def words_of(one: Contribution, about: Around, prefix: str) -> Cell:
    """Return what a person said: own words, the option of a question, or the title of a case."""
    if one.kind is ContributionKind.OBSTACLE:
        return words_of_obstacle(one)
    if one.kind is not ContributionKind.ANSWER:
        case = about.cases.get(one.subject_id)
        return Title(case_link(prefix, case.number, case.title) if case is not None else None)
    known = about.dialogues.get(one.subject_id)
    option = answer_words(known, one.key, None, "da") if known is not None else one.key
    if not one.words:
        return Title(option)
    words = Quote(one.words, "da")
    return Block((Title(option), words)) if option else words


def about_line(one: Contribution, about: Around, day: Day | None) -> Line:
    """Return which kind of contribution it is, about what, and from when."""
    where: Cell = None
    if one.kind is ContributionKind.OBSTACLE:
        group = f"outcomes/{one.outcome_id}" if one.outcome_id else "obstacles"
        where = Link(_("Group and answer it"), group)
    elif one.kind is ContributionKind.ANSWER and (known := about.dialogues.get(one.subject_id)):
        path = f"broadcasts/{known.id}/contributions"
        where = Link((known.number, " ", known.title), path)
    return Line(dotted(CONTRIBUTION_NAMES[one.kind], where, day), "quiet")


def outcome_line(one: Contribution, day: Day | None) -> Cell:
    """Return the outcome of a contribution: why, who decided it, and when."""
    if one.verdict is None:
        return Line(tag(NO_OUTCOME, "wait"))
    verdict = Verdict(one.verdict)
    reason = (one.reasons or {}).get("da")
    by: Text = _("{name} decided it").with_(name=one.decided_by or "")
    told = _("the author is told") if one.told_at is not None else None
    first = Line(
        dotted(tag(verdict_names(one.kind)[verdict], LOOKS[verdict]), by, day, told),
    )
    return Block((first, Line(Part(reason, tag="q"), "quiet"))) if reason else first
