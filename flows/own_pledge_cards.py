"""A citizen's own pledges: the lines of their overview, the list, and the page of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.engine.effects import Button, Send
from bot.i18n import Listed, Text, _, ngettext, pgettext
from bot.model.pledge import LIVES, PledgeState, RunOut
from flows import cards, messages
from flows.pledge_made_cards import (
    CHANGE,
    LINE,
    NEXT,
    NO_NEXT,
    ON_BREAK,
    SHARE,
    START_AGAIN,
    TO_PLEDGES,
    Shown,
    facts_of,
)
from flows.volunteer_cards import lines_of

SHOWN = 5  # pledges on the overview
S = PledgeState

YOURS = _("<b>Your pledges</b>")
IN_LIST = pgettext("pledge", "• {what}: {state}")
WITH_AMOUNT = pgettext("pledge", "{title} ({amount})")
MORE = ngettext("• and {count} more", "• and {count} more", "count")
DOES_ALREADY = _("You do this already: {titles}")
ASKS_ON = _("I ask you on {day}")
ASKED = _("I asked on {day}, and you can still answer")
LASTS = pgettext("pledge", "until {day}")
BREAK = pgettext("pledge", "on a break")
EARLIER = _("<b>Earlier</b>")
ENDED = {
    S.KEPT: pgettext("pledge", "kept, to {day}"),
    S.STOPPED: pgettext("pledge", "stopped, {day}"),
}
RAN_OUT = {
    RunOut.UNANSWERED: pgettext("pledge", "not answered, {day}"),
    RunOut.NOT_DONE: pgettext("pledge", "not done, {day}"),
}
PARTLY_DONE = pgettext("pledge", "some of it is done, {day}")
NONE = _("You have no pledge now. You are welcome to make one.")
PRESS_ONE = _("Press one to see it, change it or end it.")
WHICH = _("Which pledge do you mean?")
MINE = _("My pledges")
ANSWER_NOW = _("Answer now")
ANSWER_WHICH = _("Answer: {title}")
ANSWER_ABOUT = _("Answer about {period}")
MOST_MISSED = 3  # earlier questions that the page of a pledge offers
TAKE_CONSENT_BACK = _("Take back consent")
TO_MINE = cards.command_button("mypledges", MINE)
TO_MORE = cards.command_button("pledge", pgettext("button", "Make a pledge"))

PAGE = _("<b>Your pledge</b>")
SO_FAR = _("So far")
ANSWERS = pgettext("pledge", "Your answers")
DONE_TIMES = ngettext("done {count} time", "done {count} times", "count")
PARTLY_TIMES = ngettext("partly {count} time", "partly {count} times", "count")
NOT_TIMES = ngettext("not done {count} time", "not done {count} times", "count")
STILL_OPEN = _("I asked you on {day} how it goes. You can still answer.")
OVER = {
    S.KEPT: _("You kept it to the end, {day}. Thank you for what you did."),
    S.STOPPED: _("You stopped it on {day}. Thank you for what you did."),
    S.ALREADY: _("You do this already. It is no promise, so it does not count in the totals."),
}
RAN_OUT_LONG = {
    RunOut.UNANSWERED: _("It was over on {day}, and I had no answer from you."),
    RunOut.NOT_DONE: _("It was over on {day}. You can make it again when it suits you."),
}
OVER_IN_PART = _("It is over, {day}. Some of it is done. Thank you for what you did.")
STOP_IS = _("If you stop the pledge, what you did still counts.")
STOP_LEVEL_IS = _(
    "If you stop the pledge, your {amount} no longer count, but you can still see it."
)
TAKE_BACK_IS = _("If you take it back, none of it counts any more.")
SMALLER = _("Make it smaller")
TAKE_BREAK = pgettext("pledge", "Take a break")
SEE_PLAN, MAKE_PLAN = _("See the plan"), _("Make a plan")
STOP, WITHDRAW = _("Stop the pledge"), _("Take the pledge back")
UNDO = _("Undo my answer")
AGAIN = _("Make it again")
AS_PLEDGE = _("Make it a pledge")
REMOVE = _("Remove it from my list")
SHARED = _("See the shared pledge")


@dataclass(frozen=True, slots=True)
class OwnPledge:
    """A citizen's own pledge, as the chat lists it; *signature* is its line while others miss.

    *missed* are earlier questions without an answer. *is_partly* says that the last answer was
    that a part is done.
    """

    id: int
    title: str
    amount: str
    state: PledgeState
    ends_on: date
    ended_on: date | None = None
    next_on: date | None = None
    unanswered_on: date | None = None
    missed: tuple[tuple[int, Text | date], ...] = ()  # earlier questions, and what they are about
    campaign_id: int | None = None
    signature: Text | None = None
    is_level: bool = False
    is_partly: bool = False
    run_out: RunOut | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """How a pledge has gone so far: what it added, and its answers."""

    added: str = ""
    done: int = 0
    partly: int = 0
    missed: int = 0
    may_undo: bool = False


def line(own: OwnPledge) -> Text:
    """Return a pledge as a line of the overview: its title, its amount, and the next question."""
    if own.signature is not None:
        return own.signature
    what: Text | str = own.title
    if own.amount:
        what = WITH_AMOUNT.with_(title=own.title, amount=own.amount)
    return IN_LIST.with_(what=what, state=_state(own))


def _state(own: OwnPledge) -> Text:
    """Return the next question, or how a pledge ended."""
    if own.state in ENDED:
        return _ended(own)
    if own.state is S.PAUSED:
        return BREAK
    if own.unanswered_on is not None:
        return ASKED.with_(day=own.unanswered_on)
    if own.next_on is not None:
        return ASKS_ON.with_(day=own.next_on)
    return LASTS.with_(day=own.ends_on)


def _ended(own: OwnPledge) -> Text:
    """Return how a pledge ended."""
    day = own.ended_on or own.ends_on
    if own.run_out is not None:
        return RAN_OUT[own.run_out].with_(day=own.ends_on)
    is_part = own.state is S.KEPT and own.is_partly
    return (PARTLY_DONE if is_part else ENDED[own.state]).with_(day=day)


def section(live: Sequence[OwnPledge], already: Sequence[str], most: int = SHOWN) -> Text | None:
    """Return the pledges of the overview, those of what one does already apart; None for none."""
    if not live and not already:
        return None
    lines: list[Text | str] = [YOURS, *(line(one) for one in live[:most])]
    lines += [MORE.with_(count=len(live) - most)] if len(live) > most else []
    lines += [DOES_ALREADY.with_(titles=Listed(tuple(already)))] if already else []
    return lines_of(lines)  # type: ignore[return-value]  # a Text


def answer_button(own: OwnPledge, *, named: bool = True) -> Button:
    """Return the button that asks the unanswered question again."""
    label = ANSWER_WHICH.with_(title=own.title) if named else ANSWER_NOW
    return cards.command_button(f"answerpledge.{own.id}", label)


def overview_buttons(live: Sequence[OwnPledge], *, has_any: bool) -> tuple[Button, ...]:
    """Return the overview's buttons about pledges: what is unanswered, then the list."""
    waits = [one for one in live if one.unanswered_on is not None]
    return (*(answer_button(one) for one in waits[:1]), *((TO_MINE,) if has_any else ()))


