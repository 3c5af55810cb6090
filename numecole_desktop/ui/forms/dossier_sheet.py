"""The draft of a label dossier, made for the keyboard: its fields, their undo, their refusals."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QVBoxLayout, QWidget

from numecole_desktop.domain.journal import Source
from numecole_desktop.domain.label_application import PersonRole
from numecole_desktop.domain.questionnaire import Answer
from numecole_desktop.ui.forms.dossier_draft import ROLES, DossierDraft
from numecole_desktop.ui.forms.dossier_field import (
    DossierField,
    choice_field,
    date_field,
    number_field,
    person_field,
    text_field,
)
from numecole_desktop.ui.forms.undo import AnswerCommand
from numecole_desktop.ui.widgets.card import Card


class DossierSheet(QWidget):
    """The cards of a draft; ``erase_asked`` carries the role of the person to erase."""

    erase_asked = Signal(object)

    def __init__(self, draft: DossierDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.draft = draft
        self.stack = QUndoStack(self)
        self.fields: dict[str, DossierField] = {}
        self._visit = 0
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)
        self._build()
        draft.saved.connect(self.show_outcome)
        self.show_outcome()

    def stops(self) -> Sequence[QWidget]:
        """What takes the keyboard: going through the fields meets no button."""
        fields = list(self.fields.values())
        return [
            *(part for field in fields for part in field.stops()),
            *(field.erase_button for field in fields),
        ]

    def focus_first(self) -> None:
        """Put the keyboard in the first field without a value, else in the first one."""
        empty = [f for f in self.fields.values() if f.key not in self.draft.values]
        self._to_focus = (empty or list(self.fields.values()))[0]
        # Once laid out: a hidden field takes no focus.
        QTimer.singleShot(0, self._focus_now)

    def focus_refused(self) -> bool:
        """Put the keyboard in the first field that was refused; whether there is one."""
        for key in self.draft.refused:
            self.fields[key].say(str(self.draft.refused[key]))
            self.fields[key].focus()
            return True
        return False

    def focus_moved(self) -> None:
        """The application's focus went somewhere."""
        for field in self.fields.values():
            field.focus_moved()

    def undo(self) -> None:
        """Take back the last change."""
        self._visit += 1
        self.stack.undo()

    def redo(self) -> None:
        """Do again what was taken back."""
        self._visit += 1
        self.stack.redo()

    def show_outcome(self) -> None:
        """Say what the last save refused; a field under entry is left in peace."""
        people = self.draft.dossier.people
        for key, field in self.fields.items():
            person = people.get(ROLES[key]) if key in ROLES else None
            erased = person is not None and person.erased and key not in self.draft.values
            refused = "" if field.has_focus else str(self.draft.refused.get(key, ""))
            field.say(refused or ("Personne effacée." if erased else ""))
            field.erase_button.setVisible(person is not None and not person.erased)

    def forget_person(self, role: PersonRole) -> None:
        """A person is about to be erased: no field shows it, and no undo brings it back."""
        erased = self.draft.values.get(role.value)
        for key in ROLES:
            if self.draft.values.get(key) == erased:
                self.draft.forget(key)
                self.fields[key].part.show_answer(None)
        self.stack.clear()

    def _build(self) -> None:
        kinds = {criterion.kind for criterion in self.draft.dossier.rules.criteria}
        self._card(
            "Référents",
            person_field(PersonRole.SCHOOL_REFERENT.value, "Référent de l’école"),
            person_field(PersonRole.COMMUNE_REFERENT.value, "Référent de la commune"),
        )
        if "projects" in kinds:
            self._card(
                "Projets",
                number_field("project_classes", "Classes avec un projet numérique"),
                text_field("project_title", "Intitulé du projet", "Ce qui est mené, en une ligne"),
                choice_field("school_project", "Inscrit dans le projet d’école"),
            )
        if "support" in kinds:
            words = "L’école s’engage à suivre l’accompagnement de la circonscription"
            self._card("Accompagnement", choice_field("support", words))
        self._card(
            "Accords signés",
            person_field(PersonRole.SCHOOL_SIGNATORY.value, "Signataire pour l’école"),
            date_field("school_signed_on", "Accord de l’école, le"),
            person_field(PersonRole.COMMUNE_SIGNATORY.value, "Signataire pour la commune"),
            date_field("commune_signed_on", "Accord de la commune, le"),
        )

    def _card(self, title: str, *fields: DossierField) -> None:
        card = Card(title)
        for field in fields:
            field.part.show_answer(self.draft.values.get(field.key))
            field.edited.connect(self._edited)
            field.left.connect(self._left)
            field.erase_asked.connect(self._ask_erase)
            self.fields[field.key] = field
            card.body.addWidget(field)
        self._column.addWidget(card)

    def _edited(self, key: str) -> None:
        before, after = self.draft.values.get(key), self.fields[key].part.answer()
        if after != before or isinstance(after, bool) != isinstance(before, bool):
            self.stack.push(AnswerCommand(key, before, after, self._visit, self._apply))

    def _apply(self, key: str, answer: Answer | None, _: Source) -> None:
        self.draft.change(key, answer)
        self.fields[key].part.show_answer(answer)

    def _left(self) -> None:
        self._visit += 1
        self.draft.save_now()
        self.show_outcome()

    def _ask_erase(self, key: str) -> None:
        self.erase_asked.emit(ROLES[key])

    def _focus_now(self) -> None:
        self._to_focus.focus()
