"""Free text: answer it from the FAQ, add it to a case, or send it to staff."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.engine.conversation import Conversation
from bot.engine.effects import Button, Send
from bot.engine.events import Refused
from bot.engine.words import fold
from bot.i18n import Listed, Text
from bot.model.case import Case, CaseKind, CloseReason, Written, title_of
from bot.model.commands.cases import EditWords, JoinCase
from bot.runner import citizen_cases, own_tasks
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
RESTS_FOR = timedelta(days=60)  # so long, a case closed for silence may be meant
OTHER = "other"
ASIDE = "-"  # instead of a FAQ entry: the words wait for what the citizen says they are about
LOOKED_UP = 2  # words: so short a message is a search term, not a sentence
OFFERED_CASES = 3


async def question(context: TurnContext, words: str) -> None:
    """Handle words that nothing else took, so that no question is lost."""
    if await to_named(context, words):
        return
    found = await find(context, words)
    theme = await theme_of(context, found)
    felt = feeling(words)
    cases = await context.unit.cases.writable(context.citizen.id)
    case = await citizen_cases.joinable(context, cases)
    replies = case is not None and await citizen_cases.replies_to(context, case)
    calm = felt is Feeling.CALM and found.best is None
    if calm and not replies and await own_tasks.to_contact(context, words):
        return
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
    """Return whether the FAQ comes before the case that words would join.

    The score cannot separate a new question from a follow-up: "he starts in nursery in March"
    scores 99 of 100. So words that match an entry but do not ask go to the case where they may
    reply to staff (*replies*), or have the case's theme and a score below 1.
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
    """Return whether words are a search term: "opening hours" says nothing about a tree."""
    return bool(found.near) and len(words.split()) <= LOOKED_UP and theme != case.theme


async def _where_to(
    context: TurnContext, words: str, theme: str | None, found: Found, case: Case
) -> None:
    """Ask whether words belong to an older case; for a search term, offer FAQ entries as well."""
    if _looked_up(words, theme, found, case):
        await _did_not_find(context, words, theme, found, case)
        return
    asked = await _keep(context, words, theme, None)
    context.send(where_to(context, asked, case))


async def _faq_button(context: TurnContext, found: Found) -> Button | None:
    """Return a button to the FAQ entry that answers words which have joined a case."""
    entry = await faq_entry(context, found.best.id) if found.best is not None else None
    return cards.to_entry(entry, context.language) if entry is not None else None


async def to_named(context: TurnContext, words: str, waiting: Conversation | None = None) -> bool:
    """Add words that name a case to that case; return whether they were taken.

    The number alone, or with a question about its state, shows the case. A waiting step keeps
    words that may be its answer.
    """
    named = citizen_cases.named(context, words)
    if named is None:
        return False
    case = await citizen_cases.own(context, named.number)
    if case is None and words.strip().isdigit():  # any other number
        return False
    if waiting is not None and (
        named.alone or not named.first or case is None or _is_about(waiting, case)
    ):
        return False
    if citizen_cases.asks_for_status(named):
        citizen_cases.show_named(context, case)
    elif case is not None:
        await to_picked(context, case, words)
    else:
        await _not_yours(context, words)
    return True


def _is_about(waiting: Conversation, case: Case) -> bool:
    """Return whether a conversation may be about this case: its documents, or missing facts."""
    return waiting.flow == Access.key() or waiting.answers.get("case_id") == case.id


async def _not_yours(context: TurnContext, words: str) -> None:
    """Keep words that name a case the citizen does not have, and ask where they belong.

    Angry words open a case at once.
    """
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
    """Return the newest case if it was closed for silence and touched within 60 days.

    New words may be the late answer.
    """
    newest = await context.unit.cases.of_person(context.citizen.id, 1)
    silent = [case for case in newest if case.close_reason == CloseReason.SILENT]
    return next((case for case in silent if context.now - case.touched_at < RESTS_FOR), None)


async def to_picked(context: TurnContext, case: Case, words: str) -> None:
    """Add a reply to the case of the message; for a closed case, ask whether to reopen it."""
    if case.closed_at is None:
        await citizen_cases.join(context, case, words, feeling(words))
        return
    asked = await _keep(context, words, case.theme, None)
    context.send(where_to(context, asked, case))


