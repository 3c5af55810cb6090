"""Long jobs behind a progress bar: over when the command is."""

from __future__ import annotations

import signal

import pytest

from numecole_desktop.cli import output
from numecole_desktop.services.workspace import Job, Progress


def counting(steps: int, over: list[bool]) -> Job[int]:
    """A job of a few steps, which notes when it is over."""
    try:
        for done in range(steps):
            yield Progress(done, steps, "[bold] :x:")
    finally:
        over.append(True)
    return steps


def test_a_job_gives_what_it_returns() -> None:
    over: list[bool] = []
    with output.interruptions_restored():
        assert output.run(counting(3, over)) == 3
    assert over == [True]


def test_an_interrupted_job_is_over_before_the_base_is_closed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("rich.progress.Progress.update", interrupted)
    over: list[bool] = []
    job = counting(3, over)
    with pytest.raises(KeyboardInterrupt):
        output.run(job)
    assert over == [True]


def test_what_is_done_is_not_interrupted_any_more_and_the_next_command_is() -> None:
    former = signal.getsignal(signal.SIGINT)
    with output.interruptions_restored():
        output.run(counting(1, []))
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    assert signal.getsignal(signal.SIGINT) is former
