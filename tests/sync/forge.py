"""Signed files written by hand, so that they can be wrong in every way."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

import msgspec

from numecole_desktop.sync.ed25519 import DeviceKey
from tests.sync.support import NOW, batch, key

Members = dict[str, Any]


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def header(signer: DeviceKey, **members: Any) -> Members:
    """A header; a member given as None is left out."""
    usual = {
        "alg": "Ed25519",
        "typ": "numecole-lot+jws",
        "kid": signer.kid,
        "role": "adviser",
        "iat": NOW,
    }
    return {name: value for name, value in {**usual, **members}.items() if value is not None}


def signed(payload: bytes, signer: DeviceKey, protected: bytes) -> Members:
    """One entry of ``signatures`` over these very bytes of header."""
    text = b64(protected)
    value = signer.sign(f"{text}.{b64(payload)}".encode())
    return {"protected": text, "signature": b64(value)}


def envelope(payload: bytes, *entries: Members, **members: Any) -> bytes:
    return json.dumps({"payload": b64(payload), "signatures": list(entries), **members}).encode()


def batch_bytes(change: Callable[[Members], object] | None = None, **members: Any) -> bytes:
    """The payload of the ordinary batch, changed as JSON."""
    payload: Members = msgspec.to_builtins(batch())
    payload.update(members)
    if change is not None:
        change(payload)
    return json.dumps(payload, ensure_ascii=False).encode()


def by_lea(payload: bytes, **members: Any) -> bytes:
    """A payload signed by the adviser of the tests, with another header perhaps."""
    signer = key("lea")
    raw = json.dumps(header(signer, **members)).encode()
    return envelope(payload, signed(payload, signer, raw))


def altered(data: bytes, change: Callable[[Members], object]) -> bytes:
    """A signed file changed as JSON after it was signed."""
    top: Members = json.loads(data)
    change(top)
    return json.dumps(top).encode()
