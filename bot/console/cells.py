"""What list and record pages show, as values; `cells.html` renders them.

A cell is a text, a date, or one of these values. Cells may hold other cells.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from bot.i18n import Text

Cell = Any  # Text, str, date, None, or a class of this module; a tuple is one after another


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a page of the console; *css* button or button solid makes it a button."""

    label: Cell
    path: str
    css: str = ""
    icon: str = ""
    shape: ClassVar[str] = "link"


@dataclass(frozen=True, slots=True)
class Outside:
    """A link to a page outside the console, which opens in a new tab."""

    label: Cell
    address: str
    shape: ClassVar[str] = "outside"


@dataclass(frozen=True, slots=True)
class Icon:
    """A symbol of static/icons.svg."""

    name: str
    shape: ClassVar[str] = "icon"


@dataclass(frozen=True, slots=True)
class Part:
    """An inline part of a line: *tag* is span, b, strong, q, del, ins or br."""

    text: Cell
    css: str = ""
    tag: str = "span"
    hidden: bool = False  # from screen readers
    shape: ClassVar[str] = "part"


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant, shown as "today" or "yesterday" where it is near."""

    at: datetime
    shape: ClassVar[str] = "moment"


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone number to ring."""

    number: str
    shape: ClassVar[str] = "phone"


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph."""

    text: Cell
    css: str = ""
    shape: ClassVar[str] = "line"


@dataclass(frozen=True, slots=True)
class Title:
    """The heading of a row."""

    text: Cell
    shape: ClassVar[str] = "title"


@dataclass(frozen=True, slots=True)
class Block:
    """Several cells in a box."""

    parts: Sequence[Cell]
    css: str = ""
    shape: ClassVar[str] = "block"


@dataclass(frozen=True, slots=True)
class Quote:
    """A person's words, in their language."""

    words: Cell
    lang: str
    css: str = "asked"
    shape: ClassVar[str] = "quote"


@dataclass(frozen=True, slots=True)
class Button:
    """A form of one button; *about* completes its label for screen readers."""

    path: str
    label: Text
    icon: str = ""
    about: Cell = None
    hidden: Mapping[str, Any] = field(default_factory=dict)
    shape: ClassVar[str] = "button"


@dataclass(frozen=True, slots=True)
class Copyable:
    """A text with a button that copies it; *about* completes its label for screen readers."""

    id: str  # unique on the page
    text: str
    label: Text
    about: Cell = None
    shape: ClassVar[str] = "copyable"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A square drawing, black on white: an SVG *path*, *size* units wide, and its words."""

    path: str
    size: int
    alt: Text
    shape: ClassVar[str] = "drawing"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns; the first cell of a row is its heading, *right* columns are numbers."""

    name: Cell
    columns: Sequence[Cell]
    rows: Sequence[Sequence[Cell]]
    right: Sequence[int] = ()
    shape: ClassVar[str] = "table"


@dataclass(frozen=True, slots=True)
class Download:
    """A button that saves *content* as a file, which is within the page."""

    label: Text
    name: str
    mime: str
    content: bytes
    shape: ClassVar[str] = "download"

    @property
    def address(self) -> str:
        """Return the content as an address."""
        return f"data:{self.mime};base64,{b64encode(self.content).decode()}"


def tag(text: Cell, css: str = "") -> Part:
    """Return a small label."""
    return Part(text, f"tag {css}".strip())


def unseen(text: Cell) -> Part:
    """Return words for screen readers alone."""
    return Part(text, "unseen")


def dotted(*parts: Cell) -> tuple[Cell, ...]:
    """Return parts with dots between them; None is left out."""
    shown = [part for part in parts if part]
    return tuple(one for part in shown for one in (" · ", part))[1:]


def switch(pages: Sequence[tuple[str, Text | str]], here: str) -> Line:
    """Return links to *pages*, pairs of path and label; the shown page is bold and no link."""
    return Line(
        dotted(
            *(
                Part(label, tag="strong") if path == here else Link(label, path)
                for path, label in pages
            )
        )
    )


def case_link(prefix: str, number: int, title: str) -> Link:
    """Return a link to a case: its number and its title."""
    return Link((Part(f"{prefix}-{number}", "number"), " ", title), f"cases/{number}")
