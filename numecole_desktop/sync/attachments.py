"""Files carried by signed ones, found by their hash: their names are for display only."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from numecole_desktop.sync import base64url
from numecole_desktop.sync.fields import Hash, Short, sha256
from numecole_desktop.sync.trust_refusals import AttachmentError, RepeatedAttachmentError


class Attachment(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file found by its hash; its name is for display only, never a path.

    ``content`` is its bytes in base64url, null when they travel otherwise.
    """

    hash: Hash
    size: int
    name: Short
    content: str | None = None


def attach(data: bytes, name: str) -> Attachment:
    """A file to send inside a batch."""
    return Attachment(sha256(data), len(data), name, base64url.encode(data))


def contents_of(entries: Sequence[Attachment]) -> dict[str, bytes]:
    """Contents by hash, of those that carry theirs.

    Raises:
        Refusal: a content is not that of its hash, or one hash stands twice.
    """
    contents: dict[str, bytes] = {}
    seen: set[str] = set()
    for entry in entries:
        if entry.hash in seen:
            raise RepeatedAttachmentError(name=entry.name)
        seen.add(entry.hash)
        if entry.content is None:
            continue
        data = base64url.decode(entry.content, "attachments.content")
        if (len(data), sha256(data)) != (entry.size, entry.hash):
            raise AttachmentError(name=entry.name)
        contents[entry.hash] = data
    return contents
