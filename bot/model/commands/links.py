"""Commands about links."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MakeLink:
    """Make a link to a subject, such as a reminder; the value is its token.

    *label* says where it is used, such as a poster at the library.
    """

    staff_id: int
    subject_kind: str
    subject_id: int
    label: str


@dataclass(frozen=True, slots=True)
class RevokeLink:
    """Revoke a link that staff made."""

    staff_id: int
    link_id: int


@dataclass(frozen=True, slots=True)
class ShareLink:
    """Make a citizen's own link to what others may join too; the value is its token."""

    person_id: int
    subject_kind: str
    subject_id: int


@dataclass(frozen=True, slots=True)
class MakeFeed:
    """Make a citizen's calendar feed; an earlier one is revoked. The value is its token."""

    person_id: int


@dataclass(frozen=True, slots=True)
class RevokeFeed:
    """Revoke a citizen's calendar feed."""

    person_id: int
