"""A case as a file for the journal: JSON that can be verified, a table, and a page to print.

Each message and each attachment bears the hash of what it is, and the whole bears one over all
of it. To verify a file, take ``sha256`` out of the object, write the rest as canonical JSON (keys
sorted, no blanks, UTF-8, nothing escaped that need not be) and hash it.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.model.case import Case
from bot.service.cases.opening import case_number
from bot.store.unit import Unit

HASH = "sha256"
HASHED = ("messages", "attachments")
COLUMNS = (
    *("case", "part", "id", "at", "direction", "kind", "by", "state", "version", "text", HASH),
)
# What a spreadsheet takes for a formula, at the beginning of a cell (and so of a citizen's words).
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
TEXT = "'"


def canonical(value: Any) -> bytes:
    """Write JSON in the one way that hashes are made of."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def hash_of(value: Any) -> str:
    """Return the hash of a JSON value."""
    return hashlib.sha256(canonical(value)).hexdigest()


async def taken_out(unit: Unit, case: Case) -> dict[str, Any]:
    """Return all of a case, sealed."""
    return sealed(await unit.journal.of(case, case_number(unit, case)))


def sealed(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return a journal with the hash of each of its parts, and one over all of it."""
    parts = {name: [{**one, HASH: hash_of(one)} for one in content[name]] for name in HASHED}
    whole = {**content, **parts}
    return {**whole, HASH: hash_of(whole)}


def as_json(journal: Mapping[str, Any]) -> bytes:
    """Return a sealed journal as JSON."""
    return canonical(journal)


def as_csv(journal: Mapping[str, Any]) -> bytes:
    """Return a sealed journal as a table, a row a state of a message, an attachment or an act.

    It is for spreadsheets: parted by semicolons, as Danish ones expect, and with the mark at its
    beginning by which they know UTF-8.
    """
    written = io.StringIO()
    table = csv.writer(written, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for row in rows_of(journal):
        table.writerow([cell(row.get(name)) for name in COLUMNS])
    return b"\xef\xbb\xbf" + written.getvalue().encode()


def cell(value: Any) -> str:
    """Return a value as a cell that no spreadsheet takes for a formula."""
    said = "" if value is None else str(value)
    return TEXT + said if said.lstrip(" \u00a0").startswith(FORMULA) else said


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
    """Return a row for each thing that a message has said, the oldest first."""
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
    """Say what an attachment is: a file by its hash, or a place."""
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
