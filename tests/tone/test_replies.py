"""Check staff replies: block or warn of listed faults only (DOMAIN row 9)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tone_vectors import REPLIES

from bot.i18n import LANGUAGES, render
from bot.tone import IssueKind, Outcome, ReplyIssue, cpr_fault, reply_issues


def kinds(text: str) -> frozenset[IssueKind]:
    """Return the kinds of fault, without the hints."""
    return frozenset(each.kind for each in reply_issues(text) if each.outcome is not Outcome.HINT)


def only(text: str, kind: IssueKind) -> ReplyIssue:
    """Return the only fault of a kind."""
    (found,) = (each for each in reply_issues(text) if each.kind is kind)
    return found


@pytest.mark.parametrize(("text", "expected"), REPLIES)
def test_faults_are_found(text: str, expected: frozenset[IssueKind]) -> None:
    """Each reply has exactly its expected faults."""
    assert kinds(text) == expected


@pytest.mark.parametrize("change", [str.upper, str.lower, lambda text: f" \n {text} \n"])
@pytest.mark.parametrize("text", [text for text, _expected in REPLIES])
def test_case_and_spacing_change_nothing(text: str, change: Callable[[str], str]) -> None:
    """Capitals and spaces do not hide a fault."""
    assert kinds(change(text).replace(" ", "  ")) == kinds(text)


@pytest.mark.parametrize(
    ("text", "kind", "outcome", "shown"),
    [
        ("Sikke en lille krise 😂", IssueKind.RIDICULE, Outcome.BLOCKED, "Sikke en lille krise"),
        (
            "Som vi allerede har forklaret dig, er fristen d. 1. maj.",
            IssueKind.PATRONISING,
            Outcome.REASON,
            "Som vi allerede har forklaret dig",
        ),
        ("Du får svar hurtigst muligt.", IssueKind.NO_DATE, Outcome.BLOCKED, "hurtigst muligt"),
        (
            "We answer as soon as possible.",
            IssueKind.NO_DATE,
            Outcome.BLOCKED,
            "as soon as possible",
        ),
        (
            "Hej. Kontakt en anden afdeling.",
            IssueKind.PASSING_ON,
            Outcome.BLOCKED,
            "Kontakt en anden afdeling",
        ),
        (
            "Du får hermed afslag, fordi fristen er gået. Du kan klage til mig.",
            IssueKind.DECISION,
            Outcome.CONFIRM,
            "får hermed afslag",
        ),
        ("Hej. Det kan vi ikke. Hilsen", IssueKind.NO_REASON, Outcome.BLOCKED, "Det kan vi ikke."),
        ("Hej. Det kan vi ikke. Hilsen", IssueKind.NO_STEP, Outcome.BLOCKED, "Det kan vi ikke."),
    ],
)
def test_a_fault_is_shown_where_it_stands(
    text: str, kind: IssueKind, outcome: Outcome, shown: str
) -> None:
    """A span refers to the original text, and its outcome belongs to its kind."""
    found = only(text, kind)
    assert found.outcome is outcome
    assert shown in text[found.start : found.end]
    assert len(text[found.start : found.end]) <= len(shown) + 25


def test_haste_is_blocked_even_with_a_date() -> None:
    """HR-12 requires a date instead of such words."""
    assert IssueKind.NO_DATE in kinds("Vi skriver hurtigst muligt, senest fredag d. 5. juni.")


def test_another_department_is_never_sent() -> None:
    """Row 5 forbids it, even with a phone number."""
    assert IssueKind.PASSING_ON in kinds("Kontakt en anden afdeling på 00 00 10 00.")


def test_not_us_needs_a_place() -> None:
    """HR-13 requires the responsible body and its contact details."""
    assert IssueKind.PASSING_ON in kinds("Det er ikke os.")
    assert kinds("Det er ikke os. Det er politiet på 114, du kan ringe til.") == frozenset()


def test_a_patronising_reply_gets_a_better_sentence() -> None:
    """A patronising reply comes with a suggested sentence."""
    found = only("Som vi allerede har forklaret dig, er fristen d. 1. maj.", IssueKind.PATRONISING)
    assert found.rewrite is not None
    said = render(found.rewrite, "da")
    assert said == "Vi har forklaret det for kort. Jeg prøver igen:"
    assert kinds(f"{said} Fristen er d. 1. maj.") == frozenset()


def test_decomposed_letters_keep_their_places() -> None:
    """A span counts characters of the original text, not of the normalised text."""
    text = "A\u030ah nej. Du fa\u030ar svar hurtigst muligt."
    found = only(text, IssueKind.NO_DATE)
    assert text[found.start : found.end] == "hurtigst muligt"


def test_long_sentences_are_a_hint() -> None:
    """A sentence that is hard to read is a hint, which does not stop the reply."""
    long = "Vi kan " + "og vi kan " * 9 + "hjælpe dig."
    assert only(long, IssueKind.HARD).outcome is Outcome.HINT
    heavy = (
        "Sagsbehandlingstiden forlænges grundet ressourcemæssige omstændigheder i forvaltningen"
        " og tilstødende myndigheder."
    )
    assert only(heavy, IssueKind.HARD).outcome is Outcome.HINT
    names = (
        "Mødet er onsdag d. 23. september kl. 16.30 hos Karen Christensen på www.klintsund.example."
    )
    assert reply_issues(names) == ()


def test_a_cpr_number_is_for_the_service_to_find() -> None:
    """The service finds the CPR number; this kind gives it the wording of the other faults."""
    found = cpr_fault(3, 14)
    assert (found.kind, found.outcome, found.start, found.end) == (
        IssueKind.CPR,
        Outcome.BLOCKED,
        3,
        14,
    )
    assert kinds("010203-0007") == frozenset()


def test_every_kind_says_what_to_do() -> None:
    """Each kind has a text in both languages."""
    found = [fault for text, _expected in REPLIES for fault in reply_issues(text)]
    for fault in [*found, cpr_fault(0, 1)]:
        for language in LANGUAGES:
            assert "⟦" not in render(fault.why, language)
            assert fault.rewrite is None or "⟦" not in render(fault.rewrite, language)
    assert {fault.kind for fault in found} >= set(IssueKind) - {IssueKind.CPR, IssueKind.HARD}


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    """Any text is read without an exception, and every span lies in the text."""
    for found in reply_issues(text):
        assert 0 <= found.start < found.end <= len(text)
