"""School years: written with both years, starting on 1 September."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from numecole_desktop.domain.french import NBSP, quoted

_PATTERN = re.compile(r"([0-9]{4}|[0-9]{2})\s*[-/\u2010\u2011–−]\s*([0-9]{4}|[0-9]{2})")
_FIRST_MONTH = 9
_OLDEST = 2000
_NEWEST = 2099


class SchoolYearError(ValueError):
    """The text is not a school year; the message is a French sentence."""


@dataclass(frozen=True, order=True, slots=True)
class SchoolYear:
    """A school year, identified by the calendar year in which it starts."""

    first: int

    @classmethod
    def parse(cls, text: str) -> SchoolYear:
        """Read « 2023-2024 », « 2023/2024 » or « 23-24 ».

        Raises:
            SchoolYearError: the text names no single school year (« 2023 », « 2023-2025 »).
        """
        match = _PATTERN.fullmatch(text.strip())
        if match is None:
            raise SchoolYearError(
                f"L’année scolaire {quoted(text)} n’est pas lisible{NBSP}: écrivez les deux "
                f"années, par exemple 2023-2024."
            )
        first, second = (_four_digits(part) for part in match.groups())
        if second != first + 1:
            raise SchoolYearError(
                f"L’année scolaire {quoted(text)} n’est pas possible{NBSP}: les deux années "
                f"doivent se suivre, par exemple 2023-2024."
            )
        if not _OLDEST <= first <= _NEWEST:
            raise SchoolYearError(
                f"L’année scolaire {quoted(text)} n’est pas possible{NBSP}: elle doit commencer "
                f"entre {_OLDEST} et {_NEWEST}."
            )
        return cls(first)

    @classmethod
    def of(cls, day: date) -> SchoolYear:
        """The school year in which ``day`` falls."""
        return cls(day.year if day.month >= _FIRST_MONTH else day.year - 1)

    @property
    def starts(self) -> date:
        """First day, 1 September."""
        return date(self.first, _FIRST_MONTH, 1)

    @property
    def previous(self) -> SchoolYear:
        """The school year before."""
        return SchoolYear(self.first - 1)

    @property
    def next(self) -> SchoolYear:
        """The school year after."""
        return SchoolYear(self.first + 1)

    def __str__(self) -> str:
        return f"{self.first}-{self.first + 1}"


def _four_digits(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)
