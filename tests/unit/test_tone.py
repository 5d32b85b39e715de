"""How the Danish reads: short sentences, and a date rather than a promise (HR-12, HR-24)."""

from __future__ import annotations

import re

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


def test_reads_easily() -> None:
    """Every Danish text has a LIX of at most forty."""
    hard = {text: lix(LEFT_OUT.sub(" ", text)) for text in (*SAID, *ANSWERS)}
    assert {text: score for text, score in hard.items() if score > HARDEST} == {}


def test_promises_no_haste() -> None:
    """Nothing is promised "as soon as possible", and nothing shouts."""
    assert [text for text in (*SAID, *ANSWERS) if "hurtigst muligt" in text.lower()] == []
    assert [text for text in (*SAID, *ANSWERS) if "!!" in text] == []
