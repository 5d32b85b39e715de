"""The names and numbers of time phrases by language, and the words that misspellings mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from bot.calendar.phrases import words
from bot.calendar.phrases.result import Part
from bot.calendar.phrases.words import FEASTS, Phrases
from bot.i18n import month_names, weekday_names
from bot.letters import fold, is_slip

UNCLEAR = "?"  # behind a word that may be two known words
SHORTEST_MISSPELT = 4  # letters; a wrong letter in a shorter word makes another word
LONG = 8  # letters; two of them may be wrong
LEAST_CHANGED = 6  # letters; another letter in a shorter word makes another word: "pinge"
# Short weekdays that are words too: the grammar wants a number or a list next to them.
AMBIGUOUS = frozenset({"man", "tor", "fred", "søn", "mon", "wed", "fri", "sat", "sun"})


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """One language's words; keys are casefolded."""

    weekdays: Mapping[str, int]
    habits: Mapping[str, int]  # weekdays in a form that means "every": "mandage", "Mondays"
    months: Mapping[str, int]
    parts: Mapping[str, Part]
    numbers: Mapping[str, int]
    ordinals: Mapping[str, int]
    meant: Mapping[str, Sequence[str]]  # what a misspelt word may mean, by its first letter
    tails: Mapping[str, str]  # weekdays without their first letter, which may be wrong or missing
    near: frozenset[str]  # words that a word next to a time may be a slip of
    folded: Mapping[str, str]  # the same words by their folded spelling
    known: frozenset[str]  # words that are spelt right: no letter of them is wrong


def _words(line: str) -> Sequence[str]:
    return line.split()


