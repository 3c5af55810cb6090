"""The kinds of file that can be imported."""

from __future__ import annotations

from numecole_desktop.services.import_declarations import DeclarationImport
from numecole_desktop.services.import_kinds import DirectoryImport, ImportKind
from numecole_desktop.services.reference_kinds import reference_kinds

IMPORT_KINDS: tuple[type[ImportKind], ...] = (
    DirectoryImport,
    DeclarationImport,
    *reference_kinds(),
)


def import_kind(name: str) -> type[ImportKind] | None:
    """The kind called ``name`` on the command line; None when there is none."""
    return next((kind for kind in IMPORT_KINDS if kind.name == name), None)
