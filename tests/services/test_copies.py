"""A base that was copied or put back by hand begins a journal of its own when it writes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from numecole_desktop.domain.journal import RecordKind
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.services import declarations as forms
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.storage.events import read_events
from tests.conftest import add_schools, fixed_clock, import_text
from tests.services.support import GOOD, assert_sound, declarations, everything, line

UAI = "0110160P"
YEAR = SchoolYear(2023)


def written(path: Path, classes: int) -> str:
    """Enter a number of classes; the journal that it was entered in."""
    with Workspace.open(path, clock=fixed_clock) as workspace:
        forms.save_answers(workspace, forms.open_form(workspace, UAI, YEAR), {"A1": classes})
        assert_sound(workspace)
        return str(workspace.base.meta("journal"))


def events(path: Path) -> Iterator[tuple[str, int, RecordKind]]:
    with Workspace.open(path) as workspace:
        for _, event in read_events(workspace.base.connection):
            yield event.journal, event.n, event.kind


@pytest.fixture
def original(base_path: Path) -> Path:
    """A closed base with a few schools."""
    with Workspace.open(base_path, clock=fixed_clock) as workspace:
        add_schools(workspace)
    return base_path


def test_a_base_goes_on_with_its_journal(original: Path) -> None:
    assert written(original, 4) == written(original, 5)


def test_a_base_put_back_by_hand_begins_another(original: Path, tmp_path: Path) -> None:
    shutil.copy(original, tmp_path / "copie")
    former = written(original, 4)
    shutil.copy(tmp_path / "copie", original)
    later = written(original, 5)
    assert later != former
    assert written(original, 6) == later
    assert (later, 1, RecordKind.JOURNAL) in set(events(original))


def test_two_copies_of_one_base_never_share_a_number(original: Path, tmp_path: Path) -> None:
    clone = tmp_path / "clone.numecole"
    shutil.copy(original, clone)
    journals = [written(path, n) for n, path in enumerate((original, clone, original, clone), 4)]
    assert journals[0] != journals[1]
    known: dict[tuple[str, int], RecordKind] = {}
    for path in (original, clone):
        for journal, n, kind in events(path):
            assert known.setdefault((journal, n), kind) is kind


def test_a_copy_opened_beside_its_original_begins_another(original: Path, tmp_path: Path) -> None:
    clone = tmp_path / "clone.numecole"
    shutil.copy(original, clone)
    with Workspace.open(original, clock=fixed_clock) as workspace:
        assert written(clone, 5) != workspace.writer.journal


def test_reading_a_copy_writes_nothing(
    original: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NUMECOLE_DOSSIER", str(tmp_path / "autre poste"))
    with Workspace.open(original) as workspace:
        before = everything(workspace)
        forms.open_form(workspace, UAI, YEAR)
    with Workspace.open(original) as workspace:
        assert everything(workspace) == before


def test_a_journal_that_was_begun_for_nothing_is_given_up(
    original: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NUMECOLE_DOSSIER", str(tmp_path / "autre poste"))
    with Workspace.open(original, clock=fixed_clock) as workspace:
        before = everything(workspace)
        text = declarations(line(UAI, **GOOD))
        import_text(workspace, "declarations", text, tmp_path, simulate=True)
        assert everything(workspace) == before
        assert list((tmp_path / "autre poste" / "journaux").iterdir()) == []
        import_text(workspace, "declarations", text, tmp_path)
        assert_sound(workspace)
        journal = str(workspace.base.meta("journal"))
    assert next(kind for j, _, kind in events(original) if j == journal) is RecordKind.JOURNAL


def test_where_no_marker_can_be_written_one_journal_serves_for_the_session(
    original: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "plein").touch()
    monkeypatch.setenv("NUMECOLE_DOSSIER", str(tmp_path / "plein"))
    with Workspace.open(original, clock=fixed_clock) as workspace:
        form = forms.open_form(workspace, UAI, YEAR)
        for classes in (4, 5, 6):
            form = forms.save_answers(workspace, form, {"A1": classes}).form
        assert_sound(workspace)
        own = str(workspace.base.meta("journal"))
    assert [(n, kind.value) for j, n, kind in events(original) if j == own] == [
        (1, "journal"),
        (2, "declaration"),
        (3, "declaration"),
        (4, "declaration"),
    ]
    assert written(original, 7) != own, "nothing says that this base is not a copy"
