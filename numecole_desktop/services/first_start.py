"""Where the first start is: kept in the base, so that it goes on after a window that was killed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numecole_desktop.storage.settings import setting

if TYPE_CHECKING:
    from sqlcipher3 import dbapi2 as sqlite

    from numecole_desktop.services.workspace import Workspace

STEPS = 3
"""Who am I, my territory, my schools: as many as the window shows."""

_KEY = "first_start"
_DONE = "done"
_LATER = "later "


def step(workspace: Workspace, *, held: int) -> int:
    """The step to take, from 1; 0 when there is none.

    It begins in a base without schools (``held``), goes on until it is finished, and waits for
    later only as long as there is no school. The sample has none.
    """
    kept = setting(workspace.base.connection, _KEY)
    postponed = kept.startswith(_LATER)
    if workspace.sample or kept == _DONE or (held and (postponed or not kept)):
        return 0
    number = kept.removeprefix(_LATER)
    return int(number) if number in {str(n) for n in range(1, STEPS + 1)} else 1


def under_way(connection: sqlite.Connection) -> bool:
    """Whether it was begun, and neither finished nor put off."""
    kept = setting(connection, _KEY)
    return bool(kept) and kept != _DONE and not kept.startswith(_LATER)


def go_to(workspace: Workspace, number: int) -> None:
    """Be at a step from now on.

    Raises:
        Problem: the disk refuses.
    """
    _put(workspace, str(number))


def postpone(workspace: Workspace, number: int) -> None:
    """Go on from a step another time.

    Raises:
        Problem: the disk refuses.
    """
    _put(workspace, f"{_LATER}{number}")


def finish(workspace: Workspace) -> None:
    """Never begin by itself again.

    Raises:
        Problem: the disk refuses.
    """
    _put(workspace, _DONE)


def _put(workspace: Workspace, value: str) -> None:
    from numecole_desktop.services import settings  # not before the first paint

    settings.put(workspace, _KEY, value)
