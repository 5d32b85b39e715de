"""Intents: slash commands, typed words, and whether these come before a flow's step."""

from __future__ import annotations

from dataclasses import dataclass

from bot import letters
from bot.engine.flow import Flow
from bot.engine.words import fold
from bot.i18n import Text, _
from flows import leads, pledge_leads
from flows.asking import Access, Idea
from flows.report import Outdoors
from flows.settings import News, Settings, Warnings


@dataclass(frozen=True, slots=True)
class Intent:
    """What a citizen wants, and the words for it.

    *slash* are Telegram commands, the first Danish, the second English. *typed* are words that
    mean the intent when written alone. An *early* intent's words are tried before the flow's
    step, the others only without a waiting step or where the step cannot take them. *about* is
    the description in Telegram's command list, if the command is listed there. Words that begin
    with one of *leads* mean the intent too, and what follows is its argument. An intent with a
    flow *begins* it; every other intent has a handler in `bot.runner.intents`.
    """

    name: str
    slash: tuple[str, ...]
    typed: tuple[str, ...]
    early: bool = False
    about: Text | None = None
    leads: tuple[str, ...] = ()
    begins: type[Flow] | None = None


def _has_time(*spans: str) -> tuple[str, ...]:
    """Return what people write who say how much time they have."""
    begins = ("jeg har", "jeg har kun", "jeg har lige", "i have", "i have only", "i only have")
    return tuple(f"{begin} {span}" for begin in begins for span in spans)