def mine(
    live: Sequence[OwnPledge],
    already: Sequence[OwnPledge],
    ended: Sequence[OwnPledge],
    *,
    consents: bool,
) -> Send:
    """Return all pledges of a citizen with a button for each."""
    ways = (TO_MORE, *((_consent_button(),) if consents else ()), cards.TO_OVERVIEW, cards.TO_MENU)
    found = [*live, *already, *ended]
    if not found:
        return Send(NONE, ways)
    parts = [section(live, [one.title for one in already], len(live))]
    if ended:
        parts.append(lines_of([EARLIER, *(line(one) for one in ended)]))  # type: ignore[arg-type]  # a Text
    text: Text = PRESS_ONE
    for part in reversed([one for one in parts if one is not None]):
        text = messages.BOTH.with_(first=part, second=text)
    return Send(text, (*(_to_page(one) for one in found), *ways))


def _consent_button() -> Button:
    return cards.command_button("leavepledging", TAKE_CONSENT_BACK)


def _to_page(own: OwnPledge) -> Button:
    """Return the button to a pledge; to the shared pledge while it waits for others."""
    if own.state is S.SIGNED and own.campaign_id is not None:
        return cards.command_button(f"campaign.{own.campaign_id}", own.title)
    return cards.command_button(f"ownpledge.{own.id}", own.title)


