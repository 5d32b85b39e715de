"""What a short answer in a citizen's own words says: yes, no, coming, and the like.

Only answers that can be nothing else are read. Words that ask, doubt or add a condition say
nothing here, so that they are never taken for a yes.
"""

from __future__ import annotations

import re
from enum import StrEnum

from bot.engine.words import fold, vocabulary

LONGEST_YES, LONGEST_NO = 9, 25  # words


class Says(StrEnum):
    """What an answer says."""

    YES = "yes"
    NO = "no"
    COMES = "comes"
    CANNOT = "cannot"
    STANDIN = "standin"
    TAKES = "takes"
    LATER = "later"
    WENT_WELL = "went_well"
    WENT_FAIR = "went_fair"
    WENT_BADLY = "went_badly"
    WAS_ABSENT = "was_absent"
    DID = "did"
    DID_PART = "did_part"
    DID_NOT = "did_not"


_YES = vocabulary(
    "ja jo jep jeps jaja yes yep yeah sure",
)
_NO = vocabulary(
    "nej næ niks nope no nah",
)
# Words that change nothing in an answer that says more.
_PLAIN = vocabulary(
    "tak jeg vi det den der er og så helt fint godt gerne stadig selvfølgelig sikkert bestemt",
    "klart naturligvis ok okay meget rigtig alligevel altså jo da nok begge i på til hos jer",
    "dag morgen aften mandag tirsdag onsdag torsdag fredag lørdag søndag ses vil kan tager",
    "please thanks thank you i we it that is still fine of course definitely certainly very",
    "well gladly and be there then to on today tomorrow tonight monday tuesday wednesday",
    "thursday friday saturday sunday see will ll m am can take",
)
_COMES = re.compile(
    r"\b(?:kommer|deltager|møder op|passer|jeg er der|jeg er med|vi ses|skal nok komme"
    r"|coming|come|be there|works|suits|count me in)\b"
)
_COMES_WORDS = vocabulary(
    "kommer komme skal deltager møder op passer med mig ses coming come be works suits for me",
    "count in",
)
_CANNOT = re.compile(
    r"\b(?:kan (?:desværre |alligevel )*ikke|kommer (?:desværre |alligevel )*ikke"
    r"|passer (?:desværre |alligevel |mig )*ikke|er (?:desværre )?(?:blevet )?(?:syg|forhindret)"
    r"|(?:jeg|er) blevet syg|meld(?:e|er)? (?:desværre )?(?:afbud|fra)|når det (?:desværre )?ikke"
    r"|can ?t|cannot|can not|won ?t|not coming|doesn ?t (?:work|suit)|does not (?:work|suit)"
    r"|(?:i m|i am) (?:ill|sick)|(?:have to|must) cancel|unable to|not able to)\b"
)
# What follows is not about coming: "I cannot find the way".
_OTHER_TROUBLE = re.compile(
    r"\b(?:finde|huske|se|åbne|trykke|forstå|læse|logge|vente|love|melde mig til|find|remember|see"
    r"|open|press|understand|read|log|wait|promise)\b"
)
_DOUBTS = re.compile(
    r"\b(?:men|hvis|måske|ikke|heller|senere|sent|forsinket|lidt|tror|håber|but|if|maybe|perhaps"
    r"|not|late|later|think|hope|unless)\b"
)
_PHRASES = {
    Says.STANDIN: (
        r"(?:ja )?(?:find|kan i finde|prøv at finde|jeg søger) en (?:afløser|anden)(?: tak)?",
        r"(?:yes )?(?:please )?(?:find|look for) (?:a stand in|someone else)(?: please)?",
    ),
    Says.TAKES: (
        r"(?:ja )?(?:tak )?jeg (?:tager|vil gerne have|snupper) (?:den|pladsen)(?: gerne)?",
        r"(?:ja )?(?:tak )?den (?:tager|snupper|vil) jeg(?: gerne)?(?: have)?",
        r"(?:yes )?i(?: ll| will| d like to| would like to)? take (?:it|the place)",
    ),
    Says.LATER: (
        r"(?:det )?(?:ved jeg|jeg ved det) ikke endnu",
        r"(?:spørg (?:mig )?)?(?:lidt )?senere|spørg igen(?: senere)?|måske",
        r"(?:ask me )?(?:again )?later|i do(?:n t| not) know yet|maybe",
    ),
    Says.WENT_WELL: (
        r"(?:det (?:gik|var) )?(?:rigtig |super |meget )?(?:godt|fint|dejligt|hyggeligt)(?: tak)?",
        r"(?:it (?:went|was) )?(?:very |really )?(?:well|good|great|nice|lovely)(?: thanks)?",
    ),
    Says.WENT_FAIR: (
        r"(?:det (?:gik|var) )?(?:ok|okay|nogenlunde|sådan da|udmærket)",
        r"(?:it (?:went|was) )?(?:ok|okay|all right|alright|so so)",
    ),
    Says.WENT_BADLY: (
        r"(?:det (?:gik|var) )?(?:desværre )?(?:ikke så (?:godt|fint)|ikke godt|dårligt|skidt)",
        r"(?:it (?:went|was) )?(?:not (?:so |very )?(?:well|good|great)|bad|badly)",
    ),
    Says.WAS_ABSENT: (
        r"(?:nej )?jeg (?:var der|kom) (?:desværre )?(?:ikke|aldrig)(?: afsted)?",
        r"(?:no )?i (?:was not|wasn t) there|i (?:did not|didn t) (?:come|go|make it)",
    ),
    Says.DID: (
        (
            r"(?:(?:det|alt|det hele) )?(?:er |blev |har jeg |fik jeg )?"
            r"(?:gjort|klaret|ordnet|færdigt?)(?: det hele| det| nu| tak)?"
        ),
        r"jeg (?:har |fik )?(?:gjort|gjorde|klaret|klarede|holdt) (?:det|løftet)(?: hele)?",
        r"(?:ja |jo )?det (?:gjorde|nåede|klarede|holdt) jeg(?: godt| fint)?(?: tak)?",
        r"(?:yes )?i (?:did|managed|made it)",
        r"(?:(?:it|all) (?:is |s )?)?done(?: it)?(?: now| thanks)?",
        r"i (?:have |ve )?(?:done|did|kept) (?:it|that)(?: all)?",
    ),
    Says.DID_PART: (
        (
            r"(?:jeg (?:nåede|gjorde|fik gjort) )?(?:kun |bare )?"
            r"(?:lidt|noget|en del|delvist?|halvdelen|halvt)(?: af (?:det|løftet))?"
        ),
        r"(?:i did )?(?:only |just )?(?:a little|a bit|some|part|partly|half)(?: of it)?",
    ),
    Says.DID_NOT: (
        r"(?:det )?(?:blev|er) (?:det )?(?:desværre )?ikke (?:til noget|blevet til noget)",
        r"(?:slet |desværre )?ikke (?:endnu|i dag|(?:i )?denne (?:uge|måned|gang))",
        r"jeg (?:nåede|gjorde|fik) (?:det )?(?:desværre )?ikke(?: det)?(?: gjort)?",
        r"det (?:nåede|gjorde|fik|har) jeg (?:desværre )?ikke(?: gjort| nået)?",
        r"jeg (?:har )?glemt?e? det|det (?:har jeg glemt|glemte jeg)",
        r"(?:ikke rigtig|egentlig ikke|ikke den her gang|det blev ikke denne gang)(?: desværre)?",
        r"not (?:really|yet|at all|this week|this month|this time|today)|i forgot(?: it)?",
        r"i (?:did not|didn t|have not|haven t)(?: do| done| manage)?(?: it)?",
    ),
}
_CLEAR_YES = re.compile(r"(?:selvfølgelig|naturligvis|bestemt|klart|helt sikkert|of course)")
_NO_AT_ALL = re.compile(r"(?:no problem|intet problem|no doubt|nej tværtimod)")
_READ = {says: tuple(re.compile(one) for one in patterns) for says, patterns in _PHRASES.items()}


