"""The USB key pulled out in the middle: said with what to do, nothing half-written, done again."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest

from numecole_desktop.domain.problem import Problem
from numecole_desktop.services import batch_import, batches, exporting, maintenance, profiles
from numecole_desktop.services.workspace import Job, Workspace, finished
from tests.conftest import SCHOOLS, YEAR
from tests.e2e.test_exchange_faults import pair
from tests.exchange.posts import Post

__all__ = ["pair"]

pytestmark = pytest.mark.e2e

Writing = Callable[[Workspace, Path], Job[object]]

WRITINGS: dict[str, Writing] = {
    "lot": batches.create_batch,
    "profils": lambda workspace, key: profiles.write_all_profiles(workspace, YEAR, key),
    "sauvegarde": lambda workspace, key: maintenance.backup(workspace, key / "s.numecole"),
    "export": lambda workspace, key: exporting.export(workspace, "csv", key),
}


@pytest.fixture
def key(tmp_path: Path) -> Iterator[Path]:
    """A key that is mounted."""
    folder = tmp_path / "media" / "CLE"
    folder.mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "none", str(folder)]
    if shutil.which("mount") is None or subprocess.run(mount, check=False).returncode:
        pytest.skip("only root may mount a key here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False, capture_output=True)


def pull(key: Path) -> None:
    """Out of the socket: what is open there dies, and its folder goes."""
    subprocess.run(["umount", "-l", str(key)], check=True)
    key.rmdir()
    # A system makes no folder where keys appear on behalf of a program.
    key.parent.rmdir()
    key.parent.touch()


def steps(job: Generator[object, None, object]) -> int:
    count = 0
    for _ in job:
        count += 1
    return count


@pytest.mark.parametrize("name", WRITINGS)
def test_a_key_pulled_at_any_step_is_said(
    pair: tuple[Post, Post], key: Path, tmp_path: Path, name: str
) -> None:
    writing, (post, _) = WRITINGS[name], pair
    elsewhere = tmp_path / "ailleurs"
    elsewhere.mkdir()
    total = steps(writing(post.workspace, elsewhere))
    step = total - 1
    job = writing(post.workspace, key)
    for _ in range(step):
        next(job)
    pull(key)
    if name == "profils":
        report = finished(job)
        assert report.failed  # type: ignore[attr-defined]
        said = report.failed[-1][1]  # type: ignore[attr-defined]
    else:
        with pytest.raises(Problem) as refused:
            finished(job)
        said = str(refused.value)
    assert "CLE" in said
    assert "choisissez" in said or "Choisissez" in said or "clé est branchée" in said
    assert "système répond" not in said
    key.parent.unlink()
    key.mkdir(parents=True)
    finished(writing(post.workspace, key))
    assert not list(key.glob("*.part*"))
    assert finished(maintenance.verify(post.workspace)).ok


@pytest.mark.parametrize("name", WRITINGS)
def test_a_full_key_is_said_and_holds_nothing_half_written(
    pair: tuple[Post, Post], key: Path, name: str
) -> None:
    (key / "photos").write_bytes(bytes(shutil.disk_usage(key).free - 4096))
    writing, (post, _) = WRITINGS[name], pair
    if name == "profils":
        report = finished(writing(post.workspace, key))
        assert len(report.failed) == len(SCHOOLS)  # type: ignore[attr-defined]
        assert "plein" in report.failed[0][1]  # type: ignore[attr-defined]
    else:
        with pytest.raises(Problem, match="plein"):
            finished(writing(post.workspace, key))
    # A file of an export that went in before is whole.
    assert {path.name for path in key.iterdir()} <= {"photos", "annuaire.csv"}


def test_a_batch_read_from_a_key_that_goes_changes_nothing(
    pair: tuple[Post, Post], key: Path
) -> None:
    one, other = pair
    path = one.send(key)
    job = batch_import.import_batch(other.workspace, path)
    next(job)
    pull(key)
    with pytest.raises(Problem, match="clé est branchée"):
        finished(job)
    assert finished(maintenance.verify(other.workspace)).ok
