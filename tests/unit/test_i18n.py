"""Test translation: marking, choosing and filling texts, and finding missing ones."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from bot import i18n
from bot.i18n import Day, Text, _, ngettext, pgettext, render, template
from locales import update

DANISH = """
msgid ""
msgstr ""
"Language: da\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Hello, {name}."
msgstr "Hej, {name}."

msgctxt "button"
msgid "Open"
msgstr "Åbn"

msgctxt "state"
msgid "Open"
msgstr "Åben"

msgid "{count} place, {name}"
msgid_plural "{count} places, {name}"
msgstr[0] "{count} plads, {name}"
msgstr[1] "{count} pladser, {name}"

msgid "<b>Due</b> {when}"
msgstr "<b>Frist</b> {when}"

msgid "{when}"
msgstr "{when}"

msgid "{street}"
msgstr "{road}"

msgid "<b>Both</b> {a} & {b}"
msgstr "<u>Begge</u> {a} & <b>{b}</i> <"

msgid "<i>Left open"
msgstr "<i>Åbent</i>"

msgid "{count} of {all:d}"
msgstr "{count} af {"

#, fuzzy
msgid "Guessed"
msgstr "Gættet"

msgid "Empty"
msgstr ""
"""


@pytest.fixture
def danish(monkeypatch: pytest.MonkeyPatch) -> Catalog:
    """Replace the shipped catalogue by a small one."""
    made = read_po(io.BytesIO(DANISH.encode()), locale="da")
    monkeypatch.setattr(i18n, "catalogue", lambda _language: made)
    return made


def test_a_marker_translates_nothing() -> None:
    """A marked text stays English until rendering, as modules are imported without a language."""
    assert _("Hello, {name}.") == Text("Hello, {name}.")
    assert pgettext("button", "Open") == Text("Open", context="button")
    assert ngettext("{n} day", "{n} days", "n") == Text("{n} day", plural="{n} days", count="n")


@pytest.mark.usefixtures("danish")
def test_languages() -> None:
    """English comes from the code and Danish from the catalogue."""
    text = _("Hello, {name}.").with_(name="Ana")
    assert render(text, "en") == "Hello, Ana."
    assert render(text, "da") == "Hej, Ana."


@pytest.mark.usefixtures("danish")
def test_one_word_with_two_meanings() -> None:
    """A context separates two Danish words that are one word in English."""
    assert render(pgettext("button", "Open"), "da") == "Åbn"
    assert render(pgettext("state", "Open"), "da") == "Åben"
    assert render(pgettext("state", "Open"), "en") == "Open"


@pytest.mark.usefixtures("danish")
@pytest.mark.parametrize(
    ("count", "english", "danish_words"),
    [
        (0, "0 places, Jo", "0 pladser, Jo"),
        (1, "1 place, Jo", "1 plads, Jo"),
        (2, "2 places, Jo", "2 pladser, Jo"),
    ],
)
def test_plurals(count: int, english: str, danish_words: str) -> None:
    """The count selects the form in both languages."""
    text = ngettext("{count} place, {name}", "{count} places, {name}", "count")
    text = text.with_(count=count, name="Jo")
    assert render(text, "en") == english
    assert render(text, "da") == danish_words


@pytest.mark.usefixtures("danish")
def test_what_is_missing_shows_english_with_a_mark() -> None:
    """A missing Danish text is shown in English with a mark and its values (HR-25)."""
    assert render(_("New, {name}").with_(name="Ana"), "da") == "⟦New, Ana⟧"
    assert render(_("Empty"), "da") == "⟦Empty⟧"
    many = ngettext("{n} new", "{n} news", "n").with_(n=2)
    assert render(many, "da") == "⟦2 news⟧"


def test_values_are_escaped() -> None:
    """Tags in templates work, tags in values are escaped; a value is not read as a template."""
    text = _("<b>{words}</b>").with_(words='<i>&"{words}')
    assert render(text, "en") == "<b>&lt;i&gt;&amp;&quot;{words}</b>"
    assert render(text, "en", escape=str) == '<b><i>&"{words}</b>'


@given(st.text())
def test_no_value_makes_a_tag(words: str) -> None:
    """Any text of a citizen is rendered as text."""
    shown = render(_("{words}").with_(words=words), "en")
    assert "<" not in shown
    assert ">" not in shown


@pytest.mark.parametrize(
    ("template", "value", "shown"),
    [
        ("Said: “{words}”. So it is.", "I agree.", "Said: “I agree.” So it is."),
        ("Said: “{words}”. So it is.", "I agree", "Said: “I agree”. So it is."),
        ("{words}.", "Why?", "Why?"),
        ("{words}.", "And so on …", "And so on …"),
        ("{words}.", "He said “no.”", "He said “no.”"),
        ("{words}.pdf", "Plan.", "Plan..pdf"),
        ("{words}...", "No.", "No...."),
    ],
)
def test_a_sentence_ends_once(template: str, value: str, shown: str) -> None:
    """A full stop after a value is left out where the value ends a sentence itself."""
    assert render(Text(template, {"words": value}), "en", escape=str) == shown


def test_a_sentence_ends_once_within_markup() -> None:
    """A full stop of a nested text, or before a quotation mark that was escaped, counts too."""
    inner = Text("<b>{words}</b>", {"words": 'He said "no."'})
    assert render(Text("{inner}. Yes.", {"inner": inner}), "en") == (
        "<b>He said &quot;no.&quot;</b> Yes."
    )


@pytest.mark.usefixtures("danish")
def test_a_value_may_be_a_text() -> None:
    """A text as a value is translated too, with its tags kept and its values escaped."""
    inner = _("<b>Due</b> {when}").with_(when="<now>")
    outer = _("Hello, {name}.").with_(name=inner)
    assert render(outer, "da") == "Hej, <b>Frist</b> &lt;now&gt;."


def test_defaults_reach_inner_texts() -> None:
    """The town's defaults fill missing values, also in inner texts."""
    inner = _("in {town}, {street}").with_(street="Klintgade")
    outer = _("{place} of {town}").with_(place=inner, town="ours")
    filled = outer.with_defaults({"town": "Klintsund", "street": "Havnevej"})
    assert render(filled, "en") == "in Klintsund, Klintgade of ours"
    assert outer.params["place"] is inner


