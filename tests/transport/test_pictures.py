"""A cleaned picture keeps its visible content and no metadata."""

from __future__ import annotations

import os
from io import BytesIO

import pytest
from photographs import TELLTALE, bomb, drawn, saved, told_all
from PIL import Image

from bot.transport.pictures import LONGEST_EDGE, MOST_SCANS, NotTaken, cleaned


def seen(raw: bytes) -> Image.Image:
    """Clean a valid picture and open the result."""
    made = cleaned(raw)
    assert isinstance(made, bytes), made
    assert not [mark for mark in TELLTALE if mark in made]
    shown = Image.open(BytesIO(made))
    shown.load()
    assert (shown.format, shown.mode) == ("JPEG", "RGB")
    assert shown.info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi"}
    return shown


def is_red(shown: Image.Image, x: float, y: float) -> bool:
    """Return whether the picture is red at *x*, *y*, given as fractions of the edges."""
    red, green, blue = shown.getpixel((int(x * shown.width), int(y * shown.height)))
    return bool(red > 200 and green < 60 and blue < 60)


def test_what_stands_beside_the_pixels_is_gone() -> None:
    """No byte of location, device, comment or author is left."""
    seen(told_all())


def test_a_picture_on_its_side_is_set_upright() -> None:
    """The picture is rotated by its orientation tag before the tag is removed."""
    shown = seen(told_all(orientation=6))
    assert shown.size == (40, 60)
    assert is_red(shown, 0.75, 0.25)
    assert not is_red(shown, 0.25, 0.25)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "MPO"])
def test_the_usual_kinds_become_jpeg(kind: str) -> None:
    """JPEG, multi-picture JPEG of phones, PNG and WebP are accepted."""
    shown = seen(saved(drawn(), kind))
    assert shown.size == (60, 40)
    assert is_red(shown, 0.2, 0.2)


@pytest.mark.parametrize(
    ("mode", "kind"),
    [("CMYK", "JPEG"), ("L", "JPEG"), ("P", "PNG"), ("1", "PNG"), ("I;16", "PNG"), ("LA", "PNG")],
)
def test_every_way_of_storing_colours_is_read(mode: str, kind: str) -> None:
    """Pictures of every colour mode are accepted."""
    picture = Image.new("I;16", (60, 40)) if mode == "I;16" else drawn(mode=mode)
    assert seen(saved(picture, kind)).size == (60, 40)


def test_what_is_transparent_becomes_white() -> None:
    """Transparent areas become white."""
    glass = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
    assert seen(saved(glass, "PNG")).getpixel((10, 10)) == (255, 255, 255)


def test_a_large_picture_is_made_smaller() -> None:
    """A large picture is scaled down to the greatest edge, with its proportions."""
    for kind in ("JPEG", "PNG"):
        assert seen(saved(drawn(6000, 3000), kind)).size == (LONGEST_EDGE, LONGEST_EDGE // 2)
    assert seen(saved(drawn(20_000, 2), "PNG")).size == (LONGEST_EDGE, 1)


def test_no_picture_becomes_larger_than_ten_megabytes() -> None:
    """Even noise, which compresses badly, stays below 10 MB."""
    edge = LONGEST_EDGE
    noise = Image.frombytes("RGB", (edge, edge), os.urandom(edge * edge * 3))
    made = cleaned(saved(noise, "PNG", compress_level=0))
    assert isinstance(made, bytes)
    assert len(made) <= 10 * 1024 * 1024


def test_a_bomb_is_not_unpacked() -> None:
    """A decompression bomb is refused by its declared size."""
    for edge in (8_000, 10_000, 50_000):
        assert cleaned(bomb(edge)) is NotTaken.TOO_BIG


def test_a_jpeg_of_countless_scans_is_refused() -> None:
    """A JPEG with thousands of scans is refused, as each scan costs a pass over the picture."""
    raw = saved(drawn(), progressive=True)
    at = raw.index(b"\xff\xda")
    assert cleaned(raw[:at] + raw[at:-2] * (MOST_SCANS + 1) + raw[-2:]) is NotTaken.TOO_BIG


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"no picture at all",
        saved(drawn())[:400],
        saved(drawn(), "PNG")[:-40],
        saved(drawn(), "GIF"),
        saved(drawn(), "TIFF"),
        saved(drawn(), "BMP"),
        saved(drawn(), "PDF"),
        b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
        b"MZ\x90\0" + b"\0" * 200,
        b"\xff\xd8\xff\xe0" + b"MZ" * 200,
        b"\x89PNG\r\n\x1a\n" + b"\0" * 200,
        b"RIFF\xff\0\0\0WEBPVP8 " + b"\0" * 200,
        b"%!PS-Adobe-3.0 EPSF-3.0\n",
    ],
    ids=lambda raw: f"{bytes(raw[:8])!r}-{len(raw)}",
)
def test_what_is_no_picture_is_refused(raw: bytes) -> None:
    """Other formats, truncated files and false file names are refused."""
    assert cleaned(raw) is NotTaken.NO_PICTURE
