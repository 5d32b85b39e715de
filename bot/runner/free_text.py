"""A citizen's free words: the FAQ answers, a case takes them, or a person will."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.engine.conversation import Conversation
from bot.engine.effects import Button, Send
from bot.engine.events import Refused
from bot.i18n import Text
from bot.model import commands
from bot.model.case import Case, CaseKind, CloseReason
from bot.model.commands.cases import Written
from bot.runner import citizen_cases
from bot.runner.context import TurnContext
from bot.runner.faq import faq_entry, find, show_entry, theme_of
from bot.search import Found
from bot.service import execute
from bot.service.cases.opening import case_number
from bot.store.questions import Question
from bot.store.timers import NewTimer
from bot.tone.feelings import Feeling, asks, feeling
from flows import cards, case_messages, messages
from flows.asking import Access

TIMER = "ask"
ASKED_ON_AFTER = timedelta(minutes=30)
RESTS_FOR = timedelta(days=60)  # a case that was let be may be what the citizen means
OTHER = "other"
LOOKED_UP = 2  # words: what is shorter than a sentence
OFFERED_CASES = 3


async def question(context: TurnContext, words: str) -> None:
    """Take words that nothing else took: nothing that was asked is dropped."""
    if await to_named(context, words):
        return
    found = await find(context, words)
    theme = await theme_of(context, found)
    felt = feeling(words)
    cases = await context.unit.cases.writable(context.citizen.id)
    case = await citizen_cases.joinable(context, cases)
    replies = case is not None and await citizen_cases.replies_to(context, case)
    if felt is Feeling.ANGRY and case is None:
        await citizen_cases.meet_anger(context, words, theme)
    elif felt is Feeling.DISSATISFIED and case is None:
        await citizen_cases.meet_complaint(context, words, theme)
    elif felt is Feeling.CALM and _for_faq(words, theme, found, case, replies=replies):
        await _answer(context, words, theme, found, case or next(iter(cases), None))
    elif case is not None:
        await citizen_cases.join(context, case, words, felt, await _faq_button(context, found))
    elif (near := cases[0] if cases else await _resting(context)) is not None:
        await _where_to(context, words, theme, found, near)
    else:
        await _did_not_find(context, words, theme, found)


def _for_faq(
    words: str, theme: str | None, found: Found, case: Case | None, *, replies: bool
) -> bool:
    """Tell whether the FAQ comes before the case that words would join.

    No score tells a question of its own from a follow-up: "he starts in nursery in March" has
    99 of 100. A follow-up answers what staff asked or wrote (*replies*), or states something of
    the case's own theme.
    """
    if case is None:
        return found.best is not None
    if found.best is None:
        return not replies and _looked_up(words, theme, found, case)
    if asks(words):
        return True
    listed = found.best.score >= 1
    return not replies and (listed or theme != case.theme)


def _looked_up(words: str, theme: str | None, found: Found, case: Case) -> bool:
    """Tell whether words look something up: "opening hours" is no news of a tree."""
    return bool(found.near) and len(words.split()) <= LOOKED_UP and theme != case.theme


async def _where_to(
    context: TurnContext, words: str, theme: str | None, found: Found, case: Case
) -> None:
    """Ask whether words belong to an older case; what is looked up is offered as well."""
    if _looked_up(words, theme, found, case):
        await _did_not_find(context, words, theme, found, case)
        return
    asked = await _keep(context, words, theme, None)
    context.send(where_to(context, asked, case))


async def _faq_button(context: TurnContext, found: Found) -> Button | None:
    """Return the way to the entry that answers words which have joined a case."""
    entry = await faq_entry(context, found.best.id) if found.best is not None else None
    return cards.to_entry(entry, context.language) if entry is not None else None


async def to_named(context: TurnContext, words: str, waiting: Conversation | None = None) -> bool:
    """Take words that begin with a case's number to that case; tell whether they did.

    The number alone shows the case. A step that waits keeps what may be its answer.
    """
    named = citizen_cases.named(context, words)
    if named is None:
        return False
    case = await citizen_cases.own(context, named.number)
    if waiting is not None and (named.alone or case is None or _is_about(waiting, case)):
        return False
    if named.alone:
        citizen_cases.show_named(context, case)
    elif case is not None:
        await to_picked(context, case, words)
    else:
        await _not_yours(context, words)
    return True


def _is_about(waiting: Conversation, case: Case) -> bool:
    """Tell whether a conversation may ask about this case: for its papers, or what is missing."""
    return waiting.flow == Access.key() or waiting.answers.get("case_id") == case.id


async def _not_yours(context: TurnContext, words: str) -> None:
    """Ask where words belong whose case the citizen does not have, and keep them meanwhile."""
    theme = await theme_of(context, await find(context, words))
    if feeling(words) is Feeling.ANGRY:
        await citizen_cases.meet_anger(context, words, theme)
        return
    asked = await _keep(context, words, theme, None)
    cases = await context.unit.cases.writable(context.citizen.id)
    text = case_messages.NOT_AMONG_YOURS.with_(when=_when(context))
    to_cases = [_to_case(context, asked, case) for case in cases[:OFFERED_CASES]]
    context.send(Send(text, (*to_cases, *cards.on_or_off(asked.id))))


async def _resting(context: TurnContext) -> Case | None:
    """Return the case that was let be because the citizen was silent: this may be the answer."""
    newest = await context.unit.cases.of_person(context.citizen.id, 1)
    silent = [case for case in newest if case.close_reason == CloseReason.SILENT]
    return next((case for case in silent if context.now - case.touched_at < RESTS_FOR), None)


async def to_picked(context: TurnContext, case: Case, words: str) -> None:
    """Let a reply to a message of a case join it; one that is closed is opened if they want."""
    if case.closed_at is None:
        await citizen_cases.join(context, case, words, feeling(words))
        return
    asked = await _keep(context, words, case.theme, None)
    context.send(where_to(context, asked, case))


async def _answer(
    context: TurnContext, words: str, theme: str | None, found: Found, case: Case | None
) -> None:
    """Show the entry that answers, and keep the words for a person to be asked on.

    Where the citizen has a case, the words may be for it: the way there stands beside.
    """
    entry = await faq_entry(context, found.best.id) if found.best is not None else None
    if entry is None:
        await _did_not_find(context, words, theme, found, case)
        return
    asked = await _keep(context, words, theme, entry.id)
    also = _to_case(context, asked, case) if case is not None else None
    await show_entry(context, entry, asked.id, also)


async def _did_not_find(
    context: TurnContext, words: str, theme: str | None, found: Found, case: Case | None = None
) -> None:
    """Offer what may be meant; without a tap a person is asked in half an hour."""
    asked = await _keep(context, words, theme, None)
    near = [entry for hit in found.near if (entry := await faq_entry(context, hit.id)) is not None]
    await context.unit.missed.add(words, context.language, [entry.id for entry in near])
    offered = [cards.to_entry(entry, context.language, asked.id) for entry in near]
    if case is not None:
        offered.append(_to_case(context, asked, case))
    if offered:
        context.send(cards.did_you_mean(offered, asked.id, _when(context)))
    else:
        context.send(cards.do_not_know(context.contact(), asked.id, _when(context)))


def _to_case(context: TurnContext, asked: Question, case: Case) -> Button:
    """Return the way by which a question joins a case."""
    closed = case.closed_at is not None
    label = case_messages.OPEN_AGAIN if closed else case_messages.TO_CASE
    number = case_number(context.unit, case)
    return cards.command_button(f"join.{asked.id}.{case.id}", label.with_(number=number))


def _when(context: TurnContext) -> Text:
    """Return when a person is asked where nothing is tapped."""
    due = _asked_on_at(context)
    soon = due - context.now <= ASKED_ON_AFTER
    return messages.IN_HALF_AN_HOUR if soon else messages.ON_DAY_AT.with_(due=due)


async def _keep(
    context: TurnContext, words: str, theme: str | None, faq_id: str | None
) -> Question:
    """Keep what was asked until it is settled; what the FAQ did not answer has a timer."""
    unit, at = context.unit, context.written()
    await unit.questions.forget_answered(context.citizen.id)
    asked = await unit.questions.add(
        Question(
            id=0,
            person_id=context.citizen.id,
            words=words,
            theme=theme or OTHER,
            language=context.language,
            chat_id=at.chat_id,
            message_id=at.message_id,
            sent_at=at.sent_at,
            faq_id=faq_id,
        )
    )
    if faq_id is None:
        due = _asked_on_at(context)
        await unit.timers.set(NewTimer(TIMER, str(asked.id), context.lane, due))
    return asked


def _asked_on_at(context: TurnContext) -> datetime:
    """Return when a person is asked where nothing is tapped; nobody is told so at night."""
    return context.calendar.next_allowed(context.now + ASKED_ON_AFTER, context.citizen.own_quiet)


def where_to(context: TurnContext, asked: Question, case: Case) -> Send:
    """Ask whether words belong to a case or are a question of their own."""
    closed = case.closed_at is not None
    text = case_messages.WHERE_TO_CLOSED if closed else case_messages.WHERE_TO
    new = cards.command_button(f"human.{asked.id}", case_messages.NEW_QUESTION)
    return Send(
        text.with_(number=case_number(context.unit, case)), (_to_case(context, asked, case), new)
    )


def written_of(asked: Question) -> Written:
    """Return where a question stands in the chat."""
    return Written(asked.chat_id, asked.message_id, asked.sent_at)


async def settle(context: TurnContext, question_id: int | None) -> Question | None:
    """Take a question of the citizen's own out of what is not settled."""
    if question_id is None:
        return None
    asked = await context.unit.questions.get(question_id)
    if asked is None or asked.person_id != context.citizen.id:
        return None
    await context.unit.questions.forget(asked.id)
    await context.unit.timers.forget(TIMER, str(asked.id))
    return asked


