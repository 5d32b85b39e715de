"""Learn from examples the weight of each term for each answer.

This is multinomial logistic regression with plain gradient steps. It is fast enough to
learn a town's FAQ while the process starts, and needs only the standard library.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

Features = Mapping[str, float]
Weights = Mapping[str, Mapping[str, float]]

ROUNDS = 4
STEP = 4.0
# Labels less probable than this get no step; examples with a smaller error are not visited again.
LITTLE = 0.05
# Examples are visited in a fixed, scattered order, so that the result is reproducible.
STRIDE = 7919


def learn(examples: Sequence[tuple[str, Features]]) -> Weights:
    """Return the weight of each feature for each label."""
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
    """Return the probability of each label for *features*; the sum is 1."""
    scores = dict.fromkeys(labels, 0.0)
    for name, value in features.items():
        for label, weight in weights.get(name, {}).items():
            scores[label] += weight * value
    highest = max(scores.values())
    odds = {label: math.exp(score - highest) for label, score in scores.items()}
    total = sum(odds.values())
    return {label: each / total for label, each in odds.items()}


def scattered(count: int) -> list[int]:
    """Return the numbers below *count* in a fixed, scattered order."""
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
