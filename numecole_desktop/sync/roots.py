"""The académie's root keys: several, kept off line, of which a threshold must sign.

The file holds every statement since the first, so that a device that was away for long can follow:
version N+1 is signed by the threshold of version N and by its own (the rule of TUF). Until the
académie is heard over the telephone, the first statement is only believed on first use.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import msgspec

from numecole_desktop.sync import base64url, strict_json
from numecole_desktop.sync.ed25519 import DeviceKey, check_public, fingerprint, thumbprint
from numecole_desktop.sync.envelope import Envelope, Signature, parse_value, seal
from numecole_desktop.sync.fields import Positive, Short, check_format, read_payload, sha256
from numecole_desktop.sync.limits import Limits
from numecole_desktop.sync.refusals import EnvelopeMembersError, TooLargeError
from numecole_desktop.sync.roles import Kind, Role
from numecole_desktop.sync.trust_refusals import (
    RollbackError,
    RootsError,
    ThresholdError,
    UnknownSignerError,
)

_FORMAT = "numecole-racines/1"
_NAME = "clés racines"


class _RootKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    x: str
    label: Short


class _Statement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: str
    min_reader: Positive
    version: Positive
    threshold: Positive
    keys: list[_RootKey]


@dataclass(frozen=True, slots=True)
class Roots:
    """Root keys by identifier, and how many of them must sign. ``hash`` is that of the statement.

    A device keeps ``version`` and ``hash`` of the last that it accepted.
    """

    version: int
    threshold: int
    keys: Mapping[str, bytes]
    hash: str

    @property
    def fingerprint(self) -> str:
        """The thirty digits that the académie reads over the telephone."""
        return fingerprint(bytes.fromhex(self.hash))

    def find(self, signature: Signature) -> bytes:
        """Key of a signature made as root.

        Raises:
            UnknownSignerError: it is none of these keys.
        """
        if signature.role is not Role.ROOT or signature.kid not in self.keys:
            raise UnknownSignerError(kid=signature.kid)
        return self.keys[signature.kid]

    def check_threshold(self, envelope: Envelope, name: str) -> None:
        """Refuse a file that too few of these keys signed; a key counts once.

        Raises:
            ThresholdError: signatures are missing.
        """
        count = len({s.kid for s in envelope.signatures} & self.keys.keys())
        if count < self.threshold:
            raise ThresholdError(name=name, count=count, threshold=self.threshold)


def state_roots(
    version: int,
    threshold: int,
    keys: Sequence[tuple[bytes, str]],
    signers: Sequence[DeviceKey],
    now: int,
) -> bytes:
    """One signed statement of root keys (public key, label)."""
    statement = _Statement(
        _FORMAT,
        1,
        version,
        threshold,
        [_RootKey(base64url.encode(public), label) for public, label in keys],
    )
    payload = msgspec.json.encode(statement)
    return seal(payload, Kind.ROOTS, [(key, Role.ROOT) for key in signers], now)


def roots_file(statements: Sequence[bytes]) -> bytes:
    """The file that holds signed statements, oldest first."""
    envelopes = [json.loads(statement) for statement in statements]
    return json.dumps({"format": _FORMAT, "statements": envelopes}, indent=1).encode("ascii")


def open_roots(data: bytes, pinned: Roots | None, limits: Limits) -> Roots:
    """The last root keys of a file, once every step that leads to them was verified.

    ``pinned`` is what this device accepted before; None on first use.

    Raises:
        Refusal: older than those pinned, not their continuation, or not signed enough.
    """
    bounds = limits.envelope
    if len(data) > bounds.trust_bytes:
        raise TooLargeError(limit=bounds.trust_bytes // 2**20)
    top = strict_json.loads(data, bounds.depth, bounds.structure_bytes)
    if not isinstance(top, dict) or top.keys() != {"format", "statements"}:
        raise EnvelopeMembersError
    check_format(top, _FORMAT)
    if not isinstance(top["statements"], list) or not top["statements"]:
        raise EnvelopeMembersError
    envelopes = [parse_value(value, Kind.ROOTS, bounds) for value in top["statements"]]
    stated = [_claimed(envelope, limits) for envelope in envelopes]
    for before, after in pairwise(stated):
        if after.version != before.version + 1:
            raise RootsError
    former = pinned
    if pinned is not None and stated[-1].version < pinned.version:
        raise RollbackError(name=_NAME, version=stated[-1].version, held=pinned.version)
    for envelope, roots in zip(envelopes, stated, strict=True):
        if pinned is not None and roots.version <= pinned.version:
            if roots.version == pinned.version and roots.hash != pinned.hash:
                raise RootsError
            continue
        _check_step(envelope, roots, former)
        former = roots
    return stated[-1]


def _check_step(envelope: Envelope, roots: Roots, former: Roots | None) -> None:
    if roots.version != (former.version + 1 if former else 1):
        raise RootsError
    keys = {**(former.keys if former else {}), **roots.keys}
    either = Roots(roots.version, 1, keys, roots.hash)
    envelope.verified(either.find)
    for counted in (former, roots):
        if counted is not None:
            counted.check_threshold(envelope, _NAME)


def _claimed(envelope: Envelope, limits: Limits) -> Roots:
    """What a statement says: its new keys stand in it, so it is read before it is verified."""
    statement = read_payload(envelope.claimed, _FORMAT, _Statement, limits.envelope, signed=False)
    keys: dict[str, bytes] = {}
    for entry in statement.keys:
        public = base64url.decode(entry.x, "x")
        check_public(public)
        keys[thumbprint(public)] = public
    least = limits.roots.least_threshold
    if len(keys) != len(statement.keys) or not least <= statement.threshold <= len(keys):
        raise RootsError
    return Roots(statement.version, statement.threshold, keys, sha256(envelope.claimed))
