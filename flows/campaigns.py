"""Flows about shared pledges: a citizen signs one, and a citizen proposes one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.engine.ask_listed import WORDS, AskListed
from bot.engine.conversation import Conversation
from bot.engine.effects import Option, World
from bot.engine.events import Chose, Refused, Typed
from bot.engine.flow import Flow
from bot.engine.questions import Ask, Choose, Confirm
from bot.engine.steps import Condition, Do, Known, Open, Question, Reading, Rows
from bot.i18n import Text, _
from bot.model.campaign import HIGH_TARGET, LEAST_TARGET, LONGEST_TEXT, LONGEST_TITLE, MOST_TARGET
from bot.model.commands.pledges import (
    BeginPledging,
    ProposeCampaign,
    ReviseProposal,
    SignCampaign,
)
from bot.model.pledge import PER_UNIT
from flows.pledge_numbers import number_of
from flows.pledge_questions import AskAge, AskAmount, AskUntil, is_command
from flows.pledge_ways import id_in, key_of
from flows.pledges import HOW_MUCH, UNTIL, GivePledge

Answers = Mapping[str, Any]
EASY_OPTIONS = tuple(Option(one, one) for one in ("5", "10", "20"))  # suggested targets
TOO_LONG = _("Write it a little shorter, please: at most {most} characters.")
NO_SENTENCE = Refused(_("Write it as a sentence, like “I turn off my outdoor lights at 10 pm”."))
FEWEST_WORDS = 3
PEOPLE = (
    *("person", "personer", "mennesker", "naboer", "underskrift", "underskrifter", "people"),
    *("persons", "neighbours", "signature", "signatures"),
)
# The numbers are those of PledgeBank, a British site: 18.8 % of its pledges.
HIGH = _(
    "{target} is many. A lower number is reached more often, and more people can still join. On "
    "PledgeBank 295 of 1,567 shared pledges reached theirs.\n\nDo you want to choose a lower "
    "number?"
)
HIGH_HERE = _(
    "{target} is many. A lower number is reached more often, and more people can still join. Here "
    "{here} of {ended} reached their target. On PledgeBank 295 of 1,567 did.\n\nDo you want to "
    "choose a lower number?"
)


# The proposal as staff will read it. A yes sends it.
LASTS = _("If enough sign, it lasts four weeks from that day. Then I ask everybody about it.")
SEND_OWN = _(
    "<b>{name}</b>\n{words}\nTarget: {target}. Last day: {last}.\n\n{lasts}\n\nDo you want to send "
    "it like this?"
)
SEND_IDEA = _("Target: {target}. Last day: {last}.\n\n{lasts}\n\nDo you want to send it like this?")


def promise_of_all(words: str) -> str | Refused:
    """Return what each promises, as it was written; refuse less than a sentence."""
    said = words.strip()
    if len(said.split()) < FEWEST_WORDS or "?" in said or is_command(said):
        return NO_SENTENCE
    return Refused(TOO_LONG.with_(most=LONGEST_TEXT)) if len(said) > LONGEST_TEXT else said


def title_of(words: str) -> str | Refused:
    """Return a short name; refuse more than 60 characters."""
    said = " ".join(words.split())
    if not any(letter.isalpha() for letter in said) or is_command(said):
        return Refused(_("Write it with words, please."))
    return Refused(TOO_LONG.with_(most=LONGEST_TITLE)) if len(said) > LONGEST_TITLE else said


def target_of(words: str) -> int | Refused:
    """Return the number of people; refuse others than 2 to 10,000."""
    amount = number_of(words, PEOPLE)
    number = None if amount is None or amount % PER_UNIT else amount // PER_UNIT
    if number is None or not LEAST_TARGET <= number <= MOST_TARGET:
        return Refused(_("Write a number from 2 to 10,000."))
    return number


class AskNumber(Ask):
    """Asks for a number: it is never the number of a button."""

    def read(self, event: Typed | Chose, conversation: Conversation, world: World) -> Reading:
        """Read a tap, a label or a number."""
        return Question.read(self, event, conversation, world)


class WarnOfHigh(Confirm):
    """Warns of a high target, with how many have reached theirs here and on PledgeBank."""

    def asked_text(self, conversation: Conversation, world: World) -> Text:
        """Return the warning; without the numbers of the town where none has ended yet."""
        del world
        has_ended = conversation.answers.get("ended")
        return HIGH_HERE.with_(here=conversation.answers.get("reached")) if has_ended else HIGH


class JoinShared(Flow):
    """A citizen signs a campaign; only what is missing is asked.

    *place* is the area from which signatures count, empty for the whole town.
    """

    revision = 1
    title = _("Join a shared pledge")
    seen_by = GivePledge.seen_by
    decides = _("You decide whether you join. It counts only if enough people sign.")

    campaign_id = Known()
    asks = Known()
    link_id = Known()
    place = Known()
    over_15 = AskAge(
        GivePledge.over_15.text,
        no="young",
        when=asks.includes("over_15"),
    ).explained(GivePledge.over_15.explains)
    consent = Confirm(
        GivePledge.consent.text,
        no="no_consent",
        when=asks.includes("consent"),
    ).explained(GivePledge.consent.explains)
    begin = Do(BeginPledging, when=asks.any())
    amount = AskAmount(HOW_MUCH, Rows("shared_amounts"), when=asks.includes("amount")).explained(
        GivePledge.amount.explains
    )
    area = Choose(
        _("Where do you live? Only signatures from {place} count towards the target."),
        Rows("areas"),
        skip=_("Rather not say"),
        when=asks.includes("area"),
    )
    sign = Do(SignCampaign, refused="gone", given={"visibility": "private"})
    joined = Open("joinedshared.{pledge_id}.{how}")
    gone = Open("campaign.{campaign_id}")
    young = Do(BeginPledging)
    too_young = Open("notshared.young.{campaign_id}")
    no_consent = Open("notshared.consent.{campaign_id}")


class StartShared(Flow):
    """A citizen proposes a shared pledge; staff read it before others see it.

    *ended* is how many campaigns have ended in the town, *reached* how many reached their target.
    """

    revision = 1
    title = _("Start a shared pledge")
    decides = _("The municipality reads it before others see it. Then everybody can sign it.")

    asks = JoinShared.asks
    reached = Known()
    ended = Known()
    catalogue_id = Known()
    words = Known()
    over_15 = JoinShared.over_15
    consent = JoinShared.consent
    begin = Do(BeginPledging, when=asks.any())
    theme = Choose(_("What is it about?"), Rows("pledge_themes"))
    promise = AskListed(
        _(
            "What will each of you do, if enough others do it too? Choose one, or write your own. "
            "For example: “I turn off my outdoor lights at 10 pm”."
        ),
        Rows("shared_ideas"),
        promise_of_all,
    )
    name = Ask(
        _("Give it a short name, like “Dark at the harbour”."),
        title_of,
        when=Condition(promise, lambda one: not key_of(one)),
    )
    target = AskNumber(
        _(
            "How many must you be in all before it counts? Choose a low number. Ten neighbours "
            "are easier to find than a hundred."
        ),
        target_of,
        options=EASY_OPTIONS,
    )
    is_high = WarnOfHigh(HIGH, when=Condition(target, lambda one: one >= HIGH_TARGET))
    lower = AskNumber(
        _("How many must you be in all?"),
        target_of,
        options=EASY_OPTIONS,
        when=is_high.is_(True),
    )
    deadline = AskUntil(UNTIL, Rows("shared_ends"))
    sure = Confirm(
        SEND_OWN.with_(lasts=LASTS),
        no="unsent",
        when=Condition(promise, lambda one: not key_of(one)),
    )
    sure_of_idea = Confirm(
        SEND_IDEA.with_(lasts=LASTS),
        no="unsent",
        when=Condition(promise, lambda one: bool(key_of(one))),
    )
    propose = Do(ProposeCampaign)
    proposed = Open("proposedshared.{propose}")
    unsent = Open("notshared.unsent")
    young = Do(BeginPledging)
    too_young = Open("notshared.young")
    no_consent = Open("notshared.consent")

    @classmethod
    def facts(cls, answers: Answers) -> dict[str, Any]:
        """Add the fields of the command: the target, and an idea of the catalogue or own words."""
        facts = super().facts(answers)
        facts["target"] = facts.get("lower") or facts.get("target")
        chosen = facts.get("promise") or {}
        entry_id = id_in(key_of(chosen))
        words = chosen.get(WORDS) if entry_id is None else None
        named = {"name": facts.get("name") or "", "words": words or ""}
        last = date.fromisoformat(facts["deadline"]) if facts.get("deadline") else None
        return {**facts, **named, "catalogue_id": entry_id, "last": last}


class ChangeShared(Flow):
    """A citizen changes a proposal that staff returned; only what they choose is asked.

    *now* values are those of the proposal. *passed* says that its last day is over.
    """

    revision = 1
    title = _("Change your shared pledge")
    decides = StartShared.decides

    campaign_id = Known()
    now_name = Known()
    now_words = Known()
    now_target = Known()
    now_deadline = Known()
    why = Known()
    passed = Known()
    reached = StartShared.reached
    ended = StartShared.ended
    parts = Choose(
        _(
            "This is your proposal:\n\n<b>{now_name}</b>\n{now_words}\nTarget: {now_target}. "
            "Last day: {now_last}.\n\nThe municipality wrote:\n{why}\n\nWhat do you want to "
            "change? Choose one or more, and then “Done”."
        ),
        Rows("shared_parts"),
        several=True,
    )
    words = Ask(
        _("What will each of you do? Write the whole sentence."),
        promise_of_all,
        when=parts.includes("words"),
    )
    name = Ask(StartShared.name.text, title_of, when=parts.includes("name"))
    target = AskNumber(
        StartShared.lower.text,
        target_of,
        options=EASY_OPTIONS,
        when=parts.includes("target"),
    )
    is_high = WarnOfHigh(HIGH, when=Condition(target, lambda one: one >= HIGH_TARGET))
    lower = AskNumber(target.text, target_of, options=EASY_OPTIONS, when=is_high.is_(True))
    deadline = AskUntil(UNTIL, Rows("shared_ends"), when=parts.includes("deadline"))
    later = AskUntil(UNTIL, Rows("shared_ends"), when=passed.is_(True))
    sure = Confirm(
        _(
            "<b>{new_name}</b>\n{new_words}\nTarget: {new_target}. Last day: {new_last}.\n\nDo "
            "you want to send it like this?"
        ),
        no="kept",
    )
    revise = Do(ReviseProposal)
    proposed = Open("proposedshared.{revise}")
    kept = Open("notrevised.{campaign_id}")

    @classmethod
    def facts(cls, answers: Answers) -> dict[str, Any]:
        """Add the fields of the command, and the proposal as it was and as it will be."""
        facts = super().facts(answers)
        facts["target"] = facts.get("lower") or facts.get("target")
        facts["deadline"] = facts.get("deadline") or facts.get("later")
        for part in ("name", "words", "target"):
            facts[f"new_{part}"] = facts.get(part) or facts.get(f"now_{part}")
        for when in ("now", "new"):
            day = facts.get("now_deadline") if when == "now" else facts["deadline"]
            facts[f"{when}_last"] = date.fromisoformat(day or facts["now_deadline"])
        return {**facts, **{part: facts.get(part) or "" for part in ("name", "words")}}
