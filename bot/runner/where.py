"""Where a stored conversation stands."""

from __future__ import annotations

from bot.engine.conversation import Conversation
from bot.engine.flow import Flow
from bot.engine.steps import Step
from flows import FLOWS

FLOW_BY_KEY = {flow.key(): flow for flow in FLOWS}


def flow_of(conversation: Conversation) -> type[Flow] | None:
    """Find the flow of a stored conversation; None where it was taken away."""
    return FLOW_BY_KEY.get(conversation.flow)


def step_of(conversation: Conversation) -> Step | None:
    """Find the step where a conversation stands; None where its flow was taken away."""
    flow = flow_of(conversation)
    return flow.road(conversation.answers).here if flow is not None else None