@pytest.mark.usefixtures("danish")
def test_times_are_shown_the_towns_way() -> None:
    """Dates have their weekday, and times use the town's zone and the language's format."""
    moment = datetime(2026, 12, 3, 15, 30, tzinfo=UTC)
    text = _("{when}")
    zone = "Europe/Copenhagen"
    assert render(text.with_(when=time(16, 30)), "da") == "kl. 16.30"
    assert render(text.with_(when=time(16, 30)), "en") == "16:30"
    day = date(2026, 12, 3)
    assert render(text.with_(when=day), "da").startswith("torsdag d. 3. december")
    assert render(text.with_(when=day), "en").startswith("Thursday 3 December")
    assert render(text.with_(when=moment), "da", zone=zone).endswith("kl. 16.30")
    assert render(text.with_(when=moment), "da", zone=zone).startswith("torsdag d. 3. december")
    summer = datetime(2027, 3, 28, 22, 30, tzinfo=UTC)
    assert render(text.with_(when=summer), "en", zone=zone).startswith("Monday 29 March")
    assert render(text.with_(when=summer), "en", zone=zone).endswith("00:30")


@pytest.mark.usefixtures("danish")
def test_a_day_that_nobody_has_to_keep() -> None:
    """A past date, such as a review's, has its year and no weekday."""
    text = _("{when}").with_(when=Day(date(2026, 11, 1)))
    assert render(text, "da") == "1. november 2026"
    assert render(text, "en") == "1 November 2026"


@pytest.mark.parametrize(
    ("code", "language"),
    [
        (None, "da"),
        ("da", "da"),
        ("da-DK", "da"),
        ("DA", "da"),
        ("nb", "da"),
        ("nn", "da"),
        ("sv", "da"),
        ("no", "da"),
        ("fo", "da"),
        ("kl", "da"),
        ("en", "en"),
        ("en-GB", "en"),
        ("de", "en"),
        ("uk", "en"),
        ("", "en"),
    ],
)
def test_the_first_language(code: str | None, language: str) -> None:
    """Danish or an unknown language starts in Danish, any other in English."""
    assert i18n.language_for(code) == language


@pytest.mark.usefixtures("danish")
@pytest.mark.parametrize(
    ("key", "plural", "context", "found"),
    [
        ("Hello, {name}.", None, None, []),
        ("{count} place, {name}", "{count} places, {name}", None, []),
        ("Open", None, "button", []),
        ("Open", None, None, ["is not translated"]),
        ("Unheard of", None, None, ["is not translated"]),
        ("Empty", None, None, ["is not translated"]),
        ("Guessed", None, None, ["is not translated"]),
        ("{street}", None, None, ["has other placeholders than its translation"]),
        (
            "<b>Both</b> {a} & {b}",
            None,
            None,
            [
                "is translated with the tag <u>",
                "is translated with the tag </u>",
                "is translated with </i> where it closes nothing",
                "is translated with a < that begins no tag",
            ],
        ),
        ("<i>Left open", None, None, ["the English has <i> never closed"]),
        (
            "{count} of {all:d}",
            None,
            None,
            [
                "the English has a brace that holds no plain name",
                "is translated with a brace that holds no plain name",
            ],
        ),
    ],
)
def test_faults(key: str, plural: str | None, context: str | None, found: list[str]) -> None:
    """Each fault of a catalogue is reported with its message."""
    assert i18n.catalogue_errors({(context, key, plural)}) == [
        f"da: {key!r} {fault}" for fault in found
    ]


def test_the_shipped_catalogues_are_faultless() -> None:
    """Every message is translated, with the same placeholders and only allowed tags."""
    assert len(i18n.marked_messages()) > 50
    assert i18n.catalogue_errors(i18n.marked_messages()) == []


def test_catalogues_are_found_from_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Catalogues are read from the package, in any working directory."""
    monkeypatch.chdir(tmp_path)
    i18n.catalogue.cache_clear()
    assert template(_("No thanks"), "da") == "Nej tak"
    assert list(tmp_path.iterdir()) == []


def test_the_template_is_up_to_date() -> None:
    """The shipped files equal the output of `python -m locales.update`."""
    shipped = (update.ROOT / "locales" / "messages.pot").read_bytes()
    written = update.written(update.extracted())
    assert written == shipped, "run: python -m locales.update"
    assert str(update.ROOT).encode() not in written
