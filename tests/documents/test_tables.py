"""Tables are read from CSV and XLSX files as they were written; other files are refused."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from bot.documents.tables import NotATableError, csv_table, read_table, xlsx_table

COLUMNS = ["code", "title_da"]
ROWS = [["V1", "Læseven på skolen"], ["", ""], ["V2", "-1 ord; og ”mere”\nher"], ["V3", "=1+1"]]
READ = [dict(zip(COLUMNS, row, strict=True)) for row in ROWS]
CREATED = datetime(2026, 12, 1, tzinfo=UTC)


def changed_book(old: str, new: str) -> bytes:
    """Return a workbook whose sheet has *new* in the place of *old*."""
    written = io.BytesIO()
    with (
        ZipFile(io.BytesIO(xlsx_table(COLUMNS, ROWS, created=CREATED))) as book,
        ZipFile(written, "w", ZIP_DEFLATED) as other,
    ):
        for one in book.infolist():
            content = book.read(one)
            if one.filename == "xl/worksheets/sheet1.xml":
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode())
            other.writestr(one.filename, content)
    return written.getvalue()


def test_what_was_written_is_read() -> None:
    """CSV and XLSX give back their rows: formulas as text, and empty rows between others."""
    assert read_table(csv_table(COLUMNS, ROWS)) == READ
    assert read_table(xlsx_table(COLUMNS, ROWS, created=CREATED)) == READ


@pytest.mark.parametrize(
    "body",
    [
        "code,title_da\nV1,Læseven på skolen\n".encode(),
        "code;title_da\r\nV1;Læseven på skolen\r\n;\r\n".encode("cp1252"),
        "\ufeffcode\ttitle_da\nV1\tLæseven på skolen".encode(),
    ],
)
def test_files_of_other_programs(body: bytes) -> None:
    """Commas, semicolons and tabs separate; older spreadsheets write in their own encoding."""
    assert read_table(body) == READ[:1]


def test_numbers_of_a_spreadsheet() -> None:
    """A whole number has no decimals."""
    body = changed_book('<c r="A2" t="s"><v>2</v></c>', '<c r="A2"><v>6</v></c>')
    assert read_table(body)[0]["code"] == "6"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"just words",
        b"code;code\nV1;V2\n",
        b'code;title\n"V1;x\n',
        b"code;title\nV\x001;x\n",
        b"PK\x03\x04 and no more",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old workbook",
        (";".join(f"c{n}" for n in range(300)) + "\n").encode(),
        xlsx_table(COLUMNS, ROWS, created=CREATED)[:-200],
        changed_book('r="A4"', 'r="XFD1048576"'),
    ],
)
def test_no_table(body: bytes) -> None:
    """A file that is no table, is broken, or would fill the memory is refused."""
    with pytest.raises(NotATableError):
        read_table(body)


def test_a_book_that_unpacks_to_much() -> None:
    """A small file that is large when unpacked is refused."""
    written = io.BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as book:
        book.writestr("xl/workbook.xml", b" " * 40 * 1024 * 1024)
    with pytest.raises(NotATableError):
        read_table(written.getvalue())


def test_a_zip_of_something_else() -> None:
    """A zip file without a workbook is refused."""
    written = io.BytesIO()
    with ZipFile(written, "w") as book:
        book.writestr("letter.txt", "hello")
    with pytest.raises(NotATableError):
        read_table(written.getvalue())
    assert re.match(b"PK", written.getvalue())
