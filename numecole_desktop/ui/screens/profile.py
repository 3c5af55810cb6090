"""Tab « Profil »: the same view-model as the PDF, with the trace of every figure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from numecole_desktop.domain.finding import Finding, Severity
from numecole_desktop.domain.french import NBSP, short_date
from numecole_desktop.domain.profile import AnswerLine, Comparison, SchoolProfile
from numecole_desktop.domain.school import School
from numecole_desktop.ui.moments import moment
from numecole_desktop.ui.screens.school_ent import ent_cards, label_cards
from numecole_desktop.ui.theme import scaled
from numecole_desktop.ui.widgets.bars import PairBar
from numecole_desktop.ui.widgets.buttons import Button
from numecole_desktop.ui.widgets.card import Card, Notice, Page
from numecole_desktop.ui.widgets.disclosure import Disclosure
from numecole_desktop.ui.widgets.dispute import MARK, DisputeBar
from numecole_desktop.ui.widgets.grid import Grid
from numecole_desktop.ui.widgets.index import IndexSummary
from numecole_desktop.ui.widgets.text import SMALL, Text

if TYPE_CHECKING:
    from numecole_desktop.services.history import HistoryLine
    from numecole_desktop.ui.screens.school_read import Disputed, ReadSchool

_HISTORY_SHOWN = 12
_FIGURE_WIDTH = 96


class ProfileTab(Page):
    """Everything that the profile of a school says.

    Signals: ``label_asked`` to see its label dossier, ``conflicts_asked`` to settle its answers,
    ``reopen_asked`` where it was said to be closed.
    """

    label_asked = Signal()
    conflicts_asked = Signal()
    reopen_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Profil de l’école", parent)
        self._parts: list[QWidget] = []

    def show_school(self, read: ReadSchool) -> None:
        """Show another school, or the same one after a change."""
        for part in self._parts:
            self.column.removeWidget(part)
            part.deleteLater()
        profile = read.page.profile
        self._parts = [
            *self._dispute_bar(read.disputed),
            *self._closing(read.page.school),
            *(Notice(note, "action") for note in profile.notes),
            *_findings(read.page.findings),
            _index_card(profile, read.step),
            *ent_cards(read.held, profile.year),
            *label_cards(read.held, profile.year, read.label, self.label_asked.emit),
            *_answer_cards(profile, _marked(profile, read.disputed)),
            *_comparisons(profile),
            _history_card(read.page.history, read.where),
            _rules_card(profile),
        ]
        for part in self._parts:
            self.column.addWidget(part)
        self.column.addStretch(1)
        self.verticalScrollBar().setValue(0)

    def _dispute_bar(self, disputed: Disputed | None) -> list[QWidget]:
        if disputed is None:
            return []
        bar = DisputeBar()
        bar.show_disputed(disputed)
        bar.asked.connect(self.conflicts_asked)
        return [bar]

    def _closing(self, school: School) -> list[QWidget]:
        if not school.closed_from:
            return []
        notice = Notice(f"L’école est signalée fermée. Par erreur{NBSP}?", "warning")
        button = Button("Rouvrir l’école", tip="La compter de nouveau parmi les écoles ouvertes")
        button.clicked.connect(self.reopen_asked)
        notice.row.addWidget(button)
        return [notice]


def _findings(found: Sequence[Finding]) -> list[Notice]:
    tones = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "action"}
    return [Notice(f.message, tones[f.severity]) for f in found]


def _index_card(profile: SchoolProfile, step: int) -> Card:
    when = "" if profile.declared_year is None else f" ({profile.declared_year})"
    card = Card(f"Indice d’équipement{when}")
    summary = IndexSummary()
    summary.show_index(profile.equipment, profile.headline, profile.reasons, step)
    card.body.addWidget(summary)
    if profile.missing_for_next:
        card.body.addSpacing(4)
        card.body.addWidget(Text(profile.next_title, bold=True))
        for sentence in profile.missing_for_next:
            card.body.addWidget(bullet(sentence))
        card.body.addWidget(Text(profile.next_cost, tone="muted", wrap=True))
    if profile.equipment.trace:
        texts = [step.text for step in profile.equipment.trace]
        texts.append(f"Règles{NBSP}: {profile.referential_title} ({profile.referential_id}).")
        card.body.addWidget(Disclosure("Comment cet indice est calculé", texts))
    return card


def _marked(profile: SchoolProfile, disputed: Disputed | None) -> Sequence[str]:
    shown = profile.declared_year or profile.year
    return disputed.codes if disputed is not None and disputed.year == shown else ()


def _answer_cards(profile: SchoolProfile, disputed: Sequence[str]) -> list[Card]:
    cards = []
    now = str(profile.declared_year or profile.year)
    before = str(profile.previous_year) if profile.previous_year else ""
    for section in profile.sections:
        card = Card(f"{section.code}. {section.title}")
        compared = any(line.reference for line in section.lines)
        headings = ("", "", now, before, "Académie" if compared else "")
        grid = Grid(headings, wide=1, right=(2, 3, 4), least=scaled(_FIGURE_WIDTH))
        for line in section.lines:
            grid.add(_answer_cells(line, profile, line.code in disputed))
        card.body.addWidget(grid)
        cards.append(card)
    return cards


def _answer_cells(line: AnswerLine, profile: SchoolProfile, disputed: bool) -> list[Text]:
    tone = "warning" if disputed else "muted" if line.missing else "text"
    shown = f"{line.value} ({MARK})" if disputed else line.value
    value = Text(shown, bold=not line.missing, tone=tone)
    value.setToolTip(_origin(line, profile))
    value.setAccessibleName(f"{line.code} {line.label}{NBSP}: {shown}")
    previous = Text(line.previous, tone="muted")
    reference = Text(line.reference, tone="muted")
    reference.setToolTip(profile.comparison_caption)
    return [Text(line.code, tone="muted"), Text(line.label, wrap=True), value, previous, reference]


def _origin(line: AnswerLine, profile: SchoolProfile) -> str:
    if line.missing:
        return f"Question {line.code}{NBSP}: pas de réponse. Elle n’est pas comptée comme zéro."
    when = f", validée le {short_date(profile.submitted_on)}" if profile.submitted_on else ""
    return f"Réponse à la question {line.code}, déclaration de {profile.declared_year}{when}."


def _comparisons(profile: SchoolProfile) -> list[Card]:
    if not profile.comparisons:
        return []
    card = Card("L’école et son académie")
    grid = Grid(("", "École", "Académie", ""), wide=3, right=(1, 2))
    for line in profile.comparisons:
        grid.add([Text(line.label), Text(line.school, bold=True), Text(line.reference), _bar(line)])
    card.body.addWidget(grid)
    card.body.addWidget(Text(profile.comparison_caption, tone="muted", size=SMALL, wrap=True))
    return [card]


def _bar(line: Comparison) -> Text:
    if line.school_share is None or line.reference_share is None:
        return Text()
    return PairBar(line.label, line.school_share, line.reference_share)


def _history_card(lines: Sequence[HistoryLine], where: Sequence[str]) -> Card:
    card = Card("Historique")
    if not lines:
        card.body.addWidget(Text("Aucun événement enregistré pour cette école.", tone="muted"))
        return card
    places = [Text(words, tone="muted") for words in where[:_HISTORY_SHOWN]]
    grid = Grid(("Quand", "Année", "Qui", "Origine", "Quoi", "Où" if places else ""), wide=4)
    for place, line in enumerate(lines[:_HISTORY_SHOWN]):
        when = Text(moment(line.at), tone="muted")
        grid.add(
            [
                when,
                Text(line.year),
                Text(line.operator),
                Text(line.source),
                Text(line.what, wrap=True),
                *places[place : place + 1],
            ]
        )
    card.body.addWidget(grid)
    if len(lines) > _HISTORY_SHOWN:
        older = [
            f"{moment(line.at)}, {line.operator}, {line.source}{NBSP}: {line.what}"
            for line in lines[_HISTORY_SHOWN:]
        ]
        card.body.addWidget(Disclosure(f"Événements plus anciens ({len(older)})", older))
    return card


def _rules_card(profile: SchoolProfile) -> Card:
    card = Card("Règles et sources")
    card.body.addWidget(
        Text(
            f"Indice calculé avec «{NBSP}{profile.referential_title}{NBSP}» "
            f"({profile.referential_id}), questionnaire {profile.questionnaire_version}.",
            wrap=True,
        )
    )
    for source in profile.sources:
        words = ", ".join(filter(None, (source.title, source.published, source.address)))
        card.body.addWidget(bullet(words, tone="muted"))
    for assumption in profile.assumptions:
        card.body.addWidget(bullet(f"Hypothèse{NBSP}: {assumption}", tone="muted"))
    return card


def bullet(text: str, tone: str = "text") -> QWidget:
    """One line of a list."""
    part = QWidget()
    row = QHBoxLayout(part)
    row.setContentsMargins(2, 0, 0, 0)
    row.setSpacing(8)
    mark = Text("–", tone="muted")
    mark.setAlignment(Qt.AlignmentFlag.AlignTop)
    row.addWidget(mark)
    row.addWidget(Text(text, tone=tone, wrap=True), 1)
    return part
