"""Messages about passing a pledge on: the link, and what it opens."""

from __future__ import annotations

from bot.engine.effects import Send
from bot.i18n import Text, _, pgettext
from flows import cards, messages
from flows.volunteer_cards import ONLY_DANISH, TITLE, TITLE_WITH

SHARED = _(
    "Here is your own link to “{title}”. Send it to people you know, or show them the code "
    "above:\n\n{address}"
)
COPY = _("Copy the link")
OVER = _("That cannot be passed on any more.")
FROM_A_NEIGHBOUR = _("Somebody thought that this pledge is something for you, too.")
PROMISE = pgettext("button", "I promise it too")
TO_PLEDGES = cards.command_button("pledge", cards.INTENT_LABELS["pledge"])


def shared(title: str, address: str) -> Send:
    """Return a citizen's own link."""
    copy = cards.copy_button(address, COPY)
    text = SHARED.with_(title=title, address=address)
    return Send(text, (copy, cards.TO_OVERVIEW, cards.TO_MENU))


def not_shared(why: Text) -> Send:
    """Return why there is no new link."""
    return Send(why, (cards.TO_OVERVIEW, cards.TO_MENU))


def over() -> Send:
    """Return that something cannot be passed on."""
    return not_shared(OVER)


def entry(about: str, title: str, text: str, *, is_danish: bool) -> Send:
    """Return a pledge of the catalogue that a link opens; *about* is its id and the link."""
    card = (TITLE_WITH if is_danish else TITLE).with_(title=title, text=text, remark=ONLY_DANISH)
    make = cards.command_button(f"pledgeof.{about}", PROMISE)
    text_of = messages.BOTH.with_(first=FROM_A_NEIGHBOUR, second=card)
    return Send(text_of, (make, TO_PLEDGES, cards.TO_MENU))
