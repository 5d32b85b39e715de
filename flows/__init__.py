"""What we say and ask: scripts, messages and cards."""

from __future__ import annotations

from bot.engine.flow import Flow
from flows.settings import News, Settings

FLOWS: tuple[type[Flow], ...] = (Settings, News)
