"""Sample the stack of a process every 1 ms of CPU, to show where it spends its CPU.

A tracing profiler slows down calls and so overrates small functions; a sample costs almost
nothing. Time within C counts for the Python line that calls it. Only the main thread is
sampled.
"""

from __future__ import annotations

import signal
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Self

import greenlet

EVERY = 0.001  # seconds of CPU
FOREIGN = "site-packages"
ROOT = str(Path(__file__).parents[1])


class Sampler:
    """A context manager that takes samples and writes them to *file*."""

    def __init__(self, file: str) -> None:
        """Prepare to write to *file* at the end."""
        self._file = file
        self._own: Counter[str] = Counter()
        self._whole: Counter[str] = Counter()
        self._rooms: Counter[str] = Counter()
        self._taken = 0

    def __enter__(self) -> Self:
        """Start sampling; SIGUSR1 discards the samples so far, such as those of a warm-up."""
        signal.signal(signal.SIGPROF, self._sample)
        signal.signal(signal.SIGUSR1, self._forget)
        signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)
        return self

    def _forget(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        for counted in (self._own, self._whole, self._rooms):
            counted.clear()
        self._taken = 0

    def _sample(self, number: int, frame: FrameType | None) -> None:
        del number
        stack = list(_stack(frame))
        if not stack:
            return
        self._taken += 1
        self._own[stack[0]] += 1
        self._whole.update(set(stack))
        self._rooms[_room(stack[0])] += 1

    def __exit__(self, *_how: object) -> None:
        """Write the profile: libraries, functions by own time, functions by cumulative time."""
        signal.setitimer(signal.ITIMER_PROF, 0)
        parts = [f"{self._taken} samples of {EVERY * 1000:.0f} ms of CPU"]
        for title, counted, most in (
            ("By library, own time", self._rooms, 25),
            ("By function, own time", self._own, 40),
            ("By function, with all beneath", self._whole, 150),
        ):
            parts += ["", f"{title}:"]
            parts += [
                f"{count / max(self._taken, 1):7.1%}  {what}"
                for what, count in counted.most_common(most)
            ]
        Path(self._file).write_text("\n".join(parts) + "\n")
        sys.stderr.write(f"profile in {self._file}\n")


def _stack(frame: FrameType | None) -> Iterator[str]:
    """Yield the functions of a stack, the innermost first, across SQLAlchemy's greenlets."""
    stack = greenlet.getcurrent()
    while frame is not None or stack.parent is not None:
        if frame is None:
            stack = stack.parent
            frame = stack.gr_frame
            continue
        code = frame.f_code
        yield f"{_short(code.co_filename)}:{code.co_qualname}"
        frame = frame.f_back


def _short(path: str) -> str:
    """Return a file's path within its library or within the project."""
    _before, found, after = path.partition(FOREIGN + "/")
    if found:
        return after
    if path.startswith(ROOT):
        return path[len(ROOT) + 1 :]
    return "/".join(path.split("/")[-2:])


def _room(named: str) -> str:
    """Return the library of a function; for our own functions, the package."""
    parts = named.split("/")
    ours = parts[0] in ("bot", "flows", "handlers")
    return "/".join(parts[:2]).partition(":")[0] if ours else parts[0].partition(":")[0]
