"""The one thread of the base: order, outcomes, progress, cancelling, exchange of bases."""

import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, QObject, QTimer
from pytestqt.qtbot import QtBot

from numecole_desktop.domain.problem import Problem
from numecole_desktop.services.workspace import Job, Progress, Workspace
from numecole_desktop.ui.tasks import CrashError, Tasks


@pytest.fixture
def tasks(qtbot: QtBot, base_path: Path) -> Iterator[Tasks]:
    made = Tasks(partial(Workspace.open, base_path))
    yield made
    assert made.close(10)


class Heard(QObject):
    """Remembers what it is told, and on which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.values: list[object] = []
        self.threads: set[int] = set()

    def hear(self, *values: object) -> None:
        self.values.extend(values)
        self.threads.add(threading.get_ident())


def count(total: int, seen: list[int]) -> Job[str]:
    """A job of ``total`` steps that says in ``seen`` how far it went."""
    try:
        for done in range(total):
            seen.append(done)
            yield Progress(done, total, f"{done}")
        return "fini"
    finally:
        seen.append(-1)


def test_orders_run_in_turn_on_one_thread_and_answer_on_the_window_s(
    tasks: Tasks, qtbot: QtBot
) -> None:
    heard = Heard()
    workers: set[int] = set()

    def work(number: int, _: Workspace) -> int:
        workers.add(threading.get_ident())
        return number

    for number in range(20):
        tasks.run(partial(work, number), heard.hear)
    qtbot.waitUntil(lambda: len(heard.values) == 20)
    assert heard.values == list(range(20))
    assert heard.threads == {threading.get_ident()}
    assert len(workers) == 1
    assert workers.isdisjoint(heard.threads)


def test_what_is_called_is_freed_on_the_window_s_thread(tasks: Tasks, qtbot: QtBot) -> None:
    freed: list[int] = []

    class Answer:
        def __call__(self, _: object) -> None:
            pass

        def __del__(self) -> None:
            freed.append(threading.get_ident())

    for _ in range(20):
        tasks.run(lambda _: None, Answer())
    qtbot.waitUntil(lambda: len(freed) == 20)
    assert set(freed) == {threading.get_ident()}


def test_a_refusal_reaches_the_caller(tasks: Tasks, qtbot: QtBot) -> None:
    heard = Heard()

    def refuse(_: Workspace) -> None:
        raise Problem("Disque plein.")

    tasks.run(refuse, None, heard.hear)
    qtbot.waitUntil(lambda: bool(heard.values))
    assert str(heard.values[0]) == "Disque plein."


def test_a_refusal_that_nobody_awaits_is_announced(tasks: Tasks, qtbot: QtBot) -> None:
    def refuse(_: Workspace) -> None:
        raise Problem("Disque plein.")

    with qtbot.waitSignal(tasks.refused) as told:
        tasks.run(refuse)
    assert str(told.args[0]) == "Disque plein."


def test_a_bug_is_reported_and_the_caller_gets_a_sentence(tasks: Tasks, qtbot: QtBot) -> None:
    heard = Heard()
    with qtbot.waitSignal(tasks.crashed) as told:
        tasks.run(lambda _: 1 / 0, None, heard.hear)
    qtbot.waitUntil(lambda: bool(heard.values))
    assert isinstance(told.args[0], ZeroDivisionError)
    assert isinstance(heard.values[0], CrashError)
    assert "division" not in str(heard.values[0])


def test_the_answer_to_a_widget_that_is_gone_is_dropped(tasks: Tasks, qtbot: QtBot) -> None:
    heard, witness = Heard(), Heard()
    gate = threading.Event()
    tasks.run(lambda _: gate.wait(10), heard.hear)
    values = heard.values
    heard.deleteLater()
    qtbot.wait(10)
    del heard
    gate.set()
    tasks.run(lambda _: 1, witness.hear)
    qtbot.waitUntil(lambda: bool(witness.values))
    assert values == []


def test_a_job_tells_its_progress_then_its_result(tasks: Tasks, qtbot: QtBot) -> None:
    progress, done = Heard(), Heard()
    seen: list[int] = []
    tasks.start(lambda _: count(5, seen), progress=progress.hear, done=done.hear)
    qtbot.waitUntil(lambda: bool(done.values))
    assert done.values == ["fini"]
    assert [p.done for p in progress.values] == [0, 1, 2, 3, 4]  # type: ignore[attr-defined]


def test_a_cancelled_job_stops_at_its_next_step(tasks: Tasks, qtbot: QtBot) -> None:
    done, stopped = Heard(), Heard()
    seen: list[int] = []
    gate = threading.Event()

    def slow(_: Workspace) -> Job[str]:
        for step in count(1000, seen):
            yield step
            gate.wait(10)
        return "fini"

    running = tasks.start(slow, done=done.hear, cancelled=partial(stopped.hear, "annulé"))
    qtbot.waitUntil(lambda: len(seen) == 1)
    running.cancel()
    gate.set()
    qtbot.waitUntil(lambda: bool(stopped.values))
    assert done.values == []
    assert seen in ([0, -1], [0, 1, -1])


def test_a_job_that_fails_says_so_once(tasks: Tasks, qtbot: QtBot) -> None:
    done, failed = Heard(), Heard()

    def job(_: Workspace) -> Job[str]:
        yield Progress(0, 0, "")
        raise Problem("Fichier illisible.")

    tasks.start(job, done=done.hear, failed=failed.hear)
    qtbot.waitUntil(lambda: bool(failed.values))
    assert [str(p) for p in failed.values] == ["Fichier illisible."]
    assert done.values == []


def test_another_base_takes_the_place_of_the_former(
    tasks: Tasks, qtbot: QtBot, tmp_path: Path
) -> None:
    other, heard = tmp_path / "autre.numecole", Heard()
    tasks.run(lambda ws: ws.path, heard.hear)
    tasks.replace(partial(Workspace.open, other), lambda: count(2, []))
    tasks.run(lambda ws: ws.path, heard.hear)
    qtbot.waitUntil(lambda: len(heard.values) == 2)
    assert heard.values[1] == other


def test_a_refused_exchange_opens_the_former_base_again(
    tasks: Tasks, qtbot: QtBot, base_path: Path
) -> None:
    heard = Heard()

    def refuse() -> Job[None]:
        yield Progress(0, 0, "")
        raise Problem("Ce n’est pas une sauvegarde.")

    tasks.replace(partial(Workspace.open, base_path), refuse, failed=heard.hear)
    tasks.run(lambda ws: ws.path, heard.hear)
    qtbot.waitUntil(lambda: len(heard.values) == 2)
    assert str(heard.values[0]) == "Ce n’est pas une sauvegarde."
    assert heard.values[1] == base_path


@pytest.mark.parametrize("steps", [0, 1, 2])
def test_a_cancelled_exchange_opens_the_former_base_again(
    tasks: Tasks, qtbot: QtBot, base_path: Path, tmp_path: Path, steps: int
) -> None:
    done, stopped = Heard(), Heard()
    seen: list[int] = []
    reached, gate = threading.Event(), threading.Event()

    def slow() -> Job[None]:
        for step in count(3, seen):
            yield step
            if len(seen) == steps:
                reached.set()
                gate.wait(10)

    if not steps:
        tasks.run(lambda _: gate.wait(10))
        reached.set()
    other = partial(Workspace.open, tmp_path / "autre.numecole")
    running = tasks.replace(other, slow, done=done.hear, cancelled=partial(stopped.hear, "oui"))
    assert reached.wait(10)
    running.cancel()
    gate.set()
    tasks.run(lambda ws: ws.path, done.hear)
    qtbot.waitUntil(lambda: bool(done.values))
    assert (stopped.values, done.values) == (["oui"], [base_path])


def test_closing_finishes_what_was_asked(qtbot: QtBot, base_path: Path) -> None:
    tasks = Tasks(partial(Workspace.open, base_path))
    seen: list[int] = []
    for number in range(50):
        tasks.run(partial(_append, seen, number))
    assert tasks.close(10)
    assert seen == list(range(50))


def _append(seen: list[int], number: int, _: Workspace) -> None:
    seen.append(number)


def test_what_is_typed_comes_between_two_long_answers(tasks: Tasks, qtbot: QtBot) -> None:
    heard: list[str] = []

    def answer(number: int, _: object) -> None:
        QTimer.singleShot(0, partial(heard.append, f"touche {number}"))
        time.sleep(0.02)
        heard.append(f"réponse {number}")

    for number in range(2):
        tasks.run(lambda _: None, partial(answer, number))
    done = threading.Event()
    tasks.run(lambda _: done.set())
    assert done.wait(10)  # every answer has come before the first one is told
    qtbot.waitUntil(lambda: len(heard) == 4)
    assert heard == ["réponse 0", "touche 0", "réponse 1", "touche 1"]


def test_an_answer_that_opens_an_event_loop_does_not_hold_the_next_one(
    tasks: Tasks, qtbot: QtBot
) -> None:
    loop = QEventLoop()
    heard: list[str] = []

    def wait_for_next(_: object) -> None:
        QTimer.singleShot(5_000, loop.quit)
        loop.exec()
        heard.append("sortie")

    def tell(_: object) -> None:
        heard.append("suivante")
        loop.quit()

    tasks.run(lambda _: None, wait_for_next)
    tasks.run(lambda _: None, tell)
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard == ["suivante", "sortie"]
