"""Files of declarations: every refusal named, nothing erased, any order, undone as one."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pytest

from numecole_desktop.domain.finding import Severity
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.services import declarations as forms
from numecole_desktop.services import import_undo
from numecole_desktop.services.importing import ImportReport, run_import
from numecole_desktop.services.workspace import Workspace
from tests.conftest import YEAR, add_schools, finish, fixed_clock, import_text
from tests.services.support import (
    GOOD,
    HEADER,
    assert_sound,
    content,
    declarations,
    everything,
    line,
    rows,
)

FERRY, PAGNOL, PRADE, CARLIPA, EVREUX = (
    "0110160P",
    "0110161R",
    "0110182N",
    "0110151E",
    "0110191Y",
)


def read(workspace: Workspace, folder: Path, *lines: str, simulate: bool = False) -> ImportReport:
    return import_text(workspace, "declarations", declarations(*lines), folder, simulate=simulate)


def answers(workspace: Workspace, uai: str, year: int = 2023) -> dict[str, Any]:
    for row in rows(workspace, "declaration"):
        if (row["uai"], row["year"]) == (uai, year):
            return dict(json.loads(row["answers"]))
    return {}


def errors(report: ImportReport) -> list[tuple[int | None, str | None, str, str | None]]:
    return [
        (f.line, f.column, f.code, f.value) for f in report.findings if f.severity is Severity.ERROR
    ]


def test_a_good_line_is_a_submitted_declaration(workspace: Workspace, tmp_path: Path) -> None:
    report = read(workspace, tmp_path, line(FERRY, **GOOD))
    assert (report.lines, report.new, report.refused, report.warnings) == (1, 1, 0, 0)
    (row,) = rows(workspace, "declaration")
    assert row["status"] == "submitted"
    assert (row["classes"], row["teacher"], row["pupil"], row["equipment_index"]) == (4, 4, 4, 3)
    assert json.loads(row["answers"]) == {
        "A1": 4,
        "A2": "FIBRE",
        "A3": 2,
        "A4": True,
        "A5": False,
        "A6": False,
        "A7": True,
        "B1": 4,
        "B2": 2,
        "B3": 2,
        "C1": 1,
        "C2": 0,
        "C3": 0,
        "D1": ["ROBOTIQUE"],
    }
    assert_sound(workspace)


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("A1", "4,0", 4),
        ("A1", "1\u00a0234", 1234),
        ("A1", " 12 ", 12),
        ("A2", "adsl", "ADSL"),
        ("A2", "Fibre optique", "FIBRE"),
        ("A2", "NSP", "NSP"),
        ("A2", "Je ne sais pas", "NSP"),
        ("A4", "oui", True),
        ("A4", "Non", False),
        ("A7", "1", True),
        ("A7", "0", False),
        ("D1", "ROBOTIQUE|COM_FAMILLES", ["COM_FAMILLES", "ROBOTIQUE"]),
        ("D1", "robotique | robotique|", ["ROBOTIQUE"]),
    ],
)
def test_answers_as_people_write_them(
    workspace: Workspace, tmp_path: Path, code: str, text: str, expected: object
) -> None:
    report = read(workspace, tmp_path, line(FERRY, **{code: text}))
    assert errors(report) == []
    assert answers(workspace, FERRY) == {code: expected}


@pytest.mark.parametrize(
    ("code", "text", "finding"),
    [
        ("A1", "0", "too_small"),
        ("A1", "-1", "negative"),
        ("A1", "4,5", "not_whole"),
        ("A1", "quatre", "not_whole"),
        ("A1", "12345678901234567890", "not_whole"),
        ("A1", "1000000", "too_large"),
        ("A3", "-2", "negative"),
        ("A2", "satellite", "not_in_list"),
        ("A4", "peut-être", "not_yes_no"),
        ("A7", "2", "not_yes_no"),
        ("D1", "ROBOTIQUE|SIESTE", "unknown_usage"),
        ("B1", "5", "B1_over_classes"),
        ("B2", "5", "B2_over_classes"),
        ("B3", "5", "B3_over_classes"),
        ("C3", "5", "C3_over_classes"),
        ("C1", "x", "not_whole"),
    ],
)
def test_each_hard_check_refuses_the_line_and_no_other(
    workspace: Workspace, tmp_path: Path, code: str, text: str, finding: str
) -> None:
    bad = {"A1": "4", "A2": "FIBRE", code: text}
    report = read(workspace, tmp_path, line(PAGNOL, **GOOD), line(FERRY, **bad))
    shown = "SIESTE" if code == "D1" else text
    assert errors(report) == [(3, code, finding, shown)]
    (found,) = [f for f in report.findings if f.severity is Severity.ERROR]
    assert found.message.startswith(code)
    assert found.message.endswith(".")
    assert (report.new, report.refused) == (1, 1)
    assert answers(workspace, FERRY) == {}


@pytest.mark.parametrize(
    ("text", "column", "code", "words"),
    [
        ("0110160Q;2023-2024;4", "uai", "invalid_uai", "la lettre attendue est P"),
        (";2023-2024;4", "uai", "invalid_uai", "L’UAI manque"),
        ("école;2023-2024;4", "uai", "invalid_uai", "n’est pas un UAI"),
        ("0110200H;2023-2024;4", "uai", "unknown_school", "n’est pas dans l’annuaire"),
        ("0110160P;;4", "annee_scolaire", "invalid_year", "L’année scolaire manque"),
        ("0110160P;2023;4", "annee_scolaire", "invalid_year", "2023-2024"),
        ("0110160P;2023-2025;4", "annee_scolaire", "invalid_year", "doivent se suivre"),
        ("0110160P;2011-2012;4", "annee_scolaire", "invalid_year", "ne peut pas être importée"),
        ("0110160P;2023-2024;;", None, "empty_declaration", "aucune réponse"),
        ("0110160P;2023-2024", None, "empty_declaration", "aucune réponse"),
        (
            line(FERRY, **GOOD) + ";;;9",
            None,
            "too_many_cells",
            "plus de cellules que l’en-tête",
        ),
    ],
)
def test_each_refused_line_is_named_with_its_column_and_reason(
    workspace: Workspace, tmp_path: Path, text: str, column: str, code: str, words: str
) -> None:
    report = read(workspace, tmp_path, line(PAGNOL, **GOOD), text)
    (found,) = [f for f in report.findings if f.severity is Severity.ERROR]
    assert (found.line, found.column, found.code) == (3, column, code)
    assert words in found.message
    assert found.message[0].isupper() or found.message[0] == "«"
    assert (report.lines, report.new, report.refused) == (2, 1, 1)


def test_a_line_with_several_faults_names_them_all(workspace: Workspace, tmp_path: Path) -> None:
    report = read(workspace, tmp_path, line(FERRY, A1="-1", A2="x", A4="y", D1="ZZZ"))
    assert {e[1] for e in errors(report)} == {"A1", "A2", "A4", "D1"}
    assert report.refused == 1


def test_a_closed_school_is_refused_for_the_years_it_is_closed(
    workspace: Workspace, tmp_path: Path
) -> None:
    import_undo.close_schools(workspace, [FERRY], YEAR)
    report = read(workspace, tmp_path, line(FERRY, **GOOD), line(FERRY, "2022-2023", **GOOD))
    assert errors(report) == [(2, "uai", "closed_school", FERRY)]
    assert report.new == 1


@pytest.mark.parametrize("text", ["2023-2024", "2023/2024", "23-24", " 2023 - 2024 ", "2023–2024"])
def test_ways_of_writing_a_school_year(workspace: Workspace, tmp_path: Path, text: str) -> None:
    assert read(workspace, tmp_path, line(FERRY, text, A1="4")).new == 1
    assert answers(workspace, FERRY) == {"A1": 4}


def test_the_year_of_the_import_serves_where_the_file_has_none(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "sans-annee.csv"
    path.write_text(f"uai;A1\n{FERRY};4\n", encoding="utf-8")
    report = finish(run_import(workspace, "declarations", path))
    assert [e[2] for e in errors(report)] == ["invalid_year"]
    report = finish(run_import(workspace, "declarations", path, year=SchoolYear(2022)))
    assert report.new == 1
    assert answers(workspace, FERRY, 2022) == {"A1": 4}


def test_an_empty_cell_never_erases_an_answer(workspace: Workspace, tmp_path: Path) -> None:
    read(workspace, tmp_path, line(FERRY, **GOOD))
    before = answers(workspace, FERRY)
    report = read(workspace, tmp_path, line(FERRY, A1="5", B1="4"))
    assert (report.changed, report.unchanged) == (1, 0)
    assert answers(workspace, FERRY) == {**before, "A1": 5}


def test_a_missing_line_never_removes_a_declaration(workspace: Workspace, tmp_path: Path) -> None:
    read(workspace, tmp_path, line(FERRY, **GOOD), line(PAGNOL, **GOOD))
    read(workspace, tmp_path, line(FERRY, **GOOD))
    assert answers(workspace, PAGNOL)["A1"] == 4


def test_an_unanswered_question_stays_missing(workspace: Workspace, tmp_path: Path) -> None:
    partial = {code: text for code, text in GOOD.items() if code != "C3"}
    read(workspace, tmp_path, line(FERRY, **partial))
    (row,) = rows(workspace, "declaration")
    assert "C3" not in json.loads(row["answers"])
    assert row["equipment_index"] is None


def test_importing_again_changes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    text = [line(FERRY, **GOOD), line(PAGNOL, A1="41", D1="ROBOTIQUE"), line("x", A1="1")]
    first = read(workspace, tmp_path, *text)
    before = everything(workspace)
    again = read(workspace, tmp_path, *text)
    assert (again.accepted, again.unchanged, again.refused) == (0, 2, 1)
    assert again.warnings == first.warnings == 1
    assert again.import_id == ""
    assert everything(workspace) == before


def test_a_simulation_says_all_and_changes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    read(workspace, tmp_path, line(FERRY, **GOOD))
    before = everything(workspace)
    text = [line(FERRY, A1="5"), line(PAGNOL, **GOOD), line(PRADE, A1="-1")]
    said = read(workspace, tmp_path, *text, simulate=True)
    assert everything(workspace) == before
    assert (said.simulated, said.import_id) == (True, "")
    assert [(p.line, p.key, p.outcome) for p in said.preview] == [
        (2, FERRY, "changed"),
        (3, PAGNOL, "new"),
        (4, PRADE, "refused"),
    ]
    assert said.preview[0].details == "A1\u00a0: 4 → 5"
    done = read(workspace, tmp_path, *text)
    assert done.findings == said.findings
    assert (done.new, done.changed, done.refused) == (said.new, said.changed, said.refused)


@pytest.mark.parametrize(
    "pair",
    [
        (line(FERRY, A1="4"), line(FERRY, A1="5")),
        (line(FERRY, A1="4"), line(FERRY, "23-24", A1="5")),
        (line(FERRY, A1="4"), line("011 0160 p", A1="5")),
        (line("O11016OP", A1="4"), line(FERRY, A1="5")),
        (line("110160P", A1="4"), line("0110160P\u00a0", A1="5")),
    ],
)
def test_differing_lines_of_one_declaration_are_all_refused(
    workspace: Workspace, tmp_path: Path, pair: tuple[str, str]
) -> None:
    report = read(workspace, tmp_path, pair[0], line(PAGNOL, **GOOD), pair[1])
    assert [e[:3] for e in errors(report)] == [
        (2, "uai", "duplicate_key"),
        (4, "uai", "duplicate_key"),
    ]
    assert "Les lignes 2 et 4" in next(
        f.message for f in report.findings if f.code == "duplicate_key"
    )
    assert (report.new, report.refused) == (1, 2)
    assert answers(workspace, FERRY) == {}


def test_the_default_year_makes_duplicates_too(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_text(declarations(line(FERRY, "", A1="4"), line(FERRY, A1="5")), encoding="utf-8")
    report = finish(run_import(workspace, "declarations", path, year=YEAR))
    assert (report.new, report.refused) == (0, 2)


def test_repeated_lines_count_once(workspace: Workspace, tmp_path: Path) -> None:
    report = read(workspace, tmp_path, *[line(FERRY, **GOOD)] * 3)
    assert (report.lines, report.new, report.unchanged, report.refused) == (3, 1, 2, 0)
    assert [f.line for f in report.findings if f.code == "repeated_line"] == [3, 4]


def test_the_same_school_in_two_years_is_no_duplicate(workspace: Workspace, tmp_path: Path) -> None:
    report = read(workspace, tmp_path, line(FERRY, A1="4"), line(FERRY, "2022-2023", A1="4"))
    assert (report.new, report.refused) == (2, 0)


SOFT = {
    "displays_over_classes": {"A1": "4", "B2": "3", "B3": "2"},
    "mobile_classes_over_classes": {"A1": "4", "C1": "3", "C2": "2"},
    "many_classes": {"A1": "41"},
    "many_robots": {"A3": "61"},
    "robotics_without_robot": {"A3": "0", "D1": "ROBOTIQUE"},
}


@pytest.mark.parametrize("check", SOFT)
def test_a_soft_check_warns_and_stores(workspace: Workspace, tmp_path: Path, check: str) -> None:
    report = read(workspace, tmp_path, line(FERRY, **SOFT[check]))
    (found,) = report.findings
    assert (found.code, found.severity, found.line) == (check, Severity.WARNING, 2)
    assert found.column == {"displays_over_classes": "B2", "mobile_classes_over_classes": "C1"}.get(
        check, "A1" if check == "many_classes" else "A3"
    )
    assert (report.new, report.warnings, report.refused) == (1, 1, 0)
    (row,) = rows(workspace, "declaration")
    assert row["status"] == "submitted"


LAST_YEAR = {"A1": "9", "B1": "8", "B2": "4", "B3": "4", "C1": "2", "C2": "2", "C3": "4"}
THIS_YEAR = {"A1": "5", "B1": "4", "B2": "2", "B3": "2", "C1": "1", "C2": "1", "C3": "2"}
COMPARED = {
    "classes_changed",
    "B1_dropped",
    "displays_dropped",
    "mobile_classes_dropped",
    "open_sets_dropped",
}


@pytest.mark.parametrize(
    "years", list(itertools.permutations(["2021-2022", "2022-2023", "2023-2024"]))
)
@pytest.mark.parametrize("writing", ["long", "short", "mixed", "repeated", "two-imports"])
def test_two_years_in_any_order_say_the_same(
    workspace: Workspace, tmp_path: Path, years: tuple[str, ...], writing: str
) -> None:
    """A year is compared with the one before it, wherever their lines are."""

    def written(year: str, position: int) -> str:
        short = writing == "short" or (writing == "mixed" and position % 2)
        return f"{year[2:4]}-{year[7:]}" if short else year

    given = {"2021-2022": LAST_YEAR, "2022-2023": THIS_YEAR, "2023-2024": THIS_YEAR}
    lines = [line(FERRY, written(year, i), **given[year]) for i, year in enumerate(years)]
    if writing == "repeated":
        lines += [line(FERRY, "2021-2022", **LAST_YEAR)]
    if writing == "two-imports":
        read(workspace, tmp_path, line(FERRY, "2021-2022", **LAST_YEAR))
    report = read(workspace, tmp_path, *lines)
    compared = [f for f in report.findings if f.code in COMPARED]
    assert {f.code for f in compared} == COMPARED
    assert {f.line for f in compared} == {2 + years.index("2022-2023")}
    assert report.accepted == (2 if writing == "two-imports" else 3)
    assert_sound(workspace)


def test_only_a_submitted_declaration_of_last_year_is_compared(
    workspace: Workspace, tmp_path: Path
) -> None:
    text = f"{HEADER};statut\n{line(FERRY, '2022-2023', **LAST_YEAR)};brouillon\n"
    import_text(workspace, "declarations", text, tmp_path)
    assert read(workspace, tmp_path, line(FERRY, **THIS_YEAR)).warnings == 0
    read(workspace, tmp_path, line(PAGNOL, "2021-2022", **LAST_YEAR))
    assert read(workspace, tmp_path, line(PAGNOL, **THIS_YEAR)).warnings == 0


def test_a_large_file_of_two_years_mixed_compares_every_school(
    base_path: Path, tmp_path: Path
) -> None:
    """More lines than an event holds, and enough for the survey to doubt of a few."""
    from numecole_desktop.domain.journal import RecordKind, Source
    from numecole_desktop.domain.uai import check_letter

    uais = [f"{n:07}{check_letter(f'{n:07}')}" for n in range(110_000, 112_500)]
    with Workspace.open(base_path, clock=fixed_clock) as workspace:
        workspace.record(
            RecordKind.SCHOOL, ("uai", "name"), [(u, "École") for u in uais], source=Source.IMPORTED
        )
        lines = [
            line(uai, year, **given)
            for uai in uais
            for year, given in (("2023-2024", {"A1": "4"}), ("2022-2023", {"A1": "12"}))
        ]
        report = read(workspace, tmp_path, *lines)
        assert (report.new, report.refused) == (len(lines), 0)
        warned = [f for f in report.findings if f.code == "classes_changed"]
        assert len(warned) == len(uais)
        assert_sound(workspace)


def test_a_draft_line_may_hold_anything(workspace: Workspace, tmp_path: Path) -> None:
    text = f"{HEADER};statut\n{line(FERRY, A1='beaucoup', B1='9')};brouillon\n"
    report = import_text(workspace, "declarations", text, tmp_path)
    assert report.new == 1
    assert answers(workspace, FERRY) == {"A1": "beaucoup", "B1": 9}
    (row,) = rows(workspace, "declaration")
    assert row["status"] == "draft"


def test_an_unknown_status_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    text = f"{HEADER};statut\n{line(FERRY, A1='4')};signée\n"
    report = import_text(workspace, "declarations", text, tmp_path)
    assert errors(report) == [(2, "statut", "invalid_status", "signée")]


def test_a_draft_that_is_replaced_is_said(workspace: Workspace, tmp_path: Path) -> None:
    form = forms.open_form(workspace, FERRY, YEAR)
    forms.save_answers(workspace, form, {"A1": 3, "A3": 1})
    report = read(workspace, tmp_path, line(FERRY, A1="4"))
    (found,) = report.findings
    assert (found.code, found.severity, found.line) == ("draft_replaced", Severity.WARNING, 2)
    assert answers(workspace, FERRY) == {"A1": 4, "A3": 1}


def test_the_merged_declaration_is_what_is_checked(workspace: Workspace, tmp_path: Path) -> None:
    """B1 was right for nine classes; a file that says four classes makes it wrong."""
    read(workspace, tmp_path, line(FERRY, A1="9", B1="8"))
    report = read(workspace, tmp_path, line(FERRY, A1="4"))
    assert errors(report) == [(2, "B1", "B1_over_classes", "8")]
    assert answers(workspace, FERRY)["A1"] == 9


def test_a_formula_is_a_text_like_any_other(workspace: Workspace, tmp_path: Path) -> None:
    report = read(workspace, tmp_path, line(FERRY, A1="=2+2"))
    assert errors(report) == [(2, "A1", "not_whole", "=2+2")]


def test_columns_are_found_by_name_in_any_order(workspace: Workspace, tmp_path: Path) -> None:
    text = f"Remarque;B1;  a1 ;ANNEE SCOLAIRE;Code UAI\nrien;2;4;2023-2024;{FERRY}\n"
    report = import_text(workspace, "declarations", text, tmp_path)
    assert report.new == 1
    assert answers(workspace, FERRY) == {"A1": 4, "B1": 2}
    (found,) = report.findings
    assert (found.code, found.severity) == ("unknown_columns", Severity.INFO)
    assert "Remarque" in found.message


def test_undoing_puts_everything_back(workspace: Workspace, tmp_path: Path) -> None:
    read(workspace, tmp_path, line(FERRY, **GOOD), line(PAGNOL, A1="3"))
    form = forms.open_form(workspace, PRADE, YEAR)
    forms.save_answers(workspace, form, {"A1": 7, "A3": "douze"})
    before = content(workspace)
    workspace.clock = lambda: fixed_clock().replace(year=2025)
    report = read(
        workspace,
        tmp_path,
        line(FERRY, A1="5", A4="NON", D1="COM_FAMILLES"),
        line(PAGNOL, B1="2"),
        line(PRADE, A1="6", A3="1"),
        line(CARLIPA, "2022-2023", **GOOD),
    )
    assert (report.new, report.changed) == (1, 3)
    done = finish(import_undo.undo_import(workspace, report.import_id))
    assert (done.restored, done.kept) == (4, 0)
    assert content(workspace) == before
    assert_sound(workspace)
    again = read(workspace, tmp_path, line(CARLIPA, "2022-2023", **GOOD), line(FERRY, A1="5"))
    assert (again.new, again.changed) == (1, 1)


def test_undoing_leaves_later_answers_alone(workspace: Workspace, tmp_path: Path) -> None:
    report = read(workspace, tmp_path, line(FERRY, A1="4", A3="2", B1="3"))
    form = forms.open_form(workspace, FERRY, YEAR)
    forms.save_answers(workspace, form, {"A3": 5})
    done = finish(import_undo.undo_import(workspace, report.import_id))
    assert done.kept >= 1
    assert answers(workspace, FERRY) == {"A3": 5}
    (row,) = rows(workspace, "declaration")
    assert row["status"] == "draft"
    assert_sound(workspace)


def test_undoing_keeps_a_declaration_submitted_since(workspace: Workspace, tmp_path: Path) -> None:
    """A person vouched for those answers: taking them away would leave an empty declaration."""
    text = f"{HEADER};statut\n{line(FERRY, **GOOD)};brouillon\n"
    report = import_text(workspace, "declarations", text, tmp_path)
    forms.submit(workspace, forms.open_form(workspace, FERRY, YEAR))
    before = content(workspace)
    done = finish(import_undo.undo_import(workspace, report.import_id))
    assert (done.restored, done.kept) == (0, 15)
    assert content(workspace) == before


def test_undoing_the_first_of_two_leaves_a_draft_of_the_second(
    workspace: Workspace, tmp_path: Path
) -> None:
    first = read(workspace, tmp_path, line(FERRY, A1="4", B1="3"))
    read(workspace, tmp_path, line(FERRY, A1="5"))
    finish(import_undo.undo_import(workspace, first.import_id))
    assert answers(workspace, FERRY) == {"A1": 5}
    (row,) = rows(workspace, "declaration")
    assert row["status"] == "draft"


def test_undoing_both_goes_back_to_nothing(workspace: Workspace, tmp_path: Path) -> None:
    before = content(workspace)
    first = read(workspace, tmp_path, line(FERRY, A1="4", B1="3"))
    between = content(workspace)
    second = read(workspace, tmp_path, line(FERRY, A1="5"))
    finish(import_undo.undo_import(workspace, second.import_id))
    assert content(workspace) == between
    finish(import_undo.undo_import(workspace, first.import_id))
    assert content(workspace) == before


def test_an_import_of_draft_over_submitted_is_undone_to_the_day(
    workspace: Workspace, tmp_path: Path
) -> None:
    read(workspace, tmp_path, line(FERRY, **GOOD))
    before = content(workspace)
    workspace.clock = lambda: fixed_clock().replace(year=2025)
    text = f"{HEADER};statut\n{line(FERRY, A1='5')};brouillon\n"
    report = import_text(workspace, "declarations", text, tmp_path)
    assert content(workspace) != before
    finish(import_undo.undo_import(workspace, report.import_id))
    assert content(workspace) == before


def test_one_event_holds_many_records(base_path: Path, tmp_path: Path) -> None:
    with Workspace.open(base_path) as workspace:
        add_schools(workspace)
        read(workspace, tmp_path, *(line(u, **GOOD) for u in (FERRY, PAGNOL, PRADE, CARLIPA)))
        stored = [e for e in everything(workspace)["event"] if e["kind"] == "declaration"]
        assert len(stored) == 1
        assert len(json.loads(stored[0]["body"])["rows"]) == 4
