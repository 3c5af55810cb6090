"""Opens a file as a table, whatever its real format: the content decides, never the extension."""

from __future__ import annotations

import hashlib
import mmap
import os
from pathlib import Path
from typing import BinaryIO

from numecole_desktop.durable import reason
from numecole_desktop.importers.csv_table import open_csv
from numecole_desktop.importers.limits import Limits, load_limits
from numecole_desktop.importers.rows import Row, Table, TableError
from numecole_desktop.importers.sheet_table import open_sheet
from numecole_desktop.importers.zip_guard import protected

__all__ = ["Limits", "Row", "Table", "TableError", "load_limits", "open_table"]

_ZIP = b"PK"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_FOREIGN = (
    (b"%PDF", "un document PDF"),
    (b"{\\rtf", "un document RTF"),
    (b"\x89PNG", "une image"),
    (b"\xff\xd8\xff", "une image"),
    (b"GIF8", "une image"),
    (b"\x1f\x8b", "une archive"),
    (b"7z\xbc\xaf", "une archive"),
    (b"Rar!", "une archive"),
    (b"SQLite format 3", "une base de données"),
)
_HEAD = 512


def open_table(path: Path, limits: Limits) -> Table:
    """Open a CSV, XLSX or ODS file and find how it is written.

    Of a spreadsheet with several filled sheets, it is the fullest; the others are in its
    ``others``. The whole file is read once (hash, encoding); rows are then read by `Table.rows`.

    Raises:
        TableError: missing or unreadable file, a folder, empty, not a table, an unsupported or
            protected format, or beyond the limits. The sentence names the file and the remedy.
    """
    try:
        _check_is_file(path)
        with path.open("rb") as file:
            head = file.read(_HEAD)
            _check_content(file, head, path.name)
            if head.startswith(_ZIP):
                file.seek(0)
                sha256 = hashlib.file_digest(file, "sha256").hexdigest()
                size = os.fstat(file.fileno()).st_size
                return open_sheet(path, file, sha256, size, limits.sheet)
        return open_csv(path, limits.csv)
    except FileNotFoundError as problem:
        raise TableError(
            f"Le fichier « {path.name} » est introuvable : il a été déplacé ou renommé, ou la clé "
            f"USB a été retirée."
        ) from problem
    except PermissionError as problem:
        raise TableError(
            f"Le fichier « {path.name} » ne peut pas être lu : fermez-le s’il est ouvert dans le "
            f"tableur, ou vérifiez que vous avez le droit de le lire."
        ) from problem
    except OSError as problem:
        raise TableError(
            f"Le fichier « {path.name} » ne peut pas être lu ({reason(problem)}) : copiez-le sur "
            f"cet ordinateur, puis recommencez l’import."
        ) from problem


def _check_is_file(path: Path) -> None:
    if path.is_dir():
        raise TableError(
            f"« {path.name} » est un dossier : choisissez un fichier CSV, XLSX ou ODS à "
            f"l’intérieur."
        )
    if path.exists() and not path.is_file():
        raise TableError(
            f"« {path.name} » n’est pas un fichier ordinaire : choisissez un fichier CSV, XLSX ou "
            f"ODS."
        )


def _check_content(file: BinaryIO, head: bytes, name: str) -> None:
    """Refuse what is recognised at its first bytes as something else than a table."""
    if not head:
        raise TableError(
            f"Le fichier « {name} » est vide : vérifiez que l’export ou la copie est allé au bout."
        )
    if head.startswith(_OLE):
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            if content.find(_ENCRYPTED_PACKAGE) >= 0:
                raise protected(name)
        raise TableError(
            f"Le fichier « {name} » est dans l’ancien format de Microsoft Office (XLS) : ouvrez-le "
            f"dans le tableur et enregistrez-le au format XLSX, ODS ou CSV."
        )
    kind = next((label for magic, label in _FOREIGN if head.startswith(magic)), None)
    if kind is None and head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise TableError(
            f"Le fichier « {name} » est une page web ou un fichier XML, malgré son nom. Ouvrez-le "
            f"dans le tableur et enregistrez-le au format XLSX, ODS ou CSV."
        )
    if kind is not None:
        raise TableError(
            f"Le fichier « {name} » est {kind}, pas un tableau : choisissez un fichier CSV, XLSX "
            f"ou ODS."
        )
