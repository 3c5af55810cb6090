"""What every document has in common: what runs around its pages, and how it is drawn."""

from __future__ import annotations

from typing import Protocol

from numecole_desktop.reports.layout import Frame, Section, draw_sections
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


def draw_document(properties: Properties, *sections: Section) -> bytes:
    """The file of a document whose sections are set out."""
    canvas = TaggedCanvas(properties)
    draw_sections(canvas, sections)
    return canvas.finish()
