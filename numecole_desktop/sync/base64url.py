"""base64url without padding, in the one canonical writing (RFC 7515, appendix C)."""

from __future__ import annotations

import base64
import binascii

from numecole_desktop.sync.refusals import Base64Error


def encode(data: bytes) -> str:
    """The canonical text of ``data``."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def decode(text: str, name: str) -> bytes:
    """The bytes of ``text``; ``name`` is the member it stands in.

    Raises:
        Base64Error: ``encode`` would have written these bytes otherwise.
    """
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        raise Base64Error(name=name) from None
    if encode(data) != text:
        raise Base64Error(name=name)
    return data
