"""A citizen's free words: the FAQ answers, a case takes them, or a person will."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.engine.conversation import Conversation
from bot.engine.effects import Button, Send
from bot.engine.events import Refused
from bot.i18n import Text
from bot.model import commands
from bot.model.case import Case, Close, Kind
from bot.model.commands.cases import Written
from bot.runner import caseload
from bot.runner.desk import Desk
from bot.runner.knowledge import faq_entry, find, show_entry, theme_of
from bot.search import Found
from bot.service import carry_out
from bot.service.cases.opening import number_of
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


async def question(desk: Desk, words: str) -> None:
    """Take words that nothing else took: nothing that was asked is dropped."""
    if await to_named(desk, words):
        return
    found = await find(desk, words)
    theme = await theme_of(desk, found)
    felt = feeling(words)
    cases = await desk.unit.cases.writable(desk.citizen.id)
    case = await caseload.joinable(desk, cases)
    replies = case is not None and await caseload.replies_to(desk, case)
    if felt is Feeling.ANGRY and case is None:
        await caseload.meet_anger(desk, words, theme)
    elif felt is Feeling.DISSATISFIED and case is None:
        await caseload.meet_complaint(desk, words, theme)
    elif felt is Feeling.CALM and _for_faq(words, theme, found, case, replies=replies):
        await _answer(desk, words, theme, found, case or next(iter(cases), None))
    elif case is not None:
        await caseload.join(desk, case, words, felt, await _faq_button(desk, found))
    elif (near := cases[0] if cases else await _resting(desk)) is not None:
        await _where_to(desk, words, theme, found, near)
    else:
        await _did_not_find(desk, words, theme, found)


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


async def _where_to(desk: Desk, words: str, theme: str | None, found: Found, case: Case) -> None:
    """Ask whether words belong to an older case; what is looked up is offered as well."""
    if _looked_up(words, theme, found, case):
        await _did_not_find(desk, words, theme, found, case)
        return
    asked = await _keep(desk, words, theme, None)
    desk.say(where_to(desk, asked, case))


async def _faq_button(desk: Desk, found: Found) -> Button | None:
    """Return the way to the entry that answers words which have joined a case."""
    entry = await faq_entry(desk, found.best.id) if found.best is not None else None
    return cards.to_entry(entry, desk.language) if entry is not None else None


async def to_named(desk: Desk, words: str, waiting: Conversation | None = None) -> bool:
    """Take words that begin with a case's number to that case; tell whether they did.

    The number alone shows the case. A step that waits keeps what may be its answer.
    """
    named = caseload.named(desk, words)
    if named is None:
        return False
    case = await caseload.own(desk, named.number)
    if waiting is not None and (named.alone or case is None or _is_about(waiting, case)):
        return False
    if named.alone:
        caseload.show_named(desk, case)
    elif case is not None:
        await to_picked(desk, case, words)
    else:
        await _not_yours(desk, words)
    return True


def _is_about(waiting: Conversation, case: Case) -> bool:
    """Tell whether a conversation may ask about this case: for its papers, or what is missing."""
    return waiting.flow == Access.key() or waiting.answers.get("case_id") == case.id


async def _not_yours(desk: Desk, words: str) -> None:
    """Ask where words belong whose case the citizen does not have, and keep them meanwhile."""
    theme = await theme_of(desk, await find(desk, words))
    if feeling(words) is Feeling.ANGRY:
        await caseload.meet_anger(desk, words, theme)
        return
    asked = await _keep(desk, words, theme, None)
    cases = await desk.unit.cases.writable(desk.citizen.id)
    text = case_messages.NOT_AMONG_YOURS.with_(when=_when(desk))
    to_cases = [_to_case(desk, asked, case) for case in cases[:OFFERED_CASES]]
    desk.say(Send(text, (*to_cases, *cards.on_or_off(asked.id))))


async def _resting(desk: Desk) -> Case | None:
    """Return the case that was let be because the citizen was silent: this may be the answer."""
    newest = await desk.unit.cases.of_person(desk.citizen.id, 1)
    silent = [case for case in newest if case.close_reason == Close.SILENT]
    return next((case for case in silent if desk.now - case.touched_at < RESTS_FOR), None)


async def to_picked(desk: Desk, case: Case, words: str) -> None:
    """Let a reply to a message of a case join it; one that is closed is opened if they want."""
    if case.closed_at is None:
        await caseload.join(desk, case, words, feeling(words))
        return
    asked = await _keep(desk, words, case.theme, None)
    desk.say(where_to(desk, asked, case))


async def _answer(
    desk: Desk, words: str, theme: str | None, found: Found, case: Case | None
) -> None:
    """Show the entry that answers, and keep the words for a person to be asked on.

    Where the citizen has a case, the words may be for it: the way there stands beside.
    """
    entry = await faq_entry(desk, found.best.id) if found.best is not None else None
    if entry is None:
        await _did_not_find(desk, words, theme, found, case)
        return
    asked = await _keep(desk, words, theme, entry.id)
    also = _to_case(desk, asked, case) if case is not None else None
    await show_entry(desk, entry, asked.id, also)


async def _did_not_find(
    desk: Desk, words: str, theme: str | None, found: Found, case: Case | None = None
) -> None:
    """Offer what may be meant; without a tap a person is asked in half an hour."""
    asked = await _keep(desk, words, theme, None)
    near = [entry for hit in found.near if (entry := await faq_entry(desk, hit.id)) is not None]
    await desk.unit.missed.add(words, desk.language, [entry.id for entry in near])
    offered = [cards.to_entry(entry, desk.language, asked.id) for entry in near]
    if case is not None:
        offered.append(_to_case(desk, asked, case))
    if offered:
        desk.say(cards.did_you_mean(offered, asked.id, _when(desk)))
    else:
        desk.say(cards.do_not_know(desk.contact(), asked.id, _when(desk)))


def _to_case(desk: Desk, asked: Question, case: Case) -> Button:
    """Return the way by which a question joins a case."""
    closed = case.closed_at is not None
    label = case_messages.OPEN_AGAIN if closed else case_messages.TO_CASE
    number = number_of(desk.unit, case)
    return cards.press(f"join.{asked.id}.{case.id}", label.with_(number=number))


def _when(desk: Desk) -> Text:
    """Return when a person is asked where nothing is tapped."""
    due = _asked_on_at(desk)
    soon = due - desk.now <= ASKED_ON_AFTER
    return messages.IN_HALF_AN_HOUR if soon else messages.ON_DAY_AT.with_(due=due)


async def _keep(desk: Desk, words: str, theme: str | None, faq_id: str | None) -> Question:
    """Keep what was asked until it is settled; what the FAQ did not answer has a timer."""
    unit, at = desk.unit, desk.written()
    await unit.questions.forget_answered(desk.citizen.id)
    asked = await unit.questions.add(
        Question(
            id=0,
            person_id=desk.citizen.id,
            words=words,
            theme=theme or OTHER,
            language=desk.language,
            chat_id=at.chat_id,
            message_id=at.message_id,
            sent_at=at.sent_at,
            faq_id=faq_id,
        )
    )
    if faq_id is None:
        due = _asked_on_at(desk)
        await unit.timers.set(NewTimer(TIMER, str(asked.id), desk.lane, due))
    return asked


def _asked_on_at(desk: Desk) -> datetime:
    """Return when a person is asked where nothing is tapped; nobody is told so at night."""
    return desk.house.calendar.next_allowed(desk.now + ASKED_ON_AFTER, desk.citizen.own_quiet)


def where_to(desk: Desk, asked: Question, case: Case) -> Send:
    """Ask whether words belong to a case or are a question of their own."""
    closed = case.closed_at is not None
    text = case_messages.WHERE_TO_CLOSED if closed else case_messages.WHERE_TO
    new = cards.press(f"human.{asked.id}", case_messages.NEW_QUESTION)
    return Send(text.with_(number=number_of(desk.unit, case)), (_to_case(desk, asked, case), new))


def written_of(asked: Question) -> Written:
    """Return where a question stands in the chat."""
    return Written(asked.chat_id, asked.message_id, asked.sent_at)


async def settle(desk: Desk, question_id: int | None) -> Question | None:
    """Take a question of the citizen's own out of what is not settled."""
    if question_id is None:
        return None
    asked = await desk.unit.questions.get(question_id)
    if asked is None or asked.person_id != desk.citizen.id:
        return None
    await desk.unit.questions.forget(asked.id)
    await desk.unit.timers.forget(TIMER, str(asked.id))
    return asked


