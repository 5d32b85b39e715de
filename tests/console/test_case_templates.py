"""Templates from the form to the chat, and marks left in a text."""

from __future__ import annotations

import re

import pytest
from staffed_chat import StaffedChat, said

from bot import watch
from bot.i18n import LANGUAGES, show_date
from bot.model.template import Template, Use
from bot.service.cases.wording import GAP, left_in
from bot.testing import klintsund

ASKS = {
    "da": ("Jens", ("/start", "Hvornår bliver bænken ved søen malet?", "[Spørg et menneske]")),
    "en": ("Ana", ("/start", "When is the bench painted?", "[Ask a person]")),
}
FILLING = {"da": "lampen ved skolen", "en": "the lamp at the school"}
ALSO = {
    Use.EXTEND: {"due_on": "2026-12-08"},
    Use.CLOSE: {"reason": "not_us", "where": "Skattestyrelsen, 00 00 20 00"},
}
MARKED = "Du hører fra mig senest ⟦tirsdag d. 8. december⟧."


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", klintsund().templates, ids=lambda template: template.key)
async def test_a_template_as_it_arrives(
    staffed: StaffedChat, template: Template, language: str
) -> None:
    """Each template, chosen, filled in and sent, arrives without a mark in it."""
    who, lines = ASKS[language]
    await staffed.says(*(f"{who}: {line}" for line in lines))
    await staffed.does("claim")
    text = (await chosen(staffed, template)).replace(GAP, FILLING[language])
    await staffed.new_messages()
    taken_out = marks_taken_out()
    more = ALSO.get(template.use, {})
    sent = await staffed.sends(template.use, text, confirmed="yes", **more)
    assert sent.status == 303, await said(sent)
    words = spoken(await staffed.new_messages())
    assert " ".join(text.split()) in words
    assert not set("⟦⟧[]{}") & set(words), words
    assert not list(left_in(words))
    if "{dato}" in template.texts[language]:
        assert show_date((await staffed.case()).told_on, language) in words
    assert marks_taken_out() == taken_out


async def chosen(staffed: StaffedChat, template: Template) -> str:
    """Choose a template at its form, and return the text of its box."""
    page = await said(
        await staffed.does(f"write/{template.use}", {"do": f"template:{template.key}", "text": ""})
    )
    box = re.search(rf'id="{template.use}-text".*?>\n(.*?)</textarea>', page, re.DOTALL)
    assert box is not None
    return box[1]


def spoken(new_messages: str) -> str:
    """Return a message's text without buttons and without the frame of a transcript."""
    lines = [line.strip().removeprefix("|").strip() for line in new_messages.splitlines()]
    return " ".join(" ".join(line for line in lines if not line.startswith("[")).split())


def marks_taken_out() -> float:
    """Return how many marks were removed from calls, by the metric."""
    return watch.REGISTRY.get_sample_value("brobygger_marks_taken_out_total") or 0.0


@pytest.mark.parametrize(
    ("piece", "why"),
    [
        ("[…]", "Der er et hul tilbage i teksten."),
        ("[...]", "Der er et hul tilbage i teksten."),
        ("[ … ]", "Der er et hul tilbage i teksten."),
        ("⟦mandag d. 7. december⟧", "Der står et mærke tilbage i teksten: ⟦."),
        ("{navn}", "Der står et mærke tilbage i teksten: {navn}."),
        ("{municipality}", "Der står et mærke tilbage i teksten: {municipality}."),
        ("%(navn)s", "Der står et mærke tilbage i teksten: %(navn)s."),
    ],
)
async def test_a_mark_is_stopped_at_the_form(staffed: StaffedChat, piece: str, why: str) -> None:
    """A mark shows in the preview and stops an answer, a scheduled one and a correction."""
    await staffed.asked()
    text = f"Bænken bliver malet {piece} tirsdag d. 8. december."
    shown = await said(await staffed.does("write/answer", {"do": "preview", "text": text}))
    assert why in shown
    await staffed.new_messages()
    later = {"send_day": "2026-11-24", "send_time": "09:00"}
    for more in ({}, later):
        refused = await staffed.sends("answer", text, **more)
        assert refused.status == 422
        words = await said(refused)
        assert why in words
        assert text in words
    assert await staffed.new_messages() == ""
    await staffed.sends("answer", "Bænken bliver malet tirsdag d. 8. december.")
    await staffed.bot.settle()
    newest = (await staffed.thread())[-1]
    corrected = await staffed.does(f"messages/{newest.id}/correct", {"do": "send", "text": text})
    assert corrected.status == 422
    assert why in await said(corrected)
    assert (await staffed.thread())[-1].text == newest.text


async def test_a_mark_that_an_earlier_version_let_through(
    staffed: StaffedChat, caplog: pytest.LogCaptureFixture
) -> None:
    """A scheduled answer with a mark is sent on time without it, and counted."""
    await staffed.asked()
    later = {"send_day": "2026-11-24", "send_time": "09:00"}
    await staffed.sends("answer", "Du hører fra mig senest tirsdag d. 8. december.", **later)
    newest = (await staffed.thread())[-1]
    async with staffed.store.unit() as unit:
        await unit.threads.change(newest, MARKED, newest.staff_id)
    await staffed.new_messages()
    before = marks_taken_out()
    await staffed.later(days=2)
    new_messages = await staffed.new_messages()
    assert "Du hører fra mig senest tirsdag d. 8. december." in spoken(new_messages)
    assert not set("⟦⟧") & set(new_messages)
    assert marks_taken_out() == before + 1
    line = next(record for record in caplog.records if record.message == "mark_taken_out")
    assert line.__dict__["case"] == (await staffed.case()).id
    assert "december" not in str(line.__dict__)