_NUMBERS = {
    "da": _words(
        "nul en to tre fire fem seks syv otte ni ti elleve tolv tretten fjorten femten seksten"
        " sytten atten nitten tyve"
    ),
    "en": _words(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
        " fifteen sixteen seventeen eighteen nineteen twenty"
    ),
}
_TENS = {
    "da": {"tyve": 20, "tredive": 30, "fyrre": 40, "halvtreds": 50},
    "en": {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50},
}
_MORE_NUMBERS = {
    "da": _TENS["da"]
    | {"et": 1, "én": 1, "ét": 1}
    | {
        f"{one}og{name}": ten + number
        for name, ten in _TENS["da"].items()
        for number, one in enumerate(_words("en to tre fire fem seks syv otte ni"), 1)
    },
    "en": _TENS["en"]
    | {"a": 1, "an": 1}
    | {
        f"{name}-{one}": ten + number
        for name, ten in _TENS["en"].items()
        for number, one in enumerate(_NUMBERS["en"][1:10], 1)
    },
}
_ORDINALS = {
    "da": _words(
        "første anden tredje fjerde femte sjette syvende ottende niende tiende ellevte tolvte"
        " trettende fjortende femtende sekstende syttende attende nittende tyvende enogtyvende"
        " toogtyvende treogtyvende fireogtyvende femogtyvende seksogtyvende syvogtyvende"
        " otteogtyvende niogtyvende tredivte enogtredivte"
    ),
    "en": _words(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
        " thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
    ),
}
_MORE_ORDINALS = {
    "da": {"andet": 2, "sidste": -1},
    "en": {"other": 2, "last": -1, "thirtieth": 30}
    | {
        f"{name}-{one}": ten + number
        for name, ten in (("twenty", 20), ("thirty", 30))
        for number, one in enumerate(_ORDINALS["en"][:9], 1)
    },
}
_PARTS = {
    Part.MORNING: ("morgen morgenen tidlig tidligt", "morning mornings"),
    Part.FORENOON: ("formiddag formiddagen", ""),
    Part.NOON: ("middag middagstid frokosttid", "noon lunchtime"),
    Part.AFTERNOON: ("eftermiddag eftermiddagen eftm", "afternoon afternoons arvo"),
    Part.EVENING: ("aften aftenen", "evening evenings"),
    Part.NIGHT: ("nat natten", "night"),
}
_SHORT_WEEKDAYS = (
    ("man", "mon"),
    ("tir tirs tirsd", "tue tues"),
    ("ons onsd", "wed weds"),
    ("tor tors torsd", "thu thur thurs"),
    ("fre fred", "fri"),
    ("lør", "sat"),
    ("søn", "sun"),
)
# Endings of weekdays, and of weekdays in a form that means "every".
_WEEKDAY_ENDINGS = {"da": ("", "en", "s"), "en": ("",)}
_HABIT_ENDINGS = {"da": ("e", "ene"), "en": ("s",)}
_MORE_MONTHS = {"sept": 9}
_COMMON_ERRORS = {
    "hvr": "hver",
    "hverr": "hver",
    "tmr": "tomorrow",
    "tmrw": "tomorrow",
    "tommorow": "tomorrow",
    "tommorrow": "tomorrow",
    "wendsday": "wednesday",
    "wensday": "wednesday",
    "wensdays": "wednesdays",
    "wednsday": "wednesday",
    "tmw": "tomorrow",
    "mrg": "morgen",
    "imrg": "imorgen",
    "mgn": "morgen",
}
_OTHER_MEANT = {
    "da": _words(
        "overmorgen forgårs weekenden weekend weekenderne uger måned måneden måneder hver hvert"
        " anden tredje fjerde første sidste næste kommende mellem indtil undtagen klokken kvarter"
        " minutter timer hverdage halv kvart indtil"
    ),
    "en": _words(
        "today tomorrow tonight yesterday weekend weekends weekday weekdays week weeks fortnight"
        " month months minutes hours quarter every other first second third fourth last next coming"
        " between until except o'clock half daily weekly after before"
    ),
}
# Shorter words, which are not corrected; next to a time a slip of one is asked about.
_MORE_NEAR = {
    "da": _words(
        "ulige over tirs tors eftm hveranden hvertandet efter undtaget dagligt ugentligt månedligt"
    ),
    "en": _words("thurs tues past monthly yearly fortnightly"),
}
# Words that are spelt right although one letter more or less makes a word about time.
_OTHER_WORDS = frozenset(
    _words(
        "aftener hverdagen kvartet morten sidse"
        " aden andens augusta auguste augusto boeing boing boning booing boring bowing coding"
        " coking combing cooing coping easier eastern eater ester ever excerpt fjende fjerne"
        " fjorde forth forårs freda frida fridag fridage fyrste førte hors horus jaguar kloakken"
        " klokke klokker kokken krista kristin kristy luca luci lucian mach manage mandat"
        " mandate mandy marc marche mars mart martens mats medlem middage moaning mobning mont"
        " moren morens morgan moth moths mourning mouths måne nigh nights næse næst næsten"
        " onstage others pine pines pins quartet sank sant sundae sundby sundry thirds tidligst"
        " tier timber toda undtaget very weekender yearns ånden"
    )
)
# More words that are spelt right, next to a time or anywhere.
_RIGHT = frozenset(
    _words(
        "blokken borgeren egentlig egentligt enden enter fanden flokken hall hvem imellem imorgen"
        " kanden klart kommando kommune kors kvalt kvinder læste lover manden marta mogensen"
        " modtaget ovre parts pige pinge pisse sandkagen sandt sover torv torvet ugedagen vedtaget"
        " vover hvor hveranden hvertandet katten hatten ratten datter retter timers sommer sommeren"
        " her over der vær være vejr ser unger ture hæver lever enge inger tager lager dame dåse"
        " medlem mellemste tider tiden minister andre andres ender ånde sener senere sidder sider"
        " side siden siddet næsten naboen have hals kvas kort kart start starten smart stort"
        " ligge klokkens lokken rækken mønten værter vært hjerte hverken hvad hvis"
        " fast faster food hall halt calf hears lasts least lost list mother noun ours part"
        " parts pass yours post posts right soon text beach reach teach peach teacher tight"
        " light fight might sight eight dairy alter water later laser dater rafter untie untied"
        " beyond meek seek peek weed geek reek wreck sweet tweet fist thirst burst first worst"
        " very even event over lever never fever clever cover nest neat next text"
        " mouth south north worth tooth warning earning evenings learning turning burning"
        " bunch lunch punch march marsh harsh manner banner nor monkey money honey nine"
        " somebody someday sundry day days payday midday"
        # Common words, by their frequency, that are one letter from a word about time.
        " haver øver hiver hverv huer tage kage drage øger tiger dale bage jage mage hage"
        " suger dane ger rage ugler hav hal hale halm kalv halo halvø mulige andel manager månen"
        " tidlige fagligt noveller banden borgen panden nægte børste hands arten rover morderen"
        " tanden kogende torsk randen arts mordene sorgen pinde linse indtaget freden forgår tours"
        " mandarin indstil kommen piske"
        " white match nearly master christian christians goods tears bother ears bears blast"
        " knight earnings fears seeks wears arch swept tubes pasta paste tunes monte gears"
        " meanings thus thugs markings weeds dearly sturdy accession ether otter pats says ways"
        " pays rays lays dads dams bays bach"
    )
)
_COLUMN = {"da": 0, "en": 1}


@cache
def vocabulary(language: str) -> Vocabulary:
    """Return the words of *language* ("da" or "en")."""
    column = _COLUMN[language]
    long = [name.casefold() for name in weekday_names(language)]
    weekdays = _numbered(long, _WEEKDAY_ENDINGS[language])
    weekdays |= {
        word: day for day, short in enumerate(_SHORT_WEEKDAYS) for word in short[column].split()
    }
    habits = _numbered(long, _HABIT_ENDINGS[language])
    months = _MORE_MONTHS | {
        name.casefold().rstrip("."): month
        for width in ("wide", "abbreviated")
        for month, name in enumerate(month_names(language, width), 1)
    }
    parts = {word: part for part, names in _PARTS.items() for word in names[column].split()}
    numbers = {word: number for number, word in enumerate(_NUMBERS[language])}
    numbers |= _MORE_NUMBERS[language]
    ordinals = {word: number for number, word in enumerate(_ORDINALS[language], 1)}
    ordinals |= _MORE_ORDINALS[language]
    feasts = {word for names in FEASTS.values() for word in _words_of(names, language)}
    whole = _numbered(long, _WEEKDAY_ENDINGS[language])
    meant = {*whole, *habits, *months, *parts, *feasts, *_OTHER_MEANT[language]}
    meant = {word for word in meant if len(word) >= SHORTEST_MISSPELT}
    return Vocabulary(
        weekdays,
        habits,
        months,
        parts,
        numbers,
        ordinals,
        {first: [word for word in meant if word[0] == first] for first in {w[0] for w in meant}},
        {word[1:]: word for word in {*whole, *habits} if len(word) >= LEAST_CHANGED},
        _near(meant, language),
        {fold(word): word for word in meant if len(word) > SHORTEST_MISSPELT},
        _OTHER_WORDS.union(meant, weekdays, numbers, ordinals, _all_words()),
    )


