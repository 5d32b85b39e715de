"""What a pledge in own words says, and that no slot is invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.model.pledge import LONGEST, MOST_AMOUNT, Rhythm
from bot.testing import klintsund
from flows.pledge_ends import last_day
from flows.pledge_numbers import hundredths, number_of
from flows.pledge_questions import until
from flows.pledge_said import Said, said_as_pledge
from flows.pledge_sentence import PledgeSentence, read_sentence

TODAY = date(2026, 11, 23)
TOWN = klintsund()
ENTRIES = [replace(one, id=number) for number, one in enumerate(TOWN.pledges, 1)]


def read(words: str, language: str = "da") -> PledgeSentence:
    """Read a sentence on the day on which the chats of the tests begin."""
    return read_sentence(words, language, TODAY, ENTRIES, TOWN.measures)


def code_of(sentence: PledgeSentence) -> str | None:
    """Return the code of the entry that a sentence means."""
    return next((one.code for one in ENTRIES if one.id == sentence.entry_id), None)


@pytest.mark.parametrize(
    ("words", "code", "amount", "rhythm", "ends_on"),
    [
        ("Jeg lader 20 m² af plænen stå til august", "L1", 2000, "month", date(2027, 8, 1)),
        ("I let 30 square metres grow until September", "L1", 3000, "month", date(2027, 9, 1)),
        ("jeg vil cykle to dage om ugen i tre måneder", "L8", None, "week", date(2027, 2, 23)),
        ("jeg vil cykle på arbejde indtil jul", "L8", None, "week", date(2026, 12, 24)),
        ("jeg slukker udelyset indtil påske, to lamper", "L4", 200, "month", date(2027, 3, 28)),
        ("to lamper slukker jeg til den første maj", "L4", 200, "month", date(2027, 5, 1)),
        ("I cycle to work until Christmas", "L8", None, "week", date(2026, 12, 25)),
        ("jeg slukker to lamper om natten", "L4", 200, "month", None),
        ("I will turn off three lights until 1 March 2027", "L4", 300, "month", date(2027, 3, 1)),
        ("Jeg lader 1.240,5 m2 græs gro til og med juli", "L1", 124050, "month", date(2027, 7, 31)),
        ("jeg bruger ikke gift på 400 kvm i et år", "L10", 40000, "year", date(2027, 11, 23)),
        ("jeg bygger et kvashegn på fire meter", "L2", 400, "once", None),
        ("I cycle to work for half a year", "L8", None, "week", date(2027, 5, 23)),
        ("Jeg besøger gravhøjen to gange om året", "L9", None, "half_year", None),
    ],
)
def test_sentences(
    words: str, code: str | None, amount: int | None, rhythm: str | None, ends_on: date | None
) -> None:
    """Entry, amount, rhythm and last day are found where they are said."""
    found = read(words)
    said = (code_of(found), found.amount, found.rhythm and found.rhythm.value, found.ends_on)
    assert said == (code, amount, rhythm, ends_on)


@pytest.mark.parametrize(
    "words",
    [
        "jeg lader 20-30 m² af plænen stå",
        "jeg lader 20 eller 30 m² af plænen stå",
        "jeg lader mellem 20 og 30 m² af plænen stå",
        "jeg lader 2 x 20 m² af plænen stå",
        "jeg lader en masse m² af plænen stå",
        "jeg slukker en lampe",
        "jeg slukker lyset i 20 dage",
    ],
)
def test_unsure_amounts_are_asked(words: str) -> None:
    """Two numbers, an article and a length of time are no amount."""
    assert read(words).amount is None


@pytest.mark.parametrize(
    "words",
    ["jeg vil passe på naturen", "jeg arbejder hjemme to dage om ugen", "jeg vil tage bussen", ""],
)
def test_unsure_pledges_have_no_entry(words: str) -> None:
    """One word that many pledges have is not enough."""
    assert read(words).entry_id is None


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("til august", date(2027, 8, 1)),
        ("august", date(2027, 8, 1)),
        ("til og med august", date(2027, 8, 31)),
        ("til udgangen af august", date(2027, 8, 31)),
        ("til 15. august", date(2027, 8, 15)),
        ("indtil d. 1/6", date(2027, 6, 1)),
        ("through August", date(2027, 8, 31)),
        ("until August 5", date(2027, 8, 5)),
        ("until the 5th of August", date(2027, 8, 5)),
        ("seks uger", date(2027, 1, 4)),
        ("i et halvt år", date(2027, 5, 23)),
        ("året ud", date(2026, 12, 31)),
        ("jul", date(2026, 12, 24)),
        ("indtil jul", date(2026, 12, 24)),
        ("til og med jul", date(2026, 12, 26)),
        ("until Jul", date(2027, 7, 1)),
        ("til 15. jul", date(2027, 7, 15)),
        ("until Christmas", date(2026, 12, 25)),
        ("til nytår", date(2026, 12, 31)),
        ("påske", date(2027, 3, 28)),
        ("til og med påsken", date(2027, 3, 29)),
        ("til 2. påskedag", date(2027, 3, 29)),
        ("indtil pinse", date(2027, 5, 16)),
        ("til skt. hans", date(2027, 6, 23)),
        ("til sommer", date(2027, 6, 1)),
        ("hele sommeren", date(2027, 8, 31)),
        ("vinteren over", date(2027, 2, 28)),
        ("resten af vinteren", date(2027, 2, 28)),
        ("til sommerferien", date(2027, 6, 26)),
        ("efterårsferien", date(2027, 10, 18)),
        ("den første september", date(2027, 9, 1)),
        ("until the twenty-first of May", date(2027, 5, 21)),
        ("til Jan", None),
        ("til jan 2027", date(2027, 1, 1)),
        ("til Lucia", None),
        ("til vinterferien", None),
        ("31. februar", None),
        ("til august eller september", date(2027, 8, 1)),
        ("fra april til september", None),
        ("for tre måneder siden", None),
        ("ti år", None),
    ],
)
def test_last_days(words: str, day: date | None) -> None:
    """“til august” ends when the month begins; what begins later or is over is asked."""
    assert until(words, TODAY) == day


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("jeg vil gerne slå plænen sjældnere indtil august", Said.PROMISE),
        ("jeg lader 20 m² af plænen stå til august", Said.PROMISE),
        ("I will cycle to work two days a week until June", Said.PROMISE),
        ("jeg cykler på arbejde to gange om ugen", Said.MAYBE),
        ("jeg slukker udelyset hver aften", Said.MAYBE),
        ("jeg vil spise vegetarisk to dage om ugen", Said.MAYBE),
        ("I cycle to work three times a week", Said.MAYBE),
        ("jeg cykler på arbejde, og stien er hullet", None),
        ("jeg cykler på arbejde hver dag, men stien er fuld af glas", None),
        ("jeg cykler hver dag og stien langs åen er fuld af glas", None),
        ("vil du slå plænen hver uge?", None),
        ("lyset i min gade slukker hver aften", None),
        ("jeg vil gerne låne en boremaskine", None),
        ("jeg vil gerne have varmen skruet ned hver aften", None),
        ("jeg vil gerne leje hallen indtil august", None),
        ("I want to know when you mow the grass every year", None),
        ("I cycle to work every day and the path is full of holes", None),
        ("jeg vil gerne cykle mere", None),
    ],
)
def test_pledges_in_the_open_chat(words: str, said: Said | None) -> None:
    """A promise is sure, a habit is asked about; a report or a wish to the town is neither."""
    assert said_as_pledge(read(words)) is said


def test_a_last_day_that_is_said_twice_is_asked() -> None:
    """Two days are none."""
    assert last_day("til august, eller måske til maj", "da", TODAY) is None


def test_numbers() -> None:
    """Marks of thousands differ by language; what may mean two is none."""
    assert hundredths("1.240", "da") == hundredths("1,240", "en") == 124000
    assert hundredths("1,5", "da") == hundredths("1.5", "en") == 150
    assert hundredths("1,240", "da") is None
    assert number_of("halvanden") == number_of("one and a half") == 150
    assert number_of("nej, seks") == number_of("6") == 600
    assert hundredths("femogtyve", "da") == hundredths("twenty-five", "en") == 2500


@given(st.text(max_size=200), st.sampled_from(("da", "en")))
@example("jeg lader ٣٠ m² stå til ٣. august", "da")
@example("i 99999999999999999999 uger", "da")
@example("til 0. august til 99/99", "da")
def test_never_raises_and_keeps_the_words(words: str, language: str) -> None:
    """Any text is read; its words are kept, and its slots are within their limits."""
    _within_limits(words, read(words, language))


PIECES = st.sampled_from(
    (
        *("jeg lader", "20", "1.240,5", "m²", "km", "to", "lamper", "plænen", "cykle", "om ugen"),
        *("hver dag", "til", "august", "i", "tre", "måneder", "et år", "until", "1 March"),
        *(
            "900000",
            "square metres",
            "for",
            "two",
            "weeks",
            "allerede",
            "-",
            "og",
            "1/13",
            "0",
            "ture",
        ),
    )
)


@given(st.lists(PIECES, max_size=14).map(" ".join), st.sampled_from(("da", "en")))
def test_pieces_of_pledges(words: str, language: str) -> None:
    """Words of pledges in any order are within the limits, too."""
    _within_limits(words, read(words, language))


def _within_limits(words: str, found: PledgeSentence) -> None:
    assert found.words == words
    assert found.amount is None or (0 < found.amount <= MOST_AMOUNT and found.measure)
    assert found.ends_on is None or TODAY < found.ends_on <= TODAY + LONGEST
    assert found.rhythm is None or found.rhythm in Rhythm
