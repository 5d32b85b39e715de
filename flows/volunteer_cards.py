"""Messages about opportunities: the search, one card for each opportunity, and choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.engine.effects import Button, Redraw, Send
from bot.i18n import Brief, Listed, Text, _, ngettext, pgettext
from bot.model.opportunity import Gate, Insurance, Kind, Opportunity, Shift, said
from flows import cards, messages

HOW_LONG = _(
    "How much time do you have? Look around first. You fill in nothing before you choose something."
)
LOOKS_FOR = _("You look for: {chosen}.")
TIMES = {"t": _("Ten minutes"), "h": _("An hour"), "d": _("A day")}
EVERYTHING = pgettext("volunteer", "Show all")
BY_THEME, BY_AREA = pgettext("button", "Theme"), pgettext("button", "Area")
BY_DAY = pgettext("button", "Day")
NEAR_ME = _("Near me")
NEAR = pgettext("search", "near {area}")
ANEW = _("Begin again")
ANY = pgettext("filter", "All of them")
EVERYWHERE = _("The whole municipality")
DAYS = {"w0": _("This week"), "w1": _("Next week"), "m0": _("This month")}
OTHER_DAY = _("Another day")
WHICH_THEME, WHICH_AREA, WHICH_DAY = (
    _("Which theme?"),
    _("Which part of the municipality?"),
    _("When?"),
)
NOTHING_FOUND = _(
    "I found nothing that fits. Look for something else, or talk to a person, who may know more."
)
NO_MORE = _("That is all for now.")
NOTHING_OPEN = _(
    "There are no tasks for volunteers here just now. I can tell you when there are. You can also "
    "ring or visit us.\n\n{contact}"
)
MORE = _("Show more")
MORE_NEAR = _("Show more near {area}")
OTHER_SEARCH = _("Look for something else")
SEND_A_PLACE = _("Send a place")
UNKNOWN_PLACE = _("I do not know that place. Choose the part of town that is nearest.")
SIGN_UP = pgettext("button", "Sign me up")
MORE_DATES = _("More dates")
OVER = _("That task is not open any more. Look at what else there is.")
SHIFT_OVER = _("It is too late to sign up for that time, or it is cancelled.")
OTHER_DATES = _("Here are the next dates.")
# The card of an opportunity
TITLE = _("<b>{title}</b>\n{text}")
WHEN = _("When: {dates}")
NO_DATES = _("There is no date just now.")
AGREED = _("When: you agree on it with {contact}.")
WITH_PLACES = pgettext("dates", "{when} ({places})")
PLACES = ngettext("{count} place left", "{count} places left", "count")
FULL = _("full, with a waiting list")
WHERE = _("Where: {place}")
GATES = {
    Gate.CHILDREN: _(
        "You need a children's certificate. The municipality orders it, and it is free."
    ),
    Gate.CRIMINAL_RECORD: _("You need a criminal record certificate. It is free."),
    Gate.CONFIDENTIALITY: _(
        "You have a duty of confidentiality: you must not pass on private things."
    ),
    Gate.COURSE: _("You begin with a short course."),
}
TOO_SOON = _("It usually takes ten days, so you see the dates from {day}.")
CHILDREN_BY_ASSOCIATION = _(
    "You need a children's certificate. The association orders it, and it is free."
)
INSURANCE = {
    Insurance.MUNICIPALITY: _("Insurance: the municipality insures you."),
    Insurance.ASSOCIATION: _("Insurance: the association insures you."),
    Insurance.OWN: _("Insurance: your own insurance covers you."),
}
CONTACT = _("Your contact: {contact}")
GAIN = _("What you get out of it: {gain}")
SIGNED_UP = _("You have signed up: {dates}")
ONLY_DANISH = _("<i>Only in Danish.</i>")
BECAUSE = _("<i>{reason}</i>")
FITS_TIME = _("Because you have time on {weekday}s")
FITS_INTEREST = _("Because you chose “{theme}”")
FITS_AREA = _("Because it is in {area}")
FITS_SKILL = _("Because you are good at {skill}")
FITS_LANGUAGE = _("Because you speak {language}")
KILOMETRES = _("{km} km from you")
LINES = pgettext("list", "{before}\n{line}")


@dataclass(frozen=True, slots=True)
class Shown:
    """What a card shows of an opportunity. *free* is by shift; None is without a limit."""

    opportunity: Opportunity
    shifts: Sequence[Shift]
    free: Mapping[int, int | None]
    contact: str
    own: Sequence[Shift] = ()  # those that the citizen has signed up for
    possible_from: date | None = None  # with a certificate that is missing
    asked: bool = False  # by agreement: the citizen has signed up
    reason: Text | None = None
    link: str = ""  # the id and the proof of the link that opened it


def lines_of(lines: Sequence[Text | str]) -> Text | str:
    """Return lines as one text."""
    text: Text | str = lines[0]
    for line in lines[1:]:
        text = LINES.with_(before=text, line=line)
    return text


def start(state: str, chosen: Sequence[Text | str]) -> Send:
    """Return the first screen: how much time, and the filters; *chosen* is set already."""
    theme_area_day = state.partition(".")[2]
    times = (cards.command_button(f"find.{key}.{theme_area_day}", TIMES[key]) for key in TIMES)
    text = HOW_LONG
    clear: tuple[Button, ...] = ()
    if chosen:
        looks = LOOKS_FOR.with_(chosen=Listed(tuple(chosen)))
        text = messages.BOTH.with_(first=looks, second=HOW_LONG)
        clear = (cards.command_button("volunteer", ANEW),)
    buttons = (
        *times,
        cards.command_button(f"find..{theme_area_day}", EVERYTHING),
        cards.command_button(f"lookt.{state}", BY_THEME),
        cards.command_button(f"looka.{state}", BY_AREA),
        cards.command_button(f"lookd.{state}", BY_DAY),
        cards.command_button(f"near.{state}", NEAR_ME),
        *clear,
        cards.TO_MENU,
    )
    return Send(text, buttons)


def choices(text: Text, options: Sequence[tuple[str, Text | str]], state: str) -> Redraw:
    """Return the options of one filter; each is the state of a search."""
    buttons = (cards.command_button(f"find.{key}", label) for key, label in options)
    back = cards.command_button(f"lookback.{state}", pgettext("button", "Back"))
    return Redraw(text, (*buttons, back))


def days(state: str, options: Sequence[tuple[str, Text | str]]) -> Redraw:
    """Return the spans of days, and a day in the citizen's own words."""
    shown = choices(WHICH_DAY, options, state)
    other = cards.command_button(f"lookday.{state}", OTHER_DAY)
    return Redraw(shown.text, (*shown.buttons[:-1], other, shown.buttons[-1]))


