"""Encoding of a text file, decided over the whole file in one pass that also hashes it."""

from __future__ import annotations

import codecs
import hashlib
import re
from typing import BinaryIO

from numecole_desktop.importers.rows import TableError

_CHUNK = 1 << 20
_HEAD = 4096
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UNDEFINED_IN_CP1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
# The accented letters of French in UTF-8; in cp1252 these bytes are Ã and a sign, never French.
_FRENCH_UTF8 = re.compile(rb"\xc3[\x80-\xbf]")
_ADVICE = (
    "Ouvrez-le dans un tableur, vérifiez les accents et enregistrez-le au format « CSV UTF-8 »."
)


def hash_and_decode(file: BinaryIO, name: str) -> tuple[str, str]:
    """SHA-256 (hexadecimal) and encoding (a name for `open`) of a whole text file.

    UTF-8 unless a byte of the file contradicts it, then cp1252; UTF-16 when a byte order mark
    says so or when every other byte of the beginning is null. ``name`` is used in messages.

    Raises:
        TableError: the file is binary, a line of it has no end, or its encoding is unknown or
            changes on the way.
    """
    file.seek(0)
    announced = _announced(file.read(_HEAD))
    file.seek(0)
    digest = hashlib.sha256()
    wide = announced.startswith("utf-16")
    decoder = codecs.getincrementaldecoder(announced)()
    readable = True
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
        if not wide and b"\0" in chunk:
            raise _binary(name)
        if len(chunk) == _CHUNK and b"\n" not in chunk and b"\r" not in chunk:
            raise _endless_line(name)
        if not readable or (not wide and chunk.isascii() and not decoder.getstate()[0]):
            continue
        readable = _decodes(decoder, chunk, name)
    readable = readable and _decodes(decoder, b"", name, final=True)
    if readable:
        return digest.hexdigest(), announced
    if announced != "utf-8":
        raise TableError(
            f"Le fichier « {name} » est abîmé : il s’annonce en {'UTF-16' if wide else 'UTF-8'} "
            f"et ne l’est pas partout. {_ADVICE}"
        )
    file.seek(0)
    _refuse_unless_cp1252(file, name)
    return digest.hexdigest(), "cp1252"


def _announced(head: bytes) -> str:
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return encoding
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > len(head) // 4 and not even:
        return "utf-16-le"
    if even > len(head) // 4 and not odd:
        return "utf-16-be"
    return "utf-8"


def _decodes(
    decoder: codecs.IncrementalDecoder, chunk: bytes, name: str, final: bool = False
) -> bool:
    try:
        text = decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    if "\0" in text:
        raise _binary(name)
    return True


def _refuse_unless_cp1252(lines: BinaryIO, name: str) -> None:
    """Refuse bytes that cp1252 leaves undefined, and a file that is partly UTF-8.

    Reading such a file as cp1252 would store « Ã‰cole » for « École » without a word.
    """
    first_utf8 = first_other = 0
    for number, line in enumerate(lines, start=1):
        if line.isascii():
            continue
        decodes = _is_utf8(line)
        if decodes or _FRENCH_UTF8.search(line):
            first_utf8 = first_utf8 or number
        if not decodes:
            first_other = first_other or number
            if _UNDEFINED_IN_CP1252.search(line):
                raise TableError(
                    f"L’encodage du fichier « {name} » n’est pas reconnu : la ligne {number} "
                    f"n’est ni en UTF-8 ni en Windows-1252. {_ADVICE}"
                )
        if first_utf8 and first_other:
            raise TableError(
                f"Le fichier « {name} » mélange deux encodages : UTF-8 à la ligne {first_utf8}, "
                f"un autre à la ligne {first_other}. {_ADVICE}"
            )


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _binary(name: str) -> TableError:
    return TableError(
        f"Le fichier « {name} » n’est pas un tableau : il contient des octets nuls, comme une "
        f"image ou un programme. Choisissez un fichier CSV, XLSX ou ODS."
    )


def _endless_line(name: str) -> TableError:
    return TableError(
        f"Le fichier « {name} » n’est pas un tableau : une de ses lignes dépasse "
        f"{_CHUNK // 2**20} Mo. Choisissez un fichier CSV, XLSX ou ODS."
    )
