"""What people said and its outcomes: all that waits for one, and a dialogue's answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from aiohttp import web
from multidict import MultiDict

from bot.console.broadcast_view import told_to
from bot.console.cells import Block, Button, Cell, Line, Link, Part, dotted
from bot.console.console_context import context_of
from bot.console.contribution_rows import Around, about_line, around, outcome_line, words_of
from bot.console.form import Field, Form
from bot.console.form_input import number_of
from bot.console.language_fields import text_field, texts_of
from bot.console.list_page import BulkAct, ListPage, filters_of, list_page
from bot.console.pages.broadcasts import broadcast_of
from bot.console.pages.obstacles import views
from bot.console.pages.participants import ON_A_PAGE
from bot.console.paging import asked_before, paged
from bot.console.record_page import RecordPage, Section, record_page
from bot.i18n import LANGUAGES, Day, Text, _, ngettext, pgettext
from bot.model.broadcast import BROADCAST, VERDICT_NAMES, Broadcast, BroadcastState, Verdict
from bot.model.commands.broadcasts import GiveOutcomes
from bot.model.outcome import CONTRIBUTION_NAMES, LONGEST_DECIDER, Contribution
from bot.service.broadcasts.dialogues import LONGEST_REASON, MISSING
from bot.store.outcomes import IN_OWN_WORDS
from bot.store.unit import Unit

SHOWN = 20  # chosen contributions that are named on the page of their outcome
CHOSEN = ngettext(
    "What came of {count} contribution", "What came of {count} contributions", "count"
)
MORE = ngettext("and {count} more", "and {count} more", "count")
GIVE_ALL = ngettext(
    "Give {count} who answered “{answer}” an outcome …",
    "Give all {count} who answered “{answer}” an outcome …",
    "count",
)
OF_KIND = _("{kind}: {count}")
NO_MORE = _("Every contribution has its outcome.")
ONE_OF_THEM = _("The message to one of them. Each person reads what they said themselves.")
SENT_LATER = _("Each author is told when the dialogue is closed. Until then it can be changed.")


async def show_waiting(request: web.Request) -> web.StreamResponse:
    """Show every contribution of any kind that has no outcome yet, the newest first."""
    kind = request.query.get("kind", "")
    async with context_of(request).store.reading() as unit:
        found = await unit.contributions.without_outcome(
            ON_A_PAGE + 1, before=asked_before(request), kind=kind
        )
        counts = await unit.contributions.counts_without_outcome()
        about = await around(unit, found)
        days = _days(unit, found)
    last = found[:ON_A_PAGE][-1].id if found else None
    shown, paging = paged(request, found, ON_A_PAGE, last)
    prefix = context_of(request).town.number_prefix
    kinds = Field(
        "kind",
        _("Kind"),
        "choice",
        options=[(str(one), name) for one, name in CONTRIBUTION_NAMES.items()],
        empty=_("All kinds"),
        required=False,
    )
    sums = [
        OF_KIND.with_(kind=CONTRIBUTION_NAMES[one], count=number)
        for one, number in sorted(counts.items())
    ]
    return await list_page(
        request,
        ListPage(
            _("Answers to citizens"),
            shown,
            (
                lambda one: Block(
                    (words_of(one, about, prefix), about_line(one, about, days.get(one.id)))
                ),
            ),
            lead=_(
                "What people said, of any kind, that has no outcome yet. Who said something hears "
                "what came of it."
            ),
            above=(views("contributions"), Line(dotted(*sums), "quiet"))
            if sums
            else (views("contributions"),),
            filters=filters_of(request, "contributions", (kinds,)),
            empty=Line(NO_MORE, "empty"),
            paging=paging,
        ),
    )


def _days(unit: Unit, found: Sequence[Contribution]) -> Mapping[int, Day]:
    """Return the day of each contribution."""
    return {one.id: Day(unit.calendar.local(one.at).date()) for one in found if one.at is not None}


async def show_contributions(request: web.Request) -> web.StreamResponse:
    """Show the answers to the question of a broadcast, by option and by outcome."""
    option, state = request.query.get("option", ""), request.query.get("state", "")
    async with context_of(request).store.reading() as unit:
        known = await dialogue_of(request, unit)
        found = await unit.contributions.of_dialogue(
            known.id,
            ON_A_PAGE + 1,
            before=asked_before(request),
            key=option,
            waits={"waits": True, "given": False}.get(state),
        )
        waiting = await unit.contributions.waiting_by_key(known.id)
        verdicts = await unit.contributions.verdicts(known.id)
        about, days = await around(unit, found), _days(unit, found)
        decided = {
            one.id: Day(unit.calendar.local(one.decided_at).date())
            for one in found
            if one.decided_at is not None
        }
    last = found[:ON_A_PAGE][-1].id if found else None
    shown, paging = paged(request, found, ON_A_PAGE, last)
    prefix = context_of(request).town.number_prefix
    is_open = known.state is not BroadcastState.CLOSED
    options = option_names(known)

    def row(one: Contribution) -> Cell:
        day = Line(days.get(one.id), "quiet")
        return Block((words_of(one, about, prefix), outcome_line(one, decided.get(one.id)), day))

    return await list_page(
        request,
        ListPage(
            _("Answers to {number}").with_(number=known.number),
            shown,
            (row,),
            css="todo",
            id_of=lambda one: one.id if is_open and one.told_at is None else None,
            name_of=lambda one: one.words or options.get(one.key or "") or one.key,
            way=Link(known.title, f"broadcasts/{known.id}"),
            above=_above(known, waiting, verdicts) if is_open else _sums(waiting, verdicts),
            filters=filters_of(request, f"broadcasts/{known.id}/contributions", _filters(known)),
            empty=Line(_("There is no such answer."), "empty"),
            paging=paging,
            acts=(GIVE,) if is_open else (),
        ),
    )


async def dialogue_of(request: web.Request, unit: Unit) -> Broadcast:
    """Return the dialogue in the address; raise `HTTPNotFound` for none."""
    known = await broadcast_of(request, unit)
    if not known.is_dialogue:
        raise web.HTTPNotFound
    return known


def option_names(known: Broadcast) -> Mapping[str, Text | str]:
    """Return the options of a question by key, with own words as the last one."""
    options = (known.question or {}).get("options") or []
    names: dict[str, Text | str] = {str(one["key"]): str(one["labels"]["da"]) for one in options}
    if (known.question or {}).get("own_words"):
        names[IN_OWN_WORDS] = _("In their own words")
    return names


def _sums(waiting: Mapping[str, int], verdicts: Mapping[str, int]) -> Sequence[Cell]:
    """Return how many contributions have which outcome, and how many lack one."""
    given = [
        OF_KIND.with_(kind=VERDICT_NAMES[one], count=verdicts[one])
        for one in Verdict
        if one in verdicts
    ]
    lines: list[Cell] = [Line(dotted(*given))] if given else []
    if missing := sum(waiting.values()):
        lines.append(Line(Part(MISSING.with_(count=missing), tag="strong"), "notice"))
    return lines


def _above(
    known: Broadcast, waiting: Mapping[str, int], verdicts: Mapping[str, int]
) -> Sequence[Cell]:
    """Return the sums, and a button for each option: alike answers get one outcome."""
    buttons = [
        Button(
            GIVE.path,
            GIVE_ALL.with_(count=waiting[key], answer=name),
            hidden={"broadcast": known.id, "option": key},
        )
        for key, name in option_names(known).items()
        if key != IN_OWN_WORDS and waiting.get(key)
    ]
    sums = _sums(waiting, verdicts)
    return (*sums, Block(tuple(buttons), "acts")) if buttons else sums


def _filters(known: Broadcast) -> Sequence[Field]:
    states = (("waits", NO_OUTCOME_YET), ("given", _("With an outcome")))
    return (
        Field(
            "option",
            _("Answer"),
            "choice",
            options=list(option_names(known).items()),
            empty=_("All answers"),
            required=False,
        ),
        Field(
            "state",
            pgettext("outcome", "State"),
            "choice",
            options=states,
            empty=pgettext("outcome", "All states"),
            required=False,
        ),
    )


NO_OUTCOME_YET = _("No outcome yet")


async def _title_of(unit: Unit, contribution_id: int) -> str | None:
    """Return what a person said, for the list of chosen rows."""
    found = await unit.contributions.get(contribution_id)
    return None if found is None else found.words or found.key


def _give(staff_id: int, contribution_id: int, **said: str) -> GiveOutcomes:
    """Return the command for one contribution; all chosen ones are decided by one command."""
    return GiveOutcomes(
        staff_id, (contribution_id,), said.get("verdict", ""), said.get("decided_by", "")
    )


GIVE = BulkAct("contributions/outcome", _("Give an outcome …"), "reply", _title_of, _give)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The contributions that get one outcome, all of one dialogue; *kept* names them in forms."""

    dialogue: Broadcast
    some: Sequence[Contribution]  # the first ones
    ids: Sequence[int]
    kept: Mapping[str, object]
    in_english: int = 0  # authors who read English


