"""Signed batches: preparing one, verifying one, and the words of its receipt (spec 5.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from numecole_desktop.domain.delivery import Link
from numecole_desktop.domain.exchange import have_vector, to_send
from numecole_desktop.domain.journal import RecordKind
from numecole_desktop.domain.problem import Problem
from numecole_desktop.durable import explained
from numecole_desktop.referentials.resources import resource
from numecole_desktop.services import settings
from numecole_desktop.services.batch_files import attached_files
from numecole_desktop.services.devices import (
    ThisDevice,
    journals_before,
    label_of_now,
    limits,
    this_device,
)
from numecole_desktop.services.trusted import known_devices, trust
from numecole_desktop.services.workspace import Job, Progress, Workspace
from numecole_desktop.storage import exchange, received
from numecole_desktop.storage.events import outline_of
from numecole_desktop.storage.exchange import SentBatch
from numecole_desktop.sync.batch import ANYONE, ReceivedBatch, new_batch, open_batch, seal_batch
from numecole_desktop.sync.batch_file import batch_name, write_signed
from numecole_desktop.sync.heads import SignedHead, sign_head
from numecole_desktop.sync.reading import read_signed
from numecole_desktop.sync.receipt import complete_receipt, load_words, same_words
from numecole_desktop.sync.refusals import Refusal
from numecole_desktop.sync.trust import Trust

_RECEIPT = "receipt "
_STEPS = 4


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


def create_batch(
    workspace: Workspace, folder: Path, recipients: Sequence[str] = ()
) -> Job[BatchSummary]:
    """Write in ``folder`` a batch of all that this base knows, own events and relayed ones.

    ``recipients`` are key identifiers or codes of offices; without any, whoever trusts this
    device. All is sent each time: a lost file is healed by the next. The file appears at the end,
    whole: closing the generator before leaves none.

    Raises:
        Problem: this device has no key, or the folder cannot be written; nothing was left.
    """
    mine = this_device(workspace)
    held = trust(workspace)
    yield Progress(0, _STEPS, "Signature du journal de ce poste")
    _sign_own(workspace, mine, held)
    yield Progress(1, _STEPS, "Rassemblement des saisies")
    heads = _heads(workspace)
    links = received.all_links(workspace.base.connection)
    covered = _covered([link for link, _ in links], heads)
    chosen = [link for link in to_send(link for link, _ in links) if link.hash in covered]
    bodies = {link.hash: body for link, body in links}
    batch = new_batch(
        mine.key,
        recipients=list(recipients) or [ANYONE],
        issued_at=label_of_now(workspace),
        directory=held.directory.reference if held.directory else None,
        have=have_vector(received.held_dots(workspace.base.connection)),
        heads=heads,
        events=[bodies[link.hash] for link in chosen],
        attachments=attached_files(workspace),
    )
    yield Progress(2, _STEPS, "Signature du lot")
    data = seal_batch(batch, mine.key, mine.device.role, int(workspace.clock().timestamp()))
    number = len(exchange.sent_batches(workspace.base.connection)) + 1
    path = folder / batch_name(mine.device.office, mine.device.label, number)
    trusted = trust(workspace)
    yield Progress(3, _STEPS, f"Écriture et relecture de {path.name}")
    reread: list[ReceivedBatch] = []
    with explained(
        f"Le lot ne peut pas être écrit dans {folder}",
        "vérifiez que la clé est branchée et qu’il y reste de la place. Rien n’a été laissé à "
        "moitié.",
    ):
        folder.mkdir(parents=True, exist_ok=True)
        write_signed(
            path,
            data,
            lambda found: reread.append(open_batch(found, trusted, batch.recipients, limits())),
        )
    (opened,) = reread
    sent = SentBatch(
        opened.hash,
        path.name,
        tuple(batch.recipients),
        batch.issued_at,
        len(chosen),
        complete_receipt(opened.hash, heads, "").have,
    )
    try:
        with workspace.writing():
            exchange.keep_sent(workspace.base.connection, sent)
    except Problem:
        path.unlink(missing_ok=True)
        raise
    return _summary(path, opened, mine.device.label)


def check_batch(workspace: Workspace, path: Path) -> BatchSummary:
    """Verify a batch as an import would, and say what it holds; nothing is written.

    Raises:
        Problem: the batch is refused.
    """
    opened = open_batch(read_batch(path), trust(workspace), own_names(workspace), limits())
    return _summary(path, opened, trust(workspace).device(opened.content.issuer).label)


def receipt_matches(workspace: Workspace, digest: str, kid: str, typed: str) -> bool:
    """Whether the six words that ``kid`` reads aloud say that it has taken in the whole batch.

    A receipt that does is remembered. ``digest`` begins the hash of a batch written here.

    Raises:
        Problem: no such batch was written here.
    """
    found = [
        batch
        for batch in exchange.sent_batches(workspace.base.connection)
        if batch.hash.startswith(digest)
    ]
    if not found:
        raise Problem(f"Aucun lot préparé ici ne commence par {digest}.")
    heads = [SignedHead(j, n, "0" * 64, kid, "") for j, n in found[0].heads.items()]
    expected = complete_receipt(found[0].hash, heads, kid).words(receipt_words())
    same = same_words(typed, expected)
    if same:
        names = {device.kid: device.label for device in known_devices(workspace)}
        settings.put(workspace, f"{_RECEIPT}{found[0].hash} {kid}", names.get(kid, kid))
    return same


def receipts_heard(workspace: Workspace) -> Mapping[str, tuple[str, ...]]:
    """By hash of a batch written here, the devices that were heard saying its six words."""
    found: dict[str, list[str]] = {}
    for key, name in settings.starting(workspace, _RECEIPT).items():
        found.setdefault(key.split(" ")[0], []).append(name)
    return {digest: tuple(sorted(names)) for digest, names in found.items()}


def journal_name(workspace: Workspace, held: Trust, journal: str) -> str:
    """The name of the device that writes a journal, else the beginning of its id."""
    if journal == workspace.writer.journal:
        return "ce poste"
    kid = exchange.owners(workspace.base.connection).get(journal)
    try:
        return held.device(kid or "").label
    except Refusal:
        return journal[:8]


def records_of(body: bytes) -> int:
    """How many records an event speaks of."""
    outline = outline_of(body)
    return 0 if outline.kind == RecordKind.JOURNAL else len(outline.rows)


def _sign_own(workspace: Workspace, mine: ThisDevice, held: Trust) -> None:
    """Sign the journals that are this device's: its own, and those before it on this base.

    Whether a key may sign for the journal of a lost computer is for the recipients to judge.
    """
    connection = workspace.base.connection
    line = journals_before(workspace)
    rows = connection.execute(
        "SELECT e.journal, e.n, e.hash FROM event AS e WHERE e.n = "
        "(SELECT max(x.n) FROM event AS x WHERE x.journal = e.journal)"
    ).fetchall()
    heads = [
        sign_head(mine.key, journal, n, digest)
        for journal, n, digest in rows
        if journal in line or held.owns(mine.device.kid, journal)
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


def own_names(workspace: Workspace) -> set[str]:
    """What a batch for this device may name as its recipient."""
    mine = this_device(workspace).device
    return {kid for kid in (mine.kid, mine.replaces, mine.office) if kid}


def read_batch(path: Path) -> bytes:
    """The bytes of a batch file.

    Raises:
        Problem: it cannot be read, or is too large.
    """
    what = f"Le fichier {path.name} ne peut pas être lu"
    with explained(what, "vérifiez que la clé est branchée."):
        return read_signed(path, limits().envelope.batch_bytes)


def _summary(path: Path, opened: ReceivedBatch, issuer: str) -> BatchSummary:
    batch = opened.content
    return BatchSummary(
        path,
        opened.hash,
        issuer,
        tuple(batch.recipients),
        len({chain.journal for chain in opened.chains}),
        sum(records_of(event.body) for chain in opened.chains for event in chain.events),
        len(batch.attachments),
    )


@cache
def receipt_words() -> tuple[str, ...]:
    """The list that the six words of a receipt come from."""
    name = "sync/words.toml"
    return load_words(resource(name).read_bytes(), name)
