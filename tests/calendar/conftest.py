"""Provide the benchmark program that reads the labelled phrases."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

PROGRAM = Path(__file__).parents[2] / "benchmarks" / "phrases" / "run.py"


@pytest.fixture(scope="session")
def labelled() -> ModuleType:
    """Return the program as a module."""
    spec = importlib.util.spec_from_file_location("phrases_benchmark", PROGRAM)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look up their module here
    spec.loader.exec_module(module)
    return module
