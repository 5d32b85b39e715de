"""Pictures of progress: the words that are in them, in every language, and how long it takes."""

from __future__ import annotations

import io
from dataclasses import asdict
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader

from bot.documents.progress_picture import Bar, ProgressPicture, progress_png
from bot.documents.typesetting import needs_other_fonts, typeset

FILLED, EMPTY = (0x14, 0x53, 0x2D), (222, 222, 222)
MARKUP = "#*_$@\\`<>[]{}= - + / ~ \"'#let x = 1 //no"


def picture(name: str = "Vild natur", share: float = 0.6, bars: int = 1) -> ProgressPicture:
    """Return a picture with a bar of a name."""
    bar = Bar(name, "1.240 m²", share, "43 er med")
    source = "Tallene er fra onsdag d. 2. december."
    return ProgressPicture("I alt i 2026", "Klintsund Kommune", "da", [bar] * bars, source)


def words(shown: ProgressPicture) -> str:
    """Return the words of a picture, from the same template as a PDF."""
    (content,) = typeset("progress_picture.typ", asdict(shown), format="pdf")
    (page,) = PdfReader(io.BytesIO(content)).pages
    return " ".join(page.extract_text().split())


def filled(content: bytes) -> float:
    """Return how much of a picture's first bar is filled, from 0 to 1."""
    image = Image.open(io.BytesIO(content)).convert("RGB")
    for y in range(image.height):
        row = [image.getpixel((x, y)) for x in range(image.width)]
        done, left = row.count(FILLED), row.count(EMPTY)
        if done + left > image.width // 2:
            return done / (done + left)
    raise AssertionError("no bar")


@pytest.mark.parametrize(
    "name",
    [
        *("Søren Ærø Åse", "Şükrü Öğüt İnal-Çağlayan ığ", "Ґанна Їжакевич-Євтушенко", "Żółć"),
        *("Vrânceanu Țepeș", "Größe ß", MARKUP),
    ],
)
def test_names(name: str) -> None:
    """Danish, Turkish, Ukrainian, Polish and Romanian names are shown as they are written."""
    assert f"{' '.join(name.split())} 1.240 m² 43 er med" in words(picture(name))
    assert not needs_other_fonts(name)


def test_arabic_names() -> None:
    """An Arabic name has the letters of the Arabic font, joined from right to left."""
    name = "محمد عبد الرحمن الحسيني"
    (content,) = typeset("progress_picture.typ", asdict(picture(name)), format="pdf")
    (page,) = PdfReader(io.BytesIO(content)).pages
    assert set(name) <= set(page.extract_text())
    resources: Any = page["/Resources"]
    fonts = {str(one.get_object()["/BaseFont"]) for one in resources["/Font"].values()}
    assert any("NotoSansArabic" in one for one in fonts), fonts
    assert not needs_other_fonts(name)


@pytest.mark.parametrize("name", ["Anna 🌸", "王小明", "\ud800", "a\x00\x07b", "ღია", "", "\ue000"])
def test_letters_without_a_font(name: str) -> None:
    """A name with emoji, control characters or letters of other scripts makes a picture too."""
    assert progress_png(picture(name)).startswith(b"\x89PNG")
    assert needs_other_fonts(name) is (name in {"王小明", "ღია"})


@pytest.mark.parametrize("share", [0, 0.25, 0.6, 1, -3, 7])
def test_bars(share: float) -> None:
    """A bar is filled as far as it says; never below nothing, and never beyond its end."""
    assert filled(progress_png(picture(share=share))) == pytest.approx(
        min(max(share, 0), 1), abs=0.02
    )


def test_size_with_many_bars() -> None:
    """A picture with twelve bars fits what Telegram takes."""
    many = picture("Et meget langt navn på et fælles løfte, som fylder mere end én linje", bars=12)
    content = progress_png(many)
    width, height = Image.open(io.BytesIO(content)).size
    assert (width, height < 5 * width) == (1080, True)
    assert len(content) < 1_000_000
