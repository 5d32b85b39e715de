"""Phrases of one meaning, Danish and English side by side; `vocabulary` has names and numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.calendar.phrases.result import Part
from bot.calendar.recurrence import Unit

_ByFirstWord = Mapping[str, Sequence[tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases of one meaning in each language and in both, by their first word."""

    danish: _ByFirstWord
    english: _ByFirstWord
    either: _ByFirstWord

    def of(self, language: str) -> _ByFirstWord:
        """Return the phrases of a language."""
        return self.danish if language == "da" else self.english


def length_at(texts: Sequence[str], at: int, phrases: _ByFirstWord) -> int:
    """Return the number of words of the longest phrase at place *at*, or 0."""
    found = phrases.get(texts[at]) if 0 <= at < len(texts) else None
    if found is None:
        return 0
    fitting = (len(words) for words in found if tuple(texts[at : at + len(words)]) == words)
    return max(fitting, default=0)


def _both(danish: str, english: str) -> Phrases:
    """Return phrases that are separated by `|`."""
    either = _by_first_word(f"{danish} | {english}")
    return Phrases(_by_first_word(danish), _by_first_word(english), either)


def _by_first_word(phrases: str) -> _ByFirstWord:
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases.split("|"):
        if words := tuple(phrase.split()):
            found.setdefault(words[0], []).append(words)
    return found


# Clock times.
CLOCK_LEAD = _both(
    "kl | klokken | klok | ca kl | ca klokken | cirka kl | omkring kl",
    "at | by | around | at about | at around",
)
SURE_CLOCK_LEAD = _both("kl | klokken | klok | ca kl", "at")
ZERO = _both("nul", "oh | o | zero")  # "seven oh five"
PAST = _both("over", "past | after")
PAST_HOUR = _both("", "past")
TO = _both("i", "to")
HALF = _both("halv", "half | half past")
QUARTER = _both("kvart | kvarter | et kvarter", "quarter | a quarter")
MINUTES = _both("minutter | min", "minutes")
NOON = _both("", "noon | midday")
MIDNIGHT = _both("midnat", "midnight")
O_CLOCK = _both("", "o'clock | oclock")
AM = _both("", "am")
PM = _both("", "pm")
EACH_YEAR = _both("hver | hver den | hver d", "every | each")  # "hver 1. april"
SEASONS = frozenset({"jul", "nytår", "christmas"})  # names of feasts that are more than a day
SURELY_HOUR = _both("", "o'clock | oclock | pm")  # behind a number
ABOUT_THEN = _both("tiden | - tiden", "ish | - ish")  # "18-tiden"
BETWEEN = _both("mellem | fra", "between | from")
ABOUT = _both("ca | cirka | omkring", "about | around")
FROM_HOUR = _both("fra", "from")
THROUGH = _both("til", "to | until | till")
ARTICLE = _both("et | en", "a | an")
# Words that "between 10 and 12" cannot count.
PRONOUN = _both("jeg | vi | du | han | hun | de | man", "i | we | you | he | she | they")
NOT_COUNTED = _both(
    "i | på | om | og | så | ved | hos | til | fra | er | kommer | hvis | eller | men | kan | skal"
    "| vi | du",
    "on | in | at | the | and | or | for | if | so | we | you | i | is | are | comes | come | a"
    "| with | tomorrow | to | till | until",
)

