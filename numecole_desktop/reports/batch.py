"""Writes many profiles: one after the other, or in several processes when there are enough.

The work is a generator: each step tells one file, closing it stops the rest. A file is written
whole or not at all, so what a stopped batch leaves can be read.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Generator, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import TypeAlias

from numecole_desktop.domain.problem import Problem
from numecole_desktop.domain.profile import SchoolProfile
from numecole_desktop.durable import make_folder, write_whole
from numecole_desktop.reports.filenames import profile_name
from numecole_desktop.reports.logo import logo_size
from numecole_desktop.reports.school_profile import render_school_profile
from numecole_desktop.reports.settings import section

_Outcome: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class BatchStep:
    """One file of a batch: how many are dealt with, which one, and why it failed, if it did.

    ``problem`` is a French sentence, empty when the file is written.
    """

    done: int
    total: int
    path: Path
    problem: str


def write_profiles(
    profiles: Iterable[SchoolProfile], total: int, folder: Path, logo: bytes | None = None
) -> Generator[BatchStep, None, None]:
    """Write ``total`` profiles into ``folder``, each under its own name; tells each file.

    The folder is made if need be. A file of the same name is replaced. Profiles are taken from the
    iterable as work goes on. To cancel, close the generator: what is under way is finished, the
    rest is not started.

    Raises:
        LogoError: ``logo`` is no image that can be printed; nothing is written.
        Problem: the folder cannot be made.
    """
    if logo:
        logo_size(logo)
    make_folder(folder)
    settings = section("style", "batch")
    if total < settings["processes_from"]:
        outcomes = (_write(profile, folder, logo) for profile in profiles)
    else:
        processes = min(os.cpu_count() or 1, settings["most_processes"])
        outcomes = in_processes(profiles, folder, logo, processes, settings["files_per_task"])
    # Closing this generator closes that one, which stops its processes.
    with closing(outcomes):
        for done, (name, problem) in enumerate(outcomes, start=1):
            yield BatchStep(done, total, folder / name, problem)


def in_processes(
    profiles: Iterable[SchoolProfile],
    folder: Path,
    logo: bytes | None,
    processes: int,
    files_per_task: int,
) -> Generator[_Outcome, None, None]:
    """Outcomes in the order of the profiles; few tasks wait at a time, so memory stays flat."""
    waiting: deque[Future[list[_Outcome]]] = deque()
    source = iter(profiles)
    pool = ProcessPoolExecutor(processes, get_context("spawn"))
    try:
        while tasks := list(islice(source, files_per_task)):
            waiting.append(pool.submit(_write_some, tasks, folder, logo))
            if len(waiting) > 2 * processes:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _write_some(profiles: list[SchoolProfile], folder: Path, logo: bytes | None) -> list[_Outcome]:
    return [_write(profile, folder, logo) for profile in profiles]


def _write(profile: SchoolProfile, folder: Path, logo: bytes | None) -> _Outcome:
    name = profile_name(profile.school, profile.year)
    try:
        write_whole(folder / name, render_school_profile(profile, logo))
    except Problem as problem:
        return name, str(problem)
    return name, ""
