"""The bytes of a received file, whole and bounded, in this process's memory."""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import BinaryIO

from numecole_desktop.sync.refusals import (
    EmptyFileError,
    GzipDamagedError,
    InflatedTooLargeError,
    TooLargeError,
)

_GZIP = b"\x1f\x8b"
_GZIP_WINDOW = 31
_MEBI = 2**20


def read_signed(path: Path, most: int) -> bytes:
    """A private copy of a signed file, inflated if it is gzip: the key may then be pulled out.

    ``most`` bounds the bytes read, and those inflated.

    Raises:
        Refusal: empty, too large, or damaged gzip.
        OSError: the file cannot be read.
    """
    with path.open("rb") as stream:
        return read_stream(stream, most)


def read_stream(stream: BinaryIO, most: int) -> bytes:
    """``read_signed`` on an open file.

    Raises:
        Refusal: empty, too large, or damaged gzip.
    """
    data = stream.read(most + 1)
    if not data:
        raise EmptyFileError
    if len(data) > most:
        raise TooLargeError(limit=most // _MEBI)
    return _inflate(data, most) if data.startswith(_GZIP) else data


def _inflate(data: bytes, most: int) -> bytes:
    inflater = zlib.decompressobj(_GZIP_WINDOW)
    try:
        inflated = inflater.decompress(data, most + 1)
    except zlib.error:
        raise GzipDamagedError from None
    if len(inflated) > most:
        raise InflatedTooLargeError(limit=most // _MEBI)
    if not inflater.eof or inflater.unused_data:
        raise GzipDamagedError
    return inflated
