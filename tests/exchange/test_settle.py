"""Settling a conflict by an answer: its reason goes with it, on every device."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from numecole_desktop.domain.journal import RecordKind
from numecole_desktop.domain.problem import Problem
from numecole_desktop.services import conflict_list, declarations, entry
from numecole_desktop.services.undo import acting, take_back
from numecole_desktop.services.workspace import Workspace, finished
from tests.conftest import SCHOOLS, YEAR
from tests.exchange.posts import Post, posts
from tests.services.support import assert_sound, everything

UAI = SCHOOLS[0][0]
WHY = "Compté sur place"


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[list[Post]]:
    """Léa and the office, who answered A1 differently; each knows both answers."""
    lea, office = found = posts(tmp_path / "posts", "lea", "bureau")
    enter(lea, A1=4, B1=3)
    enter(office, A1=5)
    exchange(found, tmp_path)
    yield found
    for post in found:
        post.close()


def enter(post: Post, **answers: int) -> None:
    form = declarations.open_form(post.workspace, UAI, YEAR)
    declarations.save_answers(post.workspace, form, answers)


def exchange(found: list[Post], folder: Path) -> None:
    for one in found:
        sent = one.send(folder)
        for other in found:
            if other is not one:
                other.take(sent)


def disputed(workspace: Workspace) -> tuple[str, ...]:
    return declarations.open_form(workspace, UAI, YEAR).disputed


def last_note(workspace: Workspace) -> str:
    history = workspace.projection.folding.history((UAI, str(YEAR)), RecordKind.DECLARATION)
    return history[-1][1].note


def test_an_answer_with_a_reason_settles_everywhere(pair: list[Post], tmp_path: Path) -> None:
    lea, office = pair
    assert disputed(lea.workspace) == ("A1",)
    form = declarations.open_form(lea.workspace, UAI, YEAR)
    saved = declarations.settle_answer(lea.workspace, form, "A1", 7, f" {WHY} ")
    assert saved.form.disputed == ()
    assert saved.form.declaration.answers["A1"] == 7
    exchange(pair, tmp_path / "suite")
    for post in pair:
        assert disputed(post.workspace) == ()
        assert last_note(post.workspace) == WHY
        assert_sound(post.workspace)
    assert office.shown() == lea.shown()


@pytest.mark.parametrize(
    ("code", "reason", "said"), [("A1", " ", "pourquoi"), ("B1", WHY, "déjà tranché")]
)
def test_no_reason_or_no_conflict_is_refused(
    pair: list[Post], code: str, reason: str, said: str
) -> None:
    workspace = pair[0].workspace
    form = declarations.open_form(workspace, UAI, YEAR)
    before = everything(workspace)
    with pytest.raises(Problem, match=said):
        declarations.settle_answer(workspace, form, code, 7, reason)
    assert everything(workspace) == before


def test_texts_settle_with_a_note_only(pair: list[Post]) -> None:
    workspace = pair[0].workspace
    before = everything(workspace)
    for values in (["A1=7", "B1=2"], ["B1=2", "A1="]):
        with pytest.raises(Problem, match=r"A1 est en désaccord.*--note"):
            entry.enter(workspace, UAI, YEAR, values)
        assert everything(workspace) == before
    entry.enter(workspace, UAI, YEAR, ["A1=7", "B1=2"], note=WHY)
    assert disputed(workspace) == ()
    assert last_note(workspace) == WHY
    held = declarations.open_form(workspace, UAI, YEAR).declaration
    assert (held.answers["A1"], held.answers["B1"]) == (7, 2)


def declared(workspace: Workspace) -> tuple[str, object]:
    held = declarations.open_form(workspace, UAI, YEAR).declaration
    return held.status.value, held.answers["A1"]


def units(workspace: Workspace) -> list[str]:
    return [one.unit for one in conflict_list.conflicts(workspace)]


@pytest.fixture
def against(tmp_path: Path) -> Iterator[list[Post]]:
    """Léa submitted A1 = 4; the office has a draft with A1 = 5 and C1 = 2 instead of 1."""
    lea, office = found = posts(tmp_path / "posts", "lea", "bureau")
    enter(lea, A1=4, B1=4, B3=4, C1=1)
    declarations.submit(lea.workspace, declarations.open_form(lea.workspace, UAI, YEAR))
    enter(office, A1=5, B1=4, C1=2)
    exchange(found, tmp_path)
    assert units(office.workspace) == ["A1", "C1", "status"]
    yield found
    for post in found:
        post.close()


def choose(post: Post, unit: str, value: str) -> None:
    found = next(one for one in conflict_list.conflicts(post.workspace) if one.unit == unit)
    place = [choice.value for choice in found.choices].index(value)
    conflict_list.settle(post.workspace, found, WHY, choice=place + 1)


@pytest.mark.parametrize(
    ("chosen", "state"),
    [(("4", "1"), "submitted"), (("5", "1"), "draft"), (("4", "2"), "draft")],
)
def test_the_state_is_settled_with_the_last_answer(
    against: list[Post], tmp_path: Path, chosen: tuple[str, str], state: str
) -> None:
    lea, office = against
    choose(office, "A1", chosen[0])
    assert units(office.workspace) == ["C1", "status"]
    choose(office, "C1", chosen[1])
    assert units(office.workspace) == []
    assert declared(office.workspace) == (state, int(chosen[0]))
    exchange(against, tmp_path / "suite")
    assert units(lea.workspace) == []
    assert declared(lea.workspace) == (state, int(chosen[0]))
    assert_sound(lea.workspace)


def test_the_state_can_still_be_settled_first(against: list[Post]) -> None:
    office = against[1]
    choose(office, "status", "validée")
    choose(office, "A1", "5")
    choose(office, "C1", "2")
    assert units(office.workspace) == []
    assert declared(office.workspace) == ("submitted", 5)


def test_taking_the_last_settlement_back_opens_both_again(against: list[Post]) -> None:
    office = against[1]
    choose(office, "A1", "4")
    _, act = acting(office.workspace, partial(choose, office, "C1", "1"))
    assert act is not None
    finished(take_back(office.workspace, act))
    assert units(office.workspace) == ["C1", "status"]


def test_a_new_answer_in_the_form_leaves_a_draft(against: list[Post]) -> None:
    office = against[1]
    choose(office, "C1", "1")
    form = declarations.open_form(office.workspace, UAI, YEAR)
    saved = declarations.settle_answer(office.workspace, form, "A1", 6, WHY)
    assert units(office.workspace) == []
    assert saved.form.declaration.status.value == "draft"
