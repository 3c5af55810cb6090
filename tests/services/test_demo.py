"""The sample base: built once, said to be a sample, never in the place of a base at work."""

from __future__ import annotations

from pathlib import Path

import pytest

from numecole_desktop.domain.problem import Problem
from numecole_desktop.services import declarations, demo, maintenance
from numecole_desktop.services.schools import school_page
from numecole_desktop.services.workspace import Workspace, finished
from tests.conftest import add_schools, finish
from tests.services.support import assert_sound, content, everything, files


def test_the_sample_is_whole_and_says_that_it_is_one(tmp_path: Path) -> None:
    path = finish(demo.build_demo(tmp_path / "demo"))
    with Workspace.open(path, create=False) as workspace:
        assert workspace.sample
        found = content(workspace)
        assert (len(found["school"]), len(found["declaration"])) == (422, 417)
        assert school_page(workspace, demo.SCHOOL_TO_SEE, demo.YEAR).profile.sample
        assert_sound(workspace)


def test_building_it_again_keeps_what_was_entered(tmp_path: Path) -> None:
    path = finish(demo.build_demo(tmp_path / "demo"))
    with Workspace.open(path) as workspace:
        form = declarations.open_form(workspace, demo.SCHOOL_TO_SEE, demo.YEAR)
        declarations.save_answers(workspace, form, {"A3": 12})
        before = everything(workspace)
    assert finish(demo.build_demo(tmp_path / "demo")) == path
    with Workspace.open(path) as workspace:
        assert everything(workspace) == before


@pytest.mark.parametrize("steps", [1, 2, 3, 20])
def test_a_build_that_was_cancelled_is_begun_again(tmp_path: Path, steps: int) -> None:
    job = demo.build_demo(tmp_path / "demo")
    before = files(tmp_path)
    for _ in range(steps):
        next(job)
    job.close()
    assert files(tmp_path) == before
    path = finish(demo.build_demo(tmp_path / "demo"))
    with Workspace.open(path) as workspace:
        assert workspace.sample
        assert len(content(workspace)["school"]) == 422


def test_a_base_at_work_is_not_made_a_sample(tmp_path: Path) -> None:
    path = demo.demo_path(tmp_path / "demo")
    with Workspace.open(path) as workspace:
        add_schools(workspace)
        before = everything(workspace)
    with pytest.raises(Problem, match="base de travail"):
        finish(demo.build_demo(tmp_path / "demo"))
    with Workspace.open(path) as workspace:
        assert everything(workspace) == before
        assert not workspace.sample


def test_a_copy_of_the_sample_is_still_a_sample(tmp_path: Path) -> None:
    path = finish(demo.build_demo(tmp_path / "demo"))
    copy = tmp_path / "copie.numecole"
    with Workspace.open(path) as workspace:
        finished(maintenance.backup(workspace, copy))
    target = tmp_path / "remise.numecole"
    finished(maintenance.restore(copy, target))
    with Workspace.open(target) as workspace:
        assert workspace.sample
