"""Find CPR numbers in every written form, and leave dates alone (HR-1)."""

from __future__ import annotations

import sys
import timeit
import unicodedata
from datetime import date
from functools import partial

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from bot.redact import MARK, redact_text, scrub_head, scrub_tail
from bot.redact.cpr import find_cpr_numbers
from bot.redact.plain import has_digits

HITS = (
    "170461-5007",
    "1704615007",
    "17 04 61 5007",
    "17.04.61-50 07",
    "010165-5001",  # fails the modulus 11 check
    "١٧٠٤٦١-٥٠٠٧",
    "17041961-5007",
    "170461-1007",  # ends in 10:07, which could be a time
    "17 04 1961 5007",
    "17/04/61 5007",
    "17-04-61-5007",
    "170461_5007",
    "170461 - 5007",
    "170461\n5007",
    "1 7 0 4 6 1 5 0 0 7",
    "1-7-0-4-1-9-6-1-5-0-0-7",
    "170461*5007",
    "170461\u00a05007",
    "170461–5007",
    "170461\u20145007",
    "170461\u22125007",
    "17.04.61.50.07",
    "17 04 61 50 07",
    "17046150 07",
    "770461-5007",  # day + 60
    "910561-5007",
    "290200-5007",  # 29 February 2000
    "170461 nr. 5007",
    "170461 nr 5007",
    "170461 og 5007",
    "17.04.61 og 10.07",
    "17.04.61, de sidste fire er 5007",
    "170461 (nr. 5007",
    "170461nr5007",
    "17 04 61 FØDT 5007",
    "1704\u200b61\ufeff-50\u00ad07",
    "１７０４６１－５００７",
    "①⑦⓪④⑥①-⑤⓪⓪⑦",
    "1️⃣7️⃣0️⃣4️⃣6️⃣1️⃣5️⃣0️⃣0️⃣7️⃣",
    "𝟏𝟕𝟎𝟒𝟔𝟏-𝟓𝟎𝟎𝟕",
    "170461%2D5007",
    "%31%37%30%34%36%31%35%30%30%37",
    "17.04.611007",
    "77.04.61 1007",  # not a calendar day, so not a date and a time
)
MISSES = (
    "12345678",
    "+45 12 34 56 78",
    "KS-1042",
    "9912345678",
    "5798009876543",
    "5 798009 876543",
    "57 98 00 98 76 54 3",
    "DK5000400440116243",
    "DK50 0040 0440 1162 43",
    "DK51 0040 0504 6112 34",
    "23.11.2026 kl. 16.30",
    "23.11.26 kl. 1630",
    "23.11.2026 16:30",
    "23.11.2026 16 personer",
    "23/11-2026 16:30",
    "2012-10-23 16:30",
    "01.05.26-12.05.26",
    "01.05.2026 - 12.05.2026",
    "01.05-12.05.26",
    "01/05-26 - 12/05-26",
    "17.04.61",
    "310261-5007",  # 31 February does not exist
    "290200-1007",  # 1900 had no 29 February
    "001361-5007",
    "11704615007",
    "17046150071",
    "170461 i alt 5007",
    "170461....5007",
    "12.05.26 med 1200 gæster",
    "",
)
ASKED = (
    "23.11.26 1630",
    "23.11.26 16.30",
    "23.11.2026 1630",
    "17.04.61 1007",
    "17. 04. 61 1007",
    "23.11.26\n1630",
)


@pytest.mark.parametrize("number", HITS)
@pytest.mark.parametrize(
    "around", ["{}", "mit cpr er {}, tak", "🙂{}🙂", "a{}b", "x\n{}\ny", "12 {}!"]
)
def test_a_number_is_taken_out(number: str, around: str) -> None:
    """A number is redacted in any surroundings, and the surrounding text stays."""
    found = redact_text(around.format(number))
    assert found.text == around.format(MARK)
    assert found.cpr
    assert not found.clock


@pytest.mark.parametrize("text", MISSES)
def test_other_numbers_stay(text: str) -> None:
    """Phone numbers, case numbers, accounts, dates and times are not CPR numbers."""
    found = redact_text(text)
    assert found.text == text
    assert not found.cpr
    assert not found.clock


@pytest.mark.parametrize("text", ASKED)
def test_a_dotted_date_and_a_time_is_asked_about(text: str) -> None:
    """A number that may be a date and a time is redacted and reported as `clock`."""
    found = redact_text(f"vi ses {text} ja")
    assert found.text == f"vi ses {MARK} ja"
    assert found.clock
    assert not found.cpr


def test_a_sure_number_beside_a_time_is_both() -> None:
    """One message may hold both a CPR number and a possible time."""
    found = redact_text("170461-5007 kommer 23.11.26 1630")
    assert found.text == f"{MARK} kommer {MARK}"
    assert found.cpr
    assert found.clock


def test_several_numbers_all_go() -> None:
    """Each number of a list is redacted."""
    assert redact_text("170461-5007, 010165-5001;1704615007").text == f"{MARK}, {MARK};{MARK}"


def test_a_number_in_a_link_goes() -> None:
    """A link is percent-decoded before the search."""
    text = "se https://x.dk/a?id=17+04+61%205007&b=%C3%A6 her"
    assert redact_text(text).text == f"se https://x.dk/a?id={MARK}&b=%C3%A6 her"
    assert redact_text("https://x.dk/%ff170461-5007").text == f"https://x.dk/%ff{MARK}"


