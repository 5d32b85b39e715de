"""Brobygger: a Telegram bot and staff console between a municipality and its citizens."""

__version__ = "0.6.1"
