"""The flow that borrows a thing from the municipality, and its messages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from bot.model.commands.loans import LendThing

from bot.engine.effects import Option, Send
from bot.engine.events import Refused
from bot.engine.flow import Flow
from bot.engine.questions import Ask, Choose, Confirm
from bot.engine.steps import Do, Say
from bot.i18n import _
from flows import cards
from flows.asking import phone_number

THINGS = {
    "trailer": _("A trailer"),
    "tables": _("Tables and benches"),
    "tools": _("Garden tools"),
}
SPANS = {"1": _("One day"), "3": _("Three days"), "7": _("A week")}
BRING_BACK = _("To bring back today, {back}, before 15:00: {thing}.")


def day_of(words: str) -> str | Refused:
    """Return a day like "3.12.2026" as an ISO date; refuse other words."""
    try:
        return datetime.strptime(words.strip(), "%d.%m.%Y").date().isoformat()  # noqa: DTZ007 - a day
    except ValueError:
        return Refused(_("I need a day. Write it like this: 3.12.2026."))


class Lend(Flow):
    """A citizen borrows a thing."""

    revision = 1
    title = _("Borrow a thing")

    thing = Choose(_("What do you want to borrow?"), [Option(*one) for one in THINGS.items()])
    day = Ask(_("Which day do you fetch it? Write it like this: 3.12.2026."), day_of)
    span = Choose(_("For how long?"), [Option(*one) for one in SPANS.items()])
    phone = Ask(_("Which number may we ring about it?"), phone_number)
    agreed = Confirm(_("{what}, from {first}. {long}. Is that right?"), no="dropped")
    lend = Do(LendThing, refused="dropped")
    done = Say(_("It is yours from {first}. Bring it back on {back} before 15:00."), end=True)
    dropped = Say(_("Nothing is lent. Write “borrow” to choose again."), end=True)

    @classmethod
    def facts(cls, answers: Mapping[str, Any]) -> dict[str, Any]:
        """Add the answers as the citizen reads them; the command takes the answers themselves."""
        facts = super().facts(answers)
        if facts.get("day"):
            facts["first"] = date.fromisoformat(facts["day"])
        return facts | {
            "what": THINGS.get(facts.get("thing", "")),
            "long": SPANS.get(facts.get("span", "")),
        }


def bring_back(details: Mapping[str, Any]) -> Send:
    """Return the reminder to bring a thing back."""
    back = date.fromisoformat(details["back"])
    return Send(BRING_BACK.with_(thing=THINGS[details["thing"]], back=back), (cards.TO_MENU,))
