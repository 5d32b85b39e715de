"""Calendar files (iCalendar, RFC 5545): dated things for a citizen's own calendar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

MIME = "text/calendar"
PRODUCT = "-//Brobygger//Brobygger//EN"
LASTS = timedelta(minutes=30)  # an event whose end is not known
REFRESHED = timedelta(hours=6)  # how often calendars are asked to fetch a feed


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One dated thing: time, place and title only (HR-4).

    *uid* stays the same when the event changes; *sequence* counts its changes. A reminder has
    no end. *address* is a public page about the event.
    """

    uid: str
    begins: datetime
    title: str
    place: str = ""
    sequence: int = 0
    ends: datetime | None = None
    address: str = ""
    is_cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Organizer:
    """Who is responsible for the events: a name, and an address such as https://t.me/<name>."""

    name: str
    address: str


def calendar_file(
    events: Sequence[CalendarEvent],
    organizer: Organizer,
    at: datetime,
    *,
    name: str = "",
    is_cancelled: bool = False,
) -> bytes:
    """Return *events* as a file that calendars import; *at* is the time of writing.

    With *is_cancelled* the file takes the events out of a calendar again (METHOD:CANCEL).
    *name* is shown as the calendar's name, for feeds.
    """
    # A start answers citizens sooner without this library.
    import icalendar  # noqa: PLC0415

    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if is_cancelled else "PUBLISH")
    if name:
        calendar.add("x-wr-calname", name)
        calendar.add("name", name)
        calendar.add("refresh-interval", REFRESHED, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", REFRESHED, parameters={"VALUE": "DURATION"})
    by = icalendar.vCalAddress(organizer.address)
    by.params["CN"] = organizer.name
    for one in events:
        event = icalendar.Event()
        event.add("uid", one.uid)
        event.add("sequence", one.sequence)
        event.add("dtstamp", at.astimezone(UTC))
        event.add("dtstart", one.begins.astimezone(UTC))
        event.add("dtend", (one.ends or one.begins + LASTS).astimezone(UTC))
        event.add("summary", one.title)
        if one.place:
            event.add("location", one.place)
        if one.address:
            event.add("url", one.address)
        event.add("organizer", by)
        # A reminder, which has no end, does not make a person busy.
        event.add("transp", "TRANSPARENT" if one.ends is None else "OPAQUE")
        is_off = is_cancelled or one.is_cancelled
        event.add("status", "CANCELLED" if is_off else "CONFIRMED")
        if one.ends is None and not is_off:
            alarm = icalendar.Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", one.title)
            alarm.add("trigger", timedelta())  # when it begins
            event.add_component(alarm)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
