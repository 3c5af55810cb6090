"""Reading the lines of a file that is imported: twice, block by block, in constant memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from numecole_desktop.domain import finding as findings
from numecole_desktop.domain.finding import Finding
from numecole_desktop.domain.french import NBSP, joined, plural
from numecole_desktop.importers.columns import Header, KindSpec, classify
from numecole_desktop.importers.parsed import Parsed
from numecole_desktop.importers.rows import Row, Table
from numecole_desktop.services.duplicates import DuplicateKeys
from numecole_desktop.services.import_kinds import ImportKind, Tally
from numecole_desktop.services.workspace import Job, Progress

RECORDS_PER_EVENT = 1_000
"""Records of one columnar event (spec 5.1)."""


def survey_file(
    table: Table, header: Header, spec: KindSpec, survey: DuplicateKeys, tally: Tally
) -> Job[frozenset[int]]:
    """Read the file once: what is left out is said, and the lines that it is on are returned."""
    words = {
        "subtotal": "Ligne de total reconnue",
        "note": "Ligne de note reconnue",
        "repeated_header": "En-tête répété reconnu",
    }
    for row in header.skipped:
        tally.findings.append(
            findings.info(
                "title_row",
                f"Ligne de titre reconnue, non enregistrée{NBSP}: {_text(row)}.",
                line=row.line,
            )
        )
    left_out = {header.line, *(row.line for row in header.skipped)}
    rows = (row for row in table.rows() if row.line > header.line)
    while block := list(islice(rows, RECORDS_PER_EVENT)):
        data = []
        for row in block:
            outcome = classify(row, header, spec)
            if outcome == "data":
                data.append(row)
                continue
            left_out.add(row.line)
            tally.findings.append(
                findings.info(
                    f"{outcome}_row",
                    f"{words[outcome]}, non enregistrée{NBSP}: {_text(row)}.",
                    line=row.line,
                )
            )
        survey.see(data)
        yield Progress(0, 0, f"{plural(survey.lines, 'ligne vue', 'lignes vues')}")
    if header.unknown:
        tally.findings.append(
            findings.info(
                "unknown_columns",
                f"Colonnes non utilisées{NBSP}: {', '.join(header.unknown)}.",
                line=header.line,
            )
        )
    return frozenset(left_out)


def _text(row: Row) -> str:
    return " ".join(cell for cell in row.cells if cell)


def store_lines(
    importer: ImportKind,
    table: Table,
    header: Header,
    left_out: frozenset[int],
    survey: DuplicateKeys,
    tally: Tally,
) -> Iterator[Progress]:
    """Read the file again and store its lines; the sentences about them go to ``tally``."""
    reader = _LineReader(importer, tally)
    column = header.names[header.positions["uai"]]
    done = 0

    def data_rows() -> Iterator[Row]:
        return (row for row in table.rows() if row.line not in left_out)

    for blocks in survey.passes(data_rows, RECORDS_PER_EVENT):
        doubtful: dict[tuple[str, ...], list[Parsed]] = {}
        for block in blocks:
            tally.begin_block()
            alone, shared = survey.part(block)
            importer.take(alone, reader.read, tally)
            for parsed in reader.read(shared):
                doubtful.setdefault(parsed.key or (), []).append(parsed)
            done += len(block)
            yield Progress(done, survey.lines, f"{plural(done, 'ligne lue', 'lignes lues')}")
        settled = _settle_duplicates(doubtful, column, tally)
        while chunk := list(islice(settled, RECORDS_PER_EVENT)):
            importer.store(chunk, tally)
    reader.conclude()


class _LineReader:
    """Reads lines one by one; what many share is said once, at the end."""

    def __init__(self, importer: ImportKind, tally: Tally) -> None:
        self._importer = importer
        self._tally = tally
        self._skipped: Counter[str] = Counter()
        self._mended: dict[str | None, Finding] = {}
        self._times: Counter[str | None] = Counter()

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
        for column, first in self._mended.items():
            others = self._times[column] - 1
            message = first.message
            if others:
                message += (
                    f" Idem sur {plural(others, 'autre ligne', 'autres lignes')} de cette colonne."
                )
            self._tally.findings.append(
                findings.info(
                    first.code, message, line=first.line, column=column, value=first.value
                )
            )

    def _gather_mended(self, parsed: Parsed) -> None:
        for finding in [f for f in parsed.findings if f.code == "cell_mended"]:
            parsed.findings.remove(finding)
            self._mended.setdefault(finding.column, finding)
            self._times[finding.column] += 1


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
                    f"contenus différents{NBSP}: gardez la bonne et importez à nouveau.",
                    line=line.line,
                    column=column,
                    value=key[0],
                )
            )
            tally.count(line, "refused")
