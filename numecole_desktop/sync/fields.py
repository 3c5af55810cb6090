"""Types of the members of signed payloads, and what every payload begins with."""

from __future__ import annotations

import hashlib
from typing import Annotated, TypeVar

import msgspec

from numecole_desktop.sync import strict_json
from numecole_desktop.sync.limits import EnvelopeLimits
from numecole_desktop.sync.trust_refusals import FormatError, NewerReaderError, PayloadShapeError

T = TypeVar("T")

READER = 1
"""What this version can read: a payload whose ``min_reader`` is higher asks for a later one."""

Hash = Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{64}\Z")]
"""A SHA-256 in hexadecimal."""
JournalId = Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{32}\Z")]
BatchId = Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{32}\Z")]
KeyId = Annotated[str, msgspec.Meta(pattern=r"\A[A-Za-z0-9_-]{43}\Z")]
Positive = Annotated[int, msgspec.Meta(ge=1)]
# Neither controls nor marks that turn or hide text: what is shown must be what was signed.
_VISIBLE = r"\A[^\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+\Z"
Short = Annotated[str, msgspec.Meta(max_length=200, pattern=_VISIBLE)]
"""One short line to show: a label, a code, a name of file."""


def sha256(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def check_format(payload: object, wanted: str) -> None:
    """Refuse another format, or one that this version cannot read, before looking further.

    Raises:
        Refusal: the payload is no object, of another format, or for a later version.
    """
    if not isinstance(payload, dict):
        raise PayloadShapeError(where="objet attendu")
    if payload.get("format") != wanted:
        raise FormatError(found=payload.get("format"), wanted=wanted)
    needed = payload.get("min_reader")
    if isinstance(needed, int) and needed > READER:
        raise NewerReaderError(needed=needed)


def read_payload(
    payload: bytes, wanted: str, kind: type[T], limits: EnvelopeLimits, *, signed: bool = True
) -> T:
    """A payload of format ``wanted`` as a struct; one that is not ``signed`` yet is also measured.

    Raises:
        Refusal: not strict JSON, of another format, or with other members than those of ``kind``.
    """
    value = strict_json.loads(payload, limits.depth, None if signed else limits.structure_bytes)
    check_format(value, wanted)
    return strict_json.read_as(value, kind)
