"""Lines of a file of declarations: UAI, school year, answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass

from numecole_desktop.domain import finding as findings
from numecole_desktop.domain.checks import value_problem
from numecole_desktop.domain.declaration import Status
from numecole_desktop.domain.finding import Finding
from numecole_desktop.domain.french import NBSP, fold, quoted
from numecole_desktop.domain.questionnaire import Answer, Question, Questionnaire
from numecole_desktop.domain.referential import MissingRuleError
from numecole_desktop.domain.school_year import SchoolYear, SchoolYearError
from numecole_desktop.domain.uai import read_uai
from numecole_desktop.importers.cell_words import CellWords, WordsRead
from numecole_desktop.importers.columns import Header
from numecole_desktop.importers.parsed import Parsed
from numecole_desktop.importers.rows import Row

_REMEMBERED = 10_000
"""Texts of a column whose answer is kept: a hostile file cannot fill the memory."""


class _Cells(dict[str, Answer | None]):
    """What the texts of one column give.

    ``odd`` are those of which something is to be said, ``mended`` what it is for those that could
    be read all the same.
    """

    def __init__(self, question: Question, questionnaire: Questionnaire, words: CellWords) -> None:
        super().__init__({"": None})
        self.odd: set[str] = set()
        self.mended: dict[str, WordsRead] = {}
        self._words = words
        self._question = question
        self._questionnaire = questionnaire

    def __missing__(self, text: str) -> Answer | None:
        answer = self._questionnaire.read(self._question, text)
        if answer is None or value_problem(self._question, answer, self._questionnaire):
            self.odd.add(text)
            read = None if answer is None else self._words.read(self._question.kind, text)
            if read is not None:
                self.mended[text] = read
                answer = read.answer
        if len(self) < _REMEMBERED:
            self[text] = answer
        return answer


@dataclass(frozen=True, slots=True)
class _YearColumns:
    """How the cells of a school year are read: position, question code, answers by text."""

    year: SchoolYear
    text: str
    columns: list[tuple[int, str, _Cells]]


@dataclass(frozen=True, slots=True)
class Columns:
    """Lines of one school year, column by column.

    ``answers`` has a column for each question of the file, None where a cell is empty, as in each
    column of ``gaps``; ``statuses`` are the stored words. ``odd`` are the places of lines of which
    something is to be said, for ``DeclarationReader.parse`` to read; UAIs are as the file has
    them, checked by nobody.
    """

    year: SchoolYear
    uais: Sequence[str]
    answers: Mapping[str, Sequence[Answer | None]]
    gaps: Set[str]
    statuses: Sequence[str]
    odd: set[int]


_STATUS_WORDS = {
    "brouillon": Status.DRAFT,
    "draft": Status.DRAFT,
    "validee": Status.SUBMITTED,
    "submitted": Status.SUBMITTED,
}


class DeclarationReader:
    """Reads lines of one file of declarations, whose header was found.

    Each line is read with the questionnaire of its year, which ``questionnaire_of`` gives (it
    raises ``MissingRuleError`` when none is in force). ``year`` serves where the file has no
    school year, ``words`` where a cell is no good answer. Cells repeat a lot: what each column gave
    for a text is remembered.
    """

    def __init__(
        self,
        header: Header,
        questionnaire_of: Callable[[SchoolYear], Questionnaire],
        year: SchoolYear | None,
        words: CellWords,
    ) -> None:
        self._header = header
        self._names = header.names
        self._uai = header.positions["uai"]
        self._year = header.positions.get("year", -1)
        self._status = header.positions.get("status", -1)
        self._default_year = year
        self._words = words
        self._questionnaire_of = questionnaire_of
        self._width = len(header.names)
        self._years: dict[str, _YearColumns] = {}

    def parse(self, row: Row) -> Parsed:
        """The declaration of a line; « status » is among its values, usages are tuples."""
        line, cells = row.line, row.cells
        if len(cells) < self._width:
            cells = cells + ("",) * (self._width - len(cells))
        found: list[Finding] = []
        if len(cells) > self._width and any(cells[self._width :]):
            found.append(
                findings.error(
                    "too_many_cells",
                    f"La ligne a plus de cellules que l’en-tête{NBSP}: un séparateur en trop a "
                    f"décalé ses réponses.",
                    line=line,
                    value=" ".join(cells[self._width :]),
                )
            )
        uai = self._read_uai(cells[self._uai], line, found)
        year = self._read_year(cells[self._year] if self._year >= 0 else "", line, found)
        values: dict[str, Answer] = {}
        if year is not None:
            for position, code, answers in year.columns:
                text = cells[position]
                answer = answers[text]
                if answer is not None:
                    values[code] = answer
                if text in answers.mended:
                    found.append(
                        findings.info(
                            answers.mended[text].code,
                            answers.mended[text].said,
                            line=line,
                            column=self._names[position],
                            value=text,
                        )
                    )
        status = Status.SUBMITTED
        if self._status >= 0 and cells[self._status]:
            status = self._read_status(cells[self._status], line, found)
        values["status"] = status.value
        key = (uai, year.text) if uai and year else None
        return Parsed(line, key, values, uai or cells[self._uai], found)

    def read_columns(self, rows: Sequence[Row]) -> Columns | None:
        """The answers that ``parse`` would give, for many lines in a fraction of the time.

        None when the lines have not all the same width and the same readable school year.
        """
        width = len(rows[0].cells)
        cells = [row.cells for row in rows]
        if width < self._width or set(map(len, cells)) != {width}:
            return None
        columns = list(zip(*cells, strict=True))
        years = set(columns[self._year]) if self._year >= 0 else {""}
        year = self._read_year(years.pop(), rows[0].line, []) if len(years) == 1 else None
        if year is None or any(map(any, columns[self._width :])):
            return None
        odd: set[int] = set()
        gaps = set()
        answers = {}
        for position, code, given in year.columns:
            texts = columns[position]
            answers[code] = list(map(given.__getitem__, texts))
            if not all(texts):
                gaps.add(code)
            if not given.odd.isdisjoint(texts):
                odd.update(p for p, text in enumerate(texts) if text in given.odd)
        statuses = [Status.SUBMITTED.value] * len(rows)
        if self._status >= 0:
            for place, text in enumerate(columns[self._status]):
                status = _STATUS_WORDS.get(fold(text)) if text else Status.SUBMITTED
                if status is None:
                    odd.add(place)
                else:
                    statuses[place] = status.value
        return Columns(year.year, columns[self._uai], answers, gaps, statuses, odd)

    def column(self, field: str | None) -> str | None:
        """Name of the file's column for a question code or « uai »."""
        position = self._header.positions.get(field or "")
        return None if position is None else self._names[position]

    def _read_uai(self, text: str, line: int, found: list[Finding]) -> str | None:
        reading = read_uai(text)
        if reading.problem or reading.mended:
            where: dict[str, str | int | None] = {
                "line": line,
                "column": self._names[self._uai],
                "value": text,
            }
            if reading.problem:
                found.append(findings.error("invalid_uai", reading.problem, **where))
            else:
                say = findings.info if reading.tidied else findings.warning
                found.append(say("uai_mended", reading.mended or "", **where))
        return reading.value

    def _read_year(self, text: str, line: int, found: list[Finding]) -> _YearColumns | None:
        known = self._years.get(text)
        if known is not None:
            return known
        try:
            if text:
                year = SchoolYear.parse(text)
            elif self._default_year is not None:
                year = self._default_year
            else:
                raise SchoolYearError(
                    f"L’année scolaire manque{NBSP}: remplissez la colonne, ou choisissez l’année "
                    f"de l’import."
                )
            questionnaire = self._questionnaire_of(year)
        except (SchoolYearError, MissingRuleError) as problem:
            column = self._names[self._year] if self._year >= 0 else None
            sentence = str(problem)
            if isinstance(problem, MissingRuleError):
                sentence = f"Cette année ne peut pas être importée{NBSP}: {problem}."
            found.append(
                findings.error("invalid_year", sentence, line=line, column=column, value=text)
            )
            return None
        positions = self._header.positions
        columns = [
            (positions[q.code], q.code, _Cells(q, questionnaire, self._words))
            for q in questionnaire.questions
            if q.code in positions
        ]
        self._years[text] = _YearColumns(year, str(year), columns)
        return self._years[text]

    def _read_status(self, text: str, line: int, found: list[Finding]) -> Status:
        status = _STATUS_WORDS.get(fold(text))
        if status is None:
            found.append(
                findings.error(
                    "invalid_status",
                    f"{quoted(text)} n’est pas un état{NBSP}: écrivez «{NBSP}validée{NBSP}» ou "
                    f"«{NBSP}brouillon{NBSP}».",
                    line=line,
                    column=self._names[self._status],
                    value=text,
                )
            )
            return Status.DRAFT
        return status
