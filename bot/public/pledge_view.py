"""Pledges as a visitor reads them: numbers, campaigns, answers, and who has said yes to be seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from bot.i18n import Text, render, show_number
from bot.model.campaign import COUNTER_OVERDUE, COUNTER_STATE_NAMES, REACHED, CampaignState
from bot.model.group import GroupKind
from bot.model.link import campaign_link, campaign_url, pledge_link
from bot.model.opportunity import said, spoken_in
from bot.model.pledge import PER_UNIT, MeasureKind
from bot.model.pledge_catalogue import CatalogueEntry
from bot.model.pledge_conversion import ENDS, Converted, converted
from bot.model.pledge_snapshot import Share, Snapshot, Total
from bot.model.suppression import LEAST
from bot.model.town import Town
from bot.public import pledge_page_words as words
from bot.public.opportunity_view import Words
from bot.public.public_context import PublicContext
from bot.store.public_pledges import OptedIn, PublicCampaign, PublicOutcome
from flows.pledge_words import amount_words, theme_name
from flows.result_words import result_words


@dataclass(frozen=True, slots=True)
class ShownTotal:
    """A total with its unit, people and day, and the table of its areas.

    *kind* says whether it is promised or done. *lines* are what is told as done, and what it
    corresponds to in another unit.
    """

    kind: str
    amount: str
    people: str
    lines: tuple[str, ...]
    areas_title: str
    areas: tuple[tuple[str, str, int, str], ...]


@dataclass(frozen=True, slots=True)
class ShownTheme:
    """A theme with its totals, who does it already, and what one can promise."""

    key: str
    name: str
    totals: tuple[ShownTotal, ...]
    already: str


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """An entry of the catalogue, and its address in the chat."""

    id: int
    title: Words
    text: Words
    theme: str
    chat: str


@dataclass(frozen=True, slots=True)
class ShownCampaign:
    """A campaign: *signers* is None for fewer than five; *lines* say how far it is.

    *promise* is the municipality's own pledge, *promise_lines* say how far that is.
    """

    id: int
    title: Words
    text: Words
    theme: str
    area: str
    signers: int | None
    target: int
    lines: tuple[str, ...]
    promise: Words | None
    promise_lines: tuple[str, ...]
    promise_result: Words | None
    is_open: bool
    page: str
    chat: str


@dataclass(frozen=True, slots=True)
class ShownOutcome:
    """An obstacle in the words of staff, and the answer."""

    id: int
    summary: Words
    answer: Words
    lines: tuple[str, ...]
    at: datetime | None


@dataclass(frozen=True, slots=True)
class PledgeView:
    """Shows pledges of a town in one language."""

    public: PublicContext
    language: str

    @property
    def town(self) -> Town:
        """Return the town."""
        return self.public.town

    def said(self, text: Text) -> str:
        """Return a text in the visitor's language."""
        filled = text.with_defaults({"municipality": self.town.name, "least": LEAST})
        return render(filled, self.language, escape=str, zone=self.town.zone)

    def words(self, texts: Mapping[str, str] | None) -> Words:
        """Return words of staff, and the language that they are in."""
        return Words(said(texts, self.language), spoken_in(texts, self.language))

    def area(self, key: str | int | None) -> str:
        """Return the name of an area; the key for an unknown one."""
        return next((one.name for one in self.town.areas if one.key == key), str(key or ""))

    def themes(self, snapshot: Snapshot, entries: Sequence[CatalogueEntry]) -> list[ShownTheme]:
        """Return the themes with a number, in the town's order."""
        shown = []
        keys = [one.key for one in self.town.pledge_themes]
        others = sorted({one.theme for one in snapshot.totals} - set(keys))
        for key in (*keys, *others):
            totals = [self._total(one, entries) for one in snapshot.totals if one.theme == key]
            number = snapshot.already.get(key)
            line = words.ALREADY.with_(count=number.people, day=number.day) if number else None
            already = self.said(line) if line is not None else ""
            if totals or already:
                name = theme_name(self.town, key, self.language)
                shown.append(ShownTheme(key, name, tuple(totals), already))
        return shown

    def _total(self, one: Total, entries: Sequence[CatalogueEntry]) -> ShownTotal:
        areas = sorted(one.areas, key=lambda share: -share.amount)
        rows = [
            (
                self.area(share.key),
                self.amount(one.measure, share.amount),
                share.people,
                self.said(words.ON_DAY.with_(day=share.day)),
            )
            for share in areas
        ]
        is_level = one.kind is MeasureKind.LEVEL
        lines = [self._done(one, one.done)] if one.done is not None else []
        lines += [words.NONE_DONE] if is_level and one.done is None else []
        lines += [self._converted(one, part) for part in converted(one, entries)]
        people = words.PROMISE if is_level else words.TAKE_PART
        amount = self.amount(one.measure, one.amount)
        year = words.PROMISED_IN if is_level else words.DONE_IN
        name = theme_name(self.town, one.theme, self.language)
        return ShownTotal(
            one.kind,
            self.said(year.with_(amount=amount, year=one.day.year)),
            self.said(people.with_(count=one.people, day=one.day)),
            tuple(self.said(line) for line in lines),
            self.said((words.BY_AREA if is_level else words.DONE_BY_AREA).with_(name=name)),
            tuple(rows),
        )

    def _done(self, total: Total, done: Share) -> Text:
        amount = self.amount(total.measure, done.amount)
        return words.TOLD_DONE.with_(count=done.people, amount=amount, day=done.day)

    def _converted(self, total: Total, part: Converted) -> Text:
        """Return what the part of a pledge corresponds to, with its range, factor and source."""
        low, high = (show_number(one.normalize(), self.language) for one in (part.low, part.high))
        factor = part.entry.factor or {}
        ends = [show_number(Decimal(str(factor[end])), self.language) for end in ENDS]
        text = words.CONVERTED if low != high else words.CONVERTED_EXACTLY
        return text.with_(
            amount=self.amount(total.measure, part.amount),
            title=said(part.entry.titles, self.language),
            low=low,
            high=high,
            unit=said(factor["unit"], self.language),
            source=said(factor["source"], self.language),
            one=self.amount(total.measure, PER_UNIT),
            least=ends[0],
            most=ends[1],
            day=part.day,
        )

    def amount(self, measure: str, amount: int) -> str:
        """Return an amount with its unit."""
        return amount_words(self.town, measure, amount, self.language)

    def entry(self, one: CatalogueEntry) -> ShownEntry:
        """Return an entry of the catalogue as the page shows it."""
        return ShownEntry(
            one.id,
            self.words(one.titles),
            self.words(one.texts),
            theme_name(self.town, one.theme, self.language),
            pledge_link(self.public.bot_link, one.id),
        )

    def campaign(self, one: PublicCampaign) -> ShownCampaign:
        """Return a campaign as the pages show it."""
        of = one.campaign
        return ShownCampaign(
            id=of.id,
            title=self.words(of.titles),
            text=self.words(of.texts),
            theme=theme_name(self.town, of.theme, self.language),
            area=self.area(of.area),
            signers=one.signers if one.signers >= LEAST else None,
            target=of.target,
            lines=tuple(self.said(line) for line in _lines(one)),
            promise=self.words(of.counter) if of.counter else None,
            promise_lines=tuple(self.said(line) for line in _promise_lines(one)),
            promise_result=self.words(of.counter_words) if of.counter_words else None,
            is_open=of.state in {CampaignState.OPEN, CampaignState.ACTIVATED},
            page=campaign_url(self.public.url, of.id),
            chat=campaign_link(self.public.bot_link, of.id),
        )

    def adds_up(self, snapshot: Snapshot, campaign_id: int) -> str:
        """Return what a campaign adds up to; empty where it is not shown."""
        found = [
            (total, share)
            for total in snapshot.totals
            for share in total.campaigns
            if share.key == campaign_id
        ]
        return " ".join(
            self.said(
                (words.ADDS_UP if total.kind is MeasureKind.LEVEL else words.ADDS_UP_DONE).with_(
                    amount=self.amount(total.measure, share.amount)
                )
            )
            for total, share in found
        )

    def outcome(self, one: PublicOutcome) -> ShownOutcome:
        """Return an answer to an obstacle."""
        of = one.outcome
        lines = [words.SAID_BY.with_(count=one.people)] if one.people >= LEAST else []
        if of.decided_by:
            lines.append(words.DECIDED_BY.with_(name=of.decided_by))
        said_lines = tuple(self.said(line) for line in lines)
        return ShownOutcome(
            of.id, self.words(of.summaries), self.words(of.texts), said_lines, of.answered_at
        )

    def groups(self, some: Sequence[OptedIn]) -> list[tuple[str, list[str]]]:
        """Return the groups that have said yes to be shown, by kind, each with its badge."""
        shown = []
        for kind in GroupKind:
            badges = [
                self.said(words.BADGE.with_(group=one.group, words=one.words))
                for one in some
                if one.group_kind is kind
            ]
            if badges:
                shown.append((self.said(words.KINDS[kind]), badges))
        return shown


