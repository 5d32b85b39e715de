"""Open opportunities as a visitor reads them: on the pages, and as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.i18n import Text, render
from bot.model.duration import duration
from bot.model.link import opportunity_link, opportunity_url
from bot.model.opportunity import GATE_NAMES, Kind, Opportunity, said, spoken_in
from bot.model.town import Town
from bot.public import opportunity_words as words
from bot.public.public_context import PublicContext
from bot.store.open_opportunities import OpenOpportunity, OpenShift
from flows.volunteer_cards import is_only_danish


@dataclass(frozen=True, slots=True)
class Words:
    """Words of staff, and the language that they are in."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class ShownDate:
    """A date of an opportunity; *places* says what is left."""

    at: datetime
    when: str
    places: str


@dataclass(frozen=True, slots=True)
class ShownOpportunity:
    """An opportunity in a visitor's language.

    *when* is said where there are no *dates*. *area* is empty where the place names it.
    """

    id: int
    title: Words
    text: Words
    gain: Words | None
    place: Words | None
    is_only_danish: bool
    when: str
    dates: tuple[ShownDate, ...]
    places: str
    lasts: str
    gates: tuple[str, ...]
    insurance: str
    contact: str
    theme: str
    area: str
    page: str
    chat: str


@dataclass(frozen=True, slots=True)
class View:
    """Shows opportunities of a town in one language."""

    public: PublicContext
    language: str

    @property
    def town(self) -> Town:
        """Return the town."""
        return self.public.town

    def said(self, text: Text) -> str:
        """Return a text in the visitor's language."""
        filled = text.with_defaults({"municipality": self.town.name})
        return render(filled, self.language, escape=str, zone=self.town.zone)

    def theme(self, key: str | None) -> str:
        """Return the name of a theme; the key for an unknown one."""
        names = {one.key: one.labels[self.language] for one in self.town.topics}
        return names.get(key or "", key or "")

    def area(self, key: str | None) -> str:
        """Return the name of an area; the key for an unknown one."""
        return next((one.name for one in self.town.areas if one.key == key), key or "")

    def show(self, one: OpenOpportunity) -> ShownOpportunity:
        """Return an opportunity as the pages show it."""
        of = one.opportunity
        area, place = self.area(of.area), self._words(of.places)
        by_agreement = of.kind is Kind.AGREEMENT
        return ShownOpportunity(
            id=of.id,
            title=Words(said(of.titles, self.language), spoken_in(of.titles, self.language)),
            text=Words(said(of.texts, self.language), spoken_in(of.texts, self.language)),
            gain=self._words(of.gains),
            place=place,
            is_only_danish=is_only_danish(of, self.language),
            when=self.said(words.BY_AGREEMENT if by_agreement else words.NO_DATE),
            dates=tuple(self._date(shift) for shift in one.coming),
            places=self._places(one.left) if by_agreement else "",
            lasts=self.said(duration(of.takes)),
            gates=tuple(self.said(GATE_NAMES[gate]) for gate in of.gates),
            insurance=self.said(words.INSURED[of.insurance]) if of.insurance else "",
            contact=one.contact,
            theme=self.theme(of.theme),
            area="" if place is not None and area in place.text else area,
            page=opportunity_url(self.public.url, of.id),
            chat=opportunity_link(self.public.bot_link, of.id),
        )

    def _words(self, texts: Mapping[str, str] | None) -> Words | None:
        text = said(texts, self.language)
        return Words(text, spoken_in(texts, self.language)) if text else None

    def _date(self, one: OpenShift) -> ShownDate:
        zone = ZoneInfo(self.town.zone)
        begins, ends = one.shift.begins_at.astimezone(zone), one.shift.ends_at.astimezone(zone)
        until: Any = ends.time() if begins.date() == ends.date() else ends
        when = words.FROM_TO.with_(when=begins, ends=until)
        places = self.said(words.CLOSED) if one.is_closed else self._places(one.left)
        return ShownDate(begins, self.said(when), places)

    def _places(self, left: int | None) -> str:
        if left is None:
            return ""
        return self.said(words.LEFT.with_(count=left) if left else words.FULL)

    def as_json(self, one: OpenOpportunity, shown: ShownOpportunity) -> dict[str, Any]:
        """Return an opportunity as docs/opportunities.md describes it."""
        of = one.opportunity
        return {
            "id": of.id,
            "title": shown.title.text,
            "text": shown.text.text,
            "language": shown.text.language,
            "gain": shown.gain.text if shown.gain else None,
            "place": shown.place.text if shown.place else None,
            "theme": {"key": of.theme, "name": shown.theme} if of.theme else None,
            "area": {"key": of.area, "name": self.area(of.area)} if of.area else None,
            "kind": of.kind,
            "minutes": of.takes,
            "gates": [
                {"key": gate, "name": name}
                for gate, name in zip(of.gates, shown.gates, strict=True)
            ],
            "insurance": {"key": of.insurance, "name": shown.insurance} if of.insurance else None,
            "contact": shown.contact or None,
            "seats": of.seats,
            "left": one.left if of.kind is Kind.AGREEMENT else None,
            "shifts": [self._shift_as_json(of, shift) for shift in one.coming],
            "page": shown.page,
            "chat": shown.chat,
        }

    def _shift_as_json(self, of: Opportunity, one: OpenShift) -> dict[str, Any]:
        zone = ZoneInfo(self.town.zone)
        shift = one.shift
        return {
            "id": shift.id,
            "begins": shift.begins_at.astimezone(zone).isoformat(),
            "ends": shift.ends_at.astimezone(zone).isoformat(),
            "place": said(shift.places or of.places, self.language) or None,
            "seats": shift.seats if shift.seats is not None else of.seats,
            "left": one.left,
            "waiting_list": one.left == 0,
            "closed": one.is_closed,
        }
