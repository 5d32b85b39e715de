"""Messages of broadcasts: news, warnings, questions, and the outcomes of answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from zlib import crc32

from bot.engine.effects import Button, Send
from bot.i18n import Text, _, pgettext
from bot.model.broadcast import Broadcast, Verdict
from bot.model.opportunity import said
from bot.model.outcome import Contribution
from flows import cards, contribution_cards, outcome_words
from flows.check_in_cards import SOMETHING_ELSE
from flows.reminder_cards import IN_DANISH
from flows.signature_cards import UNDO, UNDO_IT

STOP = _("Stop messages")
STOP_WARNINGS = _("Stop warnings")
OWN_WORDS = _("Answer in my own words")
UNDO_OPTION, UNDO_WORDS = UNDO, "unsay"  # buttons that take a part of an answer back, up to 0.7.0
UNDO_CHOSEN, UNDO_SAID = "uo", "uw"  # with the number of the option, or the sum of the words
MOST_SUMS = 100
LONGEST_SHOWN = 200  # characters of an answer in its receipt
SHOW_MAP = pgettext("broadcast", "Show the place")
WORDS_OF = pgettext("broadcast", "{text}")
CORRECTED = _("{text}\n\nCorrected {at}.")
# The marks of a text that is not in the reader's language.
MARKED: Mapping[str, Text] = {
    "da": IN_DANISH,
    "en": _("{text}\n<i>(in English only)</i>"),
}
WARNING = _("Warning from {municipality}:\n\n{text}")
DECIDES = _("{text}\n\n{number}: {decider} decides. You hear what came of it.")
DECIDES_AT = _(
    "{text}\n\n{number}: {decider} decides. You hear what came of it. "
    '<a href="{agenda}">See the agenda</a>'
)
ANSWER_BY = _("{text}\n\nYou can answer until {day}.")
AGAIN = _("You have not answered yet. It is fine to leave it.\n\n{text}")
NOTED = _("Thank you. Your answer is noted as a contribution to {number}: “{answer}”.")
NOTED_WORDS = _(
    "Thank you. Your answer is noted as a contribution to {number}: “{answer}”. You hear what came "
    "of it."
)
CHANGED = _("Your answer to {number} is changed from “{before}” to “{answer}”.")
NEWER = _("You have written something newer since. Use the buttons below that, or write it again.")
NOT_LAST = _("You have changed your answer to {number} since. It is now: “{answer}”.")
NOT_ASKED = _(
    "{number}, {title}, was sent to others in the chat, so your answer cannot be counted. "
    "A person can pass it on."
)
TEST = _("This is a test. The button works in the message that citizens get.")
OVER = _("The dialogue takes no more answers. Write to us if you want to say something about it.")
CLOSED_AT = _(
    '{number}, {title}, is closed. <a href="{page}">Read what came of it</a>. You can write to '
    "us if you want to say more."
)
CLOSED = _(
    "{number}, {title}, is closed. Each person who answered is told what came of it. You can "
    "write to us if you want to say more."
)
SEND_WORDS = _("Send what I wrote to a person")
DECIDED_BY = _("{decider} decides about {number}, {title}. You hear what came of it.")
NOT_ANSWERED = _("That is all right. You can still answer: use the buttons below the question.")
UNDONE = _("Your answer to {number} is taken back. You can answer again until it is closed.")
UNDONE_BUT = _("It is taken back. Your answer to {number} is now: “{answer}”.")
OUTCOME = _(
    "You answered {number}, {title}, with: “{words}”.\n\n{outcome}\n\n"
    "{decided_by} decided it {day}."
)
SEE_AGENDA = _('{text} <a href="{agenda}">See the agenda</a>')
QUOTED = pgettext("title", "“{text}”")
HEARD = _("{text}\n\nDid you feel heard? Choose from 1 (no) to 5 (yes). We keep only the sum.")
POLL_NOTED = _("Thank you. It is counted without your name.")
POLL_TAKEN = _("You have answered that already. Thank you.")
WELCOME = _("Welcome to news about {topic}. This is the newest:\n\n{text}")
IS_ANSWER = _("Is that your answer to {number}, {title}?")
YES_ANSWER = _("Yes, it is my answer")
REPLIES_TO = _("The citizen replies to the news “{title}” ({path}).")


def title_for(broadcast: Broadcast, reader: str) -> Text:
    """Return the title of a broadcast in quotation marks; titles are in Danish."""
    quoted = QUOTED.with_(text=broadcast.title)
    return quoted if reader == "da" else outcome_words.IN_DANISH.with_(text=quoted)


def button(delivery_id: int, what: str, label: Text | str) -> Button:
    """Return a button under the message of a delivery."""
    return cards.command_button(f"rem.{delivery_id}.{what}", label)


def text_of(broadcast: Broadcast, reader: str) -> Text:
    """Return the text for a reader, marked where it is corrected or in another language.

    Raise `LookupError` where there is no text for the reader.
    """
    language = broadcast.language_for(reader)
    if language is None:
        message = f"broadcast {broadcast.id} has no text for {reader}"
        raise LookupError(message)
    words: Text = WORDS_OF.with_(text=broadcast.texts[language])
    if language != reader:
        words = MARKED[language].with_(text=words)
    if broadcast.is_warning:
        words = WARNING.with_(text=words)
    if broadcast.is_dialogue:
        words = _with_decider(broadcast, words)
    if broadcast.corrected_at is not None:
        words = CORRECTED.with_(text=words, at=broadcast.corrected_at)
    return words


def _with_decider(broadcast: Broadcast, words: Text) -> Text:
    """Return the text with the last day, who decides, and the link to the agenda."""
    if broadcast.answer_by is not None:
        words = ANSWER_BY.with_(text=words, day=broadcast.answer_by)
    about = {"number": broadcast.number, "decider": broadcast.decider or ""}
    if broadcast.agenda_url:
        return DECIDES_AT.with_(text=words, agenda=broadcast.agenda_url, **about)
    return DECIDES.with_(text=words, **about)


def answers_of(broadcast: Broadcast, delivery_id: int, reader: str) -> tuple[Button, ...]:
    """Return the buttons that answer a dialogue's question; none for other news."""
    found = []
    question = broadcast.question or {}
    for number, option in enumerate(question.get("options") or []):
        label = said(option["labels"], reader)
        found.append(button(delivery_id, f"o{number}", label))
    if question.get("own_words"):
        found.append(button(delivery_id, "words", OWN_WORDS))
    return tuple(found)


