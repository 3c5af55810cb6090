"""The columns of a table as a person left them: order, widths, hidden ones, sort."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QHeaderView

from numecole_desktop.ui.theme import is_enlarged, text_size

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTableView

    from numecole_desktop.ui.state import WindowState

NAME_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""Role of a heading whose words change with what is shown: the name that its layout is kept by."""

_PAUSE = 400
"""Milliseconds after a change before it is kept."""


class TableLayout(QObject):
    """Keeps the layout of a table under ``key``, by the words of its headings.

    So a column that a later version adds is shown at its own place, and the others stay. Large text
    has layouts of its own: its columns are wider.
    """

    def __init__(self, table: QTableView, state: WindowState, key: str) -> None:
        super().__init__(table)
        self._table = table
        self._state = state
        self._key = f"tables/{key}@{text_size()}" if is_enlarged() else f"tables/{key}"
        self._built = self._layout()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self.save)
        self._apply(self._remembered())
        header = table.horizontalHeader()
        for changed in (header.sectionResized, header.sectionMoved, header.sortIndicatorChanged):
            changed.connect(self._changed)

    def save(self) -> None:
        """Remember the layout, unless it is the one of a new window."""
        import json

        now = self._layout()
        former, names = self._remembered(), self._names()
        away = [name for name in former.get("order", []) if name not in names]
        text = ""
        if now != self._built or away:
            # Columns that are not there now may come back with what is shown next.
            now["order"] += away
            now["hidden"] += [n for n in former.get("hidden", []) if n in away]
            now["widths"] |= {n: w for n, w in former.get("widths", {}).items() if n in away}
            text = json.dumps(now, ensure_ascii=False)
        self._state.put(self._key, text)

    def flush(self) -> None:
        """Remember now what was about to be."""
        if self._timer.isActive():
            self._timer.stop()
            self.save()

    def put_back(self) -> None:
        """Give back the columns of a new window."""
        self._apply(self._built)
        self._timer.stop()
        self._state.put(self._key, "")

    def rebuilt(self) -> None:
        """Other columns have the widths of a new window: show them as they were left."""
        header = self._table.horizontalHeader()
        for column in range(header.count()):
            header.setSectionHidden(column, False)
            header.moveSection(header.visualIndex(column), column)
        self._built = self._layout()
        self._apply(self._remembered())
        self._timer.stop()

    def _changed(self) -> None:
        self._timer.start()

    def _names(self) -> list[str]:
        model, horizontal = self._table.model(), Qt.Orientation.Horizontal
        return [
            str(model.headerData(c, horizontal, NAME_ROLE) or model.headerData(c, horizontal))
            for c in range(model.columnCount())
        ]

    def _remembered(self) -> dict[str, Any]:
        return _read(self._state.text(self._key))

    def _layout(self) -> dict[str, Any]:
        header, names = self._table.horizontalHeader(), self._names()
        shown = [names[header.logicalIndex(place)] for place in range(len(names))]
        section = header.sortIndicatorSection()
        last = shown[-1] if header.stretchLastSection() and shown else ""
        return {
            "order": shown,
            # A hidden column has no width, and the last one takes what is left.
            "widths": {
                name: header.sectionSize(column)
                for column, name in enumerate(names)
                if not header.isSectionHidden(column)
                and name != last
                and header.sectionResizeMode(column) is not QHeaderView.ResizeMode.Stretch
            },
            "hidden": [n for c, n in enumerate(names) if header.isSectionHidden(c)],
            "sort": names[section] if 0 <= section < len(names) else "",
            "descending": header.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder,
        }

    def _apply(self, layout: dict[str, Any]) -> None:
        if not layout:
            return
        header, names = self._table.horizontalHeader(), self._names()
        for place, name in enumerate(_merged(layout.get("order", []), names)):
            header.moveSection(header.visualIndex(names.index(name)), place)
        hidden, widths = layout.get("hidden", []), layout.get("widths", {})
        if len(hidden) < len(names):
            for column, name in enumerate(names):
                if name in layout.get("order", []):
                    header.setSectionHidden(column, name in hidden)
        for column, name in enumerate(names):
            if isinstance(widths.get(name), int):
                header.resizeSection(column, widths[name])
        section = names.index(layout["sort"]) if layout.get("sort") in names else -1
        down = Qt.SortOrder.DescendingOrder if layout.get("descending") else None
        header.setSortIndicator(section, down or Qt.SortOrder.AscendingOrder)


def _merged(wanted: list[str], names: list[str]) -> list[str]:
    """The remembered order, and each new column after the one that it follows."""
    order = [name for name in wanted if name in names]
    for place, name in enumerate(names):
        if name not in order:
            before = order.index(names[place - 1]) + 1 if place else 0
            order.insert(before, name)
    return order


def _read(text: str) -> dict[str, Any]:
    """What was remembered; nothing where there is none, or a person changed the file by hand."""
    if not text:
        return {}
    import json

    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
