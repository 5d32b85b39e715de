"""Texts by language in forms: a field for each language, Danish first, and reading them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from multidict import MultiDict

from bot.console.cells import Block, Cell, Line, Part, Quote
from bot.console.form import Field
from bot.i18n import LANGUAGE_NAMES, LANGUAGES, Text, _


def text_field(
    name: str, label: Text | str, language: str, kind: str = "area", **options: Any
) -> Field:
    """Return the field of a text in a language; *options* are those of `Field`.

    A text that is required is required in Danish only.
    """
    is_needed = bool(options.pop("required", False)) and language == "da"
    return Field(
        f"{name}_{language}",
        _("{label} ({language})").with_(label=label, language=LANGUAGE_NAMES[language]),
        kind,
        required=is_needed,
        lang=language,
        **options,
    )


def text_fields(
    name: str, label: Text | str, kind: str = "area", **options: Any
) -> tuple[Field, ...]:
    """Return the fields of a text in all languages."""
    return tuple(text_field(name, label, language, kind, **options) for language in LANGUAGES)


def texts_of(form: MultiDict[str], name: str) -> dict[str, str]:
    """Return what is written in the fields of a text, by language."""
    written = {language: form.get(f"{name}_{language}", "").strip() for language in LANGUAGES}
    return {language: text for language, text in written.items() if text}


def text_values(name: str, texts: Mapping[str, str] | None) -> dict[str, str]:
    """Return the values of the fields of a text."""
    return {f"{name}_{language}": text for language, text in (texts or {}).items()}


def texts_shown(texts: Sequence[tuple[Text, Mapping[str, str] | None]]) -> Sequence[Cell]:
    """Return texts with their labels, by language."""
    shown: list[Cell] = []
    for language, name in LANGUAGE_NAMES.items():
        written = [(label, one[language]) for label, one in texts if one and one.get(language)]
        if written:
            quotes = [(Line(label, "quiet"), Quote(text, language)) for label, text in written]
            shown.append(Block((Line(Part(name, tag="strong")), *quotes)))
    return shown
