"""P8, P12: the table of territories from its summary, and the yearly report."""

from __future__ import annotations

import io
import sqlite3
from dataclasses import replace

from benchmarks import bases, data
from benchmarks.harness import Options, Result, cache_folder, compare, timed
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.services import demo, profiles, yearly_report
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.storage import figures

_PAGES = 49
_PROFILES = 30


def summary(options: Options) -> Result:
    """P8: figures of 1 500 circonscriptions, against GROUP BY on a covering index."""
    year = SchoolYear(bases.TEN_YEARS[-1])
    with Workspace.open(bases.fresh(bases.ten_years_base(), "summary.numecole")) as workspace:
        plain = _covering(workspace, year)
        names = ", ".join(f"sum(i{n})" for n in range(1, 7))
        query = f"SELECT circonscription, count(*), {names} FROM d WHERE year = ? GROUP BY 1, year"

        def ours() -> object:
            return figures.level_counts(workspace.base.connection, "circonscription", year, None)

        result = compare(
            "P8",
            "chiffres de 1 500 circonscriptions / GROUP BY sur index couvrant",
            0.10,
            lambda: timed(ours),
            lambda: timed(lambda: plain.execute(query, (year.first,)).fetchall()),
            options.few(9),
        )
        plain.close()
        return result


def report(options: Options) -> Result:
    """P12: a report of 49 circonscriptions, against 30 school profiles, page for page."""
    from numecole_desktop.reports.school_profile import render_school_profile
    from numecole_desktop.reports.yearly_report import render_yearly_report

    path = bases.finish(demo.build_demo(cache_folder() / "demo"))
    with Workspace.open(path) as workspace:
        built = bases.finish(yearly_report.yearly_report(workspace, "Montpellier", demo.YEAR))
        school = profiles.school_profile(workspace, demo.SCHOOL_TO_SEE, demo.YEAR)
    pages = tuple(
        replace(page, name=f"{page.name} {n}", code=f"{page.code}{n}")
        for n in range(1 + _PAGES // len(built.circonscriptions))
        for page in built.circonscriptions
    )[:_PAGES]
    built = replace(built, circonscriptions=pages)
    counts = {
        "report": render_yearly_report(built, io.BytesIO()),
        "profiles": _PROFILES * render_school_profile(school, io.BytesIO()),
    }

    def ours() -> float:
        return timed(lambda: render_yearly_report(built, io.BytesIO())) / counts["report"]

    def floor() -> float:
        def write() -> None:
            for _ in range(_PROFILES):
                render_school_profile(school, io.BytesIO())

        return timed(write) / counts["profiles"]

    return compare(
        "P12",
        f"une page du rapport ({counts['report']} pages) / une page de profil",
        1.8,
        ours,
        floor,
        options.few(5),
    )


def _covering(workspace: Workspace, year: SchoolYear) -> sqlite3.Connection:
    """The same year in plain SQLite, with an index that holds all that the query reads."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE d (year, circonscription, i1, i2, i3, i4, i5, i6)")
    rows = workspace.base.connection.execute(
        "SELECT d.year, s.circonscription_code, d.classes, d.teacher, d.pupil, d.robots, "
        "d.webradio, d.fablab FROM declaration AS d JOIN school AS s ON s.uai = d.uai"
    )
    connection.executemany("INSERT INTO d VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
    connection.execute("CREATE INDEX c ON d (year, circonscription, i1, i2, i3, i4, i5, i6)")
    connection.commit()
    count = connection.execute("SELECT count(*) FROM d WHERE year = ?", (year.first,)).fetchone()
    assert count[0] > data.SCHOOLS // 2, "the year is not in the base"
    return connection
