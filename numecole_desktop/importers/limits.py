"""Limits that keep a hostile or mistaken file from exhausting the machine.

They are data: `resources/imports/limits.toml`, where each one is explained.
"""

from __future__ import annotations

import msgspec

from numecole_desktop.shipped import typed


class SheetLimits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Limits of an XLSX or ODS file, checked before a cell of it is read."""

    file_bytes: int
    entries: int
    unpacked_bytes: int
    ratio: int
    ratio_from_bytes: int
    cells: int
    text_bytes: int


class CsvLimits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Limits of a CSV file, and how much of it is looked at to find the delimiter."""

    file_bytes: int
    sample_characters: int
    sample_rows: int


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Every limit of the readers of tables."""

    csv: CsvLimits
    sheet: SheetLimits


def load_limits(data: bytes, origin: str) -> Limits:
    """Read the limits from the bytes of a TOML file; ``origin`` names it in the error.

    Raises:
        ValueError: a limit is missing, unknown or not a whole number.
    """
    return typed(data, origin, Limits)