def test_what_is_uncovered_by_a_cut_goes_too() -> None:
    """Redacting adjacent dates leaves no digits that a second pass would redact."""
    text = "01.05.26-12.05.26-01-19-1234"
    once = redact_text(text).text
    assert redact_text(once).text == once


def test_every_character_that_reads_as_a_digit_is_noticed() -> None:
    """`has_digits` finds every Unicode character that NFKC normalises to a digit."""
    for point in range(sys.maxunicode + 1):
        read = unicodedata.normalize("NFKC", chr(point))
        digit = any(unicodedata.digit(char, None) is not None for char in read)
        assert has_digits(chr(point)) == digit, hex(point)


SEPARATORS = st.text(st.sampled_from(".-/_ \t\n\u00a0–—\u200b"), max_size=3)


def _write(day: date, serial: int, *, replaced: bool, gaps: tuple[str, str, str, str, bool]) -> str:
    """Write a number for *day*; serials 0 to 3999 belong to births from 1900 to 1999."""
    one, two, three, four, long = gaps
    digits = f"{day.day + 60 * replaced:02}{one}{day.month:02}{two}"
    digits += str(day.year) if long else f"{day.year % 100:02}"
    # `17.04.1950 07` can be read as a date and a number or as `17.04.19` and `5007`. The search
    # reads it the first way.
    return f"{digits}{'-' if four else three}{serial // 100:02}{four}{serial % 100:02}"


NUMBERS = st.builds(
    _write,
    st.dates(date(1937, 1, 1), date(1999, 12, 31)),
    st.integers(0, 3999),
    replaced=st.booleans(),
    gaps=st.tuples(SEPARATORS, SEPARATORS, SEPARATORS, st.sampled_from(["", " "]), st.booleans()),
)


@given(
    st.text(st.characters(exclude_categories=("Nd", "Nl", "No"))), NUMBERS, st.text("abæø ,;!🙂")
)
def test_no_written_number_survives(before: str, number: str, after: str) -> None:
    """A number with any separators between its groups is redacted."""
    text = f"{before}, {number} ;{after}"
    found = redact_text(text)
    assert MARK in found.text
    assert not find_cpr_numbers(found.text)
    assert not any(char.isdigit() for char in found.text)


@given(st.text(alphabet="0123456789.-/ 16kl\nog%2D", max_size=60))
@example("01.05.26-12.05.26-01-19-1234")
def test_nothing_is_left_to_find(text: str) -> None:
    """Redacting a redacted text changes nothing."""
    once = redact_text(text)
    twice = redact_text(once.text)
    assert twice.text == once.text
    assert not twice.cpr
    assert not twice.clock


@given(st.text())
def test_a_text_without_digits_is_unchanged(text: str) -> None:
    """A text without digits comes back unchanged."""
    assume(not has_digits(text))
    assert redact_text(text).text == text


def test_many_digits_do_not_hold_up_the_intake() -> None:
    """The longest messages of dates alone are redacted in bounded time.

    The bound of 10 s only catches runaway matching.
    """
    for text in ("01 " * 1365, "01.05.26-" * 455, "0" * 4096, "17 04 61 og og og og " * 200):
        assert timeit.timeit(partial(redact_text, text), number=1) < 10


@pytest.mark.parametrize(
    "text",
    ["170461", "17.04.61", "jeg er født 17 04 61", "17041961", "170461-", "770461", "290200 "],
)
def test_a_date_at_the_end_may_be_a_half(text: str) -> None:
    """A message that ends in a date may be the first half of a CPR number."""
    assert redact_text(text).tail
    assert MARK in scrub_tail(text)
    assert not redact_text(scrub_tail(text)).tail


@pytest.mark.parametrize(
    "text", ["", "171361", "310261", "170461 ja", "5170461", "12345678", "170461-5007", "1.5.61"]
)
def test_other_endings_are_no_half(text: str) -> None:
    """An impossible date is not a first half, nor is a whole number, which is redacted before."""
    assert not redact_text(text).tail
    if "5007" not in text:
        assert scrub_tail(text) == text


def test_the_date_alone_is_scrubbed() -> None:
    """`scrub_tail` keeps the text before and after the first half."""
    assert scrub_tail("født 17.04.61-") == f"født {MARK}-"


@pytest.mark.parametrize("text", ["5007", "5007 er resten", "-5007", "٥٠٠٧", "5007\nhej", "5007."])
def test_four_digits_at_the_start_may_be_a_half(text: str) -> None:
    """A message that begins with exactly four digits may be the second half."""
    assert redact_text(text).head


@pytest.mark.parametrize("text", ["", "500", "50071", "nr 5007", "kl 5007", "12345678", "16:30"])
def test_other_beginnings_are_no_half(text: str) -> None:
    """Fewer or more digits, or a word before them, are not a second half."""
    assert not redact_text(text).head


def test_the_second_half_is_taken_out() -> None:
    """Four digits at the beginning are redacted, and other words stay."""
    assert scrub_head("5007 🙂 her") == f"{MARK} 🙂 her"
    assert scrub_head("hvad 5007") == "hvad 5007"


def test_the_first_half_is_taken_out() -> None:
    """A date at the end is redacted, and other words stay."""
    assert scrub_tail("født 170461") == f"født {MARK}"
    assert scrub_tail("170461 er min dag") == "170461 er min dag"
