"""Messages after a pledge is made, planned or changed, and after a no."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.engine.effects import Button, Send
from bot.i18n import Day, Text, _, month_names, pgettext
from bot.model.pledge import RHYTHM_NAMES, VISIBILITY_NAMES, Approval, Rhythm, Visibility
from bot.model.profile import WISH_NAMES, Wish
from flows import cards, messages

MADE = _("Thank you. Your pledge is written down.")
CHANGED = _("✓ It is changed.")
ALREADY = _(
    "Thank you. It is written down that you do it already. We do not count it as a new pledge."
)
WORDS = pgettext("pledge", "“{words}”")
LINE = pgettext("pledge", "{name}: {value}")
ABOUT, AMOUNT, HOW_OFTEN = (
    pgettext("pledge", "About"),
    pgettext("pledge", "How much"),
    _("How often"),
)
IN_SEASON = pgettext("pledge", "{rhythm}, {first} to {last}")
UNTIL, BY_DAY = pgettext("pledge", "Until"), pgettext("pledge", "Done by")
SEEN_BY, ON_BEHALF = _("Who can see it"), _("On behalf of")
GOAL = _("You would like")
THEME_ENTRY = pgettext("pledge", "{theme}, “{entry}”")
NEXT = _("I next ask you how it goes on {day}.")
ON_BREAK = _("You have a break from it. I do not ask before you start again.")
NO_NEXT = _("I do not ask you about it any more.")
OUT_OF_IT = _("What you want to get out of it")
CHANGE = pgettext("button", "Change")
SHARE = pgettext("button", "Share")
START_AGAIN = _("Start again")
ANOTHER = _("Make another pledge")
PLAN_NAME = pgettext("pledge", "Plan")
WHICH = _("What do you want to change?")
PLAN = pgettext("button", "When and where I begin")
READ_FIRST = _("Staff read your words before others see them. Do not name other people in them.")
NOT_SHOWN = _("Your words are not shown to others: {reason}")
NOT_SHOWN_NEWS = _(
    "We do not show these words to others: “{words}”\n\nThe reason: {reason}\n\nYour pledge goes "
    "on and counts as before. You can write it in another way, or keep it to yourself."
)
NO_NAME = _("Your name is not shown to others: {reason}")
NAME_UNFIT = _(
    "Others see it without your name. To show a name, choose a first name in the settings."
)
NO_NAME_NEWS = _(
    "We do not show your name to others with your pledges.\n\nThe reason: {reason}\n\nYour pledges "
    "go on and count as before. Others see them without a name. Write to us if that is wrong."
)
CHOOSE_NAME = _("Choose a name")
NOT_YET = _(
    "Others do not see it yet. Next to the numbers on the public page it would tell what a few "
    "other people promised."
)
CHANGE_WORDS, CHOOSE_SEEN_BY = _("Change the words"), _("Choose who can see it")
WORDS_NAME = pgettext("pledge", "The words")
PARTS = {
    "words": WORDS_NAME,
    "amount": AMOUNT,
    "ends_on": UNTIL,
    "visibility": SEEN_BY,
    "wish": OUT_OF_IT,
}
PLANNED_AT = _("I remind you once: {at}.")
PLANNED = _("Your plan is noted.")
NO_REMINDER = _("The plan has no time, so I do not remind you.")
ADD_TIME, TIME = pgettext("button", "Add a time"), "time"
WHEN = pgettext("plan", "When: {when}")
WHERE, FIRST = _("Place: {where}"), _("First: {first}")
NO_PLAN = _("That is all right. You can make a plan later under “Change”.")
NOT_PLEDGED = {
    "young": _(
        "You must be 15 to make a pledge here yourself. You can make one together with a parent. "
        "You are welcome to ask me questions.\n\n{contact}"
    ),
    "consent": _(
        "That is all right. Nothing is written down. You can still do it, without us.\n\n{contact}"
    ),
    "unsure": _("That is all right. You can make a pledge another time.\n\n{contact}"),
    "over": _("That pledge cannot be chosen any more. There are others.\n\n{contact}"),
}
NOW_15 = _("I am 15 now")
AGAIN = "now15"  # after the person has turned 15
TO_PLEDGES = cards.command_button("pledge", cards.INTENT_LABELS["pledge"])


@dataclass(frozen=True, slots=True)
class Shown:
    """A pledge as the chat shows it, in the citizen's language."""

    id: int
    words: str
    theme: str
    entry: str  # its title in the catalogue; empty for own words
    amount: str
    rhythm: Rhythm
    season: tuple[int, ...]
    ends_on: date | Day
    visibility: Visibility
    next_on: date | None
    group: str = ""
    goal: str = ""
    wish: Wish | None = None
    has_link: bool = False
    is_promise: bool = True  # the person does not do it already
    is_paused: bool = False
    approval: Approval = Approval.NEEDLESS
    approval_reason: str = ""
    is_held: bool = False  # the words would tell what a few others promised
    name_refused: str = ""  # why staff do not show the name that the person wants to show
    name_fault: Text | None = None  # why it is no first name
    plan: str = ""  # in words


