"""Questionnaires: versioned lists of questions, choices, usages and checks, read from data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from numecole_desktop.domain.french import fold_header, whole
from numecole_desktop.domain.referential import RuleSource
from numecole_desktop.domain.school_year import SchoolYear

Answer = int | bool | str | tuple[str, ...]
"""A stored answer: whole number, yes/no, choice code, or sorted usage codes.

A draft may also hold what was typed, as text, when it cannot be read: nothing typed is lost.
"""
Answers = Mapping[str, Answer]
"""Answers by question code; a question that is not there is unanswered (n.c.), never zero."""

MISSING_TEXT = "n.c."
_NUMBER = re.compile(
    r"([+-]?(?:[0-9]{1,15}|[0-9]{1,3}(?:[ \u00a0\u202f\u2009][0-9]{3}){1,4}))(?:[.,]0+)?"
)
_GAPS = dict.fromkeys(map(ord, " \u00a0\u202f\u2009"))
_MINUS = str.maketrans({"−": "-", "–": "-"})
_USAGE_SEPARATORS = re.compile(r"[|,;\s]+")


class AnswerKind(StrEnum):
    """How a question is answered."""

    INTEGER = "integer"
    CHOICE = "choice"
    YES_NO = "yes_no"
    USAGES = "usages"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a closed question: stored code, French label, other accepted spellings."""

    code: str
    label: str
    aliases: tuple[str, ...] = ()

    @property
    def spellings(self) -> frozenset[str]:
        """Folded texts that mean this choice."""
        return frozenset(map(fold_header, (self.code, self.label, *self.aliases)))


@dataclass(frozen=True, slots=True)
class Usage:
    """One named practice of the catalogue."""

    code: str
    label: str
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question: ``code`` is permanent, ``short`` names it in a table, ``label`` in full.

    ``minimum`` and ``maximum`` bound a whole number (both included).
    """

    code: str
    section: str
    kind: AnswerKind
    short: str
    label: str
    help: str = ""
    minimum: int = 0
    maximum: int = 0
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckRule:
    """One check of the answers, as data.

    ``kind`` names the comparison (see ``checks``), ``fields`` the questions added up on its left,
    ``other`` the question on its right, ``limit`` and ``share`` its thresholds. ``message`` is a
    French sentence with ``{value}``, ``{other}``, ``{before}`` and ``{limit}``.
    """

    code: str
    hard: bool
    kind: str
    fields: tuple[str, ...]
    message: str
    other: str = ""
    limit: int = 0
    share: Fraction = Fraction(0)
    usages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """A version of the questionnaire, in force from ``first_year`` until a newer one begins.

    ``published_years`` are those for which a source gives it; other years use it as an
    assumption.
    """

    version: str
    title: str
    first_year: SchoolYear
    published_years: tuple[SchoolYear, ...]
    sections: tuple[tuple[str, str], ...]
    questions: tuple[Question, ...]
    usages: tuple[Usage, ...]
    checks: tuple[CheckRule, ...]
    sources: tuple[RuleSource, ...]
    yes_words: frozenset[str]
    no_words: frozenset[str]
    fingerprint: str

    def question(self, code: str) -> Question:
        """The question ``code``.

        Raises:
            KeyError: this version has no such question.
        """
        for question in self.questions:
            if question.code == code:
                return question
        raise KeyError(code)

    @property
    def codes(self) -> tuple[str, ...]:
        """Question codes in the order of entry."""
        return tuple(q.code for q in self.questions)

    def read(self, question: Question, text: str) -> Answer | None:
        """The answer that ``text`` gives to ``question``; None when empty.

        Text that cannot be read comes back unchanged, for the hard checks to refuse: a draft
        keeps it.
        """
        text = text.strip()
        if not text:
            return None
        if question.kind is AnswerKind.INTEGER:
            return read_whole(text)
        if question.kind is AnswerKind.YES_NO:
            folded = fold_header(text)
            if folded in self.yes_words:
                return True
            return False if folded in self.no_words else text
        if question.kind is AnswerKind.CHOICE:
            folded = fold_header(text)
            for choice in question.choices:
                if folded in choice.spellings:
                    return choice.code
            return text
        codes = {part.upper() for part in _USAGE_SEPARATORS.split(text) if part}
        return tuple(sorted(codes)) or None

    def show(self, question: Question, answer: Answer | None) -> str:
        """The answer as a French text; « n.c. » when it is missing."""
        if answer is None:
            return MISSING_TEXT
        if isinstance(answer, bool):
            return "Oui" if answer else "Non"
        if isinstance(answer, int):
            return whole(answer)
        if isinstance(answer, tuple):
            labels = {u.code: u.label for u in self.usages}
            return ", ".join(labels.get(code, code) for code in answer)
        return next((c.label for c in question.choices if c.code == answer), answer)

    def write(self, answer: Answer | None) -> str:
        """The answer as files hold it (« 5 », « FIBRE », « OUI », codes joined by « | »)."""
        if answer is None:
            return ""
        if isinstance(answer, bool):
            return "OUI" if answer else "NON"
        if isinstance(answer, tuple):
            return "|".join(answer)
        return str(answer)


def read_whole(text: str) -> int | str:
    """A whole number as people write it (« 1 234 », « 4,0 »), or the text when it is not one.

    Spaces only part thousands: « 4 5 » is no number.
    """
    match = _NUMBER.fullmatch(text.translate(_MINUS))
    return int(match[1].translate(_GAPS)) if match else text


def number(answers: Answers, code: str) -> int | None:
    """The whole, non-negative number answered to ``code``; None when missing or unreadable."""
    return as_number(answers.get(code))


def as_number(value: object) -> int | None:
    """The whole, non-negative number that an answer is; None when it is missing or unreadable."""
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    return None
