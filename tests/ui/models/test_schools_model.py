"""The model of the list: a good citizen of Qt, and right about what it shows."""

import random
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from numecole_desktop.domain.french import fold, sort_key
from numecole_desktop.ui.models import schools as columns
from numecole_desktop.ui.models.schools import SchoolFilter, SchoolsModel, rank_rows
from numecole_desktop.ui.widgets.signs import Signs

pytestmark = pytest.mark.usefixtures("qapp")  # signs are pixmaps
ASCENDING, DESCENDING = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


@dataclass(frozen=True)
class Row:
    """What the model reads of a SchoolRow."""

    uai: str
    name: str = "École primaire"
    type_label: str = "École primaire"
    commune: str = "Limoux"
    circonscription: str = "Limoux"
    department: str = "Aude"
    academy: str = "Montpellier"
    public: bool = True
    open: bool = True
    status: str = ""
    index: int | None = None
    declared_year: str = ""
    mine: bool = True

    @property
    def folded(self) -> str:
        return fold(f"{self.uai} {self.name} {self.commune} {self.circonscription}")


COMMUNES = (
    "Limoux",
    "Évreux",
    "Evian",
    "Ouest",
    "Œuf-en-Ternois",
    "Saint-Éloi",
    "L’Isle 10",
    "L’Isle 2",
)


def rows(number: int = 60, seed: int = 7) -> list[Row]:
    chance = random.Random(seed)
    return [
        Row(
            f"{n:07d}A",
            chance.choice(("École Jean-Jaurès", "Ecole du Bourg", "Groupe scolaire Élie Faure")),
            commune=chance.choice(COMMUNES),
            public=chance.random() < 0.8,
            open=chance.random() < 0.9,
            status=chance.choice(("", "draft", "submitted")),
            index=chance.choice((None, 0, 1, 2, 3)),
        )
        for n in range(number)
    ]


def filled(held: list[Row]) -> SchoolsModel:
    model = SchoolsModel(Signs())
    model.set_rows(held)  # type: ignore[arg-type]  # same attributes as SchoolRow
    model.set_ranks(rank_rows(held))  # type: ignore[arg-type]
    return model


def test_the_model_keeps_qt_s_contract(qtmodeltester: ModelTester) -> None:
    model = filled(rows())
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    model.set_text("jaures")
    model.sort(columns.NAME, DESCENDING)
    model.set_filter(SchoolFilter("draft", "all", "all"))
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("column", range(len(columns.HEADERS)))
def test_every_column_sorts_both_ways(column: int) -> None:
    model = filled(rows())
    model.set_filter(SchoolFilter(sector="all", opening="all"))

    def texts() -> list[str]:
        role = Qt.ItemDataRole.EditRole
        return [str(model.index(r, column).data(role)) for r in range(model.rowCount())]

    model.sort(column, ASCENDING)
    ascending = texts()
    model.sort(column, DESCENDING)
    assert texts() == ascending[::-1]
    if column in (columns.COMMUNE, columns.NAME):
        assert ascending == sorted(ascending, key=sort_key)


def test_accents_ligatures_and_numbers_sort_as_french_people_do() -> None:
    held = [Row(f"{n}", commune=name) for n, name in enumerate(COMMUNES)]
    model = filled(held)
    model.sort(columns.COMMUNE)
    shown = [model.row(n).commune for n in range(model.rowCount())]
    assert shown == [
        *("Evian", "Évreux", "L’Isle 2", "L’Isle 10", "Limoux"),
        *("Œuf-en-Ternois", "Ouest", "Saint-Éloi"),
    ]


def test_a_sort_asked_before_the_orders_is_done_when_they_come() -> None:
    held = [Row("2", commune="B"), Row("1", commune="A")]
    model = SchoolsModel(Signs())
    model.set_rows(held)  # type: ignore[arg-type]
    model.sort(columns.COMMUNE)
    assert model.order() == ("2", "1")
    model.set_ranks(rank_rows(held))  # type: ignore[arg-type]
    assert model.order() == ("1", "2")


@pytest.mark.parametrize("way", [ASCENDING, DESCENDING])
def test_equal_values_keep_the_order_of_the_base(way: Qt.SortOrder) -> None:
    model = filled([Row("3"), Row("1"), Row("0", commune="Ajac"), Row("2")])
    model.sort(columns.COMMUNE, way)
    assert [uai for uai in model.order() if uai != "0"] == ["3", "1", "2"]
    assert model.order()[0 if way == ASCENDING else -1] == "0"