def buttons_of(broadcast: Broadcast, delivery_id: int, reader: str) -> tuple[Button, ...]:
    """Return the buttons of a broadcast's message; the last one stops news (HR-17)."""
    found = [*answers_of(broadcast, delivery_id, reader)]
    for number, one in enumerate(broadcast.buttons):
        found.append(button(delivery_id, f"b{number}", said(one["labels"], reader)))
    if broadcast.place is not None:
        found.append(button(delivery_id, "map", SHOW_MAP))
    return (*found, stop_button(broadcast, delivery_id))


def message(broadcast: Broadcast, delivery_id: int, reader: str, *, again: bool = False) -> Send:
    """Return the message of a broadcast to one person; *again* asks the silent."""
    text = text_of(broadcast, reader)
    if again:
        text = AGAIN.with_(text=text)
    return Send(text, buttons_of(broadcast, delivery_id, reader))


def welcome(broadcast: Broadcast, delivery_id: int, topic: str, reader: str) -> Send:
    """Return the newest broadcast of a topic to a person who has said yes to it.

    Raise `LookupError` where there is no text for the reader.
    """
    text = WELCOME.with_(topic=topic, text=text_of(broadcast, reader))
    return Send(text, buttons_of(broadcast, delivery_id, reader))


def is_answer(broadcast: Broadcast, question_id: int, delivery_id: int, reader: str) -> Send:
    """Ask whether words that were written in the chat are the answer to a dialogue."""
    yes = cards.command_button(f"newsanswer.{question_id}.{delivery_id}", YES_ANSWER)
    no = cards.command_button(f"notabout.{question_id}", SOMETHING_ELSE)
    text = IS_ANSWER.with_(number=broadcast.number, title=title_for(broadcast, reader))
    return Send(text, (yes, no, cards.TO_MENU))


def closed(broadcast: Broadcast, page: str, reader: str) -> Text:
    """Return that a dialogue is closed, with the *page* of its outcomes where it has one."""
    text = CLOSED_AT.with_(page=page) if page else CLOSED
    return text.with_(number=broadcast.number, title=title_for(broadcast, reader))


def stop_button(broadcast: Broadcast, delivery_id: int) -> Button:
    """Return the button that stops news, or warnings under a warning (HR-17)."""
    return button(delivery_id, "stop", STOP_WARNINGS if broadcast.is_warning else STOP)


