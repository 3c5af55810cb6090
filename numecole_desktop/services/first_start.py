"""Where the first start is: kept in the base, so that it goes on after a window that was killed."""

from __future__ import annotations

from numecole_desktop.services import settings
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
    kept = settings.get(workspace, _KEY)
    postponed = kept.startswith(_LATER)
    if workspace.sample or kept == _DONE or (held and (postponed or not kept)):
        return 0
    number = kept.removeprefix(_LATER)
    return int(number) if number in {str(n) for n in range(1, STEPS + 1)} else 1


def go_to(workspace: Workspace, number: int) -> None:
    """Be at a step from now on.

    Raises:
        ServiceError: the disk refuses.
    """
    settings.put(workspace, _KEY, str(number))


def postpone(workspace: Workspace, number: int) -> None:
    """Go on from a step another time.

    Raises:
        ServiceError: the disk refuses.
    """
    settings.put(workspace, _KEY, f"{_LATER}{number}")


def finish(workspace: Workspace) -> None:
    """Never begin by itself again.

    Raises:
        ServiceError: the disk refuses.
    """
    settings.put(workspace, _KEY, _DONE)
