"""What a signed file is and who made it, before anything is done with it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from numecole_desktop.services.batches import read_batch
from numecole_desktop.services.devices import limits
from numecole_desktop.services.trusted import card_device
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.sync.envelope import parse
from numecole_desktop.sync.refusals import KindError
from numecole_desktop.sync.roles import Kind


class FileSort(Enum):
    """What can be done with a signed file.

    A ``CARD`` and ``ROOTS`` are believed once their fingerprint was heard and typed.
    """

    BATCH = "lot"
    CARD = "carte"
    DIRECTORY = "annuaire"
    ROOTS = "racines"
    REFERENCE = "reference"


_SORTS: Mapping[Kind, FileSort] = {
    Kind.BATCH: FileSort.BATCH,
    Kind.CARD: FileSort.CARD,
    Kind.DIRECTORY: FileSort.DIRECTORY,
    Kind.ROOTS: FileSort.ROOTS,
    Kind.REFERENCE: FileSort.REFERENCE,
}


@dataclass(frozen=True, slots=True)
class SignedFile:
    """A signed file; ``owner`` names the device of a card, empty for the other sorts."""

    path: Path
    sort: FileSort
    owner: str = ""


def recognise(workspace: Workspace, path: Path) -> SignedFile:
    """What the file at ``path`` is; nothing is verified but the card of a device.

    Raises:
        Problem: it cannot be read, or is not a signed file that this version takes.
    """
    data = read_batch(path)
    sort = _sort(data)
    if sort is not FileSort.CARD:
        return SignedFile(path, sort)
    device = card_device(workspace, data)
    return SignedFile(path, sort, f"{device.label} ({device.role.label}, {device.office})")


def _sort(data: bytes) -> FileSort:
    first, *others = _SORTS
    try:
        parse(data, first, limits().envelope)
    except KindError:
        for kind in others:
            with suppress(KindError):
                parse(data, kind, limits().envelope)
                return _SORTS[kind]
        raise
    return _SORTS[first]
