"""Messages about a citizen's own sign-ups, and about their profile as a volunteer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.engine.effects import Button, Send
from bot.i18n import Brief, Ends, Text, _, pgettext
from bot.model.opportunity import Gate
from bot.model.profile import GateCheck, GateState
from bot.model.signup import COMES, REPLACEABLE, SignupState
from flows import cards, messages, shift_cards
from flows.shift_cards import FIND_STANDIN
from flows.volunteer_cards import TO_OTHERS, lines_of

CONFIRMED = _("Welcome, {address}! You are in: {title}, {when}–{ends}.")
CONFIRMED_AGREED = _("Welcome, {address}! You are in: {title}.")
PLACE = _("Place: {place}")
CONTACT = _("{contact} is your contact.")
WRITES_BY = _("{contact} writes to you by {due} at the latest. You can also write first.")
WRITE_FIRST = _("Write to {contact} when you have something to ask or to tell.")
BENEFITS = _(
    "Do you get unemployment benefit, early retirement benefit or social assistance? Then ask your "
    "unemployment fund or the job centre before you help."
)
IF_NOT = _("If it does not suit you after all, just press “I cannot”.")
WAITLISTED = _(
    "All places are taken: {title}, {when}. You are number {place} on the waiting list. If a place "
    "becomes free, I write to you here, and you have time to answer."
)
OFFERED = _("A place is free for you: {title}, {when}. It is yours until {until}.")
REQUESTED = _("Thank you, {address}. You have asked to join: {title}.")
REQUESTED_WHEN = _("Thank you, {address}. You have asked to join: {title}, {when}.")
ANSWERS_BY = _("{contact} answers you by {due} at the latest.")
STANDIN = _("We look for a stand-in for you: {title}, {when}. Until then it is still your task.")
CANNOT = _("I cannot")
CANNOT_WHICH = _("I cannot: {what}")
GATES = {
    (Gate.CHILDREN, GateState.WANTED): _(
        "Children's certificate: we order it for you, and I write to you when that is done. Then "
        "you say yes in Digital Post. It usually takes ten days."
    ),
    (Gate.CHILDREN, GateState.ORDERED): _(
        "Children's certificate: ordered on {day}. It usually takes ten days."
    ),
    (Gate.CRIMINAL_RECORD, GateState.WANTED): _(
        "Criminal record certificate: {contact} tells you where to show it."
    ),
    (Gate.CRIMINAL_RECORD, GateState.ORDERED): _(
        "Criminal record certificate: ordered on {day}. It usually takes ten days."
    ),
    (Gate.COURSE, GateState.WANTED): _("Course: {contact} finds a date with you."),
    (Gate.COURSE, GateState.ORDERED): _("Course: agreed on {day}."),
}
AFTER_GATES = _("You can come when that is in order. I write to you here then.")
NOT_SIGNED_UP = {
    "young": _(
        "Thank you for wanting to help. You must be 15 to sign up yourself. A parent can sign up "
        "here and bring you along. You can write to us about anything else."
    ),
    "consent": _(
        "That is all right, and I have kept nothing. Without it I cannot sign you up here. You can "
        "also sign up by phone or at the counter.\n\n{contact}"
    ),
    "gate": _(
        "That is all right. You are not signed up for that task, but there are others where you "
        "need not promise or show anything first."
    ),
    "overlap": _("That is all right. You keep the one that you have."),
    "over": _("You are not signed up. Look at what else there is."),
}
AGAIN = "15"  # ends the data of the button that asks for the age again
NOW_15 = _("I am 15 now")
LEAVE = _("Do you want to cancel “{title}”?")
LEAVE_WHEN = _("Do you want to cancel “{title}”, {when}?")
LEAVE_LATE = _(
    "Do you want to cancel “{title}”, {when}? It is soon, so {contact} is told at once and must "
    "find another one. Cancel all the same if you have to."
)
YES_CANNOT = _("Yes, I cannot come")
COMES_STILL = _("No, I come")
STAYS = _("✓ You still come: {title}.")
STAYS_WHEN = _("✓ You still come: {title}, {when}.")
LEFT = _("It is noted that you cannot come. Thank you for saying so.")
LEFT_LATE = _(
    "It is noted that you cannot come, and {contact} has been told. Thank you for saying so."
)
OTHER_TIMES = _("Does one of these suit you better?")
GONE = _("That one is over. There is nothing more to do.")
# The overview
MY_TASKS = _("<b>Your tasks as a volunteer</b>")
TASK = _("• {what}: {state}")
TASK_WHEN = pgettext("task", "{title}, {when}")
STATES = {
    SignupState.CONFIRMED: _("you are in"),
    SignupState.CHECKED_IN: _("you are there"),
    SignupState.OFFERED: _("a place is free for you"),
    SignupState.STANDIN_WANTED: _("we look for a stand-in"),
}
IN_QUEUE = _("number {place} on the waiting list")
WAITS = _("{contact} answers by {due} at the latest")
WAITS_FOR = {
    Gate.CHILDREN: {
        GateState.WANTED: _("we order the certificate, which usually takes ten days"),
        GateState.ORDERED: _("certificate ordered on {day}, it usually takes ten days"),
    },
    Gate.CRIMINAL_RECORD: {
        GateState.WANTED: _("waits for your certificate"),
        GateState.ORDERED: _("certificate ordered on {day}, it usually takes ten days"),
    },
    Gate.COURSE: {
        GateState.WANTED: _("waits for a course"),
        GateState.ORDERED: _("course agreed on {day}"),
    },
}
WITH_MORE = pgettext("list", "{state}; {more}")
AS_VOLUNTEER = _("Me as a volunteer")
PROFILE = _("<b>You as a volunteer</b>")
ANSWER = pgettext("profile", "{name}: {answer}")
NOT_TOLD = _("not told")
CHANGE_HINT = _("Press what you want to tell or change.")
NAMES: Mapping[str, Text] = {
    "interests": _("What you like"),
    "times": _("When you have time"),
    "area": _("Where you want to help"),
    "languages": _("Languages"),
    "skills": _("What you are good at"),
    "phone": pgettext("profile", "Phone"),
    "over_15": _("15 or older"),
    "wish": _("What you want to get out of it"),
}
SAVED = _("It is saved.")
TOO_YOUNG = _(
    "It is saved. You must be 15 to sign up yourself, so you are not signed up for anything now. A "
    "parent can sign up here and bring you along."
)
THANKED = _("Thank you. That was all. You can change it under “My overview”.")
NOT_ASKED = _("That is all right. You can tell it another time under “Me as a volunteer”.")
NO_PROFILE = _("You are not a volunteer here yet. Look at what there is.")
STOP = _("Stop as a volunteer")
STOP_REALLY = _(
    "Do you want to stop as a volunteer? I erase what you have told about yourself, and cancel "
    "what you have signed up for."
)
STOP_YES, STOP_NO = _("Yes, stop"), _("No, go on")
STAYS_VOLUNTEER = _("✓ You are still a volunteer.")
STOPPED = _(
    "It is done. What you told about yourself as a volunteer is erased, and you are not signed up "
    "for anything. Thank you for your time. You are welcome back."
)
ALL_DAYS = _("every day")
AT_TIMES = pgettext("times", "{days}, {parts}")
MY_HOURS = cards.command_button("hours", pgettext("button", "My hours"))
CERTIFICATE = _(
    "Never send a certificate here. I have not kept what you sent. The municipality or the "
    "association gets the answer itself."
)


@dataclass(frozen=True, slots=True)
class OwnSignup:
    """A citizen's sign-up, as the chat tells it. *waits_for* are the gates that are missing."""

    id: int
    title: str
    state: SignupState
    contact: str
    begins_at: datetime | None = None
    ends: Ends | None = None
    place: str = ""  # where it is
    number: int | None = None  # on the waiting list
    until: datetime | None = None
    due: date | None = None
    waits_for: Sequence[GateCheck] = ()
    gates: Sequence[Gate] = ()  # of the opportunity


