"""Lists, counts and files are about the territory of the base."""

from pathlib import Path

import pytest

from numecole_desktop.domain.journal import RecordKind, Source
from numecole_desktop.domain.own_territory import EVERYWHERE, OwnTerritory
from numecole_desktop.services import declarations, label_dossiers, settings
from numecole_desktop.services.home import home_page
from numecole_desktop.services.label_forecast import forecast
from numecole_desktop.services.label_lists import dossier_rows
from numecole_desktop.services.opening import first_look
from numecole_desktop.services.own_territory import (
    KEY,
    keep_territory,
    own_territory,
    territory_words,
)
from numecole_desktop.services.profiles import write_all_profiles
from numecole_desktop.services.schools import school_rows
from numecole_desktop.services.workspace import Workspace
from tests.conftest import SCHOOLS, YEAR, finish, import_text

LIMOUX, CARCASSONNE = "0110041K", "0111031L"
FERRY, OTHERS = SCHOOLS[0][0], {school[0] for school in SCHOOLS[1:]}
MINE = OwnTerritory("circonscription", (LIMOUX,))


@pytest.fixture
def split(workspace: Workspace) -> Workspace:
    """The first school alone is in the circonscription of Limoux."""
    workspace.record(
        RecordKind.SCHOOL,
        ("uai", "circonscription_code", "circonscription"),
        [(FERRY, LIMOUX, "Circonscription d'inspection du 1er degré de Limoux")],
        source=Source.IMPORTED,
    )
    return workspace


def test_the_lines_of_the_list_say_which_are_mine(split: Workspace) -> None:
    assert all(row.mine for row in school_rows(split, YEAR))
    keep_territory(split, MINE)
    assert {row.uai for row in school_rows(split, YEAR) if row.mine} == {FERRY}


@pytest.mark.parametrize("everywhere", [False, True])
def test_the_first_look_is_at_my_schools(split: Workspace, everywhere: bool) -> None:
    keep_territory(split, MINE)
    today = split.clock().date()
    look = first_look(split.base, "", today, everywhere=everywhere)
    assert {row.uai for row in look.rows} == ({FERRY} | OTHERS if everywhere else {FERRY})
    assert (look.territory, look.territory_name) == (MINE, "Limoux")


def test_a_territory_has_a_name(split: Workspace) -> None:
    def name(level: str, *codes: str) -> str:
        return territory_words(split.base.connection, OwnTerritory(level, codes))

    assert territory_words(split.base.connection, EVERYWHERE) == ""
    assert name("academie", "Toulouse") == "académie de Toulouse"
    assert name("departement", "011") == "Aude"
    assert name("circonscription", LIMOUX, CARCASSONNE) == "Limoux et Carcassonne"
    assert name("circonscription", "0119999X") == "0119999X"
    assert name("circonscription", "A", "B", "C", "D") == "4\u00a0circonscriptions"


def test_counts_are_those_of_my_schools(split: Workspace, tmp_path: Path) -> None:
    for uai in (FERRY, SCHOOLS[1][0]):
        form = declarations.open_form(split, uai, YEAR)
        declarations.save_answers(split, form, {"A1": 6})
    rows = "\n".join(f"{uai};{YEAR.previous};2" for uai in (FERRY, SCHOOLS[2][0]))
    import_text(split, "labels", f"uai;annee_scolaire;niveau\n{rows}\n", tmp_path)
    label_dossiers.create(split, FERRY, YEAR)
    whole, mine = home_page(split, YEAR), home_page(split, YEAR, MINE)
    assert (whole.schools, mine.schools) == (5, 1)
    assert (whole.drafts, mine.drafts) == (2, 1)
    assert (whole.undeclared, mine.undeclared) == (3, 0)
    assert (whole.labels_ending, mine.labels_ending) == (2, 1)
    assert mine.held == 5
    away = home_page(split, YEAR, OwnTerritory("circonscription", (CARCASSONNE,)))
    assert (whole.dossier_drafts, mine.dossier_drafts, away.dossier_drafts) == (1, 1, 0)
    department = home_page(split, YEAR, OwnTerritory("departement", ("011",)))
    assert department == whole


def test_dossiers_and_renewals_listed_are_mine(split: Workspace, tmp_path: Path) -> None:
    label_dossiers.create(split, FERRY, YEAR)
    text = f"uai;annee_scolaire;niveau\n{SCHOOLS[2][0]};{YEAR.previous};2\n"
    import_text(split, "labels", text, tmp_path)
    outside = OwnTerritory("departement", ("034",))
    inside = OwnTerritory("departement", ("011",))
    assert [row.uai for row in dossier_rows(split, YEAR, within=inside)] == [FERRY]
    assert dossier_rows(split, YEAR, within=outside) == []
    assert SCHOOLS[2][0] in {line.uai for line in forecast(split, YEAR, inside)}
    assert forecast(split, YEAR, outside) == ()


def test_profiles_are_written_for_my_schools(split: Workspace, tmp_path: Path) -> None:
    report = finish(write_all_profiles(split, YEAR, tmp_path / "pdf", within=MINE))
    assert len(report.written) == 1
    assert FERRY in report.written[0].name


@pytest.mark.parametrize("damaged", ["commune\n11069", "circonscription", "\n", "x"])
def test_a_setting_that_cannot_be_read_hides_no_school(split: Workspace, damaged: str) -> None:
    settings.put(split, KEY, damaged)
    assert own_territory(split.base.connection) == EVERYWHERE
    assert all(row.mine for row in school_rows(split, YEAR))
