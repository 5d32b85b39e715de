"""Reading takes time linear in the text's length, and sentences are split correctly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.tone import feelings, reply, waiting
from bot.tone.reading import LONGEST_LINE, LONGEST_WORD, Phrases, Sentence, line_of, read

PARSER: Any = re._parser  # type: ignore[attr-defined] - to see what a pattern may repeat
WIDEST = 20  # repetitions allowed for anything longer than one character


def patterns(value: object) -> Iterator[re.Pattern[str]]:
    """Yield every pattern in *value*, at any depth."""
    if isinstance(value, Phrases):
        yield value.pattern
    elif isinstance(value, tuple):
        for each in value:
            yield from patterns(each)


LISTS = [
    found
    for module in (feelings, reply, waiting)
    for value in list(vars(module).values())
    for found in patterns(value)
]


def repeats(tree: Any) -> Iterator[tuple[int, Any]]:
    """Yield the greatest repetition of each part of a parsed pattern, and the part."""
    for operator, argument in tree:
        if operator in {PARSER.MAX_REPEAT, PARSER.MIN_REPEAT}:
            yield argument[1], argument[2]
            yield from repeats(argument[2])
        elif operator is PARSER.BRANCH:
            for branch in argument[1]:
                yield from repeats(branch)
        elif operator is PARSER.SUBPATTERN:
            yield from repeats(argument[3])
        elif operator in {PARSER.ASSERT, PARSER.ASSERT_NOT}:
            yield from repeats(argument[1])


def test_phrases_repeat_without_bound_only_the_letters_of_a_word() -> None:
    """Unbounded repetition is limited to one character class, so no pattern backtracks badly."""
    assert len(LISTS) > 30
    for each in LISTS:
        for most, part in repeats(PARSER.parse(each.pattern)):
            assert most <= WIDEST or len(part) == 1, each.pattern[:80]
            if most > WIDEST:
                assert part[0][0] is PARSER.IN


@pytest.mark.parametrize(
    "nasty", ["a", "a ", "ikke ", "kan ", "!", "?! ", "😂", "æ", "\u0301", ", "]
)
def test_what_is_searched_grows_no_faster_than_the_text(nasty: str) -> None:
    """Words and lines are bounded and together no longer than the text."""
    text = (nasty * 20_000)[:20_000]
    sentences = read(text)
    assert sum(len(each.tokens) for each in sentences) <= len(text)
    for each in sentences:
        assert len(each.tokens) <= LONGEST_LINE + 1 or not each.words
        assert all(len(token.form) <= LONGEST_WORD for token in each.words)


@given(st.text())
def test_tokens_stand_in_their_order(text: str) -> None:
    """Tokens come in order, each with its position in the text."""
    places = [token for each in read(text) for token in each.tokens]
    assert all(one.end <= other.start for one, other in pairwise(places))
    assert all(0 <= token.start < token.end <= len(text) for token in places)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Du får svar senest torsdag d. 3. december. Hilsen Mette", 2),
        ("Mødet er kl. 16. Passer det?", 2),
        ("Lygten skiftes i uge 50. Det er Vej og Park, bl.a. Jonas.", 2),
        ("Prisen er 3.000 kr. Læs mere på borger.dk.", 2),
        ("det går ikke.jeg er vred", 2),
        ("Kl. 10:30 eller kl. 10.30", 1),
        ("Hold nu op!!! Hvad nu?! Nej…", 3),
        ("", 0),
        (" \n\n ", 0),
    ],
)
def test_sentences_end_where_people_end_them(text: str, count: int) -> None:
    """Dates, times, abbreviations and links do not end a sentence."""
    assert len(read(text)) == count


def test_a_line_is_one_spelling() -> None:
    """A line loses case, spelling variants and spaces, and keeps its signs."""
    assert line_of("  SÅÅÅ,  Kære\tven!!  Don’t… ") == " < sa kere ven !! dont | >"


def test_a_phrase_is_found_in_its_place() -> None:
    """A comma within a phrase does not shift its position."""
    sentence: Sentence
    (sentence,) = read("Ja, hej, der")
    start, end = sentence.find(Phrases(("hej der",))) or (0, 0)
    assert "Ja, hej, der"[start:end] == "hej, der"
