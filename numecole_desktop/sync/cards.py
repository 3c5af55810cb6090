"""Enrolment cards: a device presents its key, signed by itself.

A card proves that whoever made it holds the key, and nothing of who that is: it stays « non
vérifié » until its fingerprint is typed by whoever listens, or the directory names the key.
"""

from __future__ import annotations

import msgspec

from numecole_desktop.sync import base64url
from numecole_desktop.sync.devices import Device, DeviceEntry, device_of
from numecole_desktop.sync.ed25519 import DeviceKey
from numecole_desktop.sync.envelope import Signature, parse, seal
from numecole_desktop.sync.fields import Positive, read_payload
from numecole_desktop.sync.limits import Limits
from numecole_desktop.sync.roles import Kind
from numecole_desktop.sync.trust_refusals import (
    KeyMismatchError,
    ReplacementError,
    SignerRoleError,
    UnknownSignerError,
)

_FORMAT = "numecole-carte/1"


class _Card(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: str
    min_reader: Positive
    device: DeviceEntry


def entry_of(device: Device) -> DeviceEntry:
    """A device as cards and directories write it."""
    return DeviceEntry(
        device.kid,
        base64url.encode(device.public),
        device.label,
        device.role,
        device.office,
        None if device.schools is None else sorted(device.schools),
        sorted(device.journals),
        device.replaces,
    )


def seal_card(device: Device, key: DeviceKey, now: int, replaced: DeviceKey | None = None) -> bytes:
    """The card of a device; ``replaced`` is the former key, when it takes over from one."""
    signers = [(key, device.role)] + ([(replaced, device.role)] if replaced else [])
    payload = msgspec.json.encode(_Card(_FORMAT, 1, entry_of(device)))
    return seal(payload, Kind.CARD, signers, now)


def open_card(data: bytes, former: Device | None, limits: Limits) -> Device:
    """The device that a card presents; not verified yet.

    ``former`` is the known device whose key it says it replaces, if this installation has one
    (``claimed_replacement`` names it). The key of a card stands in it, so it is read, within
    bounds, before it is verified.

    Raises:
        Refusal: not signed by its own key, or by the key that it replaces.
    """
    bounds = limits.envelope
    envelope = parse(data, Kind.CARD, bounds)
    device = device_of(_claimed(envelope.claimed, limits).device)
    keys = {device.kid: device.public}
    if device.replaces is not None:
        if former is None or former.kid != device.replaces:
            raise ReplacementError(kid=device.replaces)
        keys[former.kid] = former.public
    if envelope.signatures[0].kid != device.kid:
        raise KeyMismatchError(kid=envelope.signatures[0].kid)

    def find(signature: Signature) -> bytes:
        if signature.kid not in keys:
            raise UnknownSignerError(kid=signature.kid)
        if signature.role is not device.role:
            raise SignerRoleError(kid=signature.kid, role=signature.role.label)
        return keys[signature.kid]

    envelope.verified(find)
    if len(envelope.signatures) != len(keys):
        raise ReplacementError(kid=device.replaces)
    return device


def claimed_replacement(data: bytes, limits: Limits) -> str | None:
    """Identifier of the key that a card says it replaces, to look for it; nothing is verified.

    Raises:
        Refusal: it is no card.
    """
    return _claimed(parse(data, Kind.CARD, limits.envelope).claimed, limits).device.replaces


def _claimed(payload: bytes, limits: Limits) -> _Card:
    return read_payload(payload, _FORMAT, _Card, limits.envelope, signed=False)
