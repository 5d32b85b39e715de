"""Audiences in words, in both languages, with what belongs together."""

from __future__ import annotations

import pytest

from bot.i18n import ByLanguage, show
from bot.model.audience import INTEREST, ROLE, SKILL, VOLUNTEER, And, Audience, Is, Not, Or
from bot.model.audience_words import Names, in_words

ALL, AMBASSADORS, MEMBERS = Is("everyone"), Is(ROLE, "ambassador"), Is("group", "7")
NAMES = Names(
    groups={"7": "Cykelgruppen"},
    areas={"oerbakke": "Ørbakke", "havnen": "Havnen"},
    themes={"culture": ByLanguage.of({"da": "Kultur", "en": "Culture"})},
    entries={"1": ByLanguage.of({"da": "Et vildt hjørne", "en": "A wild corner"})},
    broadcasts={"4": "“Engen slås”"},
)


@pytest.mark.parametrize(
    ("audience", "danish", "english"),
    [
        (ALL, "alle", "everyone"),
        (
            And((AMBASSADORS, Is("area", "oerbakke"), Not(Is("group", "7")))),
            "alle ambassadører i Ørbakke, som ikke er medlemmer af Cykelgruppen",
            "all ambassadors in Ørbakke who are not members of Cykelgruppen",
        ),
        (
            Or((AMBASSADORS, Is("group", "7"))),
            "alle ambassadører og medlemmerne af Cykelgruppen",
            "all ambassadors and the members of Cykelgruppen",
        ),
        (
            And((Or((AMBASSADORS, Is("group", "7"))), Is("language", "en"))),
            "(alle ambassadører og medlemmerne af Cykelgruppen), som læser engelsk",
            "(all ambassadors and the members of Cykelgruppen) who read English",
        ),
        (Not(AMBASSADORS), "alle, som ikke er ambassadører", "all people who are not ambassadors"),
        (
            And((And((Is("area", "oerbakke"), Is("group", "7"))), AMBASSADORS)),
            "medlemmerne af Cykelgruppen i Ørbakke, som er ambassadører",
            "the members of Cykelgruppen in Ørbakke who are ambassadors",
        ),
        (
            And((Is(VOLUNTEER, "2026-01-01"), Is("area", "oerbakke"))),
            "alle i Ørbakke, som har meldt sig til en opgave siden 1. januar 2026",
            "all people in Ørbakke who signed up for a task since 1 January 2026",
        ),
        (
            And((AMBASSADORS, Is(SKILL, "syning"), Not(Is(VOLUNTEER)))),
            "alle ambassadører, som er gode til syning, og som ikke har meldt sig til en opgave",
            "all ambassadors who are good at syning and who have not signed up for a task",
        ),
        (
            And(
                (
                    Is(VOLUNTEER),
                    Or((Is("area", "oerbakke"), Is("area", "havnen"))),
                    Not(Is("helped", "@2026-05-01/")),
                )
            ),
            (
                "frivillige i Ørbakke eller Havnen, som ikke har været med til en opgave siden "
                "1. maj 2026"
            ),
            "volunteers in Ørbakke or Havnen who have not taken part in a task since 1 May 2026",
        ),
        (
            And((Is("pledged", "entry.1"), Not(Is("checked", "entry.1@month")))),
            (
                "alle, som har givet løftet “Et vildt hjørne”, og som ikke har meldt tilbage om "
                "løftet “Et vildt hjørne” denne måned"
            ),
            (
                "all people who gave the pledge “A wild corner” and who have not answered a "
                "check-in on the pledge “A wild corner” this month"
            ),
        ),
        (
            Not(Or((Is("seen", "days.90"), Is(INTEREST, "culture")))),
            (
                "alle, som ikke har været i chatten de seneste 90 dage, og som ikke interesserer "
                "sig for Kultur"
            ),
            (
                "all people who have not been in the chat in the last 90 days and who are not "
                "interested in Culture"
            ),
        ),
        (
            And(
                (
                    AMBASSADORS,
                    Or((Is("got", "4"), And((Is(INTEREST, "culture"), Is("group", "7"))))),
                )
            ),
            (
                "alle ambassadører, som har fået “Engen slås” eller (som interesserer sig for "
                "Kultur, og som er medlemmer af Cykelgruppen)"
            ),
            (
                "all ambassadors who got “Engen slås” or (who are interested in Culture and who "
                "are members of Cykelgruppen)"
            ),
        ),
        (And((AMBASSADORS, Not(ALL))), "ingen", "nobody"),
        (
            Is("area", "gone"),
            "alle i noget, der ikke findes mere",
            "everyone in something that is gone",
        ),
    ],
)
def test_an_audience_in_words(audience: Audience, danish: str, english: str) -> None:
    """An audience is said in both languages, with the names of groups and areas."""
    words = in_words(audience, NAMES)
    assert show(words, "da", escape=str) == danish
    assert show(words, "en", escape=str) == english
