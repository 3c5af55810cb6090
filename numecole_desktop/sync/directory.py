"""The directory of devices: who may sign what, whole and versioned, signed by the académie.

A circonscription may sign a *part* of its own, restricted to advisers of its own schools.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import msgspec

from numecole_desktop.domain.french import NBSP, long_date
from numecole_desktop.sync.devices import Device, DeviceEntry, Revocation, device_of
from numecole_desktop.sync.ed25519 import DeviceKey
from numecole_desktop.sync.envelope import Signature, parse, seal
from numecole_desktop.sync.fields import Hash, Positive, Short, read_payload, sha256
from numecole_desktop.sync.limits import Limits
from numecole_desktop.sync.refusals import SignatureCountError
from numecole_desktop.sync.roles import Kind, Role
from numecole_desktop.sync.roots import Roots
from numecole_desktop.sync.trust_refusals import (
    DelegationError,
    DirectoryEntryError,
    RevokedSignerError,
    SignerRoleError,
    UnknownSignerError,
)
from numecole_desktop.sync.versions import Held, is_newer

FORMAT = "numecole-annuaire/1"
_NAME = "annuaire des postes"


class DirectoryPayload(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The signed content of a directory, or of a part; ``territory`` is the code of its author."""

    format: str
    min_reader: Positive
    territory: Short
    version: Positive
    issued_at: str
    expires: date
    devices: list[DeviceEntry]
    revoked: list[Revocation]


class DirectoryReference(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The directory that the issuer of a batch holds."""

    version: Positive
    hash: Hash


@dataclass(frozen=True, slots=True)
class Directory:
    """A verified directory, or part; ``author`` is the key of the circonscription of a part.

    ``newer`` is false when it is the one already held.
    """

    territory: str
    version: int
    hash: str
    expires: date
    devices: Mapping[str, Device]
    revoked: Mapping[str, Revocation]
    author: str | None
    newer: bool

    @property
    def reference(self) -> DirectoryReference:
        """What a batch says of it."""
        return DirectoryReference(self.version, self.hash)

    def warning(self, today: date) -> str | None:
        """A French sentence when it has expired; it still holds, for lack of a better one."""
        if today <= self.expires:
            return None
        return (
            f"L’annuaire des postes (version {self.version}) n’est plus à jour depuis le "
            f"{long_date(self.expires)}{NBSP}: demandez le nouveau à {self.territory}."
        )


def seal_directory(
    payload: DirectoryPayload, signers: Sequence[tuple[DeviceKey, Role]], now: int
) -> bytes:
    """The bytes of a directory (root keys) or of a part (key of a circonscription)."""
    return seal(msgspec.json.encode(payload), Kind.DIRECTORY, signers, now)


def open_directory(data: bytes, roots: Roots, held: Held | None, limits: Limits) -> Directory:
    """Verify the directory of the académie.

    Raises:
        Refusal: not signed by enough root keys, older than the one held, contradictory.
    """
    envelope = parse(data, Kind.DIRECTORY, limits.envelope)
    verified = envelope.verified(roots.find)
    roots.check_threshold(envelope, _NAME)
    return _read(verified, None, held, limits)


def open_part(data: bytes, directory: Directory, held: Held | None, limits: Limits) -> Directory:
    """Verify the part of the directory that a circonscription signed.

    Raises:
        Refusal: its author has no such right, or names devices beyond its schools and advisers.
    """
    envelope = parse(data, Kind.DIRECTORY, limits.envelope)
    if len(envelope.signatures) != 1:
        raise SignatureCountError(count=len(envelope.signatures), most=1)
    verified = envelope.verified(lambda signature: _delegate(signature, directory).public)
    author = directory.devices[envelope.signatures[0].kid]
    part = _read(verified, author, held, limits)
    check_part(part, directory)
    return part


def check_part(part: Directory, directory: Directory) -> None:
    """Hold a part against a directory, again whenever the latter changes.

    Raises:
        Refusal: the part goes beyond what the directory lets its author say.
    """
    author = directory.devices.get(part.author or "")
    if author is None:
        raise UnknownSignerError(kid=part.author)
    if author.kid in directory.revoked:
        raise RevokedSignerError(label=author.label)
    if author.role is not Role.CIRCONSCRIPTION:
        raise SignerRoleError(kid=author.kid, role=Role.CIRCONSCRIPTION.label)
    for device in part.devices.values():
        if why := _beyond(device, part, author, directory):
            raise DelegationError(territory=part.territory, label=device.label, why=why)


def _beyond(device: Device, part: Directory, author: Device, directory: Directory) -> str | None:
    if part.territory != author.office or device.office != author.office:
        return "autre circonscription"
    if device.role is not Role.ADVISER:
        return f"rôle{NBSP}: {device.role.label}"
    if outside := author.outside(device.schools or ()):
        return f"école {min(outside)}"
    if device.kid in directory.devices:
        return "déjà inscrit par l’académie"
    taken = {j for other in directory.devices.values() for j in other.journals}
    return "journal d’un autre poste" if device.journals & taken else None


def _delegate(signature: Signature, directory: Directory) -> Device:
    device = directory.devices.get(signature.kid)
    if device is None:
        raise UnknownSignerError(kid=signature.kid)
    if signature.role is not device.role:
        raise SignerRoleError(kid=signature.kid, role=signature.role.label)
    return device


def _read(verified: bytes, author: Device | None, held: Held | None, limits: Limits) -> Directory:
    payload = read_payload(verified, FORMAT, DirectoryPayload, limits.envelope)
    digest = sha256(verified)
    newer = is_newer(_NAME, payload.version, digest, held)
    devices: dict[str, Device] = {}
    journals: set[str] = set()
    for entry in payload.devices:
        device = device_of(entry)
        if device.kid in devices:
            raise DirectoryEntryError(kid=device.kid, why="il y est deux fois")
        if device.journals & journals:
            raise DirectoryEntryError(kid=device.kid, why="journal d’un autre poste")
        devices[device.kid] = device
        journals |= device.journals
    revoked = {entry.kid: entry for entry in payload.revoked}
    for kid in revoked.keys() - devices.keys():
        raise DirectoryEntryError(kid=kid, why="révoqué sans être inscrit")
    if len(revoked) != len(payload.revoked):
        raise DirectoryEntryError(kid=payload.revoked[0].kid, why="révoqué deux fois")
    return Directory(
        payload.territory,
        payload.version,
        digest,
        payload.expires,
        devices,
        revoked,
        author.kid if author else None,
        newer,
    )
