"""The builder of an audience in a form of the console: its choices, its buttons, its count."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any

from aiohttp import web
from multidict import MultiDict

from bot.console.audience_builder import (
    NAME,
    SEARCHED,
    WHO_GETS_IT,
    Builder,
    audience_of,
    builder,
    builder_of,
)
from bot.console.audience_choices import Choices, Place, choices_for
from bot.console.audience_labels import audience_words
from bot.console.audience_tree import (
    COUNT,
    PRESS,
    SAVE,
    SAVED,
    Nest,
    places,
    predicate_of,
    pressed,
    tree_of,
    tree_of_form,
    with_tree,
)
from bot.console.audience_tree import Line as TreeLine
from bot.console.cells import Block, Cell, Line, Link, Part, dotted
from bot.console.console_context import context_of
from bot.console.current_user import staff_of, user_of
from bot.console.form import Form
from bot.console.form_input import form_of
from bot.console.language_fields import texts_of
from bot.console.reach_words import reach_lines
from bot.console.render import flash, fragment
from bot.console.responses import ask
from bot.engine.events import Refused
from bot.i18n import Text, _, ngettext, show
from bot.model.audience import Audience, Or, to_json
from bot.model.broadcast import WARNINGS, Broadcast
from bot.model.commands.audiences import SaveAudience
from bot.model.delivery import MessageClass
from bot.model.invitation import TOPIC
from bot.model.staff import May
from bot.service.broadcasts.reaching import readers_of
from bot.service.reach import Reach, reach_of
from bot.service.reminder_rules import is_taken_on
from bot.store.unit import Unit

SAMPLES = 5
MOST_EXCLUDED = 50  # earlier broadcasts in the form
USE = "for"  # the parameter of the address that counts
COUNT_AT = "audiences/count"
NOBODY_CHOSEN = _("Choose who is to get it.")
IN_IT = ngettext("{count} person is in it", "{count} people are in it", "count")
GET_IT = _("{number} of {count} may get it")
SUCH_AS = _("For example:")
SAVED_AS = _("The audience “{name}” is saved.")


class Use(StrEnum):
    """What an audience is built for: it decides which consent its people need."""

    REMINDER = "reminder"
    BROADCAST = "broadcast"
    INVITATION = "invitation"
    SAVED = "saved"  # none: it is only counted


async def audience_builder(
    request: web.Request,
    unit: Unit,
    use: Use,
    present: Audience | None = None,
    *,
    label: Text = WHO_GETS_IT,
    required: bool = True,
    wanted: Place | None = None,
) -> Builder:
    """Return the builder of a form: as it was sent, or with the *present* audience."""
    choices = await choices_for(unit, present, wanted)
    form: Mapping[str, str] = await form_of(request) if request.method == "POST" else {}
    has_lines = any(name.startswith(("who_", "match_")) for name in form)
    stored = tree_of(present) if present is not None else tree_of_form({})
    tree = tree_of_form(form) if has_lines else stored
    counted: Sequence[Cell] = ()
    if form.get(PRESS, "").startswith(COUNT):
        counted = await _counted(request, unit, MultiDict(form), choices, use)
    elif form.get(PRESS):
        tree = pressed(tree, form[PRESS])
    return builder(
        choices,
        tree,
        label=label,
        required=required,
        count_at=f"{COUNT_AT}?{USE}={use}",
        counted=counted,
        saves=use is not Use.SAVED and user_of(request).may(May.BROADCAST),
        matches=_matcher(request, form),
    )


def _matcher(request: web.Request, form: Mapping[str, str]) -> Callable[[Any], bool] | None:
    """Return whether a label has the words that a button of the builder was sent with."""
    wanted = form.get(SEARCHED, "").casefold().split() if PRESS in form else []
    if not wanted:
        return None

    language = user_of(request).language

    def matches(label: Any) -> bool:
        shown = show(label, language, escape=str).casefold()
        return all(one in shown for one in wanted)

    return matches


async def after_press(request: web.Request, shown: Form) -> MultiDict[str] | None:
    """Return a form as a button of its builder changes it; None where another was pressed."""
    form = await form_of(request)
    press = form.get(PRESS)
    if press is None:
        return None
    if press == SAVE:
        await _save(request, form, builder_of(shown).choices)
        return MultiDict([(name, value) for name, value in form.items() if name != PRESS])
    return with_tree(form, pressed(tree_of_form(form), press))


async def _save(request: web.Request, form: MultiDict[str], choices: Choices) -> None:
    """Save the audience of a form under its name, and say so or why not."""
    audience = audience_of(form, choices, NOBODY_CHOSEN)
    if audience is None or isinstance(audience, Refused):
        flash(request, NOBODY_CHOSEN if audience is None else audience.why, kind="refused")
        return
    if not user_of(request).may(May.BROADCAST):
        raise web.HTTPForbidden
    name = " ".join(form.get(NAME, "").split())
    answer = await ask(request, SaveAudience(staff_of(request).id, name, to_json(audience)))
    if isinstance(answer, Refused):
        flash(request, answer.why, kind="refused")
    else:
        flash(request, SAVED_AS.with_(name=name))


async def count(request: web.Request) -> web.StreamResponse:
    """Return how many people a form's audience has, while it is built."""
    form, asked = await form_of(request), request.query.get(USE, "")
    use = Use(asked) if asked in list(Use) else Use.SAVED
    async with context_of(request).store.reading() as unit:
        choices = await choices_for(unit, _named(tree_of_form(form)))
        lines = await _counted(request, unit, form, choices, use)
    return fragment(request, "checked.html", shown=lines)


