"""What is wrong with a broadcast before it may be sent (HR-2, 4, 12, 17, 19, section 3b)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from bot.calendar.recurrence import from_json, next_occurrences
from bot.engine.events import Refused
from bot.i18n import LANGUAGES, Text, _
from bot.model.broadcast import (
    DANISH,
    ENGLISH,
    LONGEST_ALT,
    LONGEST_CAPTION,
    LONGEST_LABEL,
    LONGEST_PLACE,
    LONGEST_SPREAD,
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_BUTTONS,
    MOST_OPTIONS,
    NO_ONE,
    WARNINGS,
    Broadcast,
    MediaKind,
    Opens,
)
from bot.model.outcome import LONGEST_DECIDER
from bot.redact import redact_text
from bot.service.broadcasts.wording import Found, days_in, differing_days, private_in
from bot.service.cases.wording import CPR, cpr_in, left_in
from bot.service.reminder_rules import audience_fault
from bot.store.unit import Unit
from bot.tone.lix import HARDEST, lix, long_sentences, sentence_at
from bot.tone.neutral import revealing_word
from bot.tone.reply import IssueKind, Outcome, reply_issues

LONGEST_ADDRESS = 500  # characters
ELECTION_CALM = timedelta(weeks=6)  # before an election (HR-19)
LONGEST_SENTENCE = 15  # words (section 3b); more is a hint
TOO_LONG = _("This has {count} characters. At most {most} fit.")
LONG = _("This sentence has {count} words. At most {most} are easy to read.")
HARD = _("The text is hard to read: LIX {lix}. At most {most} is easy. Use shorter words.")
NO_LINK = _("Write an address that begins with https://.")
# What readers of a language without a text get, by the broadcast's choice.
WITHOUT: Mapping[str, Text] = {
    DANISH: _("There is no text in this language. Its readers get the Danish text, marked."),
    ENGLISH: _("There is no text in this language. Its readers get the English text, marked."),
    NO_ONE: _("There is no text in this language. Its readers get nothing."),
}
# "Liste A", "vote for", a party's letter after a list.
_CANDIDATES = re.compile(
    r"\b(?:liste\s+[A-ZÆØÅ]\b|stem\s+(?:på|personligt)|spidskandidat\w*|valgplakat\w*"
    r"|vote\s+for|list\s+[A-Z]\b|candidates?)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: its field, the *words* it is in, and whether a leader may accept it.

    A *hint* keeps nothing from being sent. *language* is that of the text, where there is one.
    """

    field: str
    why: Text
    can_stand: bool = False
    words: str = ""
    language: str | None = None
    hint: bool = False


def faults_of(unit: Unit, broadcast: Broadcast) -> list[Fault]:
    """Return everything that is wrong with a broadcast, in the order of the form."""
    return [
        *_titles(broadcast),
        *_texts(unit, broadcast),
        *_private(unit, broadcast),
        *_whom(unit, broadcast),
        *_media(broadcast),
        *_labels(broadcast),
        *_links(broadcast),
        *_when(unit, broadcast),
    ]


def refused_by(faults: Sequence[Fault], let_stand: str | None) -> Refused | None:
    """Return the refusal of the first fault that no leader's reason accepts."""
    stands = bool(let_stand and let_stand.strip())
    for one in faults:
        if not one.hint and not (one.can_stand and stands):
            return Refused(one.why, one.field)
    return None


def unstorable(broadcast: Broadcast) -> Refused | None:
    """Return the refusal of what is never stored: a CPR number (HR-2), a line too long."""
    lines = (
        ("title", broadcast.title, LONGEST_TITLE),
        ("decider", broadcast.decider, LONGEST_DECIDER),
        ("agenda_url", broadcast.agenda_url, LONGEST_ADDRESS),
    )
    for field, line, most in lines:
        if len(line or "") > most:
            why = _("Write at most {most} characters.").with_(most=most)
            return Refused(why, field)
    for field, words in _written(broadcast):
        if cpr_in(words):
            return Refused(CPR.why, field)
    return None


def _written(broadcast: Broadcast) -> Iterator[tuple[str, str]]:
    """Yield all that staff have written, with its field."""
    labels = [
        *(("buttons", one.get("labels")) for one in broadcast.buttons),
        *(("question", one.get("labels")) for one in (broadcast.question or {}).get("options", ())),
    ]
    yield "title", broadcast.title
    yield from (("texts", text) for text in broadcast.texts.values())
    yield from ((field, label) for field, by in labels for label in (by or {}).values())
    yield "alt", (broadcast.media or {}).get("alt", "")
    yield "alt", (broadcast.media or {}).get("name", "")
    yield "place", (broadcast.place or {}).get("title", "")
    yield "decider", broadcast.decider or ""
    yield "agenda_url", broadcast.agenda_url or ""


