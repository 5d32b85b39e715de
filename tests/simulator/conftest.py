"""The fixture of the simulator's tests."""

from __future__ import annotations

import pytest
from sim_town import Town


@pytest.fixture
def town() -> Town:
    """Build a small town."""
    return Town()
