"""Entering a declaration: each answer kept at once, checks confirmed, submitted or refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from numecole_desktop.domain.declaration import Status
from numecole_desktop.domain.journal import Source
from numecole_desktop.domain.problem import Problem
from numecole_desktop.domain.questionnaire import Answer
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.services import declarations, entry, import_undo
from numecole_desktop.services.declarations import FormState, Refused
from numecole_desktop.services.schools import school_page
from numecole_desktop.services.workspace import Workspace
from tests.conftest import SCHOOLS, YEAR, import_text
from tests.services.support import GOOD, assert_sound, everything, line, rows
from tests.services.support import declarations as file_of

FERRY = "0110160P"
WHOLE: dict[str, Answer | None] = {
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
    "D1": ("ROBOTIQUE",),
}


def opened(workspace: Workspace, uai: str = FERRY, year: SchoolYear = YEAR) -> FormState:
    return declarations.open_form(workspace, uai, year)


def saved(workspace: Workspace, changed: dict[str, Answer | None]) -> FormState:
    return declarations.save_answers(workspace, opened(workspace), changed).form


def events(workspace: Workspace) -> int:
    return len(everything(workspace)["event"])


def test_an_answer_is_on_the_disk_when_save_returns(base_path: Path, workspace: Workspace) -> None:
    result = declarations.save_answers(workspace, opened(workspace), {"A1": 4})
    assert result.changes.schools == {FERRY}
    assert result.changes.declarations == {(FERRY, "2023-2024")}
    assert result.form.declaration.answers == {"A1": 4}
    assert result.form.declaration.status is Status.DRAFT
    workspace.close()
    with Workspace.open(base_path) as again:
        assert opened(again).declaration.answers == {"A1": 4}


def test_the_same_answer_again_is_no_event(workspace: Workspace) -> None:
    form = saved(workspace, WHOLE)
    before = events(workspace)
    assert declarations.save_answers(workspace, form, WHOLE).changes.schools == frozenset()
    assert declarations.save_answers(workspace, form, {}).changes.schools == frozenset()
    assert events(workspace) == before


@pytest.mark.parametrize(("held", "given"), [(1, True), (True, 1), (0, False), ("4", 4)])
def test_answers_that_python_takes_for_equal_are_not(
    workspace: Workspace, held: Answer, given: Answer
) -> None:
    form = saved(workspace, {"A3": held})
    form = declarations.save_answers(workspace, form, {"A3": given}).form
    kept = form.declaration.answers["A3"]
    assert (kept, type(kept)) == (given, type(given))


def test_none_clears_an_answer(workspace: Workspace) -> None:
    form = saved(workspace, {"A1": 4, "A3": 2})
    form = declarations.save_answers(workspace, form, {"A3": None}).form
    assert form.declaration.answers == {"A1": 4}
    assert_sound(workspace)


def test_a_draft_keeps_what_was_typed_even_when_it_cannot_be_read(workspace: Workspace) -> None:
    for text in ("douze", "=1+1", "4 ou 5", "<b>", "é" * 1000, "\u202e", "\n"):
        assert saved(workspace, {"A1": text}).declaration.answers["A1"] == text
    assert_sound(workspace)


def test_an_unknown_question_is_refused_and_nothing_is_kept(workspace: Workspace) -> None:
    before = everything(workspace)
    with pytest.raises(Problem, match="La question Z9 n’existe pas"):
        saved(workspace, {"A1": 4, "Z9": 1})
    assert everything(workspace) == before


def test_a_form_does_not_open_on_a_school_that_cannot_declare(workspace: Workspace) -> None:
    with pytest.raises(Problem, match="n’est pas dans l’annuaire"):
        opened(workspace, "0110200H")
    import_undo.close_schools(workspace, [FERRY], YEAR)
    with pytest.raises(Problem, match="fermée depuis l’année scolaire 2023-2024"):
        opened(workspace)
    assert opened(workspace, FERRY, SchoolYear(2022)).school.uai == FERRY
    with pytest.raises(Problem, match="ne peut pas être saisie"):
        opened(workspace, FERRY, SchoolYear(2010))


def test_a_whole_declaration_is_submitted(workspace: Workspace) -> None:
    form = declarations.submit(workspace, saved(workspace, WHOLE)).form
    assert form.declaration.status is Status.SUBMITTED
    assert form.declaration.submitted_at == "2024-03-05T10:42:00+00:00"
    page = school_page(workspace, FERRY, YEAR)
    assert page.index.value == 3
    assert page.findings == ()
    before = events(workspace)
    declarations.submit(workspace, form)
    assert events(workspace) == before


def test_a_submitted_declaration_that_is_edited_is_a_draft_again(workspace: Workspace) -> None:
    form = declarations.submit(workspace, saved(workspace, WHOLE)).form
    form = declarations.save_answers(workspace, form, {"A1": 5}).form
    assert form.declaration.status is Status.DRAFT
    (row,) = rows(workspace, "declaration")
    assert (row["status"], row["submitted_at"]) == ("draft", None)
    assert_sound(workspace)


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({"A1": -1}, {"negative"}),
        ({"A1": "x"}, {"not_whole"}),
        ({"A1": 3}, {"B1_over_classes"}),
        ({"A2": "satellite", "A4": "bof"}, {"not_in_list", "not_yes_no"}),
        ({"D1": ("SIESTE",)}, {"unknown_usage"}),
        ({"A1": 45}, {"many_classes"}),
        ({"A3": 61, "B2": 3}, {"many_robots", "displays_over_classes"}),
    ],
)
def test_what_keeps_a_declaration_from_being_submitted_is_listed(
    workspace: Workspace, changed: dict[str, Answer | None], codes: set[str]
) -> None:
    form = saved(workspace, {**WHOLE, **changed})
    before = everything(workspace)
    with pytest.raises(Refused) as refusal:
        declarations.submit(workspace, form)
    assert {f.code for f in refusal.value.findings} == codes
    assert everything(workspace) == before


def test_an_empty_declaration_is_not_submitted(workspace: Workspace) -> None:
    with pytest.raises(Refused, match="vide"):
        declarations.submit(workspace, opened(workspace))


def test_a_confirmation_says_who_when_and_why(workspace: Workspace) -> None:
    form = saved(workspace, {**WHOLE, "A3": 61})
    form = declarations.confirm(workspace, form, "many_robots", "Don de la mairie").form
    (kept,) = form.declaration.confirmations
    assert (kept.check, kept.operator, kept.note) == ("many_robots", "test", "Don de la mairie")
    assert kept.at == "2024-03-05T10:42:00+00:00"
    assert dict(kept.answers) == {"A3": 61}
    form = declarations.submit(workspace, form).form
    assert form.declaration.status is Status.SUBMITTED
    assert school_page(workspace, FERRY, YEAR).findings == ()


def test_a_confirmation_holds_for_the_answers_it_spoke_of(workspace: Workspace) -> None:
    form = saved(workspace, {**WHOLE, "A3": 61})
    form = declarations.confirm(workspace, form, "many_robots", "vu").form
    form = declarations.save_answers(workspace, form, {"A3": 62}).form
    with pytest.raises(Refused):
        declarations.submit(workspace, form)
    form = declarations.save_answers(workspace, form, {"A3": 61}).form
    declarations.submit(workspace, form)


def test_a_check_that_finds_nothing_is_not_confirmed(workspace: Workspace) -> None:
    form = saved(workspace, WHOLE)
    before = everything(workspace)
    for check in ("many_robots", "inconnu", ""):
        with pytest.raises(Problem, match="rien à confirmer"):
            declarations.confirm(workspace, form, check, "")
    assert everything(workspace) == before


def test_an_answer_of_last_year_is_kept_as_carried_over(
    workspace: Workspace, tmp_path: Path
) -> None:
    import_text(workspace, "declarations", file_of(line(FERRY, "2022-2023", **GOOD)), tmp_path)
    form = saved(workspace, {"A1": 5})
    assert form.previous is not None
    last = {"B1": form.previous.answers["B1"]}
    form = declarations.save_answers(workspace, form, last, source=Source.CARRIED_OVER).form
    assert form.declaration.answers == {"A1": 5, "B1": WHOLE["B1"]}
    assert form.declaration.status is Status.DRAFT
    body = json.loads(everything(workspace)["event"][-1]["body"])
    assert body["source"] == Source.CARRIED_OVER
    assert "A1" not in body["columns"]


def test_the_next_school_is_the_next_to_submit(workspace: Workspace) -> None:
    order = [school[0] for school in SCHOOLS]
    assert declarations.next_school(workspace, order[0], YEAR, order) == order[1]
    assert declarations.next_school(workspace, order[-1], YEAR, order) == order[0]
    for uai in order[1:4]:
        form = declarations.save_answers(workspace, opened(workspace, uai), WHOLE).form
        declarations.submit(workspace, form)
    assert declarations.next_school(workspace, order[0], YEAR, order) == order[4]
    assert declarations.next_school(workspace, "absent", YEAR, order) == order[0]
    assert declarations.next_school(workspace, order[0], YEAR, order[:4]) is None
    assert declarations.next_school(workspace, order[0], YEAR, []) is None


def test_entering_by_texts_is_all_or_nothing(workspace: Workspace) -> None:
    values = [f"{code}={text}" for code, text in GOOD.items()]
    before = everything(workspace)
    with pytest.raises(Refused):
        entry.enter(workspace, FERRY, YEAR, [*values, "A1=45"], submit=True)
    with pytest.raises(Problem, match="rien à confirmer"):
        entry.enter(workspace, FERRY, YEAR, values, confirm=["many_robots"])
    with pytest.raises(Problem, match="écrivez CODE=VALEUR"):
        entry.enter(workspace, FERRY, YEAR, [*values, "A1"])
    with pytest.raises(Problem, match="n’existe pas"):
        entry.enter(workspace, FERRY, YEAR, [*values, "Z1=4"])
    assert everything(workspace) == before
    entry.enter(workspace, FERRY, YEAR, values, submit=True)
    (row,) = rows(workspace, "declaration")
    assert (row["status"], row["equipment_index"]) == ("submitted", 3)


def test_entering_confirms_what_the_new_answers_ask(workspace: Workspace) -> None:
    values = [f"{code}={text}" for code, text in {**GOOD, "A3": "61"}.items()]
    entry.enter(workspace, FERRY, YEAR, values, confirm=["many_robots"], note="compté", submit=True)
    (row,) = rows(workspace, "declaration")
    assert row["status"] == "submitted"
    assert json.loads(row["confirmations"])["many_robots"]["note"] == "compté"


def test_each_value_knows_the_event_that_wrote_it(workspace: Workspace, tmp_path: Path) -> None:
    import_text(workspace, "declarations", file_of(line(FERRY, A1="4", A3="1", B1="2")), tmp_path)
    first = last_event(workspace, "declaration")
    saved(workspace, {"A1": 5})
    second = last_event(workspace, "declaration")
    saved(workspace, {"A3": 2, "B2": 1})
    third = last_event(workspace, "declaration")
    saved(workspace, {"A1": None})
    heads = opened(workspace).declaration.heads
    assert heads == {"A3": third, "B1": first, "B2": third}
    saved(workspace, {"B1": 3})
    fifth = last_event(workspace, "declaration")
    assert opened(workspace).declaration.heads == {"A3": third, "B1": fifth, "B2": third}
    assert first < second < third < fifth


def last_event(workspace: Workspace, kind: str) -> int:
    """Local number of the last event of a kind."""
    return int([e["seq"] for e in everything(workspace)["event"] if e["kind"] == kind][-1])


def test_an_empty_text_clears_an_answer(workspace: Workspace) -> None:
    entry.enter(workspace, FERRY, YEAR, ["A1=4", "a3 = 2"])
    entry.enter(workspace, FERRY, YEAR, ["A3="])
    assert opened(workspace).declaration.answers == {"A1": 4}


def test_the_history_tells_what_happened_newest_first(workspace: Workspace, tmp_path: Path) -> None:
    report = import_text(workspace, "declarations", file_of(line(FERRY, **GOOD)), tmp_path)
    saved(workspace, {"A1": 5})
    lines = school_page(workspace, FERRY, YEAR).history
    assert [entry.year for entry in lines] == ["2023-2024", "2023-2024", ""]
    assert "A1" in lines[0].what
    assert "«\u00a04\u00a0» remplacé par «\u00a05\u00a0»" in lines[0].what
    assert lines[1].batch == report.import_id
    assert (lines[0].operator, lines[0].source) == ("test", "déclaré")
    assert lines[1].source == "importé"
