"""Messages about reminders: the reminder itself, its answers, and the digest."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from bot.engine.effects import Button, Redraw, Send
from bot.i18n import Text, _, pgettext
from bot.model.delivery import ALL_TOPICS, Answer, Delivery, MessageClass
from flows import calendar_cards, cards

OWN = _("You asked me to remind you:\n{text}")
OWN_LATE = _("I am late, and I am sorry. You asked me to remind you {when}:\n{text}")
FOR_EVENTS = _("{text}\nIt is for {events}.")
STAFF = _("A member of staff")
BEGINS = _("It begins {when}, so it cannot come later.")
SHARED = _("Remember:\n{text}\n\nRegards, {contact}")
NEWS = _("News:\n{text}\n\nRegards, {contact}")
OPENED = _("{text}\n\nRegards, {contact}")
OPENED_NEXT = _("{said}\n\nNext time: {when}")
AGAIN = _("Does this still fit?\n{text}\n\nRegards, {contact}")
IN_DANISH = _("{text}\n<i>(in Danish only)</i>")
DIGEST = _("This week's news in one message:\n{lines}")
WITH_ANSWER = _("{text}\n\n<b>{answer}</b>")
ANSWERS = {
    Answer.DONE: pgettext("answer", "✓ You answered: it is done."),
    Answer.CANNOT: pgettext("answer", "You answered: I cannot."),
    Answer.LATER: pgettext("answer", "You get it again {when}."),
}
DONE = _("It is done")
LATER = pgettext("button", "Later")
CANNOT = _("I cannot")
LESS = _("Less of this")
IN_AN_HOUR = _("In an hour")
THIS_EVENING = _("This evening")
TOMORROW = _("Tomorrow")
ANOTHER_DAY = _("Another day")
SOON = {"hour": IN_AN_HOUR, "evening": THIS_EVENING, "tomorrow": TOMORROW}
NOT_LATER = pgettext("button", "Back")
END = _("End this reminder")
ENDED = _("The reminder is ended.")
MY_REMINDERS = _("<b>Your reminders</b>")
MY_REMINDER = _("• {title}: {when}")
SHOW_REMINDERS = _("My reminders")
SET_ONE = _("New reminder")
END_ONE = _("End: {title}")
NO_REMINDERS = _(
    "You have no reminders. Write for example “remind me to call the library tomorrow at 10”."
)
TOPICS = {"own": _("Your own reminders"), "role:ambassador": _("Reminders to ambassadors")}
OTHER_TOPIC = _("Other reminders")
NO_LEAD = _("You lead no group here. Write to us if you would like to.")
LIFTED = _("It is on again.")
MUTED_LIST = _("This is off:\n{lines}\nPress what you want to have again.")
PAUSED_UNTIL = _("Everything, until {until}")
ALL_AGAIN = _("End the break")
THIS_AGAIN = _("Again: {topic}")
MEMBER_CANNOT = _("{name} cannot: {text}")
MEMBER_CANNOT_WHY = _("{name} cannot: {text}\n“{words}”")
OVER = _("That one is over. There is nothing more to do.")
MUTED = _("You get no more of this. Write “pause” to see what is off, and to turn it on again.")


def button(delivery: Delivery, what: str, label: Text) -> Button:
    """Return a button about a delivery."""
    return cards.command_button(f"rem.{delivery.id}.{what}", label)


def reminder(
    delivery: Delivery,
    words: Text | str,
    *,
    contact: str,
    own: bool,
    again: bool = False,
    has_dates: bool = False,
    late: datetime | None = None,
) -> Send:
    """Return a reminder with its answer buttons; *again* asks the silent a second time.

    *has_dates* adds a button for the calendar file. *late* is when a citizen's own one was due.
    """
    buttons = _buttons(delivery, own=own, has_dates=has_dates)
    if own:
        said = OWN_LATE.with_(text=words, when=late) if late else OWN.with_(text=words)
        return Send(said, buttons)
    lead = NEWS if delivery.message_class is MessageClass.NEWS else SHARED
    return Send((AGAIN if again else lead).with_(text=words, contact=contact), buttons)


def opened(
    words: Text | str, contact: str, when: datetime | None, reminder_id: int, link: str
) -> Send:
    """Return a shared reminder as a link shows it, with its next time and its calendar file.

    *link* is the link's id, and the proof that the reader has used it.
    """
    said = OPENED.with_(text=words, contact=contact)
    if when is None:
        return Send(said, (cards.TO_MENU,))
    buttons = (_file_button(f"{reminder_id}.{link}"), cards.TO_MENU)
    return Send(OPENED_NEXT.with_(said=said, when=when), buttons)


def ended(reminder_id: int) -> Send:
    """Return that a citizen's reminder is ended, with the file that takes its dates out."""
    take_out = _file_button(f"{reminder_id}", calendar_cards.TAKE_OUT)
    return Send(ENDED, (take_out, cards.TO_OVERVIEW, cards.TO_MENU))


