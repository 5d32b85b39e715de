"""Translation: English messages in the code, Danish in the catalogue.

The markers `_`, `pgettext` and `ngettext` make a `Text`, which is translated
and filled in only when it is rendered. Babel reads each catalogue once, from
the package. Danish is authoritative: a missing key shows English with a mark,
and `catalogue_errors` lists it, so that it never ships.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, Literal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, get_day_names, get_month_names
from babel.lists import format_list
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

SOURCE = "en"
LANGUAGE_NAMES: Mapping[str, str] = {"da": "Dansk", "en": "English"}  # each in its own language
LANGUAGES = tuple(LANGUAGE_NAMES)
DANISH_READERS = frozenset({"da", "nb", "nn", "sv", "no", "fo", "kl"})
MISSING = "⟦{}⟧"
MARKS = MISSING.format("")  # the mark of untranslated text, never sent to a citizen
_UNMARKED = str.maketrans("", "", MARKS)
_TAG = re.compile(r"<[^>]*>")
_ALLOWED_TAG = re.compile(r'</?[bi]>|<a href="[^"<>]*">|</a>')
_LIST_STYLES: Mapping[bool, Literal["or", "standard"]] = {True: "or", False: "standard"}
_FIELD = re.compile(r"\{\{|\}\}|\{([a-z][a-z0-9_]*)\}")
# A full stop of a template right after a value, and a value that ends a sentence itself: within
# quotation marks, isolates (for direction) or tags.
_CLOSERS = r"(?:[”’»\"')\u2069]|&quot;|&\#x27;|</\w+>)*"
_STOPPED = re.compile(rf"\{{([a-z][a-z0-9_]*)\}}({_CLOSERS})\.(?=\s|$)")
_ENDS_SENTENCE = re.compile(rf"[.!?…]{_CLOSERS}$")

MarkInstant = Callable[[datetime, str], str]


@dataclass(frozen=True, slots=True)
class Text:
    """A message with parameters, not yet rendered in a language.

    *key* is the English text. *context* distinguishes the meanings of one English word.
    With *plural*, ``params[count]`` chooses between *key* and *plural*.
    """

    key: str
    params: Mapping[str, Any] = field(default_factory=dict)
    context: str | None = None
    plural: str | None = None
    count: str | None = None

    def with_(self, **params: Any) -> Text:
        """Return the text with values for its placeholders."""
        return Text(self.key, {**self.params, **params}, self.context, self.plural, self.count)

    def with_defaults(self, params: Mapping[str, Any]) -> Text:
        """Return the text with *params* as defaults for it and the texts among its parameters."""
        own = {
            name: value.with_defaults(params) if isinstance(value, Text) else value
            for name, value in self.params.items()
        }
        return Text(self.key, {**params, **own}, self.context, self.plural, self.count)


@dataclass(frozen=True, slots=True)
class Day:
    """A date shown with or without its year, and without its weekday unless *has_weekday*."""

    date: date
    has_year: bool = True
    has_weekday: bool = False


@dataclass(frozen=True, slots=True)
class Brief:
    """An instant in few letters, for the label of a button: "Wed 2 Dec 15:00"."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Ends:
    """The time of day at which a span ends, after a dash: "15:00–16:00", "kl. 15–16"."""

    at: time


@dataclass(frozen=True, slots=True)
class Weekday:
    """A weekday, 0 (Monday) to 6, shown by its name."""

    number: int

    def said_in(self, language: str) -> str:
        """Return its name in a language."""
        return weekday_names(language)[self.number]


@dataclass(frozen=True, slots=True)
class Listed:
    """Values shown as a list: "a, b and c", or with *is_either* "a, b or c"."""

    values: tuple[Any, ...]
    is_either: bool = False


@dataclass(frozen=True, slots=True)
class ByLanguage:
    """A name that staff or the town's content file gave in several languages, Danish first."""

    names: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, names: Mapping[str, str]) -> ByLanguage:
        """Return the names of a mapping by language."""
        return cls(tuple(names.items()))

    def said_in(self, language: str) -> str:
        """Return the name in a language, or the Danish one."""
        by_language = dict(self.names)
        return by_language.get(language) or by_language.get("da", "")


def _(message: str) -> Text:
    """Mark *message* for translation."""
    return Text(message)


def pgettext(context: str, message: str) -> Text:
    """Mark *message* for translation in the meaning of *context*."""
    return Text(message, context=context)


