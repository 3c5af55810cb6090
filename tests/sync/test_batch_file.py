"""A batch file is whole, read back and verified, or it is not there; its name suits everyone."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numecole_desktop.sync.batch import open_batch, seal_batch
from numecole_desktop.sync.batch_file import batch_name, write_signed
from numecole_desktop.sync.reading import read_signed
from numecole_desktop.sync.refusals import Refusal
from numecole_desktop.sync.roles import Role
from numecole_desktop.sync.trust_refusals import RecipientError, RereadError
from tests.sync.support import ME, NOW, batch, key, limits, trust

DATA = seal_batch(batch(), key("lea"), Role.ADVISER, NOW)


def check(data: bytes) -> object:
    return open_batch(data, trust(), ME, limits())


def test_what_is_written_is_what_its_reader_verifies(tmp_path: Path) -> None:
    path = tmp_path / batch_name("0110041K", "Poste de Léa", 12)
    assert path.name == "numecole_0110041k_poste-de-lea_12.json"
    write_signed(path, DATA, check)
    assert read_signed(path, limits().envelope.batch_bytes) == DATA
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_a_file_that_its_reader_would_refuse_is_not_left(tmp_path: Path) -> None:
    path = tmp_path / "lot.json"
    path.write_bytes(b"former")

    def elsewhere(data: bytes) -> object:
        return open_batch(data, trust(), {"autre"}, limits())

    with pytest.raises(RecipientError):
        write_signed(path, DATA, elsewhere)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"lot.json": b"former"}


def test_a_disk_that_lies_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flush = os.fsync

    def lying(descriptor: int) -> None:
        os.pwrite(descriptor, b"?", 100)
        flush(descriptor)

    monkeypatch.setattr(os, "fsync", lying)
    with pytest.raises(RereadError, match=r"lot\.json"):
        write_signed(tmp_path / "lot.json", DATA, check)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC, errno.EROFS])
def test_a_disk_that_refuses_keeps_the_former_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    path = tmp_path / "lot.json"
    path.write_bytes(b"former")

    def refusing(descriptor: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", refusing)
    with pytest.raises(OSError, match=os.strerror(code)):
        write_signed(path, DATA, check)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"lot.json": b"former"}


@given(st.text(), st.text(), st.integers(1, 10**6))
def test_every_name_suits_every_system(circonscription: str, device: str, number: int) -> None:
    name = batch_name(circonscription, device, number)
    assert re.fullmatch(r"numecole_[a-z0-9-]+_[a-z0-9-]+_\d+\.json", name)
    assert len(name) <= 120


@pytest.mark.parametrize("cut", [1, 500, len(DATA) - 1])
def test_a_torn_file_is_refused_by_its_reader(tmp_path: Path, cut: int) -> None:
    (tmp_path / "lot.json").write_bytes(DATA[:cut])
    with pytest.raises(Refusal):
        check(read_signed(tmp_path / "lot.json", limits().envelope.batch_bytes))
