"""Calendar files: what calendars read, and nothing more than time, place and title."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import icalendar

from bot.documents.calendar_file import CalendarEvent, Organizer, calendar_file

AT = datetime(2026, 12, 1, 9, tzinfo=UTC)
TOWN = Organizer("Klintsund Kommune", "https://t.me/dialog_klintsund_bot")
BEGINS = datetime(2026, 12, 2, 16, tzinfo=timezone(timedelta(hours=1)))
EVENT = CalendarEvent("reminder-1-2026-12-02@x.t.me", BEGINS, "Æblehøst; ring, hvis\ndu", "Havnen")


def read(content: bytes) -> tuple[Any, list[Any]]:
    """Return a calendar and its events."""
    (calendar,) = icalendar.Calendar.from_ical(content, multiple=True)
    return calendar, list(calendar.walk("VEVENT"))


def test_what_a_calendar_reads() -> None:
    """The file holds the instant in UTC, the title and the place, whatever their characters."""
    calendar, (event,) = read(calendar_file([EVENT], TOWN, AT, name="Klintsund: mine datoer"))
    assert calendar["METHOD"] == "PUBLISH"
    assert calendar["X-WR-CALNAME"] == "Klintsund: mine datoer"
    assert event["UID"] == EVENT.uid
    assert event.start == BEGINS
    assert event["SUMMARY"] == EVENT.title
    assert event["LOCATION"] == "Havnen"
    assert event["SEQUENCE"] == 0
    assert event["ORGANIZER"].params["CN"] == TOWN.name


def test_nothing_but_time_place_and_title() -> None:
    """No description or attendee is in an event, and its alarm shows the title (HR-4)."""
    _calendar, (event,) = read(calendar_file([EVENT], TOWN, AT))
    about = {"UID", "SEQUENCE", "DTSTAMP", "ORGANIZER", "TRANSP", "STATUS"}
    assert set(event) - about == {"DTSTART", "DTEND", "SUMMARY", "LOCATION"}
    (alarm,) = event.subcomponents
    assert alarm["DESCRIPTION"] == event["SUMMARY"]
    assert alarm["TRIGGER"].dt == timedelta()
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(minutes=30)


def test_a_cancelled_event() -> None:
    """A cancellation has the same id, a higher sequence, and METHOD:CANCEL."""
    gone = CalendarEvent(EVENT.uid, BEGINS, EVENT.title, sequence=1)
    calendar, (event,) = read(calendar_file([gone], TOWN, AT, is_cancelled=True))
    assert calendar["METHOD"] == "CANCEL"
    assert event["STATUS"] == "CANCELLED"
    assert (event["UID"], event["SEQUENCE"]) == (EVENT.uid, 1)
    assert "LOCATION" not in event


def test_lines_are_short_and_end_as_the_standard_says() -> None:
    """Each line has at most 75 bytes and ends with CR LF."""
    long = CalendarEvent("u", BEGINS, "Rød grød med fløde på Ærø " * 10)
    content = calendar_file([long], TOWN, AT)
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")
