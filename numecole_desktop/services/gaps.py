"""Events that never came and that others wait for, and journals with two branches."""

from __future__ import annotations

from dataclasses import dataclass

from numecole_desktop.services.batch_import import alarms
from numecole_desktop.services.batches import journal_name
from numecole_desktop.services.deliveries import MAY_DECLARE_LOSS, may_declare_loss
from numecole_desktop.services.devices import this_device
from numecole_desktop.services.trusted import trust
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.storage import received


@dataclass(frozen=True, slots=True)
class Gap:
    """Runs (first, last) of a journal that others wait for, and a sentence that says so."""

    journal: str
    runs: tuple[tuple[int, int], ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Lacks:
    """Gaps, alarms of journals with two branches, and whether this device may declare a loss."""

    gaps: tuple[Gap, ...]
    alarms: tuple[str, ...]
    may_declare: bool


def lacks(workspace: Workspace) -> Lacks:
    """What the events that wait here lack.

    Raises:
        Problem: this device has no key, or it cannot be opened.
    """
    mine = this_device(workspace)
    held = trust(workspace)
    found, forked = received.lacking(
        workspace.base.connection, lambda journal: may_declare_loss(held, journal)
    )
    gaps = tuple(
        Gap(one.journal, one.runs, one.sentence(journal_name(workspace, held, one.journal)))
        for one in found
    )
    may_declare = mine.device.role in MAY_DECLARE_LOSS
    return Lacks(gaps, tuple(alarms(workspace, held, forked)), may_declare)
