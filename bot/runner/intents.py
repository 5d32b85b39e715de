"""Intents: what the product does for each typed word, slash command and command button."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot.engine.effects import Send
from bot.engine.flow import Flow
from bot.i18n import LANGUAGES
from bot.model.commands.citizen import SetLanguage, TellWhenOpen
from bot.model.link import (
    CAMPAIGN_PAYLOAD,
    CHECK_IN_PAYLOAD,
    LINK_PAYLOAD,
    OPPORTUNITY_PAYLOAD,
    PLEDGE_PAYLOAD,
)
from bot.runner import (
    attendance,
    broadcast_replies,
    calendar_files,
    campaigns,
    case_intents,
    check_in_words,
    conversations,
    deliveries,
    hours,
    invitations,
    obstacles,
    own_contributions,
    own_pledge_acts,
    own_pledges,
    own_signups,
    own_tasks,
    pledge_buttons,
    pledge_in_words,
    pledge_making,
    pledge_sharing,
    pledge_states,
    proposals,
    reminder_intents,
    reminders,
    search_in_words,
    signup_buttons,
    signups,
    stopping,
    totals,
    volunteer_search,
)
from bot.runner.citizen_cases import CARD
from bot.runner.context import TurnContext, numbered
from bot.runner.conversations import back_to_step
from bot.runner.cpr import delete_message
from bot.runner.faq import faq_entry, show_entry
from bot.runner.flow_lookup import flow_of
from bot.runner.free_text import answered_with, question
from bot.runner.intent_handler import ID, REST, WORD, IntentHandler
from bot.runner.links import open_link
from bot.runner.overview import overview
from bot.service import execute
from bot.service.launches import is_open
from flows import broadcast_cards, cards, messages, pledge_act_cards
from flows.asking import Complaint, WritePerson
from flows.intents import INTENTS
from flows.reminders import Pause

FAQ_PAYLOAD = "faq-"
EDIT = ":pledgeedit."  # callback data prefix of the button that changes a pledge
WAYS_OUT = (":letgo.", ":drop.")  # callback data prefixes of a card's "it was nothing" button


def begins(flow: type[Flow]) -> IntentHandler:
    """Return a handler that begins *flow*."""

    async def run(context: TurnContext) -> None:
        await conversations.begin(context, flow)

    return IntentHandler(run)


async def start(context: TurnContext, rest: str) -> None:
    """Answer /start; the payload of a deep link opens what `PAYLOADS` says for its beginning."""
    begins_with = next((one for one in PAYLOADS if rest.startswith(one)), None)
    if begins_with is None:
        await conversations.leave_for_menu(context)
    else:
        await PAYLOADS[begins_with](context, rest.removeprefix(begins_with))


async def open_entry(context: TurnContext, faq_id: str) -> None:
    """Show the FAQ entry of a deep link; the menu where there is none."""
    entry = await faq_entry(context, faq_id)
    if entry is None:
        await conversations.leave_for_menu(context)
    else:
        await show_entry(context, entry)
        await back_to_step(context)


async def open_opportunity(context: TurnContext, written: str) -> None:
    """Show the opportunity whose id is in the link of its public page."""
    await volunteer_search.dates(context, conversations.id_of(written))
    await back_to_step(context)


# What opens the payload of a deep link, by how it begins; the handler gets the rest.
PAYLOADS: Mapping[str, Callable[[TurnContext, str], Awaitable[None]]] = {
    LINK_PAYLOAD: open_link,
    CHECK_IN_PAYLOAD: signup_buttons.check_in,
    OPPORTUNITY_PAYLOAD: open_opportunity,
    PLEDGE_PAYLOAD: pledge_making.open_pledge,
    CAMPAIGN_PAYLOAD: campaigns.open_campaign,
    FAQ_PAYLOAD: open_entry,
}


async def menu(context: TurnContext) -> None:
    """Show the menu."""
    await conversations.leave_for_menu(context)


async def ask(context: TurnContext, rest: str) -> None:
    """Pause the waiting conversation; answer the question after the command, or invite one."""
    waiting = await context.unit.conversations.waiting(context.citizen.id)
    if waiting is not None:
        await conversations.pause(context, waiting)
    if rest:
        await question(context, rest)
    else:
        context.send(Send(messages.ASK, (cards.TO_PERSON, cards.TO_MENU)))


async def mine(context: TurnContext) -> None:
    """Show the citizen's settings and cases as a card, and pause the waiting conversation."""
    context.send(await overview(context), card=CARD)
    waiting = await context.unit.conversations.waiting(context.citizen.id)
    if waiting is not None:
        await conversations.pause(context, waiting)


