"""Reference rows: what a chunk of a file costs does not grow with what is held."""

from __future__ import annotations

from numecole_desktop.storage.engine import memory_base
from numecole_desktop.storage.reference_sets import CONVENTIONS, add_rows, begin_set, current_rows
from tests.storage.counting import steps_of

_CHUNK = 20


def _steps_to_look_up(held: int) -> int:
    connection = memory_base()
    number = begin_set(connection, "a", CONVENTIONS, "a.csv", "", "2023-11-05T10:00:00", "poste")
    keys = [(f"{place:07d}A", 2023, "") for place in range(held)]
    add_rows(connection, CONVENTIONS, number, dict.fromkeys(keys, (1, 0)), ())
    wanted = keys[-_CHUNK:]
    steps, found = steps_of(connection, lambda: current_rows(connection, CONVENTIONS, wanted))
    assert found == dict.fromkeys(wanted, (1, 0))
    return steps


def test_looking_rows_up_does_not_read_all_that_is_held() -> None:
    assert _steps_to_look_up(2_000) < 1.5 * _steps_to_look_up(100)
