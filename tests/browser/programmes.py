"""Start our programs in their own processes, and find the browser for the tests."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from bot.settings import PREFIX, environment

# The headless shell is the same browser without a window, and cheaper.
_KNOWN = (Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium"))
CHROMIUM = next((each for each in _KNOWN if each.exists()), _KNOWN[0])
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
STARTED_WITHIN = 60.0  # seconds
IN_CHROMIUM = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no chromium is installed"),
]


@contextmanager
def started(name: str, first: str = "", said: Path | None = None, **changed: str) -> Iterator[str]:
    """Run one of our programs as a user does, and yield its address.

    *first* is code to run before it, *said* is a file for its output, and *changed* are settings.
    Raise `AssertionError` if it does not serve within 60 seconds, or ends with an error.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    code = f"import sys\n{first}\nfrom bot.cli import main\nsys.exit(main())"
    command = [sys.executable, "-c", code, name, "--port", str(port)]
    environ = {**environment(), **{PREFIX + key: value for key, value in changed.items()}}
    with (said or Path(os.devnull)).open("wb") as out:
        process = subprocess.Popen(  # noqa: S603 - our own command
            command, env=environ, stdout=out, stderr=subprocess.STDOUT
        )
    address = f"http://127.0.0.1:{port}/"
    try:
        _wait_for(address)
        yield address
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)
    assert process.returncode == 0


def _wait_for(address: str) -> None:
    """Wait until *address* is served. Raise `AssertionError` after 60 seconds."""
    until = time.monotonic() + STARTED_WITHIN
    while time.monotonic() < until:
        try:
            with urlopen(address, timeout=2):  # noqa: S310 - our own page
                return
        except URLError:
            time.sleep(0.1)
    raise AssertionError("the programme did not start")
