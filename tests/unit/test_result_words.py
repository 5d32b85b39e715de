"""What is told about the result of a shared pledge."""

from __future__ import annotations

from collections import defaultdict

import pytest

from bot.i18n import render
from flows.result_words import result_numbers, result_words


def told(asked: int, answered: int, done: int, language: str = "da") -> str:
    """Return the words about a result."""
    numbers = {"asked": asked, "answered": answered, "done": done}
    return render(result_words(numbers), language, escape=str)


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ((30, 16, 6), "16 af 30 svarede. 6 gjorde det."),
        ((30, 28, 27), "Vi spurgte 30. Mindst 26 svarede. Mindst 22 gjorde det."),
        ((9, 5, 5), "Vi spurgte 9. Mindst 5 svarede. Mindst 5 gjorde det."),
        ((30, 28, 3), "Vi spurgte 30. Mindst 26 svarede. Færre end 5 gjorde det."),
        ((12, 4, 3), "Vi spurgte 12. Færre end 5 svarede."),
        ((5, 5, 3), "5 af 5 svarede. Færre end 5 gjorde det."),
        ((2, 1, 1), "Så få er med, at vi ikke viser noget tal."),
    ],
)
def test_words(numbers: tuple[int, int, int], words: str) -> None:
    """Small numbers, and those that a subtraction would tell, are said in true words."""
    assert told(*numbers) == words


def test_no_words_are_about_one_to_four_people() -> None:
    """Of all results with the same words, some are about none or about five people or more."""
    some = defaultdict(list)
    for asked in range(1, 25):
        for answered in range(asked + 1):
            for done in range(answered + 1):
                some[told(asked, answered, done, "en")].append((asked, answered, done))
    for words, results in some.items():
        for number in (
            lambda asked, answered, _done: asked - answered,
            lambda _asked, answered, done: answered - done,
            lambda _asked, answered, _done: answered,
            lambda _asked, _answered, done: done,
        ):
            assert not {number(*one) for one in results} <= {1, 2, 3, 4}, words


def test_numbers() -> None:
    """The numbers of a feed are the ones of the words; the others are absent."""
    of = {"asked": 30, "answered": 28, "done": 10}
    assert result_numbers(of) == {"asked": 30, "answered": None, "done": 10}
    assert result_numbers({"asked": 4}) == {"asked": None, "answered": None, "done": None}
