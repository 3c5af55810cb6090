"""Compact heads of a record say as much as heads field by field."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from numecole_desktop.domain.heads import RecordHeads


def test_a_record_written_by_one_event_is_one_number() -> None:
    heads = RecordHeads().after(7, ["A1", "B1"], [])
    assert RecordHeads.compact(7, heads, ["A1", "B1"]) == RecordHeads(7)


def test_rows_stored_before_merging_are_read() -> None:
    heads = RecordHeads.read(9, {"A1": 3, "B1": [4, 8]})
    assert heads.of("A1", held=True) == (3,)
    assert heads.of("B1", held=True) == (4, 8)
    assert heads.of("C1", held=True) == (9,)
    assert heads.of("C2", held=False) == ()
    assert heads.shared() == {"B1": (4, 8)}
    assert heads.stored() == {"A1": 3, "B1": [4, 8]}
    assert RecordHeads.read(9, None) == RecordHeads(9)


def test_what_was_not_seen_stays_beside_what_is_written() -> None:
    heads = RecordHeads.read(9, {"A1": [3, 4]})
    assert heads.after(10, ["A1"], ["A1"], lambda number: number == 3)["A1"] == (4, 10)
    assert heads.after(10, ["A1"], ["A1"])["A1"] == (10,)


def test_a_field_that_was_emptied_remembers_by_whom() -> None:
    heads = RecordHeads.compact(2, RecordHeads(1).after(2, ["A1"], ["A1", "B1"]), ["B1"])
    assert heads == RecordHeads(2, {"B1": (1,), "A1": (2,)})
    again = heads.after(3, ["A1"], ["B1"], lambda _: False)
    assert again["A1"] == (2, 3)


fields = st.sampled_from(["A1", "B1", "C1", "D1"])
writes = st.lists(
    st.tuples(
        st.dictionaries(fields, st.sampled_from([None, 1]), min_size=1),
        st.frozensets(st.integers(1, 9)),
    ),
    max_size=9,
)


@given(writes)
def test_compact_heads_lose_nothing(
    events: list[tuple[dict[str, int | None], frozenset[int]]],
) -> None:
    compact = RecordHeads()
    values: dict[str, int | None] = {}
    plain: dict[str, tuple[int, ...]] = {}
    for number, (cells, seen) in enumerate(events, 1):
        held = [name for name, value in values.items() if value]
        after = compact.after(number, cells, held, seen.__contains__)
        for name in cells:
            plain[name] = (*(h for h in plain.get(name, ()) if h not in seen), number)
        values |= cells
        held = [name for name, value in values.items() if value]
        compact = RecordHeads.compact(number, after, held)
        compact = RecordHeads.read(compact.head, compact.stored())
        assert {n: compact.of(n, held=bool(values[n])) for n in plain} == plain
