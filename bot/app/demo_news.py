"""The story's news: a dialogue about benches is asked, corrected, answered and closed.

Another one waits for its approval: the visitor of the demo can give it as a leader.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.app.demo_story import (
    BEFORE,
    FATIMA,
    HENRIK,
    VIBEKE,
    Scene,
    Story,
)
from bot.model.broadcast import BROADCAST, Verdict
from bot.model.commands.broadcasts import (
    AddBroadcast,
    ApproveBroadcast,
    ApproveCorrection,
    CloseDialogue,
    CorrectBroadcast,
    GiveOutcomes,
    SubmitBroadcast,
)

A_DAY = timedelta(days=1)
AUTHOR, APPROVER = "mette", "lone"
READERS = (FATIMA, HENRIK, VIBEKE)  # they get no other news in the story
TOPIC = "culture"
DECIDER = "Kultur- og fritidsudvalget"
EVERYONE = {"is": "everyone", "value": ""}
MOLE, PLAYGROUND = "Ved molen", "Ved legepladsen"
BENCHES = {
    "title": "Bænke ved havnen",
    "texts": {
        "da": "Havnen får to nye bænke i juni. Hvor skal de stå? Svar senest på søndag.",
        "en": "The harbour gets two new benches in June. Where should they stand? "
        "Please answer by Sunday.",
    },
    "topic": TOPIC,
    "audience": EVERYONE,
    "decider": DECIDER,
    "spares_cases": False,
    "question": {
        "options": [
            {"key": "mole", "labels": {"da": MOLE, "en": "By the pier"}},
            {"key": "play", "labels": {"da": PLAYGROUND, "en": "By the playground"}},
        ],
        "own_words": True,
    },
}
CORRECTED = {
    "da": "Havnen får to nye bænke i maj. Hvor skal de stå? Svar senest på søndag.",
    "en": "The harbour gets two new benches in May. Where should they stand? "
    "Please answer by Sunday.",
}
# Who answers, and how: by a button, or in their own words.
ANSWERS = {
    FATIMA: f"[{MOLE}]",
    HENRIK: f"[{PLAYGROUND}]",
}
OWN_WORDS = "Gerne en bænk med ryg, så min mor kan sidde der."
REASONS = {
    Verdict.USED: {
        "da": "Begge bænke får ryg. Den ene kommer til at stå ved molen.",
        "en": "Both benches get a back. One of them will stand by the pier.",
    },
    Verdict.PARTLY: {
        "da": "Der er plads til én bænk ved legepladsen.",
        "en": "There is room for one bench by the playground.",
    },
}
CONCERT = {
    "title": "Musik på biblioteket",
    "texts": {
        "da": "Biblioteket har musik hver torsdag kl. 19 hele vinteren. Det er gratis.",
        "en": "The library has music each Thursday at 19 all winter. It is free.",
    },
    "topic": TOPIC,
    "audience": EVERYONE,
}


@dataclass(slots=True)
class NewsStory:
    """The scenes of news."""

    present: datetime
    asked: int = 0  # the id of the dialogue

    def scenes(self) -> tuple[Scene, ...]:
        """Return the scenes, in the 8 days before the present."""
        begins = self.present - BEFORE + timedelta(minutes=150)
        return (
            Scene(begins, self._agree),
            Scene(begins + A_DAY, self._ask),
            Scene(begins + A_DAY + timedelta(minutes=20), self._correct),
            Scene(begins + 5 * A_DAY, self._answer),  # calm days are over by then
            Scene(begins + 6 * A_DAY, self._close),
            Scene(begins + 7 * A_DAY, self._submit),
        )

    async def _agree(self, story: Story) -> None:
        """Let citizens say yes to news about culture."""
        for user in READERS:
            await story.says(user, "/nyt", "[Kultur og fritid]", "[Færdig]", "[Ja]")

    async def _ask(self, story: Story) -> None:
        """Let staff ask, and a leader approve the question."""
        author = await story.staff(AUTHOR)
        self.asked = await story.does(AddBroadcast(author, BENCHES))
        await story.does(SubmitBroadcast(author, self.asked))
        await story.does(ApproveBroadcast(await story.staff(APPROVER), self.asked, 1))

    async def _correct(self, story: Story) -> None:
        """Let staff correct the month in every message."""
        author, approver = await story.staff(AUTHOR), await story.staff(APPROVER)
        edition = await story.does(CorrectBroadcast(author, self.asked, CORRECTED))
        await story.does(ApproveCorrection(approver, self.asked, edition))

    async def _answer(self, story: Story) -> None:
        """Let citizens answer."""
        for user, words in ANSWERS.items():
            await story.says(user, words)
        await story.says(VIBEKE, "[Svar med mine egne ord]", OWN_WORDS)

    async def _close(self, story: Story) -> None:
        """Let staff give each answer its outcome, and tell everybody who answered."""
        author = await story.staff(AUTHOR)
        async with story.bot.parts.store.reading() as unit:
            given = await unit.contributions.about(BROADCAST, self.asked)
        for verdict, reasons in REASONS.items():
            ids = [one.id for one in given if (one.key == "play") is (verdict is Verdict.PARTLY)]
            await story.does(GiveOutcomes(author, ids, verdict, DECIDER, reasons=reasons))
        await story.does(CloseDialogue(author, self.asked))

    async def _submit(self, story: Story) -> None:
        """Let staff write news that waits for a leader's approval."""
        made = await story.does(AddBroadcast(await story.staff(AUTHOR), CONCERT))
        await story.does(SubmitBroadcast(await story.staff(AUTHOR), made))
