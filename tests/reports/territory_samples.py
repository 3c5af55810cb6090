"""Territories that show the reports at their fullest, emptiest and longest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache

from numecole_desktop.domain.french import percent_half_up, whole
from numecole_desktop.domain.profile import Source
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.domain.territory import percentages
from numecole_desktop.domain.territory_profile import (
    Beside,
    CommuneProfile,
    CommuneSchool,
    Evolution,
    FigureGroup,
    FigureLine,
    ReportChapter,
    ReportTable,
    SchoolLine,
    Share,
    TerritoryProfile,
    YearlyReport,
)

NBSP = "\u00a0"
YEAR = SchoolYear(2023)
ISSUED = date(2024, 9, 1)

GROUPS: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...] = (
    (
        "Écoles et déclarations",
        (
            ("schools", "Écoles publiques ouvertes", ""),
            ("classes", "Classes", ""),
            ("schools_up_to_date", "Écoles à jour pour l’année", "écoles"),
            ("schools_known", "Écoles dont l’équipement est connu", "écoles"),
        ),
    ),
    (
        "Socle numérique de base",
        (
            ("schools_socle", "Écoles au niveau du socle", "écoles"),
            ("classes_teacher_equipped", "Classes avec le socle enseignant", "classes"),
            ("classes_pupil_equipped", "Classes avec le socle élèves", "classes"),
        ),
    ),
    (
        "Autres équipements",
        (
            ("schools_with_robots", "Écoles avec robots", "écoles"),
            ("robots", "Robots", ""),
            ("schools_with_fablab", "Écoles avec fab lab", "écoles"),
            ("schools_with_webradio", "Écoles avec webradio", "écoles"),
            ("schools_with_webtv", "Écoles avec web TV", "écoles"),
        ),
    ),
    (
        "ENT-École et GAR",
        (
            ("schools_in_ent", "Écoles dans l’ENT", "écoles"),
            ("classes_using_ent", "Classes qui utilisent l’ENT", "classes"),
            ("ent_connections", "Connexions à l’ENT dans l’année", ""),
            ("schools_using_gar", "Écoles qui utilisent le GAR", "écoles"),
            ("gar_connections", "Connexions au GAR dans l’année", ""),
        ),
    ),
    (
        "Label numérique école",
        (
            ("schools_labelled", "Écoles labellisées", "écoles"),
            ("label_1", "Label de niveau 1", "écoles labellisées"),
            ("label_2", "Label de niveau 2", "écoles labellisées"),
            ("label_3", "Label de niveau 3", "écoles labellisées"),
        ),
    ),
)
FOLLOWED = (
    "schools_known",
    "schools_socle",
    "classes_teacher_equipped",
    "classes_pupil_equipped",
    "classes_using_ent",
    "schools_labelled",
)
SOURCES = (
    Source("Socle numérique de base, texte du ministère", "14 janvier 2021"),
    Source("État du numérique 2023-2024", "novembre 2024", "https://data.example.org/etat"),
    Source("Fichier labels.csv (labels)", "importé le 2 octobre 2024"),
)
ASSUMPTIONS = (
    "Les classes qui ont le socle enseignant et le socle élèves sont comptées à part.",
    "Quand une seule des réponses B2 et B3 est donnée, l’autre n’est pas comptée.",
)
COMMUNES = (
    "Carcassonne",
    "Trèbes",
    "Saint-Jean-de-Maruéjols-et-Avéjan",
    "Lagrasse",
    "Conques-sur-Orbiel",
    "Salles-sur-l’Hers",
    "Cuxac-Cabardès",
)
LONG = (
    "Regroupement pédagogique intercommunal dispersé de la Haute Vallée de l’Aude et des Pyrénées "
    "audoises – École maternelle Marie-Thérèse et François Arago"
)


def counts(schools: int, seed: int = 0) -> dict[str, int]:
    """Counters of a territory of ``schools`` schools, that vary with ``seed``."""
    classes = schools * 5 + seed % 7
    known = schools - min(schools, seed % 3)
    socle = known * (20 + seed * 7 % 60) // 100
    rest = known - socle
    labelled = schools * (10 + seed * 11 % 50) // 100
    return {
        "schools": schools,
        "classes": classes,
        "schools_up_to_date": known - min(known, seed % 5),
        "schools_known": known,
        "schools_socle": socle,
        "index_0": rest - rest // 2 - rest // 3,
        "index_1": rest // 3,
        "index_2": rest // 2,
        "index_3": socle,
        "index_none": schools - known,
        "classes_teacher_equipped": classes * (40 + seed * 13 % 60) // 100,
        "classes_pupil_equipped": classes * (30 + seed * 5 % 60) // 100,
        "schools_with_robots": schools * (seed % 30) // 100,
        "robots": schools * (seed % 9),
        "schools_with_fablab": schools // 40,
        "schools_with_webradio": schools // 20,
        "schools_with_webtv": schools // 50,
        "schools_in_ent": schools * (60 + seed % 40) // 100,
        "classes_using_ent": classes * (20 + seed * 3 % 60) // 100,
        "ent_connections": schools * 4321,
        "schools_using_gar": schools * (seed % 20) // 100,
        "gar_connections": schools * (seed % 20) * 3,
        "schools_labelled": labelled,
        "label_1": labelled // 2,
        "label_2": labelled // 4,
        "label_3": labelled - labelled // 2 - labelled // 4,
    }


def figure_groups(
    own: Mapping[str, int], above: tuple[tuple[str, Mapping[str, int]], ...]
) -> tuple[FigureGroup, ...]:
    """Every figure in its group with the levels above beside it."""
    shares = percentages(own)
    missing = percent_half_up(own["index_none"], own["schools"])
    groups = []
    for title, wordings in GROUPS:
        lines = []
        for name, label, base in wordings:
            beside = []
            for level, theirs in above:
                share = percentages(theirs).get(name) if base else None
                text = f"{share}{NBSP}%" if base else whole(theirs[name])
                beside.append(Beside(level, text, share))
            share = shares.get(name) if base else None
            rate = missing if base == "classes" or name == "schools_socle" else None
            text = whole(own[name])
            lines.append(FigureLine(name, label, own[name], text, share, base, rate, (*beside,)))
        groups.append(FigureGroup(title[:3], title, tuple(lines)))
    return tuple(groups)


def evolution(own: Mapping[str, int], years: int) -> tuple[Evolution, ...]:
    """The followed figures over so many years, the last one that of the reports."""
    labels = {name: label for _, wordings in GROUPS for name, label, _ in wordings}
    lines = []
    for name in FOLLOWED:
        points = []
        for back in reversed(range(years)):
            then = {each: count * (100 - 9 * back) // 100 for each, count in own.items()}
            year = SchoolYear(YEAR.first - back)
            points.append((year, then[name], percentages(then)[name]))
        lines.append(Evolution(name, labels[name], tuple(points)))
    return tuple(lines)


def distribution(own: Mapping[str, int]) -> tuple[Share, ...]:
    """How the schools share out by index."""
    return (
        *(Share(f"Indice {value}", own[f"index_{value}"]) for value in range(4)),
        Share("Indice inconnu", own["index_none"]),
    )


def school_line(number: int) -> SchoolLine:
    """A school; one in six has an unknown index, one in four an older declaration."""
    unknown = number % 6 == 5
    classes = 3 + number % 9
    return SchoolLine(
        f"011{number:04d}A",
        f"École élémentaire Jules Ferry {number}",
        "École élémentaire",
        COMMUNES[number % len(COMMUNES)],
        str(classes),
        str(60 + number * 13 % 200),
        None if unknown else number % 4,
        "n.c." if unknown else str(classes - 1),
        str(number % 3),
        ("0", "1", "non", "3")[number % 4],
        ("non", "1", "2", "3")[number % 4],
        "" if unknown else str(SchoolYear(2022 if number % 4 == 3 else 2023)),
    )


def territory(seed: int = 1, years: int = 3, parts: int = 20) -> TerritoryProfile:
    """A circonscription; everything in it varies with ``seed``."""
    own = counts(20 + seed % 60, seed)
    department, academy = counts(341, 3), counts(1854, 8)
    inside = [
        (f"{COMMUNES[n % len(COMMUNES)]} {n}", counts(1 + n % 9, n + seed)) for n in range(parts)
    ]
    return TerritoryProfile(
        level="circonscription",
        code=f"0110{seed:03d}K",
        kind="Circonscription",
        name=f"Carcassonne {seed}",
        parents=(f"Département{NBSP}: Aude", f"Académie{NBSP}: Montpellier"),
        year=YEAR,
        issued_on=ISSUED,
        sample=False,
        schools=own["schools"],
        groups=figure_groups(own, (("Aude", department), ("Académie de Montpellier", academy))),
        distribution=distribution(own),
        evolution=evolution(own, years),
        parts_kind="Communes",
        parts=tuple((name, each, percentages(each)) for name, each in inside),
        not_declared=tuple(school_line(n) for n in range(seed % 5)),
        captions=(f"Académie de Montpellier, 2023-2024{NBSP}: novembre 2024.",),
        notes=("2 écoles n’ont pas encore validé de déclaration 2023-2024.",),
        sources=SOURCES,
        assumptions=ASSUMPTIONS,
    )


def commune(schools: int) -> CommuneProfile:
    """A commune of so many schools."""
    own = counts(schools, 4)
    above = (
        ("Circonscription Carcassonne 1", counts(39, 1)),
        ("Aude", counts(341, 3)),
        ("Académie de Montpellier", counts(1854, 8)),
    )
    return CommuneProfile(
        code="11069",
        name="Carcassonne",
        department="Aude",
        year=YEAR,
        issued_on=ISSUED,
        sample=False,
        groups=figure_groups(own, above),
        schools=tuple(commune_school(number) for number in range(1, schools + 1)),
        captions=(f"Académie de Montpellier, 2023-2024{NBSP}: novembre 2024.",),
        notes=(),
        sources=SOURCES,
        assumptions=ASSUMPTIONS,
    )


def commune_school(number: int) -> CommuneSchool:
    """A school for the town hall."""
    line = school_line(number)
    if line.index is None:
        reason = f"Socle enseignant{NBSP}: nombre de classes inconnu, il manque une réponse."
        return CommuneSchool(
            line, "L’indice ne peut pas être calculé.", (reason,), "", (), _notes(number)
        )
    complete = line.index == 3
    return CommuneSchool(
        line,
        f"Au moins la moitié des classes de l’école {number} ont le socle enseignant.",
        (
            (
                f"Socle enseignant{NBSP}: {line.teacher} classes sur {line.classes}, le seuil de "
                f"50{NBSP}% est atteint, mais pas la totalité."
            ),
            f"Socle élèves{NBSP}: {line.pupil} classe sur {line.classes}, sous le seuil.",
        ),
        "" if complete else f"Ce qui manque pour l’indice {line.index + 1}",
        ()
        if complete
        else (
            (
                f"Socle enseignant dans toutes les classes{NBSP}: {number}{NBSP}ordinateurs reliés "
                f"à internet pour les enseignants et 1{NBSP}système de projection fixe."
            ),
            (
                f"Socle élèves dans 4{NBSP}classes{NBSP}: 1 classe mobile, ou bien 3 ordinateurs "
                f"ou tablettes en libre accès par classe dans 3{NBSP}classes de plus."
            ),
        ),
        _notes(number),
    )


def _notes(number: int) -> tuple[str, ...]:
    if number % 4 != 3:
        return ()
    return (f"La dernière déclaration validée est celle de 2022-2023{NBSP}: école {number}.",)


def empty_commune() -> CommuneProfile:
    """A commune of which nothing is known."""
    return replace(commune(0), department="", groups=(), captions=(), sources=(), assumptions=())


def empty_territory() -> TerritoryProfile:
    """A territory without any school."""
    nothing = dict.fromkeys(counts(0), 0)
    return replace(
        territory(),
        schools=0,
        parents=(),
        groups=figure_groups(nothing, ()),
        distribution=distribution(nothing),
        evolution=(),
        parts=(),
        not_declared=(),
        captions=(),
        notes=(f"Aucune école publique n’est ouverte ici en {YEAR}.",),
        sources=(),
        assumptions=(),
    )


DEPARTMENTS = ("Aude", "Gard", "Hérault", "Lozère", "Pyrénées-Orientales")


@cache
def report(circonscriptions: int = 49) -> YearlyReport:
    """A yearly report of so many circonscriptions in five départements."""
    academy = counts(1854, 8)
    pages = []
    for number in range(circonscriptions):
        department = DEPARTMENTS[number * len(DEPARTMENTS) // circonscriptions]
        parents = (f"Département{NBSP}: {department}", f"Académie{NBSP}: Montpellier")
        page = territory(number, parts=0)
        pages.append(replace(page, parents=parents, name=f"{department} {number}"))
    parts = [(name, counts(200 + 30 * n, n)) for n, name in enumerate(DEPARTMENTS)]
    rows = [*parts, ("Académie", academy)]
    return YearlyReport(
        academy="Montpellier",
        year=YEAR,
        issued_on=ISSUED,
        sample=False,
        chapters=(
            ReportChapter(
                "Équipement",
                (
                    ("Écoles au niveau du socle", _both(academy, "schools_socle")),
                    ("Écoles publiques", whole(academy["schools"])),
                ),
                (
                    _table("Écoles au niveau du socle selon le département", rows, "schools_socle"),
                    _table("Classes équipées selon le département", rows, "classes_pupil_equipped"),
                    ReportTable(
                        "Le détail des équipements",
                        "Ces nombres viennent des réponses des écoles.",
                        ("Équipement", "Nombre"),
                        (("Classes mobiles", whole(1680)), ("Robots", "n.c.")),
                        (),
                    ),
                ),
                distribution(academy),
            ),
            ReportChapter(
                "Label numérique école",
                tuple((f"Niveau {level}", _both(academy, f"label_{level}")) for level in (1, 2, 3)),
                (_table("Écoles labellisées selon le département", rows, "schools_labelled"),),
            ),
            ReportChapter("Évolution", (), (), (), evolution(academy, 4)),
        ),
        circonscriptions=tuple(pages),
        notes=("178 écoles n’ont pas encore validé de déclaration 2023-2024.",),
        sources=SOURCES,
        assumptions=ASSUMPTIONS,
    )


def _both(own: Mapping[str, int], name: str) -> str:
    return f"{whole(own[name])} ({percentages(own)[name]}{NBSP}%)"


def _table(title: str, rows: list[tuple[str, dict[str, int]]], name: str) -> ReportTable:
    return ReportTable(
        title,
        "",
        ("", "Écoles", "Nombre et part"),
        tuple((part, whole(own["schools"]), _both(own, name)) for part, own in rows),
        tuple((part, percentages(own)[name] or 0) for part, own in rows),
    )
