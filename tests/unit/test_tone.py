"""The Danish texts have short sentences, and dates instead of vague promises (HR-12, HR-24)."""

from __future__ import annotations

import re

from bot.i18n import catalogue
from bot.service.content import read_town
from bot.tone.lix import HARDEST, lix

# Placeholders, tags and names: their length is not ours to choose.
LEFT_OUT = re.compile(
    r"Klintsund|Kommune|Borgerservice|Datatilsynet|BørneTelefonen|Livslinien|Telegram|Pladsanvisning"
    r"|\{\w+\}|/\w+|<[^>]+>|[•\"„“”]"
)


SAID = sorted(str(m.string) for m in catalogue("da") if m.id and isinstance(m.string, str))
ANSWERS = [entry.texts["da"].answer for entry in read_town(None).faq]


def test_reads_easily() -> None:
    """Every Danish text has a LIX of at most 40."""
    hard = {text: lix(LEFT_OUT.sub(" ", text)) for text in (*SAID, *ANSWERS)}
    assert {text: score for text, score in hard.items() if score > HARDEST} == {}


def test_promises_no_haste() -> None:
    """No text says "as soon as possible" or has two exclamation marks in a row."""
    assert [text for text in (*SAID, *ANSWERS) if "hurtigst muligt" in text.lower()] == []
    assert [text for text in (*SAID, *ANSWERS) if "!!" in text] == []
