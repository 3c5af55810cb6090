"""Strict reading of TOML: an unknown, missing or mistyped key names its file and itself."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Self, TypeVar

from numecole_desktop.domain.french import NBSP, sentence_spaces
from numecole_desktop.domain.school_year import SchoolYear, SchoolYearError

if TYPE_CHECKING:
    from fractions import Fraction

T = TypeVar("T")

_TYPES: Mapping[type, str] = {
    str: "un texte entre guillemets",
    int: "un nombre entier",
    bool: "true ou false",
    list: "une liste",
    dict: "une table",
    date: "une date, par exemple 2021-01-14",
}
_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)$")
_TWICE = ("Cannot overwrite", "Cannot declare")


class RuleFileError(ValueError):
    """A rule file is wrong; the message names the file and the key, in French."""

    def __init__(self, message: str) -> None:
        super().__init__(sentence_spaces(message))


class Fields:
    """One table of a TOML file, whose keys are taken one by one.

    Those left at the end of its ``with``, or when the next of ``tables`` is taken, are refused.
    """

    def __init__(self, table: dict[str, object], where: str) -> None:
        self._table = dict(table)
        self.where = where

    def text(self, key: str, default: str | None = None) -> str:
        """A text."""
        return self._take(key, str, default)

    def french(self, key: str, default: str | None = None) -> str:
        """A text that is shown: its spaces are those of French."""
        return sentence_spaces(self.text(key, default))

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
        from fractions import Fraction

        text = self.text(key, default)
        try:
            return Fraction(text)
        except (ValueError, ZeroDivisionError):
            raise RuleFileError(
                f"{self.where} : « {key} » n’est pas un nombre exact, comme « 4 », « 1/2 » ou "
                f"« 0.3 »"
            ) from None

    def year(self, key: str) -> SchoolYear:
        """A school year, written as a text."""
        return self._year(key, self.text(key))

    def years(self, key: str) -> tuple[SchoolYear, ...]:
        """A list of school years."""
        return tuple(self._year(key, text) for text in self.texts(key))

    def texts(self, key: str, default: Sequence[str] | None = None) -> tuple[str, ...]:
        """A list of texts."""
        values = self._take(key, list, None if default is None else list(default))
        if not all(isinstance(v, str) for v in values):
            raise RuleFileError(f"{self.where} : « {key} » doit être une liste de textes")
        return tuple(values)

    def table(self, key: str) -> Fields:
        """A sub-table."""
        return Fields(self._take(key, dict, None), f"{self.where}, {key}")

    def tables(self, key: str, *, required: bool = True) -> Iterator[Fields]:
        """A list of tables, in order."""
        values = self._take(key, list, None if required else [])
        if not all(isinstance(v, dict) for v in values):
            raise RuleFileError(f"{self.where} : « {key} » doit être une liste de tables")
        for place, value in enumerate(values, 1):
            with Fields(value, f"{self.where}, {key} n°{NBSP}{place}") as fields:
                yield fields

    def names(self) -> tuple[str, ...]:
        """Keys not taken yet."""
        return tuple(self._table)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._table and kind is None:
            raise RuleFileError(f"{self.where} : clé inconnue « {next(iter(self._table))} »")

    def _take(self, key: str, kind: type[T], default: T | None) -> T:
        if key not in self._table:
            if default is None:
                raise RuleFileError(f"{self.where} : il manque « {key} »")
            return default
        value = self._table.pop(key)
        lookalike = (kind is int and isinstance(value, bool)) or isinstance(value, datetime)
        if not isinstance(value, kind) or lookalike:
            raise RuleFileError(f"{self.where} : « {key} » doit être {_TYPES[kind]}")
        return value

    def _year(self, key: str, text: str) -> SchoolYear:
        try:
            return SchoolYear.parse(text)
        except SchoolYearError as problem:
            raise RuleFileError(f"{self.where} : « {key} ». {problem}") from None


def once(where: str, what: str, names: Sequence[str]) -> None:
    """Refuse a name given twice; ``what`` it names, in French, with its article.

    Raises:
        RuleFileError: one is.
    """
    for position, name in enumerate(names):
        if name in names[:position]:
            raise RuleFileError(f"{where} : {what} « {name} » apparaît deux fois")


def read_toml(data: bytes, name: str) -> Fields:
    """Parse a TOML file.

    Raises:
        RuleFileError: it is not UTF-8 or not TOML (a duplicate key included).
    """
    try:
        return Fields(tomllib.loads(data.decode("utf-8")), name)
    except UnicodeDecodeError as problem:
        raise RuleFileError(
            f"{name} : ce fichier de règles n’est pas en UTF-8, enregistrez-le dans cet encodage"
        ) from problem
    except tomllib.TOMLDecodeError as problem:
        place = _PLACE.search(str(problem))
        where = f"ligne {place[1]}, colonne {place[2]}" if place else "fin du fichier"
        what = "nom donné deux fois" if str(problem).startswith(_TWICE) else "écriture TOML fautive"
        raise RuleFileError(f"{name}, {where} : {what}") from problem