def _named(tree: Nest) -> Audience | None:
    """Return all that the lines name, so that what a form has already can be counted."""
    named = [
        predicate_of(line.who, "")
        for _place, line in places(tree)
        if isinstance(line, TreeLine) and line.who and not line.who.startswith(f"{SAVED}:")
    ]
    return Or(tuple(named)) if named else None


async def _counted(
    request: web.Request, unit: Unit, form: MultiDict[str], choices: Choices, use: Use
) -> Sequence[Cell]:
    """Return who is in the audience of a form, how many may get it, and why not the others."""
    audience = audience_of(form, choices, NOBODY_CHOSEN)
    if audience is None or isinstance(audience, Refused):
        return (Line(NOBODY_CHOSEN if audience is None else audience.why, "quiet"),)
    topic = WARNINGS if "is_warning" in form else form.get("topic", "")
    if use is Use.INVITATION:
        topic = TOPIC
    lines: list[Cell] = [Line(await audience_words(unit, audience))]
    if use is Use.SAVED or not topic:
        number = await unit.audiences.count(audience)
        lines.append(Line(Part(IN_IT.with_(count=number), tag="b")))
    else:
        lines += _counts(await _reached(unit, audience, topic, use, form))
    if user_of(request).may(May.SET_REMINDERS):
        lines += await _samples(unit, audience)
    return lines


async def _reached(
    unit: Unit, audience: Audience, topic: str, use: Use, form: MultiDict[str]
) -> Reach:
    """Return how many may get a message about a topic, and why not the others."""
    if use is Use.BROADCAST:
        earlier = [int(one) for one in form.getall("excludes", []) if one.isdecimal()]
        draft = Broadcast(
            0,
            "",
            texts_of(form, "text"),
            topic,
            to_json(audience),
            others=form.get("others", ""),
            excludes=earlier[:MOST_EXCLUDED],
            spares_cases="spares_cases" in form,
            is_warning=topic == WARNINGS,
        )
        readers = await readers_of(unit, draft, everybody=True)
        return readers.reach if readers is not None else Reach()
    stances = await unit.stances.of_audience(audience, topic)
    is_asked_for = use is Use.REMINDER and is_taken_on(audience)
    attention = MessageClass.ASKED_FOR if is_asked_for else MessageClass.NEWS
    return reach_of(stances.items(), attention, unit.now, rings=use is Use.INVITATION)


def _counts(reached: Reach) -> Sequence[Cell]:
    """Return the lines that say how many may get a message, and why not the others."""
    total = reached.number + sum(reached.withheld.values())
    said = GET_IT.with_(number=reached.number, count=total)
    return (Line(Part(said, tag="b")), *reach_lines(reached))


async def _samples(unit: Unit, audience: Audience) -> Sequence[Cell]:
    """Return some of the people: first names and areas."""
    found = await unit.audiences.some(audience, SAMPLES)
    areas = await unit.audiences.areas([one.participant_id for one in found])
    names = {area.key: area.name for area in unit.town.areas}
    people = [
        Line(
            (
                Link(one.first_name or _("Without a name"), f"participants/{one.participant_id}"),
                " ",
                Part(dotted(names.get(areas.get(one.participant_id) or "")), "quiet"),
            )
        )
        for one in found
    ]
    return (Line(SUCH_AS, "quiet"), Block(people, "samples")) if people else ()
