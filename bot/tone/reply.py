"""Find faults in a reply that staff are about to send (DOMAIN row 9, row 5, HR-5, HR-12).

A refusal needs a reason and a next step. A reply must not mock the citizen, talk down to them
or send them away. A promise needs a date. A decision belongs in Digital Post. Each fault has
its position and advice. A plain yes needs nothing, and a question is never a refusal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.i18n import Text, _
from bot.tone import refusal_phrases as refusal
from bot.tone import reply_phrases as said
from bot.tone.lix import HARDEST, LONGEST_SENTENCE, lix
from bot.tone.reading import Phrases, Sentence, read


class IssueKind(StrEnum):
    """Kinds of faults."""

    CPR = "cpr"
    RIDICULE = "ridicule"
    PASSING_ON = "passing_on"
    NO_REASON = "refusal_without_reason"
    NO_STEP = "refusal_without_next_step"
    NO_DATE = "no_date"
    PATRONISING = "patronising"
    DECISION = "decision"
    HARD = "hard_to_read"


class Outcome(StrEnum):
    """The consequence of a fault for sending."""

    BLOCKED = "blocked"  # cannot be sent
    REASON = "reason"  # must be edited, or sent with a leader's reason, which is logged
    CONFIRM = "confirm"  # staff must confirm once
    HINT = "hint"  # shown only


@dataclass(frozen=True, slots=True)
class ReplyIssue:
    """A fault: its kind, its position in the text, and advice."""

    kind: IssueKind
    start: int
    end: int
    outcome: Outcome
    why: Text
    rewrite: Text | None = None  # a suggested wording


@dataclass(frozen=True, slots=True)
class _Verdict:
    """The consequence and the advice for a kind of fault."""

    outcome: Outcome
    why: Text
    rewrite: Text | None = None


_VERDICTS = {
    IssueKind.CPR: _Verdict(
        Outcome.BLOCKED,
        _("This looks like a CPR number. Take it out, and write in Digital Post instead."),
    ),
    IssueKind.RIDICULE: _Verdict(
        Outcome.BLOCKED,
        _("This can be read as if we laugh at the citizen. Take it out."),
    ),
    IssueKind.PASSING_ON: _Verdict(
        Outcome.BLOCKED,
        _("This sends the citizen away. Name the place and its number, or offer to pass it on."),
        _("This is a matter for […] Their number is […] May I send your question to them?"),
    ),
    IssueKind.NO_REASON: _Verdict(
        Outcome.BLOCKED,
        _("This is a no without a reason. Write why, in one sentence."),
    ),
    IssueKind.NO_STEP: _Verdict(
        Outcome.BLOCKED,
        _("This is a no without a way on. Write what the citizen can do now, or whom to ask."),
    ),
    IssueKind.NO_DATE: _Verdict(
        Outcome.BLOCKED,
        _("This is a promise without a date. Write the weekday and the date."),
        _("You will hear from me by […]"),
    ),
    IssueKind.DECISION: _Verdict(Outcome.CONFIRM, _("Is it a decision? Send it in Digital Post.")),
    IssueKind.HARD: _Verdict(
        Outcome.HINT,
        _("This is hard to read. Try shorter sentences and shorter words."),
    ),
}
_DOWN = _("This can be read as talking down. Write it as to a colleague.")
_PATRONISING = (
    (said.TOLD_BEFORE, _("We explained it too briefly. I will try again:")),
    (said.SHOULD_KNOW, _("This can be hard to find out. Here is how:")),
    (said.NAMES, None),
    (said.SCOLDING, _("I understand that this matters to you. This is what happens now:")),
)
_TALKING_DOWN = tuple(
    (Phrases(listed), _Verdict(Outcome.REASON, _DOWN, rewrite)) for listed, rewrite in _PATRONISING
)
_HASTE, _VAGUE, _FAREWELL = (Phrases(each) for each in (said.HASTE, said.VAGUE, said.FAREWELL))
_DATES, _RIDICULE, _TELLS = (Phrases(each) for each in (said.DATES, said.RIDICULE, said.TELLS))
_IF = Phrases(("hvis|if",))
_NEVER, _ELSEWHERE = Phrases(said.NEVER), Phrases(said.ELSEWHERE)
_NOT_US, _PLACES, _FORWARDS = (Phrases(each) for each in (said.NOT_US, said.PLACES, said.FORWARDS))
_DECISION, _REFUSED = Phrases(said.DECISION), Phrases(refusal.REFUSED)
_REFUSAL = Phrases(refusal.REFUSAL, refusal.CLASSES)
_NO_REFUSAL, _NO_FIRST = Phrases(refusal.NO_REFUSAL), Phrases(refusal.NO_FIRST)
_REASONS, _STEPS, _POLITE = (
    Phrases(each) for each in (refusal.REASONS, refusal.STEPS, refusal.POLITE)
)
_TELLING = 3  # words, at least, of a sentence that gives a reason


def reply_issues(text: str) -> tuple[ReplyIssue, ...]:
    """Return the faults of *text* by position; CPR numbers are not searched for."""
    sentences = read(text)
    found = [
        *(fault for each in sentences for fault in _in_sentence(each)),
        *_promises(sentences),
        *_passing_on(sentences),
        *_refusals(sentences),
        *_hard(text, sentences),
    ]
    return tuple(sorted(found, key=lambda fault: (fault.start, fault.end, fault.kind)))


def cpr_fault(start: int, end: int) -> ReplyIssue:
    """Return the fault for a CPR number that the caller found at this position."""
    return _fault(IssueKind.CPR, (start, end))


def _fault(kind: IssueKind, span: tuple[int, int], verdict: _Verdict | None = None) -> ReplyIssue:
    """Return a fault with *verdict*, or with the verdict of its kind."""
    verdict = verdict or _VERDICTS[kind]
    return ReplyIssue(kind, *span, verdict.outcome, verdict.why, verdict.rewrite)


def _in_sentence(sentence: Sentence) -> Iterator[ReplyIssue]:
    """Yield the faults that show in a single sentence."""
    if span := sentence.find(_RIDICULE):
        yield _fault(IssueKind.RIDICULE, span)
    for listed, verdict in _TALKING_DOWN:
        if span := sentence.find(listed):
            yield _fault(IssueKind.PATRONISING, span, verdict)
            break
    if (span := _decides(sentence)) is not None:
        yield _fault(IssueKind.DECISION, span)


def _decides(sentence: Sentence) -> tuple[int, int] | None:
    """Return the position of a decision in a sentence; None where it only reports one."""
    if sentence.asks or sentence.find(_TELLS):
        return None
    return sentence.find(_DECISION)


def _promises(sentences: Sequence[Sentence]) -> Iterator[ReplyIssue]:
    """Yield promises without a date in their own or the next sentence."""
    for at, sentence in enumerate(sentences):
        span = sentence.find(_HASTE)
        if span is None and not any(sentence.find(each) for each in (_FAREWELL, _IF)):
            dated = any(each.find(_DATES) for each in sentences[at : at + 2])
            span = None if dated or sentence.asks else sentence.find(_VAGUE)
        if span is not None:
            yield _fault(IssueKind.NO_DATE, span)


def _passing_on(sentences: Sequence[Sentence]) -> Iterator[ReplyIssue]:
    """Yield sentences that send the citizen away without naming a place."""
    named = any(each.find(_PLACES) or each.find(_FORWARDS) for each in sentences)
    for sentence in sentences:
        span = sentence.find(_NEVER)
        if span is None and not named:
            span = _points_away(sentence)
        if span is not None:
            yield _fault(IssueKind.PASSING_ON, span)


def _points_away(sentence: Sentence) -> tuple[int, int] | None:
    """Return where a sentence calls us not responsible or names no specific place, or None."""
    return None if sentence.asks else sentence.find(_ELSEWHERE) or sentence.find(_NOT_US)


def _refusals(sentences: Sequence[Sentence]) -> Iterator[ReplyIssue]:
    """Yield the faults of the first refusal: no reason, no next step."""
    first = next((at for at, each in enumerate(sentences) if _refuses(each)), None)
    if first is None:
        return
    span = sentences[first].span
    if not _has_reason(sentences, first):
        yield _fault(IssueKind.NO_REASON, span)
    if not _has_step(sentences, first):
        yield _fault(IssueKind.NO_STEP, span)


def _refuses(sentence: Sentence) -> bool:
    """Return whether a sentence refuses a request."""
    if sentence.asks or _points_away(sentence) or sentence.find(_NO_REFUSAL):
        return False
    if sentence.find(_REFUSED):
        return not sentence.find(_TELLS)
    if sentence.find(_NO_FIRST) and _matches(_REASONS, sentence):
        return True
    return sentence.find(_REFUSAL) is not None


def _has_reason(sentences: Sequence[Sentence], first: int) -> bool:
    """Return whether a reason is given, by a phrase or by a sentence after the refusal."""
    if any(_matches(_REASONS, each) for each in sentences):
        return True
    return any(_explains(each) for each in sentences[first + 1 :])


def _explains(sentence: Sentence) -> bool:
    """Return whether a sentence after a refusal explains, and is not only a courtesy or offer."""
    idle = (_POLITE, _RIDICULE, _VAGUE, _HASTE, *(listed for listed, _said in _TALKING_DOWN))
    return (
        len(sentence.words) >= _TELLING
        and not sentence.asks
        and not _matches(_STEPS, sentence)
        and not _refuses(sentence)
        and not _points_away(sentence)
        and not any(sentence.find(each) for each in idle)
    )


def _has_step(sentences: Sequence[Sentence], first: int) -> bool:
    """Return whether a reply has a next step; a question before the refusal does not count."""
    return any(
        _matches(_STEPS, each)
        for at, each in enumerate(sentences)
        if not (at < first and each.asks) and not _points_away(each)
    )


def _matches(listed: Phrases, sentence: Sentence) -> bool:
    """Return whether a phrase matches, with or without commas."""
    return bool(listed.search(sentence.line) or listed.search(sentence.with_commas))


def _hard(text: str, sentences: Iterable[Sentence]) -> Iterator[ReplyIssue]:
    """Yield sentences of over 25 words, or else the whole text if its LIX is over 40."""
    long = [each for each in sentences if len(each.words) > LONGEST_SENTENCE]
    for sentence in long:
        yield _fault(IssueKind.HARD, sentence.span)
    if not long and lix(text) > HARDEST:
        yield _fault(IssueKind.HARD, (0, len(text)))
