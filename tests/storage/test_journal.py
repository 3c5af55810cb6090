"""The journal on disk: chained, and not one of its bytes can change unseen."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from numecole_desktop.domain.journal import ABSENT, GENESIS_HASH, RecordKind, Source
from numecole_desktop.services import declarations, maintenance
from numecole_desktop.services.workspace import Workspace, finished
from numecole_desktop.storage.events import decode, encode, read_events
from tests.conftest import YEAR, add_schools, fixed_clock, import_text
from tests.services.support import GOOD, assert_sound, everything, line, rows
from tests.services.support import declarations as file_of


@pytest.fixture
def lived_in(base_path: Path, tmp_path: Path) -> Iterator[Workspace]:
    """A base with a bit of everything in its journal."""
    with Workspace.open(base_path, operator="test", clock=fixed_clock) as workspace:
        add_schools(workspace)
        import_text(
            workspace,
            "declarations",
            file_of(line("0110160P", **GOOD), line("0110161R", **{**GOOD, "A1": "45"})),
            tmp_path,
        )
        form = declarations.open_form(workspace, "0110182N", YEAR)
        form = declarations.save_answers(workspace, form, {"A1": 3, "A3": 70}).form
        form = declarations.confirm(workspace, form, "many_robots", "Don de la mairie").form
        declarations.submit(workspace, form)
        yield workspace


def test_each_event_names_the_one_before(lived_in: Workspace) -> None:
    events = everything(lived_in)["event"]
    previous = GENESIS_HASH
    for number, event in enumerate(events, start=1):
        body = json.loads(event["body"])
        assert event["hash"] == hashlib.sha256(event["body"]).hexdigest()
        assert body["prev"] == previous
        assert body["n"] == event["n"] == number
        assert body["journal"] == event["journal"] == lived_in.base.meta("journal")
        previous = event["hash"]


def test_an_event_says_who_when_where_from_and_what_was_on_screen(lived_in: Workspace) -> None:
    journal = lived_in.base.meta("journal")
    events = [json.loads(event["body"]) for event in everything(lived_in)["event"]]
    imported = events[2]
    assert imported["source"] == "imported"
    assert imported["batch"]
    saved = events[4]
    assert saved["kind"] == "declaration"
    assert saved["columns"] == ["uai", "year", "A1", "A3", "status"]
    assert saved["rows"] == [["0110182N", "2023-2024", 3, 70, "draft"]]
    assert saved["source"] == "declared"
    assert saved["operator"] == "test"
    assert saved["at"] == "2024-03-05T10:42:00+00:00"
    assert saved["rules"] == "2023-2024"
    assert saved["ctx"] == {journal: 4}
    confirmed = events[5]
    assert confirmed["note"] == "Don de la mairie"
    assert confirmed["ctx"] == {journal: 5}


def test_the_context_is_what_was_shown_not_what_the_base_holds_at_save(
    lived_in: Workspace,
) -> None:
    form = declarations.open_form(lived_in, "0110151E", YEAR)
    shown = dict(form.context)
    declarations.save_answers(
        lived_in, declarations.open_form(lived_in, "0110160P", YEAR), {"A1": 6}
    )
    form = declarations.save_answers(lived_in, form, {"A1": 2}).form
    form = declarations.save_answers(lived_in, form, {"A3": 2}).form
    bodies = [json.loads(event["body"]) for event in everything(lived_in)["event"][-2:]]
    assert bodies[0]["ctx"] == shown
    journal = str(lived_in.base.meta("journal"))
    own = bodies[0]["n"]
    assert bodies[1]["ctx"] == {**shown, f"{journal}+{own}": own}, "not the other form's save"


def test_an_absent_cell_is_neither_cleared_nor_given(lived_in: Workspace) -> None:
    event = lived_in.record(
        RecordKind.DECLARATION,
        ("uai", "year", "A1", "A3"),
        [("0110160P", "2023-2024", ABSENT, None)],
        source=Source.DECLARED,
    )
    assert decode(encode(event)).rows == event.rows
    (row,) = [r for r in rows(lived_in, "declaration") if r["uai"] == "0110160P"]
    answers = json.loads(row["answers"])
    assert answers["A1"] == 4
    assert "A3" not in answers
    assert_sound(lived_in)


CHANGES: dict[str, Any] = {
    "journal": "autre",
    "n": 99,
    "hash": "0" * 64,
    "kind": "school",
    "batch": "autre",
    "first_key": "0",
    "last_key": "9999999Z",
}


@pytest.mark.parametrize("column", CHANGES)
@pytest.mark.parametrize("position", [0, 3, -1])
def test_altering_a_column_of_an_event_is_found(
    lived_in: Workspace, column: str, position: int
) -> None:
    assert finished(maintenance.verify(lived_in)).ok
    seq = everything(lived_in)["event"][position]["seq"]
    lived_in.base.connection.execute(
        f"UPDATE event SET {column} = ? WHERE seq = ?", (CHANGES[column], seq)
    )
    report = finished(maintenance.verify(lived_in))
    assert not report.ok
    assert report.lines[-1].startswith(("Journal ", "État "))


def test_events_put_in_another_order_are_found(lived_in: Workspace) -> None:
    (one, two) = (event["seq"] for event in everything(lived_in)["event"][4:6])
    for old, new in ((one, 99), (two, one), (99, two)):
        lived_in.base.connection.execute("UPDATE event SET seq = ? WHERE seq = ?", (new, old))
    report = finished(maintenance.verify(lived_in))
    assert not report.ok
    assert report.lines[-1].startswith("État\u00a0")


def test_altering_any_byte_of_an_event_is_found(lived_in: Workspace) -> None:
    events = everything(lived_in)["event"]
    chance = random.Random(1)
    for event in events:
        body = event["body"]
        for position in {0, len(body) - 1, *chance.choices(range(len(body)), k=12)}:
            changed = bytearray(body)
            changed[position] ^= 1 << chance.randrange(8)
            lived_in.base.connection.execute(
                "UPDATE event SET body = ? WHERE seq = ?", (bytes(changed), event["seq"])
            )
            report = finished(maintenance.verify(lived_in))
            assert not report.ok
            assert f"l’événement {event['n']} a été modifié" in report.lines[-1]
        lived_in.base.connection.execute(
            "UPDATE event SET body = ? WHERE seq = ?", (body, event["seq"])
        )
    assert_sound(lived_in)


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b"null", b"\xff", b'{"v":1}'])
def test_bytes_that_are_no_event_are_found_even_with_their_right_hash(
    lived_in: Workspace, body: bytes
) -> None:
    lived_in.base.connection.execute(
        "UPDATE event SET body = ?, hash = ? WHERE n = 4", (body, hashlib.sha256(body).hexdigest())
    )
    report = finished(maintenance.verify(lived_in))
    assert not report.ok
    assert "l’événement 4 a été modifié" in report.lines[-1]


def test_an_event_rewritten_with_its_hash_breaks_the_next(lived_in: Workspace) -> None:
    event = everything(lived_in)["event"][4]
    body = event["body"].replace(b'"operator":"test"', b'"operator":"toto"')
    assert body != event["body"]
    lived_in.base.connection.execute(
        "UPDATE event SET body = ?, hash = ? WHERE seq = ?",
        (body, hashlib.sha256(body).hexdigest(), event["seq"]),
    )
    report = finished(maintenance.verify(lived_in))
    assert not report.ok
    assert f"l’événement {event['n'] + 1} ne suit pas" in report.lines[-1]


@pytest.mark.parametrize("position", [0, 2, 5])
def test_a_missing_event_is_found(lived_in: Workspace, position: int) -> None:
    seq = everything(lived_in)["event"][position]["seq"]
    lived_in.base.connection.execute("DELETE FROM event WHERE seq = ?", (seq,))
    report = finished(maintenance.verify(lived_in))
    assert not report.ok
    assert "il manque l" in report.lines[-1]


def test_a_missing_end_is_found_by_the_state(lived_in: Workspace) -> None:
    lived_in.base.connection.execute("DELETE FROM event WHERE seq = (SELECT max(seq) FROM event)")
    report = finished(maintenance.verify(lived_in))
    assert not report.ok
    assert report.lines[-1].startswith("État")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE school SET name = 'x' WHERE uai = '0110160P'",
        "UPDATE declaration SET equipment_index = 0 WHERE uai = '0110160P'",
        "UPDATE declaration SET answers = '{}' WHERE uai = '0110160P'",
        "DELETE FROM declaration WHERE uai = '0110182N'",
        "UPDATE import_run SET accepted = 0",
        "UPDATE import_run SET undone = 1",
    ],
)
def test_a_state_that_the_journal_does_not_give_is_found_and_rebuilt(
    lived_in: Workspace, sql: str
) -> None:
    before = everything(lived_in)
    lived_in.base.connection.execute(sql)
    report = finished(maintenance.verify(lived_in))
    assert not report.ok
    assert "numecole verifier --reconstruire" in report.lines[-1]
    maintenance.rebuild(lived_in)
    assert everything(lived_in) == before
    assert_sound(lived_in)


def test_half_a_character_is_refused_and_changes_nothing(lived_in: Workspace) -> None:
    before = everything(lived_in)
    form = declarations.open_form(lived_in, "0110160P", YEAR)
    with pytest.raises(Exception, match="caractère illisible"):
        declarations.save_answers(lived_in, form, {"A1": "\udcff"})
    assert everything(lived_in) == before
    declarations.save_answers(lived_in, form, {"A1": 7})
    assert_sound(lived_in)


def test_events_are_read_back_as_they_were_written(lived_in: Workspace) -> None:
    for seq, event in read_events(lived_in.base.connection):
        stored = lived_in.base.connection.execute(
            "SELECT body FROM event WHERE seq = ?", (seq,)
        ).fetchone()[0]
        assert encode(event) == stored
