"""Signed batches: preparing one, taking one in, taking it back (spec 5.2 and 5.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from numecole_desktop.domain.delivery import Link
from numecole_desktop.domain.exchange import have_vector, to_send
from numecole_desktop.domain.french import NBSP, plural
from numecole_desktop.domain.journal import RecordKind, Source
from numecole_desktop.domain.problem import Problem
from numecole_desktop.referentials.resources import resource
from numecole_desktop.services.batch_files import attached_files, take_in_files
from numecole_desktop.services.devices import ThisDevice, limits, this_device, trust
from numecole_desktop.services.workspace import Changes, Workspace
from numecole_desktop.storage import exchange, received, snapshots
from numecole_desktop.storage.conflicts import conflict_count
from numecole_desktop.storage.errors import reason
from numecole_desktop.storage.events import JournalWriter
from numecole_desktop.storage.exchange import Quarantined, SentBatch, StoredBatch
from numecole_desktop.sync.batch import ANYONE, ReceivedBatch, new_batch, open_batch, seal_batch
from numecole_desktop.sync.batch_file import batch_name, write_signed
from numecole_desktop.sync.chains import Chain
from numecole_desktop.sync.fields import sha256
from numecole_desktop.sync.heads import SignedHead, sign_head
from numecole_desktop.sync.reading import read_signed
from numecole_desktop.sync.receipt import complete_receipt, load_words, receipt_of, same_words
from numecole_desktop.sync.refusals import Refusal
from numecole_desktop.sync.roles import Role
from numecole_desktop.sync.trust import Trust

_MAY_DECLARE_LOSS = (Role.CIRCONSCRIPTION, Role.DEPARTMENT, Role.ACADEMY)


@dataclass(frozen=True, slots=True)
class BatchSummary:
    """What a batch file holds, for whom, and where it is."""

    path: Path
    hash: str
    issuer: str
    recipients: tuple[str, ...]
    journals: int
    events: int
    attachments: int


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


def create_batch(
    workspace: Workspace, folder: Path, recipients: Sequence[str] = ()
) -> BatchSummary:
    """Write in ``folder`` a batch of all that this base knows, own events and relayed ones.

    ``recipients`` are key identifiers or codes of offices; without any, whoever trusts this
    device. All is sent each time: a lost file is healed by the next.

    Raises:
        ServiceError: this device has no key, or the folder cannot be written; nothing was left.
    """
    mine = this_device(workspace)
    held = trust(workspace)
    _sign_own(workspace, mine, held)
    heads = _heads(workspace)
    links = received.all_links(workspace.base.connection)
    covered = _covered([link for link, _ in links], heads)
    chosen = [link for link in to_send(link for link, _ in links) if link.hash in covered]
    bodies = {link.hash: body for link, body in links}
    batch = new_batch(
        mine.key,
        recipients=list(recipients) or [ANYONE],
        issued_at=_now(workspace),
        directory=held.directory.reference if held.directory else None,
        have=have_vector(received.held_dots(workspace.base.connection)),
        heads=heads,
        events=[bodies[link.hash] for link in chosen],
        attachments=attached_files(workspace),
    )
    data = seal_batch(batch, mine.key, mine.device.role, int(workspace.clock().timestamp()))
    number = len(exchange.sent_batches(workspace.base.connection)) + 1
    path = folder / batch_name(mine.device.office, mine.device.label, number)
    trusted = trust(workspace)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_signed(
            path, data, lambda found: open_batch(found, trusted, batch.recipients, limits())
        )
    except OSError as problem:
        raise Problem(
            f"Le lot ne peut pas être écrit dans {folder} ({reason(problem)}){NBSP}: vérifiez que "
            f"la clé est branchée et qu’il y reste de la place. Rien n’a été laissé à moitié."
        ) from problem
    opened = open_batch(data, trusted, batch.recipients, limits())
    with workspace.writing():
        exchange.keep_sent(
            workspace.base.connection,
            SentBatch(
                opened.hash,
                path.name,
                tuple(batch.recipients),
                batch.issued_at,
                len(chosen),
                complete_receipt(opened.hash, heads, "").have,
            ),
        )
    return _summary(path, opened, mine.device.label)


def check_batch(workspace: Workspace, path: Path) -> BatchSummary:
    """Verify a batch as an import would, and say what it holds; nothing is written.

    Raises:
        ServiceError: the batch is refused.
    """
    opened = open_batch(_read(path), trust(workspace), _me(workspace), limits())
    return _summary(path, opened, trust(workspace).device(opened.content.issuer).label)


def import_batch(workspace: Workspace, path: Path) -> BatchReport:
    """Take a batch in: verified whole first, then one transaction, after a copy of the base.

    A file whose author is not known yet is set aside, and taken in once it is.

    Raises:
        ServiceError: the batch is refused; nothing was changed.
    """
    return _take_in(workspace, _read(path), path.name)


def import_set_aside(workspace: Workspace) -> tuple[BatchReport, ...]:
    """Try again the files set aside; those that are still refused stay there."""
    reports = []
    for found in exchange.quarantine(workspace.base.connection):
        try:
            report = _take_in(workspace, found.data, found.file)
        except Refusal:
            continue
        if not report.set_aside:
            reports.append(report)
    return tuple(reports)


def receipt_matches(workspace: Workspace, digest: str, kid: str, typed: str) -> bool:
    """Whether the six words that ``kid`` reads aloud say that it has taken in the whole batch.

    ``digest`` begins the hash of a batch written here.

    Raises:
        ServiceError: no such batch was written here.
    """
    found = [
        batch
        for batch in exchange.sent_batches(workspace.base.connection)
        if batch.hash.startswith(digest)
    ]
    if not found:
        raise Problem(f"Aucun lot préparé ici ne commence par {digest}.")
    heads = [SignedHead(j, n, "0" * 64, kid, "") for j, n in found[0].heads.items()]
    expected = complete_receipt(found[0].hash, heads, kid).words(_words())
    return same_words(typed, expected)


def _take_in(workspace: Workspace, data: bytes, name: str) -> BatchReport:
    mine = this_device(workspace)
    held = trust(workspace)
    connection = workspace.base.connection
    try:
        opened = open_batch(data, held, _me(workspace), limits())
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
    snapshot = ""
    if new:
        copy = snapshots.snapshot_path(workspace.path, "avant-lot")
        snapshots.backup(workspace.base, copy)
        snapshot = copy.name
    before = conflict_count(connection)
    with workspace.writing():
        received.hold(connection, [event.body for event in new], opened.hash)
        exchange.keep_heads(
            connection,
            [(c.head.journal, c.head.kid, c.head.n, c.head.hash, c.head.signature) for c in good],
        )
        for chain in good:
            exchange.pin_owner(connection, chain.journal, chain.head.kid)
        owners = trust(workspace)
        done = received.deliver_held(
            connection, workspace.projection, lambda j: _may_declare(owners, mine, j)
        )
        workspace.writer = JournalWriter(connection, workspace.writer.journal)
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
        words = receipt_of(opened.hash, opened.content.heads, mine.device.kid, have).words(_words())
        added = sum(_records(event.body) for event in new) - waiting
        report = BatchReport(
            opened.hash,
            name,
            label,
            added,
            sum(_records(event.body) for event in events if event.hash in known),
            max(0, conflict_count(connection) - before),
            sum(_records(event.body) for chain in bad for event in chain.events),
            waiting,
            words,
            _sentences(workspace, owners, bad, done),
            "",
            Changes(everything=bool(new)),
        )
        exchange.keep_batch(connection, _stored(workspace, opened, report, snapshot))
    return report


def _stored(
    workspace: Workspace, opened: ReceivedBatch, report: BatchReport, snapshot: str
) -> StoredBatch:
    return StoredBatch(
        opened.hash,
        opened.content.issuer,
        report.issuer,
        report.file,
        _now(workspace),
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
    said += [
        f"Alerte{NBSP}: le journal de {journal_name(workspace, held, journal)} a deux suites "
        f"différentes à partir de la saisie {n}. Les deux sont gardées et rien n’en est appliqué"
        f"{NBSP}: prévenez la circonscription, une base ou une clé a été copiée."
        for journal, n in done.forked.items()
    ]
    return tuple(dict.fromkeys(said))


def journal_name(workspace: Workspace, held: Trust, journal: str) -> str:
    """The name of the device that writes a journal, else the beginning of its id."""
    if journal == workspace.writer.journal:
        return "ce poste"
    kid = exchange.owners(workspace.base.connection).get(journal)
    try:
        return held.device(kid or "").label
    except Refusal:
        return journal[:8]


def _waiting(workspace: Workspace, opened: ReceivedBatch) -> int:
    rows = workspace.base.connection.execute(
        "SELECT body FROM held_event WHERE received = ?", (opened.hash,)
    )
    return sum(_records(bytes(body)) for (body,) in rows)


def _records(body: bytes) -> int:
    outline = received.outline_of(body)
    return 0 if outline.kind == RecordKind.JOURNAL else len(outline.rows)


def _may_declare(held: Trust, mine: ThisDevice, journal: str) -> bool:
    if journal in mine.device.journals:
        return mine.device.role in _MAY_DECLARE_LOSS
    kid = held.pins.get(journal)
    try:
        return kid is not None and held.device(kid).role in _MAY_DECLARE_LOSS
    except Refusal:
        return False


def declare_lost(workspace: Workspace, journal: str, first: int, last: int, note: str) -> Changes:
    """Declare that events ``first`` to ``last`` of a journal will never come (circonscription).

    ``journal`` begins its id. What waited for them is applied.

    Raises:
        ServiceError: this device may not, nothing waits for that journal, or no reason is given.
    """
    mine = this_device(workspace)
    if mine.device.role not in _MAY_DECLARE_LOSS:
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
        owners = trust(workspace)
        received.deliver_held(
            connection, workspace.projection, lambda j: _may_declare(owners, mine, j)
        )
        workspace.writer = JournalWriter(connection, workspace.writer.journal)
    return Changes(everything=True)


def _sign_own(workspace: Workspace, mine: ThisDevice, held: Trust) -> None:
    """Sign the journals that nobody else signs: this one, and those before it on this base."""
    connection = workspace.base.connection
    theirs = set(exchange.owners(connection))
    if held.directory is not None:
        for directory in (held.directory, *held.parts):
            for device in directory.devices.values():
                if device.kid not in (mine.device.kid, mine.device.replaces):
                    theirs |= device.journals
    rows = connection.execute(
        "SELECT e.journal, e.n, e.hash FROM event AS e WHERE e.n = "
        "(SELECT max(x.n) FROM event AS x WHERE x.journal = e.journal)"
    ).fetchall()
    heads = [
        sign_head(mine.key, journal, n, digest)
        for journal, n, digest in rows
        if journal not in theirs
    ]
    with workspace.writing():
        exchange.keep_heads(
            connection, [(h.journal, h.kid, h.n, h.hash, h.signature) for h in heads]
        )


def _heads(workspace: Workspace) -> list[SignedHead]:
    return [
        SignedHead(journal, n, digest, kid, signature)
        for journal, kid, n, digest, signature in exchange.heads(workspace.base.connection)
    ]


def _covered(links: Sequence[Link], heads: Sequence[SignedHead]) -> set[str]:
    """Hashes of the events that a signed head vouches for."""
    previous: Mapping[str, str] = {link.hash: link.previous for link in links}
    found: set[str] = set()
    for head in heads:
        digest = head.hash
        while digest in previous and digest not in found:
            found.add(digest)
            digest = previous[digest]
    return found


def _me(workspace: Workspace) -> set[str]:
    mine = this_device(workspace).device
    return {kid for kid in (mine.kid, mine.replaces, mine.office) if kid}


def _read(path: Path) -> bytes:
    try:
        return read_signed(path, limits().envelope.batch_bytes)
    except OSError as problem:
        raise Problem(
            f"Le fichier {path.name} ne peut pas être lu ({reason(problem)}){NBSP}: vérifiez que "
            f"la clé est branchée."
        ) from problem


def _set_aside(workspace: Workspace, data: bytes, name: str, refusal: Refusal) -> None:
    exchange.set_aside(
        workspace.base.connection,
        Quarantined(sha256(data), name, _now(workspace), refusal.code, str(refusal), data),
    )


def _summary(path: Path, opened: ReceivedBatch, issuer: str) -> BatchSummary:
    batch = opened.content
    return BatchSummary(
        path,
        opened.hash,
        issuer,
        tuple(batch.recipients),
        len({chain.journal for chain in opened.chains}),
        sum(_records(event.body) for chain in opened.chains for event in chain.events),
        len(batch.attachments),
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


@cache
def _words() -> tuple[str, ...]:
    name = "sync/words.toml"
    return load_words(resource(name).read_bytes(), name)


def _now(workspace: Workspace) -> str:
    return workspace.clock().isoformat(timespec="seconds")
