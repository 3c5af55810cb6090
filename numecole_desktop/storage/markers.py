"""Which base this installation last wrote a journal in: a small file beside the bases.

A base that was restored or copied does not stand where the marker says, or its journal is being
written elsewhere: it then begins a journal of its own, so that no two events ever have the same
journal and number (spec 5.1). The marker is written after each commit without waiting for the
disk: a killed process loses nothing, and a power cut leaves it behind the base, never ahead.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlite

_FIELD = "{n:>12} {hash}\n"


class Marker:
    """The marker of one journal, locked for as long as its base is open."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self._path = path
        self._descriptor = descriptor

    def write(self, n: int, digest: str) -> None:
        """The journal now ends with event ``n``, of that hash. A full disk is not told here."""
        with contextlib.suppress(OSError):
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            os.write(self._descriptor, _FIELD.format(n=n, hash=digest).encode("ascii"))

    def close(self) -> None:
        """Give up the lock."""
        os.close(self._descriptor)

    def discard(self) -> None:
        """Give up the lock and the marker: its journal is given up too."""
        self.close()
        with contextlib.suppress(OSError):
            self._path.unlink()


def claim(folder: Path, journal: str, connection: sqlite.Connection) -> Marker | None:
    """The marker of ``journal``, when this base is the one that it was last written in.

    None when the base stands behind the marker or beside it, has none, or when another process
    or another base writes this journal: a new journal must begin.
    """
    path = folder / journal
    if not path.is_file():
        return None
    marker = _open(path)
    if marker is None:
        return None
    said = os.read(marker._descriptor, 200).decode("ascii", "replace").split()  # noqa: SLF001
    if len(said) == 2 and said[0].isdecimal():
        held = connection.execute(
            "SELECT hash FROM event WHERE journal = ? AND n = ?", (journal, int(said[0]))
        ).fetchone()
        if held is not None and held[0] == said[1]:
            return marker
    marker.close()
    return None


def begin(folder: Path, journal: str) -> Marker | None:
    """The marker of a new journal; None where the folder cannot be written."""
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / journal).touch(mode=0o600)
    return _open(folder / journal)


def forget(folder: Path, journal: str) -> None:
    """Remove the marker of a journal whose base is no more."""
    with contextlib.suppress(OSError):
        (folder / journal).unlink()


def _open(path: Path) -> Marker | None:
    try:
        descriptor = os.open(path, os.O_RDWR)
    except OSError:
        return None
    if _lock(descriptor):
        return Marker(path, descriptor)
    os.close(descriptor)
    return None


if os.name == "nt":
    import msvcrt

    def _lock(descriptor: int) -> bool:
        # The lock stands beyond what is written, which Windows would else forbid to read.
        os.lseek(descriptor, 4_096, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]  # Windows
        except OSError:
            return False
        os.lseek(descriptor, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def _lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
