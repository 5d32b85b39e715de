"""`brobygger run` with the benchmark's conversation, and without Telegram's limits.

    python -m benchmarks.turns.ours [--profile FILE]

The conversation replaces that of /news. Otherwise the bot is unchanged: its settings come
from the environment, and it ends at SIGTERM.
"""

from __future__ import annotations

import sys
from functools import partial

from benchmarks.sampler import Sampler
from benchmarks.turns import script
from bot import cli
from bot.app import run
from bot.engine.effects import Option
from bot.engine.flow import Flow
from bot.engine.questions import Ask, Choose, Confirm
from bot.engine.steps import Say
from bot.i18n import Text
from bot.runner import conversations, flow_lookup, intents
from bot.runner.context import TurnContext
from bot.transport.pacing import Unpaced
from flows.settings import first_name


class Walk(Flow):
    """A citizen signs up for a walk; nothing is stored at the end, as with the rivals."""

    revision = 1
    title = Text("Walk")

    name = Ask(Text(script.NAME), first_name)
    day = Choose(Text(script.DAY), [Option(key, Text(day)) for key, day in script.DAYS.items()])
    consent = Confirm(Text(script.CONSENT), no="declined")
    done = Say(Text(script.DONE), end=True)
    declined = Say(Text(script.DECLINED), end=True)


async def walk(context: TurnContext, rest: str) -> None:
    """Begin the conversation."""
    del rest
    await conversations.begin(context, Walk)


def furnish() -> None:
    """Install the conversation, and remove the courier's pacing."""
    flow_lookup.FLOW_BY_KEY[Walk.key()] = Walk
    intents.INTENT_HANDLERS[script.OPEN] = walk  # type: ignore[index]  # a dict, only written to here
    run.BotParts = partial(run.BotParts, pacing=Unpaced())  # type: ignore[misc,assignment]  # the same, unpaced


def main() -> int:
    """Run until SIGTERM; write a profile with ``--profile``."""
    furnish()
    if sys.argv[1:2] != ["--profile"]:
        return cli.main(["run"])
    with Sampler(sys.argv[2]):
        return cli.main(["run"])


if __name__ == "__main__":
    sys.exit(main())
