"""Being the only process that has a role."""

from __future__ import annotations

from bot.store.singleton import Singleton
from bot.store.store import Store


class Turn:
    """A role that is taken when it is free, and looked after before every batch.

    *fresh* is true from when the role was taken until whoever works in it has
    found its feet and says so by setting it false.
    """

    def __init__(self, store: Store, role: str) -> None:
        """Take *role* when first asked."""
        self._store = store
        self._role = role
        self._lock: Singleton | None = None
        self.fresh = False

    async def mine(self) -> bool:
        """Tell whether the role is ours, taking it where nobody has it."""
        if self._lock is not None and await self._lock.held():
            return True
        await self.release()
        self._lock = await self._store.singleton(self._role)
        self.fresh = self._lock is not None
        return self.fresh

    async def release(self) -> None:
        """Let another have it."""
        lock, self._lock = self._lock, None
        if lock is not None:
            await lock.release()
