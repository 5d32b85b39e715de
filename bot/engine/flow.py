"""A flow is a class of steps; the citizen's current step is computed from the answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from bot.calendar.recurrence import from_json
from bot.calendar.rule_words import in_words
from bot.engine.questions import Confirm
from bot.engine.steps import Do, Open, Question, Say, Step
from bot.i18n import Text, _

# Two outcomes of a Do, recorded under its name so that it never runs twice.
RAN, WAS_REFUSED = "done", "refused"


@dataclass(frozen=True, slots=True)
class Road:
    """The steps from the start to the current one, and the answers that were given on it."""

    steps: tuple[Step, ...]
    answers: Mapping[str, Any]

    @property
    def here(self) -> Step:
        """Return the citizen's current step."""
        return self.steps[-1]

    def since(self, step: Step) -> tuple[Step, ...]:
        """Return the steps after *step*; every step where *step* is not on the road."""
        return self.steps[self.steps.index(step) + 1 :] if step in self.steps else self.steps

    def questions(self) -> list[Question]:
        """Return the questions asked so far, in order."""
        return [step for step in self.steps if isinstance(step, Question)]


class Flow:
    """Base class of flows: a subclass lists its steps as class attributes, in order.

    *title* is the flow's name for citizens; *decides* answers "who decides?" within it, and
    *seen_by* "who sees it?".
    """

    revision: ClassVar[int] = 1
    title: ClassVar[Text]
    decides: ClassVar[Text] = _("You decide this yourself. You can change it at any time.")
    seen_by: ClassVar[Text | None] = None
    steps: ClassVar[Mapping[str, Step]] = {}

    @classmethod
    def is_optional(cls, answers: Mapping[str, Any]) -> bool:
        """Return whether the citizen did not ask for the flow, and it may wait for other words."""
        del answers
        return False

    @classmethod
    def card_buttons(cls, answers: Mapping[str, Any]) -> Sequence[tuple[str, Text | str]]:
        """Return the buttons of the card above the flow's question, which typed words press.

        Each is a command button's data without its prefix, and a label.
        """
        del answers
        return ()

    def __init_subclass__(cls) -> None:
        """Collect the steps in the order they are written."""
        super().__init_subclass__()
        cls.steps = {name: value for name, value in vars(cls).items() if isinstance(value, Step)}

    @classmethod
    def key(cls) -> str:
        """Return the name under which conversations of this flow are stored."""
        return cls.__name__.lower()

    @classmethod
    def named(cls, answers: Mapping[str, Any]) -> Text:
        """Return the name of a conversation of this flow; the answers may make it clearer."""
        del answers
        return cls.title

    @classmethod
    def answer_to(cls, step: Step, answers: Mapping[str, Any]) -> tuple[bool, Any]:
        """Return whether *step* has an answer, under its present or former name, and the answer."""
        for name in (step.name, step.formerly):
            if name is not None and name in answers:
                value = answers[name]
                return True, step.load(value) if isinstance(step, Question) else value
        return False, None

    @classmethod
    def road(cls, answers: Mapping[str, Any]) -> Road:
        """Follow the steps as far as *answers* reach; answers to other steps do not count."""
        walked: list[Step] = []
        counted: dict[str, Any] = {}
        ahead = list(cls.steps.values())
        while ahead:
            step = ahead.pop(0)
            if step.when is not None and not step.when(counted):
                continue
            walked.append(step)
            if isinstance(step, Open):
                break
            if isinstance(step, Say):
                if step.end:
                    break
                continue
            known, value = cls.answer_to(step, answers)
            if not known:
                break
            counted[step.name] = value
            turn_off = cls._turn_off(step, value)
            if turn_off:
                ahead = cls._from(turn_off)
        return Road(tuple(walked), counted)

    @classmethod
    def taker(cls, kind: str, answers: Mapping[str, Any]) -> Question | None:
        """Return the question that takes *kind*, at any step; None where there is none.

        Only steps after the last command that has run count, because a service has
        used the earlier answers.
        """
        names = list(cls.steps)
        ran = [names.index(s.name) for s in cls.road(answers).steps[:-1] if isinstance(s, Do)]
        ahead = list(cls.steps.values())[max(ran, default=-1) + 1 :]
        return next((s for s in ahead if isinstance(s, Question) and s.takes == kind), None)

    @classmethod
    def _turn_off(cls, step: Step, value: Any) -> str | None:
        """Return the name of the step to continue at; None where it is the next one."""
        if isinstance(step, Confirm) and value is False:
            return step.no
        if isinstance(step, Do) and value.get("outcome") == WAS_REFUSED:
            return step.refused
        return None

    @classmethod
    def _from(cls, name: str) -> list[Step]:
        """Return the steps from *name* to the end."""
        names = list(cls.steps)
        return [cls.steps[later] for later in names[names.index(name) :]]

    @classmethod
    def facts(cls, answers: Mapping[str, Any]) -> dict[str, Any]:
        """Return the answers that texts may use, by step name.

        Several values returned by a service are there by their own names as well, and
        ``{"day": "2026-12-03"}`` among them becomes a date.
        """
        facts: dict[str, Any] = {}
        for name, value in cls.road(answers).answers.items():
            ran = value.get("value") if isinstance(cls.steps[name], Do) else None
            facts[name] = ran if isinstance(cls.steps[name], Do) else value
            if isinstance(ran, Mapping):
                facts |= {key: unpacked(own) for key, own in ran.items()}
        return facts


def unpacked(value: Any) -> Any:
    """Convert the JSON form of a date, an instant or a recurrence; return others unchanged."""
    match value:
        case {"day": str(day)}:
            return date.fromisoformat(day)
        case {"recurrence": dict(rule), **more}:
            first = more.get("first")
            first_day = date.fromisoformat(str(first)) if first else None
            return in_words(from_json(rule), first_day=first_day)
        case {"instant": str(instant)}:
            return datetime.fromisoformat(instant)
        case _:
            return value
