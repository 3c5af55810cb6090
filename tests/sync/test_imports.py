"""The window may import all of this at its start: the library that signs is loaded on first use."""

from __future__ import annotations

import pkgutil
import subprocess
import sys

from numecole_desktop import sync


def test_no_module_loads_the_cryptographic_library() -> None:
    names = [f"numecole_desktop.sync.{m.name}" for m in pkgutil.iter_modules(sync.__path__)]
    assert len(names) > 15
    code = f"import sys, {', '.join(names)}; print('cryptography' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
