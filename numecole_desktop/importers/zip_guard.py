"""Guard of spreadsheets: refuses bombs before the reader of sheets allocates anything.

The reader (calamine) aborts the whole process when memory runs out, so everything that decides
how much it will allocate is measured first, on bytes really inflated: headers can lie.
"""

from __future__ import annotations

import copy
import mmap
import re
import string
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO

from numecole_desktop.importers.limits import SheetLimits
from numecole_desktop.importers.ods_guard import OdsError, measure_ods
from numecole_desktop.importers.rows import TableError

_CENTRAL_ENTRY = b"PK\x01\x02"
_ENCRYPTED_FLAG = 1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"

# Addresses and cells of a sheet. Attributes may be quoted either way and tags may be prefixed;
# an attribute that merely ends with r makes the sheet look larger, never smaller.
_ADDRESS = re.compile(rb"r\s*=\s*[\"']([A-Za-z]*[0-9]{1,10})")
_LETTERS = string.ascii_letters.encode()
_DIGITS = string.digits.encode()
_ROW = re.compile(rb"<(?:\w+:)?row\b")
_NUMBERED_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*\sr\s*=")
_ENDS = (b" ", b"\t", b"\n", b"\r", b"\f", b"\v", b"/", b">")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_ADDRESSED_CELL = re.compile(rb"<(?:\w+:)?c\s(?:[^>]*\s)?r\s*=")
_SHARED_TEXT = re.compile(rb"<(?:\w+:)?si\b")
_SHARED_USE = re.compile(
    rb"\st\s*=\s*[\"']s[\"'][^>]*>.{0,99}?<(?:\w+:)?v[^>]*>\s*([0-9]{1,9})", re.DOTALL
)


def check_spreadsheet(file: BinaryIO, name: str, limits: SheetLimits) -> str:
    """Measure a zipped spreadsheet and return its format, « xlsx » or « ods ».

    Raises:
        TableError: not a spreadsheet, damaged, protected by a password, or beyond a limit.
    """
    try:
        _check_entry_count(file, name, limits)
        with zipfile.ZipFile(file) as archive:
            kind = _format(archive, name)
            _check_entries(archive, name)
            if kind == "ods":
                _check_ods(archive, name, limits)
            else:
                _check_xlsx(archive, name, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OdsError) as problem:
        raise damaged(name) from problem
    return kind


def _check_entry_count(file: BinaryIO, name: str, limits: SheetLimits) -> None:
    # Before `zipfile` builds an object for each entry.
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        position = -1
        for _ in range(limits.entries + 1):
            position = content.find(_CENTRAL_ENTRY, position + 1)
            if position < 0:
                return
    raise _too_large(name, f"il contient plus de {limits.entries} fichiers")


def _format(archive: zipfile.ZipFile, name: str) -> str:
    members = {info.filename.replace("\\", "/").lower(): info for info in archive.infolist()}
    if any(member.endswith("workbook.xml") for member in members):
        return "xlsx"
    if any(member.endswith("workbook.bin") for member in members):
        raise TableError(
            f"Le fichier « {name} » est au format XLSB, qui n’est pas lu : ouvrez-le dans le "
            f"tableur et enregistrez-le au format XLSX, ODS ou CSV."
        )
    declared = members.get("mimetype")
    if declared is not None and declared.file_size < 200 and "content.xml" in members:
        with archive.open(declared) as stream:
            if stream.read(200).strip().startswith(_ODS):
                return "ods"
    raise TableError(
        f"Le fichier « {name} » est une archive ou un document qui n’est pas un classeur : "
        f"choisissez un fichier CSV, XLSX ou ODS. Pour une archive, extrayez d’abord le fichier."
    )


def _check_entries(archive: zipfile.ZipFile, name: str) -> None:
    members = archive.infolist()
    if len({info.filename for info in members}) != len(members):
        raise damaged(name)
    for info in members:
        if info.flag_bits & _ENCRYPTED_FLAG:
            raise protected(name)
        if info.compress_type not in _METHODS:
            raise damaged(name)


def _inflated(
    archive: zipfile.ZipFile, name: str, limits: SheetLimits
) -> Iterator[tuple[zipfile.ZipInfo, bytes]]:
    """Every entry really inflated; the limits on size and ratio are checked on the way."""
    left = limits.unpacked_bytes
    for info in archive.infolist():
        probe = copy.copy(info)
        # `zipfile` stops at the announced size: only announcing more than is read shows a lie.
        probe.file_size = left + 2
        with archive.open(probe) as stream:
            data = stream.read(left + 1)
        left -= len(data)
        if left < 0:
            size = limits.unpacked_bytes // 2**20
            raise _too_large(name, f"il dépasse {size} Mo une fois décompressé")
        packed = max(info.compress_size, 1)
        if len(data) > limits.ratio_from_bytes and len(data) // packed > limits.ratio:
            raise _too_large(name, f"son contenu est compressé plus de {limits.ratio} fois")
        if len(data) != info.file_size:
            raise damaged(name)
        yield info, data


