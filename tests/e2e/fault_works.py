"""What the sweep of faults does: the command line, and what only the window does."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QByteArray

from numecole_desktop import cli
from numecole_desktop.cli.output import refuse
from numecole_desktop.domain.problem import Problem
from numecole_desktop.services import import_undo
from numecole_desktop.services.workspace import Workspace, finished
from numecole_desktop.ui.state import WindowState


def numecole(*arguments: str) -> None:
    """The command line."""
    sys.argv = ["numecole", *arguments]
    cli.main()


def undo_import(base: str) -> None:
    """Take the last import back, as the window does."""
    with _refusals(), Workspace.open(Path(base), create=False) as workspace:
        finished(import_undo.undo_import(workspace, import_undo.imports(workspace)[0].id))


def remember(file: str) -> None:
    """What the window writes as it is used."""
    state = WindowState(Path(file))
    state.put("window/theme", "dark")
    state.put_data("window/geometry", QByteArray(b"0" * 500))
    state.write_now()


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except Problem as problem:
        refuse(problem)
