"""What town halls are given, many files at once."""

from pathlib import Path

import pytest

from numecole_desktop.domain.problem import Problem
from numecole_desktop.services.town_halls import write_town_hall_profiles
from numecole_desktop.services.workspace import Workspace
from tests.conftest import YEAR, finish
from tests.e2e.hands import text_of


def names(folder: Path) -> list[str]:
    return sorted(path.name.split("_")[2] for path in folder.glob("profil_commune_*.pdf"))


def test_every_commune_of_a_circonscription_has_its_file(
    workspace: Workspace, tmp_path: Path
) -> None:
    folder = tmp_path / "mairies"
    job = write_town_hall_profiles(workspace, "circonscription", "0111031L", YEAR, folder)
    report = finish(job)
    assert names(folder) == ["11069", "11070", "11999"]
    assert (len(report.written), report.failed) == (3, [])
    assert all(path.read_bytes().startswith(b"%PDF") for path in report.written)


def test_a_commune_goes_with_the_profiles_of_its_schools(
    workspace: Workspace, tmp_path: Path
) -> None:
    report = finish(write_town_hall_profiles(workspace, "commune", "11069", YEAR, tmp_path))
    assert names(tmp_path) == ["11069"]
    assert {p.name.split("_")[1] for p in report.written} == {
        "commune",
        "0110160P",
        "0110161R",
        "0110182N",
    }


def test_stopping_keeps_whole_files_only(workspace: Workspace, tmp_path: Path) -> None:
    job = write_town_hall_profiles(workspace, "circonscription", "0111031L", YEAR, tmp_path)
    seen = [next(job), next(job)]
    job.close()
    assert [(step.done, step.total) for step in seen] == [(0, 3), (1, 3)]
    assert names(tmp_path) == ["11069"]
    assert not list(tmp_path.glob("*.part*"))


def test_a_file_that_cannot_be_written_is_named_and_the_others_are(
    workspace: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "profil_commune_11070_carlipa_2023-2024.pdf").mkdir()
    job = write_town_hall_profiles(workspace, "circonscription", "0111031L", YEAR, tmp_path)
    report = finish(job)
    assert [subject for subject, _ in report.failed] == ["Carlipa"]
    assert len(report.written) == 2


def test_a_territory_without_open_school_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(Problem, match="école"):
        finish(write_town_hall_profiles(workspace, "commune", "99999", YEAR, tmp_path))


def test_the_town_hall_reads_what_is_not_known_as_such(
    workspace: Workspace, tmp_path: Path
) -> None:
    finish(write_town_hall_profiles(workspace, "commune", "11069", YEAR, tmp_path))
    (commune,) = tmp_path.glob("profil_commune_*.pdf")
    said = " ".join(text_of(commune).split())
    assert "Robots : n.c." in said.replace("\u00a0", " ")
    assert "n.c.." not in said
