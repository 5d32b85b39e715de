"""Look for something to volunteer for: filters, cards, and what is near.

A search is the data of its buttons, so it needs no row: minutes, theme, area and days, with dots
between. "~" before an area means near its centre.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.engine.effects import Button, Redraw, Send
from bot.engine.words import fold, same
from bot.i18n import Ends, Text, pgettext
from bot.model.link import Link, opportunities_url
from bot.model.opportunity import Opportunity, OpportunityState, Shift, ShiftState, Spent
from bot.model.profile import Profile
from bot.model.signup import LIVE, Signup
from bot.model.town import Point
from bot.runner import conversations
from bot.runner.context import TurnContext
from bot.runner.match_reasons import reason_of
from bot.runner.topic_names import area_name, theme_name
from bot.service.volunteering import gates
from bot.service.volunteering.contacts import first_contact
from bot.service.volunteering.search import Match, Search, find, next_shifts, profile_of
from flows import cards
from flows import volunteer_cards as shown
from flows.search_words import OF_MANY_AREAS
from flows.volunteering import FindDay, FindNear

PAGE = 3  # cards at a time
NEAREST = 5  # cards of a search near a sent place, which is not kept for a next page
MOST_DATES = 10
MINUTES = {"t": Spent.TEN_MINUTES, "h": Spent.AN_HOUR, "d": Spent.A_DAY}
NEAR = "~"
DEGREES = 100_000  # a place is written in these parts of a degree
DAYS = range(date(2000, 1, 1).toordinal(), date(2200, 1, 1).toordinal())  # that a search reads


@dataclass(frozen=True, slots=True)
class Looked:
    """What a citizen looks for, as the parts of callback data; empty is without a condition."""

    minutes: str = ""
    theme: str = ""
    area: str = ""
    days: str = ""

    @property
    def state(self) -> str:
        """Return the search as it is in callback data."""
        return f"{self.minutes}.{self.theme}.{self.area}.{self.days}"


def read_state(context: TurnContext, state: str) -> tuple[Looked, str]:
    """Return a search and what follows it; parts that mean nothing are left out."""
    parts = [*state.split(".", maxsplit=4), "", "", "", "", ""]
    minutes, theme, area, days, rest = parts[:5]
    known = {one.key for one in context.town.areas}
    looked = Looked(
        minutes if minutes in MINUTES else "",
        theme if theme in {one.key for one in context.town.topics} else "",
        area if area.removeprefix(NEAR) in known else "",
        days if _span(context, days) is not None else "",
    )
    return looked, rest


def _span(context: TurnContext, days: str) -> tuple[date, date] | None:
    """Return the first and the last day of a span in callback data; None for none."""
    today = context.calendar.local(context.now).date()
    sunday = today + timedelta(days=6 - today.weekday())
    month = (today.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    spans = {
        "w0": (today, sunday),
        "w1": (sunday + timedelta(days=1), sunday + timedelta(days=7)),
        "m0": (today, month),
    }
    if days in spans:
        return spans[days]
    ends = [conversations.id_of(one, base=36) for one in days.split("-")]
    found = [date.fromordinal(one) for one in ends if one is not None and one in DAYS]
    return (found[0], found[-1]) if found and len(found) == len(ends) else None


def _search(context: TurnContext, looked: Looked, near: Point | None = None) -> Search:
    """Return a search as the service takes it."""
    span = _span(context, looked.days)
    if near is None and looked.area.startswith(NEAR):
        near = _centre(context, looked.area.removeprefix(NEAR))
    return Search(
        int(MINUTES[looked.minutes]) if looked.minutes else None,
        looked.theme or None,
        None if near is not None else looked.area.removeprefix(NEAR) or None,
        span[0] if span else None,
        span[1] if span else None,
        near,
    )


def _centre(context: TurnContext, key: str) -> Point | None:
    return next((one.centre for one in context.town.areas if one.key == key), None)


async def volunteer(context: TurnContext, state: str) -> None:
    """Show the first screen of a search."""
    if await context.unit.opportunities.any_open():
        looked, _rest = read_state(context, state)
        context.send(_first_screen(context, looked))
    else:
        context.send(shown.nothing_open(context.contact()))


async def back(context: TurnContext, state: str) -> None:
    """Show the first screen in place of the choices of a filter."""
    looked, _rest = read_state(context, state)
    first = _first_screen(context, looked)
    context.send(Redraw(first.text, first.buttons))


def _first_screen(context: TurnContext, looked: Looked) -> Send:
    """Return the first screen of a search, with the page of all tasks where there is one."""
    url = context.runtime.public_url
    page = opportunities_url(url) if url else ""
    return shown.start(looked.state, _chosen(context, looked), page)


def _chosen(context: TurnContext, looked: Looked) -> list[Text | str]:
    """Return in words what a citizen looks for."""
    chosen: list[Text | str] = []
    if looked.minutes:
        chosen.append(shown.TIMES[looked.minutes])
    if looked.theme:
        chosen.append(theme_name(context, looked.theme))
    if looked.area.startswith(NEAR):
        name = area_name(context, looked.area.removeprefix(NEAR))
        chosen.append(shown.NEAR.with_(area=name))
    elif looked.area:
        chosen.append(area_name(context, looked.area))
    if looked.days in shown.DAYS:
        chosen.append(shown.DAYS[looked.days])
    elif span := _span(context, looked.days):
        day = pgettext("search", "{day}").with_(day=span[0])
        until = pgettext("search", "{first} to {last}").with_(first=span[0], last=span[1])
        chosen.append(day if span[0] == span[1] else until)
    return chosen


async def by_time(context: TurnContext, minutes: str) -> None:
    """Show what takes a time that the citizen has written."""
    await _show(context, Looked(minutes), 0)


async def ten_minutes(context: TurnContext) -> None:
    """Show what takes ten minutes."""
    await by_time(context, "t")


async def an_hour(context: TurnContext) -> None:
    """Show what takes an hour."""
    await by_time(context, "h")


async def a_day(context: TurnContext) -> None:
    """Show what takes a day."""
    await by_time(context, "d")


async def found(context: TurnContext, state: str) -> None:
    """Show a page of what a search finds."""
    looked, page = read_state(context, state)
    await _show(context, looked, conversations.id_of(page) or 0)


async def themes(context: TurnContext, state: str) -> None:
    """Offer the themes."""
    looked, _rest = read_state(context, state)
    index = context.runtime.opportunities
    await index.refresh(context.unit)
    options: list[tuple[str, Text | str]] = [
        (replace(looked, theme=one.key).state, one.labels[context.language])
        for one in context.town.topics
        if one.key in index.themes
    ]
    options.append((replace(looked, theme="").state, shown.ANY))
    context.send(shown.choices(shown.WHICH_THEME, options, looked.state))


async def areas(context: TurnContext, state: str) -> None:
    """Offer the areas."""
    looked, _rest = read_state(context, state)
    context.send(shown.choices(shown.WHICH_AREA, _areas(context, looked), looked.state))


def _areas(context: TurnContext, looked: Looked, mark: str = "") -> list[tuple[str, Text | str]]:
    """Return the areas as options, and the whole town."""
    options: list[tuple[str, Text | str]] = [
        (replace(looked, area=mark + one.key).state, one.name) for one in context.town.areas
    ]
    return [*options, (replace(looked, area="").state, shown.EVERYWHERE)]


async def days(context: TurnContext, state: str) -> None:
    """Offer spans of days."""
    looked, _rest = read_state(context, state)
    options: list[tuple[str, Text | str]] = [
        (replace(looked, days=key).state, label) for key, label in shown.DAYS.items()
    ]
    options.append((replace(looked, days="").state, shown.ANY))
    context.send(shown.days(looked.state, options))


async def other_day(context: TurnContext, state: str) -> None:
    """Ask for a day in the citizen's own words."""
    looked, _rest = read_state(context, state)
    rest = f"{looked.minutes}.{looked.theme}.{looked.area}"
    await conversations.begin(context, FindDay, {"search": rest})


