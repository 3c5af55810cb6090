"""Delivers a finished file whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from numecole_desktop.domain.french import NBSP, quoted
from numecole_desktop.domain.problem import Problem
from numecole_desktop.durable import reason, write_atomic


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
    try:
        write_atomic(out, data)
    except OSError as problem:
        raise OutputError(
            f"{quoted(str(out))} n’a pas pu être écrit ({reason(problem)}){NBSP}: fermez ce "
            f"fichier s’il est ouvert, libérez de la place ou choisissez un autre dossier."
        ) from problem


def make_folder(folder: Path) -> None:
    """Make sure that ``folder`` exists.

    Raises:
        OutputError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise OutputError(
            f"Le dossier {quoted(str(folder))} n’a pas pu être créé ({reason(problem)}){NBSP}: "
            f"choisissez-en un autre."
        ) from problem
