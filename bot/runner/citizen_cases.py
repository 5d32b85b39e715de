"""A citizen's words and cases: joined, opened, shown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.engine.effects import Button, Send
from bot.engine.events import Done, Refused
from bot.engine.flow import unpacked
from bot.i18n import Text
from bot.model import commands
from bot.model.case import Case, CaseKind, CaseMessage, CaseState, MessageKind
from bot.model.commands.cases import Written
from bot.runner.context import TurnContext
from bot.service import execute
from bot.service.cases.opening import case_number
from bot.tone.feelings import Feeling
from bot.tone.waiting import recognition
from flows import cards, case_messages, messages

JOINS_WITHIN = timedelta(hours=24)
SHOWN_CASES = 5
# A case in one of these goes on when the citizen writes, with a date that they are told.
GOES_ON = (CaseState.WAITING, CaseState.ANSWERED)
CARD = "mine"
CARD_LIVES = timedelta(hours=48)
_NUMBER = re.compile(r"(?:sag\s*)?([a-zæøå]{1,6})[- ]?(\d{4,12})(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """A case's number that words begin with; *alone*: they say nothing else."""

    number: int
    alone: bool


async def picked(context: TurnContext) -> Case | None:
    """Return the case whose message the citizen replied to in Telegram."""
    if context.letter.reply_to is None:
        return None
    linked = await context.unit.cases.linked(context.chat_id, context.letter.reply_to)
    case = await context.unit.cases.get(linked[0]) if linked else None
    return case if case is not None and case.person_id == context.citizen.id else None


async def joinable(context: TurnContext, cases: list[Case]) -> Case | None:
    """Return the case that words join by themselves: one that waits for them, or is fresh.

    Of fresh ones, the case that staff wrote in last comes first, an answered one too.
    """
    asked = [case for case in cases if case.state is CaseState.WAITING]
    if asked:
        queries = {case.id: await context.unit.threads.last_query(case.id) for case in asked}
        return max(asked, key=lambda case: query.id if (query := queries[case.id]) else 0)
    written = [(said.id, case) for case in cases if (said := await unanswered(context, case))]
    if written:
        return max(written, key=lambda one: one[0])[1]
    for case in cases:
        if case.live:
            last = await context.unit.threads.last_at(case.id) or case.citizen_at
            if context.now - last < JOINS_WITHIN:
                return case
    return None


async def unanswered(context: TurnContext, case: Case) -> CaseMessage | None:
    """Return the staff's message that came last in a case, lately: the next words may reply."""
    if case.acted_at is None or context.now - case.acted_at >= JOINS_WITHIN:
        return None
    last = await context.unit.threads.last(case.id)
    if (
        last is None
        or last.kind is not MessageKind.MESSAGE
        or context.now - last.at >= JOINS_WITHIN
    ):
        return None
    return last


async def replies_to(context: TurnContext, case: Case) -> bool:
    """Tell whether words may reply to what staff asked or wrote in a case."""
    return case.state is CaseState.WAITING or await unanswered(context, case) is not None


async def join(
    context: TurnContext,
    case: Case,
    words: str,
    felt: Feeling = Feeling.CALM,
    also: Button | None = None,
) -> None:
    """Let words join a case, and say so; they may be a question of their own after all.

    *also* is the way to an entry of the FAQ that may be meant.
    """
    waited, angry = case.state in GOES_ON, felt is Feeling.ANGRY
    command = commands.JoinCase(
        context.citizen.id, case.id, words, context.written(), opens_again=True, feelings=angry
    )
    done = await execute(command, context.unit)
    if isinstance(done, Refused):
        context.send_text(done.why)
        return
    context.case_id = case.id
    text = case_messages.JOINED if not waited else case_messages.JOINED_WAITING
    text = text.with_(**facts_of(done))
    split = cards.command_button(f"split.{done.value['said']}", case_messages.NEW_QUESTION)
    if angry:
        call = cards.command_button(f"call.{case.id}", case_messages.CALL_ME)
        both = messages.BOTH.with_(first=recognition(words), second=text)
        context.send(Send(both, (call, cards.TO_COMPLAIN, cards.TO_MENU)))
    elif not already_answered(context):
        ways = (split, cards.TO_MENU)
        context.send(Send(text, (also, *ways) if also is not None else ways))


