"""``numecole``, the command line: commands, what they print, how they leave."""

from __future__ import annotations

from numecole_desktop.cli.commands import main

__all__ = ["main"]
