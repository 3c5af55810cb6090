"""What headings say beyond the names that a kind of file knows: of no use, or close to a column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from numecole_desktop.domain.french import fold, fold_header
from numecole_desktop.importers.kinds import KindError
from numecole_desktop.shipped import typed

_COMMON = "common"
_SHORT = 3
"""Letters up to which a word of a hint must be the whole word of the heading."""


@dataclass(frozen=True, slots=True)
class Headings:
    """Headings of no use, folded, and expressions that make one think of a column.

    ``hints`` are by kind of file, then by name of our column; those of « common » hold for every
    kind. Source: ``resources/imports/entetes.toml``.
    """

    ignored: frozenset[str]
    hints: Mapping[str, Mapping[str, Sequence[str]]]

    def suggested(
        self, kind: str, headings: Iterable[str], columns: Iterable[str]
    ) -> dict[str, str]:
        """The column that each heading may be, one heading for a column, the closest first.

        It is for a person to check. ``headings`` are those that mean nothing yet, ``columns`` the
        names of our columns that no heading has taken.
        """
        wanted = set(columns)
        hints = {**self.hints.get(_COMMON, {}), **self.hints.get(kind, {})}
        closeness = sorted(
            (
                (-score, place, heading, column)
                for place, heading in enumerate(headings)
                for column, expressions in hints.items()
                if column in wanted and (score := _closeness(heading, expressions))
            ),
        )
        found: dict[str, str] = {}
        for _, _, heading, column in closeness:
            if heading not in found and column not in found.values():
                found[heading] = column
        return found


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    ignored: tuple[str, ...]
    hints: dict[str, dict[str, tuple[str, ...]]]


def load_headings(data: bytes, origin: str) -> Headings:
    """Read the file from its bytes; ``origin`` names it in errors.

    Raises:
        KindError: not TOML, or a key missing, unknown or mistyped.
    """
    read = typed(data, origin, _File, KindError)
    return Headings(frozenset(map(fold_header, read.ignored)), read.hints)


def _closeness(heading: str, expressions: Iterable[str]) -> int:
    """Letters of the longest expression whose words all begin a word of the heading; 0: none."""
    words = fold(heading).split()
    return max(
        (
            sum(map(len, parts))
            for parts in map(str.split, expressions)
            if all(any(_begins(word, part) for word in words) for part in parts)
        ),
        default=0,
    )


def _begins(word: str, part: str) -> bool:
    return word == part if len(part) <= _SHORT else word.startswith(part)
