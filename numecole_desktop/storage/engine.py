"""Opening a base: one driver, one connection, one writer."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlite

from numecole_desktop.durable import reason
from numecole_desktop.storage import keys
from numecole_desktop.storage.errors import (
    NewerBaseError,
    StorageError,
    in_french,
    read_only,
)
from numecole_desktop.storage.migrations import STEPS

APPLICATION_ID = 0x4E756D45
"""« NumE », written in the header of every base."""

_CACHE_KIB = 65_536
_SPARING_KIB = 4_096
_BUSY_MS = 1_000


class Base:
    """An open base. It belongs to the thread that opened it.

    The connection holds an exclusive lock for as long as it is open: a second instance on the
    same file is refused. The lock goes with the process, even when it is killed.
    """

    def __init__(self, path: Path, connection: sqlite.Connection, key: keys.BaseKey) -> None:
        self.path = path
        self.connection = connection
        self.key = key

    @contextmanager
    def transaction(self, *, keep: bool = True) -> Iterator[sqlite.Connection]:
        """One durable transaction: everything is on the disk when it ends, or nothing is.

        With ``keep`` false it is rolled back at the end.

        Raises:
            StorageError: the disk refuses; nothing was changed.
        """
        with in_french(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
                self.connection.execute("COMMIT" if keep else "ROLLBACK")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    @contextmanager
    def sparing(self) -> Iterator[None]:
        """A small page cache meanwhile: a bulk write goes through its pages once."""
        self.connection.execute(f"PRAGMA cache_size = -{_SPARING_KIB}")
        try:
            yield
        finally:
            self.connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")

    def meta(self, key: str) -> str | None:
        """A fact about this base, which no import changes (journal id, sample flag)."""
        row = self.connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def fold_in(self) -> None:
        """Write the journal file into the base itself, which is then whole without it.

        Raises:
            StorageError: the disk refuses.
        """
        with in_french(self.path):
            self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close the base and give up its lock."""
        self.connection.close()


def open_base(path: Path, *, create: bool = True, steps: Sequence[str] = STEPS) -> tuple[Base, int]:
    """Open the base at ``path``, created if need be, and the version that it had (0 when new).

    The caller migrates it when that version is below ``len(steps)``; nothing is written before.

    Raises:
        StorageError: the file is missing (with ``create`` false), locked, damaged, not a base,
            from a newer version, or its key is not on this account.
    """
    path = path.expanduser().absolute()
    with in_french(path):
        key = _key(path, create)
        connection = _connect(path, key)
        try:
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            application = int(connection.execute("PRAGMA application_id").fetchone()[0])
            if version and application != APPLICATION_ID:
                raise StorageError(f"Le fichier {path} n’est pas une base Numécole.")
            if version > len(steps):
                raise NewerBaseError(
                    f"La base {path} a été écrite par une version plus récente de Numécole "
                    f"(format {version}, cette version lit jusqu’au format {len(steps)}). Mettez "
                    f"l’application à jour ; rien n’a été modifié."
                )
            connection.execute("PRAGMA journal_mode = WAL")
        except BaseException:
            connection.close()
            raise
    return Base(path, connection, key), version


def run_steps(base: Base, version: int, steps: Sequence[str] = STEPS) -> None:
    """Bring the schema from ``version`` to the last step; the caller holds the transaction."""
    for sql in steps[version:]:
        for statement in _statements(sql):
            base.connection.execute(statement)
    base.connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    base.connection.execute(f"PRAGMA user_version = {len(steps)}")


def memory_base() -> sqlite.Connection:
    """An empty base in memory with the current schema, to replay a journal into."""
    connection = sqlite.connect(":memory:", isolation_level=None)
    for sql in STEPS:
        for statement in _statements(sql):
            connection.execute(statement)
    return connection


def _key(path: Path, create: bool) -> keys.BaseKey:
    try:
        salt = keys.salt_of(path) if path.is_file() else None
    except OSError as problem:
        raise StorageError(
            f"La base {path} ne peut pas être lue ({reason(problem)}). Vérifiez le chemin et vos "
            f"droits."
        ) from problem
    if salt is not None:
        # A lock asks for the right to write: SQLite would speak of a failing disk.
        if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
            raise read_only(path)
        return keys.find_key(path, salt)
    if path.is_dir():
        raise StorageError(f"{path} est un dossier : donnez le chemin d’un fichier de base.")
    if not create:
        raise StorageError(
            f"La base {path} n’existe pas. Importez un annuaire pour la créer, ou lancez "
            f"« numecole demo » pour voir un exemple."
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not os.access(path.parent, os.W_OK):
            raise PermissionError(errno.EACCES, "", str(path.parent))
        return keys.create_key()
    except OSError as problem:
        raise StorageError(
            f"La base {path} ne peut pas être créée ({reason(problem)}). Choisissez un dossier où "
            f"vous pouvez écrire."
        ) from problem


def _connect(path: Path, key: keys.BaseKey) -> sqlite.Connection:
    connection = sqlite.connect(str(path), isolation_level=None, timeout=_BUSY_MS / 1000)
    connection.execute(f'PRAGMA key = "{key.pragma}"')
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    return connection


def _statements(sql: str) -> list[str]:
    return [part.strip() for part in sql.split(";\n") if part.strip()]
