"""Why an opportunity fits a citizen, in words for its card."""

from __future__ import annotations

from bot.i18n import Text, Weekday
from bot.runner.context import TurnContext
from bot.runner.topic_names import area_name, theme_name
from bot.service.volunteering.matching import Fits, Reason
from bot.service.volunteering.search import Match
from flows import volunteer_cards as shown
from flows.volunteering import LANGUAGES

METRES = 1000


def reason_of(
    context: TurnContext, match: Match, centre: str | None, own_area: str | None
) -> Text | None:
    """Return why a match fits, or how far away it is; *centre* is the area from which it is.

    The distance within an area says nothing: it is measured from the area's centre.
    """
    one = match.opportunity
    if match.metres is not None and centre is not None and centre == one.area:
        name = area_name(context, centre)
        return shown.IN_OWN_AREA if centre == own_area else shown.FITS_AREA.with_(area=name)
    if match.metres is not None and one.latitude is not None:
        km = _kilometres(match.metres, context.language)
        if centre is None:
            return shown.KILOMETRES.with_(km=km)
        return shown.KILOMETRES_FROM.with_(km=km, area=area_name(context, centre))
    return _why(context, match.reason) if match.reason is not None else None


def _kilometres(metres: float, language: str) -> str:
    """Return metres as kilometres with one decimal."""
    written = f"{metres / METRES:.1f}"
    return written.replace(".", ",") if language == "da" else written


def _why(context: TurnContext, reason: Reason) -> Text:
    """Return a reason in words."""
    match reason.fits:
        case Fits.TIME:
            day = Weekday(int(reason.key.partition("-")[0]))
            return shown.FITS_TIME.with_(weekday=day)
        case Fits.INTEREST:
            return shown.FITS_INTEREST.with_(theme=theme_name(context, reason.key))
        case Fits.AREA:
            return shown.FITS_AREA.with_(area=area_name(context, reason.key))
        case Fits.SKILL:
            return shown.FITS_SKILL.with_(skill=reason.key)
        case Fits.LANGUAGE:
            return shown.FITS_LANGUAGE.with_(language=LANGUAGES.get(reason.key, reason.key))
