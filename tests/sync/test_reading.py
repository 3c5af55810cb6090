"""Files of unknown origin are read within bounds, compressed or not."""

from __future__ import annotations

import gzip
import io
import tracemalloc
from pathlib import Path

import pytest

from numecole_desktop.sync.reading import read_signed, read_stream
from numecole_desktop.sync.refusals import (
    EmptyFileError,
    GzipDamagedError,
    InflatedTooLargeError,
    TooLargeError,
)

MEBI = 2**20


def test_a_file_is_read_plain_or_compressed(tmp_path: Path) -> None:
    data = b'{"payload": "' + b"x" * 5000 + b'"}'
    for name, content in (("lot.json", data), ("lot.json.gz", gzip.compress(data)), ("nu", data)):
        (tmp_path / name).write_bytes(content)
        assert read_signed(tmp_path / name, MEBI) == data


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(EmptyFileError):
        read_stream(io.BytesIO(b""), MEBI)


def test_a_file_is_not_read_beyond_the_bound() -> None:
    stream = io.BytesIO(b"x" * (3 * MEBI))
    with pytest.raises(TooLargeError, match=r"dépasse 1\WMo"):
        read_stream(stream, MEBI)
    assert stream.tell() == MEBI + 1
    assert len(read_stream(io.BytesIO(b"x" * MEBI), MEBI)) == MEBI


def test_a_bomb_is_stopped_before_it_fills_the_memory() -> None:
    bomb = gzip.compress(bytes(300 * MEBI), compresslevel=1)
    assert len(bomb) < 2 * MEBI
    tracemalloc.start()
    try:
        with pytest.raises(InflatedTooLargeError):
            read_stream(io.BytesIO(bomb), 4 * MEBI)
        assert tracemalloc.get_traced_memory()[1] < 30 * MEBI
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("cut", [3, 10, 20, -8, -4, -1])
def test_truncated_gzip_is_refused(cut: int) -> None:
    with pytest.raises(GzipDamagedError):
        read_stream(io.BytesIO(gzip.compress(b"abc" * 50)[:cut]), MEBI)


def test_damaged_or_followed_gzip_is_refused() -> None:
    whole = gzip.compress(b"abc" * 50)
    flipped = whole[:-8] + bytes([whole[-8] ^ 1]) + whole[-7:]
    for data in (flipped, whole + b"x", whole + whole):
        with pytest.raises(GzipDamagedError):
            read_stream(io.BytesIO(data), MEBI)
