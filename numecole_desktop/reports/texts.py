"""French texts of a template, read from resources/reports/<template>.toml."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from numecole_desktop.reports.settings import section


class Texts:
    """The texts of one template: ``texts("title", year="2023-2024")``."""

    def __init__(self, template: str) -> None:
        self._template = template

    def __call__(self, key: str, table: str = "texts", **words: object) -> str:
        """Text ``key`` of a table with its words in place.

        Raises:
            KeyError: no such text, or a word that it needs is not given.
        """
        text: str = self.table(table)[key]
        return text.format_map(words) if words else text

    def table(self, name: str) -> Mapping[str, Any]:
        """A whole table of the template's file."""
        return section(self._template, name)
