"""Messages to the citizen: preview, rules, templates, sending, correction, withdrawal."""

from __future__ import annotations

import re

import pytest
from staffed_chat import StaffedChat, said, seen_on

from bot.model.case import CaseState, DeliveryState, MessageKind
from bot.model.commands.casework import EnterCase
from bot.service import execute

GOOD = "Bænken bliver malet tirsdag d. 8. december. Det er Vej og Park, der gør det."


async def test_preview_is_what_arrives(staffed: StaffedChat) -> None:
    """The preview equals the message that arrives, with its buttons."""
    await staffed.asked()
    shown = await said(await staffed.does("write/answer", {"do": "preview", "text": GOOD}))
    bubble = re.search(r'<div class="bubble" lang="da">(.*?)</div>', shown, re.DOTALL)
    keys = re.findall(r'<span lang="da">(.*?)</span>', shown[shown.index("bubble-keys") :])
    assert bubble is not None
    await staffed.new_messages()
    await staffed.sends("answer", GOOD)
    arrived = (await staffed.new_messages()).replace("\n   | ", "\n").replace("\n   |", "\n")
    words, _buttons, labels = arrived.removeprefix("Bot to Jens: ").partition("\n[")
    assert " ".join(words.split()) == " ".join(bubble[1].split())
    assert re.findall(r"\[([^\]]*)\]", "[" + labels) == keys[:4]
    assert keys[:3] == ["Ja", "Delvist", "Nej"]


async def test_in_the_citizens_language(staffed: StaffedChat) -> None:
    """Preview and templates use the citizen's language, the page uses the reader's."""
    await staffed.says("Ana: /start", "Ana: When is the bench painted?", "Ana: [Ask a person]")
    page = await staffed.page()
    assert "Skrev i Telegram · English" in page
    assert "Hello Ana. […] will be done" in page
    shown = await said(await staffed.does("write/answer", {"do": "preview", "text": "On Monday."}))
    assert "Here is the answer: On Monday." in shown
    assert "Did you get an answer to what you asked?" in shown


async def test_a_draft_of_a_preview(staffed: StaffedChat) -> None:
    """The script fetches the preview without a page, and nothing is sent."""
    await staffed.asked()
    await staffed.new_messages()
    fetched = await said(await staffed.does("preview/answer", {"text": GOOD}))
    assert fetched.count('class="bubble"') == 1
    assert "<html" not in fetched
    assert (await said(await staffed.does("preview/answer", {"text": "  "}))).strip() == ""
    assert await staffed.new_messages() == ""
    assert (await staffed.case()).state is CaseState.NEW


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Vi svarer hurtigst muligt.", "Det er et løfte uden en dato."),
        ("Sikke en lille krise 😂", "Det kan læses, som om vi griner ad borgeren."),
        ("Det kan vi ikke.", "Det er et nej uden en grund."),
        ("Dit nummer er 170461-5007, ikke?", "Der står et CPR-nummer i teksten."),
        ("Hej Jens. […] bliver ordnet mandag.", "Der er et hul tilbage i teksten."),
        ("", "Skriv noget først."),
        ("x" * 3900, "Det er for langt til en besked."),
    ],
)
async def test_stopped(staffed: StaffedChat, text: str, why: str) -> None:
    """A refused text is not sent, and the page shows the reason and the text."""
    await staffed.asked()
    await staffed.new_messages()
    refused = await staffed.sends("answer", text)
    assert refused.status == 422
    words = await said(refused)
    assert why in words
    assert text in words
    assert await staffed.new_messages() == ""
    case = await staffed.case()
    assert (case.state, case.owner_id) == (CaseState.NEW, None)


async def test_talking_down_needs_a_leader(staffed: StaffedChat) -> None:
    """A condescending sentence is refused with a better one. A leader may overrule that."""
    await staffed.asked()
    text = "Som vi allerede har forklaret dig, maler vi bænken mandag d. 7. december."
    refused = await staffed.sends("answer", text)
    words = await said(refused)
    assert refused.status == 422
    assert "Brug det her" in words
    assert "Hvorfor det må stå" not in words
    used = await said(await staffed.does("write/answer", {"do": "use:0", "text": text}))
    box = re.search(r'id="answer-text".*?>\n(.*?)</textarea>', used, re.DOTALL)
    assert box is not None
    assert "allerede har forklaret" not in box[1]
    assert box[1].startswith("Vi har forklaret det for kort. Jeg prøver igen: maler vi bænken")
    lone = await said(await staffed.does("write/answer", {"do": "preview", "text": text}, "lone"))
    assert "Hvorfor det må stå" in lone
    sent = await staffed.sends("answer", text, "lone", let_stand="Borgeren bad om ordlyden")
    assert sent.status == 303
    assert "let_stand" in await staffed.verbs()


