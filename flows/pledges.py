"""The flow in which a citizen makes a pledge."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from bot.engine.ask_listed import WORDS, AskListed
from bot.engine.effects import Option
from bot.engine.flow import Flow
from bot.engine.questions import Ask, Choose, Confirm
from bot.engine.steps import Condition, Do, Known, Open, Rows, Say
from bot.engine.words import declines, is_unsure
from bot.i18n import _
from bot.model.commands.cases import AskPerson
from bot.model.commands.pledges import BeginPledging, FindPledge, MakePledge
from bot.model.pledge import RHYTHM_NAMES, VISIBILITY_NAMES
from bot.model.profile import WISH_NAMES
from flows import case_messages, pledge_explanations
from flows.pledge_questions import (
    AskAge,
    AskAmount,
    AskJoining,
    AskRhythm,
    AskUntil,
    own_promise,
    promise,
)
from flows.pledge_ways import (
    ALREADY,
    CAMPAIGNS,
    GROUP,
    OTHER,
    OTHERS,
    OWN_GOAL,
    OWN_WORDS,
    goal_of,
    id_in,
    key_of,
    theme_of,
)

NONE = "none"  # the option of a wish that wants nothing in particular
MOST_GOAL_WORDS = 30  # in which the name of a goal is looked for
HOW_MUCH, DO_YOU, UNTIL = _("How much?"), _("Do you promise it?"), _("Until when?")
WHO_SEES = _("Who may see your pledge? You can change it later.")
OUT_OF_IT = _("What do you want to get out of it?")
SEEN_BY = tuple(Option(one.value, name) for one, name in VISIBILITY_NAMES.items())
WISHES = (
    *(Option(wish.value, name) for wish, name in WISH_NAMES.items()),
    Option(NONE, _("Nothing in particular")),
)
Answers = Mapping[str, Any]


def no_wish(words: str) -> Collection[str]:
    """Return the option that wants nothing, where a person does not know, or skips."""
    return (NONE,) if is_unsure(words) or declines(words) else ()


@dataclass(frozen=True, slots=True)
class Given(Condition):
    """Whether several answers, the last of them to *question*, together meet *of*."""

    of: Callable[[Answers], bool] = bool

    def __call__(self, answers: Answers) -> bool:
        """Return whether they do."""
        return self.of(answers)


def _chosen_key(answers: Answers) -> str:
    """Return the key of the pledge or theme that was chosen by a button; empty for own words."""
    asked = (answers.get("for_goal"), answers.get("entry"), answers.get("wanted"))
    return next((key for one in asked if (key := key_of(one))), "")


def _is_left(name: str, *, also_already: bool = False) -> Callable[[Answers], bool]:
    """Return whether a question is left to ask; one who does it already is asked little."""

    def test(answers: Answers) -> bool:
        found = (answers.get("look") or {}).get("value") or {}
        return name in found.get("asks", ()) and (also_already or not _said(answers, ALREADY))

    return test


def _said(answers: Answers, key: str) -> bool:
    """Return whether the answer to “how much”, or to “do you promise it”, was another button."""
    return key in (answers.get("amount"), answers.get("joins"))


def _agrees_to_others(answers: Answers) -> bool:
    """Return whether a person looks for another pledge after an answer that is asked only once."""
    return _said(answers, OTHERS) and ("over_15" in answers or "consent" in answers)


def _wants_other(answers: Answers) -> bool:
    """Return whether the citizen wants something for themselves that is not on the list."""
    return OTHER in (key_of(answers.get("goal")), key_of(answers.get("for_goal")))


def _has_own_goal(answers: Answers) -> bool:
    """Return whether the town has no suggestions for what the citizen wants for themselves."""
    goal = answers.get("goal")
    return _wants_other(answers) or (goal is not None and goal_of(goal) is None)


def _has_own_words(answers: Answers) -> bool:
    """Return whether the citizen pressed “In your own words”."""
    return OWN_WORDS in (key_of(answers.get("wanted")), key_of(answers.get("entry")))


class GivePledge(Flow):
    """A citizen makes a pledge: finds it, and is asked only what is missing.

    *wanted* is known from the beginning where a link, a button or a sentence says it.
    """

    revision = 1
    title = _("Make a pledge")
    decides = _("You decide what you promise. You can change it, take a break, or stop any time.")
    seen_by = pledge_explanations.SEEN_BY

    link_id = Known()
    catalogue_id = Known()
    words = Known()
    measure = Known()
    group_id = Known()
    already = Known()
    wanted = AskListed(
        _(
            "What do you want to promise? Choose a theme, or write it yourself. For example: “I "
            "let 20 m² of the lawn grow until August”."
        ),
        Rows("pledge_ways"),
        promise,
    ).explained(pledge_explanations.WHAT_IS_A_PLEDGE)
    together = Open("campaigns", when=Condition(wanted, lambda one: key_of(one) == CAMPAIGNS))
    entry = AskListed(
        _("Choose one, or write your own:"),
        Rows("pledge_entries"),
        promise,
        when=Condition(wanted, lambda one: theme_of(one) is not None),
    ).explained(pledge_explanations.ENTRIES)
    goal = AskListed(
        _("What would you like for yourself? Choose, or write it."),
        Rows("pledge_goals"),
        own_promise,
        most=MOST_GOAL_WORDS,
        when=Condition(wanted, lambda one: key_of(one) == OWN_GOAL),
    ).explained(pledge_explanations.GOAL)
    for_goal = AskListed(
        _("These pledges go well with it:"),
        Rows("pledge_for_goal"),
        promise,
        when=Condition(goal, lambda one: goal_of(one) is not None),
    ).explained(pledge_explanations.ENTRIES)
    goal_words = Ask(
        _("What would you like for yourself? Write it. Staff can read it."),
        own_promise,
        when=Given(for_goal, bool, of=_wants_other),
    ).explained(pledge_explanations.GOAL)
    own = Ask(
        _(
            "Write what you promise, in your own words. Write how much and how long, too, if you "
            "can. For example: “I cycle two days a week for three months”."
        ),
        own_promise,
        when=Given(entry, bool, of=_has_own_words),
    ).explained(pledge_explanations.IN_OWN_WORDS)
    own_for_goal = Ask(
        _("We have no pledge for that yet. What will you do for it yourself? Write it here."),
        own_promise,
        skip=_("I do not know yet"),
        when=Given(for_goal, bool, of=_has_own_goal),
    ).explained(pledge_explanations.IN_OWN_WORDS)
    to_person = Confirm(
        _(
            "That is all right. Do you want to send what you wrote to a person, who helps you find "
            "something?"
        ),
        no="unsure",
        when=own_for_goal.is_(None),
    ).explained(pledge_explanations.TO_A_PERSON)
    ask_person = Do(AskPerson, when=to_person.is_(True))
    asked = Say(case_messages.RECEIPT, end=True, when=to_person.is_(True))
    look = Do(FindPledge, only_reads=True)
    over_15 = AskAge(
        _("Are you 15 years old or more? We ask only once, and keep only yes or no."),
        no="young",
        when=Given(look, bool, of=_is_left("over_15", also_already=True)),
    ).explained(pledge_explanations.AGE)
    consent = Confirm(
        _(
            "May we keep your pledge, and ask you how it goes? We count what the town does "
            "together. Write “my overview” to see it, change it or end it."
        ),
        no="no_consent",
        when=Given(look, bool, of=_is_left("consent", also_already=True)),
    ).explained(pledge_explanations.CONSENT)
    theme = Choose(
        _("What is it about?"),
        Rows("pledge_themes"),
        when=Given(look, bool, of=_is_left("theme")),
    ).explained(pledge_explanations.THEME)
    whom = Choose(
        _("Who promises it?"), Rows("pledge_whom"), when=Given(look, bool, of=_is_left("whom"))
    ).explained(pledge_explanations.WHOM)
    amount = AskAmount(
        HOW_MUCH,
        Rows("pledge_amounts"),
        when=Given(look, bool, of=_is_left("amount", also_already=True)),
    ).explained(pledge_explanations.AMOUNT)
    joins = AskJoining(
        DO_YOU,
        Rows("pledge_amounts"),
        when=Given(look, bool, of=_is_left("joins", also_already=True)),
    ).explained(pledge_explanations.JOINS)
    agreed = Do(BeginPledging, when=Given(joins, bool, of=_agrees_to_others))
    others = Open("pledge", when=Given(joins, bool, of=lambda given: _said(given, OTHERS)))
    rhythm = AskRhythm(
        _("How often?"),
        tuple(Option(one.value, name) for one, name in RHYTHM_NAMES.items()),
        when=Given(look, bool, of=_is_left("rhythm")),
    ).explained(pledge_explanations.RHYTHM)
    ends_on = AskUntil(
        UNTIL, Rows("pledge_ends"), when=Given(look, bool, of=_is_left("ends_on"))
    ).explained(pledge_explanations.ENDS_ON)
    visibility = Choose(
        WHO_SEES, SEEN_BY, when=Given(look, bool, of=_is_left("visibility"))
    ).explained(pledge_explanations.VISIBILITY)
    wish = Choose(
        OUT_OF_IT, WISHES, reads=no_wish, when=Given(look, bool, of=_is_left("wish"))
    ).explained(pledge_explanations.WISH)
    begin = Do(
        BeginPledging,
        when=Given(look, bool, of=lambda answers: "over_15" in answers or "consent" in answers),
    )
    make = Do(MakePledge)
    made = Open("pledgemade.{pledge_id}")
    young = Do(BeginPledging)
    too_young = Open("notpledged.young.{key}")
    no_consent = Open("notpledged.consent")
    unsure = Open("notpledged.unsure")

    @classmethod
    def known(cls, wanted: Mapping[str, str] | None = None, link_id: int | None = None) -> Answers:
        """Return the answers with which the flow begins."""
        names = ("catalogue_id", "words", "measure", "group_id", "already")
        given = {} if wanted is None else {"wanted": dict(wanted)}
        return {"link_id": link_id, **dict.fromkeys(names), **given}

    @classmethod
    def facts(cls, answers: Answers) -> dict[str, Any]:
        """Add what the command takes: numbers, and words from where they were written."""
        facts = super().facts(answers)
        asked = cls.road(answers).answers
        goal = asked.get("goal") or {}
        facts["own"] = asked.get("own") or asked.get("own_for_goal")
        if "own_for_goal" in asked and asked["own_for_goal"] is None:
            facts["words"] = asked.get("goal_words") or goal.get(WORDS)
        facts["key"] = _chosen_key(asked)
        facts["already"] = _said(asked, ALREADY)
        if not isinstance(facts.get("amount"), int):
            facts["amount"] = None
        facts["group_id"] = id_in(facts.get("whom"), GROUP)
        facts["wish"] = None if facts.get("wish") == NONE else facts.get("wish")
        facts["visibility"] = facts.get("visibility") or "private"
        return facts


class OfferPledge(Flow):
    """A citizen has said in the open chat what they do; they are asked whether it is a pledge.

    After a no, the words are answered as any others are.
    """

    revision = 1
    title = _("Make a pledge")

    seen_by = pledge_explanations.SEEN_BY
    said = Known()
    is_pledge = Confirm(
        _("Is that something you want to promise? Then I write it down as your pledge."), no="other"
    ).explained(pledge_explanations.WHAT_IS_A_PLEDGE)
    pledge = Open("pledge.{said}")
    other = Open("ask.{said}")

    @classmethod
    def is_optional(cls, answers: Mapping[str, Any]) -> bool:
        """Return True: the citizen has not asked for it."""
        del answers
        return True


class AskWhichPledge(Flow):
    """A question about a pledge was answered with a whole sentence, which may be another pledge.

    *conversation_id* is the conversation that asked; *said* are the words.
    """

    revision = 1
    title = _("Make a pledge")
    seen_by = pledge_explanations.SEEN_BY

    conversation_id = Known()
    said = Known()
    which = Choose(
        _("Is that a new pledge, or the answer to my question?"),
        (Option("new", _("A new pledge")), Option("answer", _("The answer to your question"))),
    )
    new = Open("pledge.{said}", when=which.is_("new"))
    answer = Open("answerstep.{conversation_id}.{said}")
