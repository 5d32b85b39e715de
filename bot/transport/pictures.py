"""Pictures of citizens, made anew: what can be seen in them stays, and nothing else (HR-30)."""

from __future__ import annotations

from enum import StrEnum
from io import BytesIO

READ = ("JPEG", "PNG", "WEBP")
MIME, NAME = "image/jpeg", "picture.jpg"
LONGEST_EDGE = 2560  # pixels, as Telegram's own
MOST_PIXELS = 52_000_000  # unpacked it takes up to four bytes each; telephones make 50 million
MOST_SCANS = 100  # of a JPEG: each costs a walk over the whole picture
QUALITY = 85  # at most about 5 MB at that edge
WHITE = (255, 255, 255)
_SCAN = b"\xff\xda"


class NotTaken(StrEnum):
    """Why a picture cannot be taken in."""

    TOO_BIG = "too_big"
    NO_PICTURE = "no_picture"
    GONE = "gone"  # Telegram has it no more


def cleaned(raw: bytes) -> bytes | NotTaken:
    """Return a picture as a JPEG of its pixels alone, upright and of a bounded size.

    It is slow and takes much memory: not for the loop, and one at a time.
    """
    from PIL import Image  # noqa: PLC0415 - only where there is a picture: no start waits for it

    try:
        return _cleaned(raw)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        return NotTaken.TOO_BIG
    except Exception:  # noqa: BLE001 - what a broken or hostile file makes Pillow raise is no picture
        return NotTaken.NO_PICTURE


def _cleaned(raw: bytes) -> bytes | NotTaken:
    """Read, check, turn, shrink and write anew; raise whatever Pillow raises."""
    from PIL import Image, ImageOps  # noqa: PLC0415

    with Image.open(BytesIO(raw), formats=READ) as opened:
        scans = 1 if opened.format in ("PNG", "WEBP") else raw.count(_SCAN)
        if opened.width * opened.height > MOST_PIXELS or scans > MOST_SCANS:
            return NotTaken.TOO_BIG
        opened.draft("RGB", (LONGEST_EDGE, LONGEST_EDGE))  # a large JPEG is unpacked smaller
        picture = ImageOps.exif_transpose(opened)
    picture.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
    # On a new canvas, because a picture carries what stood beside its pixels along.
    canvas = Image.new("RGB", picture.size, WHITE)
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        canvas.paste(picture, mask=picture)
    else:
        canvas.paste(picture.convert("RGB"))
    into = BytesIO()
    canvas.save(into, "JPEG", quality=QUALITY)
    return into.getvalue()
