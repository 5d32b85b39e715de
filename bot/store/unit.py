"""One transaction with its repositories."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import datetime
from typing import Any

from sqlalchemy import Executable
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.calendar import Calendar
from bot.model.town import Town
from bot.store.alerts import Alerts
from bot.store.cards import Cards
from bot.store.caselists import CaseLists
from bot.store.cases import Cases
from bot.store.casesearch import CaseSearch
from bot.store.conversations import Conversations
from bot.store.dossier import Dossier
from bot.store.engines import unavailable_raised
from bot.store.events import Events
from bot.store.faq import Faq
from bot.store.files import Files
from bot.store.inbox import Inbox
from bot.store.journal import Journal
from bot.store.outbox import Outbox
from bot.store.people import Consents, People, Wishes
from bot.store.presence import Presence
from bot.store.questions import MissedQuestions, Questions
from bot.store.sign_in import Invitations, Sessions, SignInTries
from bot.store.split_cpr import SplitCprs
from bot.store.staff import StaffRows
from bot.store.threads import Threads
from bot.store.timers import Timers
from bot.store.town import Facts, Tasks
from bot.store.town_context import TownContext


class Unit:
    """One transaction: all its changes are committed together or not at all.

    *now* is fixed for the unit, so that all its rows have the same time.
    """

    def __init__(
        self, connection: AsyncConnection, now: datetime, town: TownContext | None = None
    ) -> None:
        """Use *connection*; the store begins and ends its transaction."""
        self.connection = connection
        self.dialect = connection.dialect.name
        self.now = now
        self._town = town
        self.topics: set[str] = set()
        self._waiting: dict[Executable, list[dict[str, Any]]] = {}
        self._touched: dict[Hashable, Executable] = {}
        self.inbox = Inbox(self)
        self.outbox = Outbox(self)
        self.timers = Timers(self)
        self.cards = Cards(self)
        self.people = People(self)
        self.consents = Consents(self)
        self.conversations = Conversations(self)
        self.wishes = Wishes(self)
        self.split_cprs = SplitCprs(self)
        self.faq = Faq(self)
        self.facts = Facts(self)
        self.tasks = Tasks(self)
        self.questions = Questions(self)
        self.missed = MissedQuestions(self)
        self.cases = Cases(self)
        self.caselists = CaseLists(self)
        self.casesearch = CaseSearch(self)
        self.threads = Threads(self)
        self.alerts = Alerts(self)
        self.events = Events(self)
        self.presence = Presence(self)
        self.files = Files(self)
        self.staff = StaffRows(self)
        self.invitations = Invitations(self)
        self.sessions = Sessions(self)
        self.sign_in_tries = SignInTries(self)
        self.dossier = Dossier(self)
        self.journal = Journal(self)

    @property
    def town(self) -> Town:
        """Return the town, as its content file describes it."""
        return self._context.town

    @property
    def calendar(self) -> Calendar:
        """Return the town's calendar of working days and hours."""
        return self._context.calendar

    @property
    def _context(self) -> TownContext:
        """Return the town's context; raise `RuntimeError` where the store has none."""
        if self._town is None:
            message = "this store was opened without a town"
            raise RuntimeError(message)
        return self._town

    def wake(self, topic: str) -> None:
        """Send a wake-up for *topic* once the transaction is committed."""
        self.topics.add(topic)

    async def write_later(
        self, statement: Executable, row: Hashable, values: dict[str, Any]
    ) -> None:
        """Queue *values* to be written with others of the same statement in one call.

        Every later statement first writes the queue, so the delay is not visible. *row*
        identifies the written row: two statements for one row run in their order.
        """
        if self._touched.get(row, statement) is not statement:
            await self.write_waiting()
        self._touched[row] = statement
        self._waiting.setdefault(statement, []).append(values)

    def waits(self, row: Hashable) -> bool:
        """Return whether a write of *row* is queued."""
        return row in self._touched

    async def write_waiting(self) -> None:
        """Write the queued rows; raise `DatabaseUnavailable` where that fails."""
        waiting, self._waiting = self._waiting, {}
        self._touched.clear()
        for statement, rows in waiting.items():
            with unavailable_raised():
                await self.connection.execute(statement, rows)
