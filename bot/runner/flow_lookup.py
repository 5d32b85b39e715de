"""Look-ups of a stored conversation's flow and current step."""

from __future__ import annotations

from bot.engine.conversation import Conversation
from bot.engine.flow import Flow
from bot.engine.steps import Step
from flows import FLOWS

FLOW_BY_KEY = {flow.key(): flow for flow in FLOWS}


def flow_of(conversation: Conversation) -> type[Flow] | None:
    """Return the flow of a stored conversation; None where it no longer exists."""
    return FLOW_BY_KEY.get(conversation.flow)


def step_of(conversation: Conversation) -> Step | None:
    """Return the current step of a conversation; None where its flow no longer exists."""
    flow = flow_of(conversation)
    return flow.road(conversation.answers).here if flow is not None else None
