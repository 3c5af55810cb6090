"""The domain runs with nothing but the standard library."""

from __future__ import annotations

import pkgutil
import subprocess
import sys
from pathlib import Path

from numecole_desktop import domain

ROOT = Path(__file__).parents[2]


def test_every_module_is_imported_without_any_installed_package() -> None:
    names = [f"numecole_desktop.domain.{m.name}" for m in pkgutil.iter_modules(domain.__path__)]
    assert len(names) > 10
    lines = ["import sys", f"sys.path.insert(0, {str(ROOT)!r})"]
    lines += [f"import {name}" for name in names]
    # -I and -S leave out the environment, the user's packages and those of the interpreter.
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", "\n".join(lines)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert done.returncode == 0
