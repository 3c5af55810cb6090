"""Open formats: what the base holds, readable without this application and imported back alike."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from numecole_desktop.domain.french import NBSP, joined
from numecole_desktop.domain.label_application import LabelApplication
from numecole_desktop.domain.problem import Problem
from numecole_desktop.domain.questionnaire import MISSING_TEXT
from numecole_desktop.domain.school import School
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.domain.spreadsheet import neutralised
from numecole_desktop.durable import explained, write_atomic
from numecole_desktop.services.reference_kinds import reference_kinds
from numecole_desktop.services.workspace import Job, Progress, Workspace
from numecole_desktop.storage import applications, reads, reference_sets

if TYPE_CHECKING:
    import pandas as pd

_DIRECTORY_COLUMNS: Mapping[str, str] = {
    "uai": "Identifiant_de_l_etablissement",
    "name": "Nom_etablissement",
    "type": "Type_etablissement",
    "public": "Statut_public_prive",
    "postcode": "Code_postal",
    "commune_code": "Code_commune",
    "commune": "Nom_commune",
    "department_code": "Code_departement",
    "academy": "Libelle_academie",
    "nursery": "Ecole_maternelle",
    "elementary": "Ecole_elementaire",
    "priority": "Appartenance_Education_Prioritaire",
    "pupils": "Nombre_d_eleves",
    "circonscription": "nom_circonscription",
    "circonscription_code": "code_circonscription",
    "latitude": "latitude",
    "longitude": "longitude",
    "opened_on": "date_ouverture",
    "state": "etat",
    "nature_code": "code_nature",
    "closed_from": "fermee_a_partir_de",
}


def export(workspace: Workspace, fmt: str, folder: Path) -> Job[list[Path]]:
    """Write the directory and the declarations to ``folder``; the return is the files.

    Each file is whole or absent; closing the generator keeps those already written.

    Raises:
        Problem: the format is unknown, or the folder cannot be written.
    """
    content = _FORMATS.get(fmt)
    if content is None:
        raise Problem(
            f"«{NBSP}{fmt}{NBSP}» n’est pas un format d’export{NBSP}: choisissez "
            f"{joined(list(_FORMATS), 'ou')}."
        )
    written = []
    with explained(f"Le dossier {folder} ne peut pas être écrit", "choisissez-en un autre."):
        folder.mkdir(parents=True, exist_ok=True)
        yield Progress(0, 0, "Lecture de la base")
        tables = _tables(workspace)
        files = 1 if fmt in _IN_ONE_FILE else len(tables)
        yield Progress(0, files, f"Préparation des fichiers dans {folder.name}")
        for name, data in content(tables):
            write_atomic(folder / name, data)
            written.append(folder / name)
            yield Progress(len(written), files, name)
    return written


Files = Iterator[tuple[str, bytes]]
"""Names and contents of the files of a format."""
Tables = Mapping[str, "pd.DataFrame"]


def _tables(workspace: Workspace) -> Tables:
    import pandas as pd

    connection = workspace.base.connection
    directory = pd.DataFrame(
        [_directory_line(s) for s in reads.schools(connection)],
        columns=list(_DIRECTORY_COLUMNS.values()),
        dtype="object",
    )
    codes = list(dict.fromkeys(c for q in workspace.catalogue.questionnaires for c in q.codes))
    declared = pd.DataFrame(
        list(_declaration_lines(workspace)),
        columns=["uai", "annee_scolaire", *codes, "statut"],
        dtype="object",
    )
    tables = {"annuaire": directory, "declarations": declared, **_reference_tables(workspace)}
    dossiers = [_dossier_line(held) for held in applications.applications(connection)]
    if dossiers:
        tables["dossiers-label"] = pd.DataFrame(dossiers, dtype="object")
    return tables


def _dossier_line(held: LabelApplication) -> dict[str, object]:
    """A label application without the persons that it names, who do not leave the base."""
    return {
        "uai": held.uai,
        "annee_scolaire": str(held.year),
        "etat": held.state.label,
        "classes_projet": held.project_classes,
        "projet": held.project_title,
        "projet_ecole": _yes_no(held.school_project),
        "accompagnement": _yes_no(held.support),
        "accord_ecole": _iso(held.school_signed_on),
        "accord_commune": _iso(held.commune_signed_on),
        "avis": held.opinion_level,
        "decision": held.decision,
        "date_decision": _iso(held.decided_on),
    }


def _yes_no(answer: bool | None) -> str:
    return "" if answer is None else "OUI" if answer else "NON"


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _reference_tables(workspace: Workspace) -> Tables:
    """The reference data in force, one table for each kind that holds some."""
    import pandas as pd

    tables = {}
    for kind in reference_kinds():
        rows = _rows(workspace, kind.name)
        if not rows:
            continue
        columns = {c.name: c.names[0] for c in kind(workspace, None).spec().columns}
        values = [
            {"uai": uai, "year": str(year), "key": key, "value": value, "extra": extra}
            for uai, year, key, value, extra in rows
        ]
        table = pd.DataFrame(values, columns=list(columns), dtype="object")
        tables[kind.name] = table.rename(columns=columns)
    return tables


def _rows(workspace: Workspace, kind: str) -> list[tuple[str, SchoolYear, str, int, int]]:
    connection = workspace.base.connection
    if kind == reference_sets.LABELS:
        decisions = reference_sets.label_decisions(connection)
        return [(uai, year, "", level, 0) for (uai, year), level in decisions.items()]
    return reference_sets.rows_in_force(connection, kind)


def _directory_line(school: School) -> dict[str, object]:
    values: dict[str, object] = {**asdict(school)}
    values["public"] = {True: "Public", False: "Privé", None: ""}[school.public]
    values["nursery"] = _flag(school.type, ("maternelle", "primaire"))
    values["elementary"] = _flag(school.type, ("elementaire", "primaire"))
    values["type"] = "Ecole"
    if school.priority is None:
        # An empty cell says that the school is in no programme.
        values["priority"] = MISSING_TEXT
    return {column: values[name] for name, column in _DIRECTORY_COLUMNS.items()}


def _flag(kind: str | None, kinds: tuple[str, ...]) -> str:
    return "" if not kind else str(int(kind in kinds))


def _declaration_lines(workspace: Workspace) -> Iterator[dict[str, object]]:
    for declaration in reads.declarations(workspace.base.connection):
        questionnaire = workspace.catalogue.questionnaire(declaration.year)
        line: dict[str, object] = {
            "uai": declaration.uai,
            "annee_scolaire": str(declaration.year),
            "statut": declaration.status.label,
        }
        for question in questionnaire.questions:
            answer = declaration.answers.get(question.code)
            is_number = isinstance(answer, int) and not isinstance(answer, bool)
            line[question.code] = answer if is_number else questionnaire.write(answer)
        yield line


def _csv(tables: Tables) -> Files:
    for name, table in tables.items():
        text = table.map(_csv_cell).to_csv(sep=";", index=False, lineterminator="\r\n", na_rep="")
        yield f"{name}.csv", text.encode("utf-8-sig")


def _csv_cell(value: object) -> object:
    if isinstance(value, float):
        return _decimal(value)
    if isinstance(value, str):
        return neutralised(value)
    return "" if value is None else value


def _decimal(value: float) -> str:
    return "" if value != value else repr(value).replace(".", ",")  # noqa: PLR0124 - NaN


def _xlsx(tables: Tables) -> Files:
    import pandas as pd

    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    for name, table in tables.items():
        # A workbook each: an import reads the first sheet.
        data = BytesIO()
        with pd.ExcelWriter(data, engine="xlsxwriter", engine_kwargs={"options": options}) as book:
            # XLSX numbers keep 16 digits, coordinates have 17: as text they come back the same.
            table.map(_sheet_cell).to_excel(book, sheet_name=name, index=False)
            sheet = book.sheets[name]
            sheet.freeze_panes(1, 1)
            sheet.autofit()
        yield f"{name}.xlsx", data.getvalue()


def _sheet_cell(value: object) -> object:
    return _decimal(value) if isinstance(value, float) else value


def _sqlite(tables: Tables) -> Files:
    connection = sqlite3.connect(":memory:")
    try:
        for name, table in tables.items():
            table.to_sql(name, connection, index=False)
        connection.commit()
        yield "numecole.sqlite", connection.serialize()
    finally:
        connection.close()


def _json(tables: Tables) -> Files:
    data = {
        name: [
            {column: cell for column, cell in row.items() if cell not in (None, "")}
            for row in table.to_dict("records")
        ]
        for name, table in tables.items()
    }
    yield "numecole.json", json.dumps(data, ensure_ascii=False, indent=1).encode("utf-8")


_FORMATS: Mapping[str, Callable[[Tables], Files]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "sqlite": _sqlite,
    "json": _json,
}

_IN_ONE_FILE = ("sqlite", "json")
