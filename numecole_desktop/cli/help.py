"""The pages of ``--help`` in French: what typer writes there of itself is English.

click lets the formatter of its pages be replaced (``Context.formatter_class``); typer carries a
click of its own, which it does not name in public.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from typer._click import Context, HelpFormatter

from numecole_desktop.domain.french import NBSP

_WORDS = {
    "COMMAND [ARGS]": "COMMANDE [ARGUMENTS]",
    "...": "…",
    "Commands": "Commandes",
    "Show this message and exit.": "Afficher cette aide.",
    "[required]": "[obligatoire]",
}
_TYPE = re.compile(r" <(?:list\[)?(str|int|Path|path)\]?>$")
_TYPES = {"str": "TEXTE", "int": "N", "path": "FICHIER", "Path": "FICHIER"}
_DEFAULT = re.compile(r"\[default: ")


class FrenchHelp(HelpFormatter):
    """A page of help whose headings and marks are French."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """How the command is written."""
        super().write_usage(prog, _french(args), prefix or f"Usage{NBSP}: ")

    def write_heading(self, heading: str) -> None:
        """The title of a part."""
        self.write(f"{'':>{self.current_indent}}{_french(heading)}{NBSP}:\n")

    def write_dl(
        self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Options, arguments or commands, each with what it does."""
        said = [(_name(name), _french(text)) for name, text in rows]
        super().write_dl(said, col_max, col_spacing)


def speak_french() -> None:
    """Write the help of every command in French from now on."""
    Context.formatter_class = FrenchHelp


def _french(text: str) -> str:
    for english, french in _WORDS.items():
        text = text.replace(english, french)
    return _DEFAULT.sub(f"[par défaut{NBSP}: ", text)


def _name(name: str) -> str:
    """An option with what follows it; an argument, whose name says what it is, without its type."""
    if name.startswith("-"):
        return _TYPE.sub(lambda found: f" {_TYPES[found[1]]}", name)
    return _TYPE.sub("", name)
