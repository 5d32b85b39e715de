"""What all pledges add up to: the pictures with their words, and the messages below them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.documents.progress_picture import Bar, ProgressPicture
from bot.engine.effects import Button, Send
from bot.i18n import Day, Text, _, ngettext, pgettext, render
from bot.model.campaign import Campaign
from bot.model.opportunity import said
from bot.model.pledge import MeasureKind
from bot.model.pledge_snapshot import Share, Snapshot, Total
from bot.model.suppression import LEAST
from bot.model.town import Town
from flows import cards, messages
from flows.pledge_words import amount_words, theme_name

MOST_BARS = 8  # of a picture
LONGEST_CAPTION = 1024  # characters; Telegram's limit

IN_ALL = pgettext("picture", "In all in {year}")
TOGETHER = pgettext("picture", "In all")  # numbers of different years
OF_YEAR = pgettext("picture", "{name} in {year}")
PROMISED = pgettext("amount", "{amount} promised")
DONE = pgettext("amount", "{amount} done")
PEOPLE_ON = ngettext("{count} person, {day}", "{count} people, {day}", "count")
TOLD_DONE = _("Told as done")
WHOLE = pgettext("picture", "The whole municipality")
SIGNED = pgettext("picture", "Have signed")
SIGNED_OF = pgettext("picture", "{signers} of {target}")
FEW_OF = pgettext("picture", "fewer than {least} (the target is {target})")
BY_PEOPLE = _("The bars show how many take part. Each number is shown with its day.")
BY_AMOUNT = _("The bars show each part of the whole. Each number is shown with its day.")
BY_SIGNERS = _("The bar shows how many have signed. The number is from {day}.")
LINE = pgettext("picture", "{name}: {value}")
LINE_WITH = pgettext("picture", "{name}: {value}, {note}")

HERE = _("This is what we do together. I show a number when at least {least} people take part.")
SEE_AREAS = pgettext("totals", "{here} Do you want to see it by area?")
BY_AREA = _("This is {name} by area. I show an area when at least {least} people take part.")
ON_THE_WEB = _('<a href="{address}">See all pledges on the web</a>')
TOO_FEW = _(
    "There is no number to show yet. I show one when at least {least} people take part. The "
    "numbers are computed at night."
)
OF_CAMPAIGN = _("The pledge counts when {target} people have signed.")
SHARED = pgettext("button", "Shared pledge: {title}")
TO_TOTALS = cards.command_button("totals", _("See what it adds up to"))
TO_PLEDGE = cards.command_button("pledge", cards.INTENT_LABELS["pledge"])
WAYS_ON = (TO_PLEDGE, cards.TO_MENU)


def overview_picture(town: Town, snapshot: Snapshot, language: str) -> ProgressPicture:
    """Return the picture of all totals, those with the most people first."""
    totals = largest(snapshot)
    most = max((one.people for one in totals), default=1)

    def bar(total: Total, one: Share, text: Text | None = None) -> Bar:
        value = amount_of(town, total, one, language, text)
        name = theme_name(town, total.theme, language)
        return Bar(name, value, one.people / most, _people(one, snapshot.year, language))

    bars = []
    for total in totals:
        bars.append(bar(total, total.whole))
        bars += [bar(total, total.done, DONE)] if total.done is not None else []
    years = {one.whole.day.year for one in totals}
    title = _say(IN_ALL.with_(year=years.pop()) if len(years) == 1 else TOGETHER, language)
    return _picture(town, title, bars[:MOST_BARS], BY_PEOPLE, language)


def total_picture(town: Town, snapshot: Snapshot, total: Total, language: str) -> ProgressPicture:
    """Return the picture of one total, of what is told as done, and of its areas."""
    names = {one.key: one.name for one in town.areas}

    def bar(name: str, one: Share, text: Text | None = None) -> Bar:
        value = amount_of(town, total, one, language, text)
        part = one.amount / total.amount if total.amount else 0
        return Bar(name, value, part, _people(one, snapshot.year, language))

    areas = sorted(total.areas, key=lambda one: -one.amount)
    bars = [bar(_say(WHOLE, language), total.whole)]
    if total.done is not None:
        bars.append(bar(_say(TOLD_DONE, language), total.done, DONE))
    bars += [bar(names.get(str(one.key), str(one.key)), one) for one in areas]
    name = theme_name(town, total.theme, language)
    title = _say(OF_YEAR.with_(name=name, year=total.whole.day.year), language)
    return _picture(town, title, bars[:MOST_BARS], BY_AMOUNT, language)


def amount_of(town: Town, total: Total, one: Share, language: str, text: Text | None = None) -> str:
    """Return an amount with what it is: levels are promised, counts are done."""
    kind = PROMISED if total.kind is MeasureKind.LEVEL else DONE
    amount = amount_words(town, total.measure, one.amount, language)
    return _say((text or kind).with_(amount=amount), language)


def _people(one: Share, year: int, language: str) -> str:
    """Return how many people, and the day of the number: with its year where it is not *year*."""
    day = Day(one.day, one.day.year != year)
    return _say(PEOPLE_ON.with_(count=one.people, day=day), language)


def campaign_picture(
    town: Town, snapshot: Snapshot, campaign: Campaign, language: str
) -> ProgressPicture:
    """Return the picture of how many of a campaign's signatures there are: “12 of 20”."""
    signers = snapshot.signers.get(campaign.id)
    value = _say(progress(signers, campaign.target), language)
    bar = Bar(_say(SIGNED, language), value, (signers or 0) / campaign.target)
    title = said(campaign.titles, language)
    return _picture(town, title, [bar], BY_SIGNERS.with_(day=snapshot.day), language)


