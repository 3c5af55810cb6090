"""A survey filled in by hand: what is read all the same, what is said of it, what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from numecole_desktop.services import import_undo
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.storage import reads
from tests.conftest import YEAR, finish, import_text
from tests.services.support import content

HEAD = "UAI;Année;A1;A2;A3;A4;B1\n"
FILE = (
    HEAD + "0110160P;2023-2024;12 classes;?;n.c.;✓;4\n"
    "0110161R;2023-2024;5;fibre;NC;néant;-\n"
    "0110182N;2023-2024;6;adsl;aucun;oui;2\n"
    "0110151E - Carlipa;2023-2024;env. 10;adsl;1;oui;2\n"
)


def answers(workspace: Workspace, uai: str) -> dict[str, Any]:
    found = reads.declaration(workspace.base.connection, uai, YEAR)
    assert found is not None
    return dict(found.answers)


def test_words_are_read_and_said_once_a_column(workspace: Workspace, tmp_path: Path) -> None:
    report = import_text(workspace, "declarations", FILE, tmp_path)
    assert (report.lines, report.new, report.refused) == (4, 3, 1)
    assert answers(workspace, "0110160P") == {"A1": 12, "A4": True, "B1": 4}
    assert answers(workspace, "0110161R") == {"A1": 5, "A2": "FIBRE", "A4": False}
    assert answers(workspace, "0110182N")["A3"] == 0
    said = {(f.line, f.column, f.value): f.message for f in report.findings}
    assert said[2, "A1", "12 classes"].endswith("lu 12.")
    assert said[2, "A4", "✓"].endswith("lu OUI.")
    assert said[3, "A4", "néant"].endswith("lu NON.")
    assert said[4, "A3", "aucun"].endswith("lu 0.")
    assert "lu comme une case vide" in said[2, "A3", "n.c."]
    assert said[2, "A3", "n.c."].endswith("Idem sur 1\u00a0autre ligne de cette colonne.")
    refused = [(f.line, f.column, f.value) for f in report.findings if f.severity == "error"]
    assert refused == [(5, "A1", "env. 10")]


def test_importing_again_changes_nothing_and_undoing_brings_back_nothing(
    workspace: Workspace, tmp_path: Path
) -> None:
    empty = content(workspace)
    first = import_text(workspace, "declarations", FILE, tmp_path)
    after = content(workspace)
    again = import_text(workspace, "declarations", FILE, tmp_path)
    assert (again.unchanged, again.accepted, again.refused) == (3, 0, 1)
    finish(import_undo.undo_import(workspace, first.import_id))
    assert content(workspace) == empty
    import_text(workspace, "declarations", FILE, tmp_path)
    assert content(workspace) == after


def test_a_line_of_nothing_but_unknown_answers_holds_no_answer(
    workspace: Workspace, tmp_path: Path
) -> None:
    report = import_text(
        workspace, "declarations", HEAD + "0110160P;2023-2024;n.c.;?;-;/;nr\n", tmp_path
    )
    assert report.refused == 1
    assert any("aucune réponse" in found.message for found in report.findings)


@pytest.mark.parametrize(
    ("kind", "first", "second", "told"),
    [
        (
            "declarations",
            HEAD + "0110160P;2023-2024;4;fibre;;oui;4\n",
            HEAD + "0110160P;2023-2024;5;adsl;;oui;\n",
            "A1\u00a0: 4 → 5\u00a0; A2\u00a0: Fibre → ADSL",
        ),
        (
            "ent-conventions",
            "UAI;Année;Convention\n0110160P;2023-2024;non\n",
            "UAI;Année;Convention\n0110160P;2023-2024;oui\n",
            "Convention\u00a0: non → oui",
        ),
        (
            "labels",
            "UAI;Année;Niveau\n0110160P;2023-2024;1\n",
            "UAI;Année;Niveau\n0110160P;2023-2024;3\n",
            "Niveau\u00a0: 1 → 3",
        ),
        (
            "annuaire",
            "UAI;Nom;Ville\n0110160P;Jules Ferry;Foix\n",
            "UAI;Nom;Ville\n0110160P;Lakanal;Pamiers\n",
            "Nom\u00a0: Jules Ferry → Lakanal\u00a0; Ville\u00a0: Foix → Pamiers",
        ),
    ],
)
def test_the_preview_shows_before_and_after(
    workspace: Workspace, tmp_path: Path, kind: str, first: str, second: str, told: str
) -> None:
    import_text(workspace, kind, first, tmp_path)
    (line,) = import_text(workspace, kind, second, tmp_path, simulate=True).preview
    assert (line.outcome, line.details) == ("changed", told)
