"""The forms of outcomes at the console: reasons, languages, days, and the words for reports."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from broadcast_desk import QUESTION, Desk
from staffed_chat import StaffedChat

OUTCOME = {"verdict": "not_used", "decided_by": "Udvalget", "decided_on": "23.11.2026"}


@pytest.fixture
async def desk(staffed: StaffedChat) -> AsyncIterator[Desk]:
    """Open a town with citizens who want news; Samira reads English."""
    opened = Desk(staffed)
    await opened.begin("Jens", "Samira")
    samira = await opened.person("Samira")
    async with staffed.store.unit() as unit:
        known = await unit.people.get(samira)
        await unit.people.save(replace(known, language="en"))
    return opened


async def asked(desk: Desk) -> dict[str, str]:
    """Send a question that both answer with yes; return the fields that choose these answers."""
    number = await desk.send(question=QUESTION, texts={"da": "Skal vi?", "en": "Shall we?"})
    await desk.staffed.says("Jens: [Ja]", "Samira: [Ja]")
    return {"broadcast": str(number), "option": "yes"}


@pytest.mark.parametrize(
    ("reason", "shown"),
    [
        ("Fordi der ikke er plads.", "Ikke brugt, fordi der ikke er plads. Udvalget"),
        ("fordi: der ikke er plads", "Ikke brugt, fordi: der ikke er plads. Udvalget"),
        ("Der er ikke plads.", "Ikke brugt, fordi: Der er ikke plads. Udvalget"),
        ("Der er ikke plads", "Ikke brugt, fordi: Der er ikke plads. Udvalget"),
        ("Vi sagde “nej.”", "Ikke brugt, fordi: Vi sagde “nej.” Udvalget"),
    ],
)
async def test_because_is_said_once(desk: Desk, reason: str, shown: str) -> None:
    """A reason that begins with “because” has no second one, and each sentence ends once."""
    form = {**await asked(desk), **OUTCOME, "reasons_da": reason, "do": "preview"}
    status, page = await desk.post("contributions/outcome", **form)
    assert status == 200
    assert shown in page


async def test_used_without_a_reason(desk: Desk) -> None:
    """What is used needs no reason; the message has no gap for it."""
    form = {**await asked(desk), **OUTCOME, "verdict": "used", "do": "preview"}
    _status, page = await desk.post("contributions/outcome", **form)
    assert "“Ja”. Brugt. Udvalget besluttede det" in page


@pytest.mark.parametrize("verdict", ["not_used", "partly"])
@pytest.mark.parametrize("do", ["preview", "send"])
async def test_a_reason_is_needed(desk: Desk, verdict: str, do: str) -> None:
    """What is not used needs its reason; the refusal stands at the field."""
    form = {**await asked(desk), **OUTCOME, "verdict": verdict, "reasons_da": " ", "do": do}
    browser = await desk.staffed.at()
    got = await browser.post("contributions/outcome", form)
    page = await got.text()
    assert got.status == 422
    assert 'id="reasons_da-wrong"' in page
    assert "Skriv begrundelsen." in page


async def test_english_reasons_are_asked_for(desk: Desk) -> None:
    """The form says how many authors read English; they get the Danish reason marked."""
    chosen = await asked(desk)
    _status, page = await desk.post("contributions/outcome", **chosen)
    assert "1 af dem læser engelsk." in page
    form = {**chosen, **OUTCOME, "reasons_da": "Der er ikke plads.", "do": "preview"}
    _status, page = await desk.post("contributions/outcome", **form)
    assert "1 af dem læser engelsk." in page
    assert "Not used, because: Der er ikke plads. (in Danish)" in page
    assert "“Engen” (in Danish) , with: “Ja”." in page
    _status, page = await desk.post("contributions/outcome", **form, reasons_en="No room.")
    assert "1 af dem læser engelsk." not in page
    assert "Not used, because: No room. Udvalget decided it" in page


async def test_no_decision_before_the_question(desk: Desk) -> None:
    """The day of a decision is from the day of the question until today."""
    form = {**await asked(desk), **OUTCOME, "reasons_da": "Nej.", "do": "preview"}
    for day, why in (
        ("22.11.2026", "Vi spurgte mandag d. 23. november."),
        ("24.11.2026", "Den dag er ikke kommet endnu."),
    ):
        status, page = await desk.post("contributions/outcome", **{**form, "decided_on": day})
        assert status == 422
        assert why in page
    status, _page = await desk.post("contributions/outcome", **form)
    assert status == 200


async def test_reports_are_done_or_not(desk: Desk) -> None:
    """The answer to a report says whether the municipality does it; an idea is used or not."""
    report = ("praj", "[Hul i vejen]", "Strandvejen 12", "[Send]")
    await desk.staffed.says(*(f"Jens: {line}" for line in report))
    await desk.staffed.says("Jens: ide", "Jens: Flere bænke langs kysten")
    assert "Vi gør det Vi gør noget af det Vi gør det ikke" in await desk.page("cases/1001")
    assert "Brugt Delvist brugt Ikke brugt" in await desk.page("cases/1002")
