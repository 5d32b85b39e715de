"""What several runs say together: the middle, and how far they lie apart."""

from __future__ import annotations

import statistics
from collections.abc import Sequence


def quantile(values: Sequence[float], part: float) -> float:
    """Return the value below which *part* of all lie, between two where it falls between."""
    if not values:
        return float("nan")
    ordered = sorted(values)
    place = part * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def median(values: Sequence[float]) -> float:
    """Return the middle value."""
    return statistics.median(values) if values else float("nan")


def spread(values: Sequence[float], digits: int = 2) -> str:
    """Write the middle of several ratios, and the smallest, the quartiles and the largest."""
    five = [quantile(values, part) for part in (0, 0.25, 0.75, 1)]
    least, first, third, most = (f"{value:.{digits}f}" for value in five)
    return f"**{median(values):.{digits}f}** ({least} · {first}–{third} · {most})"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Write a table in Markdown; all but its first column are figures."""
    lines = [head, ["---", *["--:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
