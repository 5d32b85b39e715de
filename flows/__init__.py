"""What the bot says and asks: flows, messages and cards."""

from __future__ import annotations

from bot.engine.flow import Flow
from flows.after_shift import Dispute, SayMore
from flows.asking import CallMe, Complaint, NotYet, WritePerson
from flows.broadcasts import AnswerInOwnWords
from flows.campaigns import ChangeShared, JoinShared, StartShared
from flows.check_ins import MakeSmaller, TellHowMuch
from flows.intents import INTENTS
from flows.invitations import InviteMembers
from flows.obstacles import TellWhy
from flows.pledge_changes import ChangeMyPledge, PlanPledge
from flows.pledges import AskWhichPledge, GivePledge, OfferPledge
from flows.reminders import AnotherDay, Pause, RemindMembers, RemindYourself, WhyNot
from flows.task_cards import WriteToContact
from flows.volunteering import (
    AfterYes,
    BeforeYes,
    FindDay,
    FindNear,
    TellAbout,
    VolunteerSignUp,
)

# The flows of intents, then those that only a button begins.
FLOWS: tuple[type[Flow], ...] = (
    *(intent.begins for intent in INTENTS if intent.begins is not None),
    WritePerson,
    Complaint,
    CallMe,
    NotYet,
    RemindYourself,
    RemindMembers,
    InviteMembers,
    AnotherDay,
    WhyNot,
    Pause,
    SayMore,
    Dispute,
    WriteToContact,
    VolunteerSignUp,
    BeforeYes,
    AfterYes,
    TellAbout,
    FindDay,
    FindNear,
    AnswerInOwnWords,
    GivePledge,
    OfferPledge,
    AskWhichPledge,
    PlanPledge,
    ChangeMyPledge,
    JoinShared,
    MakeSmaller,
    TellHowMuch,
    StartShared,
    ChangeShared,
    TellWhy,
)
