"""Batches: what one device sends to others in one signed file (spec 5.2)."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from numecole_desktop.sync.attachments import Attachment, contents_of
from numecole_desktop.sync.chains import Chain, check_chains
from numecole_desktop.sync.directory import DirectoryReference
from numecole_desktop.sync.ed25519 import DeviceKey
from numecole_desktop.sync.envelope import Signature, parse, seal
from numecole_desktop.sync.events import read_events
from numecole_desktop.sync.fields import (
    BatchId,
    JournalId,
    KeyId,
    Positive,
    Short,
    read_payload,
    sha256,
)
from numecole_desktop.sync.heads import SignedHead
from numecole_desktop.sync.limits import Limits
from numecole_desktop.sync.roles import Kind, Role
from numecole_desktop.sync.trust import Trust
from numecole_desktop.sync.trust_refusals import (
    IssuerError,
    RecipientError,
    RevokedSignerError,
)

FORMAT = "numecole-lot/1"
ANYONE = "*"
"""A recipient: every device that trusts the issuer."""


class Batch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The signed content of a batch.

    ``events`` holds the exact text of each event as its device wrote it. ``have`` is the vector
    {journal: last n held without gap} of the issuer. ``recipients`` are key identifiers, codes of
    offices, or ``ANYONE``. ``issued_at`` is a label.
    """

    format: str
    min_reader: Positive
    batch: BatchId
    issuer: KeyId
    recipients: list[Short]
    issued_at: str
    directory: DirectoryReference | None
    have: dict[JournalId, Positive]
    heads: list[SignedHead]
    events: list[str]
    attachments: list[Attachment]


@dataclass(frozen=True, slots=True)
class ReceivedBatch:
    """A batch whose signatures, form, recipients and chains were verified.

    ``hash`` is that of the payload: the same batch countersigned is the same batch. Chains with a
    refusal must be set aside. ``attachments`` holds contents by hash.
    """

    content: Batch
    hash: str
    signers: tuple[Signature, ...]
    chains: tuple[Chain, ...]
    attachments: Mapping[str, bytes]


def new_batch(
    issuer: DeviceKey,
    *,
    recipients: Sequence[str],
    issued_at: str,
    directory: DirectoryReference | None,
    have: Mapping[str, int],
    heads: Sequence[SignedHead],
    events: Sequence[bytes],
    attachments: Sequence[Attachment] = (),
) -> Batch:
    """A batch with an identifier of its own; ``events`` are the bytes stored in the journals."""
    return Batch(
        FORMAT,
        1,
        uuid.uuid4().hex,
        issuer.kid,
        list(recipients),
        issued_at,
        directory,
        dict(have),
        list(heads),
        [body.decode("utf-8") for body in events],
        list(attachments),
    )


def seal_batch(batch: Batch, key: DeviceKey, role: Role, now: int) -> bytes:
    """The bytes of a batch file; ``now`` (seconds since 1970) is a label."""
    return seal(msgspec.json.encode(batch), Kind.BATCH, [(key, role)], now)


def open_batch(data: bytes, trust: Trust, me: Collection[str], limits: Limits) -> ReceivedBatch:
    """Verify a batch, in the order of spec 5.3; nothing is written.

    ``me`` holds this device's key identifiers, former ones included, and the code of its office.

    Raises:
        Refusal: the batch is refused whole, or must be set aside (``quarantine``).
    """
    envelope = parse(data, Kind.BATCH, limits.envelope)
    payload = envelope.verified(trust.signer)
    batch = read_payload(payload, FORMAT, Batch, limits.envelope)
    if batch.issuer not in {signature.kid for signature in envelope.signatures}:
        raise IssuerError(issuer=batch.issuer)
    if not {ANYONE, *me} & set(batch.recipients):
        raise RecipientError(recipients=", ".join(batch.recipients))
    events = read_events(batch.events, limits.envelope.depth)
    chains = check_chains(events, batch.heads, trust)
    attachments = contents_of(batch.attachments)
    for signature in envelope.signatures:
        _check_revoked(signature, chains, trust)
    return ReceivedBatch(batch, sha256(payload), envelope.signatures, chains, attachments)


def _check_revoked(signature: Signature, chains: Sequence[Chain], trust: Trust) -> None:
    """A revoked key may still bring what leads to its last good events, and nothing else."""
    if trust.revocation(signature.kid) is None:
        return
    own = [chain for chain in chains if chain.head.kid == signature.kid]
    if not own or any(isinstance(chain.refusal, RevokedSignerError) for chain in own):
        raise RevokedSignerError(label=trust.device(signature.kid).label)
