"""The alerts that Prometheus would fire for a process's metrics, according to promtool."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

FILE = Path(__file__).parents[1] / "docs" / "prometheus.rules.yml"
RULES = {
    rule["alert"]: rule
    for group in yaml.safe_load(FILE.read_text())["groups"]
    for rule in group["rules"]
}
BEFORE = 120  # minutes of Prometheus' time before the first sample, so that 0 is long ago
ASKED = {name for rule in RULES.values() for name in re.findall(r"\b[a-z_]+\b", rule["expr"])}
Series = dict[str, float]


def series_of(metrics: str, now: float) -> Series:
    """Parse /metrics. Points in time become seconds relative to *now*, or 0 for never."""
    found = {'up{job="brobygger"}': 1.0}
    for family in text_string_to_metric_families(metrics):
        for sample in family.samples:
            labels = ",".join(f'{k}="{v}"' for k, v in sample.labels.items())
            name = f"{sample.name}{{{labels}}}" if labels else sample.name
            moment = sample.name.endswith("_seen_seconds") or "_error_seconds" in sample.name
            found[name] = sample.value - now if moment and sample.value else sample.value
    return found


def _written(name: str, value: float, minutes: int) -> dict[str, str]:
    """Return a series that keeps its value for *minutes*."""
    moment = "_seen_seconds" in name or "_error_seconds" in name
    shown = value + BEFORE * 60 if moment and value else value
    return {"series": name, "values": f"_x{BEFORE} {shown:f}x{minutes}"}


def assert_rings(series: Series, *expected: str, minutes: int = 12) -> None:
    """Assert that exactly the alerts *expected* fire after *minutes* of these values."""
    promtool = shutil.which("promtool")
    if promtool is None:
        pytest.skip("promtool is not installed (Debian: prometheus)")
    tests: list[dict[str, Any]] = []
    for name, rule in RULES.items():
        rings = {"exp_labels": rule["labels"], "exp_annotations": rule["annotations"]}
        tests.append(
            {
                "eval_time": f"{BEFORE + minutes}m",
                "alertname": name,
                "exp_alerts": [rings] if name in expected else [],
            }
        )
    asked = {
        "rule_files": [str(FILE)],
        "evaluation_interval": "1m",
        "tests": [
            {
                "interval": "1m",
                "input_series": [
                    _written(name, value, minutes)
                    for name, value in series.items()
                    if name.partition("{")[0] in ASKED
                ],
                "alert_rule_test": tests,
            }
        ],
    }
    done = subprocess.run(  # noqa: S603 - our own words
        [promtool, "test", "rules", "/dev/stdin"],
        input=yaml.safe_dump(asked),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
