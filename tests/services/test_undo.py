"""Actions taken back by new events, and done again."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from numecole_desktop.domain.declaration import Status
from numecole_desktop.domain.label_application import State
from numecole_desktop.domain.problem import Problem
from numecole_desktop.services import (
    declarations,
    import_undo,
    label_dossiers,
    label_opening,
    letterhead,
    office,
    undo_steps,
)
from numecole_desktop.services.label_dossiers import Edit
from numecole_desktop.services.prices import prices, put_price
from numecole_desktop.services.undo import Act, Taken, acting, take_back
from numecole_desktop.services.workspace import Job, Workspace
from numecole_desktop.storage import reads
from numecole_desktop.storage.applications import application
from numecole_desktop.storage.events import read_events
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
    notes = [e.note for _, e in read_events(workspace.base.connection) if e.note]
    assert notes == ["Action annulée.", "Action rétablie.", "Action annulée."]
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


DECLARED = ";".join([FIRST, "2023-2024", *(GOOD[code] for code in HEADER.split(";")[2:])])


def imported(workspace: Workspace, folder: Path) -> str:
    return import_text(workspace, "declarations", f"{HEADER}\n{DECLARED}\n", folder).import_id


def test_an_import_is_undone_put_back_without_its_file_and_undone_again(
    workspace: Workspace, tmp_path: Path
) -> None:
    before = content(workspace)
    import_id = imported(workspace, tmp_path)
    stored = content(workspace)
    taken = finish(undo_steps.undo_run(workspace, import_id))
    assert content(workspace) == before
    assert taken.said == "1\u00a0fiche remise dans l’état d’avant."
    for _ in range(2):
        assert taken.again is not None
        taken = finish(taken.again(workspace))
        assert content(workspace)["declaration"] == stored["declaration"]
        assert not import_undo.imports(workspace)[0].undone
        taken = finish(undo_steps.undo_run(workspace, import_id))
        assert content(workspace) == before
        assert import_undo.imports(workspace)[0].undone
    assert_sound(workspace)


def test_an_import_put_back_leaves_what_was_written_meanwhile(
    workspace: Workspace, tmp_path: Path
) -> None:
    taken = finish(undo_steps.undo_run(workspace, imported(workspace, tmp_path)))
    form = declarations.open_form(workspace, FIRST, YEAR)
    declarations.save_answers(workspace, form, {"A1": 9})
    before = everything(workspace)
    assert taken.again is not None
    with pytest.raises(Problem, match=f"{FIRST} a été modifiée depuis"):
        finish(taken.again(workspace))
    assert everything(workspace) == before


def test_undoing_can_be_stopped_at_each_step(workspace: Workspace, tmp_path: Path) -> None:
    import_id = imported(workspace, tmp_path)
    act = submit(workspace, SECOND)
    before = everything(workspace)
    jobs: tuple[Callable[[], Job[Taken]], ...] = (
        lambda: undo_steps.undo_run(workspace, import_id),
        lambda: take_back(workspace, act),
    )
    for make in jobs:
        for steps in (1, 2):
            job = make()
            for _ in range(steps):
                next(job)
            job.close()
            assert everything(workspace) == before


def names(workspace: Workspace) -> tuple[str, int, bytes | None]:
    return (
        workspace.operator,
        prices(workspace).of("B1").euros,
        letterhead.logo(workspace),
    )


def test_settings_are_put_back_and_changed_again(workspace: Workspace) -> None:
    office.put_identity(workspace, "secretariat", "")
    before = names(workspace)

    def change() -> None:
        office.put_identity(workspace, "cpn-limoux", "conseiller")
        put_price(workspace, "B1", "1 234")

    _, act = acting(workspace, change)
    assert act is not None
    changed = names(workspace)
    assert changed != before
    taken = finish(take_back(workspace, act))
    assert names(workspace) == before
    assert taken.changes.settings
    assert taken.again is not None
    finish(taken.again(workspace))
    assert names(workspace) == changed


def test_a_dossier_just_begun_disappears_and_comes_back(workspace: Workspace) -> None:
    _, act = acting(workspace, lambda: label_dossiers.create(workspace, FIRST, YEAR))
    assert act is not None
    taken = finish(take_back(workspace, act, untouched=True))
    assert application(workspace.base.connection, FIRST, YEAR) is None
    assert taken.again is not None
    again = finish(taken.again(workspace))
    held = application(workspace.base.connection, FIRST, YEAR)
    assert held is not None
    assert held.state is State.DRAFT
    dossier = label_opening.open_dossier(workspace, FIRST, YEAR)
    label_dossiers.edit(workspace, dossier, Edit(project_classes=2))
    before = everything(workspace)
    assert again.again is not None
    with pytest.raises(Problem, match=f"{FIRST} a été modifiée depuis"):
        finish(again.again(workspace))
    assert everything(workspace) == before


def test_a_dossier_begun_again_is_withdrawn_again(workspace: Workspace) -> None:
    dossier = label_dossiers.create(workspace, FIRST, YEAR).dossier
    dossier = label_dossiers.edit(workspace, dossier, Edit(project_classes=2)).dossier
    label_dossiers.withdraw(workspace, dossier)
    _, act = acting(workspace, lambda: label_dossiers.create(workspace, FIRST, YEAR))
    assert act is not None
    finish(take_back(workspace, act, untouched=True))
    held = application(workspace.base.connection, FIRST, YEAR)
    assert held is not None
    assert (held.state, held.project_classes) == (State.WITHDRAWN, 2)


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
    undone = finish(undo_steps.undo_run(workspace, report.import_id))
    withdrawn = held(workspace)
    assert withdrawn != full
    assert undone.again is not None
    taken = finish(undone.again(workspace))
    assert held(workspace) == full
    assert taken.again is not None
    finish(taken.again(workspace))
    assert held(workspace) == withdrawn
    with pytest.raises(Problem, match="n’est pas annulé"):
        finish(undo_steps.restore_run(workspace, "rien", None))


def test_a_set_put_back_does_not_cover_a_later_one(workspace: Workspace, tmp_path: Path) -> None:
    first = f"{CONVENTIONS}{FIRST};2023-2024;0\n"
    report = import_text(workspace, "ent-conventions", first, tmp_path)
    finish(import_undo.undo_import(workspace, report.import_id))
    import_text(workspace, "ent-conventions", f"{CONVENTIONS}{FIRST};2023-2024;1\n", tmp_path)
    latest = held(workspace)
    finish(undo_steps.restore_run(workspace, report.import_id, None))
    assert held(workspace) == latest
