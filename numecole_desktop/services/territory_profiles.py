"""Profiles of communes and territories: the view-models that screen and PDF share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from numecole_desktop.domain.ent import EntRules, index_value
from numecole_desktop.domain.french import (
    NBSP,
    joined,
    known,
    long_date,
    of_place,
    plural,
    sort_key,
    whole,
)
from numecole_desktop.domain.problem import Problem
from numecole_desktop.domain.profile import Source
from numecole_desktop.domain.questionnaire import MISSING_TEXT
from numecole_desktop.domain.school import School
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.domain.territory import INDEX_VALUES, Counts, covers
from numecole_desktop.domain.territory_profile import (
    CommuneProfile,
    CommuneSchool,
    SchoolLine,
    Share,
    TerritoryProfile,
)
from numecole_desktop.durable import write_whole
from numecole_desktop.referentials.departments import department_name
from numecole_desktop.services import profiles, territories
from numecole_desktop.services.figure_words import Above, evolutions, figure_groups, well_known
from numecole_desktop.services.labels import contradictions
from numecole_desktop.services.letterhead import logo, service_name
from numecole_desktop.services.reference import academy_reference
from numecole_desktop.services.territories import KINDS, Territory, find_territory
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.storage import figures, reads, reference_sets

_PART_OF = {
    "academie": "departement",
    "departement": "circonscription",
    "circonscription": "commune",
}
_PART_TITLES = {
    "departement": "Départements",
    "circonscription": "Circonscriptions",
    "commune": "Communes",
}
_NAMED = 6
_SETS = {
    reference_sets.CONVENTIONS: "conventions ENT",
    reference_sets.CLASSES: "classes utilisatrices de l’ENT",
    reference_sets.PERIODS: "connexions à l’ENT",
    reference_sets.GAR: "connexions au GAR",
    reference_sets.LABELS: "labels",
}


def commune_profile(workspace: Workspace, code: str, year: SchoolYear) -> CommuneProfile:
    """The profile of a commune for its town hall.

    Raises:
        Problem: no such commune, or no rules were in force that year.
    """
    territory = find_territory(workspace, "commune", code)
    lines = school_lines(workspace, "commune", territory.code, year)
    if not lines:
        raise Problem(
            f"La commune {territory.name} n’a pas d’école publique ouverte en {year}{NBSP}: il n’y "
            f"a rien à imprimer."
        )
    schools = []
    sources: tuple[Source, ...] = ()
    assumptions: tuple[str, ...] = ()
    for line in lines:
        profile = profiles.school_profile(workspace, line.uai, year)
        schools.append(
            CommuneSchool(
                line,
                profile.headline,
                profile.reasons,
                profile.next_title,
                profile.missing_for_next,
                profile.notes,
            )
        )
        sources, assumptions = profile.sources, profile.assumptions
    above, captions = levels_above(workspace, territory, year)
    found = territories.territory_figures(workspace, "commune", territory.code, year)
    return CommuneProfile(
        territory.code,
        territory.name,
        next((name for level, _, name in territory.above if level == "departement"), ""),
        year,
        workspace.clock().date(),
        workspace.sample,
        figure_groups(found, above),
        tuple(schools),
        captions,
        (),
        sources,
        assumptions,
        service=service_name(workspace),
    )


def territory_profile(
    workspace: Workspace, level: str, code: str, year: SchoolYear
) -> TerritoryProfile:
    """The profile of a circonscription, a département or an académie.

    Raises:
        Problem: no such territory, or no rules were in force that year.
    """
    territory = find_territory(workspace, level, code)
    found = territories.territory_figures(workspace, level, territory.code, year)
    above, captions = levels_above(workspace, territory, year)
    part = _PART_OF[level]
    parts = []
    names = _names(workspace, part)
    within = (level, territory.code)
    for part_code, counts in figures.level_counts(
        workspace.base.connection, part, year, within
    ).items():
        derived = territories.derive(counts)
        parts.append((names.get(part_code, part_code or MISSING_TEXT), counts, derived.percent))
    parts.sort(key=lambda row: sort_key(row[0]))
    lines = school_lines(workspace, level, territory.code, year)
    behind = set(territories.not_declared(workspace, level, territory.code, year))
    referential = workspace.catalogue.equipment(year)
    ent = workspace.catalogue.ent(year)
    return TerritoryProfile(
        level,
        territory.code,
        KINDS[level],
        territory.name,
        tuple(f"{KINDS[upper]}{NBSP}: {name}" for upper, _, name in territory.above),
        year,
        workspace.clock().date(),
        workspace.sample,
        found.counts["schools"],
        figure_groups(found, above),
        _distribution(found.counts),
        evolutions(
            well_known(
                [
                    (y, territories.territory_figures(workspace, level, territory.code, y))
                    for y in figures.summary_years(workspace.base.connection)
                    if y <= year
                ]
            )
        ),
        _PART_TITLES[part],
        tuple(parts),
        tuple(line for line in lines if line.uai in behind),
        captions,
        (
            *campaign_notes(found.counts, year),
            *label_notes(workspace, figures.SCOPES[level], territory.code, year),
        ),
        (
            *(Source(s.title, s.published, s.address) for s in referential.sources),
            *(Source(s.title, s.published, s.address) for s in ent.sources),
            *_set_sources(workspace, year),
        ),
        (*referential.assumptions, *ent.assumptions),
        service=service_name(workspace),
    )


def school_lines(
    workspace: Workspace, level: str, code: str, year: SchoolYear
) -> tuple[SchoolLine, ...]:
    """The public schools of a territory, one line each, in the order of the list."""
    connection = workspace.base.connection
    rules = workspace.catalogue.ent_rules(year)
    held = figures.references_held(connection, year)
    rows = reads.reference_rows(connection, year, figures.SCOPES[level], code)
    return tuple(school_line(rules, held, row) for row in rows)


def school_line(
    rules: EntRules, held: figures.ReferencesHeld, row: reads.ReferenceRow
) -> SchoolLine:
    """A school in one line."""
    school = row.school
    ent = index_value(rules, bool(row.in_ent), row.using, row.classes)
    return SchoolLine(
        school.uai,
        school.name,
        school.type_label,
        school.commune or MISSING_TEXT,
        known(row.classes),
        known(school.pupils),
        row.index,
        known(row.teacher),
        known(row.pupil),
        _known_or_none(ent, held.ent),
        _known_or_none(row.label or None, held.labels),
        str(SchoolYear(row.declared_year)) if row.declared_year is not None else "",
    )


def _known_or_none(value: int | None, held: bool) -> str:
    if value is not None:
        return str(value)
    return "non" if held else MISSING_TEXT


def levels_above(
    workspace: Workspace, territory: Territory, year: SchoolYear
) -> tuple[list[Above], tuple[str, ...]]:
    """Figures of the levels above, and captions that say where those come from."""
    above: list[Above] = []
    captions: list[str] = []
    for level, code, name in territory.above:
        label = f"{KINDS[level]} {name}" if level == "circonscription" else name
        if level == "academie":
            label = f"Académie {of_place(name)}"
            reference = academy_reference(workspace, code, year)
            if reference is None:
                continue
            captions.append(f"{label}, {reference.year}{NBSP}: {reference.source}.")
            if not reference.own:
                above.append(Above(label, None, reference))
                continue
        found = territories.territory_figures(workspace, level, code, year)
        if covers(found.counts, None, workspace.catalogue.academy_coverage):
            above.append(Above(label, found))
    return above, tuple(captions)


def profile_pdf(workspace: Workspace, level: str, code: str, year: SchoolYear) -> bytes:
    """The profile of a territory as PDF bytes.

    Raises:
        Problem: no such territory or nothing to print.
    """
    from numecole_desktop.reports.commune_profile import render_commune_profile
    from numecole_desktop.reports.territory_profile import render_territory_profile

    if level == "commune":
        return render_commune_profile(commune_profile(workspace, code, year), logo(workspace))
    profile = territory_profile(workspace, level, code, year)
    return render_territory_profile(profile, logo(workspace))


def write_profile(
    workspace: Workspace, level: str, code: str, year: SchoolYear, path: Path
) -> Path:
    """Write the profile of a territory to ``path``, whole or not at all.

    Raises:
        Problem: no such territory, nothing to print, or the file cannot be written.
    """
    return write_whole(path, profile_pdf(workspace, level, code, year))


def without_schools(profile: TerritoryProfile) -> TerritoryProfile:
    """The same profile without its list of schools, for the page of a report."""
    return replace(profile, not_declared=())


def _distribution(counts: Counts) -> tuple[Share, ...]:
    return (
        *(Share(f"Indice {value}", counts[f"index_{value}"]) for value in INDEX_VALUES),
        Share("Indice inconnu", counts["index_none"]),
    )


def campaign_notes(counts: Mapping[str, int], year: SchoolYear) -> tuple[str, ...]:
    """How many schools have not submitted a declaration of the year."""
    behind = counts["schools"] - counts["schools_up_to_date"]
    if not counts["schools"]:
        return (f"Aucune école publique n’est ouverte ici en {year}.",)
    if not behind:
        return (f"Toutes les écoles ont validé leur déclaration {year}.",)
    never = counts["schools"] - counts["schools_known"]
    have, their = ("n’a", "sa") if behind == 1 else ("n’ont", "leur")
    told = f"{their} dernière déclaration connue est utilisée"
    if never == behind:
        told = f"{'son' if behind == 1 else 'leur'} équipement n’est pas connu"
    elif never:
        some = "une qui n’en a" if never == 1 else f"{whole(never)} qui n’en ont"
        told += f", sauf {some} aucune"
    return (
        f"{plural(behind, 'école')} {have} pas encore validé de déclaration {year}{NBSP}: {told}.",
    )


def label_notes(workspace: Workspace, column: str, code: str, year: SchoolYear) -> tuple[str, ...]:
    """Labels above the indices of their schools, which are kept as they were decided."""
    found = contradictions(workspace, year, column, code)
    if not found:
        return ()
    have = "a" if len(found) == 1 else "ont"
    named = joined([c.uai for c in found[:_NAMED]])
    more = " …" if len(found) > _NAMED else ""
    sentence = (
        f"{plural(len(found), 'école')} {have} un label au-dessus de ce que donnent ses indices "
        f"aujourd’hui{NBSP}: {named}{more}. La décision est gardée."
    )
    return (sentence if len(found) == 1 else sentence.replace("donnent ses", "donnent leurs"),)


def _set_sources(workspace: Workspace, year: SchoolYear) -> tuple[Source, ...]:
    found = []
    for kind, label in _SETS.items():
        origin = reference_sets.origin(workspace.base.connection, kind, year)
        if origin is not None:
            day = long_date(date.fromisoformat(origin.at[:10]))
            found.append(Source(f"Fichier {origin.file} ({label})", f"importé le {day}"))
    return tuple(found)


def _names(workspace: Workspace, level: str) -> dict[str, str]:
    column = figures.SCOPES[level]
    names: dict[str, str] = {}
    for school in reads.schools(workspace.base.connection):
        code = str(getattr(school, column) or "")
        if code and code not in names:
            names[code] = _name(level, school)
    return names


def _name(level: str, school: School) -> str:
    if level == "circonscription":
        return school.circonscription_label
    if level == "departement":
        return department_name(school.department_code or "")
    return school.commune or ""