async def language(context: TurnContext, rest: str) -> None:
    """Set the language named in *rest*, or offer the languages."""
    if rest in LANGUAGES:
        await execute(SetLanguage(context.citizen.id, rest), context.unit)
        await context.reload_person()
        context.send_text(messages.LANGUAGE_SET)
        waiting = await context.unit.conversations.waiting(context.citizen.id)
        if waiting is not None:
            await conversations.ask_again(context, waiting)
        else:
            await conversations.leave_for_menu(context)
        return
    context.send(cards.language())


async def show_help(context: TurnContext) -> None:
    """Send what the bot can do, and how to get help without it."""
    text = messages.HELP.with_(contact=context.contact())
    context.send(Send(text, (cards.TO_PERSON, cards.TO_MENU)))


async def privacy(context: TurnContext) -> None:
    """Send what data is kept and why."""
    context.send(Send(messages.PRIVACY.with_(contact=context.contact()), (cards.TO_MENU,)))


async def back(context: TurnContext) -> None:
    """Go one step back."""
    await conversations.back(context)


async def again(context: TurnContext) -> None:
    """Show the current step again with numbered buttons; without a step, the last buttons."""
    waiting = await context.unit.conversations.waiting(context.citizen.id)
    if waiting is not None:
        await conversations.ask_again(context, waiting, numbers=True)
        return
    shown = conversations.buttons_of(context.citizen.screen) or cards.menu().buttons
    context.send(numbered(Send(messages.NOTHING_TO_REPEAT, shown)))


async def who_decides(context: TurnContext) -> None:
    """Say who decides, in this flow or in general, and ask the step again."""
    waiting = await context.unit.conversations.waiting(context.citizen.id)
    flow = flow_of(waiting) if waiting else None
    dialogue = await broadcast_replies.in_question(context, waiting)
    if dialogue is not None:
        context.send(broadcast_cards.decided_by(dialogue, context.language))
        await back_to_step(context)
        return
    if flow is None:
        context.send(Send(messages.WHO_DECIDES, (cards.TO_PERSON, cards.TO_MENU)))
        return
    context.send_text(flow.decides)
    await back_to_step(context)


async def cancel(context: TurnContext) -> None:
    """Pause the waiting conversation, or press the dismissing button of the card on the screen.

    After a change of a pledge, say how it is changed again. Otherwise, offer to resume or drop a
    paused conversation.
    """
    waiting = await context.unit.conversations.waiting(context.citizen.id)
    change = next((data for data, _label in context.citizen.screen if data.startswith(EDIT)), None)
    out = next((data for data, _label in context.citizen.screen if data.startswith(WAYS_OUT)), None)
    if waiting is not None:
        await conversations.put_aside(context, waiting)
    elif out is not None:
        name, _dot, about = out.removeprefix(cards.COMMAND).partition(".")
        await INTENT_HANDLERS[name](context, about)
    elif change is not None:
        pledge_id = conversations.id_of(change.removeprefix(EDIT).partition(".")[0])
        context.send(pledge_act_cards.nothing_to_undo(pledge_id or 0))
    elif not await conversations.offer_paused(context):
        overview_button = cards.TO_OVERVIEW
        context.send(
            Send(messages.NOTHING_TO_CANCEL, (overview_button, cards.TO_PERSON, cards.TO_MENU))
        )


async def thanks(context: TurnContext) -> None:
    """Reply to thanks and goodbyes without asking anything."""
    context.send(Send(messages.GLAD, (cards.TO_MENU,)))


async def english(context: TurnContext) -> None:
    """Switch to English."""
    await language(context, "en")


async def danish(context: TurnContext) -> None:
    """Switch to Danish."""
    await language(context, "da")


async def resume(context: TurnContext, rest: str) -> None:
    """Resume the conversation whose id is given, else the waiting or the paused one."""
    unit, own = context.unit, context.citizen.id
    if rest:
        wanted = conversations.id_of(rest)
        found = await unit.conversations.get(wanted) if wanted is not None else None
    else:
        found = await unit.conversations.waiting(own) or await unit.conversations.paused(own)
    if found is not None and found.person_id == own:
        await conversations.resume(context, found)
        return
    context.send_text(messages.ANEW if rest else messages.NOTHING_TO_RESUME)
    await conversations.leave_for_menu(context)


