"""The addresses of the public pages' tests."""

from __future__ import annotations

URL = "https://klintsund.example/public"
BOT_LINK = "https://t.me/dialog_klintsund_bot"
