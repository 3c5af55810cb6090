"""P4, P5, P6: importing 63 000 and a million lines, reading a spreadsheet."""

from __future__ import annotations

import csv
import sqlite3
import sys
from pathlib import Path

from benchmarks import bases, data
from benchmarks.harness import (
    Options,
    Result,
    cache_folder,
    compare,
    peak_memory,
    print_peak,
    private_environment,
    timed,
)
from numecole_desktop.importers.tables import load_limits, open_table
from numecole_desktop.referentials.resources import resource
from numecole_desktop.services.importing import run_import
from numecole_desktop.services.workspace import Workspace, finished

MILLION = 1_000_000
FEW = 2_000


def whole_import(options: Options) -> Result:
    """P4: parse, checks, indices, journal, upsert, full sync, against csv to plain SQLite."""
    file = bases.declarations_file()

    def ours() -> float:
        with Workspace.open(bases.fresh(bases.schools_base())) as workspace:
            return timed(lambda: finished(run_import(workspace, "declarations", file)))

    return compare(
        "P4",
        "import de 63 000 lignes / csv.reader vers executemany",
        3.5,
        ours,
        lambda: timed(lambda: _raw(file)),
        options.few(5),
    )


def memory(options: Options) -> Result:
    """P5: peak memory of importing a million lines, against two thousand."""
    environment = private_environment()
    bases.schools_base()

    def lines(count: int) -> float:
        return peak_memory(["-m", "benchmarks.imports", str(count)], environment)

    return compare(
        "P5",
        "mémoire, un million de lignes / 2 000",
        1.5,
        lambda: lines(MILLION),
        lambda: lines(FEW),
        options.few(1),
        "Mio",
    )


def spreadsheet(options: Options) -> Result:
    """P6: reading 63 000 rows of XLSX, against parsing the same rows as CSV."""
    import xlsxwriter

    file = bases.declarations_file()
    sheet = cache_folder() / "declarations.xlsx"
    if not sheet.exists():
        # As spreadsheets write it: numbers as numbers, each text once.
        with xlsxwriter.Workbook(sheet, {"strings_to_numbers": True}) as book:
            page = book.add_worksheet()
            with file.open(encoding="utf-8", newline="") as stream:
                for place, row in enumerate(csv.reader(stream, delimiter=";")):
                    page.write_row(place, 0, row)
    limits = load_limits(resource("imports/limits.toml").read_bytes(), "limits")

    def read() -> None:
        for _ in open_table(sheet, limits).rows():
            pass

    return compare(
        "P6",
        "lecture XLSX de 63 000 lignes / csv",
        15,
        lambda: timed(read),
        lambda: timed(lambda: _parse(file)),
        options.few(3),
    )


def _parse(file: Path) -> None:
    with file.open(encoding="utf-8", newline="") as stream:
        for _ in csv.reader(stream, delimiter=";"):
            pass


def _raw(file: Path) -> None:
    target = cache_folder() / "raw.sqlite"
    for suffix in ("", "-wal", "-shm"):
        target.with_name(target.name + suffix).unlink(missing_ok=True)
    connection = sqlite3.connect(target)
    connection.execute("PRAGMA journal_mode = WAL")
    names = ", ".join(data.DECLARATION_HEADER)
    marks = ", ".join("?" * len(data.DECLARATION_HEADER))
    connection.execute(f"CREATE TABLE declaration ({names})")
    with file.open(encoding="utf-8", newline="") as stream:
        reader = csv.reader(stream, delimiter=";")
        next(reader)
        connection.executemany(f"INSERT INTO declaration VALUES ({marks})", reader)
    connection.commit()
    connection.close()


def _import_lines(count: int) -> None:
    file = cache_folder() / f"lines-{count}.csv"
    if not file.exists():
        years = [data.FIRST_YEAR + place for place in range(1 + count // data.SCHOOLS)]
        data.write_declarations(file, bases.codes(), years, count)
    with Workspace.open(bases.fresh(bases.schools_base(), "memory.numecole")) as workspace:
        finished(run_import(workspace, "declarations", file))
    print_peak()


if __name__ == "__main__":
    _import_lines(int(sys.argv[1]))
