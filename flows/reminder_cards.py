"""Messages about reminders: the reminder itself, its answers, and the digest."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from bot.engine.effects import Button, Redraw, Send
from bot.engine.words import fold
from bot.i18n import Listed, Text, _, ngettext, pgettext
from bot.model.delivery import ALL_TOPICS, Answer, Delivery, MessageClass
from flows import calendar_cards, cards

OWN = _("You asked me to remind you:\n{text}")
OWN_LATE = _("I am late, and I am sorry. You asked me to remind you {when}:\n{text}")
FOR_EVENTS = _("{text}\nIt is for {events}.")
STAFF = _("A member of staff")
ANSWER_NOW = _("You can answer this until {when}, so I cannot ask later. Please answer now.")
BEGINS = _("It begins {when}, so it cannot come later.")
SHARED = _("Remember:\n{text}\n\nRegards, {contact}")
NEWS = _("News:\n{text}\n\nRegards, {contact}")
OPENED = _("{text}\n\nRegards, {contact}")
OPENED_NEXT = _("{said}\n\nNext time: {when}")
AGAIN = _("You have not answered yet. Is it done?\n{text}\n\nRegards, {contact}")
OWN_AGAIN = _("Again: You asked me to remind you:\n{text}")
OF_GROUP = pgettext("regards", "{contact}, {group}")
SAYS_REMEMBER = ("husk", "remember")  # texts that begin with it need no lead
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
COMES_AGAIN = pgettext("reminder", "again {when}")
FOR_GROUP = pgettext("reminder", "{title} ({group})")
AND_MORE = ngettext("and {count} more", "and {count} more", "count")
OFF = _("Off: {topics}")
ON_BREAK = _("A break until {until}")
SHOW_REMINDERS = _("My reminders")
SET_ONE = _("New reminder")
END_ONE = _("End: {title}")
NO_REMINDERS = _(
    "You have no reminders. Write for example “remind me to call the library tomorrow at 10”."
)
TOPICS = {
    "own": _("Your own reminders"),
    "role:ambassador": _("Reminders to ambassadors"),
    "invitations": _("Invitations to volunteer"),
}
OTHER_TOPIC = _("Other reminders")
NO_LEAD = _("You lead no group here. Write to us if you would like to.")
LIFTED = _("It is on again.")
MUTED_LIST = _("This is off:\n{lines}\nPress what you want to have again.")
PAUSED_UNTIL = _("Everything, until {until}")
ALL_AGAIN = _("End the break")
LIFT = _("Turn it on again")
THIS_AGAIN = _("Again: {topic}")
A_MEMBER = _("A member")
MEMBER_CANNOT = _("{name} cannot: {text}")
MEMBER_CANNOT_WHY = _("{name} cannot: {text}\n“{words}”")
OVER = _("That one is over. There is nothing more to do.")
MUTED = _("{said} Write “pause” to see what is off, and to turn it on again.")
NO_MORE = {
    "own": _("I no longer send you your own reminders."),
    "role:ambassador": _("You get no more reminders to ambassadors."),
    "invitations": _("You get no more invitations to volunteer."),
}
NO_MORE_OF_GROUP = _("You get no more reminders from {name}.")
NO_MORE_NEWS = _("You get no more about {name}.")
NO_MORE_OTHER = _("You get no more reminders of this kind.")
NOT_AGAIN_EITHER = _("{said} What was to come again {when} does not come either.")
TAKE_BREAK = _("Take a break from all")
REMIND_OF_IT = _("Remind me of it")
PUT_OFF = _("I have noted it. You get it again {when}.")


def button(delivery: Delivery, what: str, label: Text) -> Button:
    """Return a button about a delivery."""
    return cards.command_button(f"rem.{delivery.id}.{what}", label)


def reminder(
    delivery: Delivery,
    words: Text | str,
    *,
    contact: Text | str,
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
        return Send(OWN_AGAIN.with_(text=words) if again else said, buttons)
    lead = AGAIN if again else _lead(delivery, words)
    return Send(lead.with_(text=words, contact=contact), buttons)


def _lead(delivery: Delivery, words: Text | str) -> Text:
    """Return the frame of a reminder of others; a text that says "remember" needs no lead."""
    if delivery.message_class is MessageClass.NEWS:
        return NEWS
    plain = str(words.params.get("text", "")) if isinstance(words, Text) else words
    first = fold(plain).split()[:1]
    return OPENED if first and first[0] in SAYS_REMEMBER else SHARED


def opened(
    words: Text | str, contact: str, when: datetime | None, reminder_id: int, link: str
) -> Send:
    """Return a shared reminder as a link shows it, with its next time and its calendar file.

    *link* is the link's id, and the proof that the reader has used it.
    """
    said = OPENED.with_(text=words, contact=contact)
    if when is None:
        return Send(said, (cards.TO_MENU,))
    remind = cards.command_button(f"remindof.{reminder_id}.{link}", REMIND_OF_IT)
    buttons = (remind, _file_button(f"{reminder_id}.{link}"), cards.TO_MENU)
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


def my_reminder(title: str, when: Text | datetime, group: str | None) -> Text:
    """Return one line about a reminder, with its group and when it comes."""
    shown: Text | str = title.removesuffix(".")
    if group is not None:
        shown = FOR_GROUP.with_(title=shown, group=group)
    return MY_REMINDER.with_(title=shown, when=when)


def listed(lines: Sequence[Text], most: int | None = None) -> Text:
    """Return lines about reminders under their title; of more than *most*, their number."""
    text: Text = MY_REMINDERS
    more = len(lines) - most if most is not None else 0
    for line in (*lines[:most], *((AND_MORE.with_(count=more),) if more > 0 else ())):
        text = pgettext("list", "{before}\n{line}").with_(before=text, line=line)
    return text


def is_off(
    text: Text, mutes: Mapping[str, datetime | None], names: Mapping[str, Text | str]
) -> Text:
    """Return the overview with what is muted, by the topics' *names*, and the break."""
    off = Listed(tuple(names[topic] for topic in mutes if topic != ALL_TOPICS))
    lines = [ON_BREAK.with_(until=mutes[ALL_TOPICS])] if ALL_TOPICS in mutes else []
    lines += [OFF.with_(topics=off)] if off.values else []
    for line in lines:
        text = pgettext("list", "{before}\n{line}").with_(before=text, line=line)
    return text


