"""The rules for Prometheus: they parse, use known series, and name a section of the manual."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import dockerfile
import promql_parser as promql
import pytest
import yaml
from prometheus_client.metrics import MetricWrapperBase
from test_documents import anchor

from bot import watch
from bot.app.roles import ROLES
from bot.transport.calls import Result
from bot.transport.condition import Why

OPERATIONS = dockerfile.ROOT / "docs" / "operations.md"
RULES = yaml.safe_load((dockerfile.ROOT / "docs" / "prometheus.rules.yml").read_text())
ALERTS = {rule["alert"]: rule for group in RULES["groups"] for rule in group["rules"]}
OF_PROMETHEUS = {"job", "instance"}  # labels of every series
SUFFIXES = {
    "counter": ("_total",),
    "gauge": ("",),
    "histogram": ("_bucket", "_count", "_sum"),
}


def known() -> dict[str, set[str]]:
    """Return every series of the program with its labels."""
    found = {"up": set(OF_PROMETHEUS)}
    for metric in vars(watch).values():
        if isinstance(metric, MetricWrapperBase):
            for suffix in SUFFIXES[metric._type]:
                found[metric._name + suffix] = {*metric._labelnames, *OF_PROMETHEUS}
    return found


def within(expression: Any) -> Iterator[Any]:
    """Yield an expression and all expressions within it."""
    yield expression
    for name in ("expr", "lhs", "rhs", "vector_selector"):
        if (inner := getattr(expression, name, None)) is not None:
            yield from within(inner)
    args = getattr(expression, "args", None)
    for inner in args or ():
        yield from within(inner)


def selectors(alert: str) -> list[promql.VectorSelector]:
    """Return the selectors of an alert's expression."""
    parts = within(promql.parse(ALERTS[alert]["expr"]))
    return [part for part in parts if isinstance(part, promql.VectorSelector)]


@pytest.mark.parametrize("alert", ALERTS)
def test_it_asks_for_what_there_is(alert: str) -> None:
    """Each series of an alert exists in the program, with its labels."""
    asked = selectors(alert)
    names = re.findall(r"brobygger_\w+|\bup\b", ALERTS[alert]["expr"])
    assert sorted(selector.name for selector in asked) == sorted(names)
    for selector in asked:
        labels = known()[selector.name]
        assert {matcher.name for matcher in selector.matchers.matchers} <= labels
        for by in re.findall(r"by \((\w+)\)", ALERTS[alert]["expr"]):
            assert by in labels


def test_values_are_those_of_the_code() -> None:
    """Label values in the rules are values that the code uses."""
    values = {
        "role": set(ROLES),
        "result": set(Result),
        "why": set(Why),
        "way": {"polling", "webhook"},
        "job": {"brobygger"},
    }
    for alert in ALERTS:
        for selector in selectors(alert):
            for matcher in selector.matchers.matchers:
                assert matcher.value in values[matcher.name]


def test_an_hour_of_silence_rings() -> None:
    """The alert fires after an hour without Telegram, which keeps updates for 24 hours."""
    alert = ALERTS["BrobyggerTelegramSilent"]
    assert alert["expr"].endswith("> 3600")
    assert "for" not in alert


def test_every_metric_that_can_go_wrong_is_asked_for() -> None:
    """Each metric of a fault, an age or a lack is used by an alert."""
    asked = {selector.name for alert in ALERTS for selector in selectors(alert)}
    numbers = {"brobygger_inbox_depth", "brobygger_outbox_depth"}
    turns = {name for name in known() if name.startswith("brobygger_turn")}
    assert asked == set(known()) - numbers - turns


@pytest.mark.parametrize("alert", ALERTS)
def test_it_says_what_to_do(alert: str) -> None:
    """Each alert names an existing section of the operations document that names it."""
    annotations = ALERTS[alert]["annotations"]
    assert annotations["summary"].endswith(".")
    file, _hash, section = annotations["section"].partition("#")
    assert dockerfile.ROOT / file == OPERATIONS
    parts = re.split(r"^#+ (.+)$", OPERATIONS.read_text(), flags=re.MULTILINE)
    told = {anchor(heading): words for heading, words in zip(parts[1::2], parts[2::2], strict=True)}
    assert f"`{alert}`" in told[section]
