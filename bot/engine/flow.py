"""A flow is a class of steps; where a citizen stands is recomputed from the answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from bot.engine.questions import Confirm
from bot.engine.steps import Do, Question, Say, Step
from bot.i18n import Text, _

# Two outcomes of a Do, recorded under its name so that it never runs twice.
RAN, WAS_REFUSED = "done", "refused"


@dataclass(frozen=True, slots=True)
class Road:
    """The steps from the start to where the citizen stands, and the answers that count on it."""

    steps: tuple[Step, ...]
    answers: Mapping[str, Any]

    @property
    def here(self) -> Step:
        """Return the step where the citizen stands."""
        return self.steps[-1]

    def since(self, step: Step) -> tuple[Step, ...]:
        """Return the steps that come after *step*."""
        return self.steps[self.steps.index(step) + 1 :] if step in self.steps else self.steps

    def questions(self) -> list[Question]:
        """Return the questions that were asked, the present one last."""
        return [step for step in self.steps if isinstance(step, Question)]


class Flow:
    """What a subclass writes as class attributes, in the order it is to be said and asked.

    *title* names it to the citizen; *decides* answers "who decides?" within it.
    """

    revision: ClassVar[int] = 1
    title: ClassVar[Text]
    decides: ClassVar[Text] = _("You decide this yourself. You can change it at any time.")
    steps: ClassVar[Mapping[str, Step]] = {}

    def __init_subclass__(cls) -> None:
        """Collect the steps in the order they are written."""
        super().__init_subclass__()
        cls.steps = {name: value for name, value in vars(cls).items() if isinstance(value, Step)}

    @classmethod
    def key(cls) -> str:
        """Return the name under which conversations of this flow are stored."""
        return cls.__name__.lower()

    @classmethod
    def answer_to(cls, step: Step, answers: Mapping[str, Any]) -> tuple[bool, Any]:
        """Find the stored answer to *step*, under its present or its former name."""
        for name in (step.name, step.formerly):
            if name is not None and name in answers:
                value = answers[name]
                return True, step.load(value) if isinstance(step, Question) else value
        return False, None

    @classmethod
    def road(cls, answers: Mapping[str, Any]) -> Road:
        """Walk from the start as far as *answers* carry; answers off the road do not count."""
        walked: list[Step] = []
        counted: dict[str, Any] = {}
        ahead = list(cls.steps.values())
        while ahead:
            step = ahead.pop(0)
            if step.when is not None and not step.when(counted):
                continue
            walked.append(step)
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
        """Find the question that takes what is given, wherever the citizen stands.

        What a service has used already is settled: only what stands after it counts.
        """
        names = list(cls.steps)
        ran = [names.index(s.name) for s in cls.road(answers).steps[:-1] if isinstance(s, Do)]
        ahead = list(cls.steps.values())[max(ran, default=-1) + 1 :]
        return next((s for s in ahead if isinstance(s, Question) and s.takes == kind), None)

    @classmethod
    def _turn_off(cls, step: Step, value: Any) -> str | None:
        """Name the step where the road goes on, if it is not the next one."""
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
        """Return what texts may use of the answers: values by step name.

        What a service answered with several values is there by their own names too,
        and ``{"day": "2026-12-03"}`` among them is a date again.
        """
        facts: dict[str, Any] = {}
        for name, value in cls.road(answers).answers.items():
            ran = value.get("value") if isinstance(cls.steps[name], Do) else None
            facts[name] = ran if isinstance(cls.steps[name], Do) else value
            if isinstance(ran, Mapping):
                facts |= {key: unpacked(own) for key, own in ran.items()}
        return facts


def unpacked(value: Any) -> Any:
    """Make a date or an instant of what JSON has of one."""
    match value:
        case {"day": str(day)}:
            return date.fromisoformat(day)
        case {"instant": str(instant)}:
            return datetime.fromisoformat(instant)
        case _:
            return value
