"""Tables as files for spreadsheets, CSV and XLSX: written and read. No cell starts a formula."""

from __future__ import annotations

import csv
import io
import re
import zlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from zipfile import BadZipFile, ZipFile

from xlsxwriter import Workbook

# A spreadsheet reads a cell that starts with one of these as a formula, also in citizens' words.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
TEXT = "'"
WIDTH = 24  # characters of a column
SEPARATORS = (";", ",", "\t")
ZIP = b"PK\x03\x04"  # begins an XLSX file
LARGEST_BOOK = 32 * 1024 * 1024  # bytes of an unpacked XLSX file
MOST_COLUMNS = 200
LONGEST_COLUMN, FARTHEST_ROW = 2, 20_000  # the last cell of a table is ZZ20000
CELL = re.compile(rb"\br=[\"']([A-Z]{1,7})([0-9]{1,10})[\"']")
SAFE = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def csv_table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Return a table as CSV.

    It is for spreadsheets: separated by semicolons, as Danish ones expect, and with a byte order
    mark at the start, by which they recognise UTF-8.
    """
    written = io.StringIO()
    table = csv.writer(written, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    table.writerow(columns)
    for row in rows:
        table.writerow([cell(value) for value in row])
    return b"\xef\xbb\xbf" + written.getvalue().encode()


def cell(value: Any) -> str:
    """Return a value as a cell; an apostrophe before a formula's mark makes it plain text."""
    said = "" if value is None else str(value)
    if isinstance(value, datetime):
        said = value.isoformat(" ", "minutes")
    return TEXT + said if said.lstrip(" \u00a0").startswith(FORMULA) else said


def xlsx_table(
    columns: Sequence[str], rows: Iterable[Sequence[Any]], *, created: datetime
) -> bytes:
    """Return a table as XLSX with a bold first row; datetimes must be local and naive."""
    written = io.BytesIO()
    book = Workbook(written, SAFE)
    book.set_properties({"created": created})
    sheet = book.add_worksheet()
    bold = book.add_format({"bold": True})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    sheet.set_column(0, len(columns) - 1, WIDTH)
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, columns, bold)
    for number, row in enumerate(rows, 1):
        for place, value in enumerate(row):
            if isinstance(value, datetime):
                sheet.write_datetime(number, place, value, moment)
            elif value is not None:
                sheet.write_string(number, place, str(value))
    book.close()
    return written.getvalue()


class NotATableError(ValueError):
    """A file that is no table of CSV or XLSX, or is too large for one."""


def read_table(body: bytes) -> list[dict[str, str]]:
    """Return the rows of a CSV or XLSX file by the names in its first row.

    A row's number counts from the first row below the names; empty rows at the end are left
    out. Raise `NotATableError` for another file.
    """
    rows = _xlsx_rows(body) if body.startswith(ZIP) else _csv_rows(body)
    while rows and not any(rows[-1]):
        rows.pop()
    names = [name.strip() for name in rows[0]] if rows else []
    used = [name for name in names if name]
    if not used or len(set(used)) < len(used) or any(len(row) > MOST_COLUMNS for row in rows):
        raise NotATableError
    return [
        {name: value for name, value in zip(names, row, strict=False) if name or value}
        for row in rows[1:]
    ]


def _csv_rows(body: bytes) -> list[list[str]]:
    """Return the cells of a CSV file, separated by semicolons, commas or tabs."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = body.decode("cp1252", "replace")  # an older spreadsheet's
    first = text.split("\n", 1)[0]
    separator = max(SEPARATORS, key=first.count)
    if separator not in first or "\0" in text:
        raise NotATableError
    try:
        found = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error:
        raise NotATableError from None
    return [[_plain(value) for value in row] for row in found]


def _xlsx_rows(body: bytes) -> list[list[str]]:
    """Return the cells of the first sheet of an XLSX file; one with a password is no table."""
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415

    try:
        _check_size(body)
        with CalamineWorkbook.from_filelike(io.BytesIO(body)) as book:
            found = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, BadZipFile, RuntimeError, ValueError, OSError, zlib.error):
        raise NotATableError from None
    return [[_plain(_said(value)) for value in row] for row in found]


def _check_size(body: bytes) -> None:
    """Raise `NotATableError` for a workbook that needs much memory: large, or with far cells.

    A sheet is read as a full rectangle, so that one cell far away would fill the memory.
    """
    with ZipFile(io.BytesIO(body)) as book:
        size = sum(one.file_size for one in book.infolist())
        if "xl/workbook.xml" not in book.namelist() or size > LARGEST_BOOK:
            raise NotATableError
        for one in book.infolist():
            content = book.read(one)  # checks its length and its checksum
            if one.filename.startswith("xl/worksheets/") and any(
                map(_is_far, CELL.finditer(content))
            ):
                raise NotATableError


def _is_far(found: re.Match[bytes]) -> bool:
    """Return whether a cell's name, such as B12, is beyond the largest table."""
    column, row = found[1], int(found[2])
    return len(column) > LONGEST_COLUMN or row > FARTHEST_ROW


def _said(value: Any) -> str:
    """Return a spreadsheet's value as text; a whole number is without decimals."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _plain(value: str) -> str:
    """Return a cell without the apostrophe that `cell` wrote before a formula's mark."""
    marked = value.startswith(TEXT) and cell(value[1:]) == value
    return value[1:] if marked else value
