"""Declarations: a school's answers for a school year, as a draft or submitted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from numecole_desktop.domain.questionnaire import Answer, Answers
from numecole_desktop.domain.school_year import SchoolYear


class Status(StrEnum):
    """Where a declaration stands; the value is what is stored."""

    DRAFT = "draft"
    SUBMITTED = "submitted"

    @property
    def label(self) -> str:
        """French word."""
        return "brouillon" if self is Status.DRAFT else "validée"


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A soft check that a person confirmed: who, when, why, and for which answers.

    It holds only as long as ``answers`` (the values the check spoke of) are unchanged.
    """

    check: str
    operator: str
    at: str
    note: str
    answers: Mapping[str, Answer | None]


@dataclass(frozen=True, slots=True)
class Declaration:
    """A school's answers for ``year``. A question absent from ``answers`` is unanswered."""

    uai: str
    year: SchoolYear
    answers: Answers
    status: Status
    confirmations: tuple[Confirmation, ...] = ()
    submitted_at: str | None = None
    heads: Mapping[str, int] = field(default_factory=dict)

    def is_confirmed(self, check: str, concerned: Mapping[str, Answer | None]) -> bool:
        """Whether ``check`` was confirmed for these very answers."""
        return any(
            c.check == check and dict(c.answers) == dict(concerned) for c in self.confirmations
        )
