"""Figures of the long forms, kept until all tests are done."""

from __future__ import annotations

from collections.abc import Callable

import pytest

FIGURES = pytest.StashKey[list[tuple[str, str]]]()
Figure = Callable[..., None]
