"""The story's volunteering: the town's opportunities, and what volunteers do in a week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.app.demo_story import BEFORE, Scene, Story
from bot.model.commands.volunteering import ImportOpportunities
from bot.service.content import shipped_opportunities

COORDINATOR = "aisha"


@dataclass(slots=True)
class VolunteerStory:
    """The scenes of volunteering."""

    present: datetime

    def scenes(self) -> tuple[Scene, ...]:
        """Return the scenes, in the 8 days before the present."""
        began = self.present - BEFORE
        return (Scene(began, self._publish),)

    async def _publish(self, story: Story) -> None:
        """Let staff import the town's opportunities, and open them for sign-ups."""
        aisha = await story.staff(COORDINATOR)
        rows = shipped_opportunities()
        imported = await story.does(ImportOpportunities(aisha, rows, publishes=True))
        if imported["faults"]:
            raise ValueError(imported["faults"])
