"""Share a simulated Telegram and the figures printed at the end with the fault tests."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from figures import FIGURES, Figure

from bot.clock import SystemClock
from bot.simulator import World
from bot.simulator.http import Served, serve_http
from bot.testing import TOKEN


def pytest_configure(config: pytest.Config) -> None:
    """Start with an empty list of figures."""
    config.stash[FIGURES] = []


@pytest.fixture
def world() -> World:
    """Return a simulated Telegram on the system clock, with six citizens."""
    made = World(SystemClock().now)
    made.add_bot(TOKEN, name="Dialog Klintsund", username="dialog_klintsund_bot")
    for number in range(6):
        made.add_user(200 + number, f"Borger {number}", language_code="da")
    return made


@pytest.fixture
async def telegram(world: World) -> AsyncIterator[Served]:
    """Serve the simulated Telegram over HTTP on loopback."""
    served = await serve_http(world)
    yield served
    await served.close()


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Figure:
    """Return a function that keeps one line of figures to print after all tests."""

    def keep(what: str, **figures: object) -> None:
        line = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in figures.items())
        request.config.stash[FIGURES].append((what, line))

    return keep


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Print the figures that docs/proof.md quotes."""
    kept = config.stash[FIGURES]
    if kept:
        terminalreporter.section("figures")
    for what, line in kept:
        terminalreporter.write_line(f"{what}: {line}")