def progress(signers: int | None, target: int) -> Text:
    """Return how many of a campaign's signatures there are; *signers* is None for very few."""
    if signers is None or signers < LEAST:
        return FEW_OF.with_(least=LEAST, target=target)
    return SIGNED_OF.with_(signers=signers, target=target)


def caption(picture: ProgressPicture, language: str) -> str:
    """Return what a picture shows as plain text, for people who do not see it (HR-24)."""

    def line(bar: Bar) -> str:
        text = LINE_WITH if bar.note else LINE
        return _say(text.with_(name=bar.name, value=bar.value, note=bar.note), language)

    lines = [picture.title, *(line(bar) for bar in picture.bars), picture.source]
    return "\n".join(lines)[:LONGEST_CAPTION]


def largest(snapshot: Snapshot) -> list[Total]:
    """Return the totals of a picture: those with the most people."""
    return sorted(snapshot.totals, key=lambda one: -one.people)[:MOST_BARS]


def overview(
    town: Town,
    snapshot: Snapshot,
    campaigns: Sequence[Campaign],
    language: str,
    page: str = "",
) -> Send:
    """Return the message below the picture of all totals; each with areas has a button."""
    split = [one for one in largest(snapshot) if one.areas]
    buttons = [_to_total(town, one, language) for one in split]
    buttons += to_campaigns(campaigns, language)
    here = HERE.with_(least=LEAST)
    text = SEE_AREAS.with_(here=here) if split else here
    return Send(_with_page(text, page), (*buttons, *WAYS_ON))


def one_total(town: Town, total: Total, language: str, page: str = "") -> Send:
    """Return the message below the picture of one total."""
    text = BY_AREA.with_(name=theme_name(town, total.theme, language), least=LEAST)
    return Send(_with_page(text, page), (TO_TOTALS, *WAYS_ON))


def one_campaign(campaign: Campaign, page: str = "") -> Send:
    """Return the message below the picture of a campaign."""
    text = OF_CAMPAIGN.with_(target=campaign.target)
    return Send(_with_page(text, page), (TO_TOTALS, *WAYS_ON))


def too_few(campaigns: Sequence[Campaign], language: str, page: str = "") -> Send:
    """Return the message that there is no total to show yet."""
    buttons = to_campaigns(campaigns, language)
    return Send(_with_page(TOO_FEW.with_(least=LEAST), page), (*buttons, *WAYS_ON))


def to_campaigns(campaigns: Sequence[Campaign], language: str) -> list[Button]:
    """Return the buttons that show how many have signed each campaign."""
    return [
        cards.command_button(f"ctotal.{one.id}", SHARED.with_(title=said(one.titles, language)))
        for one in campaigns
    ]


def _to_total(town: Town, one: Total, language: str) -> Button:
    value = amount_of(town, one, one.whole, language)
    label = LINE.with_(name=theme_name(town, one.theme, language), value=value)
    return cards.command_button(f"total.{one.theme}.{one.measure}.{one.kind}", label)


def _with_page(text: Text, page: str) -> Text:
    """Return a text with the address of the public page, where there is one."""
    web = ON_THE_WEB.with_(address=page)
    return messages.BOTH.with_(first=text, second=web) if page else text


def _picture(
    town: Town, title: str, bars: Sequence[Bar], source: Text, language: str
) -> ProgressPicture:
    return ProgressPicture(title, town.name, language, bars, _say(source, language))


def _say(text: Text, language: str) -> str:
    return render(text, language, escape=str)
