"""The simulated Telegram: `World.call` is the Bot API, other methods are users' actions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.errors import ApiError
from bot.simulator.attachments import Attachments
from bot.simulator.faults import FaultKind
from bot.simulator.methods import METHODS
from bot.simulator.methods.media import download
from bot.simulator.params import check_params
from bot.simulator.realm import too_many

DOWNLOAD = "download"  # the method name of file downloads for faults
NOTHING: Mapping[str, Any] = {}


class World(Attachments):
    """Bots, users, and the bots' calls, without I/O and with an injected clock."""

    def call(self, token: str, method: str, params: Mapping[str, Any] = NOTHING) -> Any:
        """Execute one method and return its result; raise `ApiError`.

        The faults ERROR and FLOOD take effect here. SLOW, DROP and AWAY need a connection,
        so the interfaces implement them.
        """
        bot = self.bots.get(token)
        if bot is None:
            raise ApiError(401, "Unauthorized")
        spec = METHODS.get(method)
        if spec is None:
            raise ApiError(404, "Not Found: method not found")
        self.calls[method] += 1
        if self.faults:
            self._fail(method, params.get("chat_id"))
        return spec.run(self, bot, check_params(spec.takes, params))

    def download(self, token: str, path: str) -> bytes:
        """Return the bytes of a file for which getFile gave *path*; raise `ApiError`."""
        if token not in self.bots:
            raise ApiError(401, "Unauthorized")
        self.calls[DOWNLOAD] += 1
        if self.faults:
            self._fail(DOWNLOAD, None)
        return download(self, path)

    def _fail(self, method: str, chat_id: object) -> None:
        """Raise the `ApiError` of an active ERROR or FLOOD fault."""
        if fault := self.faults.strike(FaultKind.ERROR, method, chat_id):
            raise ApiError(fault.code, fault.description)
        if fault := self.faults.strike(FaultKind.FLOOD, method, chat_id):
            raise too_many(fault.retry_after)
