"""A simulator of Telegram.

    world.py       the world: its state, users' actions, and `call(token, method, params)`
    inprocess.py   the interface for tests: a `BotApi` without a network
    http.py        the interface for the demo, load and crash tests: the Bot API on loopback
    guard.py       access control: local programs and the simulator's own pages, no other site
    phone.py       the citizens' phones, as the demo page shows them

The world has neither I/O nor a clock. It is stricter than Telegram, to show our
mistakes: an unknown parameter, a null or a wrong type is an error.
"""

import secrets

from bot.simulator.faults import Fault, FaultKind, Faults
from bot.simulator.flood import Limits
from bot.simulator.inprocess import InProcessApi
from bot.simulator.state import Bot, Button, Change, Chat, LogEntry, Message, Query, Upload, User
from bot.simulator.world import World

# For tests: valid only in worlds made with it.
TOKEN = "1000000001:a-token-of-the-simulator-and-of-nothing-else"  # noqa: S105


def new_token() -> str:
    """Return a random token that no page or program can guess, with `TOKEN`'s bot id."""
    return f"{TOKEN.partition(':')[0]}:{secrets.token_urlsafe(32)}"


__all__ = [
    "TOKEN",
    "Bot",
    "Button",
    "Change",
    "Chat",
    "Fault",
    "FaultKind",
    "Faults",
    "InProcessApi",
    "Limits",
    "LogEntry",
    "Message",
    "Query",
    "Upload",
    "User",
    "World",
    "new_token",
]