def mine(lines: Sequence[Text], ends: Mapping[int, str], *, has_feed: bool) -> Send:
    """Return what a citizen will be reminded of; *ends* are the titles of what they may end.

    *has_feed* says whether there are calendar feeds.
    """
    if not lines:
        return Send(NO_REMINDERS, (cards.command_button("remind", SET_ONE), cards.TO_MENU))
    to_end = (
        cards.command_button(f"endrem.{reminder_id}", END_ONE.with_(title=title))
        for reminder_id, title in ends.items()
    )
    to_feed = (cards.command_button("calendar", calendar_cards.TO_CALENDAR),) if has_feed else ()
    set_one = cards.command_button("remind", SET_ONE)
    return Send(listed(lines), (*to_end, set_one, *to_feed, cards.TO_MENU))


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
    if ALL_TOPICS not in mutes:
        buttons.append(cards.command_button("break", TAKE_BREAK))
    return Send(MUTED_LIST.with_(lines=lines), (*buttons, cards.TO_MENU))


def muted_now(said: Text, topic: str, put_off: Sequence[datetime]) -> Send:
    """Return that a citizen gets no more about a topic, nor what they have put off."""
    for when in put_off:
        said = NOT_AGAIN_EITHER.with_(said=said, when=when)
    again = cards.command_button(f"unmute.{topic}", LIFT)
    return Send(MUTED.with_(said=said), (again, cards.TO_OVERVIEW, cards.TO_MENU))
