"""Évolutions and Usages of a school, and ENT index and label on its profile."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from numecole_desktop.ui.screens.school import SchoolScreen
from numecole_desktop.ui.screens.school_read import ReadSchool, read_school
from numecole_desktop.ui.session import Session
from numecole_desktop.ui.widgets.buttons import Button
from numecole_desktop.ui.widgets.columns import ColumnsChart
from tests.ui.territories.conftest import YEAR, read, settle

GRANDRIEU = "0480347S"  # ENT, GAR and a label


@pytest.fixture
def school(session: Session) -> SchoolScreen:
    shown = SchoolScreen(session)
    shown.resize(1000, 640)
    shown.show()
    shown.show_school(GRANDRIEU, (GRANDRIEU,))
    settle(session)
    return shown


def words(part: QWidget) -> list[str]:
    return [label.text() for label in part.findChildren(QLabel) if label.text()]


def test_the_reading_holds_every_year(session: Session) -> None:
    found = read(session, partial(read_school, uai=GRANDRIEU, year=YEAR))
    assert isinstance(found, ReadSchool)
    assert [str(data.year) for data in found.held] == ["2022-2023", "2023-2024"]


def test_charts_have_the_numbers_of_their_tables(school: SchoolScreen) -> None:
    school.tabs.show_tab(1)
    said = words(school.evolutions)
    assert "Indices et label par année" in said
    assert "niveau 2 (2022-2023)" in said
    charts = {
        chart.accessibleName(): chart.accessibleDescription()
        for chart in school.evolutions.findChildren(ColumnsChart)
    }
    ent = charts["Connexions à l’ENT par période, 2023-2024"]
    assert ent.startswith("Période 1\u00a0: 268\u00a0connexions")
    assert "1\u202f341" in said  # the sum of the five periods
    assert charts["Connexions au GAR par année"] == "2023-2024\u00a0: 28\u00a0connexions"


def test_a_table_of_the_page_is_written_as_csv(
    school: SchoolScreen, session: Session, tmp_path: Path
) -> None:
    school.tabs.show_tab(2)
    (button,) = [b for b in school.usages.findChildren(Button) if "GAR" in b.accessibleName()]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    (dialog,) = school.findChildren(QFileDialog)
    dialog.selectFile(str(tmp_path / "gar.csv"))
    dialog.accept()
    settle(session)
    text = (tmp_path / "gar.csv").read_bytes().decode("utf-8-sig")
    assert text == "Ressource;Connexions\r\nDomino;14\r\nPlume;14\r\n"
    assert school.exported.isVisible()


def test_the_profile_says_the_ent_index_its_trace_and_the_label(school: SchoolScreen) -> None:
    said = words(school.profile)
    assert "Indice ENT (2023-2024)" in said
    assert "Label de niveau 2 en vigueur, décidé en 2022-2023." in said
    assert any("il en faut plus de" in text for text in said)


def test_an_unknown_year_says_that_nothing_is_held(school: SchoolScreen, session: Session) -> None:
    from numecole_desktop.domain.school_year import SchoolYear

    school.tabs.show_tab(1)
    session.show_year(SchoolYear(2021))
    settle(session)
    assert any(text.startswith("Aucune déclaration validée") for text in words(school.evolutions))
