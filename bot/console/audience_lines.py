"""An audience as the lines of a form: each adds to those above it, or narrows them."""

from __future__ import annotations

from collections.abc import Sequence

from multidict import MultiDict

from bot.console.form import Field, Fields, Folded, Options
from bot.i18n import Text, _, pgettext
from bot.model.audience import EVERYONE, And, Audience, Is, Not, Or

LINES = 5
AND, OR, AND_NOT, OR_NOT = "and", "or", "and_not", "or_not"
NOT = "not"
JOINS: Options = (
    (AND, pgettext("audience", "and they are")),
    (OR, pgettext("audience", "or")),
    (AND_NOT, pgettext("audience", "but not")),
    (OR_NOT, pgettext("audience", "or not")),
)
FIRST: Options = (("", pgettext("audience", "Those who are")), (NOT, _("All but")))
Line = tuple[str, str]  # how it joins the lines above, and the people that it names
WHO_GETS_IT = _("Who gets it")


def line_fields(
    plain: Options,
    groups: Sequence[tuple[Text, Options]],
    *,
    first: Text = WHO_GETS_IT,
    optional: bool = False,
) -> Fields:
    """Return the fields of the lines; each but the first is under a fold.

    *first* is the label of the first line. It is required, unless the form has another way to
    choose people (*optional*).
    """
    more: Fields = ()
    for number in range(LINES, 1, -1):
        line = _line(number, plain, groups, _("Line {number}").with_(number=number))
        more = (Folded(_("And, or, but not: one more line"), (line, *more)),)
    return (_line(1, plain, groups, first, required=not optional), *more)


def _line(
    number: int,
    plain: Options,
    groups: Sequence[tuple[Text, Options]],
    label: Text,
    *,
    required: bool = False,
) -> tuple[Field, ...]:
    """Return the fields of one line."""
    first = number == 1
    how = _("This line changes all the lines above it.")
    return (
        Field(
            f"join_{number}",
            label,
            "choice",
            options=FIRST if first else JOINS,
            required=False,
            usual="" if first else AND,
        ),
        Field(
            f"who_{number}",
            _("Whom") if first else _("Whom, line {number}").with_(number=number),
            "choice",
            help=None if first else how,
            options=plain,
            groups=groups,
            empty=_("Choose"),
            required=required,
        ),
    )


def audience_of_lines(form: MultiDict[str], shown: Field) -> Audience | None:
    """Return the audience of a form's lines; None where no line has a choice of *shown*."""
    found: Audience | None = None
    choices = [*shown.options, *(one for _heading, some in shown.groups for one in some)]
    known = {value for value, _label in choices}
    for number in range(1, LINES + 1):
        join, who = form.get(f"join_{number}", ""), form.get(f"who_{number}", "")
        if who in known:
            what, _colon, value = who.partition(":")
            found = _joined(found, join, Is(what, value))
    return found


def _joined(above: Audience | None, join: str, one: Is) -> Audience:
    """Return the audience of the lines above with another line."""
    negated = join in {NOT, AND_NOT, OR_NOT}
    part: Audience = Not(one) if negated else one
    if above is None:
        return part
    return Or((above, part)) if join in {OR, OR_NOT} else And((above, part))


def lines_of(audience: Audience) -> Sequence[Line] | None:
    """Return the lines of an audience; None where lines cannot say it."""
    match audience:
        case Is():
            return [("", _who(audience))]
        case Not(Is() as one):
            return [(NOT, _who(one))]
        case And((first, *rest)):
            return _more(first, rest, (AND, AND_NOT))
        case Or((first, *rest)):
            return _more(first, rest, (OR, OR_NOT))
        case _:
            return None


def _more(first: Audience, rest: Sequence[Audience], joins: Line) -> Sequence[Line] | None:
    """Return the lines of the first part, and one for each other part."""
    lines = list(lines_of(first) or ())
    for part in rest:
        match part:
            case Is():
                lines.append((joins[0], _who(part)))
            case Not(Is() as one):
                lines.append((joins[1], _who(one)))
            case _:
                return None
    return lines if lines and len(lines) <= LINES else None


def _who(one: Is) -> str:
    return EVERYONE if one.what == EVERYONE else f"{one.what}:{one.value}"
