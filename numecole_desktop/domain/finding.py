"""Findings: problems reported as values, with their origin and a French sentence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How far a finding stops the line or the declaration it speaks of."""

    ERROR = "error"
    """The line is refused; a declaration with it cannot be submitted."""
    WARNING = "warning"
    """Stored, to confirm or to look at."""
    INFO = "info"
    """Said, nothing to do."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem: what (code and sentence), where (line, column or question), which value.

    ``line`` counts physical lines of the file from 1, header included. ``field`` is the question
    code of a declaration's finding. Both are None where they have no meaning.
    """

    code: str
    severity: Severity
    message: str
    field: str | None = None
    value: str | None = None
    line: int | None = None
    column: str | None = None

    def at(self, line: int | None, column: str | None) -> Finding:
        """The same finding, placed in a file."""
        return Finding(self.code, self.severity, self.message, self.field, self.value, line, column)


def error(code: str, message: str, **where: str | int | None) -> Finding:
    """An ERROR finding; ``where`` may give field, value, line and column."""
    return Finding(code, Severity.ERROR, message, **where)  # type: ignore[arg-type]  # typed by Finding


def warning(code: str, message: str, **where: str | int | None) -> Finding:
    """A WARNING finding; ``where`` may give field, value, line and column."""
    return Finding(code, Severity.WARNING, message, **where)  # type: ignore[arg-type]  # typed by Finding


def info(code: str, message: str, **where: str | int | None) -> Finding:
    """An INFO finding; ``where`` may give field, value, line and column."""
    return Finding(code, Severity.INFO, message, **where)  # type: ignore[arg-type]  # typed by Finding
