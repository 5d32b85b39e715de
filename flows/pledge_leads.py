"""The words with which a citizen makes or changes a pledge: alone, or before what it is about."""

from __future__ import annotations

_WANT_DA = ("", "jeg vil ", "jeg vil gerne ", "kan jeg ", "må jeg ")
_WANT_EN = ("", "i want to ", "i would like to ", "i'd like to ", "can i ", "please ")
_THE_DA = ("løftet", "mit løfte", "loeftet", "mit loefte")
_THE_EN = ("the pledge", "my pledge")


def _danish(*patterns: str) -> tuple[str, ...]:
    return tuple(one.format(it) for one in patterns for it in _THE_DA)


def _english(*patterns: str) -> tuple[str, ...]:
    return tuple(
        f"{want}{one.format(it)}" for want in _WANT_EN for one in patterns for it in _THE_EN
    )


def _wanted(*patterns: str) -> tuple[str, ...]:
    return tuple(f"{want}{one}" for want in _WANT_DA[1:] for one in _danish(*patterns))


_A_DA = ("løfte", "loefte", "et løfte", "et loefte", "et nyt løfte", "nyt løfte")
_A_EN = ("pledge", "a pledge", "a new pledge", "new pledge", "a promise")
_SOMETHING_DA = ("noget", "byen noget", "kommunen noget", "jer noget")
MAKE = (
    *("løfte", "loefte", "løfter", "nyt løfte", "et løfte", "lov noget", "lov os noget"),
    *(f"{verb} {one}" for verb in ("giv", "lav", "afgiv") for one in _A_DA),
    *(f"{want}give {one}" for want in _WANT_DA[1:] for one in _A_DA),
    *(f"{want}lave {one}" for want in _WANT_DA[1:] for one in _A_DA),
    *(f"{want}love {one}" for want in _WANT_DA[1:] for one in _SOMETHING_DA),
    *("jeg lover noget", "jeg giver et løfte", "må jeg love noget", "pledge", "a pledge"),
    *(f"{want}{verb} {one}" for want in _WANT_EN for verb in ("make", "give") for one in _A_EN),
    *(f"{want}{verb} something" for want in _WANT_EN for verb in ("pledge", "promise")),
)
WHAT_IS_IT = (
    *(
        f"hvad er {one}"
        for one in ("et løfte", "et loefte", "løfter", "de løfter", "det med løfter")
    ),
    *("hvad vil det sige at give et løfte", "hvad betyder et løfte", "hvad går løfter ud på"),
    *(
        f"{how} {one}"
        for how in ("hvordan giver jeg", "hvordan giver man", "hvordan laver jeg")
        for one in ("et løfte", "løfte")
    ),
    *("hvad kan jeg love", "hvad kan man love", "hvad skal jeg love", "what is a pledge"),
    *("what are pledges", "what does a pledge mean", "how do i make a pledge", "what can i pledge"),
    *("what can i promise", "what is a pledge here"),
)
MINE = (
    *(
        "mine løfter",
        "mine loefter",
        "mit løfte",
        "mit loefte",
        "vis mine løfter",
        "se mine løfter",
    ),
    *("vis mit løfte", "se mit løfte", "hvad har jeg lovet", "hvilke løfter har jeg"),
    *_danish("ret {}", "ændr {}", "vis {}", "se {}"),
    *_wanted("rette {}", "ændre {}", "se {}"),
    *("my pledges", "my pledge", "show my pledges", "show my pledge", "what have i promised"),
    *_english("change {}", "edit {}", "see {}"),
)
STOP = (
    *_danish("stop {}", "stop med {}", "afslut {}", "slut med {}"),
    *_wanted("stoppe {}", "stoppe med {}", "afslutte {}"),
    *_english("stop {}", "end {}", "quit {}"),
)
WITHDRAW = (
    *_danish("træk {} tilbage", "fortryd {}", "slet {}"),
    *_wanted("trække {} tilbage", "fortryde {}", "slette {}"),
    *_english("take {} back", "take back {}", "withdraw {}", "delete {}", "undo {}"),
)
PAUSE = (
    *_danish("hold pause med {}", "hold pause fra {}", "hold en pause med {}", "pause {}"),
    *_danish("sæt {} på pause", "pause med {}", "pause fra {}"),
    *_wanted("holde pause med {}", "holde pause fra {}", "holde en pause med {}"),
    *_wanted("sætte {} på pause", "have pause fra {}"),
    *_english("pause {}", "take a break from {}", "put {} on hold"),
)
RESUME = (
    *_danish("fortsæt {}", "fortsæt med {}", "genoptag {}", "gå videre med {}"),
    *_wanted("fortsætte {}", "fortsætte med {}", "genoptage {}"),
    *_english("resume {}", "continue {}", "go on with {}"),
)
SMALLER = (
    *_danish("gør {} mindre", "formindsk {}"),
    *_wanted("gøre {} mindre", "formindske {}"),
    *_english("make {} smaller", "shrink {}", "reduce {}"),
)
# These begin what ends with "tilbage", "på pause" or "mindre".
ABOUT = {
    "withdrawpledge": (
        *_danish("træk {} om"),
        *_wanted("trække {} om"),
        *_english("take {} about"),
    ),
    "pledgepause": (*_danish("sæt {} om"), *_wanted("sætte {} om"), *_english("put {} about")),
    "pledgeless": (*_danish("gør {} om"), *_wanted("gøre {} om"), *_english("make {} about")),
}
ANSWER = (
    *_danish("svar på {}", "svar om {}"),
    *_wanted("svare på {}", "svare om {}"),
    *_english("answer about {}", "check in on {}"),
)
UNDO = (
    *("fortryd mit svar", "fortryd svaret", "fortryd mit svar om løftet", "undo my answer"),
    "undo my answer about my pledge",
)
LEAVE = (
    *("fortryd samtykke til løfter", "fortryd mit samtykke til løfter", "stop alle mine løfter"),
    *("stop mine løfter", "stop alle løfter", "jeg vil ikke have løfter mere"),
    *("take back consent to pledges", "take back my consent to pledges", "stop all my pledges"),
    "stop my pledges",
)
