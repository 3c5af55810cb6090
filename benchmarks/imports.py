"""P4 to P6: importing declarations, next to what the bare modules of Python take."""

from __future__ import annotations

import csv
import json
import sqlite3
import subprocess
import sys
from pathlib import Path

from benchmarks import bases
from benchmarks.measure import Measured, Target, compare, interleaved, timed
from numecole_desktop.services.importing import run_import
from numecole_desktop.services.workspace import Workspace

P4 = Target(
    "P4",
    3.5,
    "import complet : contrôles, journal, indices, chiffrement, écriture durable",
    "csv.reader vers sqlite3.executemany (WAL, une transaction)",
)
P5 = Target("P5", 1.5, "mémoire de l’import d’un million de lignes", "de 2 000 lignes")
P6 = Target("P6", 15, "lecture d’un classeur XLSX", "lecture des mêmes lignes en CSV")


def import_ratios(rounds: int, quick: bool) -> list[Measured]:
    """P4, on a first import, when the base holds last year, again, and on real schools."""
    year, after = bases.year_file(), bases.year_file(bases.data.FIRST_YEAR + 1)
    cases = [("premier import de 63 000 lignes", bases.schools_base(), year)]
    if not quick:
        cases += [
            ("63 000 lignes, l’an dernier connu", bases.one_year_base(), after),
            ("63 000 lignes déjà importées", bases.one_year_base(), year),
        ]
    real, file, lines = bases.real_base()
    cases.append((f"écoles réelles, {lines} lignes", real, file))
    return [
        compare(P4, case, lambda b=base, f=path: whole(b, f), lambda f=path: bare(f), rounds)
        for case, base, path in cases
    ]


def whole(base: Path, file: Path) -> float:
    """Seconds of an import into a copy of ``base``."""
    with Workspace.open(bases.copied(base)) as workspace:
        return timed(lambda: bases.finish(run_import(workspace, "declarations", file)))


def bare(file: Path) -> float:
    """Seconds to put the cells of a file into a plain table."""
    path = bases.folder() / "nu.sqlite"
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    return timed(lambda: _copy(file, path))


def _copy(file: Path, base: Path) -> None:
    connection = sqlite3.connect(base, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    with file.open(encoding="utf-8", newline="") as stream:
        rows = csv.reader(stream, delimiter=";")
        header = next(rows)
        connection.execute(f"CREATE TABLE cells ({', '.join(header)})")
        connection.execute("BEGIN")
        marks = ", ".join("?" * len(header))
        connection.executemany(f"INSERT INTO cells VALUES ({marks})", rows)
        connection.execute("COMMIT")
    connection.close()


def memory_ratios(rounds: int, quick: bool) -> list[Measured]:
    """P5, each import in a process of its own."""
    few, base = bases.few_file(), bases.schools_base()
    cases = [("63 000 lignes (pour l’échelle)", bases.year_file(), min(rounds, 3))]
    if not quick:
        cases.insert(0, ("un million de lignes", bases.million_file(), 1 if rounds < 9 else 3))
    found = []
    for case, file, times in cases:
        ratios, over, under = interleaved(
            lambda f=file: peak(base, f), lambda: peak(base, few), times
        )
        found.append(Measured(P5, case, ratios, over, under, "Mio"))
    return found


def peak(base: Path, file: Path) -> float:
    """Peak memory, in mebibytes, of a process that imports ``file`` into a copy of ``base``."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.child", "import", bases.copied(base), file],
        check=True,
        capture_output=True,
        text=True,
    )
    return float(json.loads(done.stdout))


def sheet_ratios(rounds: int, quick: bool) -> list[Measured]:
    """P6."""
    from numecole_desktop.importers.tables import open_table
    from numecole_desktop.services.importing import _limits

    file = bases.year_file()
    sheet = bases.made("2023.xlsx", lambda path: _write_sheet(file, path))

    def read_sheet() -> float:
        return timed(lambda: sum(1 for _ in open_table(sheet, _limits()).rows()))

    def read_csv() -> float:
        with file.open(encoding="utf-8", newline="") as stream:
            return timed(lambda: sum(1 for _ in csv.reader(stream, delimiter=";")))

    case = "63 000 lignes de 16 cellules"
    return [compare(P6, case, read_sheet, read_csv, 3 if quick else rounds)]


def _write_sheet(file: Path, path: Path) -> None:
    from xlsxwriter import Workbook

    with (
        file.open(encoding="utf-8", newline="") as stream,
        Workbook(str(path), {"constant_memory": True}) as book,
    ):
        sheet = book.add_worksheet()
        for place, cells in enumerate(csv.reader(stream, delimiter=";")):
            sheet.write_row(place, 0, [int(c) if c.isdigit() else c for c in cells])
