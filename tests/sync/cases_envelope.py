"""Envelopes of batches: one good in several writings, and every way to be refused."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator

from numecole_desktop.sync.batch import seal_batch
from numecole_desktop.sync.ed25519 import DeviceKey
from numecole_desktop.sync.roles import Role
from tests.sync.forge import (
    Members,
    altered,
    b64,
    batch_bytes,
    by_lea,
    envelope,
    header,
    signed,
)
from tests.sync.support import NOW, batch, countersigned, key

Case = tuple[str, str, bytes]
"""Name, expected verdict, file."""


def envelope_cases() -> Iterator[Case]:
    yield from _good()
    yield from _writing()
    yield from _members()
    yield from _base64()
    yield from _headers()
    yield from _signatures()


def ordinary() -> bytes:
    return seal_batch(batch(), key("lea"), Role.ADVISER, NOW)


def _good() -> Iterator[Case]:
    data = ordinary()
    yield "ordinaire", "accepted", data
    yield "reindente", "accepted", json.dumps(json.loads(data), indent=7).encode()
    yield "fins-de-ligne-windows", "accepted", data.replace(b"\n", b"\r\n")
    yield "contresigne", "accepted", countersigned(batch())
    yield "date-en-2099", "accepted", by_lea(batch_bytes(), iat=4_102_444_800)
    yield "date-en-1970", "accepted", by_lea(batch_bytes(), iat=0)


def _writing() -> Iterator[Case]:
    data = ordinary()
    text = data.decode()
    yield "vide-d-objets", "envelope-members", b"{}"
    yield "liste", "envelope-members", b"[]"
    yield "tronque", "json-syntax", data[: len(data) // 2]
    yield "suivi-de-zeros", "json-syntax", data + b"\0" * 16
    yield "suivi-d-un-autre", "json-syntax", data + data
    yield "utf-8-avec-marque", "json-bom", b"\xef\xbb\xbf" + data
    yield "utf-16", "json-encoding", text.encode("utf-16")
    yield "octet-latin-1", "json-encoding", data.replace(b"signatures", b"signatur\xe9s")
    yield "membre-double", "json-duplicate", text.replace("{", '{"payload":"",', 1).encode()
    yield "nan", "json-not-a-number", text.replace("{", '{"x":NaN,', 1).encode()
    yield "infini", "json-not-a-number", text.replace("{", '{"x":-Infinity,', 1).encode()
    yield "decimal-infini", "json-not-a-number", text.replace("{", '{"x":1e999,', 1).encode()
    yield (
        "entier-immense",
        "json-huge-number",
        text.replace("{", '{"x":9007199254740992,', 1).encode(),
    )
    yield "entier-de-5000-chiffres", "json-huge-number", b'{"x":' + b"1" * 5000 + b"}"
    yield "profondeur-17", "json-depth", b"[" * 17 + b"]" * 17
    yield "demi-caractere", "json-half-character", text.replace("{", '{"\\ud800":0,', 1).encode()


def _members() -> Iterator[Case]:
    data = ordinary()
    one = json.loads(data)["signatures"][0]
    flat = {"payload": json.loads(data)["payload"], **one}
    yield "forme-aplatie", "envelope-members", json.dumps(flat).encode()
    compact = f"{one['protected']}.{flat['payload']}.{one['signature']}"
    yield "forme-compacte", "json-syntax", compact.encode()
    yield "membre-de-trop", "envelope-members", altered(data, lambda t: t.update(extra=1))
    yield "sans-signatures", "envelope-members", altered(data, lambda t: t.pop("signatures"))
    yield "charge-en-objet", "envelope-members", altered(data, lambda t: t.update(payload={}))
    yield "aucune-signature", "signature-count", altered(data, lambda t: t.update(signatures=[]))
    many = altered(data, lambda t: t.update(signatures=[one] * 9))
    yield "neuf-signatures", "signature-count", many
    loose = altered(data, lambda t: t["signatures"][0].update(header={"kid": "autre"}))
    yield "en-tete-non-signe", "signature-members", loose
    yield (
        "signature-en-texte",
        "signature-members",
        altered(data, lambda t: t.update(signatures=[""])),
    )


def _base64() -> Iterator[Case]:
    def loosened(text: str) -> str:
        """The same bytes in another writing: the last character keeps unused bits."""
        alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        return text[:-1] + alphabet[alphabet.index(text[-1]) ^ 1]

    data = ordinary()
    wide = by_lea(batch_bytes() + b" " * ((1 - len(batch_bytes())) % 3))

    yield (
        "charge-avec-remplissage",
        "base64",
        altered(wide, lambda t: t.update(payload=t["payload"] + "==")),
    )
    yield (
        "charge-non-canonique",
        "base64",
        altered(wide, lambda t: t.update(payload=loosened(t["payload"]))),
    )
    yield (
        "signature-non-canonique",
        "base64",
        altered(
            data,
            lambda t: t["signatures"][0].update(
                signature=loosened(t["signatures"][0]["signature"])
            ),
        ),
    )
    yield "base64-ordinaire", "base64", altered(data, lambda t: t.update(payload="+/+/"))
    yield (
        "base64-avec-retour",
        "base64",
        altered(data, lambda t: t.update(payload=t["payload"][:8] + "\n" + t["payload"][8:])),
    )
    yield "base64-accentue", "base64", altered(data, lambda t: t.update(payload="é" * 8))


def _headers() -> Iterator[Case]:
    payload = batch_bytes()
    for name, alg in (("sans", "none"), ("hs256", "HS256"), ("eddsa", "EdDSA"), ("es256", "ES256")):
        yield f"algorithme-{name}", "header-alg", by_lea(payload, alg=alg)
    for member, value in (("crit", ["x"]), ("jwk", {"kty": "OKP"}), ("b64", False), ("x5c", [])):
        yield f"en-tete-{member}", "header-members", by_lea(payload, **{member: value})
    for member in ("alg", "typ", "kid", "role", "iat"):
        yield f"en-tete-sans-{member}", "header-members", by_lea(payload, **{member: None})
    yield "type-annuaire", "header-typ", by_lea(payload, typ="numecole-annuaire+jws")
    yield "type-jwt", "header-typ", by_lea(payload, typ="JWT")
    yield "kid-chemin", "header-kid", by_lea(payload, kid="../../cle")
    yield "kid-nombre", "header-kid", by_lea(payload, kid=7)
    yield "role-inconnu", "header-role", by_lea(payload, role="ministre")
    yield "role-racine", "signer-role", by_lea(payload, role="root")
    yield "role-d-un-autre", "signer-role", by_lea(payload, role="academy")
    yield "date-texte", "header-iat", by_lea(payload, iat="hier")
    yield "date-decimale", "header-iat", by_lea(payload, iat=1.5)
    yield "date-negative", "header-iat", by_lea(payload, iat=-1)
    yield "date-vraie", "header-iat", by_lea(payload, iat=True)
    yield "en-tete-trop-long", "header-size", by_lea(payload, role="x" * 3000)
    lea = key("lea")
    twice = json.dumps(header(lea))[:-1].encode() + b',"kid":"' + lea.kid.encode() + b'"}'
    yield "en-tete-membre-double", "json-duplicate", envelope(payload, signed(payload, lea, twice))
    yield "en-tete-liste", "header-members", envelope(payload, signed(payload, lea, b"[]"))


def _signatures() -> Iterator[Case]:
    data, payload = ordinary(), batch_bytes()
    top: Members = json.loads(data)
    one = top["signatures"][0]
    lea, stranger = key("lea"), key("inconnu")
    changed = payload.replace(b"2026-2027", b"2025-2026")
    yield "charge-changee", "signature", altered(data, lambda t: t.update(payload=b64(changed)))
    yield "signature-d-un-autre-lot", "signature", envelope(payload + b" ", one)
    flipped = one["signature"][:10] + ("A" if one["signature"][10] != "A" else "B")
    flipped += one["signature"][11:]
    yield (
        "bit-de-signature",
        "signature",
        altered(data, lambda t: t["signatures"][0].update(signature=flipped)),
    )
    yield (
        "signature-courte",
        "signature-length",
        altered(data, lambda t: t["signatures"][0].update(signature=b64(b"x" * 63))),
    )
    yield (
        "signature-malleable",
        "signature",
        altered(data, lambda t: t["signatures"][0].update(signature=_malleable(one["signature"]))),
    )
    yield "meme-cle-deux-fois", "signer-twice", altered(data, lambda t: t["signatures"].append(one))
    raw = json.dumps(header(stranger)).encode()
    unknown = signed(payload, stranger, raw)
    yield "signataire-inconnu", "signer-unknown", envelope(payload, unknown)
    good = signed(payload, lea, json.dumps(header(lea)).encode())
    yield "un-bon-et-un-inconnu", "signer-unknown", envelope(payload, good, unknown)
    circo = header(key("circo"), role="circonscription")
    bad = signed(payload, stranger, json.dumps(circo).encode())
    yield "un-bon-et-un-faux", "signature", envelope(payload, good, bad)
    yield (
        "signe-par-un-autre",
        "signature",
        envelope(payload, signed(payload, stranger, json.dumps(header(lea)).encode())),
    )
    yield "hmac-par-la-cle-publique", "header-alg", _hmac(payload, lea)


def _malleable(text: str) -> str:
    """The same signature with S + L, which a lax verifier accepts."""
    order = 2**252 + 27742317777372353535851937790883648493
    value = base64.urlsafe_b64decode(text + "==")
    scalar = int.from_bytes(value[32:], "little") + order
    return b64(value[:32] + scalar.to_bytes(32, "little"))


def _hmac(payload: bytes, signer: DeviceKey) -> bytes:
    protected = b64(json.dumps(header(signer, alg="HS256")).encode())
    message = f"{protected}.{b64(payload)}".encode()
    value = hmac.digest(signer.public, message, hashlib.sha256)
    return envelope(payload, {"protected": protected, "signature": b64(value)})
