"""Making a pledge in the chat: where it begins, and the card when it is made."""

from __future__ import annotations

from bot.engine.ask_listed import KEY, WORDS
from bot.model.opportunity import said
from bot.model.person import name_fault
from bot.model.pledge import Plan, Pledge, PledgeState, plan_of, plan_to_json
from bot.model.pledge_catalogue import EntryState
from bot.model.staff import tidy_name
from bot.runner import conversations
from bot.runner.citizen_cases import waits
from bot.runner.context import TurnContext
from bot.runner.free_text import question
from bot.runner.pledge_owner import known_age, own_pledge
from bot.service.pledges import check_ins, totals
from bot.transport.incoming import Wrote
from flows import pledge_explanations, pledge_made_cards
from flows.intents import led_intent
from flows.pledge_changes import ChangeMyPledge, PlanPledge
from flows.pledge_made_cards import AGAIN, PARTS, TIME, Shown
from flows.pledge_questions import own_promise
from flows.pledge_ways import ENTRY, OWN_GOAL, OWN_WORDS, THEME
from flows.pledge_words import amount_words, far_day, theme_name
from flows.pledges import GivePledge

INTENT = "pledge"
PLAN = "plan"


async def pledge(context: TurnContext, rest: str) -> None:
    """Begin a pledge; words after the command, or after “jeg lover at”, are read as a sentence.

    Where staff have asked the citizen something, “jeg lover at …” is the answer to it.
    """
    is_typed = isinstance(context.incoming.content, Wrote)
    led = led_intent(context.incoming.words) if is_typed else None
    is_led = led is not None and led[0].name == INTENT
    if is_led and await waits(context):
        await question(context, context.incoming.words)
        return
    words = context.incoming.words if is_led else rest
    sentence = own_promise(words) if rest.strip() else None
    if isinstance(sentence, str):
        await begin_pledge(context, {WORDS: sentence})
    else:
        await begin_pledge(context, None)


async def what_is_it(context: TurnContext) -> None:
    """Say what a pledge is, and begin one."""
    context.send_text(pledge_explanations.WHAT_IS_A_PLEDGE)
    await begin_pledge(context, None)


async def way(context: TurnContext, name: str, key: str = "") -> None:
    """Begin with one's own goal, or with the earlier choice after a person has turned 15."""
    if name == AGAIN:
        chosen = key.startswith((ENTRY, THEME)) or key in {OWN_WORDS, OWN_GOAL}
        await begin_pledge(context, {KEY: key} if chosen else None, is_15=True)
    else:
        await begin_pledge(context, {KEY: OWN_GOAL})


async def open_pledge(context: TurnContext, written: str) -> None:
    """Open the entry of the catalogue whose id is in a deep link."""
    await open_entry(context, conversations.id_of(written))


async def open_entry(
    context: TurnContext, entry_id: int | None, link_id: int | None = None
) -> None:
    """Begin a pledge of the catalogue; *link_id* is the link by which the citizen came."""
    entry = await context.unit.catalogue.get(entry_id) if entry_id is not None else None
    if entry is None or entry.state is not EntryState.PUBLISHED:
        context.send(pledge_made_cards.not_pledged("over", context.contact()))
        return
    await begin_pledge(context, {KEY: f"{ENTRY}{entry.id}"}, link_id=link_id)


async def again(context: TurnContext, pledge_id: int | None) -> None:
    """Begin a pledge that the citizen has made before: of the catalogue, or in the same words."""
    own = await own_pledge(context, pledge_id)
    entry_id = own.catalogue_id if own is not None else None
    entry = await context.unit.catalogue.get(entry_id) if entry_id is not None else None
    if own is None:
        context.send(pledge_made_cards.not_pledged("over", context.contact()))
    elif entry is not None and entry.state is EntryState.PUBLISHED:
        await begin_pledge(context, {KEY: f"{ENTRY}{entry.id}"})
    else:
        await begin_pledge(context, {WORDS: own.words})


async def begin_pledge(
    context: TurnContext,
    wanted: dict[str, str] | None,
    *,
    link_id: int | None = None,
    is_15: bool = False,
) -> None:
    """Begin the flow; a person who said that they are under 15 is told so (HR-20)."""
    answered = await known_age(context, is_15=is_15)
    if answered is None:
        key = (wanted or {}).get(KEY, "")
        context.send(
            pledge_made_cards.not_pledged("young", context.contact(), asks_age=True, chosen=key)
        )
        return
    known = GivePledge.known(wanted, link_id)
    await conversations.begin(context, GivePledge, {**known, **answered})


