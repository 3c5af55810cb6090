"""A block of new declarations gives the rows that it would give one by one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numecole_desktop.domain.journal import ABSENT, Event, RecordKind, Source, Value
from numecole_desktop.referentials.catalogue import Catalogue
from numecole_desktop.services.derived import rules_of
from numecole_desktop.storage import declaration_rows
from numecole_desktop.storage.engine import memory_base
from numecole_desktop.storage.projection import Projection

CODES = ("A1", "A2", "A4", "B1", "B2", "B3", "C1", "C2", "C3", "D1")
RULES = rules_of(Catalogue())
_CELL = st.one_of(
    st.integers(0, 6),
    st.integers(-1, 30),
    st.booleans(),
    st.sampled_from([None, ABSENT, "FIBRE", "été\n", ("A", "B")]),
)
_STATUS = st.sampled_from(["submitted", "draft", None, ABSENT])


def applied(events: list[Event]) -> list[tuple[object, ...]]:
    connection = memory_base()
    try:
        for seq, event in enumerate(events, start=1):
            Projection(connection, RULES).apply(seq, event)
        return [
            *connection.execute("SELECT * FROM declaration ORDER BY uai, year"),
            *connection.execute("SELECT * FROM declared_year WHERE declarations <> 0"),
        ]
    finally:
        connection.close()


def event(fields: list[str], rows: list[tuple[Value, ...]]) -> Event:
    return Event(
        "j",
        1,
        "",
        {},
        "op",
        "2024-03-05T10:42:00+00:00",
        RecordKind.DECLARATION,
        ("uai", "year", *fields),
        tuple(rows),
        Source.IMPORTED,
    )


@st.composite
def events(draw: st.DrawFn) -> Event:
    codes = draw(st.lists(st.sampled_from(CODES), unique=True))
    status = draw(st.booleans())
    year = draw(st.sampled_from(["2023-2024", "2001-2002"]))
    size = draw(st.integers(2, 6))
    cells = st.tuples(*[_CELL] * len(codes), *[_STATUS] * status)
    rows = [(f"011016{i}P", year, *draw(cells)) for i in range(size)]
    return event([*codes, *["status"] * status], rows)


@given(given_event=events())
def test_a_block_and_its_rows_one_by_one_agree(given_event: Event) -> None:
    block = applied([given_event])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(declaration_rows, "_only_creates", lambda _event: False)
        assert applied([given_event]) == block


def test_a_count_that_is_none_gives_no_index() -> None:
    fields = ["A1", "B1", "B2", "C1", "C2", "C3", "status"]
    rows: list[tuple[Value, ...]] = [
        ("0110160P", "2023-2024", 4, 4, 4, 1, 0, 0, "submitted"),
        ("0110161R", "2023-2024", 4, -1, 4, 1, 0, 0, "submitted"),
        ("0110182N", "2023-2024", 0, 4, 4, 1, 0, 0, "submitted"),
    ]
    found = applied([event(fields, rows)])
    assert [row[6:10] for row in found[:3]] == [
        (4, 4, 4, 3),
        (4, None, 4, None),
        (None, None, None, None),
    ]


def test_a_declaration_twice_in_an_event_is_one() -> None:
    rows: list[tuple[Value, ...]] = [
        ("0110160P", "2023-2024", 4, "draft"),
        ("0110160P", "2023-2024", 5, ABSENT),
    ]
    declaration, years = applied([event(["A1", "status"], rows)])
    assert declaration[:4] == ("0110160P", 2023, "draft", '{"A1":5}')
    assert years == (2023, 1)


def test_a_year_that_loses_its_declarations_is_no_longer_held() -> None:
    rows: list[tuple[Value, ...]] = [(u, "2023-2024", 4, "draft") for u in ("0110160P", "0110161R")]
    cleared: list[tuple[Value, ...]] = [(*row[:2], None, None) for row in rows]
    created = event(["A1", "status"], rows)
    assert applied([created])[-1] == (2023, 2)
    assert applied([created, event(["A1", "status"], cleared)]) == []
