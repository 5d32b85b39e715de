"""What citizens write about the tasks that they have signed up for, in their own words.

The lists are small and only hold what is meant without doubt. They are tried on words without
their times and without the names of the citizen's own tasks.
"""

from __future__ import annotations

import re
from enum import StrEnum

from bot.engine.words import fold, vocabulary

LONGEST = 25  # words
LONGEST_QUESTION = 12


class About(StrEnum):
    """What words about one's own tasks want."""

    CANCEL = "cancel"
    TELL = "tell"  # the contact needs to know it now
    OWN = "own"  # time, place, contact and insurance
    BRING = "bring"  # what to bring, which the note before a shift may say
    ASK = "ask"  # a question that the contact answers
    STANDIN = "standin"  # another person who comes instead
    HOURS = "hours"  # for how long the citizen has helped


# Alone, these say that a person cannot come; between them may be the name and the time.
_CANNOT_WORDS = vocabulary(
    "jeg vi kan ikke desværre alligevel komme kommer deltage være med møde op til hjælpe på",
    "den det nå så og er syg forhindret blevet hej undskyld beklager min mit vagt vagten",
    "opgave tur i fra af om mig ved øv men nej bliver lige nu ser at til der dag i we can t",
    "cannot not make it come after all sorry am m ill sick to the my shift hi but no do",
    "anymore able won be coming on at for",
    "mandag tirsdag onsdag torsdag fredag lørdag søndag morgen aften weekenden næste denne uge",
    "monday tuesday wednesday thursday friday saturday sunday tomorrow today week next this",
)
_CANNOT = re.compile(
    r"\b(?:kan (?:desværre |alligevel )*ikke|jeg kommer (?:desværre |alligevel )*ikke"
    r"|jeg (?:er|er desværre|bliver) (?:blevet )?(?:syg|forhindret)"
    r"|(?:i )?(?:can ?t|cannot|can not)|(?:i m|i am) (?:ill|sick)|(?:not|won t be) coming)\b"
)
_CANCEL = re.compile(
    r"\b(?:kan (?:desværre )?(?:alligevel )?ikke "
    r"(?:alligevel|komme|deltage|møde op|være med|nå det)"
    r"|jeg kommer (?:desværre )?(?:alligevel )?ikke alligevel"
    r"|(?:jeg er )?(?:desværre )?(?:blevet )?syg og kan ikke"
    r"|meld(?:e|er)? (?:mig )?(?:desværre )?(?:afbud|fra)|afmeld(?:e)? (?:mig|min)"
    r"|aflys(?:e)? min (?:vagt|tilmelding|tur)|slet min tilmelding"
    r"|(?:can ?t|cannot|can not) (?:come|make it)|cancel my (?:shift|sign up|place|task)"
    r"|(?:sign|take) me off)\b"
)
_TELL = re.compile(
    r"\b(?:(?:jeg|vi) (?:kommer|bliver|er|når)\b.*\b(?:for sent|senere|forsinke(?:t|de))"
    r"|(?:jeg|vi) (?:kommer|er der) (?:først|nok først)|forsinket (?:i|til|på)"
    r"|jeg (?:bliver nødt til at |må |skal )?gå(?:r)? (?:lidt )?(?:før|tidligere)"
    r"|jeg (?:talte|har talt) \d+"
    r"|(?:i m|i am|i ll be|i will be|running|i come|i might be)"
    r"(?: \w+){0,4} (?:late|later|delayed)|i (?:have to |must )?leave early|i counted \d+)\b"
)
_OWN = re.compile(
    r"^(?:hej |og |men |hvad |hi |and |but )*(?:"
    r"hvornår (?:er det|er min|skal jeg)\b.*|hvad tid (?:er det|skal jeg|begynder)\b.*"
    r"|hvor (?:skal (?:jeg|vi) (?:møde|mødes|komme|være|hen|gå)|er det$|er det nu|mødes vi)\b.*"
    r"|(?:hvad (?:laver man|skal (?:jeg|vi|man) lave|går det ud på)|hvordan foregår det)\b.*"
    r"|(?:hvornår|er|har i fået|hvordan går det med)\b.* (?:min |mit )?\w*attest\b.*"
    r"|hvem er min kontakt(?:person)?\b.*|hvem skal jeg (?:spørge efter|ringe til|skrive til)\b.*"
    r"|er jeg (?:forsikret|dækket)\b.*|hvordan er jeg forsikret\b.*"
    r"|(?:vis )?mine (?:vagter|opgaver|tilmeldinger|frivilligvagter)"
    r"|(?:vis )?min (?:næste )?(?:vagt|opgave|tilmelding)|hvad har jeg meldt mig til"
    r"|when (?:is it|is my|do i|am i)\b.*|what time (?:is it|do i|does it)\b.*"
    r"|(?:what (?:do|will|shall) (?:i|we) do there|what is it about)\b.*"
    r"|(?:when|is|has|what about)\b.* (?:my |the )?certificate\b.*"
    r"|where (?:is it|do i (?:go|meet|have to)|do we meet|am i)\b.*|who is my contact\b.*"
    r"|am i (?:insured|covered)\b.*|(?:show )?my (?:shifts|tasks|sign ups)"
    r"|(?:show )?my (?:next )?(?:shift|task|sign up)|what have i signed up for"
    r")$"
)
_STANDIN = re.compile(
    r"\b(?:afløser(?:en)?|find(?:e)? en anden|stand in|somebody else to (?:come|take))\b"
    r"|\bkan (?:min|en|nogen)\b.*\bkomme i stedet\b"
)
_HOURS = re.compile(
    r"\b(?:hvor (?:mange timer|meget|længe|tit) har jeg (?:hjulpet|været|nu)"
    r"|how (?:many hours|much|long|often) have i (?:helped|volunteered))\b"
)
_BRING = re.compile(
    r"\b(?:hvad skal jeg (?:have|tage) (?:med|på)|what (?:do i|should i) (?:bring|wear))\b"
)
_ASK = re.compile(
    r"\b(?:skal jeg (?:have|tage) \w+ med"
    r"|kan (?:jeg|vi) tage \w+(?: \w+){0,5} med|(?:kan|må) (?:min|mit|mine)\b.*\b(?:komme|være) med"
    r"|må jeg tage \w+(?: \w+){0,5} med"
    r"|(?:can|may) i bring \w+"
    r"|(?:can|may) my\b.*\b(?:come|join)"
    r")\b"
)
# A citizen who worries about a child needs no sign-up (HR-22).
_WORRIED = re.compile(r"\b(?:bekymret for|worried about|worry about|concerned about)\b")
_WAS_THERE = re.compile(
    r"\b(?:jeg (?:var|mødte) (?:jo |da |altså |faktisk )*(?:der|op)"
    r"|i (?:was (?:really )?there|showed up|did come))\b(?! ikke)"
)
_A_CHILD = re.compile(r"\b(?:barn|barnet|børn|børnene|dreng|pige|child|children|kids?|boy|girl)\b")


