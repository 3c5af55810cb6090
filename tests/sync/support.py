"""A small académie, always the same: its keys come from their names, its clock stands still."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

import msgspec

from numecole_desktop.domain.journal import GENESIS_HASH
from numecole_desktop.referentials.resources import resource
from numecole_desktop.sync.batch import Batch, new_batch
from numecole_desktop.sync.devices import DeviceEntry, LastGood, Revocation
from numecole_desktop.sync.directory import (
    FORMAT,
    Directory,
    DirectoryPayload,
    open_directory,
    open_part,
    seal_directory,
)
from numecole_desktop.sync.ed25519 import DeviceKey
from numecole_desktop.sync.envelope import seal
from numecole_desktop.sync.heads import sign_head
from numecole_desktop.sync.limits import Limits, load_limits
from numecole_desktop.sync.roles import Kind, Role
from numecole_desktop.sync.roots import Roots, open_roots, roots_file, state_roots
from numecole_desktop.sync.trust import Trust

NOW = 1_795_284_000
DAY = date(2026, 11, 21)
OFFICE = "0110041K"
SCHOOLS = ["0110001A", "0110002B"]
ROOT_NAMES = ("racine-1", "racine-2", "racine-3")
# Events of each journal; that of marc, who lost his laptop, is good up to the second.
COUNTS = {"lea": 3, "marc": 4, "circo": 2, "zoe": 2, "inconnu": 2}
LAST_GOOD = 2


def key(name: str) -> DeviceKey:
    return DeviceKey(hashlib.sha256(f"numecole test key {name}".encode()).digest())


def journal(name: str) -> str:
    return hashlib.sha256(f"numecole test journal {name}".encode()).hexdigest()[:32]


@cache
def limits() -> Limits:
    """The shipped bounds, with a key file that opens at once."""
    shipped = load_limits(resource("sync/limits.toml").read_bytes(), "limits.toml")
    cost = {"iterations": 1, "memory_kib": 64, "lanes": 1, "least_memory_kib": 64}
    return msgspec.structs.replace(
        shipped, key_file=msgspec.structs.replace(shipped.key_file, **cost)
    )


def body(name: str, n: int, previous: str, /, **members: object) -> bytes:
    """Bytes of an event; ``members`` are added, or replace those of an ordinary one."""
    event: dict[str, object] = {
        "v": 1,
        "journal": journal(name),
        "n": n,
        "prev": previous,
        "ctx": {journal(name): n - 1} if n > 1 else {},
        "operator": name,
        "at": "2026-11-21T18:00:00+01:00",
        "kind": "declaration",
        "columns": ["uai", "year", "B1"],
        "rows": [[SCHOOLS[1] if name == "zoe" else SCHOOLS[0], "2026-2027", n]],
        "source": "observed",
    }
    return json.dumps({**event, **members}, ensure_ascii=False, separators=(",", ":")).encode()


def countersigned(content: Batch) -> bytes:
    """A batch that its author and the circonscription have signed."""
    signers = [(key("lea"), Role.ADVISER), (key("circo"), Role.CIRCONSCRIPTION)]
    return seal(msgspec.json.encode(content), Kind.BATCH, signers, NOW)


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def chained(name: str, count: int, /, **members: object) -> list[bytes]:
    """A whole journal of ``count`` events."""
    bodies: list[bytes] = []
    previous = GENESIS_HASH
    for n in range(1, count + 1):
        bodies.append(body(name, n, previous, **members))
        previous = digest(bodies[-1])
    return bodies


@cache
def journal_of(name: str) -> list[bytes]:
    return chained(name, COUNTS[name])


def head(name: str, n: int, data: bytes, signer: str = "") -> Any:
    return sign_head(key(signer or name), journal(name), n, digest(data))


def entry(name: str, role: Role, **members: Any) -> DeviceEntry:
    known = key(name)
    scoped = role in (Role.CIRCONSCRIPTION, Role.ADVISER)
    described = DeviceEntry(
        known.kid,
        base64.urlsafe_b64encode(known.public).rstrip(b"=").decode(),
        f"poste de {name}",
        role,
        OFFICE,
        list(SCHOOLS) if scoped else None,
        [journal(name)],
    )
    return msgspec.structs.replace(described, **members)


def directory_payload(version: int = 3, **members: Any) -> DirectoryPayload:
    last = LastGood(journal("marc"), LAST_GOOD, digest(journal_of("marc")[LAST_GOOD - 1]))
    payload = DirectoryPayload(
        FORMAT,
        1,
        "academie-test",
        version,
        "2026-11-20",
        date(2027, 8, 31),
        [
            entry("academie", Role.ACADEMY, office="academie-test"),
            entry("circo", Role.CIRCONSCRIPTION),
            entry("lea", Role.ADVISER),
            entry("marc", Role.ADVISER),
        ],
        [Revocation(key("marc").kid, "portable volé", [last])],
    )
    return msgspec.structs.replace(payload, **members)


def part_payload(version: int = 1, **members: Any) -> DirectoryPayload:
    payload = directory_payload(
        version,
        territory=OFFICE,
        devices=[entry("zoe", Role.ADVISER, schools=[SCHOOLS[1]])],
        revoked=[],
    )
    return msgspec.structs.replace(payload, **members)


def as_roots(*names: str) -> list[tuple[DeviceKey, Role]]:
    return [(key(name), Role.ROOT) for name in names]


def directory_file(payload: DirectoryPayload | None = None, *signers: str) -> bytes:
    return seal_directory(
        payload or directory_payload(), as_roots(*(signers or ROOT_NAMES[:2])), NOW
    )


def part_file(payload: DirectoryPayload | None = None, signer: str = "circo") -> bytes:
    return seal_directory(payload or part_payload(), [(key(signer), Role.CIRCONSCRIPTION)], NOW)


def statement(
    version: int = 1,
    names: Sequence[str] = ROOT_NAMES,
    signers: Sequence[str] = ROOT_NAMES,
    threshold: int = 2,
) -> bytes:
    keys = [(key(name).public, name) for name in names]
    return state_roots(version, threshold, keys, [key(name) for name in signers], NOW)


@cache
def roots() -> Roots:
    return open_roots(roots_file([statement()]), None, limits())


@cache
def directory() -> Directory:
    return open_directory(directory_file(), roots(), None, limits())


@cache
def trust() -> Trust:
    part = open_part(part_file(), directory(), None, limits())
    return Trust.of(directory(), [part], {}, {})


ME = frozenset({key("circo").kid, OFFICE})
"""The reader of the tests: the office."""


def batch(*names: str, issuer: str = "lea", **members: Any) -> Batch:
    """A batch for the office with the whole journals of ``names``."""
    names = names or (issuer,)
    made = new_batch(
        key(issuer),
        recipients=[OFFICE],
        issued_at="2026-11-21T18:00:00+01:00",
        directory=directory().reference,
        have={journal(name): COUNTS[name] for name in names},
        heads=[head(name, COUNTS[name], journal_of(name)[-1]) for name in names],
        events=[data for name in names for data in journal_of(name)],
    )
    return msgspec.structs.replace(made, batch=digest(issuer.encode())[:32], **members)
