"""Messages about opportunities: the search, one card for each opportunity, and choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.engine.effects import Button, Redraw, Send
from bot.i18n import Brief, Ends, Listed, Text, _, ngettext, pgettext
from bot.model.opportunity import Gate, Insurance, Kind, Opportunity, Shift, said
from flows import cards, messages

HOW_LONG = _(
    "How much time do you have? Look around first. You fill in nothing before you choose something."
)
LOOKS_FOR = _("You look for: {chosen}.")
ON_THE_WEB = _('<a href="{address}">See all tasks on the web</a>')
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
ONLY_AGREED = _(
    "There is nothing at that time. You agree on the time of these tasks yourself with the contact."
)
# The card of an opportunity
TITLE = _("<b>{title}</b>\n{text}")
TITLE_WITH = _("<b>{title}</b> ({remark})\n{text}")
WHEN = _("When: {when}")
NO_DATES = _("There is no date just now.")
AGREED = _("When: you agree on it with {contact}.")
FROM_TO = pgettext("dates", "{when}–{ends}")
WITH_PLACES = pgettext("dates", "{when}, {places}")
WITH_QUEUE = pgettext("button", "{when} (waiting list)")
PLACES = ngettext("{count} place left", "{count} places left", "count")
FULL = _("full, with a waiting list")
WHERE = _("Where: {place}")
NEEDED = _("You need: {gates}")
GATES = {
    Gate.CHILDREN: pgettext("needed", "a children's certificate (free)"),
    Gate.CRIMINAL_RECORD: pgettext("needed", "a criminal record certificate (free)"),
    Gate.CONFIDENTIALITY: pgettext("needed", "a promise of confidentiality"),
    Gate.COURSE: pgettext("needed", "a short course"),
}
TOO_SOON = _("The certificate usually takes ten days, so the dates here are after that.")
INSURANCE = {
    Insurance.MUNICIPALITY: _("Insurance: the municipality insures you."),
    Insurance.ASSOCIATION: _("Insurance: the association insures you."),
    Insurance.OWN: _("Insurance: your own insurance covers you."),
}
INSURED_CONTACT = pgettext("card", "{insurance} Contact: {contact}")
CONTACT = _("Your contact: {contact}")
GAIN = _("What you get out of it: {gain}")
SIGNED_UP = _("You have signed up: {dates}")
ONLY_DANISH = pgettext("remark", "only in Danish")
TWO_REMARKS = pgettext("list", "{first}; {second}")
FITS_TIME = pgettext("remark", "because you have time on {weekday}s")
FITS_INTEREST = pgettext("remark", "because you chose “{theme}”")
FITS_AREA = pgettext("remark", "in {area}")
FITS_SKILL = pgettext("remark", "because you are good at {skill}")
FITS_LANGUAGE = pgettext("remark", "because you speak {language}")
KILOMETRES = pgettext("remark", "{km} km from you")
KILOMETRES_FROM = pgettext("remark", "{km} km from {area}")
IN_OWN_AREA = pgettext("remark", "in your area")
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
    ends: Mapping[int, Ends] = field(default_factory=dict)  # by shift, in the town
    link: str = ""  # the id and the proof of the link that opened it


def lines_of(lines: Sequence[Text | str]) -> Text | str:
    """Return lines as one text."""
    text: Text | str = lines[0]
    for line in lines[1:]:
        text = LINES.with_(before=text, line=line)
    return text


def start(state: str, chosen: Sequence[Text | str], page: str = "") -> Send:
    """Return the first screen: how much time, and the filters; *chosen* is set already.

    *page* is the address of the public page of all tasks; empty where there is none.
    """
    theme_area_day = state.partition(".")[2]
    times = (cards.command_button(f"find.{key}.{theme_area_day}", TIMES[key]) for key in TIMES)
    text = HOW_LONG
    clear: tuple[Button, ...] = ()
    if chosen:
        looks = LOOKS_FOR.with_(chosen=Listed(tuple(chosen)))
        text = messages.BOTH.with_(first=looks, second=HOW_LONG)
        clear = (cards.command_button("volunteer", ANEW),)
    if page:
        text = messages.BOTH.with_(first=text, second=ON_THE_WEB.with_(address=page))
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
            cards.command_button(
                _take(shown, shift.id), date_label(shift, is_full=shown.free.get(shift.id) == 0)
            )
            for shift in dates
        )
    return Send(lines_of(_lines(shown, language)), first)  # type: ignore[arg-type]  # a Text


def _take(shown: Shown, shift_id: int | str) -> str:
    """Return the command of a sign-up, with the link that it counts to."""
    command = f"take.{shown.opportunity.id}.{shift_id}"
    return f"{command}.{shown.link}" if shown.link else command.removesuffix(".")


def date_label(shift: Shift, *, is_full: bool = False) -> Text:
    """Return the label of a shift's button; a full one says that there is a waiting list."""
    label = WITH_QUEUE if is_full else pgettext("button", "{when}")
    return label.with_(when=Brief(shift.begins_at))


def _lines(shown: Shown, language: str) -> list[Text | str]:
    """Return the lines of a card, the most important first: at most seven."""
    one = shown.opportunity
    place = said(one.places, language)
    gain = said(one.gains, language)
    last = GAIN.with_(gain=gain) if gain else None
    if shown.own:
        last = SIGNED_UP.with_(dates=Listed(tuple(one.begins_at for one in shown.own)))
    lines: list[Text | str | None] = [
        _title(shown, language),
        _when(shown),
        WHERE.with_(place=place) if place else None,
        NEEDED.with_(gates=Listed(tuple(GATES[gate] for gate in one.gates))) if one.gates else None,
        TOO_SOON if shown.possible_from else None,
        _insured(shown),
        last,
    ]
    return [line for line in lines if line is not None]


def _title(shown: Shown, language: str) -> Text:
    """Return title and text; a remark says why the task is shown, or that it is in Danish."""
    one = shown.opportunity
    texts = {"title": said(one.titles, language), "text": said(one.texts, language)}
    remark = ONLY_DANISH if is_only_danish(one, language) else None
    if remark is None or shown.reason is None:
        remark = remark or shown.reason
    else:
        remark = TWO_REMARKS.with_(first=remark, second=shown.reason)
    return (TITLE if remark is None else TITLE_WITH.with_(remark=remark)).with_(**texts)


def _insured(shown: Shown) -> Text | None:
    """Return who insures a volunteer, and the contact."""
    contact, insurance = shown.contact, shown.opportunity.insurance
    if insurance is None:
        return CONTACT.with_(contact=contact) if contact else None
    line = INSURANCE[insurance]
    return INSURED_CONTACT.with_(insurance=line, contact=contact) if contact else line


def is_only_danish(one: Opportunity, language: str) -> bool:
    """Return whether the opportunity has no text in a reader's language (HR-25)."""
    return any(language not in (texts or {}) for texts in (one.titles, one.texts))


def _when(shown: Shown) -> Text:
    """Return the line with the next date and the places that are left; the others are buttons."""
    if shown.opportunity.kind is Kind.AGREEMENT:
        return AGREED.with_(contact=shown.contact)
    if not shown.shifts:
        return NO_DATES
    own = {shift.id for shift in shown.own}
    first = next((one for one in shown.shifts if one.id not in own), shown.shifts[0])
    when: Text = FROM_TO.with_(when=first.begins_at, ends=shown.ends[first.id])
    free = shown.free.get(first.id)
    if free is not None:
        left = PLACES.with_(count=free) if free else FULL
        when = WITH_PLACES.with_(when=when, places=left)
    return WHEN.with_(when=when)


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
