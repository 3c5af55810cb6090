"""Writes a reportlab document compactly: PDF 1.7 with object streams (ISO 32000-1, 7.5.7, 7.5.8).

A tagged page holds hundreds of small structure objects. Written one by one, as reportlab does, they
weigh more than the fonts; packed and deflated together they are about a tenth of the file.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterator, Sequence
from hashlib import md5
from sys import byteorder
from typing import TYPE_CHECKING

from reportlab.pdfbase import pdfdoc

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_STREAM_END = b"endstream\n"
_LEVEL = 4  # of deflation: half of the time of the usual level 6 for some 6 % more
_FIELDS = (1, 4, 3)  # bytes of the fields of a cross-reference


class Deflate:
    """Deflates the contents of pages; called by reportlab."""

    pdfname = "FlateDecode"

    def encode(self, content: str | bytes) -> bytes:
        """``content`` deflated."""
        data = content.encode("ascii") if isinstance(content, str) else content
        return zlib.compress(data, _LEVEL)


class RawObject(pdfdoc.PDFObject):  # type: ignore[misc]  # reportlab has no types
    """An object of the file already written as bytes."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def format(self, document: pdfdoc.PDFDocument) -> bytes:  # noqa: ARG002  # called by reportlab
        """The bytes themselves."""
        return self.content


def add_object(document: pdfdoc.PDFDocument, content: bytes, name: str | None = None) -> int:
    """Add an object written as bytes to ``document``; gives its number."""
    reference = document.Reference(RawObject(content), name)
    number: int = document.idToObjectNumberAndVersion[reference.name][0]
    return number


def stream(content: bytes, entries: str = "") -> bytes:
    """A stream object: ``content`` as it is, its length, and further dictionary ``entries``."""
    return b"<<%s/Length %d>>stream\n%s\n%s" % (
        entries.encode("ascii"),
        len(content),
        content,
        _STREAM_END,
    )


def text_string(text: str) -> bytes:
    """A text that is not drawn (alternative, description) as a string object: UTF-16."""
    return b"<FEFF%s>" % text.encode("utf-16-be").hex().encode("ascii")


def packed(
    document: pdfdoc.PDFDocument, canvas: Canvas, first: int, structure: Sequence[bytes]
) -> bytes:
    """The whole file; ``structure`` are objects numbered from ``first`` on, kept for them.

    The identifier is a digest of the content: same content, same bytes.
    """
    for font in document.delayedFonts:
        font.addObjects(document)
    catalog, info = document.Reference(document.Catalog), document.Reference(document.info)
    document.Outlines.prepare(document, canvas)
    if document.Outlines.ready < 0:
        document.Catalog.Outlines = None

    parts = [_HEADER]
    offset = len(_HEADER)
    entries: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}
    small: list[tuple[int, bytes]] = []
    for number, content in _objects(document, first, len(structure)):
        if not content.endswith(_STREAM_END):
            small.append((number, content))
            continue
        entries[number] = (1, offset, 0)
        parts.append(b"%d 0 obj\n%sendobj\n" % (number, content))
        offset += len(parts[-1])

    small += enumerate(structure, start=first)
    container = len(entries) + len(small)
    for position, (number, _) in enumerate(small):
        entries[number] = (2, container, position)
    entries[container] = (1, offset, 0)
    parts.append(_object_stream(container, small))
    offset += len(parts[-1])

    table = container + 1
    entries[table] = (1, offset, 0)
    numbers = document.idToObjectNumberAndVersion
    parts.append(
        _cross_references(
            table,
            entries,
            f"/Root {numbers[catalog.name][0]} 0 R/Info {numbers[info.name][0]} 0 R",
            md5(b"".join(parts), usedforsecurity=False).hexdigest(),
        )
    )
    parts.append(b"startxref\n%d\n%%%%EOF\n" % offset)
    return b"".join(parts)


def _objects(document: pdfdoc.PDFDocument, kept: int, length: int) -> Iterator[tuple[int, bytes]]:
    """Every object with its number but those kept for others; formatting one may add others."""
    number = 1
    while number <= document.objectcounter:
        if number == kept:
            number += length
            continue
        content = document.idToObject[document.numberToId[number]]
        yield number, pdfdoc.format(content, document, toplevel=1)
        number += 1


def _object_stream(number: int, objects: list[tuple[int, bytes]]) -> bytes:
    index, offset = [], 0
    for each, content in objects:
        index.append(b"%d %d" % (each, offset))
        offset += len(content) + 1
    head = b" ".join(index) + b"\n"
    body = zlib.compress(head + b"\n".join(content for _, content in objects), _LEVEL)
    entries = f"/Type/ObjStm/N {len(objects)}/First {len(head)}/Filter/FlateDecode"
    return b"%d 0 obj\n%sendobj\n" % (number, stream(body, entries))


def _cross_references(
    number: int, entries: dict[int, tuple[int, int, int]], trailer: str, digest: str
) -> bytes:
    dictionary = (
        f"/Type/XRef/Size {number + 1}/W[{' '.join(map(str, _FIELDS))}]{trailer}"
        f"/ID[<{digest}><{digest}>]/Filter/FlateDecode"
    )
    rows = _rows([entries[each] for each in range(number + 1)])
    return b"%d 0 obj\n%sendobj\n" % (number, stream(zlib.compress(rows, _LEVEL), dictionary))


def _rows(entries: Sequence[tuple[int, int, int]]) -> bytearray:
    """Entries one after the other, field by field: kind, offset or container, place."""
    width = sum(_FIELDS)
    rows = bytearray(width * len(entries))
    start = 0
    for size, values in zip(_FIELDS, zip(*entries, strict=True), strict=True):
        column = array("Q", values)
        if byteorder == "little":
            column.byteswap()
        written = column.tobytes()
        skipped = column.itemsize - size
        for place in range(size):
            rows[start + place :: width] = written[skipped + place :: column.itemsize]
        start += size
    return rows
