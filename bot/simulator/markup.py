"""Parse Telegram's HTML into text and entities, with Telegram's error messages.

The rules and messages follow the Bot API's answers (tags, references,
attributes, byte offsets in UTF-8); see https://core.telegram.org/bots/api#html-style.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.simulator.entities import Entity, Formatted, utf16_length

_BLANK = r" \t\r\n\x00\x0b"
_SPECIAL = re.compile(r"[<&]")
_SPACE = re.compile(rf"[{_BLANK}]*")
_TAG_NAME = re.compile(rf"[^{_BLANK}>]*")
_KEY = re.compile(rf"[^{_BLANK}=>]*")
_BARE_VALUE = re.compile(r"[A-Za-z0-9.\-]*")
_BARE_END = re.compile(rf"[{_BLANK}>]")
_END_TAG = re.compile(rf"</([^{_BLANK}>]*)[{_BLANK}]*")
_REFERENCE = re.compile(
    r"&(?:#x(?P<hex>[0-9a-fA-F]{1,8})(?![0-9a-fA-F])|#(?P<dec>[0-9]{1,9})(?![0-9])"
    r"|(?P<name>lt|gt|amp|quot)(?![a-zA-Z]));?"
)
_URL = re.compile(
    r"(?:(?P<scheme>https?://)|(?=[^\s/?#:@]+\.))[^\s/?#@]+(?P<path>[/?#]\S*)?"
    r"|(?P<other>(?:tg|ton|tonsite)://\S+|mailto:\S+@\S+)"
)
_UNIX = re.compile(r"[0-9]{1,10}")
_TIME_FORMAT = re.compile(r"r|w?[dD]?[tT]?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_SURROGATES = range(0xD800, 0xE000)
_LAST_CODE_POINT = 0x10FFFF

_PLAIN = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}
# The order of entities with equal ranges, so that nesting alone is not a change.
_RANK = {
    kind: rank
    for rank, kind in enumerate(
        (
            "blockquote",
            "expandable_blockquote",
            "pre",
            "code",
            "text_link",
            "bold",
            "italic",
            "underline",
            "strikethrough",
            "spoiler",
            "custom_emoji",
            "date_time",
        )
    )
}


class MarkupError(ValueError):
    """The HTML is invalid; the message is Telegram's."""


@dataclass(frozen=True, slots=True)
class _Open:
    """An open start tag: *offset* in UTF-16 units, *piece* as index into the text's pieces."""

    name: str
    attributes: dict[str, str]
    offset: int
    piece: int


def read_html(source: str) -> Formatted:
    """Return text and entities of *source*; raise `MarkupError`."""
    if _SPECIAL.search(source) is None:
        return Formatted(source)
    return _Reader(source).read()


