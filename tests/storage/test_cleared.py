"""Emptied records: looking some up does not go through all that were emptied."""

from __future__ import annotations

from numecole_desktop.domain.journal import RecordKind
from numecole_desktop.storage.cleared import emptied_before, keep_emptied
from numecole_desktop.storage.engine import memory_base
from tests.storage.counting import steps_of

_CHUNK = 20


def _steps_to_look_up(held: int) -> int:
    connection = memory_base()
    keys = [(f"{place:07d}A", "2023-2024") for place in range(held)]
    keep_emptied(connection, RecordKind.DECLARATION, set(), set(keys))
    others = [(f"{place:07d}B", "2023-2024") for place in range(_CHUNK)]
    wanted = [*keys[-_CHUNK:], *others]
    steps, found = steps_of(
        connection, lambda: emptied_before(connection, RecordKind.DECLARATION, wanted)
    )
    assert found == set(keys[-_CHUNK:])
    return steps


def test_looking_emptied_records_up_does_not_read_them_all() -> None:
    assert _steps_to_look_up(2_000) < 1.5 * _steps_to_look_up(100)
