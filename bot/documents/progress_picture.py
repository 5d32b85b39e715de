"""Pictures of progress as PNG, typeset by typst: numbers in words, each with a bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from bot.documents.typesetting import needs_other_fonts, typeset

MIME = "image/png"
DENSITY = 144.0  # pixels an inch: the picture is 1080 wide


@dataclass(frozen=True, slots=True)
class Bar:
    """A line with a number in words; *share* of the bar is filled, from 0 to 1.

    *note* is a second line, for example how many people it is.
    """

    name: str
    value: str
    share: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class ProgressPicture:
    """A picture by *author*; *source* says where the numbers come from, and of which day."""

    title: str
    author: str
    language: str
    bars: Sequence[Bar]
    source: str


def progress_png(picture: ProgressPicture) -> bytes:
    """Return a picture as PNG. Call it in a thread."""
    value = asdict(picture)
    for bar in value["bars"]:
        bar["share"] = min(max(bar["share"], 0.0), 1.0)
    texts = [picture.title, picture.author, picture.source]
    texts += [text for bar in picture.bars for text in (bar.name, bar.value, bar.note)]
    every_font = needs_other_fonts("".join(texts))
    return typeset("progress_picture.typ", value, every_font=every_font, format="png", ppi=DENSITY)[
        0
    ]
