"""Test reply templates: variables, both languages, and the tone rules."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from bot.errors import ConfigurationError
from bot.i18n import LANGUAGES
from bot.model.template import VARIABLES, Template, Use, unknown_variables
from bot.service.cases.wording import GAP
from bot.service.content import SHIPPED, read_town
from bot.tone.reply import reply_issues

TOWN = read_town(None)
FACTS = {
    "navn": "Jens",
    "nummer": "KS-1042",
    "kontakt": "Mette",
    "dato": "torsdag d. 3. december",
    "telefon": "00 00 10 00",
}
FILLING = {"da": "lampen ved skolen", "en": "the lamp at the school"}


def test_there_are_some_for_each_use() -> None:
    """Each form with templates has at least two; answers have six."""
    by_use = [template.use for template in TOWN.templates]
    assert by_use.count(Use.ANSWER) >= 6
    assert all(by_use.count(use) >= 2 for use in Use)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", TOWN.templates, ids=lambda template: template.key)
def test_the_tone(template: Template, language: str) -> None:
    """A filled template has neither faults nor hints."""
    text = template.filled(language, FACTS).replace(GAP, FILLING[language])
    assert [fault.kind for fault in reply_issues(text)] == []
    assert "{" not in text


def test_without_a_name() -> None:
    """Without a name the sentence omits it."""
    template = Template("x", Use.ANSWER, {}, {"da": "Hej {navn}. Tak, {navn}. {nummer}"})
    assert template.filled("da", FACTS) == "Hej Jens. Tak, Jens. KS-1042"
    assert template.filled("da", {**FACTS, "navn": ""}) == "Hej. Tak. KS-1042"


def test_what_a_citizen_wrote_is_no_variable() -> None:
    """A value in the form of a variable is not replaced."""
    template = Template("x", Use.ANSWER, {}, {"da": "Hej {navn}."})
    assert template.filled("da", {**FACTS, "navn": "{telefon}"}) == "Hej {telefon}."


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("Hej {navn}", []),
        (" ".join(f"{{{name}}}" for name in VARIABLES), []),
        ("Hej {name}", ["name"]),
        ("Hej {}", [""]),
        ("Hej {navn", ["{"]),
        ("Hej navn}", ["}"]),
        ("Hej {{navn}}", ["{", "}"]),
    ],
)
def test_unknown_variables(text: str, unknown: list[str]) -> None:
    """Unknown variables are found."""
    assert unknown_variables(text) == unknown


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("Hej {navn}. […]", "Hej {fornavn}. […]", "nothing is known to put for 'fornavn'"),
        ('use = "answer"', 'use = "shout"', "'shout' must be one of answer, ask, extend, close"),
        ('key = "sorry"', 'key = "no"', "'no' stands twice"),
    ],
)
def test_refused_at_load(tmp_path: Path, old: str, new: str, why: str) -> None:
    """A content file with unknown variables is refused at load, with the template's name."""
    raw = files("flows.content").joinpath(SHIPPED).read_text("utf-8")
    assert old in raw
    path = tmp_path / "town.toml"
    path.write_text(raw.replace(old, new, 1), "utf-8")
    with pytest.raises(ConfigurationError, match="template") as caught:
        read_town(path)
    assert why in str(caught.value)
