"""Attendance in the chat: a contact's shifts, the list of one shift, and its code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.engine.effects import Button, Redraw, Send
from bot.i18n import Text, _, ngettext, pgettext
from bot.model.signup import COMES, WAS_THERE, SignupState
from flows import cards
from flows.shift_cards import Shown

NO_SHIFTS = _("There is no shift near whose contact you are.")
CHOOSE = _("Which shift?")
SHIFT = pgettext("shift", "{title}, {when}")
LIST = _("{about}\n\n{lines}\n\nPress the names of those who came. Press again to undo it.")
UNNAMED = ngettext(
    "{about}\n{count} person more is counted without a name.",
    "{about}\n{count} people more are counted without a name.",
    "count",
)
NOBODY_YET = _("{about}\n\nThere is nobody on the list yet.")
LINE = pgettext("attendance", "{before}{mark} {name}{note}")
CAME = pgettext("attendance", "✓ {name}")
EVERYONE_CAME = _("Everybody came")
OTHERS_ABSENT = _("The others did not come")
SHOW_CODE = _("Show the code")
CODE = _(
    "Those who are there check in by this link, or by the code in the picture:\n{address}\n\n"
    "It is for this shift alone, and an earlier code does not work any longer."
)
COPY = _("Copy the link")
TO_LIST = _("Back to the list")
NOTES = {
    SignupState.STANDIN_WANTED: pgettext("attendance", " (looks for a stand-in)"),
    SignupState.EXCUSED: pgettext("attendance", " (excused)"),
    SignupState.NO_SHOW: pgettext("attendance", " (absent)"),
}
OPEN = _("{about}\n\nIt is not noted yet who came. It takes a minute, and they get their thanks.")
NOT_IN_ORDER = _(
    "{name} wanted to check in, and something that is needed first is not in order:\n{about}\n\n"
    "Speak with them before they help."
)
TO_ATTENDANCE = _("Note who came")


@dataclass(frozen=True, slots=True)
class Attendee:
    """A volunteer on the list of a shift."""

    signup_id: int
    name: str
    state: SignupState

    @property
    def was_there(self) -> bool:
        """Return whether the volunteer is noted as there."""
        return self.state in WAS_THERE


def shifts(found: Sequence[tuple[int, Shown]]) -> Send:
    """Return the shifts of a contact, as buttons; *found* are their ids and what is shown."""
    if not found:
        return Send(NO_SHIFTS, (cards.TO_MENU,))
    buttons = tuple(
        cards.command_button(f"attend.{shift_id}", SHIFT.with_(title=one.title, when=one.when))
        for shift_id, one in found
    )
    return Send(CHOOSE, (*buttons, cards.TO_MENU))


def listed(
    shift_id: int, shown: Shown, attendees: Sequence[Attendee], unnamed: int, *, is_over: bool
) -> Send:
    """Return the list of a shift with a button for each volunteer; *unnamed* people came too."""
    about = UNNAMED.with_(about=shown.about, count=unnamed) if unnamed else shown.about
    code = cards.command_button(f"code.{shift_id}", SHOW_CODE)
    if not attendees:
        return Send(NOBODY_YET.with_(about=about), (code, cards.TO_MENU))
    lines: Text | str = ""
    buttons: list[Button] = []
    for one in attendees:
        before: Text | str = pgettext("list", "{lines}\n").with_(lines=lines) if lines else ""
        mark = "✓" if one.was_there else "–"
        note = NOTES.get(one.state, "")
        lines = LINE.with_(before=before, mark=mark, name=one.name, note=note)
        label = CAME.with_(name=one.name) if one.was_there else one.name
        buttons.append(cards.command_button(f"came.{one.signup_id}", label))
    open_ones = [one for one in attendees if one.state in COMES - WAS_THERE]
    if open_ones:
        buttons.append(cards.command_button(f"allcame.{shift_id}", EVERYONE_CAME))
    if open_ones and is_over:
        buttons.append(cards.command_button(f"absent.{shift_id}", OTHERS_ABSENT))
    text = LIST.with_(about=about, lines=lines)
    return Send(text, (*buttons, code, cards.TO_MENU))


def redrawn(send: Send) -> Redraw:
    """Return the list drawn again in its message."""
    return Redraw(send.text, send.buttons)


def code(shift_id: int, address: str) -> Send:
    """Return the link by which volunteers check in."""
    back = cards.command_button(f"attend.{shift_id}", TO_LIST)
    copy = cards.copy_button(address, COPY)
    return Send(CODE.with_(address=address), (copy, back, cards.TO_MENU))


def not_noted(shift_id: int, shown: Shown) -> Send:
    """Return the reminder to a contact that it is not noted who came."""
    to_list = cards.command_button(f"attend.{shift_id}", TO_ATTENDANCE)
    return Send(OPEN.with_(about=shown.about), (to_list, cards.TO_MENU))


def not_in_order(shift_id: int, shown: Shown, name: str) -> Send:
    """Return that a person who checks in lacks what is needed first."""
    to_list = cards.command_button(f"attend.{shift_id}", TO_LIST)
    return Send(NOT_IN_ORDER.with_(about=shown.about, name=name), (to_list, cards.TO_MENU))
