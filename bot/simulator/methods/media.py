"""Methods to send photos, documents and places, and to fetch users' files."""

from __future__ import annotations

import mimetypes
from typing import Any

from bot.errors import ApiError
from bot.simulator.attachments import file_json, photo_size
from bot.simulator.methods.delivery import SENDING, deliver
from bot.simulator.methods.method import Method, read_caption
from bot.simulator.params import Params, ParamType, bad_request, need
from bot.simulator.realm import Realm
from bot.simulator.state import Bot, Json, StoredFile, Upload

MEGABYTE = 1024 * 1024
LARGEST_FETCHED = 20 * MEGABYTE
LARGEST_PHOTO = 10 * MEGABYTE
LARGEST_DOCUMENT = 50 * MEGABYTE
LIMITS = {"latitude": 90, "longitude": 180}  # degrees
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"RIFF")


def send_photo(realm: Realm, bot: Bot, params: Params) -> Json:
    """Send a photo, uploaded or by its file_id."""
    formatted = read_caption(params)
    stored, _ = _file(realm, params, "photo", LARGEST_PHOTO)
    if not stored.content.startswith(_PICTURES):
        raise bad_request("IMAGE_PROCESS_FAILED")
    body = {"photo": [photo_size(stored, 1280)]}
    return deliver(realm, bot, params, formatted, kind="photo", body=body)


def send_document(realm: Realm, bot: Bot, params: Params) -> Json:
    """Send a file, uploaded or by its file_id."""
    formatted = read_caption(params)
    stored, name = _file(realm, params, "document", LARGEST_DOCUMENT)
    document = file_json(stored) | {"file_name": name, "mime_type": stored.mime}
    body = {"document": document}
    return deliver(realm, bot, params, formatted, kind="document", body=body)


def send_venue(realm: Realm, bot: Bot, params: Params) -> Json:
    """Send a place with its title and address."""
    place = {axis: need(params, axis, f"{axis} is empty") for axis in LIMITS}
    if any(abs(place[axis]) > most for axis, most in LIMITS.items()):
        raise bad_request("wrong coordinates specified")
    words = {
        name: need(params, name, f"there is no {name} in the request")
        for name in ("title", "address")
    }
    body = {"venue": {"location": place, **words}, "location": place}
    return deliver(realm, bot, params, kind="venue", body=body)


def get_file(realm: Realm, _: Bot, params: Params) -> Json:
    """Make a file available for download; raise a 400 error for a bad id or size."""
    stored = realm.files.get(need(params, "file_id", "file_id not specified"))
    if stored is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if stored.size > LARGEST_FETCHED:
        raise bad_request("file is too big")
    realm.paths[stored.path] = stored
    return file_json(stored) | {"file_path": stored.path}


def download(realm: Realm, path: str) -> bytes:
    """Return the bytes at a path that getFile gave; raise `ApiError` 404 for another path."""
    try:
        return realm.paths[path].content
    except KeyError:
        raise ApiError(404, "Not Found") from None


def _file(realm: Realm, params: Params, name: str, largest: int) -> tuple[StoredFile, str]:
    """Return the file to send and its name; store an uploaded one."""
    given: Any = need(params, name, f"there is no {name} in the request")
    if isinstance(given, str):
        if given.startswith(("http://", "https://")):
            raise bad_request("failed to get HTTP URL content")  # the world has no network access
        if given not in realm.files:
            raise bad_request("wrong file identifier/HTTP URL specified")
        stored = realm.files[given]
        return stored, stored.path.rpartition("/")[2]
    upload = given if isinstance(given, Upload) else Upload(name, given)
    if not upload.content:
        raise bad_request("file must be non-empty")
    if len(upload.content) > largest:
        raise ApiError(413, "Request Entity Too Large")
    suffix = mimetypes.guess_extension(upload.mime) or ""
    return realm.keep_file(
        upload.content, folder=f"{name}s", suffix=suffix, mime=upload.mime
    ), upload.name


METHODS = (
    Method("sendPhoto", send_photo, SENDING | {"photo": ParamType.FILE, "caption": ParamType.TEXT}),
    Method(
        "sendDocument",
        send_document,
        SENDING
        | {
            "document": ParamType.FILE,
            "caption": ParamType.TEXT,
            "disable_content_type_detection": ParamType.BOOL,
        },
    ),
    Method(
        "sendVenue",
        send_venue,
        SENDING
        | dict.fromkeys(LIMITS, ParamType.FLOAT)
        | {"title": ParamType.TEXT, "address": ParamType.TEXT},
    ),
    Method("getFile", get_file, {"file_id": ParamType.TEXT}),
)
