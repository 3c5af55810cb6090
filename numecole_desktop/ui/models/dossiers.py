"""Label dossiers, decisions and renewals as rows of tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from numecole_desktop.domain.french import fold, joined
from numecole_desktop.domain.label_application import State
from numecole_desktop.domain.label_criteria import level_words
from numecole_desktop.ui.models.rows import Cell

if TYPE_CHECKING:
    from numecole_desktop.services.label_forecast import CommuneCalendar, ForecastLine
    from numecole_desktop.services.label_lists import DecisionOutcome, DossierRow

DOSSIER_HEADINGS = (
    *("Commune", "École", "UAI", "État", "Niveau calculé", "Critère qui limite", "Avis"),
    *("Décision", "Circonscription"),
)
DECISION_HEADINGS = ("École", "Commune", "Avis", "Décision", "Ce qui s’y oppose")
FORECAST_HEADINGS = (
    *("Commune", "École", "Label", "Valable jusqu’en", "Aujourd’hui", "Perspective", "Pourquoi"),
)
ALL = "all"


class DossierFilter:
    """What the list keeps: a state (or ``ALL``), and every word of a text, accents aside."""

    def __init__(self, state: str = ALL, text: str = "") -> None:
        self.state = state
        self.words = fold(text).split()

    def keeps(self, row: DossierRow) -> bool:
        """Whether ``row`` is kept."""
        return self.state in (ALL, row.state.value) and self.finds(row)

    def finds(self, row: DossierRow) -> bool:
        """Whether the text alone keeps ``row``."""
        return all(word in row.folded for word in self.words)


def counts(rows: Iterable[DossierRow]) -> Mapping[str, int]:
    """Dossiers by state; ``ALL`` is their total."""
    found = dict.fromkeys((ALL, *(state.value for state in State)), 0)
    for row in rows:
        found[row.state.value] += 1
        found[ALL] += 1
    return found


def dossier_cells(rows: Iterable[DossierRow]) -> list[Sequence[Cell]]:
    """Rows under ``DOSSIER_HEADINGS``."""
    return [
        (
            row.commune,
            row.name,
            row.uai,
            row.state.label.capitalize(),
            level_words(row.level),
            joined(list(row.limiting)),
            "" if row.opinion is None else level_words(row.opinion),
            _decision(row.decision),
            row.circonscription,
        )
        for row in rows
    ]


def decision_cells(outcomes: Iterable[DecisionOutcome]) -> list[Sequence[Cell]]:
    """Rows under ``DECISION_HEADINGS``."""
    return [
        (
            o.name,
            o.commune,
            level_words(o.opinion),
            _decision(o.decision.level),
            " ".join(o.problems),
        )
        for o in outcomes
    ]


def forecast_cells(lines: Iterable[ForecastLine]) -> list[Sequence[Cell]]:
    """Rows under ``FORECAST_HEADINGS``."""
    return [
        (
            line.commune,
            line.school,
            "" if line.label is None else level_words(line.label),
            "" if line.ends is None else str(line.ends),
            "" if line.today is None else level_words(line.today),
            line.outlook.label.capitalize(),
            line.why,
        )
        for line in lines
    ]


def calendar_lines(calendar: Iterable[CommuneCalendar]) -> list[ForecastLine]:
    """Labels that end, by commune, then by year."""
    return [line for commune in calendar for _, lines in commune.by_year for line in lines]


def _decision(level: int | None) -> str:
    if level is None:
        return ""
    return "refus" if level == 0 else level_words(level)
