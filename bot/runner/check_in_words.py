"""Answers to a check-in in ordinary words: which check-in they answer, and with which button.

A short answer belongs to the newest question that it fits. The card on the screen comes first,
but a card that only asks what to do with other words takes no number: "3" is then an answer to
the check-in. What staff have written since comes before the check-in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.engine.conversation import Conversation
from bot.engine.effects import Send
from bot.engine.short_answers import Says, says
from bot.engine.words import fold, option_number, same, yes_or_no
from bot.model.case import CaseState
from bot.model.delivery import FINAL_ANSWERS, Delivery
from bot.model.pledge import PLEDGE, Pledge
from bot.runner import citizen_cases, free_text, pledges
from bot.runner.check_in_options import asks_amount, counted_of
from bot.runner.context import TurnContext
from bot.runner.conversations import id_of
from bot.runner.own_pledges import title_of
from bot.runner.pledge_owner import own_pledge
from bot.service.pledges import pledge_messages as kinds
from bot.tone.feelings import Feeling, feeling
from flows import cards, check_in_cards
from flows.answers_in_words import NO_WORDS, REM, YES_WORDS, pressed
from flows.check_in_words import Counted, Unclear, amount_of, sounds_like_one
from flows.check_ins import TellHowMuch, answer_of
from flows.intents import typed_intent
from flows.pledge_numbers import number_of
from flows.pledge_words import unit_words
from flows.signature_cards import BUTTON_OF, PARTLY

NEWEST = 20  # deliveries in which open check-ins are looked for
# Buttons that ask what to do with words, by how their data begins; they ask for no number.
ABOUT_WORDS = tuple(
    f"{cards.COMMAND}{name}." for name in ("human", "join", "letgo", "split", "helped")
)
WAYS_ON = frozenset(one.data for one in (cards.TO_OVERVIEW, cards.TO_MENU, cards.TO_PERSON))
# What answers a check-in after a card that asks nothing else.
AFTER_WORDS = frozenset({Says.NO, Says.CANNOT, Says.DID, Says.DID_PART, Says.DID_NOT, Says.LATER})
OTHER = f"{cards.COMMAND}notabout."  # callback data prefix: the words are about something else


@dataclass(frozen=True, slots=True)
class _Open:
    """A check-in that can be answered; *is_shown* says that its buttons are on the screen."""

    delivery: Delivery
    own: Pledge
    counted: Counted
    is_shown: bool

    def data(self, key: str) -> str:
        """Return the callback data of one of its buttons."""
        return f"{REM}{self.delivery.id}.{key}"


async def button_for(
    context: TurnContext, words: str, waiting: Conversation | None = None
) -> str | None:
    """Return the data of the button that words answer a check-in with; None where they do not."""
    is_step = waiting is not None and waiting.flow == TellHowMuch.key()
    for one in await _open(context, waiting):
        if is_step and number_of(words, tuple(one.counted.units)) is not None:
            return None  # the step reads it
        amount = amount_of(words, one.counted)
        if isinstance(amount, int) and _has_number(context, one, words):
            if asks_amount(one.own):
                return one.data(PARTLY)
            return one.data(BUTTON_OF[answer_of(amount, one.counted.whole)])
        data = await _in_words(context, one, words)
        if data is not None:
            return data
    return None


async def ask_back(context: TurnContext, words: str) -> bool:
    """Ask whether words are meant for the open check-in; return whether they sound like that.

    They are kept, and go nowhere until the citizen says that they are about something else.
    """
    if typed_intent(words) is not None or feeling(words) is not Feeling.CALM:
        return False
    for one in await _open(context, None):
        is_asked = one.is_shown or (_is_fresh(context, one) and _asks_nothing(context))
        is_unclear = isinstance(amount_of(words, one.counted), Unclear)
        is_meant = is_unclear or sounds_like_one(words, one.counted, is_shown=one.is_shown)
        if is_asked and is_meant:
            await _ask_about(context, one, words)
            return True
    return False


async def _ask_about(context: TurnContext, one: _Open, words: str) -> None:
    asked = await free_text.keep_aside(context, words)
    shown = await pledges.render(context, one.delivery, False)  # noqa: FBT003 - see `Subject`
    unit = ""
    if one.counted.takes_bare and not one.counted.is_daily:
        unit = unit_words(context.town, one.own.measure, context.language)
    other = cards.command_button(f"notabout.{asked.id}", check_in_cards.SOMETHING_ELSE)
    title = await title_of(context, one.own)
    text = check_in_cards.is_meant(title, unit, is_daily=one.counted.is_daily)
    context.send(Send(text, (*shown.buttons, other)))


async def not_about(context: TurnContext, question_id: int | None) -> None:
    """Handle words that are no answer to a check-in, as the citizen says."""
    asked = await free_text.settle(context, question_id)
    if asked is None:
        context.send(Send(check_in_cards.WRITE_IT, (cards.TO_PERSON, cards.TO_MENU)))
    else:
        await free_text.question(context, asked.words)


async def _in_words(context: TurnContext, one: _Open, words: str) -> str | None:
    """Return the button of a check-in that words without an amount press."""
    screen = context.citizen.screen
    other = next((data for data, _label in screen if data.startswith(OTHER)), None)
    agreed = yes_or_no(words)
    if one.is_shown and other is not None and agreed is not None:
        return f"{cards.COMMAND}answerpledge.{one.own.id}" if agreed else other
    if one.is_shown:
        return None  # as other buttons on the screen: see `pressed`
    buttons = (await pledges.render(context, one.delivery, False)).buttons  # noqa: FBT003 - see `Subject`
    labelled = next((button.data for button in buttons if same(words, button.label)), None)
    if labelled is not None:
        return labelled
    is_free = typed_intent(words) is None and _is_fresh(context, one) and _asks_nothing(context)
    if not is_free or says(words) not in AFTER_WORDS or _answers_screen(screen, words):
        return None
    return pressed([(button.data, "") for button in buttons], words)


def _has_number(context: TurnContext, one: _Open, words: str) -> bool:
    """Return whether a number alone is for a check-in, and not the number of another button."""
    number, screen = option_number(words), context.citizen.screen
    if one.is_shown or number is None:
        return True
    is_choice = 0 < number <= len(screen) and not _asks_nothing(context)
    return _is_fresh(context, one) and not is_choice


def _asks_nothing(context: TurnContext) -> bool:
    """Return whether the card on the screen asks nothing but what to do with other words."""
    shown = [data for data, _label in context.citizen.screen]
    return set(shown) <= WAYS_ON or any(data.startswith(ABOUT_WORDS) for data in shown)


def _answers_screen(screen: Sequence[tuple[str, str]], words: str) -> bool:
    """Return whether a button on the screen begins with the yes or no that words say."""
    agreed = yes_or_no(words)
    first = YES_WORDS if agreed else NO_WORDS
    labels = [fold(label).partition(" ")[0] for _data, label in screen]
    return agreed is not None and any(label in first for label in labels)


def _is_fresh(context: TurnContext, one: _Open) -> bool:
    """Return whether a check-in is so new that a short answer is likely to mean it."""
    asked = _asked_at(one.delivery)
    return asked is not None and context.now - asked <= kinds.USEFUL_FOR


def _asked_at(delivery: Delivery) -> datetime | None:
    return delivery.asked_again_at or delivery.sent_at


async def _open(context: TurnContext, waiting: Conversation | None) -> list[_Open]:
    """Return the check-ins that words may answer: that on the screen, then the newest first.

    While a step waits, only the check-in on the screen, or that of the step, may be meant.
    """
    unit, citizen = context.unit, context.citizen
    shown = _shown(context, waiting)
    participant = await unit.participants.of_person(citizen.id, citizen.address)
    known = await unit.deliveries.get(shown) if shown is not None else None
    some = [known] if known is not None and known.participant_id == participant.id else []
    if waiting is None:
        newest = await unit.deliveries.newest_of(participant.id, NEWEST)
        some += [one for one in newest if one.id != shown]
    found = []
    for one in some:
        if not await _is_open(context, one):
            continue
        own = await own_pledge(context, one.subject_id)
        if own is not None:
            counted = await counted_of(context, own)
            found.append(_Open(one, own, counted, is_shown=one.id == shown))
    return found


def _shown(context: TurnContext, waiting: Conversation | None) -> int | None:
    """Return the delivery of the check-in whose buttons are on the screen, or whose step waits."""
    if waiting is not None and waiting.flow == TellHowMuch.key():
        known: int | None = waiting.answers.get("delivery_id")
        return known
    end = f".{PARTLY}"
    data = next((one for one, _label in context.citizen.screen if one.endswith(end)), None)
    is_one = data is not None and data.startswith(REM)
    return id_of(data.removeprefix(REM).removesuffix(end)) if data is not None and is_one else None


async def _is_open(context: TurnContext, delivery: Delivery) -> bool:
    """Return whether a delivery asks how a pledge goes, has no answer, and staff wrote no later."""
    asked = _asked_at(delivery)
    return (
        delivery.subject_kind == PLEDGE
        and delivery.kind in kinds.QUESTIONS
        and delivery.is_answerable
        and delivery.answer not in FINAL_ANSWERS
        and asked is not None
        and await pledges.withheld(context.unit, delivery) is None
        and not await _staff_wrote(context, asked)
    )


async def _staff_wrote(context: TurnContext, since: datetime) -> bool:
    """Return whether staff have asked or written in a case since a moment."""
    unit = context.unit
    for case in await unit.cases.writable(context.citizen.id):
        last = await citizen_cases.unanswered(context, case)
        if last is None and case.state is CaseState.WAITING:
            last = await unit.threads.last_query(case.id)
        if last is not None and last.at > since:
            return True
    return False
