"""What the tests among faults share: the figures of their long forms, printed at the end."""

from __future__ import annotations

import pytest
from figures import FIGURES, Figure


def pytest_configure(config: pytest.Config) -> None:
    """Begin with none."""
    config.stash[FIGURES] = []


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Figure:
    """Return what keeps a line of figures to be printed when all tests are done."""

    def keep(what: str, **figures: object) -> None:
        line = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in figures.items())
        request.config.stash[FIGURES].append((what, line))

    return keep


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Print the figures, as docs/proof.md quotes them."""
    kept = config.stash[FIGURES]
    if kept:
        terminalreporter.section("figures")
    for what, line in kept:
        terminalreporter.write_line(f"{what}: {line}")
