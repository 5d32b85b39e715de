"""The citizen's overview: a card that is redrawn in place when a case changes."""

from __future__ import annotations

from bot.engine.effects import Button, Send
from bot.i18n import LANGUAGE_NAMES, Text, pgettext
from bot.model.broadcast import WARNINGS
from bot.model.delivery import NEWS
from bot.runner import own_contributions, own_pledges, own_signups
from bot.runner.citizen_cases import CARD, CARD_LIVES, SHOWN_CASES, case_line
from bot.runner.coming_reminders import coming_reminders
from bot.runner.context import TurnContext
from bot.runner.options import topics
from bot.runner.topic_names import topic_name
from bot.store.outbox import NewOutbox, Priority
from flows import (
    cards,
    case_messages,
    contribution_cards,
    messages,
    own_pledge_cards,
    reminder_cards,
    signup_cards,
)
from flows.own_pledge_cards import OwnPledge
from flows.signup_cards import OwnSignup

SHOWN_REMINDERS = 5


async def overview(context: TurnContext) -> Send:
    """Return the overview: the citizen's settings and newest cases."""
    person, town = context.citizen, context.town
    live = await context.unit.consents.live(person.id)
    news = [str(o.label) for o in await topics(context) if NEWS + o.key in live]
    quiet = messages.USUAL_QUIET
    if person.own_quiet is not None:
        start_at, end_at = (f"{m // 60}.{m % 60:02d}" for m in person.own_quiet)
        quiet = messages.OWN_QUIET.with_(start=start_at, end=end_at)
    area = next((area.name for area in town.areas if area.key == person.area), None)
    chosen = messages.OVERVIEW.with_(
        address=person.address or messages.NOTHING_CHOSEN,
        language=LANGUAGE_NAMES[context.language],
        area=area or messages.NOTHING_CHOSEN,
        news=", ".join(news) or messages.NO_NEWS,
        quiet=quiet,
    )
    if WARNINGS in live:
        chosen = messages.BOTH.with_(first=chosen, second=messages.GETS_WARNINGS)
    muted = await context.unit.mutes.of(person.id)
    names = {topic: await topic_name(context, topic) for topic in muted}
    chosen = reminder_cards.is_off(chosen, muted, names)
    coming = await coming_reminders(context)
    own = await own_signups.lines(context)
    pledged, already = await own_pledges.lines(context)
    pledges = own_pledge_cards.section(pledged, [one.title for one in already])
    if pledges is not None:
        chosen = messages.BOTH.with_(first=pledges, second=chosen)
    chosen = _with_tasks(own, chosen)
    if coming:
        reminders = reminder_cards.listed([one.line for one in coming], SHOWN_REMINDERS)
        chosen = messages.BOTH.with_(first=reminders, second=chosen)
    buttons = await _buttons(context, own, pledged, has_reminders=bool(coming))
    if news or WARNINGS in live:
        buttons = (*buttons[:-1], cards.command_button("warnings", messages.WARNINGS), buttons[-1])
    return Send(await _with_cases(context, chosen), buttons)


def _with_tasks(own: list[OwnSignup], chosen: Text) -> Text:
    """Return the text with what the citizen has signed up for before their settings."""
    lines: Text = signup_cards.MY_TASKS
    for one in own:
        line = signup_cards.task_line(one)
        lines = pgettext("list", "{before}\n{line}").with_(before=lines, line=line)
    return messages.BOTH.with_(first=lines, second=chosen) if own else chosen


async def _with_cases(context: TurnContext, chosen: Text) -> Text:
    """Return the text with the newest cases before the citizen's settings."""
    cases = await context.unit.cases.of_person(context.citizen.id, SHOWN_CASES)
    if not cases:
        return chosen
    lines: Text = case_messages.MY_CASES
    for case in cases:
        lines = pgettext("list", "{before}\n{line}").with_(
            before=lines, line=case_line(context, case)
        )
    return messages.BOTH.with_(first=lines, second=chosen)


async def _buttons(
    context: TurnContext, own: list[OwnSignup], pledged: list[OwnPledge], *, has_reminders: bool
) -> tuple[Button, ...]:
    """Return the buttons: resume an unfinished conversation first, then settings and menu."""
    person = context.citizen
    buttons = [cards.command_button("settings", messages.SETTINGS), cards.TO_MENU]
    volunteers = await own_signups.is_volunteer(context)
    buttons[1:1] = own_signups.overview_buttons(own, volunteers=volunteers)
    has_any = bool(pledged) or await own_pledges.has_any(context)
    buttons[1:1] = own_pledge_cards.overview_buttons(pledged, has_any=has_any)
    if await own_contributions.has_any(context):
        buttons.insert(1, contribution_cards.TO_CONTRIBUTIONS)
    if has_reminders:
        buttons.insert(1, cards.command_button("myrem", reminder_cards.SHOW_REMINDERS))
    waiting = await context.unit.conversations.waiting(person.id)
    paused = waiting or await context.unit.conversations.paused(person.id)
    if paused is not None:
        buttons.insert(0, cards.command_button(f"resume.{paused.id}", messages.CONTINUE))
    return tuple(buttons)


async def redraw_overview(context: TurnContext) -> None:
    """Queue a redraw in place of each overview that was shown within 48 h."""
    shown = [
        card
        for card in await context.unit.cards.find(CARD, str(context.citizen.id))
        if card.shown_at is not None and context.now - card.shown_at < CARD_LIVES
    ]
    for card in shown:
        params = context.rendered(await overview(context))
        if len(params) == 1:
            await context.unit.outbox.put(
                NewOutbox(
                    context.chat_id,
                    context.lane,
                    "sendMessage",
                    params[0],
                    Priority.REPLY,
                    card_id=card.id,
                )
            )
