"""Référentiels: dated, sourced, frozen sets of rules.

A référentiel is read from a data file. Code only combines its values, and asks for them by name:
a value that is not there raises, naming the référentiel and the value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from numecole_desktop.domain.french import NBSP, quoted
from numecole_desktop.domain.school_year import SchoolYear


class MissingRuleError(LookupError):
    """A référentiel does not hold the value that was asked for."""


@dataclass(frozen=True, slots=True)
class RuleSource:
    """A published text: short key, title, publication date or label, address."""

    key: str
    title: str
    published: str
    address: str


@dataclass(frozen=True, slots=True)
class RuleValue:
    """One number of a référentiel.

    ``value`` is exact (a whole number or a fraction). ``assumption`` is true where no source
    publishes it; ``note`` says in French what was assumed or which texts differ.
    """

    key: str
    value: Fraction
    unit: str
    label: str
    sources: tuple[str, ...]
    assumption: bool
    note: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion of a set of rules, judged in the way that ``kind`` names.

    ``asks`` says in French what it asks for. ``required_for_highest`` is true where the highest
    level cannot be had without the highest value of this criterion.
    """

    key: str
    kind: str
    title: str
    asks: str
    sources: tuple[str, ...]
    assumption: bool
    note: str
    required_for_highest: bool


@dataclass(frozen=True, slots=True)
class Referential:
    """An immutable set of rules in force from ``first_year`` on, until a newer one of its subject.

    ``fingerprint`` is the SHA-256 of the file: a result that names it can be recomputed alike.
    """

    id: str
    subject: str
    title: str
    first_year: SchoolYear
    effective: str
    sources: tuple[RuleSource, ...]
    values: Mapping[str, RuleValue]
    assumptions: tuple[str, ...]
    texts: Mapping[str, str]
    fingerprint: str
    criteria: tuple[Criterion, ...] = ()

    def value(self, key: str) -> Fraction:
        """The exact value of rule ``key``.

        Raises:
            MissingRuleError: the référentiel does not hold it.
        """
        try:
            return self.values[key].value
        except KeyError:
            raise MissingRuleError(f"{self.id} ne contient pas la règle {quoted(key)}") from None

    def whole(self, key: str) -> int:
        """The value of rule ``key``, which must be a whole number.

        Raises:
            MissingRuleError: the rule is absent or is not a whole number.
        """
        value = self.value(key)
        if value.denominator != 1:
            raise MissingRuleError(f"{self.id}{NBSP}: {quoted(key)} n’est pas un nombre entier")
        return value.numerator


def in_force(referentials: tuple[Referential, ...], subject: str, year: SchoolYear) -> Referential:
    """The référentiel of ``subject`` that holds for ``year``: the latest that has begun.

    Raises:
        MissingRuleError: none had begun in that year.
    """
    begun = [r for r in referentials if r.subject == subject and r.first_year <= year]
    if not begun:
        raise MissingRuleError(f"aucun référentiel {quoted(subject)} n’est en vigueur en {year}")
    return max(begun, key=lambda r: r.first_year)
