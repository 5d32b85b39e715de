"""The fields of a broadcast's form, in parts: texts, recipients, attachments, and times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.calendar.recurrence import Holidays
from bot.console import broadcast_files
from bot.console.audience_builder import FIRST, Builder
from bot.console.broadcast_labels import OPENS, OTHERS
from bot.console.form import Field, Fields, Folded, Options
from bot.console.language_fields import text_field, text_fields
from bot.console.recurrence_form import EMPTY as EMPTY_TIME
from bot.console.recurrence_form import Wording, time_fields
from bot.i18n import LANGUAGES, Text, _, pgettext
from bot.model.audience import EVERYONE
from bot.model.broadcast import (
    DANISH,
    LONGEST_ALT,
    LONGEST_LABEL,
    LONGEST_PLACE,
    LONGEST_SPREAD,
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_BUTTONS,
    MOST_OPTIONS,
    USUALLY_EXPIRES,
    Broadcast,
    MediaKind,
)
from bot.service.broadcasts.targets import Targets

LONGEST_NAME, LONGEST_ADDRESS = 120, 500
QUIET = _(
    "Nothing is sent from 20 to 8, on Sundays, public holidays, 24 and 31 December, and in a "
    "person's own quiet hours: it waits until they end. A warning is sent at once."
)
USUAL_END = _("Empty: {days} days after it begins. What waits longer than that is not sent.").with_(
    days=USUALLY_EXPIRES.days
)
SENT = Wording(
    example=_("Such as “on 12 March at 9” or “every Friday at 15”. Empty: after the approval."),
    holidays=(
        (Holidays.KEEP, _("Sent all the same")),
        (Holidays.SKIP, _("Left out")),
        (Holidays.MOVE, _("Moved to the next working day")),
    ),
    not_said=_("Write when it is to be sent: in words, or with a first day and a time."),
    left_over=_("I do not understand “{words}”. Write only when it is to be sent."),
    only_once=_("It is sent only once. Leave this empty."),
)
EMPTY: Mapping[str, Any] = {
    **EMPTY_TIME,
    FIRST: EVERYONE,
    "others": DANISH,
    "is_public": "yes",
    "spares_cases": "yes",
}


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen in the form."""

    topics: Options
    audience: Builder
    targets: Targets
    earlier: Options  # broadcasts that were sent


def broadcast_fields(choices: Choices, known: Broadcast | None) -> Fields:
    """Return the fields of the form."""
    return (
        Field(
            "title",
            _("Title"),
            "line",
            _("For staff, and for the public archive. It is not in the message."),
            longest=LONGEST_TITLE,
        ),
        *_texts(),
        _heading("whom", _("Recipients")),
        Field(
            "topic",
            pgettext("reminder", "Topic"),
            "choice",
            _("Only people who said yes to news about it get it."),
            options=choices.topics,
            empty=_("Choose"),
            required=False,
        ),
        Field(
            "is_warning",
            _("It is a warning about danger"),
            "tick",
            _("Those who said yes to warnings get it at once, also at night. No topic is needed."),
            required=False,
        ),
        choices.audience,
        _leaving_out(choices),
        _heading("along", _("What goes along")),
        _attachment(known),
        _place(),
        _buttons(choices.targets),
        _question(),
        _heading("time", _("When it is sent"), QUIET),
        *time_fields(SENT),
        _limits(),
        _heading("afterwards", _("Afterwards")),
        Field(
            "is_public",
            _("Show it in the public archive"),
            "tick",
            _("Everybody can read it on the web after it was sent."),
            required=False,
        ),
        Field(
            "welcomes",
            _("Use it as a welcome"),
            "tick",
            _("Who says yes to the topic later gets it then, once."),
            required=False,
        ),
    )


def _heading(name: str, label: Text, note: Text | None = None) -> Field:
    return Field(f"part_{name}", label, "heading", note, required=False)


def _texts() -> Fields:
    """Return the text in each language, and what readers of other languages get."""
    texts = [
        text_field(
            "text",
            _("Text"),
            language,
            help=_("The main thing first. Short sentences, and dates with weekday.")
            if language == "da"
            else None,
            longest=LONGEST_TEXT,
            rows=6,
            counted=True,
            required=True,
        )
        for language in LANGUAGES
    ]
    others = Field(
        "others", _("Those who read a language without a text get"), "radio", options=OTHERS
    )
    return (*texts, others)


