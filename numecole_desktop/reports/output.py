"""Delivers a finished file whole or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import BinaryIO

from numecole_desktop.domain.french import NBSP, quoted
from numecole_desktop.domain.problem import Problem


class OutputError(Problem):
    """A file cannot be written; what was there before is untouched."""


def deliver(data: bytes, out: BinaryIO | Path) -> None:
    """Write ``data`` to an open binary file, or to a path.

    A path gets its content at once, from a file beside it: a full disk or a kill leaves what was
    there before.

    Raises:
        OutputError: the path cannot be written.
        OSError: the open file cannot be written.
    """
    if not isinstance(out, Path):
        out.write(data)
        return
    part = out.with_name(f"{out.name}.{os.getpid()}.part")
    try:
        part.write_bytes(data)
        part.replace(out)
    except OSError as problem:
        _discard(part)
        raise OutputError(
            f"{quoted(out.name)} n’a pas pu être écrit{NBSP}: {_why(problem)}."
        ) from problem
    except BaseException:
        _discard(part)
        raise


def make_folder(folder: Path) -> None:
    """Make sure that ``folder`` exists.

    Raises:
        OutputError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise OutputError(
            f"Le dossier {quoted(str(folder))} n’a pas pu être créé{NBSP}: {_why(problem)}."
        ) from problem


def _discard(part: Path) -> None:
    # The disk that refused the file may refuse this too; the first refusal is the one to tell.
    try:
        part.unlink(missing_ok=True)
    except OSError:
        return


def _why(problem: OSError) -> str:
    """What happened and how to mend it, in French; the system's own words may be English."""
    match problem.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return "le disque est plein, libérez de la place ou choisissez un autre dossier"
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return (
                "l’accès est refusé, fermez ce fichier s’il est ouvert ailleurs ou choisissez un "
                "autre dossier"
            )
        case errno.ENOENT | errno.ENOTDIR:
            return "ce dossier n’existe pas, choisissez-en un autre"
        case errno.EISDIR:
            return "un dossier porte déjà ce nom, choisissez un autre nom"
        case errno.EEXIST:
            return "un fichier porte déjà ce nom, choisissez un autre dossier"
        case _:
            return f"le système répond {quoted(str(problem.strerror or problem))}"
