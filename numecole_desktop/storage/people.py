"""Persons and attached files: apart from the journal, which only refers to them, and erasable."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

import msgspec
from sqlcipher3 import dbapi2 as sqlite

_REF_LENGTH = 32


@dataclass(frozen=True, slots=True)
class StoredPerson:
    """A person as stored; name, job and e-mail are empty once erased (``erased_at``)."""

    ref: str
    name: str
    job: str
    email: str
    erased_at: str


@dataclass(frozen=True, slots=True)
class StoredFile:
    """An attached file as stored; the content is read apart, and gone once erased."""

    sha256: str
    name: str
    media_type: str
    size: int
    erased_at: str


class SealedPerson(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A person with the salt that proves which reference stands for them."""

    ref: str
    salt: str
    name: str
    job: str
    email: str


def sealed_persons(connection: sqlite.Connection) -> list[SealedPerson]:
    """Every person who was not erased, to be sent beside the journals."""
    rows = connection.execute(
        "SELECT ref, salt, name, job, email FROM person WHERE erased_at IS NULL ORDER BY ref"
    )
    return [SealedPerson(*row) for row in rows]


def take_in_person(connection: sqlite.Connection, person: SealedPerson) -> None:
    """Keep a person who came with a batch, unless erased here or not who the reference says."""
    if person.ref == _reference(person.salt, person.name, person.job, person.email):
        connection.execute(
            "INSERT INTO person (ref, salt, name, job, email) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (ref) DO NOTHING",
            (person.ref, person.salt, person.name, person.job, person.email),
        )


def keep_person(connection: sqlite.Connection, name: str, job: str, email: str) -> str:
    """The reference of a person, kept if it is new, inside the caller's transaction.

    It is a hash of what is kept with a random salt: once both are erased, nobody can tell who
    it was, even by trying names.
    """
    held = connection.execute(
        "SELECT ref FROM person WHERE name = ? AND job = ? AND email = ?", (name, job, email)
    ).fetchone()
    if held:
        return str(held[0])
    salt = secrets.token_hex(16)
    ref = _reference(salt, name, job, email)
    connection.execute(
        "INSERT INTO person (ref, salt, name, job, email) VALUES (?, ?, ?, ?, ?)",
        (ref, salt, name, job, email),
    )
    return ref


def persons(connection: sqlite.Connection, refs: Iterable[str] | None = None) -> list[StoredPerson]:
    """Persons among ``refs``, or all, by name."""
    rows = connection.execute(
        "SELECT ref, coalesce(name, ''), coalesce(job, ''), coalesce(email, ''), "
        "coalesce(erased_at, '') FROM person WHERE ? IS NULL OR ref IN "
        "(SELECT value FROM json_each(?)) ORDER BY name, ref",
        (None, None) if refs is None else (1, json.dumps(list(refs))),
    )
    return [StoredPerson(*row) for row in rows]


def erase_person(connection: sqlite.Connection, ref: str, at: str) -> bool:
    """Forget who a reference stands for; returns whether somebody was there to forget."""
    connection.execute("PRAGMA secure_delete = ON")
    return bool(
        connection.execute(
            "UPDATE person SET salt = NULL, name = NULL, job = NULL, email = NULL, erased_at = ? "
            "WHERE ref = ? AND erased_at IS NULL",
            (at, ref),
        ).rowcount
    )


def drop_person(connection: sqlite.Connection, ref: str) -> None:
    """Remove a person whom nothing refers to any more."""
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("DELETE FROM person WHERE ref = ? AND erased_at IS NULL", (ref,))


def keep_file(
    connection: sqlite.Connection, sha256: str, name: str, media_type: str, content: bytes
) -> None:
    """Keep a file under the hash of its content; one that was erased comes back."""
    connection.execute(
        "INSERT INTO attachment (sha256, name, media_type, size, content) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (sha256) DO UPDATE SET name = excluded.name, content = excluded.content, "
        "erased_at = NULL WHERE erased_at IS NOT NULL",
        (sha256, name, media_type, len(content), content),
    )


def files(connection: sqlite.Connection, hashes: Iterable[str]) -> dict[str, StoredFile]:
    """Files among ``hashes``, by hash."""
    rows = connection.execute(
        "SELECT sha256, coalesce(name, ''), media_type, size, coalesce(erased_at, '') "
        "FROM attachment WHERE sha256 IN (SELECT value FROM json_each(?))",
        (json.dumps(list(hashes)),),
    )
    return {row[0]: StoredFile(*row) for row in rows}


def every_file(connection: sqlite.Connection) -> list[StoredFile]:
    """Files that are held and not erased, in the order in which they came."""
    rows = connection.execute(
        "SELECT sha256, coalesce(name, ''), media_type, size, '' FROM attachment "
        "WHERE content IS NOT NULL ORDER BY seq"
    )
    return [StoredFile(*row) for row in rows]


def file_content(connection: sqlite.Connection, sha256: str) -> bytes | None:
    """The content of a file; None when it is not held or was erased."""
    row = connection.execute(
        "SELECT content FROM attachment WHERE sha256 = ?", (sha256,)
    ).fetchone()
    return None if row is None or row[0] is None else bytes(row[0])


def erase_file(connection: sqlite.Connection, sha256: str, at: str) -> bool:
    """Forget the name and the content of a file; returns whether there was something."""
    connection.execute("PRAGMA secure_delete = ON")
    return bool(
        connection.execute(
            "UPDATE attachment SET name = NULL, content = NULL, erased_at = ? "
            "WHERE sha256 = ? AND erased_at IS NULL",
            (at, sha256),
        ).rowcount
    )


def _reference(*parts: str) -> str:
    text = json.dumps(parts, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:_REF_LENGTH]