async def drop(context: TurnContext, wanted: int | None) -> None:
    """Delete a conversation at the citizen's wish, and confirm it."""
    found = await context.unit.conversations.get(wanted) if wanted is not None else None
    if found is not None and found.person_id == context.citizen.id:
        await conversations.end(context, found)
    context.send(Send(messages.LET_GO, (cards.TO_MENU,)))


async def tell_when_open(context: TurnContext, feature: str) -> None:
    """Note that the citizen wants a message when a feature opens; show it where it is open."""
    if feature in cards.INTENT_LABELS and await is_open(context.unit, feature):
        await INTENT_HANDLERS[feature](context)
    elif feature in cards.INTENT_LABELS:
        await execute(TellWhenOpen(context.citizen.id, feature), context.unit)
        context.send(Send(messages.WILL_TELL, (cards.TO_MENU,)))
    else:
        await conversations.leave_for_menu(context)


async def faq(context: TurnContext, faq_id: str, question_id: int | None) -> None:
    """Show the chosen entry; its question stays stored, so that the citizen can ask a person."""
    entry = await faq_entry(context, faq_id)
    if entry is None:
        context.send_text(messages.OLD_BUTTON)
        await conversations.leave_for_menu(context)
    else:
        await show_entry(context, entry, await answered_with(context, question_id, faq_id))
        await back_to_step(context)


async def cpr_was_one(context: TurnContext, message_id: int | None) -> None:
    """Delete the message whose digits were a CPR number, as the citizen says."""
    if message_id is not None:
        await delete_message(context, message_id)
        await back_to_step(context)
    else:
        await conversations.leave_for_menu(context)


async def cpr_was_none(context: TurnContext) -> None:
    """Ask for the time again, in a form that cannot be mistaken for a CPR number."""
    context.send_text(messages.CPR_TIME)


