"""One reading of JSON, or a refusal; never a crash, never a long wait."""

from __future__ import annotations

import json
import time
from typing import Annotated

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from numecole_desktop.sync.refusals import (
    DepthError,
    HalfCharacterError,
    JsonSyntaxError,
    Refusal,
    StructureSizeError,
)
from numecole_desktop.sync.strict_json import loads, read_as
from numecole_desktop.sync.trust_refusals import PayloadShapeError

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20
)


@given(VALUES, st.booleans(), st.sampled_from([None, 1]))
def test_what_json_writes_is_read(value: object, escaped: bool, indent: int | None) -> None:
    text = json.dumps(value, ensure_ascii=escaped, indent=indent)
    assert loads(text.encode(), 50) == value


@given(st.binary() | st.text(alphabet='[]{}",:\\u0dD8 1-.e\n').map(str.encode))
def test_any_bytes_are_read_like_json_or_refused(data: bytes) -> None:
    try:
        value = loads(data, 16)
    except Refusal:
        return
    assert json.loads(data) == value


@pytest.mark.parametrize("depth", [1, 2, 15, 16])
def test_the_depth_allowed_is_read(depth: int) -> None:
    assert loads(b"[" * depth + b"]" * depth, depth) is not None
    assert loads(b'{"a":' * depth + b"0" + b"}" * depth, depth) is not None
    with pytest.raises(DepthError):
        loads(b'[{"a":' + b"[" * depth + b"]" * depth + b"}]", depth)


def test_brackets_inside_texts_do_not_count() -> None:
    assert loads(b'["' + b"[" * 99 + b'\\"' + b"{" * 99 + b'"]', 1)


@pytest.mark.parametrize("data", [b"[[[[", b"]]]]", b'["a', b'["a\\', b"[}", b"{]", b"", b"[1,]"])
def test_unbalanced_texts_are_syntax_errors(data: bytes) -> None:
    with pytest.raises(JsonSyntaxError):
        loads(data, 4)


def test_depth_is_told_before_the_parser_recurses() -> None:
    with pytest.raises(DepthError):
        loads(b"[" * 200_000, 16)


def test_pairs_of_surrogates_are_characters_and_halves_are_not() -> None:
    assert loads(b'"\\ud83d\\ude00"', 1) == "\N{GRINNING FACE}"
    for half in (b'"\\ud83d"', b'["\\ude00\\ud83d"]', b'{"a":["\\uDBFF"]}'):
        with pytest.raises(HalfCharacterError):
            loads(half, 2)


def test_what_is_not_signed_yet_is_measured_first() -> None:
    wide = b"[" + b"[]," * 3_000_000 + b"[]]"
    begun = time.perf_counter()
    with pytest.raises(StructureSizeError):
        loads(wide, 16, 4096)
    assert time.perf_counter() - begun < 2
    assert loads(b'["' + b"x" * 100_000 + b'"]', 16, 4)


@pytest.mark.parametrize("data", [b'"' + b'\\"' * 500_000, b'"a' * 500_001, b'"\\' * 500_001])
def test_hostile_texts_take_no_time(data: bytes) -> None:
    begun = time.perf_counter()
    with pytest.raises(Refusal):
        loads(data, 16)
    assert time.perf_counter() - begun < 2


class Shape(msgspec.Struct, forbid_unknown_fields=True):
    n: Annotated[int, msgspec.Meta(ge=1)]
    inner: list[dict[str, int]] = []


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ({}, "n"),
        ({"n": 1, "other": 2}, "other"),
        ({"n": True}, "$.n"),
        ({"n": 0}, "$.n"),
        ({"n": 1, "inner": [{"a": 1}, {"a": "x"}]}, "$.inner[1][...]"),
        ([], "array"),
    ],
)
def test_a_wrong_shape_says_where_and_not_in_english(value: object, place: str) -> None:
    with pytest.raises(PayloadShapeError) as refused:
        read_as(value, Shape)
    assert f"({place})" in str(refused.value)
    assert "xpected" not in str(refused.value)
