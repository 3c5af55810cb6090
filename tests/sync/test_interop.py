"""Another implementation of JWS reads our files, and we read its own."""

from __future__ import annotations

import json

import msgspec
import pytest
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey
from joserfc.registry import HeaderParameter

from numecole_desktop.sync.batch import open_batch, seal_batch
from numecole_desktop.sync.ed25519 import DeviceKey, thumbprint
from numecole_desktop.sync.roles import Role
from tests.sync.forge import altered, b64, header
from tests.sync.support import ME, NOW, batch, countersigned, key, limits, trust

REGISTRY = jws.JWSRegistry(
    header_registry={
        "role": HeaderParameter("role of the signer", "str"),
        "iat": HeaderParameter("time of signature", "int"),
    },
    algorithms=["Ed25519"],
)


def okp(known: DeviceKey, *, private: bool = False) -> OKPKey:
    members: dict[str, str | list[str]] = {"kty": "OKP", "crv": "Ed25519", "x": b64(known.public)}
    if private:
        members["d"] = b64(known.seed)
    return OKPKey.import_key(members)


def verified(data: bytes, *names: str) -> bytes:
    """The payload, as joserfc gives it."""
    keys = {key(name).kid: okp(key(name)) for name in names}
    found = jws.deserialize_json(
        json.loads(data), lambda guest: keys[guest.headers()["kid"]], registry=REGISTRY
    )
    assert found.payload is not None
    return bytes(found.payload)


def test_another_implementation_verifies_our_batches() -> None:
    one = seal_batch(batch(), key("lea"), Role.ADVISER, NOW)
    assert verified(one, "lea") == msgspec.json.encode(batch())
    assert verified(countersigned(batch()), "lea", "circo") == msgspec.json.encode(batch())


def test_another_implementation_refuses_what_was_changed() -> None:
    data = seal_batch(batch(), key("lea"), Role.ADVISER, NOW)
    with pytest.raises(JoseError):
        verified(altered(data, lambda top: top.update(payload=b64(b"{}"))), "lea")


def test_we_verify_the_batches_of_another_implementation() -> None:
    lea = key("lea")
    made = jws.serialize_json(
        [{"protected": header(lea)}],
        msgspec.json.encode(batch()),
        okp(lea, private=True),
        registry=REGISTRY,
    )
    received = open_batch(json.dumps(made).encode(), trust(), ME, limits())
    assert received.content == batch()


def test_identifiers_of_keys_are_those_of_another_implementation() -> None:
    for name in ("lea", "circo", "racine-1"):
        assert thumbprint(key(name).public) == okp(key(name)).thumbprint()


def test_the_example_of_rfc_8037_has_its_thumbprint() -> None:
    public = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    assert thumbprint(public) == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"
