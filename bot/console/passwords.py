"""Hash and verify passwords with argon2, in threads and at most two at a time."""

from __future__ import annotations

import asyncio
import base64
import secrets
import unicodedata
from dataclasses import dataclass, field

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import ARGON2_VERSION

AT_ONCE = 2  # each hash takes 64 MB and one core


@dataclass(frozen=True, slots=True)
class Passwords:
    """Hash and verify passwords.

    A user without a hash is verified against a dummy hash, so that an unknown
    username takes as long as a known one.
    """

    hasher: PasswordHasher = field(default_factory=PasswordHasher)
    _turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    _nobody: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Build a dummy hash, so that verifying an unknown user takes as long."""
        object.__setattr__(self, "_nobody", _drawn(self.hasher))

    async def hashed(self, password: str) -> str:
        """Return the hash of *password* to store."""
        async with self._turns:
            return await asyncio.to_thread(self.hasher.hash, _same(password))

    async def fits(self, kept: str | None, password: str) -> bool:
        """Return whether *password* matches the hash *kept*; False where *kept* is None."""
        async with self._turns:
            return await asyncio.to_thread(self._fits, kept, _same(password))

    def _fits(self, kept: str | None, password: str) -> bool:
        try:
            fits = self.hasher.verify(kept or self._nobody, password)
        except (VerificationError, InvalidHashError):
            return False
        return fits and kept is not None

    async def stronger(self, kept: str | None, password: str) -> str | None:
        """Return a new hash where *kept* has outdated parameters; else None."""
        if kept is None or not self.hasher.check_needs_rehash(kept):
            return None
        return await self.hashed(password)


def _drawn(hasher: PasswordHasher) -> str:
    """Return a random hash with the parameters of *hasher*; no known password matches it."""
    salt, digest = (
        base64.b64encode(secrets.token_bytes(length)).decode().rstrip("=")
        for length in (hasher.salt_len, hasher.hash_len)
    )
    costs = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    return f"$argon2{hasher.type.name.lower()}$v={ARGON2_VERSION}${costs}${salt}${digest}"


def _same(password: str) -> str:
    """Return *password* in the Unicode form NFKC: å may be typed as one character or two."""
    return unicodedata.normalize("NFKC", password)
