"""``python -m benchmarks``: one table of ratios against the targets of the project.

Options: ``--only P4,P9``, ``--rounds N`` (fewer for what takes long), ``--quick`` (one round).
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable

from benchmarks.harness import Options, Result, private_environment


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", default="", metavar="P4,P9")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--quick", action="store_true")
    given = parser.parse_args()
    os.environ.update(private_environment())
    wanted = {name.strip().upper() for name in given.only.split(",") if name.strip()}
    options = Options(given.rounds, given.quick)
    print(f"{'cible':<6}{'rapport':>9}{'limite':>8}  {'verdict':<10}{'A':>11}{'B':>11}  mesure")
    for names, measure in _measures():
        if not wanted or wanted & set(names):
            for result in measure(options):
                _print(result)


def _measures() -> list[tuple[tuple[str, ...], Callable[[Options], list[Result]]]]:
    from benchmarks import (
        documents,
        exchange,
        figures,
        imports,
        indices,
        places,
        saving,
        stalls,
        start,
        territories,
        window,
    )

    def one(measure: Callable[[Options], Result]) -> Callable[[Options], list[Result]]:
        return lambda options: [measure(options)]

    return [
        (("P1",), one(start.first_paint)),
        (("P2",), one(start.first_rows)),
        (("P4",), one(imports.whole_import)),
        (("P5",), one(imports.memory)),
        (("P6",), one(imports.spreadsheet)),
        (("P7",), one(indices.recomputed)),
        (("P8", "F1", "F2"), figures.at_full_size),
        (("P9",), one(documents.one_profile)),
        (("P11",), one(documents.two_processes)),
        (("P12",), one(territories.report)),
        (("P13", "P14", "P15"), window.list_in_repaints),
        (("T1", "T2"), places.screen_in_repaints),
        (("P16",), one(start.window_memory)),
        (("P17",), one(saving.one_save)),
        (("P18",), one(window.longest_gap)),
        (("S1", "S2"), stalls.window_thread),
        (("L1", "L2", "L3", "L4"), exchange.batches_written_and_taken_in),
    ]


def _print(result: Result) -> None:
    scale, unit = (1, "Mio") if result.unit == "Mio" else (1000, "ms")
    print(
        f"{result.target:<6}{result.ratio:>9.2f}{result.limit:>8.2f}  {result.verdict:<10}"
        f"{result.a * scale:>9.1f}{unit}{result.b * scale:>9.1f}{unit}  {result.what} "
        f"({len(result.ratios)} mesures)",
        flush=True,
    )


if __name__ == "__main__":
    main()
