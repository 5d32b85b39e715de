"""What the doors and buttons of cases answer."""

from __future__ import annotations

from bot.engine.effects import Send
from bot.engine.events import Refused
from bot.model import commands
from bot.model.case import Said
from bot.runner import caseload, talk
from bot.runner.asking import join_later, send_on, settle
from bot.runner.desk import Desk
from bot.runner.dossier import send_data
from bot.runner.knowledge import faq_entry, find, theme_of
from bot.runner.talk import back_to_step
from bot.service import carry_out
from bot.service.cases.joining import YES
from flows import cards, case_messages, messages
from flows.asking import Access, CallMe, Complaint, Idea, NotYet, WritePerson
from flows.report import Outdoors

VERDICTS = (YES, "partly", "no")


async def person(desk: Desk, rest: str) -> None:
    """Show the ways to a person."""
    del rest
    desk.say(cards.person(desk.contact()))
    await back_to_step(desk)


async def write(desk: Desk, rest: str) -> None:
    """Begin writing to a person."""
    del rest
    await talk.begin(desk, WritePerson)


async def ask_on(desk: Desk, rest: str) -> None:
    """Go from an answer that did not help, or from none, to a person; the words are kept."""
    faq_id, _dot, number = rest.rpartition(".")
    if faq_id and await faq_entry(desk, faq_id) is not None:
        await carry_out(commands.RateAnswer(faq_id, helped=False), desk.unit)
    asked = await settle(desk, talk.id_of(number) if number.isdigit() else None)
    if asked is None and number.isdigit() and await caseload.show_newest(desk):
        return  # a second tap: the question has become a case by now
    if asked is None:
        await talk.begin(desk, WritePerson)
        return
    await send_on(desk, asked, by_itself=False)
    await back_to_step(desk)


async def helped(desk: Desk, rest: str) -> None:
    """Thank for the word that an answer helped; the buttons go, so that it counts once."""
    faq_id, _dot, number = rest.partition(".")
    entry = await faq_entry(desk, faq_id)
    pressed = desk.tapped_message is not None and any(
        data == f"{cards.COMMAND}helped.{rest}" for data, _label in desk.citizen.screen
    )
    await settle(desk, talk.id_of(number) if number else None)
    if entry is not None and pressed:
        await carry_out(commands.RateAnswer(faq_id, helped=True), desk.unit)
    desk.say(Send(messages.GLAD, (cards.TO_MENU,)))


async def let_go(desk: Desk, rest: str) -> None:
    """Let a question go: it was nothing."""
    await settle(desk, talk.id_of(rest))
    desk.say(Send(messages.LET_GO, (cards.TO_MENU,)))
    await back_to_step(desk)


async def join(desk: Desk, rest: str) -> None:
    """Let a question join the case that was chosen."""
    question_id, _dot, case_id = rest.partition(".")
    wanted = talk.id_of(case_id)
    asked = await settle(desk, talk.id_of(question_id))
    if asked is None or wanted is None:
        desk.tell(messages.OLD_BUTTON)
        await talk.leave_for_menu(desk)
        return
    await join_later(desk, asked, wanted)
    await back_to_step(desk)


async def split(desk: Desk, rest: str) -> None:
    """Make a question of its own of words that had joined a case."""
    said_id = talk.id_of(rest)
    said = await desk.unit.threads.get(said_id) if said_id is not None else None
    own = said is not None and said.kind is Said.ASKED
    theme = await theme_of(desk, await find(desk, said.text)) if own and said else None
    done = await carry_out(commands.SplitOff(desk.citizen.id, said_id or 0, theme), desk.unit)
    if isinstance(done, Refused):
        desk.tell(done.why)
        return
    desk.about = done.value["case"]
    receipt = case_messages.RECEIPT.with_(**caseload.facts_of(done))
    desk.say(Send(receipt, (cards.press("mine", cards.DOOR_LABELS["mine"]), cards.TO_MENU)))


async def call(desk: Desk, rest: str) -> None:
    """Begin asking for a call; about a case, where one is named and is the citizen's own."""
    case_id = talk.id_of(rest) if rest else None
    case = await desk.unit.cases.get(case_id) if case_id is not None else None
    own = case is not None and case.person_id == desk.citizen.id and case.live
    await talk.begin(desk, CallMe, {"case_id": case_id if own else None})


