"""QR codes are pictures that hold the address."""

from __future__ import annotations

import io
from xml.etree import ElementTree as ET

from PIL import Image

from bot.documents.qr_code import BORDER, SCALE, qr_code

ADDRESS = "https://t.me/dialog_klintsund_bot?start=l-AAAAAAAAAAAAAAAAAAAAAA"


def test_both_kinds_show_the_same_code() -> None:
    """PNG and SVG have the same size and a white border of four modules."""
    picture = Image.open(io.BytesIO(qr_code(ADDRESS, "png"))).convert("L")
    drawing = ET.fromstring(qr_code(ADDRESS, "svg"))  # noqa: S314 - our own drawing
    assert picture.width == int(drawing.attrib["width"])
    edge = BORDER * SCALE
    assert picture.getpixel((edge - 1, edge - 1)) == 255
    assert picture.getpixel((edge, edge)) == 0
    assert qr_code(ADDRESS + "x", "png") != qr_code(ADDRESS, "png")