def outcome(own: OwnSignup) -> Send:
    """Return what became of a sign-up: place, queue, or a request with a name and a date."""
    facts = {"title": own.title, "when": own.begins_at, "ends": own.ends, "contact": own.contact}
    first = _first(own).with_(**facts, place=own.number, until=own.until)
    lines: list[Text | str] = [first]
    if own.state in COMES:
        lines += [PLACE.with_(place=own.place)] if own.place else []
        lines += _contact(own)
        lines.append(IF_NOT)
    if own.state is SignupState.REQUESTED:
        lines += [ANSWERS_BY.with_(contact=own.contact, due=own.due)] if own.due else []
        lines += [gate_line(check, own.contact) for check in own.waits_for]
        lines += [AFTER_GATES] if own.waits_for else []
    leave = cards.command_button(f"leave.{own.id}", CANNOT)
    ways = (*_more(own), leave, *cards.worry(own.gates), cards.TO_OVERVIEW, cards.TO_MENU)
    return Send(lines_of(lines), ways)  # type: ignore[arg-type]  # a Text


def _contact(own: OwnSignup) -> list[Text]:
    """Return who the contact is; by agreement, who writes first and by when."""
    if not own.contact:
        return []
    if own.begins_at is not None:
        return [CONTACT.with_(contact=own.contact)]
    text = WRITES_BY if own.due is not None else WRITE_FIRST
    return [text.with_(contact=own.contact, due=own.due)]


