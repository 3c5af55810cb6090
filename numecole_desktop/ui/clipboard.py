"""Tables on the clipboard: plain text with tabs, and HTML, so that a spreadsheet keeps columns."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from html import escape

from PySide6.QtCore import QMimeData, QStringListModel
from PySide6.QtGui import QGuiApplication

from numecole_desktop.domain.spreadsheet import is_number, pasted

Cell = str | int | float | None


def put_table(headings: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    """Put a table on the clipboard: decimal comma, nothing that a spreadsheet would run."""
    texts = [[_text(cell) for cell in row] for row in (headings, *rows)]
    data = _blank()
    data.setText("".join("\t".join(row) + "\n" for row in texts))
    data.setHtml(_html(texts))
    QGuiApplication.clipboard().setMimeData(data)


def _blank() -> QMimeData:
    """Content that Qt made itself: it outlives the interpreter, which one made here would not.

    The clipboard frees it after Python has ended, and a destructor of Python's then crashes.
    """
    model = QStringListModel([""])
    data = model.mimeData([model.index(0)])
    data.clear()
    return data


def put_text(text: str) -> None:
    """Put a text on the clipboard."""
    QGuiApplication.clipboard().setText(text)


@lru_cache(maxsize=8192, typed=True)
def _text(cell: Cell) -> str:
    """Kept, as names of places and figures come again and again in a long table."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        # A tab or a line break inside a cell would shift the others.
        return pasted(" ".join(cell.split("\n")).replace("\t", " "))
    return str(cell).replace(".", ",")


def _html(texts: Sequence[Sequence[str]]) -> str:
    head = _row(texts[0], "th")
    body = "".join(_row(row, "td") for row in texts[1:])
    return f'<meta charset="utf-8"><table><thead>{head}</thead><tbody>{body}</tbody></table>'


def _row(texts: Sequence[str], tag: str) -> str:
    return f"<tr>{''.join(_html_cell(text, tag) for text in texts)}</tr>"


@lru_cache(maxsize=8192, typed=True)
def _html_cell(text: str, tag: str) -> str:
    # Excel's own mark: without it « 0110 » would lose its zero.
    style = "" if is_number(text) else " style=\"mso-number-format:'\\@'\""
    return f"<{tag}{style}>{escape(text)}</{tag}>"