async def verdict(desk: Desk, rest: str) -> None:
    """Take a verdict on an answer: a no is acted on at once, and asks what is missing."""
    case_id, episode, given = (*rest.split("."), "", "")[:3]
    about, of = talk.id_of(case_id), talk.id_of(episode)
    if about is None or of is None or given not in VERDICTS:
        await talk.leave_for_menu(desk)
        return
    command = commands.GiveVerdict(desk.citizen.id, about, of, given, None, desk.written())
    done = await carry_out(command, desk.unit)
    if isinstance(done, Refused):
        desk.say(Send(done.why, (cards.TO_MENU,)))
        await back_to_step(desk)
        return
    desk.about = about
    if given != YES:
        await talk.begin(desk, NotYet, {"case_id": about, "episode": of, "verdict": given})
        return
    text = case_messages.RESOLVED.with_(**caseload.facts_of(done))
    desk.say(Send(text, (cards.TO_MENU,)))
    if await _nothing_is_missing(desk, about):
        await talk.offer_paused(desk)
    else:
        await back_to_step(desk)


async def _nothing_is_missing(desk: Desk, case_id: int) -> bool:
    """Let the question go what is missing, where the mind was changed; tell whether it waited."""
    waiting = await desk.unit.conversations.waiting(desk.citizen.id)
    if waiting is None or waiting.flow != NotYet.key() or waiting.answers["case_id"] != case_id:
        return False
    await talk.end(desk, waiting)
    return True


async def felt(desk: Desk, rest: str) -> None:
    """Let a leader hear that an answer did not feel right (HR-15)."""
    done = await carry_out(commands.FeltWrong(desk.citizen.id, talk.id_of(rest) or 0), desk.unit)
    if isinstance(done, Refused):
        desk.tell(done.why)
        return
    desk.say(Send(case_messages.FELT_WRONG_THANKS, (cards.TO_PERSON, cards.TO_MENU)))


async def report(desk: Desk, rest: str) -> None:
    """Begin a report of something outdoors."""
    del rest
    await talk.begin(desk, Outdoors)


async def idea(desk: Desk, rest: str) -> None:
    """Begin an idea."""
    del rest
    await talk.begin(desk, Idea)


async def complain(desk: Desk, rest: str) -> None:
    """Show the three ways to complain (HR-16)."""
    del rest
    desk.say(cards.complaint_doors())
    await back_to_step(desk)


async def dissatisfied(desk: Desk, rest: str) -> None:
    """Begin a complaint about a service."""
    del rest
    await talk.begin(desk, Complaint)


async def decision(desk: Desk, rest: str) -> None:
    """Say how one complains about a decision."""
    del rest
    text = case_messages.DECISION_WAY.with_(contact=desk.contact())
    desk.say(Send(text, (cards.TO_PERSON, cards.TO_MENU)))
    await back_to_step(desk)


async def adviser(desk: Desk, rest: str) -> None:
    """Say what the citizens' adviser does."""
    del rest
    text = case_messages.ADVISER_WAY.with_(contact=desk.contact())
    desk.say(Send(text, (cards.TO_MENU,)))
    await back_to_step(desk)


async def access(desk: Desk, rest: str) -> None:
    """Begin asking for the municipality's papers (HR-14)."""
    del rest
    await talk.begin(desk, Access)


async def hearing(desk: Desk, rest: str) -> None:
    """Say truthfully that no hearing is open."""
    del rest
    idea_button = cards.press("idea", cards.DOOR_LABELS["idea"])
    desk.say(Send(case_messages.NO_HEARINGS, (idea_button, cards.TO_MENU)))
    await back_to_step(desk)


async def data(desk: Desk, rest: str) -> None:
    """Show and send what is kept of the citizen (HR-9)."""
    del rest
    await send_data(desk)
    await back_to_step(desk)


async def delete(desk: Desk, rest: str) -> None:
    """Show what is kept of the citizen, and how to have it deleted (HR-9)."""
    del rest
    await send_data(desk)
    desk.say(Send(case_messages.DELETE_ME, (cards.TO_PERSON, cards.TO_MENU)))
    await back_to_step(desk)