def sum_of(words: str) -> int:
    """Return a small number by which the undo button of earlier words is known."""
    return crc32(words.encode()) % MOST_SUMS


def undo_button(
    broadcast: Broadcast, delivery_id: int, given: Contribution, *, said: bool
) -> Button:
    """Return the button that takes back the own words (*said*), or the option, of an answer."""
    options = (broadcast.question or {}).get("options") or []
    number = next((n for n, one in enumerate(options) if one["key"] == given.key), 0)
    what = f"{UNDO_SAID}{sum_of(given.words or '')}" if said else f"{UNDO_CHOSEN}{number}"
    return button(delivery_id, what, UNDO_IT)


def noted(
    broadcast: Broadcast, delivery_id: int, given: Contribution, reader: str, *, before: str = ""
) -> Send:
    """Thank for an answer, with the button that undoes it; *before* is the option it replaces."""
    said = given.words is not None
    answer = shortened(answer_words(broadcast, given.key, given.words, reader))
    text = CHANGED.with_(before=before) if before else (NOTED_WORDS if said else NOTED)
    undo = undo_button(broadcast, delivery_id, given, said=said and not before)
    ways = (undo, contribution_cards.TO_CONTRIBUTIONS, cards.TO_MENU)
    return Send(text.with_(number=broadcast.number, answer=answer), ways)


def shortened(words: str) -> str:
    """Return the beginning of long words, up to the end of a word."""
    return words if len(words) <= LONGEST_SHOWN else words[:LONGEST_SHOWN].rsplit(" ", 1)[0] + " …"


def not_last(broadcast: Broadcast, delivery_id: int, given: Contribution, reader: str) -> Send:
    """Return that an undo button belongs to an earlier answer; the present one stays."""
    answer = shortened(answer_words(broadcast, given.key, given.words, reader))
    undo = undo_button(broadcast, delivery_id, given, said=given.words is not None)
    text = NOT_LAST.with_(number=broadcast.number, answer=answer)
    return Send(text, (undo, contribution_cards.TO_CONTRIBUTIONS, cards.TO_MENU))


def undone(broadcast: Broadcast, delivery_id: int, left: str, reader: str) -> Send:
    """Return that an answer is taken back: what is *left* of it, or the buttons of the question."""
    text = UNDONE_BUT.with_(answer=left) if left else UNDONE
    answers = answers_of(broadcast, delivery_id, reader) if not left else ()
    return Send(text.with_(number=broadcast.number), (*answers, cards.TO_MENU))


def decided_by(broadcast: Broadcast, reader: str) -> Send:
    """Return who decides about a dialogue."""
    about = {"number": broadcast.number, "title": title_for(broadcast, reader)}
    text = DECIDED_BY.with_(decider=broadcast.decider or "", **about)
    return Send(text, (cards.TO_PERSON, cards.TO_MENU))


def answer_words(broadcast: Broadcast, key: str | None, words: str | None, reader: str) -> str:
    """Return what a person answered: the label of the option, own words, or both."""
    options = (broadcast.question or {}).get("options") or []
    labels: Mapping[str, str] = next((one["labels"] for one in options if one["key"] == key), {})
    label = said(labels, reader) or (key or "")
    return f"{label} – {words}" if label and words else words or label


def outcome(
    broadcast: Broadcast, delivery_id: int, given: Contribution, day: date, reader: str
) -> Send:
    """Return the message to an author: their own words, the outcome, and the poll (row 4).

    *day* is when it was decided. Raise `ValueError` for a contribution without an outcome.
    """
    verdict, reasons = Verdict(given.verdict or ""), given.reasons or {}
    filled = OUTCOME.with_(
        number=broadcast.number,
        title=title_for(broadcast, reader),
        words=answer_words(broadcast, given.key, given.words, reader),
        outcome=outcome_words.told(given.kind, verdict, reasons, reader),
        decided_by=given.decided_by or "",
        day=day,
    )
    filled = with_agenda(filled, broadcast)
    values = tuple(button(delivery_id, f"p{value}", str(value)) for value in range(1, 6))
    return Send(HEARD.with_(text=filled), (*values, cards.TO_MENU))


def with_agenda(text: Text, broadcast: Broadcast) -> Text:
    """Return a text with the link to the agenda of a dialogue, where it has one."""
    agenda = broadcast.agenda_url
    return SEE_AGENDA.with_(text=text, agenda=agenda) if agenda else text
