"""Links: a random token that opens one subject, in the chat or as a calendar feed."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

CHECK_IN_PAYLOAD = "in-"  # begins the payload of a deep link that is a shift's code
LINK_PAYLOAD = "l-"  # begins the payload of a deep link that is a link's token
OPPORTUNITY_PAYLOAD = "opp-"  # begins the payload of a deep link that is an opportunity's id
PLEDGE_PAYLOAD = "pl-"  # begins the payload of a deep link that is a catalogue entry's id
CAMPAIGN_PAYLOAD = "fl-"  # begins the payload of a deep link that is a campaign's id
TOKEN_BYTES = 16
PARTICIPANT = "participant"  # the subject kind of a personal calendar feed
LONGEST_LABEL = 80  # characters


class Opens(StrEnum):
    """What a link opens."""

    CHAT = "chat"  # the subject, in the chat with the bot
    FEED = "feed"  # a calendar feed


class LinkStep(StrEnum):
    """What a visitor of a link did; each step has its count."""

    OPENED = "opened"  # the page or the feed
    STARTED = "started"  # the chat
    DONE = "done"  # what the link is for


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a subject; the token is stored as a hash only.

    *participant_id* is its owner: a personal link is deleted together with the person.
    *label* says where staff use a link of theirs.
    """

    id: int
    subject_kind: str
    subject_id: int
    opens: Opens
    label: str = ""
    participant_id: int | None = None
    staff_id: int | None = None
    created_at: datetime | None = None
    revoked_at: datetime | None = None
    opened: int = 0
    started: int = 0
    done: int = 0


def new_token() -> str:
    """Return a random token of 22 characters that URLs and deep links may contain."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def hash_of(token: str) -> str:
    """Return the hash under which a token is stored."""
    return hashlib.sha256(token.encode()).hexdigest()


def deep_link(bot_link: str, token: str) -> str:
    """Return the address that opens the chat; *bot_link* is https://t.me/<name>."""
    return f"{bot_link}?start={LINK_PAYLOAD}{token}"


def check_in_link(bot_link: str, code: str) -> str:
    """Return the address that checks a volunteer in by the code of a shift."""
    return f"{bot_link}?start={CHECK_IN_PAYLOAD}{code}"


def opportunity_link(bot_link: str, opportunity_id: int) -> str:
    """Return the address that opens an opportunity in the chat."""
    return f"{bot_link}?start={OPPORTUNITY_PAYLOAD}{opportunity_id}"


def pledge_link(bot_link: str, entry_id: int) -> str:
    """Return the address that opens an entry of the catalogue of pledges in the chat."""
    return f"{bot_link}?start={PLEDGE_PAYLOAD}{entry_id}"


def campaign_link(bot_link: str, campaign_id: int) -> str:
    """Return the address that opens a campaign in the chat."""
    return f"{bot_link}?start={CAMPAIGN_PAYLOAD}{campaign_id}"


def event_source(bot_link: str) -> str:
    """Return what makes ids of calendar events unique: the bot's name at Telegram."""
    return f"{bot_link.rpartition('/')[2].lower()}.t.me"


def page_url(public_url: str, token: str) -> str:
    """Return the address of a link's public page."""
    return f"{public_url}/l/{token}"


def opportunity_url(public_url: str, opportunity_id: int) -> str:
    """Return the address of an opportunity's public page."""
    return f"{opportunities_url(public_url)}/{opportunity_id}"


def opportunities_url(public_url: str) -> str:
    """Return the address of the public page of all open opportunities."""
    return f"{public_url}/opgaver"


def pledges_url(public_url: str) -> str:
    """Return the address of the public page of pledges."""
    return f"{public_url}/lofter"


def news_url(public_url: str) -> str:
    """Return the address of the public archive of news."""
    return f"{public_url}/nyheder"


def news_item_url(public_url: str, broadcast_id: int) -> str:
    """Return the address of one broadcast in the archive."""
    return f"{news_url(public_url)}/{broadcast_id}"


def campaign_url(public_url: str, campaign_id: int) -> str:
    """Return the address of a campaign's public page."""
    return f"{pledges_url(public_url)}/{campaign_id}"


def feed_url(public_url: str, token: str) -> str:
    """Return the address of a calendar feed."""
    return f"{public_url}/calendar/{token}.ics"
