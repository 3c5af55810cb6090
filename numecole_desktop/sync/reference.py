"""Reference packages: référentiels, school directory, ENT and GAR sets, as signed files.

A package is replaced whole by a higher version; it carries files, found by their hash.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import msgspec

from numecole_desktop.sync.attachments import Attachment, contents_of
from numecole_desktop.sync.ed25519 import DeviceKey
from numecole_desktop.sync.envelope import Signature, parse, seal
from numecole_desktop.sync.fields import Positive, Short, read_payload, sha256
from numecole_desktop.sync.limits import Limits
from numecole_desktop.sync.roles import Kind, Role
from numecole_desktop.sync.trust import Trust
from numecole_desktop.sync.trust_refusals import PackageFilesError, RevokedSignerError
from numecole_desktop.sync.versions import Held, is_newer

FORMAT = "numecole-reference/1"


class Subject(StrEnum):
    """What a package replaces."""

    RULES = "referentiels"
    SCHOOLS = "annuaire"
    ENT = "ent"
    GAR = "gar"

    @property
    def label(self) -> str:
        """French words."""
        return {
            Subject.RULES: "référentiels",
            Subject.SCHOOLS: "annuaire des écoles",
            Subject.ENT: "données ENT",
            Subject.GAR: "données GAR",
        }[self]


class ReferencePayload(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The signed content of a package; versions are counted by subject and territory."""

    format: str
    min_reader: Positive
    subject: Subject
    territory: Short
    version: Positive
    issued_at: str
    files: list[Attachment]


@dataclass(frozen=True, slots=True)
class ReferencePackage:
    """A verified package; ``files`` are contents by display name, never a path.

    ``newer`` is false when it is the one already held.
    """

    subject: Subject
    territory: str
    version: int
    hash: str
    files: Mapping[str, bytes]
    newer: bool


def seal_reference(
    payload: ReferencePayload, signers: Sequence[tuple[DeviceKey, Role]], now: int
) -> bytes:
    """The bytes of a package."""
    return seal(msgspec.json.encode(payload), Kind.REFERENCE, signers, now)


def open_reference(
    data: bytes, trust: Trust, held: Mapping[tuple[Subject, str], Held], limits: Limits
) -> ReferencePackage:
    """Verify a package; ``held`` gives the version held by subject and territory.

    Raises:
        Refusal: not signed by the académie, older than the one held, or contradictory.
    """
    envelope = parse(data, Kind.REFERENCE, limits.envelope)

    def find(signature: Signature) -> bytes:
        public = trust.signer(signature)
        if trust.revocation(signature.kid) is not None:
            raise RevokedSignerError(label=trust.device(signature.kid).label)
        return public

    verified = envelope.verified(find)
    payload = read_payload(verified, FORMAT, ReferencePayload, limits.envelope)
    digest = sha256(verified)
    before = held.get((payload.subject, payload.territory))
    newer = is_newer(payload.subject.label, payload.version, digest, before)
    contents = contents_of(payload.files)
    files = {entry.name: contents.get(entry.hash, b"") for entry in payload.files}
    if len(contents) != len(payload.files) or len(files) != len(payload.files):
        raise PackageFilesError(name=payload.subject.label)
    return ReferencePackage(
        payload.subject, payload.territory, payload.version, digest, files, newer
    )