async def _answer(
    context: TurnContext, words: str, theme: str | None, found: Found, case: Case | None
) -> None:
    """Show the FAQ entry, and keep the words so that the citizen can send them to staff.

    Where the citizen has a case, a button adds the words to it.
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
    """Offer entries that may be meant; without a tap, staff get the question after 30 minutes."""
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
    """Return the button that adds a stored question to a case."""
    closed = case.closed_at is not None
    label = case_messages.OPEN_AGAIN if closed else case_messages.TO_CASE
    number = case_number(context.unit, case)
    return cards.command_button(f"join.{asked.id}.{case.id}", label.with_(number=number))


def _when(context: TurnContext) -> Text:
    """Return as text when staff get a question without a tap."""
    due = _asked_on_at(context)
    soon = due - context.now <= ASKED_ON_AFTER
    return messages.IN_HALF_AN_HOUR if soon else messages.ON_DAY_AT.with_(due=due)


async def _keep(
    context: TurnContext, words: str, theme: str | None, faq_id: str | None
) -> Question:
    """Store a question until it is settled; without a FAQ answer it gets a timer.

    Words that wait already are not stored again.
    """
    unit, at = context.unit, context.written()
    await unit.questions.forget_answered(context.citizen.id)
    pending = await unit.questions.pending_of(context.citizen.id) if faq_id is None else []
    known = next((one for one in pending if fold(one.words) == fold(words)), None)
    if known is not None:
        return known
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


async def keep_aside(context: TurnContext, words: str) -> Question:
    """Store words that may be no question at all: staff do not get them by themselves."""
    return await _keep(context, words, None, ASIDE)


def _asked_on_at(context: TurnContext) -> datetime:
    """Return when staff get a question without a tap: after 30 minutes, outside quiet hours."""
    return context.calendar.next_allowed(context.now + ASKED_ON_AFTER, context.citizen.own_quiet)


def where_to(context: TurnContext, asked: Question, case: Case) -> Send:
    """Return the message that asks whether words belong to a case or are a new question."""
    closed = case.closed_at is not None
    text = case_messages.WHERE_TO_CLOSED if closed else case_messages.WHERE_TO
    new = cards.command_button(f"human.{asked.id}", case_messages.NEW_QUESTION)
    return Send(
        text.with_(number=case_number(context.unit, case)), (_to_case(context, asked, case), new)
    )


def written_of(asked: Question) -> Written:
    """Return the chat message that holds a question."""
    return Written(asked.chat_id, asked.message_id, asked.sent_at)


async def settle(context: TurnContext, question_id: int | None) -> Question | None:
    """Delete and return a stored question of the citizen; None where it is not theirs."""
    if question_id is None:
        return None
    asked = await context.unit.questions.get(question_id)
    if asked is None or asked.person_id != context.citizen.id:
        return None
    await context.unit.questions.forget(asked.id)
    await context.unit.timers.forget(TIMER, str(asked.id))
    return asked


async def take_edit(context: TurnContext, words: str) -> None:
    """Store edited words in the question or case that holds them; send nothing."""
    message_id = context.incoming.message_id
    if message_id is not None:
        command = EditWords(context.citizen.id, context.chat_id, message_id, words)
        await execute(command, context.unit)


async def answered_with(context: TurnContext, question_id: int | None, faq_id: str) -> int | None:
    """Record that an entry was shown for a question, and cancel its timer to staff.

    Return the question's id; None where it is not the citizen's.
    """
    asked = await context.unit.questions.get(question_id) if question_id is not None else None
    if asked is None or asked.person_id != context.citizen.id:
        return None
    await context.unit.questions.answered(asked.id, faq_id)
    await context.unit.timers.forget(TIMER, str(asked.id))
    return asked.id


async def send_on(context: TurnContext, asked: Question, *, by_itself: bool) -> None:
    """Open a case for a question, at the citizen's tap or when its timer is due (*by_itself*).

    The citizen's other questions without an answer go into the same case, and the same words
    once. A question sent by a tap counts as received at the tap, for it may be weeks old.
    """
    together = await _gathered(context, asked, by_itself=by_itself)
    first = together[0]
    at = written_of(first) if by_itself else replace(written_of(first), sent_at=context.now)
    facts = await citizen_cases.open_case(context, CaseKind.QUESTION, first.words, first.theme, at)
    for more in together[1:]:
        joins = JoinCase(context.citizen.id, facts["case"], more.words, written_of(more))
        await execute(joins, context.unit)
    receipt = case_messages.RECEIPT.with_(**facts)
    if by_itself:
        titles = [title_of(one.words) for one in together]
        quoted = case_messages.QUOTED
        title = Listed(tuple(quoted.with_(title=one) for one in titles))
        receipt = case_messages.QUESTION_SENT.with_(titles=title, receipt=receipt)
    context.send(Send(receipt, (cards.TO_OVERVIEW, cards.TO_MENU)))


async def _gathered(context: TurnContext, asked: Question, *, by_itself: bool) -> list[Question]:
    """Settle and return a question with the others that wait, the oldest first, each words once.

    At a tap these are the questions of the last half hour.
    """
    since = context.now - ASKED_ON_AFTER
    waiting = [
        one
        for one in await context.unit.questions.pending_of(context.citizen.id)
        if by_itself or one.sent_at >= since
    ]
    for one in waiting:
        await settle(context, one.id)
    by_words: dict[str, Question] = {}
    for one in sorted([asked, *waiting], key=lambda one: one.id):
        by_words.setdefault(fold(one.words), one)
    return list(by_words.values())


async def join_later(context: TurnContext, asked: Question, case_id: int) -> None:
    """Add a question to the case that the citizen chose, and reopen a closed one.

    Where the service refuses, open a new case.
    """
    done = await execute(
        JoinCase(
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
