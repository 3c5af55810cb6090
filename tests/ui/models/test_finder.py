"""Which answers come first, on rows made up for it."""

from hypothesis import given
from hypothesis import strategies as st

from numecole_desktop.domain.french import fold
from numecole_desktop.services.school_list import SchoolRow
from numecole_desktop.ui.models.finder import (
    BEGINS,
    EXACT,
    HOLDS,
    WORDS,
    Entry,
    Query,
    best_entries,
    best_schools,
)

MOST = 20


def school(
    uai: str, name: str, commune: str, *, public: bool = True, is_open: bool = True
) -> SchoolRow:
    folded = f"{uai.lower()} {fold(f'{name} {commune} Limoux 11300')}"
    return SchoolRow(
        uai, name, "", commune, "Limoux", "Aude", "", public, is_open, "", None, "", folded
    )


ROWS = (
    school("0110001A", "École de Limoux-la-Vallée", "Alet"),
    school("0110002B", "École Jean Jaurès", "Limoux", public=False),
    school("0110003C", "École Léon Blum", "Limoux"),
    school("0110004D", "Ferry", "Quillan"),
    school("1101100E", "Écoles du Quilla", "Espéraza", is_open=False),
)
COMMUNES = {row.commune: fold(row.commune) for row in ROWS}


def found(text: str) -> list[tuple[int, str]]:
    best, _ = best_schools(ROWS, Query(text), COMMUNES, MOST)
    return [(rank, row.uai[3:7]) for rank, row in best]


def test_schools_of_the_very_commune_then_open_and_public_ones() -> None:
    assert found("Limoux") == [
        *((EXACT, "0003"), (EXACT, "0002")),
        *((WORDS, "0001"), (WORDS, "0004"), (WORDS, "1100")),
    ]


def test_a_name_that_begins_so_comes_before_a_word_inside() -> None:
    assert found("fer") == [(BEGINS, "0004")]
    assert found("quilla") == [(BEGINS, "0004"), (WORDS, "1100")]
    assert found("uilla") == [(HOLDS, "0004"), (HOLDS, "1100")]


def test_a_part_of_a_uai_looks_nowhere_else() -> None:
    assert found("0110 003 c") == [(EXACT, "0003")]
    assert found("110004d") == [(HOLDS, "0004")]
    assert found("01100")[0] == (BEGINS, "0001")
    assert [uai for _, uai in found("11300")] == ["0001", "0003", "0004", "0002", "1100"]


@given(st.text(alphabet="aeilmoux01 '-É", max_size=8).filter(fold))
def test_every_school_that_holds_the_words_is_counted(text: str) -> None:
    query = Query(text)
    best, count = best_schools(ROWS, query, COMMUNES, MOST)
    held = {row.uai for row in ROWS if all(word in row.folded for word in query.words)}
    held_uai = {row.uai for row in ROWS if query.uai and query.uai in row.folded}
    assert {row.uai for _, row in best} == (held_uai or held)
    assert count == len(best)
    assert [rank for rank, _ in best] == sorted(rank for rank, _ in best)


def test_no_more_than_asked_and_the_best_of_them() -> None:
    entries = [Entry(str(n), f"Commune {n}", also="limoux") for n in range(30)]
    entries.append(Entry("x", "Limoux"))
    best = best_entries(entries, Query("limoux"), 3)
    assert [(rank, entry.code) for rank, entry in best] == [
        (EXACT, "x"),
        (WORDS, "0"),
        (WORDS, "1"),
    ]
