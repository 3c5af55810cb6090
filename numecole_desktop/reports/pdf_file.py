"""Writes a reportlab document compactly: PDF 1.7 with object streams (ISO 32000-1, 7.5.7, 7.5.8).

A tagged page holds hundreds of small structure objects. Written one by one, as reportlab does, they
weigh more than the fonts; packed and deflated together they are about a tenth of the file.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from hashlib import md5
from typing import TYPE_CHECKING

from reportlab.pdfbase import pdfdoc

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_STREAM_END = b"endstream\n"


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


def packed(document: pdfdoc.PDFDocument, canvas: Canvas) -> bytes:
    """The whole file. The identifier is a digest of the content: same content, same bytes."""
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
    for number, content in _objects(document):
        if not content.endswith(_STREAM_END):
            small.append((number, content))
            continue
        entries[number] = (1, offset, 0)
        parts.append(b"%d 0 obj\n%sendobj\n" % (number, content))
        offset += len(parts[-1])

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


def _objects(document: pdfdoc.PDFDocument) -> Iterator[tuple[int, bytes]]:
    """Every object with its number; formatting one may add others."""
    number = 1
    while number in document.numberToId:
        content = document.idToObject[document.numberToId[number]]
        yield number, pdfdoc.format(content, document, toplevel=1)
        number += 1


def _object_stream(number: int, objects: list[tuple[int, bytes]]) -> bytes:
    index, offset = [], 0
    for each, content in objects:
        index.append(b"%d %d" % (each, offset))
        offset += len(content) + 1
    head = b" ".join(index) + b"\n"
    body = zlib.compress(head + b"\n".join(content for _, content in objects))
    entries = f"/Type/ObjStm/N {len(objects)}/First {len(head)}/Filter/FlateDecode"
    return b"%d 0 obj\n%sendobj\n" % (number, stream(body, entries))


def _cross_references(
    number: int, entries: dict[int, tuple[int, int, int]], trailer: str, digest: str
) -> bytes:
    rows = b"".join(
        kind.to_bytes(1, "big") + second.to_bytes(4, "big") + third.to_bytes(2, "big")
        for _, (kind, second, third) in sorted(entries.items())
    )
    dictionary = (
        f"/Type/XRef/Size {number + 1}/W[1 4 2]{trailer}/ID[<{digest}><{digest}>]"
        f"/Filter/FlateDecode"
    )
    return b"%d 0 obj\n%sendobj\n" % (number, stream(zlib.compress(rows), dictionary))
