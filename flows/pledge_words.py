"""Amounts, themes and rhythms of pledges in words."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from bot.i18n import Day, is_one, show_number
from bot.model.opportunity import said
from bot.model.pledge import PER_UNIT
from bot.model.pledge_catalogue import Measure
from bot.model.town import Town

HALF_A_YEAR = timedelta(days=183)


def measure_of(town: Town, key: str | None) -> Measure | None:
    """Return a measure of the town; None where there is none of that key."""
    return next((one for one in town.measures if one.key == key), None)


def amount_words(town: Town, key: str | None, amount: int, language: str) -> str:
    """Return hundredths of a measure with its unit: "1.240 m²", "1 lampe"; "" without a measure."""
    measure = measure_of(town, key)
    if measure is None:
        return ""
    number = Decimal(amount) / PER_UNIT
    unit = measure.one if is_one(number, language) else measure.many
    return f"{show_number(number, language)} {said(unit, language)}"


def unit_words(town: Town, key: str | None, language: str) -> str:
    """Return the name of a unit in the plural; "" without a measure."""
    measure = measure_of(town, key)
    return said(measure.many, language) if measure is not None else ""


def has_far_year(day: date, today: date) -> bool:
    """Return whether a day is in another year, or not within the next half year."""
    return day.year != today.year or day - today > HALF_A_YEAR


def far_day(day: date, today: date) -> date | Day:
    """Return a day to show with its weekday, and with its year where it is far away."""
    return Day(day, has_weekday=True) if has_far_year(day, today) else day


def theme_name(town: Town, key: str, language: str) -> str:
    """Return the name of a theme of pledges; the key where the town has it no more."""
    found = next((one for one in town.pledge_themes if one.key == key), None)
    return said(found.labels, language) if found is not None else key
