"""What this installation trusts: the directory, its parts, and the cards that a person checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from numecole_desktop.sync.devices import Device, Revocation
from numecole_desktop.sync.directory import Directory, check_part
from numecole_desktop.sync.envelope import Signature
from numecole_desktop.sync.refusals import Refusal
from numecole_desktop.sync.trust_refusals import (
    NOT_TRUSTED,
    CardRoleError,
    SignerRoleError,
    UnknownSignerError,
    UnverifiedSignerError,
)


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """A device known by its card; ``verified`` once its fingerprint was typed here."""

    device: Device
    verified: bool


@dataclass(frozen=True, slots=True)
class Trust:
    """The keys that count, in this order: directory, its parts, verified cards.

    ``pins`` says which key first signed each journal that neither the directory nor one verified
    card alone names: a copied base may send its first batch before the original. Once that key is
    trusted no more, whoever holds a copy of its base may sign for it. Parts that
    the directory does not bear out are left out and stand in ``refused``, by territory.
    """

    directory: Directory | None = None
    parts: tuple[Directory, ...] = ()
    cards: Mapping[str, Acquaintance] = field(default_factory=dict)
    pins: Mapping[str, str] = field(default_factory=dict)
    refused: Mapping[str, Refusal] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        directory: Directory | None,
        parts: Sequence[Directory],
        cards: Mapping[str, Acquaintance],
        pins: Mapping[str, str],
    ) -> Trust:
        """Trust made of what this installation keeps; parts are held against the directory."""
        kept: list[Directory] = []
        refused: dict[str, Refusal] = {}
        for part in parts:
            try:
                if directory is None:
                    raise UnknownSignerError(kid=part.author)
                check_part(part, directory)
                kept.append(part)
            except Refusal as refusal:
                refused[part.territory] = refusal
        return cls(directory, tuple(kept), cards, pins, refused)

    def device(self, kid: str) -> Device:
        """The device of a key, revoked or not.

        Raises:
            UnknownSignerError: nothing here names this key.
            UnverifiedSignerError: its card was received, its fingerprint was not typed.
            CardRoleError: its card asks for more than a card can give.
        """
        for directory in self._directories:
            if kid in directory.devices:
                return directory.devices[kid]
        known = self.cards.get(kid)
        if known is None:
            raise UnknownSignerError(kid=kid)
        if not known.verified:
            raise UnverifiedSignerError(label=known.device.label)
        if known.device.schools is None:
            raise CardRoleError(label=known.device.label, role=known.device.role.label)
        return known.device

    def signer(self, signature: Signature) -> bytes:
        """Public key of whoever signed, in the role that is its own.

        Raises:
            Refusal: unknown or unverified key, or another role.
        """
        device = self.device(signature.kid)
        if device.role is not signature.role:
            raise SignerRoleError(kid=signature.kid, role=signature.role.label)
        return device.public

    def revocation(self, kid: str) -> Revocation | None:
        """How a key was revoked; None while it is good."""
        return next((d.revoked[kid] for d in self._directories if kid in d.revoked), None)

    def owns(self, kid: str, journal: str) -> bool:
        """Whether a key may sign heads of a journal: its own, or that of a key it took over from.

        A journal that nobody owns yet is its first signer's; the caller then pins it.
        """
        owner = self.owner(journal)
        seen: set[str] = set()
        current: str | None = kid
        while current is not None and current not in seen:
            if owner in (None, current):
                return True
            seen.add(current)
            current = self._replaced(current)
        return False

    def owner(self, journal: str) -> str | None:
        """The key that a journal belongs to; None while nobody known has signed it."""
        for directory in self._directories:
            for device in directory.devices.values():
                if journal in device.journals:
                    return device.kid
        verified = [met.device for met in self.cards.values() if met.verified]
        claims = {device.kid for device in verified if journal in device.journals}
        if len(claims) == 1:
            return claims.pop()
        pinned = self.pins.get(journal)
        return pinned if pinned is not None and self._trusted(pinned) else None

    @property
    def _directories(self) -> tuple[Directory, ...]:
        return (self.directory, *self.parts) if self.directory else self.parts

    def _trusted(self, kid: str) -> bool:
        try:
            self.device(kid)
        except NOT_TRUSTED:
            return False
        return True

    def _replaced(self, kid: str) -> str | None:
        try:
            return self.device(kid).replaces
        except NOT_TRUSTED:
            return None
