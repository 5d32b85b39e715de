"""Render text with entities as HTML that is safe to insert into a page."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape

from bot.simulator.entities import Entity, Formatted

_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote",
}
_SAFE_SCHEMES = ("https://", "http://", "mailto:", "tg://")


def render_html(formatted: Formatted) -> str:
    """Return *formatted* as HTML with all text escaped and every tag closed."""
    units = formatted.text.encode("utf-16-le", errors="surrogatepass")
    pieces: list[str] = []
    open_tags: list[tuple[int, str]] = []
    at = 0

    def write_up_to(offset: int) -> None:
        nonlocal at
        text = units[2 * at : 2 * offset].decode("utf-16-le", errors="replace")
        pieces.append(escape(text))
        at = max(at, offset)

    def close_up_to(offset: int) -> None:
        while open_tags and open_tags[-1][0] <= offset:
            end, closing = open_tags.pop()
            write_up_to(end)
            pieces.append(closing)

    for entity in sorted(formatted.entities, key=lambda each: (each["offset"], -each["length"])):
        opening, closing = _tags(entity, formatted)
        if not opening:
            continue
        start, end = entity["offset"], entity["offset"] + entity["length"]
        close_up_to(start)
        write_up_to(start)
        # an entity that overlaps the enclosing one is cut at its end
        open_tags.append((min(end, open_tags[-1][0]) if open_tags else end, closing))
        pieces.append(opening)
    close_up_to(len(units) // 2)
    write_up_to(len(units) // 2)
    return "".join(pieces)


def _tags(entity: Entity, formatted: Formatted) -> tuple[str, str]:
    """Return the opening and closing tag of *entity*; two empty strings for none."""
    kind = entity["type"]
    if kind in _TAGS:
        return f"<{_TAGS[kind]}>", f"</{_TAGS[kind]}>"
    if kind == "date_time":
        at = datetime.fromtimestamp(entity["unix_time"], UTC)
        return f'<time datetime="{at.isoformat()}">', "</time>"
    if kind == "spoiler":
        return '<span class="spoiler">', "</span>"
    if kind in {"text_link", "url"}:
        url = entity.get("url") or _slice(formatted.text, entity)
        if url.lower().startswith(_SAFE_SCHEMES):
            href = escape(url, quote=True)
            return f'<a href="{href}" target="_blank" rel="noopener noreferrer">', "</a>"
    return "", ""


def _slice(text: str, entity: Entity) -> str:
    """Return the part of *text* that *entity* covers."""
    units = text.encode("utf-16-le", errors="surrogatepass")
    start, end = entity["offset"], entity["offset"] + entity["length"]
    return units[2 * start : 2 * end].decode("utf-16-le", errors="replace")
