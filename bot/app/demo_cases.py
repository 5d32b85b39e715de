"""The story's cases: citizens ask, report and complain, and staff answer."""

from __future__ import annotations

from datetime import datetime, timedelta
from importlib.resources import files

from bot.app.demo_story import (
    BEFORE,
    BIRTHE,
    CARSTEN,
    FATIMA,
    HENRIK,
    OLIVER,
    Scene,
    Story,
)
from bot.model.case import CaseKind
from bot.model.commands.casework import AnswerCase, AskCitizen, ClaimCase, EnterCase, WriteNote

PICTURE = "pothole.jpg"
STRANDVEJEN = (55.67613, 12.56851)


def case_scenes(present: datetime) -> tuple[Scene, ...]:
    """Return the scenes of the cases, in the 8 days before *present*."""
    return (
        Scene(present - BEFORE, _overdue),
        Scene(present - timedelta(days=2, hours=3), _waiting),
        Scene(present - timedelta(hours=20), _reported),
        Scene(present - timedelta(hours=2), _angry),
        Scene(present - timedelta(minutes=50), _asked),
        Scene(present - timedelta(minutes=20), _rang),
    )


async def _overdue(story: Story) -> None:
    """Play a question that passes its due date although a staff member has claimed it."""
    mette = await story.staff("mette")
    words = "Kan jeg låne forsamlingshuset i Ørbakke til en barnedåb i januar?"
    await story.says(FATIMA, "/start", words, "[Spørg et menneske]")
    case = await story.case_of(FATIMA)
    await story.does(ClaimCase(mette, case))
    note = "Har skrevet til Kultur og Fritid om ledige dage. De vender tilbage."
    await story.does(WriteNote(mette, case, note))


async def _waiting(story: Story) -> None:
    """Play a case that waits for an answer from its citizen, who reads English."""
    jonas = await story.staff("jonas")
    words = "There is a big tree leaning over the path, is it safe to walk there?"
    await story.says(OLIVER, words, "[Ask a person]")
    case = await story.case_of(OLIVER)
    await story.does(ClaimCase(jonas, case))
    question = "Where is the tree? Please write the road, or what is next to it."
    await story.does(AskCitizen(jonas, case, question))


async def _reported(story: Story) -> None:
    """Play a report of a pothole with photo and location."""
    await story.says(BIRTHE, "Giv et praj", "[Hul i vejen]")
    picture = files("bot.app").joinpath(PICTURE).read_bytes()
    await story.sends(BIRTHE, picture, STRANDVEJEN)
    await story.says(BIRTHE, "Det er lige ved busstoppet, og det er dybt.", "[Send]")


async def _angry(story: Story) -> None:
    """Play an angry citizen who has waited for five weeks."""
    words = "I er ubrugelige, jeg har ventet i fem uger på svar om mit fortov!!"
    await story.says(CARSTEN, words)


async def _asked(story: Story) -> None:
    """Play a question that no staff member has claimed."""
    words = "Hvornår bliver hækken ved legepladsen på Møllevej klippet? Den hænger ud over stien."
    await story.says(HENRIK, "/start", words, "[Spørg et menneske]")


async def _rang(story: Story) -> None:
    """Play a phone question whose written answer staff must give by phone."""
    mette = await story.staff("mette")
    words = "Hun vil gerne vide, om hun kan få hjælp til at komme på Digital Post igen."
    entered = EnterCase(
        mette, "phone", CaseKind.QUESTION, "Inger", "00 00 20 20", "service", "tangoe", words
    )
    case = (await story.does(entered))["case"]
    await story.does(ClaimCase(mette, case))
    answer = (
        "Ja, vi hjælper dig gerne. Kom i Borgerservice på Klintgade 1 torsdag kl. 10–17, "
        "og tag dit pas med."
    )
    await story.does(AnswerCase(mette, case, answer))
