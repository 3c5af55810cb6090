"""Files that are late, lost, doubled, one's own or from later versions, between real bases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from numecole_desktop.domain.label_application import PersonRole
from numecole_desktop.domain.problem import Problem
from numecole_desktop.services import (
    batch_import,
    batches,
    conflict_list,
    declarations,
    devices,
    label_dossiers,
    label_people,
    trusted,
    undo_steps,
)
from numecole_desktop.services.workspace import Workspace, finished
from numecole_desktop.sync.batch import open_batch
from tests.conftest import SCHOOLS, YEAR
from tests.exchange.posts import Post, posts
from tests.exchange.reader import tables
from tests.services.support import assert_sound, rows
from tests.sync.cases_batch import _with, sealed
from tests.sync.support import batch, body, chained, digest, head, journal_of

UAI = SCHOOLS[0][0]


@pytest.fixture
def three(tmp_path: Path) -> Iterator[list[Post]]:
    """Léa, Marc and the office, who know one another."""
    found = posts(tmp_path / "posts", "lea", "marc", "bureau")
    yield found
    for post in found:
        post.close()


def enter(post: Post, **answers: int | None) -> None:
    form = declarations.open_form(post.workspace, UAI, YEAR)
    declarations.save_answers(post.workspace, form, answers)


def answers(post: Post) -> dict[str, object]:
    return dict(declarations.open_form(post.workspace, UAI, YEAR).declaration.answers)


def written(folder: Path, data: bytes) -> Path:
    path = folder / "lot.json"
    path.write_bytes(data)
    return path


def test_a_device_goes_on_sending_after_its_own_events_came_back(
    three: list[Post], tmp_path: Path
) -> None:
    lea, _, office = three
    enter(lea, A1=4)
    office.take(lea.send(tmp_path))
    lea.take(office.send(tmp_path))
    enter(lea, A1=5)
    assert office.take(lea.send(tmp_path)).added == 1
    assert answers(office) == {"A1": 5}


def test_the_same_file_and_ones_own_bring_nothing(three: list[Post], tmp_path: Path) -> None:
    lea, marc, _ = three
    enter(lea, A1=4)
    path = lea.send(tmp_path)
    first = marc.take(path)
    before = tables(marc.workspace)
    again = marc.take(path)
    assert (again.added, again.identical, again.words) == (0, first.added, first.words)
    after = tables(marc.workspace)
    assert {name for name in after if after[name] != before[name]} <= {"received_batch"}
    mine = lea.take(path)
    assert (mine.added, mine.refused, mine.waiting, mine.sentences) == (0, 0, 0, ())
    assert_sound(lea.workspace)


def test_a_file_for_somebody_else_is_refused(three: list[Post], tmp_path: Path) -> None:
    lea, marc, office = three
    theirs = office.card()
    kid = theirs[0].stem.removeprefix("carte-")
    path = finished(batches.create_batch(lea.workspace, tmp_path, [kid])).path
    before = tables(marc.workspace)
    with pytest.raises(Problem, match="destin"):
        marc.take(path)
    assert tables(marc.workspace) == before
    assert office.take(path).added > 0


def test_a_device_trusted_no_more_is_set_aside_and_comes_in_once_it_is_again(
    three: list[Post], tmp_path: Path
) -> None:
    lea, marc, _ = three
    enter(lea, A1=4)
    card = lea.card()
    kid = card[0].stem.removeprefix("carte-")
    trusted.withdraw_trust(marc.workspace, kid)
    report = marc.take(lea.send(tmp_path))
    assert "empreinte" in report.set_aside
    assert answers(marc) == {}
    marc.meet(card)
    assert answers(marc) == {"A1": 4}
    assert rows(marc.workspace, "quarantine") == []


def test_a_gap_is_said_waits_and_is_healed_by_a_later_file(
    reader: Workspace, tmp_path: Path
) -> None:
    whole = journal_of("lea")
    late = sealed(
        batch(events=[whole[2].decode()], heads=[head("lea", 3, whole[2])]),
    )
    report = finished(batch_import.import_batch(reader, written(tmp_path, late)))
    assert (report.added, report.waiting) == (0, 1)
    assert any("Il manque 1 à 2 du poste" in sentence for sentence in report.sentences)
    assert rows(reader, "declaration") == []
    healed = finished(batch_import.import_batch(reader, written(tmp_path, sealed(batch()))))
    assert (healed.added, healed.identical, healed.waiting) == (2, 1, 0)
    assert '"B1":3' in rows(reader, "declaration")[0]["answers"]
    assert_sound(reader)


def test_what_is_declared_lost_lets_the_rest_in_and_may_still_come(
    reader: Workspace, tmp_path: Path
) -> None:
    whole = journal_of("lea")
    late = sealed(batch(events=[whole[2].decode()], heads=[head("lea", 3, whole[2])]))
    finished(batch_import.import_batch(reader, written(tmp_path, late)))
    mine = reader.writer.journal
    with pytest.raises(Problem):
        finished(batch_import.declare_lost(reader, mine, 1, 2, "clé perdue"))
    lost = rows(reader, "held_event")[0]["journal"]
    finished(batch_import.declare_lost(reader, lost, 1, 2, "clé perdue"))
    assert rows(reader, "held_event") == []
    assert '"B1":3' in rows(reader, "declaration")[0]["answers"]
    finished(batch_import.import_batch(reader, written(tmp_path, sealed(batch()))))
    assert len(rows(reader, "declaration")) == 1
    assert '"B1":3' in rows(reader, "declaration")[0]["answers"]
    assert_sound(reader)


def test_a_fork_raises_the_alarm_and_both_branches_are_kept(
    reader: Workspace, tmp_path: Path
) -> None:
    whole = journal_of("lea")
    finished(batch_import.import_batch(reader, written(tmp_path, sealed(batch()))))
    fork = body("lea", 3, digest(whole[1]), note="autre")
    report = finished(batch_import.import_batch(reader, written(tmp_path, _with(*whole[:2], fork))))
    assert any(sentence.startswith("Alerte") for sentence in report.sentences)
    waiting = {bytes(row["body"]) for row in rows(reader, "held_event")}
    assert waiting == {whole[2], fork}
    assert '"B1":2' in rows(reader, "declaration")[0]["answers"]
    assert_sound(reader)
    relayed = finished(batches.create_batch(reader, tmp_path / "relais")).path
    assert relayed.exists()


def test_events_of_a_later_version_are_relayed_byte_for_byte(
    reader: Workspace, tmp_path: Path
) -> None:
    newer = chained("lea", 3, v=9, mood="bon", extra={"a": [1]}, kind="humeur")
    report = finished(batch_import.import_batch(reader, written(tmp_path, _with(*newer))))
    assert (report.refused, report.waiting, report.sentences) == (0, 0, ())
    assert_sound(reader)
    path = finished(batches.create_batch(reader, tmp_path / "relais")).path
    sent = open_batch(
        path.read_bytes(), trusted.trust(reader), {"*"}, devices.limits()
    ).content.events
    assert {text for text in sent if '"mood"' in text} == {data.decode() for data in newer}


def test_persons_erased_here_stay_erased(three: list[Post], tmp_path: Path) -> None:
    lea, marc, _ = three
    saved = label_dossiers.create(lea.workspace, UAI, YEAR)
    label_people.name_person(
        lea.workspace, saved.dossier, PersonRole.SCHOOL_REFERENT, "Anne Exemple", "", ""
    )
    path = lea.send(tmp_path)
    marc.take(path)
    ref = rows(marc.workspace, "person")[0]["ref"]
    label_people.erase(marc.workspace, ref)
    marc.take(path)
    marc.take(lea.send(tmp_path))
    (person,) = rows(marc.workspace, "person")
    assert (person["ref"], person["name"], person["salt"]) == (ref, None, None)
    assert "Anne" not in str(tables(marc.workspace)["event"])


def test_a_value_that_had_not_seen_an_emptied_record_is_in_conflict_with_it(
    three: list[Post], tmp_path: Path
) -> None:
    """In whatever order the three events come: emptied, filled again, and the late one."""
    lea, marc, office = three
    enter(lea, B1=3)
    office.take(lea.send(tmp_path))
    report = rows(office.workspace, "received_batch")[0]["hash"]
    enter(marc, B1=2)
    finished(conflict_list.undo_batch(office.workspace, report))
    enter(office, A1=2)
    late = marc.send(tmp_path)
    other = office.send(tmp_path)
    marc.take(other)
    office.take(late)
    lea.take(late)
    lea.take(other)
    for post in three:
        post.take(late)
        post.take(other)
        assert post.shown() == office.shown()
        assert ("declaration", UAI, str(YEAR), "B1") in [
            tuple(row.values()) for row in rows(post.workspace, "conflict")
        ]
        assert_sound(post.workspace)


def test_a_batch_undone_is_put_back_and_undone_again(three: list[Post], tmp_path: Path) -> None:
    lea, marc, office = three
    enter(office, A1=5, B1=2)
    lea.take(office.send(tmp_path / "aller"))
    enter(lea, B1=3, C1=1)
    before = office.shown()
    office.take(lea.send(tmp_path))
    brought = office.shown()
    report = rows(office.workspace, "received_batch")[0]["hash"]
    taken = finished(undo_steps.undo_taken_in(office.workspace, report))
    assert office.shown() == before
    for _ in range(2):
        assert taken.again is not None
        finished(taken.again(office.workspace))
        assert office.shown() == brought
        assert not rows(office.workspace, "received_batch")[0]["undone"]
        taken = finished(undo_steps.undo_taken_in(office.workspace, report))
        assert office.shown() == before
        assert rows(office.workspace, "received_batch")[0]["undone"]
    marc.take(office.send(tmp_path))
    assert marc.shown() == office.shown()
    assert_sound(office.workspace)


def test_a_lost_computers_journal_is_sent_by_its_copy_once_its_key_is_withdrawn(
    three: list[Post], tmp_path: Path
) -> None:
    import shutil

    lea, marc, _ = three
    marc.take(lea.send(tmp_path))
    enter(lea, A1=4)
    lea.close()
    heir = Post(tmp_path / "autre ordinateur", "lea")
    heir.folder.mkdir()
    shutil.copyfile(lea.base, heir.base)
    enter(heir, A3=1)
    marc.meet(heir.card())
    report = marc.take(heir.send(tmp_path))
    assert any("appartient à un autre poste" in sentence for sentence in report.sentences)
    trusted.withdraw_trust(marc.workspace, lea.card()[0].stem.removeprefix("carte-"))
    assert marc.take(heir.send(tmp_path)).refused == 0
    assert answers(marc) == {"A1": 4, "A3": 1}
    heir.close()
