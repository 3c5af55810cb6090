"""An import as a job: header to settle by hand, cancelled, disturbed, refused whole."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from numecole_desktop.domain.problem import Problem
from numecole_desktop.services.import_columns import MappingNeeded
from numecole_desktop.services.importing import KINDS, run_import
from numecole_desktop.services.workspace import Progress, Workspace
from tests.conftest import finish, import_text
from tests.services.support import GOOD, assert_sound, declarations, everything, line, rows, write

STRANGE = "Code de l’école;Exercice;Combien de classes\n0110160P;2023-2024;4\n"
MAPPING = {"Code de l’école": "uai", "Exercice": "year", "Combien de classes": "A1"}


def test_kinds_are_named() -> None:
    assert [name for name, _ in KINDS] == [
        "annuaire",
        "declarations",
        "ent-conventions",
        "ent-periodes",
        "ent-classes",
        "gar",
        "labels",
        "effectifs",
    ]


def test_an_unknown_kind_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(Problem, match="gar, labels ou effectifs"):
        finish(run_import(workspace, "panorama", write(tmp_path, "x")))


@pytest.mark.parametrize("running", [True, False])
def test_an_import_leaves_the_collector_of_cycles_as_it_was(
    workspace: Workspace, tmp_path: Path, running: bool
) -> None:
    job = run_import(workspace, "declarations", write(tmp_path, declarations(line("0110160P"))))
    try:
        if not running:
            gc.disable()
        next(job)
        assert gc.isenabled() is running
        finish(job)
        assert gc.isenabled() is running
    finally:
        gc.enable()


def test_unknown_columns_ask_for_a_mapping(workspace: Workspace, tmp_path: Path) -> None:
    before = everything(workspace)
    with pytest.raises(MappingNeeded, match="Il manque la colonne «\u00a0UAI\u00a0»") as needed:
        finish(run_import(workspace, "declarations", write(tmp_path, STRANGE)))
    assert needed.value.headers == ("Code de l’école", "Exercice", "Combien de classes")
    assert [c.name for c in needed.value.missing] == ["uai"]
    assert needed.value.known == {}
    assert {c.name for c in needed.value.columns} >= {"uai", "year", "A1", "D1"}
    assert everything(workspace) == before


def test_a_mapping_is_used_then_remembered_for_that_header(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = write(tmp_path, STRANGE)
    said = finish(run_import(workspace, "declarations", path, mapping=MAPPING, simulate=True))
    assert said.new == 1
    with pytest.raises(MappingNeeded):
        finish(run_import(workspace, "declarations", path))
    assert finish(run_import(workspace, "declarations", path, mapping=MAPPING)).new == 1
    # The next file with those columns, in another order and with other titles above, is read.
    other = write(
        tmp_path,
        "Mon tableau\ncombien DE classes;code de l'école;exercice\n7;0110161R;23-24\n",
        "g.csv",
    )
    report = finish(run_import(workspace, "declarations", other))
    assert report.new == 1
    assert '{"A1":7}' in [row["answers"] for row in rows(workspace, "declaration")]
    with pytest.raises(MappingNeeded):
        finish(run_import(workspace, "annuaire", other))
    third = write(tmp_path, STRANGE.replace("Exercice", "Millésime"), "h.csv")
    with pytest.raises(MappingNeeded):
        finish(run_import(workspace, "declarations", third))
    assert_sound(workspace)


def test_a_mapping_that_misses_a_column_asks_again(workspace: Workspace, tmp_path: Path) -> None:
    path = write(tmp_path, STRANGE)
    with pytest.raises(MappingNeeded):
        finish(run_import(workspace, "declarations", path, mapping={"Combien de classes": "A1"}))
    with pytest.raises(Problem):
        finish(run_import(workspace, "declarations", path, mapping={**MAPPING, "Exercice": "uai"}))
    assert rows(workspace, "declaration") == []


@pytest.mark.parametrize(
    "text",
    ["", "   \n \n", "\0\0\0\0", "<html></html>", "%PDF-1.7\n", 'uai;A1\n"0110160P;4\n'],
    ids=["empty", "blank", "nul", "html", "pdf", "open-quote"],
)
def test_a_file_that_is_no_table_changes_nothing(
    workspace: Workspace, tmp_path: Path, text: str
) -> None:
    before = everything(workspace)
    path = write(tmp_path, text)
    with pytest.raises(Problem, match=r"\.$"):
        finish(run_import(workspace, "declarations", path))
    assert everything(workspace) == before


def test_a_header_alone_is_an_import_of_nothing(workspace: Workspace, tmp_path: Path) -> None:
    before = everything(workspace)
    report = finish(run_import(workspace, "declarations", write(tmp_path, "uai;A1\n")))
    assert (report.lines, report.accepted, report.findings) == (0, 0, ())
    assert everything(workspace) == before


@pytest.mark.parametrize("name", ["absent.csv", ".", "x" * 300])
def test_a_file_that_is_not_there_is_refused(
    workspace: Workspace, tmp_path: Path, name: str
) -> None:
    with pytest.raises(Problem):
        finish(run_import(workspace, "declarations", tmp_path / name))


def large(folder: Path, uais: list[str]) -> Path:
    text = declarations(
        *(line(u, f"{y}-{y + 1}", **GOOD) for y in range(2020, 2060) for u in uais * 20)
    )
    return write(folder, text, "grand.csv")


def test_a_cancelled_import_leaves_nothing(workspace: Workspace, tmp_path: Path) -> None:
    uais = [row["uai"] for row in rows(workspace, "school")]
    path = large(tmp_path, uais)
    before = everything(workspace)
    seen = 0
    while True:
        job = run_import(workspace, "declarations", path)
        steps: list[Progress] = []
        for step in job:
            steps.append(step)
            if len(steps) > seen:
                break
        else:
            break
        job.close()
        assert everything(workspace) == before
        seen += 1
    assert seen > 2
    assert everything(workspace) != before
    assert_sound(workspace)


def test_progress_goes_on_to_its_end(workspace: Workspace, tmp_path: Path) -> None:
    uais = [row["uai"] for row in rows(workspace, "school")]
    steps = list(run_import(workspace, "declarations", large(tmp_path, uais)))
    assert steps[0].done == 0
    done = [step.done for step in steps]
    assert done == sorted(done)
    assert all(step.done <= step.total for step in steps if step.total)
    assert all(step.label for step in steps)


def test_after_a_cancelled_import_saves_are_kept(workspace: Workspace, tmp_path: Path) -> None:
    """A transaction left open by the job would swallow what follows."""
    uais = [row["uai"] for row in rows(workspace, "school")]
    job = run_import(workspace, "declarations", large(tmp_path, uais))
    next(job)
    next(job)
    job.close()
    import_text(workspace, "declarations", declarations(line("0110160P", **GOOD)), tmp_path)
    path = workspace.path
    workspace.close()
    with Workspace.open(path) as again:
        assert [row["uai"] for row in rows(again, "declaration")] == ["0110160P"]
        assert_sound(again)


def test_a_file_that_changes_while_it_is_read_changes_nothing(
    workspace: Workspace, tmp_path: Path
) -> None:
    uais = [row["uai"] for row in rows(workspace, "school")]
    path = large(tmp_path, uais)
    before = everything(workspace)
    job = run_import(workspace, "declarations", path)
    next(job)
    next(job)
    path.write_text(declarations(line("0110160P", A1="1")), encoding="utf-8")
    with pytest.raises(Problem, match="a changé ou disparu"):
        list(job)
    assert everything(workspace) == before
    assert_sound(workspace)


def test_a_bug_in_the_middle_leaves_nothing(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    uais = [row["uai"] for row in rows(workspace, "school")]
    path = large(tmp_path, uais)
    before = everything(workspace)
    job = run_import(workspace, "declarations", path)
    next(job)
    next(job)
    monkeypatch.setattr(workspace.projection, "apply", None, raising=False)
    with pytest.raises(TypeError):
        list(job)
    monkeypatch.undo()
    assert everything(workspace) == before
    assert_sound(workspace)


def test_the_name_of_a_file_may_be_in_another_encoding(
    workspace: Workspace, tmp_path: Path
) -> None:
    """A USB key written on an old Windows machine: the name is not UTF-8."""
    path = tmp_path / "d\udce9clarations.csv"
    path.write_text(declarations(line("0110160P", **GOOD)), encoding="utf-8")
    report = finish(run_import(workspace, "declarations", path))
    assert report.new == 1
    assert report.file == "d?clarations.csv"
    assert rows(workspace, "import_run")[0]["file"] == "d?clarations.csv"
