"""Durable writing of small files, whole or not at all, and why the system refuses one."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from numecole_desktop.domain.french import NBSP
from numecole_desktop.domain.problem import Problem


def write_atomic(
    path: Path, data: bytes, mode: int = 0o644, check: Callable[[bytes], object] | None = None
) -> None:
    """Write ``data`` to ``path`` through a temporary file of the same folder.

    ``check`` receives what was read back from the disk before the file takes its name; whatever
    it raises refuses the file.

    Raises:
        OSError: the folder cannot be written; ``path`` then keeps its former content.
    """
    if not path.name:
        raise IsADirectoryError(errno.EISDIR, "", str(path))
    temporary = path.with_name(path.name + ".part")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if check is not None:
            check(temporary.read_bytes())
        put_in_place(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def write_whole(path: Path, data: bytes, mode: int = 0o644) -> Path:
    """Write a file that a person asked for, in a folder made if need be; returns ``path``.

    Raises:
        Problem: the system refuses; what stood there is untouched.
    """
    mend = "fermez-le s’il est ouvert, ou choisissez un autre dossier."
    with explained(f"Le fichier {path} ne peut pas être écrit", mend):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(path, data, mode)
    return path


def make_folder(folder: Path) -> None:
    """Make sure that ``folder`` exists.

    Raises:
        Problem: it cannot be made.
    """
    with explained(f"Le dossier {folder} ne peut pas être créé", "choisissez-en un autre."):
        folder.mkdir(parents=True, exist_ok=True)


def put_in_place(temporary: Path, path: Path) -> None:
    """Give a finished file its name for good; a name that was free is free again where it fails.

    Raises:
        OSError: the folder cannot be written, the disk does not answer, or the name is that of a
            device or a pipe, which a file is not to replace.
    """
    free = not path.exists()
    if not (free or path.is_file() or path.is_dir()):
        raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))
    temporary.replace(path)
    try:
        sync_folder(path.parent)
    except OSError:
        if free:
            path.unlink(missing_ok=True)
        raise


def sync_file(path: Path) -> None:
    """Force the content of ``path`` and its folder entry to the disk."""
    descriptor = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Force the entries of ``folder`` to the disk, where the system allows it."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def explained(what: str, mend: str = "") -> Iterator[None]:
    """Around what the system may refuse: « what (why) : mend » is then said.

    Raises:
        Problem: it refused.
    """
    try:
        yield
    except OSError as problem:
        then = f"{NBSP}: {mend}" if mend else "."
        raise Problem(f"{what} ({reason(problem)}){then}") from problem


def reason(problem: OSError) -> str:
    """Why the system refuses, in French."""
    return _REASONS.get(problem.errno or 0, f"le système répond{NBSP}: erreur {problem.errno}")


_REASONS = {
    errno.EACCES: "accès refusé",
    errno.EPERM: "accès refusé",
    errno.EROFS: "disque en lecture seule",
    errno.ENOSPC: "le disque est plein",
    errno.EDQUOT: "votre espace est plein",
    errno.EFBIG: "fichier trop gros",
    errno.EIO: "le disque ne répond pas correctement",
    errno.ENOENT: "dossier ou fichier introuvable",
    errno.EEXIST: "un fichier porte déjà ce nom",
    errno.ENOTDIR: "un fichier porte le nom d’un dossier du chemin",
    errno.EISDIR: "c’est un dossier",
    errno.ENAMETOOLONG: "nom trop long",
    errno.EINVAL: "nom refusé par le système",
    errno.EBUSY: "fichier occupé",
    errno.ENOTSUP: "ce n’est pas un fichier ordinaire",
    errno.EMFILE: "trop de fichiers sont ouverts",
    errno.ENFILE: "trop de fichiers sont ouverts",
    errno.ENODEV: "le support n’est plus branché",
    errno.ENXIO: "le support n’est plus branché",
    errno.ESTALE: "le dossier partagé n’est plus là",
    errno.ETIMEDOUT: "le dossier partagé ne répond pas",
}
