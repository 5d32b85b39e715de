"""A random town as plain rows, and its audiences evaluated in plain Python."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import JSON, BigInteger, Boolean, Date, Integer, String, Table, insert
from sqlalchemy.exc import NoResultFound

from bot.model import audience as audiences
from bot.model.audience import And, Audience, Is, Not, Or, Saved
from bot.store.store import Store
from bot.store.tables import (
    broadcast,
    campaign,
    catalogue_entry,
    check_in,
    consent,
    contribution,
    delivery,
    group_member,
    groups,
    opportunity,
    participant,
    participant_role,
    person,
    pledge,
    profile,
    shift,
    signup,
)
from bot.store.types import UtcDateTime
from bot.testing import START

ZONE = ZoneInfo("Europe/Copenhagen")
AREAS, THEMES, LANGUAGES = ("havnen", "nordby", "tangoe"), ("nature", "culture"), ("da", "en")
SKILLS, SLOTS = ("syning", "Øl_bryg"), ("0-morning", "3-evening")
GROUPS, ENTRIES, CAMPAIGNS, BROADCASTS, OPPORTUNITIES = (range(1, 3),) * 5
PEOPLE, SHIFTS = range(1, 31), range(1, 6)
SIGNUP_STATES = ("confirmed", "checked_in", "attended", "cancelled", "waitlisted", "no_show")
COMING, THERE = {"confirmed", "standin_wanted", "checked_in"}, {"checked_in", "attended"}
PLEDGE_STATES = ("active", "paused", "stopped", "withdrawn", "already")
Row = dict[str, Any]


def filled(table: Table, **values: Any) -> Row:
    """Return a row with any value in the columns that need one."""
    for column in table.columns:
        if not (column.nullable or column.primary_key or column.name in values):
            values[column.name] = _any_value(column.type)
    return values


def _any_value(kind: Any) -> Any:
    for type_, value in (
        (JSON, {}),
        (Boolean, False),
        (Integer, 1),
        (BigInteger, 1),
        (Date, date(2026, 12, 1)),
        (UtcDateTime, START),
    ):
        if isinstance(kind, type_):
            return value
    assert isinstance(kind, String), kind
    return "x"


@dataclass
class Town:
    """Rows by table; *at* is the moment of the evaluation."""

    at: datetime
    rows: dict[Table, list[Row]] = field(default_factory=dict)

    def add(self, table: Table, **values: Any) -> Row:
        """Add a row with an id of its own."""
        some = self.rows.setdefault(table, [])
        row = filled(table, **values)
        if "id" in table.columns:
            row.setdefault("id", len(some) + 1)
        some.append(row)
        return row

    def of(self, table: Table, **wanted: Any) -> Iterator[Row]:
        """Yield the rows with some values."""
        for row in self.rows.get(table, ()):
            if all(row.get(name) == value for name, value in wanted.items()):
                yield row

    async def fill(self, store: Store) -> None:
        """Insert the rows."""
        async with store.unit() as unit:
            for table, some in self.rows.items():
                names = {name for row in some for name in row}
                each = [{name: row.get(name) for name in names} for row in some]
                await unit.connection.execute(insert(table), each)


def random_town(seed: int) -> Town:
    """Return a small town in which everything occurs, near the ends of months and days too."""
    chance = Random(seed)  # noqa: S311 - a test
    town = Town(START)
    midnight = datetime.combine(START.astimezone(ZONE).date().replace(day=1), time(), ZONE)
    moments = [
        (midnight + timedelta(days=days, minutes=minutes)).astimezone(UTC)
        for days in (-400, -31, -30, -1, 0, 1)
        for minutes in (-1, 0, 61)
    ]

    def moment() -> datetime:
        return chance.choice([one for one in moments if one <= START])

    def rarely(value: Any, else_: Any = None) -> Any:
        return value if chance.random() < 0.2 else else_

    for one in GROUPS:
        town.add(groups, id=one, ended_at=START if one == GROUPS[-1] and seed % 2 else None)
    for one in ENTRIES:
        town.add(catalogue_entry, id=one, state="published", kind="level")
    for one in CAMPAIGNS:
        town.add(campaign, id=one, state="open", target=5)
    for one in BROADCASTS:
        town.add(broadcast, id=one, state="sent")
    for one in OPPORTUNITIES:
        town.add(opportunity, id=one, state="open")
    for one in SHIFTS:
        begins = chance.choice([*moments, START + timedelta(hours=one)])
        ends = begins + timedelta(hours=2)
        of = chance.choice(OPPORTUNITIES)
        values = {"occasion": str(one), "state": "planned"}
        town.add(shift, id=one, opportunity_id=of, begins_at=begins, ends_at=ends, **values)
    for one in PEOPLE:
        _add_person(town, chance, one, moment, rarely)
    return town


def _add_person(town: Town, chance: Random, one: int, moment: Any, rarely: Any) -> None:
    """Add a participant, in the chat or not, with all that they have done."""
    person_id = rarely(None, one)
    if person_id is not None:
        town.add(
            person,
            id=one,
            lane=f"tg:{one}",
            language=chance.choice(LANGUAGES),
            area=chance.choice([None, *AREAS]),
            reachable=rarely(value=False, else_=True),
            seen_on=chance.choice([None, moment().astimezone(ZONE).date()]),
        )
        for theme in THEMES:
            if chance.random() < 0.5:
                withdrawn = rarely(START)
                values = {"purpose": f"news:{theme}", "withdrawn_at": withdrawn}
                town.add(consent, person_id=one, **values)
    ended = rarely(START) if one % 7 == 0 else None
    town.add(participant, id=one, person_id=person_id, ended_at=ended)
    _add_told(town, chance, one, rarely)
    _add_signups(town, chance, one, moment)
    for _each in range(chance.randint(0, 2)):
        _add_pledge(town, chance, one, moment, rarely)
    _add_messages(town, chance, one, moment)


def _add_told(town: Town, chance: Random, one: int, rarely: Any) -> None:
    """Add roles, groups and a profile."""
    if chance.random() < 0.3:
        given = {"role": "ambassador", "ended_at": rarely(START)}
        town.add(participant_role, participant_id=one, **given)
    for group in GROUPS:
        if chance.random() < 0.3:
            town.add(group_member, group_id=group, participant_id=one, is_lead=False)
    if chance.random() < 0.7:
        said = {
            name: chance.choice([None, [], [chance.choice(some)], list(some)])
            for name, some in (("interests", THEMES), ("skills", SKILLS), ("times", SLOTS))
        }
        town.add(profile, participant_id=one, **said)


def _add_signups(town: Town, chance: Random, one: int, moment: Any) -> None:
    """Add sign-ups for shifts, and an agreement."""
    for number in chance.sample(SHIFTS, chance.randint(0, 2)):
        at = next(town.of(shift, id=number))
        values = {"state": chance.choice(SIGNUP_STATES), "created_at": moment()}
        of = {"opportunity_id": at["opportunity_id"], "shift_id": number}
        town.add(signup, participant_id=one, **of, **values)
    if chance.random() < 0.2:
        values = {"state": chance.choice(SIGNUP_STATES), "created_at": moment()}
        of = {"opportunity_id": chance.choice(OPPORTUNITIES), "shift_id": None}
        town.add(signup, participant_id=one, **of, **values)


def _add_messages(town: Town, chance: Random, one: int, moment: Any) -> None:
    """Add messages about broadcasts and an invitation, and answers."""
    for number in BROADCASTS:
        if chance.random() < 0.5:
            state = chance.choice(("sent", "queued", "skipped"))
            values = {"subject_kind": "broadcast", "subject_id": number, "occasion": "sent"}
            town.add(delivery, participant_id=one, state=state, **values)
        if chance.random() < 0.3:
            values = {"subject_kind": "broadcast", "subject_id": number}
            town.add(contribution, participant_id=one, **values)
    if chance.random() < 0.4:
        state = chance.choice(("sent", "planned", "cancelled"))
        values = {"subject_kind": "invitation", "subject_id": 1, "planned_at": moment()}
        town.add(delivery, participant_id=one, state=state, **values)


def _add_pledge(town: Town, chance: Random, one: int, moment: Any, rarely: Any) -> None:
    """Add a pledge with check-ins."""
    of = {
        "catalogue_id": chance.choice([None, *ENTRIES]),
        "theme": chance.choice(THEMES),
        "campaign_id": None,
        "state": chance.choice(PLEDGE_STATES),
        "kind": "level",
        "created_at": moment(),
    }
    known = list(town.of(pledge, participant_id=one))
    if not known and chance.random() < 0.4:
        of["campaign_id"] = chance.choice(CAMPAIGNS)
    given = town.add(pledge, participant_id=one, **of)
    for number in range(chance.randint(0, 2)):
        day = date(2026, 11, 1 + number)
        values = {"asked_on": day, "answer": "done", "undone_at": rarely(START)}
        town.add(check_in, pledge_id=given["id"], answered_at=moment(), **values)


class PlainAudience:
    """Who is in an audience, by the rules as the documents say them."""

    def __init__(self, town: Town) -> None:
        """Evaluate in *town*."""
        self._town = town
        self._today = town.at.astimezone(ZONE).date()
        self._people = {row["id"]: row for row in town.of(person)}

    def members(self, audience: Audience) -> set[int]:
        """Return the participants of an audience who have not left and can be reached."""
        found = set()
        for row in self._town.of(participant, ended_at=None):
            known = self._people.get(row["person_id"])
            if (known is None or known["reachable"]) and self.holds(audience, row):
                found.add(row["id"])
        return found

    def holds(self, audience: Audience, row: Mapping[str, Any]) -> bool:
        """Return whether a participant is in an audience."""
        match audience:
            case Is():
                return bool(getattr(self, f"_{audience.what}")(audience, row))
            case And(parts):
                return all(self.holds(one, row) for one in parts)
            case Or(parts):
                return any(self.holds(one, row) for one in parts)
            case Not(part):
                return not self.holds(part, row)
            case Saved(_id, part):
                return self.holds(part, row)
        raise NoResultFound

    def _days(self, period: str) -> tuple[date, date]:
        first, last = date.min, date.max
        month = self._today.replace(day=1)
        if period == "month":
            first = month
        elif period == "last_month":
            last = month - timedelta(days=1)
            first = last.replace(day=1)
        elif period == "year":
            first = self._today.replace(month=1, day=1)
        elif period.startswith("days."):
            first = self._today - timedelta(days=int(period[5:]))
        elif period:
            begin, _slash, end = period.partition("/")
            first = date.fromisoformat(begin) if begin else first
            last = date.fromisoformat(end) if end else last
        return first, last

    def _within(self, at: datetime, one: Is) -> bool:
        first, last = self._days(one.period)
        return first <= at.astimezone(ZONE).date() <= last

    def _mine(self, table: Table, row: Mapping[str, Any], **wanted: Any) -> Iterator[Row]:
        return self._town.of(table, participant_id=row["id"], **wanted)

    def _person_of(self, row: Mapping[str, Any]) -> Mapping[str, Any]:
        return self._people.get(row["person_id"], {})

    def _everyone(self, _one: Is, _row: Mapping[str, Any]) -> bool:
        return True

    def _person(self, one: Is, row: Mapping[str, Any]) -> bool:
        return str(row["id"]) == one.value

    def _role(self, one: Is, row: Mapping[str, Any]) -> bool:
        return any(self._mine(participant_role, row, role=one.value, ended_at=None))

    def _group(self, one: Is, row: Mapping[str, Any]) -> bool:
        lives = any(self._town.of(groups, id=int(one.value), ended_at=None))
        return lives and any(self._mine(group_member, row, group_id=int(one.value)))

    def _area(self, one: Is, row: Mapping[str, Any]) -> bool:
        return self._person_of(row).get("area") == one.value

    def _language(self, one: Is, row: Mapping[str, Any]) -> bool:
        return self._person_of(row).get("language", "da") == one.value

    def _shift(self, one: Is, row: Mapping[str, Any]) -> bool:
        found = self._mine(signup, row, shift_id=int(one.value))
        return any(each["state"] in COMING for each in found)

    def _volunteer(self, one: Is, row: Mapping[str, Any]) -> bool:
        return any(self._within(each["created_at"], one) for each in self._mine(signup, row))

    def _listed(self, name: str, one: Is, row: Mapping[str, Any]) -> bool:
        return any(one.value in (each.get(name) or ()) for each in self._mine(profile, row))

    def _interest(self, one: Is, row: Mapping[str, Any]) -> bool:
        return self._listed("interests", one, row)

    def _skill(self, one: Is, row: Mapping[str, Any]) -> bool:
        return self._listed("skills", one, row)

    def _time(self, one: Is, row: Mapping[str, Any]) -> bool:
        day, _dash, part = one.value.partition("-")
        slots = [slot for each in self._mine(profile, row) for slot in each.get("times") or ()]
        pairs = [slot.split("-") for slot in slots]
        return any(day in {"", at} and part in {"", of} for at, of in pairs)

    def _shift_of(self, number: int) -> Row:
        return next(self._town.of(shift, id=number))

    def _free(self, one: Is, row: Mapping[str, Any]) -> bool:
        wanted = self._shift_of(int(one.value))
        return not any(
            other["begins_at"] < wanted["ends_at"] and other["ends_at"] > wanted["begins_at"]
            for each in self._mine(signup, row)
            if each["state"] in COMING and each["shift_id"] is not None
            for other in [self._shift_of(each["shift_id"])]
        )

    def _comes(self, one: Is, row: Mapping[str, Any]) -> bool:
        return any(
            each["shift_id"] is None or self._shift_of(each["shift_id"])["ends_at"] > self._town.at
            for each in self._mine(signup, row, opportunity_id=int(one.value))
            if each["state"] in COMING
        )

    def _helped(self, one: Is, row: Mapping[str, Any]) -> bool:
        of = {"opportunity_id": int(one.subject)} if one.subject else {}
        for each in self._mine(signup, row, **of):
            if each["shift_id"] is None:
                held = each["state"] in COMING | THERE
                at = each["created_at"]
            else:
                held = each["state"] in THERE
                at = self._shift_of(each["shift_id"])["begins_at"]
            if held and self._within(at, one):
                return True
        return False

    def _rested(self, one: Is, row: Mapping[str, Any]) -> bool:
        return not any(
            each["state"] in {"sent", "planned"} and self._within(each["planned_at"], one)
            for each in self._mine(delivery, row, subject_kind="invitation")
        )

    def _given(self, one: Is, row: Mapping[str, Any]) -> Iterator[Row]:
        kind, _dot, value = one.subject.partition(".")
        column = {"": "", "entry": "catalogue_id", "theme": "theme", "campaign": "campaign_id"}
        wanted = {column[kind]: value if kind == "theme" else int(value)} if kind else {}
        return self._mine(pledge, row, **wanted)

    def _pledged(self, one: Is, row: Mapping[str, Any]) -> bool:
        return any(
            each["state"] != "already" and self._within(each["created_at"], one)
            for each in self._given(one, row)
        )

    def _pledges(self, one: Is, row: Mapping[str, Any]) -> bool:
        live = {"signed", "active", "paused"}
        return any(each["state"] in live for each in self._given(one, row))

    def _checked(self, one: Is, row: Mapping[str, Any]) -> bool:
        return any(
            self._within(answer["answered_at"], one)
            for each in self._given(one, row)
            for answer in self._town.of(check_in, pledge_id=each["id"], undone_at=None)
        )

    def _answered(self, one: Is, row: Mapping[str, Any]) -> bool:
        return any(self._mine(contribution, row, subject_id=int(one.value)))

    def _got(self, one: Is, row: Mapping[str, Any]) -> bool:
        of = {"subject_kind": "broadcast", "subject_id": int(one.value)}
        found = self._mine(delivery, row, **of)
        return any(each["state"] in {"sent", "queued"} for each in found)

    def _seen(self, one: Is, row: Mapping[str, Any]) -> bool:
        on = self._person_of(row).get("seen_on")
        first, last = self._days(one.period)
        return on is not None and first <= on <= last

    def _agrees(self, one: Is, row: Mapping[str, Any]) -> bool:
        wanted = {"purpose": f"news:{one.value}", "withdrawn_at": None}
        return row["person_id"] is not None and any(
            self._town.of(consent, person_id=row["person_id"], **wanted)
        )


# What each predicate is tried with, without its period.
SUBJECTS: Mapping[str, tuple[str, ...]] = {
    audiences.EVERYONE: ("",),
    audiences.PERSON: ("1", "7", "99"),
    audiences.ROLE: ("ambassador",),
    audiences.GROUP: tuple(map(str, GROUPS)),
    audiences.AREA: (*AREAS, "atlantis"),
    audiences.LANGUAGE: LANGUAGES,
    audiences.SHIFT: tuple(map(str, SHIFTS)),
    audiences.VOLUNTEER: ("",),
    audiences.INTEREST: THEMES,
    audiences.SKILL: SKILLS,
    audiences.TIME: ("0-", "-evening", "3-evening"),
    audiences.FREE: tuple(map(str, SHIFTS)),
    audiences.COMES: tuple(map(str, OPPORTUNITIES)),
    audiences.HELPED: ("", *map(str, OPPORTUNITIES)),
    audiences.RESTED: ("",),
    audiences.PLEDGED: ("", "entry.1", "entry.2", "theme.nature", "campaign.1"),
    audiences.PLEDGES: ("", "entry.1", "entry.2", "theme.nature", "campaign.1"),
    audiences.CHECKED: ("", "entry.1", "theme.nature"),
    audiences.ANSWERED: tuple(map(str, BROADCASTS)),
    audiences.GOT: tuple(map(str, BROADCASTS)),
    audiences.SEEN: ("",),
    audiences.AGREES: THEMES,
}
PERIODS = (
    *("", "month", "last_month", "year", "days.1", "days.30", "2026-11-01", "/2026-11-30"),
    *("2026-11-30/2026-12-01", "2026-10-01/2026-10-31", "2025-01-01/"),
)
