"""One transaction with its repositories."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.calendar import Calendar
from bot.model.town import Town
from bot.store.alerts import Alerts
from bot.store.audiences import Audiences
from bot.store.broadcasts import Broadcasts
from bot.store.campaigns import Campaigns, Catalogue
from bot.store.cards import Cards
from bot.store.caselists import CaseLists
from bot.store.cases import Cases
from bot.store.casesearch import CaseSearch
from bot.store.conversations import Conversations
from bot.store.crowds import Crowds
from bot.store.deliveries import Deliveries, Mutes
from bot.store.dossier import Dossier
from bot.store.events import Events
from bot.store.faq import Faq
from bot.store.files import Files
from bot.store.inbox import Inbox
from bot.store.journal import Journal
from bot.store.links import Links
from bot.store.opportunities import Opportunities, Shifts
from bot.store.outbox import Outbox
from bot.store.outcomes import Contributions, Outcomes
from bot.store.participants import Groups, Participants
from bot.store.people import Consents, People, Wishes
from bot.store.pledges import CheckIns, Ledger, Pledges, Snapshots
from bot.store.polls import Polls
from bot.store.presence import Presence
from bot.store.questions import MissedQuestions, Questions
from bot.store.reminders import Reminders
from bot.store.saved_audiences import SavedAudiences
from bot.store.sign_in import Invitations, Sessions, SignInTries
from bot.store.signups import Profiles, Signups
from bot.store.split_cpr import SplitCprs
from bot.store.staff import StaffRows
from bot.store.stances import Stances
from bot.store.threads import Threads
from bot.store.timers import Timers
from bot.store.town import Facts, Tasks
from bot.store.town_context import TownContext
from bot.store.transaction import Transaction
from bot.store.volunteer_invitations import VolunteerInvitations


class Unit(Transaction):
    """One transaction: all its changes are committed together or not at all."""

    def __init__(  # noqa: PLR0915 - a line for each repository
        self, connection: AsyncConnection, now: datetime, town: TownContext | None = None
    ) -> None:
        """Use *connection*; the store begins and ends its transaction."""
        super().__init__(connection, now)
        self._town = town
        self.files = Files(self)
        self.inbox = Inbox(self)
        self.outbox = Outbox(self, self.inbox, self.files)
        self.timers = Timers(self, self.inbox)
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
        self.staff = StaffRows(self)
        self.invitations = Invitations(self)
        self.sessions = Sessions(self)
        self.sign_in_tries = SignInTries(self)
        self.participants = Participants(self)
        self.groups = Groups(self)
        self.audiences = Audiences(self)
        self.stances = Stances(self)
        self.crowds = Crowds(self)
        self.reminders = Reminders(self)
        self.deliveries = Deliveries(self)
        self.mutes = Mutes(self)
        self.links = Links(self)
        self.opportunities = Opportunities(self)
        self.shifts = Shifts(self)
        self.signups = Signups(self)
        self.profiles = Profiles(self)
        self.volunteer_invitations = VolunteerInvitations(self)
        self.catalogue = Catalogue(self)
        self.pledges = Pledges(self)
        self.check_ins = CheckIns(self)
        self.ledger = Ledger(self)
        self.snapshots = Snapshots(self)
        self.campaigns = Campaigns(self)
        self.contributions = Contributions(self)
        self.outcomes = Outcomes(self)
        self.broadcasts = Broadcasts(self)
        self.saved_audiences = SavedAudiences(self)
        self.polls = Polls(self)
        self.dossier = Dossier(self)
        self.journal = Journal(self, self.people, self.staff, self.threads, self.events)

    @property
    def town(self) -> Town:
        """Return the town, as its content file describes it."""
        return self._context.town

    @property
    def calendar(self) -> Calendar:
        """Return the town's calendar of working days and hours."""
        return self._context.calendar

    @property
    def console_url(self) -> str:
        """Return the console's public address."""
        return self._context.console_url

    @property
    def _context(self) -> TownContext:
        """Return the town's context; raise `RuntimeError` where the store has none."""
        if self._town is None:
            message = "this store was opened without a town"
            raise RuntimeError(message)
        return self._town
