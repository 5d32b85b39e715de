"""Find faults of flows before citizens meet them: one function for each kind of fault."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass

from bot.engine.flow import Flow
from bot.engine.questions import Confirm
from bot.engine.repeat import MARK, Repeat
from bot.engine.steps import Do, Known, Open, Question, Rows, Say, base36

LONGEST_DATA = 64  # bytes, Telegram's limit on callback data
LARGEST_ID = 2**63 - 1
LONGEST_KEY = 20  # characters, of an option key that comes from a row
_KEY = re.compile(r"[a-z0-9_]+")
# Fields of commands that the runner fills in from the turn.
GIVEN = {"person_id", "conversation_id", "written", "theme"}


def dead_ends(flow: type[Flow]) -> Iterator[str]:
    """Yield a fault where the last step is neither an `Open` nor a `Say` with ``end=True``."""
    steps = list(flow.steps.values())
    last = steps[-1] if steps else None
    if not (isinstance(last, Open) or (isinstance(last, Say) and last.end)):
        yield "the last step must be an Open, or a Say with end=True"


def turn_offs(flow: type[Flow]) -> Iterator[str]:
    """Yield branches to a step that does not exist, or to an earlier one, which could loop."""
    names = list(flow.steps)
    for name, step in flow.steps.items():
        match step:
            case Confirm(no=str() as target) | Do(refused=str() as target):
                if target not in names:
                    yield f"{name} turns off to {target!r}, which is no step"
                elif names.index(target) <= names.index(name):
                    yield f"{name} turns off to {target!r}, which stands before it"


def conditions(flow: type[Flow]) -> Iterator[str]:
    """Yield conditions on questions that are asked later, or belong to another flow."""
    names = list(flow.steps)
    for name, step in flow.steps.items():
        if step.when is None:
            continue
        asked = step.when.question.name
        if flow.steps.get(asked) is not step.when.question:
            yield f"{name} looks at {asked!r}, which is no step of this flow"
        elif names.index(asked) >= names.index(name):
            yield f"{name} looks at {asked!r}, which is asked later"


def commands(flow: type[Flow]) -> Iterator[str]:
    """Yield each `Do` whose command is no dataclass, or has a field without an earlier answer."""
    known = set(GIVEN)
    for name, step in flow.steps.items():
        if isinstance(step, Do):
            if not is_dataclass(step.command):
                yield f"{name} runs {step.command!r}, which is no command"
                continue
            missing = {field.name for field in fields(step.command)} - known - set(step.given)
            if missing:
                yield f"{name} needs {', '.join(sorted(missing))}, which no step before it answers"
        known.add(name)


def callback_data(flow: type[Flow]) -> Iterator[str]:
    """Yield buttons with data over Telegram's limit, and option keys with reserved characters."""
    for name, step in flow.steps.items():
        if not isinstance(step, Question):
            continue
        for before, key in _keys_of(step):
            if not _KEY.fullmatch(key):
                yield f"{name} has an option {key!r}; keys are lower case letters, digits and _"
            data = f"{base36(LARGEST_ID)}.{name}.{before}+{key}"
            if len(data.encode()) > LONGEST_DATA:
                yield f"{name}, option {key!r}: its data is over {LONGEST_DATA} bytes"


def _keys_of(step: Question, before: str = "") -> Iterator[tuple[str, str]]:
    """Yield each option key of a question, after the prefix that it has in callback data."""
    if isinstance(step, Repeat):
        for name, inner in step.questions.items():
            yield from _keys_of(inner, f"{step.most}{MARK}{name}{MARK}")
    elif isinstance(step.options, Rows):
        yield before, "x" * LONGEST_KEY
    else:
        for option in step.options:
            yield before, option.key


def renamings(flow: type[Flow]) -> Iterator[str]:
    """Yield former names that belong to a present step, or to two steps."""
    former: set[str] = set()
    for name, step in flow.steps.items():
        if step.formerly is None:
            continue
        if step.formerly in flow.steps:
            yield f"{name} was formerly {step.formerly!r}, which is a step today"
        if step.formerly in former:
            yield f"two steps were formerly {step.formerly!r}"
        former.add(step.formerly)


def takers(flow: type[Flow]) -> Iterator[str]:
    """Yield questions that never get the content they take: in a `Repeat`, or second of a kind."""
    taken: dict[str, str] = {}
    for name, step in flow.steps.items():
        if isinstance(step, Repeat):
            for inner, question in step.questions.items():
                if question.takes is not None:
                    yield f"{name} repeats {inner!r}, and only a step can take a {question.takes}"
        elif isinstance(step, Question) and step.takes is not None:
            if step.takes in taken:
                yield f"{name} takes a {step.takes}, and so does {taken[step.takes]!r}"
            taken.setdefault(step.takes, name)


def beginnings(flow: type[Flow]) -> Iterator[str]:
    """Yield each `Known` that comes after a step of another kind."""
    begun = False
    for name, step in flow.steps.items():
        if isinstance(step, Known) and begun:
            yield f"{name} is known from the beginning, so it must stand there"
        begun = begun or not isinstance(step, Known)


CHECKS: tuple[Callable[[type[Flow]], Iterator[str]], ...] = (
    dead_ends,
    turn_offs,
    conditions,
    commands,
    callback_data,
    renamings,
    takers,
    beginnings,
)


def flow_errors(flow: type[Flow]) -> list[str]:
    """Return every fault of *flow*, each as a sentence that names the step."""
    return [f"{flow.__name__}: {fault}" for check in CHECKS for fault in check(flow)]
