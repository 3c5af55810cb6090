"""Kinds of import file: the columns that each one knows, read from `resources/imports/`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import msgspec

from numecole_desktop.domain.french import fold_header
from numecole_desktop.shipped import typed


class KindError(ValueError):
    """The description of a kind of file is wrong; the message names the file and the column."""


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """One known column.

    ``name`` is how the code calls it, ``label`` how messages call it. ``names`` are the headers
    accepted, besides the label, whatever their case, accents, spaces and underscores. ``kind``
    says what the cells hold (« uai », « text », « integer »…).
    """

    name: str
    label: str
    names: tuple[str, ...]
    required: bool
    kind: str


@dataclass(frozen=True, slots=True)
class KindSpec:
    """A kind of file: its columns, the key column first.

    ``skip_words`` begin subtotal rows; the header is one of the first ``header_rows`` rows.
    ``ignored`` are folded headers that are known, and of no use to this kind.
    """

    kind: str
    title: str
    columns: tuple[ColumnSpec, ...]
    skip_words: tuple[str, ...]
    header_rows: int
    ignored: frozenset[str] = frozenset()

    def with_columns(self, extra: tuple[ColumnSpec, ...]) -> KindSpec:
        """The same kind with more columns.

        Raises:
            KindError: a name, or a header once folded, would mean two columns.
        """
        extended = replace(self, columns=(*self.columns, *extra))
        _check(extended, self.kind)
        return extended

    def accepted(self) -> dict[str, ColumnSpec]:
        """The column that each folded header means."""
        return {fold_header(name): c for c in self.columns for name in (*c.names, c.label)}


class _Column(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    label: str
    names: tuple[str, ...]
    kind: Literal[
        "uai",
        "school_year",
        "text",
        "integer",
        "decimal",
        "date",
        "department",
        "code5",
        "yes_no",
        "choice",
    ]
    required: bool = False


class _Kind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kind: str
    title: str
    header_rows: int
    skip_words: tuple[str, ...]
    column: tuple[_Column, ...]


def load_kind(data: bytes, origin: str) -> KindSpec:
    """Read a kind of file from the bytes of its TOML file; ``origin`` names it in errors.

    Raises:
        KindError: not TOML, a key missing, unknown or mistyped, or a header with two meanings.
    """
    read = typed(data, origin, _Kind, KindError)
    columns = tuple(ColumnSpec(c.name, c.label, c.names, c.required, c.kind) for c in read.column)
    kind = KindSpec(read.kind, read.title, columns, read.skip_words, read.header_rows)
    _check(kind, origin)
    return kind


def _check(kind: KindSpec, origin: str) -> None:
    meaning: dict[str, str] = {}
    seen: set[str] = set()
    for column in kind.columns:
        if column.name in seen:
            raise KindError(f"{origin} : la colonne « {column.name} » est décrite deux fois")
        seen.add(column.name)
        for header in {fold_header(name) for name in (*column.names, column.label)}:
            other = meaning.setdefault(header, column.name)
            if not header or other != column.name:
                raise KindError(
                    f"{origin} : l’en-tête « {header} » désigne « {other} » et « {column.name} »"
                )
    if not any(column.required for column in kind.columns):
        raise KindError(f"{origin} : aucune colonne n’est obligatoire")