# Days.
PAST_DAY = _both(
    "i går | igår | i forgårs | i morges | i aftes",
    "yesterday | the day before yesterday | last night",
)
RELATIVE_DAYS: Sequence[tuple[Phrases, int, Part | None]] = (
    (_both("i dag | idag | i daw", "today"), 0, None),
    (_both("i morgen | imorgen | i morn | imorn | i mårn | i morren", "tomorrow"), 1, None),
    (_both("overmorgen | i overmorgen", "day after tomorrow | the day after tomorrow"), 2, None),
    (_both("", "this morning"), 0, Part.MORNING),
    (_both("i formiddag", ""), 0, Part.FORENOON),
    (_both("i middag", ""), 0, Part.NOON),
    (_both("i eftermiddag", "this afternoon"), 0, Part.AFTERNOON),
    (_both("i aften", "tonight | this evening"), 0, Part.EVENING),
    (_both("i nat", ""), 0, Part.NIGHT),
)
WEEKDAY_LEAD = _both(
    "på | kommende | på kommende | den kommende | på den kommende | nu på",
    "on | the | on the | this | coming | this coming",
)
NEXT = _both("næste | den næste", "next | the next")
EIGHT_DAYS = _both("otte dage | 8 dage | om otte dage | om 8 dage", "")
FORTNIGHT_LATER = _both("fjorten dage | 14 dage", "fortnight")
WEEK = _both("uge | ugerne", "week | weeks")
BEFORE = _both("før | inden", "before")
AFTER = _both("efter", "after")
DAY_BEFORE = _both("dagen før | dagen inden", "day before | the day before")
DAY_AFTER = _both("dagen efter", "day after | the day after")
NEAR_WEEKDAY = _both(
    "d | den | kl | klokken | formiddag | eftermiddag | aften",
    "at | morning | afternoon | evening | night | week | noon",
)
BEFORE_WEEKDAY = _both(
    "på | hver | næste | fra | hver anden", "on | every | next | other | alternate | this"
)
NO_WEEKDAY_BEHIND = _both(  # "min søn kl. 15" is about a son
    "min | din | vores | hans | hendes | deres | jeres | en | kan | skal | må | vil | bør | at| er",
    "the | in | my | a | we | i | they | he | she | you | it",
)
WEEKDAY_JOINT = _both("og | eller | til | / | + | & | ,", "and | or | to | through | / | + | & | ,")
IN = _both("i", "")
TOMORROW = _both("i morgen", "")

# Durations.
DURATION_LEAD = _both("om", "in | after")
FRACTIONS: Sequence[tuple[Phrases, int]] = (  # in minutes
    (_both("et kvarter | et kvarters tid", "a quarter of an hour"), 15),
    (_both("en halv time | en halv times tid", "half an hour"), 30),
    (_both("en times tid", "an hour or so"), 60),
    (
        _both(
            "halvanden time | halvanden times tid | 1½ time | 1 ½ time | 1 , 5 time",
            "an hour and a half | one and a half hours",
        ),
        90,
    ),
)
HALF_YEAR = _both("et halvt år | et halvt års tid", "half a year")
AND_A_HALF = _both("og en halv", "and a half")
SPANS: Mapping[str, Phrases] = {
    "minutes": _both("minut | minutter | min", "minute | minutes | min | mins"),
    "quarters": _both("kvarter", ""),
    "hours": _both("time | timer", "hour | hours | hr | hrs"),
    "days": _both("dag | dage | daw | dav", "day | days"),
    "weeks": _both("uge | uger", "week | weeks"),
    "fortnights": _both("", "fortnight"),
    "months": _both("måned | måneder", "month | months"),
    "years": _both("år", "year | years"),
}
FROM_DAY = _both("fra", "from | on")
FROM_NOW = _both("fra nu | fra i dag", "from now | from today")

# Weeks, months and years.
PERIOD_LEAD = _both("i | hele | i løbet af", "in | of | on | during | all | all of")
NEXT_WEEK = _both("næste uge", "next week")
THIS_WEEK = _both("denne uge", "this week")
NEXT_WEEKEND = _both("næste weekend", "next weekend")
WEEKEND = _both("weekenden", "weekend | this weekend | the weekend")
NEXT_MONTH = _both("næste måned", "next month")
NEXT_YEAR = _both("næste år | til næste år", "next year")
END_OF = _both("udgangen af | slutningen af", "end of | the end of")
MONTH_NOUN = _both("måned", "")  # "i maj måned"
THE_MONTH = _both("måneden", "the month | this month")
THE_YEAR = _both("året", "the year | this year")
LAST_DAY = _both("sidste dag | den sidste dag", "last day | the last day")
OF_THIS_MONTH = _both("i måneden | i denne måned", "of the month | of this month")

