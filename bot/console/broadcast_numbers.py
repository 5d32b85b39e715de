"""The numbers of a broadcast: how many it reached, why not the others, and what people did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from hashlib import sha256

from aiohttp import web

from bot.console.cells import Block, Cell, Chart, Line, Link, Meter, Moment, Part, Table, dotted
from bot.console.form import Form
from bot.console.reminder_labels import reason_name
from bot.console.render import words
from bot.engine.events import Refused
from bot.i18n import Text, _, ngettext, pgettext
from bot.model.broadcast import Broadcast, BroadcastState
from bot.model.broadcast_progress import Reached, Waiting
from bot.model.delivery import DeliveryState, Reason
from bot.model.suppression import LEAST
from bot.service.broadcasts.dialogues import OUTCOME, why_not_reminded
from bot.store.broadcast_results import BroadcastResults
from bot.store.unit import Unit

REACHED = _("{done} of {size} are dealt with")
MINUTES, HOURS = timedelta(minutes=2), timedelta(hours=2)
SECONDS_LEFT = ngettext("About {count} second left.", "About {count} seconds left.", "count")
MINUTES_LEFT = _("About {minutes} min {seconds} s left.")
HOURS_LEFT = _("About {hours} h {minutes} min left.")
UNKNOWN_LEFT = _("How long it takes is shown when the first messages have gone out.")
STILL_COUNTED = _("The audience is still being written down: {count} so far.")
# Why people wait for a later time, with how many.
WAITING: Mapping[Reason | None, Text] = {
    Reason.QUIET: ngettext(
        "{count} person waits for the end of quiet hours",
        "{count} people wait for the end of quiet hours",
        "count",
    ),
    Reason.CAP: ngettext(
        "{count} person has had two messages of news this week, and waits",
        "{count} people have had two messages of news this week, and wait",
        "count",
    ),
    None: ngettext(
        "{count} person waits for a turn: it is spread over hours",
        "{count} people wait for their turn: it is spread over hours",
        "count",
    ),
}
HELD_REST = ngettext(
    "{count} person waits, because it is paused.",
    "{count} people wait, because it is paused.",
    "count",
)
DOUBTED = ngettext(
    "{count} person perhaps got it twice: Telegram's answer to the first try was lost.",
    "{count} people perhaps got it twice: Telegram's answer to the first try was lost.",
    "count",
)
FEW_POLLED = _("Fewer than five people have answered, so no values are shown.")
FEW_OF_A_VALUE = _("Fewer than five people chose one of the values, so only the average is shown.")
POLLED = ngettext("{count} has answered", "{count} have answered", "count")
TOLD = ngettext(
    "{count} author has been told what came of it.",
    "{count} authors have been told what came of it.",
    "count",
)
NOT_TOLD = ngettext(
    "{count} author is still to be told, or cannot be reached.",
    "{count} authors are still to be told, or cannot be reached.",
    "count",
)
SILENT = ngettext(
    "{count} person has not answered, and can be asked once more.",
    "{count} people have not answered, and can be asked once more.",
    "count",
)
NO_SILENT = _("All have answered, have stopped news, or cannot be reached.")
REMINDED = ngettext(
    "{count} person who had not answered was asked again.",
    "{count} people who had not answered were asked again.",
    "count",
)
IN_OWN_WORDS = _("In their own words")


@dataclass(frozen=True, slots=True)
class Numbers:
    """All numbers of a broadcast as one transaction reads them."""

    reached: Reached
    stopped: int
    silent: int
    asked_again: int
    answers: Mapping[str, int]
    poll: Mapping[int, int]
    told: Mapping[DeliveryState, int]
    now: datetime
    unasked: Refused | None  # why the silent cannot be asked again


async def numbers_of(unit: Unit, known: Broadcast) -> Numbers:
    """Read the numbers of a broadcast."""
    results = BroadcastResults(unit)
    asks = known.is_dialogue
    return Numbers(
        await results.reached(known),
        await results.stopped(known),
        await results.silent(known) if asks and known.reminded_at is None else 0,
        await results.asked_again(known.id) if asks else 0,
        await results.answer_counts(known.id) if asks else {},
        await unit.polls.counts(known.id) if asks else {},
        await results.told(known.id, OUTCOME) if asks else {},
        unit.now,
        why_not_reminded(known, unit) if asks else None,
    )


def progress_lines(known: Broadcast, numbers: Numbers) -> Sequence[Cell]:
    """Return how far it is, when it is done, and the sum of recipients by what became of them."""
    reached = numbers.reached
    done, size = reached.size - reached.left, reached.size
    said = REACHED.with_(done=done, size=size)
    lines: list[Cell] = [Line(Part(said, tag="strong")), Meter(said, done, size)]
    if known.state is BroadcastState.SENDING:
        lines.append(Line(_when_done(known, numbers)))
    if known.state is BroadcastState.PAUSED and reached.left:
        lines.append(Line(HELD_REST.with_(count=reached.left)))
    elif known.state is BroadcastState.SENDING:
        lines += [Line(_waiting(one)) for one in reached.waiting]
    lines.append(sum_table(reached))
    if reached.doubted:
        link = Link(_("See who"), f"broadcasts/{known.id}/recipients?of=doubted")
        lines.append(Line((DOUBTED.with_(count=reached.doubted), " ", link), "notice"))
    return lines


def _when_done(known: Broadcast, numbers: Numbers) -> Cell:
    """Return how long the rest takes, and when it is done."""
    if known.expanded_to is not None:
        return STILL_COUNTED.with_(count=numbers.reached.size)
    left = numbers.reached.time_left(numbers.now)
    if left is None:
        return UNKNOWN_LEFT
    at = (pgettext("broadcast", "Done by"), " ", Moment(numbers.now + left))
    return dotted(left_words(left) if numbers.reached.due else None, at)


def _waiting(one: Waiting) -> Cell:
    """Return how many people wait for a later time, why, and from when until when."""
    said = WAITING.get(one.reason, WAITING[None]).with_(count=one.number)
    if one.first_at == one.last_at:
        return (said, ", ", pgettext("broadcast", "until"), " ", Moment(one.last_at), ".")
    return (said, ": ", Moment(one.first_at), " – ", Moment(one.last_at), ".")


def left_words(left: timedelta) -> Text:
    """Return a time in words; what rounding takes off or adds is below a tenth of it."""
    seconds = round(left.total_seconds())
    if left < MINUTES:
        return SECONDS_LEFT.with_(count=seconds)
    if left < HOURS:
        minutes, rest = divmod(round(seconds, -1), 60)
        return MINUTES_LEFT.with_(minutes=minutes, seconds=rest)
    hours, rest = divmod(round(seconds / 60), 60)
    return HOURS_LEFT.with_(hours=hours, minutes=rest)


WAITS: Mapping[DeliveryState, Text] = {
    DeliveryState.SENT: pgettext("broadcast", "Sent to"),
    DeliveryState.QUEUED: _("On its way"),
    DeliveryState.PLANNED: _("Waits for its turn"),
}


def not_sent_name(reason: Reason | None) -> Text:
    """Return why a person does not get a broadcast, in words."""
    if reason is Reason.ENDED:
        return _("staff stopped it before their turn")
    return reason_name(reason)


def sum_table(reached: Reached) -> Table:
    """Return what became of each recipient; the rows add up to the last one."""
    rows: list[tuple[Cell, Cell]] = [
        (name, reached.by_state[state])
        for state, name in WAITS.items()
        if state in reached.by_state
    ]
    whys = sorted(reached.by_reason.items(), key=lambda one: -one[1])
    rows += [
        (_("Not sent: {reason}").with_(reason=not_sent_name(reason)), number)
        for reason, number in whys
    ]
    total = (Part(_("All in the audience"), tag="strong"), Part(str(reached.size), tag="strong"))
    return Table(
        _("What became of each person in the audience"),
        (_("What became of it"), pgettext("broadcast", "People")),
        [*rows, total],
        right=(1,),
    )


def outcomes(numbers: Numbers) -> Sequence[tuple[Text, int]]:
    """Return what people did with a broadcast, in numbers."""
    reached = numbers.reached
    return (
        (pgettext("broadcast", "Delivered"), reached.sent),
        (_("Could not be reached"), reached.by_reason.get(Reason.UNREACHABLE, 0)),
        (_("Tapped a button"), reached.tapped),
        (pgettext("broadcast", "Answered"), reached.answered),
        (_("Stopped news after it"), numbers.stopped),
    )


def outcome_lines(request: web.Request, known: Broadcast, numbers: Numbers) -> Sequence[Cell]:
    """Return the chart and the table of what people did."""
    rows = outcomes(numbers)
    mark = sha256(repr([number for _name, number in rows]).encode()).hexdigest()[:8]
    alt = "; ".join(f"{words(request, name)}: {number}" for name, number in rows)
    name = _("What people did with it")
    table = Table(name, (_("What they did"), pgettext("broadcast", "People")), rows, right=(1,))
    stopped = _("Stopped: within a week of its end, and before they got other news.")
    return (
        Chart(f"broadcasts/{known.id}/chart.svg?v={mark}", alt),
        table,
        Line(stopped, "quiet"),
    )


def answer_lines(known: Broadcast, numbers: Numbers) -> Sequence[Cell]:
    """Return the answers by option, the poll, and how many authors were told their outcome."""
    path = f"broadcasts/{known.id}/contributions"
    options = (known.question or {}).get("options") or []
    labels = {str(one["key"]): one["labels"]["da"] for one in options}
    labels[""] = IN_OWN_WORDS
    rows = [
        (Link(label, f"{path}?option={key or 'words'}"), numbers.answers.get(key, 0))
        for key, label in labels.items()
        if key or (known.question or {}).get("own_words")
    ]
    columns = (_("Answer"), pgettext("broadcast", "People"))
    lines: list[Cell] = [Table(_("Answers by option"), columns, rows, right=(1,))]
    if numbers.asked_again:
        lines.append(Line(REMINDED.with_(count=numbers.asked_again), "quiet"))
    if known.state is BroadcastState.CLOSED:
        got = numbers.told.get(DeliveryState.SENT, 0)
        lines.append(Line(Part(TOLD.with_(count=got), tag="strong")))
        if rest := sum(numbers.told.values()) - got:
            lines.append(Line(NOT_TOLD.with_(count=rest)))
        lines += _poll(numbers.poll)
    return lines


def _poll(poll: Mapping[int, int]) -> Sequence[Cell]:
    """Return the answers to "did you feel heard?"; no values of fewer than five people."""
    heading = Line(Part(_("Did you feel heard? 1 is no, 5 is yes."), tag="strong"))
    number = sum(poll.values())
    if number < LEAST:
        return (heading, Line(FEW_POLLED, "quiet"))
    average = sum(value * count for value, count in poll.items()) / number
    mean = _("on average {mean}").with_(mean=Decimal(f"{average:.1f}"))
    said = dotted(POLLED.with_(count=number), mean)
    if any(0 < count < LEAST for count in poll.values()):
        return (heading, Line(said), Line(FEW_OF_A_VALUE, "quiet"))
    rows = [(str(value), poll.get(value, 0)) for value in range(1, 6)]
    columns = (_("Value"), pgettext("broadcast", "People"))
    return (heading, Line(said), Table(_("Answers to the poll"), columns, rows, right=(1,)))


def reminding(known: Broadcast, numbers: Numbers) -> Sequence[Form]:
    """Return the button that asks the silent again, once; it says why it cannot be pressed."""
    asks = known.is_dialogue and known.reminded_at is None
    if not asks or known.state is BroadcastState.CLOSED:
        return ()
    form = Form(f"broadcasts/{known.id}/remind", submit=_("Ask them once more …"), look="")
    if numbers.unasked is not None:
        return (replace(form, barred=numbers.unasked.why),)
    if not numbers.silent:
        return (replace(form, barred=NO_SILENT),)
    return (replace(form, lead=SILENT.with_(count=numbers.silent)),)


def links_to_people(known: Broadcast) -> Block:
    """Return the link to the list of recipients."""
    return Block(
        (Link(_("See the recipients"), f"broadcasts/{known.id}/recipients", "button"),), "acts"
    )
