"""Numbers of people and amounts, as people write them."""

from __future__ import annotations

import pytest

from bot.engine.events import Refused
from flows.campaigns import target_of
from flows.pledge_numbers import number_of


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("20", 20),
        ("20 personer", 20),
        ("mindst 20 people", 20),
        ("tyve", 20),
        ("1.000", 1000),
        ("1e99", None),
        ("-5", None),
        ("20-30", None),
        ("10.001", None),
        ("1", None),
    ],
)
def test_a_target_is_one_number(written: str, number: int | None) -> None:
    """What is no plain number of people from 2 to 10,000 is asked again."""
    found = target_of(written)
    assert isinstance(found, Refused) if number is None else found == number


@pytest.mark.parametrize(
    ("written", "hundredths"),
    [("20", 2000), ("1,5", 150), ("1.240,5", 124050), ("1e99", None), ("-5", None), ("2 m", None)],
)
def test_an_amount_is_nothing_else_than_a_number(written: str, hundredths: int | None) -> None:
    """An amount in a form has no sign, no exponent and no unit."""
    assert number_of(written) == hundredths
