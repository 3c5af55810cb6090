"""Generated data, the same on every machine: a directory of schools and their declarations.

Nothing here is real but the shape: 100 départements of 630 schools, 1 500 circonscriptions, valid
UAIs, plausible answers that grow a little from year to year, one line in 200 faulty.
"""

from __future__ import annotations

import csv
import random
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.domain.uai import ALPHABET, check_letter

SCHOOLS = 63_000
DEPARTMENTS = 100
CIRCONSCRIPTIONS = 15
"""Per département."""
FAULTY_EVERY = 200
FIRST_YEAR = 2023

REFERENCE_HEADERS = {
    "ent-conventions": ("uai", "annee_scolaire", "convention"),
    "ent-periodes": ("uai", "annee_scolaire", "periode", "connexions"),
    "ent-classes": ("uai", "annee_scolaire", "classe", "effectif", "connexions_trimestre_1"),
    "gar": ("uai", "annee_scolaire", "ressource", "connexions"),
    "labels": ("uai", "annee_scolaire", "niveau"),
}
"""Kinds of reference data that figures count, with their columns."""

DIRECTORY_HEADER = (
    *("Identifiant_de_l_etablissement", "Nom_etablissement", "Type_etablissement"),
    *("Statut_public_prive", "Code_postal", "Code_commune", "Nom_commune", "Code_departement"),
    *("Libelle_academie", "Ecole_maternelle", "Ecole_elementaire", "Nombre_d_eleves"),
    *("nom_circonscription", "code_circonscription", "latitude", "longitude", "date_ouverture"),
    *("etat", "code_nature"),
)
DECLARATION_HEADER = (
    *("uai", "annee_scolaire", "A1", "A2", "A3", "A4", "A5", "A6", "A7", "B1", "B2", "B3"),
    *("C1", "C2", "C3", "D1"),
)
_WORDS = ("Jules Ferry", "Les Tilleuls", "Marie Curie", "du Parc", "Jean Moulin", "du Château")
_COMMUNES = ("Saint-Étienne", "Évreux", "Villeneuve", "Montréal", "Bagnères", "Castelnau")
_USAGES = ("PROGRAMMATION", "ROBOTIQUE", "CORRESPONDANCE", "PARENTALITE", "COM_FAMILLES_ENT")
_ACCESS = ("FIBRE", "FIBRE", "ADSL", "NSP")


def uai(number: int) -> str:
    """UAI of the school ``number``, counted from 0; the check letter is right."""
    per_department = SCHOOLS // DEPARTMENTS
    digits = f"{1 + number // per_department:03d}{1 + number % per_department:04d}"
    return digits + check_letter(digits)


def write_directory(path: Path, schools: int = SCHOOLS) -> None:
    """Write a directory with the ministry's column names."""
    _write(path, DIRECTORY_HEADER, (_school(number) for number in range(schools)))


def write_declarations(
    path: Path, schools: Sequence[str], years: Sequence[int], lines: int | None = None
) -> None:
    """Write the declarations of ``schools``, year after year, ``lines`` at most.

    ``years`` are given by the calendar year in which they start.
    """
    _write(path, DECLARATION_HEADER, _declarations(schools, years, lines))


def write_reference(path: Path, kind: str, schools: Sequence[str], year: int) -> None:
    """Write one kind of reference data for a year: half of the schools are in the ENT.

    Three in four of those have connections and use the GAR; one school in ten has a label.
    """
    _write(path, REFERENCE_HEADERS[kind], _reference(kind, schools, year))


def _reference(kind: str, schools: Sequence[str], year: int) -> Iterator[list[str]]:
    for code in schools:
        chance = random.Random(f"{kind} {code}")
        start = [code, str(SchoolYear(year))]
        place = zlib.crc32(code.encode())
        if kind == "ent-conventions":
            yield [*start, str(place % 2)]
        elif kind == "labels":
            if place % 10 == 0:
                yield [*start, str(chance.randint(1, 3))]
        elif place % 2 and place % 8 > 1:
            name = {"ent-periodes": "1", "ent-classes": "CM2", "gar": "Dictionnaire"}[kind]
            pupils = [str(chance.randint(5, 30))] if kind == "ent-classes" else []
            yield [*start, name, *pupils, str(chance.randint(0, 120))]


