"""`brobygger run` survives updates that it cannot read or store, also after a restart."""

from __future__ import annotations

import asyncio
import json
import signal
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from processes import SECRET, TERM_WITHIN, BotProcesses, bot_processes, until

from bot.testing import TOKEN
from bot.transport.webhook import LARGEST_BODY, SECRET_HEADER

ANA, BO = 300, 301


def written(update_id: int, user: int, text: str, beside: bytes = b"null") -> bytes:
    """Return a private message as update bytes, with the raw JSON *beside* in the field `odd`."""
    sender = {"id": user, "is_bot": False, "first_name": "Bo", "language_code": "da"}
    message = {
        "message_id": update_id,
        "date": 1_795_424_400,
        "from": sender,
        "chat": {"id": user, "type": "private", "first_name": "Bo"},
        "text": text,
    }
    update = json.dumps({"update_id": update_id, "message": message}).encode()
    return update[:-2] + b', "odd": ' + beside + b"}}"


def nested(levels: int) -> bytes:
    """Return JSON that is nested *levels* deep."""
    return b'{"text":[' * (levels // 2) + b'"170461-5007"' + b"]}" * (levels // 2)


class RawTelegram:
    """A Bot API that returns raw bytes as updates until they are confirmed."""

    def __init__(self) -> None:
        """Start without updates."""
        self.updates: dict[int, bytes] = {}
        self.sent: list[tuple[int, str]] = []
        self.url = ""
        self.webhook = ""

    async def answer(self, request: web.Request) -> web.Response:
        """Answer one Bot API call."""
        method = request.path.rpartition("/")[2]
        params = json.loads(await request.read() or b"{}")
        if method == "getUpdates":
            return await self._updates(params)
        result: Any = True
        if method == "getMe":
            result = {"id": 1, "is_bot": True, "first_name": "Bro", "username": "bro_bot"}
        elif method == "getWebhookInfo":
            result = {"url": self.webhook, "pending_update_count": 0}
        elif method == "setWebhook":
            self.webhook = params["url"]
        elif method == "sendMessage":
            self.sent.append((params["chat_id"], params["text"]))
            chat = {"id": params["chat_id"], "type": "private"}
            result = {"message_id": len(self.sent), "date": 1_795_424_400, "chat": chat}
        return web.json_response({"ok": True, "result": result})

    async def _updates(self, params: dict[str, Any]) -> web.Response:
        """Return the unconfirmed updates."""
        self.updates = {n: u for n, u in self.updates.items() if n >= params.get("offset", 0)}
        if not self.updates:
            await asyncio.sleep(0.2)
        body = b'{"ok": true, "result": [' + b",".join(self.updates.values()) + b"]}"
        return web.Response(body=body, content_type="application/json")

    def sent_to(self, user: int) -> list[str]:
        """Return what the bot sent to *user*."""
        return [text for chat, text in self.sent if chat == user]


@pytest.fixture
async def raw_telegram() -> AsyncIterator[RawTelegram]:
    """Serve a `RawTelegram` over HTTP on loopback."""
    made = RawTelegram()
    app = web.Application()
    app.router.add_post(f"/bot{TOKEN}/{{method}}", made.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield made
    await runner.cleanup()


async def bring(processes: BotProcesses, telegram: RawTelegram, updates: dict[int, bytes]) -> None:
    """Deliver updates by polling or webhook; assert that each webhook call is answered 200."""
    if processes.settings.get("INTAKE") != "webhook":
        telegram.updates |= updates
        return
    for update in updates.values():
        headers = {SECRET_HEADER: SECRET}
        assert (await processes.ask("/telegram", data=BytesIO(update), headers=headers))[0] == 200


@pytest.mark.parametrize("intake", ["polling", "webhook"])
async def test_unreadable_updates(
    tmp_path: Path, database_url: str, intake: str, raw_telegram: RawTelegram
) -> None:
    """Deep and oversized updates are counted, delay no other update and break no restart."""
    async with bot_processes(tmp_path, database_url, raw_telegram.url, intake) as processes:
        process = await processes.start()
        await processes.ready()
        odd = {
            1: written(1, ANA, "/start"),
            2: written(2, BO, "/start", nested(1_000)),
            3: written(3, ANA, "/sprog", nested(20_000)),
            4: written(4, ANA, "hej " * 100_000),
            5: written(5, ANA, "/sprog"),
        }
        await bring(processes, raw_telegram, odd)
        await until(lambda: len(raw_telegram.sent_to(BO)) >= 2, processes)
        await until(lambda: len(raw_telegram.sent_to(ANA)) >= 5, processes)
        texts = raw_telegram.sent_to(ANA)
        assert sum("kunne ikke læse din sidste besked" in text for text in texts) == 1
        assert texts[2] == texts[4], "the deep command and the plain one have the same answer"
        metrics = (await processes.ask("/metrics"))[1]
        assert "brobygger_updates_unreadable_total 1.0" in metrics
        assert "brobygger_rows_set_aside_total 1.0" in metrics
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), TERM_WITHIN) == 0
        await processes.start()
        await processes.ready()
        await bring(processes, raw_telegram, {6: written(6, BO, "/sprog")})
        await until(lambda: texts[2] in raw_telegram.sent_to(BO), processes)
        assert "170461" not in processes.said()
        assert "hej hej" not in processes.said()


@pytest.mark.parametrize("intake", ["polling", "webhook"])
async def test_a_chat_that_cannot_be_written_to(
    tmp_path: Path, database_url: str, intake: str, raw_telegram: RawTelegram
) -> None:
    """Its row is set aside; the process goes on, answers others, and starts again."""
    async with bot_processes(tmp_path, database_url, raw_telegram.url, intake) as processes:
        process = await processes.start()
        await processes.ready()
        nowhere = written(1, ANA, "/start").replace(
            b'"chat": {"id": %d' % ANA, b'"chat": {"id": "abc"'
        )
        await bring(processes, raw_telegram, {1: nowhere, 2: written(2, BO, "/start")})
        await until(lambda: len(raw_telegram.sent_to(BO)) == 2, processes)
        await until(lambda: '"action": "row_set_aside"' in processes.said(), processes)
        failed = [line for line in processes.said().splitlines() if '"turn_failed"' in line]
        assert failed
        assert all("dispatch.py" in line for line in failed), "the log names the place"
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), TERM_WITHIN) == 0
        await processes.start()
        await processes.ready()


async def test_an_oversized_webhook_call_is_kept_by_its_id(
    tmp_path: Path, database_url: str, raw_telegram: RawTelegram
) -> None:
    """An oversized webhook call is answered 200, or Telegram would repeat it for a day."""
    async with bot_processes(tmp_path, database_url, raw_telegram.url, "webhook") as processes:
        await processes.start()
        await processes.ready()
        await bring(processes, raw_telegram, {7: written(7, ANA, "x" * (LARGEST_BODY + 1))})
        metrics = (await processes.ask("/metrics"))[1]
        assert "brobygger_updates_unreadable_total 1.0" in metrics
        huge = b"[" * (LARGEST_BODY + 1)
        headers = {SECRET_HEADER: SECRET}
        assert (await processes.ask("/telegram", data=BytesIO(huge), headers=headers))[0] == 413