def _check_xlsx(archive: zipfile.ZipFile, name: str, limits: SheetLimits) -> None:
    texts: list[int] = []
    sheets: list[tuple[zipfile.ZipInfo, int]] = []
    for info, data in _inflated(archive, name, limits):
        if b"<si" in data or b":si" in data:
            texts += map(len, _SHARED_TEXT.split(data)[1:])
        if b"sheetData" in data:
            _check_area(*_xlsx_area(data), name, limits)
            sheets.append((info, data.count(b"<")))
    text, longest = 0, max(texts, default=0)
    for info, elements in sheets:
        # Counted only where the longest text, used everywhere, would go beyond the limit.
        if longest * elements > limits.text_bytes:
            with archive.open(info) as stream:
                text += _shared_text(stream.read(info.file_size), texts)
    _check_text(text, name, limits)


def _xlsx_area(data: bytes) -> tuple[int, int]:
    """Height and width of a sheet, at most, from its addresses (optional: ECMA-376 18.3.1.4)."""
    listed = b" ".join(_ADDRESS.findall(data))
    height = max(map(int, set(listed.translate(None, _LETTERS).split())), default=0)
    columns = set(listed.translate(None, _DIGITS).split())
    width = max(map(_column, columns), default=0)
    if _all_addressed(data):
        return height, width
    cells = len(_CELL.findall(data))
    if len(_ADDRESSED_CELL.findall(data)) < cells:
        rows = _ROW.split(data)
        height += len(rows) - 1 - len(_NUMBERED_ROW.findall(data))
        width += max(len(_CELL.findall(row)) for row in rows)
    return height, width


def _all_addressed(data: bytes) -> bool:
    """Whether every cell begins as spreadsheets write it, found without listing them."""
    addressed = data.count(b'<c r="')
    if b":c" in data:
        return False
    # The other elements in c of most sheets are « col » and « conditionalFormatting ».
    if data.count(b"<c") == addressed + data.count(b"<co"):
        return True
    return sum(data.count(b"<c" + end) for end in _ENDS) == addressed


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def _shared_text(data: bytes, texts: list[int]) -> int:
    """Bytes of text once each shared text is copied into the cells that use it."""
    uses = Counter(map(int, _SHARED_USE.findall(data)))
    return sum(texts[index] * count for index, count in uses.items() if index < len(texts))


def _check_ods(archive: zipfile.ZipFile, name: str, limits: SheetLimits) -> None:
    for info, data in _inflated(archive, name, limits):
        if info.filename == "META-INF/manifest.xml" and b"encryption-data" in data:
            raise protected(name)
        if info.filename == "content.xml":
            for sheet in measure_ods(data):
                _check_area(sheet.height, sheet.width, name, limits)
                _check_text(sheet.text, name, limits)


def _check_area(height: int, width: int, name: str, limits: SheetLimits) -> None:
    if height * width > limits.cells:
        raise _too_large(
            name,
            f"une feuille va jusqu’à la ligne {height} et la colonne {width}, souvent à cause "
            f"d’une cellule remplie par erreur loin du tableau",
        )


def _check_text(text: int, name: str, limits: SheetLimits) -> None:
    if text > limits.text_bytes:
        size = limits.text_bytes // 2**20
        raise _too_large(name, f"ses textes, recopiés dans les cellules, dépassent {size} Mo")


def _too_large(name: str, why: str) -> TableError:
    return TableError(
        f"Le fichier « {name} » n’est pas ouvert, par prudence : {why}. Gardez-y le seul tableau à "
        f"importer, ou enregistrez-le au format CSV."
    )


def damaged(name: str) -> TableError:
    """The error for a spreadsheet that cannot be read; ``name`` is the file's."""
    return TableError(
        f"Le fichier « {name} » est abîmé ou incomplet : ouvrez-le dans le tableur, enregistrez-le "
        f"de nouveau au format XLSX, ODS ou CSV, puis recommencez l’import."
    )


def protected(name: str) -> TableError:
    """The error for a spreadsheet that asks for a password; ``name`` is the file's."""
    return TableError(
        f"Le fichier « {name} » est protégé par un mot de passe : ouvrez-le dans le tableur, "
        f"retirez le mot de passe, enregistrez-le, puis recommencez l’import."
    )
