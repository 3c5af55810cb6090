"""Taking a signed batch in: verified whole first, then one transaction (spec 5.3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from numecole_desktop.domain.causality import is_sound
from numecole_desktop.domain.delivery import fork_sentence
from numecole_desktop.domain.exchange import have_vector
from numecole_desktop.domain.french import NBSP, plural
from numecole_desktop.domain.journal import RecordKind, Source
from numecole_desktop.domain.problem import Problem
from numecole_desktop.services.batch_files import take_in_files
from numecole_desktop.services.batches import (
    journal_name,
    own_names,
    read_batch,
    receipt_words,
    records_of,
)
from numecole_desktop.services.deliveries import MAY_DECLARE_LOSS, deliver_now
from numecole_desktop.services.devices import label_of_now, limits, this_device
from numecole_desktop.services.trusted import trust
from numecole_desktop.services.workspace import Changes, Job, Progress, Workspace
from numecole_desktop.storage import exchange, received, snapshots
from numecole_desktop.storage.conflicts import conflict_count
from numecole_desktop.storage.events import outline_of
from numecole_desktop.storage.exchange import Quarantined, StoredBatch
from numecole_desktop.sync.batch import ReceivedBatch, open_batch
from numecole_desktop.sync.chains import Chain
from numecole_desktop.sync.fields import sha256
from numecole_desktop.sync.receipt import receipt_of
from numecole_desktop.sync.refusals import Refusal
from numecole_desktop.sync.trust import Trust
from numecole_desktop.sync.trust_refusals import EventShapeError


@dataclass(frozen=True, slots=True)
class BatchReport:
    """What taking a batch in did, in records.

    ``conflicts`` counts those that are new. ``set_aside`` is the sentence that says why the whole
    file waits, empty when it was taken in. ``sentences`` say what is refused, missing or forked.
    """

    hash: str
    file: str
    issuer: str
    added: int
    identical: int
    conflicts: int
    refused: int
    waiting: int
    words: tuple[str, ...]
    sentences: tuple[str, ...]
    set_aside: str
    changes: Changes


def import_batch(workspace: Workspace, path: Path) -> Job[BatchReport]:
    """Take a batch in: verified whole first, then one transaction, after a copy of the base.

    A file whose author is not known yet is set aside, and taken in once it is. Closing the
    generator before its end cancels: nothing is changed.

    Raises:
        Problem: the batch is refused; nothing was changed.
    """
    yield Progress(0, 0, f"Vérification de {path.name}")
    return (yield from _take_in(workspace, read_batch(path), path.name))


def import_set_aside(workspace: Workspace) -> Job[tuple[BatchReport, ...]]:
    """Try again the files set aside; those that are still refused stay there, with the reason.

    Each is taken in whole or not at all: closing the generator keeps those that were.
    """
    reports = []
    for found in exchange.quarantine(workspace.base.connection):
        yield Progress(0, 0, f"Vérification de {found.file}")
        try:
            report = yield from _take_in(workspace, found.data, found.file)
        except Refusal as refusal:
            with workspace.writing():
                _set_aside(workspace, found.data, found.file, refusal)
            continue
        if not report.set_aside:
            reports.append(report)
    return tuple(reports)


def _take_in(workspace: Workspace, data: bytes, name: str) -> Job[BatchReport]:
    mine = this_device(workspace)
    held = trust(workspace)
    connection = workspace.base.connection
    try:
        opened = open_batch(data, held, own_names(workspace), limits())
    except Refusal as refusal:
        if not refusal.quarantine:
            raise
        with workspace.writing():
            _set_aside(workspace, data, name, refusal)
        return BatchReport("", name, "", 0, 0, 0, 0, 0, (), (), str(refusal), Changes())
    label = held.device(opened.content.issuer).label
    good = [chain for chain in opened.chains if chain.refusal is None]
    bad = [chain for chain in opened.chains if chain.refusal is not None]
    events = [event for chain in good for event in chain.events]
    known = received.known_hashes(connection, [event.hash for event in events])
    new = [event for event in events if event.hash not in known]
    for rank, event in enumerate(new, 1):
        if not is_sound(outline_of(event.body).context, (event.journal, event.n)):
            raise EventShapeError(rank=rank, where="ctx")
    snapshot: Path | None = None
    if new:
        yield Progress(0, 0, "Copie de la base")
        snapshot = snapshots.snapshot_path(workspace.path, "avant-lot")
    before = conflict_count(connection)
    with _copied(workspace, snapshot), workspace.writing():
        received.hold(connection, [event.body for event in new], opened.hash)
        exchange.keep_heads(
            connection,
            [(c.head.journal, c.head.kid, c.head.n, c.head.hash, c.head.signature) for c in good],
        )
        for chain in good:
            exchange.pin_owner(connection, chain.journal, chain.head.kid)
        owners = trust(workspace)
        done = yield from deliver_now(workspace, owners)
        yield Progress(1, 1, "Enregistrement")
        take_in_files(workspace, opened)
        for chain in bad:
            if chain.refusal is not None and chain.refusal.quarantine:
                _set_aside(workspace, data, name, chain.refusal)
        if not bad:
            exchange.release(connection, sha256(data))
        if workspace.writer.journal in done.forked or any(
            event.journal == workspace.writer.journal for event in new
        ):
            workspace.start_journal(predecessor=workspace.writer.journal)
        waiting = _waiting(workspace, opened)
        have = have_vector(received.held_dots(connection))
        words = receipt_of(opened.hash, opened.content.heads, mine.device.kid, have).words(
            receipt_words()
        )
        added = sum(records_of(event.body) for event in new) - waiting
        report = BatchReport(
            opened.hash,
            name,
            label,
            added,
            sum(records_of(event.body) for event in events if event.hash in known),
            max(0, conflict_count(connection) - before),
            sum(records_of(event.body) for chain in bad for event in chain.events),
            waiting,
            words,
            _sentences(workspace, owners, bad, done),
            "",
            Changes(everything=bool(new)),
        )
        copied = snapshot.name if snapshot else ""
        exchange.keep_batch(connection, _stored(workspace, opened, report, copied))
    return report


@contextmanager
def _copied(workspace: Workspace, snapshot: Path | None) -> Iterator[None]:
    """A copy of the base is made before; what is cancelled or refused leaves none behind."""
    try:
        if snapshot is not None:
            snapshots.backup(workspace.base, snapshot)
        yield
    except BaseException:
        if snapshot is not None:
            snapshots.discard(snapshot)
        raise


def _stored(
    workspace: Workspace, opened: ReceivedBatch, report: BatchReport, snapshot: str
) -> StoredBatch:
    return StoredBatch(
        opened.hash,
        opened.content.issuer,
        report.issuer,
        report.file,
        label_of_now(workspace),
        workspace.operator,
        report.added,
        report.identical,
        report.conflicts,
        report.refused,
        report.waiting,
        " ".join(report.words),
        opened.content.have,
        {head.journal: (head.n, head.hash) for head in opened.content.heads},
        snapshot,
        undone=False,
    )


def _sentences(
    workspace: Workspace,
    held: Trust,
    bad: Sequence[Chain],
    done: received.Delivered,
) -> tuple[str, ...]:
    said = [str(chain.refusal) for chain in bad]
    said += [lack.sentence(journal_name(workspace, held, lack.journal)) for lack in done.missing]
    said += alarms(workspace, held, done.forked)
    return tuple(dict.fromkeys(said))


def alarms(workspace: Workspace, held: Trust, forked: Mapping[str, int]) -> list[str]:
    """A sentence for each journal that has two branches from number ``forked[journal]`` on."""
    return [
        f"Alerte{NBSP}: {fork_sentence(n, journal_name(workspace, held, journal))}"
        for journal, n in forked.items()
    ]


def _waiting(workspace: Workspace, opened: ReceivedBatch) -> int:
    rows = workspace.base.connection.execute(
        "SELECT body FROM held_event WHERE received = ?", (opened.hash,)
    )
    return sum(records_of(bytes(body)) for (body,) in rows)


def declare_lost(
    workspace: Workspace, journal: str, first: int, last: int, note: str
) -> Job[Changes]:
    """Declare that events ``first`` to ``last`` of a journal will never come (circonscription).

    ``journal`` begins its id. What waited for them is applied. Closing the generator before its
    end changes nothing.

    Raises:
        Problem: this device may not, nothing waits for that journal, or no reason is given.
    """
    mine = this_device(workspace)
    if mine.device.role not in MAY_DECLARE_LOSS:
        raise Problem("Seule la circonscription, le département ou l’académie déclare une perte.")
    if not note.strip() or not 0 < first <= last:
        raise Problem("Donnez les numéros perdus, du premier au dernier, et la raison.")
    connection = workspace.base.connection
    waited = {
        row[0]
        for row in connection.execute("SELECT DISTINCT journal FROM held_event")
        if row[0].startswith(journal)
    }
    if len(waited) != 1:
        raise Problem(f"Aucune saisie n’attend la suite du journal {journal}.")
    with workspace.writing():
        workspace.record(
            RecordKind.LOSS,
            RecordKind.LOSS.key_columns,
            [(waited.pop(), first, last)],
            source=Source.OBSERVED,
            note=note.strip(),
        )
        yield from deliver_now(workspace, trust(workspace))
    return Changes(everything=True)


def _set_aside(workspace: Workspace, data: bytes, name: str, refusal: Refusal) -> None:
    exchange.set_aside(
        workspace.base.connection,
        Quarantined(sha256(data), name, label_of_now(workspace), refusal.code, str(refusal), data),
    )


def report_words(report: BatchReport) -> str:
    """A report in one sentence."""
    if report.set_aside:
        return f"{report.file} est mis de côté. {report.set_aside}"
    parts = [
        plural(report.added, "saisie ajoutée", "saisies ajoutées"),
        plural(report.identical, "déjà connue", "déjà connues"),
        f"{report.conflicts} en désaccord",
        plural(report.refused, "refusée", "refusées"),
        f"{report.waiting} en attente",
    ]
    return f"Lot de {report.issuer}{NBSP}: {', '.join(parts)}."
