"""A browser, as its owner would name it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.i18n import Text, _

# Each claims to be those below it as well, so the first that is found is the one.
PROGRAMS: Mapping[str, str] = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "Firefox/": "Firefox",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
}
MACHINES: Mapping[str, str] = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "Linux": "Linux",
}


def browser_of(about: str) -> Text:
    """Name the browser that says *about* of itself."""
    program = next((name for mark, name in PROGRAMS.items() if mark in about), None)
    machine = next((name for mark, name in MACHINES.items() if mark in about), None)
    if program and machine:
        return _("{program} on {machine}").with_(program=program, machine=machine)
    return _("A browser we do not know")
