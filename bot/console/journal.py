"""A case as a file for the journal: JSON that can be verified, a table, and a page to print.

Each message and each attachment has a hash of its content, and the journal has one over all of
it. To verify a file, remove ``sha256`` from the object, write the remainder as canonical JSON (keys
sorted, no blanks, UTF-8, only necessary escapes) and hash that.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.documents.tables import csv_table
from bot.model.case import Case
from bot.service.cases.opening import case_number
from bot.store.unit import Unit

HASH = "sha256"
HASHED = ("messages", "attachments")
COLUMNS = (
    *("case", "part", "id", "at", "direction", "kind", "by", "state", "version", "text", HASH),
)


def canonical(value: Any) -> bytes:
    """Return *value* as canonical JSON, the input of every hash."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def hash_of(value: Any) -> str:
    """Return the hash of a JSON value."""
    return hashlib.sha256(canonical(value)).hexdigest()


async def taken_out(unit: Unit, case: Case) -> dict[str, Any]:
    """Return the complete journal of a case, with its hashes."""
    return sealed(await unit.journal.of(case, case_number(unit, case)))


def sealed(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return a journal with a hash of each message and attachment, and one over all."""
    parts = {name: [{**one, HASH: hash_of(one)} for one in content[name]] for name in HASHED}
    whole = {**content, **parts}
    return {**whole, HASH: hash_of(whole)}


def as_json(journal: Mapping[str, Any]) -> bytes:
    """Return a sealed journal as JSON."""
    return canonical(journal)


def as_csv(journal: Mapping[str, Any]) -> bytes:
    """Return a sealed journal as a CSV table of all its parts."""
    rows = ([row.get(name) for name in COLUMNS] for row in rows_of(journal))
    return csv_table(COLUMNS, rows)


def rows_of(journal: Mapping[str, Any]) -> Sequence[dict[str, Any]]:
    """Return the rows of the table, the case itself first."""
    number = journal["case"]
    head = {
        "part": "case",
        "at": journal["received_at"],
        "kind": journal["kind"],
        "state": journal["state"],
        "text": journal["title"],
        HASH: journal[HASH],
    }
    rows = [head, *(row for one in journal["messages"] for row in _message_rows(one))]
    rows += [{**one, "part": "attachment", "text": _shown(one)} for one in journal["attachments"]]
    rows += [
        {
            "part": "event",
            "id": one["id"],
            "at": one["at"],
            "kind": one["did"],
            "by": one["by"],
            "state": one["to"],
            "text": one["reason"],
        }
        for one in journal["events"]
    ]
    return [{**row, "case": number} for row in rows]


def _message_rows(message: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return one row for each version of a message, oldest first."""
    said = {**message, "part": "message"}
    before = [
        {
            **said,
            "part": "earlier",
            "version": one["version"],
            "text": one["text"],
            HASH: hash_of(one),
        }
        for one in message["earlier"]
    ]
    return [*before, said]


def _shown(attachment: Mapping[str, Any]) -> str:
    """Return an attachment as text: a file's name, size and hash, or a place's coordinates."""
    if attachment["file_sha256"]:
        return (
            f"{attachment['name']} ({attachment['size']} bytes, sha256 {attachment['file_sha256']})"
        )
    return f"{attachment['latitude']}, {attachment['longitude']}"


def file_name(number: str, ending: str) -> str:
    """Return a name for the file that is safe in a header and on a disk."""
    plain = "".join(
        letter for letter in number if (letter.isascii() and letter.isalnum()) or letter == "-"
    )
    return f"{plain}.{ending}"
