"""JSON read in the one way on which every program agrees, or refused (RFC 8259, RFC 7493).

A single parser reads each text: there is no second reading that could understand it otherwise.
"""

from __future__ import annotations

import json
import math
import re
from typing import NoReturn, TypeVar

import msgspec

from numecole_desktop.sync.refusals import (
    ByteOrderMarkError,
    DepthError,
    DuplicateMemberError,
    EncodingError,
    HalfCharacterError,
    HugeNumberError,
    JsonSyntaxError,
    NotANumberError,
    StructureSizeError,
)
from numecole_desktop.sync.trust_refusals import PayloadShapeError

T = TypeVar("T")

_LARGEST = 2**53 - 1
# Possessive, and content to stop at the end of the data: linear on any input.
_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)', re.DOTALL)
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")
_NAMED = re.compile(r"`([^`]*)`")
_NOT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))


def loads(data: bytes, depth: int, structure: int | None = None) -> object:
    """The value that ``data`` spells.

    ``depth`` bounds nested objects and lists. ``structure`` bounds the bytes that stand outside
    strings: a parser spends memory on those, so an unsigned text is measured first.

    Raises:
        Refusal: not UTF-8, a byte order mark, a duplicate member, NaN, a number that other
            programs would round, half a character, too deep, too many items, not JSON.
    """
    if data.startswith(b"\xef\xbb\xbf"):
        raise ByteOrderMarkError
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise EncodingError(place=problem.start + 1) from None
    # Most events open too few brackets to be too deep, wherever these stand.
    if structure is not None or data.count(b"[") + data.count(b"{") > depth:
        bare = _STRING.sub(b"", data)
        if structure is not None and len(bare.translate(None, b" \t\r\n")) > structure:
            raise StructureSizeError
        _check_depth(bare, depth)
    try:
        value: object = _DECODER.decode(text)
    except json.JSONDecodeError as problem:
        raise JsonSyntaxError(line=problem.lineno, column=problem.colno) from None
    if _SURROGATE.search(data):
        _check_characters(value)
    return value


def read_as(value: object, kind: type[T]) -> T:
    """``value`` as a struct, with exactly its members.

    Raises:
        PayloadShapeError: a member is missing, unknown or of another type.
    """
    try:
        return msgspec.convert(value, kind, strict=True)
    except msgspec.ValidationError as problem:
        # The library's sentence is English; what stands last between backquotes is the place.
        raise PayloadShapeError(where=_NAMED.findall(str(problem))[-1]) from None


def _check_depth(bare: bytes, depth: int) -> None:
    brackets = bare.translate(None, _NOT_BRACKETS)
    # Innermost pairs taken off once per level: what is left is too deep, or is not JSON.
    left = brackets
    for _ in range(depth):
        if not left:
            return
        left = left.replace(b"[]", b"").replace(b"{}", b"")
    level = 0
    for bracket in brackets if left else b"":
        level += 1 if bracket in b"[{" else -1
        if level > depth:
            raise DepthError(depth=depth)
        if level < 0:
            return


def _members(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) < len(pairs):
        seen: set[str] = set()
        for name, _ in pairs:
            if name in seen:
                raise DuplicateMemberError(name=name)
            seen.add(name)
    return members


def _whole(text: str) -> int:
    if len(text) > 17 or abs(number := int(text)) > _LARGEST:
        raise HugeNumberError
    return number


def _decimal(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise NotANumberError(text=text)
    return number


def _not_a_number(text: str) -> NoReturn:
    raise NotANumberError(text=text)


def _check_characters(value: object) -> None:
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        raise HalfCharacterError from None


_DECODER = json.JSONDecoder(
    object_pairs_hook=_members,
    parse_int=_whole,
    parse_float=_decimal,
    parse_constant=_not_a_number,
)
