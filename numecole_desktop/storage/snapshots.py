"""Whole copies of a base: taken while it is open, checked, and put back."""

from __future__ import annotations

import shutil
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from glob import escape
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlite

from numecole_desktop.durable import put_in_place, reason, sync_file
from numecole_desktop.storage import keys
from numecole_desktop.storage.engine import APPLICATION_ID, Base, open_base
from numecole_desktop.storage.errors import (
    KeyMissingError,
    LockedBaseError,
    StorageError,
    in_french,
)

_JOURNALS = ("-wal", "-journal")
_STAGED = "restauration"


def backup(base: Base, target: Path) -> None:
    """Copy the open base to ``target``, whole and checked, encrypted with the same key.

    Raises:
        StorageError: as ``backing_up``.
    """
    for _ in backing_up(base, target):
        pass


def backing_up(base: Base, target: Path) -> Generator[None]:
    """The same in steps: yields once the copy is made, before it is read again and put in place.

    Raises:
        StorageError: the target is the base itself or cannot be written, or the copy does not
            check; an older file of that name is then untouched.
    """
    target = target.expanduser().absolute()
    if _same_file(target, base.path):
        raise StorageError(f"{target} est la base elle-même : donnez un autre nom à la sauvegarde.")
    part = target.with_name(target.name + ".part")
    with in_french(target):
        try:
            discard(part)
            part.touch()  # where it cannot be, the system says why, and SQLite does not
            copy = sqlite.connect(str(part), isolation_level=None)
            try:
                copy.execute(f'PRAGMA key = "{base.key.pragma}"')
                base.connection.backup(copy)
                yield
                problem = integrity_problem(copy)
            finally:
                copy.close()
            if problem:
                raise StorageError(f"La sauvegarde {target} ne se relit pas : {problem}.")
            sync_file(part)
            put_in_place(part, target)
        except OSError as problem_:
            raise StorageError(
                f"La sauvegarde {target} ne peut pas être écrite "
                f"({reason(problem_)}). Choisissez un autre dossier."
            ) from problem_
        finally:
            discard(part)


def integrity_problem(connection: sqlite.Connection) -> str:
    """What SQLCipher and SQLite find wrong with a base, in French; empty when it is sound."""
    if connection.execute("PRAGMA cipher_integrity_check").fetchall():
        return "des pages ont été modifiées hors de l’application"
    rows = connection.execute("PRAGMA quick_check").fetchall()
    return "" if rows == [("ok",)] else "sa structure est endommagée"


def check_backup(source: Path, target: Path, code: str = "") -> keys.BaseKey:
    """Read the whole backup ``source``, which is to replace the base ``target``; returns its key.

    With ``code``, the key comes from a recovery code.

    Raises:
        StorageError: the backup is missing, damaged, not a base, without key, or the target
            itself.
    """
    source, target = source.expanduser().absolute(), target.expanduser().absolute()
    key = _backup_key(source, code)
    if target.is_dir():
        raise StorageError(f"{target} est un dossier : donnez le chemin d’un fichier de base.")
    if target.exists() and not target.is_file():
        raise StorageError(f"{target} n’est pas un fichier : donnez celui d’une base.")
    if _same_file(source, target):
        raise StorageError(f"{source} est la base elle-même : choisissez une sauvegarde.")
    _check(source, key)
    return key


