"""P9, P11: school profiles as PDF, alone and by hundreds."""

from __future__ import annotations

import io
import shutil
from dataclasses import replace
from pathlib import Path

from benchmarks.harness import Options, Result, cache_folder, compare, timed
from numecole_desktop.domain.profile import SchoolProfile
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.referentials.resources import resource
from numecole_desktop.services import demo, profiles
from numecole_desktop.services.workspace import Workspace, finished

MANY = 200
YEAR = SchoolYear(2023)


def one_profile(options: Options) -> Result:
    """P9: one profile, against a minimal document of two pages with the same two fonts."""
    from numecole_desktop.reports.school_profile import render_school_profile

    model = _models(1)[0]
    _minimal()

    def ours() -> None:
        for _ in range(20):
            render_school_profile(model)

    def floor() -> None:
        for _ in range(20):
            _minimal()

    return compare(
        "P9",
        "un profil / deux pages minimales avec les mêmes polices",
        2.6,
        lambda: timed(ours),
        lambda: timed(floor),
        options.few(9),
    )


def two_processes(options: Options) -> Result:
    """P11: two hundred profiles by two processes, against one."""
    from numecole_desktop.reports import batch

    models = _models(MANY)
    folder = cache_folder() / "profils"

    def write(processes: int) -> float:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return timed(lambda: list(batch.in_processes(models, folder, None, processes, 8)))

    return compare(
        "P11",
        "200 profils avec deux processus / un processus",
        0.70,
        lambda: write(2),
        lambda: write(1),
        options.few(5),
    )


def _models(count: int) -> list[SchoolProfile]:
    folder = cache_folder() / "demo"
    path = finished(demo.build_demo(folder))
    with Workspace.open(path) as workspace:
        rows = profiles.school_profile(workspace, demo.SCHOOL_TO_SEE, YEAR)
        return [replace(rows, school=replace(rows.school, name=f"École {n}")) for n in range(count)]


def _minimal() -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    for name in ("Regular", "Bold"):
        if f"Floor{name}" not in pdfmetrics.getRegisteredFontNames():
            font = Path(str(resource(f"fonts/PublicSans-{name}.ttf")))
            pdfmetrics.registerFont(TTFont(f"Floor{name}", str(font)))
    canvas = Canvas(io.BytesIO(), initialFontName="FloorRegular", invariant=1)
    for _ in range(2):
        for place, name in enumerate(("Regular", "Bold")):
            canvas.setFont(f"Floor{name}", 10)
            canvas.drawString(72, 700 - 20 * place, "Profil numérique de l’école, année 2023-2024")
        canvas.showPage()
    canvas.save()
