"""What « Rechercher partout » can find in this window, and how each kind of answer is opened.

To add a kind, add a ``Source`` to the list of ``Finder``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from numecole_desktop.domain.french import NBSP, plural
from numecole_desktop.ui.commands import Command, keys_shown
from numecole_desktop.ui.dialogs.finder import FinderDialog
from numecole_desktop.ui.models.finder import Entry, Listed, Query, Source, Steps, best_schools
from numecole_desktop.ui.screens.registry import PLACES

if TYPE_CHECKING:
    from numecole_desktop.domain.school_year import SchoolYear
    from numecole_desktop.services.school_list import SchoolRow
    from numecole_desktop.services.territories import TreeNode
    from numecole_desktop.services.workspace import Workspace
    from numecole_desktop.ui.actions import Actions
    from numecole_desktop.ui.desk import Desk

PALETTE = "palette"
"""The command that opens it: not an answer of its own."""

_SCHOOLS, _TERRITORIES, _PLACES, _COMMANDS, _DOSSIERS, _HELP = 20, 8, len(PLACES), 10, 5, 6
_ICONS = {f"go_{place.name}": place.icon for place in PLACES}


class Schools(Source):
    """Schools of the base, all of them; before anything is typed, the last ones opened."""

    heading = "Écoles"
    first_heading = "Écoles récentes"
    most = _SCHOOLS

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._phrase = ""
        self._count = 0
        self.communes: dict[str, str] = {}

    def first(self) -> Sequence[Entry]:
        return [_school_entry(row) for row in self._desk.recent_rows()]

    def search(self, query: Query) -> Steps[Sequence[tuple[int, Entry]]]:
        self._phrase = query.phrase
        rows = self._desk.shell.schools.model.rows
        best, self._count = yield from best_schools(rows, query, self.communes, self.most)
        return [(rank, _school_entry(row)) for rank, row in best]

    def more(self, shown: int) -> Entry | None:
        if self._count <= shown:
            return None
        words = plural(self._count, "école trouvée", "écoles trouvées")
        return Entry("", "Voir dans la liste des écoles", words, icon="search")

    def open(self, code: str, *, form: bool) -> None:
        if not code:
            self._desk.shell.list_found(self._phrase)
        elif form:
            self._desk.edit_school(code)
        else:
            self._desk.open_school(code)


class Finder(QObject):
    """Opens the dialog, and reads meanwhile what the window does not hold (territories, dossiers).

    What was read before is proposed until then, as long as base and year are the same.
    """

    def __init__(self, desk: Desk, actions: Actions) -> None:
        super().__init__(desk)
        self._desk = desk
        self._actions = actions
        self._read_for: object = None
        self._territories: Sequence[Entry] = ()
        self._states: dict[str, str] = {}
        self._dossiers: Sequence[Entry] = ()
        self._dialog: FinderDialog | None = None
        self._schools = Schools(desk)
        self.sources: list[Source] = [
            self._schools,
            Listed("Territoires", _TERRITORIES, lambda: self._territories, self._open_territory),
            Listed(
                "Aller à",
                _PLACES,
                lambda: [entry for entry in self._commands() if entry.code in _ICONS],
                actions.run,
                proposed=True,
            ),
            Listed(
                "Commandes",
                _COMMANDS,
                lambda: [entry for entry in self._commands() if entry.code not in _ICONS],
                actions.run,
                proposed=True,
            ),
            Listed("Dossiers de label", _DOSSIERS, lambda: self._dossiers, desk.open_dossier),
            Listed("Aide", _HELP, _help_entries, desk.assistance.show_help),
        ]

    def open(self) -> None:
        """Open the dialog."""
        session = self._desk.session
        if session.ready:
            wanted = (session.path, session.year)
            if wanted != self._read_for:
                self._read_for = wanted
                self._territories, self._dossiers, self._schools.communes = (), (), {}
            read = partial(_read, year=session.year)
            session.tasks.run(read, partial(self._take, wanted))
        self._dialog = FinderDialog(self.sources, self._desk.shell.frame)
        self._dialog.chosen.connect(self._chosen)
        self._dialog.finished.connect(self._closed)
        self._dialog.open()

    def _chosen(self, source: Source, code: str, form: bool) -> None:
        # Once the dialog is gone and the keyboard is back where it was.
        QTimer.singleShot(0, self, lambda: source.open(code, form=form))

    def _closed(self) -> None:
        self._dialog = None

    def _take(
        self, read_for: object, found: tuple[list[Entry], dict[str, str], dict[str, str]]
    ) -> None:
        if read_for != self._read_for:
            return
        self._territories, self._schools.communes, states = found
        rows = self._desk.shell.schools.model.rows if states else ()
        self._dossiers = [_dossier_entry(row, states[row.uai]) for row in rows if row.uai in states]
        if self._dialog is not None and self._dialog.field.text():
            self._dialog.search()

    def _open_territory(self, code: str) -> None:
        self._desk.show_territory(*code.split(" ", maxsplit=1))

    def _commands(self) -> Iterator[Entry]:
        for name, action in self._actions.actions.items():
            if action.isEnabled() and name != PALETTE:
                yield _command_entry(action.command, action.text())


@cache
def _command_entry(command: Command, text: str) -> Entry:
    """``text`` is that of the menu, which may say what the command would undo."""
    words = text.replace("&", "")
    goes = command.name in _ICONS
    return Entry(
        command.name,
        words if goes or text != command.text else command.said,
        "" if goes else f"menu {command.menu.replace('&', '')}",
        icon=_ICONS.get(command.name, "action"),
        keys=keys_shown(command),
        also=f"{words} {command.said}",
    )


def _school_entry(row: SchoolRow) -> Entry:
    parts = (
        row.commune,
        row.uai,
        f"circ. {row.circonscription}" if row.circonscription else "",
        "" if row.public else "privée",
        "" if row.open else "fermée",
    )
    return Entry(row.uai, row.name, " · ".join(filter(None, parts)), icon="school")


def _dossier_entry(row: SchoolRow, state: str) -> Entry:
    title = f"Dossier de label{NBSP}: {row.name}"
    return Entry(row.uai, title, f"{row.commune} · {state}", icon="label", also=row.uai)


@cache
def _help_entries() -> tuple[Entry, ...]:
    """Pages of the guide and their sections."""
    from numecole_desktop.services import guide

    return tuple(
        Entry(
            f"{page.name}#{guide.section_slug(section)}" if section else page.name,
            section or page.title,
            f"aide, {page.title}" if section else "aide",
            icon="info",
        )
        for page in guide.pages()
        for section, _ in guide.sections(page.text)
    )


def _read(
    workspace: Workspace, *, year: SchoolYear
) -> tuple[list[Entry], dict[str, str], dict[str, str]]:
    """Territories, folded names of the communes, states of the dossiers of the year."""
    from numecole_desktop.services import label_lists, territories

    found: dict[tuple[str, str], tuple[TreeNode, str, int]] = {}
    _walk(territories.territory_tree(workspace, year), "", found)
    entries = [
        Entry(
            f"{level} {code}",
            node.name,
            " · ".join(filter(None, (territories.KINDS[level], above, plural(schools, "école")))),
            icon="territory",
            also=code,
        )
        for (level, code), (node, above, schools) in found.items()
    ]
    communes = {e.title: e.folded_title for e in entries if e.code.startswith("commune ")}
    states = label_lists.dossier_states(workspace, year)
    return entries, communes, {uai: state.label for uai, state in states.items()}


def _walk(
    nodes: Sequence[TreeNode], above: str, found: dict[tuple[str, str], tuple[TreeNode, str, int]]
) -> None:
    """Territories by level and code: a commune of two circonscriptions is one of them."""
    for node in nodes:
        if node.code:
            key = (node.level, node.code)
            schools = found[key][2] if key in found else 0
            found[key] = (node, above, schools + node.schools)
        inside = node.name if node.level == "departement" else above
        _walk(node.children, inside, found)
