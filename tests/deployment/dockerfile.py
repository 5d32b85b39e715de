"""Parse the Dockerfile, and run its build stage in a folder without a container engine."""

from __future__ import annotations

import fnmatch
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
_OF_THE_IMAGE = re.compile(r"(?<![\w.])/(?:app|src|town)\b")  # paths of the image itself


@dataclass(frozen=True, slots=True)
class Step:
    """One instruction with its arguments."""

    name: str
    told: str


def steps(file: Path = ROOT / "Dockerfile") -> list[Step]:
    """Return the instructions in their order."""
    lines = (line for line in file.read_text().splitlines() if not line.startswith("#"))
    whole = "\n".join(lines).replace("\\\n", " ")
    found = (line.partition(" ") for line in whole.splitlines() if line.strip())
    return [Step(name, " ".join(told.split())) for name, _space, told in found]


def stages() -> list[list[Step]]:
    """Return the instructions of each stage."""
    found: list[list[Step]] = []
    for step in steps():
        if step.name == "FROM":
            found.append([])
        found[-1].append(step)
    return found


def told(name: str) -> str:
    """Return the arguments of the last stage's only instruction *name*."""
    (found,) = [step.told for step in stages()[-1] if step.name == name]
    return found


def environment() -> dict[str, str]:
    """Return the environment variables that the last stage sets."""
    return dict(re.findall(r"(\w+)=(\S+)", told("ENV")))


def sent(root: Path = ROOT) -> Iterator[Path]:
    """Yield the files that .dockerignore sends to the builder."""
    rules = [
        (line.removeprefix("!"), line.startswith("!"))
        for line in (root / ".dockerignore").read_text().splitlines()
        if line and not line.startswith("#")
    ]
    tops = (top for top in root.iterdir() if _through(top.name, rules))
    for file in (file for top in tops for file in (top, *top.rglob("*"))):
        if file.is_file() and _through(file.relative_to(root).as_posix(), rules):
            yield file


def _through(path: str, rules: list[tuple[str, bool]]) -> bool:
    """Return whether the last rule that matches a path includes it."""
    return [takes for rule, takes in [("*", True), *rules] if _falls_under(path, rule)][-1]


def _falls_under(path: str, rule: str) -> bool:
    """Return whether a rule matches a path or one of its folders."""
    parts = path.split("/")
    folders = ["/".join(parts[: n + 1]) for n in range(len(parts))]
    if rule.startswith("**/"):
        return any(fnmatch.fnmatch(part, rule.removeprefix("**/")) for part in parts)
    return any(fnmatch.fnmatch(folder, rule) for folder in folders if "/" not in folder)


def build(folder: Path) -> None:
    """Run the first stage, with *folder* as the container's root directory.

    Raise `ValueError` for an instruction other than WORKDIR, COPY and RUN.
    """
    place = folder
    for step in stages()[0][1:]:
        said = _OF_THE_IMAGE.sub(lambda found: f"{folder}{found[0]}", step.told)
        match step.name:
            case "WORKDIR":
                place = Path(said)
                place.mkdir(parents=True)
            case "COPY":
                _copy(said.split(), place)
            case "RUN":
                subprocess.run(["/bin/sh", "-ec", said], cwd=place, check=True, env=_bare())  # noqa: S603 - our own file's words
            case _:
                message = f"nobody knows how to do this without an engine: {step.name}"
                raise ValueError(message)


def _bare() -> dict[str, str]:
    """Return the environment without our settings, which the build must not need."""
    return {name: value for name, value in os.environ.items() if not name.startswith("BROBYGGER_")}


def _copy(named: list[str], place: Path) -> None:
    *sources, target = named
    for file in sent():
        path = file.relative_to(ROOT)
        for source in sources:
            if path.as_posix() == source or path.is_relative_to(source):
                to = place / target / path.relative_to(source if path.as_posix() != source else ".")
                to.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, to)
