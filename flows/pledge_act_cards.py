"""What becomes of a pledge that its owner takes back, of its plan, and of the consent."""

from __future__ import annotations

from datetime import date, datetime

from bot.engine.effects import Button, Send
from bot.i18n import Text, _, pgettext
from flows import cards, messages
from flows.own_pledge_cards import TO_MINE, TO_MORE, WITHDRAW
from flows.pledge_made_cards import CHANGE, NO_REMINDER, add_time_button, plan_lines

BACK_WITH = _(
    "Do you want to take “{title}” back? {amount} will leave the town's total, and the pledge "
    "leaves your list. You cannot undo it."
)
BACK_PLAIN = _(
    "Do you want to take “{title}” back? Then it counts nowhere, and leaves your list. You cannot "
    "undo it."
)
REMOVE_REALLY = _("Do you want to remove “{title}” from your list? You cannot undo it.")
YES_REMOVE, REMOVED = _("Yes, remove it"), _("✓ “{title}” is removed from your list.")
YES_BACK, NO_KEEP = pgettext("pledge", "Yes, take it back"), _("No, keep it")
BACK = _("✓ “{title}” is taken back. It counts nowhere any more.")
UNDONE = _("✓ Your answer about {period} is taken back.")
ANSWER_AGAIN = _("Answer again")
NOTHING_TO_UNDO = _("There is no answer that can be undone. That is possible for seven days.")
NOTHING_TO_UNDO_HERE = _(
    "There is nothing to undo here. You can change the pledge again, or take it back altogether."
)
NEW_PLAN, NO_PLAN = _("Make a new plan"), _("Drop the plan")
PLAN_DROPPED = _("✓ The plan is gone, and so is its reminder.")
LEAVE = _(
    "Do you want to take back your consent? Then all your pledges stop, and I ask no more about "
    "them. What you have done still counts."
)
YES_LEAVE, NO_STAY = _("Yes, take back my consent"), _("No, keep it")
LEFT = _(
    "It is done. Your consent is taken back, your pledges are stopped, and I ask no more about "
    "them. You are welcome back."
)
STAYS = _("✓ You keep your pledges.")
NO_CONSENT = _("You have given no consent to keep pledges.")


def _to(pledge_id: int, label: Text) -> Button:
    """Return the button to the page of a pledge."""
    return cards.command_button(f"ownpledge.{pledge_id}", label)


def _ways(pledge_id: int) -> tuple[Button, ...]:
    return (_to(pledge_id, pgettext("button", "See the pledge")), cards.TO_OVERVIEW, cards.TO_MENU)


def back(pledge_id: int, title: str, amount: str) -> Send:
    """Ask whether a pledge is taken back, and say what leaves the totals."""
    text = BACK_WITH if amount else BACK_PLAIN
    yes = cards.command_button(f"withdrawingpledge.{pledge_id}", YES_BACK)
    return Send(text.with_(title=title, amount=amount), (yes, _to(pledge_id, NO_KEEP)))


def remove(pledge_id: int, title: str) -> Send:
    """Ask whether a thing that a person does already is removed from their list."""
    yes = cards.command_button(f"withdrawingpledge.{pledge_id}", YES_REMOVE)
    return Send(REMOVE_REALLY.with_(title=title), (yes, _to(pledge_id, NO_KEEP)))


def taken_back(title: str, *, was_promise: bool = True) -> Send:
    """Return that a pledge is taken back, or that a thing one does already is removed."""
    text = BACK if was_promise else REMOVED
    return Send(text.with_(title=title), (TO_MORE, cards.TO_OVERVIEW, cards.TO_MENU))


def undone(pledge_id: int, period: Text | date, asks: str | None) -> Send:
    """Return that an answer is taken back; *asks* is the command that asks again."""
    again = (cards.command_button(asks, ANSWER_AGAIN),) if asks is not None else ()
    return Send(UNDONE.with_(period=period), (*again, *_ways(pledge_id)))


def nothing_to_undo(pledge_id: int) -> Send:
    """Return that a change is not undone, and how the pledge is changed again."""
    change = cards.command_button(f"pledgeedit.{pledge_id}", CHANGE)
    take_back = cards.command_button(f"withdrawpledge.{pledge_id}", WITHDRAW)
    return Send(NOTHING_TO_UNDO_HERE, (change, take_back, cards.TO_OVERVIEW, cards.TO_MENU))


def refused(why: Text) -> Send:
    """Return why an act is refused, with the ways on."""
    return Send(why, (TO_MINE, cards.TO_OVERVIEW, cards.TO_MENU))


def plan(
    pledge_id: int,
    when: str,
    where: str,
    first: str,
    at: datetime | None,
    *,
    has_time: bool,
) -> Send:
    """Return the plan of a pledge, to replace or drop it; *at* is None once the time has passed."""
    new = cards.command_button(f"pledgeedit.{pledge_id}.plan", NEW_PLAN)
    drop = cards.command_button(f"dropplan.{pledge_id}", NO_PLAN)
    text = plan_lines(when, where, first, at)
    if has_time:
        return Send(text, (new, drop, *_ways(pledge_id)))
    text = messages.BOTH.with_(first=text, second=NO_REMINDER)
    return Send(text, (add_time_button(pledge_id), new, drop, *_ways(pledge_id)))


def plan_dropped(pledge_id: int) -> Send:
    """Return that a plan and its reminder are gone."""
    return Send(PLAN_DROPPED, _ways(pledge_id))


def leave() -> Send:
    """Ask whether a citizen takes back their consent to keep pledges."""
    return Send(
        LEAVE,
        (
            cards.command_button("leavepledging.yes", YES_LEAVE),
            cards.command_button("staypledging", NO_STAY),
        ),
    )


def left() -> Send:
    """Return that the consent is taken back."""
    return Send(LEFT, (cards.TO_OVERVIEW, cards.TO_MENU))


def stays() -> Send:
    """Return that the consent stays."""
    return Send(STAYS, (TO_MINE, cards.TO_OVERVIEW, cards.TO_MENU))
