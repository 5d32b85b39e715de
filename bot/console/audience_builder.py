"""The part of a form that builds an audience by choosing: lines, and groups of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from multidict import MultiDict

from bot.console.audience_choices import Choices
from bot.console.audience_tree import (
    ADD,
    ALL,
    ANY,
    COUNT,
    DATES,
    DEEPEST,
    FIND,
    GROUP,
    LAST_DAYS,
    MOST_LINES,
    NONE,
    NOT,
    PRESS,
    REMOVE,
    SAVE,
    SAVED,
    Line,
    Nest,
    at_place,
    combined,
    form_values,
    predicate_of,
    size,
    tree_of,
    tree_of_form,
)
from bot.console.cells import Cell
from bot.console.form import Box, Field, Fields, Folded, Form, Options, Press
from bot.console.form_dates import date_of
from bot.console.form_input import number_of
from bot.console.render import at
from bot.engine.events import Refused
from bot.i18n import Text, _, pgettext
from bot.model.audience import TIMED, Audience, Saved
from bot.model.period import (
    EARLIEST,
    LAST_MONTH,
    LATEST,
    MOST_DAYS,
    THIS_MONTH,
    THIS_YEAR,
    between,
    last_days,
)

NO_CHOICES = Choices((), ())
FIRST = "who_1"  # the field at which a refusal of the whole audience is shown
SEARCHED = "audience_find"  # words that the listed choices have
MOST_UNSEARCHED = 20  # choices in a list without a search field
NAME = "audience_name"  # under which the audience is saved
LONGEST_NAME = 80
WHO_GETS_IT = _("Who gets it")
MATCHES: Options = (
    (ALL, pgettext("audience", "All of the lines apply")),
    (ANY, pgettext("audience", "At least one of the lines applies")),
    (NONE, pgettext("audience", "None of the lines applies")),
)
HOLDS: Options = (
    ("", pgettext("audience", "This applies")),
    (NOT, pgettext("audience", "This does not apply")),
)
WHEN: Options = (
    (THIS_MONTH, pgettext("audience", "This month")),
    (LAST_MONTH, pgettext("audience", "Last month")),
    (THIS_YEAR, pgettext("audience", "This year")),
    (LAST_DAYS, pgettext("audience", "In the last … days")),
    (DATES, pgettext("audience", "From one date to another")),
)
NO_PERIOD = _("This choice has no time. Leave the time empty.")
NO_DAYS = _("Write a number of days, at most {most}.").with_(most=MOST_DAYS)
NO_DATES = _("Write one date or both, the first one first, such as 24.12.2026.")


@dataclass(frozen=True, slots=True)
class Builder(Box):
    """The builder of an audience in a form; *choices* are what its lines can name."""

    choices: Choices = NO_CHOICES


@dataclass(frozen=True, slots=True)
class Listed:
    """What the lines list: of the *choices*, where *matches* is given, those that match."""

    choices: Choices
    matches: Callable[[Any], bool] | None = None

    def for_line(self, line: Line) -> Choices:
        """Return what a line lists; its present choice is always among it."""
        if self.matches is None:
            return self.choices
        return self.choices.matching(self.matches, line.who)


def builder(
    choices: Choices,
    tree: Nest,
    *,
    label: Text = WHO_GETS_IT,
    required: bool = True,
    count_at: str = "",
    counted: Sequence[Cell] = (),
    saves: bool = False,
    matches: Callable[[Any], bool] | None = None,
) -> Builder:
    """Return the builder with the lines and groups of *tree*.

    It is required, unless the form has another way to choose people. *count_at* is where a script
    asks for the number of people, *counted* is what is known of it; *saves* lets staff save it
    under a name. With *matches* only choices with such labels are listed.
    """
    listed = Listed(choices, matches)
    presses = [*_more(""), Press(PRESS, COUNT, _("Count"), icon="people")]
    fields: Fields = (*_match(tree, ""), *_parts(tree, "", listed, required=required))
    if len(choices.known) > MOST_UNSEARCHED:
        fields = (_searching(), *fields)
        presses.append(Press(PRESS, FIND, _("Find in the lists"), icon="search"))
    if saves:
        fields = (*fields, _saving())
    marks = {"data-audience": at(count_at), "data-timed": " ".join(sorted(TIMED))}
    return Builder(label, fields, presses, counted, "audience", marks, choices)


def _more(place: str, name: Text | None = None) -> list[Press]:
    """Return the buttons that add to a group."""
    where = f":{place}" if place else ""
    presses = [Press(PRESS, f"{ADD}{where}", _("Add a line"), name, "plus")]
    if len(place.split("_")) < DEEPEST or not place:
        presses.append(Press(PRESS, f"{GROUP}{where}", _("Add a group"), name, "plus"))
    return presses


def _match(nest: Nest, place: str) -> Fields:
    """Return the choice of how many lines of a group apply; one line alone needs none."""
    if not place and len(nest.parts) < 2 and nest.match == ALL:  # noqa: PLR2004 - a pair
        return ()
    name, label = at_place("match", place), _("How the lines are combined")
    if place:
        label = _("How the lines of group {number} are combined").with_(number=_number(place))
    return (Field(name, label, "choice", options=MATCHES, required=False, usual=ALL),)


def _number(place: str) -> str:
    return place.replace("_", ".")


def _parts(nest: Nest, place: str, listed: Listed, *, required: bool = False) -> Fields:
    """Return the fields of the lines and groups within a group."""
    fields: list[Any] = []
    is_alone = not place and len(nest.parts) == 1
    for number, part in enumerate(nest.parts, 1):
        inner = f"{place}_{number}" if place else str(number)
        if isinstance(part, Nest):
            name = _("Group {number}").with_(number=_number(inner))
            about = pgettext("audience", "to group {number}").with_(number=_number(inner))
            remove = Press(PRESS, f"{REMOVE}:{inner}", _("Remove the group"), name)
            within = (*_match(part, inner), *_parts(part, inner, listed))
            fields.append(Box(name, within, (*_more(inner, about), remove), css="nest"))
            continue
        is_needed = required and inner == "1"
        shown = listed.for_line(part)
        fields.append(_line(inner, shown, required=is_needed, removable=not is_alone))
    return tuple(fields)


def _line(place: str, choices: Choices, *, required: bool, removable: bool) -> Box:
    """Return the fields of one line."""
    name = _("Line {number}").with_(number=_number(place))
    remove = Press(PRESS, f"{REMOVE}:{place}", _("Remove the line"), name)
    who = _("Whom") if place == "1" else _("Whom, line {number}").with_(number=_number(place))
    fields: Fields = (
        (
            Field(
                at_place("not", place),
                _("Line {number} applies or not").with_(number=_number(place)),
                "choice",
                options=HOLDS,
                required=False,
            ),
            Field(
                at_place("who", place),
                who,
                "choice",
                options=choices.plain,
                groups=choices.headings,
                empty=_("Choose"),
                required=required,
            ),
        ),
        _period(place),
    )
    return Box(name, fields, (remove,) if removable else (), css="line")


def _period(place: str) -> Folded:
    """Return the fields that say when people did what a line says."""

    def named(label: Text) -> Text:
        return _("{label}, line {number}").with_(label=label, number=_number(place))

    return Folded(
        pgettext("audience", "When"),
        (
            (
                Field(
                    at_place("when", place),
                    named(pgettext("audience", "When")),
                    "choice",
                    options=WHEN,
                    empty=pgettext("audience", "At any time"),
                    required=False,
                ),
                Field(at_place("days", place), named(_("Days")), "number", required=False),
            ),
            (
                Field(at_place("first", place), named(_("From")), "date", required=False),
                Field(at_place("last", place), named(_("Until")), "date", required=False),
            ),
        ),
    )


def _searching() -> Field:
    """Return the field that shortens the lists of choices."""
    return Field(
        SEARCHED,
        _("Find in the lists"),
        "search",
        _("Write a word: the lists below then have only what has it."),
        required=False,
        longest=LONGEST_NAME,
    )


def _saving() -> Folded:
    """Return the field and the button that save an audience under a name."""
    label = _("Save this audience under a name")
    field = Field(NAME, _("Name of the audience"), "line", required=False, longest=LONGEST_NAME)
    return Folded(label, (Box(label, (field,), (Press(PRESS, SAVE, _("Save it")),), css="save"),))


def builder_of(shown: Form) -> Builder:
    """Return the builder of a form; raise `LookupError` where it has none."""
    found = next((one for one in shown.fields if isinstance(one, Builder)), None)
    if found is None:
        raise LookupError(shown.path)
    return found


def audience_of(form: MultiDict[str], choices: Choices, why: Text) -> Audience | Refused | None:
    """Return the audience of a form; None where no line is filled in.

    Refuse for the reason *why* a line whose choice is unknown or gone: without it, others would
    get the message.
    """
    tree = tree_of_form(form)
    faults: list[Refused] = []
    if size(tree) > MOST_LINES:
        return Refused(_("At most {most} lines.").with_(most=MOST_LINES), FIRST)

    def read(place: str, line: Line) -> Audience | None:
        found = _audience_at(place, line, choices, why)
        if isinstance(found, Refused):
            faults.append(found)
            return None
        return found

    audience = combined(tree, read)
    return faults[0] if faults else audience


def _audience_at(place: str, line: Line, choices: Choices, why: Text) -> Audience | Refused | None:
    """Return what one line says; None where nothing is chosen."""
    if not line.who:
        return None
    if line.who not in choices.known:
        return Refused(why, at_place("who", place))
    what, _colon, value = line.who.partition(":")
    if what == SAVED:
        return Saved(value, choices.saved[value])
    period = _period_of(place, line)
    if isinstance(period, Refused):
        return period
    if period and what not in TIMED:
        return Refused(NO_PERIOD, at_place("when", place))
    return predicate_of(line.who, period)


def _period_of(place: str, line: Line) -> str | Refused:
    """Return the period of a line: named, or of written days or dates."""
    when = line.when
    if not when:
        when = DATES if line.first or line.last else LAST_DAYS if line.days else ""
    if when == LAST_DAYS:
        days = number_of(line.days)
        is_short = days is not None and 0 < days <= MOST_DAYS
        return last_days(days or 0) if is_short else Refused(NO_DAYS, at_place("days", place))
    if when != DATES:
        return when if when in dict(WHEN) else ""
    try:
        first, last = date_of(line.first), date_of(line.last)
    except ValueError:
        return Refused(NO_DATES, at_place("first", place))
    given = [one for one in (first, last) if one is not None]
    if not given or given != sorted(given) or given[0] < EARLIEST or given[-1] > LATEST:
        return Refused(NO_DATES, at_place("first", place))
    return between(first, last)


def audience_values(audience: Audience) -> Mapping[str, str]:
    """Return the values of the builder's fields for an audience."""
    return form_values(tree_of(audience))
