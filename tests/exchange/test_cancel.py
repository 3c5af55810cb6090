"""Taking a batch in says how far it is; stopped at any step, it leaves the base as it was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from numecole_desktop.services import batch_import, batches, declarations
from numecole_desktop.services.workspace import finished
from tests.conftest import SCHOOLS, YEAR
from tests.exchange.posts import Post, posts
from tests.exchange.reader import tables
from tests.services.support import assert_sound

EVENTS = 230
SCHOOL = SCHOOLS[0][0]


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Post, Path]]:
    """The office, and a batch of a few hundred events that Léa sends it."""
    lea, office = posts(tmp_path / "posts", "lea", "bureau")
    form = declarations.open_form(lea.workspace, SCHOOL, YEAR)
    with lea.workspace.writing():
        for number in range(EVENTS):
            saved = declarations.save_answers(lea.workspace, form, {"A3": number % 40})
            form = saved.form
    path = lea.send(tmp_path / "usb")
    lea.close()
    yield office, path
    office.close()


def copies(office: Post) -> list[str]:
    return sorted(path.name for path in office.base.parent.glob("base.avant-lot*"))


def test_progress_is_counted_in_events(pair: tuple[Post, Path]) -> None:
    office, path = pair
    seen = list(batch_import.import_batch(office.workspace, path))
    counted = [(step.done, step.total) for step in seen if step.total > 1]
    assert len(counted) >= EVENTS // 100
    assert counted == sorted(counted)
    assert all(0 <= done < total for done, total in counted)
    held = declarations.open_form(office.workspace, SCHOOL, YEAR).declaration.answers
    assert held["A3"] == (EVENTS - 1) % 40
    assert len(copies(office)) == 1


def test_stopped_at_any_step_nothing_remains(pair: tuple[Post, Path]) -> None:
    office, path = pair
    before = tables(office.workspace)
    steps = 0
    while True:
        job = batch_import.import_batch(office.workspace, path)
        try:
            for _ in range(steps + 1):
                next(job)
        except StopIteration:
            break
        job.close()
        assert tables(office.workspace) == before
        assert not office.workspace.is_writing
        assert copies(office) == []
        steps += 1
    assert steps >= 5
    assert tables(office.workspace) != before
    assert_sound(office.workspace)


def test_after_it_was_stopped_one_writes_and_takes_it_in(pair: tuple[Post, Path]) -> None:
    office, path = pair
    job = batch_import.import_batch(office.workspace, path)
    for _ in range(4):
        next(job)
    job.close()
    other = SCHOOLS[1][0]
    form = declarations.open_form(office.workspace, other, YEAR)
    declarations.save_answers(office.workspace, form, {"A1": 3})
    finished(batch_import.import_batch(office.workspace, path))
    held = declarations.open_form(office.workspace, SCHOOL, YEAR).declaration.answers
    assert held["A3"] == (EVENTS - 1) % 40
    assert declarations.open_form(office.workspace, other, YEAR).declaration.answers == {"A1": 3}
    assert_sound(office.workspace)


def test_preparing_a_batch_that_is_stopped_writes_no_file(
    pair: tuple[Post, Path], tmp_path: Path
) -> None:
    office, _ = pair
    folder = tmp_path / "envoi"
    count = len(list(batches.create_batch(office.workspace, tmp_path / "entier")))
    sent = tables(office.workspace)["sent_batch"]
    for steps in range(1, count + 1):
        job = batches.create_batch(office.workspace, folder)
        for _ in range(steps):
            next(job)
        job.close()
        assert not folder.exists()
    assert tables(office.workspace)["sent_batch"] == sent
    assert_sound(office.workspace)
    assert finished(batches.create_batch(office.workspace, folder)).path.exists()
