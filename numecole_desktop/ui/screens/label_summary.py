"""What a dossier says once it is submitted: to be read, not changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from numecole_desktop.domain.french import NBSP, short_date
from numecole_desktop.domain.label_application import LabelApplication, PersonRole, State
from numecole_desktop.domain.label_criteria import level_words
from numecole_desktop.ui.widgets.buttons import Button
from numecole_desktop.ui.widgets.card import Card
from numecole_desktop.ui.widgets.grid import Grid
from numecole_desktop.ui.widgets.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numecole_desktop.services.label_opening import Dossier, DossierPerson

_LEAST = 180


class SummaryCard(Card):
    """Persons, commitments and outcome.

    ``erase_asked`` carries the role of a person, where the card is ``erasable``.
    """

    erase_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Le dossier", parent)
        self.erasable = True
        self._grid: Grid | None = None

    def show_dossier(self, dossier: Dossier) -> None:
        """Show a dossier."""
        if self._grid is not None:
            self.body.removeWidget(self._grid)
            self._grid.deleteLater()
        self._grid = Grid(("", "", ""), wide=1)
        self._grid.grid.setColumnMinimumWidth(0, _LEAST)
        for role, label, words in summary_lines(dossier):
            value = Text(words, wrap=True)
            value.setAccessibleName(f"{label}{NBSP}: {words}")
            person = dossier.people.get(role) if role else None
            erasable = self.erasable and person is not None and not person.erased
            last = self._eraser(role) if role and erasable else Text()
            self._grid.add([Text(label, tone="muted", wrap=True), value, last])
        self.body.addWidget(self._grid)

    def _eraser(self, role: PersonRole) -> Button:
        button = Button("Effacer…", code=role.value, tip="Effacer cette personne")
        button.setAccessibleName(f"Effacer cette personne{NBSP}: {role.label}")
        button.pressed_code.connect(self._ask)
        return button

    def _ask(self, code: str) -> None:
        self.erase_asked.emit(PersonRole(code))


def summary_lines(dossier: Dossier) -> Sequence[tuple[PersonRole | None, str, str]]:
    """Role (of a person), label and value of each line, in the order in which they are read."""
    held = dossier.application or LabelApplication(dossier.school.uai, dossier.year)
    kinds = {criterion.kind for criterion in dossier.rules.criteria}
    signed = {
        PersonRole.SCHOOL_SIGNATORY: held.school_signed_on,
        PersonRole.COMMUNE_SIGNATORY: held.commune_signed_on,
    }
    lines: list[tuple[PersonRole | None, str, str]] = []
    for role in PersonRole:
        words = _person_words(dossier.people.get(role))
        day = signed.get(role)
        if day is not None:
            words += f", accord du {short_date(day)}"
        lines.append((role, role.label.capitalize(), words))
    if "projects" in kinds:
        count = held.project_classes
        lines.append((None, "Classes avec un projet", "n.c." if count is None else str(count)))
        lines.append((None, "Intitulé du projet", held.project_title or "n.c."))
        lines.append((None, "Dans le projet d’école", _yes_no(held.school_project)))
    if "support" in kinds:
        lines.append((None, "Accompagnement accepté", _yes_no(held.support)))
    if held.opinion_level is not None:
        lines.append((None, "Avis de la circonscription", _opinion_words(dossier, held)))
    if held.state in (State.DECIDED, State.ATTESTED) and held.decided_on is not None:
        words = "refus" if not held.decision else level_words(held.decision)
        words += f", décidé le {short_date(held.decided_on)}"
        reason = f". {held.decision_reason}" if held.decision_reason else ""
        lines.append((None, "Décision", f"{words}{reason}"))
    return lines


def _opinion_words(dossier: Dossier, held: LabelApplication) -> str:
    parts = []
    for criterion in dossier.rules.criteria:
        if criterion.key in held.opinion:
            reason = held.opinion_reasons.get(criterion.key, "")
            words = f"{criterion.title} {held.opinion[criterion.key]}"
            parts.append(f"{words} ({reason})" if reason else words)
    return f"{level_words(held.opinion_level)}{NBSP}: {', '.join(parts)}"


def _person_words(person: DossierPerson | None) -> str:
    if person is None:
        return "n.c."
    return ", ".join(filter(None, (person.name, person.job, person.email)))


def _yes_no(value: bool | None) -> str:
    return "n.c." if value is None else "oui" if value else "non"