async def test_a_reason_is_for_one_thing(staffed: StaffedChat) -> None:
    """A leader's reason for writing in another's case does not excuse a condescending sentence."""
    await staffed.asked()
    await staffed.does("claim")
    text = "Som vi allerede har forklaret dig, maler vi bænken mandag d. 7. december."
    sick = {"override": "Mette er syg i dag"}
    refused = await staffed.sends("answer", text, "lone", **sick)
    assert refused.status == 422
    assert "Hvorfor det må stå" in await said(refused)
    assert "override" not in await staffed.verbs()
    wished = {"let_stand": "Borgeren bad om ordlyden"}
    assert (await staffed.sends("answer", text, "lone", **wished)).status == 422
    assert (await staffed.sends("answer", text, "lone", **sick, **wished)).status == 303
    assert {"override", "let_stand"} <= set(await staffed.verbs())


async def test_is_it_a_decision(staffed: StaffedChat) -> None:
    """A text that reads as a decision needs a confirmation, which only then is shown."""
    await staffed.asked()
    assert "Det er ikke en afgørelse." not in await staffed.page()
    text = "Din ansøgning er godkendt. Du hører fra os torsdag d. 3. december."
    asked = await staffed.sends("answer", text)
    assert asked.status == 422
    assert "Det er ikke en afgørelse." in await said(asked)
    assert (await staffed.sends("answer", text, confirmed="yes")).status == 303


async def test_templates_and_faq(staffed: StaffedChat) -> None:
    """Templates and FAQ answers are appended to the text."""
    await staffed.asked("Hvor skal pizzabakken hen, når der er fedt på den?")
    page = await staffed.page()
    assert page.count('value="template:') >= 10
    chosen = {"do": "template:private", "text": "Hej."}
    put = await said(await staffed.does("write/answer", chosen))
    assert "Hej.\n\nDet her er for privat til Telegram, Jens." in put
    assert "ring til os på 00 00 10 00" in put
    found = await said(await staffed.does("write/answer", {"do": "faq", "text": "Hej", "q": ""}))
    assert "I rest. Der er fedt på den" in found
    put = await said(await staffed.does("write/answer", {"do": "insert:F2", "text": "Hej Jens"}))
    assert "Hej Jens\n\nI rest. Der er fedt på den" in put
    nothing = await said(await staffed.does("write/answer", {"do": "template:none", "text": "Hej"}))
    assert ">\nHej</textarea>" in nothing


async def test_anothers_case(staffed: StaffedChat) -> None:
    """Staff who are not the owner must give a reason, which is recorded."""
    await staffed.asked()
    await staffed.does("claim")
    assert "Hvorfor skriver du og ikke Mette?" in await staffed.page("jonas")
    refused = await staffed.sends("answer", GOOD, "jonas")
    assert refused.status == 422
    assert "Mette har sagen. Skriv, hvorfor du skriver i stedet." in await said(refused)
    for form, more in (
        ("ask", {}),
        ("extend", {"due_on": "2026-12-10"}),
        ("answer", {}),
    ):
        done = await staffed.sends(form, GOOD, "jonas", override="Mette er syg i dag", **more)
        assert done.status == 303, form
    assert (await staffed.verbs()).count("override") == 3
    assert (await staffed.case()).owner_id == 1


async def test_ask_the_citizen(staffed: StaffedChat) -> None:
    """A question is sent, and the case's clock stops until the citizen answers."""
    await staffed.asked()
    await staffed.new_messages()
    assert (await staffed.sends("ask", "Hvilken bænk er det?")).status == 303
    assert "Mette spørger om KS-1001:" in await staffed.new_messages()
    assert "Uret står stille" in await staffed.page()
    await staffed.says("Jens: Den ved broen")
    assert (await staffed.case()).state is CaseState.OPEN


