"""Case numbers in what people write, and slash commands with their words."""

from __future__ import annotations

import pytest

from bot.model.case_number import case_number_in
from bot.transport.incoming import Called, Incoming

ALONE = (
    *("KS-1001", "ks-1001", "KS 1001", "KS1001", "KS–1001", "KS‑1001", "KS—1001", "KS − 1001"),
    *("KS\u00a01001", "KS-1001.", "KS-1001?", "#KS-1001", "(KS-1001)", "“KS-1001”", " KS-1001 "),
    *("1001", "#1001", "(1001)", "sag 1001", "sag KS-1001", "Sagsnummer: KS-1001", "sagsnr. 1001"),
    *("sagsnummer KS-1001", "Sagsnummer 1001", "case 1001", "case number 1001", "Case no. KS-1001"),
    *("nr. 1001", "min sag KS-1001", "Sagsnr.: 1001", "Om KS-1001:", "KS_1001", "KS/1001"),
)


@pytest.mark.parametrize("words", ALONE)
def test_a_number_alone(words: str) -> None:
    """A message that is a case number names it, with any dash and mark."""
    named = case_number_in(words, "KS")
    assert named is not None
    assert (named.number, named.alone, named.first) == (1001, True, True)


@pytest.mark.parametrize(
    ("words", "first", "rest"),
    [
        ("Hvad sker der med KS-1001?", False, "Hvad sker der med ?"),
        ("Til KS-1001: bænken skal stå i skyggen", True, "Til : bænken skal stå i skyggen"),
        ("KS-1001 lampen blinker", True, "lampen blinker"),
        ("jeg skriver igen om sag 1001, der sker ikke noget", False, None),
        ("I sagen KS-1001 mangler jeg svar", False, None),
    ],
)
def test_a_number_in_a_sentence(words: str, first: bool, rest: str | None) -> None:  # noqa: FBT001
    """The number is found anywhere, with what else is said."""
    named = case_number_in(words, "KS")
    assert named is not None
    assert (named.number, named.alone, named.first) == (1001, False, first)
    assert rest is None or named.rest == rest


@pytest.mark.parametrize(
    "words",
    [
        *("KX-1001", "AKS-1001", "KS-10", "jeg bor på Strandvej 1001", "det koster 1200 kr"),
        *("ring på 12345678", "i 2026", "sagde 1001 gange", "KS-1001A", "", "nummerplade AB12345"),
    ],
)
def test_no_number(words: str) -> None:
    """Other numbers and other towns' numbers name no case."""
    assert case_number_in(words, "KS") is None


@pytest.mark.parametrize(
    "written",
    [
        *("/spoerg Hvad koster pas?", "/spoerg\nHvad koster pas?", "/spoerg\tHvad koster pas?"),
        *(
            "/spoerg\u00a0Hvad koster pas?",
            "/spoerg\r\nHvad koster pas?",
            "/spoerg: Hvad koster pas?",
        ),
        *(
            "/spoerg@klintsund_bot\nHvad koster pas?",
            "/spoerg, Hvad koster pas?",
            "  /spoerg Hvad koster pas?",
        ),
    ],
)
def test_a_command_ends_at_any_white_space(written: str) -> None:
    """The name ends at a space, a line, a tab or a mark; the words after it are kept whole."""
    incoming = Incoming(content=Called(), words=written)
    assert incoming.command == ("spoerg", "Hvad koster pas?")


def test_a_command_keeps_all_lines() -> None:
    """Words on several lines stay as they are."""
    incoming = Incoming(content=Called(), words="/klage\nEt.\nTo.")
    assert incoming.command == ("klage", "Et.\nTo.")
