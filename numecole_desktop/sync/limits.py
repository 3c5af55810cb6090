"""Bounds of signed files, checked before anything unknown is read.

They are data: `resources/sync/limits.toml`, where each one is explained.
"""

from __future__ import annotations

import msgspec

from numecole_desktop.shipped import typed


class EnvelopeLimits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Bounds of an envelope; sizes in bytes."""

    batch_bytes: int
    trust_bytes: int
    header_bytes: int
    signatures: int
    depth: int
    structure_bytes: int


class KeyFileLimits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Argon2id cost of new key files, and the bounds outside which one is not opened."""

    file_bytes: int
    iterations: int
    memory_kib: int
    lanes: int
    most_iterations: int
    most_memory_kib: int
    most_lanes: int
    least_iterations: int
    least_memory_kib: int


class RootsLimits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a statement of root keys must ask for at least."""

    least_threshold: int


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Every bound of signed exchange."""

    envelope: EnvelopeLimits
    key_file: KeyFileLimits
    roots: RootsLimits


def load_limits(data: bytes, origin: str) -> Limits:
    """Read the bounds from the bytes of a TOML file; ``origin`` names it in the error.

    Raises:
        ValueError: a bound is missing, unknown or not a whole number.
    """
    return typed(data, origin, Limits)
