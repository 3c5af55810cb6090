"""Label documents at their fullest, emptiest and longest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from numecole_desktop.domain.label_application import State
from numecole_desktop.domain.label_documents import (
    Certificate,
    CommuneLetter,
    CriterionLine,
    DecisionLine,
    DecisionList,
    DossierSummary,
    FileLine,
    Issue,
    PersonLine,
    RetainedLevel,
    SchoolResult,
    level_counts,
)
from numecole_desktop.domain.profile import Source
from numecole_desktop.domain.school import School
from numecole_desktop.domain.school_year import SchoolYear

NBSP = "\u00a0"
LONG = (
    "Regroupement pédagogique intercommunal dispersé de la Haute Vallée de l’Aude et des Pyrénées "
    "audoises – École maternelle Marie-Thérèse et François Arago"
)
LONG_COMMUNE = "Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson-sur-la-Longue-Rivière-des-Cévennes"
ERASED = "personne effacée"
DECIDED = date(2024, 3, 4)

ISSUE = Issue(
    SchoolYear(2023),
    date(2024, 3, 5),
    False,
    "Label numérique école, 2024 (label-2024)",
    3,
    (Source("Label numérique école, règlement", "2024"),),
    ("Seuil de 2022, celui de 2024 n’est pas publié.",),
)
SCHOOL = School(
    "0110160P",
    "École élémentaire Jules Ferry",
    type="elementaire",
    postcode="11000",
    commune_code="11069",
    commune="Carcassonne",
    department_code="011",
    academy="Montpellier",
    circonscription_code="0111031L",
    circonscription="Circonscription d'inspection du 1er degré de Carcassonne",
)
LONG_SCHOOL = replace(SCHOOL, name=LONG, commune=LONG_COMMUNE, circonscription="Inspection-" * 12)

CRITERIA = (
    CriterionLine("Référents", 3, "Les deux référents sont nommés.", (), False, False, 3),
    CriterionLine("ENT", 3, "3 classes sur 8 utilisent l’ENT.", (), False, False, 3),
    CriterionLine(
        "Projets et usages",
        2,
        "3 classes avec un projet sur 8, hors du projet d’école.",
        ("Inscrire le projet au projet d’école.",),
        False,
        True,
        3,
        "le conseil d’école a voté le projet en février",
    ),
    CriterionLine(
        "Équipement",
        1,
        f"Indice d’équipement 1. Socle enseignant{NBSP}: 7{NBSP}classes sur 8.",
        (f"Socle élèves dans 4{NBSP}classes{NBSP}: 1{NBSP}classe mobile.",),
        True,
        False,
        1,
    ),
)
FILES = (FileLine("projet.pdf", "PDF", f"120{NBSP}Ko"), FileLine("salle.jpg", "photo JPEG", "1"))

SUMMARY = DossierSummary(
    SCHOOL,
    "Aude",
    State.EXAMINED,
    1,
    f"Niveau{NBSP}1{NBSP}: le critère qui limite est Équipement.",
    CRITERIA,
    "Une webradio pour raconter la ville",
    ("Correspondance", "Programmation"),
    (("Classes avec un projet", "3 sur 8"), ("Inscrit au projet d’école", "Non")),
    (
        PersonLine(
            "Référent de l’école", "Camille Exemple", "professeure", "camille@ecole.example"
        ),
        PersonLine("Référent de la commune", "Dominique Modèle", "informatique", "d@c.example"),
    ),
    FILES,
    (
        PersonLine("", "Alix Fictif", "directrice", signed_on=date(2024, 1, 15)),
        PersonLine("", "Sacha Inventé", "adjoint au maire", signed_on=date(2024, 1, 22)),
    ),
    ("brouillon le 10/01/2024", "déposé le 22/01/2024", "examiné le 12/02/2024"),
    "",
    (),
    (),
    ISSUE,
)
NOBODY = PersonLine("Référent de l’école", "", "")
SUMMARIES = {
    "examined": SUMMARY,
    "draft": replace(
        SUMMARY,
        state=State.DRAFT,
        level=None,
        sentence=f"Le niveau ne peut pas encore être calculé{NBSP}: il reste à connaître ENT.",
        criteria=tuple(
            replace(c, opinion=None, opinion_reason="", level=None if c.title == "ENT" else c.level)
            for c in CRITERIA
        ),
        files=(),
        referents=(NOBODY, NOBODY),
        signatories=(NOBODY, NOBODY),
        missing=("Le nombre de classes avec un projet n’est pas renseigné.",),
    ),
    "decided": replace(
        SUMMARY,
        state=State.DECIDED,
        decision=f"Décision du 04/03/2024{NBSP}: niveau{NBSP}1.",
        notes=("Les données ont changé depuis la décision.",),
        issue=replace(ISSUE, sample=True),
    ),
    "erased": replace(
        SUMMARY,
        referents=tuple(replace(p, name=ERASED, job="", email="") for p in SUMMARY.referents),
        signatories=(
            replace(SUMMARY.signatories[0], name=ERASED, job=""),
            replace(SUMMARY.signatories[1], name=ERASED, job=""),
        ),
    ),
    "long": replace(
        SUMMARY,
        school=LONG_SCHOOL,
        project=f"{LONG}. " * 4,
        usages=("Correspondance entre classes",) * 64,
        criteria=tuple(
            replace(c, reason=f"{LONG}. {LONG}.", raise_with=(f"{LONG}.",) * 3, limits=True)
            for c in CRITERIA
        ),
        referents=tuple(
            replace(
                p, name="Marie-Françoise " * 7, job=LONG[:120], email=f"{'a' * 100}@example.org"
            )
            for p in SUMMARY.referents
        ),
        signatories=(
            replace(SUMMARY.signatories[0], name="X" * 120, job=LONG[:120]),
            SUMMARY.signatories[1],
        ),
        files=tuple(FileLine(f"{n}-{'nom-de-fichier-' * 8}.pdf", "PDF", "1 Mo") for n in range(20)),
        decision=f"Décision du 04/03/2024{NBSP}: niveau{NBSP}1. Motif{NBSP}: {LONG}. {LONG}",
        missing=(LONG,) * 4,
        notes=(LONG,) * 3,
    ),
    "bare": replace(
        SUMMARY,
        school=School("0110160P", "École"),
        department="",
        criteria=CRITERIA[:1],
        project="",
        usages=(),
        files=(),
        steps=(),
        issue=replace(ISSUE, sources=(), assumptions=()),
    ),
}

CERTIFICATE = Certificate(
    SCHOOL,
    "Aude",
    2,
    DECIDED,
    (SchoolYear(2023), SchoolYear(2024)),
    (
        RetainedLevel("Référents", 3),
        RetainedLevel("ENT", 3),
        RetainedLevel("Projets et usages", 2, 1),
        RetainedLevel("Équipement", 2),
    ),
    ISSUE,
)
CERTIFICATES = {
    "usual": CERTIFICATE,
    "sample": replace(CERTIFICATE, issue=replace(ISSUE, sample=True)),
    "one year": replace(CERTIFICATE, years=(SchoolYear(2023),)),
    "five criteria": replace(
        CERTIFICATE, criteria=(*CERTIFICATE.criteria, RetainedLevel("Accompagnement", 3))
    ),
    "long": replace(
        CERTIFICATE,
        school=LONG_SCHOOL,
        issue=replace(ISSUE, sample=True, assumptions=(LONG, f"{LONG} 2")),
    ),
    "bare": replace(CERTIFICATE, school=School("0110160P", "École"), department=""),
}


def decision(number: int) -> DecisionLine:
    """A dossier of the list; every third one is decided, one in five refused."""
    decided = None if number % 3 else (0 if number % 5 == 0 else 1 + number % 3)
    school = replace(
        SCHOOL,
        uai=f"{1100000 + number}P",
        name=f"École {number}",
        commune=f"Commune {number % 40}",
    )
    return DecisionLine(
        school,
        State.EXAMINED if decided is None else State.DECIDED,
        None if number % 7 == 0 else number % 4,
        None if number % 2 else number % 4,
        decided,
        None if decided is None else DECIDED,
        "ENT et Équipement" if number % 4 else "",
    )


def decisions(count: int) -> DecisionList:
    """A list of so many dossiers, fifty in each circonscription."""
    lines = [decision(number) for number in range(count)]
    groups = tuple(
        (f"Circonscription {start // 50 + 1}", tuple(lines[start : start + 50]))
        for start in range(0, count, 50)
    )
    return DecisionList("", groups, level_counts(lines, 3), "", ISSUE)


def _long_line(line: DecisionLine) -> DecisionLine:
    school = replace(line.school, name=LONG, commune=LONG_COMMUNE)
    return replace(line, school=school, remark=f"{LONG}. {LONG}")


LISTS = {
    **{f"{count} dossiers": decisions(count) for count in (0, 1, 2, 300)},
    "a remark of several pages": replace(
        decisions(2),
        groups=(("Carcassonne", (replace(decision(1), remark=f"{LONG}. " * 45), decision(2))),),
    ),
    "long": replace(
        decisions(12),
        scope="Inspection-" * 12,
        groups=tuple(
            (LONG, tuple(_long_line(line) for line in lines)) for _, lines in decisions(12).groups
        ),
        left_out=f"Hors de cette liste{NBSP}: 2 dossiers en brouillon.",
        issue=replace(ISSUE, sample=True),
    ),
}

GRANTED = SchoolResult(
    SCHOOL.name,
    1,
    DECIDED,
    (SchoolYear(2023), SchoolYear(2024)),
    "",
    ("Référents", "ENT"),
    (("Équipement", f"Socle élèves dans 4{NBSP}classes{NBSP}: 1{NBSP}classe mobile."),),
)
HIGHEST = replace(GRANTED, name="École Marcel Pagnol", level=3, steps=())
REFUSED = replace(
    GRANTED,
    name="École la Prade",
    level=0,
    years=(),
    reason="le référent de la commune n’est pas nommé",
    acquired=("ENT", "Équipement"),
    steps=(("Référents", "Nommer le référent de la commune."),),
)
LETTER = CommuneLetter(
    "Carcassonne",
    "11000",
    ("Académie de Montpellier", "Circonscription d’inspection du 1er degré de Carcassonne"),
    (GRANTED,),
    (),
    0,
    f"janvier{NBSP}2025",
    ISSUE,
)
LETTERS = {
    "granted": LETTER,
    "highest": replace(LETTER, results=(HIGHEST,)),
    "refused": replace(LETTER, results=(REFUSED,), others=1),
    "refused in everything": replace(LETTER, results=(replace(REFUSED, acquired=()),)),
    "three": replace(
        LETTER,
        results=(GRANTED, REFUSED, HIGHEST),
        waiting=((State.SUBMITTED, ("École A", "École B")), (State.DRAFT, ("École C",))),
        others=12,
        issue=replace(ISSUE, sample=True),
    ),
    "thirty": replace(LETTER, results=(GRANTED, REFUSED, HIGHEST) * 10),
    "long": replace(
        LETTER,
        commune=LONG_COMMUNE,
        sender=(LONG, "Inspection-" * 12),
        results=(replace(REFUSED, name=LONG, reason=f"{LONG}. {LONG}", steps=((LONG, LONG),) * 4),),
        waiting=((State.EXAMINED, (LONG,) * 8),),
    ),
    "bare": replace(LETTER, postcode="", sender=()),
}
