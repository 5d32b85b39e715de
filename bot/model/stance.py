"""What decides whether a participant gets a message: the rules of attention and consent."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.model.broadcast import WARNINGS
from bot.model.delivery import NEWS, MessageClass, Reason
from bot.model.invitation import TOPIC
from bot.model.profile import CONSENT

# The consents of which one allows messages about a topic, where that is not the topic's own.
# The consent to warnings is no consent to news: a choice of topics, or STOP, does not end it.
ALSO_BY: Mapping[str, Collection[str]] = {
    TOPIC: (NEWS + "volunteering", CONSENT),
    WARNINGS: (WARNINGS,),
}
OF_GROUP = "group:"  # begins the topic of messages to a group
FOREVER = datetime(9000, 1, 1, tzinfo=UTC)  # the end of a mute without an end


@dataclass(frozen=True, slots=True)
class Stance:
    """A participant towards one topic.

    *paused_until* and *muted_until* are None where nothing is turned off. *consents* is to news
    about the topic, and *barred* that a case of theirs bars news.
    """

    in_chat: bool = True
    reachable: bool = True
    paused_until: datetime | None = None
    muted_until: datetime | None = None
    consents: bool = False
    barred: bool = False

    def withheld(self, attention: MessageClass, at: datetime) -> Reason | None:
        """Return why a message is not sent *at* a time; None where it is, or staff ring."""
        if attention is MessageClass.ANSWER:
            return None if self.reachable else Reason.UNREACHABLE
        if attention is MessageClass.WARNING:
            return self._withheld_warning(at)
        rules = (
            (not self.reachable, Reason.UNREACHABLE),
            (self.paused_until is not None and self.paused_until > at, Reason.PAUSED),
            (self.muted_until is not None and self.muted_until > at, Reason.MUTED),
            # News needs a consent, which only the chat asks for.
            (attention is MessageClass.NEWS and not self.consents, Reason.NO_CONSENT),
            (attention is MessageClass.NEWS and self.barred, Reason.NO_PROMO),
        )
        return next((reason for holds, reason in rules if holds), None)

    def _withheld_warning(self, at: datetime) -> Reason | None:
        """Return why a warning is not sent: no break and no case withholds it."""
        rules = (
            (not self.reachable, Reason.UNREACHABLE),
            (self.muted_until is not None and self.muted_until > at, Reason.MUTED),
            (not self.consents, Reason.NO_CONSENT),
        )
        return next((reason for holds, reason in rules if holds), None)


def agrees(topic: str | None, consents: Collection[str]) -> bool:
    """Return whether a person with these consents agrees to news about a topic.

    The members of a group have joined it, and a volunteer's consent is also for invitations.
    """
    about = topic or ""
    if about.startswith(OF_GROUP):
        return True
    return any(purpose in consents for purpose in ALSO_BY.get(about, (NEWS + about,)))
