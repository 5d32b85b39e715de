"""The words that open a door: slash commands, typed words, and where each is heard."""

from __future__ import annotations

from dataclasses import dataclass

from bot.engine.words import fold
from bot.i18n import Text, _


@dataclass(frozen=True, slots=True)
class Door:
    """A way in.

    *slash* are Telegram commands, the first Danish and the second English;
    *typed* are words that open it when written alone; an *early* door's words
    are heard before the flow's step, the others only where no step waits.
    *about* is the command's description in Telegram's list, where it is listed.
    """

    name: str
    slash: tuple[str, ...]
    typed: tuple[str, ...]
    early: bool = False
    about: Text | None = None


DOORS: tuple[Door, ...] = (
    Door("start", ("start",), ("start",)),
    Door("menu", ("menu",), ("menu", "menuen"), early=True, about=_("Show the menu")),
    Door(
        "greeting",
        (),
        (
            *("hej", "hejsa", "hej med dig", "goddag", "godmorgen", "godaften", "halløj", "dav"),
            *("hello", "hi", "hey", "good morning", "good evening"),
        ),
    ),
    Door(
        "ask",
        ("spoerg", "ask"),
        ("spørg", "spoerg", "spørgsmål", "stil et spørgsmål", "ask", "ask a question"),
        about=_("Ask a question"),
    ),
    Door(
        "report",
        ("praj", "report"),
        ("praj", "giv et praj", "report", "report something"),
        about=_("Report something outdoors"),
    ),
    Door(
        "volunteer",
        ("frivillig", "volunteer"),
        ("frivillig", "bliv frivillig", "volunteer"),
        about=_("Volunteer"),
    ),
    Door(
        "pledge",
        ("loefte", "pledge"),
        ("løfte", "loefte", "giv et løfte", "pledge", "make a pledge"),
        about=_("Make a pledge"),
    ),
    Door(
        "mine",
        ("mit", "mine"),
        ("mit", "mine", "mit overblik", "overblik", "my overview", "overview"),
        about=_("My overview and settings"),
    ),
    Door(
        "language",
        ("sprog", "language"),
        ("sprog", "language"),
        early=True,
        about=_("Change the language"),
    ),
    Door(
        "person",
        ("menneske", "person"),
        (
            "menneske",
            "et menneske",
            "tal med et menneske",
            "spørg et menneske",
            "person",
            "talk to a person",
            "ask a person",
            "human",
        ),
        early=True,
        about=_("Talk to a person"),
    ),
    Door("help", ("hjaelp", "help"), ("hjælp", "hjaelp", "help"), early=True, about=_("Help")),
    Door(
        "robot",
        (),
        (
            *("er du et menneske", "er du en robot", "hvem er du", "hvad er du", "hvad kan du"),
            *("jeg har brug for hjælp", "hvad kan jeg skrive", "hjælp mig"),
            *("are you a person", "are you human", "are you a robot", "who are you"),
            *("what can you do", "help me", "i need help"),
        ),
    ),
    Door("back", ("tilbage", "back"), ("tilbage", "back"), early=True, about=_("One step back")),
    Door("again", ("gentag", "repeat"), ("gentag", "repeat"), early=True),
    Door("who", ("bestemmer",), ("hvem bestemmer", "who decides"), early=True),
    Door("stop", ("stop",), (), about=_("Stop news and leave what you are doing")),
    Door(
        "privacy",
        ("privatliv", "privacy"),
        ("privatliv", "privacy"),
        about=_("Privacy: what we keep and why"),
    ),
    Door("news", ("nyt", "news"), ("nyt", "news")),
    Door("resume", ("fortsaet", "continue"), ("fortsæt", "fortsaet", "continue")),
    Door("hearing", ("hoering",), ("høring", "hoering", "hearing")),
    Door("idea", ("ide", "idea"), ("idé", "ide", "idea")),
    Door("complain", ("klage", "complain"), ("klage", "klag", "complain", "complaint")),
    Door("access", ("aktindsigt",), ("aktindsigt", "access to documents")),
    Door("data", ("mine_data", "my_data"), ("mine data", "my data"), early=True),
    Door(
        "delete",
        ("slet_mig", "delete_me"),
        (
            *("slet mig", "slet mig tak", "slet mine data", "slet mine oplysninger", "slet alt"),
            *("slet alt om mig", "slet min profil", "slet min konto", "jeg vil slettes"),
            *("jeg vil gerne slettes", "glem mig"),
            *("delete me", "delete me please", "please delete me", "delete my data", "delete all"),
            *("delete everything", "delete my account", "delete my profile", "erase me"),
            *("erase my data", "forget me"),
        ),
        early=True,
    ),
    Door(
        "cancel",
        ("afbryd", "cancel"),
        ("afbryd", "afbryd det", "annuller", "annullér", "cancel", "cancel it", "cancel that"),
        early=True,
    ),
    Door(
        "thanks",
        (),
        (
            *("tak", "mange tak", "tak for hjælpen", "tusind tak", "tak det hjalp", "farvel"),
            *("ok", "okay", "fint", "super", "hej hej", "ha en god dag"),
            *("thanks", "thank you", "thank you very much", "bye", "goodbye", "great"),
        ),
    ),
    Door("english", (), ("english", "engelsk", "in english", "in english please")),
    Door("danish", (), ("dansk", "danish", "på dansk")),
    Door("settings", ("indstillinger", "settings"), ("indstillinger", "settings")),
)

_YES = {fold(word) for word in ("ja", "ja tak", "jep", "jo", "yes", "yes please", "yep")}
_NO = {fold(word) for word in ("nej", "nej tak", "nope", "no", "no thanks", "no thank you")}
_BY_SLASH = {slash: door for door in DOORS for slash in door.slash}
_BY_WORD = {fold(word): door for door in DOORS for word in door.typed}


def slash_door(command: str) -> Door | None:
    """Find the door of a slash command, given without its slash."""
    return _BY_SLASH.get(command.casefold())


def yes_or_no(words: str) -> bool | None:
    """Read a plain yes or no; None where it is neither."""
    plain = fold(words)
    return True if plain in _YES else False if plain in _NO else None


def typed_door(words: str) -> Door | None:
    """Find the door that *words*, written alone, open."""
    return _BY_WORD.get(fold(words)) if len(words) < 40 else None  # noqa: PLR2004 - no door's word is that long


def listed_commands(language: str) -> list[tuple[str, Text]]:
    """List the commands Telegram shows in *language*, with their descriptions."""
    english = language != "da"
    return [
        (door.slash[-1] if english else door.slash[0], door.about)
        for door in DOORS
        if door.about is not None
    ]