# Dates.
DATE_LEAD = _both("den | d", "on | the")
NAMED_DATE_LEAD = _both("den | d", "on | the | on the")
NUMBER_LEAD = _both("den | d", "the | on the")
NUMBER_MARK = _both("d | den", "")  # before a number that is surely a date
OF = _both("", "of")
LAST = _both("sidste", "last")
# Words after "3/4" or "2." that it counts.
MEASURE = _both(
    "kop | kopper | liter | l | time | timer | kg | af | kr | kroner | pr | m | meter | km | cm"
    "| sek | sekunder | point | grader | % | g | mio",
    "litre | litres | cup | cups | miles | metres | points | seconds | dollars | pounds",
)
COUNTED_NOUN = _both("gang | time | sal | klasse", "floor | grade")
SPAN_EDGE = _both("fra | til | - | –", "from | to")
SPAN_JOINT = _both("til | - | –", "to")
AFTER_NUMBER = _both("kl | i | hver | og | til | om | klokken | på | er", "at")
IN_ADVENT = _both("søndag i advent | søndag i adventen", "sunday of advent | sunday in advent")
DEFINITE = _both("den", "the")
ALWAYS = _both("24/7", "24/7")  # day and night, unless a word says that it is a date
# Before a day it makes a greeting, such as "god weekend" and "Merry Christmas".
WISH = _both(
    "god | godt | glædelig | dejlig | rar | hyggelig",
    "good | happy | merry | nice | great | lovely",
)

# Named days, by their names in `bot/calendar/feasts.py`. People use either language.
FEASTS: Mapping[str, Phrases] = {
    "fastelavn": _both("fastelavn", "shrovetide"),
    "maundy thursday": _both("skærtorsdag", "maundy thursday"),
    "good friday": _both("langfredag", "good friday"),
    "easter": _both("påske | påskedag | 1. påskedag", "easter | easter day | easter sunday"),
    "easter monday": _both("2. påskedag | anden påskedag", "easter monday"),
    "ascension": _both("kristi himmelfart | kristi himmelfartsdag", "ascension day"),
    "whit sunday": _both("pinse | pinsedag | 1. pinsedag", "whit sunday | pentecost"),
    "whit monday": _both("2. pinsedag | anden pinsedag", "whit monday"),
    "constitution day": _both("grundlovsdag", "constitution day"),
    "midsummer eve": _both(
        "sankthans | sankthansaften | sankt hans | sankt hans aften | skt hans | skt hans aften"
        "| sct hans",
        "midsummer eve | midsummer's eve",
    ),
    "halloween": _both("halloween", "halloween"),
    "st martin": _both("mortensaften | mortens aften", "martinmas"),
    "st lucia": _both("lucia", "st lucy's day"),
    "christmas eve": _both("jul | juleaften | juleaftensdag", "christmas eve"),
    "christmas day": _both("juledag | 1. juledag", "christmas | christmas day"),
    "second christmas day": _both("2. juledag | anden juledag", "boxing day"),
    "new year's eve": _both(
        "nytår | nytårsaften | nytårsaftensdag", "new year's eve | new years eve | hogmanay"
    ),
    "new year": _both("nytårsdag", "new year's day | new years day"),
}

FEAST_NAMES = {
    " ".join(words): name
    for name, phrases in FEASTS.items()
    for found in phrases.either.values()
    for words in found
}
FEAST = _both(" | ".join(FEAST_NAMES), "")

# The nth weekday of a month.
NTH_LEAD = _both("den | d | hver | hver den", "the | every | each")
OF_ONE_MONTH = _both("i måneden | i denne måned", "of the month | in the month | of this month")
OF_EACH_MONTH = _both(
    "hver måned | i hver måned | om måneden",
    "of every month | of each month | in every month | every month | each month | a month",
)
OF_NEXT_MONTH = _both("i næste måned | næste måned", "next month | of next month | in next month")
OF_MONTHS = _both(
    "i hver måned | hver måned | i måneden | i næste måned",
    "of the month | of every month | of each month | every month | each month | of next month",
)
MONTH_LEAD = _both("i", "of | in")
EACH_MONTH_LEAD = _both("i", "of | in | on")  # between a weekday and "every third month"
OR_LAST_DAY = _both("( eller den sidste dag )", "( or the last day )")