def made(shown: Shown, language: str) -> Send:
    """Return the card of a new pledge, which repeats all that was said."""
    return Send(_all(MADE, shown, language), _buttons(shown))


def changed(shown: Shown, language: str) -> Send:
    """Return the card of a pledge after a change."""
    return Send(_all(CHANGED, shown, language), _buttons(shown))


def already() -> Send:
    """Thank for what a person does already."""
    again = cards.command_button("pledge", ANOTHER)
    return Send(ALREADY, (again, cards.TO_OVERVIEW, cards.TO_MENU))


def _all(first: Text, shown: Shown, language: str) -> Text:
    """Return all lines of the card."""
    text = messages.BOTH.with_(first=first, second=_lines(facts_of(shown, language)))
    last = NEXT.with_(day=shown.next_on) if shown.next_on is not None else NO_NEXT
    return messages.BOTH.with_(first=text, second=ON_BREAK if shown.is_paused else last)


def facts_of(shown: Shown, language: str) -> list[Text]:
    """Return a promise line by line: the words, then each answer with its name."""
    about: Text | str = shown.theme
    if shown.entry:
        about = THEME_ENTRY.with_(theme=shown.theme, entry=shown.entry)
    is_once = shown.rhythm is Rhythm.ONCE
    facts: list[tuple[Text, Text | str | date | Day]] = [(ABOUT, about)]
    facts += [(AMOUNT, shown.amount)] if shown.amount else []
    facts += [] if is_once else [(HOW_OFTEN, _rhythm(shown, language))]
    facts += [(BY_DAY if is_once else UNTIL, shown.ends_on)] if shown.is_promise else []
    facts += [(ON_BEHALF, shown.group)] if shown.group else []
    facts += [(GOAL, shown.goal)] if shown.goal else []
    facts += [(OUT_OF_IT, WISH_NAMES[shown.wish])] if shown.wish is not None else []
    facts.append((SEEN_BY, VISIBILITY_NAMES[shown.visibility]))
    facts += [(PLAN_NAME, shown.plan)] if shown.plan else []
    words = WORDS.with_(words=shown.words)
    lines = [LINE.with_(name=name, value=value) for name, value in facts]
    return [words, *lines, *_not_seen(shown), *_no_name(shown)]


def _not_seen(shown: Shown) -> list[Text]:
    """Return why others do not see words yet that the person lets them see."""
    if shown.visibility is Visibility.PRIVATE:
        return []
    if shown.approval is Approval.REFUSED:
        return [NOT_SHOWN.with_(reason=shown.approval_reason)]
    if shown.approval is Approval.WAITS:
        return [READ_FIRST]
    return [NOT_YET] if shown.is_held else []


def _no_name(shown: Shown) -> list[Text]:
    """Return why a name is not shown that the person lets others see."""
    if shown.name_refused:
        return [NO_NAME.with_(reason=shown.name_refused)]
    return [NAME_UNFIT] if shown.name_fault is not None else []


def _rhythm(shown: Shown, language: str) -> Text:
    name = RHYTHM_NAMES[shown.rhythm]
    if not shown.season:
        return name
    first, last = (month_names(language, "wide")[month - 1] for month in shown.season)
    return IN_SEASON.with_(rhythm=name, first=first, last=last)


