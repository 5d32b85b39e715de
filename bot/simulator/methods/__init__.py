"""The Bot API methods that the world implements, one module for each group.

Each module's `METHODS` lists its methods. Any other method is answered with 404.
"""

from bot.simulator.methods import chats, intake, media, messages, profile, queries
from bot.simulator.methods.method import Method

METHODS: dict[str, Method] = {
    method.name: method
    for family in (intake, messages, media, queries, profile, chats)
    for method in family.METHODS
}

__all__ = ["METHODS", "Method"]