async def test_a_new_date(staffed: StaffedChat) -> None:
    """A new date needs a reason and must be after the old one."""
    await staffed.asked()
    await staffed.new_messages()
    early = await staffed.sends("extend", "Vi mangler svar fra Vej og Park.", due_on="2026-11-25")
    assert early.status == 422
    assert "Vi mangler svar fra Vej og Park." in await said(early)
    for wrong in ("", "i morgen", "2026-13-40"):
        assert (await staffed.sends("extend", "Vi venter.", due_on=wrong)).status == 422
    assert (await staffed.sends("extend", "Vi mangler maling.", due_on="2026-12-08")).status == 303
    new_messages = (await staffed.new_messages()).replace("\n   | ", " ")
    assert "Vi mangler maling. Ny dato: tirsdag d. 8. december." in new_messages


async def test_close(staffed: StaffedChat) -> None:
    """Closing needs a reason: "not us" also a contact, "duplicate" an existing number."""
    await staffed.asked()
    await staffed.says("Jens: menneske", "Jens: [Skriv til et menneske]", "Jens: Samme bænk igen!")
    words = "Det er regionen, der ejer bænken. De kan hjælpe dig."
    for reason, where in (("not_us", ""), ("duplicate_of", "KS-9999"), ("", ""), ("silent", "")):
        refused = await staffed.sends("close", words, reason=reason, where=where)
        assert refused.status == 422, reason
        assert words in await said(refused)
    await staffed.new_messages()
    done = await staffed.sends("close", words, reason="not_us", where="Regionen, 00 00 30 00")
    assert done.status == 303
    assert "Regionen, 00 00 30 00" in (await staffed.new_messages()).replace("\n   | ", " ")
    assert (await staffed.case()).state is CaseState.CLOSED
    assert "Det er ikke vores" in await staffed.page()


async def test_scheduled(staffed: StaffedChat) -> None:
    """An answer is scheduled in the town's time, and can be cancelled."""
    await staffed.asked()
    await staffed.new_messages()
    late = await staffed.sends("answer", GOOD, send_day="2026-11-20", send_time="08:00")
    assert late.status == 422
    assert "Det tidspunkt er gået." in await said(late)
    for day, time in (("24/11/2026", "08:00"), ("2026-11-24", "otte"), ("x", "")):
        unread = await staffed.sends("answer", GOOD, send_day=day, send_time=time)
        assert unread.status == 422
        assert "Dagen eller tiden kan ikke læses." in await said(unread)
    done = await staffed.sends("answer", GOOD, send_day="2026-11-24", send_time="08:00")
    assert done.status == 303
    page = await staffed.page()
    assert "Sendes tirsdag d. 24. november kl. 8" in page
    assert await staffed.new_messages() == ""
    waiting = (await staffed.thread())[-1]
    assert (await staffed.does(f"messages/{waiting.id}/cancel")).status == 303
    await staffed.later(days=2)
    assert GOOD not in await staffed.new_messages()
    assert (await staffed.thread())[-1].state is DeliveryState.WITHDRAWN


async def test_correct_and_withdraw(staffed: StaffedChat) -> None:
    """A sent answer is corrected by an edit, then withdrawn with a reason."""
    await staffed.asked()
    await staffed.sends("answer", GOOD)
    await staffed.new_messages()
    answer = (await staffed.thread())[-1]
    path = f"messages/{answer.id}"
    better = GOOD.replace("tirsdag d. 8.", "onsdag d. 9.")
    shown = await said(await staffed.does(f"{path}/correct", {"do": "preview", "text": better}))
    assert "Her er svaret: Bænken bliver malet onsdag d. 9. december." in shown
    bad = await staffed.does(f"{path}/correct", {"do": "send", "text": "Hurtigst muligt."})
    assert bad.status == 422
    fixed = await staffed.does(f"{path}/correct", {"do": "send", "text": better})
    assert fixed.status == 303
    assert (
        "Bot edits to Jens: Her er svaret: Bænken bliver malet onsdag"
        in await staffed.new_messages()
    )
    assert "Ændret én gang" in await staffed.page()
    no_reason = await staffed.does(f"{path}/withdraw", {"reason": " "})
    assert no_reason.status == 422
    assert "Skriv, hvorfor beskeden trækkes tilbage." in await said(no_reason)
    assert (await staffed.does(f"{path}/withdraw", {"reason": "Forkert bænk"})).status == 303
    new_messages = await staffed.new_messages()
    assert "Bot deletes to Jens" in new_messages
    assert "Forkert bænk" not in new_messages
    assert (await staffed.case()).state is CaseState.OPEN