def _more(own: OwnSignup) -> tuple[Button, ...]:
    """Return the buttons of a place: the calendar file, or by agreement writing to the contact."""
    if own.state not in COMES:
        return ()
    if own.begins_at is not None:
        return (shift_cards.file_button(own.id),)
    return (shift_cards.write_button(own.id, own.contact),) if own.contact else ()


def benefits() -> Send:
    """Return the note about benefits, which a person gets once, after the first sign-up."""
    return Send(BENEFITS, (cards.TO_OVERVIEW, cards.TO_MENU))


def stays(own: OwnSignup) -> Send:
    """Return in one line that a citizen still comes."""
    text = STAYS if own.begins_at is None else STAYS_WHEN
    return Send(text.with_(title=own.title, when=own.begins_at), (cards.TO_OVERVIEW, cards.TO_MENU))


def _first(own: OwnSignup) -> Text:
    """Return the first line of an outcome."""
    match own.state:
        case SignupState.WAITLISTED:
            text = WAITLISTED
        case SignupState.OFFERED:
            text = OFFERED
        case SignupState.REQUESTED:
            text = REQUESTED if own.begins_at is None else REQUESTED_WHEN
        case SignupState.STANDIN_WANTED:
            text = STANDIN
        case _:
            text = CONFIRMED_AGREED if own.begins_at is None else CONFIRMED
    return text


def gate_line(check: GateCheck, contact: str) -> Text:
    """Return how far a gate is."""
    day = (check.ordered_at or check.at).date()
    return GATES[check.gate, check.state].with_(day=day, contact=contact)


def age_again(place: str) -> str:
    """Return the data of the button that signs up for *place* after the age is asked again."""
    return f"take.{place}.{AGAIN}"


def not_signed_up(why: str, contact: Text, *, asks_age: str | None = None) -> Send:
    """Return why a sign-up did not come about, and the next step; *asks_age* tries again."""
    again = (cards.command_button(asks_age, NOW_15),) if asks_age else ()
    text = NOT_SIGNED_UP.get(why, NOT_SIGNED_UP["over"]).with_(contact=contact)
    return Send(text, (*again, TO_OTHERS, cards.TO_PERSON, cards.TO_MENU))


def leave(own: OwnSignup, *, late: bool) -> Send:
    """Ask whether a citizen cancels, or finds a stand-in; a late one is told the consequence."""
    text = LEAVE if own.begins_at is None else LEAVE_LATE if late else LEAVE_WHEN
    has_place = own.begins_at is not None and own.state in REPLACEABLE
    standin = (cards.command_button(f"findstandin.{own.id}", FIND_STANDIN),) if has_place else ()
    return Send(
        text.with_(title=own.title, when=own.begins_at, contact=own.contact),
        (
            *standin,
            cards.command_button(f"leaving.{own.id}", YES_CANNOT),
            cards.command_button(f"stays.{own.id}", COMES_STILL),
        ),
    )