# Keys are names of intents or commands; a button's data is ":<name>" or
# ":<name>.<arguments>". An intent that begins a flow has no handler of its own here.
_HANDLERS: Mapping[str, IntentHandler] = {
    "start": IntentHandler(start, (REST,)),
    "menu": IntentHandler(menu),
    "greeting": IntentHandler(menu),
    "robot": IntentHandler(show_help, back=True),
    "ask": IntentHandler(ask, (REST,)),
    "volunteer": IntentHandler(volunteer_search.volunteer, (REST,)),
    "ten_minutes": IntentHandler(volunteer_search.ten_minutes),
    "an_hour": IntentHandler(volunteer_search.an_hour),
    "a_day": IntentHandler(volunteer_search.a_day),
    "lookback": IntentHandler(volunteer_search.back, (REST,)),
    "find": IntentHandler(volunteer_search.found, (REST,)),
    "lookt": IntentHandler(volunteer_search.themes, (REST,)),
    "looka": IntentHandler(volunteer_search.areas, (REST,)),
    "lookd": IntentHandler(volunteer_search.days, (REST,)),
    "lookday": IntentHandler(volunteer_search.other_day, (REST,)),
    "near": IntentHandler(volunteer_search.near, (REST,)),
    "place": IntentHandler(volunteer_search.place, (REST,)),
    "nearby": IntentHandler(search_in_words.nearby, (REST,)),
    "dates": IntentHandler(volunteer_search.dates, (ID,)),
    "take": IntentHandler(own_signups.take, (ID, ID, WORD)),
    "signed": IntentHandler(own_signups.signed, (ID, ID)),
    "notsigned": IntentHandler(own_signups.not_signed, (WORD,)),
    "leave": IntentHandler(own_signups.leave, (ID,)),
    "leaving": IntentHandler(own_signups.leave_at_once, (ID,)),
    "stays": IntentHandler(own_signups.stays, (ID,)),
    "staysvol": IntentHandler(own_signups.stays_volunteer),
    "shiftmap": IntentHandler(signups.send_map, (ID,), back=True),
    "findstandin": IntentHandler(signup_buttons.find_standin, (ID,)),
    "writeto": IntentHandler(own_tasks.write_to, (ID,)),
    "worry": IntentHandler(own_tasks.worry, back=True),
    "profile": IntentHandler(own_signups.profile),
    "tellof": IntentHandler(own_signups.tell_of, (WORD,)),
    "told": IntentHandler(own_signups.told, (WORD, WORD)),
    "stopvol": IntentHandler(own_signups.stop, (WORD,)),
    "hearing": IntentHandler(case_intents.hearing, back=True),
    "complain": IntentHandler(case_intents.complain, back=True),
    "dissatisfied": begins(Complaint),
    "decision": IntentHandler(case_intents.decision, back=True),
    "adviser": IntentHandler(case_intents.adviser, back=True),
    "data": IntentHandler(case_intents.data, back=True),
    "delete": IntentHandler(case_intents.delete, back=True),
    "cancel": IntentHandler(cancel),
    "thanks": IntentHandler(thanks),
    "english": IntentHandler(english),
    "danish": IntentHandler(danish),
    "pledge": IntentHandler(pledge_making.pledge, (REST,)),
    "whatpledge": IntentHandler(pledge_making.what_is_it),
    "answerstep": IntentHandler(pledge_in_words.answer_step, (ID, REST)),
    "pledgeway": IntentHandler(pledge_making.way, (WORD, WORD)),
    "pledgeof": IntentHandler(pledge_sharing.make_same, (ID, WORD)),
    "pledgemade": IntentHandler(pledge_making.made, (ID,)),
    "notpledged": IntentHandler(pledge_making.not_made, (WORD, WORD)),
    "pledgeplanned": IntentHandler(pledge_making.planned, (ID,)),
    "pledgeedit": IntentHandler(pledge_making.edit, (ID, WORD)),
    "pledgeshown": IntentHandler(pledge_making.show, (ID,)),
    "mypledges": IntentHandler(own_pledges.mine),
    "ownpledge": IntentHandler(own_pledges.show, (ID,)),
    "answerpledge": IntentHandler(own_pledge_acts.answer, (REST,)),
    "notabout": IntentHandler(check_in_words.not_about, (ID,)),
    "newsanswer": IntentHandler(broadcast_replies.answer, (ID, ID)),
    "newsnoted": IntentHandler(broadcast_replies.step_noted, (ID,)),
    "newsleft": IntentHandler(broadcast_replies.step_left),
    "answermissed": IntentHandler(own_pledge_acts.answer_missed, (ID,)),
    "undopledge": IntentHandler(own_pledge_acts.undo, (REST,)),
    "withdrawpledge": IntentHandler(own_pledge_acts.withdraw, (REST,)),
    "withdrawingpledge": IntentHandler(own_pledge_acts.withdraw_now, (ID,)),
    "pledgeplan": IntentHandler(own_pledge_acts.plan, (ID,)),
    "dropplan": IntentHandler(own_pledge_acts.drop_plan, (ID,)),
    "leavepledging": IntentHandler(own_pledge_acts.leave, (WORD,)),
    "staypledging": IntentHandler(own_pledge_acts.stay),
    "pledgegoon": IntentHandler(pledge_states.go_on, (ID,)),
    "pledgeless": IntentHandler(own_pledge_acts.make_smaller, (REST,)),
    "pledgepause": IntentHandler(own_pledge_acts.pause, (REST,)),
    "pledgeresume": IntentHandler(own_pledge_acts.resume, (REST,)),
    "pledgestop": IntentHandler(own_pledge_acts.stop, (REST,)),
    "pledgestopping": IntentHandler(pledge_states.stop_at_once, (ID,)),
    "pledgeagain": IntentHandler(pledge_making.again, (ID,)),
    "sharepledge": IntentHandler(pledge_sharing.share_pledge, (ID,), back=True),
    "campaigns": IntentHandler(campaigns.show_all, back=True),
    "campaign": IntentHandler(campaigns.show, (ID,), back=True),
    "joinshared": IntentHandler(campaigns.join, (ID, WORD)),
    "joinedshared": IntentHandler(campaigns.joined, (ID, WORD)),
    "notshared": IntentHandler(campaigns.not_joined, (WORD, ID)),
    "unsign": IntentHandler(campaigns.leave, (ID,)),
    "unsigning": IntentHandler(campaigns.leave_at_once, (ID,)),
    "shareshared": IntentHandler(pledge_sharing.share_campaign, (ID,), back=True),
    "startshared": IntentHandler(proposals.start, (WORD,)),
    "changeshared": IntentHandler(proposals.change, (ID,)),
    "notrevised": IntentHandler(proposals.not_revised, (ID,)),
    "proposedshared": IntentHandler(proposals.proposed, (ID,)),
    "toldhowmuch": IntentHandler(pledge_buttons.told_how_much, (ID,)),
    "toldwhy": IntentHandler(obstacles.noted),
    "nowhy": IntentHandler(obstacles.left_out),
    "totals": IntentHandler(totals.show, back=True),
    "total": IntentHandler(totals.show_one, (WORD, WORD, WORD), back=True),
    "ctotal": IntentHandler(totals.show_campaign, (ID,), back=True),
    "contributions": IntentHandler(own_contributions.show, back=True),
    "mine": IntentHandler(mine),
    "language": IntentHandler(language, (REST,)),
    "lang": IntentHandler(language, (REST,)),
    "person": IntentHandler(case_intents.person, back=True),
    "write": begins(WritePerson),
    "call": IntentHandler(case_intents.call, (ID,)),
    "human": IntentHandler(case_intents.ask_on, (REST,)),
    "letgo": IntentHandler(case_intents.let_go, (ID,), back=True),
    "join": IntentHandler(case_intents.join, (ID, ID)),
    "split": IntentHandler(case_intents.split, (ID,)),
    "verdict": IntentHandler(case_intents.verdict, (ID, ID, WORD)),
    "felt": IntentHandler(case_intents.felt, (ID,)),
    "help": IntentHandler(show_help, back=True),
    "privacy": IntentHandler(privacy, back=True),
    "back": IntentHandler(back),
    "again": IntentHandler(again),
    "who": IntentHandler(who_decides),
    "stop": IntentHandler(stopping.stop),
    "stopwarnings": IntentHandler(stopping.stop_warnings, back=True),
    "remind": IntentHandler(reminder_intents.remind, (REST,)),
    "remind_group": IntentHandler(reminder_intents.remind_group, (REST,)),
    "invite_group": IntentHandler(invitations.invite_group),
    "pause": IntentHandler(reminder_intents.pause, (REST,)),
    "break": begins(Pause),
    "unmute": IntentHandler(reminder_intents.unmute, (REST,), back=True),
    "remindof": IntentHandler(reminders.remind_of_link, (ID, ID, WORD)),
    "rem": IntentHandler(deliveries.pressed, (ID, WORD)),
    "attendance": IntentHandler(attendance.show_shifts),
    "attend": IntentHandler(attendance.show_list, (ID,)),
    "came": IntentHandler(attendance.came, (ID,)),
    "allcame": IntentHandler(attendance.everyone_came, (ID,)),
    "absent": IntentHandler(attendance.others_absent, (ID,)),
    "code": IntentHandler(attendance.show_code, (ID,)),
    "standin": IntentHandler(signup_buttons.take_over, (ID, ID, WORD, WORD)),
    "checkin": IntentHandler(signup_buttons.check_in, (WORD, WORD)),
    "shiftfile": IntentHandler(calendar_files.take_shift, (ID,), back=True),
    "hours": IntentHandler(hours.show, back=True),
    "hourspdf": IntentHandler(hours.send_statement, back=True),
    "myrem": IntentHandler(reminder_intents.mine),
    "calfile": IntentHandler(calendar_files.take_file, (ID, ID, WORD), back=True),
    "calendar": IntentHandler(calendar_files.feed, back=True),
    "newfeed": IntentHandler(calendar_files.new_feed, back=True),
    "endfeed": IntentHandler(calendar_files.end_feed, back=True),
    "endrem": IntentHandler(reminder_intents.end, (ID,), back=True),
    "resume": IntentHandler(resume, (REST,)),
    "drop": IntentHandler(drop, (ID,)),
    "tell": IntentHandler(tell_when_open, (WORD,), back=True),
    "faq": IntentHandler(faq, (WORD, ID)),
    "helped": IntentHandler(case_intents.helped, (WORD, ID)),
    "cpr": IntentHandler(cpr_was_one, (ID,)),
    "nocpr": IntentHandler(cpr_was_none, back=True),
}
INTENT_HANDLERS: Mapping[str, IntentHandler] = {
    **_HANDLERS,
    **{intent.name: begins(intent.begins) for intent in INTENTS if intent.begins is not None},
}
