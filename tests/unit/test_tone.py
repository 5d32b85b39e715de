"""How the Danish reads: short sentences, and a date rather than a promise (HR-12, HR-24)."""

from __future__ import annotations

import re

import pytest

from bot.i18n import catalogue
from bot.service.content import read_town
from bot.tone.lix import HARDEST, lix

# What a text is filled with, how it is dressed, and names: nobody can write them shorter.
LEFT_OUT = re.compile(
    r"Klintsund|Kommune|Borgerservice|Datatilsynet|BørneTelefonen|Livslinien|Telegram|Pladsanvisning"
    r"|\{\w+\}|/\w+|<[^>]+>|[•\"„“”]"
)


SAID = sorted(str(m.string) for m in catalogue("da") if m.id and isinstance(m.string, str))
ANSWERS = [entry.texts["da"].answer for entry in read_town(None).faq]


@pytest.mark.parametrize("text", [*SAID, *ANSWERS])
def test_reads_easily(text: str) -> None:
    """Every Danish text has a LIX of at most forty."""
    assert lix(LEFT_OUT.sub(" ", text)) <= HARDEST


@pytest.mark.parametrize("text", [*SAID, *ANSWERS])
def test_promises_no_haste(text: str) -> None:
    """Nothing is promised "as soon as possible", and nothing shouts."""
    assert "hurtigst muligt" not in text.lower()
    assert "!!" not in text