class _Reader:
    """A parser that reads one text once."""

    __slots__ = ("entities", "open", "pieces", "position", "source")

    def __init__(self, source: str) -> None:
        """Start at the beginning of *source*."""
        self.source = source
        self.pieces: list[str] = []
        self.position = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def read(self) -> Formatted:
        """Parse to the end; return text and sorted entities."""
        at, source = 0, self.source
        while match := _SPECIAL.search(source, at):
            start = match.start()
            self.put(source[at:start])
            if source[start] == "&":
                at = self.reference(start)
            elif source.startswith("</", start):
                at = self.end_tag(start)
            else:
                at = self.start_tag(start)
        self.put(source[at:])
        if self.open:
            name = self.open[-1].name
            raise MarkupError(f'Can\'t find end tag corresponding to start tag "{name}"')
        for entity in self.entities:
            if entity["type"] == "code":
                entity.pop("language", None)  # only a pre has one
        self.entities.sort(key=lambda each: (each["offset"], -each["length"], _RANK[each["type"]]))
        return Formatted("".join(self.pieces), tuple(self.entities))

    def put(self, text: str) -> None:
        """Append *text* to the visible text."""
        if text:
            self.pieces.append(text)
            self.position += utf16_length(text)

    def fault(self, words: str, at: int) -> MarkupError:
        """Return the error for character *at*, with its offset in bytes as Telegram counts."""
        offset = len(self.source[:at].encode(errors="surrogatepass"))
        return MarkupError(f"{words} at byte offset {offset}")

    def reference(self, at: int) -> int:
        """Read a character reference at *at*, or a plain ampersand; return the next position."""
        match = _REFERENCE.match(self.source, at)
        character = _decode(match) if match else None
        if match is None or character is None:
            self.put("&")
            return at + 1
        self.put(character)
        return match.end()

    def start_tag(self, start: int) -> int:
        """Read `<name attribute=value>`."""
        match = _TAG_NAME.match(self.source, start + 1)
        name, at = (match[0].lower(), match.end()) if match else ("", start + 1)
        if at >= len(self.source):
            raise self.fault("Unclosed start tag", start)
        if name not in _PLAIN:
            raise self.fault(f'Unsupported start tag "{name}"', start)
        attributes: dict[str, str] = {}
        while True:
            at = self.skip_space(at)
            if at >= len(self.source):
                raise self.fault(f'Unclosed start tag "{name}"', start)
            if self.source[at] == ">":
                break
            key, value, at = self.attribute(name, start, at)
            attributes.setdefault(key, value)
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise self.fault('Tag "span" must have class "tg-spoiler"', start)
        if name == "tg-emoji" and not attributes.get("emoji-id", "").isdecimal():
            raise MarkupError("Invalid custom emoji identifier specified")
        if name == "tg-time" and not _UNIX.fullmatch(attributes.get("unix", "")):
            raise MarkupError("Invalid date specified")
        if name == "tg-time" and not _TIME_FORMAT.fullmatch(attributes.get("format", "")):
            raise MarkupError("Invalid date format specified")
        self.open.append(_Open(name, attributes, self.position, len(self.pieces)))
        return at + 1

    def attribute(self, tag: str, start: int, at: int) -> tuple[str, str, int]:
        """Read one attribute at *at*; return its name, its value and where it ends."""
        source = self.source
        match = _KEY.match(source, at)
        key = match[0].lower() if match else ""
        if not key:
            raise self.fault(f'Empty attribute name in the tag "{tag}"', start)
        at = self.skip_space(at + len(key))
        if not source.startswith("=", at):
            return key, "", at
        at = self.skip_space(at + 1)
        if at >= len(source):
            raise self.fault(f'Unclosed start tag "{tag}"', start)
        if source[at] in "'\"":
            end = source.find(source[at], at + 1)
            if end < 0:
                raise self.fault("Unclosed start tag", start)
            return key, _decode_all(source[at + 1 : end]), end + 1
        value = _BARE_VALUE.match(source, at)
        end = value.end() if value else at
        if not _BARE_END.match(source, end):
            raise self.fault("Unexpected end of name token", at)
        return key, source[at:end].lower(), end

    def end_tag(self, start: int) -> int:
        """Read `</name>` or `</>` and close the open tag; return the next position."""
        if not self.open:
            raise self.fault("Unexpected end tag", start)
        match = _END_TAG.match(self.source, start)
        name, at = (match[1].lower(), match.end()) if match else ("", start + 2)
        if not self.source.startswith(">", at):
            raise self.fault("Unclosed end tag", start)
        tag = self.open.pop()
        if name and name != tag.name:
            place = self.fault("Unmatched end tag", start)
            raise MarkupError(f'{place}, expected "</{tag.name}>", found "</{name}>"')
        if self.position > tag.offset:
            self.close(tag)
        elif tag.name == "tg-time":  # Telegram drops it silently; here it is a fault of the bot
            raise MarkupError("A date without text")
        return at + 1

    def close(self, tag: _Open) -> None:
        """Append the entity of *tag*, which ends here and is not empty."""
        kind = _PLAIN[tag.name]
        entity: Entity = {
            "type": kind,
            "offset": tag.offset,
            "length": self.position - tag.offset,
        }
        if kind == "blockquote" and "expandable" in tag.attributes:
            entity["type"] = "expandable_blockquote"
        elif kind == "text_link":
            url = _link(tag.attributes.get("href") or "".join(self.pieces[tag.piece :]))
            if url is None:
                return
            entity["url"] = url
        elif kind == "custom_emoji":
            entity["custom_emoji_id"] = tag.attributes["emoji-id"]
        elif kind == "date_time":
            entity["unix_time"] = int(tag.attributes["unix"])
            if tag.attributes.get("format"):
                entity["date_time_format"] = tag.attributes["format"]
        elif kind in {"code", "pre"}:
            self.merge_language(entity, tag)
        self.entities.append(entity)

    def merge_language(self, entity: Entity, tag: _Open) -> None:
        """Merge a `code` and a `pre` on the same range into one `pre` with a language."""
        language = tag.attributes.get("class", "").removeprefix("language-")
        if tag.name == "code" and language and language != tag.attributes.get("class"):
            entity["language"] = language
        for other in self.entities:
            same = all(other[key] == entity[key] for key in ("offset", "length"))
            if same and {other["type"], entity["type"]} == {"code", "pre"}:
                named = other.get("language") or entity.get("language")
                if named:
                    self.entities.remove(other)
                    entity |= {"type": "pre", "language": named}
                    return

    def skip_space(self, at: int) -> int:
        """Return the position after the white space at *at*."""
        match = _SPACE.match(self.source, at)
        return match.end() if match else at


def _decode(match: re.Match[str]) -> str | None:
    """Return the character of a reference, None for an invalid one; raise for a surrogate."""
    if match["name"]:
        return _NAMED[match["name"]]
    code = int(match["hex"], 16) if match["hex"] else int(match["dec"])
    if code in _SURROGATES:
        raise MarkupError(
            "Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units"
        )
    return chr(code) if 0 < code < _LAST_CODE_POINT else None


def _decode_all(text: str) -> str:
    """Decode every reference in an attribute's value."""
    return _REFERENCE.sub(lambda match: _decode(match) or match[0], text)


def _link(url: str) -> str | None:
    """Return *url* normalized as Telegram does; None where it is not a link."""
    url = url.strip()
    match = _URL.fullmatch(url)
    if match is None:
        return None
    if match["other"]:
        return url
    url = url if match["scheme"] else f"http://{url}"
    return url if match["path"] else f"{url}/"
