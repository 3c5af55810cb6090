import pytest
from hypothesis import given
from hypothesis import strategies as st

from numecole_desktop.reports.columns import fitted_columns
from numecole_desktop.reports.layout import WIDTH
from numecole_desktop.reports.styles import styles
from numecole_desktop.reports.tables import PADDING
from numecole_desktop.reports.text import wrap

BODY = styles().body
CELLS = st.text(alphabet="abcdé 0123456789", min_size=0, max_size=40)


@given(
    st.integers(1, 9).flatmap(
        lambda columns: st.lists(
            st.lists(CELLS, min_size=columns, max_size=columns), min_size=1, max_size=8
        )
    ),
    st.booleans(),
)
def test_columns_fill_the_width_together(rows: list[list[str]], lean: bool) -> None:
    columns = fitted_columns(rows[0], rows, BODY, lean=lean)
    assert sum(column.width for column in columns) == pytest.approx(WIDTH)
    assert all(column.width > 0 for column in columns)


def test_cells_keep_one_line_where_there_is_room() -> None:
    rows = [("Lézignan-Corbières Minervois", "1 234 (56\u00a0%)", "12"), ("Aude", "1", "345 678")]
    columns = fitted_columns(("", "Écoles au niveau du socle", "Classes"), rows, BODY)
    for row in rows:
        for cell, column in zip(row, columns, strict=True):
            assert len(wrap(cell, BODY, column.width - 2 * PADDING)) == 1


def test_words_of_titles_are_never_cut() -> None:
    columns = fitted_columns(("", "Socle enseignant", "n.c."), [("Aude", "1", "2")], BODY, 120.0)
    assert len(wrap("enseignant", styles().label, columns[1].width - 2 * PADDING)) == 1


def test_figures_go_right_and_words_left() -> None:
    rows = [("Aude", "12 %", "lecture", "n.c."), ("Gard", "", "maths", "3")]
    columns = fitted_columns(("a", "b", "c", "d"), rows, BODY)
    assert [column.align for column in columns] == ["left", "right", "left", "right"]
    told = fitted_columns(("a", "b"), [("x", "1")], BODY, aligned=("left", "centre"))
    assert [column.align for column in told] == ["left", "centre"]


def test_lean_columns_leave_the_rest_to_the_first() -> None:
    rows = [("Aude", "12", "34")]
    first, second, third = fitted_columns(("a", "b", "c"), rows, BODY, lean=True)
    assert second.width == third.width < 30
    assert first.width > WIDTH / 2


def test_a_table_without_rows_has_columns_too() -> None:
    columns = fitted_columns(("a", "b"), [], BODY)
    assert sum(column.width for column in columns) == pytest.approx(WIDTH)
