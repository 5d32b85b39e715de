"""QR codes of addresses."""

from __future__ import annotations

import io
from dataclasses import dataclass
from itertools import groupby
from typing import Any

BORDER = 4  # modules; the standard asks for as many
SCALE = 16  # pixels of one module, so that a print of the picture is sharp
MIME = {"svg": "image/svg+xml", "png": "image/png"}


def qr_code(address: str, kind: str) -> bytes:
    """Return the QR code of *address* as a file, black on white; *kind* is svg or png."""
    written = io.BytesIO()
    _code(address).save(written, kind=kind, scale=SCALE, border=BORDER, light="white")
    return written.getvalue()


@dataclass(frozen=True, slots=True)
class QrDrawing:
    """A QR code to draw in a page: *size* modules on each side, and the *path* of the black ones.

    The path is the attribute `d` of an SVG path.
    """

    size: int
    path: str


def qr_drawing(address: str) -> QrDrawing:
    """Return the QR code of *address* to draw in a page."""
    rows = list(_code(address).matrix_iter(border=BORDER))
    path: list[str] = []
    for y, row in enumerate(rows):
        x = 0
        for is_black, run in groupby(row):
            width = len(list(run))
            if is_black:
                path.append(f"M{x} {y}h{width}v1h-{width}z")
            x += width
    return QrDrawing(len(rows), "".join(path))


def _code(address: str) -> Any:
    """Return a code that stays readable where 15 % of it are covered, as on a worn poster."""
    # A start answers citizens sooner without this library.
    import segno  # noqa: PLC0415

    return segno.make(address, error="m", micro=False)
