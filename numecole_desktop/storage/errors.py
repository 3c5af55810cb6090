"""SQLite's errors turned into French sentences."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlite

from numecole_desktop.domain.problem import Problem


class StorageError(Problem):
    """The base cannot be opened, read or written."""


class LockedBaseError(StorageError):
    """Another instance holds the base."""


class NewerBaseError(StorageError):
    """The base was written by a newer version of the application."""


class KeyMissingError(StorageError):
    """This account does not hold the key of the base."""


def read_only(path: Path) -> StorageError:
    """The refusal of a base that this account may not write."""
    return StorageError(_BY_CODE["SQLITE_READONLY"].format(path=path))


_BY_CODE = {
    "SQLITE_BUSY": "La base {path} est déjà ouverte par une autre fenêtre ou une autre commande "
    "Numécole. Fermez-la, puis recommencez.",
    "SQLITE_LOCKED": "La base {path} est occupée. Fermez l’autre fenêtre Numécole, puis "
    "recommencez.",
    "SQLITE_FULL": "Le disque est plein : rien n’a été enregistré dans {path}. Libérez de la "
    "place, puis recommencez.",
    "SQLITE_READONLY": "La base {path} ne peut pas être modifiée (fichier ou dossier en lecture "
    "seule). Vérifiez vos droits sur ce dossier.",
    "SQLITE_CANTOPEN": "La base {path} ne peut pas être ouverte ou créée. Vérifiez que le dossier "
    "existe et que vous pouvez y écrire.",
    "SQLITE_NOTADB": "Le fichier {path} n’est pas une base Numécole, ou sa clé n’est pas la bonne. "
    "Vérifiez le chemin, ou restaurez une sauvegarde.",
    "SQLITE_CORRUPT": "La base {path} est endommagée. Restaurez la dernière sauvegarde "
    "(numecole restaurer).",
    "SQLITE_IOERR": "Le disque ne répond pas correctement pour {path} : rien n’a été enregistré. "
    "Vérifiez le disque, puis recommencez.",
}


@contextmanager
def in_french(path: Path) -> Iterator[None]:
    """Turn SQLite's operational errors on ``path`` into ``StorageError``; bugs pass unchanged.

    Raises:
        StorageError: the disk, the lock, the rights or the file refuse the operation.
    """
    try:
        yield
    except sqlite.DatabaseError as problem:
        name = getattr(problem, "sqlite_errorname", "") or _name_from_text(str(problem))
        for code, sentence in _BY_CODE.items():
            if name.startswith(code):
                kind = LockedBaseError if code in ("SQLITE_BUSY", "SQLITE_LOCKED") else StorageError
                raise kind(sentence.format(path=path)) from problem
        raise


def _name_from_text(text: str) -> str:
    known = {
        "database is locked": "SQLITE_BUSY",
        "database or disk is full": "SQLITE_FULL",
        "attempt to write a readonly database": "SQLITE_READONLY",
        "unable to open database file": "SQLITE_CANTOPEN",
        "file is not a database": "SQLITE_NOTADB",
        "database disk image is malformed": "SQLITE_CORRUPT",
        "disk I/O error": "SQLITE_IOERR",
    }
    return known.get(text, "")
