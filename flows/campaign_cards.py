"""Messages about shared pledges: the list, the card of one, and what became of a signature."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.engine.effects import Button, Send
from bot.i18n import Text, _, ngettext, pgettext
from bot.model.campaign import (
    COUNTER_OVERDUE,
    FOLLOW_UP_AFTER,
    SIGNABLE,
    CampaignState,
    CounterState,
)
from bot.model.pledge import PledgeState
from bot.model.suppression import LEAST
from flows import cards, messages
from flows.result_words import result_words
from flows.volunteer_cards import ONLY_DANISH, TITLE, TITLE_WITH, lines_of

LEAD = _("A shared pledge counts only when enough people have signed it. Choose one to read it.")
NONE_OPEN = _("No shared pledge is open just now. You can propose one yourself.")
LIST_LINE = pgettext("shared pledge", "• <b>{title}</b>. {progress}")
SIGNED_BY = ngettext("{count} of {target} has signed.", "{count} of {target} have signed.", "count")
FEW_SIGNED = _("Fewer than {least} have signed so far. The target is {target}.")
STILL_MISSING = _("Signatures are still missing. The target is {target}.")
REACHED = _("The target of {target} is reached, so the pledge counts.")
COUNTS = ngettext(
    "{count} has signed, so the pledge counts.",
    "{count} have signed, so the pledge counts.",
    "count",
)
DEADLINE = _("Last day: {day}.")
EXTENDED = _("The last day was {day} before.")
OF_AREA = _("Only signatures from {area} count.")
EXAMPLE = _("For example: {amount}.")
LASTS_FOR = _("It lasts {weeks} weeks from the day there are enough. Then I ask you how it went.")
LASTS_UNTIL = _("It lasts until {day}. Then I ask you how it went.")
ASKING = _("We are asking now how it went.")
UNMET = _("The last day was {day}. Too few signed, so the pledge does not count.")
CANCELLED = _("This shared pledge is cancelled.")
COUNTER = _("<b>The municipality's own pledge</b>: {words}")
COUNTER_BY = _("{owner} answers for it. Day: {day}.")
COUNTER_ON = _("Day: {day}.")
COUNTER_STATE = pgettext("counter-pledge", "Now: {state}")
COUNTER_STATES = {
    CounterState.PROMISED: pgettext("counter-pledge now", "promised."),
    CounterState.KEPT: pgettext("counter-pledge now", "kept."),
    CounterState.PARTLY: pgettext("counter-pledge now", "partly kept."),
    CounterState.NOT_KEPT: pgettext("counter-pledge now", "not kept."),
}
DECIDES = _("Who decides? You decide whether you join. It counts only if enough people sign.")
YOURS = pgettext("shared pledge", "You have signed.")
YOURS_WITH = pgettext("shared pledge", "You have signed: {amount}.")

JOIN = pgettext("shared pledge", "I'm in")
SHARE = pgettext("button", "Share")
LEAVE = _("Take my signature back")
ALL = _("All shared pledges")
START = _("Start a shared pledge")
PLAN = _("Plan how I begin")
WHO_SEES = _("Who can see it")
TO_ALL = cards.command_button("campaigns", ALL)
TO_START = cards.command_button("startshared", START)

SIGNED = ngettext(
    "Thank you, {address}. You are in: {title}. One signature is missing.",
    "Thank you, {address}. You are in: {title}. {missing} signatures are missing.",
    "missing",
)
SIGNED_OTHER_AREA = _(
    "Thank you, {address}. You are in: {title}. Only signatures from {area} count towards the "
    "target, and {missing} are missing."
)
TELLS = _("{progress} I write to you when there are enough, and on {day} at the latest.")
SIGNED_LAST = _(
    "Thank you, {address}. You were the last one needed. Now {signers} have signed “{title}”, so "
    "the pledge counts from today."
)
SIGNED_LATE = _(
    "Thank you, {address}. You are in: {title}. {signers} have signed, so the pledge counts "
    "already."
)
ASKED_ON = _("On {day} I ask you how it went.")
PRIVATE = _("Only you and the municipality can see that you are in.")
GONE = _("That shared pledge is not open for signatures. Look at the others.")
NOT_JOINED = {
    "young": _(
        "You must be 15 to sign here yourself. You can do it together with a parent. You are "
        "welcome to ask me questions.\n\n{contact}"
    ),
    "consent": _(
        "That is all right. Nothing is written down. You can still do it, without us.\n\n{contact}"
    ),
    "unsent": _(
        "That is all right. Nothing is sent. You can begin again when you like.\n\n{contact}"
    ),
}
NOW_15 = _("I am 15 now")
AGAIN = "15"  # ends the data of the button that asks for the age again
LEAVE_REALLY = _("Do you want to take back your signature of “{title}”?")
YES_LEAVE, STAY = _("Yes, take it back"), _("No, I stay")
LEFT = _("✓ Your signature is taken back. You are not bound by it.")
STAYS = _("✓ You are still in: {title}.")

# The overview
WAITS_FOR = ngettext("waits for {missing} more", "waits for {missing} more", "missing")
UNDECIDED = _("too few signed; you choose what happens")
AS_IT_IS = pgettext("list", "{text}")
LINE = pgettext("shared pledge", "• {title}: {state}")
LINE_UNTIL = pgettext("shared pledge", "• {title}: {state}, last day {day}")


@dataclass(frozen=True, slots=True)
class Own:
    """A citizen's own signature, as the chat tells it."""

    pledge_id: int
    state: PledgeState
    amount: str = ""
    asked_on: date | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A campaign as the chat shows it, in the reader's language.

    *counter* is what the municipality promises itself, *owner* answers for it. *result* are the
    numbers of answers. *own* is the reader's signature. *link* is the id and the proof of the link
    that opened it.
    """

    id: int
    title: str
    text: Text | str
    state: CampaignState
    signers: int
    target: int
    deadline: date
    is_danish: bool = False  # its words have no translation
    area: str = ""
    amount: str = ""
    extended_from: date | None = None
    ends_on: date | None = None  # the last day of its pledges, known once there are enough
    counter: Text | str = ""
    owner: str = ""
    counter_on: date | None = None
    counter_state: CounterState | None = None
    counter_words: Text | str = ""
    result: Mapping[str, int] | None = None
    is_overdue: bool = False  # what the municipality promises itself
    own: Own | None = None
    link: str = ""

    @property
    def missing(self) -> int:
        """Return how many signatures are missing."""
        return max(self.target - self.signers, 0)

    @property
    def is_signable(self) -> bool:
        """Return whether people can sign it."""
        return self.state in SIGNABLE


def all_of(some: Sequence[Shown]) -> Send:
    """Return the list of open campaigns, each with a button."""
    lines: list[Text | str] = [LEAD if some else NONE_OPEN]
    lines += [LIST_LINE.with_(title=one.title, progress=progress(one)) for one in some]
    buttons = [cards.command_button(f"campaign.{one.id}", one.title) for one in some]
    return Send(_joined(lines), (*buttons, TO_START, *_to_pledges(some), cards.TO_MENU))


def _to_pledges(some: Sequence[Shown]) -> tuple[Button, ...]:
    """Return the button that leads to pledges of one's own, where nothing is open."""
    return () if some else (cards.command_button("pledge", cards.INTENT_LABELS["pledge"]),)


