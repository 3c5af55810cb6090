"""Reminding schools that have not submitted their declaration: whom, and in which words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from numecole_desktop.domain.french import NBSP, joined, long_date, plural, quoted
from numecole_desktop.domain.problem import Problem
from numecole_desktop.domain.school_year import SchoolYear

MARKS = ("annee", "date", "nombre", "ecoles", "ecole", "commune", "uai")
"""What a text may hold between braces."""

_MARK = re.compile(r"\{([^{}\n]*)\}")


@dataclass(frozen=True, slots=True)
class ChasedSchool:
    """A school to remind; ``declared_year`` is that of its last submitted declaration, or empty.

    ``begun`` is true when a draft of the year exists.
    """

    uai: str
    name: str
    commune: str
    circonscription: str
    declared_year: str
    begun: bool

    @property
    def last(self) -> str:
        """The last declaration in words, for a column called so."""
        known = self.declared_year or "jamais déclaré"
        return f"{known}, brouillon à terminer" if self.begun else known


@dataclass(frozen=True, slots=True)
class Letter:
    """A text of reminder: its subject and its body, with marks or composed."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Closing:
    """Last day of the declarations of a school year, in the calendar year in which it begins.

    Source: spec 1 (June to October); ``assumption`` while the very day is not published.
    """

    month: int
    day: int
    assumption: bool

    def of(self, year: SchoolYear) -> date:
        """The last day of the campaign of ``year``."""
        return date(year.first, self.month, self.day)


@dataclass(frozen=True, slots=True)
class Wording:
    """The texts for several schools and for one alone, and when the campaign ends."""

    many: Letter
    one: Letter
    closing: Closing

    def of(self, count: int) -> Letter:
        """The text that suits ``count`` schools."""
        return self.one if count == 1 else self.many

    def changed(self, count: int, letter: Letter) -> Wording:
        """The same with another text for ``count`` schools."""
        return replace(self, one=letter) if count == 1 else replace(self, many=letter)


def compose(
    letter: Letter, schools: Sequence[ChasedSchool], year: SchoolYear, closing: date, today: date
) -> Letter:
    """A text for these schools: marks replaced, lines about a date that is past left out.

    Raises:
        Problem: the text holds a mark that does not exist.
    """
    check_marks(letter)
    values = {
        "annee": str(year),
        "date": long_date(closing),
        "nombre": plural(len(schools), "école"),
        "ecoles": "\n".join(_line(school) for school in schools),
        "ecole": joined([school.name for school in schools]),
        "commune": joined(list(dict.fromkeys(school.commune for school in schools))),
        "uai": joined([school.uai for school in schools]),
    }
    late = today > closing
    return Letter(_fill(letter.subject, values, late), _fill(letter.body, values, late))


def check_marks(letter: Letter) -> None:
    """Refuse a text whose marks cannot be replaced.

    Raises:
        Problem: a mark does not exist.
    """
    for name in _MARK.findall(f"{letter.subject}\n{letter.body}"):
        if name not in MARKS:
            known = ", ".join(f"{{{mark}}}" for mark in MARKS)
            raise Problem(
                f"Le modèle contient {quoted(f'{{{name}}}')}, qui n’est pas un repère connu"
                f"{NBSP}: corrigez-le ou retirez les accolades. Repères{NBSP}: {known}."
            )


def _fill(text: str, values: Mapping[str, str], late: bool) -> str:
    kept = [line for line in text.strip().split("\n") if not (late and "{date}" in line)]
    filled = _MARK.sub(lambda mark: values[mark[1]], "\n".join(kept))
    return re.sub(r"\n{3,}", "\n\n", filled)


def _line(school: ChasedSchool) -> str:
    last = f"dernière déclaration {school.last}" if school.declared_year else school.last
    return f"– {school.name}, {school.commune} ({school.uai}){NBSP}: {last}"
