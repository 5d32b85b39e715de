"""How a text is read before its tone is judged: words, and the ends of sentences.

Words are brought to one spelling (`bot/letters.py`), so that case, spacing and the keyboard
at hand change nothing. Phrases are regular expressions over a *line*: words with one space
before each, `<` and `>` at its ends, and the signs `, | ! !! ? ??` and faces in their places,
so that no phrase reaches over the end of a sentence by chance.

A line is searched in time linear to its length: words and lines are bounded, a phrase begins
where a word begins, and no phrase repeats without bound anything but the letters of one word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from bot.letters import fold

LONGEST_WORD = 40  # letters; what is longer is no word, and its rest is not read
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
    """A list of phrases; `{name}` in them stands for one of *classes*.

    They are compiled when they are first sought: it takes half a second for all of them,
    which a command that judges nothing need not wait for.
    """

    listed: tuple[str, ...]
    classes: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Return them as one pattern, in the spelling of the lines."""
        either = "|".join(f"(?:{self.expand(each)})" for each in self.listed)
        return re.compile(rf" (?:{fold(either)})(?!\w)")

    def search(self, line: str) -> re.Match[str] | None:
        """Return the first phrase in *line*."""
        return self.pattern.search(line)

    def match(self, line: str) -> re.Match[str] | None:
        """Return the phrase that *line* begins with."""
        return self.pattern.match(line)

    def finditer(self, line: str) -> Iterator[re.Match[str]]:
        """Yield the phrases in *line*."""
        return self.pattern.finditer(line)

    def expand(self, phrase: str) -> str:
        """Put the classes in the place of their names."""
        while name := re.search(r"\{([a-z_]+)\}", phrase):
            phrase = phrase.replace(name[0], f"(?:{self.classes[name[1]]})")
        return phrase


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a sign or a face: *form* as it is compared, and its place in the text."""

    form: str
    start: int
    end: int

    @property
    def word(self) -> bool:
        """Return whether it is a word or a number."""
        return self.form[0].isalnum()


@dataclass(frozen=True)
class Sentence:
    """One sentence, or a piece of one that is too long to be one."""

    tokens: tuple[Token, ...]

    @cached_property
    def words(self) -> tuple[Token, ...]:
        """Return its words alone."""
        return tuple(token for token in self.tokens if token.word)

    @cached_property
    def line(self) -> str:
        """Return it as phrases see it."""
        return _line(each.form for each in self.tokens if each.form != ",")

    @cached_property
    def with_commas(self) -> str:
        """Return it as phrases see it, with its commas."""
        return _line(each.form for each in self.tokens)

    @property
    def asks(self) -> bool:
        """Return whether it ends with a question mark."""
        return any(each.form in {"?", "??"} for each in self.tokens)

    @property
    def span(self) -> tuple[int, int]:
        """Return its place in the text."""
        return self.tokens[0].start, self.tokens[-1].end

    def find(self, phrases: Phrases) -> tuple[int, int] | None:
        """Return the place in the text of the first phrase that is there."""
        match = phrases.search(self.line)
        if match is None:
            return None
        shown = [each for each in self.tokens if each.form != ","]
        # Each space of the line stands before a token; the first before `<`.
        first = self.line.count(" ", 0, match.start() + 1) - 2
        last = self.line.count(" ", 0, match.end()) - 2
        inside = shown[max(first, 0) : max(last, 0) + 1] or shown
        return inside[0].start, inside[-1].end


def read(text: str) -> tuple[Sentence, ...]:
    """Cut *text* into sentences."""
    sentences: list[Sentence] = []
    tokens: list[Token] = []
    for token in _ends(list(_tokens(text))):
        tokens.append(token)
        if token.form in {"|", "!", "!!", "?", "??"} or len(tokens) >= LONGEST_LINE:
            sentences.append(Sentence(tuple(tokens)))
            tokens = []
        elif not token.word and token.form != "," and len(tokens) == 1 and sentences:
            # A face after the end belongs to the sentence that it colours.
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
    """Put the forms of tokens into a line."""
    return " ".join(["", "<", *forms, ">"])


def _tokens(text: str) -> Iterable[Token]:
    """Yield words, signs and faces in their order."""
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
    """Return the sign that a run of signs amounts to."""
    for sign in "?!":
        if sign in found:
            return sign * 2 if len(found.strip()) > 1 else sign
    return "." if found in {".", ":"} else "|"


def _ends(tokens: list[Token]) -> Iterable[Token]:
    """Yield the tokens with every full stop that ends a sentence as `|`, and without the rest."""
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
