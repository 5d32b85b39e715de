"""The catalogue of pledges, the units in which they are measured, and people's own goals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.i18n import Text, pgettext
from bot.model.pledge import MeasureKind, Rhythm

CATALOGUE = "catalogue"  # the subject kind of links to an entry of the catalogue
LONGEST_TITLE = 60  # characters
LONGEST_TEXT = 300
LONGEST_SOURCE = 200


class EntryState(StrEnum):
    """Whether an entry can be chosen."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"  # pledges that were made from it continue


ENTRY_STATE_NAMES: Mapping[EntryState, Text] = {
    EntryState.DRAFT: pgettext("catalogue", "Draft"),
    EntryState.PUBLISHED: pgettext("catalogue", "Published"),
    EntryState.RETIRED: pgettext("catalogue", "Retired"),
}


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit of amounts; *one* and *many* are its names by language.

    *words* are other spellings that people write, in lower case. A *divisible* unit has
    fractions, such as 1.5 km; 1.5 lamps are refused.
    """

    key: str
    one: Mapping[str, str]
    many: Mapping[str, str]
    words: tuple[str, ...] = ()
    divisible: bool = False


@dataclass(frozen=True, slots=True)
class PledgeTheme:
    """A theme of pledges; *topic* is the topic of news to which it belongs."""

    key: str
    labels: Mapping[str, str]
    topic: str
    words: tuple[str, ...] = ()  # other words for it, in any language, in lower case


@dataclass(frozen=True, slots=True)
class Goal:
    """Something that people want for themselves, such as more guests (row 18 of the domain).

    *wants* says so of the reader: "du vil have flere gæster". *wanted* is the same as a sentence
    that reminds of it later: "Du ville gerne have flere gæster."
    """

    key: str
    labels: Mapping[str, str]
    wants: Mapping[str, str]
    wanted: Mapping[str, str]
    words: tuple[str, ...] = ()  # other words for it, in any language, in lower case


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One pledge that people can choose; texts are by language, Danish first.

    *season* are its first and last months. *asks_on* is the day of a one-time pledge on which it
    is asked about, such as "04-15". *amount* is suggested, in hundredths. *who* names the people
    it is for, *steps* suggests a first step. *thanks* follows a check-in ("Det kan bierne
    mærke."), and *doing* names the people who keep it ("der har ladet et hjørne gro"). *because*
    has, by the key of a goal and a language, why it helps with that goal. *factor* converts the
    unit: ``{"unit": {"da": "kg CO₂"}, "low": 1, "high": 2, "source": {"da": "…"}}``. *words* lead
    to it.
    """

    id: int
    title: str
    titles: Mapping[str, str]
    texts: Mapping[str, str]
    theme: str
    kind: MeasureKind
    rhythm: Rhythm
    measure: str | None = None
    amount: int = 0
    season: tuple[int, ...] = ()
    asks_on: str | None = None
    code: str | None = None
    who: Mapping[str, str] | None = None
    thanks: Mapping[str, str] | None = None
    doing: Mapping[str, str] | None = None
    steps: Mapping[str, str] | None = None
    because: Mapping[str, Mapping[str, str]] | None = None
    factor: Mapping[str, Any] | None = None
    words: tuple[str, ...] = ()
    state: EntryState = EntryState.DRAFT
    version: int = 1
    staff_id: int | None = None
    created_at: datetime | None = None
    changed_at: datetime | None = None
