"""ENT index and label of a school, and what is held of it year after year, as cards."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from numecole_desktop.domain.french import NBSP, plural, whole
from numecole_desktop.ui.widgets.buttons import Button
from numecole_desktop.ui.widgets.card import Card
from numecole_desktop.ui.widgets.columns import Column, ColumnsChart
from numecole_desktop.ui.widgets.disclosure import Disclosure
from numecole_desktop.ui.widgets.grid import Grid
from numecole_desktop.ui.widgets.text import SMALL, Text

if TYPE_CHECKING:
    from numecole_desktop.domain.equipment import EquipmentIndex
    from numecole_desktop.domain.school_year import SchoolYear
    from numecole_desktop.services.school_data import YearData
    from numecole_desktop.ui.models.lines import Content
    from numecole_desktop.ui.models.rows import Cell

PERIODS = 5
_YEARS = (
    *("Année scolaire", "Indice", "Classes", "Socle enseignant", "Socle élèves"),
    *("Indice ENT", "Label"),
)
_INDEX, _TEACHER, _PUPIL, _ENT = 1, 3, 4, 5
Export = Callable[[str, "Content"], None]
"""Asks for a file and writes a table: title of the table, headings and rows."""


def ent_cards(held: Sequence[YearData], year: SchoolYear) -> list[Card]:
    """ENT index of ``year`` with its trace; nothing when nothing is held."""
    data = _held_in(held, year)
    return [] if data is None or data.ent is None else [_ent_card(data)]


def label_cards(
    held: Sequence[YearData], year: SchoolYear, dossier: str, ask: Callable[[], None]
) -> list[Card]:
    """Label in force in ``year``, and a line about the dossier that ``ask`` opens."""
    data = _held_in(held, year)
    in_force = data is not None and data.label is not None and data.label_year is not None
    if not in_force and not dossier:
        return []
    card = Card("Label numérique école")
    if data is not None and in_force:
        card.body.addWidget(Text(label_words(data), wrap=True))
    if dossier:
        row = QHBoxLayout()
        row.addWidget(Text(dossier, wrap=True), 1)
        button = Button("Ouvrir le dossier", icon_name="label", tip="Dossier de label (Ctrl+L)")
        button.clicked.connect(ask)
        row.addWidget(button)
        card.body.addLayout(row)
    return [card]


def _held_in(held: Sequence[YearData], year: SchoolYear) -> YearData | None:
    return next((one for one in held if one.year == year), None)


def label_words(data: YearData) -> str:
    """« Label de niveau 2 en vigueur, décidé en 2022-2023. »."""
    if not data.label:
        return f"Pas de label en vigueur{NBSP}: candidature refusée en {data.label_year}."
    return f"Label de niveau {data.label} en vigueur, décidé en {data.label_year}."


def _ent_card(data: YearData) -> Card:
    card = Card(f"Indice ENT ({data.year})")
    ent = data.ent
    if ent is None or ent.value is None:
        card.body.addWidget(
            Text(
                f"L’école n’est pas dans l’ENT-École{NBSP}: la commune n’a pas de convention pour "
                f"{data.year}.",
                wrap=True,
            )
        )
        return card
    words = f"{plural(ent.using, 'classe utilisatrice', 'classes utilisatrices')} de l’ENT"
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(14)
    number = Text(f"{ent.value}/3", size=8, bold=True, tone="action")
    number.setAccessibleName(f"Indice ENT {ent.value} sur 3")
    row.addWidget(number)
    row.addWidget(
        Text(f"{words}, sur {ent.classes} dont les connexions sont connues.", wrap=True), 1
    )
    card.body.addWidget(line)
    if ent.trace:
        texts = [step.text for step in ent.trace]
        texts.append(f"Règles{NBSP}: référentiel {ent.referential}.")
        card.body.addWidget(Disclosure("Comment cet indice est calculé", texts))
    return card


def years_card(
    held: Sequence[YearData],
    declared: Mapping[SchoolYear, EquipmentIndex],
    chart: QWidget | None,
    export: Export,
) -> Card:
    """Indices and label of each year, as a table; each index explains itself under the mouse."""
    rows: list[list[Cell]] = [
        [
            str(data.year),
            _known(data.equipment),
            _known(data.classes),
            _known(data.teacher),
            _known(data.pupil),
            _ent_text(data),
            _label_text(data),
        ]
        for data in reversed(held)
    ]
    tips = {}
    for row, data in enumerate(reversed(held)):
        index = declared.get(data.year)
        if index is not None:
            for column in (_INDEX, _TEACHER, _PUPIL):
                tips[row, column] = "\n".join(step.text for step in index.trace)
        if data.ent is not None:
            tips[row, _ENT] = "\n".join(step.text for step in data.ent.trace)
    return table_card("Indices et label par année", "", _YEARS, rows, export, chart, tips=tips)


def periods_card(held: Sequence[YearData], export: Export) -> Card | None:
    """ENT connections of each period; None when none is held."""
    known = [data for data in held if data.periods]
    if not known:
        return None
    latest = known[-1]
    chart = ColumnsChart(f"Connexions à l’ENT par période, {latest.year}")
    chart.show_columns([_period(latest, period) for period in range(1, PERIODS + 1)])
    headings = ["Année scolaire", *(f"Période {p}" for p in range(1, PERIODS + 1)), "Total"]
    rows: list[list[Cell]] = [
        [
            str(data.year),
            *(_known(data.periods.get(period)) for period in range(1, PERIODS + 1)),
            sum(data.periods.values()),
        ]
        for data in reversed(known)
    ]
    title = "Connexions à l’ENT par période"
    return table_card(title, f"· graphique de {latest.year}", headings, rows, export, chart)


def gar_card(held: Sequence[YearData], export: Export) -> Card | None:
    """Connections to resources through the GAR, year after year; None when none is held."""
    known = [data for data in held if data.resources]
    if not known:
        return None
    totals = [(data, sum(count for _, count in data.resources)) for data in known]
    chart = ColumnsChart("Connexions au GAR par année")
    chart.show_columns(
        [
            (str(data.year), total, whole(total), plural(total, "connexion"))
            for data, total in totals
        ]
    )
    rows: list[list[Cell]] = [
        [str(data.year), total, len(data.resources), data.resources[0][0]]
        for data, total in reversed(totals)
    ]
    headings = ["Année scolaire", "Connexions", "Ressources", "La plus utilisée"]
    return table_card("Connexions au GAR", "", headings, rows, export, chart)


def resources_card(data: YearData, export: Export) -> Card:
    """The resources used through the GAR in one year, most used first."""
    rows: list[list[Cell]] = [[name, count] for name, count in data.resources]
    title = f"Ressources utilisées par le GAR en {data.year}"
    return table_card(title, "", ["Ressource", "Connexions"], rows, export)


def table_card(
    title: str,
    note: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    export: Export,
    chart: QWidget | None = None,
    tips: Mapping[tuple[int, int], str] | None = None,
) -> Card:
    """A card with an optional chart, the table of the same data and its export."""
    card = Card(title)
    top = QHBoxLayout()
    card.heading.setWordWrap(False)
    top.addWidget(card.heading)
    top.addWidget(Text(note, tone="muted", size=SMALL), 1)
    button = Button("Exporter…", icon_name="export")
    button.setAccessibleName(f"Exporter en CSV{NBSP}: {title}")
    button.clicked.connect(_Export(export, title, (list(headings), [list(row) for row in rows])))
    top.addWidget(button)
    card.body.addLayout(top)
    if chart is not None:
        card.body.addWidget(chart)
    numbers = [
        column
        for column in range(len(headings))
        if rows and all(isinstance(row[column], int) or row[column] == "n.c." for row in rows)
    ]
    grid = Grid([*headings, ""], wide=len(headings), right=numbers)
    for number, row in enumerate(rows):
        cells = [Text(whole(cell) if isinstance(cell, int) else (cell or "")) for cell in row]
        for column, cell in enumerate(cells):
            cell.setToolTip((tips or {}).get((number, column), ""))
        grid.add([*cells, Text()])
    card.body.addWidget(grid)
    card.body.setAlignment(Qt.AlignmentFlag.AlignTop)
    return card


class _Export:
    def __init__(self, export: Export, title: str, content: Content) -> None:
        self._export = export
        self._title = title
        self._content = content

    def __call__(self) -> None:
        self._export(self._title, self._content)


def _period(data: YearData, period: int) -> Column:
    count = data.periods.get(period)
    words = "n.c." if count is None else plural(count, "connexion")
    return (f"Période {period}", count, "" if count is None else whole(count), words)


def _known(value: int | None) -> Cell:
    return "n.c." if value is None else value


def _ent_text(data: YearData) -> str:
    if data.ent is None:
        return "n.c."
    return "hors ENT" if data.ent.value is None else str(data.ent.value)


def _label_text(data: YearData) -> str:
    if data.label is None:
        return ""
    return (
        f"niveau {data.label} ({data.label_year})" if data.label else f"refus ({data.label_year})"
    )
