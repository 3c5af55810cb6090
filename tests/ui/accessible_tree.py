"""The tree that a screen reader walks, and what is wrong in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QLabel,
    QMenuBar,
    QScrollArea,
    QTableView,
    QWidget,
)

from numecole_desktop.ui.widgets.empty import EmptyState

ROLE = QAccessible.Role
UNSPOKEN = {ROLE.NoRole, ROLE.Client, ROLE.Pane, ROLE.Window, ROLE.Border, ROLE.LayeredPane}
"""Roles that tell nothing of what one can do there."""
PRESSED = {ROLE.PushButton, ROLE.ButtonMenu, ROLE.ButtonDropDown}
TABLES = {ROLE.Table, ROLE.Tree, ROLE.TreeItem, ROLE.List}
CHECKED = {ROLE.RadioButton, ROLE.CheckBox}


class Node:
    """What is said of one object of the tree."""

    def __init__(self, interface: QAccessibleInterface) -> None:
        self.name = interface.text(QAccessible.Text.Name)
        self.description = interface.text(QAccessible.Text.Description)
        self.role = interface.role()
        state = interface.state()
        self.focusable = bool(state.focusable)
        self.checkable = bool(state.checkable)
        self.checked = bool(state.checked)
        self.enabled = not state.disabled
        self.widget = interface.object()

    def __str__(self) -> str:
        parents: list[str] = []
        at: QObject | None = self.widget
        while isinstance(at, QWidget) and len(parents) < 4:
            parents.append(type(at).__name__)
            at = at.parent()
        return f"{self.role.name} « {self.name} » in {' < '.join(parents)}"


def tree(window: QWidget) -> Iterator[Node]:
    """Every object that is on screen in ``window``, itself first; cells of tables are left out."""
    root = QAccessible.queryAccessibleInterface(window)
    assert root is not None
    yield from _walk(root)


def _walk(interface: QAccessibleInterface) -> Iterator[Node]:
    if not interface.isValid() or interface.state().invisible:
        return
    node = Node(interface)
    yield node
    if node.role in TABLES and isinstance(node.widget, QAbstractItemView):
        return
    for place in range(interface.childCount()):
        child = interface.child(place)
        if child is not None:
            yield from _walk(child)


def faults(window: QWidget) -> list[str]:
    """What a screen reader could not say of ``window``, in English sentences."""
    found = []
    nodes = list(tree(window))
    for node in nodes:
        if node.focusable and isinstance(node.widget, QWidget) and not _skipped(node.widget):
            if not node.name.strip():
                found.append(f"no name: {node}")
            if node.role in UNSPOKEN and not _only_holds(node.widget):
                found.append(f"role {node.role.name}: {node}")
            if node.role in CHECKED and not node.checkable:
                found.append(f"not checkable: {node}")
        if node.role in TABLES:
            found += _table_faults(node)
        if node.name and node.role in UNSPOKEN and not _only_holds(node.widget):
            found.append(f"a name that is passed over: {node}")
        if node.role == ROLE.Graphic and not (isinstance(node.widget, QLabel) or _tells(node)):
            found.append(f"a drawing without description: {node}")
        if node.role in PRESSED and not node.name.strip():
            found.append(f"a button without name: {node}")
    return [*found, *_repeated(nodes), *_shared_keys(nodes)]


def _skipped(widget: QWidget) -> bool:
    """Whether the keyboard never stops there: it is passed on, or the widget is the window."""
    return widget.focusProxy() is not None or widget.isWindow()


def _tells(node: Node) -> bool:
    """Whether a drawing says its numbers, by its description or by the name itself."""
    counted = any(character.isdigit() for character in node.name) or "n.c." in node.name
    return bool(node.name) and (bool(node.description) or counted)


def _only_holds(widget: object) -> bool:
    """Whether nothing can be done there but scroll: no role is due."""
    return isinstance(widget, QScrollArea) or (isinstance(widget, QWidget) and widget.isWindow())


def _repeated(nodes: list[Node]) -> Iterator[str]:
    """Names that two buttons share, those that an empty state offers again left out."""
    pressed = Counter(
        node.name
        for node in nodes
        if node.role in PRESSED
        and node.enabled
        and node.name
        and isinstance(node.widget, QWidget)
        and not isinstance(node.widget.parent(), EmptyState)
    )
    return (f"{times} buttons called « {name} »" for name, times in pressed.items() if times > 1)


def _shared_keys(nodes: list[Node]) -> Iterator[str]:
    """Underlined letters that two things on screen share: Alt and the letter does neither well."""
    texts: list[str] = []
    for widget in {id(node.widget): node.widget for node in nodes}.values():
        if isinstance(widget, QMenuBar):
            texts += [action.text() for action in widget.actions() if action.isVisible()]
        elif isinstance(widget, QAbstractButton) or (
            isinstance(widget, QLabel) and widget.buddy() is not None
        ):
            texts.append(widget.text())
    keys = Counter(key for text in texts if (key := QKeySequence.mnemonic(text).toString()))
    return (f"{times} times {key}" for key, times in keys.items() if times > 1)


def _table_faults(node: Node) -> list[str]:
    """Columns shown of a table whose header is not said."""
    table = node.widget
    if not isinstance(table, QTableView):
        return []
    shown = [c for c in range(table.model().columnCount()) if not table.isColumnHidden(c)]
    root = QAccessible.queryAccessibleInterface(table)
    assert root is not None
    cells = [root.child(place) for place in range(root.childCount())]
    headers = [cell for cell in cells if cell.role() == ROLE.ColumnHeader]
    said = sum(bool(cell.text(QAccessible.Text.Name).strip()) for cell in headers)
    return [] if said >= len(shown) else [f"{said} headers for {len(shown)} columns: {node}"]
