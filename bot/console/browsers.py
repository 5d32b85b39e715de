"""Names of browsers and devices, for the list of a user's sessions."""

from __future__ import annotations

from collections.abc import Mapping

from bot.i18n import Text, _

# A browser's User-Agent also contains marks further down, so the first match is the browser.
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
    """Return the name of the browser and device with the User-Agent *about*."""
    program = next((name for mark, name in PROGRAMS.items() if mark in about), None)
    machine = next((name for mark, name in MACHINES.items() if mark in about), None)
    if program and machine:
        return _("{program} on {machine}").with_(program=program, machine=machine)
    return _("A browser we do not know")
