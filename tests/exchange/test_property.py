"""Three real bases, whatever happens to their files: equal at the end, and nothing was lost."""

from __future__ import annotations

import gzip
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from numecole_desktop.domain.causality import Dot
from numecole_desktop.domain.questionnaire import Answer
from numecole_desktop.services import (
    conflict_list,
    declarations,
    exchange_state,
    maintenance,
    undo_steps,
)
from numecole_desktop.services.declarations import FormState
from numecole_desktop.services.workspace import finished
from tests.conftest import SCHOOLS, YEAR
from tests.exchange.facts import bodies, shown_values, values
from tests.exchange.posts import Post, copied, posts, quick_keys
from tests.services.support import replayed, state

NAMES = ("lea", "marc", "bureau")
UAIS = tuple(school[0] for school in SCHOOLS[:2])
OFTEN = {"conflicts": 30, "restores": 10, "races": 10, "clones": 1, "undone": 1}
"""Percentage of runs that must meet each, else the property proves nothing (spec 5.5)."""

RUNS = settings(
    max_examples=30,
    stateful_step_count=20,
    deadline=None,
    # Shrinking a schedule over real bases takes many minutes: it is shown as it was drawn.
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=list(HealthCheck),
)

who = st.integers(0, 5)
uais = st.sampled_from(UAIS)
changes = st.dictionaries(
    st.sampled_from(["A1", "B1", "A7"]), st.integers(0, 3), min_size=1, max_size=2
)


def answers(drawn: dict[str, int]) -> dict[str, Answer | None]:
    """Numbers as answers; 0 clears."""
    return {
        code: (n > 1 if code == "A7" else n) if n else None for code, n in sorted(drawn.items())
    }


