"""Read the town's pledges from its content file: themes, measures, goals and the catalogue."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.model.pledge import PER_UNIT, MeasureKind, Rhythm
from bot.model.pledge_catalogue import CatalogueEntry, EntryState, Goal, Measure, PledgeTheme
from bot.model.town import Town
from bot.service.reading import Reader

KEY = re.compile(r"[a-z0-9_]{1,12}")  # it goes into callback data
CODE = re.compile(r"[A-Za-z0-9_]{1,20}")
MONTHS = range(1, 13)
_LABELS = ("who", "thanks", "doing", "steps")
_DAY = re.compile(r"\d\d-\d\d")


def read_themes(reader: Reader, data: Mapping[str, Any]) -> tuple[PledgeTheme, ...]:
    """Return the themes of pledges."""
    return tuple(
        PledgeTheme(
            reader.matching(t, place, "key", KEY),
            reader.labels(t, place, "labels"),
            reader.text(t, place, "topic"),
            reader.words(t, place, "words"),
        )
        for place, t in reader.each({"pledge_theme": [], **data}, "pledge_theme")
    )


def read_measures(reader: Reader, data: Mapping[str, Any]) -> tuple[Measure, ...]:
    """Return the units in which pledges are measured."""
    return tuple(
        Measure(
            reader.matching(t, place, "key", KEY),
            reader.labels(t, place, "one"),
            reader.labels(t, place, "many"),
            reader.words(t, place, "words"),
            reader.flag(t, place, "divisible"),
        )
        for place, t in reader.each({"measure": [], **data}, "measure")
    )


def read_goals(reader: Reader, data: Mapping[str, Any]) -> tuple[Goal, ...]:
    """Return what people want for themselves."""
    return tuple(
        Goal(
            reader.matching(t, place, "key", KEY),
            reader.labels(t, place, "labels"),
            reader.labels(t, place, "wants"),
            reader.labels(t, place, "wanted"),
            reader.words(t, place, "words"),
        )
        for place, t in reader.each({"goal": [], **data}, "goal")
    )


def read_catalogue(reader: Reader, data: Mapping[str, Any]) -> tuple[CatalogueEntry, ...]:
    """Return the entries of the catalogue, as they are first published."""
    tables = reader.each({"pledge": [], **data}, "pledge")
    return tuple(_entry(reader, place, t) for place, t in tables)


def _entry(reader: Reader, place: str, table: Mapping[str, Any]) -> CatalogueEntry:
    """Build one entry."""
    titles = reader.labels(table, place, "titles")
    because = reader.take({"because": {}, **table}, place, "because", dict, {})
    given = {name: reader.labels(table, place, name) for name in _LABELS if name in table}
    measure = reader.text(table, place, "measure") if "measure" in table else None
    return CatalogueEntry(
        id=0,
        code=reader.matching(table, place, "code", CODE),
        title=titles.get("da", "?"),
        titles=titles,
        texts=reader.labels(table, place, "texts"),
        theme=reader.text(table, place, "theme"),
        kind=MeasureKind(_one_of(reader, table, place, "kind", list(MeasureKind))),
        rhythm=Rhythm(_one_of(reader, table, place, "rhythm", list(Rhythm))),
        measure=measure,
        amount=PER_UNIT * reader.positive({"amount": 1, **table}, place, "amount"),
        season=_season(reader, table, place),
        asks_on=reader.matching(table, place, "asks_on", _DAY) if "asks_on" in table else None,
        because={key: reader.labels(because, f"{place}.because", key) for key in because} or None,
        factor=_factor(reader, table, place),
        words=reader.words(table, place, "words"),
        state=EntryState.PUBLISHED,
        who=given.get("who"),
        thanks=given.get("thanks"),
        doing=given.get("doing"),
        steps=given.get("steps"),
    )


def _one_of(
    reader: Reader, table: Mapping[str, Any], place: str, key: str, options: list[Any]
) -> str:
    """Return a value that is one of *options*; else note the fault and return the first."""
    found = reader.text(table, place, key)
    if found not in options:
        reader.wrong(f"{place}.{key}", f"{found!r} must be one of {', '.join(options)}")
        return str(options[0])
    return found


def _season(reader: Reader, table: Mapping[str, Any], place: str) -> tuple[int, ...]:
    """Return the first and last months; empty where there is no season."""
    found = table.get("season", [])
    is_season = isinstance(found, list) and all(month in MONTHS for month in found)
    if not is_season or len(found) not in (0, 2):
        reader.wrong(f"{place}.season", "must be two months, such as [4, 9]")
        return ()
    return tuple(found)


def _factor(reader: Reader, table: Mapping[str, Any], place: str) -> dict[str, Any] | None:
    """Return how a unit is converted, with its range and source; None without a factor."""
    if "factor" not in table:
        return None
    own, where = reader.take(table, place, "factor", dict, {}), f"{place}.factor"
    low, high = (reader.take(own, where, key, int | float, 0) for key in ("low", "high"))
    if not 0 < low <= high:
        reader.wrong(where, "must have a range: 0 < low <= high")
    labels = {key: reader.labels(own, where, key) for key in ("unit", "source")}
    return {**labels, "low": low, "high": high}


def check_catalogue(reader: Reader, town: Town) -> None:
    """Note references to what does not exist, and what occurs twice."""
    topics = [topic.key for topic in town.topics]
    for theme in town.pledge_themes:
        if theme.topic not in topics:
            reader.wrong(f"pledge_theme {theme.key}", f"there is no topic {theme.topic!r}")
    themes = {theme.key for theme in town.pledge_themes}
    units, wanted = {one.key for one in town.measures}, {one.key for one in town.goals}
    for entry in town.pledges:
        place = f"pledge {entry.code}"
        if entry.theme not in themes:
            reader.wrong(place, f"there is no pledge theme {entry.theme!r}")
        if entry.measure is not None and entry.measure not in units:
            reader.wrong(place, f"there is no measure {entry.measure!r}")
        for goal in sorted(set(entry.because or {}) - wanted):
            reader.wrong(place, f"there is no goal {goal!r}")
    reader.unique("pledge_theme", [theme.key for theme in town.pledge_themes])
    reader.unique("measure", [one.key for one in town.measures])
    reader.unique("goal", [one.key for one in town.goals])
    reader.unique("pledge", [one.code for one in town.pledges])