async def take_edit(context: TurnContext, words: str) -> None:
    """Take changed words over where they stand in a case or wait for one; nothing is said."""
    message_id = context.letter.message_id
    if message_id is not None:
        command = commands.EditWords(context.citizen.id, context.chat_id, message_id, words)
        await execute(command, context.unit)


async def answered_with(context: TurnContext, question_id: int | None, faq_id: str) -> int | None:
    """Note that the citizen was shown an entry for a question; nobody is asked by itself then."""
    asked = await context.unit.questions.get(question_id) if question_id is not None else None
    if asked is None or asked.person_id != context.citizen.id:
        return None
    await context.unit.questions.answered(asked.id, faq_id)
    await context.unit.timers.forget(TIMER, str(asked.id))
    return asked.id


async def send_on(context: TurnContext, asked: Question, *, by_itself: bool) -> None:
    """Make a case of a question: the citizen wants a person, or has not said otherwise in time.

    What is sent on by a tap is received at the tap: the question may be weeks old.
    """
    at = written_of(asked) if by_itself else replace(written_of(asked), sent_at=context.now)
    facts = await citizen_cases.open_case(context, CaseKind.QUESTION, asked.words, asked.theme, at)
    receipt = case_messages.RECEIPT.with_(**facts)
    if by_itself:
        case = await context.unit.cases.get(facts["case"])
        title = case.title if case is not None else ""
        receipt = case_messages.QUESTION_SENT.with_(title=title, receipt=receipt)
    context.send(Send(receipt, (cards.TO_OVERVIEW, cards.TO_MENU)))


async def join_later(context: TurnContext, asked: Question, case_id: int) -> None:
    """Let a question join the case that the citizen chose; one that is closed is opened again."""
    done = await execute(
        commands.JoinCase(
            context.citizen.id,
            case_id,
            asked.words,
            written_of(asked),
            opens_again=True,
            feelings=feeling(asked.words) is Feeling.ANGRY,
        ),
        context.unit,
    )
    if isinstance(done, Refused):
        await send_on(context, asked, by_itself=False)
        return
    context.case_id = case_id
    text = case_messages.JOINED_WAITING.with_(**citizen_cases.facts_of(done))
    context.send(Send(text, (cards.TO_OVERVIEW, cards.TO_MENU)))
