"""Define the key and the type of the figures that the tests print at the end."""

from __future__ import annotations

from collections.abc import Callable

import pytest

FIGURES = pytest.StashKey[list[tuple[str, str]]]()
Figure = Callable[..., None]
