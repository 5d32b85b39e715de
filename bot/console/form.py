"""Forms as values: fields declared once, with their input and faults."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Self

from multidict import MultiDict

from bot.engine.events import Refused
from bot.i18n import Text

Options = Sequence[tuple[str, Text | str]]  # values with their labels
Fields = Sequence[Any]  # of `Field`, of tuples of them that are shown side by side, of `Folded`


@dataclass(frozen=True, slots=True)
class Field:
    """One field; *name* is the command's argument, so that a refusal can name its field.

    *kind* is a type of `<input>`, or line (a long one), area, choice, radio, ticks (several of
    *options*), tick (yes or no), file, username (unseen, for a password manager), or heading (of
    the fields below it). *empty* is the label of no choice, *usual* a value that opens no fold.
    *mark* is an attribute for scripts.
    """

    name: str
    label: Text | str
    kind: str = "text"
    help: Text | None = None
    required: bool = True
    options: Options = ()
    groups: Sequence[tuple[Text, Options]] = ()  # options under headings
    empty: Text | None = None
    longest: int | None = None
    earliest: str | None = None  # the first day that can be chosen
    rows: int = 4
    lang: str | None = None
    autocomplete: str = "off"
    autofocus: bool = False
    mark: str = ""
    accept: str = ".csv,.xlsx"  # the kinds of file
    counted: bool = False  # a script shows how many characters are left
    usual: str = ""


@dataclass(frozen=True, slots=True)
class Folded:
    """Fields that are hidden under *label* until one of them is filled in, or refused."""

    label: Text
    fields: Fields

    @property
    def all(self) -> Sequence[Field]:
        """Return all fields in it."""
        return flat(self.fields)


@dataclass(frozen=True, slots=True)
class Press:
    """A button within a form, that changes its fields; *about* completes its label.

    It sends *value* as the field *name*, and the form is shown again.
    """

    name: str
    value: str
    label: Text
    about: Text | None = None
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """Fields in a frame of their own, with buttons that change them; boxes may be in boxes.

    *lines* are cells below the fields. *marks* are attributes for scripts.
    """

    label: Text
    fields: Fields
    presses: Sequence[Press] = ()
    lines: Sequence[Any] = ()
    css: str = ""
    marks: Mapping[str, str] = field(default_factory=dict)


def flat(fields: Fields) -> list[Field]:
    """Return all fields of a form, in order."""
    found: list[Field] = []
    for one in fields:
        if isinstance(one, Field):
            found.append(one)
        else:
            found += flat(one.fields if isinstance(one, Folded | Box) else one)
    return found


@dataclass(frozen=True, slots=True)
class Form:
    """A form with its input. *prefix* makes the ids of its fields unique on the page."""

    path: str
    fields: Fields = ()
    submit: Text | None = None
    written: MultiDict[str] = field(default_factory=MultiDict)
    faults: Mapping[str, Sequence[Text]] = field(default_factory=dict)
    why: Text | None = None  # a refusal that names no field
    hidden: Mapping[str, Any] = field(default_factory=dict)
    cancel: str | None = None  # the page to which a link leads back
    prefix: str = ""
    lead: Text | None = None  # said above the button
    look: str = "solid"  # of the button: solid, danger, or empty
    also: Options = ()  # more buttons: values of the field "do", with their labels
    checked_at: str = ""  # a script sends the form there while it is written, and shows the answer
    hints: Mapping[str, Sequence[Text]] = field(default_factory=dict)  # refuse nothing
    barred: Any = None  # a cell that says why the button cannot be pressed now

    def filled(self, values: Mapping[str, Any]) -> Self:
        """Return the form with *values* in its fields; a tuple ticks several options."""
        pairs: list[tuple[str, str]] = []
        for name, value in values.items():
            many = value if isinstance(value, tuple | list) else (value,)
            pairs += [(name, str(one)) for one in many if one is not None and one is not False]
        return replace(self, written=MultiDict(pairs))

    def refused(self, written: MultiDict[str], answer: Refused) -> Self:
        """Return the form as it was sent, with the refusal at the field that it names."""
        if answer.field in self.by_name:
            return replace(self, written=written, faults={answer.field: (answer.why,)})
        return replace(self, written=written, why=answer.why)

    @property
    def by_name(self) -> Mapping[str, Field]:
        """Return all fields by name."""
        return {one.name: one for one in flat(self.fields)}

    def opens(self, folded: Folded) -> bool:
        """Return whether folded fields are shown: one is filled in, or refused."""
        return any(
            self.faults_of(one.name)
            or self.hints_of(one.name)
            or self.value(one.name) not in {"", one.usual}
            for one in folded.all
        )

    def value(self, name: str) -> str:
        """Return what is written in a field; empty without any."""
        return self.written.get(name, "")

    def values(self, name: str) -> Sequence[str]:
        """Return all options ticked under *name*."""
        return self.written.getall(name, [])

    def faults_of(self, name: str) -> Sequence[Text]:
        """Return the faults of a field."""
        return self.faults.get(name, ())

    def hints_of(self, name: str) -> Sequence[Text]:
        """Return what is to be looked at in a field."""
        return self.hints.get(name, ())

    @property
    def has_presses(self) -> bool:
        """Return whether buttons are among the fields, which the key Enter must not press."""
        return any(isinstance(one, Box) for one in self.fields)

    @property
    def has_files(self) -> bool:
        """Return whether a browser sends a file with the form."""
        return any(one.kind == "file" for one in self.by_name.values())

    @property
    def status(self) -> int:
        """Return the HTTP status of a page that shows the form: 422 where it was refused."""
        return 422 if self.why or self.faults else 200


@dataclass(frozen=True, slots=True)
class Fold:
    """A cell of a list: a form that opens under its label."""

    label: Text
    form: Form
    name: str  # of those folds of a list of which one at a time is open
    css: str = ""
    is_open: bool = False
    shape: ClassVar[str] = "fold"


def folded(label: Text, form: Form, name: str, refused: Form | None = None) -> Fold:
    """Return a folded form; *refused* is a form of the page that is open, as it was sent."""
    is_open = refused is not None and refused.path == form.path
    shown = replace(form, **_sent(refused)) if refused is not None and is_open else form
    return Fold(label, shown, name, is_open=is_open)


def _sent(form: Form) -> dict[str, Any]:
    return {"written": form.written, "faults": form.faults, "why": form.why}
