"""The machine: what carries words between a municipality and its citizens."""

__version__ = "0.2.0"
