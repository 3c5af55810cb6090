"""A device or a pipe under the name of a file is refused, and stays."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from numecole_desktop.domain.problem import Problem
from numecole_desktop.durable import write_whole
from numecole_desktop.services import maintenance
from numecole_desktop.services.workspace import Workspace
from tests.conftest import finish

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipe has a name here")


def test_a_pipe_is_not_replaced_by_a_file(tmp_path: Path) -> None:
    pipe = tmp_path / "profil.pdf"
    os.mkfifo(pipe)
    with pytest.raises(Problem, match="ce n’est pas un fichier ordinaire"):
        write_whole(pipe, b"x")
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert list(tmp_path.iterdir()) == [pipe]


def test_a_pipe_is_not_replaced_by_a_backup(tmp_path: Path, base_path: Path) -> None:
    with Workspace.open(base_path) as workspace:
        saved = finish(maintenance.backup(workspace, tmp_path / "s.numecole"))
    pipe = tmp_path / "tuyau"
    os.mkfifo(pipe)
    with pytest.raises(Problem, match="n’est pas un fichier"):
        finish(maintenance.restore(saved, pipe))
    assert stat.S_ISFIFO(pipe.stat().st_mode)