def card(shown: Shown, language: str) -> Send:
    """Return the card of an opportunity, with a button for each date."""
    own = {shift.id for shift in shown.own}
    dates = [shift for shift in shown.shifts if shift.id not in own]
    one = shown.opportunity
    if one.kind is Kind.AGREEMENT:
        first: tuple[Button, ...] = (
            () if shown.asked else (cards.command_button(_take(shown, ""), SIGN_UP),)
        )
    else:
        first = tuple(
            cards.command_button(_take(shown, shift.id), date_label(shift)) for shift in dates
        )
    return Send(lines_of(_lines(shown, language)), first)  # type: ignore[arg-type]  # a Text


def _take(shown: Shown, shift_id: int | str) -> str:
    """Return the command of a sign-up, with the link that it counts to."""
    command = f"take.{shown.opportunity.id}.{shift_id}"
    return f"{command}.{shown.link}" if shown.link else command.removesuffix(".")


def date_label(shift: Shift) -> Text:
    """Return the label of a shift's button."""
    return pgettext("button", "{when}").with_(when=Brief(shift.begins_at))


def _lines(shown: Shown, language: str) -> list[Text | str]:
    """Return the lines of a card, the most important first."""
    one = shown.opportunity
    place = said(one.places, language)
    gain = said(one.gains, language)
    lines: list[Text | str | None] = [
        TITLE.with_(title=said(one.titles, language), text=said(one.texts, language)),
        ONLY_DANISH if is_only_danish(one, language) else None,
        BECAUSE.with_(reason=shown.reason) if shown.reason is not None else None,
        _when(shown),
        SIGNED_UP.with_(dates=Listed(tuple(one.begins_at for one in shown.own)))
        if shown.own
        else None,
        WHERE.with_(place=place) if place else None,
        *(gate_line(gate, one) for gate in one.gates),
        TOO_SOON.with_(day=shown.possible_from) if shown.possible_from else None,
        INSURANCE[one.insurance] if one.insurance is not None else None,
        CONTACT.with_(contact=shown.contact) if shown.contact else None,
        GAIN.with_(gain=gain) if gain else None,
    ]
    return [line for line in lines if line is not None]


def gate_line(gate: Gate, one: Opportunity) -> Text:
    """Return what must be in order first, in plain words."""
    if gate is Gate.CHILDREN and one.insurance is Insurance.ASSOCIATION:
        return CHILDREN_BY_ASSOCIATION
    return GATES[gate]


def is_only_danish(one: Opportunity, language: str) -> bool:
    """Return whether the opportunity has no text in a reader's language (HR-25)."""
    return any(language not in (texts or {}) for texts in (one.titles, one.texts))


def _when(shown: Shown) -> Text:
    """Return the line with the dates and the places that are left."""
    if shown.opportunity.kind is Kind.AGREEMENT:
        return AGREED.with_(contact=shown.contact)
    if not shown.shifts:
        return NO_DATES
    dates = []
    for shift in shown.shifts:
        free = shown.free.get(shift.id)
        when: Text = pgettext("dates", "{when}").with_(when=shift.begins_at)
        if free is not None:
            left = PLACES.with_(count=free) if free else FULL
            when = WITH_PLACES.with_(when=shift.begins_at, places=left)
        dates.append(when)
    return WHEN.with_(dates=Listed(tuple(dates)))


def nothing_open(contact: Text) -> Send:
    """Return that there is nothing to volunteer for, and the offer to tell when there is."""
    tell = cards.command_button("tell.volunteer", messages.TELL_ME)
    return Send(NOTHING_OPEN.with_(contact=contact), (tell, cards.TO_PERSON, cards.TO_MENU))


def others(text: Text) -> Send:
    """Return a message whose next step is to look for something else."""
    return Send(text, (TO_OTHERS, cards.TO_PERSON, cards.TO_MENU))


def shift_over(dates: Sequence[Button]) -> Send:
    """Return that a shift takes no more sign-ups, with other dates where there are some."""
    text = SHIFT_OVER
    if dates:
        text = messages.BOTH.with_(first=SHIFT_OVER, second=OTHER_DATES)
    return Send(text, (*dates, TO_OTHERS, cards.TO_MENU))


TO_OTHERS = cards.command_button("volunteer", OTHER_SEARCH)
