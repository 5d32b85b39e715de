"""What the bot says and asks: flows, messages and cards."""

from __future__ import annotations

from bot.engine.flow import Flow
from flows.asking import Access, CallMe, Complaint, Idea, NotYet, WritePerson
from flows.reminders import AnotherDay, Pause, RemindMembers, RemindYourself, WhyNot
from flows.report import Outdoors
from flows.settings import News, Settings

FLOWS: tuple[type[Flow], ...] = (
    Settings,
    News,
    WritePerson,
    Outdoors,
    Idea,
    Complaint,
    Access,
    CallMe,
    NotYet,
    RemindYourself,
    RemindMembers,
    AnotherDay,
    WhyNot,
    Pause,
)
