"""Learn from examples how much each term speaks for each answer.

It is multinomial logistic regression by plain gradient steps: small enough to
learn a town's FAQ while the process starts, with nothing but the standard library.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

Features = Mapping[str, float]
Weights = Mapping[str, Mapping[str, float]]

ROUNDS = 4
STEP = 4.0
# Answers this improbable are not worth a step, and examples known this well not another look.
LITTLE = 0.05
# Examples are visited in a fixed, scattered order, so that the same texts always teach the same.
STRIDE = 7919


def learn(examples: Sequence[tuple[str, Features]]) -> Weights:
    """Return for each feature how much it speaks for and against each label."""
    labels = sorted({label for label, _ in examples})
    weights: dict[str, dict[str, float]] = defaultdict(dict)
    unsure = scattered(len(examples))
    for round_ in range(ROUNDS):
        step = STEP / (1 + round_ / 2)
        visited, unsure = unsure, []
        for at in visited:
            label, features = examples[at]
            shares = probabilities(weights, features, labels)
            if shares[label] < 1 - LITTLE:
                unsure.append(at)
                _step(weights, features, label, shares, step)
    return weights


def probabilities(weights: Weights, features: Features, labels: Sequence[str]) -> dict[str, float]:
    """Return how probable each label is for *features*; together they make one."""
    scores = dict.fromkeys(labels, 0.0)
    for name, value in features.items():
        for label, weight in weights.get(name, {}).items():
            scores[label] += weight * value
    highest = max(scores.values())
    odds = {label: math.exp(score - highest) for label, score in scores.items()}
    total = sum(odds.values())
    return {label: each / total for label, each in odds.items()}


def scattered(count: int) -> list[int]:
    """Return the numbers below *count* in a fixed order without neighbours."""
    stride = STRIDE if count % STRIDE else 1
    return [at * stride % count for at in range(count)]


def _step(
    weights: dict[str, dict[str, float]],
    features: Features,
    label: str,
    shares: Mapping[str, float],
    step: float,
) -> None:
    change = {each: -step * share for each, share in shares.items() if share > LITTLE}
    change[label] = step * (1 - shares[label])
    for name, value in features.items():
        known = weights[name]
        for each, amount in change.items():
            known[each] = known.get(each, 0.0) + amount * value
