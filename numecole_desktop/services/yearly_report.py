"""The yearly « état du numérique » of an académie: its chapters and its circonscriptions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from numecole_desktop.domain.french import NBSP, of_place, plural, sort_key, whole
from numecole_desktop.domain.school import SchoolType
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.domain.territory import LABEL_LEVELS, unanswered
from numecole_desktop.domain.territory_profile import (
    ReportChapter,
    ReportTable,
    TerritoryProfile,
    YearlyReport,
)
from numecole_desktop.durable import write_whole
from numecole_desktop.referentials.departments import department_name
from numecole_desktop.services import territories
from numecole_desktop.services.letterhead import logo, service_name
from numecole_desktop.services.territories import TerritoryFigures, find_territory
from numecole_desktop.services.territory_profiles import (
    campaign_notes,
    label_notes,
    territory_profile,
    without_schools,
)
from numecole_desktop.services.workspace import Job, Progress, Workspace
from numecole_desktop.storage import figures

_DETAILS = (
    ("C1", "C2", "Classes mobiles (tablettes et ordinateurs)"),
    ("B3", "", "Classes avec un affichage interactif"),
    ("B2", "", "Classes avec un vidéoprojecteur simple"),
)
_TOP_RESOURCES = 5

Parts = Sequence[tuple[str, TerritoryFigures]]


def yearly_report(workspace: Workspace, academy: str, year: SchoolYear) -> Job[YearlyReport]:
    """Build the report; the generator's return is the view-model.

    Raises:
        Problem: no such académie, or no rules were in force that year.
    """
    territory = find_territory(workspace, "academie", academy)
    own = territory_profile(workspace, "academie", territory.code, year)
    yield Progress(0, 0, f"Académie {of_place(territory.name)}")
    parts = _departments(workspace, territory.code, year)
    whole_academy = territories.territory_figures(workspace, "academie", territory.code, year)
    chapters = (
        replace(
            _equipment(workspace, territory.code, year, whole_academy, parts),
            distribution=own.distribution,
        ),
        _ent(whole_academy, parts),
        _gar(workspace, territory.code, year, whole_academy, parts),
        _labels(whole_academy, parts, label_notes(workspace, "academy", territory.code, year)),
        _evolution(own),
    )
    codes = _circonscriptions(workspace, territory.code, year)
    pages = []
    for done, code in enumerate(codes, start=1):
        page = territory_profile(workspace, "circonscription", code, year)
        pages.append(without_schools(page))
        yield Progress(done, len(codes), page.name)
    return YearlyReport(
        territory.name,
        year,
        workspace.clock().date(),
        workspace.sample,
        chapters,
        tuple(pages),
        campaign_notes(whole_academy.counts, year),
        own.sources,
        own.assumptions,
        service=service_name(workspace),
    )


def write_report(workspace: Workspace, academy: str, year: SchoolYear, path: Path) -> Job[Path]:
    """Write the report to ``path``, whole or not at all; the generator's return is the path.

    Raises:
        Problem: as ``yearly_report``, or the file cannot be written.
    """
    from numecole_desktop.reports.yearly_report import render_yearly_report

    report = yield from yearly_report(workspace, academy, year)
    yield Progress(0, 0, "Mise en pages")
    return write_whole(path, render_yearly_report(report, logo(workspace)))


def _departments(workspace: Workspace, academy: str, year: SchoolYear) -> Parts:
    found = figures.level_counts(
        workspace.base.connection, "departement", year, ("academie", academy)
    )
    rows = [
        (department_name(code) or "n.c.", territories.derive(counts))
        for code, counts in found.items()
    ]
    return sorted(rows, key=lambda row: sort_key(row[0]))


def _circonscriptions(workspace: Workspace, academy: str, year: SchoolYear) -> list[str]:
    """Codes by département then name."""
    tree = territories.territory_tree(workspace, year)
    return [
        circonscription.code
        for node in tree
        if node.code == academy
        for department in node.children
        for circonscription in department.children
        if circonscription.code
    ]


def _equipment(
    workspace: Workspace,
    academy: str,
    year: SchoolYear,
    own: TerritoryFigures,
    parts: Parts,
) -> ReportChapter:
    connection = workspace.base.connection
    by_type = []
    for label, kinds in (
        ("Écoles maternelles", (SchoolType.NURSERY,)),
        ("Écoles élémentaires et primaires", (SchoolType.ELEMENTARY, SchoolType.PRIMARY)),
    ):
        uais = figures.schools_of_types(connection, academy, tuple(k.value for k in kinds), year)
        by_type.append((label, territories.selection_figures(workspace, uais, year)))
    counts = own.counts
    sums = figures.answer_sums(connection, academy, year, [c for d in _DETAILS for c in d[:2] if c])
    details = tuple(
        (label, whole(sums.get(first, 0) + sums.get(second, 0)))
        for first, second, label in _DETAILS
    )
    return ReportChapter(
        "Équipement",
        (
            ("Écoles au niveau du socle", _both(own, "schools_socle")),
            ("Écoles publiques", whole(counts["schools"])),
            ("Classes avec le socle enseignant", _both(own, "classes_teacher_equipped")),
            ("Classes avec le socle élèves", _both(own, "classes_pupil_equipped")),
        ),
        (
            _table(
                "Écoles au niveau du socle selon leur type",
                by_type,
                (("Écoles", "schools"), ("Au niveau du socle", "schools_socle")),
                "schools_socle",
            ),
            _table(
                "Écoles au niveau du socle selon le département",
                [*parts, ("Académie", own)],
                (("Écoles", "schools"), ("Au niveau du socle", "schools_socle")),
                "schools_socle",
            ),
            _table(
                "Classes équipées selon le département",
                [*parts, ("Académie", own)],
                (
                    ("Classes", "classes"),
                    ("Socle enseignant", "classes_teacher_equipped"),
                    ("Socle élèves", "classes_pupil_equipped"),
                ),
                "classes_pupil_equipped",
            ),
            ReportTable(
                "Le détail des équipements",
                "",
                ("Équipement", "Nombre"),
                (
                    *details,
                    ("Écoles avec robots", _both(own, "schools_with_robots")),
                    ("Robots", _both(own, "robots")),
                    ("Écoles avec fab lab", _both(own, "schools_with_fablab")),
                    ("Écoles avec webradio", _both(own, "schools_with_webradio")),
                    ("Écoles avec web TV", _both(own, "schools_with_webtv")),
                ),
                (),
            ),
            ReportTable(
                "La connaissance de l’équipement",
                f"L’équipement est connu pour {plural(counts['schools_known'], 'école')} sur "
                f"{whole(counts['schools'])}, et à jour pour "
                f"{plural(counts['schools_up_to_date'], 'école')}.",
                ("", "Écoles"),
                (
                    ("Équipement connu", _both(own, "schools_known")),
                    ("Déclaration de l’année", _both(own, "schools_up_to_date")),
                ),
                (),
            ),
        ),
    )


def _ent(own: TerritoryFigures, parts: Parts) -> ReportChapter:
    return ReportChapter(
        "ENT-École",
        (
            ("Écoles dans l’ENT", _both(own, "schools_in_ent")),
            ("Classes qui utilisent l’ENT", _both(own, "classes_using_ent")),
            ("Connexions dans l’année", whole(own.counts["ent_connections"])),
        ),
        (
            _table(
                "Écoles dans l’ENT selon le département",
                [*parts, ("Académie", own)],
                (("Écoles", "schools"), ("Dans l’ENT", "schools_in_ent")),
                "schools_in_ent",
            ),
            _table(
                "Classes qui utilisent l’ENT selon le département",
                [*parts, ("Académie", own)],
                (("Classes", "classes"), ("Utilisatrices", "classes_using_ent")),
                "classes_using_ent",
            ),
        ),
    )


def _gar(
    workspace: Workspace, academy: str, year: SchoolYear, own: TerritoryFigures, parts: Parts
) -> ReportChapter:
    top = figures.gar_resources(workspace.base.connection, academy, year)[:_TOP_RESOURCES]
    rows = tuple((name, whole(connections)) for name, connections in top)
    resources = ReportTable(
        "Les ressources les plus utilisées", "", ("Ressource", "Connexions"), rows, ()
    )
    return ReportChapter(
        "Ressources par le GAR",
        (
            ("Écoles qui utilisent le GAR", _both(own, "schools_using_gar")),
            ("Connexions dans l’année", whole(own.counts["gar_connections"])),
        ),
        (
            _table(
                "Écoles qui utilisent le GAR selon le département",
                [*parts, ("Académie", own)],
                (("Écoles", "schools"), ("Utilisatrices du GAR", "schools_using_gar")),
                "schools_using_gar",
            ),
            *((resources,) if rows else ()),
        ),
    )


def _labels(own: TerritoryFigures, parts: Parts, notes: Sequence[str]) -> ReportChapter:
    columns = (
        ("Écoles", "schools"),
        ("Labellisées", "schools_labelled"),
        *((f"Niveau {level}", f"label_{level}") for level in LABEL_LEVELS),
    )
    return ReportChapter(
        "Label numérique école",
        (
            ("Écoles labellisées", _both(own, "schools_labelled")),
            *((f"Niveau {level}", _both(own, f"label_{level}")) for level in LABEL_LEVELS),
        ),
        (
            replace(
                _table(
                    "Écoles labellisées selon le niveau et le département",
                    [*parts, ("Académie", own)],
                    columns,
                    "schools_labelled",
                ),
                sentence=" ".join(notes),
            ),
        ),
    )


def _evolution(own: TerritoryProfile) -> ReportChapter:
    return ReportChapter("Évolution", (), (), evolution=own.evolution)


def _table(
    title: str, parts: Parts, columns: Sequence[tuple[str, str]], followed: str
) -> ReportTable:
    return ReportTable(
        title,
        "",
        ("", *(label for label, _ in columns)),
        tuple((name, *(_both(found, figure) for _, figure in columns)) for name, found in parts),
        tuple(
            (name, found.percent.get(followed) or 0)
            for name, found in parts
            if not unanswered(found.counts, followed)
        ),
    )


def _both(found: TerritoryFigures, figure: str) -> str:
    """« 581 (31 %) », the count alone, or « n.c. » when no school has answered."""
    if unanswered(found.counts, figure):
        return "n.c."
    share = found.percent.get(figure)
    count = whole(found.counts[figure])
    return count if share is None else f"{count} ({share}{NBSP}%)"