@given(
    st.lists(st.sampled_from([-1, *range(10)]), max_size=6),
    st.lists(st.sampled_from(["", "ecole", "ecole l", "limoux", "jaures e", "zzz"]), max_size=6),
)
def test_sorting_and_searching_in_any_order_end_alike(sorts: list[int], texts: list[str]) -> None:
    held = rows(30)
    model = filled(held)
    for column, text in zip(sorts, texts, strict=False):
        model.sort(column)
        model.set_text(text)
    last_text = texts[min(len(sorts), len(texts)) - 1] if sorts and texts else ""
    last_sort = sorts[min(len(sorts), len(texts)) - 1] if sorts and texts else -1
    fresh = filled(held)
    fresh.set_text(last_text)
    fresh.sort(last_sort)
    assert model.order() == fresh.order()


@given(st.lists(st.sampled_from("éE lL’ux oœ1 jJ"), max_size=12))
def test_typing_letter_by_letter_shows_what_searching_at_once_shows(letters: list[str]) -> None:
    typed, held = "".join(letters), rows(40)
    step_by_step = filled(held)
    for length in range(len(typed) + 1):
        step_by_step.set_text(typed[:length])
    at_once = filled(held)
    at_once.set_text(typed)
    words = fold(typed).split()
    expected = tuple(
        row.uai for row in held if row.public and row.open and all(w in row.folded for w in words)
    )
    assert step_by_step.order() == at_once.order() == expected


def test_erasing_letters_brings_rows_back() -> None:
    model = filled(rows())
    everything = model.order()
    model.set_text("bourg limoux")
    assert len(model.order()) < len(everything)
    model.set_text("bo")
    model.set_text("")
    assert model.order() == everything


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        (SchoolFilter(), "ade"),
        (SchoolFilter("all", "all", "all"), "abcde"),
        (SchoolFilter("all", "private", "all"), "b"),
        (SchoolFilter("all", "all", "closed"), "c"),
        (SchoolFilter("submitted", "public", "open"), "d"),
        (SchoolFilter("", "public", "open"), "ae"),
        (SchoolFilter("all", "all", "all", mine=True), "abd"),
        (SchoolFilter(mine=True), "ad"),
    ],
)
def test_buttons_keep_what_they_say(wanted: SchoolFilter, kept: str) -> None:
    model = filled(
        [
            Row("a"),
            Row("b", public=False),
            Row("c", open=False, mine=False),
            Row("d", status="submitted"),
            Row("e", mine=False),
        ]
    )
    model.set_filter(wanted)
    assert "".join(model.order()) == kept


def test_counts_follow_sector_and_opening_not_status() -> None:
    model = filled([Row("a"), Row("b", status="draft"), Row("c", status="draft", public=False)])
    model.set_filter(SchoolFilter("submitted"))
    assert model.counts() == {"": 1, "draft": 1, "submitted": 0, "all": 2}


def test_drawn_columns_have_a_text_for_copies_and_for_screen_readers() -> None:
    model = filled([Row("a", index=2, declared_year="2022-2023", status="draft")])
    index = model.index(0, columns.INDEX)
    assert not index.data(Qt.ItemDataRole.DecorationRole).isNull()
    assert index.data(Qt.ItemDataRole.EditRole) == "2"
    said = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Indice 2 sur 3, déclaration de 2022-2023"
    assert model.index(0, columns.STATUS).data(Qt.ItemDataRole.AccessibleTextRole) == "Brouillon"


def test_a_missing_index_is_never_zero() -> None:
    model = filled([Row("a")])
    assert model.index(0, columns.INDEX).data(Qt.ItemDataRole.EditRole) == "n.c."


@pytest.mark.parametrize(
    ("column", "text", "commune", "index"),
    [(columns.COMMUNE, "evreux", "Évreux", None), (columns.INDEX, ">=2", None, (2, 3))],
)
def test_a_column_keeps_rows_whatever_the_sort_and_the_text(
    column: int, text: str, commune: str | None, index: tuple[int, ...] | None
) -> None:
    model = SchoolsModel(Signs())
    held = rows()
    model.set_rows(held)  # type: ignore[arg-type]  # what the model reads
    model.set_ranks(rank_rows(held))  # type: ignore[arg-type]
    model.set_column_filters({column: text})
    model.set_text("ecole")
    model.sort(columns.NAME, DESCENDING)
    wanted = {
        row.uai
        for row in held
        if (commune is None or row.commune == commune)
        and (index is None or row.index in index)
        and "ecole" in row.folded
        and row.public
        and row.open
    }
    assert set(model.order()) == wanted
    assert model.narrowed
    names = [model.row(place).name for place in range(model.rowCount())]
    assert names == sorted(names, key=sort_key, reverse=True)
    model.set_column_filters({})
    assert set(model.order()) > wanted
    assert not model.narrowed
