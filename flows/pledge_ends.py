"""The last day of a pledge in words: "til august", "i tre måneder", "until 1 June". Pure.

"til august" and "until August" end when the month begins, on the 1st; "til og med august" and
"through August" end with it. "jul" is Christmas after a Danish word, and July after an English one.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from bot.calendar.phrases.vocabulary import vocabulary
from bot.i18n import month_names
from bot.model.pledge import LONGEST
from flows.pledge_named_days import NAMED, named_day
from flows.pledge_numbers import hundredths, number_pattern

_MONTHS = {
    name.casefold().rstrip("."): number
    for language in ("da", "en")
    for width in ("wide", "abbreviated")
    for number, name in enumerate(month_names(language, width), 1)
}
_MONTH = "(?:" + "|".join(sorted(map(re.escape, _MONTHS), key=len, reverse=True)) + r")\b\.?"
_WITH_IT = (
    r"(?:(?:ind)?til og med|(?:til )?(?:udgangen|slutningen) af|resten af|through|the rest of"
    r"|(?:until |to )?the end of)"
)
_DANISH_TO, _ENGLISH_TO = r"(?:frem til|indtil|til)", r"(?:until|till|up to)"
_UP_TO = rf"(?:{_DANISH_TO}|{_ENGLISH_TO})"
# Short names of months that are Danish words or names: they are months only with a day or a year.
_NO_MONTHS = {"jul", "jan"}
_ORDINALS = {
    word: number
    for language in ("da", "en")
    for word, number in vocabulary(language).ordinals.items()
    if number > 0 and word not in {"andet", "other"}
}
_ORDINAL = "|".join(sorted(map(re.escape, _ORDINALS), key=len, reverse=True))
_TO_NAMED = re.compile(
    rf"\b(?:(?P<all>{_WITH_IT})|(?P<english>{_ENGLISH_TO})|{_UP_TO}) (?:den |the )?"
    rf"(?P<name>{NAMED})(?! (?:over|ud|igennem)\b)(?: (?P<year>\d{{4}})\b)?"
)
_TO_MONTH = re.compile(
    rf"\b(?:(?P<all>{_WITH_IT})|(?P<english>{_ENGLISH_TO})|{_UP_TO}) "
    rf"(?P<month>{_MONTH})(?: (?P<year>\d{{4}}))?"
)
_TO_DAY = re.compile(
    rf"\b(?:{_WITH_IT}|{_UP_TO}) (?:den |d\. |the )?(?:"
    rf"(?:(?P<day>\d{{1,2}})(?:\.|st|nd|rd|th)?|(?P<ordinal>{_ORDINAL})) (?:of |i )?"
    rf"(?P<month>{_MONTH})"
    rf"|(?P<month_first>{_MONTH}) (?P<day_last>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d)"
    rf"|(?P<day_of>\d{{1,2}})[./](?P<number>\d{{1,2}})\b)"
    r"(?:,? (?P<year>\d{4}))?"
)
_ALL_OF = re.compile(
    rf"\b(?:(?:hele|the whole|all) (?P<whole>{NAMED})|(?P<out>{NAMED}) (?:over|ud|igennem)\b)"
)
_FROM_MONTH = re.compile(rf"\b(?:fra|from) (?:den |d\. )?(?:\d{{1,2}}\.? )?{_MONTH}")
_YEAR_OUT = re.compile(r"\b(?:året ud|resten af året|(?:for )?the rest of the year)\b")
_SPAN_WORDS = {
    **dict.fromkeys(("uge", "uger", "week", "weeks"), "weeks"),
    **dict.fromkeys(("måned", "måneder", "mdr", "month", "months"), "months"),
    **dict.fromkeys(("år", "year", "years"), "years"),
}
_HALF_YEAR = re.compile(
    r"\b(?:i|for|de næste|the next)? ?(?:et halvt år|halvt år|half a year)\b(?! siden| ago)"
)


def _span_pattern(language: str) -> re.Pattern[str]:
    units = "|".join(sorted(_SPAN_WORDS, key=len, reverse=True))
    number = rf"(?P<one>en|et|a|an)|(?P<number>{number_pattern(language)})"
    return re.compile(
        rf"(?:^|\b(?:i|for|over|de næste|the next) )(?:{number}) (?P<unit>{units})\b"
        r"(?! (?:siden|ago|om|a\b|before|før))"
    )


_SPANS = {language: _span_pattern(language) for language in ("da", "en")}


def last_day(plain: str, language: str, today: date) -> date | None:
    """Return the last day that words in lower case name; None for none, or for two."""
    plain = " ".join(plain.split())
    if _FROM_MONTH.search(plain):
        return None  # it begins later, which a pledge here does not
    found = {*_spans(plain, language, today), *_days(plain, today), *_months(plain, today)}
    found.update(_named(plain, today))
    if _YEAR_OUT.search(plain):
        found.add(date(today.year, 12, 31))
    within = {day for day in found if day is not None}
    if len(found) != 1 or not within:
        return None
    day = within.pop()
    return day if today < day <= today + LONGEST else None


def _spans(plain: str, language: str, today: date) -> list[date | None]:
    """Return the ends of lengths such as "i tre måneder"."""
    found: list[date | None] = []
    for match in _SPANS[language].finditer(plain):
        count = 100 if match["one"] else hundredths(match["number"], language)
        if count is None or count % 100 or not 0 < count <= 100 * 60:
            found.append(None)
        else:
            found.append(plus_span(today, count // 100, _SPAN_WORDS[match["unit"]]))
    if _HALF_YEAR.search(plain):
        found.append(plus_span(today, 6, "months"))
    return found


def plus_span(day: date, count: int, unit: str) -> date:
    """Return the day some weeks, months or years later; a short month ends it earlier."""
    if unit == "weeks":
        return day + timedelta(weeks=count)
    months = day.month - 1 + count * (12 if unit == "years" else 1)
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _days(plain: str, today: date) -> list[date | None]:
    """Return the dates after "til": the next one of that day and month, or of the year named."""
    found: list[date | None] = []
    for match in _TO_DAY.finditer(plain):
        name = match["month"] or match["month_first"]
        month = _MONTHS[name.rstrip(".")] if name else int(match["number"])
        digits = match["day"] or match["day_last"] or match["day_of"]
        number = int(digits) if digits else _ORDINALS[match["ordinal"]]
        found.append(_next(today, month, number, match["year"]))
    return found


def _months(plain: str, today: date) -> list[date | None]:
    """Return the ends of "til august": its first day, or its last one where it is included."""
    found: list[date | None] = []
    for match in _TO_MONTH.finditer(plain):
        if re.match(r" \d{1,2}(?:st|nd|rd|th)?\b(?!\d)", plain[match.end() :]):
            continue  # "until August 5" is a day
        name = match["month"].rstrip(".")
        if name in _NO_MONTHS and not _means_month(match):
            continue
        month = _MONTHS[name]
        number = 0 if match["all"] else 1
        found.append(_next(today, month, number, match["year"]))
    return found


def _means_month(match: re.Match[str]) -> bool:
    """Return whether a short name that is a Danish word is a month: in English, or with a year."""
    is_christmas = match["month"].startswith("jul") and not match["english"]
    return match["english"] is not None or (match["year"] is not None and not is_christmas)


def _named(plain: str, today: date) -> list[date | None]:
    """Return the days of feasts, seasons and school holidays, such as "til jul"."""
    found = [
        named_day(match["whole"] or match["out"], today, None, is_included=True)
        for match in _ALL_OF.finditer(plain)
    ]
    for match in _TO_NAMED.finditer(plain):
        if match["name"] == "jul" and match["english"]:
            continue  # "until Jul" is a month
        year = int(match["year"]) if match["year"] else None
        if year is None or date.min.year < year < date.max.year:
            is_included = match["all"] is not None
            found.append(named_day(match["name"], today, year, is_included=is_included))
    return found


def _next(today: date, month: int, number: int, year: str | None) -> date | None:
    """Return the next such day; *number* 0 is the last day of the month. None for no such day."""
    years = (int(year),) if year else (today.year, today.year + 1)
    for one in years:
        try:
            day = date(one, month, number or monthrange(one, month)[1])
        except ValueError:
            return None
        if day > today + timedelta(days=1) or year:
            return day
    return None
