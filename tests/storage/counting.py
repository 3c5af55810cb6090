"""What SQLite does for a look-up, counted: it does not depend on the machine."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlcipher3 import dbapi2 as sqlite

T = TypeVar("T")


def steps_of(connection: sqlite.Connection, work: Callable[[], T]) -> tuple[int, T]:
    """Steps of SQLite's machine that ``work`` takes, and its result."""
    steps = 0

    def step() -> int:
        nonlocal steps
        steps += 1
        return 0

    connection.set_progress_handler(step, 1)
    result = work()
    connection.set_progress_handler(None, 1)
    return steps, result
