"""Flows about volunteering: a sign-up, one answer of the profile, and what a search needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.engine.ask_days import AskDays
from bot.engine.effects import Option
from bot.engine.events import Refused
from bot.engine.flow import WAS_REFUSED, Flow
from bot.engine.questions import AXES, Ask, AskPlace, Choose, Confirm
from bot.engine.steps import Condition, Do, Known, Open, Rows, Say, base36
from bot.i18n import Weekday, _, pgettext
from bot.model.commands.volunteering import (
    AgreeToGate,
    BecomeVolunteer,
    SaveProfile,
    SignUp,
    TellNeeds,
)
from bot.model.opportunity import Gate, Need
from bot.model.profile import WISH_NAMES, Part
from flows import cards
from flows.asking import free_words, phone_number
from flows.search_words import times_in

LONGEST_NEED = 200
LONGEST_SKILL, MOST_SKILLS = 40, 10
NONE = "none"  # the option that erases an answer
SKIP = _("Skip")
NOT_NOW = pgettext("button", "Not now")
ASKS_ON, NOT_ASKED = "next", "later"  # whether the next optional question follows an answer
PARTS = {
    Part.MORNING: pgettext("times", "Mornings"),
    Part.AFTERNOON: pgettext("times", "Afternoons"),
    Part.EVENING: pgettext("times", "Evenings"),
}
# Each in its own language: those that most people here speak.
LANGUAGES = {
    "da": "Dansk",
    "en": "English",
    "de": "Deutsch",
    "tr": "Türkçe",
    "ar": "العربية",
    "uk": "Українська",
    "pl": "Polski",
    "ro": "Română",
}


def short_words(words: str) -> str | Refused:
    """Return words of at most 200 characters; refuse others."""
    said = free_words(words)
    if isinstance(said, str) and len(said) > LONGEST_NEED:
        return Refused(_("Write it in a few words, please."))
    return said


def skills_of(words: str) -> list[str] | Refused:
    """Return the skills in a list with commas; refuse long ones."""
    if words == NONE:
        return []
    said = free_words(words)
    if isinstance(said, Refused):
        return said
    found = [" ".join(one.split()) for one in said.replace("\n", ",").split(",") if one.strip()]
    if len(found) > MOST_SKILLS or any(len(one) > LONGEST_SKILL for one in found):
        return Refused(_("Write them as a short list with commas, like “sewing, football”."))
    return found


def phone_or_none(words: str) -> str | Refused:
    """Return a phone number; empty for no number."""
    return "" if words == NONE else phone_number(words)


def with_needs(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return facts with the answers about practical needs as one value."""
    needs = {one.value: facts[one] for one in Need if facts.get(one)}
    return {**facts, "needs": needs or None}


