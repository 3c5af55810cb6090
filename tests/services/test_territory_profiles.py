"""What a territory's profile says of what is not known, on a small base."""

from __future__ import annotations

from pathlib import Path

import pytest

from numecole_desktop.domain.journal import RecordKind, Source
from numecole_desktop.domain.territory_profile import FigureLine, TerritoryProfile
from numecole_desktop.services import territory_profiles, yearly_report
from numecole_desktop.services.workspace import Workspace, finished
from tests.conftest import YEAR, import_text

HEADER = "uai;annee_scolaire;A1;A2;A3;A4;A5;A6;A7;B1;B2;B3;C1;C2;C3;D1\n"
NEW = "0110160P;2023-2024;4;FIBRE;3;NON;NON;NON;OUI;4;4;0;1;0;0;\n"


def profile(workspace: Workspace) -> TerritoryProfile:
    return territory_profiles.territory_profile(workspace, "circonscription", "0111031L", YEAR)


def lines(workspace: Workspace, commune: str) -> dict[str, FigureLine]:
    found = territory_profiles.commune_profile(workspace, commune, YEAR)
    return {line.name: line for group in found.groups for line in group.lines}


def test_what_no_school_answered_is_not_known_rather_than_zero(
    workspace: Workspace, tmp_path: Path
) -> None:
    import_text(workspace, "declarations", HEADER + NEW, tmp_path)
    silent = lines(workspace, "11070")
    for name in ("classes", "schools_socle", "classes_teacher_equipped", "robots"):
        assert (silent[name].text, silent[name].percent) == ("n.c.", None), name
    assert silent["schools"].text == "1"
    assert (silent["schools_up_to_date"].text, silent["schools_up_to_date"].percent) == ("0", 0)
    heard = lines(workspace, "11069")
    assert (heard["schools_socle"].text, heard["schools_socle"].percent) == ("1", 33)
    assert heard["robots"].text == "3"


def test_parts_are_in_french_order(workspace: Workspace) -> None:
    assert [name for name, _, _ in profile(workspace).parts] == [
        "Carcassonne",
        "Carlipa",
        "Évreux-sur-Aude",
    ]


@pytest.mark.parametrize(
    ("up_to_date", "known", "told"),
    [
        (0, 0, "5 écoles n’ont pas encore validé {of} : leur équipement n’est pas connu."),
        (4, 4, "1 école n’a pas encore validé {of} : son équipement n’est pas connu."),
        (4, 5, "1 école n’a pas encore validé {of} : sa {last}."),
        (1, 5, "4 écoles n’ont pas encore validé {of} : leur {last}."),
        (1, 4, "4 écoles n’ont pas encore validé {of} : leur {last}, sauf une qui n’en a aucune."),
        (1, 2, "4 écoles n’ont pas encore validé {of} : leur {last}, sauf 3 qui n’en ont aucune."),
        (5, 5, "Toutes les écoles ont validé leur déclaration 2023-2024."),
    ],
)
def test_schools_behind_are_said_with_what_is_used_instead(
    up_to_date: int, known: int, told: str
) -> None:
    counts = {"schools": 5, "schools_up_to_date": up_to_date, "schools_known": known}
    words = told.format(
        of="de déclaration 2023-2024", last="dernière déclaration connue est utilisée"
    )
    assert territory_profiles.campaign_notes(counts, YEAR)[0].replace("\u00a0", " ") == words


def test_a_source_is_dated_in_french(workspace: Workspace, tmp_path: Path) -> None:
    import_text(
        workspace,
        "ent-conventions",
        "uai;annee_scolaire;convention\n0110160P;2023-2024;1\n",
        tmp_path,
    )
    assert profile(workspace).sources[-1].published == "importé le 5\u00a0mars\u00a02024"


def test_the_yearly_report_draws_no_bar_for_what_is_not_known(
    workspace: Workspace, tmp_path: Path
) -> None:
    import_text(workspace, "declarations", HEADER + NEW, tmp_path)
    elsewhere = ("0480001A", "École", "primaire", "Mende", True, "Montpellier", "048", "1968-01-29")
    columns = ("uai", "name", "type", "commune", "public", "academy", "department_code")
    workspace.record(
        RecordKind.SCHOOL, (*columns, "opened_on"), [elsewhere], source=Source.IMPORTED
    )
    report = finished(yearly_report.yearly_report(workspace, "Montpellier", YEAR))
    tables = {table.title: table for table in report.chapters[0].tables}
    table = tables["Écoles au niveau du socle selon le département"]
    assert [row[0] for row in table.rows] == ["Aude", "Lozère", "Académie"]
    assert table.rows[1] == ("Lozère", "1", "n.c.")
    assert table.shares == (("Aude", 20), ("Académie", 17))