def _numbered(names: Sequence[str], endings: Sequence[str]) -> dict[str, int]:
    """Return the number of each name with each ending."""
    return {name + ending: at for at, name in enumerate(names) for ending in endings}


def _near(meant: set[str], language: str) -> frozenset[str]:
    """Return the words that no word next to a time may almost be, or its meaning is not sure."""
    return frozenset({*meant, *_MORE_NEAR[language]})


def _words_of(phrases: Phrases, language: str) -> set[str]:
    """Return the single words of *phrases* in a language."""
    return {word for found in phrases.of(language).values() for words in found for word in words}


def _all_words() -> frozenset[str]:
    """Return the single words of all phrases in both languages."""
    found: set[str] = set()
    for value in vars(words).values():
        several = value.values() if isinstance(value, Mapping) else [value]
        for phrases in several:
            if isinstance(phrases, Phrases):
                found |= _words_of(phrases, "da") | _words_of(phrases, "en")
    return frozenset(found)


def meant(word: str, language: str) -> str:
    """Return the known word that *word* misspells by one letter, or *word* itself.

    A word that several known words are equally close to is returned with `UNCLEAR` behind it.
    """
    known = vocabulary(language)
    word = _COMMON_ERRORS.get(word, word)
    if (owner := word.removesuffix("'s")) in known.weekdays:  # "Friday's"
        return owner
    if len(word) < SHORTEST_MISSPELT or word in known.known:
        return word
    if folded := known.folded.get(fold(word)):
        return folded
    if headless := known.tails.get(word[1:]) or known.tails.get(word):
        return headless
    candidates = {*known.meant.get(word[0], ()), *known.meant.get(word[1], ())}
    close = [one for one in candidates if _is_meant(one, word)]
    return word if not close else close[0] if len(close) == 1 else word + UNCLEAR


def is_slip_of(word: str, phrases: Phrases, language: str) -> bool:
    """Return whether *word* is not known, and is almost one of *phrases*: "hve", "daue"."""
    if word in vocabulary(language).known or word in _RIGHT:
        return False
    return any(_distance(word, one) <= 1 for one in _words_of(phrases, language))


def is_month_slip(word: str, language: str) -> bool:
    """Return whether *word* is almost the name of a month: "feburr", "jli"."""
    months = [name for name in vocabulary(language).months if len(name) >= SHORTEST_MISSPELT]
    return any(_distance(word, one) <= 1 + (len(one) >= LEAST_CHANGED) for one in months)


def is_near_slip(word: str, language: str) -> bool:
    """Return whether *word* is not known, and is almost a word about time: "evesy", "redag"."""
    known = vocabulary(language)
    if len(word) < SHORTEST_MISSPELT or word in known.known or word in _RIGHT:
        return False
    return any(_is_almost(word, one) for one in known.near)


def _is_almost(word: str, known: str) -> bool:
    """Return whether *word* is at most one error from *known*, or two behind its first letter."""
    allowed = 2 if len(known) >= LONG and known[0] == word[0] else 1
    if abs(len(word) - len(known)) > allowed:
        return False
    is_other = len(word) == len(known) == SHORTEST_MISSPELT and sorted(word) != sorted(known)
    return not is_other and _distance(word, known) <= allowed


def _distance(one: str, two: str) -> int:
    """Return how many letters are too many, missing, wrong or swapped."""
    before: list[int] = []
    row = list(range(len(two) + 1))
    for at, letter in enumerate(one, 1):
        earlier, before, row = before, row, [at]
        for to, other in enumerate(two, 1):
            best = min(before[to] + 1, row[to - 1] + 1, before[to - 1] + (letter != other))
            if at > 1 and to > 1 and letter == two[to - 2] and other == one[at - 2]:
                best = min(best, earlier[to - 2] + 1)
            row.append(best)
    return row[-1]


def _is_meant(known: str, word: str) -> bool:
    """Return whether *word* is a slip of *known*: alike at the start; no other letter if short."""
    begins_alike = known[0] == word[0] or known[:2] == word[1::-1]
    is_other = len(known) == len(word) and sorted(known) != sorted(word)
    return begins_alike and not (is_other and len(known) < LEAST_CHANGED) and is_slip(known, word)
