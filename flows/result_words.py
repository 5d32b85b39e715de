"""What is told about the result of a shared pledge: no number about fewer than five people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.i18n import Text, _, pgettext
from bot.model.suppression import LEAST

RESULT = _("{answered} of {asked} answered.")
FEW_ANSWERED = _("Fewer than {least} of {asked} answered.")
NEARLY_ALL_ANSWERED = _("All or nearly all of the {asked} answered.")
DONE = pgettext("result", "{done} did it.")
FEW_DONE = pgettext("result", "Fewer than {least} did it.")
NEARLY_ALL_DONE = pgettext("result", "All or nearly all who answered did it.")
FEW_ASKED = _("So few were asked that we show no number.")
SENTENCES = pgettext("sentences", "{first} {second}")


@dataclass(frozen=True, slots=True)
class Result:
    """The numbers of a result that may be told; None where one would be about fewer than five."""

    asked: int | None
    answered: int | None
    done: int | None


def shown_result(numbers: Mapping[str, int] | None) -> Result:
    """Return the numbers that may be told: neither they nor their differences are below five."""
    asked, answered, done = ((numbers or {}).get(name, 0) for name in ("asked", "answered", "done"))
    is_asked = asked >= LEAST
    is_answered = is_asked and min(answered, asked - answered) >= LEAST
    is_done = is_asked and min(done, answered - done) >= LEAST
    return Result(
        asked if is_asked else None,
        answered if is_answered else None,
        done if is_done else None,
    )


def result_words(numbers: Mapping[str, int] | None) -> Text:
    """Return how many answered and how many did it, in words where a number would be too small."""
    shown, whole = shown_result(numbers), numbers or {}
    if shown.asked is None:
        return FEW_ASKED
    answered, done = whole.get("answered", 0), whole.get("done", 0)
    first = RESULT if shown.answered is not None else NEARLY_ALL_ANSWERED
    if answered < LEAST:
        return FEW_ANSWERED.with_(least=LEAST, asked=shown.asked)
    second = DONE if shown.done is not None else NEARLY_ALL_DONE if done >= LEAST else FEW_DONE
    return SENTENCES.with_(
        first=first.with_(answered=answered, asked=shown.asked),
        second=second.with_(done=done, least=LEAST),
    )
