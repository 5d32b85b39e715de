"""Words that a message must not contain, because they reveal a condition (HR-4)."""

from __future__ import annotations

import re

# Stems in Danish and English: units and matters that say something about the person.
_REVEALING = (
    *(
        "demens",
        "misbrug",
        "rusmiddel",
        "alkoholbehandling",
        "afvænning",
        "jobcent",
        "sygedagpenge",
    ),
    *("kontanthjælp", "psykiatri", "socialpsykiatri", "kriminal", "børneværn", "familieteam"),
    *("anbringelse", "krisecent", "handicap", "hjemløs", "herberg", "gældsrådgivning", "kræft"),
    *("dementia", "addiction", "rehab", "job centre", "psychiatr", "probation", "women's shelter"),
    *("homeless", "disability", "social services", "child protection"),
)
_FOUND = re.compile(r"\b\w*(?:" + "|".join(map(re.escape, _REVEALING)) + r")\w*", re.IGNORECASE)


def revealing_word(text: str) -> str | None:
    """Return the first word of *text* that reveals a condition, or None."""
    found = _FOUND.search(text)
    return found[0] if found else None
