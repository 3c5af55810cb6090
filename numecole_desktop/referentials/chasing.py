"""Reading of the texts of reminder (`resources/chasing.toml`)."""

from __future__ import annotations

from datetime import date

from numecole_desktop.domain.chasing import Closing, Letter, Wording, check_marks
from numecole_desktop.domain.problem import Problem
from numecole_desktop.referentials.resources import resource
from numecole_desktop.referentials.strict import Fields, RuleFileError, read_toml

FILE = "chasing.toml"
_ANY_YEAR = 2023


def load_wording(data: bytes, name: str) -> Wording:
    """The texts and the last day of the campaign; ``name`` names the file in errors.

    Raises:
        RuleFileError: a key is unknown, missing or mistyped, a day or a mark does not exist.
    """
    with read_toml(data, name) as top:
        many, one = _letter(top.table("many")), _letter(top.table("one"))
        with top.table("closing") as fields:
            closing = Closing(fields.whole("month"), fields.whole("day"), fields.flag("assumption"))
            try:
                date(_ANY_YEAR, closing.month, closing.day)
            except ValueError:
                raise RuleFileError(f"{fields.where} : ce jour n’existe pas") from None
    return Wording(many, one, closing)


def wording() -> Wording:
    """The texts that are shipped."""
    return load_wording(resource(FILE).read_bytes(), FILE)


def _letter(fields: Fields) -> Letter:
    with fields:
        letter = Letter(*(fields.french(key).strip() for key in ("subject", "body")))
    try:
        check_marks(letter)
    except Problem as problem:
        raise RuleFileError(f"{fields.where} : {problem}") from None
    return letter
