"""What one line of a file says, before anything is compared with the base."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from numecole_desktop.domain.finding import Finding, Severity


@dataclass(slots=True)
class Parsed:
    """One record read from a file.

    ``key`` identifies it (UAI, or UAI and year), None when it cannot be known. ``values`` holds
    the fields that the line fills: an empty cell is not there, and never erases. ``label`` names
    the record for people. ``skipped`` gives the reason (a plural French noun) for which the line
    does not concern this kind of import.
    """

    line: int
    key: tuple[str, ...] | None
    values: Mapping[str, object]
    label: str = ""
    findings: list[Finding] = field(default_factory=list)
    skipped: str = ""

    @property
    def refused(self) -> bool:
        """Whether a finding keeps the line out."""
        return any(f.severity is Severity.ERROR for f in self.findings)