def ngettext(singular: str, plural: str, count: str) -> Text:
    """Mark a message with two forms; the placeholder named *count* chooses the form."""
    return Text(singular, plural=plural, count=count)


def language_for(code: str | None) -> str:
    """Return a citizen's initial language for Telegram's ``language_code``."""
    if code is None:
        return "da"
    return "da" if code.partition("-")[0].lower() in DANISH_READERS else "en"


@cache
def catalogue(language: str) -> Catalog:
    """Return the catalogue of *language*; read it from the package once."""
    folder = files("locales").joinpath(language, "LC_MESSAGES", "messages.po")
    with folder.open("rb") as opened:
        return read_po(opened, locale=language)


def template(text: Text, language: str) -> str:
    """Return *text* in *language* with its placeholders unfilled."""
    form = 0
    if text.plural is not None and text.count is not None:
        form = int(Locale(language).plural_form(text.params[text.count]) != "one")
    if language == SOURCE:
        return text.plural if form and text.plural is not None else text.key
    message = catalogue(language).get(text.key, text.context)
    found = message.string if message is not None else None
    if isinstance(found, tuple):
        found = found[form]
    return str(found or MISSING.format(text.plural if form else text.key))


def render(
    text: Text,
    language: str,
    *,
    escape: Callable[[str], str] = html.escape,
    zone: str | None = None,
    mark: MarkInstant | None = None,
) -> str:
    """Return *text* in *language* with every value filled in and escaped.

    *mark* returns the markup of an instant and its words.
    """
    shown = {
        name: show(value, language, escape=escape, zone=zone, mark=mark)
        for name, value in text.params.items()
        if "{" + name + "}" in text.key or (text.plural and "{" + name + "}" in text.plural)
    }
    return _stopped_once(template(text, language), shown).format_map(shown)


def _stopped_once(template_: str, shown: Mapping[str, str]) -> str:
    """Return a template without full stops after values that end a sentence themselves."""

    def kept(found: re.Match[str]) -> str:
        is_ended = _ENDS_SENTENCE.search(shown.get(found[1], "").rstrip())
        return f"{{{found[1]}}}{found[2]}" if is_ended else found[0]

    return _STOPPED.sub(kept, template_) if "}" in template_ else template_


def show(
    value: Any,
    language: str,
    *,
    escape: Callable[[str], str] = html.escape,
    zone: str | None = None,
    mark: MarkInstant | None = None,
) -> str:
    """Return *value* as text in *language*: dates with weekday, instants in *zone*."""
    match value:
        case Text():
            shown = render(value, language, escape=escape, zone=zone, mark=mark)
        case datetime():
            words = _show_instant(value.astimezone(ZoneInfo(zone)) if zone else value, language)
            shown = mark(value, words) if mark is not None else words
        case date():
            shown = show_date(value, language)
        case ByLanguage():
            shown = escape(value.said_in(language))
        case Listed():
            listed = [
                show(one, language, escape=escape, zone=zone, mark=mark) for one in value.values
            ]
            shown = format_list(listed, style=_LIST_STYLES[value.is_either], locale=language)
        case _:
            shown = _show_part(value, language, zone) or escape(str(value))
    return shown


def _show_part(value: Any, language: str, zone: str | None) -> str:
    """Return a part of a date or a time, or a number; empty for other values."""
    shown = ""
    match value:
        case Day():
            shown = _show_day(value, language)
        case Brief(at):
            shown = _show_brief(at, language, zone)
        case Ends(at):
            shown = show_time(at, language).removeprefix("kl. ")
        case Weekday():
            shown = weekday_names(language)[value.number]
        case time():
            shown = show_time(value, language)
        case Decimal():
            shown = show_number(value, language)
    return shown


def _show_instant(local: datetime, language: str) -> str:
    return f"{show_date(local.date(), language)} {show_time(local.time(), language)}"


def _show_brief(at: datetime, language: str, zone: str | None) -> str:
    """Return an instant in few letters."""
    local = at.astimezone(ZoneInfo(zone)) if zone else at
    pattern = "EEE d. MMM" if language == "da" else "EEE d MMM"
    day = format_date(local.date(), pattern, locale=language)
    return f"{day[:1].upper()}{day[1:]} {show_time(local.time(), language)}"