def progress(shown: Shown) -> Text:
    """Return how many have signed; to others than signers not fewer than five."""
    few = shown.own is None and shown.signers < LEAST
    if shown.state is CampaignState.OPEN or shown.state is CampaignState.EXPIRED_UNMET:
        few_text = FEW_SIGNED if shown.target > LEAST else STILL_MISSING
        text = few_text if few else SIGNED_BY
    else:
        text = REACHED if few else COUNTS
    return text.with_(count=shown.signers, target=shown.target, least=LEAST)


def card(shown: Shown) -> Send:
    """Return the card of a campaign: its text, how far it is, and who decides."""
    title = TITLE_WITH if shown.is_danish else TITLE
    lines: list[Text | str] = [
        title.with_(title=shown.title, text=shown.text, remark=ONLY_DANISH),
        *state_lines(shown),
        *([EXAMPLE.with_(amount=shown.amount)] if shown.amount and shown.is_signable else []),
        *([_lasts(shown)] if shown.is_signable else []),
        *counter_lines(shown),
        *([DECIDES] if shown.is_signable else []),
        *_own_line(shown),
    ]
    return Send(_joined(lines), card_buttons(shown))


def _lasts(shown: Shown) -> Text:
    """Return how long the pledge of a signer lasts."""
    if shown.ends_on is not None:
        return LASTS_UNTIL.with_(day=shown.ends_on)
    return LASTS_FOR.with_(weeks=FOLLOW_UP_AFTER.days // 7)


def state_lines(shown: Shown) -> list[Text | str]:
    """Return how far a campaign is."""
    area: list[Text | str] = [OF_AREA.with_(area=shown.area)] if shown.area else []
    match shown.state:
        case CampaignState.OPEN:
            day = DEADLINE.with_(day=shown.deadline)
            first = pgettext("shared pledge", "{progress} {day}")
            moved = EXTENDED.with_(day=shown.extended_from)
            lines: list[Text | str] = [first.with_(progress=progress(shown), day=day)]
            return [*lines, *([moved] if shown.extended_from else []), *area]
        case CampaignState.ACTIVATED:
            return [progress(shown)]
        case CampaignState.FOLLOW_UP:
            return [progress(shown), ASKING]
        case CampaignState.COMPLETED:
            return [progress(shown), result_words(shown.result)]
        case CampaignState.EXPIRED_UNMET:
            return [progress(shown), UNMET.with_(day=shown.deadline), *area]
        case _:
            return [CANCELLED]


def counter_lines(shown: Shown) -> list[Text | str]:
    """Return what the municipality promises itself, who answers for it, and how far it is."""
    if not shown.counter:
        return []
    by = COUNTER_BY.with_(owner=shown.owner) if shown.owner else COUNTER_ON
    parts: list[Text | str] = [COUNTER.with_(words=shown.counter)]
    parts += [by.with_(day=shown.counter_on)] if shown.counter_on is not None else []
    if shown.counter_state is not None:
        state = COUNTER_STATE.with_(state=COUNTER_STATES[shown.counter_state])
        parts.append(COUNTER_OVERDUE.with_(day=shown.counter_on) if shown.is_overdue else state)
    return [*parts, *([shown.counter_words] if shown.counter_words else [])]


def _own_line(shown: Shown) -> list[Text | str]:
    """Return that the reader has signed."""
    if shown.own is None:
        return []
    return [YOURS_WITH.with_(amount=shown.own.amount) if shown.own.amount else YOURS]


def card_buttons(shown: Shown) -> tuple[Button, ...]:
    """Return the buttons below a card."""
    own = shown.own
    first: tuple[Button, ...] = ()
    if own is not None and own.state is PledgeState.SIGNED:
        first = (cards.command_button(f"unsign.{own.pledge_id}", LEAVE),)
    elif own is None and shown.is_signable:
        first = (join_button(shown),)
    share = (share_button(shown),) if shown.is_signable else ()
    return (*first, *share, TO_ALL, cards.TO_MENU)


def join_button(shown: Shown) -> Button:
    """Return the button that signs; it says by which link the reader came."""
    by = f".{shown.link}" if shown.link else ""
    return cards.command_button(f"joinshared.{shown.id}{by}", JOIN)


def share_button(shown: Shown) -> Button:
    """Return the button that makes a link to a campaign."""
    return cards.command_button(f"shareshared.{shown.id}", SHARE)


def joined(shown: Shown, own: Own, *, is_last: bool, is_counted: bool = True) -> Send:
    """Return what became of a signature.

    *is_last* says that it reached the target, *is_counted* that the signer lives in the area.
    """
    facts = {"title": shown.title, "signers": shown.signers, "missing": shown.missing}
    if shown.state is CampaignState.OPEN:
        first = SIGNED if is_counted else SIGNED_OTHER_AREA
        second = TELLS.with_(progress=progress(shown), day=shown.deadline)
    else:
        first = SIGNED_LAST if is_last else SIGNED_LATE
        second = ASKED_ON.with_(day=own.asked_on)
    lines: list[Text | str] = [first.with_(**facts, area=shown.area), second, PRIVATE]
    seen = cards.command_button(f"pledgeedit.{own.pledge_id}.visibility", WHO_SEES)
    ways = (share_button(shown), seen, cards.TO_OVERVIEW, TO_ALL, cards.TO_MENU)
    return Send(_joined(lines), ways)


def not_joined(why: str, contact: Text, again: str = "") -> Send:
    """Return why nothing was signed; *again* is the command that asks for the age again."""
    ways = (cards.command_button(again, NOW_15),) if again else ()
    if why not in NOT_JOINED:
        return gone()
    text = NOT_JOINED[why].with_(contact=contact)
    return Send(text, (*ways, TO_ALL, cards.TO_PERSON, cards.TO_MENU))


def gone() -> Send:
    """Return that a campaign cannot be opened or signed."""
    return Send(GONE, (TO_ALL, cards.TO_PERSON, cards.TO_MENU))


def leave(shown: Shown, own: Own) -> Send:
    """Ask whether a signer takes their signature back."""
    yes = cards.command_button(f"unsigning.{own.pledge_id}", YES_LEAVE)
    no = cards.command_button(f"campaign.{shown.id}", STAY)
    return Send(LEAVE_REALLY.with_(title=shown.title), (yes, no))


def left() -> Send:
    """Return that a signature is taken back."""
    return Send(LEFT, (TO_ALL, cards.TO_OVERVIEW, cards.TO_MENU))


def line(shown: Shown) -> Text:
    """Return a signature that waits for others as a line of the overview."""
    if shown.state is CampaignState.EXPIRED_UNMET:
        return LINE.with_(title=shown.title, state=UNDECIDED)
    state = WAITS_FOR.with_(missing=shown.missing)
    return LINE_UNTIL.with_(title=shown.title, state=state, day=shown.deadline)


def _joined(lines: Sequence[Text | str]) -> Text:
    """Return lines as one text, with a gap after the first."""
    first = lines[0] if isinstance(lines[0], Text) else AS_IT_IS.with_(text=lines[0])
    if len(lines) == 1:
        return first
    return messages.BOTH.with_(first=first, second=lines_of(lines[1:]))
