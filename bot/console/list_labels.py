"""The console's labels for lists, filters, tasks and alerts."""

from __future__ import annotations

from collections.abc import Mapping

from bot.i18n import Text, _, pgettext
from bot.model.caselist import CaseList

LISTS: Mapping[CaseList, Text] = {
    CaseList.MINE: _("My cases"),
    CaseList.UNASSIGNED: pgettext("list", "Unassigned"),
    CaseList.DUE_TODAY: pgettext("list", "Due today"),
    CaseList.OVERDUE: pgettext("list", "Overdue"),
    CaseList.WAITING: pgettext("list", "Waiting for the citizen"),
    CaseList.ANSWERED: pgettext("list", "Answered"),
    CaseList.ALL: pgettext("list", "All cases"),
}
# The filters of a list.
FILTERS: Mapping[str, Text] = {
    "theme": _("Theme"),
    "area": _("Area"),
    "state": pgettext("case", "State"),
    "kind": pgettext("case", "Kind"),
    "mark": pgettext("case", "Mark"),
}
EMPTY: Mapping[CaseList, Text] = {
    CaseList.MINE: _("No case waits for you just now."),
    CaseList.UNASSIGNED: _("Every case has somebody who looks after it."),
    CaseList.DUE_TODAY: _("Nothing more is due today."),
    CaseList.OVERDUE: _("Nobody waits longer than they were told."),
    CaseList.WAITING: _("No citizen owes us an answer."),
    CaseList.ANSWERED: _("Everybody has said whether the answer helped."),
    CaseList.ALL: _("Nobody has asked anything yet."),
}
# Every kind of alert.
ALERTS: Mapping[str, Text] = {
    "new": _("A new case, which nobody has taken"),
    "wrote": _("The citizen has written"),
    "verdict": _("The answer did not help enough"),
    "call": _("The citizen would like to be rung"),
    "due_soon": _("It is to be answered within two working days"),
    "ignored": _("The date is near, and nobody has done anything"),
    "put_off": _("The date came too near: the citizen has been given a new one"),
    "overdue": _("The date has passed"),
    "long_overdue": _("The date passed five working days ago"),
    "untaken": _("Strong feelings, and nobody has taken it within an hour"),
    "call_late": _("Somebody waits to be rung, and the time has passed"),
    "handover": _("It was handed over to you"),
    "not_delivered": _("What we wrote did not reach the citizen"),
    "no_outcome": _("The case cannot end before its answer says what came of it"),
    "not_sent": _("What was to be sent later was not sent: the case had ended"),
    "felt_wrong": _("The citizen says that an answer did not feel right"),
    "cannot": _("Somebody answered a reminder: I cannot"),
    "attendance_open": _("It is not noted who came to a shift"),
    "not_in_order": _("Somebody wanted to check in without what is needed first"),
    "volunteer_asks": _("Somebody would like to help, and waits for your answer"),
    "volunteer_cannot": _("A volunteer cannot come"),
    "volunteer_silent": _("A volunteer has not answered whether they come"),
    "went_poorly": _("A volunteer says that a shift did not go well"),
    "asks_why": _("A volunteer asks why it did not work out"),
    "promise_late": _("A volunteer was told a date for your answer, and it has passed"),
    "standin_wanted": _("A volunteer looks for a stand-in"),
    "standin_found": _("A stand-in has taken over from a volunteer"),
    "no_show_disputed": _("A volunteer says that they were there after all"),
    "request_soon": _("A volunteer waits for your answer, and the shift is near"),
    "request_ready": _("What a volunteer needed first is in order: you can answer"),
    "gates_without_staff": _("A certificate waits, and no one may handle certificates"),
    "request_late": _("A volunteer still waits for an answer, and the date has passed"),
    "invitation_filled": _("Enough people have said yes to your invitation"),
    "invitation_short": _("Your invitation ended, and people are still missing"),
    "broadcast_review": _("News waits for your approval"),
    "broadcast_returned": _("News that you wrote was returned with a reason"),
    "news_file_refused": _("News is paused: its picture or document could not be sent"),
    "correction_review": _("A correction of news waits for your approval"),
    "campaign_review": _("A shared pledge waits for your approval"),
    "campaign_proposed": _("A citizen proposes a shared pledge"),
    "campaign_returned": _("A shared pledge that you wrote was returned with a reason"),
    "obstacles_open": _("A shared pledge waits for answers before it can be completed"),
    "counter_soon": _("The municipality's own pledge is soon to be kept"),
    "counter_due": _("Say what became of the municipality's own pledge"),
    "obstacle_waits": _("A person said what stood in the way of a pledge, and has no answer"),
    "outcome_due": _("You are to answer what stood in the way of pledges"),
    "outcome_late": _("People wait for an answer, and the date has passed"),
    "lead_gone": _("The lead who set it has left the group, so it has ended"),
}
# The title and explanation of each kind of task.
TASKS: Mapping[str, tuple[Text, Text]] = {
    "danger": (
        _("Somebody may be in danger"),
        _(
            "{name} wrote words that tell of danger, and was given the numbers to ring at once. "
            "See whether you can reach them."
        ),
    ),
    "failed_turn": (
        _("The robot could not go on"),
        _(
            "Something that {name} wrote failed three times, by a fault of ours. They were told "
            "that nothing is lost. Find out what they need."
        ),
    ),
    "felt_wrong": (
        _("An answer did not feel right"),
        _("{name} said so, and no leader could be told. Somebody who did not write it looks."),
    ),
    "worry": (
        _("A citizen worries about a child"),
        _("Ring {name} today. Nothing about the child is written in the chat."),
    ),
    "gate": (
        _("Order or set a certificate"),
        _("{name} would like to help, and needs a certificate or a course first."),
    ),
    "recheck": (
        _("Check a certificate again"),
        _("It is a year since the certificate of {name} was found in order."),
    ),
    "phone": (
        _("Ring instead of writing"),
        _("{name} cannot be reached in the chat, and is to be told by phone."),
    ),
    "pledge_goal": (
        _("Somebody wants something that no pledge helps with yet"),
        _(
            "{name} wrote what they would like for themselves, and made a pledge. Read it on the "
            "page of the pledge, and see whether the catalogue needs a new one."
        ),
    ),
    "cannot": (
        _("Somebody cannot, and nobody has heard it"),
        _("{name} answered a reminder: I cannot. Who set it has left. See who needs to know."),
    ),
}
OF_GATES = frozenset({"gate", "recheck"})  # tasks of the staff who handle certificates
OTHER_TASK = (
    _("Something for a person"),
    _("The robot left something about {name} to a person."),
)
SOMEBODY = pgettext("without a name", "a citizen")
NAMELESS = _("Without a name")


def task_labels(kind: str) -> tuple[Text, Text]:
    """Return the title and explanation of a kind of task."""
    return TASKS.get(kind, OTHER_TASK)
