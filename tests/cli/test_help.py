"""The help of every command: French, and whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from typer.main import get_command

from numecole_desktop.cli.commands import app
from tests.cli.conftest import Run


def commands(command: Any = None, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command of the command line, with those that hold others."""
    command = command or get_command(app)
    yield path
    for name, held in getattr(command, "commands", {}).items():
        yield from commands(held, (*path, name))


@pytest.mark.parametrize("path", list(commands()), ids=" ".join)
def test_the_help_of_a_command_is_french(numecole: Run, path: tuple[str, ...]) -> None:
    outcome = numecole(*path, "--help")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("Usage\u00a0: numecole")
    assert "--help" in outcome.out
    english = r"Show|exit\b|required|default|Commands|ARGS|COMMAND\b|<\w+>|<list|\.\.\.|\w:$"
    assert not re.search(english, outcome.out, re.MULTILINE), outcome.out


def test_kinds_of_files_are_all_named(numecole: Run) -> None:
    from numecole_desktop.services.import_registry import IMPORT_KINDS

    said = numecole("importer", "--help").out
    assert not [kind.name for kind in IMPORT_KINDS if kind.name not in said]