def which(some: Sequence[OwnPledge], command: str) -> Send:
    """Ask which pledge is meant by what a citizen wrote."""
    buttons = (cards.command_button(f"{command}.{one.id}", one.title) for one in some)
    return Send(WHICH, (*buttons, TO_MINE, cards.TO_MENU))


def none() -> Send:
    """Return that there is no pledge that is meant."""
    return Send(NONE, (TO_PLEDGES, TO_MINE, cards.TO_MENU))


def page(own: OwnPledge, shown: Shown, story: Story, language: str) -> Send:
    """Return the page of a pledge: the promise, how it has gone, and what can be done."""
    lines: list[Text | str] = [PAGE, *facts_of(shown, language)]
    lines += [LINE.with_(name=SO_FAR, value=story.added)] if story.added else []
    lines += _answers(story)
    text = messages.BOTH.with_(first=lines_of(lines), second=_now(own))
    if own.state in LIVES:
        text = messages.BOTH.with_(first=text, second=ways_out(own.amount if own.is_level else ""))
    return Send(text, (*_acts(own, shown, story), TO_MINE, cards.TO_OVERVIEW, cards.TO_MENU))


def ways_out(level: str) -> Text:
    """Return what it means to stop a pledge, and to take it back; *level* no longer counts then."""
    stop = STOP_LEVEL_IS.with_(amount=level) if level else STOP_IS
    return lines_of([stop, TAKE_BACK_IS])  # type: ignore[return-value]  # a Text


def _answers(story: Story) -> list[Text]:
    """Return how often it was done, partly done and not, where anything was answered."""
    counted = (
        (DONE_TIMES, story.done),
        (PARTLY_TIMES, story.partly),
        (NOT_TIMES, story.missed),
    )
    said = tuple(text.with_(count=count) for text, count in counted if count)
    return [LINE.with_(name=ANSWERS, value=Listed(said))] if said else []


def _now(own: OwnPledge) -> Text:
    """Return in a sentence the next question, or how a pledge ended."""
    if own.state is S.KEPT and own.is_partly:
        return OVER_IN_PART.with_(day=own.ended_on or own.ends_on)
    if own.run_out is not None:
        return RAN_OUT_LONG[own.run_out].with_(day=own.ends_on)
    if own.state in OVER:
        return OVER[own.state].with_(day=own.ended_on or own.ends_on)
    if own.state is S.PAUSED:
        return ON_BREAK
    if own.unanswered_on is not None:
        return STILL_OPEN.with_(day=own.unanswered_on)
    return NEXT.with_(day=own.next_on) if own.next_on is not None else NO_NEXT


def _acts(own: OwnPledge, shown: Shown, story: Story) -> tuple[Button, ...]:
    """Return what a citizen can do with a pledge in its state."""

    def act(command: str, label: Text) -> Button:
        return cards.command_button(f"{command}.{own.id}", label)

    shared = cards.command_button(f"campaign.{own.campaign_id}", SHARED)
    to_shared = (shared,) if own.campaign_id is not None else ()
    undo = (act("undopledge", UNDO),) if story.may_undo else ()
    if own.state not in LIVES:
        again, back = (AS_PLEDGE, REMOVE) if own.state is S.ALREADY else (AGAIN, WITHDRAW)
        return (*undo, act("pledgeagain", again), act("withdrawpledge", back), *to_shared)
    answer = (answer_button(own, named=False),) if own.unanswered_on is not None else ()
    older = (
        cards.command_button(f"answermissed.{asked}", ANSWER_ABOUT.with_(period=period))
        for asked, period in own.missed[:MOST_MISSED]
    )
    is_paused = own.state is S.PAUSED
    hold = act("pledgeresume", START_AGAIN) if is_paused else act("pledgepause", TAKE_BREAK)
    return (
        *answer,
        *older,
        *undo,
        act("pledgeedit", CHANGE),
        act("pledgeless", SMALLER),
        hold,
        act("pledgeplan", SEE_PLAN if shown.plan else MAKE_PLAN),
        *((act("sharepledge", SHARE),) if shown.has_link else ()),
        *to_shared,
        act("pledgestop", STOP),
        act("withdrawpledge", WITHDRAW),
    )
