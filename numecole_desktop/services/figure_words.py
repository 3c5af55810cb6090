"""Figures in words: groups, labels, levels above beside each figure, from data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from numecole_desktop.domain.french import NBSP, whole
from numecole_desktop.domain.questionnaire import MISSING_TEXT
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.domain.territory import MISSING, AcademyReference, covers, unanswered
from numecole_desktop.domain.territory_profile import (
    Beside,
    Evolution,
    FigureGroup,
    FigureLine,
)
from numecole_desktop.referentials.resources import resource
from numecole_desktop.referentials.strict import Fields, read_toml
from numecole_desktop.services.territories import TerritoryFigures

_FILE = "territories/figures.toml"


@dataclass(frozen=True, slots=True)
class FigureWords:
    """How one figure is called; ``base`` is empty when it has no percentage."""

    name: str
    label: str
    base: str


@dataclass(frozen=True, slots=True)
class Above:
    """Figures of a level above: held by the base, or published percentages only."""

    name: str
    figures: TerritoryFigures | None
    published: AcademyReference | None = None


def figure_groups(figures: TerritoryFigures, above: Sequence[Above]) -> tuple[FigureGroup, ...]:
    """Every figure in its group, with the levels above beside it."""
    return tuple(
        FigureGroup(code, title, tuple(_line(words, figures, above) for words in wordings))
        for code, title, wordings in _groups()
    )


def evolutions(
    years: Sequence[tuple[SchoolYear, TerritoryFigures]],
) -> tuple[Evolution, ...]:
    """The figures that are followed over the years, oldest first.

    A year of which no school has an answer has no percentage.
    """
    labels = {words.name: words.label for _, _, group in _groups() for words in group}
    return tuple(
        Evolution(
            name,
            labels[name],
            tuple((year, f.counts[name], _share(f, name)) for year, f in years),
        )
        for name in _followed()
    )


def well_known(
    years: Sequence[tuple[SchoolYear, TerritoryFigures]],
) -> list[tuple[SchoolYear, TerritoryFigures]]:
    """The years of which enough schools are known to be followed on paper."""
    return [(year, found) for year, found in years if covers(found.counts, None, _coverage())]


def figure_label(name: str) -> str:
    """How a figure is called.

    Raises:
        KeyError: there is no such figure.
    """
    return {words.name: words.label for _, _, group in _groups() for words in group}[name]


def _line(words: FigureWords, figures: TerritoryFigures, above: Sequence[Above]) -> FigureLine:
    name = words.name
    beside = []
    for level in above:
        share = None
        if level.published is not None:
            share = level.published.percent.get(name)
        elif level.figures is not None:
            share = _share(level.figures, name)
        text = "" if share is None else f"{share}{NBSP}%"
        if not words.base and level.figures is not None:
            text = _count(level.figures, name)
        beside.append(Beside(level.name, text, share))
    return FigureLine(
        name,
        words.label,
        figures.counts[name],
        _count(figures, name),
        _share(figures, name) if words.base else None,
        words.base,
        figures.missing[name] if name in MISSING else None,
        tuple(beside),
        known=not unanswered(figures.counts, name),
    )


def _count(figures: TerritoryFigures, name: str) -> str:
    return MISSING_TEXT if unanswered(figures.counts, name) else whole(figures.counts[name])


def _share(figures: TerritoryFigures, name: str) -> int | None:
    """The percentage, None where no school answers."""
    return None if unanswered(figures.counts, name) else figures.percent.get(name)


@cache
def _groups() -> tuple[tuple[str, str, tuple[FigureWords, ...]], ...]:
    return tuple((f.text("code"), f.french("title"), _wordings(f)) for f in _file().tables("group"))


def _wordings(group: Fields) -> tuple[FigureWords, ...]:
    return tuple(
        FigureWords(fields.text("name"), fields.french("label"), fields.text("base", ""))
        for fields in group.tables("figures")
    )


def _file() -> Fields:
    return read_toml(resource(_FILE).read_bytes(), _FILE)


@cache
def _coverage() -> Fraction:
    return _file().table("evolution").fraction("coverage")


@cache
def _followed() -> tuple[str, ...]:
    return _file().table("evolution").texts("figures")
