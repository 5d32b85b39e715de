"""Split a text into words and sentences before its tone is judged.

Words are brought to one spelling (`bot/letters.py`), so that case, spacing and keyboard do
not matter. Phrases are regular expressions over a *line*: words with one space before each,
`<` and `>` at its ends, and the signs `, | ! !! ? ??` and emoji faces in their places, so
that no phrase matches across the end of a sentence.

The time of a search is linear in the length of the line: words and lines have a limited
length, a phrase begins at the beginning of a word, and only the letters of one word may
repeat without limit in a phrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from bot.letters import fold

LONGEST_WORD = 40  # letters; the letters of a word beyond this are ignored
LONGEST_LINE = 120  # words; a longer sentence is read in pieces
_FACES = "\u2600-\u27bf\U0001f300-\U0001faff"
_INSIDE = r"'’‘`´\u00ad\u0300-\u036f\u200b-\u200d\u2060\ufeff"
_TOKEN = re.compile(rf"[^\W_](?:[^\W_]|[{_INSIDE}])*|[.!?;:\n…]+|[,–—()\"]|[{_FACES}]")
_SHORT = frozenset(
    {"kl", "d", "den", "nr", "ca", "fx", "eks", "f", "bl", "a", "pkt", "stk", "jf", "evt", "inkl"}
    | {"ekskl", "tlf", "mht", "mr", "mrs", "ms", "dr", "st", "no", "e", "g", "i", "vs"}
)
_LINKS = frozenset({"dk", "com", "org", "net", "eu", "example"})
_DAY = re.compile(r"[0-9]{1,2}")
_AFTER_DAY = re.compile(
    r"(?:jan|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec)\w*|klasse|sal|gang|og|i|til"
)


@dataclass(frozen=True)
class Phrases:
    """A list of phrases; `{name}` in them is replaced by an entry of *classes*.

    They are compiled at their first search: compiling all lists takes 0.5 s, which commands
    that judge no text should not spend.
    """

    listed: tuple[str, ...]
    classes: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Return the phrases as one pattern, in the spelling of the lines."""
        either = "|".join(f"(?:{self.expand(each)})" for each in self.listed)
        return re.compile(rf" (?:{fold(either)})(?!\w)")

    def search(self, line: str) -> re.Match[str] | None:
        """Return the match of the first phrase in *line*, or None."""
        return self.pattern.search(line)

    def match(self, line: str) -> re.Match[str] | None:
        """Return the match of a phrase at the beginning of *line*, or None."""
        return self.pattern.match(line)

    def finditer(self, line: str) -> Iterator[re.Match[str]]:
        """Yield the matches of phrases in *line*."""
        return self.pattern.finditer(line)

    def expand(self, phrase: str) -> str:
        """Return *phrase* with the names of classes replaced by their patterns."""
        while name := re.search(r"\{([a-z_]+)\}", phrase):
            phrase = phrase.replace(name[0], f"(?:{self.classes[name[1]]})")
        return phrase


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a sign or an emoji face: *form* for comparing, and its position in the text."""

    form: str
    start: int
    end: int

    @property
    def word(self) -> bool:
        """Return whether the token is a word or a number."""
        return self.form[0].isalnum()


@dataclass(frozen=True)
class Sentence:
    """One sentence, or a piece of a sentence longer than `LONGEST_LINE`."""

    tokens: tuple[Token, ...]

    @cached_property
    def words(self) -> tuple[Token, ...]:
        """Return the tokens that are words."""
        return tuple(token for token in self.tokens if token.word)

    @cached_property
    def line(self) -> str:
        """Return the line that phrases are searched in, without commas."""
        return _line(each.form for each in self.tokens if each.form != ",")

    @cached_property
    def with_commas(self) -> str:
        """Return the line that phrases are searched in, with commas."""
        return _line(each.form for each in self.tokens)

    @property
    def asks(self) -> bool:
        """Return whether the sentence has a question mark."""
        return any(each.form in {"?", "??"} for each in self.tokens)

    @property
    def span(self) -> tuple[int, int]:
        """Return the position of the sentence in the text."""
        return self.tokens[0].start, self.tokens[-1].end

    def find(self, phrases: Phrases) -> tuple[int, int] | None:
        """Return the position in the text of the first matching phrase, or None."""
        match = phrases.search(self.line)
        if match is None:
            return None
        shown = [each for each in self.tokens if each.form != ","]
        # Each space of the line is followed by a token, the first space by `<`.
        first = self.line.count(" ", 0, match.start() + 1) - 2
        last = self.line.count(" ", 0, match.end()) - 2
        inside = shown[max(first, 0) : max(last, 0) + 1] or shown
        return inside[0].start, inside[-1].end


def read(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of *text*."""
    sentences: list[Sentence] = []
    tokens: list[Token] = []
    for token in _ends(list(_tokens(text))):
        tokens.append(token)
        if token.form in {"|", "!", "!!", "?", "??"} or len(tokens) >= LONGEST_LINE:
            sentences.append(Sentence(tuple(tokens)))
            tokens = []
        elif not token.word and token.form != "," and len(tokens) == 1 and sentences:
            # An emoji face after the end belongs to the sentence before it.
            sentences[-1] = Sentence((*sentences[-1].tokens, token))
            tokens = []
    if tokens:
        sentences.append(Sentence(tuple(tokens)))
    return tuple(each for each in sentences if each.words or each.tokens[0].form != "|")


def line_of(text: str) -> str:
    """Return the whole of *text* as one line."""
    forms = (token.form for token in _ends(list(_tokens(text))))
    return _line(form for form in forms if form != ",")


def _line(forms: Iterable[str]) -> str:
    """Return the forms of tokens as a line."""
    return " ".join(["", "<", *forms, ">"])


def _tokens(text: str) -> Iterable[Token]:
    """Yield words, signs and emoji faces in order."""
    for match in _TOKEN.finditer(text):
        found = match[0]
        if found[0].isalnum():
            form = "".join(fold(found[:LONGEST_WORD]).split()) or "-"
        elif found in {",", "–", "—", "(", ")", '"'}:
            form = ","
        elif found[0] in ".!?;:\n…":
            form = _sign(found)
        else:
            form = found
        yield Token(form, *match.span())


def _sign(found: str) -> str:
    """Return one sign for a run of signs."""
    for sign in "?!":
        if sign in found:
            return sign * 2 if len(found.strip()) > 1 else sign
    return "." if found in {".", ":"} else "|"


def _ends(tokens: list[Token]) -> Iterable[Token]:
    """Yield the tokens; full stops at the end of a sentence become `|`, others are dropped."""
    for at, token in enumerate(tokens):
        if token.form != ".":
            yield token
        elif not _goes_on(tokens, at):
            yield Token("|", token.start, token.end)


def _goes_on(tokens: list[Token], at: int) -> bool:
    """Return whether the full stop belongs to an abbreviation, a date, a time or a link."""
    if at == 0 or at + 1 >= len(tokens):
        return False
    before, after = tokens[at - 1], tokens[at + 1]
    if not after.word or not before.word:
        return False
    if after.start == tokens[at].end and before.end == tokens[at].start:
        return before.form[-1].isdigit() or before.form in _SHORT or after.form in _LINKS
    if _DAY.fullmatch(before.form):
        return _AFTER_DAY.fullmatch(after.form) is not None
    return before.form in _SHORT
