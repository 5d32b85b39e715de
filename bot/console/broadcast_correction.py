"""Correct a broadcast that was sent: the form, the difference, its approval and its progress."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from aiohttp import web

from bot.console.broadcast_changes import text_change
from bot.console.broadcast_labels import fault_lines
from bot.console.cells import Cell, Line, Link, Meter, Part
from bot.console.current_user import staff_of, user_of
from bot.console.form import Field, Form
from bot.console.language_fields import text_field, text_values
from bot.console.pledge_labels import named_by
from bot.console.record_page import Section
from bot.i18n import LANGUAGE_NAMES, _, ngettext, pgettext
from bot.model.broadcast import Broadcast, BroadcastState
from bot.model.staff import May
from bot.service.broadcasts.checks import Fault
from bot.service.broadcasts.correcting import longest, mark_of

EDITS = ngettext(
    "{count} message is edited in place. Who has not got it yet gets the corrected text.",
    "{count} messages are edited in place. Who has not got it yet gets the corrected text.",
    "count",
)
CORRECTED = _("{done} of {count} messages have the corrected text.")
OWN = _("You wrote the correction. A leader who did not write it approves it.")
NO_LEADER = _("The correction waits for the approval of a leader.")
LONGEST_REASON = 500


def correction_form(known: Broadcast) -> Form:
    """Return the form of a correction: the texts as they were sent, to be changed."""
    fields = [
        text_field("text", _("Text"), language, longest=longest(known), rows=6, required=True)
        for language in LANGUAGE_NAMES
        if known.texts.get(language)
    ]
    proposed = (known.correction or {}).get("texts") or known.texts
    form = Form(
        f"broadcasts/{known.id}/correct",
        fields,
        _("Send it to approval"),
        cancel=f"broadcasts/{known.id}",
        lead=_("It is marked “corrected at …” in the chat and in the archive."),
    )
    return form.filled(text_values("text", proposed))


def difference(known: Broadcast, texts: Mapping[str, str]) -> Sequence[Cell]:
    """Return what a correction changes, word by word, in each language."""
    return [
        text_change(
            LANGUAGE_NAMES[language], known.texts.get(language, ""), texts.get(language, "")
        )
        for language in LANGUAGE_NAMES
        if known.texts.get(language, "") != texts.get(language, "")
    ]


def correction_sections(
    request: web.Request,
    known: Broadcast,
    numbers: tuple[int, int, int],
    around: tuple[Mapping[int, str], Sequence[Fault]],
    refused: Form | None,
) -> Sequence[Section]:
    """Return a proposed correction, the progress of an approved one, and the way to a new one.

    *numbers* are those of messages that a correction edits, that arrived, and that are corrected;
    *around* are the names of staff, and the faults of the proposed texts.
    """
    heading = pgettext("broadcast", "Correction")
    editable, sent, corrected = numbers
    staff, faults = around
    lines: list[Cell] = []
    if known.corrected_at is not None:
        said = CORRECTED.with_(done=corrected, count=sent)
        lines += [Line(Part(said, tag="strong")), Meter(said, corrected, sent)]
    if known.correction is None:
        link = Link(_("Correct the text …"), f"broadcasts/{known.id}/correct", "button", icon="pen")
        rows = (link,) if known.state is not BroadcastState.STOPPED or sent else ()
        return (Section(heading, lines=lines, rows=rows, live=True),)
    proposed = known.correction
    lines += difference(known, proposed["texts"])
    lines.append(Line(EDITS.with_(count=editable)))
    lines.append(Line((_("Written by"), " ", named_by(staff, proposed["staff_id"])), "quiet"))
    lines += fault_lines(faults)
    drop = Form(f"broadcasts/{known.id}/correct/drop", submit=_("Drop the correction"), look="")
    change = Link(
        _("Change the correction"), f"broadcasts/{known.id}/correct", "button", icon="pen"
    )
    waiting = None
    if not user_of(request).may(May.APPROVE):
        waiting = NO_LEADER
    elif proposed["staff_id"] == staff_of(request).id:
        waiting = OWN
    if waiting is not None:
        lines.append(Line(waiting, "notice"))
        return (Section(heading, lines=lines, rows=(change,), acts=(drop,)),)
    form = approval_form(known, faults)
    if refused is not None and refused.path == form.path:
        form = replace(form, written=refused.written, faults=refused.faults, why=refused.why)
    return (Section(heading, lines=lines, forms=(form,), rows=(change,), acts=(drop,)),)


def approval_form(known: Broadcast, faults: Sequence[Fault]) -> Form:
    """Return the form that approves a correction; it asks why a fault may be kept."""
    fields: tuple[Field, ...] = ()
    if any(one.can_stand and not one.hint for one in faults):
        label = _("Why a sentence may stand that the check refuses")
        fields = (Field("let_stand", label, "line", longest=LONGEST_REASON),)
    proposed = known.correction or {"edition": 0, "texts": {}}
    return Form(
        f"broadcasts/{known.id}/correct/approve",
        fields,
        _("Approve the correction"),
        hidden={"edition": proposed["edition"], "mark": mark_of(proposed)},
        prefix="correct-",
    )
