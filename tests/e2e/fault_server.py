"""A warm process, run under strace, that forks a child for each piece of work asked of it.

strace counts the calls of each process apart and makes the ``last``-th of a kind fail, or kills the
process there. A child first makes ``last - n`` calls of no consequence: the n-th call of its work
is then the one. Arguments: the kind of call, ``last``. Orders are lines of JSON on the standard
input: n (0 for no fault), the work (« module:function »), its arguments, its environment.
"""

from __future__ import annotations

import io
import json
import os
import sys
import traceback
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.exchange.posts import quick_keys

Call = Callable[[], object]


def idle_call(kind: str, here: Path) -> Call:
    """A call of that kind that changes nothing; ``here`` is an empty file."""
    memory = os.memfd_create("idle")
    null = os.open(os.devnull, os.O_RDWR)
    calls: dict[str, Call] = {
        "write": lambda: os.write(null, b"0"),
        "pwrite64": lambda: os.pwrite(null, b"0", 0),
        "fsync": lambda: os.fsync(memory),
        "ftruncate": lambda: os.ftruncate(memory, 0),
        "sendfile": lambda: os.sendfile(null, memory, 0, 1),
        "rename": lambda: here.rename(here),
        "openat": lambda: os.close(os.open(os.devnull, os.O_RDONLY)),
        "unlink": (here / "none").unlink,
        "mkdir": here.mkdir,
    }
    return calls[kind]


def passes(call: Call) -> bool:
    """Whether the system answers an idle call as it does when nothing is injected."""
    try:
        call()
    except (NotADirectoryError, FileExistsError):
        return True
    except OSError:
        return False
    return True


def outcome(order: dict[str, Any]) -> dict[str, Any]:
    """Do what is asked: with which code it ended, and what it said."""
    module, name = order["work"].split(":")
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
    code: object = 0
    with redirect_stdout(out), redirect_stderr(err):
        try:
            getattr(import_module(module), name)(*order["arguments"])
        except SystemExit as left:
            code = left.code or 0
        except Exception:  # noqa: BLE001 - whatever comes out is the outcome
            code = "exception"
            traceback.print_exc()
    for stream in (out, err):
        stream.flush()
    return {"code": code, "err": err.buffer.getvalue().decode()}


def child(order: dict[str, Any], call: Call, last: int, answers: int) -> None:
    """Work with a fault at the n-th call; answer the outcome, then whether there was one."""
    os.environ.update(order["environment"])
    n = order["n"]
    for _ in range(last - n if n else 0):
        call_passed = passes(call)
        assert call_passed
    os.writev(answers, [json.dumps(outcome(order)).encode() + b"\n"])
    # Where the fault comes only now, the work was over before its n-th call; one that lasts is seen
    # at the next call.
    lasts = n > 0 and order["lasts"]
    struck = not passes(call) if lasts else n > 0 and all(passes(call) for _ in range(n))
    os.writev(answers, [json.dumps(struck).encode() + b"\n"])


def serve(kind: str, last: int) -> None:
    """Answer each order by a child: its outcome if it lived, if struck, its status."""
    answers = os.dup(1)
    here = Path(f"/dev/shm/idle.{os.getpid()}")
    here.touch()
    call = idle_call(kind, here)
    with quick_keys():
        for line in sys.stdin:
            order = json.loads(line)
            if order.get("warm"):
                # Here, so that what is imported once is imported for all.
                os.environ.update(order["environment"])
                os.writev(answers, [json.dumps(outcome(order)).encode() + b"\n"])
                continue
            pid = os.fork()
            if pid == 0:
                try:
                    child(order, call, last, answers)
                finally:
                    os._exit(0)
            _, status = os.waitpid(pid, 0)
            os.writev(answers, [json.dumps({"status": status}).encode() + b"\n"])
    here.unlink()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