# Intents without an effect: where something was asked, these words may be the answer.
SMALL_TALK = ("thanks", "greeting")
INTENTS: tuple[Intent, ...] = (
    Intent("start", ("start",), ("start",)),
    Intent("menu", ("menu",), ("menu", "menuen"), early=True, about=_("Show the menu")),
    Intent(
        "greeting",
        (),
        (
            *("hej", "hejsa", "hej med dig", "goddag", "godmorgen", "godaften", "halløj", "dav"),
            *("hello", "hi", "hey", "good morning", "good evening"),
        ),
    ),
    Intent(
        "ask",
        ("spoerg", "ask"),
        ("spørg", "spoerg", "spørgsmål", "stil et spørgsmål", "ask", "ask a question"),
        about=_("Ask a question"),
    ),
    Intent(
        "report",
        ("praj", "report"),
        ("praj", "giv et praj", "report", "report something"),
        about=_("Report something outdoors"),
        begins=Outdoors,
    ),
    Intent(
        "volunteer",
        ("frivillig", "volunteer"),
        ("frivillig", "bliv frivillig", "jeg vil være frivillig", "volunteer"),
        about=_("Volunteer"),
    ),
    Intent("ten_minutes", (), _has_time("ti minutter", "10 minutter", "ten minutes", "10 minutes")),
    Intent("an_hour", (), _has_time("en time", "1 time", "an hour", "one hour", "1 hour")),
    Intent("a_day", (), _has_time("en dag", "1 dag", "a day", "one day", "1 day")),
    Intent(
        "profile",
        (),
        (
            *("min profil", "som frivillig", "mig som frivillig", "my profile"),
            "me as a volunteer",
        ),
    ),
    Intent(
        "stopvol",
        (),
        (
            *("stop som frivillig", "jeg vil stoppe som frivillig"),
            *("jeg vil gerne stoppe som frivillig", "jeg vil ikke være frivillig mere"),
            *("jeg vil ikke være frivillig længere", "stop as a volunteer"),
            *("i want to stop as a volunteer", "i want to stop volunteering"),
            *("i do not want to volunteer any more", "i don't want to volunteer anymore"),
        ),
    ),
    Intent(
        "pledge",
        ("loefte", "pledge"),
        pledge_leads.MAKE,
        about=_("Make a pledge"),
        leads=leads.PLEDGES,
    ),
    Intent("whatpledge", (), pledge_leads.WHAT_IS_IT),
    Intent("mypledges", ("mine_loefter", "my_pledges"), pledge_leads.MINE),
    Intent("pledgestop", (), pledge_leads.STOP, early=True, leads=pledge_leads.STOP),
    Intent(
        "withdrawpledge",
        (),
        pledge_leads.WITHDRAW,
        early=True,
        leads=(*pledge_leads.WITHDRAW, *pledge_leads.ABOUT["withdrawpledge"]),
    ),
    Intent(
        "pledgepause",
        (),
        pledge_leads.PAUSE,
        leads=(*pledge_leads.PAUSE, *pledge_leads.ABOUT["pledgepause"]),
    ),
    Intent("pledgeresume", (), pledge_leads.RESUME, leads=pledge_leads.RESUME),
    Intent(
        "pledgeless",
        (),
        pledge_leads.SMALLER,
        leads=(*pledge_leads.SMALLER, *pledge_leads.ABOUT["pledgeless"]),
    ),
    Intent("answerpledge", (), pledge_leads.ANSWER, leads=pledge_leads.ANSWER),
    Intent("undopledge", (), pledge_leads.UNDO),
    Intent("leavepledging", (), pledge_leads.LEAVE, early=True),
    Intent(
        "campaigns",
        ("faelles", "together"),
        (
            *("fælles løfter", "fælles løfte", "faelles", "fælles", "vis fælles løfter"),
            *("shared pledges", "shared pledge", "together", "show shared pledges"),
        ),
        about=_("Shared pledges"),
    ),
    Intent(
        "startshared",
        (),
        (
            *("start et fælles løfte", "foreslå et fælles løfte", "nyt fælles løfte"),
            *("start a shared pledge", "propose a shared pledge"),
        ),
    ),
    Intent(
        "totals",
        ("ialt", "totals"),
        (
            *("i alt", "ialt", "vis i alt", "hvad blev det til", "hvad er det blevet til"),
            *("hvad har vi gjort", "hvor langt er vi", "totals", "show totals", "in all"),
            *("what does it add up to", "what have we done"),
        ),
        about=_("What all pledges add up to"),
    ),
    Intent(
        "contributions",
        ("bidrag", "contributions"),
        (
            *("hvad skete der med mit bidrag", "hvad blev der af mit bidrag", "mit bidrag"),
            *("hvad skete der med mit svar", "hvad blev der af mit svar", "mine bidrag"),
            *("hvad skete der med min idé", "hvad blev der af min idé", "mine idéer"),
            *("hvad skete der med mit forslag", "hvad blev der af mit forslag"),
            *("hvad kom der ud af mit bidrag", "hvad kom der ud af mit svar"),
            *("what happened to my contribution", "what happened to my answer"),
            *("what happened to my idea", "what came of my idea", "my contributions"),
        ),
        about=_("What happened to my contribution?"),
    ),
    Intent(
        "attendance",
        (),
        ("fremmøde", "hvem kom", "attendance", "who came"),
    ),
    Intent(
        "mine",
        ("mit", "mine"),
        ("mit", "mine", "mit overblik", "overblik", "my overview", "overview"),
        about=_("My overview and settings"),
    ),
    Intent(
        "language",
        ("sprog", "language"),
        ("sprog", "language"),
        early=True,
        about=_("Change the language"),
    ),
    Intent(
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
    Intent("help", ("hjaelp", "help"), ("hjælp", "hjaelp", "help"), early=True, about=_("Help")),
    Intent(
        "robot",
        (),
        (
            *("er du et menneske", "er du en robot", "hvem er du", "hvad er du", "hvad kan du"),
            *("jeg har brug for hjælp", "hvad kan jeg skrive", "hjælp mig"),
            *("are you a person", "are you human", "are you a robot", "who are you"),
            *("what can you do", "help me", "i need help"),
        ),
    ),
    Intent(
        "back",
        ("tilbage", "back"),
        ("tilbage", "gå tilbage", "et skridt tilbage", "back", "go back"),
        early=True,
        about=_("One step back"),
    ),
    Intent("again", ("gentag", "repeat"), ("gentag", "repeat"), early=True),
    Intent(
        "who",
        ("bestemmer",),
        (
            *("hvem bestemmer", "hvem bestemmer det", "hvem bestemmer det her"),
            *("hvem bestemmer her", "hvem beslutter", "hvem beslutter det"),
            *("hvem træffer beslutningen", "who decides", "who decides it", "who decides that"),
            *("who decides this", "who makes the decision"),
        ),
        early=True,
    ),
    Intent("stop", ("stop",), (), about=_("Stop news and leave what you are doing")),
    Intent(
        "privacy",
        ("privatliv", "privacy"),
        ("privatliv", "privacy"),
        about=_("Privacy: what we keep and why"),
    ),
    Intent("news", ("nyt", "news"), ("nyt", "news"), begins=News),
    Intent(
        "warnings",
        ("advarsler", "warnings"),
        ("advarsler", "advarsel", "warnings", "warning"),
        begins=Warnings,
    ),
    Intent(
        "stopwarnings",
        (),
        (
            *("stop advarsler", "stop advarslerne", "stop advarsel", "stop alle advarsler"),
            *("stop med advarsler", "stop med at advare mig", "stop advarsler tak"),
            *("afmeld advarsler", "afmeld advarslerne", "ingen advarsler", "ikke flere advarsler"),
            *("ingen flere advarsler", "jeg vil ikke advares", "jeg vil ikke have advarsler"),
            *("jeg vil ikke have flere advarsler", "stop advarsler om fare"),
            *("stop warnings", "stop the warnings", "stop warning", "stop all warnings"),
            *("stop warning me", "stop warnings please", "please stop warnings"),
            *("no warnings", "no more warnings", "unsubscribe from warnings"),
            *("i do not want warnings", "i don't want warnings", "stop warnings about danger"),
        ),
        early=True,
    ),
    Intent("resume", ("fortsaet", "continue"), ("fortsæt", "fortsaet", "continue")),
    Intent("hearing", ("hoering",), ("høring", "hoering", "hearing")),
    Intent("idea", ("ide", "idea"), ("idé", "ide", "idea"), begins=Idea),
    Intent("complain", ("klage", "complain"), ("klage", "klag", "complain", "complaint")),
    Intent("access", ("aktindsigt",), ("aktindsigt", "access to documents"), begins=Access),
    Intent(
        "hours",
        ("mine_timer", "my_hours"),
        (
            *("mine timer", "mine frivillige timer", "hvor mange timer har jeg hjulpet"),
            *("hvor mange timer har jeg", "hvor længe har jeg hjulpet"),
            *("my hours", "my volunteer hours", "how many hours have i helped"),
            "how many hours do i have",
        ),
        about=_("My hours as a volunteer"),
    ),
    Intent("data", ("mine_data", "my_data"), ("mine data", "my data"), early=True),
    Intent(
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
    Intent(
        "cancel",
        ("afbryd", "cancel"),
        (
            *("afbryd", "afbryd det", "annuller", "annullér", "annullér det", "annuller det"),
            *("fortryd", "fortryd det", "glem det", "cancel", "cancel it", "cancel that"),
            *(
                "jeg fortryder",
                "fortryd igen",
                "undo it",
                "undo that",
                "slut",
                "luk",
                "jeg vil ikke alligevel",
                "jeg vil ikke mere",
            ),
            *("undo", "never mind", "forget it", "quit", "exit", "i changed my mind"),
        ),
        early=True,
    ),
    Intent(
        "thanks",
        (),
        (
            *("tak", "mange tak", "tak for hjælpen", "tusind tak", "tak det hjalp", "farvel"),
            *("ok", "okay", "fint", "super", "hej hej", "ha en god dag"),
            *("thanks", "thank you", "thank you very much", "bye", "goodbye", "great"),
        ),
    ),
    Intent("english", (), ("english", "engelsk", "in english", "in english please")),
    Intent("danish", (), ("dansk", "danish", "på dansk")),
    Intent(
        "remind",
        ("husk", "remind"),
        (*leads.REMIND_ME, "påmindelse", "påmindelser", "reminder", "reminders"),
        about=_("Remind me of something"),
        leads=leads.REMIND_ME,
    ),
    Intent("myrem", (), ("mine påmindelser", "vis mine påmindelser", "my reminders")),
    Intent(
        "calendar",
        ("kalender", "calendar"),
        ("kalender", "min kalender", "kalenderen", "calendar", "my calendar"),
    ),
    Intent("remind_group", (), leads.REMIND_GROUP, leads=leads.REMIND_GROUP),
    Intent(
        "invite_group",
        (),
        ("invitér gruppen", "inviter gruppen", "spørg gruppen", "invite the group"),
    ),
    Intent(
        "pause",
        ("pause",),
        (*leads.BREAK_DA, *leads.BREAK_EN),
        about=_("Take a break from messages"),
        leads=leads.PAUSE,
    ),
    Intent(
        "settings",
        ("indstillinger", "settings"),
        ("indstillinger", "settings"),
        begins=Settings,
    ),
)

_BY_SLASH = {letters.fold(slash): intent for intent in INTENTS for slash in intent.slash}
# The longest lead first: what follows it is the argument.
_BY_LEAD = sorted(
    ((lead, intent) for intent in INTENTS for lead in intent.leads), key=lambda one: -len(one[0])
)
_BY_WORD = {fold(word): intent for intent in INTENTS for word in intent.typed}


def slash_intent(command: str) -> Intent | None:
    """Return the intent of a slash command, given without its slash."""
    return _BY_SLASH.get(letters.fold(command))


def typed_intent(words: str) -> Intent | None:
    """Return the intent that *words* mean when they are written alone."""
    return _BY_WORD.get(fold(words)) if len(words) < 40 else None  # noqa: PLR2004 - no intent's word is that long


def led_intent(words: str) -> tuple[Intent, str] | None:
    """Return the intent whose lead *words* begin with, and what follows; None where none does."""
    for lead, intent in _BY_LEAD:
        rest = leads.rest_of(words, lead)
        if rest is not None:
            return intent, rest
    return None


def listed_commands(language: str) -> list[tuple[str, Text]]:
    """Return the commands that Telegram lists in *language*, with their descriptions."""
    english = language != "da"
    return [
        (intent.slash[-1] if english else intent.slash[0], intent.about)
        for intent in INTENTS
        if intent.about is not None
    ]


def pages() -> dict[str, Text]:
    """Return what a button of news can open, by the name of its intent, with its label."""
    return {
        one.name: one.about for one in INTENTS if one.about is not None and one.name not in ENDING
    }


ENDING = frozenset({"stop", "back"})  # they end something, and open nothing
