"""The key of a device opens with its secret, and with nothing else."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from numecole_desktop.referentials.resources import resource
from numecole_desktop.sync.key_file import open_key, seal_key
from numecole_desktop.sync.limits import load_limits
from numecole_desktop.sync.trust_refusals import (
    KeyFileCostError,
    KeyFileError,
    PassPhraseError,
)
from tests.sync.support import key, limits

BOUNDS = limits().key_file
SEALED = seal_key(key("lea"), "phrase secrète", BOUNDS)


def with_members(**members: Any) -> bytes:
    return json.dumps({**json.loads(SEALED), **members}).encode()


def test_the_key_comes_back() -> None:
    assert open_key(SEALED, "phrase secrète", BOUNDS) == key("lea")
    assert open_key(SEALED, "phrase secre\u0300te", BOUNDS) == key("lea")


def test_two_files_of_one_key_share_nothing_secret() -> None:
    again = json.loads(seal_key(key("lea"), "phrase secrète", BOUNDS))
    first = json.loads(SEALED)
    assert {name for name in first if first[name] != again[name]} == {"salt", "nonce", "seed"}
    assert key("lea").seed.hex() not in SEALED.decode()


@pytest.mark.parametrize("secret", ["", "Phrase secrète", "phrase secrète ", "phrase secrete"])
def test_another_secret_is_refused(secret: str) -> None:
    with pytest.raises(PassPhraseError):
        open_key(SEALED, secret, BOUNDS)


@pytest.mark.parametrize(
    "members",
    [{"t": 0}, {"t": 11}, {"t": 10**9}, {"m_kib": 63}, {"m_kib": 2**30}, {"p": 0}, {"p": 17}],
)
def test_costs_out_of_bounds_are_refused_before_any_work(members: dict[str, int]) -> None:
    with pytest.raises(KeyFileCostError):
        open_key(with_members(**members), "phrase secrète", BOUNDS)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        SEALED[:-40],
        SEALED + b"x",
        b" " * 5000 + SEALED,
        with_members(v=2),
        with_members(kdf="pbkdf2"),
        with_members(extra=1),
        with_members(t="3"),
        with_members(t=True),
        with_members(salt="AAAA"),
        with_members(nonce="=="),
        with_members(seed="AAAA"),
        SEALED.replace(b"{", b'{"t":1,', 1),
    ],
)
def test_a_damaged_file_is_refused(data: bytes) -> None:
    with pytest.raises(KeyFileError):
        open_key(data, "phrase secrète", BOUNDS)


@pytest.mark.parametrize("members", [{"t": 2}, {"m_kib": 128}, {"p": 2}, {"kid": key("circo").kid}])
def test_what_stands_beside_the_key_is_authenticated(members: dict[str, Any]) -> None:
    with pytest.raises(PassPhraseError):
        open_key(with_members(**members), "phrase secrète", BOUNDS)


@settings(max_examples=200)
@given(st.integers(0, len(SEALED) - 1), st.integers(1, 255))
def test_no_changed_byte_gives_a_key(place: int, change: int) -> None:
    data = bytearray(SEALED)
    data[place] ^= change
    if data.split() == SEALED.split():
        return
    with pytest.raises((KeyFileError, KeyFileCostError, PassPhraseError)):
        open_key(bytes(data), "phrase secrète", BOUNDS)


def test_shipped_costs_are_within_their_own_bounds() -> None:
    shipped = load_limits(resource("sync/limits.toml").read_bytes(), "limits.toml").key_file
    assert shipped.least_iterations <= shipped.iterations <= shipped.most_iterations
    assert 19_456 <= shipped.least_memory_kib <= shipped.memory_kib <= shipped.most_memory_kib
    assert shipped.lanes <= shipped.most_lanes


def test_a_wrong_file_of_limits_names_itself() -> None:
    with pytest.raises(ValueError, match=r"autre\.toml"):
        load_limits(b"[envelope]\n", "autre.toml")
