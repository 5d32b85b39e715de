"""A case's thread for its page: side and delivery state of each message, and its attachments."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.console.cases.labels import DELIVERY_STATES, MESSAGE_KINDS
from bot.i18n import Text, _
from bot.model.case import INTERNAL, TO_CITIZEN, Case, CaseMessage, DeliveryState, MessageKind
from bot.model.staff import May, Staff
from bot.model.town import Area, Town
from bot.settings import map_link
from bot.store.threads import Version

CITIZEN, STAFF, INTERNAL_SIDE = "citizen", "staff", "internal"
TAKEN_BACK_FROM = frozenset({DeliveryState.SENT, DeliveryState.QUEUED, DeliveryState.BY_HAND})
CORRECTED_FROM = TAKEN_BACK_FROM | {DeliveryState.SCHEDULED}
STEP, TENTH_OF_KM, TENTHS = 50, 100, 10
FAR = 10_000  # metres: from here on the text says "from" instead of "near"
NEAR = _("Near {area} ({distance})")
FROM = _("{distance} from {area}")
METRES = _("{metres} m")
KILOMETRES = _("{whole}.{tenth} km")


@dataclass(frozen=True, slots=True)
class Pin:
    """A point, with the nearest area and a link to a map; None where either is unknown."""

    latitude: float
    longitude: float
    near: Text | None = None
    link: str | None = None

    @property
    def coordinates(self) -> str:
        """Return "latitude, longitude", as map searches accept it."""
        return f"{self.latitude}, {self.longitude}"


def place_at(town: Town, map_url: str, latitude: float, longitude: float) -> Pin:
    """Return a point with the town's nearest area and a link to the map."""
    nearest = town.nearest_area((latitude, longitude))
    link = map_link(map_url, latitude, longitude) if map_url else None
    return Pin(latitude, longitude, _near(*nearest) if nearest else None, link)


def _near(area: Area, metres: float) -> Text:
    """Return the distance to an area's centre, rounded to 50 m below 950 m, else to 0.1 km."""
    tenths = round(metres / TENTH_OF_KM)
    if tenths < TENTHS:
        away = METRES.with_(metres=max(1, round(metres / STEP)) * STEP)
    else:
        away = KILOMETRES.with_(whole=tenths // TENTHS, tenth=tenths % TENTHS)
    return (NEAR if metres < FAR else FROM).with_(area=area.name, distance=away)


@dataclass(frozen=True, slots=True)
class Entry:
    """One message of the thread. *mark* changes with its shown content."""

    message: CaseMessage
    side: str
    kind: Text
    state: Text | None
    may_change: bool
    earlier: tuple[Version, ...] = ()
    pictures: tuple[int, ...] = ()
    places: tuple[Pin, ...] = ()

    @property
    def mark(self) -> str:
        """Return a hash by which a script sees that the entry must be drawn again."""
        shown = (
            self.message.version,
            self.message.state,
            self.may_change,
            self.pictures,
            self.places,
        )
        return hashlib.sha256(repr(shown).encode()).hexdigest()[:12]

    @property
    def corrects(self) -> bool:
        """Return whether the reader may correct its text."""
        return self._ours and self.message.state in CORRECTED_FROM

    @property
    def takes_back(self) -> bool:
        """Return whether the reader may withdraw it."""
        return self._ours and self.message.state in TAKEN_BACK_FROM

    @property
    def cancels(self) -> bool:
        """Return whether the reader may cancel its scheduled sending."""
        return self._ours and self.message.state is DeliveryState.SCHEDULED

    @property
    def tells(self) -> bool:
        """Return whether the reader may note that the citizen was told by phone or in person."""
        return self._ours and self.message.state is DeliveryState.BY_HAND

    @property
    def _ours(self) -> bool:
        """Return whether staff wrote it to the citizen in this case, and the reader may change it.

        A copy of another case's message changes only with its original.
        """
        written_here = self.message.staff_id is not None and self.message.copy_of is None
        return self.may_change and self.message.kind in TO_CITIZEN and written_here


def thread(
    case: Case,
    messages: Iterable[CaseMessage],
    versions: Iterable[Version],
    attachments: Iterable[Mapping[str, Any]],
    user: Staff,
    *,
    place: Callable[[float, float], Pin] = Pin,
) -> list[Entry]:
    """Return the messages in order, each with the pictures and places sent with it.

    *place* makes a `Pin` of latitude and longitude.
    """
    earlier: dict[int, tuple[Version, ...]] = {}
    for version in versions:
        earlier[version.message_id] = (*earlier.get(version.message_id, ()), version)
    entries = [_entry(case, message, earlier.get(message.id, ()), user) for message in messages]
    for one in attachments:
        _hang(entries, one, place)
    return entries


def _entry(case: Case, message: CaseMessage, earlier: tuple[Version, ...], user: Staff) -> Entry:
    """Return one message with its side and delivery state, and whether *user* may change it."""
    side = (
        CITIZEN
        if message.kind is MessageKind.ASKED
        else INTERNAL_SIDE
        if message.kind in INTERNAL
        else STAFF
    )
    state = (
        None
        if message.state is DeliveryState.KEPT
        else DELIVERY_STATES[message.state].with_(at=message.send_at)
    )
    own = user.id in (message.staff_id, case.owner_id)
    return Entry(
        message, side, MESSAGE_KINDS[message.kind], state, own or user.may(May.OVERRIDE), earlier
    )


def _hang(
    entries: list[Entry],
    attachment: Mapping[str, Any],
    place: Callable[[float, float], Pin],
) -> None:
    """Add a picture or place to the citizen's message that it came with."""
    at = _place_of(entries, attachment)
    if at is None:
        return
    entry = entries[at]
    if attachment["kind"] == "place":
        shown = place(attachment["latitude"], attachment["longitude"])
        entries[at] = replace(entry, places=(*entry.places, shown))
    elif attachment["file_id"] is not None:
        entries[at] = replace(entry, pictures=(*entry.pictures, attachment["id"]))


def _place_of(entries: Sequence[Entry], attachment: Mapping[str, Any]) -> int | None:
    """Return the index of the citizen's last message up to an attachment, else of their first."""
    own = [n for n, entry in enumerate(entries) if entry.side == CITIZEN]
    before = [n for n in own if entries[n].message.at <= attachment["at"]]
    return before[-1] if before else (own[0] if own else None)