async def chosen(unit: Unit, form: MultiDict[str], ids: Sequence[int]) -> Chosen | None:
    """Return the contributions that a form has chosen: rows, or all with one option.

    None where there are none, or they are about several dialogues.
    """
    number, key = form.get("broadcast", ""), form.get("option", "")
    kept: dict[str, object] = {"id": tuple(ids)}
    if number.isdecimal() and len(number) <= LONGEST_ID and key:
        until = number_of(form.get("until"))
        if form.get("until") and until is None:
            return None
        ids = await unit.contributions.waiting_ids(int(number), key, until)
        kept = {"broadcast": number, "option": key, "until": max(ids, default=0)}
        found = await unit.contributions.some(ids[:SHOWN])  # all are of one dialogue
    else:
        found = await unit.contributions.some(ids)
    some = [one for _id, one in sorted(found.items())]
    about = {(one.subject_kind, one.subject_id) for one in some}
    kind, subject_id = about.pop() if len(about) == 1 else ("", 0)
    dialogue = await unit.broadcasts.get(subject_id) if kind == BROADCAST else None
    if dialogue is None or not dialogue.is_dialogue:
        return None
    in_english = await unit.contributions.readers_of(ids, "en")
    return Chosen(dialogue, some[:SHOWN], ids, kept, in_english)