class VolunteerSignUp(Flow):
    """A citizen signs up for a shift, or for an opportunity by agreement.

    *asks* are the questions that this person must answer for this opportunity.
    """

    revision = 1
    title = _("Sign up")
    decides = _("You decide whether you come. The municipality decides which checks are needed.")

    opportunity_id = Known()
    shift_id = Known()
    asks = Known()
    needs = Known()
    link_id = Known()
    over_15 = Confirm(
        _("Are you 15 years old or more? We ask only once, and keep only yes or no."),
        no="young",
        when=asks.includes("over_15"),
    )
    consent = Confirm(
        _(
            "May we keep what you answer here about volunteering? It is what you sign up for, and "
            "what you choose to tell about yourself. We use it to find tasks for you and to agree "
            "on them. Write “my overview” to see it, change it, or end it with one button."
        ),
        no="no_consent",
        when=asks.includes("consent"),
    )
    phone = Ask(
        _("Which number may we ring, so that you can agree on a time? You may leave it out."),
        phone_number,
        skip=_("Rather not say"),
        when=asks.includes("phone"),
    )
    become = Do(BecomeVolunteer)
    children = Confirm(
        _(
            "You meet children, so you need a children's certificate. The municipality orders it, "
            "and it is free. You say yes to it in Digital Post. It usually takes ten days. Never "
            "send a certificate or a CPR number here. Is that all right?"
        ),
        no="not_agreed",
        when=asks.includes("children"),
    )
    association = Confirm(
        _(
            "You meet children, so you need a children's certificate. The association orders it, "
            "and it is free. You say yes to it in Digital Post. It usually takes ten days. Never "
            "send a certificate or a CPR number here. Is that all right?"
        ),
        no="not_agreed",
        when=asks.includes("children_association"),
    )
    record = Confirm(
        _(
            "You visit people at home, so we ask for a criminal record certificate. You order it "
            "yourself at politi.dk, and it is free. Your contact tells you where to show it. Never "
            "send a certificate or a CPR number here. Is that all right?"
        ),
        no="not_agreed",
        when=asks.includes("criminal_record"),
    )
    course = Confirm(
        _(
            "You learn what you need at a short course first. Your contact finds a date with you. "
            "Is that all right?"
        ),
        no="not_agreed",
        when=asks.includes("course"),
    )
    confidentiality = Confirm(
        _(
            "You may get to know private things about others. You must not pass them on, also not "
            "after you have stopped. That is your duty of confidentiality.\n\n"
            "If you think that a child is not well, you have a duty to say so. Press “I worry "
            "about a child” here, or write those words later.\n\n"
            "Do you promise that?"
        ),
        no="not_agreed",
        also=(cards.TO_WORRY,),
        when=asks.includes("confidentiality"),
    )
    agree = Do(
        AgreeToGate,
        when=confidentiality.is_(True),
        given={"gate": Gate.CONFIDENTIALITY.value},
    )
    diet = Ask(
        _(
            "Is there something you do not eat? We erase it after the day. Do not write about "
            "illness."
        ),
        short_words,
        skip=_("I eat everything"),
        when=asks.includes(Need.DIET),
    )
    size = Ask(
        _("Which size of clothes do you use? We erase it after the day."),
        short_words,
        skip=SKIP,
        when=asks.includes(Need.SIZE),
    )
    transport = Ask(
        _("How do you get there, and do you need a lift? We erase it after the day."),
        short_words,
        skip=_("I get there myself"),
        when=asks.includes(Need.TRANSPORT),
    )
    sign_up = Do(SignUp, refused="knows_overlap", given={"knows_overlap": False})
    knows_overlap = Confirm(
        _("Do you want both?"),
        no="not_both",
        when=Condition(
            sign_up,
            lambda outcome: outcome["outcome"] == WAS_REFUSED and outcome.get("field") == "overlap",
        ),
    )
    sign_up_for_both = Do(SignUp, refused="outcome", when=knows_overlap.is_(True))
    outcome = Open("signed.{opportunity_id}.{shift_id}")
    young = Do(BecomeVolunteer)
    too_young = Open("notsigned.young")
    no_consent = Open("notsigned.consent")
    not_agreed = Open("notsigned.gate")
    not_both = Open("notsigned.overlap")

    @classmethod
    def facts(cls, answers: Mapping[str, Any]) -> dict[str, Any]:
        """Add the practical needs, which the command takes together."""
        return with_needs(super().facts(answers))


class BeforeYes(Flow):
    """A person who wants a place by another way than a sign-up is asked the same first.

    *then* is the command that gives the place. *otherwise* begins the one that follows a no.
    """

    revision = 1
    title = _("Sign up")
    decides = VolunteerSignUp.decides

    then = Known()
    otherwise = Known()
    asks = VolunteerSignUp.asks
    over_15 = VolunteerSignUp.over_15
    consent = VolunteerSignUp.consent
    phone = VolunteerSignUp.phone
    become = VolunteerSignUp.become
    children = VolunteerSignUp.children
    association = VolunteerSignUp.association
    record = VolunteerSignUp.record
    course = VolunteerSignUp.course
    confidentiality = VolunteerSignUp.confidentiality
    agree = VolunteerSignUp.agree
    agreed = Open("{then}")
    young = VolunteerSignUp.young
    too_young = Open("{otherwise}.young")
    no_consent = Open("{otherwise}.consent")
    not_agreed = Open("{otherwise}.gate")


class AfterYes(Flow):
    """A person who said yes to an invitation tells what the day needs to know.

    The place is theirs already, so that no other person takes it meanwhile.
    """

    revision = 1
    title = _("Practical needs")

    signup_id = Known()
    asks = VolunteerSignUp.asks
    needs = VolunteerSignUp.needs
    diet = VolunteerSignUp.diet
    size = VolunteerSignUp.size
    transport = VolunteerSignUp.transport
    tell = Do(TellNeeds, refused="over")
    done = Say(_("Thank you. It is noted."), end=True)
    over = Open("notsigned.over")

    @classmethod
    def facts(cls, answers: Mapping[str, Any]) -> dict[str, Any]:
        """Add the practical needs, which the command takes together."""
        return with_needs(super().facts(answers))


