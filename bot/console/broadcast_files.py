"""The picture or document of a broadcast: read from a form, cleaned, and kept over its errors."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hmac import compare_digest
from pathlib import PurePath
from typing import Any

from aiohttp import web
from multidict import MultiDict

from bot.console.console_context import context_of
from bot.console.form_input import (
    LARGEST_UPLOAD,
    file_of,
    form_of,
    is_too_large,
    name_of_file,
    number_of,
    token_of,
)
from bot.engine.events import Refused
from bot.i18n import Text, _
from bot.model.broadcast import Broadcast, MediaKind
from bot.model.staff import tidy_name
from bot.service.cases.wording import CPR, cpr_in
from bot.store.files import LONGEST_NAME, NewFile
from bot.transport.pictures import MIME, NAME, NotTaken, cleaned, is_too_narrow

FIELD, KEPT, LEFT_OUT = "attachment", "kept", "no_file"
ACCEPTED = "image/jpeg,image/png,image/webp,application/pdf"
PDF, PDF_MIME, PDF_NAME = b"%PDF-", "application/pdf", "document.pdf"
MIB = LARGEST_UPLOAD // (1024 * 1024)
TOO_LARGE = _("The file is too large. At most {mib} MiB.").with_(mib=MIB)
TOO_NARROW = Refused(_("The picture is too long and narrow for Telegram. Crop it."), FIELD)
NOT_TAKEN: Mapping[NotTaken, Text] = {
    NotTaken.TOO_BIG: _("The picture has too many pixels. Make it smaller."),
    NotTaken.NO_PICTURE: _("Choose a picture (JPEG, PNG or WebP) or a PDF file."),
}


@dataclass(frozen=True, slots=True)
class Media:
    """What a form says of the file: as a broadcast has it, and a proof to send the form again."""

    media: Mapping[str, Any] | None = None
    file_id: int | None = None
    kept: str = ""


async def media_of(request: web.Request, known: Broadcast | None) -> Media | Refused:
    """Return the file that was sent now, or with an earlier try, or that the draft has.

    A new file is stored at once, so that an error elsewhere in the form does not lose it.
    """
    form = await form_of(request)
    alt = form.get("alt", "").strip()
    if await is_too_large(request, FIELD):
        return Refused(TOO_LARGE, FIELD)
    if await file_of(request, FIELD):
        return await _stored(request, alt)
    if LEFT_OUT in form:
        return Media()
    file_id = kept_id(request, form)
    if file_id is not None:
        async with context_of(request).store.reading() as unit:
            row = await unit.files.get(file_id)
        return _media(request, row.id, row.mime, row.name, alt) if row is not None else Media()
    if known is None or known.media is None:
        return Media()
    return Media({**known.media, "alt": alt}, known.file_id)


async def _stored(request: web.Request, alt: str) -> Media | Refused:
    """Store the file that was sent, cleaned."""
    body, name = await file_of(request, FIELD), await name_of_file(request, FIELD)
    new = await _read(body, name)
    if isinstance(new, Refused):
        return new
    async with context_of(request).store.unit() as unit:
        stored = await unit.files.add(new.name, new.mime, new.content)
    return _media(request, stored, new.mime, new.name, alt)


async def _read(body: bytes, named: str) -> NewFile | Refused:
    """Return a picture without its metadata, or a PDF; refuse anything else."""
    if body.startswith(PDF):
        name = tidy_name(PurePath(named.replace("\\", "/")).name)[-LONGEST_NAME:]
        if cpr_in(name):
            return replace(CPR, field=FIELD)
        return NewFile(name if name.lower().endswith(".pdf") else PDF_NAME, PDF_MIME, body)
    picture = await asyncio.to_thread(cleaned, body)
    if isinstance(picture, NotTaken):
        return Refused(NOT_TAKEN[picture], FIELD)
    if is_too_narrow(picture):
        return TOO_NARROW
    return NewFile(NAME, MIME, picture)


def _media(request: web.Request, file_id: int, mime: str, name: str, alt: str) -> Media:
    kind = MediaKind.DOCUMENT if mime == PDF_MIME else MediaKind.PHOTO
    media = {"kind": str(kind), "name": name, "alt": alt}
    return Media(media, file_id, f"{file_id}.{_proof(request, file_id)}")


def kept_id(request: web.Request, form: MultiDict[str]) -> int | None:
    """Return the id of the file that this session sent before; None for a forged one."""
    number, _dot, proof = form.get(KEPT, "").partition(".")
    file_id = number_of(number)
    is_own = file_id is not None and compare_digest(
        proof.encode(), _proof(request, file_id).encode()
    )
    return file_id if is_own else None


def _proof(request: web.Request, file_id: int) -> str:
    """Return what only a form of this session can have for a file."""
    return hashlib.sha256(f"{KEPT}:{file_id}:{token_of(request)}".encode()).hexdigest()