def says(words: str) -> Says | None:
    """Return what an answer says; None for words that ask, doubt, or say something else."""
    plain = fold(words)
    said = plain.split()
    if not said or "?" in words:
        return None
    for one, patterns in _READ.items():
        if any(pattern.fullmatch(plain) for pattern in patterns):
            return one
    if _says_no(plain, said):
        return Says.CANNOT if _CANNOT.search(plain) else Says.NO
    return _yes(plain, said)


def agrees(words: str) -> bool | None:
    """Return True for a yes to a question in a flow, False for a no, and None for other words."""
    said = says(words)
    if said is Says.YES:
        return True
    return False if said in {Says.NO, Says.CANNOT} and fold(words).split()[0] in _NO else None


def _says_no(plain: str, said: list[str]) -> bool:
    """Return whether words decline; a reason may follow."""
    if len(said) > LONGEST_NO or said[0] in _YES or _NO_AT_ALL.match(plain):
        return False
    begins = said[0] in _NO
    cannot = _CANNOT.search(plain)
    if cannot is not None:
        return begins or _OTHER_TROUBLE.search(plain[cannot.start() :]) is None
    return begins and _COMES.search(plain) is None


def _yes(plain: str, said: list[str]) -> Says | None:
    """Return a yes: with other words that doubt nothing, or with plain words that say "coming"."""
    if len(said) > LONGEST_YES or _DOUBTS.search(plain) is not None:
        return None
    begins = said[0] in _YES or _CLEAR_YES.fullmatch(plain) is not None
    if _COMES.search(plain) is not None:
        return Says.COMES if set(said) <= _PLAIN | _YES | _COMES_WORDS else None
    return Says.YES if begins else None
