"""P8 and every figure at full size, against hand-written SQL on a covering index and duckdb.

The three give the same columns; that their answers are equal is checked before they are timed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from benchmarks import bases, flat
from benchmarks.harness import Options, Result, compare, timed
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.storage import figures

_REPORT = 49
_LAST = bases.TEN_YEARS[-1]
Answer = dict[Any, dict[str, int]]


def at_full_size(options: Options) -> list[Result]:
    """P8, then 49 circonscriptions, then ten years, each beside both rivals."""
    rivals = {"index couvrant": flat.in_sqlite(), "duckdb": flat.in_duckdb()}
    last = SchoolYear(_LAST)
    path = bases.fresh(bases.figures_base(), "summary.numecole")
    with Workspace.open(path) as workspace:
        connection = workspace.base.connection
        codes = list(figures.level_counts(connection, "circonscription", last, None))
        some = codes[:: len(codes) // _REPORT][:_REPORT]

        def one_year() -> Answer:
            return figures.level_counts(connection, "circonscription", last, None)

        def report() -> Answer:
            return {
                code: figures.territory_counts(connection, "circonscription", code, last)
                for code in some
            }

        def ten_years() -> Answer:
            years = {
                first: figures.level_counts(connection, "circonscription", SchoolYear(first), None)
                for first in bases.TEN_YEARS
            }
            return {
                (y, code): counts for y, found in years.items() for code, counts in found.items()
            }

        races = (
            ("P8", 0.10, "1 500 circonscriptions", one_year, flat.of_year(_LAST), 1),
            (
                "F1",
                1,
                f"{_REPORT} circonscriptions une à une",
                report,
                flat.of_some(_LAST, some),
                1,
            ),
            ("F2", 0.10, "1 500 circonscriptions, dix ans", ten_years, flat.of_all_years(), 2),
        )
        return [
            _race(options, target, limit if rival != "duckdb" else 1, f"{what} / {rival}", ours,
                  partial(_ask, base, sql, keys))
            for target, limit, what, ours, sql, keys in races
            for rival, base in rivals.items()
        ]  # fmt: skip


def _race(
    options: Options,
    target: str,
    limit: float,
    what: str,
    ours: Callable[[], Answer],
    rival: Callable[[], Answer],
) -> Result:
    assert ours() == rival(), f"{target}: the answers differ"
    return compare(target, what, limit, lambda: timed(ours), lambda: timed(rival), options.few(9))


def _ask(base: Any, sql: str, keys: int) -> Answer:
    rows = base.execute(sql).fetchall()
    if keys == 1:
        return {row[0]: dict(zip(flat.FIGURES, row[1:], strict=True)) for row in rows}
    return {row[:keys]: dict(zip(flat.FIGURES, row[keys:], strict=True)) for row in rows}
