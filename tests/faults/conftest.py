"""What the tests among faults share: a Telegram, and the figures that are printed at the end."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from figures import FIGURES, Figure

from bot.clock import SystemClock
from bot.simulator import World
from bot.simulator.http import Served, serve_http
from bot.testing import TOKEN


def pytest_configure(config: pytest.Config) -> None:
    """Begin with none."""
    config.stash[FIGURES] = []


@pytest.fixture
def world() -> World:
    """Return a Telegram that goes by the machine's own clock, with six citizens."""
    made = World(SystemClock().now)
    made.add_bot(TOKEN, name="Dialog Klintsund", username="dialog_klintsund_bot")
    for number in range(6):
        made.add_user(200 + number, f"Borger {number}", language_code="da")
    return made


@pytest.fixture
async def telegram(world: World) -> AsyncIterator[Served]:
    """Serve the world on loopback."""
    served = await serve_http(world)
    yield served
    await served.close()


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
