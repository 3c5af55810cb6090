"""What every document has in common: what runs around its pages, how it is drawn and written."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO, Protocol

from numecole_desktop.reports.layout import Frame, Section, draw_sections
from numecole_desktop.reports.output import deliver
from numecole_desktop.reports.tagged import Properties, TaggedCanvas
from numecole_desktop.reports.texts import Texts

_texts = Texts("common")


class Printed(Protocol):
    """What is printed: whether its data are invented, and the name of the service that prints."""

    @property
    def sample(self) -> bool: ...  # noqa: D102

    @property
    def service(self) -> str: ...  # noqa: D102


def page_frame(printed: Printed, head: tuple[str, str], foot: str) -> Frame:
    """The frame of a document's pages; invented data are said to be so atop each of them."""
    return Frame(head, foot, _texts("banner") if printed.sample else "", printed.service)


def write_document(out: BinaryIO | Path, properties: Properties, *sections: Section) -> int:
    """Draw sections that are set out, and write the file; gives the number of pages.

    A path is written whole or not at all.

    Raises:
        OutputError: the path cannot be written.
    """
    canvas = TaggedCanvas(properties)
    pages = draw_sections(canvas, sections)
    deliver(canvas.finish(), out)
    return pages