def _leaving_out(choices: Choices) -> Folded:
    """Return the fields that leave people out."""
    earlier = Field(
        "excludes",
        _("Not those who got"),
        "ticks",
        options=choices.earlier,
        required=False,
    )
    spared = Field(
        "spares_cases",
        _("Not those who are writing with staff right now"),
        "tick",
        required=False,
        usual="yes",
    )
    return Folded(_("Leave people out"), (spared, *((earlier,) if choices.earlier else ())))


def _attachment(known: Broadcast | None) -> Folded:
    """Return the fields of a picture or a document."""
    fields: list[Field] = [
        Field(
            broadcast_files.FIELD,
            _("Picture (JPEG, PNG, WebP) or PDF"),
            "file",
            _("At most {mib} MiB. Place and camera are removed from a picture.").with_(
                mib=broadcast_files.MIB
            ),
            required=False,
            accept=broadcast_files.ACCEPTED,
        ),
        Field(
            "alt",
            _("What the picture shows, for those who cannot see it"),
            "line",
            required=False,
            longest=LONGEST_ALT,
        ),
    ]
    if known is not None and known.media is not None:
        is_photo = known.media["kind"] == MediaKind.PHOTO
        label = _("Leave out the picture") if is_photo else _("Leave out {name}")
        named = label if is_photo else label.with_(name=known.media["name"])
        fields.append(Field(broadcast_files.LEFT_OUT, named, "tick", required=False))
    return Folded(_("A picture or a document"), tuple(fields))


def _place() -> Folded:
    """Return the fields of a place on a map."""
    at = Field(
        "place_at",
        _("Coordinates"),
        help=_("Copy them from a map, such as 55.0512, 12.3045."),
        required=False,
        longest=LONGEST_PLACE,
    )
    name = Field("place", _("Name of the place"), required=False, longest=LONGEST_PLACE)
    return Folded(_("A place on the map"), ((at, name),))


def _buttons(targets: Targets) -> Folded:
    """Return the fields of the buttons, each under the one before."""
    groups = [
        (label, [(f"{kind}:{key}", name) for key, name in targets[kind].items()])
        for kind, label in OPENS.items()
        if targets.get(kind)
    ]
    folded: Fields = ()
    for number in range(MOST_BUTTONS, 0, -1):
        label = _("Button {number}").with_(number=number)
        fields = (
            Field(
                f"opens_{number}",
                _("Button {number} opens").with_(number=number),
                "choice",
                groups=groups,
                empty=_("Nothing"),
                required=False,
            ),
            text_fields(
                f"label_{number}",
                _("Text on button {number}").with_(number=number),
                "text",
                longest=LONGEST_LABEL,
                help=_("Empty: the name of what it opens.") if number == 1 else None,
            ),
        )
        folded = (Folded(label if number > 1 else _("Buttons"), (*fields, *folded)),)
    return Folded(_("Buttons"), folded[0].fields)


def _question() -> Folded:
    """Return the fields of a question with its answers."""
    options: Sequence[Any] = [
        text_fields(
            f"option_{number}",
            _("Answer {number}").with_(number=number),
            "text",
            longest=LONGEST_LABEL,
        )
        for number in range(1, MOST_OPTIONS + 1)
    ]
    about = (
        Field(
            "own_words",
            _("People can answer in their own words"),
            "tick",
            _("With a question it is a dialogue: each answer gets its outcome."),
            required=False,
        ),
        Field(
            "answer_by",
            _("Answer by"),
            "date",
            _("The last day on which people can answer. Empty: until the dialogue is closed."),
            required=False,
        ),
        (
            Field(
                "decider",
                _("Who decides"),
                help=_("A name or a committee, as people know it."),
                required=False,
                longest=LONGEST_NAME,
            ),
            Field(
                "agenda_url",
                _("Link to the agenda"),
                "url",
                required=False,
                longest=LONGEST_ADDRESS,
            ),
        ),
    )
    return Folded(_("A question with answers"), (*options, *about))


def _limits() -> Folded:
    """Return the fields of the spread and the end."""
    most = LONGEST_SPREAD // 60
    spread = Field(
        "spread",
        _("Spread over hours"),
        "number",
        _("Empty or 0: as fast as possible. At most {most}.").with_(most=most),
        required=False,
        usual="0",
    )
    until = (
        Field("expires_on", _("Not sent after"), "date", USUAL_END, required=False),
        Field("expires_time", _("At"), "time", required=False),
    )
    return Folded(_("Spread it, or end it"), (spread, until))
