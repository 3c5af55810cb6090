"""Actions taken back by new events, and done again."""

from functools import partial
from pathlib import Path

import pytest

from numecole_desktop.domain.declaration import Status
from numecole_desktop.domain.problem import Problem
from numecole_desktop.services import declarations, import_undo, undo_steps
from numecole_desktop.services.undo import Act, acting, take_back
from numecole_desktop.services.undo_steps import Accepted, stamp_of
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.storage import reads
from tests.conftest import YEAR, finish, import_text
from tests.services.support import GOOD, HEADER, assert_sound, content, everything

FIRST, SECOND = "0110160P", "0110161R"
CONVENTIONS = "uai;annee_scolaire;convention\n"


def submit(workspace: Workspace, uai: str = FIRST) -> Act:
    form = declarations.open_form(workspace, uai, YEAR)
    form = declarations.save_answers(workspace, form, {"A1": 2, "B1": 2}).form
    _, act = acting(workspace, partial(declarations.submit, workspace, form))
    assert act is not None
    return act


def status(workspace: Workspace, uai: str = FIRST) -> Status | None:
    held = reads.declaration(workspace.base.connection, uai, YEAR)
    return None if held is None else held.status


def test_a_submission_is_taken_back_and_done_again(workspace: Workspace) -> None:
    act = submit(workspace)
    done = content(workspace)
    taken = finish(take_back(workspace, act))
    assert status(workspace) is Status.DRAFT
    assert taken.changes.declarations == {(FIRST, "2023-2024")}
    assert taken.again is not None
    again = finish(taken.again(workspace))
    assert status(workspace) is Status.SUBMITTED
    assert content(workspace)["declaration"][0]["answers"] == done["declaration"][0]["answers"]
    assert again.again is not None
    finish(again.again(workspace))
    assert status(workspace) is Status.DRAFT
    assert_sound(workspace)


def test_what_was_written_since_is_not_touched(workspace: Workspace) -> None:
    act = submit(workspace)
    form = declarations.open_form(workspace, FIRST, YEAR)
    form = declarations.save_answers(workspace, form, {"A1": 3}).form
    declarations.submit(workspace, form)
    before = everything(workspace)
    with pytest.raises(Problem, match=f"{FIRST} a été modifiée depuis"):
        finish(take_back(workspace, act))
    assert everything(workspace) == before


def test_of_several_records_those_that_moved_on_stay(workspace: Workspace) -> None:
    def close() -> None:
        import_undo.close_schools(workspace, [FIRST, SECOND], YEAR)

    _, act = acting(workspace, close)
    assert act is not None
    import_undo.reopen_school(workspace, SECOND)
    import_undo.close_schools(workspace, [SECOND], YEAR.next)
    taken = finish(take_back(workspace, act))
    closed = {s.uai: s.closed_from for s in reads.schools(workspace.base.connection)}
    assert (closed[FIRST], closed[SECOND]) == (None, "2024-2025")
    assert SECOND in taken.said


def test_what_writes_nothing_is_no_action(workspace: Workspace) -> None:
    assert acting(workspace, lambda: 3) == (3, None)


def accepted(workspace: Workspace, folder: Path) -> tuple[str, Accepted]:
    path = folder / "declarations.csv"
    line = ";".join([FIRST, "2023-2024", *(GOOD[code] for code in HEADER.split(";")[2:])])
    report = import_text(workspace, "declarations", f"{HEADER}\n{line}\n", folder)
    return report.import_id, Accepted("declarations", path, None, None, stamp_of(path))


def test_an_import_is_undone_then_accepted_again(workspace: Workspace, tmp_path: Path) -> None:
    before = content(workspace)
    import_id, file = accepted(workspace, tmp_path)
    stored = content(workspace)
    taken = finish(undo_steps.undo_accepted(workspace, import_id, file))
    assert content(workspace) == before
    assert taken.again is not None
    finish(taken.again(workspace))
    assert content(workspace)["declaration"] == stored["declaration"]


def test_a_file_that_changed_since_is_not_accepted_again(
    workspace: Workspace, tmp_path: Path
) -> None:
    import_id, file = accepted(workspace, tmp_path)
    taken = finish(undo_steps.undo_accepted(workspace, import_id, file))
    file.path.write_text(f"{HEADER}\n", "utf-8")
    before = everything(workspace)
    assert taken.again is not None
    with pytest.raises(Problem, match="a changé depuis"):
        finish(taken.again(workspace))
    file.path.unlink()
    with pytest.raises(Problem, match="a changé depuis"):
        finish(taken.again(workspace))
    assert everything(workspace) == before


def held(workspace: Workspace) -> list[tuple[object, ...]]:
    query = "SELECT uai, year, in_ent FROM school_reference ORDER BY uai, year"
    return list(workspace.base.connection.execute(query))


def test_a_reference_set_that_was_withdrawn_is_put_back(
    workspace: Workspace, tmp_path: Path
) -> None:
    import_text(workspace, "ent-conventions", f"{CONVENTIONS}{FIRST};2023-2024;0\n", tmp_path)
    later = f"{CONVENTIONS}{FIRST};2023-2024;1\n{SECOND};2023-2024;1\n"
    report = import_text(workspace, "ent-conventions", later, tmp_path)
    full = held(workspace)
    import_undo.undo_import(workspace, report.import_id)
    withdrawn = held(workspace)
    assert withdrawn != full
    taken = finish(undo_steps.restore_withdrawn(workspace, report.import_id))
    assert held(workspace) == full
    assert taken.again is not None
    finish(taken.again(workspace))
    assert held(workspace) == withdrawn
    with pytest.raises(Problem, match="n’est pas annulé"):
        finish(undo_steps.restore_withdrawn(workspace, "rien"))


def test_a_set_put_back_does_not_cover_a_later_one(workspace: Workspace, tmp_path: Path) -> None:
    first = f"{CONVENTIONS}{FIRST};2023-2024;0\n"
    report = import_text(workspace, "ent-conventions", first, tmp_path)
    import_undo.undo_import(workspace, report.import_id)
    import_text(workspace, "ent-conventions", f"{CONVENTIONS}{FIRST};2023-2024;1\n", tmp_path)
    latest = held(workspace)
    finish(undo_steps.restore_withdrawn(workspace, report.import_id))
    assert held(workspace) == latest
