"""Signed files: JWS General JSON Serialization (RFC 7515 section 7.2.1), closed profile.

The algorithm is Ed25519 (RFC 9864) and nothing else; each header is exactly {alg, typ, kid, role,
iat}; every signature must verify; the payload is bytes signed as written and is never read before.
The order of the checks is that of spec 5.3.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from numecole_desktop.sync import base64url, strict_json
from numecole_desktop.sync.ed25519 import KID, SIGNATURE_BYTES, DeviceKey, check_public, verify
from numecole_desktop.sync.limits import EnvelopeLimits
from numecole_desktop.sync.refusals import (
    AlgorithmError,
    EnvelopeMembersError,
    HeaderMembersError,
    HeaderSizeError,
    IssueTimeError,
    KeyIdError,
    KindError,
    RoleNameError,
    SameSignerError,
    SignatureCountError,
    SignatureError,
    SignatureLengthError,
    SignatureMembersError,
    TooLargeError,
)
from numecole_desktop.sync.roles import Kind, Role
from numecole_desktop.sync.trust_refusals import SignerRoleError

_ALGORITHM = "Ed25519"
_LARGE = frozenset({Kind.BATCH, Kind.REFERENCE})
_HEADER = ("alg", "typ", "kid", "role", "iat")


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature as received; ``issued`` (seconds since 1970) is a label, never compared."""

    kid: str
    role: Role
    issued: int
    protected: str
    value: bytes


@dataclass(frozen=True, slots=True)
class Envelope:
    """A well-formed signed file, of which nothing was verified yet."""

    kind: Kind
    claimed: bytes
    encoded: str
    signatures: tuple[Signature, ...]

    def verified(self, find_key: Callable[[Signature], bytes]) -> bytes:
        """The payload, once every signature holds.

        ``find_key`` gives the public key of a signer from what is trusted, or refuses it.

        Raises:
            Refusal: a signer is refused, has no right to this kind of file, or did not sign this.
        """
        keys = []
        for signature in self.signatures:
            if signature.role not in self.kind.signers:
                raise SignerRoleError(kid=signature.kid, role=signature.role.label)
            keys.append(find_key(signature))
        for signature, public in zip(self.signatures, keys, strict=True):
            check_public(public)
            message = f"{signature.protected}.{self.encoded}".encode("ascii")
            if not verify(public, signature.value, message):
                raise SignatureError(kid=signature.kid)
        return self.claimed


def seal(payload: bytes, kind: Kind, signers: Sequence[tuple[DeviceKey, Role]], now: int) -> bytes:
    """The bytes of a signed file; ``now`` is written as the time of signature (a label)."""
    encoded = base64url.encode(payload)
    entries = [_sign(encoded, kind, key, role, now) for key, role in signers]
    return json.dumps({"payload": encoded, "signatures": entries}, indent=1).encode("ascii")


def parse(data: bytes, kind: Kind, limits: EnvelopeLimits) -> Envelope:
    """Read a signed file of a kind, strictly; nothing in it may be believed yet.

    Raises:
        Refusal: too large, not strict JSON, not exactly the members of this profile, not canonical.
    """
    most = limits.batch_bytes if kind in _LARGE else limits.trust_bytes
    if len(data) > most:
        raise TooLargeError(limit=most // 2**20)
    return parse_value(strict_json.loads(data, limits.depth, limits.structure_bytes), kind, limits)


def parse_value(top: object, kind: Kind, limits: EnvelopeLimits) -> Envelope:
    """``parse`` for an envelope that stands inside a file of ours.

    Raises:
        Refusal: not exactly the members of this profile, not canonical.
    """
    if not isinstance(top, dict) or top.keys() != {"payload", "signatures"}:
        raise EnvelopeMembersError
    encoded, entries = top["payload"], top["signatures"]
    if not isinstance(encoded, str) or not isinstance(entries, list):
        raise EnvelopeMembersError
    if not 1 <= len(entries) <= limits.signatures:
        raise SignatureCountError(count=len(entries), most=limits.signatures)
    texts = [_texts(entry, rank) for rank, entry in enumerate(entries, 1)]
    claimed = base64url.decode(encoded, "payload")
    raw = [
        (protected, base64url.decode(protected, "protected"), base64url.decode(value, "signature"))
        for protected, value in texts
    ]
    signatures = []
    for rank, (protected, header, value) in enumerate(raw, 1):
        signatures.append(_signature(rank, protected, header, value, kind, limits))
    seen: set[str] = set()
    for signature in signatures:
        if signature.kid in seen:
            raise SameSignerError(kid=signature.kid)
        seen.add(signature.kid)
    return Envelope(kind, claimed, encoded, tuple(signatures))


def _texts(entry: object, rank: int) -> tuple[str, str]:
    if isinstance(entry, dict) and entry.keys() == {"protected", "signature"}:
        protected, value = entry["protected"], entry["signature"]
        if isinstance(protected, str) and isinstance(value, str):
            return protected, value
    raise SignatureMembersError(rank=rank)


def _signature(
    rank: int, protected: str, raw: bytes, value: bytes, kind: Kind, limits: EnvelopeLimits
) -> Signature:
    if len(raw) > limits.header_bytes:
        raise HeaderSizeError(rank=rank)
    header = strict_json.loads(raw, limits.depth)
    if not isinstance(header, dict) or header.keys() != set(_HEADER):
        raise HeaderMembersError(rank=rank)
    alg, typ, kid, role, issued = (header[name] for name in _HEADER)
    if alg != _ALGORITHM:
        raise AlgorithmError(alg=alg)
    if typ != kind:
        raise KindError(typ=typ, wanted=kind)
    if not isinstance(kid, str) or not KID.fullmatch(kid):
        raise KeyIdError(kid=kid)
    if not isinstance(role, str) or role not in set(Role):
        raise RoleNameError(role=role)
    if not isinstance(issued, int) or isinstance(issued, bool) or issued < 0:
        raise IssueTimeError(rank=rank)
    if len(value) != SIGNATURE_BYTES:
        raise SignatureLengthError(rank=rank)
    return Signature(kid, Role(role), issued, protected, value)


def _sign(encoded: str, kind: Kind, key: DeviceKey, role: Role, now: int) -> dict[str, str]:
    header = dict(zip(_HEADER, (_ALGORITHM, kind.value, key.kid, role.value, now), strict=True))
    protected = base64url.encode(json.dumps(header, separators=(",", ":")).encode("ascii"))
    value = key.sign(f"{protected}.{encoded}".encode("ascii"))
    return {"protected": protected, "signature": base64url.encode(value)}
