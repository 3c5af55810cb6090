"""Fonts of the reports: loaded once per process, embedded as subsets, never a silent box.

A document starts each font with the same basic set of characters (French and typography). Most
documents then need exactly that set, and its subset, the dearest part of a small PDF, is made and
compressed once per process.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from codecs import charmap_encode
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import as_file
from threading import Lock

from reportlab.lib.rl_accel import escapePDF
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument, PDFObjectReference
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont

from numecole_desktop.reports.pdf_file import add_object, stream
from numecole_desktop.reports.settings import section
from numecole_desktop.shipped import shipped

BASIC_SET = (
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.,;:!?()/%+-"
    "àâçéèêëîïôùûœÀÇÉÈÊÎŒ’«»–·•×\u202f"
)
"""Characters that every document embeds, in the order of their codes."""

_SYMBOLIC, _NONSYMBOLIC = 1 << 2, 1 << 5

# What to write when a font lacks a character that another way of writing can stand for.
_EQUIVALENTS = {
    "\u00a0": " ", "\u202f": "\u00a0", "\u2009": "\u202f", "\u2007": "\u00a0",
    "\u2010": "-", "\u2011": "-", "\u2012": "–", "\u2015": "—", "\u2212": "–",
    "→": "->", "←": "<-", "≤": "<=", "≥": ">=", "≠": "=/=", "≈": "~",
    "\u2032": "’", "\u2033": "”", "\u02bc": "’", "■": "•", "▪": "•", "\ufffd": "?",
}  # fmt: skip
_INVISIBLE = ("Cc", "Cf", "Mn")
_LEFT_OUT = "[…]"
_LEFT_OUT_TOGETHER = re.compile(r"\[…\](?:\s*\[…\])+")
# Subsetting moves a read position that the face shares between threads.
_subsetting = Lock()


class Weight(StrEnum):
    """The faces of the family; the value is its key in resources/reports/style.toml."""

    REGULAR = "regular"
    BOLD = "bold"


@dataclass(frozen=True, slots=True)
class _Program:
    """What a subset adds to a file: font file and character map (deflated), widths."""

    font_file: bytes
    length: int
    to_unicode: bytes
    widths: str


class _Spelling(dict[int, str]):
    """Translation table that decides once how each character is written with a font."""

    def __init__(self, known: Iterable[int]) -> None:
        written = (code for code in known if unicodedata.category(chr(code)) not in _INVISIBLE)
        super().__init__((code, chr(code)) for code in written)

    def __missing__(self, code: int) -> str:
        self[code] = spelt = self._spell(chr(code))
        return spelt

    def _spell(self, character: str) -> str:
        if character in _EQUIVALENTS:
            return _EQUIVALENTS[character].translate(self)
        if character.isspace():
            return " "
        if unicodedata.category(character) in _INVISIBLE:
            return ""
        written = unicodedata.normalize("NFKD", character)
        base = "".join(c for c in written if not unicodedata.combining(c))
        if base and base != character and all(ord(c) in self for c in base):
            return base
        return _LEFT_OUT


class EmbeddedFont(TTFont):  # type: ignore[misc]  # reportlab has no types
    """A TrueType font whose subsets pass PDF/UA-1 and are shared between documents."""

    def __init__(self, name: str, path: str) -> None:
        super().__init__(name, path, asciiReadable=False, shapable=False)
        # Names and metrics that no reader of an embedded font uses.
        for table in ("name", "OS/2"):
            self.face.table.pop(table, None)
        self._basic_codes: dict[int, int] = {}
        self._program = lru_cache(maxsize=16)(self._make_program)
        self._spelling = _Spelling(self.face.charToGlyph)
        self.basic = lru_cache(maxsize=8192)(self._make_basic)

    def spell(self, text: str) -> str:
        """``text`` as this font can write it: composed (NFC), on one line.

        A character that the font lacks becomes an equivalent (→ gives ->) or its base letter. Signs
        or words of another script become one « […] » together, which says that something is there.
        """
        if text.isascii() and text.isprintable():
            return text
        spelt = unicodedata.normalize("NFC", text).translate(self._spelling)
        return _LEFT_OUT_TOGETHER.sub(_LEFT_OUT, spelt) if _LEFT_OUT in spelt else spelt

    def width(self, text: str, size: float) -> float:
        """Width of one line of text, already spelt, in points."""
        width: float = self.stringWidth(text, size)
        return width

    def start(self, document: PDFDocument) -> None:
        """Give the basic set its codes in ``document``, the same in each, before any other text."""
        self.splitString(self.spell(BASIC_SET), document)
        if not self._basic_codes:
            assigned = self.state[document].subsets[0]
            codes = {character: code for code, character in enumerate(assigned) if character}
            self._basic_codes = {**codes, ord(" "): ord(" "), 0xA0: ord(" ")}

    def encode(self, text: str, document: PDFDocument) -> list[tuple[int, bytes]]:
        """``text``, already spelt, as (number of the subset, codes) in ``document``."""
        pieces: list[tuple[int, bytes]] = self.splitString(text, document)
        return pieces

    def _make_basic(self, text: str) -> tuple[str, float] | None:
        """The operator that shows ``text`` once the font is set, and its width at one point.

        It is the same in every document that has been started; None beyond the basic set. Labels
        and figures come back on every page: ``basic`` remembers them.
        """
        text = self.spell(text)
        try:
            codes, _ = charmap_encode(text, "strict", self._basic_codes)
        except UnicodeEncodeError:
            return None
        return f"({escapePDF(codes)}) Tj", self.width(text, 1.0)

    def addObjects(self, doc: PDFDocument) -> None:  # noqa: N802  # named by reportlab
        """Write the subsets used by ``doc``; called by reportlab when the document is saved."""
        state = self.state[doc]
        state.frozen = True
        for number, codes in enumerate(state.subsets):
            internal = self.getSubsetInternalName(number, doc)[1:]
            name = (SUBSETN(number) + b"+" + self.face.name).decode("ascii")
            program = self._program(tuple(codes))
            file = add_object(
                doc, stream(program.font_file, f"/Filter/FlateDecode/Length1 {program.length}")
            )
            to_unicode = add_object(doc, stream(program.to_unicode, "/Filter/FlateDecode"))
            descriptor = add_object(doc, self._descriptor(name, file))
            add_object(
                doc,
                f"<</Type/Font/Subtype/TrueType/Name/{internal}/BaseFont/{name}"
                f"/FirstChar 0/LastChar {len(codes) - 1}/Widths[{program.widths}]"
                f"/FontDescriptor {descriptor} 0 R/ToUnicode {to_unicode} 0 R>>".encode("ascii"),
                internal,
            )
            doc.idToObject["BasicFonts"][internal] = PDFObjectReference(internal)
        del self.state[doc]

    def _make_program(self, codes: tuple[int, ...]) -> _Program:
        with _subsetting:
            font = self.face.makeSubset(codes)
        widths = " ".join(f"{self.face.getCharWidth(code):.0f}" for code in codes)
        return _Program(
            zlib.compress(font, 9), len(font), zlib.compress(self._to_unicode(codes), 9), widths
        )

    def _descriptor(self, name: str, font_file: int) -> bytes:
        face = self.face
        box = " ".join(f"{number:.0f}" for number in face.bbox)
        return (
            f"<</Type/FontDescriptor/FontName/{name}/Flags {face.flags & ~_NONSYMBOLIC | _SYMBOLIC}"
            f"/FontBBox[{box}]/ItalicAngle {face.italicAngle:.0f}/Ascent {face.ascent:.0f}"
            f"/Descent {face.descent:.0f}/CapHeight {face.capHeight:.0f}/StemV {face.stemV:.0f}"
            f"/MissingWidth {face.defaultWidth:.0f}/FontFile2 {font_file} 0 R>>"
        ).encode("ascii")

    def _to_unicode(self, codes: tuple[int, ...]) -> bytes:
        """Character map without the unused codes, which PDF/UA forbids to map to U+0000."""
        runs: list[list[int]] = []
        for position, code in enumerate(codes):
            if code not in self.face.charToGlyph:
                continue
            follows = bool(runs) and runs[-1][1] + 1 == position
            if follows and codes[position - 1] + 1 == code and code & 0xFF:
                runs[-1][1] = position
            else:
                runs.append([position, position])
        lines = [
            f"<{a:02X}> <{b:02X}> <{chr(codes[a]).encode('utf-16-be').hex()}>" for a, b in runs
        ]
        blocks = []
        for first in range(0, len(lines), 100):  # the most that one block may hold
            block = lines[first : first + 100]
            blocks += [f"{len(block)} beginbfrange", *block, "endbfrange"]
        return "\n".join(
            (
                "/CIDInit /ProcSet findresource begin",
                "12 dict begin",
                "begincmap",
                "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def",
                "/CMapName /Adobe-Identity-UCS def",
                "/CMapType 2 def",
                "1 begincodespacerange",
                "<00> <FF>",
                "endcodespacerange",
                *blocks,
                "endcmap",
                "CMapName currentdict /CMap defineresource pop",
                "end",
                "end",
            )
        ).encode("ascii")


@cache
def font(weight: Weight) -> EmbeddedFont:
    """The font of a weight, registered in reportlab at the first call of the process."""
    file = shipped("resources") / "fonts" / section("style", "fonts")[weight]
    with as_file(file) as path:
        loaded = EmbeddedFont(f"Numecole-{weight}", str(path))
    pdfmetrics.registerFont(loaded)
    return loaded
