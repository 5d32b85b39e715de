"""Find CPR numbers in a text by their form (HR-1).

A number is `ddmmyy` or `ddmmyyyy` and four digits, with up to three separators
between the groups (day, month, year, two digits, two digits), and perhaps a few
words such as "nr", "og" or "født" before the four digits. The digits may also be spelt one
by one (`1 7 0 4 …`). The date must be a real day;
day + 60 is a replacement number. Modulus 11 is not checked, since valid numbers may fail it.

A town's chat contains many dates, so two kinds of text are treated differently. A dotted
date, a space and a clock time *may* be a number (`CprNumber.clock`: ask the citizen). Digits
that end in the middle of a written date are no number (`01.05.26-12.05.26`,
`23.11.2026 16:30`), and neither are digits inside an IBAN with valid check digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.redact.plain import Plain, has_digits, read_plain, read_url

MARK = "[CPR fjernet]"

_SHORTEST = 10
_REPLACED = 60  # added to the day of a replacement number
SEP = r"[-./_*\s]{0,3}"
_DAY = r"(?:0[1-9]|[12][0-9]|3[01]|6[1-9]|[78][0-9]|9[01])"
_MONTH = r"(?:0[1-9]|1[0-2])"
_YEAR = r"(?:18|19|20)[0-9]{2}"
_STRONG = (
    r"cpr|personnummer|personnr|nummer|number|numre|num|nr|no|og|and|samt|født|foedt|fodt|born"
    r"|sidste|last|cifre|ciffer|digits|digit|løbenummer|løbenr|endelse|efterfulgt|f"
)
_WEAK = r"er|de|den|det|is|the|are|af|med|with|så|then|fire|four|4(?![0-9])|in|på|i"
_LINK = r"[-./_*,:;()\s]{0,3}"
_GAP = rf"{SEP}|{_LINK}(?:(?:{_STRONG}|{_WEAK})(?![^\W\d_]){_LINK}){{1,5}}"
_TAIL = rf"(?P<gap>{_GAP})(?P<four>[0-9]{{2}}(?P<inner>{SEP})[0-9]{{2}})(?![0-9])"
_HEAD = rf"(?<![0-9])(?P<day>{_DAY})(?P<one>{SEP})(?P<month>{_MONTH})(?P<two>{SEP})"
DATE = rf"{_HEAD}(?P<year>(?:{_YEAR}|[0-9]{{2}})(?![0-9]))"
_FORMS = (
    re.compile(rf"{_HEAD}(?P<year>[0-9]{{2}}){_TAIL}", re.IGNORECASE),
    re.compile(rf"{_HEAD}(?P<year>{_YEAR}){_TAIL}", re.IGNORECASE),
)
# Each digit alone, with the same separator between all of them.
_SPELT = re.compile(
    r"(?<![0-9])(?=([0-9](?P<by>[-./_*\s]{1,3})[0-9](?:(?P=by)[0-9]){8,10})(?![0-9]))"
)
_STRONG_WORD = re.compile(rf"(?<![^\W\d_])(?:{_STRONG})(?![^\W\d_])", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]")
_DOTTED = re.compile(r"\.\s?")
_CLOCK = re.compile(r"(?:[01][0-9]|2[0-3])\.?[0-5][0-9]")
_D, _M = r"(?P<day>[0-9]{2})", r"(?P<month>[0-9]{2})"
_WRITTEN = tuple(
    re.compile(rf"(?<![0-9])(?=(?P<whole>{shape})(?![0-9]))")
    for shape in (
        rf"{_D}(?P<one>[-.]){_M}(?P<two>(?P=one))(?P<year>(?:19|20)?[0-9]{{2}})",
        rf"{_D}(?P<one>/){_M}(?P<two>[-/])(?P<year>(?:19|20)?[0-9]{{2}})",
        rf"(?<![0-9][-./_\s])(?P<year>(?:19|20)[0-9]{{2}})(?P<one>-){_M}(?P<two>-){_D}",
    )
)
_IBAN = re.compile(r"(?<![A-Z0-9])[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]){11,30}")
_IBAN_LENGTHS = {"DK": 18, "DE": 22, "PL": 28, "RO": 24, "UA": 29, "TR": 26, "SE": 24, "NO": 15}
_BORN_AFTER_1999 = {4: 36, 9: 36, 5: 57, 6: 57, 7: 57, 8: 57}  # by seventh digit: newest year 20xx


@dataclass(frozen=True, slots=True)
class CprNumber:
    """The position of a CPR number in a text; *clock*: it may be a date and a clock time."""

    start: int
    end: int
    clock: bool = False


def find_cpr_numbers(text: str) -> tuple[CprNumber, ...]:
    """Return everything with the form of a CPR number, in order and without overlap."""
    if not has_digits(text) or (len(text) < _SHORTEST and text.isascii()):
        return ()
    found: list[CprNumber] = []
    # Removing a number may reveal another, for example by removing a written date. So search
    # again with brackets in its place, as in the mark, until no new number is found.
    while new := _merge([*_scan(read_plain(text)), *_scan_url(text)]):
        found += new
        for one in new:
            text = text[: one.start] + "[" * (one.end - one.start) + text[one.end :]
    return _merge(found)


def _scan_url(text: str) -> Iterator[CprNumber]:
    """Yield the numbers of *text* read as a URL, if it may contain one."""
    if "%" in text or "://" in text:
        yield from _scan(read_url(text))


def is_real_day(day: int, month: int, *years: int) -> bool:
    """Return whether the day (or day - 60) exists in one of *years*."""
    return any(_exists(year, month, day - _REPLACED if day > _REPLACED else day) for year in years)


def _exists(year: int, month: int, day: int) -> bool:
    """Return whether the day exists in the calendar."""
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _scan(plain: Plain) -> Iterator[CprNumber]:
    """Yield the numbers of one reading with positions in the original; they may overlap."""
    hits = [match for form in _FORMS for match in _overlapping(form, plain.text)]
    hits = [match for match in hits if _is_number(match)]
    if hits:
        dates, accounts = list(_written_dates(plain.text)), list(_accounts(plain.text))
        hits = [hit for hit in hits if not _cuts(hit, dates) and not _inside(hit, accounts)]
    for hit in hits:
        yield CprNumber(*plain.origin(*hit.span()), clock=_may_be_time(hit))
    for spelt in _SPELT.finditer(plain.text):
        digits = re.sub(r"[^0-9]", "", spelt[1])
        whole = (form.fullmatch(digits) for form in _FORMS)
        if any(match is not None and _is_number(match) for match in whole):
            yield CprNumber(*plain.origin(*spelt.span(1)))


def _overlapping(form: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield every match, including those that begin inside another."""
    match = form.search(text)
    while match:
        yield match
        match = form.search(text, match.start() + 1)