async def test_only_own_messages(staffed: StaffedChat) -> None:
    """Staff cannot withdraw a colleague's or a citizen's message, or correct an unknown one."""
    await staffed.asked()
    await staffed.does("claim")
    await staffed.sends("answer", GOOD)
    await staffed.new_messages()
    asked, answer = (await staffed.thread())[0], (await staffed.thread())[-1]
    assert "Træk tilbage" not in await staffed.page("jonas")
    for name, one in (("jonas", answer), ("mette", asked)):
        done = await staffed.does(f"messages/{one.id}/withdraw", {"reason": "x"}, name)
        assert done.status == 422
    gone = await staffed.does("messages/999/correct", {"do": "send", "text": GOOD})
    assert gone.status == 404


async def test_told_by_hand(staffed: StaffedChat) -> None:
    """A case by phone has no preview. Staff record that the answer was given."""
    async with staffed.store.unit() as unit:
        entered = EnterCase(1, "phone", "question", "Inger", None, "service", None, "Om pas")
        await execute(entered, unit)
    shown = await said(await staffed.does("write/answer", {"do": "preview", "text": GOOD}))
    assert 'class="bubble"' not in shown
    assert "Der er ingen chat med Inger." in shown
    await staffed.sends("answer", GOOD)
    assert "Skal siges i telefonen eller ved skranken" in await staffed.page()
    answer = (await staffed.thread())[-1]
    assert (await staffed.does(f"messages/{answer.id}/tell")).status == 303
    assert (await staffed.thread())[-1].state is DeliveryState.SENT
    assert "Afleveret" in await staffed.page()


async def test_twice_is_once(staffed: StaffedChat) -> None:
    """A repeated click sends one answer."""
    await staffed.asked()
    await staffed.new_messages()
    for _press in range(2):
        assert (await staffed.sends("answer", GOOD)).status == 303
    assert (await staffed.new_messages()).count("Her er svaret") == 1
    kinds = [one.kind for one in await staffed.thread()]
    assert kinds == [MessageKind.ASKED, MessageKind.ANSWER]


async def test_somebody_wrote_meanwhile(staffed: StaffedChat) -> None:
    """A message by the citizen in between is shown first. The second click sends."""
    await staffed.asked()
    seen = seen_on(await staffed.page())
    await staffed.says("Jens: Den er grøn nu, forresten")
    refused = await staffed.sends("answer", GOOD, seen=seen)
    assert refused.status == 422
    words = await said(refused)
    assert "Jens skrev, mens du skrev." in words
    assert GOOD in words
    assert (await staffed.sends("answer", GOOD, seen=seen_on(words))).status == 303


async def test_odd_numbers(staffed: StaffedChat) -> None:
    """Over-long and unknown numbers in a form are ignored or refused without an error."""
    await staffed.asked()
    long = "9" * 5000
    assert (await staffed.sends("answer", GOOD, seen=long)).status == 303
    assert (await staffed.does("hand-over", {"to": long, "text": "x"})).status == 422
    shown = await staffed.does("write/answer", {"do": f"use:{long}", "text": "Hurtigst muligt"})
    assert shown.status == 200
    assert ">\nHurtigst muligt</textarea>" in await said(shown)


async def test_not_delivered(staffed: StaffedChat) -> None:
    """An undelivered answer is marked on the page, and the case is open again."""
    await staffed.asked()
    await staffed.says("Jens blocks")
    await staffed.sends("answer", GOOD)
    await staffed.new_messages()
    page = await staffed.page()
    assert "Ikke afleveret" in page
    assert "kan ikke nås i Telegram" in page
    assert (await staffed.case()).state is CaseState.OPEN


async def test_the_outcome_of_an_idea(staffed: StaffedChat) -> None:
    """The answer to an idea asks what came of it, shows that in the preview, and sends it."""
    await staffed.says("Jens: /start", "Jens: ide", "Jens: Flere bænke langs kysten")
    await staffed.new_messages()
    page = await staffed.page()
    assert page.index("Hvad der kom ud af det") < page.index("Besluttet af")
    lacking = await said(await staffed.does("write/answer", {"do": "send", "text": GOOD}))
    assert "Vælg, hvad der kom ud af det." in lacking
    assert await staffed.new_messages() == ""
    outcome = {"text": GOOD, "verdict": "used", "decided_by": "Teknisk Udvalg"}
    shown = await said(await staffed.does("write/answer", {"do": "preview", **outcome}))
    assert "Brugt. Teknisk Udvalg har besluttet det" in shown
    await staffed.does("write/answer", {"do": "send", **outcome})
    arrived = " ".join((await staffed.new_messages()).replace("|", " ").split())
    assert "Din idé var: “Flere bænke langs kysten”. Det kom der ud af den: Brugt." in arrived