async def near(context: TurnContext, state: str) -> None:
    """Show what is near the area of the profile; without one, ask for a place."""
    looked, _rest = read_state(context, state)
    profile = await _own_profile(context)
    if profile.area is None or _centre(context, profile.area) is None:
        await place(context, state)
        return
    await _show(context, replace(looked, area=NEAR + profile.area), 0)


async def place(context: TurnContext, state: str) -> None:
    """Ask for a place for this search."""
    looked, _rest = read_state(context, state)
    await conversations.begin(context, FindNear, {"search": looked.state})


async def some(context: TurnContext, tasks: Sequence[Opportunity], looked: Looked) -> None:
    """Show opportunities that the citizen named, with their next dates."""
    if len(tasks) == 1:
        await dates(context, tasks[0].id)
        return
    shown_tasks = list(tasks)[:PAGE]
    coming = await next_shifts(context.unit, shown_tasks)
    matches = [Match(one, tuple(coming.get(one.id, ())), 0, None) for one in shown_tasks]
    await _send_page(context, matches, looked, ())


async def near_place(context: TurnContext, state: str) -> None:
    """Show what is nearest to a place that the citizen sent or named; the place is not kept."""
    looked, spot = read_state(context, state)
    parts = spot.split("_")
    numbers = [int(one) for one in parts if one.removeprefix("-").isdecimal() and one.isascii()]
    if len(numbers) == len(parts) == 2:  # noqa: PLR2004 - latitude and longitude
        await _show_nearest(context, looked, (numbers[0] / DEGREES, numbers[1] / DEGREES))
        return
    named = next((one.key for one in context.town.areas if _is_in(spot, one.name)), None)
    if named is not None:
        await _show(context, replace(looked, area=NEAR + named), 0)
        return
    options = _areas(context, looked, NEAR)
    choice = shown.choices(shown.UNKNOWN_PLACE, options, looked.state)
    context.send(Send(choice.text, choice.buttons))