def left(contact: str, dates: Sequence[Button], *, late: bool) -> Send:
    """Return that a citizen has cancelled, with other dates."""
    text = LEFT_LATE.with_(contact=contact) if late else LEFT
    if dates:
        text = messages.BOTH.with_(first=text, second=OTHER_TIMES)
    return Send(text, (*dates, TO_OTHERS, cards.TO_OVERVIEW, cards.TO_MENU))


def task_line(own: OwnSignup) -> Text:
    """Return a sign-up as a line of the overview."""
    what: Text | str = own.title
    if own.begins_at is not None:
        what = TASK_WHEN.with_(title=own.title, when=own.begins_at)
    return TASK.with_(what=what, state=_state(own))


def _state(own: OwnSignup) -> Text:
    if own.state is SignupState.WAITLISTED:
        return IN_QUEUE.with_(place=own.number)
    if own.state is not SignupState.REQUESTED:
        return STATES[own.state]
    state = WAITS.with_(contact=own.contact, due=own.due)
    for check in own.waits_for:
        day = (check.ordered_at or check.at).date()
        more = WAITS_FOR[check.gate][check.state].with_(day=day)
        state = WITH_MORE.with_(state=state, more=more)
    return state


def leave_button(own: OwnSignup) -> Button:
    """Return the overview's button of a sign-up."""
    what: Text | str = own.title
    if own.begins_at is not None:
        what = pgettext("button", "{when}").with_(when=Brief(own.begins_at))
    return cards.command_button(f"leave.{own.id}", CANNOT_WHICH.with_(what=what))


def own_buttons(own: OwnSignup) -> tuple[Button, ...]:
    """Return the overview's buttons of a sign-up; by agreement one writes to the contact, too."""
    agreed = own.state in COMES and own.begins_at is None
    return (*(_more(own) if agreed else ()), leave_button(own))


def profile(answers: Mapping[str, Text | str], *, saved: bool = False) -> Send:
    """Return a volunteer's profile with a button for each answer."""
    lines: list[Text | str] = [SAVED] if saved else []
    lines.append(PROFILE)
    lines += [ANSWER.with_(name=NAMES[name], answer=answer) for name, answer in answers.items()]
    lines.append(CHANGE_HINT)
    buttons = (cards.command_button(f"tellof.{name}", NAMES[name]) for name in answers)
    stop = cards.command_button("stopvol", STOP)
    ways = (MY_HOURS, stop, cards.TO_OVERVIEW, cards.TO_MENU)
    return Send(lines_of(lines), (*buttons, *ways))  # type: ignore[arg-type]  # a Text


def stop_really() -> Send:
    """Ask whether a volunteer stops."""
    return Send(
        STOP_REALLY,
        (cards.command_button("stopvol.yes", STOP_YES), cards.command_button("staysvol", STOP_NO)),
    )


def stopped() -> Send:
    """Return that a volunteer has stopped."""
    return Send(STOPPED, (cards.TO_OVERVIEW, cards.TO_MENU))


def thanked() -> Send:
    """Thank for the optional answers."""
    return Send(
        THANKED, (cards.command_button("profile", AS_VOLUNTEER), cards.TO_OVERVIEW, cards.TO_MENU)
    )


def too_young() -> Send:
    """Return how a person under 15 can help, after they have told their age."""
    mine = cards.command_button("profile", AS_VOLUNTEER)
    return Send(TOO_YOUNG, (mine, cards.TO_PERSON, cards.TO_OVERVIEW, cards.TO_MENU))


def not_asked() -> Send:
    """Return where the optional answers can be given later."""
    mine = cards.command_button("profile", AS_VOLUNTEER)
    return Send(NOT_ASKED, (mine, cards.TO_OVERVIEW, cards.TO_MENU))
