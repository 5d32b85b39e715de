"""Checks that need no running parts: settings, flows, catalogues, the town's content."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bot import i18n, settings
from bot.app.doctor.ailment import Ailment
from bot.engine.check import flow_errors as flow_faults
from bot.errors import ConfigurationError
from bot.service.content import read_town
from flows import FLOWS


def standing_faults(environ: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the errors of settings, flows, catalogues and content, each with its category."""
    wrong = [("settings", fault) for fault in settings.setting_errors(environ)]
    wrong += [("flows", fault) for flow in FLOWS for fault in flow_faults(flow)]
    wrong += [("catalogues", fault) for fault in i18n.catalogue_errors(i18n.marked_messages())]
    try:
        town = environ.get(settings.PREFIX + "TOWN")
        read_town(Path(town) if town else None)
    except ConfigurationError as error:
        wrong += [("content", line) for line in str(error).splitlines()]
    return wrong


_MATTERS = {
    "settings": ("The bot does not start with it.", "Mend it in the environment."),
    "flows": ("A citizen could be left without an answer.", "Mend the flow, or go back a version."),
    "catalogues": (
        "A citizen would read another language.",
        "Translate it, or go back a version.",
    ),
    "content": ("The bot does not start with it.", "Mend the town's content file."),
}


def examine_standing(environ: Mapping[str, str]) -> list[Ailment]:
    """Return the errors of `brobygger check` as ailments."""
    found = []
    for name, fault in standing_faults(environ):
        why, do = _MATTERS[name]
        found.append(Ailment(name, f"{fault[:1].upper()}{fault[1:].rstrip('.')}.", why, do))
    return found
