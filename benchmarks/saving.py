"""P17: one saved answer, against overwriting 4 KiB and flushing them on the same disk."""

from __future__ import annotations

import os

from benchmarks import bases, data
from benchmarks.harness import Options, Result, cache_folder, compare, timed
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.services import declarations
from numecole_desktop.services.workspace import Workspace

_TIMES = 50


def one_save(options: Options) -> Result:
    """P17: WAL, full sync, journal and state for one answer."""
    base = bases.fresh(bases.schools_base(), "save.numecole")
    with Workspace.open(base) as workspace:
        form = declarations.open_form(workspace, data.uai(0), SchoolYear(data.FIRST_YEAR))
        saved = 0

        def save() -> None:
            nonlocal form, saved
            for _ in range(_TIMES):
                saved += 1
                form = declarations.save_answers(workspace, form, {"A3": saved}).form

        return compare(
            "P17",
            "une réponse enregistrée / 4 Kio réécrits et vidés",
            4,
            lambda: timed(save) / _TIMES,
            lambda: timed(_flush) / _TIMES,
            options.few(9),
        )


def _flush() -> None:
    path = cache_folder() / "flush.bin"
    if not path.exists():
        path.write_bytes(bytes(1 << 20))
    descriptor = os.open(path, os.O_RDWR)
    try:
        for _ in range(_TIMES):
            os.pwrite(descriptor, os.urandom(4096), 8192)
            os.fdatasync(descriptor)
    finally:
        os.close(descriptor)
