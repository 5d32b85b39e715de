"""Compare typed words with button labels in every language."""

from __future__ import annotations

import re
import unicodedata

from bot.i18n import LANGUAGES, Text, render

_MARKS = re.compile(r"[^\w\s]", re.UNICODE)


def fold(words: str) -> str:
    """Fold case, marks and spaces, so that "Ja tak!" and "ja tak" are the same."""
    plain = _MARKS.sub(" ", unicodedata.normalize("NFKC", words)).casefold()
    return " ".join(plain.split())


def vocabulary(*lines: str) -> frozenset[str]:
    """Return the words of some lines."""
    return frozenset(" ".join(lines).split())


def same(words: str, label: Text | str) -> bool:
    """Return whether *words* are a button's label in any of our languages."""
    wanted = fold(words)
    if not wanted:
        return False
    if isinstance(label, str):
        return fold(label) == wanted
    return any(fold(render(label, language, escape=str)) == wanted for language in LANGUAGES)


def option_number(words: str) -> int | None:
    """Return the number of one or two digits that *words* consist of; else None."""
    plain = words.strip().rstrip(".)")
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 3 else None  # noqa: PLR2004 - no keyboard has a hundred buttons


_YES = {fold(word) for word in ("ja", "ja tak", "jep", "jo", "yes", "yes please", "yep")}
_NO = {fold(word) for word in ("nej", "nej tak", "nope", "no", "no thanks", "no thank you")}


_SKIPS = {
    fold(word)
    for word in (
        *("spring over", "spring den over", "spring det over", "næste", "videre", "skip"),
        *("skip it", "skip this", "next"),
    )
}
_DECLINES = (_NO | _SKIPS) | {
    fold(word)
    for word in (
        *("ikke nu", "helst ikke", "vil helst ikke", "det vil jeg helst ikke", "vil jeg ikke"),
        *("det vil jeg ikke", "ingen", "not now", "rather not", "i'd rather not"),
        *("i would rather not", "none", "nothing"),
    )
}
_UNSURE = re.compile(
    r"(?:(?:øh|hm|hmm|tja|nå|uh|well) )*(?:(?:det|jeg) )?(?:ved|aner) (?:jeg |det )*"
    r"(?:faktisk |helt )?ikke(?: helt| rigtigt?)?(?: endnu| nu| lige nu)?(?: desværre)?"
    r"|(?:jeg )?(?:er )?(?:ikke sikker|i tvivl)(?: endnu)?|ingen (?:idé|ide|anelse)"
    r"|(?:det )?(?:har jeg|jeg har) ikke (?:besluttet|bestemt)(?: mig)?(?: endnu)?"
    r"|(?:i )?(?:do not|don t|dont) (?:really )?know(?: yet| that)?|dunno|no idea"
    r"|(?:i am |i m )?(?:not sure|unsure|undecided)(?: yet)?"
)


_IT = r"(?: det| dette| det her| her| den| spørgsmålet| det med)?(?: med)?"
_ASKS_WHO = re.compile(
    r"(?:og |men )?(?:hvem (?:kan |må )?(?:så )?(?:ser|se|læser|læse|får|få|ved)"
    r"(?: det| dette| mit løfte| mine svar| svaret)?(?: at se| at vide)?"
    r"|kan (?:andre|alle|nogen|naboen|naboerne) (?:så )?(?:se|læse) (?:det|mit løfte|mit svar)"
    r"|who (?:can |may |will )?(?:sees?|reads?|gets?|knows?)"
    r"(?: it| this| that| my pledge)?(?: then)?"
    r"|can (?:others|everyone|anyone|people) (?:see|read) (?:it|this|that|my pledge))"
)
_ASKS_ABOUT_IT = re.compile(
    rf"(?:og |men |øh )?(?:hvad (?:betyder|mener du|mener i){_IT}|hvad vil det sige|hvad menes der"
    r"|hvad er (?:det|dette|meningen)(?: for noget)?|hvad går det ud på|hvad skal (?:jeg|man) "
    r"(?:skrive|svare|vælge|trykke på)(?: her)?|hvad sker der(?: så| nu)?"
    r"|hvorfor(?: det| dog)?"
    r"|hvorfor (?:skal|vil|må) (?:i|du|jeg|man) (?:vide|spørge|svare|sige)(?: om)?"
    r"(?: på)?(?: det)?|hvorfor (?:spørger|spørg) (?:du|i)(?: om| mig)?(?: om)?(?: det)?"
    r"|hvad (?:bruger|skal|vil) (?:i|du) (?:bruge )?(?:det|svaret)(?: til| bruges til)?"
    r"|(?:jeg |det )?forstår (?:jeg )?(?:det )?ikke(?: helt)?(?: spørgsmålet)?|jeg er ikke med"
    r"|forklar(?: det| lige)?|uddyb(?: det)?|skal jeg svare(?: på det)?"
    r"|er det (?:et krav|nødvendigt)"
    r"|what (?:does (?:it|this|that) mean|do you mean(?: by that)?|is (?:it|this|that)(?: about)?)"
    r"|what (?:should|do|can) i (?:write|answer|choose|press)(?: here)?|what happens(?: then| now)?"
    r"|why(?: is that| that)?|why do you (?:ask|want to know|need)(?: me)?(?: that| this| it)?"
    r"|why (?:are you asking|must i answer|should i)(?: that| this)?"
    r"|i (?:do not|don t|dont) (?:understand|get)(?: it| that| this)?|explain(?: it| that)?"
    r"|must i answer|do i have to(?: answer)?)"
)


def asks_who_sees(words: str) -> bool:
    """Return whether words ask only who sees the answer."""
    return _ASKS_WHO.fullmatch(fold(words)) is not None


def asks_about_it(words: str) -> bool:
    """Return whether words ask only what a question means, or why it is asked."""
    return _ASKS_ABOUT_IT.fullmatch(fold(words)) is not None


def declines(words: str) -> bool:
    """Return whether words leave out the answer to a question that may be skipped."""
    return fold(words) in _DECLINES


def skips(words: str) -> bool:
    """Return whether words skip a question."""
    return fold(words) in _SKIPS


def is_unsure(words: str) -> bool:
    """Return whether words say only that a person does not know the answer, or not yet."""
    return _UNSURE.fullmatch(fold(words)) is not None


def yes_or_no(words: str) -> bool | None:
    """Return True for a plain yes, False for a no, and None for other words."""
    plain = fold(words)
    return True if plain in _YES else False if plain in _NO else None
