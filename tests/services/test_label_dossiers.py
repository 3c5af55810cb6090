"""A dossier from draft to certificate: what each step asks for, and what it leaves behind."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from numecole_desktop.domain.french import NBSP
from numecole_desktop.domain.journal import RecordKind
from numecole_desktop.domain.label_application import PersonRole, State
from numecole_desktop.domain.label_steps import Decision, Role, Step
from numecole_desktop.domain.problem import Problem
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.services import (
    label_dossiers,
    label_forecast,
    label_lists,
    label_opening,
    settings,
)
from numecole_desktop.services.label_dossiers import Blocked, Edit
from numecole_desktop.services.label_opening import Dossier
from numecole_desktop.services.label_people import name_person
from numecole_desktop.services.undo import acting, take_back
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.storage.events import read_events
from tests import conftest
from tests.conftest import finish
from tests.services.support import GOOD, assert_sound, content, declarations, everything, line

UAI = "0110160P"
YEAR = SchoolYear(2023)
SIGNED = date(2024, 1, 15)
DECIDED = date(2024, 3, 1)


def import_text(workspace: Workspace, kind: str, text: str) -> None:
    """Import a CSV given as text, from beside the base."""
    conftest.import_text(workspace, kind, text, workspace.path.parent)


@pytest.fixture
def school(workspace: Workspace) -> Workspace:
    """A base where one school has everything that a label of level 3 asks of it."""
    import_text(workspace, "declarations", declarations(line(UAI, **GOOD)))
    import_text(workspace, "ent-conventions", f"uai;annee_scolaire;convention\n{UAI};2023-2024;1\n")
    classes = "\n".join(f"{UAI};2023-2024;C{n};25;76" for n in range(4))
    import_text(
        workspace,
        "ent-classes",
        f"uai;annee_scolaire;classe;effectif;connexions_trimestre_1\n{classes}\n",
    )
    return workspace


def draft(workspace: Workspace, **change: Any) -> Dossier:
    """A complete draft."""
    dossier = label_dossiers.create(workspace, UAI, YEAR).dossier
    for role in PersonRole:
        dossier = name_person(workspace, dossier, role, f"Personne {role.value}").dossier
    fields: dict[str, Any] = {
        "project_classes": 2,
        "school_project": True,
        "school_signed_on": SIGNED,
        "commune_signed_on": SIGNED,
    }
    return label_dossiers.edit(workspace, dossier, Edit(**{**fields, **change})).dossier


def examined(workspace: Workspace, **change: Any) -> Dossier:
    """An examined dossier."""
    submitted = label_dossiers.submit(workspace, draft(workspace, **change)).dossier
    return label_dossiers.examine(workspace, submitted).dossier


def label(workspace: Workspace, year: SchoolYear) -> tuple[int, SchoolYear] | None:
    """The label in force."""
    return label_opening.open_dossier(workspace, UAI, year).in_force


def test_the_whole_path_gives_a_label_for_two_years(school: Workspace) -> None:
    dossier = examined(school)
    assert dossier.level.value == 3
    decided = label_dossiers.decide(school, dossier, Decision(3, DECIDED)).dossier
    attested = label_dossiers.attest(school, decided).dossier
    assert attested.state is State.ATTESTED
    assert attested.application is not None
    assert [s.state.value for s in attested.application.steps] == [
        "draft",
        "submitted",
        "examined",
        "decided",
        "attested",
    ]
    assert {s.operator for s in attested.application.steps} == {"test"}
    assert label(school, YEAR) == (3, YEAR)
    assert label(school, YEAR.next) == (3, YEAR)
    assert label(school, YEAR.next.next) is None
    assert label(school, YEAR.previous) is None
    assert attested.application.basis["referential"] == "label-2024"
    assert_sound(school)


def test_a_draft_says_all_that_it_lacks(school: Workspace) -> None:
    dossier = label_dossiers.create(school, UAI, YEAR).dossier
    with pytest.raises(Blocked) as refused:
        label_dossiers.submit(school, dossier)
    assert refused.value.reasons == (
        "Il manque le nom du signataire de l’école.",
        "Il manque la date de l’accord de l’école.",
        "Il manque le nom du signataire de la commune.",
        "Il manque la date de l’accord de la commune.",
        "Le nombre de classes avec un projet n’est pas renseigné (0 s’il n’y en a pas).",
    )


def test_a_date_ahead_and_too_many_classes_block_the_submission(school: Workspace) -> None:
    dossier = draft(school, school_signed_on=date(2024, 3, 6), project_classes=5)
    with pytest.raises(Blocked) as refused:
        label_dossiers.submit(school, dossier)
    ahead, many = refused.value.reasons
    assert ahead == "La date de l’accord de l’école, le 06/03/2024, n’est pas encore passée."
    assert many.startswith(f"5{NBSP}classes avec un projet{NBSP}: l’école n’en a que 4 (A1).")


def test_a_decision_needs_an_opinion(school: Workspace) -> None:
    submitted = label_dossiers.submit(school, draft(school)).dossier
    before = everything(school)
    with pytest.raises(Blocked, match="Il manque l’avis de la circonscription"):
        label_dossiers.decide(school, submitted, Decision(3, DECIDED))
    assert everything(school) == before


def test_an_opinion_that_differs_needs_its_reason(school: Workspace) -> None:
    submitted = label_dossiers.submit(school, draft(school)).dossier
    with pytest.raises(Blocked, match="Équipement est 2, alors que le niveau calculé est 3"):
        label_dossiers.examine(school, submitted, {"equipment": 2})
    given = label_dossiers.examine(
        school, submitted, {"equipment": 2}, {"equipment": "Deux tableaux en panne."}
    ).dossier
    assert given.application is not None
    assert given.application.opinion_level == 2
    assert given.application.opinion_reasons == {"equipment": "Deux tableaux en panne."}
    again = label_dossiers.examine(school, given).dossier
    assert again.application is not None
    assert (again.application.opinion_level, again.application.opinion_reasons) == (3, {})


@pytest.mark.parametrize(
    ("opinion", "said"),
    [
        ({"equipment": 4}, "il doit être de 0 à 3"),
        ({"equipment": -1}, "il doit être de 0 à 3"),
        ({"support": 3}, "le critère « support » n’existe pas"),
    ],
)
def test_an_opinion_out_of_range_is_refused(
    school: Workspace, opinion: dict[str, int], said: str
) -> None:
    submitted = label_dossiers.submit(school, draft(school)).dossier
    with pytest.raises(Problem) as refused:
        label_dossiers.examine(school, submitted, opinion, dict.fromkeys(opinion, "raison"))
    assert said in str(refused.value).replace(NBSP, " ").replace("Le critère", "le critère")


def test_level_three_needs_both_indices_at_three(school: Workspace) -> None:
    poor = {**GOOD, "B1": "2"}
    import_text(school, "declarations", declarations(line(UAI, **poor)))
    submitted = label_dossiers.submit(school, draft(school)).dossier
    given = label_dossiers.examine(
        school, submitted, {"equipment": 3}, {"equipment": "Matériel livré hier."}
    ).dossier
    with pytest.raises(Blocked, match="demande un indice 3 au critère Équipement, qui est 2"):
        label_dossiers.decide(school, given, Decision(3, DECIDED, "Livraison attestée."))
    assert label_dossiers.decide(
        school, given, Decision(2, DECIDED, "Niveau 3 après la saisie.")
    ).dossier.application


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        (Decision(4, DECIDED), "Le niveau 4 n’existe pas"),
        (Decision(-1, DECIDED), "Le niveau -1 n’existe pas"),
        (Decision(3, date(2024, 3, 6)), "n’est pas encore passée"),
        (Decision(3, date(2024, 1, 14)), "précède les accords, donnés le 15/01/2024"),
        (Decision(1, DECIDED), "diffère de l’avis"),
        (Decision(3, date(2023, 8, 31)), "n’est ni de l’année scolaire de la campagne"),
    ],
)
def test_a_decision_that_has_no_sense_is_refused(
    school: Workspace, decision: Decision, said: str
) -> None:
    dossier = examined(school)
    before = everything(school)
    with pytest.raises(Blocked, match=said):
        label_dossiers.decide(school, dossier, decision)
    assert everything(school) == before


def test_a_refusal_has_no_certificate_and_ends_a_former_label(school: Workspace) -> None:
    import_text(school, "labels", f"uai;annee_scolaire;niveau\n{UAI};2022-2023;2\n")
    assert label(school, YEAR) == (2, SchoolYear(2022))
    dossier = examined(school)
    refused = label_dossiers.decide(school, dossier, Decision(0, DECIDED, "Dossier incomplet."))
    assert label(school, YEAR) == (0, YEAR)
    assert label(school, SchoolYear(2022)) == (2, SchoolYear(2022))
    with pytest.raises(Blocked, match="il n’y a pas d’attestation"):
        label_dossiers.attest(school, refused.dossier)


def test_the_latest_decision_counts_over_an_import(school: Workspace) -> None:
    import_text(school, "labels", f"uai;annee_scolaire;niveau\n{UAI};2022-2023;1\n")
    label_dossiers.decide(school, examined(school), Decision(3, DECIDED))
    assert label(school, YEAR) == (3, YEAR)
    import_text(school, "labels", f"uai;annee_scolaire;niveau\n{UAI};2023-2024;2\n")
    assert label(school, YEAR) == (3, YEAR), "the dossier of the year counts over a line of a file"


def test_a_withdrawn_dossier_leaves_the_former_label(school: Workspace) -> None:
    import_text(school, "labels", f"uai;annee_scolaire;niveau\n{UAI};2022-2023;2\n")
    withdrawn = label_dossiers.withdraw(school, examined(school)).dossier
    assert label(school, YEAR) == (2, SchoolYear(2022))
    for step in (Step.SUBMIT, Step.EXAMINE, Step.DECIDE, Step.ATTEST, Step.EDIT):
        assert "retiré" in withdrawn.block(step)
    back = label_dossiers.revert(school, withdrawn).dossier
    assert back.state is State.EXAMINED
    again = label_dossiers.withdraw(school, back).dossier
    assert label_dossiers.create(school, UAI, YEAR).dossier.state is State.DRAFT
    assert again.application is not None
    assert_sound(school)


def test_a_decision_cannot_be_withdrawn_but_taken_back(school: Workspace) -> None:
    decided = label_dossiers.decide(school, examined(school), Decision(3, DECIDED)).dossier
    with pytest.raises(Blocked, match="Une décision ne se retire pas"):
        label_dossiers.withdraw(school, decided)
    back = label_dossiers.revert(school, decided).dossier
    assert back.state is State.EXAMINED
    assert back.application is not None
    assert back.application.decision is None
    assert label(school, YEAR) is None
    assert_sound(school)


def test_going_back_to_the_draft_keeps_what_was_entered(school: Workspace) -> None:
    dossier = examined(school)
    for state in (State.SUBMITTED, State.DRAFT):
        dossier = label_dossiers.revert(school, dossier).dossier
        assert dossier.state is state
    assert dossier.application is not None
    assert dossier.application.project_classes == 2
    assert dossier.application.opinion == {}
    with pytest.raises(Blocked):
        label_dossiers.revert(school, dossier)


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        (Role.ANY, {Step.EXAMINE, Step.REVERT, Step.WITHDRAW}),
        (Role.ADVISER, {Step.EXAMINE, Step.REVERT, Step.WITHDRAW}),
        (Role.SECRETARY, {Step.EXAMINE, Step.REVERT, Step.WITHDRAW}),
        (Role.ACADEMY, {Step.REVERT, Step.WITHDRAW}),
    ],
)
def test_who_may_do_what_with_a_submitted_dossier(
    school: Workspace, role: Role, allowed: set[Step]
) -> None:
    settings.put(school, "role", role.value)
    submitted = label_dossiers.submit(school, draft(school)).dossier
    assert {step for step in Step if not submitted.block(step)} == allowed


def test_only_the_academy_decides(school: Workspace) -> None:
    dossier = examined(school)
    settings.put(school, "role", Role.ADVISER.value)
    with pytest.raises(Blocked, match="cette étape revient à"):
        label_dossiers.decide(school, dossier, Decision(3, DECIDED))
    settings.put(school, "role", Role.ACADEMY.value)
    assert label_dossiers.decide(school, dossier, Decision(3, DECIDED)).changes.schools == {UAI}


def test_a_school_has_one_dossier_for_a_campaign(school: Workspace) -> None:
    draft(school)
    with pytest.raises(Problem, match="a déjà un dossier pour 2023-2024"):
        label_dossiers.create(school, UAI, YEAR)
    assert label_dossiers.create(school, UAI, YEAR.next).dossier.state is State.DRAFT


def test_a_stale_page_does_not_take_a_step_twice(school: Workspace) -> None:
    stale = draft(school)
    label_dossiers.submit(school, stale)
    with pytest.raises(Blocked, match="déposé"):
        label_dossiers.submit(school, stale)
    with pytest.raises(Blocked, match="déposé"):
        label_dossiers.edit(school, stale, Edit(project_classes=1))


def test_the_school_year_of_the_decision_is_the_first_of_the_label(workspace: Workspace) -> None:
    """A dossier of 2022-2023 decided in autumn gives a label of 2023-2024."""
    dossier = label_dossiers.create(workspace, UAI, SchoolYear(2022)).dossier
    for role in PersonRole:
        dossier = name_person(workspace, dossier, role, "Personne").dossier
    change = Edit(1, None, True, True, date(2023, 1, 9), date(2023, 1, 9))
    dossier = label_dossiers.edit(workspace, dossier, change).dossier
    dossier = label_dossiers.submit(workspace, dossier).dossier
    assert [c.level for c in dossier.level.criteria] == [3, None, None, 3, None]
    opinion = {"ent": 1, "projects": 1, "equipment": 1}
    dossier = label_dossiers.examine(
        workspace, dossier, opinion, dict.fromkeys(opinion, "Vu sur place.")
    ).dossier
    label_dossiers.decide(workspace, dossier, Decision(1, date(2023, 9, 20)))
    assert label(workspace, SchoolYear(2022)) is None
    assert label(workspace, SchoolYear(2024)) == (1, SchoolYear(2023))


def test_a_former_campaign_looks_at_connections_of_its_first_periods(workspace: Workspace) -> None:
    import_text(workspace, "declarations", declarations(line(UAI, "2022-2023", **GOOD)))
    import_text(workspace, "ent-conventions", f"uai;annee_scolaire;convention\n{UAI};2022-2023;1\n")
    import_text(
        workspace,
        "ent-classes",
        "uai;annee_scolaire;classe;effectif;connexions_trimestre_1\n"
        + "".join(f"{UAI};2022-2023;C{n};25;76\n" for n in range(3)),
    )
    found = label_opening.open_dossier(workspace, UAI, SchoolYear(2022))
    assert found.level.of("ent").level == 3, "228 connections by class for 75 pupils"
    import_text(
        workspace,
        "ent-periodes",
        "uai;annee_scolaire;periode;connexions\n"
        f"{UAI};2022-2023;1;50\n{UAI};2022-2023;2;25\n{UAI};2022-2023;3;900\n",
    )
    found = label_opening.open_dossier(workspace, UAI, SchoolYear(2022))
    assert found.level.of("ent").level == 0, "75 connections are not more than 75 pupils"


def test_private_and_closed_schools_cannot_apply(workspace: Workspace) -> None:
    from numecole_desktop.domain.journal import Source

    workspace.record(
        RecordKind.SCHOOL, ("uai", "public"), [("0110161R", False)], source=Source.IMPORTED
    )
    workspace.record(
        RecordKind.SCHOOL,
        ("uai", "closed_from"),
        [("0110182N", "2020-2021")],
        source=Source.IMPORTED,
    )
    with pytest.raises(Problem, match="école privée"):
        label_dossiers.create(workspace, "0110161R", YEAR)
    with pytest.raises(Problem, match="fermée"):
        label_dossiers.create(workspace, "0110182N", YEAR)


def test_steps_change_no_declaration_and_names_never_reach_the_journal(school: Workspace) -> None:
    before = content(school)
    label_dossiers.decide(school, examined(school), Decision(3, DECIDED))
    assert content(school) == before
    bodies = school.base.connection.execute("SELECT body FROM event").fetchall()
    assert not any(b"Personne" in body for (body,) in bodies)
    kinds = [e.kind for _, e in read_events(school.base.connection)]
    assert kinds.count(RecordKind.APPLICATION) == 9


def test_decisions_together_say_what_they_leave(school: Workspace) -> None:
    examined(school)
    label_dossiers.create(school, "0110161R", YEAR)
    decisions = {UAI: Decision(3, DECIDED), "0110161R": Decision(3, DECIDED)}
    before = everything(school)
    preview = label_lists.decide_together(school, YEAR, decisions, simulate=True)
    assert everything(school) == before
    assert preview.taken == (UAI,)
    assert "Il reste à le déposer" in preview.outcomes[1].problems[0]
    done, act = acting(school, lambda: label_lists.decide_together(school, YEAR, decisions))
    assert act is not None
    assert done.changes.applications == {(UAI, "2023-2024")}
    assert label(school, YEAR) == (3, YEAR)
    finish(take_back(school, act))
    assert label(school, YEAR) is None
    states = {row.uai: row.state for row in label_lists.dossier_rows(school, YEAR)}
    assert states == {UAI: State.EXAMINED, "0110161R": State.DRAFT}
    assert_sound(school)


def test_the_list_finds_a_commune_by_code_or_name(school: Workspace) -> None:
    draft(school)
    label_dossiers.create(school, "0110191Y", YEAR)
    rows = label_lists.dossier_rows(school, YEAR, commune="evreux sur aude")
    assert [row.uai for row in rows] == ["0110191Y"]
    assert [r.uai for r in label_lists.dossier_rows(school, YEAR, commune="11069")] == [UAI]
    assert label_lists.dossier_rows(school, YEAR, State.SUBMITTED) == []


def test_the_forecast_says_who_would_lose_and_why(school: Workspace) -> None:
    label_dossiers.decide(school, examined(school), Decision(3, DECIDED))
    poor = {**GOOD, "B1": "2", "B3": "0"}
    import_text(school, "declarations", declarations(line(UAI, "2024-2025", **poor)))
    import_text(school, "ent-conventions", f"uai;annee_scolaire;convention\n{UAI};2024-2025;1\n")
    (line_2023,) = label_forecast.forecast(school, YEAR)
    assert (line_2023.label, line_2023.today) == (3, 3)
    assert line_2023.outlook is label_forecast.Outlook.SAME
    (found,) = label_forecast.forecast(school, YEAR.next)
    assert (found.label, found.ends, found.today) == (3, YEAR.next, 0)
    assert found.outlook is label_forecast.Outlook.LOSS
    assert "ENT" in found.why
    (commune,) = label_forecast.calendar((found,))
    assert (commune.commune, commune.by_year[0][0]) == ("Carcassonne", YEAR.next)


def test_a_decision_years_after_its_campaign_is_refused(base_path: Path) -> None:
    """Today's date, proposed for an old campaign, would give a label of today."""
    late = datetime(2026, 11, 21, tzinfo=UTC)
    with Workspace.open(base_path, operator="test", clock=lambda: late) as workspace:
        conftest.add_schools(workspace)
        submitted = label_dossiers.submit(workspace, draft(workspace)).dossier
        keys = [criterion.key for criterion in submitted.rules.criteria]
        dossier = label_dossiers.examine(
            workspace, submitted, dict.fromkeys(keys, 1), dict.fromkeys(keys, "Vu.")
        ).dossier
        with pytest.raises(Blocked, match="ni de la suivante"):
            label_dossiers.decide(workspace, dossier, Decision(1, late.date()))
        label_dossiers.decide(workspace, dossier, Decision(1, date(2024, 9, 2)))
        assert label(workspace, YEAR) is None
        assert label(workspace, YEAR.next) == (1, YEAR.next)


def test_a_text_longer_than_its_page_is_refused_wherever_it_is_given(school: Workspace) -> None:
    long, fits = "Un long courriel collé ici. " * 100, "x" * 2000
    refusal = "2\u202f800\u00a0caractères\u00a0: raccourcissez ce texte à 2\u202f000"
    started = draft(school, project_title=fits)
    with pytest.raises(Problem, match=refusal):
        label_dossiers.edit(school, started, Edit(project_title=long))
    submitted = label_dossiers.submit(school, started).dossier
    with pytest.raises(Problem, match="raccourcissez"):
        label_dossiers.examine(school, submitted, {"referents": 2}, {"referents": long})
    seen = label_dossiers.examine(school, submitted).dossier
    with pytest.raises(Problem, match="raccourcissez"):
        label_dossiers.decide(school, seen, Decision(2, DECIDED, long))
    with pytest.raises(Problem, match="raccourcissez"):
        label_lists.decide_together(school, YEAR, {UAI: Decision(2, DECIDED, long)})
    held = label_opening.open_dossier(school, UAI, YEAR).application
    assert held is not None
    assert (held.state, held.project_title) == (State.EXAMINED, fits)
