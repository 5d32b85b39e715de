"""Build pictures as phones make them, and files that only resemble pictures."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms, ImageDraw
from PIL.ExifTags import GPS, IFD, Base

CAMERA, COMMENT, XMP = "Telefon af Ana", b"Anas hus", b"<x:xmpmeta>Ana was here</x:xmpmeta>"
LATITUDE = (55.0, 40.0, 34.125)
# The metadata above, as its bytes in the file; the latitude's 34.125 is 273/8.
TELLTALE = (
    *(b"Exif", b"ICC_PROFILE", b"ns.adobe.com", CAMERA.encode(), COMMENT, XMP),
    struct.pack(">II", 273, 8),
)


def drawn(width: int = 60, height: int = 40, mode: str = "RGB") -> Image.Image:
    """Draw a red quarter at the top left on blue."""
    picture = Image.new("RGB", (width, height), "blue")
    ImageDraw.Draw(picture).rectangle((0, 0, width // 2 - 1, height // 2 - 1), "red")
    return picture.convert(mode)


def saved(picture: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    """Return the bytes of a picture file."""
    into = BytesIO()
    picture.save(into, kind, **options)
    return into.getvalue()


def told_all(orientation: int = 6) -> bytes:
    """Return a JPEG with location, date and author in its metadata, and a rotated orientation."""
    exif = Image.Exif()
    exif[Base.Make], exif[Base.Orientation] = CAMERA, orientation
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = LATITUDE
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    made = saved(drawn(), exif=exif, comment=COMMENT, icc_profile=profile, xmp=XMP)
    assert all(mark in made for mark in TELLTALE)
    return made


def bomb(edge: int = 50_000) -> bytes:
    """Return a small PNG that declares *edge* pixels each way."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", edge, edge, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
