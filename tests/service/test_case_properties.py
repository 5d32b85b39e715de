"""Random acts of citizens and staff keep the invariants of a case.

A longer form runs with ``--slow``.
"""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.app.checks.run import audit_findings
from bot.model.case import Case, CaseState, CloseReason, DeliveryState
from bot.scheduler import seal
from bot.service.cases.opening import case_number
from bot.simulator import TOKEN
from bot.testing import PEOPLE, Chat

HIDDEN = "HEMMELIGT"
CITIZENS = st.sampled_from(["Jens", "Samira"])
WORKERS = st.sampled_from(["Mette", "Jonas", "Lone"])
QUESTIONS = st.sampled_from(
    [
        "Må man grave sin egen kanal ned til havet?",
        "Hvem ejer de gamle fiskekasser på molen?",
        "Hvorfor er min hæk klippet af kommunen?",
        "I er ubrugelige, jeg har ventet i fem uger!!",
        "Jeg vil klage over, at I ikke har tømt min skraldespand",
    ]
)
WORDS = st.sampled_from(["Den er en meter bred", "Ved den store sten", "Det var i går"])
TAPS = st.sampled_from(
    ["Spørg et menneske", "Ja", "Delvist", "Nej", "Nyt spørgsmål", "Det var ikke noget"]
)
SPANS = st.sampled_from(["20 minutes", "5 hours", "3 days", "15 days"])
VERDICT = ":verdict."


