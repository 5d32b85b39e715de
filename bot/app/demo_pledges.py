"""The story's pledges: neighbours promise, and a shared pledge needs one more signature.

The town has so many pledges that its totals can be shown. A fifth signature activates the shared
pledge: the visitor of the demo can give it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.app.demo_story import (
    BEFORE,
    BIRTHE,
    GRETHE,
    OLIVER,
    SAMIRA,
    SOEREN,
    VIBEKE,
    Scene,
    Story,
)
from bot.model.commands.pledges import (
    AddCampaign,
    AnswerOutcome,
    ApproveCampaign,
    BeginPledging,
    GroupContributions,
    MakePledge,
    SignCampaign,
    SubmitCampaign,
    TellObstacle,
)
from bot.model.pledge import PER_UNIT, Visibility

A_DAY = timedelta(days=1)
AUTHOR, APPROVER = "jonas", "lone"
CORNER, LIGHTS, RIDES = "L1", "L4", "L8"
# Who lets a corner grow, and how many m².
GARDENS = {BIRTHE: 15, GRETHE: 40, VIBEKE: 120, SOEREN: 60, OLIVER: 10, SAMIRA: 25}
SIGNERS = (BIRTHE, GRETHE, VIBEKE, SOEREN)
TARGET = len(SIGNERS) + 1
SHARED = {
    "titles": {"da": "Sluk lyset ved havnen", "en": "Turn off the harbour's lights"},
    "texts": {
        "da": "Jeg slukker mit udelys kl. 22 i fire uger, hvis fire andre også gør det.",
        "en": "I turn off my outdoor lights at 10 pm for four weeks, if four others do too.",
    },
    "theme": "night",
    "target": TARGET,
    "measure": "lamps",
    "amount": 2 * PER_UNIT,
    "counter": {
        "da": "Vi slukker hver anden lygte på kajen efter kl. 22.",
        "en": "We turn off every other lamp on the quay after 10 pm.",
    },
}
SUMMARY = {"da": "Det er mørkt og vådt at cykle nu.", "en": "It is dark and wet to cycle now."}
ANSWER = {
    "da": "Vi låner refleksveste og regntøj ud på biblioteket fra mandag.",
    "en": "From Monday the library lends reflective vests and rainwear.",
}


@dataclass(slots=True)
class PledgeStory:
    """The scenes of pledges."""

    present: datetime

    @property
    def begins(self) -> datetime:
        """Return when the first people make their pledges."""
        return self.present - BEFORE + timedelta(minutes=90)

    def scenes(self) -> tuple[Scene, ...]:
        """Return the scenes, in the 8 days before the present."""
        return (
            Scene(self.begins, self._promise),
            Scene(self.begins + timedelta(minutes=30), self._cycle),
            Scene(self.begins + A_DAY, self._write_shared),
            Scene(self.begins + 2 * A_DAY, self._sign),
            Scene(self.begins + 3 * A_DAY, self._tell_obstacle),
            Scene(self.begins + 4 * A_DAY, self._answer_obstacle),
        )

    async def _promise(self, story: Story) -> None:
        """Let neighbours let a corner of their gardens grow; one of them shows the name."""
        entry = await _entry(story, CORNER)
        for user, area in GARDENS.items():
            person_id = await _person(story, user)
            await story.does(BeginPledging(person_id, over_15=True))
            named = Visibility.NAMED if user == VIBEKE else Visibility.PRIVATE
            await story.does(
                MakePledge(person_id, entry, amount=area * PER_UNIT, visibility=named.value)
            )

    async def _cycle(self, story: Story) -> None:
        """Let a citizen promise in one sentence to cycle, with a plan; others do it too."""
        await story.says(SAMIRA, "/loefte", "Jeg vil cykle to dage om ugen i tre måneder")
        await story.says(SAMIRA, "[4 ture]", "[Kun dig og kommunen]")
        await story.says(SAMIRA, "[Ingen plan]")
        entry = await _entry(story, RIDES)
        for user in (OLIVER, GRETHE):
            await story.does(MakePledge(await _person(story, user), entry))

    async def _write_shared(self, story: Story) -> None:
        """Let staff write a shared pledge, with the municipality's own, and a leader approve it."""
        author, approver = await story.staff(AUTHOR), await story.staff(APPROVER)
        today = (self.present + 14 * A_DAY).date()
        fields = {
            **SHARED,
            "deadline": today,
            "counter_staff_id": author,
            "counter_on": today + 14 * A_DAY,
            "catalogue_id": await _entry(story, LIGHTS),
        }
        made = await story.does(AddCampaign(author, fields))
        await story.does(SubmitCampaign(author, made))
        await story.does(ApproveCampaign(approver, made, 1))

    async def _sign(self, story: Story) -> None:
        """Let four citizens sign: one more is missing."""
        async with story.bot.parts.store.reading() as unit:
            newest = (await unit.campaigns.public())[0]
        for user in SIGNERS:
            await story.does(SignCampaign(await _person(story, user), newest.id))

    async def _tell_obstacle(self, story: Story) -> None:
        """Let a citizen say what made it hard."""
        async with story.bot.parts.store.reading() as unit:
            participant = await story.participant(OLIVER)
            own = (await unit.pledges.of_participant(participant))[1]
        person_id = await _person(story, OLIVER)
        await story.does(TellObstacle(person_id, own.id, words="It is dark when I ride home."))

    async def _answer_obstacle(self, story: Story) -> None:
        """Let staff answer it for all, in their own words."""
        author = await story.staff(AUTHOR)
        async with story.bot.parts.store.reading() as unit:
            participant = await story.participant(OLIVER)
            own = (await unit.pledges.of_participant(participant))[1]
            said = await unit.contributions.about("pledge", own.id)
        group = GroupContributions(author, [one.id for one in said], title="Mørkt og vådt")
        outcome = await story.does(group)
        answer = AnswerOutcome(author, outcome, 1, SUMMARY, ANSWER, "Jonas", also_publish=True)
        await story.does(answer)


async def _entry(story: Story, code: str) -> int:
    """Return the id of the catalogue's entry with a code."""
    async with story.bot.parts.store.reading() as unit:
        return next(one.id for one in await unit.catalogue.published() if one.code == code)


async def _person(story: Story, user: int) -> int:
    """Return the id of a citizen; raise `ValueError` for one who has not written yet."""
    async with story.bot.parts.store.reading() as unit:
        participant = await unit.participants.get(await story.participant(user))
    if participant is None or participant.person_id is None:
        message = f"citizen {user} has not written yet"
        raise ValueError(message)
    return participant.person_id
