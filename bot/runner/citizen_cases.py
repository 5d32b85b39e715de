"""A citizen's cases: find, open and show them, and add the citizen's words."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from bot.engine.effects import Button, Send
from bot.engine.events import Done, Refused
from bot.engine.flow import unpacked
from bot.i18n import Text
from bot.model.case import Case, CaseKind, CaseMessage, CaseState, MessageKind, Written
from bot.model.case_number import Named, case_number_in
from bot.model.commands.cases import JoinCase, OpenCase
from bot.runner.context import TurnContext
from bot.service import execute
from bot.service.cases.opening import case_number
from bot.tone.feelings import Feeling
from bot.tone.waiting import recognition
from flows import cards, case_messages, messages

JOINS_WITHIN = timedelta(hours=24)
SHOWN_CASES = 5
# A citizen's message makes a case in these states active again; the reply gives its date.
GOES_ON = (CaseState.WAITING, CaseState.ANSWERED)
CARD = "mine"
CARD_LIVES = timedelta(hours=48)
# What people ask about a case that they name.
_STATUS = re.compile(
    r"(?:(?:hej|hi|hello)[ ,.!]*)?(?:"
    r"hvad sker der(?: nu)?(?: med| i)?|hvad er der sket(?: med| i)?|hvordan går det(?: med)?|"
    r"hvor langt er (?:i|du|min sag|det)(?: med| nået med)?|(?:hvad er )?status(?: på| for)?|"
    r"(?:er der )?(?:noget |nogen )?nyt (?:om|i)|hvornår kommer der svar(?: på)?|vis(?: mig)?|se|"
    r"hvornår (?:får|hører) jeg (?:svar|noget)(?: på| om)?|"
    r"what (?:is happening|happens|happened|about)(?: with| to)?|how is it going(?: with)?|"
    r"how far (?:is|are you with)|(?:what is the )?status(?: of| on)?|show(?: me)?|"
    r"(?:is there )?any news(?: about| on| of)?|"
    r"when (?:do|will|can) i (?:get|have|hear)(?: an answer| back| anything)?(?: to| about| on)?"
    r")(?: min sag| sagen| sag| my case| the case)?",
    re.IGNORECASE,
)


async def picked(context: TurnContext) -> Case | None:
    """Return the case whose message the citizen replied to in Telegram."""
    if context.incoming.reply_to is None:
        return None
    linked = await context.unit.cases.linked(context.chat_id, context.incoming.reply_to)
    case = await context.unit.cases.get(linked[0]) if linked else None
    return case if case is not None and case.person_id == context.citizen.id else None


async def joinable(context: TurnContext, cases: list[Case]) -> Case | None:
    """Return the case that new words join without a question to the citizen, if any.

    First a case that waits for the citizen (newest query), then one where staff wrote last within
    24 h (also an answered one), then a live case with a message within 24 h.
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
    """Return a case's last message if staff sent it within 24 h: new words may reply to it."""
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
    """Return whether words may reply to what staff asked or wrote in a case."""
    return case.state is CaseState.WAITING or await unanswered(context, case) is not None


async def join(
    context: TurnContext,
    case: Case,
    words: str,
    felt: Feeling = Feeling.CALM,
    also: Button | None = None,
) -> None:
    """Add words to a case and send a receipt, or the service's reason where it refuses.

    The receipt has a button that makes the words a new question. Angry words get a recognition
    and the offer of a call; otherwise a later part of an album gets no receipt. *also* is a
    button to a FAQ entry that may answer the words.
    """
    waited, angry = case.state in GOES_ON, felt is Feeling.ANGRY
    command = JoinCase(
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
    """Return whether this is a later part of an album that has already been answered."""
    album = context.incoming.album
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
    """Open a case and return the facts for its receipt; none where the service refuses."""
    command = OpenCase(context.citizen.id, kind, words, theme, at, feelings=feelings)
    done = await execute(command, context.unit)
    context.case_id = done.value["case"] if isinstance(done, Done) else None
    return facts_of(done)


async def meet_anger(context: TurnContext, words: str, theme: str | None) -> None:
    """Open a case at once, acknowledge the feeling and offer a call (DOMAIN 3c-12)."""
    facts = await open_case(
        context, CaseKind.QUESTION, words, theme, context.written(), feelings=True
    )
    text = case_messages.ANGRY.with_(recognition=recognition(words), **facts)
    call = cards.command_button(f"call.{facts['case']}", case_messages.CALL_ME)
    context.send(Send(text, (call, cards.TO_COMPLAIN, cards.TO_MENU)))


async def meet_complaint(context: TurnContext, words: str, theme: str | None) -> None:
    """Open a complaint case; send recognition, receipt, date and complaint ways (DOMAIN row 6)."""
    facts = await open_case(context, CaseKind.COMPLAINT, words, theme, context.written())
    text = case_messages.COMPLAINT_RECEIPT.with_(**facts)
    context.send(Send(text, (cards.TO_COMPLAIN, cards.TO_OVERVIEW)))


def facts_of(done: Done | Refused) -> dict[str, Any]:
    """Return a service's result as facts for texts; empty where it refused."""
    said = done.value if isinstance(done, Done) else {}
    return {key: unpacked(value) for key, value in said.items()}


def case_line(context: TurnContext, case: Case) -> Text:
    """Return a case's line in the overview: number, first words, state, name of its reader."""
    state = case_messages.STATES[case.state].with_(due=case.told_on, contact=case.contact)
    own = {"number": case_number(context.unit, case), "title": case.title, "state": state}
    if case.read_by and case.live:
        read = case_messages.READ_BY.with_(name=case.read_by)
        return case_messages.CASE_LINE_READ.with_(**own, read=read)
    return case_messages.CASE_LINE.with_(**own)


def named(context: TurnContext, words: str) -> Named | None:
    """Return the case number in *words*; None without one of this town's prefix."""
    return case_number_in(words, context.town.number_prefix)


def asks_for_status(named: Named) -> bool:
    """Return whether words with a case number ask only how far the case is."""
    return named.alone or _STATUS.fullmatch(named.rest.strip(" .,:;?!")) is not None


async def own(context: TurnContext, number: int) -> Case | None:
    """Return the case with this number if it belongs to the citizen (HR-6)."""
    case = await context.unit.cases.by_number(number)
    return case if case is not None and case.person_id == context.citizen.id else None


def show_named(context: TurnContext, case: Case | None) -> None:
    """Show a case; for None, send a refusal that does not reveal whether the case exists."""
    if case is None:
        context.send(Send(case_messages.NOT_YOURS, (cards.TO_PERSON, cards.TO_MENU)))
        return
    context.case_id = case.id
    context.send(Send(case_line(context, case), case_buttons(case)))


async def show_newest(context: TurnContext) -> bool:
    """Show the citizen's newest case and return whether there is one."""
    newest = await context.unit.cases.of_person(context.citizen.id, 1)
    for case in newest:
        context.case_id = case.id
        context.send(Send(case_line(context, case), case_buttons(case)))
    return bool(newest)


async def waits(context: TurnContext) -> bool:
    """Return whether a case waits for the citizen; then even a number or an "ok" is an answer."""
    cases = await context.unit.cases.writable(context.citizen.id)
    return any(case.state is CaseState.WAITING for case in cases)


def case_buttons(case: Case) -> tuple[Button, ...]:
    """Return the buttons under a case: a call while it is open, and the menu."""
    if case.live:
        return (cards.command_button(f"call.{case.id}", case_messages.CALL_ME), cards.TO_MENU)
    return (cards.TO_MENU,)
