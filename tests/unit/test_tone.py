"""How the Danish reads: short sentences, and a date rather than a promise (HR-12, HR-24)."""

from __future__ import annotations

import re

import pytest

from bot.i18n import catalogue
from bot.service.content import read_town

HARDEST = 40  # LIX: words a sentence, and long words in a hundred
LONG = 7  # letters of a long word
FEWEST = 8  # words below which the figure says nothing
# Names, weekdays, months, numbers and links are left out of the count.
NAMES = re.compile(
    r"Klintsund|Kommune|Borgerservice|Datatilsynet|BørneTelefonen|Livslinien|Telegram|Pladsanvisning"
    r"|\w+dag|januar|december|november|\d[\d.:–]*\d|\d|\{\w+\}|/\w+|<[^>]+>|\S+\.dk|[•\"„“”]"
)


def lix(text: str) -> float:
    """Return the LIX of *text*: words by sentences, plus the share of long words in per cent."""
    plain = NAMES.sub(" ", text)
    words = re.findall(r"[^\W\d_]+", plain)
    if len(words) < FEWEST:
        return 0.0
    sentences = max(len([s for s in re.split(r"[.:!?\n]+", plain) if s.strip()]), 1)
    long = sum(len(word) >= LONG for word in words)
    return len(words) / sentences + 100 * long / len(words)


SAID = sorted(str(m.string) for m in catalogue("da") if m.id and isinstance(m.string, str))
ANSWERS = [entry.texts["da"].answer for entry in read_town(None).faq]


@pytest.mark.parametrize("text", [*SAID, *ANSWERS])
def test_reads_easily(text: str) -> None:
    """Every Danish text has a LIX of at most forty."""
    assert lix(text) <= HARDEST


@pytest.mark.parametrize("text", [*SAID, *ANSWERS])
def test_promises_no_haste(text: str) -> None:
    """Nothing is promised "as soon as possible", and nothing shouts."""
    assert "hurtigst muligt" not in text.lower()
    assert "!!" not in text
