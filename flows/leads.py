"""The words with which a citizen asks for a reminder or a break, in the orders people use."""

from __future__ import annotations

import re

from bot.engine.words import fold

# A time to put a reminder off to: in an hour.
BY_AND_BY = frozenset(
    (
        *("om lidt", "lidt senere", "om et øjeblik", "om en stund", "senere i dag"),
        *("in a bit", "in a while", "a bit later", "later today", "soon"),
    )
)
# Words next to a time that change nothing.
SMALL_WORDS = frozenset(
    (
        *("igen", "hellere", "tak", "gerne", "så", "bare", "venligst", "ja", "helst", "skriv"),
        *("again", "please", "thanks", "rather", "then", "yes"),
    )
)
_GREETING = re.compile(r"(?:hej|hejsa|hi|hello)\b[\s,.!]*", re.IGNORECASE)
_ENDS = " ,.;:!?-–—"
_ASKS_DA = tuple(
    f"{verb} {who}{how}"
    for verb in ("vil", "kan", "gider")
    for who in ("du", "i")
    for how in ("", " lige", " godt", " godt lige", " venligst", " ikke", " ikke lige")
)
_ASKS_EN = tuple(
    f"{verb} you{how}" for verb in ("can", "could", "will", "would") for how in ("", " please")
)
_MADE_DA = tuple(
    f"{verb} {what}"
    for verb in ("send mig", "giv mig", "opret", "lav", "lav mig", "sæt", "jeg vil gerne have")
    for what in ("en påmindelse", "påmindelse", "en reminder")
)
_MADE_EN = tuple(
    f"{verb} a reminder"
    for verb in (
        *("set", "set me", "set up", "create", "make", "send me", "give me", "add"),
        *("i want", "i need", "i would like", "i'd like", "can i have", "can i get"),
    )
)
REMIND_ME = (
    *("mind mig", "husk mig", "du må gerne minde mig", "du skal minde mig"),
    *(f"{asks} minde mig" for asks in _ASKS_DA),
    *(f"{asks} huske mig {on}" for asks in _ASKS_DA for on in ("på", "om")),
    *("jeg vil gerne mindes", "jeg vil mindes", "jeg skal mindes", "jeg ønsker at blive mindet"),
    *("jeg vil gerne blive mindet", "jeg vil gerne påmindes"),
    *_MADE_DA,
    *("ny påmindelse", "remind me", "please remind me"),
    *(f"{asks} remind me" for asks in _ASKS_EN),
    *("i want to be reminded", "i would like to be reminded", "i'd like to be reminded"),
    *_MADE_EN,
    "new reminder",
)
# What begins a pledge can be nothing else; the whole message is kept as its words.
PLEDGES = (
    *("jeg lover at", "jeg lover, at jeg", "jeg vil love at", "jeg vil gerne love at"),
    *("jeg lover hermed at", "mit løfte er at", "mit løfte er", "vi lover at", "vi vil love at"),
    *("i pledge to", "i pledge that", "i promise to", "my pledge is to", "my pledge is"),
    *("we pledge to", "we promise to", "i want to pledge to", "i would like to pledge to"),
)
REMIND_GROUP = tuple(
    f"{verb} {who}"
    for verb in ("mind", "husk", *(f"{asks} minde" for asks in _ASKS_DA))
    for who in ("gruppen", "min gruppe", "medlemmerne", "foreningen")
) + tuple(
    f"{verb} {who}"
    for verb in ("remind", *(f"{asks} remind" for asks in _ASKS_EN))
    for who in ("the group", "my group", "the members")
)
BREAK_DA = (
    *("pause", "hold pause", "hold en pause", "tag en pause", "sæt på pause", "jeg holder pause"),
    *("jeg vil holde pause", "jeg vil gerne holde pause", "jeg vil gerne holde en pause"),
    *("jeg vil have pause", "jeg vil gerne have pause", "jeg vil gerne have en pause"),
    *("kan jeg holde pause", "må jeg holde pause"),
)
BREAK_EN = (
    *("pause", "take a break", "i want a break", "i need a break", "i would like a break"),
    *("i want to take a break", "i would like to take a break", "i'd like to take a break"),
    *("can i take a break", "mute", "mute everything"),
)
PAUSE = tuple(
    f"{lead} {until}"
    for leads, untils in (
        (BREAK_DA, ("til", "til og med", "indtil", "frem til", "i")),
        (BREAK_EN, ("until", "till", "for")),
    )
    for lead in leads
    for until in untils
)
_NOT = ("ikke", "aldrig")
# Words between the lead and what the reminder is about, the longest first.
_JOINTS = ("lige om", "også om", "om", "på", "lige", "også", "venligst", "about", "of", "for")
_EN_TO = ("to", "that")
_PRONOUNS = frozenset(
    (
        *("det", "det her", "dette", "den", "det der", "noget", "det igen"),
        *("it", "this", "that", "something", "it again"),
    )
)
_TAIL = re.compile(
    r"[\s,]*(?:\b(?:kl\.?|klokken|at)\s*\d[\d.:]*|\b(?:i|om) måneden|\bof (?:the|every) month"
    r"|\b(?:tak|please|på forhånd tak|den|d\.|the)|[?!.,])\s*$",
    re.IGNORECASE,
)


def rest_of(words: str, lead: str) -> str | None:
    """Return what follows a lead at the beginning of *words*; None where it does not begin so."""
    plain = _GREETING.sub("", words.strip(), count=1).replace("’", "'")
    rest = plain[len(lead) :]
    if plain[: len(lead)].casefold() != lead or not rest[:1] or rest[:1].isalnum():
        return None
    rest = rest.lstrip(_ENDS)
    begins_with_no = rest.casefold().split()[:1] in [[word] for word in _NOT]
    return rest if rest and not begins_with_no else None


def about(words: str) -> str:
    """Return what a reminder is about, from the words that are not read as a time.

    What is left of a time at the end goes too. The result is empty for a pronoun alone.
    """
    found = words.strip(_ENDS)
    for joint in _JOINTS:
        if found.casefold().startswith(f"{joint} ") or found.casefold() == joint:
            found = found[len(joint) :].strip(_ENDS)
            break
    for joint in _EN_TO:
        if found.casefold().startswith(f"{joint} "):
            found = found[len(joint) :].strip(_ENDS)
            break
    while (tail := _TAIL.search(found)) is not None and tail.start() > 0:
        found = found[: tail.start()]
    found = found.strip().rstrip("?!")
    return "" if fold(found) in _PRONOUNS else found