class Exchange(RuleBasedStateMachine):
    """Posts, the files between them, and what each was told to be saved."""

    template: Path
    met: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=self.template.parent))
        self.posts = copied(self.template, self.folder / "posts", *NAMES)
        self.forms: dict[tuple[Post, str], FormState] = {}
        self.cards = dict.fromkeys(post.card() for post in self.posts)
        self.files: list[Path] = []
        self.copies: list[tuple[Post, Path, frozenset[Dot]]] = []
        self.saved: dict[Post, set[Dot]] = {post: set() for post in self.posts}
        self.settled: set[tuple[str, str, str]] = set()
        self.said: list[str] = []
        self.marks: set[str] = {"runs"}

    def remember(self, post: Post) -> None:
        """What was just written was said to be saved."""
        writer = post.workspace.writer
        self.saved[post].add((writer.journal, writer.last[0]))

    def post(self, number: int) -> Post:
        return self.posts[number % len(self.posts)]

    # -- people --------------------------------------------------------------------------------

    @rule(number=who, uai=uais)
    def open_a_form(self, number: int, uai: str) -> None:
        post = self.post(number)
        self.forms[post, uai] = declarations.open_form(post.workspace, uai, YEAR)

    @rule(number=who, uai=uais, drawn=changes, fresh=st.booleans())
    def edit(self, number: int, uai: str, drawn: dict[str, int], fresh: bool) -> None:
        """In the form that is open, perhaps for long, or in a new one."""
        post = self.post(number)
        if fresh or (post, uai) not in self.forms:
            self.forms[post, uai] = declarations.open_form(post.workspace, uai, YEAR)
        form = self.forms[post, uai]
        before = post.workspace.writer.last
        self.forms[post, uai] = declarations.save_answers(post.workspace, form, answers(drawn)).form
        if post.workspace.writer.last != before:
            self.remember(post)

    @rule(number=who, choice=st.integers(0, 3))
    def settle(self, number: int, choice: int) -> None:
        post = self.post(number)
        for found in conflict_list.conflicts(post.workspace)[:1]:
            place = choice % len(found.choices) + 1
            conflict_list.settle(post.workspace, found, "Compté sur place", choice=place)
            self.remember(post)
            settled = (found.uai, found.unit, found.choices[place - 1].value)
            rivals = {value for uai, unit, value in self.settled if (uai, unit) == settled[:2]}
            self.marks |= {"races"} if rivals - {settled[2]} else set()
            self.settled.add(settled)

    @rule(first=who, further=st.integers(1, 2), uai=uais, value=st.integers(1, 3), rest=who)
    def disagree(self, first: int, further: int, uai: str, value: int, rest: int) -> None:
        """Two people answer differently, tell each other, and mostly both settle it."""
        second = first + further
        for number, answer in ((first, value), (second, value + 1)):
            self.edit(number, uai, {"A1": answer}, fresh=True)
        self.trade(first, second)
        if rest:
            self.settle(first, 0)
            self.settle(second, 1)

    @rule(number=who, back=st.booleans())
    def undo(self, number: int, back: bool) -> None:
        """The last batch is undone; with ``back`` it is put back, and undone once more."""
        post = self.post(number)
        for line in exchange_state.receipts(post.workspace)[:1]:
            if not line.undone:
                taken = finished(undo_steps.undo_taken_in(post.workspace, line.hash))
                self.marks.add("undone")
                if back and taken.again is not None:
                    finished(taken.again(post.workspace))
                    finished(undo_steps.undo_taken_in(post.workspace, line.hash))

    @rule(number=who, further=st.integers(1, 2), uai=uais)
    def take_back(self, number: int, further: int, uai: str) -> None:
        """What somebody sends is taken in, then undone as one."""
        self.edit(number, uai, {"B1": 1}, fresh=True)
        self.trade(number, number + further)
        self.undo(number + further, back=True)

    # -- files ---------------------------------------------------------------------------------

    @rule(number=who, lost=st.integers(0, 4))
    def send(self, number: int, lost: int) -> None:
        path = self.post(number).send(self.folder / "usb" / str(len(self.files)))
        if lost:
            self.files.append(path)

    @precondition(lambda self: self.files)
    @rule(number=who, which=st.integers(0, 9), worn=st.sampled_from(["as is", "renamed", "gzip"]))
    def take(self, number: int, which: int, worn: str) -> None:
        """Any file, the newest most often, several times perhaps."""
        path = self.files[-1 - which % len(self.files)]
        if worn != "as is":
            copy = path.with_name("Copie (2) de lot.JSON.txt")
            copy.write_bytes(
                gzip.compress(path.read_bytes()) if worn == "gzip" else path.read_bytes()
            )
            path = copy
        self.receive(self.post(number), path)

    @rule(first=who, second=who)
    def trade(self, first: int, second: int) -> None:
        """A file each way."""
        one, other = self.post(first), self.post(second)
        for sender, receiver in ((one, other), (other, one)):
            self.receive(receiver, sender.send(self.folder / "usb" / "trade"))

    @rule(number=who)
    def meet(self, number: int) -> None:
        """Every card given out until now, its own former ones too: each journal has its own."""
        self.post(number).meet(*self.cards)

    def receive(self, post: Post, path: Path) -> None:
        report = post.take(path)
        self.said += report.sentences
        self.marks |= {"conflicts"} if report.conflicts else set()
        self.marks |= {"waiting"} if report.waiting else set()
        self.marks |= {"set aside"} if report.set_aside or report.refused else set()

    # -- accidents -----------------------------------------------------------------------------

    @rule(number=who)
    def keep_a_copy(self, number: int) -> None:
        post = self.post(number)
        held = frozenset(post.events())
        post.close()
        copy = self.folder / f"copie-{len(self.copies)}"
        shutil.copyfile(post.base, copy)
        self.copies.append((post, copy, held))

    @precondition(lambda self: self.copies)
    @rule(which=st.integers(0, 9))
    def put_a_copy_back(self, which: int) -> None:
        """The older file over the base, by the file manager: what was entered since is gone."""
        post, copy, held = self.copies[which % len(self.copies)]
        post.close()
        shutil.copyfile(copy, post.base)
        self.forget_forms(post)
        self.saved[post] &= held
        self.marks.add("restores")

    @precondition(lambda self: self.copies and len(self.posts) < 5)
    @rule(which=st.integers(0, 9), same_account=st.booleans())
    def open_a_copy_elsewhere(self, which: int, same_account: bool) -> None:
        """On another computer, or beside the base on the same one."""
        of, copy, _ = self.copies[which % len(self.copies)]
        clone = Post(self.folder / f"clone-{len(self.posts)}", of.name)
        clone.folder.mkdir()
        shutil.copyfile(copy, clone.base)
        if same_account:
            of.close()
            clone.folder = of.folder
        self.posts.append(clone)
        self.saved[clone] = set()
        self.marks.add("clones")

    @rule(number=who, other=who, uai=uais, told=st.booleans())
    def go_back(self, number: int, other: int, uai: str, told: bool) -> None:
        """A copy, work after it that others perhaps received, and the copy back in its place."""
        self.keep_a_copy(number)
        self.edit(number, uai, {"B1": 3}, fresh=True)
        if told:
            self.trade(number, other)
        self.put_a_copy_back(len(self.copies) - 1)
        self.edit(number, uai, {"B1": 2}, fresh=True)

    @precondition(lambda self: len(self.posts) < 5)
    @rule(number=who, uai=uais, same_account=st.booleans())
    def part(self, number: int, uai: str, same_account: bool) -> None:
        """A copy, opened elsewhere: both go on."""
        self.keep_a_copy(number)
        self.open_a_copy_elsewhere(len(self.copies) - 1, same_account)
        for one in (number, len(self.posts) - 1):
            self.edit(one, uai, {"A1": one + 1}, fresh=True)

    @rule(number=who)
    def close(self, number: int) -> None:
        self.post(number).close()
        self.forget_forms(self.post(number))

    def forget_forms(self, post: Post) -> None:
        self.forms = {key: form for key, form in self.forms.items() if key[0] is not post}

    # -- what must hold ------------------------------------------------------------------------

    def teardown(self) -> None:
        try:
            self.everyone_exchanges_everything()
            self.all_is_equal_and_nothing_is_lost()
            self.met.update(self.marks)
        finally:
            for post in self.posts:
                post.close()
            shutil.rmtree(self.folder)

    @invariant()
    def cards_are_given_out(self) -> None:
        """A journal that begins has a key of its own: its owner hands the card out."""
        for post in self.posts:
            if post.is_open:
                self.cards[post.card()] = None

    def everyone_exchanges_everything(self) -> None:
        for post in self.posts:
            self.cards[post.card()] = None
        for post in self.posts:
            post.meet(*self.cards)
        self.round("all")
        self.round("again")
        every = {dot for post in self.posts for dot in post.events()}
        stuck = {journal for post in self.posts for journal, _ in every - post.events().keys()}
        if stuck:
            # Entered on a base that is gone: its copy elsewhere may sign for it once the others
            # no longer trust its key, and they were told.
            assert any("appartient à un autre poste" in sentence for sentence in self.said)
            for post in self.posts:
                post.forget(stuck)
            self.round("mended")
            self.round("again")
            self.marks.add("mended")

    def round(self, name: str) -> None:
        """A whole file from everyone to everyone."""
        for sender in self.posts:
            path = sender.send(self.folder / "usb" / name)
            for post in self.posts:
                if post is not sender:
                    self.receive(post, path)

    def all_is_equal_and_nothing_is_lost(self) -> None:
        first = self.posts[0]
        held = first.events()
        truth = values(bodies(self.posts).values())
        assert [post.events() for post in self.posts] == [held] * len(self.posts)
        for post in self.posts:
            assert not list(post.workspace.base.connection.execute("SELECT 1 FROM held_event"))
            assert post.shown() == first.shown()
            report = finished(maintenance.verify(post.workspace))
            assert report.ok, report.lines
            assert replayed(post.workspace) == state(post.workspace)
            assert self.saved[post] <= held.keys()
            shown = shown_values(post)
            open_conflicts = {
                (uai, year, unit)
                for uai, year, unit in post.workspace.base.connection.execute(
                    "SELECT uai, year, unit FROM conflict WHERE kind = 'declaration'"
                )
            }
            assert open_conflicts == {place for place, found in truth.items() if len(found) > 1}
            assert all(value in truth[place] for place, value in shown.items())
        assert len(set(held.values())) == len(held)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Three posts that know one another."""
    folder = tmp_path_factory.mktemp("exchange")
    with pytest.MonkeyPatch.context() as patch, quick_keys():
        patch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
        patch.setenv("NUMECOLE_DOSSIER", os.devnull)
        patch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
        posts(folder / "template", *NAMES)
        yield folder / "template"


@pytest.mark.slow
def test_three_bases_agree_and_nothing_is_lost(
    template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(template.parent / "config"))

    class Played(Exchange):
        pass

    Played.template, Played.met = template, Counter()
    run_state_machine_as_test(Played, settings=RUNS)
    met = Played.met
    shares = {name: 100 * met[name] // met["runs"] for name in (*OFTEN, *sorted(met))}
    print("Met in % of runs:", shares)
    assert {name: share for name, share in shares.items() if share < OFTEN.get(name, 0)} == {}
