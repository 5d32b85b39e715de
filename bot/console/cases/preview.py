"""Preview of a message by staff: as Telegram will show it, with the faults found in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from bot.engine.effects import Send
from bot.i18n import Text, render
from bot.redact.cpr import find_cpr_numbers
from bot.runner.renderer import Renderer
from bot.service.cases.wording import left_in
from bot.tone.reply import Outcome, ReplyIssue, cpr_fault, reply_issues
from bot.transport.render import split


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message in the chat; *rows* are the labels of the buttons under it."""

    words: Markup
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """A fault in a piece of the text. *rewrite* is a suggested replacement."""

    start: int
    end: int
    words: str
    outcome: Outcome
    why: Text
    rewrite: str | None = None

    @property
    def stops(self) -> bool:
        """Return whether the fault prevents sending."""
        return self.outcome is Outcome.BLOCKED


@dataclass(frozen=True, slots=True)
class Preview:
    """The bubbles and remarks shown of a text before it is sent."""

    bubbles: tuple[Bubble, ...]
    remarks: tuple[Remark, ...]

    @property
    def asks(self) -> bool:
        """Return whether the writer must confirm that the text is no decision (HR-5)."""
        return any(remark.outcome is Outcome.CONFIRM for remark in self.remarks)

    @property
    def wants_reason(self) -> bool:
        """Return whether only a leader may send the text unchanged, with a reason."""
        return any(remark.outcome is Outcome.REASON for remark in self.remarks)


def preview(send: Send | None, words: str, renderer: Renderer) -> Preview:
    """Return the preview of *words*; no bubbles where *send* is None (the citizen has no chat)."""
    return Preview(
        bubbles(send, renderer) if send else (), tuple(remarks(words, renderer.language))
    )


def bubbles(send: Send, renderer: Renderer) -> tuple[Bubble, ...]:
    """Return the bubbles of a message: several where it is too long for one, buttons last."""
    parts = [Markup(part) for part in split(renderer.render(send.text))]  # noqa: S704 - rendered, so escaped
    rows = tuple(tuple(label for label, _data in row) for row in renderer.laid(send.buttons))
    return (*map(Bubble, parts[:-1]), Bubble(parts[-1], rows))


def remarks(words: str, language: str) -> Iterable[Remark]:
    """Yield the faults in a text, with replacements in the citizen's *language*."""
    numbers = [cpr_fault(one.start, one.end) for one in find_cpr_numbers(words)]
    for fault in sorted([*numbers, *reply_issues(words)], key=lambda fault: fault.start):
        yield _remark(fault, words, language)
    if (left := next(left_in(words), None)) is not None:
        piece = words[left.start : left.end]
        yield Remark(left.start, left.end, piece, Outcome.BLOCKED, left.why)


def _remark(fault: ReplyIssue, words: str, language: str) -> Remark:
    """Return the remark for *fault*; it includes a comma after it if the rewrite ends in a mark."""
    piece = words[fault.start : fault.end]
    if fault.rewrite is None:
        return Remark(fault.start, fault.end, piece, fault.outcome, fault.why)
    rewrite = render(fault.rewrite, language, escape=str)
    end = fault.end + (words[fault.end : fault.end + 1] == "," and not rewrite[-1].isalnum())
    return Remark(fault.start, end, piece, fault.outcome, fault.why, rewrite)


def rewritten(words: str, remark: Remark) -> str:
    """Return *words* with the rewrite of *remark* in place of its piece."""
    return words[: remark.start] + (remark.rewrite or "") + words[remark.end :]