def _file_button(about: str, label: Text = calendar_cards.TO_CALENDAR) -> Button:
    return cards.command_button(f"calfile.{about}", label)


def _buttons(delivery: Delivery, *, own: bool, has_dates: bool) -> tuple[Button, ...]:
    """Return the answers, then the way out: end one's own, less of another's."""
    answers: tuple[Button, ...] = ()
    if delivery.asks:
        answers = (
            button(delivery, "done", DONE),
            button(delivery, "later", LATER),
            *(() if own else (button(delivery, "cannot", CANNOT),)),
        )
    out = button(delivery, "end", END) if own else button(delivery, "less", LESS)
    dates = (_file_button(f"{delivery.subject_id}"),) if has_dates else ()
    return (*answers, *dates, out)


def when_later(delivery: Delivery, said: Text, choices: Collection[str]) -> Redraw:
    """Return the reminder with the *choices* of when it comes again, and another day."""
    shown = [button(delivery, what, label) for what, label in SOON.items() if what in choices]
    more = (button(delivery, "day", ANOTHER_DAY), button(delivery, "show", NOT_LATER))
    return Redraw(said, (*shown, *more))


def answered(said: Text, answer: Answer, when: datetime | None = None) -> Redraw:
    """Return the reminder with its answer shown and its buttons gone."""
    shown = ANSWERS[answer]
    return Redraw(WITH_ANSWER.with_(text=said, answer=shown.with_(when=when) if when else shown))


def digest(lines: Sequence[Text | str]) -> Send:
    """Return several news in one message, the newest first."""
    text: Text | str = ""
    for line in lines:
        before: Text | str = pgettext("list", "{lines}\n").with_(lines=text) if text else ""
        text = pgettext("digest", "{before}• {line}").with_(before=before, line=line)
    return Send(DIGEST.with_(lines=text), (cards.TO_MENU,))


def my_reminder(title: str, when: datetime | None) -> Text | str:
    """Return one line about a reminder, with the next time where there is one."""
    return MY_REMINDER.with_(title=title.removesuffix("."), when=when) if when else title


def mine(reminders: Sequence[tuple[int, str, datetime | None]], *, has_feed: bool) -> Send:
    """Return a citizen's own reminders with a button that ends each.

    *has_feed* says whether there are calendar feeds.
    """
    if not reminders:
        return Send(NO_REMINDERS, (cards.command_button("remind", SET_ONE), cards.TO_MENU))
    lines: Text = MY_REMINDERS
    for _id, title, when in reminders:
        line = my_reminder(title, when)
        lines = pgettext("list", "{before}\n{line}").with_(before=lines, line=line)
    ends = (
        cards.command_button(f"endrem.{reminder_id}", END_ONE.with_(title=title))
        for reminder_id, title, _when in reminders
    )
    to_feed = (cards.command_button("calendar", calendar_cards.TO_CALENDAR),) if has_feed else ()
    set_one = cards.command_button("remind", SET_ONE)
    return Send(lines, (*ends, set_one, *to_feed, cards.TO_MENU))


def muted(mutes: Mapping[str, datetime | None], names: Mapping[str, Text | str]) -> Send:
    """Return what a citizen has muted, by the topics' *names*, with buttons that lift it."""
    lines: Text | str = ""
    buttons = []
    for topic, until in mutes.items():
        if topic == ALL_TOPICS:
            shown: Text | str = PAUSED_UNTIL.with_(until=until)
            buttons.append(cards.command_button("unmute", ALL_AGAIN))
        else:
            shown = names[topic]
            buttons.append(cards.command_button(f"unmute.{topic}", THIS_AGAIN.with_(topic=shown)))
        before: Text | str = pgettext("list", "{lines}\n").with_(lines=lines) if lines else ""
        lines = pgettext("digest", "{before}• {line}").with_(before=before, line=shown)
    return Send(MUTED_LIST.with_(lines=lines), (*buttons, cards.TO_MENU))