class TellAbout(Flow):
    """A volunteer answers one question of their profile, or changes the answer.

    *about* is the name of the answer, and *then* is what the bot shows afterwards. “Not now”
    leaves the answer as it is, and after a sign-up all further questions too.
    """

    revision = 1
    title = _("About you as a volunteer")

    about = Known()
    then = Known()
    times = Known()
    interests = Choose(
        _("What would you like to be part of? Choose as many as you like."),
        Rows("themes"),
        several=True,
        skip=NOT_NOW,
        when=about.is_("interests"),
    )
    chosen_times = Choose(
        _("When do you usually have time? Choose days and times of the day."),
        (
            *(
                Option(str(day), pgettext("option", "{weekday}").with_(weekday=Weekday(day)))
                for day in range(7)
            ),
            *(Option(part.value, name) for part, name in PARTS.items()),
        ),
        several=True,
        reads=times_in,
        skip=NOT_NOW,
        when=about.is_("times"),
    )
    area = Choose(
        _("Where would you like to help?"),
        Rows("areas_to_help"),
        skip=NOT_NOW,
        when=about.is_("area"),
    )
    languages = Choose(
        _("Which languages do you speak? Choose as many as you like."),
        tuple(Option(key, name) for key, name in LANGUAGES.items()),
        several=True,
        skip=NOT_NOW,
        when=about.is_("languages"),
    )
    skills = Ask(
        _("What are you good at? Write a short list with commas, like “sewing, football”."),
        skills_of,
        options=(Option(NONE, _("Nothing special")),),
        skip=NOT_NOW,
        when=about.is_("skills"),
    )
    phone = Ask(
        _("Which number may we ring about your tasks?"),
        phone_or_none,
        options=(Option(NONE, _("No number")),),
        skip=NOT_NOW,
        when=about.is_("phone"),
    )
    over_15 = Confirm(_("Are you 15 years old or more?"), when=about.is_("over_15"))
    wish = Choose(
        _("What do you want to get out of it?"),
        (
            *(Option(wish.value, name) for wish, name in WISH_NAMES.items()),
            Option(NONE, _("Nothing in particular")),
        ),
        skip=NOT_NOW,
        when=about.is_("wish"),
    )
    save = Do(SaveProfile)
    shown = Open("told.{about}.{then}")

    @classmethod
    def is_optional(cls, answers: Mapping[str, Any]) -> bool:
        """Return whether the question follows a sign-up by itself."""
        return answers.get("then") == ASKS_ON

    @classmethod
    def facts(cls, answers: Mapping[str, Any]) -> dict[str, Any]:
        """Add the times that the chosen days and parts make; an option may erase an answer."""
        facts = super().facts(answers)
        asked = "chosen_times" if facts.get("about") == "times" else facts.get("about")
        if facts.get("then") == ASKS_ON and asked in facts and facts[asked] is None:
            facts["then"] = NOT_ASKED
        erased = {name: "" for name in ("area", "wish") if facts.get(name) == NONE}
        return {**facts, **erased, "times": _times(facts.get("chosen_times"))}


def _times(chosen: Sequence[str] | None) -> list[str] | None:
    """Return all pairs of the chosen days and parts; without days every day, without parts all."""
    if chosen is None:
        return None
    days = [one for one in chosen if one.isdecimal()] or [str(day) for day in range(7)]
    parts = [one for one in chosen if not one.isdecimal()] or [part.value for part in Part]
    return [f"{day}-{part}" for day in days for part in parts] if chosen else []


class FindDay(Flow):
    """A citizen looks for opportunities on a day; *search* is the rest of what they look for."""

    revision = 1
    title = _("Find tasks on a day")

    search = Known()
    days = AskDays(_("Which day? Write it as you would say it: “Saturday”, “next weekend”."))
    found = Open("find.{search}.{span}")

    @classmethod
    def facts(cls, answers: Mapping[str, Any]) -> dict[str, Any]:
        """Add the days in the form that the search has in callback data."""
        facts = super().facts(answers)
        if facts.get("days"):
            ends = (date.fromisoformat(facts["days"][name]) for name in ("first", "last"))
            facts["span"] = "-".join(dict.fromkeys(base36(end.toordinal()) for end in ends))
        return facts


class FindNear(Flow):
    """A citizen looks for opportunities near a place, which is used once and never stored."""

    revision = 1
    title = _("Find tasks near you")

    search = Known()
    place = AskPlace(
        _(
            "Send your place from your phone, or write the name of your part of town. I use it for "
            "this search only, and do not keep it."
        )
    )
    found = Open("nearby.{search}.{spot}")

    @classmethod
    def facts(cls, answers: Mapping[str, Any]) -> dict[str, Any]:
        """Add the place as one word: degrees times 100,000, or the words themselves."""
        facts = super().facts(answers)
        place = facts.get("place")
        if place:
            pins = place.get("pins")
            facts["spot"] = place.get("words") or ""
            if pins:
                facts["spot"] = "_".join(str(round(pins[-1][axis] * 100_000)) for axis in AXES)
        return facts
