"""Settling a conflict, and undoing."""

from __future__ import annotations

import pytest

from numecole_desktop.domain.arbitration import Restored, arbitrated, undoing
from numecole_desktop.domain.journal import Source
from numecole_desktop.domain.merge import Writing, alternatives, merged
from numecole_desktop.domain.problem import Problem
from tests.domain.test_merge import A1, RULES, wrote

CONFLICT = alternatives([A1, wrote("b1", "", A1=5)], RULES)


@pytest.mark.parametrize("chosen", [4, 5, 7, None])
def test_a_conflict_is_settled_by_one_of_its_values_or_another(chosen: int | None) -> None:
    cells = arbitrated(
        ("A1",), CONFLICT, {"A1": chosen}, reason="vu", context={"a": 1, "b": 1}, label="A1"
    )
    assert cells == {"A1": chosen}
    event = Writing(("c", 1), {"a": 1, "b": 1}, Source.OBSERVED, cells)
    ((head,),) = merged([A1, wrote("b1", "", A1=5), event], RULES)["A1",]
    assert head.dot == ("c", 1)


@pytest.mark.parametrize(
    ("writers", "reason", "context", "message"),
    [
        ("a", "vu", {"a": 1}, "Il n’y a pas de désaccord à trancher sur « A1 »."),
        ("ab", " ", {"a": 1, "b": 1}, "Dites pourquoi vous retenez cette valeur pour « A1 » : "),
        ("ab", "vu", {"a": 1}, "Une autre valeur est arrivée pour « A1 » depuis l’affichage : "),
    ],
)
def test_what_cannot_be_settled(
    writers: str, reason: str, context: dict[str, int], message: str
) -> None:
    groups = alternatives([wrote(f"{w}1", "", A1=ord(w)) for w in writers], RULES)
    with pytest.raises(Problem) as refused:
        arbitrated(("A1",), groups, {"A1": 4}, reason=reason, context=context, label="A1")
    assert message in str(refused.value).replace("\u00a0", " ")


B1 = wrote("b1", "a1", A1=5)
UNDONE: dict[str, tuple[list[Writing], str, list[Restored], list[str]]] = {
    "the value of before": ([A1, B1], "b1", [Restored("declared", {"A1": 4})], []),
    "what was not filled in": ([A1], "a1", [Restored("declared", {"A1": None})], []),
    "written since": ([A1, B1, wrote("c1", "a1 b1", A1=6)], "b1", [], ["A1"]),
    "written elsewhere meanwhile": ([A1, B1, wrote("c1", "a1", A1=6)], "b1", [], ["A1"]),
    "replaced already": ([A1, B1], "a1", [], ["A1"]),
    "both at once": ([A1, B1], "a1 b1", [Restored("declared", {"A1": None})], []),
    "not concerned": (
        [A1, wrote("b1", "a1", B1=1)],
        "b1",
        [Restored("declared", {"B1": None})],
        [],
    ),
    "an arbitration opens the conflict again": (
        [A1, wrote("b1", "", Source.IMPORTED, A1=5), wrote("c1", "a1 b1", Source.OBSERVED, A1=6)],
        "c1",
        [Restored("declared", {"A1": 4}), Restored("imported", {"A1": 5})],
        [],
    ),
    "so does one between two writers alike": (
        [A1, wrote("b1", "", A1=5), wrote("c1", "a1 b1", A1=5)],
        "c1",
        [Restored("declared", {"A1": 4}), Restored("declared", {"A1": 5})],
        [],
    ),
    "a group goes back whole": (
        [
            wrote("a1", "", status="submitted", submitted_at="monday"),
            wrote("b1", "a1", status="draft", A1=3),
        ],
        "b1",
        [Restored("declared", {"status": "submitted", "submitted_at": "monday", "A1": None})],
        [],
    ),
}


@pytest.mark.parametrize("name", UNDONE)
def test_undoing_is_new_events(name: str) -> None:
    history, undone, events, kept = UNDONE[name]
    found = undoing(history, {(dot[0], int(dot[1:])) for dot in undone.split()}, RULES)
    assert list(found.events) == events
    assert [unit[0] for unit in found.kept] == kept
