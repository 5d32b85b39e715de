"""Read the parameters of a call from the query and any kind of body."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from bot.simulator.methods import METHODS
from bot.simulator.params import Params, bad_request, decode_form, parse_json
from bot.simulator.state import Upload


async def read_params(request: web.Request, method: str) -> Params:
    """Return the parameters of the query and the JSON, form or multipart body; raise `ApiError`."""
    takes = METHODS[method].takes if method in METHODS else {}
    params = decode_form(takes, dict(request.query))
    if not request.can_read_body:
        return params
    if request.content_type == "application/json":
        try:
            body = parse_json(await request.read())
        except ValueError:
            raise bad_request("can't parse JSON object") from None
        if not isinstance(body, dict):
            raise bad_request("JSON object expected")
        return params | body
    try:
        form = dict(await request.post())
    except (ValueError, LookupError):  # a broken body, or an encoding that does not exist
        raise bad_request("can't parse the form") from None
    files = {name: _upload(field) for name, field in form.items() if not isinstance(field, str)}
    texts = {name: field for name, field in form.items() if isinstance(field, str)}
    for name, value in texts.items():
        attached = value.removeprefix("attach://")
        if attached != value and attached in files:
            files[name] = files.pop(attached)
    return params | decode_form(takes, texts | files)


def _upload(field: Any) -> Any:
    """Return an `Upload` for a file of a multipart body, other fields unchanged."""
    if not isinstance(field, web.FileField):
        return field
    return Upload(field.filename, field.file.read(), field.content_type)
