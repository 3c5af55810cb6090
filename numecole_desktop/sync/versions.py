"""What is replaced whole by a higher version: directory, its parts, reference packages."""

from __future__ import annotations

from dataclasses import dataclass

from numecole_desktop.sync.trust_refusals import RollbackError, SameVersionError


@dataclass(frozen=True, slots=True)
class Held:
    """The version that this device holds, and the hash of its payload."""

    version: int
    hash: str


def is_newer(name: str, version: int, digest: str, held: Held | None) -> bool:
    """Whether a received version replaces the one held; False when it is that very one.

    Raises:
        RollbackError: it is older.
        SameVersionError: it is the same version with other bytes, which is an alarm.
    """
    if held is None or version > held.version:
        return True
    if version < held.version:
        raise RollbackError(name=name, version=version, held=held.version)
    if digest != held.hash:
        raise SameVersionError(name=name, version=version)
    return False
