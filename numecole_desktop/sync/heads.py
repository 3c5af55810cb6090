"""Signed heads: one signature on {journal, n, hash} authenticates every event up to that one.

A head travels with the events, so that a device can relay journals that it did not write.
"""

from __future__ import annotations

import msgspec

from numecole_desktop.sync import base64url
from numecole_desktop.sync.ed25519 import SIGNATURE_BYTES, DeviceKey, verify
from numecole_desktop.sync.fields import Hash, JournalId, KeyId, Positive
from numecole_desktop.sync.trust_refusals import HeadSignatureError

_FORMAT = "numecole-head/1"


class SignedHead(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The hash of event ``n`` of a journal, signed by the key of its device."""

    journal: JournalId
    n: Positive
    hash: Hash
    kid: KeyId
    signature: str


def sign_head(key: DeviceKey, journal: str, n: int, digest: str) -> SignedHead:
    """The head of this device's journal, as it goes into a batch."""
    signature = key.sign(_message(journal, n, digest))
    return SignedHead(journal, n, digest, key.kid, base64url.encode(signature))


def check_head(head: SignedHead, public: bytes) -> None:
    """Verify the signature of a head.

    Raises:
        Refusal: the key did not sign it, or the signature is not written canonically.
    """
    signature = base64url.decode(head.signature, "heads.signature")
    message = _message(head.journal, head.n, head.hash)
    if len(signature) != SIGNATURE_BYTES or not verify(public, signature, message):
        raise HeadSignatureError(journal=head.journal, n=head.n, kid=head.kid)


def _message(journal: str, n: int, digest: str) -> bytes:
    # One writing only: members in this order, no space. A JWS signing input never begins with "{",
    # so that neither can pass for the other.
    return msgspec.json.encode({"format": _FORMAT, "journal": journal, "n": n, "hash": digest})
