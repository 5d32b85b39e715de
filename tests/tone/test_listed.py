"""Every alternative of every tone list is found by the function that uses the list."""

from __future__ import annotations

import pytest
from phrases import sentences, spoken

from bot.tone import (
    Feeling,
    IssueKind,
    feeling,
    feeling_da,
    feeling_en,
    feelings,
    refusal_phrases,
    reply_issues,
    reply_phrases,
    waited,
    waiting,
)
from bot.tone.reading import Phrases, line_of, read

LANGUAGES = (feeling_da, feeling_en)
LISTED = {
    name: value
    for module in (reply_phrases, refusal_phrases)
    for name, value in vars(module).items()
    if name.isupper() and isinstance(value, tuple)
}
CLASSES = {"REFUSAL": refusal_phrases.CLASSES, "WAITS": waiting._EITHER}
EVERY = [
    *((name, listed, CLASSES.get(name, {})) for name, listed in LISTED.items()),
    *(
        (name, getattr(each, name), each.CLASSES)
        for each in LANGUAGES
        for name in ("ANGRY", "DISSATISFIED", "CALM", "OTHERS", "OURS")
    ),
    *((name, listed, each.CLASSES) for each in LANGUAGES for name, listed in each.SIGNS.items()),
    *(("WAITS", each.listed, each.classes) for each in waiting._WAITS),
    *(("FORM", each.listed, {}) for each in (feelings._SMILES, feelings._ASKING)),
]
ALTERNATIVES = [
    (name, Phrases((each,), classes)) for name, listed, classes in EVERY for each in listed
]
# The faults of a reply that consists of one sentence from the list.
FAULTS = {
    name: set(kinds)
    for kinds, names in (
        ((IssueKind.RIDICULE,), ("RIDICULE",)),
        ((IssueKind.PATRONISING,), ("TOLD_BEFORE", "SHOULD_KNOW", "NAMES", "SCOLDING")),
        ((IssueKind.NO_DATE,), ("HASTE", "VAGUE")),
        ((IssueKind.PASSING_ON,), ("NEVER", "ELSEWHERE", "NOT_US")),
        ((IssueKind.DECISION,), ("DECISION",)),
        ((IssueKind.NO_REASON, IssueKind.NO_STEP), ("REFUSAL", "REFUSED")),
    )
    for name in names
}


def said(phrases: Phrases) -> list[str]:
    """Return a sentence for each alternative of a phrase."""
    return [spoken(each) for each in sentences(phrases.expand(phrases.listed[0]))]


def stands_in(phrases: Phrases, text: str) -> bool:
    """Return whether a phrase matches a text as one line or in one of its sentences."""
    lines = [line_of(text)]
    lines += [line for each in read(text) for line in (each.line, each.with_commas)]
    return any(phrases.search(line) for line in lines)


def is_found(name: str, text: str) -> bool:
    """Return whether the function behind a list finds it in *text*; True for lists without one."""
    line = line_of(text)
    match name:
        case "ANGRY":  # calm words and words about others outweigh anger
            calm = feelings._found(feelings._CALM, line)
            others = feelings._found(feelings._OTHERS, line)
            return calm or others or feeling(text) is Feeling.ANGRY
        case "DISSATISFIED":
            return feeling(text) is not Feeling.CALM
        case "CALM":
            return feeling(text) is Feeling.CALM
        case "WAITS":
            return waited(text) is not None
    found = {each.kind for each in reply_issues(text)}
    return name not in FAULTS or not FAULTS[name].isdisjoint(found)


@pytest.mark.parametrize(("name", "phrases"), ALTERNATIVES)
def test_every_alternative_is_found(name: str, phrases: Phrases) -> None:
    """An alternative matches alone and in the function that uses its list."""
    texts = said(phrases)
    assert texts
    assert [each for each in texts if not stands_in(phrases, each)] == []
    assert [each for each in texts if not is_found(name, each)] == []
