"""Durable writing of small files: whole or not at all, and on the disk when it returns."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path


def write_atomic(
    path: Path, data: bytes, mode: int = 0o644, check: Callable[[bytes], object] | None = None
) -> None:
    """Write ``data`` to ``path`` through a temporary file of the same folder.

    ``check`` receives what was read back from the disk before the file takes its name; whatever
    it raises refuses the file.

    Raises:
        OSError: the folder cannot be written; ``path`` then keeps its former content.
    """
    temporary = path.with_name(path.name + ".part")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if check is not None:
            check(temporary.read_bytes())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_file(path: Path) -> None:
    """Force the content of ``path`` and its folder entry to the disk."""
    descriptor = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Force the entries of ``folder`` to the disk, where the system allows it."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
