"""Whole copies of a base: taken while it is open, checked, and put back."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlite

from numecole_desktop.storage import keys
from numecole_desktop.storage.engine import APPLICATION_ID, Base, open_base
from numecole_desktop.storage.errors import KeyMissingError, StorageError, in_french
from numecole_desktop.storage.files import sync_file


def backup(base: Base, target: Path) -> None:
    """Copy the open base to ``target``, whole and checked, encrypted with the same key.

    Raises:
        StorageError: the target cannot be written, or the copy does not check; an older file of
            that name is then untouched.
    """
    target = target.expanduser().absolute()
    part = target.with_name(target.name + ".part")
    with in_french(target):
        try:
            part.unlink(missing_ok=True)
            copy = sqlite.connect(str(part), isolation_level=None)
            try:
                copy.execute(f'PRAGMA key = "{base.key.pragma}"')
                base.connection.backup(copy)
                problem = integrity_problem(copy)
            finally:
                copy.close()
            if problem:
                raise StorageError(f"La sauvegarde {target} ne se relit pas : {problem}.")
            sync_file(part)
            part.replace(target)
            sync_file(target)
        except OSError as problem_:
            raise StorageError(
                f"La sauvegarde {target} ne peut pas être écrite "
                f"({problem_.strerror or 'accès refusé'}). Choisissez un autre dossier."
            ) from problem_
        finally:
            part.unlink(missing_ok=True)


def integrity_problem(connection: sqlite.Connection) -> str:
    """What SQLCipher and SQLite find wrong with a base, in French; empty when it is sound."""
    if connection.execute("PRAGMA cipher_integrity_check").fetchall():
        return "des pages ont été modifiées hors de l’application"
    rows = connection.execute("PRAGMA quick_check").fetchall()
    return "" if rows == [("ok",)] else "sa structure est endommagée"


def restore(source: Path, target: Path, code: str = "") -> Path | None:
    """Put the backup ``source`` in the place of the base ``target``.

    The base that stood there is kept beside it; its new path is returned. With ``code``, the key
    comes from a recovery code and is kept for this account once it has opened the backup.

    Raises:
        StorageError: the backup is missing, damaged, not a base or without key, or the target is
            open elsewhere; the target is then untouched.
    """
    source, target = source.expanduser().absolute(), target.expanduser().absolute()
    key = _backup_key(source, code)
    with in_french(source):
        check = sqlite.connect(
            f"file:{source.as_posix()}?mode=ro&immutable=1", uri=True, isolation_level=None
        )
        try:
            check.execute(f'PRAGMA key = "{key.pragma}"')
            check.execute("PRAGMA cipher_log_level = NONE")
            application = check.execute("PRAGMA application_id").fetchone()[0]
            problem = integrity_problem(check)
        finally:
            check.close()
    if problem or application != APPLICATION_ID:
        raise StorageError(
            f"La sauvegarde {source} ne peut pas être restaurée : "
            f"{problem or 'ce n’est pas une base Numécole'}."
        )
    kept = _set_aside(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(target.name + ".part")
        shutil.copyfile(source, part)
        sync_file(part)
        part.replace(target)
        sync_file(target)
    except OSError as failure:
        if kept is not None:
            kept.replace(target)
        raise StorageError(
            f"La base {target} ne peut pas être écrite ({failure.strerror or 'accès refusé'})."
        ) from failure
    if code:
        keys.keep(key)
    return kept


def snapshot_path(base: Path, label: str) -> Path:
    """A free name beside ``base`` for a copy made for a reason (« avant-format-2 »)."""
    stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    path = base.with_name(f"{base.stem}.{label}.{stamp}{base.suffix}")
    count = 1
    while path.exists():
        count += 1
        path = base.with_name(f"{base.stem}.{label}.{stamp}-{count}{base.suffix}")
    return path


def _backup_key(source: Path, code: str) -> keys.BaseKey:
    salt = keys.salt_of(source) if source.is_file() else None
    if salt is None:
        raise StorageError(f"La sauvegarde {source} n’existe pas ou est vide. Vérifiez le chemin.")
    if not code:
        return keys.find_key(source, salt)
    key = keys.key_from_code(code, salt)
    if key is None:
        raise KeyMissingError(
            "Le code de secours n’est pas complet : recopiez tous ses groupes de quatre signes."
        )
    return key


def _set_aside(target: Path) -> Path | None:
    """Move the base at ``target`` aside, its journal file folded in; None when there is none."""
    if not target.exists():
        return None
    try:
        current, _ = open_base(target, create=False)
    except KeyMissingError:
        current = None
    if current is not None:
        current.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        current.close()
    kept = snapshot_path(target, "avant-restauration")
    target.replace(kept)
    for suffix in ("-wal", "-shm"):
        left = target.with_name(target.name + suffix)
        if left.exists():
            left.replace(kept.with_name(kept.name + suffix))
    return kept
