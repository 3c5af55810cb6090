"""Which answers come first, on rows made up for it."""

from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numecole_desktop.domain.french import fold
from numecole_desktop.services.school_list import SchoolRow
from numecole_desktop.ui.models import finder
from numecole_desktop.ui.models.finder import (
    BEGINS,
    EXACT,
    HOLDS,
    WORDS,
    Entry,
    Query,
    Steps,
    best_entries,
    best_schools,
)

MOST = 20
T = TypeVar("T")


def result_of(steps: Steps[T]) -> T:
    """The answer of a search, all its steps at once."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: T = end.value
            return result


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
    best, _ = result_of(best_schools(ROWS, Query(text), COMMUNES, MOST))
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
    best, count = result_of(best_schools(ROWS, query, COMMUNES, MOST))
    held = {row.uai for row in ROWS if all(word in row.folded for word in query.words)}
    held_uai = {row.uai for row in ROWS if query.uai and query.uai in row.folded}
    assert {row.uai for _, row in best} == (held_uai or held)
    assert count == len(best)
    assert [rank for rank, _ in best] == sorted(rank for rank, _ in best)


LETTERS = "aelq0 "


@st.composite
def many_schools(draw: st.DrawFn) -> list[SchoolRow]:
    words = st.text(alphabet=LETTERS, min_size=1, max_size=5).filter(str.strip)
    return [
        school(
            f"{place:07}{'aelq'[place % 4]}",
            draw(words),
            draw(words),
            public=draw(st.booleans()),
            is_open=draw(st.booleans()),
        )
        for place in range(draw(st.integers(0, 25)))
    ]


def plain(rows: list[SchoolRow], query: Query) -> tuple[list[tuple[int, str]], int]:
    """The same search written plainly: every answer ranked, then sorted."""
    communes = {row.commune: fold(row.commune) for row in rows}

    def rank(row: SchoolRow) -> int:
        commune, name = communes[row.commune], row.folded[9:]
        typed = query.uai or query.phrase
        if len(query.phrase) > 1 and (row.folded[:8] == typed or commune == query.phrase):
            return EXACT
        texts = ((row.folded, typed), (name, query.phrase), (commune, query.phrase))
        if any(text.startswith(start) for text, start in texts):
            return BEGINS
        begin = all(f" {word}" in row.folded for word in query.words)
        return WORDS if begin and len(query.phrase) > 1 else HOLDS

    hits = [row for row in rows if query.uai and query.uai in row.folded]
    hits = hits or [row for row in rows if all(word in row.folded for word in query.words)]
    order = sorted(hits, key=lambda row: (rank(row), not (row.open and row.public and row.mine)))
    return [(rank(row), row.uai) for row in order], len(hits)


@given(
    many_schools(),
    st.text(alphabet=LETTERS, max_size=5).filter(fold),
    st.integers(1, 6),
    st.integers(1, 30),
)
def test_a_search_by_parts_finds_what_a_plain_one_does(
    rows: list[SchoolRow], text: str, most: int, part: int
) -> None:
    query = Query(text)
    communes = {row.commune: fold(row.commune) for row in rows}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(finder, "_PART", part)
        best, count = result_of(best_schools(rows, query, communes, most))
        entries = [Entry(row.uai, row.name, row.commune) for row in rows]
        listed = result_of(best_entries(entries, query, most))
    wanted, held = plain(rows, query)
    assert [(rank, row.uai) for rank, row in best] == wanted[:most]
    assert count == held
    holding = [e for e in entries if all(word in e.folded for word in query.words)]
    ranked = [(query.rank(e.folded_title, e.folded), e) for e in holding]
    assert listed == sorted(ranked, key=lambda found: found[0])[:most]


def test_no_more_than_asked_and_the_best_of_them() -> None:
    entries = [Entry(str(n), f"Commune {n}", also="limoux") for n in range(30)]
    entries.append(Entry("x", "Limoux"))
    best = result_of(best_entries(entries, Query("limoux"), 3))
    assert [(rank, entry.code) for rank, entry in best] == [
        (EXACT, "x"),
        (WORDS, "0"),
        (WORDS, "1"),
    ]
