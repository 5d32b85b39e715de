"""Passwords: hashed by argon2, away from the loop, and few at a time."""

from __future__ import annotations

import asyncio
import base64
import secrets
import unicodedata
from dataclasses import dataclass, field

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import ARGON2_VERSION

AT_ONCE = 2  # a hash takes 64 MB and a core


@dataclass(frozen=True, slots=True)
class Passwords:
    """Makes hashes and looks at them.

    Whoever has no hash is held against one that nobody knows the password of,
    so that an unknown name takes as long as a known one.
    """

    hasher: PasswordHasher = field(default_factory=PasswordHasher)
    _turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    _nobody: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Write a hash that fits nobody: it is drawn, and takes as long as any to be looked at."""
        object.__setattr__(self, "_nobody", _drawn(self.hasher))

    async def hashed(self, password: str) -> str:
        """Return a hash to keep."""
        async with self._turns:
            return await asyncio.to_thread(self.hasher.hash, _same(password))

    async def fits(self, kept: str | None, password: str) -> bool:
        """Tell whether *password* is the one of the hash *kept*."""
        async with self._turns:
            return await asyncio.to_thread(self._fits, kept, _same(password))

    def _fits(self, kept: str | None, password: str) -> bool:
        try:
            fits = self.hasher.verify(kept or self._nobody, password)
        except (VerificationError, InvalidHashError):
            return False
        return fits and kept is not None

    async def stronger(self, kept: str | None, password: str) -> str | None:
        """Return a new hash where *kept* is weaker than hashes are made today."""
        if kept is None or not self.hasher.check_needs_rehash(kept):
            return None
        return await self.hashed(password)


def _drawn(hasher: PasswordHasher) -> str:
    """Return what a hash of *hasher* looks like, of no password that anybody knows."""
    salt, digest = (
        base64.b64encode(secrets.token_bytes(length)).decode().rstrip("=")
        for length in (hasher.salt_len, hasher.hash_len)
    )
    costs = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    return f"$argon2{hasher.type.name.lower()}$v={ARGON2_VERSION}${costs}${salt}${digest}"


def _same(password: str) -> str:
    """Return the one form of what may be typed in several: ø is one sign or two."""
    return unicodedata.normalize("NFKC", password)
