"""Running ``numecole`` in this process, with what it printed and how it left."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from numecole_desktop import cli
from numecole_desktop.services.workspace import Workspace
from tests.conftest import add_schools


@dataclass(frozen=True)
class Outcome:
    """Exit code and both outputs of a command."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The JSON document that alone is on the standard output."""
        return json.loads(self.out)


Run = Callable[..., Outcome]


@pytest.fixture
def numecole(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Run:
    """Run a command over the test's base; texts are its arguments."""

    def run(*arguments: object) -> Outcome:
        capsys.readouterr()
        line = ["numecole", "--base", str(tmp_path / "base.numecole"), *map(str, arguments)]
        monkeypatch.setattr(sys, "argv", line)
        with pytest.raises(SystemExit) as left:
            cli.main()
        printed = capsys.readouterr()
        return Outcome(int(left.value.code or 0), printed.out, printed.err)

    return run


@pytest.fixture
def schools(base_path: Path) -> Path:
    """A closed base with the small directory."""
    with Workspace.open(base_path) as workspace:
        add_schools(workspace)
    return base_path
