"""A pledge is made in at most eight taps, by any way and for any person."""

from __future__ import annotations

from itertools import product

from bot.service.pledges.finding import MOST_TAPS, within_taps

FROM_CATALOGUE = ("amount", "ends_on", "visibility", "wish", "over_15", "consent")
IN_OWN_WORDS = ("theme", "rhythm", "ends_on", "visibility", "wish", "over_15", "consent")


def test_every_way_has_at_most_eight_taps() -> None:
    """A theme or a goal, with or without a group, a first or a later time."""
    ways = ((2, FROM_CATALOGUE), (3, FROM_CATALOGUE), (1, IN_OWN_WORDS), (2, IN_OWN_WORDS))
    for (taps, asks), leads, is_new in product(ways, (False, True), (False, True)):
        left = [*(["whom"] if leads else []), *asks]
        left = left if is_new else left[:-2]
        asked = within_taps(left, taps)
        assert taps + len(asked) <= MOST_TAPS
        assert {"amount", "theme", "ends_on"} & set(left) <= set(asked)


def test_what_fits_is_asked() -> None:
    """Where eight taps are enough, nothing is left out."""
    assert within_taps(list(FROM_CATALOGUE), 2) == list(FROM_CATALOGUE)
    assert within_taps(list(FROM_CATALOGUE), 3) == [one for one in FROM_CATALOGUE if one != "wish"]
