"""The file of a device's private key: Argon2id and AES-256-GCM (RFC 9106).

The cost and the salt stand in the file and are authenticated with it. The secret that opens it is
a pass phrase, or a random secret that the caller keeps in a safe keyring: there is no other copy of
the key, and a lost one is replaced, never recovered.
"""

from __future__ import annotations

import json
import secrets
import unicodedata

import msgspec

from numecole_desktop.sync import base64url, strict_json
from numecole_desktop.sync.ed25519 import KEY_BYTES, DeviceKey
from numecole_desktop.sync.limits import KeyFileLimits
from numecole_desktop.sync.refusals import Base64Error, Refusal
from numecole_desktop.sync.trust_refusals import (
    KeyFileCostError,
    KeyFileError,
    PassPhraseError,
)

_VERSION = 1
_KDF = "argon2id"
_SALT_BYTES = 16
_NONCE_BYTES = 12
_SEALED_BYTES = KEY_BYTES + 16
_DEPTH = 1


class _Terms(msgspec.Struct, frozen=True):
    """What is authenticated beside the sealed key, in the order in which it is written."""

    v: int
    kdf: str
    t: int
    m_kib: int
    p: int
    salt: str
    nonce: str
    kid: str


class _File(_Terms, frozen=True, forbid_unknown_fields=True):
    seed: str


def seal_key(key: DeviceKey, secret: str, limits: KeyFileLimits) -> bytes:
    """The bytes of a key file, which ``secret`` opens."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = secrets.token_bytes(_SALT_BYTES), secrets.token_bytes(_NONCE_BYTES)
    terms = _Terms(
        _VERSION,
        _KDF,
        limits.iterations,
        limits.memory_kib,
        limits.lanes,
        base64url.encode(salt),
        base64url.encode(nonce),
        key.kid,
    )
    sealed = AESGCM(_derive(secret, salt, terms)).encrypt(nonce, key.seed, _bytes_of(terms))
    members = {**msgspec.to_builtins(terms), "seed": base64url.encode(sealed)}
    return json.dumps(members, indent=1).encode("ascii") + b"\n"


def open_key(data: bytes, secret: str, limits: KeyFileLimits) -> DeviceKey:
    """The key that ``seal_key`` sealed.

    Raises:
        KeyFileError: truncated, damaged or not a key file.
        KeyFileCostError: it asks for more, or less, work than a file of ours.
        PassPhraseError: another secret, or an altered file.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    file = _parse(data, limits)
    salt, nonce, sealed = (
        _decode(text, size)
        for text, size in (
            (file.salt, _SALT_BYTES),
            (file.nonce, _NONCE_BYTES),
            (file.seed, _SEALED_BYTES),
        )
    )
    terms = _Terms(*(getattr(file, name) for name in _Terms.__struct_fields__))
    try:
        seed = AESGCM(_derive(secret, salt, terms)).decrypt(nonce, sealed, _bytes_of(terms))
    except InvalidTag:
        raise PassPhraseError from None
    return DeviceKey(seed)


def _parse(data: bytes, limits: KeyFileLimits) -> _File:
    if len(data) > limits.file_bytes:
        raise KeyFileError
    try:
        file = strict_json.read_as(strict_json.loads(data, _DEPTH), _File)
    except Refusal:
        raise KeyFileError from None
    if (file.v, file.kdf) != (_VERSION, _KDF):
        raise KeyFileError
    for name, value, least, most in (
        ("t", file.t, limits.least_iterations, limits.most_iterations),
        ("m_kib", file.m_kib, limits.least_memory_kib, limits.most_memory_kib),
        ("p", file.p, 1, limits.most_lanes),
    ):
        if not least <= value <= most:
            raise KeyFileCostError(name=name, value=value)
    return file


def _decode(text: str, size: int) -> bytes:
    try:
        data = base64url.decode(text, "")
    except Base64Error:
        raise KeyFileError from None
    if len(data) != size:
        raise KeyFileError
    return data


def _derive(secret: str, salt: bytes, terms: _Terms) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    # One pass phrase typed on two keyboards must give the same bytes.
    phrase = unicodedata.normalize("NFC", secret).encode("utf-8")
    return Argon2id(
        salt=salt, length=KEY_BYTES, iterations=terms.t, lanes=terms.p, memory_cost=terms.m_kib
    ).derive(phrase)


def _bytes_of(terms: _Terms) -> bytes:
    return msgspec.json.encode(terms)
