"""The map: outlines in Lambert-93, one mark by school, drawn by pyqtgraph.

Imported only when a map is shown: pyqtgraph and numpy are heavy.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QSettings, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
    QShowEvent,
)
from PySide6.QtWidgets import QGraphicsPathItem, QSizePolicy, QWidget

from numecole_desktop.domain.french import NBSP
from numecole_desktop.ui.assets import asset
from numecole_desktop.ui.models.map_walk import EAST, NORTH, SOUTH, WEST, towards
from numecole_desktop.ui.roles import GRAPHIC
from numecole_desktop.ui.theme import colours

if TYPE_CHECKING:
    from numecole_desktop.services.geography import Line

INDICES = ("3", "2", "1", "0", "none")
"""Names of the marks, by equipment index, best first."""

_MARGIN = 0.05
_ZOOM = 0.7
_NEAREST = 6_000.0
_WAYS = {
    Qt.Key.Key_Right: EAST,
    Qt.Key.Key_Left: WEST,
    Qt.Key.Key_Up: NORTH,
    Qt.Key.Key_Down: SOUTH,
}
_STEPS = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
_OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class Spot:
    """A school on the map: metres of Lambert-93, mark, and what is said of it."""

    __slots__ = ("mark", "uai", "words", "x", "y")

    def __init__(self, uai: str, words: str, mark: str, x: float, y: float) -> None:
        self.uai = uai
        self.words = words
        self.mark = mark
        self.x = x
        self.y = y


class MapView(pg.GraphicsView):  # type: ignore[misc]  # pyqtgraph has no types
    """The map itself; the list beside it is its equivalent.

    Arrows go to the nearest school that way, Page suivante and Page précédente through all of them
    in the order given, Entrée opens; + and - zoom, Début shows all.

    Signals: ``opened`` (UAI) on a click or by Entrée, ``pointed`` (UAI or nothing) as the mouse or
    the keyboard moves: ``point_at`` is then to be called.
    """

    said_as = GRAPHIC

    opened = Signal(str)
    pointed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Carte des écoles")
        # No plot, but the view alone: axes, titles and menus take longer than the map.
        self.box = pg.ViewBox(lockAspect=True, enableMenu=False)
        self.setCentralItem(self.box)
        self.setMinimumSize(200, 140)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._items: list[tuple[QGraphicsPathItem, str]] = []
        self._spots: Sequence[Spot] = ()
        self._at = -1
        self._ring = pg.ScatterPlotItem(pxMode=True, size=22, symbol="o")
        self._marks = {mark: _scatter(mark) for mark in reversed(INDICES)}
        for scatter in (*self._marks.values(), self._ring):
            self.box.addItem(scatter)
        for scatter in self._marks.values():
            scatter.sigClicked.connect(self._clicked)
            scatter.sigHovered.connect(self._hovered)
        self._ring.setZValue(30)
        self._ring.sigClicked.connect(self._clicked)  # it lies over the mark that it circles
        self._undressed = False
        self._dress()

    def show_map(self, outlines: Mapping[str, QPainterPath], spots: Sequence[Spot]) -> None:
        """Show outlines (« department », « commune », « own ») and schools, all in view."""
        for item, _ in self._items:
            self.box.removeItem(item)
        self._items = []
        for order, (weight, path) in enumerate(outlines.items()):
            item = QGraphicsPathItem(path)
            item.setZValue(order - 10)
            self.box.addItem(item, ignoreBounds=True)
            self._items.append((item, weight))
        self._spots, self._at = spots, -1
        self._ring.setData([])
        for mark, scatter in self._marks.items():
            kept = [spot for spot in spots if spot.mark == mark]
            scatter.setData([s.x for s in kept], [s.y for s in kept], data=kept)
        self._dress_outlines()
        self.show_all()

    def show_all(self) -> None:
        """Bring every school into view."""
        if not self._spots:
            boxes = [item.boundingRect() for item, _ in self._items]
            for box in boxes[:1]:
                self.box.setRange(box, padding=_MARGIN)
            return
        across = [spot.x for spot in self._spots]
        up = [spot.y for spot in self._spots]
        spare = max(0.0, _NEAREST - max(max(across) - min(across), max(up) - min(up))) / 2
        self.box.setRange(
            xRange=(min(across) - spare, max(across) + spare),
            yRange=(min(up) - spare, max(up) + spare),
            padding=_MARGIN,
        )

    def zoom_in(self) -> None:
        """Come nearer."""
        self.box.scaleBy((_ZOOM, _ZOOM))

    def zoom_out(self) -> None:
        """Step back."""
        self.box.scaleBy((1 / _ZOOM, 1 / _ZOOM))

    def point_at(self, uai: str) -> str:
        """Circle a school; what is said of it, nothing where it is not on the map."""
        self._at = next((n for n, spot in enumerate(self._spots) if spot.uai == uai), -1)
        shown = [self._spots[self._at]] if self._at >= 0 else []
        self._ring.setData([s.x for s in shown], [s.y for s in shown], data=shown)
        said = shown[0].words if shown else ""
        if self.hasFocus() and said:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))
        return said

    def place_of(self, uai: str) -> Any:  # a QPointF of the view
        """Where a school is drawn, in pixels of this widget."""
        spot = next(spot for spot in self._spots if spot.uai == uai)
        return self.mapFromScene(self.box.mapViewToScene(pg.Point(spot.x, spot.y)))

    def focusInEvent(self, event: Any) -> None:  # a QFocusEvent
        super().focusInEvent(event)
        if self._spots:
            self._go_to(max(self._at, 0))

    def keyPressEvent(self, event: Any) -> None:  # a QKeyEvent
        key = event.key()
        if key in _WAYS and self._at >= 0:
            places = [(spot.x, spot.y) for spot in self._spots]
            self._go_to(towards(places, self._at, _WAYS[key]))
        elif key in _STEPS and self._spots:
            self._go_to(min(max(self._at + _STEPS[key], 0), len(self._spots) - 1))
        elif key in _OPENING and self._at >= 0:
            self.opened.emit(self._spots[self._at].uai)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_in()
        elif key == Qt.Key.Key_Minus:
            self.zoom_out()
        elif key == Qt.Key.Key_Home:
            self.show_all()
        else:
            event.ignore()

    def _go_to(self, place: int) -> None:
        """Point at a school, and bring the map over it where it lies out of view."""
        spot = self._spots[place]
        self.pointed.emit(spot.uai)
        seen = self.box.viewRect()
        if not seen.contains(spot.x, spot.y):
            self.box.translateBy(x=spot.x - seen.center().x(), y=spot.y - seen.center().y())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_ring"):
            if self.isVisible():
                self._dress()
            self._undressed = not self.isVisible()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._undressed:
            self._undressed = False
            self._dress()

    def wheelEvent(self, event: Any) -> None:  # a QWheelEvent
        super().wheelEvent(event)
        event.accept()

    def _dress(self) -> None:
        theme = colours()
        self.setBackground(theme.base)
        self._dress_outlines()
        # pyqtgraph goes through every mark at each change of its colours: once, and when needed.
        for mark, scatter in self._marks.items():
            edge = theme.base if mark != "none" else colour_of(mark)
            scatter.setPen(pg.mkPen(edge, width=1), update=False)
            scatter.setBrush(pg.mkBrush(colour_of(mark)))
        self._ring.setPen(pg.mkPen(theme.text, width=2.5))
        self._ring.setBrush(pg.mkBrush(None))

    def _dress_outlines(self) -> None:
        theme = colours()
        widths = {"department": (theme.muted, 1.6), "commune": (theme.line, 1.0)}
        for item, weight in self._items:
            colour, width = widths.get(weight, (theme.border, 1.2))
            pen = QPen(colour, width)
            pen.setCosmetic(True)
            item.setPen(pen)
            own = QColor(theme.action_surface)
            item.setBrush(own if weight == "own" else Qt.BrushStyle.NoBrush)

    def _clicked(self, _: object, points: Sequence[Any], __: object) -> None:
        if len(points):
            self.opened.emit(points[0].data().uai)

    def _hovered(self, _: object, points: Sequence[Any], __: object) -> None:
        spots = [point.data() for point in points]
        self.setToolTip("\n".join(spot.words for spot in spots[:4]))
        self.setCursor(Qt.CursorShape.PointingHandCursor if spots else Qt.CursorShape.ArrowCursor)
        self.pointed.emit(spots[0].uai if spots else "")


class LegendMark(QWidget):
    """A mark as the map draws it."""

    def __init__(self, mark: str) -> None:
        super().__init__()
        self._mark = mark
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(18, 18)

    def paintEvent(self, event: QPaintEvent) -> None:
        from pyqtgraph.graphicsItems.ScatterPlotItem import Symbols

        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(self.width() / 2, self.height() / 2)
        size = int(_mark("size", self._mark))
        painter.scale(size, size)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour_of(self._mark))
        painter.drawPath(Symbols[_mark("symbol", self._mark)])


def outline_path(shapes: Iterable[Sequence[Line]]) -> QPainterPath:
    """Closed lines as one path; it may be made on any thread."""
    path = QPainterPath()
    for lines in shapes:
        for line in lines:
            path.addPolygon(QPolygonF([QPointF(x, y) for x, y in line]))
            path.closeSubpath()
    return path


def legend_words(mark: str, count: int) -> str:
    """« Indice 3 (étoile) : 12 écoles »."""
    from numecole_desktop.domain.french import plural

    index = "Indice inconnu" if mark == "none" else f"Indice {mark}"
    return f"{index} ({_mark('words', mark)}){NBSP}: {plural(count, 'école')}"


def colour_of(mark: str) -> QColor:
    """Colour of a mark in the palette now applied."""
    return QColor(str(_file().value(f"{colours().name}/colour_{mark}")))


def _scatter(mark: str) -> Any:  # pyqtgraph has no types
    scatter = pg.ScatterPlotItem(
        pxMode=True,
        hoverable=True,
        tip=None,
        symbol=_mark("symbol", mark),
        size=int(_mark("size", mark)),
    )
    scatter.setZValue(10 + (0 if mark == "none" else int(mark)))
    return scatter


def _mark(key: str, mark: str) -> str:
    return str(_file().value(f"marks/{key}_{mark}"))


@cache
def _file() -> QSettings:
    return QSettings(str(asset("ui/map.ini")), QSettings.Format.IniFormat)
