"""Brobygger: a Telegram bot and staff console between a municipality and its citizens."""

__version__ = "0.7.0"
