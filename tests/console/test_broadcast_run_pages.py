"""The page of a broadcast from its approval on: progress, hold, correct, remind, outcomes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import timedelta
from html import unescape
from xml.etree import ElementTree as ET

import pytest
from broadcast_desk import CSRF, LONE, METTE, NEW, OLD, QUESTION, Desk
from staffed_chat import StaffedChat

from bot.console.live import Broadcaster, ChangeEvent, Subscriber
from bot.model.broadcast import BROADCAST, BroadcastState
from bot.model.commands.broadcasts import (
    AnswerPoll,
)
from bot.model.delivery import DeliveryState, Reason
from bot.model.outcome import Contribution, ContributionKind
from bot.store.broadcast_results import BroadcastResults
from bot.store.polls import Polls


@pytest.fixture
async def desk(staffed: StaffedChat) -> AsyncIterator[Desk]:
    """Open a town with citizens who want news."""
    opened = Desk(staffed)
    await opened.begin("Jens", "Samira", "Karen")
    return opened


async def test_the_sum_adds_up(desk: Desk) -> None:
    """Sent and the reasons are the audience; each person has a reason; taps and stops count."""
    samira = await desk.person("Samira")
    async with desk.staffed.store.unit() as unit:
        await unit.people.reach(samira, reachable=False)
    number = await desk.send()
    page = await desk.page(f"broadcasts/{number}")
    assert "3 af 3 er klaret" in page
    assert "Sendt 2 Ikke sendt: borgeren har blokeret chatten 1 Alle modtagere 3" in page
    people = await desk.page(f"broadcasts/{number}/recipients?of=withheld")
    assert "Samira" in people
    assert "borgeren har blokeret chatten" in people
    assert "Jens" not in people
    await desk.staffed.says("Jens: [Stop beskeder]")
    page = await desk.page(f"broadcasts/{number}")
    assert "Leveret 2 Kunne ikke nås 1 Trykkede på en knap 1 Svarede 0" in page
    assert "Stoppede beskeder efter den 1" in page


async def test_who_stopped_after_which(desk: Desk) -> None:
    """A stop counts for the last news before it, by the word too, and not after a week."""
    first = await desk.send(title="Første")
    await desk.staffed.later(hours=1)
    second = await desk.send(title="Anden")
    await desk.staffed.says("Jens: stop")
    await desk.staffed.later(days=8)
    await desk.staffed.says("Karen: stop")
    async with desk.staffed.store.reading() as unit:
        results = BroadcastResults(unit)
        stops = [await results.stopped(await desk.known(one)) for one in (first, second)]
    assert stops == [0, 1]


async def test_pause_resume_and_stop(desk: Desk) -> None:
    """Staff pause and resume by a button; a stop asks once, and says how many do not get it."""
    number = await desk.approve(spread=180)
    await desk.staffed.later(seconds=2)
    page = await desk.page(f"broadcasts/{number}")
    assert "Bliver sendt" in page
    assert "Venter på tur" in page
    assert "Færdig" in page
    status, page = await desk.post(f"broadcasts/{number}/pause")
    async with desk.staffed.store.reading() as unit:
        reached = await BroadcastResults(unit).reached(await desk.known(number))
    said = f"{reached.sent} har fået den. Resten venter, til du fortsætter den: {reached.left}."
    assert f"Den er sat på pause. {said}" in page
    assert f"{reached.left} venter, fordi den er sat på pause." in page
    assert "Fortsæt" in page
    assert (await desk.known(number)).state is BroadcastState.PAUSED
    _status, page = await desk.post(f"broadcasts/{number}/resume")
    assert "Resten bliver sendt" in page
    async with desk.staffed.store.reading() as unit:
        left = (await BroadcastResults(unit).reached(await desk.known(number))).left
    assert left > 0
    status, page = await desk.post(f"broadcasts/{number}/stop")
    assert status == 200
    assert "Stop “Engen”?" in page
    assert f"Så får {left} den ikke" in page
    assert (await desk.known(number)).state is BroadcastState.SENDING
    _status, page = await desk.post(f"broadcasts/{number}/stop", sure="yes")
    assert "Den er stoppet" in page
    assert f"den blev stoppet, før det blev deres tur {left}" in page
    status, page = await desk.post(f"broadcasts/{number}/stop", sure="yes")
    assert status == 303  # a double click
    status, page = await desk.post(f"broadcasts/{number}/resume")
    assert (await desk.known(number)).state is BroadcastState.STOPPED


async def test_a_series_is_stopped(desk: Desk) -> None:
    """What waits for its time is stopped before it begins."""
    number = await desk.approve(starts_at=desk.staffed.chat.clock.now() + timedelta(days=1))
    page = await desk.page(f"broadcasts/{number}")
    assert "Stop den …" in page
    _status, page = await desk.post(f"broadcasts/{number}/stop", sure="yes")
    assert (await desk.known(number)).state is BroadcastState.STOPPED
    await desk.staffed.later(days=2)
    assert await desk.staffed.new_messages() == ""


async def test_a_correction(desk: Desk) -> None:
    """A leader who did not write it approves what they have read; all messages are edited."""
    number = await desk.send()
    path = f"broadcasts/{number}/correct"
    page = await desk.page(path)
    assert page.count(OLD) >= 2  # the form, and the message as it was sent
    status, page = await desk.post(path, text_da=OLD)
    assert status == 422
    assert "Teksten er den samme" in page
    status, page = await desk.post(path, text_da=NEW)
    assert status == 303
    assert "3 beskeder rettes" in page
    assert "venter på, at en leder godkender" in page
    leader = await desk.staffed.at("lone")
    form = dict(CSRF.findall(unescape(await leader.read(f"broadcasts/{number}"))))
    assert form["edition"] == "2"
    await desk.post(path, text_da=f"{NEW} Mød kl. 10.")  # changed after the leader read it
    approval = {"edition": "2", "mark": form["mark"]}
    status, page = await desk.post(f"{path}/approve", "lone", **approval)
    assert status == 422
    assert (await desk.known(number)).edition == 1
    form = dict(CSRF.findall(unescape(await leader.read(f"broadcasts/{number}"))))
    approval = {"edition": "2", "mark": form["mark"]}
    status, page = await desk.post(f"{path}/approve", "lone", **approval)
    assert "Rettelsen er godkendt. 3 beskeder bliver rettet." in page
    await desk.staffed.later(seconds=20)
    went = await desk.staffed.new_messages()
    assert went.count("Mød kl. 10.") == 3
    assert "3 af 3 beskeder har den rettede tekst" in await desk.page(f"broadcasts/{number}")
    await desk.post(path, text_da=OLD)
    _status, page = await desk.post(f"{path}/drop")
    assert "Rettelsen er droppet" in page
    assert (await desk.known(number)).correction is None


async def test_a_leader_does_not_approve_own_correction(desk: Desk) -> None:
    """The author of a correction sees no button, and a forged approval is refused."""
    number = await desk.send()
    await desk.post(f"broadcasts/{number}/correct", "lone", text_da=NEW)
    page = await desk.page(f"broadcasts/{number}", "lone")
    assert "Du har skrevet rettelsen" in page
    assert "Godkend rettelsen" not in page
    path = f"broadcasts/{number}/correct/approve"
    status, page = await desk.post(path, "lone", edition="2")
    assert status == 422
    status, _page = await desk.post(path, "mette", edition="2")
    assert status == 403
    assert (await desk.known(number)).edition == 1


async def test_a_dialogue(desk: Desk) -> None:
    """The silent are asked once; outcomes go to alike answers; closing waits for all of them."""
    number = await desk.send(question=QUESTION)
    await desk.staffed.says("Jens: [Ja]")
    await desk.staffed.says("Karen: [Svar med mine egne ord]", "Karen: Hellere ved <b>stien</b>")
    page = await desk.page(f"broadcasts/{number}")
    assert "Ja 1 Nej 0 Med egne ord 1" in page
    assert "1 har ikke svaret" in page
    assert "2 bidrag mangler svar" in page
    whole = await (await desk.staffed.at()).read(f"broadcasts/{number}")
    assert re.search(r"<button[^>]* disabled [^>]*>Luk dialogen …</button>", whole)
    assert f'href="/console/broadcasts/{number}/contributions?state=waits"' in whole
    status, page = await desk.post(f"broadcasts/{number}/remind")
    assert status == 200
    assert "1 har ikke svaret" in page
    assert "Spørg igen om “Engen”?" in page
    assert f"Du har ikke svaret endnu. Det er helt i orden at lade være. {OLD}" in page
    _status, page = await desk.post(f"broadcasts/{number}/remind", sure="yes")
    assert "1, der ikke har svaret, bliver spurgt igen." in page
    await desk.staffed.later(hours=25)
    went = await desk.staffed.new_messages()
    assert went.count("Du har ikke svaret endnu") == 1
    await desk.post(f"broadcasts/{number}/remind", sure="yes")
    await desk.staffed.later(seconds=20)
    assert await desk.staffed.new_messages() == ""
    page = await desk.page(f"broadcasts/{number}/contributions")
    assert "Hellere ved <b>stien</b>" in page
    assert "Giv svar til 1, der svarede “Ja”" in page
    waiting = await desk.page("contributions")
    assert f"D-{number}" in waiting
    assert "Svar på et spørgsmål: 2" in waiting
    status, page = await desk.post(f"broadcasts/{number}/close", sure="yes")
    assert "2 bidrag mangler svar" in page


async def test_outcomes_of_a_dialogue(desk: Desk) -> None:
    """Alike answers get one outcome after its message was seen; closing tells each author once."""
    number = await desk.send(question=QUESTION)
    await desk.staffed.says("Jens: [Ja]")
    await desk.staffed.says("Karen: [Svar med mine egne ord]", "Karen: Hellere ved <b>stien</b>")
    option = {"broadcast": str(number), "option": "yes"}
    status, page = await desk.post("contributions/outcome", **option)
    assert "Hvad der kom ud af 1 bidrag" in page
    decided = {**option, "decided_by": "Udvalget", "decided_on": "23.11.2026"}
    status, page = await desk.post("contributions/outcome", **decided, do="preview")
    assert status == 422
    assert "Vælg, hvad der kom ud af det" in page
    status, page = await desk.post(
        "contributions/outcome", **decided, do="preview", verdict="not_used"
    )
    assert status == 422  # without a reason
    wrong_day = {**decided, "decided_on": "24.12.2099"}
    status, page = await desk.post(
        "contributions/outcome", **wrong_day, do="preview", verdict="used"
    )
    assert "Den dag er ikke kommet endnu" in page
    status, page = await desk.post("contributions/outcome", **decided, do="preview", verdict="used")
    assert status == 200
    assert f"Du svarede på D-{number}, “Engen”: “Ja”" in page
    status, page = await desk.post("contributions/outcome", **decided, do="send", verdict="used")
    assert "1 bidrag har fået svar" in page

    await own_words_are_decided(desk, number)
    await closing_tells_each_author(desk, number)


async def test_forged_after_the_first_rows(desk: Desk) -> None:
    """Each chosen answer is of one dialogue, also after the first page; a bound is a number."""
    first, second = await desk.send(question=QUESTION), await desk.send(question=QUESTION)
    async with desk.staffed.store.unit() as unit:
        ids = [
            await unit.contributions.add(
                Contribution(
                    id=0,
                    kind=ContributionKind.ANSWER,
                    subject_kind=BROADCAST,
                    subject_id=about,
                    participant_id=None,
                    theme="nature",
                    key="yes",
                )
            )
            for about in [*[first] * 20, second]
        ]
    outcome = {"verdict": "used", "decided_by": "Udvalget", "decided_on": "23.11.2026"}
    forged = {"id": [str(one) for one in ids], **outcome, "do": "send"}
    _status, page = await desk.post("contributions/outcome", **forged)
    assert "bidrag har fået svar" not in page
    bound = {"broadcast": str(first), "option": "yes", "until": "9" * 30, **outcome, "do": "send"}
    status, page = await desk.post("contributions/outcome", **bound)
    assert status == 303
    async with desk.staffed.store.reading() as unit:
        given = await unit.contributions.some(ids)
    assert all(one.verdict is None for one in given.values())


async def own_words_are_decided(desk: Desk, number: int) -> None:
    """Give the answer in own words its outcome, with a reason."""
    async with desk.staffed.store.reading() as unit:
        own = next(one for one in await unit.contributions.about(BROADCAST, number) if one.words)
    because = {"verdict": "not_used", "reasons_da": "Stien er for smal."}
    chosen = {"id": str(own.id), "decided_by": "Udvalget", "decided_on": "23.11.2026"}
    _status, page = await desk.post("contributions/outcome", **chosen, **because, do="preview")
    assert "Hellere ved <b>stien</b>" in page
    assert "Stien er for smal." in page
    await desk.post("contributions/outcome", **chosen, **because, do="send")
    assert "Alle bidrag har fået et svar" in await desk.page("contributions")


async def closing_tells_each_author(desk: Desk, number: int) -> None:
    """Close the dialogue, and see who was told."""
    _status, page = await desk.post(f"broadcasts/{number}/close")
    assert "2, der har svaret, får hver én besked" in page
    assert f"Luk D-{number}, “Engen”?" in page
    assert "Ikke brugt, fordi: Stien er for smal." in page  # the words that are sent
    _status, page = await desk.post(f"broadcasts/{number}/close", sure="yes")
    assert "Dialogen er lukket. 2, der har svaret, får at vide" in page
    await desk.staffed.later(seconds=20)
    went = await desk.staffed.new_messages()
    assert went.count("Følte du dig hørt?") == 2
    await desk.post(f"broadcasts/{number}/close", sure="yes")
    await desk.staffed.later(seconds=20)
    assert await desk.staffed.new_messages() == ""
    page = await desk.page(f"broadcasts/{number}")
    assert "2 har fået at vide, hvad der kom ud af det" in page
    assert "Færre end fem har svaret" in page
    await desk.do(AnswerPoll(await desk.person("Jens"), number, 4))
    assert "Færre end fem har svaret" in await desk.page(f"broadcasts/{number}")


async def test_poll_values_from_five_on(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """From five answers on, the page shows the average; values, where each has five people."""
    number = await desk.send(question=QUESTION)
    async with desk.staffed.store.unit() as unit:
        await unit.broadcasts.change(number, state=BroadcastState.CLOSED)
        known = [one.participant_id for one in await unit.broadcasts.recipients(number, 9)]
        for value, participant in zip((5, 4, 4), known, strict=True):
            await unit.polls.take(number, participant, value)
    assert "Færre end fem har svaret" in await desk.page(f"broadcasts/{number}")
    await desk.begin("Ana", "Lukas")
    for name in ("Ana", "Lukas"):
        person = await desk.person(name)
        async with desk.staffed.store.unit() as unit:
            own = await unit.participants.of_person(person)
            await unit.polls.take(number, own.id, 1)
    page = await desk.page(f"broadcasts/{number}")
    assert "5 har svaret · i gennemsnit 3 " in page
    assert "Derfor vises kun gennemsnittet" in page
    assert "Svar på afstemningen" not in page

    async def counts(_polls: Polls, _number: int) -> Mapping[int, int]:
        return {1: 5, 4: 5, 5: 5}

    monkeypatch.setattr(Polls, "counts", counts)
    assert "1 5 2 0 3 0 4 5 5 5" in await desk.page(f"broadcasts/{number}")


async def test_an_export(desk: Desk) -> None:
    """A leader exports all recipients; a name cannot begin a formula; the event says who did."""
    number = await desk.send(question=QUESTION)
    jens = await desk.person("Jens")
    async with desk.staffed.store.unit() as unit:
        person = await unit.people.get(jens)
        await unit.people.save(replace(person, called="=1+1"))
    await desk.staffed.says("Jens: [Ja]")
    leader, staff = await desk.staffed.at("lone"), await desk.staffed.at("mette")
    path = f"broadcasts/{number}/recipients"
    got = await leader.get(f"{path}.csv")
    rows = (await got.text()).splitlines()
    assert len(rows) == 4
    own = next(row for row in rows if '"Ja"' in row)
    assert own.startswith('"\'=1+1";"Sendt"')
    book = await leader.get(f"{path}.xlsx")
    with zipfile.ZipFile(io.BytesIO(await book.read())) as opened:
        assert "<f>" not in opened.read("xl/worksheets/sheet1.xml").decode()
        assert "=1+1" in opened.read("xl/sharedStrings.xml").decode()
    assert (await staff.get(f"{path}.csv")).status == 403
    async with desk.staffed.store.reading() as unit:
        verbs = [one for one in await unit.events.newest(20) if one.verb == "broadcast_exported"]
    assert {one.actor for one in verbs} == {f"staff:{LONE}"}


async def test_perhaps_sent_twice(desk: Desk) -> None:
    """Messages that were perhaps repeated are listed with their people."""
    number = await desk.send()
    async with desk.staffed.store.unit() as unit:
        (first, *_rest) = await unit.broadcasts.recipients(number, 9)
        await unit.deliveries.change(first, reason=Reason.REPEATED)
    page = await desk.page(f"broadcasts/{number}")
    assert "1 har måske fået den to gange" in page
    assert "Sendt 3 Alle modtagere 3" in page
    people = await desk.page(f"broadcasts/{number}/recipients?of=doubted")
    assert people.count("Måske sendt to gange") >= 2  # the filter, and the row
    assert "Jens" in people
    assert "Karen" not in people


async def test_the_chart(desk: Desk) -> None:
    """The chart is SVG with the same numbers as the table, and runs no script."""
    number = await desk.send()
    staff = await desk.staffed.at()
    page = await staff.read(f"broadcasts/{number}")
    address = re.search(r'class="chart" src="/console/([^"]+)"', page)
    assert address is not None
    got = await staff.get(unescape(address[1]))
    drawn = await got.text()
    ET.fromstring(drawn)  # noqa: S314 - our own drawing
    assert "Leveret: 3" in drawn
    assert "<script" not in drawn
    assert "default-src 'none'" in got.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path",
    ["pause", "resume", "stop", "correct", "correct/drop", "remind", "close"],
)
async def test_nothing_by_forged_posts(desk: Desk, path: str) -> None:
    """Without the token a form changes nothing; unknown broadcasts and drafts are none."""
    number = await desk.send(question=QUESTION)
    before = await desk.known(number)
    browser = await desk.staffed.at()
    got = await browser.send(f"broadcasts/{number}/{path}", {"sure": "yes", "text_da": NEW})
    assert got.status == 403
    assert await desk.known(number) == before
    got = await browser.post(f"broadcasts/999/{path}", {"sure": "yes"})
    assert got.status in {303, 404}


async def test_forged_outcomes(desk: Desk) -> None:
    """Ids of other kinds, of several dialogues and of none get no outcome."""
    one = await desk.send(question=QUESTION, title="En")
    await desk.staffed.says("Jens: [Ja]")
    two = await desk.send(question=QUESTION, title="To")
    await desk.staffed.says("Jens: [Nej]")
    async with desk.staffed.store.reading() as unit:
        ids = [
            said.id
            for number in (one, two)
            for said in await unit.contributions.about(BROADCAST, number)
        ]
    assert len(ids) == 2
    given = {"verdict": "used", "decided_by": "X", "decided_on": "23.11.2026", "do": "send"}
    browser = await desk.staffed.at()
    for forged in ([str(one) for one in ids], ["999"], ["x"], []):
        got = await browser.post("contributions/outcome", {"id": forged, **given})
        assert got.status == 303
    for option in ({"broadcast": "9" * 40, "option": "yes"}, {"broadcast": "-1", "option": "yes"}):
        got = await browser.post("contributions/outcome", {**option, **given})
        assert got.status == 303
    async with desk.staffed.store.reading() as unit:
        found = await unit.contributions.some(ids)
    assert {said.verdict for said in found.values()} == {None}
    cpr = {**given, "id": str(ids[0]), "decided_by": "Bo 010190-1234"}
    got = await browser.post("contributions/outcome", cpr)
    assert got.status == 422


async def test_changes_are_announced(desk: Desk) -> None:
    """Open browsers hear of a broadcast while it is sent, and of each answer to it."""
    number = await desk.send(question=QUESTION)
    await desk.staffed.at()
    async with desk.staffed.store.reading() as unit:
        (row,) = await unit.sessions.of_staff(METTE, desk.staffed.real.now())
    broadcaster = Broadcaster(desk.staffed.store, desk.staffed.real)
    subscriber = Subscriber(METTE, row.id)
    broadcaster._subscribers.add(subscriber)
    await broadcaster._look()
    while not subscriber.queue.empty():
        subscriber.queue.get_nowait()
    await broadcaster._look()
    assert subscriber.queue.empty()
    await desk.staffed.says("Jens: [Ja]")
    await broadcaster._look()
    heard = [subscriber.queue.get_nowait() for _one in range(subscriber.queue.qsize())]
    assert ChangeEvent("broadcast", number) in heard
    running = await desk.approve(spread=60)
    await desk.staffed.later(seconds=2)
    await broadcaster._look()
    heard = [subscriber.queue.get_nowait() for _one in range(subscriber.queue.qsize())]
    assert ChangeEvent("broadcast", running) in heard
    await broadcaster.close()


async def test_states_of_recipients(desk: Desk) -> None:
    """Each list of recipients has exactly the people of its state."""
    number = await desk.send()
    async with desk.staffed.store.unit() as unit:
        first, second, _third = await unit.broadcasts.recipients(number, 9)
        values = {"state": DeliveryState.SKIPPED, "reason": Reason.CAP}
        await unit.deliveries.change(first, **values)
        await unit.deliveries.change(second, state=DeliveryState.PLANNED)
    page = await desk.page(f"broadcasts/{number}")
    assert "Sendt 1 Venter på tur 1 Ikke sendt:" in page
    assert "ugen havde allerede to nyheder" in page
    for of, count in (("sent", 1), ("waiting", 1), ("withheld", 1), ("doubted", 0), ("", 3)):
        async with desk.staffed.store.reading() as unit:
            assert len(await BroadcastResults(unit).listed(number, 9, of=of)) == count


async def test_why_the_rest_waits(desk: Desk) -> None:
    """The page counts who waits by the reason, and says until when."""
    number = await desk.approve(spread=120)
    await desk.staffed.later(minutes=2)
    whole = await desk.page(f"broadcasts/{number}")
    assert re.search(r"[123] venter på tur, fordi den er fordelt over flere timer", whole)
    async with desk.staffed.store.unit() as unit:
        first, second, third = await unit.broadcasts.recipients(number, 9)
        for one, reason, hours in ((first, Reason.QUIET, 20), (second, Reason.CAP, 130)):
            at = {"planned_at": unit.now + timedelta(hours=hours), "sent_at": None}
            await unit.deliveries.change(one, state=DeliveryState.PLANNED, reason=reason, **at)
        await unit.deliveries.change(third, state=DeliveryState.SENT, sent_at=unit.now)
    page = await desk.page(f"broadcasts/{number}")
    assert "1 venter, fordi der er stilletid, til i morgen kl. 6.02" in page
    assert "1 har fået to nyheder i denne uge og venter, til lørdag" in page
    assert "venter på tur, fordi" not in page


async def test_why_a_dialogue_cannot_be_closed_yet(desk: Desk) -> None:
    """While it is being sent, both buttons of a dialogue say why they cannot be pressed."""
    number = await desk.approve(question=QUESTION, spread=180)
    await desk.staffed.later(seconds=2)
    page = await desk.page(f"broadcasts/{number}")
    assert "Luk dialogen … Det bliver stadig sendt." in page
    assert "Spørg dem igen … Det bliver stadig sendt." in page
    await desk.post(f"broadcasts/{number}/stop", sure="yes")
    page = await desk.page(f"broadcasts/{number}")
    assert "Luk dialogen … Det bliver" not in page


async def test_the_last_day_for_answers(desk: Desk) -> None:
    """The day is in the message; after it nobody answers, and nobody is asked again."""
    until = {**QUESTION, "until": "2026-11-25"}
    number = await desk.send(question=until)
    page = await desk.page(f"broadcasts/{number}")
    assert "Svar senest onsdag d. 25. november." in page
    await desk.staffed.later(days=2)
    await desk.staffed.says("Jens: [Ja]")
    async with desk.staffed.store.reading() as unit:
        assert len(await unit.contributions.about(BROADCAST, number)) == 1
    early = "Folk har fået at vide, at de kan svare til og med onsdag d. 25. november."
    _status, page = await desk.post(f"broadcasts/{number}/close")
    assert early in page
    await desk.staffed.later(days=1)
    _status, page = await desk.post(f"broadcasts/{number}/close")
    assert early not in page
    for line in ("Karen: [Ja]", f"Karen: D-{number}: Ja tak til det"):
        went = await desk.staffed.says(line)
        assert "Dialogen tager ikke imod flere svar." in "\n".join(went)
    async with desk.staffed.store.reading() as unit:
        assert len(await unit.contributions.about(BROADCAST, number)) == 1
    assert "Spørg dem igen … Fristen for svar er udløbet." in await desk.page(
        f"broadcasts/{number}"
    )
    _status, page = await desk.post(f"broadcasts/{number}/remind", sure="yes")
    assert "Fristen for svar er udløbet." in page


async def test_a_correction_in_one_language(desk: Desk) -> None:
    """Only the text that changed differs; both languages are edited and marked."""
    karen = await desk.person("Karen")
    async with desk.staffed.store.unit() as unit:
        known = await unit.people.get(karen)
        await unit.people.save(replace(known, language="en"))
    english = "The meadow is mown on Saturday 5 December."
    number = await desk.send(texts={"da": OLD, "en": english})
    path = f"broadcasts/{number}/correct"
    _status, page = await desk.post(path, text_da=OLD, text_en=f"{english} Bring a rake.")
    assert "English : The meadow is mown" in page
    assert "Dansk : Engen slås" not in page
    assert "3 beskeder rettes" in page
    form = dict(CSRF.findall(await (await desk.staffed.at("lone")).read(f"broadcasts/{number}")))
    await desk.post(f"{path}/approve", "lone", edition="2", mark=form["mark"])
    await desk.staffed.later(seconds=20)
    went = await desk.staffed.new_messages()
    assert went.count("Bring a rake.") == 1
    assert went.count("Corrected Monday 23 November") == 1
    assert went.count("Rettet mandag d. 23. november") == 2