class Cases(RuleBasedStateMachine):
    """Two citizens and three members of staff; the bot restarts at each step."""

    def __init__(self) -> None:
        """Create a bot on its own SQLite file and let both citizens start."""
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = tempfile.TemporaryDirectory()
        self.chat = Chat(f"sqlite:///{Path(self.folder.name) / 'town.sqlite3'}")
        self.cases: list[Case] = []
        for name in ("Jens", "Samira"):
            self.play(f"{name}: /start")

    def play(self, line: str) -> None:
        """Play one line, then reload the cases and run the audit."""
        self.loop.run_until_complete(self._play(line))

    async def _play(self, line: str) -> None:
        await self.chat.play(line)
        store, bot = await self.chat.open()
        async with store.reading() as unit:
            people = [await unit.people.by_lane(f"tg:{PEOPLE[n][0]}") for n in ("Jens", "Samira")]
            self.cases = [
                case for one in people if one for case in await unit.cases.of_person(one.id, 1000)
            ]
            self.threads = {
                case.id: await unit.threads.of_case(case.id, internal=True) for case in self.cases
            }
            self.acts = {case.id: await unit.events.of_case(case.id) for case in self.cases}
            self.dossiers = [str(await unit.dossier.of(one.id)) for one in people if one]
            self.numbers = {case.id: case_number(unit, case) for case in self.cases}
        while await seal(store):
            pass
        self.wrong = await audit_findings(store)
        await bot.close()
        await store.close()

    def log_of(self, name: str) -> list[object]:
        """Return the log of a citizen's chat."""
        return list(self.chat.world.bots[TOKEN].chats[PEOPLE[name][0]].log)

    # -- rules -------------------------------------------------------------

    @rule(who=CITIZENS, words=QUESTIONS)
    def asks(self, who: str, words: str) -> None:
        """A citizen asks."""
        self.play(f"{who}: {words}")

    @rule(who=CITIZENS, words=WORDS)
    def writes(self, who: str, words: str) -> None:
        """A citizen writes another message."""
        self.play(f"{who}: {words}")

    @rule(who=CITIZENS, words=WORDS)
    def edits(self, who: str, words: str) -> None:
        """A citizen edits the newest message."""
        self.play(f"{who} edits: {words} og mere")

    @rule(who=CITIZENS, label=TAPS)
    def taps(self, who: str, label: str) -> None:
        """A citizen taps a button with this label, new or old, if there is one."""
        chat = self.chat.world.bots[TOKEN].chats[PEOPLE[who][0]]
        labels = {b.text for m in chat.messages.values() for row in m.keyboard for b in row}
        if label in labels:
            self.play(f"{who}: [{label}]")

    @rule(span=SPANS)
    def time_passes(self, span: str) -> None:
        """Time passes."""
        self.play(f"--- {span} pass")

    @precondition(lambda self: self.cases)
    @rule(
        data=st.data(),
        who=WORKERS,
        act=st.sampled_from(
            [
                "claims {n}",
                "reads {n}",
                f"notes {{n}}: {HIDDEN}",
                f"calls {{n}}: {HIDDEN}",
                f"hands {{n}} to Aisha: {HIDDEN}",
                "answers {n}: Ja, det må du gerne.",
                "answers {n} Den anden er syg: Ja, det må du gerne.",
                "asks {n}: Hvor er det?",
                "extends {n} to 2027-03-01: Vi mangler svar fra Vej og Park.",
                "closes {n} as withdrawn: Du har selv trukket det tilbage.",
                f"reopens {{n}}: {HIDDEN}",
                "corrects {n}: Ja, det må du fra mandag.",
                "withdraws {n}: Det var forkert",
                "marks {n}: strong_feelings",
            ]
        ),
    )
    def staff_act(self, data: st.DataObject, who: str, act: str) -> None:
        """A member of staff acts on a case; the service may refuse."""
        case = data.draw(st.sampled_from(self.cases))
        answered = any(s.state is not DeliveryState.KEPT for s in self.threads[case.id])
        if answered or not act.startswith(("corrects", "withdraws")):
            self.play(f"{who} {act.format(n=self.numbers[case.id])}")

    # -- invariants --------------------------------------------------------

    @invariant()
    def no_note_leaks(self) -> None:
        """Internal notes appear in no chat and in no export for the citizen."""
        for name in ("Jens", "Samira"):
            assert not [seen for seen in self.log_of(name) if HIDDEN in getattr(seen, "text", "")]
        if self.cases:
            assert not [dossier for dossier in self.dossiers if HIDDEN in dossier]

    @invariant()
    def the_audit_is_clean(self) -> None:
        """The audit finds nothing."""
        assert getattr(self, "wrong", []) == []

    @invariant()
    def one_survey_an_answer(self) -> None:
        """Each answer has at most one survey, and each survey belongs to a given answer."""
        asked: list[str] = []
        for name in ("Jens", "Samira"):
            for seen in self.log_of(name):
                if getattr(seen, "kind", "") == "sent":
                    data = [b.data or "" for row in seen.keyboard for b in row]  # type: ignore[attr-defined]
                    asked += [d.rpartition(".")[0] for d in data if d.startswith(VERDICT)][:1]
        assert len(asked) == len(set(asked))
        for about in asked:
            _verdict, case_id, episode = about.split(".")
            case = next(case for case in self.cases if case.id == int(case_id))
            assert int(episode) <= case.episode

    @invariant()
    def everybody_has_a_receipt(self) -> None:
        """Every citizen who opened a case has got its number."""
        told = {
            name: " ".join(getattr(seen, "text", "") for seen in self.log_of(name))
            for name in ("Jens", "Samira")
        }
        for case in self.cases:
            assert case.asker_name in told
            assert self.numbers[case.id] in told[case.asker_name or ""]

    @invariant()
    def every_case_has_somebody(self) -> None:
        """A live case has an owner or is unassigned; a waiting case has `waiting_since`."""
        for case in self.cases:
            if case.live:
                assert (case.state is CaseState.NEW) == (case.owner_id is None) or (
                    case.state is CaseState.WAITING
                )
            assert (case.state is CaseState.WAITING) == (case.waiting_since is not None)
            assert (case.state is CaseState.CLOSED) == (case.close_reason is not None)
            assert case.told_on >= case.due_on or case.owner_id is not None

    @invariant()
    def silence_ends_no_case_that_did_not_help(self) -> None:
        """Silence closes a case only if the citizen gave no verdict on the newest answer."""
        for case in self.cases:
            if case.close_reason == CloseReason.NO_VERDICT:
                verbs = [act.verb for act in self.acts[case.id]]
                answered = max(n for n, verb in enumerate(verbs) if verb == "answered")
                assert "verdict" not in verbs[answered:]

    @invariant()
    def threads_keep_their_order(self) -> None:
        """Messages of a thread are in the order in which they were written."""
        for thread in getattr(self, "threads", {}).values():
            ids = [said.id for said in thread]
            assert ids == sorted(ids)

    def teardown(self) -> None:
        """Close the event loop and delete the folder."""
        self.loop.close()
        self.folder.cleanup()


SHORT = settings(
    max_examples=4,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
LONG = settings(SHORT, max_examples=150, stateful_step_count=60)
TestCases = Cases.TestCase
TestCases.settings = SHORT


@pytest.mark.slow
class TestCasesLong(Cases.TestCase):  # type: ignore[misc, name-defined]
    """The same rules with 150 examples of 60 steps."""

    settings = LONG
