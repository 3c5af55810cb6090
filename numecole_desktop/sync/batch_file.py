"""Batch files on disk: their name, and how they get there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from numecole_desktop.domain.french import slug
from numecole_desktop.durable import write_atomic
from numecole_desktop.sync.trust_refusals import RereadError


def batch_name(circonscription: str, device: str, number: int) -> str:
    """« numecole_0110041k_poste-de-lea_12.json »: short plain letters, sound on every system.

    Its beginning keeps it clear of the names that Windows reserves.
    """
    parts = ("numecole", slug(circonscription) or "lot", slug(device) or "poste", str(number))
    return "_".join(parts) + ".json"


def write_signed(path: Path, data: bytes, check: Callable[[bytes], object]) -> None:
    """Put a signed file on a disk or a key: whole, flushed, read back, verified, then named.

    ``check`` opens the signed file as its reader will (``open_batch`` for a batch).

    Raises:
        RereadError: the disk did not give back what was written; nothing was left behind.
        OSError: the disk refuses; nothing was left behind.
    """

    def reread(found: bytes) -> None:
        if found != data:
            raise RereadError(path=path.name)
        check(found)

    write_atomic(path, data, check=reread)
