"""A citizen's sign-ups and their profile as a volunteer, in the chat."""

from __future__ import annotations

from bot.engine.effects import Button, Send
from bot.engine.events import Refused
from bot.engine.questions import NO, YES
from bot.i18n import Ends, Listed, Text, Weekday, pgettext, render
from bot.model.commands.volunteering import LeaveVolunteering, Withdraw
from bot.model.opportunity import OPPORTUNITY, SHIFT, Kind, ShiftState, said
from bot.model.profile import CONSENT, WISH_NAMES, GateCheck, GateState, Part, Profile
from bot.model.signup import Signup, SignupState
from bot.runner import conversations
from bot.runner.context import TurnContext
from bot.runner.topic_names import area_name, theme_name
from bot.runner.volunteer_search import (
    date_buttons,
    live_signups,
    opened,
)
from bot.service import execute
from bot.service.volunteering import gates, profiles, signups
from bot.service.volunteering.contacts import first_contact, first_staff
from flows import cards, signup_cards, volunteer_cards
from flows.signup_cards import OwnSignup
from flows.volunteering import (
    ASKS_ON,
    LANGUAGES,
    NOT_ASKED,
    PARTS,
    BeforeYes,
    TellAbout,
    VolunteerSignUp,
)

SHOWN = 5  # sign-ups on the overview
PROFILE = "profile"  # shown after an answer
WHOLE_WEEK = 7


async def take(
    context: TurnContext, opportunity_id: int | None, shift_id: int | None, again: str
) -> None:
    """Begin a sign-up: ask only what is missing, or show what became of an earlier one."""
    one = await opened(context, opportunity_id)
    if one is None:
        return
    own = await _live(context, one.id, shift_id)
    if own is not None:
        context.send(signup_cards.outcome(await described(context, own)))
        return
    if one.kind is not Kind.AGREEMENT and not await _can_be_taken(context, one.id, shift_id):
        buttons = await date_buttons(context, one)
        context.send(volunteer_cards.shift_over(buttons))
        return
    unit, citizen = context.unit, context.citizen
    participant = await unit.participants.of_person(citizen.id, citizen.address)
    asks = await profiles.questions_before(unit, citizen.id, participant.id, one)
    answered: dict[str, bool] = {}
    if (await unit.profiles.get(participant.id)).over_15 is False:
        if again != signup_cards.AGAIN:
            retry = signup_cards.age_again(f"{one.id}.{shift_id or ''}")
            context.send(signup_cards.not_signed_up("young", context.contact(), asks_age=retry))
            return
        # The button is the answer, which is stored with the other ones.
        asks, answered = ["over_15", *asks], {"over_15": True}
    known = {
        **answered,
        "opportunity_id": one.id,
        "shift_id": shift_id if one.kind is not Kind.AGREEMENT else None,
        "asks": asks,
        "needs": None,
        "link_id": await _link_of(context, one.id, shift_id, again),
    }
    await conversations.begin(context, VolunteerSignUp, known)


async def _link_of(
    context: TurnContext, opportunity_id: int, shift_id: int | None, written: str
) -> int | None:
    """Return the link of staff by which a citizen came, if the button has its proof."""
    link_id, _dash, proof = written.partition("-")
    found = conversations.id_of(link_id) if proof else None
    if found is None:
        return None
    for kind, subject_id in ((OPPORTUNITY, opportunity_id), (SHIFT, shift_id)):
        if subject_id and await context.unit.links.live_to(found, kind, subject_id, proof):
            return found
    return None


async def _can_be_taken(context: TurnContext, opportunity_id: int, shift_id: int | None) -> bool:
    """Return whether a shift exists and still takes sign-ups."""
    shift = await context.unit.shifts.get(shift_id) if shift_id is not None else None
    return (
        shift is not None
        and shift.opportunity_id == opportunity_id
        and shift.state is not ShiftState.CANCELLED
        and shift.begins_at > context.now
    )


async def _live(
    context: TurnContext, opportunity_id: int | None, shift_id: int | None
) -> Signup | None:
    """Return the citizen's live sign-up of a shift, or of an opportunity by agreement."""
    own = await live_signups(context)
    return next(
        (s for s in own if s.opportunity_id == opportunity_id and s.shift_id == shift_id), None
    )


async def signed(context: TurnContext, opportunity_id: int | None, shift_id: int | None) -> None:
    """Show what became of a sign-up; after the first one, ask what is optional."""
    own = await _live(context, opportunity_id, shift_id)
    if own is None:
        context.send(signup_cards.not_signed_up("over", context.contact()))
        return
    context.send(signup_cards.outcome(await described(context, own)))
    told = len(context.outgoing)
    is_first = await tell_benefits(context, own.participant_id)
    if is_first and await is_volunteer(context):
        await _ask_next(context, after="")
    context.follow_up(told)


async def tell_benefits(context: TurnContext, participant_id: int) -> bool:
    """Send the note about benefits after the first sign-up (HR-23); return whether it was sent."""
    is_first = len(await context.unit.signups.of_person(participant_id, 2)) == 1
    if is_first:
        context.send(signup_cards.benefits())
    return is_first