def _lines(lines: Sequence[Text]) -> Text:
    text = lines[0]
    for line in lines[1:]:
        text = pgettext("list", "{before}\n{line}").with_(before=text, line=line)
    return text


def _buttons(shown: Shown) -> tuple[Button, ...]:
    change = cards.command_button(f"pledgeedit.{shown.id}", CHANGE)
    share = (cards.command_button(f"sharepledge.{shown.id}", SHARE),) if shown.has_link else ()
    name = (cards.command_button("settings", CHOOSE_NAME),) if shown.name_fault is not None else ()
    return (change, *name, *share, cards.TO_OVERVIEW, cards.TO_MENU)


def which(pledge_id: int, *, has_amount: bool, has_own_words: bool) -> Send:
    """Ask what a person wants to change."""
    left_out = {name for name, has in (("amount", has_amount), ("words", has_own_words)) if not has}
    buttons = [
        cards.command_button(f"pledgeedit.{pledge_id}.{part}", name)
        for part, name in PARTS.items()
        if part not in left_out
    ]
    plan = cards.command_button(f"pledgeedit.{pledge_id}.plan", PLAN)
    return Send(WHICH, (*buttons, plan, cards.TO_OVERVIEW, cards.TO_MENU))


def planned(pledge_id: int, when: str, where: str, first: str, at: datetime | None) -> Send:
    """Return the plan, and when the one reminder comes."""
    change = cards.command_button(f"pledgeedit.{pledge_id}", CHANGE)
    buttons = (change, cards.TO_OVERVIEW, cards.TO_MENU)
    if not (when or where or first):
        return Send(NO_PLAN, buttons)
    lines = plan_lines(when, where, first, at)
    if at is None:
        text = messages.BOTH.with_(first=lines, second=NO_REMINDER)
        return Send(text, (add_time_button(pledge_id), *buttons))
    return Send(lines, buttons)


def plan_lines(when: str, where: str, first: str, at: datetime | None) -> Text:
    """Return a plan line by line; *at* is when its reminder comes, None where none comes."""
    lines = [PLANNED] if at is None else [PLANNED_AT.with_(at=at)]
    lines += [WHEN.with_(when=when)] if when and at is None else []
    lines += [WHERE.with_(where=where)] if where else []
    lines += [FIRST.with_(first=first)] if first else []
    return _lines(lines)


def add_time_button(pledge_id: int) -> Button:
    """Return the button that asks for the time of a plan, and keeps its other parts."""
    return cards.command_button(f"pledgeedit.{pledge_id}.{TIME}", ADD_TIME)


def not_shown(pledge_id: int, words: str, reason: str) -> Send:
    """Say why own words are not shown, and what the person can do."""
    change = cards.command_button(f"pledgeedit.{pledge_id}.words", CHANGE_WORDS)
    seen = cards.command_button(f"pledgeedit.{pledge_id}.visibility", CHOOSE_SEEN_BY)
    text = NOT_SHOWN_NEWS.with_(words=words, reason=reason)
    return Send(text, (change, seen, cards.TO_OVERVIEW, cards.TO_MENU))


def no_name(reason: str) -> Send:
    """Say why a name is not shown with pledges."""
    return Send(NO_NAME_NEWS.with_(reason=reason), (cards.TO_PERSON, cards.TO_OVERVIEW))


def not_pledged(why: str, contact: Text, *, asks_age: bool = False, chosen: str = "") -> Send:
    """Return why no pledge was made, and the ways on; *chosen* is the key of an earlier choice."""
    now_15 = f"pledgeway.{AGAIN}" + (f".{chosen}" if chosen else "")
    again = (cards.command_button(now_15, NOW_15),) if asks_age else ()
    ways = () if why == "young" else (TO_PLEDGES,)
    text = NOT_PLEDGED.get(why, NOT_PLEDGED["over"]).with_(contact=contact)
    return Send(text, (*again, *ways, cards.TO_PERSON, cards.TO_MENU))
