"""What a text for many people must not have about one: address, number, e-mail (HR-2)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from bot.tone.lix import sentence_at

Span = tuple[int, int]
DIGITS = 8  # of a Danish number
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
# Eight digits in pairs, in two groups or in one; or a number with another country's code.
_PHONE = re.compile(
    r"(?<![\d.,/+-])(?:(?:\+|00)45[ \u00a0]?)?"
    r"(?:\d{2}(?:[ \u00a0]\d{2}){3}|\d{4}[ \u00a0]\d{4}|\d{8})(?![\d/]|[.,-]\d)"
    r"|(?<!\w)\+(?!45)\d{1,3}(?:[ \u00a0-]?\d){7,12}(?!\d)"
)
_STREET = re.compile(
    r"\b[A-ZÆØÅ][\wé]*(?:[ -][A-ZÆØÅ][\wé]*)?"
    r"(?:[ ](?=[A-ZÆØÅ]))?(?i:vej|gade|stræde|allé|alle|stien?|vænget?|toften?|parken?|bakken?"
    r"|haven?|torv(?:et)?|plads(?:en)?|gården?|street|road)(?:en)?[ \u00a0]\d{1,3}[ ]?[A-Za-z]?\b"
)
_NAME = re.compile(r"\b[A-ZÆØÅ][a-zæøåé]+(?:-[A-ZÆØÅ][a-zæøåé]+)?(?: [A-ZÆØÅ][a-zæøåé]+(?:-\w+)?)+")
# The last word of a name that is no person's.
_PLACE = re.compile(
    r"(?:kommune|rådhus|skole|bibliotek|kirke|hal|center|centret|hus|huset|forening|museum|park"
    r"|havn|station|plads|torv|vej|gade|stræde|allé|udvalg|byråd|school|library|church|hall"
    r"|centre|association|council|street|road|square|garden)(?:et|en|s)?$",
    re.IGNORECASE,
)


def mail_addresses(text: str) -> Iterator[Span]:
    """Yield where a text has e-mail addresses."""
    yield from (found.span() for found in _MAIL.finditer(text))


def phone_numbers(text: str, own: Collection[str]) -> Iterator[Span]:
    """Yield where a text has phone numbers other than the municipality's *own*."""
    known = {_digits(one) for one in own}
    for found in _PHONE.finditer(text):
        if _digits(found[0]) not in known:
            yield found.span()


def _digits(number: str) -> str:
    return "".join(filter(str.isdecimal, number))[-DIGITS:]


def addresses_of_people(text: str) -> Iterator[Span]:
    """Yield where a sentence has a street address and the full name of a person."""
    for found in _STREET.finditer(text):
        sentence = sentence_at(text, *found.span())
        others = sentence.replace(found[0], " . ")
        if any(not _PLACE.search(name[0]) for name in _NAME.finditer(others)):
            yield found.span()
