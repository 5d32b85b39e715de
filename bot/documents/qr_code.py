"""QR codes of addresses."""

from __future__ import annotations

import io

BORDER = 4  # modules; the standard asks for as many
SCALE = 8  # pixels of one module
MIME = {"svg": "image/svg+xml", "png": "image/png"}


def qr_code(address: str, kind: str) -> bytes:
    """Return the QR code of *address* as a file; *kind* is svg or png.

    It stays readable where 15 % of it are covered, as on a worn poster.
    """
    # A start answers citizens sooner without this library.
    import segno  # noqa: PLC0415

    written = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(written, kind=kind, scale=SCALE, border=BORDER)
    return written.getvalue()