def _lines(one: PublicCampaign) -> list[Text]:
    """Return how far a campaign is."""
    of = one.campaign
    text = words.SIGNED if one.signers >= LEAST else words.FEW_SIGNED
    if one.signers < LEAST and of.state in REACHED:
        text = words.TARGET_WAS
    signed = text.with_(signers=one.signers, target=of.target)
    match of.state:
        case CampaignState.OPEN:
            moved = [words.EXTENDED.with_(day=of.extended_from)] if of.extended_from else []
            return [signed, words.BY_WHEN.with_(day=of.deadline), *moved]
        case CampaignState.ACTIVATED:
            return [signed, words.COUNTS]
        case CampaignState.FOLLOW_UP:
            return [signed, words.ASKING]
        case CampaignState.COMPLETED:
            return [signed, result_words(of.result)]
        case _:
            return [signed, words.TOO_FEW.with_(day=of.deadline)]


def _promise_lines(one: PublicCampaign) -> list[Text]:
    """Return how far the municipality's own pledge is, who answers for it, and by when."""
    of = one.campaign
    if not of.counter:
        return []
    if one.is_overdue:
        lines = [COUNTER_OVERDUE.with_(day=of.counter_on)]
        return [*lines, *([words.ANSWERS_FOR_IT.with_(name=one.owner)] if one.owner else [])]
    lines = [COUNTER_STATE_NAMES[of.counter_state]] if of.counter_state else []
    if of.counter_on is not None and one.owner:
        lines.append(words.PROMISED_BY.with_(name=one.owner, day=of.counter_on))
    elif of.counter_on is not None:
        lines.append(words.PROMISED_ON.with_(day=of.counter_on))
    return lines