async def _writes_to(context: TurnContext, own: Signup) -> str | None:
    """Return the first name of the member of staff who reads what a volunteer writes."""
    staff = await first_staff(context.unit, own.opportunity_id)
    return staff.first_name if staff is not None else None


async def stays(context: TurnContext, signup_id: int | None) -> None:
    """Say in one line that a citizen still comes, who was asked whether they cancel."""
    own = await _own(context, signup_id)
    if own is not None:
        context.send(signup_cards.stays(await described(context, own)))


async def stays_volunteer(context: TurnContext) -> None:
    """Say in one line that a citizen is still a volunteer, who was asked whether they stop."""
    profile = cards.command_button("profile", signup_cards.AS_VOLUNTEER)
    buttons = (profile, cards.TO_OVERVIEW, cards.TO_MENU)
    context.send(Send(signup_cards.STAYS_VOLUNTEER, buttons))


async def not_signed(context: TurnContext, why: str) -> None:
    """Say why there is no sign-up, and what the citizen can do instead."""
    context.send(signup_cards.not_signed_up(why, context.contact()))


async def described(context: TurnContext, own: Signup) -> OwnSignup:
    """Return a sign-up as the chat tells it."""
    unit = context.unit
    one = await unit.opportunities.get(own.opportunity_id)
    shift = await unit.shifts.get(own.shift_id) if own.shift_id is not None else None
    if one is None:
        raise RuntimeError(f"sign-up {own.id} has no opportunity")
    told = await signups.outcome(unit, own)
    places = (shift.places if shift is not None else None) or one.places
    contact = told.get("contact") or await first_contact(unit, one.id)
    due = context.calendar.local(own.due_at).date() if own.due_at is not None else None
    if own.state is SignupState.CONFIRMED and own.shift_id is None:
        contact = await _writes_to(context, own) or ""
        due = due if due is not None and due >= context.calendar.local(context.now).date() else None
    waits: tuple[GateCheck, ...] = ()
    if own.state is SignupState.REQUESTED:
        checks = await unit.profiles.gates(own.participant_id)
        waits = tuple(
            checks[gate]
            for gate in one.gates
            if gate not in gates.ACKNOWLEDGED
            and gate in checks
            and checks[gate].state in {GateState.WANTED, GateState.ORDERED}
        )
    return OwnSignup(
        own.id,
        said(one.titles, context.language),
        own.state,
        contact,
        begins_at=shift.begins_at if shift is not None else None,
        ends=Ends(context.calendar.local(shift.ends_at).time()) if shift is not None else None,
        place=said(places, context.language),
        number=told.get("place"),
        until=own.offered_until,
        due=due,
        waits_for=waits,
        gates=one.gates,
    )


async def lines(context: TurnContext) -> list[OwnSignup]:
    """Return the citizen's sign-ups for the overview, the next one first."""
    own = [await described(context, one) for one in await live_signups(context)]
    dated = [one for one in own if one.begins_at is None or one.begins_at > context.now]
    return sorted(dated, key=lambda one: (one.begins_at is None, one.begins_at or one.id))[:SHOWN]


async def leave(context: TurnContext, signup_id: int | None) -> None:
    """Ask whether the citizen cancels, and say what follows if it is late."""
    own = await _own(context, signup_id)
    if own is None:
        return
    shift = await context.unit.shifts.get(own.shift_id) if own.shift_id is not None else None
    late = (
        shift is not None
        and own.state in {SignupState.CONFIRMED, SignupState.STANDIN_WANTED}
        and await signups.is_late(context.unit, shift)
    )
    context.send(signup_cards.leave(await described(context, own), late=late))


async def leave_at_once(context: TurnContext, signup_id: int | None) -> None:
    """Cancel a sign-up, and offer other dates."""
    own = await _own(context, signup_id)
    if own is None:
        return
    known = await described(context, own)
    done = await execute(Withdraw(context.citizen.id, own.id), context.unit)
    if isinstance(done, Refused):
        context.send(volunteer_cards.others(done.why))
        return
    one = await context.unit.opportunities.get(own.opportunity_id)
    buttons = await date_buttons(context, one) if one is not None and one.rule else []
    buttons = [button for button in buttons if not button.data.endswith(f".{own.shift_id}")]
    context.send(signup_cards.left(known.contact, buttons, late=done.value["late"]))


async def _own(context: TurnContext, signup_id: int | None) -> Signup | None:
    """Return the citizen's live sign-up of an id; else say that it is over."""
    own = next((one for one in await live_signups(context) if one.id == signup_id), None)
    if own is None:
        context.send(volunteer_cards.others(signup_cards.GONE))
    return own


async def is_volunteer(context: TurnContext) -> bool:
    """Return whether the citizen has consented to a profile."""
    return CONSENT in await context.unit.consents.live(context.citizen.id)


async def profile(context: TurnContext) -> None:
    """Show the citizen's profile as a volunteer."""
    await _show_profile(context, saved=False)


