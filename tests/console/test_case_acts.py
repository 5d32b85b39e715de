"""Acts of staff on a case: success, refusal and permission."""

from __future__ import annotations

import pytest
from staffed_chat import StaffedChat, said

from bot.model.case import CaseMark, CaseState, MessageKind


async def test_claim(staffed: StaffedChat) -> None:
    """The first to claim gets the case, the second is told the owner, and a repeat does nothing."""
    await staffed.asked()
    assert (await staffed.does("claim")).status == 303
    assert "Sagen er din." in await staffed.page()
    late = await staffed.does("claim", name="jonas")
    assert late.status == 422
    assert "Mette har allerede sagen." in await said(late)
    assert (await staffed.does("claim")).status == 303
    assert (await staffed.case()).contact == "Mette"
    assert (await staffed.verbs()).count("claimed") == 1


async def test_hand_over(staffed: StaffedChat) -> None:
    """A handover needs a note and a receiver who works on cases. The receiver gets an alert."""
    await staffed.asked()
    await staffed.does("claim")
    no_note = await staffed.does("hand-over", {"to": "2", "text": ""})
    assert no_note.status == 422
    assert "Skriv en besked til den, der får sagen." in await said(no_note)
    nobody = await staffed.does("hand-over", {"to": "", "text": "Behold mine ord"})
    assert nobody.status == 422
    words = await said(nobody)
    assert "Vælg en, der arbejder med sager." in words
    assert "Behold mine ord" in words
    assert (await staffed.does("hand-over", {"to": "2", "text": "Det er din bænk"})).status == 303
    case = await staffed.case()
    assert (case.owner_id, case.contact) == (2, "Jonas")
    async with staffed.store.reading() as unit:
        assert [alert.kind for alert in await unit.alerts.newest(2, 1)] == ["handover"]


async def test_anothers_case_is_not_handed_over(staffed: StaffedChat) -> None:
    """Only the owner or a leader may hand a case over, as the page says."""
    await staffed.asked()
    await staffed.does("claim")
    assert "Kun Mette eller en leder kan give sagen videre." in await staffed.page("jonas")
    refused = await staffed.does("hand-over", {"to": "2", "text": "Min nu"}, "jonas")
    assert refused.status == 422
    assert (await staffed.case()).owner_id == 1
    taken = await staffed.does("hand-over", {"to": "2", "text": "Mette er syg"}, "lone")
    assert taken.status == 303
    assert (await staffed.case()).owner_id == 2


async def test_note_and_call(staffed: StaffedChat) -> None:
    """Notes and calls are stored. A CPR number is refused, and the form keeps the text."""
    await staffed.asked()
    empty = await staffed.does("note", {"text": "  "})
    assert empty.status == 422
    assert "Skriv noget først." in await said(empty)
    cpr = await staffed.does("note", {"text": "Han hedder 170461-5007"})
    assert cpr.status == 422
    assert "Der står et CPR-nummer i teksten." in await said(cpr)
    no_agreement = await staffed.does("call", {"text": "Vi talte sammen", "agreed": " "})
    assert no_agreement.status == 422
    words = await said(no_agreement)
    assert "Skriv, hvad I aftalte" in words
    assert "Vi talte sammen" in words
    await staffed.does("call", {"text": "Vi talte sammen", "agreed": "Vi maler i uge 50"})
    thread = await staffed.thread()
    assert (thread[-1].kind, thread[-1].text) == (
        MessageKind.CALL,
        "Vi talte sammen\n\n→ Vi maler i uge 50",
    )
    assert "Spørg, om det passer nu." in await staffed.page()


async def test_marks(staffed: StaffedChat) -> None:
    """The three marks are stored. A word about the person is refused with an explanation."""
    await staffed.asked()
    refused = await staffed.does("marks", {"mark": "big_demands", "tag": "kværulant"})
    assert refused.status == 422
    words = await said(refused)
    assert "Vi mærker henvendelser, ikke mennesker." in words
    assert 'value="kværulant"' in words
    assert (await staffed.case()).marks == ()
    assert (await staffed.does("marks", {"mark": "big_demands"})).status == 303
    assert (await staffed.case()).marks == (CaseMark.DEMANDS,)
    assert (await staffed.does("marks")).status == 303
    assert (await staffed.case()).marks == ()


async def test_sort(staffed: StaffedChat) -> None:
    """A case gets a theme and an area. An unknown theme is refused."""
    await staffed.asked()
    assert (await staffed.does("sort", {"theme": "roads", "area": "tangoe"})).status == 303
    case = await staffed.case()
    assert (case.theme, case.area) == ("roads", "tangoe")
    wrong = await staffed.does("sort", {"theme": "nothing", "area": ""})
    assert wrong.status == 422
    assert "Det emne findes ikke." in await said(wrong)


async def test_reopen(staffed: StaffedChat) -> None:
    """A closed case is reopened with a reason. The citizen is notified without the reason."""
    await staffed.asked()
    await staffed.sends(
        "close", "Bænken er taget væk. Skriv, hvis du vil have en ny.", reason="no_action"
    )
    await staffed.new_messages()
    page = await staffed.page()
    assert "Åbn sagen igen" in page
    assert "Send svaret" not in page
    empty = await staffed.does("reopen", {"text": ""})
    assert empty.status == 422
    assert (await staffed.does("reopen", {"text": "Den står der endnu"})).status == 303
    assert (await staffed.case()).state is CaseState.OPEN
    new_messages = await staffed.new_messages()
    assert "KS-1001 er åben igen" in new_messages
    assert "Den står der endnu" not in new_messages


@pytest.mark.parametrize(
    "path",
    ["claim", "hand-over", "note", "call", "marks", "sort", "reopen", "words", "write/answer"],
)
async def test_only_with_the_token(staffed: StaffedChat, path: str) -> None:
    """No form of a case has an effect without its session's CSRF token."""
    number = await staffed.asked()
    before = await staffed.case()
    mette = await staffed.at()
    for written in ({}, {"csrf": "0" * 64}):
        filled = {"text": "x", "do": "send", "to": "2", **written}
        assert (await mette.send(f"cases/{number}/{path}", filled)).status == 403
    assert await staffed.case() == before
