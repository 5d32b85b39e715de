"""Groups: associations, firms and teams, kept in our database and never as a Telegram chat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.i18n import Text, pgettext


class GroupKind(StrEnum):
    """What a group is."""

    ASSOCIATION = "association"
    FIRM = "firm"
    TEAM = "team"


GROUP_KIND_NAMES: Mapping[GroupKind, Text] = {
    GroupKind.ASSOCIATION: pgettext("group", "Association"),
    GroupKind.FIRM: pgettext("group", "Firm"),
    GroupKind.TEAM: pgettext("group", "Team"),
}


@dataclass(frozen=True, slots=True)
class Group:
    """One group."""

    id: int
    name: str
    kind: GroupKind
    area: str | None = None
    created_at: datetime | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A participant's membership of a group; a lead may write to the group's members."""

    group_id: int
    participant_id: int
    is_lead: bool
    since: datetime
    first_name: str
    person_id: int | None