async def _show_profile(context: TurnContext, *, saved: bool) -> None:
    if not await is_volunteer(context):
        context.send(volunteer_cards.others(signup_cards.NO_PROFILE))
        return
    known = await _profile(context)
    answers = {
        name: answer or signup_cards.NOT_TOLD for name, answer in _answers(context, known).items()
    }
    context.send(signup_cards.profile(answers, saved=saved))


async def _profile(context: TurnContext) -> Profile:
    citizen = context.citizen
    participant = await context.unit.participants.of_person(citizen.id, citizen.address)
    return await context.unit.profiles.get(participant.id)


def _answers(context: TurnContext, known: Profile) -> dict[str, Text | str | None]:
    """Return the answers of a profile in words; None or empty where there is none."""
    interests = (theme_name(context, one) for one in known.interests or ())
    return {
        "interests": ", ".join(interests),
        "times": times_in_words(known.times or (), context.language),
        "area": area_name(context, known.area) if known.area else None,
        "languages": ", ".join(LANGUAGES.get(one, one) for one in known.languages or ()),
        "skills": ", ".join(known.skills or ()),
        "phone": known.phone,
        "over_15": None if known.over_15 is None else YES if known.over_15 else NO,
        "wish": WISH_NAMES[known.wish] if known.wish is not None else None,
    }


def times_in_words(times: tuple[str, ...], language: str) -> str:
    """Return the days and the parts of the day, such as "Wednesday and Thursday, evenings"."""
    if not times:
        return ""
    pairs = [one.split("-") for one in times]
    days = sorted({int(day) for day, _part in pairs})
    parts = [one for one in Part if one in {part for _day, part in pairs}]
    listed: Text | Listed = Listed(tuple(Weekday(day) for day in days))
    if len(days) == WHOLE_WEEK:
        listed = signup_cards.ALL_DAYS
    if len(parts) == len(Part):  # no part was chosen
        return render(pgettext("times", "{days}").with_(days=listed), language, escape=str)
    named = tuple(render(PARTS[part], language, escape=str).lower() for part in parts)
    shown = signup_cards.AT_TIMES.with_(days=listed, parts=Listed(named))
    return render(shown, language, escape=str)


async def tell_of(context: TurnContext, about: str) -> None:
    """Ask one question of the profile, so that its answer is changed by itself."""
    if about in signup_cards.NAMES and await is_volunteer(context):
        await _ask(context, about, PROFILE)
    else:
        await profile(context)


async def told(context: TurnContext, about: str, then: str) -> None:
    """Show the profile with the new answer, or ask the next optional question."""
    if about == "over_15" and (await _profile(context)).over_15 is False:
        context.send(signup_cards.too_young())
    elif then == ASKS_ON:
        await _ask_next(context, after=about)
    elif then == NOT_ASKED:
        context.send(signup_cards.not_asked())
    else:
        await _show_profile(context, saved=True)


async def _ask_next(context: TurnContext, *, after: str) -> None:
    """Ask the next optional question that is not answered; thank at the end."""
    order = list(profiles.OPTIONAL)
    ahead = order[order.index(after) + 1 :] if after in order else order
    missing = [name for name in profiles.optional(await _profile(context)) if name in ahead]
    if missing:
        await _ask(context, missing[0], ASKS_ON)
    elif after:
        context.send(signup_cards.thanked())


async def _ask(context: TurnContext, about: str, then: str) -> None:
    known = {"about": about, "then": then, "times": None}
    await conversations.begin(context, TellAbout, known)


async def stop(context: TurnContext, sure: str) -> None:
    """Ask whether the citizen stops as a volunteer, then withdraw the consent."""
    if not await is_volunteer(context):
        context.send(volunteer_cards.others(signup_cards.NO_PROFILE))
    elif sure != "yes":
        context.send(signup_cards.stop_really())
    else:
        await execute(LeaveVolunteering(context.citizen.id), context.unit)
        # An answer that is given later must not sign the citizen up without the consent.
        flows = (VolunteerSignUp.key(), BeforeYes.key(), TellAbout.key())
        for one in await context.unit.conversations.of_flows(context.citizen.id, flows):
            await conversations.end(context, one)
        context.send(signup_cards.stopped())


def overview_buttons(own: list[OwnSignup], *, volunteers: bool) -> tuple[Button, ...]:
    """Return the overview's buttons about volunteering."""
    profile = cards.command_button("profile", signup_cards.AS_VOLUNTEER)
    mine = (profile, signup_cards.MY_HOURS) if volunteers else ()
    return (*(button for one in own for button in signup_cards.own_buttons(one)), *mine)


async def awaits_certificate(context: TurnContext) -> bool:
    """Return whether a picture may be one of a certificate (HR-21)."""
    waiting = await context.unit.conversations.waiting(context.citizen.id)
    if waiting is not None and waiting.flow in {VolunteerSignUp.key(), BeforeYes.key()}:
        return True
    citizen = context.citizen
    participant = await context.unit.participants.of_person(citizen.id, citizen.address)
    checks = await context.unit.profiles.gates(participant.id)
    waits = {GateState.WANTED, GateState.ORDERED}
    return any(check.state in waits and gate in gates.RECHECKED for gate, check in checks.items())
