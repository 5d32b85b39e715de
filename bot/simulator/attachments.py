"""Users' messages other than text: photos, files, voice, locations, polls and more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.simulator.acts import Acts
from bot.simulator.entities import Formatted, with_found
from bot.simulator.state import Json, Message, StoredFile, User

# A JPEG of one grey pixel: flat quantisation, one code for each table, one block.
PIXEL = bytes.fromhex(
    "ffd8"
    "ffe000104a46494600010100000100010000"
    "ffdb004300" + "01" * 64 + "ffc0000b080001000101011100"
    "ffc4001400" + "01" + "00" * 16 + "ffc4001410" + "01" + "00" * 16 + "ffda0008010100003f00"
    "3f"
    "ffd9"
)
HIGHEST_DICE = {"🎲": 6, "🎯": 6, "🎳": 6, "🏀": 5, "⚽": 5, "🎰": 64}


class Attachments(Acts):
    """Users' attachments: each action takes `reply_to`, `chat_id` and `bot` as `send` does."""

    def send_photo(
        self,
        user: User | int,
        caption: str = "",
        *,
        content: bytes = PIXEL,
        size: int | None = None,
        group: str | None = None,
        **where: Any,
    ) -> Message:
        """Send a photo; *size* reports another size than that of *content*."""
        full = self.keep_file(content, folder="photos", suffix=".jpg", mime="image/jpeg", size=size)
        small = self.keep_file(PIXEL, folder="photos", suffix=".jpg", mime="image/jpeg")
        sizes = [photo_size(small, 90), photo_size(full, 1280)]
        album = {"media_group_id": group} if group else {}
        return self.send(
            user, kind="photo", formatted=_caption(caption), body={"photo": sizes} | album, **where
        )

    def send_album(
        self, user: User | int, contents: Sequence[bytes], caption: str = "", **where: Any
    ) -> list[Message]:
        """Send several photos as one album; the first one has the caption."""
        group = str(self.random.randrange(10**16, 10**17))
        captions = [caption, *[""] * (len(contents) - 1)]
        return [
            self.send_photo(user, words, content=content, group=group, **where)
            for content, words in zip(contents, captions, strict=True)
        ]

    def send_document(
        self,
        user: User | int,
        name: str,
        content: bytes,
        *,
        mime: str = "application/octet-stream",
        caption: str = "",
        size: int | None = None,
        **where: Any,
    ) -> Message:
        """Send a file."""
        suffix = f".{name.rpartition('.')[2]}" if "." in name else ""
        stored = self.keep_file(content, folder="documents", suffix=suffix, mime=mime, size=size)
        body = {"document": file_json(stored) | {"file_name": name, "mime_type": mime}}
        return self.send(user, kind="document", formatted=_caption(caption), body=body, **where)

    def send_voice(
        self, user: User | int, *, seconds: int = 3, content: bytes = b"OggS", **where: Any
    ) -> Message:
        """Send a voice message."""
        stored = self.keep_file(content, folder="voice", suffix=".oga", mime="audio/ogg")
        voice = file_json(stored) | {"duration": seconds, "mime_type": "audio/ogg"}
        return self.send(user, kind="voice", body={"voice": voice}, **where)

    def send_location(
        self, user: User | int, latitude: float, longitude: float, **where: Any
    ) -> Message:
        """Send a location."""
        place = {"latitude": latitude, "longitude": longitude}
        return self.send(user, kind="location", body={"location": place}, **where)

    def send_venue(
        self,
        user: User | int,
        latitude: float,
        longitude: float,
        title: str,
        address: str,
        **where: Any,
    ) -> Message:
        """Send a venue: a location with title and address."""
        place = {"latitude": latitude, "longitude": longitude}
        venue = {"location": place, "title": title, "address": address}
        body = {"venue": venue, "location": place}
        return self.send(user, kind="venue", body=body, **where)

    def send_contact(
        self,
        user: User | int,
        phone_number: str,
        *,
        first_name: str | None = None,
        contact_id: int | None = None,
        **where: Any,
    ) -> Message:
        """Send a contact: the user's own, or with *first_name* another person's."""
        own = self.the_user(user)
        contact: Json = {"phone_number": phone_number, "first_name": first_name or own.first_name}
        user_id = contact_id if first_name else own.id
        if user_id is not None:
            contact["user_id"] = user_id
        return self.send(user, kind="contact", body={"contact": contact}, **where)

    def send_sticker(self, user: User | int, emoji: str = "👍", **where: Any) -> Message:
        """Send a sticker."""
        stored = self.keep_file(b"RIFF", folder="stickers", suffix=".webp", mime="image/webp")
        about = {
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
            "emoji": emoji,
        }
        return self.send(user, kind="sticker", body={"sticker": file_json(stored) | about}, **where)

    def send_poll(
        self, user: User | int, question: str, options: Sequence[str], **where: Any
    ) -> Message:
        """Send a regular anonymous poll."""
        poll = {
            "id": str(self.random.randrange(10**17, 10**18)),
            "question": question,
            "options": [
                {"persistent_id": str(number), "text": option, "voter_count": 0}
                for number, option in enumerate(options)
            ],
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": True,
            "members_only": False,
        }
        return self.send(user, kind="poll", body={"poll": poll}, **where)

    def send_dice(
        self, user: User | int, emoji: str = "🎲", value: int | None = None, **where: Any
    ) -> Message:
        """Send a dice; without *value* the result is random."""
        thrown = value or self.random.randint(1, HIGHEST_DICE[emoji])
        return self.send(
            user, kind="dice", body={"dice": {"emoji": emoji, "value": thrown}}, **where
        )


def file_json(stored: StoredFile) -> Json:
    """Return the Bot API fields that all kinds of files share."""
    return {
        "file_id": stored.file_id,
        "file_unique_id": stored.unique_id,
        "file_size": stored.size,
    }


def photo_size(stored: StoredFile, edge: int) -> Json:
    """Return the Bot API's PhotoSize."""
    return file_json(stored) | {"width": edge, "height": edge * 3 // 4}


def _caption(text: str) -> Formatted:
    """Return a caption as a Telegram client sends it."""
    return with_found(Formatted(text.strip()))
