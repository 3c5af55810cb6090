"""Faults at the n-th call of a kind, for as many n as a test asks for, at little cost each."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.e2e.test_faults import ROOT, strace

LAST = {"openat": 12_000}
"""Which call of a process fails; more than a process makes while it starts."""
USUAL_LAST = 1_500


@dataclass(frozen=True)
class Struck:
    """How a piece of work ended: ``code`` is None where it was killed.

    ``struck`` is false where it ended before the call that was to fail.
    """

    code: int | str | None
    err: str
    struck: bool


class Faults:
    """Works done with one kind of fault at one kind of call."""

    def __init__(
        self, process: subprocess.Popen[str], environment: Mapping[str, str], *, lasts: bool
    ) -> None:
        self._process = process
        self._environment = dict(environment)
        self._lasts = lasts

    def warm(self, work: str, *arguments: object) -> None:
        """Do the work once, untouched, so that nothing is left to import."""
        self._order(0, work, arguments, warm=True)
        answer = json.loads(self._line())
        assert answer["code"] in (0, 3), answer

    def at(self, n: int, work: str, *arguments: object) -> Struck:
        """Do the work; its n-th call fails."""
        self._order(n, work, arguments, warm=False)
        said, struck = None, True
        while True:
            answer = json.loads(self._line())
            if isinstance(answer, bool):
                struck = answer
            elif "status" in answer:
                break
            else:
                said = answer
                struck = False
        if said is None:
            assert answer["status"], "neither killed nor over"
            return Struck(None, "", struck=True)
        return Struck(said["code"], said["err"], struck)

    def _order(self, n: int, work: str, arguments: Sequence[object], *, warm: bool) -> None:
        assert self._process.stdin is not None
        order = {
            "n": n,
            "work": work,
            "arguments": list(map(str, arguments)),
            "environment": self._environment,
            "warm": warm,
            "lasts": self._lasts,
        }
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()

    def _line(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, self._process.communicate()[1]
        return line


@contextmanager
def faults(log: Path, call: str, fault: str, environment: Mapping[str, str]) -> Iterator[Faults]:
    """A process that works with ``fault`` at a chosen ``call``, as strace writes them.

    A fault that ends in « + » goes on from there.
    """
    last = LAST.get(call, USUAL_LAST)
    when = f"{last}+" if fault.endswith("+") else str(last)
    # Where only some calls stop, strace 6.1 lets a signal go by.
    quick = () if "signal" in fault else ("--seccomp-bpf",)
    command = [
        *strace(log, *quick, "-e", f"trace={call}"),
        "-e",
        f"inject={call}:{fault.removesuffix('+')}:when={when}",
        *(sys.executable, "-m", "tests.e2e.fault_server", call, str(last)),
    ]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        yield Faults(process, environment, lasts=fault.endswith("+"))
        assert process.stdin is not None
        process.stdin.close()
