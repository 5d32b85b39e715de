"""Measure how the FAQ answers the labelled questions in this folder.

    python benchmarks/faq/run.py [--content FILE]      (where Brobygger is installed)

It prints, for both halves and each language,

- precision: of the questions that were answered, how many got the right entry.
  An answer to a question that no entry answers is a wrong one;
- coverage: of the questions that have an entry, how many were answered right,

then, for the tuning half only, both figures over thresholds, and the errors. The report
half is only for these figures: its questions are never printed, and no parameter is set by
them. The target on it is a precision of 0.97 at a coverage of 0.70 or more. The output ends
with the times to build the index and to find an entry.

How blind the report half is: its questions were never looked at, but its figures were seen
three times. The first time they were 0.969 at 0.741, with two wrong answers in English.
After that, examples of unanswered questions were added in both languages and two parameters
were changed, based on the tuning half only. So the later figures are slightly too good.

The threshold in `bot/search/index.py` is set on the tuning half and on the content's own
phrasings, each left out in turn (`--held-out` prints that). A test ensures that no phrasing
in the content is a question of the set.
"""

from __future__ import annotations

import argparse
import time
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.model.town import Town
from bot.search import ANSWER_FROM, Index
from bot.service.content import read_town
from bot.service.faq import documents_of

QUESTIONS = Path(__file__).with_name("questions.toml")
NONE = "none"
THRESHOLDS = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)
FOLDS = 8


@dataclass(frozen=True, slots=True)
class Question:
    """One labelled question; *expect* is the entry that answers it, or "none"."""

    half: str
    language: str
    text: str
    expect: str


@dataclass(frozen=True, slots=True)
class Guess:
    """The index's best entry for a question, before any threshold."""

    question: Question
    id: str
    score: float

    def right(self) -> bool:
        """Return whether the guess is the expected entry."""
        return self.id == self.question.expect


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="Measure the FAQ.")
    parser.add_argument("--content", type=Path, help="a town's content file; Klintsund's otherwise")
    parser.add_argument("--held-out", action="store_true", help="judge the phrasings by each other")
    options = parser.parse_args()
    town = read_town(options.content)
    start = time.perf_counter()
    index = build(town)
    built = time.perf_counter()
    guesses = [guess(index, each) for each in read_questions()]
    found = time.perf_counter()
    print_halves(guesses)
    tune = [each for each in guesses if each.question.half == "tune"]
    print_thresholds("tune", tune)
    print_confusions(tune)
    if options.held_out:
        print_thresholds("held-out phrasings", held_out(town))
    finding = (found - built) / len(guesses)
    print(f"\nbuild {(built - start) * 1000:.0f} ms, find {finding * 1000:.2f} ms")


def read_questions() -> list[Question]:
    """Read the labelled set."""
    rows = tomllib.loads(QUESTIONS.read_text(encoding="utf-8"))["question"]
    return [Question(row["half"], row["language"], row["text"], row["expect"]) for row in rows]


def build(town: Town) -> Index:
    """Return the index of a town's FAQ."""
    documents = [document for entry in town.faq for document in documents_of(entry)]
    return Index(documents, town.unanswered)


def guess(index: Index, question: Question) -> Guess:
    """Return the index's guess; without any entry it is "none" with score 0."""
    hit = index.guess(question.text, question.language)
    return Guess(question, hit.id, hit.score) if hit else Guess(question, NONE, 0.0)


def held_out(town: Town) -> list[Guess]:
    """Return guesses for each phrasing from an index built without it (cross-validation)."""
    guesses: list[Guess] = []
    for fold in range(FOLDS):
        held: list[Question] = []

        def keep(
            texts: Sequence[str],
            language: str,
            expect: str,
            held: list[Question] = held,
            fold: int = fold,
        ) -> tuple[str, ...]:
            held.extend(Question("", language, text, expect) for text in texts[fold::FOLDS])
            return tuple(text for at, text in enumerate(texts) if at % FOLDS != fold)

        entries = tuple(
            replace(
                entry,
                texts={
                    language: replace(text, phrasings=keep(text.phrasings, language, entry.id))
                    for language, text in entry.texts.items()
                },
            )
            for entry in town.faq
        )
        unanswered = {each: keep(texts, each, NONE) for each, texts in town.unanswered.items()}
        index = build(replace(town, faq=entries, unanswered=unanswered))
        guesses += [guess(index, question) for question in held]
    return guesses


def figures(guesses: Iterable[Guess], threshold: float) -> tuple[int, int, float, float]:
    """Return the number of answers, the number of wrong ones, precision and coverage."""
    listed = list(guesses)
    answered = [each for each in listed if each.score >= threshold]
    right = sum(each.right() for each in answered)
    answerable = sum(each.question.expect != NONE for each in listed)
    return (
        len(answered),
        len(answered) - right,
        right / max(1, len(answered)),
        right / max(1, answerable),
    )


def print_halves(guesses: Sequence[Guess]) -> None:
    """Print the figures of both halves at the bot's threshold."""
    print(f"threshold {ANSWER_FROM}\n")
    print("half    language  asked  answered  wrong  precision  coverage")
    for half in ("tune", "report"):
        for language in ("da", "en", "both"):
            chosen = [
                each
                for each in guesses
                if each.question.half == half and language in (each.question.language, "both")
            ]
            answered, wrong, precision, coverage = figures(chosen, ANSWER_FROM)
            print(
                f"{half:7} {language:8} {len(chosen):6} {answered:9} {wrong:6}"
                f" {precision:10.3f} {coverage:9.3f}"
            )


def print_thresholds(name: str, guesses: Sequence[Guess]) -> None:
    """Print precision and coverage over thresholds."""
    print(f"\n{name}: threshold  answered  wrong  precision  coverage")
    for threshold in THRESHOLDS:
        answered, wrong, precision, coverage = figures(guesses, threshold)
        print(
            f"{'':{len(name)}}  {threshold:9} {answered:9} {wrong:6}"
            f" {precision:10.3f} {coverage:9.3f}"
        )


def print_confusions(guesses: Sequence[Guess]) -> None:
    """Print the wrong answers and the unanswered questions of the tuning half."""
    print("\ntune: score  expected  guessed  question")
    for each in sorted(guesses, key=lambda each: -each.score):
        missed = each.score < ANSWER_FROM and each.question.expect != NONE
        wrong = each.score >= ANSWER_FROM and not each.right()
        if missed or wrong:
            print(
                f"{each.score:11.2f}  {each.question.expect:8}  {each.id:7}  {each.question.text}"
            )


if __name__ == "__main__":
    main()
