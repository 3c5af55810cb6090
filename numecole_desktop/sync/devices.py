"""Devices as the directory, its parts and enrolment cards describe them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import msgspec

from numecole_desktop.sync import base64url
from numecole_desktop.sync.ed25519 import check_public, fingerprint, thumbprint
from numecole_desktop.sync.fields import Hash, JournalId, KeyId, Positive, Short
from numecole_desktop.sync.roles import Role
from numecole_desktop.sync.trust_refusals import DirectoryEntryError, KeyMismatchError

_SCOPED = frozenset({Role.CIRCONSCRIPTION, Role.ADVISER})


class DeviceEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A device as written; ``x`` is its public key in base64url.

    ``office`` is the code of its circonscription, département or académie. ``schools`` holds the
    UAIs of its declarations, null for those of académie and département, which have them all.
    ``replaces`` names the key that this one takes over from.
    """

    kid: KeyId
    x: str
    label: Short
    role: Role
    office: Short
    schools: list[str] | None
    journals: list[JournalId]
    replaces: KeyId | None = None


class LastGood(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The last event of a journal that is certainly of its owner."""

    journal: JournalId
    n: Positive
    hash: Hash


class Revocation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A key that is no longer trusted after the last good event of each of its journals.

    No date decides: a stolen key can write any.
    """

    kid: KeyId
    reason: Short
    last_good: list[LastGood]


@dataclass(frozen=True, slots=True)
class Device:
    """A device whose key was checked; ``schools`` is None when it has no bounds."""

    kid: str
    public: bytes
    label: str
    role: Role
    office: str
    schools: frozenset[str] | None
    journals: frozenset[str]
    replaces: str | None

    @property
    def fingerprint(self) -> str:
        """The thirty digits that its user reads over the telephone."""
        return fingerprint(self.public)

    def outside(self, schools: Collection[str]) -> frozenset[str]:
        """Those of ``schools`` that are not its own."""
        return frozenset(schools) - self.schools if self.schools is not None else frozenset()


def device_of(entry: DeviceEntry) -> Device:
    """The device that an entry describes.

    Raises:
        Refusal: weak key, identifier of another key, root role, or missing schools.
    """
    public = base64url.decode(entry.x, "x")
    check_public(public)
    if thumbprint(public) != entry.kid:
        raise KeyMismatchError(kid=entry.kid)
    if entry.role is Role.ROOT:
        raise DirectoryEntryError(kid=entry.kid, why="une clé racine n’est pas un poste")
    if (entry.schools is None) == (entry.role in _SCOPED):
        raise DirectoryEntryError(kid=entry.kid, why="liste d’écoles et rôle")
    if entry.replaces == entry.kid:
        raise DirectoryEntryError(kid=entry.kid, why="il se remplace lui-même")
    return Device(
        entry.kid,
        public,
        entry.label,
        entry.role,
        entry.office,
        None if entry.schools is None else frozenset(entry.schools),
        frozenset(entry.journals),
        entry.replaces,
    )