LONGEST_ID = 15


READ_ENGLISH = ngettext(
    "{count} of them reads English. Without an English reason, the Danish one is sent, marked.",
    "{count} of them read English. Without an English reason, the Danish one is sent, marked.",
    "count",
)


def outcome_fields(today: str, in_english: int) -> tuple[Field, ...]:
    """Return the fields of an outcome: its verdict, why, who decided, and when.

    *in_english* is how many authors read English.
    """
    why = {
        "da": _("Needed unless it is used. The authors read it after “because”."),
        "en": READ_ENGLISH.with_(count=in_english) if in_english else None,
    }
    return (
        Field(
            "verdict",
            _("What came of it"),
            "radio",
            options=[(str(one), VERDICT_NAMES[one]) for one in Verdict],
        ),
        *(
            text_field(
                "reasons",
                pgettext("outcome", "Because"),
                language,
                longest=LONGEST_REASON,
                rows=3,
                help=why.get(language),
            )
            for language in LANGUAGES
        ),
        Field(
            "decided_by",
            _("Decided by"),
            "line",
            _("A name or a committee."),
            longest=LONGEST_DECIDER,
        ),
        Field("decided_on", _("Decided on"), "text", _("A day, such as {day}.").with_(day=today)),
    )


def outcome_form(picked: Chosen, today: str) -> Form:
    """Return the form of the outcome of the chosen contributions, which leads to its preview."""
    form = Form(
        GIVE.path,
        outcome_fields(today, picked.in_english),
        _("See the message"),
        hidden={**picked.kept, "do": "preview"},
        cancel=f"broadcasts/{picked.dialogue.id}/contributions",
    )
    return form.filled({"decided_by": picked.dialogue.decider or "", "decided_on": today})


async def outcome_form_page(request: web.Request, picked: Chosen, form: Form) -> web.Response:
    """Return the page that names the chosen contributions, with the form of their outcome."""
    return await _page(request, picked, (form,), ())


async def preview_page(
    request: web.Request, picked: Chosen, form: Form, at: datetime
) -> web.Response:
    """Return the very message that an author gets, with the forms that give or change it.

    *form* is the form as it was sent; *at* is when it was decided.
    """
    written = form.written
    author = max(picked.some, key=lambda one: (one.words is not None, one.id))
    async with context_of(request).store.reading() as unit:
        day = unit.calendar.local(at).date()

    reasons = texts_of(written, "reasons")
    given = replace(
        author,
        verdict=written.get("verdict", ""),
        reasons=reasons,
        decided_by=written.get("decided_by", "").strip(),
    )
    fields = {name: written[name] for name in form.by_name if name in written}
    hidden = {**picked.kept, **fields}
    give = Form(GIVE.path, submit=_("Give the outcome"), hidden={**hidden, "do": "send"})
    change = Form(GIVE.path, submit=_("Change it"), hidden={**hidden, "do": "change"}, look="")
    untold = picked.in_english and reasons.get("da") and not reasons.get("en")
    lines = (
        *([Line(READ_ENGLISH.with_(count=picked.in_english), "notice")] if untold else []),
        Line(ONE_OF_THEM, "quiet"),
        Block(told_to(request, picked.dialogue, given, day), "previews"),
        Line(SENT_LATER, "quiet"),
    )
    return await _page(request, picked, (give, change), lines)


async def _page(
    request: web.Request, picked: Chosen, forms: Sequence[Form], lines: Sequence[Cell]
) -> web.Response:
    """Return the page of the chosen contributions: *lines* and *forms*, then the contributions."""
    about = Around({picked.dialogue.id: picked.dialogue})
    prefix = context_of(request).town.number_prefix
    rows: list[Cell] = [words_of(one, about, prefix) for one in picked.some]
    if rest := len(picked.ids) - len(picked.some):
        rows.append(Line(MORE.with_(count=rest), "quiet"))
    way = Link(picked.dialogue.title, f"broadcasts/{picked.dialogue.id}/contributions")
    sections = (Section(lines=lines, acts=forms), Section(_("What they said"), rows=rows))
    title = CHOSEN.with_(count=len(picked.ids))
    return await record_page(request, RecordPage(title, sections, way=way))
