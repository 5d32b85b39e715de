"""What is refused in the commands of pledges: CPR numbers, amounts, and ids that do not exist."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from pledge_town import PledgeTown

from bot.engine.events import Refused
from bot.model.commands.pledges import (
    AddCampaign,
    AddEntry,
    AnswerCheckIn,
    AnswerCounter,
    AnswerOutcome,
    CancelCampaign,
    ChangePledge,
    ExtendCampaign,
    GroupContributions,
    MakePledge,
    ProposeCampaign,
    ReturnCampaign,
    SavePlan,
    SubmitCampaign,
    TellObstacle,
)
from bot.model.pledge import MeasureKind, Rhythm

pytestmark = pytest.mark.asyncio
CPR = "010203-1234"
SHARED = {
    "titles": {"da": "Sluk lyset"},
    "texts": {"da": "Jeg slukker mit lys."},
    "theme": "night",
    "target": 3,
}
ENTRY = {
    "titles": {"da": "Sluk lyset"},
    "texts": {"da": "Jeg slukker mit lys."},
    "theme": "night",
    "kind": MeasureKind.LEVEL,
    "rhythm": Rhythm.MONTH,
}


async def refused(pledging: PledgeTown, command: Any) -> str:
    """Return the field that a command is refused for."""
    outcome = await pledging.do(command)
    assert isinstance(outcome, Refused), command
    return outcome.field


async def test_no_cpr_number_enters_by_a_citizen(pledging: PledgeTown) -> None:
    """Each text of a citizen is refused at its own field."""
    ana = pledging.people["Ana"]
    own = await pledging.pledge("Ana", "L8")
    day = pledging.now.date() + timedelta(days=30)
    words = {"words": "Jeg cykler", "theme": "climate"}
    wrong = {
        "words": MakePledge(ana, words=f"Jeg {CPR}", theme="climate"),
        "goal_words": MakePledge(ana, **words, goal_words=f"Mere {CPR}"),
        "when": SavePlan(ana, own, when=CPR),
        "where": SavePlan(ana, own, where=CPR),
        "first": SavePlan(ana, own, first=CPR),
        "titles": ProposeCampaign(ana, CPR, "Jeg slukker lyset", "night", 3, day),
        "texts": ProposeCampaign(ana, "Lys", f"Jeg slukker {CPR}", "night", 3, day),
    }
    for field, command in wrong.items():
        assert await refused(pledging, command) == field
    assert await refused(pledging, TellObstacle(ana, own, words=CPR)) == "words"


async def test_no_cpr_number_enters_by_staff(pledging: PledgeTown) -> None:
    """Each text of staff is refused at its own field, in each language."""
    staff, ana = pledging.staff_id, pledging.people["Ana"]
    day = pledging.now.date() + timedelta(days=30)
    counter = {"counter": {"da": "Vi slukker."}, "counter_staff_id": staff, "counter_on": day}
    made = await pledging.campaign(**counter)
    for field in ("titles", "texts", "counter"):
        fields = {**SHARED, "deadline": day, **counter, field: {"da": "Lys", "en": CPR}}
        assert await refused(pledging, AddCampaign(staff, fields)) == field
    for field in ("titles", "texts", "who", "thanks", "doing", "steps"):
        fields = {**ENTRY, field: {"da": "Lys", "en": CPR}}
        assert await refused(pledging, AddEntry(staff, fields)) == field
    others = {
        "words": {"words": [CPR]},
        "because_guests_da": {"because": {"guests": {"en": CPR}}},
        "factor": {"factor": {"unit": {"da": CPR}, "source": {"da": "x"}, "low": 1, "high": 2}},
    }
    for field, changed in others.items():
        assert await refused(pledging, AddEntry(staff, {**ENTRY, **changed})) == field
    later = day + timedelta(days=9)
    draft = await pledging.do(AddCampaign(staff, {**SHARED, "deadline": day}))
    assert await pledging.do(SubmitCampaign(staff, draft)) == draft
    for command in (
        ReturnCampaign(staff, draft, CPR),
        CancelCampaign(staff, made, CPR),
        CancelCampaign(staff, made, "Storm", {"en": CPR}),
        ExtendCampaign(staff, made, later, CPR),
    ):
        assert await refused(pledging, command) == "reason"
    assert await refused(pledging, AnswerCounter(staff, made, "kept", {"da": CPR})) == "words"
    own = await pledging.pledge("Ana", "L8")
    told = [await pledging.do(TellObstacle(ana, own, key="time"))]
    assert await refused(pledging, GroupContributions(staff, told, title=CPR)) == "title"
    outcome = await pledging.do(GroupContributions(staff, told, title="Tid"))
    texts = {"summaries": {"da": "Tid"}, "texts": {"da": "Vi minder om det."}, "decided_by": "Ida"}
    for field, text in texts.items():
        changed = {**texts, field: CPR if isinstance(text, str) else {"da": "Lys", "en": CPR}}
        answer = AnswerOutcome(staff, outcome, 1, **changed, also_publish=True)  # type: ignore[arg-type] - of all
        assert await refused(pledging, answer) == field


async def test_amounts_below_nothing_are_refused(pledging: PledgeTown) -> None:
    """Also of a pledge without a measure, in which an amount means nothing."""
    ana, staff = pledging.people["Ana"], pledging.staff_id
    day = pledging.now.date() + timedelta(days=30)
    words = {"words": "Jeg cykler", "theme": "climate", "rhythm": "week"}
    own = (await pledging.do(MakePledge(ana, **words)))["pledge_id"]
    assert await refused(pledging, MakePledge(ana, **words, amount=-5)) == "amount"
    assert await refused(pledging, ChangePledge(ana, own, amount=-5)) == "amount"
    assert await pledging.do(ChangePledge(ana, own, amount=700)) == own
    assert (await pledging.pledge_of(own)).amount == 0
    await pledging.passes(timedelta(days=8))
    asked = (await pledging.asked(own))[-1]
    assert await refused(pledging, AnswerCheckIn(ana, own, asked, "partly", -5)) == "amount"
    fields = {**SHARED, "deadline": day, "amount": -5}
    assert await refused(pledging, AddCampaign(staff, fields)) == "amount"
    assert await refused(pledging, AddEntry(staff, {**ENTRY, "amount": -5})) == "amount"


async def test_ids_that_do_not_exist_are_refused(pledging: PledgeTown) -> None:
    """A forged id of the catalogue or of the staff is refused at its field."""
    staff, day = pledging.staff_id, pledging.now.date() + timedelta(days=30)
    for field in ("catalogue_id", "counter_staff_id"):
        fields = {**SHARED, "deadline": day, field: 999}
        assert await refused(pledging, AddCampaign(staff, fields)) == field
