"""Where exchange stands: who has what, which batches came and went, what waits."""

from __future__ import annotations

from dataclasses import dataclass

from numecole_desktop.services.trusted import trust
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.storage import exchange
from numecole_desktop.sync.batch import ANYONE
from numecole_desktop.sync.refusals import Refusal
from numecole_desktop.sync.trust import Trust


@dataclass(frozen=True, slots=True)
class Holding:
    """How many of the ``total`` events of this journal a device said it holds, and when."""

    kid: str
    device: str
    held: int
    total: int
    at: str


@dataclass(frozen=True, slots=True)
class ReceivedLine:
    """A batch that was taken in, with the six words of its receipt."""

    hash: str
    label: str
    file: str
    at: str
    added: int
    identical: int
    conflicts: int
    refused: int
    waiting: int
    words: str
    undone: bool


@dataclass(frozen=True, slots=True)
class SentLine:
    """A batch that was written here, and for whom."""

    hash: str
    file: str
    recipients: str
    at: str
    events: int


@dataclass(frozen=True, slots=True)
class AsideLine:
    """A file set aside, and why."""

    hash: str
    file: str
    at: str
    reason: str


def who_has_what(workspace: Workspace) -> tuple[Holding, ...]:
    """What each device said of this journal in its last batch: nothing else proves anything."""
    journal, total = workspace.writer.journal, workspace.writer.last[0]
    held = trust(workspace)
    found: dict[str, Holding] = {}
    for batch in exchange.received_batches(workspace.base.connection):
        if batch.issuer not in found:
            known = min(total, batch.have.get(journal, 0))
            found[batch.issuer] = Holding(batch.issuer, batch.label, known, total, batch.at)
    for kid, met in held.cards.items():
        if kid not in found and journal not in met.device.journals:
            found[kid] = Holding(kid, met.device.label, 0, total, "")
    return tuple(found.values())


def receipts(workspace: Workspace) -> tuple[ReceivedLine, ...]:
    """Batches that were taken in, newest first."""
    return tuple(
        ReceivedLine(
            b.hash,
            b.label,
            b.file,
            b.at,
            b.added,
            b.identical,
            b.conflicts,
            b.refused,
            b.waiting,
            b.words,
            b.undone,
        )
        for b in exchange.received_batches(workspace.base.connection)
    )


def sent(workspace: Workspace) -> tuple[SentLine, ...]:
    """Batches that were written here, newest first."""
    held = trust(workspace)
    return tuple(
        SentLine(
            b.hash,
            b.file,
            ", ".join(_named(held, to) for to in b.recipients),
            b.at,
            b.events,
        )
        for b in exchange.sent_batches(workspace.base.connection)
    )


def set_aside(workspace: Workspace) -> tuple[AsideLine, ...]:
    """Files set aside, oldest first."""
    return tuple(
        AsideLine(q.hash, q.file, q.at, q.reason)
        for q in exchange.quarantine(workspace.base.connection)
    )


def edit_state(workspace: Workspace, journal: str, n: int) -> str:
    """Where one saved edit is: on this device, in a batch, received by whom."""
    got = [
        batch.label
        for kid, batch in _latest(workspace).items()
        if batch.have.get(journal, 0) >= n and kid
    ]
    if got:
        return f"reçu par {', '.join(sorted(set(got)))}"
    if any(b.heads.get(journal, 0) >= n for b in exchange.sent_batches(workspace.base.connection)):
        return "dans un lot"
    return "sur ce poste"


def _latest(workspace: Workspace) -> dict[str, exchange.StoredBatch]:
    found: dict[str, exchange.StoredBatch] = {}
    for batch in exchange.received_batches(workspace.base.connection):
        found.setdefault(batch.issuer, batch)
    return found


def _named(held: Trust, recipient: str) -> str:
    if recipient == ANYONE:
        return "tous"
    try:
        return held.device(recipient).label
    except Refusal:
        return recipient
