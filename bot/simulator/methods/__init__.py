"""The Bot API's methods that the world knows, a family a file.

Read the tuples and you know what can be called; a method that is not here is
answered with 404.
"""

from bot.simulator.methods import chats, intake, media, messages, profile, queries
from bot.simulator.methods.method import Method

METHODS: dict[str, Method] = {
    method.name: method
    for family in (intake, messages, media, queries, profile, chats)
    for method in family.METHODS
}

__all__ = ["METHODS", "Method"]