def _is_in(spot: str, area: str) -> bool:
    """Return whether words are the name of an area, or a word of it that no other area has."""
    words = set(fold(area).split()) - OF_MANY_AREAS
    return same(spot, area) or fold(spot) in words


async def _show_nearest(context: TurnContext, looked: Looked, spot: Point) -> None:
    """Show the nearest opportunities; more are found near the centre of the area."""
    matches, more = await _found(context, _search(context, looked, spot), 0, NEAREST)
    nearest = context.town.nearest_area(spot)
    buttons: tuple[Button, ...] = ()
    if more and nearest is not None:
        state = replace(looked, area=NEAR + nearest[0].key).state
        label = shown.MORE_NEAR.with_(area=nearest[0].name)
        buttons = (cards.command_button(f"find.{state}", label),)
    await _send_page(context, matches, looked, buttons)


async def _show(context: TurnContext, looked: Looked, page: int) -> None:
    """Show a page of cards."""
    if not await context.unit.opportunities.any_open():
        context.send(shown.nothing_open(context.contact()))
        return
    matches, more = await _found(context, _search(context, looked), page * PAGE, PAGE)
    buttons: tuple[Button, ...] = ()
    if more:
        buttons = (cards.command_button(f"find.{looked.state}.{page + 1}", shown.MORE),)
    if looked.area.startswith(NEAR):
        buttons += (cards.command_button(f"place.{looked.state}", shown.SEND_A_PLACE),)
    await _send_page(context, matches, looked, buttons, first=page == 0)


async def _found(
    context: TurnContext, search: Search, skip: int, most: int
) -> tuple[list[Match], bool]:
    profile = await _own_profile(context)
    return await find(context.unit, context.runtime.opportunities, profile, search, skip, most)


async def _own_profile(context: TurnContext) -> Profile:
    """Return the citizen's profile; without an area, it is the one in which they live."""
    unit, citizen = context.unit, context.citizen
    participant = await unit.participants.of_person(citizen.id, citizen.address)
    return await profile_of(unit, participant.id, citizen.area)


async def _send_page(
    context: TurnContext,
    matches: Sequence[Match],
    looked: Looked,
    buttons: tuple[Button, ...],
    *,
    first: bool = True,
) -> None:
    """Send the cards; the last message leads on."""
    if looked.days and first and matches and not any(one.shifts for one in matches):
        context.send_text(shown.ONLY_AGREED)
    again = cards.command_button(f"volunteer.{looked.state}", shown.OTHER_SEARCH)
    out = (*buttons, again, cards.TO_MENU)
    if not matches:
        text = shown.NOTHING_FOUND if first else shown.NO_MORE
        context.send(Send(text, (again, cards.TO_PERSON, cards.TO_MENU)))
        return
    own_area = (await _own_profile(context)).area
    centre = looked.area.removeprefix(NEAR) if looked.area.startswith(NEAR) else None
    for number, one in enumerate(matches):
        reason = reason_of(context, one, centre, own_area)
        card = await _card(context, one.opportunity, one.shifts, reason)
        last = number == len(matches) - 1
        context.send(
            replace(card, buttons=(*card.buttons, *(out if last else ()))), joins=number > 0
        )


async def _card(
    context: TurnContext,
    one: Opportunity,
    shifts: Sequence[Shift],
    reason: Text | None = None,
    *,
    all_dates: bool = False,
    link: str = "",
) -> Send:
    """Return the card of an opportunity with its dates and its places.

    *link* is the id and the proof of the link that opened it.
    """
    unit = context.unit
    own = [signup for signup in await live_signups(context) if signup.opportunity_id == one.id]
    own_ids = [signup.shift_id for signup in own if signup.shift_id is not None]
    shifts, possible = await _possible(context, one, shifts)
    taken = await unit.shifts.taken([shift.id for shift in shifts])
    free = {shift.id: _free(one, shift, taken) for shift in shifts}
    details = shown.Shown(
        one,
        shifts,
        free,
        await first_contact(unit, one.id),
        own=sorted((await unit.shifts.some(own_ids)).values(), key=lambda shift: shift.begins_at),
        asked=any(signup.shift_id is None for signup in own),
        possible_from=context.calendar.local(possible).date() if possible is not None else None,
        reason=reason,
        ends={one.id: Ends(context.calendar.local(one.ends_at).time()) for one in shifts},
        link=link,
    )
    card = shown.card(details, context.language)
    if len(shifts) == 1 or all_dates or one.rule is None:
        return card
    more = cards.command_button(f"dates.{one.id}", shown.MORE_DATES)
    return replace(card, buttons=(*card.buttons, more))


