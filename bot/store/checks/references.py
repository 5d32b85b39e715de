"""Checks that referenced rows exist, one for each foreign key.

Both databases enforce foreign keys; a restored copy, a repaired file or a change by
hand may have bypassed them. No foreign key covers all subjects of alerts.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, Table, select

from bot.store.alerts import SUBJECTS, SubjectKind, subject_id
from bot.store.checks.check import RowCheck
from bot.store.tables import alert, metadata


def _reference(table: Table, key: ForeignKey) -> RowCheck:
    """Return the check of one foreign key.

    A finding names the referring row where that has a numeric id, and otherwise the
    missing row: other keys are chat ids or words.
    """
    column, target = key.parent, key.column
    numbered = "id" in table.c and table.c.id.type.python_type is int
    referred = target.table.alias("referred")
    joined = table.outerjoin(referred, referred.c[target.name] == column)
    return RowCheck(
        f"reference_{table.name}_{column.name}",
        table.name if numbered else f"{target.table.name} that is gone",
        select(table.c.id if numbered else column)
        .distinct()
        .select_from(joined)
        .where(column.is_not(None), referred.c[target.name].is_(None)),
        f"Rows of {table.name} refer to a {target.table.name} that is gone.",
        "Restore the newest backup, or delete them by hand: they cannot be reached.",
    )


def _subject(kind: str, of: SubjectKind) -> RowCheck:
    """Return the check of the alerts about one kind of subject."""
    referred = of.table.alias("referred")
    return RowCheck(
        f"alert_about_{kind}",
        "alert",
        select(alert.c.id)
        .select_from(alert.outerjoin(referred, referred.c.id == subject_id))
        .where(alert.c.subject_kind == kind, referred.c.id.is_(None)),
        f"Alerts are about a {kind} that is gone.",
        "Delete them by hand: no page shows them.",
    )


REFERENCES = (
    *(
        _reference(table, key)
        for table in metadata.sorted_tables
        for key in sorted(table.foreign_keys, key=lambda key: str(key.parent.name))
    ),
    *(_subject(kind, of) for kind, of in SUBJECTS.items()),
)
