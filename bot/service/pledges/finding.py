"""Find the pledge that a citizen wants to make, and what is still to be asked about it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.engine.ask_listed import KEY, WORDS
from bot.engine.events import Done, Refused
from bot.model.commands.pledges import FindPledge
from bot.model.pledge import Rhythm
from bot.model.pledge_catalogue import CatalogueEntry, EntryState
from bot.model.profile import Profile
from bot.service.pledges.consent import asked_once
from bot.service.pledges.making import NO_SUCH, amount_fault, end_fault, season_of
from bot.store.unit import Unit
from flows.pledge_questions import MUCH_MORE
from flows.pledge_sentence import PledgeSentence, read_sentence
from flows.pledge_ways import OTHER, goal_of, id_in, key_of

MOST_TAPS = 8  # from the command to the card
OWN_WORDS_TAKE = 2


async def find_pledge(command: FindPledge, unit: Unit) -> Done | Refused:
    """Return the catalogue entry or own words, what they say, and the questions that are left."""
    person = await unit.people.get(command.person_id)
    today = unit.calendar.local(unit.now).date()
    entry = await _chosen(command, unit)
    if entry is None and _entry_id(command) is not None:
        return NO_SUCH
    sentence = PledgeSentence("")
    if entry is None:
        entries = await unit.catalogue.published()
        written = command.own or _written(command)
        sentence = read_sentence(written, person.language, today, entries, unit.town.measures)
        entry = next((one for one in entries if one.id == sentence.entry_id), None)
    said_end = sentence.ends_on
    sentence = _checked(sentence, unit, entry)
    participant = await unit.participants.of_person(person.id, person.address)
    profile = await unit.profiles.get(participant.id)
    asks = await _asks(command, unit, sentence, entry, profile)
    return Done(
        {
            "catalogue_id": entry.id if entry is not None else None,
            "words": sentence.words or None,
            "theme": entry.theme if entry is not None else None,
            "measure": entry.measure if entry is not None else sentence.measure,
            "amount": sentence.amount,
            "rhythm": sentence.rhythm and sentence.rhythm.value,
            "ends_on": sentence.ends_on and sentence.ends_on.isoformat(),
            "refused_end": said_end and sentence.ends_on is None and said_end.isoformat(),
            "other_rhythm": sentence.is_other_rhythm,
            "asks": asks,
            "wish": profile.wish and profile.wish.value,
            **_goal(command),
        }
    )


def _entry_id(command: FindPledge) -> int | None:
    """Return the id of the entry that was chosen by a button; None for own words."""
    for answer in (command.for_goal, command.entry, command.wanted):
        found = id_in((answer or {}).get(KEY))
        if found is not None:
            return found
    return None


async def _chosen(command: FindPledge, unit: Unit) -> CatalogueEntry | None:
    entry_id = _entry_id(command)
    found: CatalogueEntry | None = None
    if entry_id is not None:
        found = await unit.catalogue.get(entry_id)
    return found if found is not None and found.state is EntryState.PUBLISHED else None


def _written(command: FindPledge) -> str:
    """Return the words that were written instead of a choice."""
    for answer in (command.for_goal, command.entry, command.wanted):
        if answer and KEY not in answer:
            return answer.get(WORDS, "")
    return ""


def _checked(sentence: PledgeSentence, unit: Unit, entry: CatalogueEntry | None) -> PledgeSentence:
    """Return a sentence without the amount and the last day that a pledge cannot have."""
    measure = entry.measure if entry is not None else sentence.measure
    today = unit.calendar.local(unit.now).date()
    amount = sentence.amount
    is_much = amount is not None and entry is not None and amount > entry.amount * MUCH_MORE
    if amount is not None and (is_much or amount_fault(unit, measure, amount) is not None):
        sentence = replace(sentence, amount=None)
    rhythm = sentence.rhythm or (entry.rhythm if entry is not None else None)
    rhythm, ends_on = rhythm or Rhythm.ONCE, sentence.ends_on
    if ends_on is not None and end_fault(rhythm, today, ends_on, season_of(entry, rhythm)):
        sentence = replace(sentence, ends_on=None)
    return sentence


async def _asks(
    command: FindPledge,
    unit: Unit,
    sentence: PledgeSentence,
    entry: CatalogueEntry | None,
    profile: Profile,
) -> list[str]:
    """Return the questions that are left, by their names."""
    measure = entry.measure if entry is not None else sentence.measure
    has_amount = sentence.amount is not None or (entry is None and measure is None)
    left = {
        "theme": entry is None,
        "whom": bool(await unit.groups.led_by(profile.participant_id)),
        "amount": measure is not None and (sentence.is_already or not has_amount),
        "joins": measure is None and (sentence.is_already or not has_amount),
        "rhythm": sentence.rhythm is None and (entry is None or sentence.is_other_rhythm),
        "ends_on": sentence.ends_on is None,
        "visibility": True,
        "wish": profile.wish is None,
    }
    once = await asked_once(unit, command.person_id, profile.participant_id)
    asks = [*(name for name, is_left in left.items() if is_left), *once]
    return within_taps(asks, _taps(command))


def _taps(command: FindPledge) -> int:
    """Return how many buttons led to the pledge; own words take two more: begin, and write."""
    answers = (command.wanted, command.entry, command.goal, command.for_goal)
    taps = sum(KEY in answer and WORDS not in answer for answer in answers if answer)
    return taps + (OWN_WORDS_TAKE if command.own else 0)


def within_taps(asks: list[str], taps: int) -> list[str]:
    """Return the questions without those that would take more than eight taps in all.

    Those have a safe answer, and can be changed on the card: nothing in particular, and private.
    """
    kept = list(asks)
    for name in ("wish", "visibility"):
        if taps + len(kept) > MOST_TAPS and name in kept:
            kept.remove(name)
    return kept


def _goal(command: FindPledge) -> dict[str, Any]:
    """Return what the citizen wants for themselves: the town's goal, and their own words.

    One who wants something else has no goal of the town, and a task for staff follows.
    """
    key = goal_of(command.goal) if key_of(command.for_goal) != OTHER else None
    words = command.goal_words or (command.goal or {}).get(WORDS)
    return {"goal": key, "goal_words": words}
