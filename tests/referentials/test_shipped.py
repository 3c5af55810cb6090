"""The rule files that are shipped: complete, sourced, well written, and found."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from numecole_desktop.domain.equipment import INPUTS, TEXTS
from numecole_desktop.domain.questionnaire import AnswerKind
from numecole_desktop.domain.referential import MissingRuleError
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.referentials.catalogue import Catalogue
from numecole_desktop.referentials.departments import departments
from numecole_desktop.referentials.resources import resource

DATA = Path(__file__).parents[1] / "data"
YEAR = SchoolYear(2023)


def french_texts(catalogue: Catalogue) -> Iterator[str]:
    """Every text of the rules that a user may read."""
    for referential in catalogue.referentials:
        yield referential.title
        yield from referential.assumptions
        yield from referential.texts.values()
        for value in referential.values.values():
            yield from (value.label, value.note)
        for source in referential.sources:
            yield from (source.title, source.published)
    for questionnaire in catalogue.questionnaires:
        yield questionnaire.title
        yield from (title for _, title in questionnaire.sections)
        for question in questionnaire.questions:
            yield from (question.short, question.label, question.help)
            yield from (choice.label for choice in question.choices)
        for usage in questionnaire.usages:
            yield from (usage.label, usage.summary)
        yield from (check.message for check in questionnaire.checks)


def test_every_number_has_a_source_or_is_an_assumption(catalogue: Catalogue) -> None:
    for referential in catalogue.referentials:
        listed = {source.key for source in referential.sources}
        for value in referential.values.values():
            assert set(value.sources) <= listed
            assert value.sources or value.assumption


def test_the_two_sources_of_the_half_are_kept(catalogue: Catalogue) -> None:
    half = catalogue.equipment(YEAR).values["step_share"]
    assert {"label", "profil"} <= set(half.sources)
    assert "50\u00a0% minimum" in half.note
    assert "plus de la moitié" in half.note


def test_the_class_by_class_coincidence_is_an_assumption(catalogue: Catalogue) -> None:
    assert any("mêmes classes" in text for text in catalogue.equipment(YEAR).assumptions)


def test_every_value_of_the_index_has_its_sentence(catalogue: Catalogue) -> None:
    texts = catalogue.equipment(YEAR).texts
    assert len(TEXTS) == 5
    assert all(texts[key].endswith(".") for key in TEXTS)


def test_french_texts_have_no_space_that_may_break(catalogue: Catalogue) -> None:
    texts = list(french_texts(catalogue))
    assert len(texts) > 100
    for text in texts:
        assert not any(f" {mark}" in text for mark in (":", ";", "?", "!", "%", "»")), text
        assert "« " not in text
        assert "'" not in text, text
        assert text == text.strip()


def test_the_index_finds_its_questions(catalogue: Catalogue) -> None:
    questionnaire = catalogue.questionnaire(YEAR)
    assert {questionnaire.question(code).kind for code in INPUTS} == {AnswerKind.INTEGER}


@pytest.mark.parametrize("year", [2020, 2023, 2024])
def test_rules_hold_from_their_first_year_on(catalogue: Catalogue, year: int) -> None:
    assert catalogue.questionnaire(SchoolYear(year)).version == "2023-2024"
    assert catalogue.equipment_rules(SchoolYear(year)).referential == "socle-2021"


def test_years_for_which_nothing_is_published_are_told(catalogue: Catalogue) -> None:
    assert catalogue.questionnaire(YEAR).published_years == (SchoolYear(2023), SchoolYear(2024))


def test_before_the_first_rules_nothing_can_be_computed(catalogue: Catalogue) -> None:
    with pytest.raises(MissingRuleError, match=r"2019-2020.*commence en 2020-2021"):
        catalogue.questionnaire(SchoolYear(2019))
    with pytest.raises(MissingRuleError, match="en vigueur en 2019-2020"):
        catalogue.equipment(SchoolYear(2019))


def test_rules_are_compiled_once(catalogue: Catalogue) -> None:
    assert catalogue.equipment_rules(YEAR) is catalogue.equipment_rules(SchoolYear(2024))


def test_published_figures_of_the_academie(catalogue: Catalogue) -> None:
    montpellier = next(a for a in catalogue.academies if a.reference.academy == "Montpellier")
    assert montpellier.schools == 1854
    assert montpellier.reference.year == YEAR
    assert "novembre 2024" in montpellier.reference.source
    # Printed on pages 4 to 8 of the report; its own counts give the same: 585, 264, 37, 16 and 22
    # schools out of 1854.
    assert montpellier.reference.percent == {
        "classes_teacher_equipped": 80,
        "classes_pupil_equipped": 52,
        "schools_socle": 32,
        "schools_with_robots": 14,
        "schools_with_webradio": 2,
        "schools_with_webtv": 1,
        "schools_with_fablab": 1,
        "schools_up_to_date": 90,
        "schools_known": 99,
        "schools_in_ent": 81,
        "classes_using_ent": 38,
        "schools_using_gar": 21,
        "schools_labelled": 29,
        "label_1": 40,
        "label_2": 25,
        "label_3": 35,
    }
    assert catalogue.academy_coverage == Fraction(9, 10)


def test_departements_are_named_as_the_directory_names_them() -> None:
    files = [resource("demo/annuaire.csv").read_bytes()]
    files += [path.read_bytes() for path in (DATA / "directory").glob("annuaire-*.csv")]
    seen = set()
    for data in files:
        for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"):
            name = row.get("Libelle_departement")
            if name:
                seen.add((row["Code_departement"], name.replace("'", "’")))
    assert {"011", "048"} <= {code for code, _ in seen}
    assert {code: departments().get(code) for code, _ in seen} == dict(seen)
    assert len(departments()) >= 101


def test_data_files_are_found_by_their_path() -> None:
    assert resource("referentials").is_dir()
    assert resource("referentials/socle-2021.toml").is_file()
    assert not resource("referentials/none.toml").is_file()