def _is_number(match: re.Match[str]) -> bool:
    """Return whether the date is a real day, and words in the gap are typical of a CPR number."""
    gap = match["gap"]
    if _WORD.search(gap) and not _STRONG_WORD.search(gap):
        return False
    year = int(match["year"])
    if not match["year"][2:]:
        seventh = int(match["four"][0])
        newest = _BORN_AFTER_1999.get(seventh, -1)
        before = 1800 if seventh in {5, 6, 7, 8} else 1900
        year += 2000 if year <= newest else before
    return is_real_day(int(match["day"]), int(match["month"]), year)


def _may_be_time(match: re.Match[str]) -> bool:
    """Return whether the match may be a dotted date, a space and a clock time."""
    return (
        int(match["day"]) < _REPLACED
        and _DOTTED.fullmatch(match["one"]) is not None
        and _DOTTED.fullmatch(match["two"]) is not None
        and match["gap"].isspace()
        and _CLOCK.fullmatch(match["four"]) is not None
    )


def _written_dates(text: str) -> Iterator[tuple[int, int]]:
    """Yield the positions of complete dates written with separators.

    A date in a chain (``01.02.03.04.05``) is left out: it may be a number cut into pairs.
    """
    for shape in _WRITTEN:
        for match in shape.finditer(text):
            start, end = match.span("whole")
            year = int(match["year"]) + (0 if match["year"][2:] else 2000)
            before = text[max(start - 2, 0) : start]
            after = text[end : end + 2]
            chained = (before[:1].isdigit() and before[1:] == match["one"]) or (
                after[:1] == match["two"] and after[1:].isdigit()
            )
            if not chained and _exists(year, int(match["month"]), int(match["day"])):
                yield start, end


def _cuts(match: re.Match[str], dates: list[tuple[int, int]]) -> bool:
    """Return whether the number, or its date, would end in the middle of a written date."""
    return any(
        start < end < past for start, past in dates for end in (match.end("year"), match.end())
    )


def _accounts(text: str) -> Iterator[tuple[int, int]]:
    """Yield the positions of IBANs with valid check digits."""
    for match in _IBAN.finditer(text):
        length, taken, end = _IBAN_LENGTHS.get(match[0][:2], 0), 0, match.start()
        while taken < length and end < match.end():
            taken += text[end] != " "
            end += 1
        digits = text[match.start() : end].replace(" ", "")
        number = "".join(str(int(char, 36)) for char in digits[4:] + digits[:4])
        if taken == length and number and int(number) % 97 == 1:
            yield match.start(), end


def _inside(match: re.Match[str], spans: list[tuple[int, int]]) -> bool:
    """Return whether the match is inside one of *spans*."""
    return any(start <= match.start() and match.end() <= end for start, end in spans)


def _merge(found: list[CprNumber]) -> tuple[CprNumber, ...]:
    """Merge overlapping numbers; the result may be a time only if all of them may be."""
    merged: list[CprNumber] = []
    for number in sorted(found, key=lambda one: (one.start, one.end)):
        if merged and number.start < merged[-1].end:
            last = merged[-1]
            merged[-1] = CprNumber(
                last.start, max(last.end, number.end), clock=last.clock and number.clock
            )
        else:
            merged.append(number)
    return tuple(merged)
