"""A question, a usage, a check or a threshold is added by editing one file, and nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from importlib.resources.abc import Traversable
from pathlib import Path

import pytest

from numecole_desktop.domain.checks import hard_findings, soft_findings
from numecole_desktop.domain.equipment import equipment_index, reasons
from numecole_desktop.domain.plan import missing_for_next
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.referentials import catalogue as catalogue_module
from numecole_desktop.referentials.catalogue import Catalogue
from numecole_desktop.shipped import shipped

YEAR = SchoolYear(2023)
QUESTIONNAIRE = "questionnaires/2023-2024.toml"
SOCLE = "referentials/socle-2021.toml"

Edit = Callable[[str, str, str], Catalogue]


@pytest.fixture
def edited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Edit:
    """Copies the rules, replaces one text of one file, and loads what the application loads."""
    root = tmp_path / "resources"
    for folder in ("questionnaires", "referentials", "reference", "territories"):
        shutil.copytree(str(shipped("resources") / folder), root / folder)

    def resource(path: str) -> Traversable:
        return root / path

    monkeypatch.setattr(catalogue_module, "resource", resource)

    def edit(path: str, before: str, after: str) -> Catalogue:
        text = (root / path).read_text("utf-8")
        assert text.count(before) == 1
        (root / path).write_text(text.replace(before, after), "utf-8")
        return Catalogue()

    return edit


def test_a_question_is_one_block(edited: Edit) -> None:
    block = """
[[question]]
code = "A8"
kind = "choice"
short = "Débit"
label = "Débit ressenti"
choices = [{ code = "BON", label = "Bon" }, { code = "LENT", label = "Trop lent" }]

[[question]]
code = "B1"
"""
    catalogue = edited(QUESTIONNAIRE, '\n[[question]]\ncode = "B1"\n', block)
    questionnaire = catalogue.questionnaire(YEAR)
    assert questionnaire.codes[6:9] == ("A7", "A8", "B1")
    question = questionnaire.question("A8")
    assert question.section == "A"
    assert questionnaire.read(question, "trop lent") == "LENT"
    assert hard_findings({"A8": "LENT"}, questionnaire) == ()
    (found,) = hard_findings({"A8": "RAPIDE"}, questionnaire)
    assert found.message.endswith("Choisissez BON ou LENT (Trop lent).")


def test_a_choice_is_one_line(edited: Edit) -> None:
    line = '{ code = "ADSL", label = "ADSL" },'
    catalogue = edited(
        QUESTIONNAIRE, line, line + '\n  { code = "SATELLITE", label = "Satellite" },'
    )
    questionnaire = catalogue.questionnaire(YEAR)
    assert questionnaire.read(questionnaire.question("A2"), "satellite") == "SATELLITE"
    assert hard_findings({"A2": "SATELLITE"}, questionnaire) == ()


def test_a_usage_is_one_block(edited: Edit) -> None:
    before = '[[usage]]\ncode = "ROBOTIQUE"'
    after = f'[[usage]]\ncode = "ECHECS"\nlabel = "Échecs en ligne"\n{before}'
    questionnaire = edited(QUESTIONNAIRE, before, after).questionnaire(YEAR)
    question = questionnaire.question("D1")
    answer = questionnaire.read(question, "echecs|ROBOTIQUE")
    assert answer == ("ECHECS", "ROBOTIQUE")
    assert questionnaire.show(question, answer) == "Échecs en ligne, Robotique"
    assert hard_findings({"D1": answer}, questionnaire) == ()


def test_a_check_is_one_block(edited: Edit) -> None:
    before = '[[check]]\ncode = "many_robots"'
    after = f"""
[[check]]
code = "many_mobile_classes"
hard = false
kind = "above"
fields = ["C1", "C2"]
limit = 1
message = "C1 + C2 : {{value:chariot/chariots}}, plus de {{limit:seul chariot/chariots}} ?"
{before}"""
    questionnaire = edited(QUESTIONNAIRE, before, after).questionnaire(YEAR)
    assert soft_findings({"C1": 1, "C2": 0}, questionnaire) == ()
    (found,) = soft_findings({"C1": 1, "C2": 1}, questionnaire)
    assert found.finding.message == (
        "C1 + C2\u00a0: 2\u00a0chariots, plus de 1\u00a0seul chariot\u00a0?"
    )


def test_the_limit_of_a_check_is_one_number(edited: Edit) -> None:
    questionnaire = edited(QUESTIONNAIRE, "limit = 60", "limit = 9").questionnaire(YEAR)
    assert soft_findings({"A3": 9}, questionnaire) == ()
    (found,) = soft_findings({"A3": 10}, questionnaire)
    assert "plus de 9" in found.finding.message


ANSWERS = {"A1": 10, "B1": 10, "B2": 10, "B3": 0, "C1": 1, "C2": 0, "C3": 0}


def test_the_step_is_one_number(edited: Edit) -> None:
    before = Catalogue()
    assert equipment_index(ANSWERS, before.equipment_rules(YEAR)).value == 1
    rules = edited(SOCLE, 'value = "1/2"', 'value = "2/5"').equipment_rules(YEAR)
    index = equipment_index(ANSWERS, rules)
    assert index.value == 2
    assert "le seuil de 40\u00a0% (4\u00a0classes) est atteint" in reasons(index, rules)[1]
    assert equipment_index(ANSWERS, before.equipment_rules(YEAR)).value == 1


def test_what_a_mobile_class_serves_is_one_number(edited: Edit) -> None:
    rules = edited(SOCLE, 'value = "4"', 'value = "5"').equipment_rules(YEAR)
    index = equipment_index(ANSWERS, rules)
    assert (index.pupil, index.value) == (5, 2)
    (missing,) = missing_for_next(ANSWERS, index, rules)
    assert "1\u00a0classe mobile, ou bien" in missing
    assert "5 × (1 + 0) + 0" in index.trace[1].text


def test_the_devices_of_a_set_are_one_number(edited: Edit) -> None:
    rules = edited(SOCLE, 'value = "3"', 'value = "5"').equipment_rules(YEAR)
    (missing,) = missing_for_next(ANSWERS, equipment_index(ANSWERS, rules), rules)
    assert "5\u00a0ordinateurs ou tablettes en libre accès dans 1\u00a0classe" in missing


def test_a_new_version_leaves_past_years_alone(edited: Edit, tmp_path: Path) -> None:
    old = (tmp_path / "resources" / SOCLE).read_text("utf-8")
    new = old.replace('id = "socle-2021"', 'id = "socle-2025"').replace(
        'first_year = "2020-2021"', 'first_year = "2025-2026"'
    )
    (tmp_path / "resources" / "referentials" / "socle-2025.toml").write_text(
        new.replace('value = "4"', 'value = "2"'), "utf-8"
    )
    catalogue = edited(SOCLE, "effective = 2021-01-14", "effective = 2021-01-14")
    assert equipment_index(ANSWERS, catalogue.equipment_rules(SchoolYear(2024))).pupil == 4
    later = equipment_index(ANSWERS, catalogue.equipment_rules(SchoolYear(2025)))
    assert (later.pupil, later.referential) == (2, "socle-2025")


def test_a_changed_file_has_another_fingerprint(edited: Edit) -> None:
    before = Catalogue().questionnaire(YEAR).fingerprint
    assert (
        edited(QUESTIONNAIRE, "limit = 60", "limit = 61").questionnaire(YEAR).fingerprint != before
    )
