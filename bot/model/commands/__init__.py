"""What may be asked of a service, one module a room; each is carried out by one function."""

from __future__ import annotations

from bot.model.commands.citizen import (
    RateAnswer,
    SaveNews,
    SaveSettings,
    SetLanguage,
    TellWhenOpen,
)

__all__ = [
    "RateAnswer",
    "SaveNews",
    "SaveSettings",
    "SetLanguage",
    "TellWhenOpen",
]