def _show_day(day: Day, language: str) -> str:
    """Return a date with the parts that a `Day` has."""
    pattern = "d. MMMM" if language == "da" else "d MMMM"
    if day.has_weekday:
        pattern = f"EEEE 'd'. {pattern}" if language == "da" else f"EEEE {pattern}"
    return format_date(day.date, pattern + " y" * day.has_year, locale=language)


def weekday_names(language: str) -> list[str]:
    """Return the names of the weekdays, Monday first."""
    names = get_day_names("wide", locale=language)
    return [str(names[day]) for day in range(7)]


def month_names(language: str, width: Literal["wide", "abbreviated"]) -> list[str]:
    """Return the names of the months, January first."""
    names = get_month_names(width, locale=language)
    return [str(names[month]) for month in range(1, 13)]


def show_date(day: date, language: str) -> str:
    """Return a date with its weekday and without its year, as for appointments."""
    pattern = "EEEE 'd'. d. MMMM" if language == "da" else "EEEE d MMMM"
    return format_date(day, pattern, locale=language)


def show_time(moment: time, language: str) -> str:
    """Return a time of day in the format of *language*."""
    if language != "da":
        return f"{moment:%H:%M}"
    is_on_the_hour = moment.hour and not moment.minute
    return f"kl. {moment.hour}" if is_on_the_hour else f"kl. {moment.hour}.{moment:%M}"


def show_number(number: Decimal, language: str) -> str:
    """Return a number in the format of *language*: "1.240,5" or "1,240.5"."""
    return format_decimal(number, locale=language)


def is_one(number: Decimal, language: str) -> bool:
    """Return whether a unit is in the singular after a number."""
    return Locale(language).plural_form(number) == "one"


def unmarked(value: Any) -> Any:
    """Return a JSON value without marks of untranslated text in its strings."""
    match value:
        case str():
            return value.translate(_UNMARKED)
        case Mapping():
            return {name: unmarked(one) for name, one in value.items()}
        case list() | tuple():
            return [unmarked(one) for one in value]
        case _:
            return value


def placeholders(message: str) -> set[str]:
    """Return the names of a message's placeholders."""
    return {field[1] for field in _FIELD.finditer(message) if field[1]}


def catalogue_errors(messages: set[tuple[str | None, str, str | None]]) -> list[str]:
    """Return the errors of all catalogues for *messages* (context, key, plural)."""
    found = []
    for language in LANGUAGES:
        if language != SOURCE:
            for context, key, plural in sorted(messages, key=str):
                found += _faults_of(language, context, key, plural)
    return found


def _faults_of(language: str, context: str | None, key: str, plural: str | None) -> list[str]:
    """Return the errors of one message in one language."""
    message = catalogue(language).get(key, context)
    forms = message.string if message is not None else None
    written = [forms] if isinstance(forms, str) or forms is None else list(forms)
    if message is None or not all(written) or "fuzzy" in message.flags:
        return [f"{language}: {key!r} is not translated"]
    found = [f"the English has {fault}" for form in (key, plural or "") for fault in _marks(form)]
    for number, form in enumerate(written):
        if placeholders(form or "") != placeholders(plural if plural and number else key):
            found.append("has other placeholders than its translation")
        found += [f"is translated with {fault}" for fault in _marks(form or "")]
    return [f"{language}: {key!r} {fault}" for fault in found]


def _marks(message: str) -> list[str]:
    """Return the errors in *message* that Telegram or the renderer would reject."""
    found = []
    opened: list[str] = []
    for tag in _TAG.findall(message):
        if not _ALLOWED_TAG.fullmatch(tag):
            found.append(f"the tag {tag}")
        elif not tag.startswith("</"):
            opened.append(tag[1])
        elif not opened or opened.pop() != tag[2]:
            found.append(f"{tag} where it closes nothing")
    found += [f"<{name}> never closed" for name in opened]
    if "<" in _TAG.sub("", message):
        found.append("a < that begins no tag")
    if {"{", "}"} & set(_FIELD.sub("", message)):
        found.append("a brace that holds no plain name")
    return found


def marked_messages() -> set[tuple[str | None, str, str | None]]:
    """Return (context, key, plural) of every message in the packaged messages.pot."""
    with files("locales").joinpath("messages.pot").open("rb") as opened:
        found = read_po(opened)
    marked: set[tuple[str | None, str, str | None]] = set()
    for message in found:
        if message.id:
            one, *more = [message.id] if isinstance(message.id, str) else message.id
            marked.add((message.context, one, more[0] if more else None))
    return marked
