"""The FAQ's index: find the entry that answers a short question, if any. All of it is pure."""

from __future__ import annotations

from bot.search.analysis import analyse
from bot.search.index import ANSWER_FROM, Document, Found, Hit, Index

__all__ = ["ANSWER_FROM", "Document", "Found", "Hit", "Index", "analyse"]
