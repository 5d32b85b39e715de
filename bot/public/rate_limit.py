"""The limit on requests from one address, counted in memory and in real time."""

from __future__ import annotations

import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

MOST = 60  # requests from one address in WITHIN
WITHIN = 60.0  # seconds
MOST_ADDRESSES = 10_000  # that are remembered; the earliest is forgotten first
PREFIX = 64  # bits of an IPv6 address that one household has in common


@dataclass(slots=True)
class RateLimit:
    """Counts requests by address in windows of a minute."""

    most: int = MOST
    seconds: Callable[[], float] = time.monotonic
    _windows: OrderedDict[str, tuple[float, int]] = field(default_factory=OrderedDict)

    def wait(self, address: str) -> int:
        """Count a request; return in how many seconds the next is allowed, 0 for this one."""
        key, now = _key(address), self.seconds()
        began, count = self._windows.get(key, (now, 0))
        if now - began >= WITHIN:
            began, count = now, 0
            self._windows.pop(key, None)
        self._windows[key] = (began, count + 1)
        while len(self._windows) > MOST_ADDRESSES:
            self._windows.popitem(last=False)
        return 0 if count < self.most else max(1, math.ceil(began + WITHIN - now))


def _key(address: str) -> str:
    """Return what is counted: an IPv4 address, or the network of an IPv6 address."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:  # noqa: PLR2004 - the version of IP
        return address
    return str(ipaddress.ip_network(f"{address.partition('%')[0]}/{PREFIX}", strict=False))
