"""The archive of news as a visitor reads it: texts, dialogues, and the outcomes of answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from bot.documents.atom_feed import BEFORE_ALL
from bot.i18n import Text, render
from bot.model.broadcast import (
    WARNINGS,
    Broadcast,
    BroadcastState,
    MediaKind,
    Opens,
    Verdict,
)
from bot.model.link import campaign_link, news_item_url, opportunity_link, pledge_link
from bot.model.opportunity import said, spoken_in
from bot.model.outcome import ContributionKind
from bot.model.suppression import LEAST
from bot.public import news_words as words
from bot.public.opportunity_view import Words
from bot.public.public_context import PublicContext
from bot.store.public_broadcasts import PublicVerdict
from flows.outcome_words import sentence

IN_CHAT = {
    Opens.PLEDGE: pledge_link,
    Opens.CAMPAIGN: campaign_link,
    Opens.OPPORTUNITY: opportunity_link,
}


@dataclass(frozen=True, slots=True)
class ShownVerdict:
    """An outcome that at least five people share: its verdict, who decided, for how many."""

    text: Words
    lines: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class ShownNews:
    """One broadcast: *lines* say when it was sent and corrected.

    *dialogue* is its number and *decides* who decides; both are empty where it asks nothing.
    *verdicts* and *told* are of a dialogue that is closed.
    """

    id: int
    title: str
    text: Words
    paragraphs: tuple[str, ...]
    only_in: str
    topic: str
    is_warning: bool
    at: datetime
    updated: datetime
    lines: tuple[str, ...]
    page: str
    picture: str
    alt: str
    document: str
    place: str
    buttons: tuple[tuple[str, str], ...]
    dialogue: str
    decides: Markup
    answer_by: str
    agenda: str
    is_open: bool
    told: tuple[str, ...]
    verdicts: tuple[ShownVerdict, ...]


@dataclass(frozen=True, slots=True)
class NewsView:
    """Shows the archive of a town in one language."""

    public: PublicContext
    language: str

    def said(self, text: Text) -> str:
        """Return a text in the visitor's language."""
        town = self.public.town
        named = {"municipality": town.name, "least": LEAST, "phone": town.phone}
        filled = text.with_defaults(named)
        return render(filled, self.language, escape=str, zone=town.zone)

    def named(self, text: Text) -> Markup:
        """Return a text whose names, such as that of a committee, are marked as Danish."""
        zone = self.public.town.zone
        return Markup(render(text, self.language, escape=_in_danish, zone=zone))  # noqa: S704 - rendered, so escaped

    def show(self, one: Broadcast, verdicts: Sequence[PublicVerdict] = ()) -> ShownNews:
        """Return a broadcast as the pages and the feed show it."""
        text = Words(said(one.texts, self.language), spoken_in(one.texts, self.language))
        paragraphs = tuple(part.strip() for part in text.text.split("\n\n") if part.strip())
        began = one.began_at or BEFORE_ALL
        page = news_item_url(self.public.url, one.id)
        kind = (one.media or {}).get("kind") if one.file_id is not None else None
        is_closed = one.is_dialogue and one.state is BroadcastState.CLOSED
        moments = (began, one.corrected_at, one.ended_at if is_closed else None)
        return ShownNews(
            id=one.id,
            title=one.title,
            text=text,
            paragraphs=paragraphs,
            only_in=self._only_in(text.language),
            topic=self.topic(one.topic),
            is_warning=one.is_warning,
            at=began,
            updated=max(moment for moment in moments if moment is not None),
            lines=tuple(self.said(line) for line in self._lines(one, began)),
            page=page,
            picture=f"{page}/fil" if kind == MediaKind.PHOTO else "",
            alt=str((one.media or {}).get("alt") or ""),
            document=f"{page}/fil" if kind == MediaKind.DOCUMENT else "",
            place=str((one.place or {}).get("title") or ""),
            buttons=self._buttons(one),
            dialogue=self.said(words.DIALOGUE.with_(number=one.number)) if one.is_dialogue else "",
            decides=self.named(words.DECIDES.with_(decider=one.decider))
            if one.is_dialogue and one.decider
            else Markup(),
            answer_by=self.said(words.ANSWER_BY.with_(day=one.answer_by)) if one.answer_by else "",
            agenda=one.agenda_url or "" if one.is_dialogue else "",
            is_open=one.is_dialogue and not is_closed,
            told=tuple(map(self.said, (words.CLOSED, *told(verdicts)))) if is_closed else (),
            verdicts=tuple(map(self._verdict, shared(verdicts))) if is_closed else (),
        )

    def topic(self, key: str) -> str:
        """Return the name of a topic; the key for an unknown one."""
        if key == WARNINGS:
            return self.said(words.WARNING)
        names = {one.key: one.labels for one in self.public.town.topics}
        return said(names.get(key), self.language) or key

    def _only_in(self, language: str) -> str:
        """Return that a text is in another language than the page; empty where it is not."""
        if language == self.language:
            return ""
        return self.said(words.ONLY_IN[language])

    def _lines(self, one: Broadcast, began: datetime) -> list[Text]:
        """Return when a broadcast was sent, corrected, and that it was stopped."""
        day = began.astimezone(ZoneInfo(self.public.town.zone)).date()
        lines = [words.DATE.with_(day=day, year=str(day.year))]
        if one.corrected_at is not None:
            lines.append(words.CORRECTED.with_(at=one.corrected_at))
        if one.state is BroadcastState.STOPPED:
            lines.append(words.STOPPED)
        return lines

    def _buttons(self, one: Broadcast) -> tuple[tuple[str, str], ...]:
        """Return the labels of the buttons, with the addresses that open them in the chat."""
        chat = self.public.bot_link
        found = []
        for button in one.buttons:
            opens = IN_CHAT.get(Opens(button["opens"]))
            address = opens(chat, int(button["value"])) if opens is not None else chat
            found.append((said(button["labels"], self.language), address))
        return tuple(found)

    def _verdict(self, one: PublicVerdict) -> ShownVerdict:
        """Return an outcome with its reason, who decided it and when, and how many share it."""
        reason = said(one.reasons, self.language)
        language = spoken_in(one.reasons, self.language) if reason else self.language
        outcome = sentence(ContributionKind.ANSWER, Verdict(one.verdict), reason)
        line = render(outcome, language, escape=str)
        lines = [words.GIVEN_TO.with_(count=one.people)]
        if language != self.language:
            lines.insert(0, words.ONLY_IN[language])
        if one.decided_at is not None and one.decided_by:
            day = one.decided_at.astimezone(ZoneInfo(self.public.town.zone)).date()
            lines.insert(-1, words.DECIDED.with_(decided_by=one.decided_by, day=day))
        return ShownVerdict(Words(line, language), tuple(map(self.named, lines)))


def _in_danish(name: str) -> str:
    """Return a name, escaped, as words in Danish."""
    return f'<span lang="da">{escape(name)}</span>'


def shared(verdicts: Sequence[PublicVerdict]) -> list[PublicVerdict]:
    """Return the outcomes that so many people share that they may be shown."""
    return [one for one in verdicts if one.people >= LEAST]


def told(verdicts: Sequence[PublicVerdict]) -> list[Text]:
    """Return how many answered, where no number of fewer than five people follows from it."""
    number = sum(one.people for one in verdicts)
    rest = number - sum(one.people for one in shared(verdicts))
    lines: list[Text] = []
    if number >= LEAST and (rest == 0 or rest >= LEAST):
        lines.append(words.ANSWERED.with_(count=number))
    lines.append(words.EACH_TOLD if number else words.NO_ANSWERS)
    if rest:
        lines.append(words.OTHERS if rest < number else words.NONE_SHARED)
    return lines
