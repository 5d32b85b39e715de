"""One transaction with its repositories."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.cards import Cards
from bot.store.conversations import Conversations
from bot.store.events import Events
from bot.store.files import Files
from bot.store.halves import Halves
from bot.store.inbox import Inbox
from bot.store.outbox import Outbox
from bot.store.people import Consents, People, Wishes
from bot.store.sign_in import Invitations, Sessions, SignInTries
from bot.store.staff import StaffRows
from bot.store.timers import Timers
from bot.store.town import Facts, Faq, Tasks


class Unit:
    """Everything within it is committed together, or not at all.

    *now* is fixed for the unit, so that what is written together bears one time.
    """

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        """Work on *connection*, whose transaction the store opens and ends."""
        self.connection = connection
        self.dialect = connection.dialect.name
        self.now = now
        self.topics: set[str] = set()
        self.inbox = Inbox(self)
        self.outbox = Outbox(self)
        self.timers = Timers(self)
        self.cards = Cards(self)
        self.people = People(self)
        self.consents = Consents(self)
        self.conversations = Conversations(self)
        self.wishes = Wishes(self)
        self.halves = Halves(self)
        self.faq = Faq(self)
        self.facts = Facts(self)
        self.tasks = Tasks(self)
        self.events = Events(self)
        self.files = Files(self)
        self.staff = StaffRows(self)
        self.invitations = Invitations(self)
        self.sessions = Sessions(self)
        self.sign_in_tries = SignInTries(self)

    def ring(self, topic: str) -> None:
        """Ring the bell for *topic* once the transaction is committed."""
        self.topics.add(topic)
