"""Ed25519 keys: identifiers, fingerprints, signatures; the only module that calls the library.

A key identifier (kid) is the RFC 7638 thumbprint of the public key. It is always computed from the
key, never believed.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass

from numecole_desktop.sync.base64url import encode
from numecole_desktop.sync.trust_refusals import (
    FingerprintError,
    KeyLengthError,
    WeakKeyError,
)

KEY_BYTES = 32
SIGNATURE_BYTES = 64
KID = re.compile(r"[A-Za-z0-9_-]{43}")

_PRIME = 2**255 - 19
_ORDER_8 = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7
# The y of the eight points of small order; a signature under one of them can be made by anyone.
_SMALL_ORDER = frozenset({0, 1, _PRIME - 1, _ORDER_8, _PRIME - _ORDER_8})
_DIGITS = 30
_GROUP = 5


@dataclass(frozen=True, slots=True)
class DeviceKey:
    """The private key of a device: 32 secret bytes."""

    seed: bytes

    def __repr__(self) -> str:
        return f"DeviceKey({self.kid})"

    @property
    def public(self) -> bytes:
        """The public key, 32 bytes."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw()

    @property
    def kid(self) -> str:
        """Identifier of the key."""
        return thumbprint(self.public)

    def sign(self, message: bytes) -> bytes:
        """The 64 bytes of the signature of ``message``."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self.seed).sign(message)


def new_key() -> DeviceKey:
    """A random key."""
    return DeviceKey(secrets.token_bytes(KEY_BYTES))


def thumbprint(public: bytes) -> str:
    """Identifier of a public key: SHA-256 of its JWK members in order, in base64url."""
    jwk = f'{{"crv":"Ed25519","kty":"OKP","x":"{encode(public)}"}}'
    return encode(hashlib.sha256(jwk.encode("ascii")).digest())


def check_public(public: bytes) -> None:
    """Refuse a public key under which others than its owner could sign.

    Raises:
        KeyLengthError: not 32 bytes.
        WeakKeyError: a point of small order, or a writing of a point that is not the canonical one.
    """
    if len(public) != KEY_BYTES:
        raise KeyLengthError
    y = int.from_bytes(public, "little") & (2**255 - 1)
    if y >= _PRIME or y in _SMALL_ORDER:
        raise WeakKeyError(kid=thumbprint(public))


def verify(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether ``signature`` is that of ``message`` under a key that ``check_public`` accepted."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def fingerprint(data: bytes) -> str:
    """Thirty digits in six groups, to be read over the telephone (99.7 bits).

    ``data`` is a public key, or the bytes of a statement of root keys.
    """
    digest = hashlib.sha256(b"numecole-fingerprint/1\n" + data).digest()
    digits = f"{int.from_bytes(digest, 'big') % 10**_DIGITS:0{_DIGITS}d}"
    return " ".join(digits[i : i + _GROUP] for i in range(0, _DIGITS, _GROUP))


def check_fingerprint(typed: str, data: bytes) -> None:
    """Compare what the listener typed, spaces and hyphens aside.

    Raises:
        FingerprintError: these are not the thirty digits of ``data``.
    """
    if re.sub(r"[\s.-]", "", typed) != fingerprint(data).replace(" ", ""):
        raise FingerprintError
