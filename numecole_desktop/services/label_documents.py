"""Documents of the label: summary to sign, certificate, list for the commission, letter."""

from __future__ import annotations

from pathlib import Path

from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.services.workspace import Workspace


def write_certificate(workspace: Workspace, uai: str, year: SchoolYear, path: Path) -> Path:
    """Write the certificate of a decided label to ``path``, whole or not at all."""
    raise NotImplementedError
