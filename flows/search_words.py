"""How citizens say that they look for something to volunteer for, in their own words.

The lists are small. A search is only read where each word of a message is explained.
"""

from __future__ import annotations

import re

from bot.engine.words import fold, vocabulary
from bot.model.profile import Part

# These say that a citizen wants to help, also without saying with what.
WANTS_TO_HELP = re.compile(
    r"\b(?:(?:jeg|vi) (?:vil|ville|kunne)(?: (?:godt|gerne|rigtig|meget))* "
    r"(?:hjælpe|give en hånd)|(?:kan|må) (?:jeg|man|vi) hjælpe|frivillig(?:t|e)?"
    r"|frivillig(?:opgave|opgaver|arbejde)|(?:i|we)(?: would| d)? (?:want|like|love) to help"
    r"|(?:can|may|could) (?:i|we) help|volunteer(?:s|ing)?)\b"
)
# These need a theme, a day, an area or a task.
LOOKS_FOR = re.compile(
    r"\b(?:noget|nogen|nogle|opgaver?|være|blive|something|anything|tasks?|be|become)\b"
)
TIMES = {
    "t": re.compile(r"\b(?:(?:ti|10) minutter|(?:ten|10) minutes)\b"),
    "h": re.compile(r"\b(?:(?:en|1) time|(?:an|one|1) hour)\b"),
    "d": re.compile(r"\b(?:(?:en|1) (?:hel )?dag|(?:a|one|1) (?:whole )?day)\b"),
}
# Words that narrow nothing.
FILLER = vocabulary(
    "jeg vi vil ville kunne kan må man godt gerne rigtig meget hjælpe give en et hånd være",
    "blive som frivillig frivillige frivilligt frivilligopgave frivilligopgaver",
    "frivilligarbejde er der noget nogen nogle opgave opgaver i på ved til med for om af og",
    "har kun lige tid hej hvor hvad hvornår findes ledig ledige lave gøre at det den de har",
    "nær omkring området leder efter søger finde ud ind lidt i we want would like love d to",
    "help out volunteer volunteering volunteers can may could a an is are there something",
    "anything any task tasks be become as in on at with for about near of the have got only",
    "hi hello what where when do free some time looking find around",
)
# Of the name of an area, these words name no area.
OF_MANY_AREAS = frozenset({"by", "havn", "kommune", "town", "harbour"})
# A title's words from here on say where and with which people.
AFTER_ROLE = vocabulary(
    "på i med ved at with in on of the til hos",
)
SHORTEST_ROLE = 5  # letters
SHORTEST_AREA = 4
_DAYS = (
    *("mandag|monday", "tirsdag|tuesday", "onsdag|wednesday", "torsdag|thursday"),
    *("fredag|friday", "lørdag|saturday", "søndag|sunday"),
)
# The keys of days and of parts of the day, by the words for when a person has time.
_OWN_TIMES = (
    *(
        (re.compile(rf"\b(?:{names.replace('|', '(?:e|en|ene|s)?|')}(?:s)?)\b"), (str(day),))
        for day, names in enumerate(_DAYS)
    ),
    (re.compile(r"\bweekend(?:en|er|erne|s)?\b"), ("5", "6")),
    (re.compile(r"\b(?:hverdag(?:e|en|ene)?|weekdays?)\b"), ("0", "1", "2", "3", "4")),
    (re.compile(r"\b(?:morgen(?:en)?|formiddag(?:e|en|ene)?|mornings?)\b"), (Part.MORNING.value,)),
    (re.compile(r"\b(?:eftermiddag(?:e|en|ene)?|afternoons?)\b"), (Part.AFTERNOON.value,)),
    (re.compile(r"\b(?:aften(?:en|er)?|aftner|evenings?)\b"), (Part.EVENING.value,)),
)


def times_in(words: str) -> set[str]:
    """Return the keys of the days and parts of the day that words name."""
    plain = fold(words)
    return {key for pattern, keys in _OWN_TIMES for key in keys if pattern.search(plain)}