def _titles(broadcast: Broadcast) -> Iterator[Fault]:
    if not broadcast.title.strip() or len(broadcast.title) > LONGEST_TITLE:
        yield Fault(
            "title",
            _("Write a title of at most {most} characters.").with_(most=LONGEST_TITLE),
        )


def _private(unit: Unit, broadcast: Broadcast) -> Iterator[Fault]:
    """Yield what makes private people known in a broadcast (HR-2, HR-4)."""
    named = {broadcast.agenda_url, (broadcast.media or {}).get("name")}  # addresses, and files
    for field, words in _written(broadcast):
        if words not in named:
            yield from (_fault(field, one) for one in private_in(words, unit))


def _fault(field: str, found: Found) -> Fault:
    return Fault(field, found.why, not found.is_hint, found.words, hint=found.is_hint)


def longest_text(broadcast: Broadcast) -> int:
    """Return how long a text may be, in characters: less under a picture or a document."""
    return LONGEST_CAPTION if broadcast.media is not None else LONGEST_TEXT


def _texts(unit: Unit, broadcast: Broadcast) -> Iterator[Fault]:
    """Check each text, and what readers of other languages get."""
    at = max(broadcast.starts_at or unit.now, unit.now)
    if not broadcast.texts.get("da", "").strip():
        yield Fault("texts", _("Write the text in Danish first."))
    for language in LANGUAGES:
        text = broadcast.texts.get(language, "").strip()
        if text:
            for one in text_faults(text, longest_text(broadcast), unit):
                yield replace(one, language=language)
            for found in days_in(text, language, at, unit, repeats=broadcast.rule is not None):
                yield replace(_fault("texts", found), language=language)
        elif language != "da":
            yield Fault(
                "texts",
                WITHOUT.get(broadcast.others, WITHOUT[NO_ONE]),
                language=language,
                hint=True,
            )
    yield from (_fault("texts", one) for one in differing_days(broadcast.texts, at, unit))
    if broadcast.others not in WITHOUT:
        yield Fault("others", _("Choose what readers of other languages get."))
    elif broadcast.others != NO_ONE and not broadcast.texts.get(broadcast.others):
        yield Fault("others", _("Write that text too, or choose what its readers get."))


def text_faults(text: str, longest: int, unit: Unit) -> Iterator[Fault]:
    """Yield what is wrong with one text of a broadcast or of a correction."""
    if len(text) > longest:
        yield Fault("texts", TOO_LONG.with_(count=len(text), most=longest))
    if cpr_in(text):
        yield Fault("texts", CPR.why)
    for left in left_in(text):
        yield Fault("texts", left.why, words=text[left.start : left.end])
    yield from _tone(text)
    word = revealing_word(text)
    if word is not None:
        yield Fault(
            "texts",
            _("“{word}” can reveal something private. Write only time, place and name.").with_(
                word=word
            ),
            words=sentence_at(text, text.index(word), text.index(word) + len(word)),
        )
    named = _CANDIDATES.search(text) if near_election(unit) else None
    if named is not None:
        yield Fault(
            "texts",
            _("An election is near, and this may name candidates. A leader must say why it stays."),
            can_stand=True,
            words=sentence_at(text, *named.span()),
        )
    yield from _readable(text)


def _tone(text: str) -> Iterator[Fault]:
    """Yield the faults of tone, and promises without a date (HR-12, row 9)."""
    for issue in reply_issues(text):
        if issue.kind is IssueKind.HARD:  # `_readable` is stricter
            continue
        yield Fault(
            "texts",
            issue.why,
            can_stand=issue.outcome is Outcome.REASON,
            words=sentence_at(text, issue.start, issue.end),
            hint=issue.outcome in {Outcome.CONFIRM, Outcome.HINT},
        )


def _readable(text: str) -> Iterator[Fault]:
    """Yield hints about long sentences and hard words (section 3b, HR-24)."""
    for sentence, count in long_sentences(text, LONGEST_SENTENCE):
        why = LONG.with_(count=count, most=LONGEST_SENTENCE)
        yield Fault("texts", why, words=sentence, hint=True)
    if (measured := lix(text)) > HARDEST:
        yield Fault("texts", HARD.with_(lix=round(measured), most=HARDEST), hint=True)


def near_election(unit: Unit) -> date | None:
    """Return the election that is at most six weeks away; None without one."""
    today = unit.calendar.local(unit.now).date()
    coming = [day for day in unit.town.elections if today <= day <= today + ELECTION_CALM]
    return min(coming, default=None)


def _whom(unit: Unit, broadcast: Broadcast) -> Iterator[Fault]:
    topics = {one.key for one in unit.town.topics} | {WARNINGS}
    if broadcast.topic not in topics:
        yield Fault("topic", _("Choose the topic."))
    if broadcast.is_warning != (broadcast.topic == WARNINGS):
        yield Fault("topic", _("A warning has the topic of warnings, and nothing else has it."))
    wrong = audience_fault(broadcast.audience)
    if wrong is not None:
        yield Fault("audience", wrong.why)


