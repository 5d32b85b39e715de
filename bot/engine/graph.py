"""Draw a flow as a mermaid flowchart."""

from __future__ import annotations

from bot.engine.flow import Flow
from bot.engine.questions import Confirm
from bot.engine.steps import Do, Open, Question, Say, Step


def graph(flow: type[Flow]) -> str:
    """Return a flowchart: rounded boxes are messages, diamonds questions, double boxes commands."""
    names = list(flow.steps)
    lines = ["flowchart TD"]
    for place, (name, step) in enumerate(flow.steps.items()):
        lines.append(f"    {name}{_box(step)}")
        follower = names[place + 1] if place + 1 < len(names) else None
        lines.extend(f"    {arrow}" for arrow in _arrows(name, step, follower))
    return "\n".join(lines) + "\n"


def _box(step: Step) -> str:
    """Return a step's box with its text, its command or its name."""
    match step:
        case Say(text=text):
            left, right, words = "([", "])", text.key
        case Do(command=command):
            left, right, words = "[[", "]]", command.__name__
        case Open(command=command):
            left, right, words = "([", "])", command
        case Question(text=text):
            left, right, words = "{", "}", text.key
        case _:
            left, right, words = "[", "]", step.name
    shown = words.replace('"', "#quot;").replace("\n", " ")
    return f'{left}"{shown}"{right}'


def _arrows(name: str, step: Step, follower: str | None) -> list[str]:
    """Return the arrows from a step, and the arrow from the question that decides about it."""
    if isinstance(step, Open) or (isinstance(step, Say) and step.end):
        return []
    arrows = [f"{name} --> {follower}"] if follower else []
    match step:
        case Confirm(no=str() as target):
            arrows.append(f"{name} -- no --> {target}")
        case Do(refused=str() as target):
            arrows.append(f"{name} -- refused --> {target}")
    if step.when is not None:
        arrows.append(f"{step.when.question.name} -. decides .-> {name}")
    return arrows