def stage(source: Path, target: Path) -> Path:
    """Copy a backup that was checked beside the base ``target``; ``install`` puts it in its place.

    Raises:
        StorageError: the target is open elsewhere, or its folder cannot be written.
    """
    source, target = source.expanduser().absolute(), target.expanduser().absolute()
    _fold_in(target)
    with _written(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        staged = snapshot_path(target, _STAGED)
        _copy_whole(source, staged)
    return staged


@contextmanager
def key_kept(key: keys.BaseKey, target: Path) -> Iterator[None]:
    """Keep a key for this account; it is forgotten again where what follows fails or is stopped.

    Raises:
        StorageError: it cannot be written; ``target`` is what it was for.
    """
    known = keys.is_kept(key)
    with _written(target):
        if not known:
            keys.keep(key)
    try:
        yield
    except BaseException:
        if not known:
            keys.forget(key)
        raise


def install(staged: Path, target: Path) -> Path | None:
    """Put the base ``staged`` in the place of ``target``, which is kept beside it.

    At every moment ``target`` is the one or the other. Returns where the former one is kept.

    Raises:
        StorageError: the target is open elsewhere or cannot be kept; it is then untouched.
    """
    target = target.expanduser().absolute()
    _fold_in(target)
    kept = None
    with _written(target):
        if target.exists():
            kept = snapshot_path(target, "avant-restauration")
            _copy_whole(target, kept)
        try:
            # A journal file of the former base must not be read into the new one.
            for suffix in _JOURNALS:
                target.with_name(target.name + suffix).unlink(missing_ok=True)
            staged.replace(target)
            sync_file(target)
        except OSError:
            with suppress(OSError):
                _put_back(kept, target)
            raise
    return kept


def discard(copy: Path) -> None:
    """Remove a copy, whole or not, if it is there and the disk lets it go."""
    for suffix in ("", *_JOURNALS):
        with suppress(OSError):
            copy.with_name(copy.name + suffix).unlink(missing_ok=True)


def clear_leftovers(base: Path) -> None:
    """Remove what a process that was killed had begun to copy beside ``base``, which is locked."""
    stem = escape(base.stem)
    stamp = "[0-9]" * 8 + "-" + "[0-9]" * 6
    patterns = (f"{stem}.*.{stamp}*{base.suffix}.part*", f"{stem}.{_STAGED}.{stamp}*")
    with suppress(OSError):
        for file in [file for pattern in patterns for file in base.parent.glob(pattern)]:
            file.unlink()


def discard_staged(staged: Path) -> None:
    """Remove what ``stage`` made, and the copy kept where it was brought to a newer format."""
    discard(staged)
    with suppress(OSError):
        for former in staged.parent.glob(f"{escape(staged.stem)}.avant-*"):
            discard(former)


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
    try:
        salt = keys.salt_of(source) if source.is_file() else None
    except OSError as problem:
        raise StorageError(
            f"La sauvegarde {source} ne peut pas être lue ({reason(problem)}) : vérifiez que "
            f"la clé est branchée et vos droits sur ce fichier."
        ) from problem
    if salt is None:
        raise StorageError(f"La sauvegarde {source} n’existe pas ou est vide. Vérifiez le chemin.")
    if not code:
        return keys.find_key(source, salt)
    key = keys.key_from_code(code, salt)
    if key is None:
        raise KeyMissingError(
            "Le code de récupération n’est pas complet : recopiez tous ses groupes de quatre "
            "signes."
        )
    return key


def _check(source: Path, key: keys.BaseKey) -> None:
    with in_french(source):
        check = sqlite.connect(
            f"{source.as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None
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


def _fold_in(target: Path) -> None:
    """Write the journal file of the base at ``target`` into it, where it can be opened.

    A damaged base, a newer one or one without key is left as it is: it is to be replaced.

    Raises:
        LockedBaseError: another instance holds it.
    """
    if not target.exists():
        return
    try:
        current, _ = open_base(target, create=False)
    except LockedBaseError:
        raise
    except StorageError:
        return
    try:
        current.fold_in()
    finally:
        current.close()


def _copy_whole(source: Path, target: Path) -> None:
    """Copy a base that is closed, with the journal file that a killed process may have left."""
    try:
        for suffix in ("", *_JOURNALS):
            file = source.with_name(source.name + suffix)
            if file.exists():
                copy = target.with_name(target.name + suffix)
                shutil.copyfile(file, copy)
                sync_file(copy)
    except OSError:
        discard(target)
        raise


def _put_back(kept: Path | None, target: Path) -> None:
    """Give ``target`` the content that it had before it was to be replaced."""
    if kept is None:
        discard(target)
        return
    for suffix in ("", *_JOURNALS):
        file = kept.with_name(kept.name + suffix)
        if file.exists():
            file.replace(target.with_name(target.name + suffix))


@contextmanager
def _written(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        raise StorageError(
            f"La base {target} ne peut pas être remplacée ({reason(problem)}) : rien n’a été "
            f"modifié. Vérifiez la place et vos droits dans ce dossier, puis recommencez."
        ) from problem


def _same_file(left: Path, right: Path) -> bool:
    return left.exists() and right.exists() and left.samefile(right)
