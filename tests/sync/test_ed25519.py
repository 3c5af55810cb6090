"""Keys that anyone could sign for are refused; fingerprints survive the telephone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numecole_desktop.sync.ed25519 import (
    check_fingerprint,
    check_public,
    fingerprint,
    new_key,
    verify,
)
from numecole_desktop.sync.trust_refusals import FingerprintError, KeyLengthError, WeakKeyError
from tests.sync.support import key

P = 2**255 - 19
D = -121665 * pow(121666, -1, P) % P
Point = tuple[int, int]


def added(a: Point, b: Point) -> Point:
    """Sum on the curve (RFC 8032, affine)."""
    product = D * a[0] * b[0] * a[1] * b[1]
    x = (a[0] * b[1] + b[0] * a[1]) * pow(1 + product, -1, P)
    y = (a[1] * b[1] + a[0] * b[0]) * pow(1 - product, -1, P)
    return x % P, y % P


def small_order_points() -> set[Point]:
    """The eight points whose order divides 8, computed instead of listed: L × any point is one."""
    order = 2**252 + 27742317777372353535851937790883648493
    found: set[Point] = set()
    y = 2
    while len(found) < 8:
        y += 1
        square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
        x = pow(square, (P + 3) // 8, P)
        if x * x % P != square:
            x = x * pow(2, (P - 1) // 4, P) % P
        if x * x % P != square:
            continue
        total, point, count = (0, 1), (x, y), order
        while count:
            total = added(total, point) if count & 1 else total
            point, count = added(point, point), count >> 1
        found.add(total)
        found |= {added(total, other) for other in set(found)}
    return found


def test_the_eight_points_of_small_order_are_refused() -> None:
    points = small_order_points()
    assert len(points) == 8
    for x, y in points:
        for sign in (x & 1, 1 - (x & 1)):
            with pytest.raises(WeakKeyError):
                check_public((y | sign << 255).to_bytes(32, "little"))


@pytest.mark.parametrize("y", range(P, 2**255))
def test_other_writings_of_a_point_are_refused(y: int) -> None:
    for sign in (0, 1):
        with pytest.raises(WeakKeyError):
            check_public((y | sign << 255).to_bytes(32, "little"))


def test_a_forged_signature_needs_a_refused_key() -> None:
    neutral = (1).to_bytes(32, "little")
    forged = neutral + bytes(32)
    assert verify(neutral, forged, b"anything at all")
    with pytest.raises(WeakKeyError):
        check_public(neutral)


@pytest.mark.parametrize("size", [0, 31, 33])
def test_a_key_has_32_bytes(size: int) -> None:
    with pytest.raises(KeyLengthError):
        check_public(bytes(size))


def test_new_keys_are_good_and_all_different() -> None:
    keys = [new_key() for _ in range(20)]
    for made in keys:
        check_public(made.public)
    assert len({made.kid for made in keys}) == 20
    assert keys[0].seed.hex() not in repr(keys[0])


def test_a_fingerprint_is_six_groups_of_five_digits() -> None:
    groups = fingerprint(key("lea").public).split()
    assert [len(group) for group in groups] == [5] * 6
    assert "".join(groups).isdecimal()


def test_a_fingerprint_is_compared_with_what_was_typed() -> None:
    public = key("lea").public
    digits = fingerprint(public)
    check_fingerprint(f"  {digits.replace(' ', '-')} ", public)
    check_fingerprint(digits.replace(" ", ""), public)
    for typed in ("", digits[:-1], digits[::-1], digits + "0", fingerprint(key("circo").public)):
        with pytest.raises(FingerprintError):
            check_fingerprint(typed, public)


@given(st.binary(max_size=40), st.integers(0, 511))
def test_one_bit_changes_a_signature(message: bytes, bit: int) -> None:
    signature = bytearray(key("lea").sign(message))
    assert verify(key("lea").public, bytes(signature), message)
    signature[bit // 8] ^= 1 << bit % 8
    assert not verify(key("lea").public, bytes(signature), message)