async def _possible(
    context: TurnContext, one: Opportunity, shifts: Sequence[Shift]
) -> tuple[Sequence[Shift], datetime | None]:
    """Return the dates that the citizen can reach, and the moment before which they cannot.

    Where a certificate is missing, later dates take the place of earlier ones.
    """
    unit, citizen = context.unit, context.citizen
    participant = await unit.participants.of_person(citizen.id, citizen.address)
    start = await gates.possible_from(unit, participant.id, one)
    if start is None or all(shift.begins_at >= start for shift in shifts):
        return shifts, None
    return await unit.shifts.of([one.id], after=start, limit=len(shifts)), start


def _free(one: Opportunity, shift: Shift, taken: dict[int, int]) -> int | None:
    """Return the places that are left at a shift; None without a limit."""
    seats = shift.seats if shift.seats is not None else one.seats
    return None if seats is None else max(seats - taken.get(shift.id, 0), 0)


async def live_signups(context: TurnContext) -> list[Signup]:
    """Return the citizen's sign-ups that are not over."""
    citizen = context.citizen
    participant = await context.unit.participants.of_person(citizen.id, citizen.address)
    own = await context.unit.signups.live_of_person(participant.id)
    return [one for one in own if one.state in LIVE]


async def dates(context: TurnContext, opportunity_id: int | None) -> None:
    """Show an opportunity with more dates."""
    one = await opened(context, opportunity_id)
    if one is not None:
        shifts = await context.unit.shifts.of([one.id], after=context.now, limit=MOST_DATES)
        card = await _card(context, one, shifts, all_dates=True)
        context.send(replace(card, buttons=(*card.buttons, shown.TO_OTHERS, cards.TO_MENU)))


async def opportunity_opened(context: TurnContext, link: Link, _token: str) -> Send | None:
    """Return the opportunity that a link of staff opens, with its dates; None if it is over."""
    one = await context.unit.opportunities.get(link.subject_id)
    return await _linked(context, one, link, ()) if one is not None else None


async def shift_opened(context: TurnContext, link: Link, _token: str) -> Send | None:
    """Return the shift that a link of staff opens; after its end, the other dates."""
    shift = await context.unit.shifts.get(link.subject_id)
    if shift is None:
        return None
    one = await context.unit.opportunities.get(shift.opportunity_id)
    over = shift.state is ShiftState.CANCELLED or shift.begins_at <= context.now
    return await _linked(context, one, link, () if over else (shift,)) if one is not None else None


async def _linked(
    context: TurnContext, one: Opportunity, link: Link, shifts: Sequence[Shift]
) -> Send | None:
    """Return the card that a link opens; a sign-up by one of its buttons counts to the link."""
    if one.state is not OpportunityState.OPEN:
        return None
    coming = shifts or await context.unit.shifts.of([one.id], after=context.now, limit=MOST_DATES)
    part = f"{link.id}-{await context.unit.links.proof(link.id)}"
    card = await _card(context, one, coming, all_dates=True, link=part)
    return replace(card, buttons=(*card.buttons, shown.TO_OTHERS, cards.TO_MENU))


async def opened(context: TurnContext, opportunity_id: int | None) -> Opportunity | None:
    """Return an open opportunity; else say that it is over, and offer others."""
    unit = context.unit
    one = await unit.opportunities.get(opportunity_id) if opportunity_id is not None else None
    if one is None or one.state is not OpportunityState.OPEN:
        context.send(shown.others(shown.OVER))
        return None
    return one


async def date_buttons(context: TurnContext, one: Opportunity) -> list[Button]:
    """Return a button for each of the next dates that the citizen has not signed up for."""
    own = {signup.shift_id for signup in await live_signups(context)}
    found = await next_shifts(context.unit, [one])
    coming, _start = await _possible(context, one, found[one.id])
    taken = await context.unit.shifts.taken([shift.id for shift in coming])
    return [
        cards.command_button(
            f"take.{one.id}.{shift.id}",
            shown.date_label(shift, is_full=_free(one, shift, taken) == 0),
        )
        for shift in coming
        if shift.id not in own
    ]
