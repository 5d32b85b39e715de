"""All data of a case's page, read in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from bot.console.cases.history import Act, history, unmet
from bot.console.cases.labels import Due, due_of
from bot.console.cases.thread import Entry, place_at, thread
from bot.console.console_context import ConsoleContext
from bot.i18n import Text, show_date
from bot.model.case import LIVE, TO_CITIZEN, Case, CaseMessage, CaseState, MessageKind
from bot.model.outcome import Contribution
from bot.model.person import Person
from bot.model.staff import May, Staff
from bot.model.template import Template, Use
from bot.model.town import Town
from bot.runner.renderer import Renderer
from bot.service.cases.opening import case_number
from bot.service.cases.outcomes import contribution_of
from bot.store.events import Event
from bot.store.presence import Present
from bot.store.unit import Unit

ENDED = frozenset({CaseState.RESOLVED, CaseState.CLOSED})


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case as a staff member sees it at one moment."""

    case: Case
    number: str
    user: Staff
    owner: Staff | None
    person: Person | None
    repeats: str | None  # the number of the case of which this one is a duplicate
    due: Due | None
    unmet: Text | None  # the citizen's verdict on the newest answer where it did not help enough
    now: datetime
    today: date
    tomorrow: date  # the next working day
    entries: tuple[Entry, ...]
    acts: tuple[Act, ...]
    last_event: int | None  # its id
    beside: tuple[Present, ...]
    colleagues: tuple[Staff, ...]
    draft: str
    contribution: Contribution | None  # of an idea or a report
    renderer: Renderer
    town: Town

    @property
    def mine(self) -> bool:
        """Return whether the reader owns the case."""
        return self.case.owner_id == self.user.id

    @property
    def anothers(self) -> bool:
        """Return whether a colleague owns the case; the reader must then give a reason to write."""
        return self.owner is not None and not self.mine

    @property
    def hands_over(self) -> bool:
        """Return whether the reader may hand the case over."""
        return not self.anothers or self.user.may(May.OVERRIDE)

    @property
    def leads(self) -> bool:
        """Return whether the reader may keep a condescending sentence, with a reason."""
        return self.user.may(May.OVERRIDE)

    @property
    def answers(self) -> bool:
        """Return whether an answer may be written."""
        return self.case.state not in ENDED

    @property
    def asks(self) -> bool:
        """Return whether an answer will ask if it helped; a second answer will not."""
        return self.case.state in LIVE

    @property
    def closes(self) -> bool:
        """Return whether the case may be closed."""
        return self.case.live or self.case.state is CaseState.ANSWERED

    @property
    def by_hand(self) -> bool:
        """Return whether the citizen has no chat, and must be told by phone or at the counter."""
        return self.case.person_id is None

    @property
    def told_otherwise(self) -> bool:
        """Return whether the date promised to the citizen differs from the staff's due date."""
        return self.case.live and self.case.told_on != self.case.due_on

    @property
    def last_words(self) -> str:
        """Return the citizen's last message; the case's title where there is none."""
        own = [
            entry.message.text for entry in self.entries if entry.message.kind is MessageKind.ASKED
        ]
        return own[-1] if own else self.case.title

    def templates(self, use: Use) -> list[Template]:
        """Return the templates for one use."""
        return [template for template in self.town.templates if template.use is use]

    def filled(self, template: Template) -> str:
        """Return a template in the citizen's language, filled with the case's data."""
        return template.filled(
            self.renderer.language,
            {
                "navn": self.case.asker_name or "",
                "nummer": self.number,
                "kontakt": self.user.first_name,
                "dato": show_date(self.case.told_on, self.renderer.language),
                "telefon": self.town.phone,
            },
        )


def _shown_to(
    user: Staff, events: Sequence[Event], case: Case, messages: Sequence[CaseMessage]
) -> list[Event]:
    """Return the events, without "felt_wrong" unless *user* leads and did not write in the case.

    Citizens were promised that only such a leader sees it.
    """
    wrote = {case.owner_id, *(one.staff_id for one in messages if one.kind in TO_CITIZEN)}
    leads = user.may(May.OVERRIDE) and user.id not in wrote
    return [one for one in events if leads or one.verb != "felt_wrong"]


async def view_of(
    unit: Unit, console: ConsoleContext, case: Case, user: Staff, language: str
) -> CaseView:
    """Read a case with all data of its page; *language* is the reader's."""
    everybody = await unit.staff.all()
    names: Mapping[int, str] = {one.id: one.first_name for one in everybody}
    person = await unit.people.get(case.person_id) if case.person_id is not None else None
    whole = await unit.cases.get(case.merged_into) if case.merged_into is not None else None
    messages = await unit.threads.of_case(case.id, internal=True)
    versions = await unit.threads.versions(case.id)
    attachments = await unit.cases.attachments(case.id)
    events = await unit.events.of_case(case.id)
    acts = history(_shown_to(user, events, case, messages), case, names, console.town, language)
    present = await unit.presence.at(case.id, console.clock.now())
    draft = await unit.presence.draft(case.id, user.id)
    place = partial(place_at, console.town, console.map_url)
    calendar = unit.calendar
    today = calendar.local(unit.now).date()
    return CaseView(
        case=case,
        number=case_number(unit, case),
        user=user,
        owner=next((one for one in everybody if one.id == case.owner_id), None),
        person=person,
        repeats=case_number(unit, whole) if whole else None,
        due=due_of(case, calendar, unit.now),
        unmet=unmet(events, case),
        now=unit.now,
        today=today,
        tomorrow=calendar.working_day_after(today, 1),
        entries=tuple(thread(case, messages, versions, attachments, user, place=place)),
        acts=tuple(acts),
        last_event=events[-1].id if events else None,
        beside=tuple(one for one in present if one.staff_id != user.id),
        colleagues=tuple(
            one for one in everybody if one.may(May.WORK_CASES) and one.id != case.owner_id
        ),
        draft="" if _is_sent(draft, messages, user) else draft or "",
        contribution=await contribution_of(unit, case),
        renderer=_pen(case, person, console.town),
        town=console.town,
    )


def _is_sent(draft: str | None, messages: Sequence[CaseMessage], user: Staff) -> bool:
    """Return whether a draft equals the reader's message sent last: it was saved after sending."""
    last = next((message for message in reversed(messages) if message.kind in TO_CITIZEN), None)
    if draft is None or last is None:
        return False
    return (last.staff_id, last.text) == (user.id, draft.strip())


def _pen(case: Case, person: Person | None, town: Town) -> Renderer:
    """Return a renderer with the language and name of the case's citizen."""
    if person is None:
        return Renderer(town, case.language, case.asker_name or "")
    return Renderer(town, person.language, person.address)
