"""Telegram on this machine.

    world.py       the world: its state, what users do, and `call(token, method, params)`
    inprocess.py   the face for tests: a `BotApi` without a network
    http.py        the face for the demo, load and crash tests: the Bot API on loopback
    guard.py       who may reach it: programs of this machine and its own pages, no other site
    phone.py       the citizens' telephones, as the demo page sees them

The world has neither I/O nor a clock. It is stricter than Telegram where that
shows a fault of ours: an unknown parameter, a null, a wrong type is an error.
"""

import secrets

from bot.simulator.faults import Fault, FaultKind, Faults
from bot.simulator.flood import Limits
from bot.simulator.inprocess import InProcessApi
from bot.simulator.state import Bot, Button, Change, Chat, Message, Query, Seen, Upload, User
from bot.simulator.world import World

# A test's: it opens nothing but worlds made with it.
TOKEN = "1000000001:a-token-of-the-simulator-and-of-nothing-else"  # noqa: S105


def new_token() -> str:
    """Draw a token that no page or program can guess; the bot's id stays the same."""
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
    "Message",
    "Query",
    "Seen",
    "Upload",
    "User",
    "World",
    "new_token",
]
