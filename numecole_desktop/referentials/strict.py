"""Strict reading of TOML: an unknown, missing or mistyped key names its file and itself."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import TypeVar

T = TypeVar("T")


class RuleFileError(ValueError):
    """A rule file is wrong; the message names the file and the key, in French."""


class Fields:
    """One table of a TOML file, whose keys are taken one by one; ``done`` refuses the others."""

    def __init__(self, table: dict[str, object], where: str) -> None:
        self._table = dict(table)
        self.where = where

    def text(self, key: str, default: str | None = None) -> str:
        """A text."""
        return self._take(key, str, default)

    def whole(self, key: str, default: int | None = None) -> int:
        """A whole number."""
        return self._take(key, int, default)

    def flag(self, key: str, default: bool | None = None) -> bool:
        """True or false."""
        return self._take(key, bool, default)

    def day(self, key: str) -> date:
        """A date."""
        return self._take(key, date, None)

    def fraction(self, key: str, default: str | None = None) -> Fraction:
        """An exact number, written as a text: « 4 », « 1/2 » or « 0.3 »."""
        try:
            return Fraction(self.text(key, default))
        except ValueError:
            raise RuleFileError(f"{self.where} : « {key} » n’est pas un nombre exact") from None

    def texts(self, key: str, default: Sequence[str] | None = None) -> tuple[str, ...]:
        """A list of texts."""
        values = self._take(key, list, None if default is None else list(default))
        if not all(isinstance(v, str) for v in values):
            raise RuleFileError(f"{self.where} : « {key} » doit être une liste de textes")
        return tuple(values)

    def table(self, key: str) -> Fields:
        """A sub-table."""
        return Fields(self._take(key, dict, None), f"{self.where}, {key}")

    def tables(self, key: str, *, required: bool = True) -> tuple[Fields, ...]:
        """A list of tables, in order."""
        values = self._take(key, list, None if required else [])
        return tuple(Fields(v, f"{self.where}, {key} n° {i}") for i, v in enumerate(values, 1))

    def names(self) -> tuple[str, ...]:
        """Keys not taken yet."""
        return tuple(self._table)

    def done(self) -> None:
        """Refuse whatever was not taken.

        Raises:
            RuleFileError: a key is unknown.
        """
        if self._table:
            raise RuleFileError(f"{self.where} : clé inconnue « {next(iter(self._table))} »")

    def _take(self, key: str, kind: type[T], default: T | None) -> T:
        if key not in self._table:
            if default is None:
                raise RuleFileError(f"{self.where} : il manque « {key} »")
            return default
        value = self._table.pop(key)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise RuleFileError(f"{self.where} : « {key} » n’a pas le bon type ({kind.__name__})")
        return value


def read_toml(data: bytes, name: str) -> Fields:
    """Parse a TOML file.

    Raises:
        RuleFileError: it is not UTF-8 or not TOML (a duplicate key included).
    """
    try:
        return Fields(tomllib.loads(data.decode("utf-8")), name)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise RuleFileError(f"{name} : fichier de règles illisible ({problem})") from problem
