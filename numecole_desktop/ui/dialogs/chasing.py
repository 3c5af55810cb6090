"""Reminding the schools that have not declared: whom, and a text ready to copy."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QPlainTextEdit, QVBoxLayout, QWidget

from numecole_desktop.domain.chasing import Letter, compose
from numecole_desktop.domain.french import NBSP, long_date, plural, sort_key
from numecole_desktop.domain.problem import Problem
from numecole_desktop.ui.clipboard import put_table, put_text
from numecole_desktop.ui.dialogs.base import Dialog
from numecole_desktop.ui.dialogs.saving import TABLE, ask_file, file_name
from numecole_desktop.ui.models.rows import RowsModel
from numecole_desktop.ui.theme import scaled
from numecole_desktop.ui.widgets.buttons import Button
from numecole_desktop.ui.widgets.choice import ChoiceBar
from numecole_desktop.ui.widgets.entry import Entry
from numecole_desktop.ui.widgets.scroll import dress_bars
from numecole_desktop.ui.widgets.table import Table
from numecole_desktop.ui.widgets.text import Text

if TYPE_CHECKING:
    from numecole_desktop.domain.chasing import ChasedSchool, Wording
    from numecole_desktop.services.chasing import Chase
    from numecole_desktop.services.workspace import Workspace
    from numecole_desktop.ui.session import Session

HEADINGS = ("UAI", "École", "Commune", "Circonscription", "Dernière déclaration")
ALL = "Toutes les écoles"
_GROUPS = (
    ("circonscription", "Circonscriptions"),
    ("commune", "Communes"),
    ("uai", "Écoles"),
)
_LEFT = 300
_SIZE = (800, 430)
_COUNT_WIDTH = 60
_SEPARATOR = "\n\n" + "_" * 40 + "\n\n"

Group = tuple[str, tuple["ChasedSchool", ...]]


class ChasingDialog(Dialog):
    """Schools by territory at the left, the text for those chosen at the right.

    ``saved`` carries a sentence and a path after a file was written.
    """

    saved = Signal(str, object)
    help_page = "ecoles#relancer"

    def __init__(self, session: Session, chase: Chase, parent: QWidget | None) -> None:
        count = plural(len(chase.schools), "école")
        super().__init__(f"Relancer {count} pour {chase.year}", parent)
        self._session, self._chase = session, chase
        self._wording, self._own = chase.wording, chase.own
        self._model_shown = False
        self.prefer(*_SIZE)
        self.choice = ChoiceBar("Grouper par", _GROUPS)
        self.choice.set_value("circonscription")
        self.groups = RowsModel(("Pour", "Écoles"), self)
        self.table = Table("Écoles à relancer, par groupe")
        self.table.setModel(self.groups)
        self.subject = Entry("Objet du message")
        self.body_text = QPlainTextEdit()
        self.body_text.setAccessibleName("Texte du message")
        self.body_text.setTabChangesFocus(True)
        dress_bars(self.body_text)
        self.hint = Text(tone="muted", wrap=True)
        self.copy_text = Button("Copier le te&xte", icon_name="copy", primary=True)
        self.copy_list = Button("Copier la &liste", icon_name="copy")
        self.save_button = Button("&Enregistrer…", icon_name="save")
        self.model_button = Button("&Modifier le modèle", icon_name="edit")
        self.keep_button = Button("&Garder ce modèle", primary=True)
        self.shipped_button = Button("Modèle &fourni", icon_name="restore")
        self._lay_out()
        self._connect()
        self._show_groups()
        self.table.setFocus()

    def chosen(self) -> tuple[ChasedSchool, ...]:
        """The schools of the group chosen."""
        return self._group()[1]

    def save(self, path: str) -> None:
        """Write the list (CSV, XLSX) or the texts of every group (TXT) to ``path``."""
        if Path(path).suffix.lower() == ".txt":
            write = partial(_write_text, path=Path(path), text=self._every_text())
        else:
            write = partial(_write_table, path=Path(path), schools=self.chosen())
        self._session.tasks.run(write, self._saved, self._failed)

    def _every_text(self) -> str:
        letters = [self._composed(group[1]) for group in self._listed()[1:] or self._listed()]
        texts = (f"Objet{NBSP}: {letter.subject}\n\n{letter.body}" for letter in letters)
        return _SEPARATOR.join(texts) + "\n"

    def _listed(self) -> list[Group]:
        return [self.groups.value(row) for row in range(self.groups.rowCount())]  # type: ignore[misc]  # groups are set with the rows

    def _group(self) -> Group:
        listed = self._listed()
        return listed[max(0, self.table.current_row())]

    def _show_groups(self, _: str = "") -> None:
        key = attrgetter(self.choice.value() or "uai")
        found: dict[str, list[ChasedSchool]] = {}
        for school in self._chase.schools:
            found.setdefault(key(school), []).append(school)
        groups: list[Group] = [(_title(self.choice.value(), s), tuple(s)) for s in found.values()]
        groups.sort(key=lambda group: sort_key(group[0]))
        groups.insert(0, (ALL, self._chase.schools))
        self.groups.set_rows([(name, len(schools)) for name, schools in groups], groups)
        self.table.go_to(0)
        self._show()

    def _show(self) -> None:
        """The text for the group chosen, or its model."""
        if self._model_shown:
            letter = self._wording.of(len(self.chosen()))
        else:
            letter = self._composed(self.chosen())
        self.subject.setText(letter.subject)
        self.subject.setCursorPosition(0)
        self.body_text.setPlainText(letter.body)

    def _composed(self, schools: Sequence[ChasedSchool]) -> Letter:
        chase = self._chase
        letter = self._wording.of(len(schools))
        return compose(letter, schools, chase.year, chase.closing, chase.today)

    def _turn(self, *, model: bool) -> None:
        self._model_shown = model
        for part in (self.copy_text, self.copy_list, self.save_button, self.model_button):
            part.setVisible(not model)
        self.keep_button.setVisible(model)
        self.shipped_button.setVisible(model and self._own)
        self.table.setEnabled(not model)
        self.choice.setEnabled(not model)
        self.close_button.setText("Revenir au texte" if model else "Fermer")
        self._say_hint()
        self._show()
        (self.body_text if model else self.table).setFocus()

    def _say_hint(self, problem: str = "") -> None:
        chase = self._chase
        self.hint.set_tone("error" if problem else "muted")
        if problem:
            self.hint.setText(problem)
        elif self._model_shown:
            several = len(self.chosen()) > 1
            self.hint.setText(
                f"Modèle pour {'plusieurs écoles' if several else 'une seule école'}. Les repères "
                f"entre accolades sont remplacés{NBSP}: {{annee}}, {{date}}, {{nombre}}, "
                f"{{ecoles}}, {{ecole}}, {{commune}}, {{uai}}."
            )
        else:
            ends = "s’est terminée" if chase.today > chase.closing else "se termine"
            supposed = " (date à vérifier)" if self._wording.closing.assumption else ""
            self.hint.setText(
                f"La campagne {chase.year} {ends} le {long_date(chase.closing)}{supposed}. Ce que "
                f"vous changez ici vaut pour ce message{NBSP}; le modèle garde vos mots pour les "
                f"suivants."
            )

    def reject(self) -> None:
        if self._model_shown:
            self._turn(model=False)
        else:
            super().reject()

    def _edit_model(self) -> None:
        self._turn(model=True)

    def _keep(self) -> None:
        from numecole_desktop.services import chasing

        letter = Letter(self.subject.text().strip(), self.body_text.toPlainText().strip())
        changed = self._wording.changed(len(self.chosen()), letter)
        keep = partial(chasing.keep_wording, wording=changed)
        watched = self._session.undo_log.watched("changement du modèle de relance", keep)
        self._session.tasks.run(watched, partial(self._kept, True), self._failed)

    def _come_back(self) -> None:
        from numecole_desktop.services import chasing

        label = "retour au modèle de relance fourni"
        watched = self._session.undo_log.watched(label, chasing.forget_wording)
        self._session.tasks.run(watched, partial(self._kept, False), self._failed)

    def _kept(self, own: bool, wording: Wording) -> None:
        self._own, self._wording = own, wording
        self._turn(model=False)

    def _copy_text(self) -> None:
        put_text(f"{self.subject.text()}\n\n{self.body_text.toPlainText()}")
        self._session.say("Texte copié.", "success")

    def _copy_list(self) -> None:
        put_table(HEADINGS, cells(self.chosen()))
        self._session.say(f"Liste copiée{NBSP}: {plural(len(self.chosen()), 'école')}.", "success")

    def _ask_file(self) -> None:
        name = file_name("a-relancer", self._group()[0], str(self._chase.year))
        title, folder = "Enregistrer la liste ou les textes", self._session.folder
        ask_file(self, title, name, f"{TABLE} txt", self.save, folder=folder)

    def _saved(self, path: Path) -> None:
        self.saved.emit(f"Relance enregistrée{NBSP}: {path.name}", path)

    def _failed(self, problem: Problem) -> None:
        self._say_hint(str(problem))

    def _connect(self) -> None:
        self.choice.chosen.connect(self._show_groups)
        self.table.selectionModel().currentRowChanged.connect(self._show)
        self.copy_text.clicked.connect(self._copy_text)
        self.copy_list.clicked.connect(self._copy_list)
        self.save_button.clicked.connect(self._ask_file)
        self.model_button.clicked.connect(self._edit_model)
        self.keep_button.clicked.connect(self._keep)
        self.shipped_button.clicked.connect(self._come_back)

    def _lay_out(self) -> None:
        self.table.setFixedWidth(_LEFT)
        header = self.table.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(1, scaled(_COUNT_WIDTH))
        right = QVBoxLayout()
        row = QHBoxLayout()
        row.addWidget(Text("Objet"))
        row.addWidget(self.subject, 1)
        right.addLayout(row)
        right.addWidget(self.body_text, 1)
        parts = QHBoxLayout()
        parts.setSpacing(14)
        parts.addWidget(self.table)
        parts.addLayout(right, 1)
        self.body.addWidget(self.choice)
        self.body.addLayout(parts, 1)
        self.body.addWidget(self.hint)
        shown = (self.shipped_button, self.model_button, self.save_button, self.copy_list)
        for place, button in enumerate((*shown, self.copy_text)):
            self.buttons.insertWidget(place, button)
        self.buttons.addWidget(self.keep_button)
        self.setTabOrder(self.choice, self.table)
        self.setTabOrder(self.table, self.subject)
        self.setTabOrder(self.subject, self.body_text)
        self.keep_button.hide()
        self.shipped_button.hide()
        self._say_hint()


def cells(schools: Sequence[ChasedSchool]) -> list[list[str]]:
    """The rows of a list of schools to remind."""
    return [[s.uai, s.name, s.commune, s.circonscription, s.last] for s in schools]


def _title(by: str | None, schools: Sequence[ChasedSchool]) -> str:
    first = schools[0]
    return f"{first.name}, {first.commune}" if by == "uai" else str(getattr(first, by or "commune"))


def _write_table(_: Workspace, path: Path, schools: Sequence[ChasedSchool]) -> Path:
    from numecole_desktop.services.table_files import write_table

    return write_table(path, HEADINGS, cells(schools))


def _write_text(_: Workspace, path: Path, text: str) -> Path:
    from numecole_desktop.services.table_files import write_text

    return write_text(path, text)