# Recurrence.
EVERY = _both("hver | hvert | alle", "every | each")
ALL = _both("alle", "")
SINGLE = _both("eneste", "single")
ALTERNATE = _both("", "alternate")
ODD_WEEKS = _both("ulige uger | i ulige uger", "odd weeks | in odd weeks")
EVEN_WEEKS = _both("lige uger | i lige uger", "even weeks | in even weeks")
WORKING_DAYS = _both(
    "hverdage | på hverdage | alle hverdage | hver hverdag",
    "weekdays | on weekdays | every weekday | weekday mornings | on weekday mornings"
    "| weekday evenings | on weekday evenings",
)
WEEKENDS = _both("hver weekend | i weekenderne", "weekends | every weekend")
FORTNIGHTLY = _both("", "fortnightly")
FORTNIGHT = _both("", "fortnight")
ADVERBS: Mapping[Unit, Phrases] = {
    Unit.DAY: _both("dagligt | daglig", "daily"),
    Unit.WEEK: _both("ugentligt", "weekly"),
    Unit.MONTH: _both("månedligt", "monthly"),
    Unit.YEAR: _both("årligt", "yearly | annually"),
}
UNITS: Mapping[Unit, Phrases] = {
    Unit.DAY: _both("dag | dage | døgn", "day | days"),
    Unit.WEEK: _both("uge | uger", "week | weeks | fortnight"),
    Unit.MONTH: _both("måned | måneder", "month | months"),
    Unit.YEAR: _both("år", "year | years"),
}
IN_A_MONTH = _both("i måneden", "of the month | in the month")
LIST_JOINT = _both(", | / | & | og | , og", "and | , and")
HABIT_LEAD = _both("på | om", "on")
ON_EACH = _both("om", "")  # "om torsdagen"
MONTHLY_LEAD = _both("hver", "every | each")  # "hver d. 15."

# The roles of days in a text.
FROM = _both(
    "fra | fra og med | mellem | første gang | med start | tiden",
    "first time | starting | starting from | from | between",
)
UNTIL = _both(
    "til | til og med | t o m | indtil | indtil og med | frem til | frem til og med",
    "until | till | through | to | up to | up until | up to and including | until and including",
)
UNTIL_WITH = _both(
    "til | til og med | t o m | indtil og med | frem til og med",
    "through | to | up to and including | until and including",
)  # the last day is included
BETWEEN_DAYS = _both("mellem", "between")
AND = _both("og", "and")
ONWARDS = _both("af", "")  # "fra i dag af"
NIGHT_BEFORE = _both("natten til", "the night before")
PART_LEAD = _both("om | ved | i | omkring", "in the | at | to")
HOUR_OF_PART = _both("om | i", "in the | this")  # "4 om morgenen"
CLOCK_FOLLOWS = _both("kl | klokken", "at")

