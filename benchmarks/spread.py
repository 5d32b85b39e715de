"""Statistics of several runs: median and spread."""

from __future__ import annotations

import statistics
from collections.abc import Sequence


def quantile(values: Sequence[float], part: float) -> float:
    """Return the quantile of *part* (0 to 1), interpolated linearly; NaN without values."""
    if not values:
        return float("nan")
    ordered = sorted(values)
    place = part * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def median(values: Sequence[float]) -> float:
    """Return the median; NaN without values."""
    return statistics.median(values) if values else float("nan")


def spread(values: Sequence[float], digits: int = 2) -> str:
    """Return median, minimum, quartiles and maximum of several ratios as text."""
    five = [quantile(values, part) for part in (0, 0.25, 0.75, 1)]
    least, first, third, most = (f"{value:.{digits}f}" for value in five)
    return f"**{median(values):.{digits}f}** ({least} · {first}–{third} · {most})"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table in Markdown; all columns but the first are right-aligned."""
    lines = [head, ["---", *["--:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
