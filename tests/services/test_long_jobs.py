"""Verifying, backing up and exporting: they say how far they are, and can be stopped anywhere."""

from collections.abc import Callable
from pathlib import Path

import pytest

from numecole_desktop.services import exporting, maintenance
from numecole_desktop.services.workspace import Job, Workspace, finished
from tests.conftest import import_text
from tests.services.support import everything

Make = Callable[[Workspace, Path], Job[object]]

JOBS: dict[str, Make] = {
    "verify": lambda workspace, _: maintenance.verify(workspace),
    "backup": lambda workspace, folder: maintenance.backup(workspace, folder / "a.numecole"),
    "csv": lambda workspace, folder: exporting.export(workspace, "csv", folder),
    "json": lambda workspace, folder: exporting.export(workspace, "json", folder),
}


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("name", JOBS)
def test_progress_never_goes_back_nor_beyond_its_end(
    workspace: Workspace, tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "sortie"
    folder.mkdir()
    seen = list(JOBS[name](workspace, folder))
    counted = [step for step in seen if step.total]
    assert len(seen) >= 2
    assert all(step.label for step in seen)
    assert [step.done for step in counted] == sorted(step.done for step in counted)
    assert all(step.done <= step.total for step in counted)


@pytest.mark.parametrize("name", JOBS)
def test_stopped_at_any_step_nothing_is_half_written(
    workspace: Workspace, tmp_path: Path, name: str
) -> None:
    import_text(workspace, "ent-conventions", "uai;annee_scolaire;convention\n", tmp_path)
    whole = tmp_path / "entier"
    whole.mkdir()
    count = len(list(JOBS[name](workspace, whole)))
    before, expected = everything(workspace), files(whole)
    for steps in range(1, count + 1):
        folder = tmp_path / f"arret-{steps}"
        folder.mkdir()
        job = JOBS[name](workspace, folder)
        for _ in range(steps):
            next(job)
        job.close()
        left = files(folder)
        if name == "backup":
            assert left == {}
        else:
            assert left.items() <= expected.items()
        assert everything(workspace) == before


def test_a_backup_that_is_stopped_leaves_the_former_one(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "copie.numecole"
    finished(maintenance.backup(workspace, path))
    former = path.read_bytes()
    job = maintenance.backup(workspace, path)
    next(job)
    next(job)
    job.close()
    assert path.read_bytes() == former
    assert [found.name for found in tmp_path.glob("copie*")] == [path.name]
