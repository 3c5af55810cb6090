"""What the interpreter wrote when a fault killed it: told at the next start, then set aside."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

CRASH_FILE = "arret-brutal.log"
"""In the data folder: written by the interpreter when it is killed by a fault, otherwise empty."""

ASIDE = "arret-brutal.1.log"
"""The last one that was read, for whoever is asked about it later."""


def crash_told(folder: Path) -> str:
    """What the last fault left; empty when there was none, or when it cannot be read."""
    try:
        return (folder / CRASH_FILE).read_text("utf-8", errors="replace").strip()
    except OSError:
        return ""


def set_aside(folder: Path) -> None:
    """Keep what the last fault left under another name, and be ready for the next.

    The file is emptied and not renamed: this very process has it open, to write there if it falls.
    """
    told = crash_told(folder)
    if told:
        with suppress(OSError):  # it will be told again at the next start
            (folder / ASIDE).write_text(f"{told}\n", encoding="utf-8")
            (folder / CRASH_FILE).write_text("", encoding="utf-8")