# Words that change what the words about time next to them mean; the grammar does not read them.
UNREAD_NEXT_TO_TIME = _both(
    "eller | sidste | første | anden | gang | gange | før | inden | efter | forrige | næste"
    "| mellem | ulige | starten | midten | midt | slut | år | sommeren | vinteren"
    "| følgende | foregående | bliver det ikke | går det ikke | dag | samt | plus | minus"
    "| end | i stedet | først i | sidst i | sent i | tidligt i | begyndelsen af | samme tid"
    "| på samme tid | uden | næstsidste | passer ikke | dur ikke | duer ikke | går ikke"
    "| er ikke | bliver ikke | kan jeg ikke | kan vi ikke",
    "or | last | first | second | third | times | twice | thrice | before | after | next"
    "| alternate | between | early | mid | late in | beginning | middle | year | summer"
    "| past | just past | gone | previous | following | commencing | w / c | winter | other"
    "| day of"
    "| plus | minus | than | black | but | start of | this time | same time | isn't"
    "| is not | doesn't | does not | won't | i can't | we can't | i cannot | we cannot",
)
UNREAD_BEFORE_TIME = _both(
    "sidst | op til | måske | vistnok | ikke | ikke på | aldrig | siden | dog | ca | cirka"
    "| omkring | en | et | nogen",
    "not | not on | never | never on | since | however | about | around | roughly | a | an"
    "| any | some | up to | maybe | perhaps | possibly",
)
UNREAD_NEAR_TIME = _both(
    "var | skete | dage | uge | uger | ugen | ugerne | måned | måneden | måneder | kvart"
    "| kvarter | halv | slutningen | hverdag | hverdage | weekend | midnat | ugentlig"
    "| ugentlige | månedlig | månedlige | årlig | årlige | daglige",
    "was | were | happened | days | week | weeks | month | months | end | weekday"
    "| weekdays | working day | weekend | midnight | half",
)
UNREAD_ANYWHERE = _both(
    "undtagen | bortset | på nær | dog ikke | men ikke | nej vent | nej , vent | hver"
    "| hvert | undtaget | skiftevis | på skift | lidt over | lidt i | lidt før | lidt efter"
    "| lige over | lige før | lige efter | kvartalsvis | lige uge | ulige uge | i træk | kl"
    "| klokken | julen | nytåret | påsken | pinsen | kvart over | kvart i | kvarter over"
    "| kvarter i | minutter i | minutter over | min i | min over",
    "except | excluding | excluded | apart from | other than | but not | no wait"
    "| no , wait | every | each | in a row | quarter | quarterly | alternately"
    "| alternating | gmt | utc | bst | half past | minutes to | minutes past | biweekly"
    "| bi - weekly | bimonthly | bi - monthly",
)
UNREAD_IN_RULE = _both(
    "skoleåret | ulige | medmindre | med mindre | advent | resten | indtil | frem til"
    "| så længe | sommeren | vinteren | foråret | efteråret | ikke på | ikke i | ikke når | uger"
    "| helligdag | helligdage | helligdagene | hellig | lukkedage",
    "odd | unless | holiday | holidays | term | season | vacation | advent | rest | until"
    "| till | as long as | summer | winter | spring | autumn | weeks | not on | not in | not at"
    "| not when",
)
EACH = _both("hver", "each")  # a slip of a short word, before a day
HALF_OR_QUARTER = _both("halv | kvart", "half | quarter")
UNIT = _both("dage | uger | timer | måneder", "days | weeks | hours | months | minutes")
PERIOD = _both("uge | uger | måned", "week | weeks | month")
UNIT_OF_RULE = _both(
    "dag | dage | uge | uger | måned | måneder | år | gang | gange | mandage | tirsdage | onsdage"
    "| torsdage | fredage | lørdage | søndage",
    "day | days | week | weeks | month | months | year | years | times | time | mondays | tuesdays"
    "| wednesdays | thursdays | fridays | saturdays | sundays",
)
# Phrases that change nothing.
HARMLESS = _both(
    "hele dagen | halv stang | halv pris | en gang i | engang i | i år | i hvert fald"
    "| hver især | hver gang",
    "all day | half day | half marathon | half price | half of the | half the | half board"
    "| half term | any day | any time | sometime | this year"
    "| each other | each of",
)
MEAL = _both("middag", "")
# Behind an amount of time they count it from an event that is not read: "an hour before it".
OFFSET = _both(
    "før | inden | forinden | forud | i forvejen | efter | senere | tidligere | siden",
    "before | beforehand | ahead | prior | after | afterwards | earlier | later | ago",
)
# Before a capital weekday they say that it is a name.
NAMING = _both(
    "bogen | filmen | romanen | sangen | serien | hedder | kaldet | kaldes",
    "called | named | titled | book | film | movie | song | novel",
)
OFFSET_DAY = _both("dagen | ugen | måneden | timen", "day | week | month | hour | night")
AGE = _both("år", "years | yrs")  # behind a number
# Units of an amount, and words before and between numbers.
AMOUNT = _both(
    "minut | minutter | min | time | timer | dag | dage | uge | uger | måned | måneder | gang"
    "| gange | kvarter | døgn | halv | hverdage",
    "minute | minutes | mins | hour | hours | hrs | day | days | week | weeks | month | months"
    "| times | fortnight",
)
DOTTED_LABEL = _both(  # before "4.12"
    "nr | nummer | lokale | mødelokale | stue | rum | afsnit | kapitel | punkt | opgave"
    "| koster | kostede | betalte",
    "costs | cost | paid | no | number | room | chapter | section | item | flat | unit"
    "| rev | version",
)
LABEL = _both(
    "nr | nummer | lokale | mødelokale | stue | rum | sal | bus | linje | side | afsnit"
    "| kapitel | sider | siderne | kapitler | str | trin | etage | opgang | afdeling | vagt"
    "| kasse | zone | hold | klasse | gruppe | perron | plads | spor | bane | opgave"
    "| punkt",
    "no | number | room | rooms | page | pages | chapters | bus | line | platform | gate"
    "| floor | flat | size | table | unit | level | grade | class | chapter | item | seat"
    "| cabin | rev | version",
)
NUMBER_JOINT = _both(
    "og | eller | til | / | + | & | , | :", "and | or | to | till | until | / | + | & | , | :"
)
MOVED = _both(
    "flyt | flytte | flyttes | flyttet | ryk | rykke | rykkes | rykket | udskudt | udskyd"
    "| udskydes | udsat | ændret | ændres | ændre | skift | i stedet | fremryk | fremrykket"
    "| fremrykkes | byt | bytte | byttet | forsinket",
    "move | moved | moves | moving | postpone | postponed | reschedule | rescheduled | change"
    "| changed | shift | shifted | instead | push | pushed | forward from | swapped"
    "| delayed | put back | put off",
)
# Clauses: what begins and ends one, and what makes the moment in it doubtful.
CLAUSE_MARK = _both(", | ; | ! | ? | : | ( | )", ", | ; | ! | ? | : | ( | )")
CLAUSE_BEGINS = _both(
    "og | men | så | fordi | at | som | der | da | når | mens | hvis | hvor | hvad | inden",
    "and | but | so | because | that | which | who | when | while | if | unless | where | what",
)
SUBJECT = _both(
    "jeg | vi | du | han | hun | de | man | det | den | i | a",
    "i | we | you | he | she | they | it",
)
OWNER = _both(
    "den | det | min | mit | mine | din | dit | dine | vores | hans | hendes | deres | en | et"
    "| nogle | alle | mange | to | tre",
    "the | my | your | our | his | her | their | a | an | this | that | some | any | every | each",
)
# Verbs that look ahead: a clause with such a verb is no report of the past.
AHEAD = _both(
    "skal | vil | ville | kan | kunne | må | bør | husk | huske | mind | minde | mindes | lad"
    "| gider | bliver | kommer | er | tid | bord | plads | billet | billetter | bestilt"
    "| aftalt | flyttet | rykket | udskudt | udsat | planlagt | inviteret | til at | kører"
    "| møder | mødes | ses | starter | begynder | holder | åbner | lukker | hent | køb | ring"
    "| send | tag | betal | aflever | giv | sig",
    "will | i'll | we'll | you'll | he'll | she'll | they'll | it'll | must | shall | can"
    "| could | should | would | need | needs | remind | remember | let | please | going | is"
    "| are | i'm | we're | it's | booked | planned | scheduled | moved | postponed | invited"
    "| dont | don't | better | have to | has to | gotta | want | comes | starts | opens"
    "| meets | closes | tickets | call | bring | pick up | buy | take | send | pay | tell",
)
PLANNED = _both(
    "bestilte | aftalte | lovede | inviterede | besluttede | ønskede | håbede | planlagde"
    "| flyttede | rykkede | bookede | reserverede | meldte",
    "booked | planned | scheduled | arranged | agreed | promised | invited | ordered | moved"
    "| rescheduled | postponed | changed | decided | wanted | hoped | reserved | used"
    "| confirmed | rebooked",
)
PAST_VERB = _both(
    "har været | har haft | har fået | skulle have | skulle ha | skulle vi have"
    "| skulle jeg have | burde have | havde | var | blev | fik | gik | faldt | fandt | gav"
    "| stod | sad | lå | slog | drak | spiste"
    "| købte | mødte | kørte | talte | lånte | hørte | tabte | begyndte | sendte | viste"
    "| rejste | sov | skar | stjal | døde | forsvandt | vandt | svømmede"
    "| frøs | fløj | hjalp | stak | sprang | trak | drev | brændte | skete | gjorde"
    "| ødelagde | solgte | fulgte | fortalte | vidste | satte | lagde | bragte | skød | holdt"
    "| sås | mødtes | snakkedes | lød",
    "has been | have been | had been | i've been | we've been | went | came | had | was | were"
    "| did | didn't | wasn't | weren't | hadn't | gave | took | began | broke | wrote | threw"
    "| stole | happened | forgot | woke | flew | drove | drank | fought | bought | brought"
    "| caught | taught | stood | sang | swam | grew | knew | blew | fell | started | stopped"
    "| ended | arrived"
    "| finished | disappeared | crashed | died",
)
# They are past verbs only behind a subject: "løb", "left" and "felt" have other meanings.
PAST_VERB_OF_SUBJECT = _both(
    "så | kom | løb | tog | sang | brød | bar",
    "saw | left | felt | ate | lost | found | met | sat | ran | sent | told | made | paid"
    "| kept | slept | spoke | dug | won | shut | got home | got back | got to",
)
ADVERB = _both("sidst | lige | også | kun | først", "last | just | also | only | never | already")
NO_PAST_VERB = _both(
    "allerede | tilstede | stede | brede | fremmede | berede | vrede | elskede", "hundred"
)
DENIED = _both(
    "kan ikke komme | kan ikke være | kan ikke nå | kan jeg ikke | kan vi ikke | kan han ikke"
    "| kan hun ikke | jeg kan ikke | vi kan ikke | kommer ikke | kommer jeg ikke"
    "| kommer vi ikke | kommer der ikke | er der ikke | er der ingen | der er ingen"
    "| bliver der ikke | bliver der ingen | der bliver ingen | alligevel ikke | ikke alligevel"
    "| skal jeg ikke | jeg skal ikke | tak for | ikke længere | melde fra | melder fra"
    "| duer ikke | dur ikke | passer ikke",
    "can't come | can't make | can't be | can't do | cannot come | cannot make | cannot be"
    "| cant come | cant make | won't be | isn't | aren't | not coming | not be"
    "| should have | should've | there is no | there's no | there are no | no longer | no more"
    "| is off | not on"
    "| thanks for | thank you for | thanks so much for",
)
# In such a clause "16.40" may be an amount.
PRICED = _both(
    "regning | regningen | pris | prisen | koster | kostede | beløb | beløbet | saldo | saldoen"
    "| feber | temperatur | temperaturen | takst | taksten | kvitteringen | stillingen | resultatet"
    "| betalte | betaler | skylder",
    "bill | price | cost | costs | fare | fee | amount | balance | fever | temperature | score"
    "| receipt | paid | owe | owes | charge",
)
CORRECTION = _both(
    "undskyld | rettelse | jeg mener | jeg mente | nej | næh | eller rettere",
    "sorry | correction | i mean | i meant | no , | rather | oops",
)
NONE = _both("ingen", "no")
CONDITION = _both(
    "hvis | såfremt | medmindre | måske | muligvis | eventuelt | evt",
    "if | unless | in case | maybe | perhaps | possibly | provided",
)
# Behind these, "aflyst" and "cancelled" are what a person wants to find out.
WHETHER = _both("om", "if | whether")
IS = _both("er | bliver | blev", "is | was | gets")
CANCELLED = _both(
    "aflyst | aflyses | aflyser | aflys | aflyse | afbestil | afbestille | afbestilt"
    "| annuller | annullere | annulleret | droppet | dropper | drop | udgår | sløjfes"
    "| sløjfet | glem | slet | slette | slettes | fjern",
    "cancelled | canceled | cancel | cancelling | called off | call off | forget about"
    "| delete | scrap | scrapped",
)
NOT_CANCELLED = _both(
    "glem ikke | glem nu ikke | glem det ikke | glem endelig ikke | glem aldrig | slet ikke"
    "| slet ingen",
    "",
)
ZONE = _both("", "est | edt | pst | pdt | cst | cet | cest | ist | utc | gmt | bst | eastern time")
ZONE_NOUN = _both("tid", "time")
HOME_TIME = _both("dansk tid | lokal tid", "danish time | local time")
# Behind one of these a number may be an hour: "it closes 17".
BEFORE_HOUR = _both(
    "efter | åbner | lukker | starter | begynder | slutter | senest | tidligst | inden",
    "after | opens | starts | begins | closes | ends | until | till | before",
)
NAMED = _both("hedder | kaldes", "called | named")
HAS = _both("har | havde", "has | had")
LINK = _both("i | den | på", "in | of | the | on")
# Words that say nothing where the words about time next to them are taken out.
LONELY = _both("ved | omkring | d | og | kl | på | altså | den | i | hver", "and | at | on | in")
