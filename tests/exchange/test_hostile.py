"""Every published file through the import of a real base: its sentence, and nothing changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from numecole_desktop.services.batch_import import import_batch, import_set_aside
from numecole_desktop.services.workspace import Workspace, finished
from numecole_desktop.storage import exchange
from numecole_desktop.sync.attachments import attach
from numecole_desktop.sync.refusals import Refusal
from tests.exchange.reader import learn, office, tables
from tests.services.support import assert_sound, rows
from tests.sync.cases_batch import _with, sealed
from tests.sync.support import SCHOOLS, batch, chained
from tests.sync.verdicts import CASES

NAMED = {
    f"{kind}/{name}": (expected, data)
    for kind in ("enveloppe", "lot")
    for name, expected, data in CASES[kind]()
}


def taken(workspace: Workspace, folder: Path, data: bytes) -> str:
    """The verdict of an import, as the published vectors write it."""
    path = folder / "Lot reçu.json"
    path.write_bytes(data)
    try:
        report = finished(import_batch(workspace, path))
    except Refusal as refusal:
        return refusal.code
    aside = {kept.code for kept in exchange.quarantine(workspace.base.connection)}
    if report.set_aside:
        return min(aside)
    return f"set-aside:{min(aside)}" if aside else "accepted"


@pytest.mark.parametrize("name", NAMED)
def test_a_file_is_taken_in_as_published(reader: Workspace, tmp_path: Path, name: str) -> None:
    expected, data = NAMED[name]
    before = tables(reader)
    assert taken(reader, tmp_path, data) == expected
    after = tables(reader)
    changed = {table for table in after if after[table] != before[table]}
    kept = rows(reader, "quarantine")
    if expected == "accepted" or expected.startswith("set-aside:"):
        assert "received_batch" in changed
    else:
        # Refused whole: nothing changed, but for the file that may become good later.
        assert changed == ({"quarantine"} if kept else set())
    assert [line["data"] for line in kept] == ([data] if kept else [])
    assert before["school"] == after["school"]
    assert_sound(reader)


def test_what_was_set_aside_is_taken_in_once_its_author_is_known(tmp_path: Path) -> None:
    with office(tmp_path / "bureau.numecole", told=False) as workspace:
        assert taken(workspace, tmp_path, sealed(batch())) == "signer-unknown"
        assert finished(import_set_aside(workspace)) == ()
        learn(workspace, tmp_path)
        (report,) = finished(import_set_aside(workspace))
        assert (report.added, report.refused, report.waiting) == (3, 0, 0)
        assert rows(workspace, "quarantine") == []
        assert len(rows(workspace, "declaration")) == 1


def test_what_proves_to_be_tampered_with_says_so_once_its_author_is_known(tmp_path: Path) -> None:
    data = sealed(batch())
    place = data.index(b'"payload"') + 200
    tampered = (
        data[:place] + (b"A" if data[place : place + 1] != b"A" else b"B") + data[place + 1 :]
    )
    with office(tmp_path / "bureau.numecole", told=False) as workspace:
        assert taken(workspace, tmp_path, tampered) == "signer-unknown"
        learn(workspace, tmp_path)
        assert finished(import_set_aside(workspace)) == ()
        (kept,) = rows(workspace, "quarantine")
        assert "a été modifié" in kept["reason"]
        assert kept["data"] == tampered
        assert rows(workspace, "declaration") == []


UNREADABLE: dict[str, dict[str, Any]] = {
    "ligne trop courte": {"rows": [[SCHOOLS[0], "2026-2027"]]},
    "ligne trop longue": {"rows": [[SCHOOLS[0], "2026-2027", 1, 2]]},
    "colonne en double": {"columns": ["uai", "year", "year"]},
    "sans clé": {"columns": ["B1", "B2", "B3"]},
    "sans ligne": {"rows": []},
    "année impossible": {"rows": [[SCHOOLS[0], "2026", 1]]},
    "année écrite autrement": {"rows": [[SCHOOLS[0], "2026/2027", 1]]},
    "état inconnu": {
        "columns": ["uai", "year", "status"],
        "rows": [[SCHOOLS[0], "2026-2027", "x"]],
    },
    "contexte sans nombre": {"ctx": {}, "operator": 3},
    "nature inconnue": {"kind": "dream", "rows": [[SCHOOLS[0], "2026-2027", 1]]},
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_an_event_that_cannot_be_applied_changes_nothing_and_is_kept_as_it_came(
    reader: Workspace, tmp_path: Path, name: str
) -> None:
    bodies = chained("lea", 2, **UNREADABLE[name])
    before = tables(reader)
    assert taken(reader, tmp_path, _with(*bodies)) == "accepted"
    kept = {bytes(row["body"]) for row in rows(reader, "event")}
    assert set(bodies) <= kept
    after = tables(reader)
    assert all(after[table] == before[table] for table in ("declaration", "school", "conflict"))
    assert_sound(reader)


def test_hostile_attachments_leave_no_file_and_no_row(reader: Workspace, tmp_path: Path) -> None:
    hostile = [
        attach(b"MZ\x90\x00", "photo.jpg"),
        attach(b"%PDF-1.4 /JavaScript", "../../projet.pdf"),
        attach(b"[1, 2]", "personnes.json"),
        attach(
            b'[{"ref": "x", "salt": "", "name": "n", "job": "", "email": ""}]', "personnes.json"
        ),
    ]
    before = tables(reader)
    assert taken(reader, tmp_path, sealed(batch(attachments=hostile))) == "accepted"
    after = tables(reader)
    assert after["attachment"] == before["attachment"]
    assert after["person"] == before["person"]
    assert not (tmp_path.parent / "projet.pdf").exists()
