"""Observe what needs no running parts: settings, flows, catalogues, the town's content."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bot import i18n, settings
from bot.engine.check import flow_errors
from bot.errors import ConfigurationError
from bot.service.content import read_town
from flows import FLOWS


def configuration_errors(environ: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the errors of settings, flows, catalogues and content."""
    return {
        "settings": settings.setting_errors(environ),
        "flows": [error for flow in FLOWS for error in flow_errors(flow)],
        "catalogues": i18n.catalogue_errors(i18n.marked_messages()),
        "content": _content_errors(environ.get(settings.PREFIX + "TOWN")),
    }


def _content_errors(town: str | None) -> list[str]:
    """Return the errors of the town's content file."""
    try:
        read_town(Path(town) if town else None)
    except ConfigurationError as error:
        return str(error).splitlines()
    return []