def already_answered(context: TurnContext) -> bool:
    """Tell whether this is a later part of an album that has had its answer."""
    album = context.letter.album
    return album is not None and context.citizen.album == album


async def open_case(
    context: TurnContext,
    kind: CaseKind,
    words: str,
    theme: str | None,
    at: Written,
    *,
    feelings: bool = False,
) -> dict[str, Any]:
    """Open a case; return what its receipt says."""
    command = commands.OpenCase(context.citizen.id, kind, words, theme, at, feelings=feelings)
    done = await execute(command, context.unit)
    context.case_id = done.value["case"] if isinstance(done, Done) else None
    return facts_of(done)


async def meet_anger(context: TurnContext, words: str, theme: str | None) -> None:
    """Recognise what is felt, then offer a call; the case is there at once (DOMAIN 3c-12)."""
    facts = await open_case(
        context, CaseKind.QUESTION, words, theme, context.written(), feelings=True
    )
    text = case_messages.ANGRY.with_(recognition=recognition(words), **facts)
    call = cards.command_button(f"call.{facts['case']}", case_messages.CALL_ME)
    context.send(Send(text, (call, cards.TO_COMPLAIN, cards.TO_MENU)))


async def meet_complaint(context: TurnContext, words: str, theme: str | None) -> None:
    """Take a complaint in: recognition, receipt, date, and the way to complain (DOMAIN row 6)."""
    facts = await open_case(context, CaseKind.COMPLAINT, words, theme, context.written())
    text = case_messages.COMPLAINT_RECEIPT.with_(**facts)
    context.send(Send(text, (cards.TO_COMPLAIN, cards.TO_OVERVIEW)))


def facts_of(done: Done | Refused) -> dict[str, Any]:
    """Return what a service said of a case, as texts use it."""
    said = done.value if isinstance(done, Done) else {}
    return {key: unpacked(value) for key, value in said.items()}


def case_line(context: TurnContext, case: Case) -> Text:
    """Write one case as the overview shows it: number, first words, state, who has read it."""
    state = case_messages.STATES[case.state].with_(due=case.told_on, contact=case.contact)
    own = {"number": case_number(context.unit, case), "title": case.title, "state": state}
    if case.read_by and case.live:
        read = case_messages.READ_BY.with_(name=case.read_by)
        return case_messages.CASE_LINE_READ.with_(**own, read=read)
    return case_messages.CASE_LINE.with_(**own)


def named(context: TurnContext, words: str) -> Named | None:
    """Read the case's number that *words* begin with."""
    plain = words.strip()
    found = _NUMBER.match(plain)
    if found is None or found[1].upper() != context.town.number_prefix.upper():
        return None
    return Named(int(found[2]), alone=not any(map(str.isalnum, plain[found.end() :])))


async def own(context: TurnContext, number: int) -> Case | None:
    """Return the case of that number, where it is the citizen's own (HR-6)."""
    case = await context.unit.cases.by_number(number)
    return case if case is not None and case.person_id == context.citizen.id else None


def show_named(context: TurnContext, case: Case | None) -> None:
    """Show the case whose number was typed; what is not the citizen's own is not told of."""
    if case is None:
        context.send(Send(case_messages.NOT_YOURS, (cards.TO_PERSON, cards.TO_MENU)))
        return
    context.case_id = case.id
    context.send(Send(case_line(context, case), case_buttons(case)))


async def show_newest(context: TurnContext) -> bool:
    """Show the citizen's newest case; tell whether there is one."""
    newest = await context.unit.cases.of_person(context.citizen.id, 1)
    for case in newest:
        context.case_id = case.id
        context.send(Send(case_line(context, case), case_buttons(case)))
    return bool(newest)


async def waits(context: TurnContext) -> bool:
    """Tell whether a case waits for the citizen: then even a number or an ok is an answer."""
    cases = await context.unit.cases.writable(context.citizen.id)
    return any(case.state is CaseState.WAITING for case in cases)


def case_buttons(case: Case) -> tuple[Button, ...]:
    """Return what a citizen may do with a case: a call while it is open, and the menu."""
    if case.live:
        return (cards.command_button(f"call.{case.id}", case_messages.CALL_ME), cards.TO_MENU)
    return (cards.TO_MENU,)
