"""Make a pledge, plan how to begin, and change it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from bot.engine.events import Done, Refused
from bot.i18n import Day, Text, _
from bot.model.campaign import Campaign
from bot.model.commands.pledges import (
    ChangePledge,
    MakePledge,
    MakePledgeFor,
    SavePlan,
    day_of,
)
from bot.model.opportunity import said
from bot.model.pledge import (
    LONGEST_PART,
    LONGEST_WORDS,
    MOST_AMOUNT,
    PER_UNIT,
    Approval,
    Entry,
    MeasureKind,
    Plan,
    Pledge,
    PledgeSource,
    PledgeState,
    Rhythm,
    Visibility,
    plan_to_json,
)
from bot.model.pledge_catalogue import CatalogueEntry, EntryState
from bot.model.profile import Wish
from bot.service.pledges import pledge_messages
from bot.service.pledges.check_in_days import (
    latest_end,
    least_end,
    season_begin,
    season_end,
    usual_end,
)
from bot.service.pledges.consent import entry_fault, own_fault
from bot.service.pledges.ending import NOT_YOURS, OVER, hold_person, own
from bot.service.texts import text_fault
from bot.store.events import CITIZEN, by_staff
from bot.store.unit import Unit

Row = TypeVar("Row", Pledge, Campaign, CatalogueEntry)

NO_SUCH = Refused(_("That pledge cannot be chosen any more. Choose another one."), "catalogue_id")
OFF_SEASON = _(
    "This pledge is kept from {first} to {last}. If it ended before, there would be no day on "
    "which you keep it."
)
PARTS = ("when", "where", "first")  # of a plan
MOST_LIVE = 20  # pledges of one person
GOAL_TASK = "pledge_goal"  # a goal that the town has no suggestions for; subject: the pledge


async def make_pledge(command: MakePledge, unit: Unit) -> Done | Refused:
    """Make a pledge of a citizen; the value has its id, its state and the next check-in."""
    person = await unit.people.get(command.person_id)
    participant = await unit.participants.of_person(person.id, person.address)
    await hold_person(unit, participant.id)
    wrong = await own_fault(unit, person.id, participant.id)
    if wrong is not None:
        return wrong
    return await _make(command, unit, participant.id, person.language, CITIZEN)


async def make_pledge_for(command: MakePledgeFor, unit: Unit) -> Done | Refused:
    """Make a pledge of a participant who phoned or came (HR-27)."""
    await hold_person(unit, command.participant_id)
    wrong = await entry_fault(unit, command.participant_id, agreed=command.agreed)
    wrong = wrong or _own_words_fault(command)
    if wrong is not None:
        return wrong
    by = by_staff(command.staff_id)
    return await _make(command, unit, command.participant_id, "da", by)


def _own_words_fault(command: MakePledgeFor) -> Refused | None:
    """Return what staff must choose about own words: no entry of the catalogue says it."""
    if command.catalogue_id is not None:
        return None
    if not command.rhythm:
        return Refused(_("Choose how often."), "rhythm")
    if command.amount and command.measure is None:
        return Refused(_("Choose what the amount is measured in."), "measure")
    return None


async def _make(
    command: MakePledge | MakePledgeFor, unit: Unit, participant_id: int, language: str, by: str
) -> Done | Refused:
    """Check and store a pledge, count its level, and plan its check-ins."""
    entry = None
    if command.catalogue_id is not None:
        entry = await unit.catalogue.get(command.catalogue_id)
        if entry is None or entry.state is not EntryState.PUBLISHED:
            return NO_SUCH
    if command.group_id is not None and not await _speaks_for(unit, participant_id, command):
        return Refused(_("Only the lead of a group can make a pledge for it."), "group")
    new = await _new_pledge(command, unit, entry, participant_id, language)
    if isinstance(new, Refused):
        return new
    live = await unit.pledges.of_participant(participant_id)
    same = next((one for one in live if is_resent(one, new)), None)
    if same is not None and isinstance(command, MakePledgeFor):
        return Done({"pledge_id": same.id, "state": same.state.value})
    if len(live) >= MOST_LIVE and new.state is PledgeState.ACTIVE:
        return Refused(_("You have {count} pledges already. End one first.").with_(count=len(live)))
    made = replace(new, id=await unit.pledges.add(new))
    await unit.events.add(by, "pledged", pledge=made.id, catalogue=made.catalogue_id)
    if made.goal is None and made.goal_words and isinstance(command, MakePledge):
        await unit.tasks.add("pledge_goal", str(made.id), command.person_id)
    if isinstance(command, MakePledge) and command.link_id is not None:
        await unit.links.count_done(command.link_id)
    return Done(await begin(unit, made))


def is_resent(known: Row, new: Row) -> bool:
    """Return whether a stored row has the fields of a new one: its form was sent twice.

    The moments at which they were stored differ.
    """
    moments = {name: value for name, value in _MOMENTS.items() if hasattr(known, name)}
    return replace(known, **moments) == replace(new, **moments)


_MOMENTS: Mapping[str, Any] = {
    "id": 0,
    "created_at": None,
    "changed_at": None,
    "activated_at": None,
}


async def begin(unit: Unit, made: Pledge) -> dict[str, object]:
    """Count the level of a pledge that lives from now on, and plan its check-ins."""
    if made.state is PledgeState.ACTIVE:
        if made.kind is MeasureKind.LEVEL:
            await unit.ledger.add(made.id, Entry.MADE, made.amount, made.starts_on)
        await pledge_messages.follow(unit, made)
    return {"pledge_id": made.id, "state": made.state.value}


async def _speaks_for(unit: Unit, participant_id: int, command: MakePledge | MakePledgeFor) -> bool:
    """Return whether a citizen leads the group; staff enter what a group says by phone."""
    if isinstance(command, MakePledgeFor):
        return await unit.groups.get(command.group_id or 0) is not None
    return command.group_id in {one.id for one in await unit.groups.led_by(participant_id)}


async def _new_pledge(
    command: MakePledge | MakePledgeFor,
    unit: Unit,
    entry: CatalogueEntry | None,
    participant_id: int,
    language: str,
) -> Pledge | Refused:
    """Return the pledge of a command, or what is wrong with it."""
    today = unit.calendar.local(unit.now).date()
    words = _words(command.words or (said(entry.texts, language) if entry is not None else ""))
    if isinstance(words, Refused):
        return words
    theme = entry.theme if entry is not None else command.theme
    if theme not in {one.key for one in unit.town.pledge_themes}:
        return Refused(_("Choose one of the themes."), "theme")
    measure = command.measure or (entry.measure if entry is not None else None)
    amount = command.amount if command.amount is not None else entry.amount if entry else 0
    wrong = amount_fault(unit, measure, amount)
    if wrong is not None:
        return Refused(wrong, "amount")
    rhythm = Rhythm(command.rhythm or (entry.rhythm if entry is not None else Rhythm.ONCE))
    already = isinstance(command, MakePledge) and command.already
    ends_on = day_of(command.ends_on) if command.ends_on else usual_end(entry, rhythm, today)
    late = None if already else end_fault(rhythm, today, ends_on, season_of(entry, rhythm))
    if late is not None:
        return Refused(late, "ends_on")
    profile = await unit.profiles.get(participant_id)
    participant = await unit.participants.get(participant_id)
    person_id = participant.person_id if participant is not None else None
    person = await unit.people.get(person_id) if person_id is not None else None
    group = await unit.groups.get(command.group_id) if command.group_id is not None else None
    own = command if isinstance(command, MakePledge) else None
    goal_words = ((own.goal_words if own is not None else None) or "").strip()[:LONGEST_WORDS]
    wrong = text_fault(goal_words, LONGEST_WORDS)
    if wrong is not None:
        return Refused(wrong, "goal_words")
    goals = {one.key for one in unit.town.goals}
    return Pledge(
        id=0,
        participant_id=participant_id,
        state=PledgeState.ALREADY if already else PledgeState.ACTIVE,
        words=words,
        theme=theme,
        kind=entry.kind if entry is not None else _kind(measure, rhythm),
        rhythm=rhythm,
        starts_on=today,
        ends_on=ends_on,
        measure=measure,
        amount=amount if measure is not None else 0,
        season=season_of(entry, rhythm),
        catalogue_id=entry.id if entry is not None else None,
        group_id=command.group_id,
        area=(group.area if group else None) or (person.area if person else None) or profile.area,
        visibility=Visibility(command.visibility),
        approval=_approval(words, entry),
        wish=Wish(own.wish) if own is not None and own.wish else None,
        goal=own.goal if own is not None and own.goal in goals else None,
        goal_words=goal_words or None,
        source=PledgeSource.CHAT if own is not None else PledgeSource.PHONE,
        link_id=own.link_id if own is not None else None,
        activated_at=None if already else unit.now,
        ended_at=None,
    )


def _approval(words: str, entry: CatalogueEntry | None) -> Approval:
    """Return whether staff are to read words: not where they are a text of the catalogue."""
    texts = {one.strip() for one in entry.texts.values()} if entry is not None else set()
    return Approval.NEEDLESS if words in texts else Approval.WAITS


def _kind(measure: str | None, rhythm: Rhythm) -> MeasureKind:
    """Return how own words add up: what is done again and again is counted at each check-in."""
    is_once = rhythm is Rhythm.ONCE or measure in LEVEL_MEASURES
    return MeasureKind.LEVEL if is_once else MeasureKind.COUNT


# Measures that are a level also in a pledge that is kept every month.
LEVEL_MEASURES = frozenset({"m2", "metres", "km", "lamps", "homes", "dishes"})


def _words(written: str) -> str | Refused:
    """Return the words of a pledge as they were written; refuse none, too many or a CPR number."""
    words = written.strip()
    if not any(letter.isalpha() for letter in words):
        return Refused(_("Write with words what you promise."), "words")
    if len(words) > LONGEST_WORDS:
        return Refused(
            _("Write it a little shorter, please: at most {most} characters.").with_(
                most=LONGEST_WORDS
            ),
            "words",
        )
    wrong = text_fault(words, LONGEST_WORDS)
    return words if wrong is None else Refused(wrong, "words")


def amount_fault(unit: Unit, measure: str | None, amount: int) -> Text | None:
    """Return why an amount is refused; None where it is accepted."""
    if measure is None:
        return None if 0 <= amount <= MOST_AMOUNT else _("Write a number above 0.")
    known = next((one for one in unit.town.measures if one.key == measure), None)
    if known is None:
        return _("Choose one of the units.")
    if not 0 < amount <= MOST_AMOUNT:
        return _("Write a number above 0.")
    if not known.divisible and amount % PER_UNIT:
        return _("Write a whole number, please.")
    return None


def season_of(entry: CatalogueEntry | None, rhythm: Rhythm) -> tuple[int, ...]:
    """Return the season of a pledge of an entry: none where it is kept in another rhythm."""
    return entry.season if entry is not None and rhythm is entry.rhythm else ()


def end_fault(
    rhythm: Rhythm, today: date, ends_on: date, season: tuple[int, ...] = ()
) -> Text | None:
    """Return why a last day is refused; None where it is accepted."""
    if season and ends_on < season_begin(season, today):
        return off_season(season, today)
    least = least_end(rhythm, today)
    if ends_on < least:
        text = _("Choose a day on or after {day}.")
        if rhythm is not Rhythm.ONCE:
            text = _("A pledge lasts at least four weeks. Choose a day on or after {day}.")
        return text.with_(day=least)
    if ends_on > latest_end(today):
        return _("A pledge lasts at most a year. You can make it again then.")
    return None


def off_season(season: tuple[int, ...], today: date) -> Text:
    """Say that a pledge would end before its season begins, and when the season is."""
    first = season_begin(season, today)
    return OFF_SEASON.with_(first=Day(first), last=Day(season_end(season, first)))


async def save_plan(command: SavePlan, unit: Unit) -> Done | Refused:
    """Store the plan and set its one reminder; the value says when it comes."""
    pledge = await own(unit, command.person_id, command.pledge_id)
    if pledge is None:
        return NOT_YOURS
    if not pledge.lives and pledge.state is not PledgeState.SIGNED:
        return OVER
    if command.at is not None and command.at <= unit.now:
        return Refused(_("That time has passed. Write one that is still to come."), "at")
    parts = {name: getattr(command, name).strip()[:LONGEST_PART] for name in PARTS}
    for name, part in parts.items():
        wrong = text_fault(part, LONGEST_PART)
        if wrong is not None:
            return Refused(wrong, name)
    plan = Plan(**parts, at=command.at)
    is_empty = not any(parts.values()) and plan.at is None
    changed = replace(pledge, plan=None if is_empty else plan_to_json(plan))
    await unit.pledges.change(pledge.id, plan=changed.plan)
    await pledge_messages.plan_first_step(unit, changed)
    return Done({"pledge_id": pledge.id, "at": plan.at and plan.at.isoformat()})


async def change_pledge(command: ChangePledge, unit: Unit) -> Done | Refused:
    """Change a pledge: its level follows a new amount, and its check-ins a new rhythm or end."""
    pledge = await own(unit, command.person_id, command.pledge_id)
    if pledge is None:
        return NOT_YOURS
    if not pledge.lives and pledge.state is not PledgeState.SIGNED:
        return OVER
    changed = _changed(command, unit, pledge)
    if isinstance(changed, Refused):
        return changed
    is_counted = changed.kind is MeasureKind.LEVEL and changed.lives
    if changed.amount != pledge.amount and is_counted:
        day = min(unit.calendar.local(unit.now).date(), changed.ends_on)
        await unit.ledger.add(pledge.id, Entry.RESIZED, changed.amount - pledge.amount, day)
    names = ("amount", "ends_on", "rhythm", "visibility", "wish", "words", "approval")
    await unit.pledges.change(
        pledge.id,
        **{name: getattr(changed, name) for name in names},
        approval_reason=changed.approval_reason,
        version=pledge.version + 1,
    )
    await unit.events.add(command.by, "pledge_changed", pledge=pledge.id)
    if (changed.ends_on, changed.rhythm) != (pledge.ends_on, pledge.rhythm):
        await _plan_anew(unit, changed)
    return Done(pledge.id)


async def _plan_anew(unit: Unit, changed: Pledge) -> None:
    """Plan the check-ins of a pledge by its new rhythm and last day.

    In a break nothing is asked, and of a signature only when its campaign is activated.
    """
    if changed.state is PledgeState.ACTIVE:
        await pledge_messages.ask_no_more(unit, changed)
        await pledge_messages.follow(unit, changed)
    elif changed.state is PledgeState.PAUSED:
        await pledge_messages.hold(unit, changed)


def _changed(command: ChangePledge, unit: Unit, pledge: Pledge) -> Pledge | Refused:
    """Return the pledge with its changes, or what is wrong with them."""
    changed, today = pledge, unit.calendar.local(unit.now).date()
    if command.amount is not None:
        wrong = amount_fault(unit, pledge.measure, command.amount)
        if wrong is not None:
            return Refused(wrong, "amount")
        changed = replace(changed, amount=command.amount if pledge.measure is not None else 0)
    if command.rhythm is not None:
        changed = replace(changed, rhythm=Rhythm(command.rhythm))
    if command.ends_on:
        ends_on = day_of(command.ends_on)
        is_late = ends_on > latest_end(max(pledge.starts_on, today))
        if ends_on <= today or is_late:
            text = _("Choose a day after today, and within a year.")
            return Refused(text, "ends_on")
        if pledge.season and ends_on < season_begin(pledge.season, pledge.starts_on):
            return Refused(off_season(pledge.season, pledge.starts_on), "ends_on")
        changed = replace(changed, ends_on=ends_on)
    if command.visibility is not None:
        changed = replace(changed, visibility=Visibility(command.visibility))
    if command.wish is not None:
        changed = replace(changed, wish=Wish(command.wish) if command.wish else None)
    return changed if command.words is None else _with_words(changed, command.words)


def _with_words(pledge: Pledge, written: str) -> Pledge | Refused:
    """Return a pledge with other own words, which wait for an approval again."""
    words = _words(written)
    if isinstance(words, Refused) or words == pledge.words:
        return words if isinstance(words, Refused) else pledge
    if not pledge.has_own_words:
        return Refused(_("Only own words can be changed. You can make a new pledge."), "words")
    return replace(pledge, words=words, approval=Approval.WAITS, approval_reason=None)
