"""Tables on the clipboard: plain text with tabs, and HTML, so that a spreadsheet keeps columns."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from functools import cache, lru_cache
from html import escape
from itertools import islice

from PySide6.QtCore import QMimeData, QStringListModel
from PySide6.QtGui import QGuiApplication

from numecole_desktop.domain.spreadsheet import is_number, pasted
from numecole_desktop.ui.turns import Shares

Cell = str | int | float | None

_PART = 200
"""Rows made ready between two stops."""


def put_table(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Put a table on the clipboard: decimal comma, nothing that a spreadsheet would run.

    A long one is there a few turns of the event loop later.
    """
    _putting().start(_table(headings, rows))


@cache
def _putting() -> Shares:
    return Shares(QGuiApplication.clipboard().setMimeData, QGuiApplication.instance())


def _table(
    headings: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> Generator[None, None, QMimeData]:
    head = [_text(heading) for heading in headings]
    plain, html = [_line(head)], []
    rest = iter(rows)
    while part := [[_text(cell) for cell in row] for row in islice(rest, _PART)]:
        plain += map(_line, part)
        html += [_row(row, "td") for row in part]
        yield
    data = _blank()
    data.setText("".join(plain))
    data.setHtml(
        f'<meta charset="utf-8"><table><thead>{_row(head, "th")}</thead>'
        f"<tbody>{''.join(html)}</tbody></table>"
    )
    return data


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
    _putting().stop()
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


def _line(texts: Sequence[str]) -> str:
    return "\t".join(texts) + "\n"


def _row(texts: Sequence[str], tag: str) -> str:
    return f"<tr>{''.join(_html_cell(text, tag) for text in texts)}</tr>"


@lru_cache(maxsize=8192, typed=True)
def _html_cell(text: str, tag: str) -> str:
    # Excel's own mark: without it « 0110 » would lose its zero.
    style = "" if is_number(text) else " style=\"mso-number-format:'\\@'\""
    return f"<{tag}{style}>{escape(text)}</{tag}>"