async def take_edit(desk: Desk, words: str) -> None:
    """Take changed words over where they stand in a case or wait for one; nothing is said."""
    message_id = desk.letter.message_id
    if message_id is not None:
        command = commands.EditWords(desk.citizen.id, desk.chat_id, message_id, words)
        await carry_out(command, desk.unit)


async def answered_with(desk: Desk, question_id: int | None, faq_id: str) -> int | None:
    """Note that the citizen was shown an entry for a question; nobody is asked by itself then."""
    asked = await desk.unit.questions.get(question_id) if question_id is not None else None
    if asked is None or asked.person_id != desk.citizen.id:
        return None
    await desk.unit.questions.answered(asked.id, faq_id)
    await desk.unit.timers.forget(TIMER, str(asked.id))
    return asked.id


async def send_on(desk: Desk, asked: Question, *, by_itself: bool) -> None:
    """Make a case of a question: the citizen wants a person, or has not said otherwise in time.

    What is sent on by a tap is received at the tap: the question may be weeks old.
    """
    at = written_of(asked) if by_itself else replace(written_of(asked), sent_at=desk.now)
    facts = await caseload.open_case(desk, Kind.QUESTION, asked.words, asked.theme, at)
    receipt = case_messages.RECEIPT.with_(**facts)
    if by_itself:
        case = await desk.unit.cases.get(facts["case"])
        title = case.title if case is not None else ""
        receipt = case_messages.QUESTION_SENT.with_(title=title, receipt=receipt)
    desk.say(Send(receipt, (cards.press("mine", cards.DOOR_LABELS["mine"]), cards.TO_MENU)))


async def join_later(desk: Desk, asked: Question, case_id: int) -> None:
    """Let a question join the case that the citizen chose; one that is closed is opened again."""
    done = await carry_out(
        commands.JoinCase(
            desk.citizen.id,
            case_id,
            asked.words,
            written_of(asked),
            opens_again=True,
            feelings=feeling(asked.words) is Feeling.ANGRY,
        ),
        desk.unit,
    )
    if isinstance(done, Refused):
        await send_on(desk, asked, by_itself=False)
        return
    desk.about = case_id
    text = case_messages.JOINED_WAITING.with_(**caseload.facts_of(done))
    desk.say(Send(text, (cards.press("mine", cards.DOOR_LABELS["mine"]), cards.TO_MENU)))
