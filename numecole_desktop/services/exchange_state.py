"""Where exchange stands: who has what, which batches came and went, what waits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from numecole_desktop.domain.exchange import have_vector
from numecole_desktop.services.batches import journal_name, receipts_heard, records_of
from numecole_desktop.services.trusted import known_devices, trust
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.storage import exchange, received
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
class Outgoing:
    """What a batch written now would hold: records, and devices that gave them."""

    records: int
    devices: int


@dataclass(frozen=True, slots=True)
class Holder:
    """What a device said that it holds of what each of ``Shares.writers`` wrote.

    ``at`` is when its last batch was taken in here, empty when there is none; ``sent_at`` when a
    batch that it may open was last written here.
    """

    device: str
    at: str
    sent_at: str
    held: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Shares:
    """Who has what: devices that write, how many events of each are here, and who holds them."""

    writers: tuple[str, ...]
    here: tuple[int, ...]
    holders: tuple[Holder, ...]


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
    """A batch that was written here, for whom, and who said to have taken it whole."""

    hash: str
    file: str
    recipients: str
    at: str
    events: int
    taken_by: tuple[str, ...]


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


def outgoing(workspace: Workspace) -> Outgoing:
    """What a batch written now would hold."""
    links = received.all_links(workspace.base.connection)
    records = sum(records_of(body) for _, body in links)
    held = trust(workspace)
    journals = {link.journal for link, _ in links}
    writers = {journal_name(workspace, held, journal) for journal in journals}
    return Outgoing(records, len(writers))


def shares(workspace: Workspace) -> Shares:
    """Who has what, by what each device said in its last batch; writers with most events first."""
    connection = workspace.base.connection
    held = trust(workspace)
    here = have_vector(received.held_dots(connection))
    journals: dict[str, list[str]] = {}
    for journal in here:
        journals.setdefault(journal_name(workspace, held, journal), []).append(journal)
    counts = {name: sum(here[journal] for journal in own) for name, own in journals.items()}
    writers = sorted(counts, key=lambda name: (-counts[name], name))
    latest = _latest(workspace)
    sent_batches = exchange.sent_batches(connection)
    holders = []
    for known in known_devices(workspace):
        if known.mine:
            continue
        batch = latest.get(known.kid)
        have = batch.have if batch else {}
        held_by = tuple(
            sum(min(here[journal], have.get(journal, 0)) for journal in journals[name])
            for name in writers
        )
        names = {known.kid, known.office, ANYONE}
        sent_at = next((b.at for b in sent_batches if names & set(b.recipients)), "")
        holders.append(Holder(known.label, batch.at if batch else "", sent_at, held_by))
    return Shares(tuple(writers), tuple(counts[name] for name in writers), tuple(holders))


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
    heard = receipts_heard(workspace)
    return tuple(
        SentLine(
            b.hash,
            b.file,
            ", ".join(_named(held, to) for to in b.recipients),
            b.at,
            b.events,
            heard.get(b.hash, ()),
        )
        for b in exchange.sent_batches(workspace.base.connection)
    )


def set_aside(workspace: Workspace) -> tuple[AsideLine, ...]:
    """Files set aside, oldest first."""
    return tuple(
        AsideLine(q.hash, q.file, q.at, q.reason)
        for q in exchange.quarantine(workspace.base.connection)
    )


def edit_states(workspace: Workspace, edits: Iterable[tuple[str, int]]) -> tuple[str, ...]:
    """Where saved edits (journal, n) are: on this device, in a batch, received by whom."""
    latest = _latest(workspace).values()
    written = exchange.sent_batches(workspace.base.connection)
    heard = receipts_heard(workspace)
    found = []
    for journal, n in edits:
        batches = [batch for batch in written if batch.heads.get(journal, 0) >= n]
        got = {batch.label for batch in latest if batch.have.get(journal, 0) >= n}
        got.update(name for batch in batches for name in heard.get(batch.hash, ()))
        if got:
            found.append(f"reçu par {', '.join(sorted(got))}")
        elif batches:
            found.append("dans un lot")
        else:
            found.append("sur ce poste")
    return tuple(found)


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
