"""Every published figure of the sample's nine circonscriptions, and the slips of the report."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.services.demo import build_demo
from numecole_desktop.services.territories import (
    schools_behind,
    selection_figures,
    territory_document,
    territory_figures,
)
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.storage import figures
from tests.conftest import DATA, finish

YEAR = SchoolYear(2023)
SLIPS = {
    # The report divides schools with a web TV by classes (inconsistencies.md, section 3.1).
    ("LEZIGNAN-CORBIERES", "pct_schools_with_webtv"): ("1", 3),
    ("NARBONNE 2", "pct_schools_with_webtv"): ("0", 2),
}
NOT_FIGURES = {"name", "department_code", "circonscription_code", "n_declarations_in_year"}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("sample")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
        patch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
        path = finish(build_demo(folder))
        with Workspace.open(path) as opened:
            yield opened


def expected_rows() -> list[dict[str, str]]:
    path: Path = DATA / "sample" / "expected.csv"
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("row", expected_rows(), ids=lambda row: str(row["name"]))
def test_every_figure_is_the_published_one(sample: Workspace, row: dict[str, str]) -> None:
    document = territory_document(sample, "circonscription", row["circonscription_code"], YEAR)
    wrong = {}
    for figure, printed in row.items():
        if figure in NOT_FIGURES:
            continue
        found = document["schools_known" if figure == "n_known" else figure]
        if str(found) != printed and SLIPS.get((row["name"], figure)) != (printed, found):
            wrong[figure] = (printed, found)
    assert not wrong
    assert document["schools_up_to_date"] == int(row["n_declarations_in_year"])


def test_a_selection_across_territories_is_the_sum_of_its_schools(sample: Workspace) -> None:
    codes = ["0111031L", "0480048S"]
    both = [
        uai
        for code in codes
        for uai in figures.schools_of(sample.base.connection, "circonscription", code, YEAR)
    ]
    found = selection_figures(sample, both, YEAR).counts
    parts = [territory_figures(sample, "circonscription", code, YEAR).counts for code in codes]
    assert found == {name: sum(part[name] for part in parts) for name in found}


def test_the_summary_equals_the_schools_at_each_level(sample: Workspace) -> None:
    connection = sample.base.connection
    for level, code in (
        ("academie", "Montpellier"),
        ("departement", "011"),
        ("circonscription", "0110041K"),
    ):
        uais = figures.schools_of(connection, level, code, YEAR)
        direct = figures.selection_counts(connection, uais, YEAR)
        assert figures.territory_counts(connection, level, code, YEAR) == direct


def test_each_figure_opens_into_the_schools_behind_it(sample: Workspace) -> None:
    found = territory_figures(sample, "circonscription", "0110041K", YEAR).counts
    for name, count in found.items():
        behind = schools_behind(sample, name, "circonscription", "0110041K", YEAR)
        assert sum(brought for _, brought in behind) == count, name
