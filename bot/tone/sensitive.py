"""Words of sensitive matters in what a citizen writes: the citizen is asked about them (HR-3)."""

from __future__ import annotations

import re

# Beginnings of words in Danish and English. A place is no matter of a person: `sundhedshus`,
# `kirke` and `politigård` are missing for that reason.
_BEGINNINGS = (
    # health
    *("psyk", "diagnos", "depress", "angst", "medicin", "kræft", "kemoterapi", "hiv", "abort"),
    *("demens", "epilep", "adhd", "autis", "skizofren", "bipolar", "misbrug", "afvænning"),
    *("rusmid", "antabus", "metadon", "spiseforstyrr", "sygemeld", "sygedagpenge", "fertilitet"),
    *("psych", "therap", "anxiety", "medicat", "cancer", "chemo", "abortion", "dementia"),
    *("rehab", "addict", "methadone", "eating disorder", "sick leave", "sick pay", "terapi"),
    # crime
    *("fængsel", "fængsl", "straffesag", "kriminal", "prøveløslad", "fodlænke", "tilhold"),
    *("prison", "probation", "criminal", "parole", "restraining"),
    # social matters and family
    *("kontanthjælp", "gæld", "inkasso", "foged", "hjemløs", "herberg", "krisecent", "jobcent"),
    *(
        "tvangsfjern",
        "anbring",
        "børnesag",
        "underretning",
        "samvær",
        "skilsmisse",
        "voldelig",
        "voldsramt",
    ),
    *("benefits office", "job centre", "debt", "bailiff", "homeless", "shelter", "custody"),
    *("divorce", "child protection", "violence"),
    # union, religion, sexuality
    *("fagforening", "tillidsmand", "tillidsrepræs", "trade union", "shop steward"),
    *("moské", "moske", "synagoge", "skriftemål", "konfession", "mosque", "synagogue"),
    *("homoseks", "lesbisk", "bøsse", "transkøn", "kønsskift", "homosex", "lesbian", "transgend"),
)
_SENSITIVE = re.compile(r"\b(?:" + "|".join(map(re.escape, _BEGINNINGS)) + r")", re.IGNORECASE)


def has_sensitive_words(text: str) -> bool:
    """Return whether *text* has a word about health, crime, money, family, faith or union."""
    return _SENSITIVE.search(text) is not None
