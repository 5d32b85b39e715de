"""Tables as files for spreadsheets: CSV and XLSX. No cell starts a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from xlsxwriter import Workbook

# A spreadsheet reads a cell that starts with one of these as a formula, also in citizens' words.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
TEXT = "'"
WIDTH = 24  # characters of a column
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
