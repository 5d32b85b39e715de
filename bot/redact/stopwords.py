"""Words that stop our messages, in any language and at any step (HR-17).

The *whole* message must be a stop word: "stop løftet" and "stoppested" mean something else.
The bot speaks Danish and English. The short lists of other languages let a citizen stop
messages without knowing ours.
"""

from __future__ import annotations

import re
import unicodedata

STOP_WORDS: dict[str, frozenset[str]] = {
    "da": frozenset(
        {
            *("stop", "stop nu", "stop tak", "stop venligst", "stop det", "stop alt"),
            *("stop besked", "stop beskeder", "stop beskederne", "stop alle beskeder"),
            *("stop med beskeder", "stop med at skrive", "stop nyt", "stop nyt fra kommunen"),
            *("stop nyheder", "stop nyhederne", "stop nyhedsbrev", "stop alle nyheder"),
            *("afmeld", "afmeld mig", "afmeld alt", "afmeld nyt", "afmeld nyheder", "afmelding"),
            *("afmeld besked", "afmeld beskeder", "afmeld alle beskeder", "afmeld nyhedsbrev"),
            *("frameld", "frameld mig", "framelding", "meld mig fra", "ikke flere beskeder"),
            *(
                "ingen beskeder",
                "ingen flere beskeder",
                "send ikke flere beskeder",
                "send ikke mere",
            ),
        }
    ),
    "en": frozenset(
        {
            *("stop", "stop now", "stop please", "please stop", "stop it", "stop all"),
            *("stop message", "stop messages", "stop all messages", "stop the messages"),
            *("stop messaging me", "stop sending messages", "stop news", "stop texting me"),
            *("unsubscribe", "unsubscribe me", "unsubscribe all", "opt out", "optout"),
            *("no more messages", "no messages", "sign me off"),
        }
    ),
    "de": frozenset({"stopp", "stoppen", "abmelden", "abbestellen", "keine nachrichten mehr"}),
    "pl": frozenset({"wypisz", "wypisz mnie", "zatrzymaj", "zatrzymaj wiadomości"}),
    "ro": frozenset({"dezabonare", "opriți mesajele", "opriti mesajele"}),
    "tr": frozenset({"durdur", "mesajları durdur", "abonelikten çık"}),
    "uk": frozenset({"стоп", "зупинити", "відписатися", "стоп повідомлення"}),
    "ar": frozenset({"توقف", "قف", "إيقاف", "أوقف الرسائل", "إلغاء الاشتراك"}),
}
_ALL = frozenset[str]().union(*STOP_WORDS.values())
_LONGEST = 60  # characters, including punctuation; a longer message is no stop word
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_ADDRESSED = re.compile(r"@\w+")  # /stop@DialogKlintsundBot
_BETWEEN = re.compile(r"[\s\-\u200b-\u200f\u2060\ufeff]+")


def stop(text: str) -> bool:
    """Return whether the whole of *text* is a stop word of any language."""
    if not text or len(text) > _LONGEST:
        return False
    words = unicodedata.normalize("NFKC", text).casefold()
    words = _EDGES.sub("", _ADDRESSED.sub("", words))
    return _BETWEEN.sub(" ", words) in _ALL
