"""Applying what waits, as far as trust goes: who may declare a loss, what a revocation undoes."""

from __future__ import annotations

from numecole_desktop.services.workspace import Job, Workspace, told
from numecole_desktop.storage import received
from numecole_desktop.storage.events import JournalWriter
from numecole_desktop.sync.refusals import Refusal
from numecole_desktop.sync.roles import Role
from numecole_desktop.sync.trust import Trust

MAY_DECLARE_LOSS = (Role.CIRCONSCRIPTION, Role.DEPARTMENT, Role.ACADEMY)
"""Roles that may say that events will never come."""


def deliver_now(workspace: Workspace, held: Trust) -> Job[received.Delivered]:
    """Apply all that can be of what waits, inside the caller's transaction.

    What a revoked key signed after its last good event is taken out of the state, and kept.
    """
    own = workspace.writer.journal
    steps = received.deliver_held(
        workspace.base.connection,
        workspace.projection,
        lambda journal: may_declare_loss(held, journal),
        revoked_from(workspace, held),
    )
    done = yield from told(steps, "Saisies prises en compte")
    workspace.writer = JournalWriter(workspace.base.connection, own)
    return done


def revoked_from(workspace: Workspace, held: Trust) -> dict[str, int]:
    """First number of each journal from which nothing counts any more, by revocation."""
    found: dict[str, int] = {}
    for directory in (held.directory, *held.parts):
        if directory is None:
            continue
        for kid, revocation in directory.revoked.items():
            device = directory.devices.get(kid)
            journals = {j for j, owner in held.pins.items() if owner == kid}
            found |= dict.fromkeys(journals | (device.journals if device else frozenset()), 1)
            for last in revocation.last_good:
                row = workspace.base.connection.execute(
                    "SELECT 1 FROM event WHERE journal = ?1 AND n = ?2 AND hash = ?3 UNION ALL "
                    "SELECT 1 FROM held_event WHERE journal = ?1 AND n = ?2 AND hash = ?3",
                    (last.journal, last.n, last.hash),
                ).fetchone()
                found[last.journal] = last.n + 1 if row else 1
    return found


def may_declare_loss(held: Trust, journal: str) -> bool:
    """Whether the author of ``journal`` may declare that events will never come."""
    kid = held.owner(journal)
    try:
        return kid is not None and held.device(kid).role in MAY_DECLARE_LOSS
    except Refusal:
        return False