def _declarations(
    schools: Sequence[str], years: Sequence[int], lines: int | None
) -> Iterator[list[str]]:
    count = 0
    for year in years:
        for code in schools:
            if count == lines:
                return
            count += 1
            row = [code, str(SchoolYear(year)), *_answers(code, year)]
            if count % FAULTY_EVERY == 0:
                _FAULTS[count // FAULTY_EVERY % len(_FAULTS)](row)
            yield row


def _school(number: int) -> list[str]:
    chance = random.Random(number)
    department = 1 + number * DEPARTMENTS // SCHOOLS
    circonscription = number % CIRCONSCRIPTIONS
    word, commune = chance.choice(_WORDS), chance.choice(_COMMUNES)
    nursery, elementary = chance.choice((("1", "0"), ("0", "1"), ("1", "1")))
    digits = f"{department:03d}{9000 + circonscription}"
    return [
        uai(number),
        f"Ecole {word}",
        "Ecole",
        "Public",
        f"{department % 95 + 1:02d}{number % 1000:03d}",
        f"{department % 95 + 1:02d}{number % 900:03d}",
        f"{commune} {number % 900}",
        f"{department:03d}",
        f"Académie {1 + department // 4}",
        nursery,
        elementary,
        str(chance.randint(18, 300)),
        f"Circonscription d'inspection du 1er degré Secteur {circonscription + 1}",
        digits + check_letter(digits),
        f"{chance.uniform(42, 51):.6f}",
        f"{chance.uniform(-4, 8):.6f}",
        f"19{chance.randint(50, 99)}-09-01",
        "OUVERT",
        "151",
    ]


def _answers(code: str, year: int) -> list[str]:
    chance = random.Random(code)
    classes = 1 + int(11 * chance.random() ** 2)
    robots = chance.randint(0, 6)
    flags = [chance.choice(("OUI", "NON")) for _ in range(4)]
    access = chance.choice(_ACCESS)
    goal = [chance.randint(0, classes) for _ in range(2)]
    displays = chance.randint(0, classes)
    mobile = [chance.randint(0, 1 + classes // 6) for _ in range(2)]
    usages = chance.sample(_USAGES, chance.randint(0, 3))
    if not robots and "ROBOTIQUE" in usages:
        usages.remove("ROBOTIQUE")
    if chance.random() < 0.01:
        displays = classes
        goal[1] = classes
    elif displays + goal[1] > classes:
        goal[1] = classes - displays
    age = year - FIRST_YEAR
    return [
        str(classes),
        access,
        str(robots + age),
        *flags,
        str(min(classes, goal[0] + age // 3)),
        str(goal[1]),
        str(displays),
        str(mobile[0]),
        str(min(mobile[1], classes - mobile[0]) if classes > mobile[0] else 0),
        str(min(classes, chance.randint(0, classes) + age // 4)),
        "|".join(usages),
    ]


def _wrong_letter(row: list[str]) -> None:
    row[0] = row[0][:-1] + ALPHABET[ALPHABET.index(row[0][-1]) - 1]


def _unknown_school(row: list[str]) -> None:
    digits = f"{int(row[0][:3]) + 500}{row[0][3:7]}"
    row[0] = digits + check_letter(digits)


def _not_a_number(row: list[str]) -> None:
    row[9] = "trois"


def _too_many_computers(row: list[str]) -> None:
    row[9] = str(int(row[2]) + 2)


def _unknown_choice(row: list[str]) -> None:
    row[3] = "SATELLITE"


_FAULTS: tuple[Callable[[list[str]], None], ...] = (
    _wrong_letter,
    _unknown_school,
    _not_a_number,
    _too_many_computers,
    _unknown_choice,
)


def _write(path: Path, header: Sequence[str], rows: Iterator[list[str]]) -> None:
    part = path.with_suffix(".part")
    with part.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=";", lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    part.replace(path)
