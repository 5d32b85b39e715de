"""Re-encode citizens' pictures: keep the pixels and drop all metadata (HR-30)."""

from __future__ import annotations

from enum import StrEnum
from io import BytesIO

READ = ("JPEG", "PNG", "WEBP")
MIME, NAME = "image/jpeg", "picture.jpg"
LONGEST_EDGE = 2560  # pixels, as Telegram's own
MOST_PIXELS = 52_000_000  # up to 4 bytes each when decoded; phones take 50 million pixels
MOST_SCANS = 100  # of a JPEG: each scan costs a pass over the whole picture
QUALITY = 85  # at most about 5 MB with LONGEST_EDGE
NARROWEST = 20  # times as long as wide
WHITE = (255, 255, 255)
_SCAN = b"\xff\xda"


class NotTaken(StrEnum):
    """The reason why a picture is not taken."""

    TOO_BIG = "too_big"
    NO_PICTURE = "no_picture"
    GONE = "gone"  # Telegram no longer has it


def cleaned(raw: bytes) -> bytes | NotTaken:
    """Return the picture as an upright JPEG of pixels only, at most 2560 pixels an edge.

    Return a `NotTaken` where it is too big or no picture. Slow and memory-hungry: call it
    in a thread, one picture at a time.
    """
    from PIL import Image  # noqa: PLC0415 - load at the first picture, not at the start

    try:
        return _cleaned(raw)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        return NotTaken.TOO_BIG
    except Exception:  # noqa: BLE001 - a broken or hostile file may raise any error
        return NotTaken.NO_PICTURE


def is_too_narrow(picture: bytes) -> bool:
    """Return whether Telegram would refuse to send a cleaned picture for its proportions."""
    from PIL import Image  # noqa: PLC0415

    with Image.open(BytesIO(picture), formats=READ) as opened:
        return max(opened.size) > NARROWEST * min(opened.size)


def _cleaned(raw: bytes) -> bytes | NotTaken:
    """Read, check, rotate, shrink and re-encode *raw*; raise Pillow's errors."""
    from PIL import Image, ImageOps  # noqa: PLC0415

    with Image.open(BytesIO(raw), formats=READ) as opened:
        scans = 1 if opened.format in ("PNG", "WEBP") else raw.count(_SCAN)
        if opened.width * opened.height > MOST_PIXELS or scans > MOST_SCANS:
            return NotTaken.TOO_BIG
        opened.draft("RGB", (LONGEST_EDGE, LONGEST_EDGE))  # decodes a large JPEG smaller
        picture = ImageOps.exif_transpose(opened)
    picture.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
    # Paste onto a new canvas, because a Pillow image keeps the file's metadata.
    canvas = Image.new("RGB", picture.size, WHITE)
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        canvas.paste(picture, mask=picture)
    else:
        canvas.paste(picture.convert("RGB"))
    into = BytesIO()
    canvas.save(into, "JPEG", quality=QUALITY)
    return into.getvalue()
