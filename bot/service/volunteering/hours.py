"""A volunteer's hours: the sums that the chat shows, and the statement as PDF."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

from bot.documents.statement import Part, Statement, statement_pdf
from bot.i18n import Day, Text, _, ngettext, pgettext, render
from bot.model.duration import duration
from bot.model.opportunity import Opportunity, said, spoken_in
from bot.service.volunteering.attendance import MILESTONES
from bot.store.signups import Attended
from bot.store.unit import Unit

MOST_DATES = 500  # in a statement; earlier ones are in its sums
WRITERS = 2  # statements that are typeset at a time; others wait
_POOL = ThreadPoolExecutor(WRITERS, thread_name_prefix="statement")

TITLE = _("Statement of volunteer hours")
NAME = pgettext("statement", "Name")
PERIOD = pgettext("statement", "Period")
FROM_TO = pgettext("statement", "{first} to {last}")
TIMES = pgettext("statement", "Number of times")
IN_ALL = pgettext("statement", "In all")
ON = pgettext("statement", "{day}")
DATE, TIME = pgettext("statement", "Date"), pgettext("statement", "Time")
SUM = pgettext("statement", "Sum")
EARLIER = ngettext("{count} earlier time", "{count} earlier times", "count")
ONLY_DANISH = pgettext("statement", "{title} (only in Danish)")
WHOSE = _("The hours are recorded by the contacts of the tasks, or by the volunteer.")
SIGNED = pgettext("statement", "{municipality}, {day}")


@dataclass(frozen=True, slots=True)
class Hours:
    """How often a volunteer was there, and for how many minutes."""

    times: int
    minutes: int

    @property
    def milestones(self) -> tuple[int, ...]:
        """Return the milestones that are reached."""
        return tuple(one for one in MILESTONES if one <= self.times)


async def hours_of(unit: Unit, participant_id: int) -> Hours:
    """Return a volunteer's hours."""
    return Hours(*await unit.signups.attended(participant_id))


async def hours_statement(unit: Unit, participant_id: int, language: str) -> bytes:
    """Return the statement of a volunteer's hours as PDF, typeset in a thread.

    It has the volunteer's name, and the dates and hours of attended shifts. Raise `LookupError`
    for a participant who does not exist.
    """
    statement = await read_statement(unit, participant_id, language)
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_POOL, statement_pdf, statement, unit.now)


async def read_statement(unit: Unit, participant_id: int, language: str) -> Statement:
    """Return the words of a statement; see `hours_statement`."""
    volunteer = await unit.participants.shown(participant_id)
    if volunteer is None:
        message = f"no participant {participant_id}"
        raise LookupError(message)
    sums = await unit.signups.attended_by_opportunity(participant_id)
    dates = await unit.signups.attended_dates(participant_id, MOST_DATES)
    opportunities = await unit.opportunities.some([one.opportunity_id for one in sums])

    def say(text: Text) -> str:
        return render(text, language, escape=str)

    def day(at: datetime) -> Day:
        return Day(unit.calendar.local(at).date())

    def part(of: Attended) -> Part:
        own = [(at, minutes) for one, at, minutes in reversed(dates) if one == of.opportunity_id]
        rows = [(say(ON.with_(day=day(at))), say(duration(minutes))) for at, minutes in own]
        if earlier := of.times - len(own):
            left = of.minutes - sum(minutes for _at, minutes in own)
            rows.insert(0, (say(EARLIER.with_(count=earlier)), say(duration(left))))
        title = _title(opportunities[of.opportunity_id], language, say)
        return Part(title, (say(DATE), say(TIME)), rows, (say(SUM), say(duration(of.minutes))))

    facts = [(say(NAME), volunteer.first_name)]
    if sums:
        first, last = min(one.first for one in sums), max(one.last for one in sums)
        facts.append((say(PERIOD), say(FROM_TO.with_(first=day(first), last=day(last)))))
    facts.append((say(TIMES), str(sum(one.times for one in sums))))
    facts.append((say(IN_ALL), say(duration(sum(one.minutes for one in sums)))))
    town = unit.town
    signed = SIGNED.with_(municipality=town.name, day=day(unit.now))
    return Statement(
        title=say(TITLE),
        author=town.name,
        language=language,
        facts=facts,
        parts=[part(one) for one in sums],
        signature=[say(WHOSE), say(signed), f"{town.address} · {town.phone}"],
    )


def _title(one: Opportunity, language: str, say: Callable[[Text], str]) -> str:
    """Return an opportunity's title, with a note where there is only a Danish one (HR-25)."""
    title = said(one.titles, language)
    is_danish = spoken_in(one.titles, language) != language
    return say(ONLY_DANISH.with_(title=title)) if is_danish else title
