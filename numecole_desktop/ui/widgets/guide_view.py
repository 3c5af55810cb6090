"""A page of the user guide, as one reads it: Markdown in the colours and the font of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QBuffer, QEvent, QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QFont,
    QImage,
    QImageReader,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFragment,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit

from numecole_desktop.ui.theme import colours
from numecole_desktop.ui.turns import OwnTurn, Shares
from numecole_desktop.ui.widgets.scroll import dress_bars

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    from PySide6.QtGui import QResizeEvent

    from numecole_desktop.services.guide import GuidePage

_MARGIN = 18
_INDENT = 22
_LINE = 125
"""Height of a line, in percent of the font's."""


class GuideView(QTextBrowser):
    """Shows a page; ``asked`` carries the « page#section » of a link.

    A link that leaves the guide is shown in its tooltip and goes nowhere: nothing here opens a
    browser or a network.
    """

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._page: GuidePage | None = None
        self._drawing = Shares(_drawn, self)
        self._to_draw = OwnTurn(self._draw_pictures, self)
        self.setAccessibleName("Page d’aide")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.document().setDocumentMargin(_MARGIN)
        self.document().setIndentWidth(_INDENT)
        dress_bars(self)
        self.anchorClicked.connect(self._follow)

    def show_page(self, page: GuidePage) -> None:
        """Show ``page`` from its start."""
        self._page = page
        self.document().setDefaultFont(self.font())
        self.document().setMarkdown(page.text, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        self._dress()
        self._fit_pictures()
        self.setExtraSelections([])
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(0)

    def show_section(self, section: str) -> None:
        """Bring a section of the page to the top; the page's start when it has no such section."""
        from numecole_desktop.services.guide import section_slug

        block = self.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() > 1 and section_slug(block.text()) == section:
                place = self.document().documentLayout().blockBoundingRect(block).top()
                self.setTextCursor(QTextCursor(block))
                self._mark(QTextCursor(block))
                self.verticalScrollBar().setValue(round(place) - _MARGIN // 2)
                return
            block = block.next()

    def pictures(self) -> list[str]:
        """Names of the pictures of the page."""
        found = [f.charFormat().toImageFormat() for f in self._fragments()]
        return [image.name() for image in found if image.isValid()]

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        if kind == QTextDocument.ResourceType.ImageResource:
            return self._blank(name if isinstance(name, str) else name.toString())
        return None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_pictures()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        changes = (QEvent.Type.PaletteChange, QEvent.Type.FontChange)
        if event.type() in changes and self._page is not None:
            place = self.verticalScrollBar().value()
            self.show_page(self._page)
            self.verticalScrollBar().setValue(place)

    def _mark(self, heading: QTextCursor) -> None:
        """Tint a heading, which the end of a page may leave in the middle of the view."""
        mark = QTextEdit.ExtraSelection()
        mark.cursor = heading
        mark.format.setBackground(colours().action_surface)
        mark.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
        self.setExtraSelections([mark])

    def _follow(self, url: QUrl) -> None:
        if not url.scheme() and url.path().endswith(".md"):
            section = f"#{url.fragment()}" if url.fragment() else ""
            self.asked.emit(url.path().removesuffix(".md") + section)

    def _fragments(self) -> Iterator[QTextFragment]:
        block = self.document().begin()
        while block.isValid():
            step = block.begin()
            while not step.atEnd():
                yield step.fragment()
                step += 1
            block = block.next()

    def _dress(self) -> None:
        theme = colours()
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        lines = QTextBlockFormat()
        lines.setLineHeight(_LINE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.mergeBlockFormat(lines)
        keys = QTextCharFormat()
        keys.setFontFamilies(self.font().families())
        keys.setFontFixedPitch(False)
        keys.setFontWeight(QFont.Weight.Bold)
        keys.setBackground(theme.surface)
        alone = QTextBlockFormat()
        alone.setLineHeight(0, QTextBlockFormat.LineHeightTypes.SingleHeight.value)
        for fragment in list(self._fragments()):
            if fragment.charFormat().isImageFormat():
                _over(fragment, cursor).mergeBlockFormat(alone)
            elif fragment.charFormat().fontFixedPitch():
                _over(fragment, cursor).mergeCharFormat(keys)
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                form = frame.format()
                form.setBorderCollapse(True)
                form.setBorder(1)
                form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
                form.setBorderBrush(theme.line)
                form.setCellPadding(5)
                form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
                frame.setFormat(form)

    def _fit_pictures(self) -> None:
        """No wider than the page, and drawn again as sharp as the screen allows."""
        self._to_draw.ask()

    def _draw_pictures(self) -> None:
        self._drawing.start(self._draw(self.pictures()))

    def _draw(self, names: Iterable[str]) -> Generator[None, None, None]:
        kind = QTextDocument.ResourceType.ImageResource.value
        for name in names:
            whole = QImage.fromData(_bytes(name))
            if whole.isNull():
                continue
            yield
            size = self._room_of(whole.size())
            smooth = Qt.TransformationMode.SmoothTransformation
            fitted = whole.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
            fitted.setDevicePixelRatio(self.devicePixelRatioF())
            self.document().addResource(kind, QUrl(name), fitted)
            self.document().markContentsDirty(0, self.document().characterCount())
            yield

    def _blank(self, name: str) -> QImage:
        """What holds the place of a picture until it is drawn."""
        data = QBuffer()
        data.setData(_bytes(name))
        blank = QImage(self._room_of(QImageReader(data).size()), QImage.Format.Format_ARGB32)
        blank.fill(Qt.GlobalColor.transparent)
        blank.setDevicePixelRatio(self.devicePixelRatioF())
        return blank

    def _room_of(self, whole: QSize) -> QSize:
        """Pixels of the screen that a picture takes."""
        room = self.viewport().width() - 2 * _MARGIN - 4
        width = round(min(room, whole.width()) * self.devicePixelRatioF())
        return QSize(width, round(whole.height() * width / max(1, whole.width())))


def _drawn(_: object) -> None:
    """Each picture is shown as soon as it is drawn."""


def _bytes(name: str) -> bytes:
    from numecole_desktop.services.guide import picture

    return picture(name)


def _over(fragment: QTextFragment, cursor: QTextCursor) -> QTextCursor:
    cursor.setPosition(fragment.position())
    cursor.setPosition(fragment.position() + fragment.length(), QTextCursor.MoveMode.KeepAnchor)
    return cursor
