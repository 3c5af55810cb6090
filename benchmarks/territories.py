"""P12: the yearly report, page for page."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.harness import Options, Result, cache_folder, compare, timed
from numecole_desktop.services import demo, profiles, yearly_report
from numecole_desktop.services.workspace import Workspace, finished

_PAGES = 49
_PROFILES = 30


def report(options: Options) -> Result:
    """P12: a report of 49 circonscriptions, against 30 school profiles, page for page."""
    from pypdfium2 import PdfDocument

    from numecole_desktop.reports.school_profile import render_school_profile
    from numecole_desktop.reports.yearly_report import render_yearly_report

    path = finished(demo.build_demo(cache_folder() / "demo"))
    with Workspace.open(path) as workspace:
        built = finished(yearly_report.yearly_report(workspace, "Montpellier", demo.YEAR))
        school = profiles.school_profile(workspace, demo.SCHOOL_TO_SEE, demo.YEAR)
    pages = tuple(
        replace(page, name=f"{page.name} {n}", code=f"{page.code}{n}")
        for n in range(1 + _PAGES // len(built.circonscriptions))
        for page in built.circonscriptions
    )[:_PAGES]
    built = replace(built, circonscriptions=pages)
    counts = {
        "report": len(PdfDocument(render_yearly_report(built))),
        "profiles": _PROFILES * len(PdfDocument(render_school_profile(school))),
    }

    def ours() -> float:
        return timed(lambda: render_yearly_report(built)) / counts["report"]

    def floor() -> float:
        def write() -> None:
            for _ in range(_PROFILES):
                render_school_profile(school)

        return timed(write) / counts["profiles"]

    return compare(
        "P12",
        f"une page du rapport ({counts['report']} pages) / une page de profil",
        1.8,
        ours,
        floor,
        options.few(5),
    )
