"""Pairs measured in one run: shuffled order, one ratio a round, the median of the ratios."""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

Timed = Callable[[], float]
"""Does one measure and returns it (seconds, bytes…)."""

MARGIN = 1.0


@dataclass(frozen=True)
class Result:
    """A target and what was reached: ratio A / B, its limit, how many rounds."""

    target: str
    what: str
    limit: float
    ratios: tuple[float, ...]
    a: float
    b: float
    unit: str = "s"

    @property
    def ratio(self) -> float:
        """The median of the ratios."""
        return statistics.median(self.ratios)

    @property
    def verdict(self) -> str:
        """Whether the target is reached."""
        return "ok" if self.ratio <= self.limit * MARGIN else "au-dessus"


@dataclass(frozen=True)
class Options:
    """How much to measure: rounds of a pair, and whether the large data are wanted."""

    rounds: int = 9
    quick: bool = False

    def few(self, rounds: int) -> int:
        """Rounds for a pair that takes long."""
        return 1 if self.quick else min(rounds, self.rounds)


def compare(
    target: str, what: str, limit: float, a: Timed, b: Timed, rounds: int, unit: str = "s"
) -> Result:
    """Measure a pair ``rounds`` times after one warm-up of each, in shuffled order."""
    a()
    b()
    order = random.Random(target)
    ratios, all_a, all_b = [], [], []
    for _ in range(rounds):
        found: dict[str, float] = {}
        for name, measure in order.sample([("a", a), ("b", b)], 2):
            found[name] = measure()
        ratios.append(found["a"] / found["b"])
        all_a.append(found["a"])
        all_b.append(found["b"])
    return Result(
        target, what, limit, tuple(ratios), statistics.median(all_a), statistics.median(all_b), unit
    )


def timed(work: Callable[[], object]) -> float:
    """Seconds that ``work`` takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def process_seconds(arguments: Sequence[str], environment: Mapping[str, str]) -> float:
    """Wall seconds of a whole process."""
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, *arguments],
        check=True,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
    )
    return time.perf_counter() - began


def peak_memory(arguments: Sequence[str], environment: Mapping[str, str]) -> float:
    """Peak resident memory of a process, in MiB: it prints it last, by ``print_peak``."""
    done = subprocess.run(
        [sys.executable, *arguments],
        check=True,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
    )
    return float(done.stdout.split()[-1]) / 1024


def print_peak() -> None:
    """Print this process's peak memory, for ``peak_memory``.

    ``ru_maxrss`` would not do: on Linux a child inherits its parent's peak.
    """
    status = Path("/proc/self/status").read_text("ascii")
    print(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))


def cache_folder() -> Path:
    """Where generated data and bases are kept between runs."""
    folder = Path(tempfile.gettempdir()) / "numecole-benchmarks"
    folder.mkdir(exist_ok=True)
    return folder


def private_environment() -> dict[str, str]:
    """Keys and settings of the benchmarks stay in their own folder.

    Modules are compiled there once, as they are where the application is installed.
    """
    folder = cache_folder()
    return {
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "NUMECOLE_DOSSIER": str(folder / "data"),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        "QT_QPA_PLATFORM": "offscreen",
    }


def compile_modules() -> None:
    """Compile the application for this very process, as where it is installed."""
    import compileall

    import numecole_desktop

    sys.pycache_prefix = private_environment()["PYTHONPYCACHEPREFIX"]
    compileall.compile_dir(str(Path(numecole_desktop.__file__).parent), quiet=1)
