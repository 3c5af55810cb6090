"""Reading the lines of a file that is imported, block by block.

A file of one school year whose lines have each a key of their own is read once. Any other is read
twice: a first time to know which lines share a key, then year after year.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain, islice

from numecole_desktop.domain import finding as findings
from numecole_desktop.domain.finding import Finding
from numecole_desktop.domain.french import NBSP, joined, plural, quoted
from numecole_desktop.importers.cell_words import MENDED, MISSING, WORD
from numecole_desktop.importers.columns import Header, KindSpec, classify_all
from numecole_desktop.importers.parsed import Parsed
from numecole_desktop.importers.rows import Row, Table
from numecole_desktop.services.duplicates import DuplicateKeys
from numecole_desktop.services.import_kinds import ImportKind, Tally
from numecole_desktop.services.workspace import Job, Progress

RECORDS_PER_EVENT = 1_000
"""Records of one columnar event (spec 5.1)."""


class NotInOrderError(Exception):
    """A file holds several school years, or lines that have the same key."""


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """A table whose header was found.

    Of the sheets that are not read, ``alike`` have such columns and ``foreign`` have not.
    """

    table: Table
    header: Header
    spec: KindSpec
    alike: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()

    @property
    def key_column(self) -> str:
        """Name of the column that holds the UAI."""
        return self.header.names[self.header.positions["uai"]]

    def say_header(self, tally: Tally) -> None:
        """Say which sheets, which rows above the header and which columns are left out."""
        if self.alike:
            sheets = joined([quoted(name) for name in self.alike])
            message = (
                f"Seule la feuille {quoted(self.table.sheet or '')} est lue{NBSP}; {sheets} "
                f"{'a' if len(self.alike) == 1 else 'ont'} aussi les colonnes attendues. "
                f"Choisissez ensuite une autre feuille pour l’importer."
            )
            tally.findings.append(findings.warning("unread_sheets", message))
        if self.foreign:
            sheets = joined([quoted(name) for name in self.foreign])
            several = "Feuille non lue" if len(self.foreign) == 1 else "Feuilles non lues"
            message = f"{several}, sans les colonnes attendues{NBSP}: {sheets}."
            tally.findings.append(findings.info("unread_sheets", message))
        for row in self.header.skipped:
            message = f"Ligne de titre reconnue, non enregistrée{NBSP}: {_text(row)}."
            tally.findings.append(findings.info("title_row", message, line=row.line))
        if self.header.unknown:
            message = f"Colonnes non utilisées{NBSP}: {', '.join(self.header.unknown)}."
            tally.findings.append(findings.info("unknown_columns", message, line=self.header.line))

    def blocks(self, tally: Tally | None = None) -> Iterator[list[Row]]:
        """The lines with data, block by block; what is left out is said in ``tally``."""
        rows = self.table.rows()
        while next(rows).line < self.header.line:
            pass
        while block := list(islice(rows, RECORDS_PER_EVENT)):
            kinds = classify_all(block, self.header, self.spec)
            if kinds.count("data") == len(block):
                yield block
                continue
            if tally is not None:
                for row, kind in zip(block, kinds, strict=True):
                    if kind != "data":
                        message = f"{_LEFT_OUT[kind]}, non enregistrée{NBSP}: {_text(row)}."
                        tally.findings.append(findings.info(f"{kind}_row", message, line=row.line))
            yield [row for row, kind in zip(block, kinds, strict=True) if kind == "data"]


_LEFT_OUT = {
    "subtotal": "Ligne de total reconnue",
    "note": "Ligne de note reconnue",
    "repeated_header": "En-tête répété reconnu",
}


def _text(row: Row) -> str:
    return " ".join(cell for cell in row.cells if cell)


def store_at_once(
    importer: ImportKind, file: ImportedFile, survey: DuplicateKeys, tally: Tally
) -> Job[None]:
    """Store the lines of a file that is read once; the sentences about them go to ``tally``.

    Raises:
        NotInOrderError: it has to be read twice; what was stored must be undone.
    """
    reader = _LineReader(importer, tally)
    for block in file.blocks(tally):
        if not survey.see_alone(block):
            raise NotInOrderError
        tally.begin_block()
        importer.take(block, reader.read, tally)
        yield _reading(survey)
    reader.conclude()


def survey_lines(file: ImportedFile, survey: DuplicateKeys, tally: Tally) -> Job[None]:
    """Read the file a first time, to know its keys and its years."""
    for block in file.blocks(tally):
        survey.see(block)
        yield _reading(survey)


def store_in_order(
    importer: ImportKind, file: ImportedFile, survey: DuplicateKeys, tally: Tally
) -> Job[None]:
    """Read the file again and store its lines in the order of ``survey``."""
    reader = _LineReader(importer, tally)
    done = 0

    def rows() -> Iterator[Row]:
        return chain.from_iterable(file.blocks())

    for blocks in survey.passes(rows, RECORDS_PER_EVENT):
        doubtful: dict[tuple[str, ...], list[Parsed]] = {}
        for block in blocks:
            tally.begin_block()
            alone, shared = survey.part(block)
            importer.take(alone, reader.read, tally)
            for parsed in reader.read(shared):
                doubtful.setdefault(parsed.key or (), []).append(parsed)
            done += len(block)
            yield Progress(done, survey.lines, f"{plural(done, 'ligne lue', 'lignes lues')}")
        settled = _settle_duplicates(doubtful, file.key_column, tally)
        while chunk := list(islice(settled, RECORDS_PER_EVENT)):
            importer.store(chunk, tally)
    reader.conclude()


def _reading(survey: DuplicateKeys) -> Progress:
    return Progress(0, 0, f"Lecture{NBSP}: {plural(survey.lines, 'ligne')}")


class _LineReader:
    """Reads lines one by one; what many share is said once, at the end."""

    def __init__(self, importer: ImportKind, tally: Tally) -> None:
        self._importer = importer
        self._tally = tally
        self._skipped: Counter[str] = Counter()
        self._mended: dict[tuple[str | None, ...], Finding] = {}
        self._times: Counter[tuple[str | None, ...]] = Counter()

    def read(self, rows: Iterable[Row]) -> list[Parsed]:
        """The good lines; the others are counted."""
        good = []
        for row in rows:
            parsed = self._importer.parse(row)
            if parsed.skipped:
                self._skipped[parsed.skipped] += 1
                self._tally.lines += 1
                continue
            if parsed.findings:
                self._gather_mended(parsed)
            if parsed.refused or parsed.key is None:
                self._tally.count(parsed, "refused")
            else:
                good.append(parsed)
        return good

    def conclude(self) -> None:
        """Say how many lines were skipped, and the mends that a column shares."""
        for reason, count in self._skipped.items():
            self._tally.findings.append(
                findings.info(
                    "skipped_lines",
                    f"{plural(count, 'ligne ignorée', 'lignes ignorées')}{NBSP}: {reason}.",
                    value=str(count),
                )
            )
        for alike, first in self._mended.items():
            others = self._times[alike] - 1
            message = first.message
            if others:
                message += (
                    f" Idem sur {plural(others, 'autre ligne', 'autres lignes')} de cette colonne."
                )
            self._tally.findings.append(replace(first, message=message))

    def _gather_mended(self, parsed: Parsed) -> None:
        for finding in [f for f in parsed.findings if f.code in (MENDED, MISSING, WORD)]:
            parsed.findings.remove(finding)
            alike = (finding.code, finding.column, finding.value if finding.code == WORD else None)
            self._mended.setdefault(alike, finding)
            self._times[alike] += 1


def _settle_duplicates(
    doubtful: Mapping[tuple[str, ...], list[Parsed]], column: str, tally: Tally
) -> Iterator[Parsed]:
    """Lines that share a key: identical ones count once, differing ones are all refused."""
    for key, lines in sorted(doubtful.items(), key=lambda item: (item[0][1:], item[0])):
        first = lines[0]
        if all(dict(line.values) == dict(first.values) for line in lines):
            yield first
            for line in lines[1:]:
                line.findings.append(
                    findings.warning(
                        "repeated_line",
                        f"La ligne répète la ligne {first.line}{NBSP}: elle compte une fois.",
                        line=line.line,
                        column=column,
                        value=key[0],
                    )
                )
                tally.count(line, "same")
            continue
        numbers = joined([str(line.line) for line in lines])
        for line in lines:
            line.findings.append(
                findings.error(
                    "duplicate_key",
                    f"Les lignes {numbers} portent le même identifiant ({' '.join(key)}) avec des "
                    f"contenus différents{NBSP}: gardez la bonne et importez de nouveau.",
                    line=line.line,
                    column=column,
                    value=key[0],
                )
            )
            tally.count(line, "refused")
