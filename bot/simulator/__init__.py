"""Telegram on this machine.

    world.py       the world: its state, what users do, and `call(token, method, params)`
    inprocess.py   the face for tests: a `BotApi` without a network
    http.py        the face for the demo, load and crash tests: the Bot API on loopback
    phone.py       the citizens' telephones, as the demo page sees them

The world has neither I/O nor a clock. It is stricter than Telegram where that
shows a fault of ours: an unknown parameter, a null, a wrong type is an error.
"""

from bot.simulator.faults import Fault, FaultKind, Faults
from bot.simulator.flood import Limits
from bot.simulator.inprocess import InProcessApi
from bot.simulator.state import Bot, Button, Change, Chat, Message, Query, Seen, Upload, User
from bot.simulator.world import World

# It opens nothing: only a world of ours knows it.
TOKEN = "1000000001:a-token-of-the-simulator-and-of-nothing-else"  # noqa: S105

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
]