def _media(broadcast: Broadcast) -> Iterator[Fault]:
    """Check the words about a picture, and the place."""
    media, place = broadcast.media or {}, broadcast.place or {}
    if media.get("kind") == MediaKind.PHOTO and not str(media.get("alt", "")).strip():
        yield Fault("alt", _("Say what the picture shows, for those who cannot see it."))
    if len(str(media.get("alt", ""))) > LONGEST_ALT:
        yield Fault("alt", _("Write at most {most} characters.").with_(most=LONGEST_ALT))
    if len(str(place.get("title", ""))) > LONGEST_PLACE:
        yield Fault("place", _("Write at most {most} characters.").with_(most=LONGEST_PLACE))


def _labels(broadcast: Broadcast) -> Iterator[Fault]:
    """Check buttons and options: they have labels, and lead somewhere."""
    if len(broadcast.buttons) > MOST_BUTTONS:
        text = _("At most {most} buttons fit under a message.").with_(most=MOST_BUTTONS)
        yield Fault("buttons", text)
    if broadcast.texts.get("en"):
        yield from _untranslated(broadcast)
    for button in broadcast.buttons:
        if button.get("opens") not in list(Opens) or not str(button.get("value", "")).strip():
            yield Fault("buttons", _("Choose what each button opens."))
        yield from _label(button.get("labels") or {}, "buttons")
    if broadcast.question is None:
        return
    options = broadcast.question.get("options") or []
    if len(options) > MOST_OPTIONS:
        yield Fault("question", _("Give at most {most} answers.").with_(most=MOST_OPTIONS))
    if not options and not broadcast.question.get("own_words"):
        yield Fault("question", _("Give answers to choose from, or ask for own words."))
    for option in options:
        yield from _label(option.get("labels") or {}, "question")
    if not (broadcast.decider or "").strip():
        yield Fault("decider", _("Say who decides: a name or a committee."))


def _untranslated(broadcast: Broadcast) -> Iterator[Fault]:
    """Yield hints about buttons and answers that are in Danish only under an English text."""
    options = (broadcast.question or {}).get("options") or ()
    for field, some in (("buttons", broadcast.buttons), ("question", options)):
        for one in some:
            labels = one.get("labels") or {}
            if labels.get("da") and not labels.get("en", "").strip():
                why = _("There is no English text on this button, but the message is in English.")
                yield Fault(field, why, words=labels["da"], hint=True)


def _label(labels: Mapping[str, str], field: str) -> Iterator[Fault]:
    if not labels.get("da", "").strip():
        yield Fault(field, _("Write the Danish text of each button."))
    for label in labels.values():
        if len(label) > LONGEST_LABEL:
            text = _("Write at most {most} characters on a button.").with_(most=LONGEST_LABEL)
            yield Fault(field, text)
        if redact_text(label).text != label:
            yield Fault(field, _("Do not write a CPR number here."))


def _links(broadcast: Broadcast) -> Iterator[Fault]:
    if broadcast.agenda_url and not is_link(broadcast.agenda_url):
        yield Fault("agenda_url", NO_LINK)


def is_link(address: str) -> bool:
    """Return whether a browser can open an address: it is of the web, and names a host."""
    try:
        parts = urlsplit(address)
    except ValueError:  # "http://[", or a host of other signs than letters
        return False
    is_web = parts.scheme in {"http", "https"} and bool(parts.hostname)
    return is_web and not re.search(r"\s", address)


def _when(unit: Unit, broadcast: Broadcast) -> Iterator[Fault]:
    if not 0 <= broadcast.spread <= LONGEST_SPREAD:
        most = LONGEST_SPREAD // 60
        yield Fault("spread", _("Spread it over at most {most} hours.").with_(most=most))
    starts_at = broadcast.starts_at or unit.now
    if broadcast.expires_at is not None and broadcast.expires_at <= max(starts_at, unit.now):
        yield Fault("expires_at", _("It would end before it begins."))
    yield from _answer_by(unit, broadcast, starts_at)
    if broadcast.rule is not None and broadcast.is_warning:
        yield Fault("rule", _("A warning about danger is sent once. Choose one time, or none."))
    if broadcast.rule is not None:
        coming = next_occurrences(from_json(broadcast.rule), unit.calendar, unit.now, 1)
        if not coming:
            yield Fault("rule", _("It has no coming day."))


def _answer_by(unit: Unit, broadcast: Broadcast, starts_at: datetime) -> Iterator[Fault]:
    """Check the last day for answers: people have at least a whole day (HR-24)."""
    last = broadcast.answer_by
    if last is None:
        return
    if broadcast.rule is not None:
        yield Fault("answer_by", _("News that is repeated has no last day for answers."))
    begins = unit.calendar.local(max(starts_at, unit.now) + timedelta(minutes=broadcast.spread))
    if last <= begins.date():
        yield Fault("answer_by", _("Give people at least the day after it is sent to answer."))
