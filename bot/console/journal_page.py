"""A case's journal as a standalone page, to read and to print (HR-11)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from typing import Any

from bot.console.audit_labels import actor_name, verb_name
from bot.console.cases.labels import (
    CLOSES,
    DELIVERY_STATES,
    KINDS,
    MARKS,
    MESSAGE_KINDS,
    SOURCES,
    STATES,
)
from bot.console.render import document
from bot.i18n import Text, _, pgettext
from bot.model.town import Town
from bot.store.journal import IN, INSIDE, OUT

ROLES: Mapping[str, Text] = {
    "citizen": pgettext("party", "Citizen"),
    "owner": pgettext("party", "Has the case"),
    "staff": pgettext("party", "Staff"),
}
DIRECTIONS: Mapping[str, Text] = {
    IN: _("in"),
    OUT: _("out"),
    INSIDE: _("internal note, not sent to the citizen"),
}
WORDS = {
    "ROLES": ROLES,
    "DIRECTIONS": DIRECTIONS,
    "KINDS": KINDS,
    "SOURCES": SOURCES,
    "STATES": STATES,
    "CLOSES": CLOSES,
    "MARKS": MARKS,
    "MESSAGE_KINDS": MESSAGE_KINDS,
    "DELIVERY_STATES": DELIVERY_STATES,
    "verb_name": verb_name,
    "instant": datetime.fromisoformat,
    "date": date.fromisoformat,
}


def as_page(journal: Mapping[str, Any], town: Town, language: str) -> bytes:
    """Return a sealed journal as HTML."""
    names = {
        int(one["id"].partition(":")[2]): one["name"] for one in journal["parties"] if "id" in one
    }
    shown = {
        "journal": journal,
        "who": partial(_who, names),
        "sent": _sent,
        "themes": {theme.key: theme.labels[language] for theme in town.themes},
        "areas": {area.key: area.name for area in town.areas},
    }
    return document("journal.html", language, town, **shown, **WORDS)


def _who(names: Mapping[int, str], actor: str) -> Text | str:
    """Return the name of an actor in the journal."""
    return actor_name(actor, names)


def _sent(said: Mapping[str, Any]) -> Text:
    """Return the delivery state of a message as text."""
    at = datetime.fromisoformat(said["send_at"]) if said["send_at"] else None
    return DELIVERY_STATES[said["state"]].with_(at=at)
