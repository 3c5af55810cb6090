from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from numecole_desktop.domain.problem import Problem
from numecole_desktop.domain.profile import SchoolProfile
from numecole_desktop.reports.batch import write_profiles
from numecole_desktop.reports.settings import section

MANY = int(section("style", "batch")["processes_from"])


def schools(profile: SchoolProfile, count: int) -> Iterator[SchoolProfile]:
    for number in range(count):
        school = replace(profile.school, uai=f"{number:07d}A", name=f"École {number}")
        yield replace(profile, school=school)


@pytest.mark.parametrize("count", [3, MANY])
def test_every_profile_gets_its_file_and_its_step(
    profiles: dict[str, SchoolProfile],
    drawn: Callable[..., bytes],
    tmp_path: Path,
    count: int,
) -> None:
    steps = list(write_profiles(schools(profiles["full"], count), count, tmp_path))
    assert [(step.done, step.total) for step in steps] == [(n + 1, count) for n in range(count)]
    assert [step.problem for step in steps] == [""] * count
    for step, profile in zip(steps, schools(profiles["full"], count), strict=True):
        assert step.path.name.startswith(f"profil_{profile.school.uai}_ecole-")
    assert sorted(tmp_path.iterdir()) == sorted(step.path for step in steps)
    last = list(schools(profiles["full"], count))[-1]
    assert steps[-1].path.read_bytes() == drawn(last)


@pytest.mark.parametrize("count", [40, MANY])
def test_closing_the_generator_stops_the_rest(
    profiles: dict[str, SchoolProfile], tmp_path: Path, count: int
) -> None:
    work = write_profiles(schools(profiles["full"], count), count, tmp_path)
    assert next(work).done == 1
    work.close()
    written = list(tmp_path.iterdir())
    assert 1 <= len(written) < count
    assert all(path.suffix == ".pdf" and path.stat().st_size > 10_000 for path in written)


@pytest.mark.parametrize("count", [2, MANY])
def test_a_file_that_cannot_be_written_is_told_and_the_others_go_on(
    profiles: dict[str, SchoolProfile], tmp_path: Path, count: int
) -> None:
    blocked = tmp_path / "profil_0000001A_ecole-1_carcassonne_2023-2024.pdf"
    (blocked / "plein").mkdir(parents=True)
    steps = list(write_profiles(schools(profiles["full"], count), count, tmp_path))
    problems = [step for step in steps if step.problem]
    assert [step.path for step in problems] == [blocked]
    assert "ne peut pas être écrit" in problems[0].problem
    assert len([path for path in tmp_path.iterdir() if path.is_file()]) == count - 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="pas de disque plein à simuler")
def test_a_full_disk_is_said_in_french(profiles: dict[str, SchoolProfile], tmp_path: Path) -> None:
    name = "profil_0000000A_ecole-0_carcassonne_2023-2024.pdf"
    (tmp_path / f"{name}.part").symlink_to("/dev/full")
    (step,) = write_profiles(schools(profiles["full"], 1), 1, tmp_path)
    assert "le disque est plein" in step.problem
    assert list(tmp_path.iterdir()) == []


def test_a_logo_that_is_no_image_is_refused_before_anything_is_written(
    profiles: dict[str, SchoolProfile], tmp_path: Path
) -> None:
    with pytest.raises(Problem, match="PNG ou JPEG"):
        list(write_profiles(schools(profiles["full"], 2), 2, tmp_path, b"rien"))
    assert list(tmp_path.iterdir()) == []


def test_the_folder_is_made_or_its_problem_told(
    profiles: dict[str, SchoolProfile], tmp_path: Path
) -> None:
    folder = tmp_path / "mairie" / "profils"
    (step,) = write_profiles(schools(profiles["full"], 1), 1, folder)
    assert step.path.parent == folder
    assert step.path.exists()
    with pytest.raises(Problem, match="un fichier porte déjà ce nom"):
        next(write_profiles(schools(profiles["full"], 1), 1, step.path))