def about(words: str, plain: str) -> About | None:
    """Return what words want; *plain* is without times and the names of tasks, and folded."""
    said = fold(words)
    count = len(said.split())
    if count > LONGEST:
        return None
    first = ((About.TELL, _TELL), (About.STANDIN, _STANDIN), (About.HOURS, _HOURS))
    found = next((kind for kind, pattern in first if pattern.search(said)), None)
    if found is not None:
        return found
    asks = "?" in words
    if not asks and (_CANCEL.search(said) or _only_cannot(plain)):
        return About.CANCEL
    if count > LONGEST_QUESTION:
        return None
    questions = ((About.OWN, _OWN), (About.BRING, _BRING), (About.ASK, _ASK))
    return next((kind for kind, pattern in questions if pattern.search(said)), None)


def _only_cannot(plain: str) -> bool:
    """Return whether words say that one cannot, and nothing else."""
    return _CANNOT.search(plain) is not None and set(plain.split()) <= _CANNOT_WORDS


def is_worry(words: str) -> bool:
    """Return whether a citizen writes that they worry about a child."""
    said = fold(words)
    worried = _WORRIED.search(said)
    return worried is not None and _A_CHILD.search(said[worried.end() :]) is not None


def says_was_there(words: str) -> bool:
    """Return whether a volunteer writes that they were at a shift."""
    said = fold(words)
    return len(said.split()) <= LONGEST and _WAS_THERE.search(said) is not None
