"""The equipment index: rules compiled from data, trace, words, speed-critical counts.

Cases are in tests/rules/golden/equipment_index.toml, an independent count in tests/rules.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest

from numecole_desktop.domain.equipment import (
    EquipmentRules,
    equipment_index,
    index_counts,
    missing_sentence,
    reasons,
)
from numecole_desktop.domain.referential import MissingRuleError, Referential
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.referentials.catalogue import Catalogue


@pytest.fixture
def socle(catalogue: Catalogue) -> Referential:
    """The référentiel in force."""
    return catalogue.equipment(SchoolYear(2023))


def with_value(referential: Referential, key: str, value: Fraction) -> Referential:
    """The référentiel with one number changed."""
    changed = replace(referential.values[key], value=value)
    return replace(referential, values={**referential.values, key: changed})


def test_the_shipped_rules_are_those_of_the_text(rules: EquipmentRules) -> None:
    assert rules == EquipmentRules("socle-2021", 4, 3, 1, 2)


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("step_share", Fraction(0), "« step_share » doit être une part"),
        ("step_share", Fraction(3, 2), "« step_share » doit être une part"),
        ("classes_per_mobile_class", Fraction(0), "doit être au moins 1"),
        ("classes_per_mobile_class", Fraction(1, 2), "n’est pas un nombre entier"),
        ("devices_per_open_set", Fraction(-3), "doit être au moins 1"),
    ],
)
def test_rules_without_sense_are_refused(
    socle: Referential, key: str, value: Fraction, says: str
) -> None:
    with pytest.raises(MissingRuleError) as refusal:
        EquipmentRules.of(with_value(socle, key, value))
    assert says in str(refusal.value).replace("\u00a0", " ")
    assert "socle-2021" in str(refusal.value)


def test_a_rule_that_is_not_there_is_named(socle: Referential) -> None:
    values = {k: v for k, v in socle.values.items() if k != "step_share"}
    with pytest.raises(MissingRuleError, match="step_share"):
        EquipmentRules.of(replace(socle, values=values))


@pytest.mark.parametrize(
    ("share", "classes", "fewest"),
    [
        (Fraction(1, 2), 1, 1),
        (Fraction(1, 2), 2, 1),
        (Fraction(1, 2), 3, 2),
        (Fraction(1, 2), 9, 5),
        (Fraction(3, 10), 10, 3),
        (Fraction(3, 10), 11, 4),
        (Fraction(1), 7, 7),
    ],
)
def test_a_share_of_classes_is_rounded_up(
    socle: Referential, share: Fraction, classes: int, fewest: int
) -> None:
    rules = EquipmentRules.of(with_value(socle, "step_share", share))
    assert rules.classes_for_step(classes) == fewest


def test_the_index_and_the_fewest_classes_agree_on_every_threshold(socle: Referential) -> None:
    for share, a1 in product((Fraction(1, 2), Fraction(1, 3), Fraction(7, 9)), range(1, 30)):
        rules = EquipmentRules.of(with_value(socle, "step_share", share))
        step = rules.classes_for_step(a1)
        assert index_counts(rules, a1, step, step, 0, 0, 0, 0)[2] == 1
        assert index_counts(rules, a1, step - 1, a1, 0, 0, 0, 0)[2] == 0


@pytest.mark.parametrize(
    ("share", "value", "classes", "following"),
    [
        (Fraction(1, 2), 0, 4, 1),
        (Fraction(1, 2), 1, 4, 2),
        (Fraction(1, 2), 2, 4, 3),
        (Fraction(1, 2), 3, 4, None),
        (Fraction(1, 2), 0, 1, 1),
        (Fraction(1, 2), 1, 1, 3),
        # Where the step asks for nine tenths, five classes leave no room for index 2 either.
        (Fraction(9, 10), 1, 5, 3),
        (Fraction(9, 10), 1, 20, 2),
    ],
)
def test_the_next_index_is_one_that_exists(
    socle: Referential, share: Fraction, value: int, classes: int, following: int | None
) -> None:
    rules = EquipmentRules.of(with_value(socle, "step_share", share))
    assert rules.next_value(value, classes) == following


def test_the_trace_shows_the_sums_and_the_threshold(rules: EquipmentRules) -> None:
    answers = {"A1": 5, "B1": 4, "B2": 1, "B3": 2, "C1": 0, "C2": 1, "C3": 0}
    texts = [step.text.replace("\u00a0", " ") for step in equipment_index(answers, rules).trace]
    assert texts == [
        "Socle enseignant : le plus petit de A1 = 5, B1 = 4 et B2 + B3 = 3, soit 3 classes.",
        (
            "Socle élèves : le plus petit de A1 = 5 et 4 × (C1 + C2) + C3 = 4 × (0 + 1) + 0, "
            "soit 4 classes."
        ),
        "Seuils pour 5 classes : 3 (50 %) et 5 (toutes) ; indice 2.",
    ]


@pytest.mark.parametrize(("given", "silent"), [("B2", "B3"), ("B3", "B2")])
def test_the_trace_says_which_projector_answer_counts_alone(
    rules: EquipmentRules, given: str, silent: str
) -> None:
    answers = {"A1": 5, "B1": 4, given: 3, "C1": 0, "C2": 1, "C3": 0}
    text = equipment_index(answers, rules).trace[0].text
    assert f"B2 + B3 = 3 ({given} seul, l’autre réponse manque)" in text
    assert silent not in equipment_index(answers, rules).missing


def test_the_trace_and_the_words_follow_the_threshold_of_the_file(socle: Referential) -> None:
    rules = EquipmentRules.of(with_value(socle, "step_share", Fraction(1, 3)))
    answers = {"A1": 6, "B1": 2, "B2": 2, "B3": 0, "C1": 0, "C2": 0, "C3": 1}
    index = equipment_index(answers, rules)
    assert "2 (33,3\u00a0%) et 6 (toutes)" in index.trace[-1].text
    assert "33,3\u00a0%" in reasons(index, rules)[1]


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (
            {"A1": 4, "B1": 4, "B2": 4, "C1": 0, "C2": 0, "C3": 2},
            (
                "Socle enseignant : 4 classes sur 4, toutes les classes sont équipées.",
                (
                    "Socle élèves : 2 classes sur 4, le seuil de 50 % (2 classes) est atteint, "
                    "mais pas la totalité."
                ),
            ),
        ),
        (
            {"A1": 1, "B1": 1, "B2": 1, "C1": 0, "C2": 0, "C3": 0},
            (
                "Socle enseignant : 1 classe sur 1, la classe est équipée.",
                "Socle élèves : 0 classe sur 1, sous le seuil de 50 % (1 classe).",
            ),
        ),
        (
            {"A1": 5, "C1": 0, "C3": 0},
            (
                (
                    "Socle enseignant : nombre de classes inconnu, il manque une réponse valable "
                    "aux questions B1 et B2 (ou B3)."
                ),
                (
                    "Socle élèves : nombre de classes inconnu, il manque une réponse valable à la "
                    "question C2."
                ),
            ),
        ),
        ({"B1": 4}, ()),
    ],
)
def test_reasons_in_words(
    rules: EquipmentRules, answers: dict[str, int], said: tuple[str, ...]
) -> None:
    found = reasons(equipment_index(answers, rules), rules)
    assert tuple(sentence.replace("\u00a0", " ") for sentence in found) == said


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (
            {"A1": 4, "B1": 4, "B2": 4, "C1": 0, "C2": 0},
            "L’indice ne peut pas être calculé : il manque une réponse valable à la question C3.",
        ),
        (
            {"A1": 4, "C1": 0, "C2": 0},
            (
                "L’indice ne peut pas être calculé : il manque une réponse valable aux questions "
                "B1, B2 (ou B3) et C3."
            ),
        ),
        ({"A1": 4, "B1": 4, "B2": 4, "C1": 0, "C2": 0, "C3": 0}, ""),
    ],
)
def test_missing_answers_in_words(
    rules: EquipmentRules, answers: dict[str, int], said: str
) -> None:
    assert missing_sentence(equipment_index(answers, rules)).replace("\u00a0", " ") == said