async def made(context: TurnContext, pledge_id: int | None) -> None:
    """Show a new pledge on a card, and ask how the citizen begins."""
    own = await own_pledge(context, pledge_id)
    if own is None:
        context.send(pledge_made_cards.not_pledged("over", context.contact()))
        return
    if own.state is PledgeState.ALREADY:
        context.send(pledge_made_cards.already())
        return
    context.send(pledge_made_cards.made(await shown_of(context, own), context.language))
    told = len(context.outgoing)
    await plan(context, own)
    context.follow_up(told)


async def not_made(context: TurnContext, why: str, key: str = "") -> None:
    """Say why no pledge was made; *key* is what a person chose who said that they are under 15."""
    is_young = why == "young"
    context.send(
        pledge_made_cards.not_pledged(why, context.contact(), asks_age=is_young, chosen=key)
    )


async def plan(context: TurnContext, own: Pledge, *, kept: Plan | None = None) -> None:
    """Ask when and where a citizen begins; the place and the step of *kept* are not asked again."""
    known = {"pledge_id": own.id, "catalogue_id": own.catalogue_id, "when": None}
    parts = {} if kept is None else plan_to_json(kept)
    parts.pop("at", None)
    await conversations.begin(context, PlanPledge, {**known, **parts})


async def planned(context: TurnContext, pledge_id: int | None) -> None:
    """Repeat the plan, with the time of its one reminder."""
    own = await own_pledge(context, pledge_id)
    if own is None:
        await conversations.leave_for_menu(context)
        return
    plan = plan_of(own)
    if plan is None:
        context.send(pledge_made_cards.planned(own.id, "", "", "", None))
    else:
        context.send(pledge_made_cards.planned(own.id, plan.when, plan.where, plan.first, plan.at))


async def edit(context: TurnContext, pledge_id: int | None, part: str) -> None:
    """Ask what to change about a pledge, or ask for the new answer."""
    own = await own_pledge(context, pledge_id)
    if own is None or not (own.lives or own.state is PledgeState.SIGNED):
        context.send(pledge_made_cards.not_pledged("over", context.contact()))
    elif part == PLAN:
        await plan(context, own)
    elif part == TIME:
        await plan(context, own, kept=plan_of(own))
    elif part in PARTS and (part != "words" or own.has_own_words):
        known = {
            "pledge_id": own.id,
            "part": part,
            "catalogue_id": own.catalogue_id,
            "measure": own.measure,
            "rhythm": own.rhythm.value,
        }
        await conversations.begin(context, ChangeMyPledge, known)
    else:
        context.send(
            pledge_made_cards.which(
                own.id, has_amount=own.measure is not None, has_own_words=own.has_own_words
            )
        )


async def show(context: TurnContext, pledge_id: int | None) -> None:
    """Show a pledge after a change."""
    own = await own_pledge(context, pledge_id)
    if own is None:
        await conversations.leave_for_menu(context)
    else:
        context.send(pledge_made_cards.changed(await shown_of(context, own), context.language))


def plan_words(own: Pledge) -> str:
    """Return the plan of a pledge that lives in one line; empty where there is none."""
    plan = plan_of(own)
    if plan is None or not own.lives:
        return ""
    return ", ".join(part for part in (plan.when, plan.where, plan.first) if part)


async def shown_of(context: TurnContext, own: Pledge) -> Shown:
    """Return a pledge as its card shows it, in the citizen's language."""
    unit, language = context.unit, context.language
    entry = await unit.catalogue.get(own.catalogue_id) if own.catalogue_id is not None else None
    group = await unit.groups.get(own.group_id) if own.group_id is not None else None
    goal = next((one for one in context.town.goals if one.key == own.goal), None)
    person = await unit.participants.shown(own.participant_id or 0) if own.shows_name else None
    return Shown(
        id=own.id,
        words=own.words,
        theme=theme_name(context.town, own.theme, language),
        entry=said(entry.titles, language) if entry is not None else "",
        amount=amount_words(context.town, own.measure, own.amount, language),
        rhythm=own.rhythm,
        season=own.season,
        ends_on=far_day(own.ends_on, context.calendar.local(context.now).date()),
        visibility=own.visibility,
        next_on=await check_ins.coming_on(unit, own),
        group=group.name if group is not None else "",
        goal=own.goal_words or (said(goal.labels, language) if goal is not None else ""),
        wish=own.wish,
        has_link=entry is not None,
        is_promise=own.state is not PledgeState.ALREADY,
        is_paused=own.state is PledgeState.PAUSED,
        approval=own.approval,
        approval_reason=own.approval_reason or "",
        is_held=await totals.is_held(unit, own.id),
        name_refused=(person.name_refused if person is not None else None) or "",
        name_fault=name_fault(tidy_name(person.first_name)) if person is not None else None,
        plan=plan_words(own),
    )
