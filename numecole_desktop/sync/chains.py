"""Which events of a batch are authentic, and which of them are set aside.

An event counts only if a signed head covers it: the head names its hash, and each event names the
hash of the one before. Gaps are left to whoever stores the events; two branches of one journal
(a fork) come out as two chains.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from numecole_desktop.sync.devices import Device, Revocation
from numecole_desktop.sync.events import StoredEvent
from numecole_desktop.sync.heads import SignedHead, check_head
from numecole_desktop.sync.refusals import Refusal
from numecole_desktop.sync.trust import Trust
from numecole_desktop.sync.trust_refusals import (
    NOT_TRUSTED,
    ChainError,
    HeadMismatchError,
    HeadMissingError,
    JournalOwnerError,
    RevokedSignerError,
    ScopeError,
)


@dataclass(frozen=True, slots=True)
class Chain:
    """Consecutive events of one journal, oldest first, covered by ``head``.

    ``refusal`` says why they must be set aside; None when they may be stored and applied. The
    other chains of the batch are not concerned.
    """

    journal: str
    head: SignedHead
    events: tuple[StoredEvent, ...]
    refusal: Refusal | None = None


def check_chains(
    events: Mapping[str, StoredEvent], heads: Sequence[SignedHead], trust: Trust
) -> tuple[Chain, ...]:
    """Chains of a batch, by journal and number; every event is in exactly one.

    Raises:
        Refusal: the batch contradicts itself (an event that no head covers, a head that its key did
            not sign, a broken chain): it is refused whole.
    """
    judged = [(head, *_signer(head, trust)) for head in heads]
    # Heads that hold go first: the events that they cover are not set aside because someone else
    # put a head of his own on the same journal.
    judged.sort(key=lambda item: (item[2] is not None, item[0].journal, -item[0].n))
    covered: set[str] = set()
    chains: list[Chain] = []
    for head, device, refusal in judged:
        found = _walk(head, events, covered)
        if found and device is not None and refusal is None:
            chains += _divided(head, found, device, trust.revocation(head.kid))
        elif found:
            chains.append(Chain(head.journal, head, found, refusal))
    for digest, event in events.items():
        if digest not in covered:
            raise HeadMissingError(journal=event.journal, n=event.n)
    return tuple(sorted(chains, key=lambda chain: (chain.journal, chain.events[0].n)))


def _signer(head: SignedHead, trust: Trust) -> tuple[Device | None, Refusal | None]:
    try:
        device = trust.device(head.kid)
    except NOT_TRUSTED as refusal:
        return None, refusal
    check_head(head, device.public)
    if not trust.owns(head.kid, head.journal):
        return device, JournalOwnerError(journal=head.journal, kid=head.kid)
    return device, None


def _walk(
    head: SignedHead, events: Mapping[str, StoredEvent], covered: set[str]
) -> tuple[StoredEvent, ...]:
    """Events not covered yet, from the head backwards as far as the batch goes; oldest first."""
    found: list[StoredEvent] = []
    event = events.get(head.hash)
    if event is not None and (event.journal, event.n) != (head.journal, head.n):
        raise HeadMismatchError(journal=head.journal, n=head.n)
    while event is not None and event.hash not in covered:
        covered.add(event.hash)
        found.append(event)
        before = events.get(event.previous)
        if before is not None and (before.journal, before.n) != (event.journal, event.n - 1):
            raise ChainError(journal=event.journal, n=event.n)
        event = before
    return tuple(reversed(found))


def _divided(
    head: SignedHead,
    events: tuple[StoredEvent, ...],
    device: Device,
    revocation: Revocation | None,
) -> list[Chain]:
    """One chain, or two where the second part must be set aside."""
    good = len(events)
    refusal: Refusal | None = None
    if revocation is not None:
        good = _until_last_good(events, revocation)
        refusal = RevokedSignerError(label=device.label)
    for rank, event in enumerate(events[:good]):
        outside = device.outside(event.schools)
        if outside:
            good = rank
            refusal = ScopeError(n=event.n, label=device.label, uai=min(outside))
            break
    kept, aside = events[:good], events[good:]
    chains = [Chain(head.journal, head, kept)] if kept else []
    return [*chains, Chain(head.journal, head, aside, refusal)] if aside else chains


def _until_last_good(events: tuple[StoredEvent, ...], revocation: Revocation) -> int:
    """How many events lead to the last good one; a stolen key can backdate, not descend to it."""
    for last in revocation.last_good:
        for rank, event in enumerate(events):
            if (event.journal, event.n, event.hash) == (last.journal, last.n, last.hash):
                return rank + 1
    return 0
