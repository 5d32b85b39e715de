"""The address of an HTTP client, directly or behind a trusted proxy."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Network

from aiohttp import web


def client_address(request: web.Request, proxies: Iterable[IPv4Network | IPv6Network]) -> str:
    """Return the client's address: the last of X-Forwarded-For where a trusted proxy sends it."""
    address = request.remote or ""
    passed = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    try:
        asks = ipaddress.ip_address(address)
        by_proxy = any(asks in network for network in proxies)
        return str(ipaddress.ip_address(passed)) if by_proxy and passed else address
    except ValueError:
        return address
