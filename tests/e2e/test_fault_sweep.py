"""Each write, flush, renaming… of each operation fails in turn, until the operation passes.

As SQLite tests itself: the n-th call fails for n = 1, 2, 3… and after each the base is whole, says
what it said before or after, and nothing stands in the way of doing it again. A sample of the
calls; all of them, and more kinds of faults, with ``make faults``.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from itertools import count
from pathlib import Path

import pytest

from tests.e2e.fault_world import Computer, prepare, said
from tests.e2e.faults import Faults, Struck, faults
from tests.exchange.posts import quick_keys

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(1_800)]

EVERY = bool(os.environ.get("NUMECOLE_EVERY_FAULT"))
SAMPLE = (1, 4, 12)
"""Which calls of an operation fail in a sample."""
FAULTS = [
    ("pwrite64", "error=EIO"),
    ("write", "error=ENOSPC+"),
    ("fsync", "error=EIO"),
    ("fsync", "signal=SIGKILL"),
]
MORE_FAULTS = [
    ("pwrite64", "error=ENOSPC+"),
    ("pwrite64", "signal=SIGKILL"),
    ("write", "error=EIO"),
    ("write", "signal=SIGKILL"),
    ("rename", "error=EIO"),
    ("rename", "error=EACCES+"),
    ("rename", "signal=SIGKILL"),
    ("unlink", "error=EIO"),
    ("unlink", "error=EACCES+"),
    ("unlink", "signal=SIGKILL"),
    ("ftruncate", "error=EIO"),
    ("ftruncate", "signal=SIGKILL"),
    ("sendfile", "error=ENOSPC+"),
    ("sendfile", "signal=SIGKILL"),
    ("mkdir", "error=EROFS"),
    ("openat", "error=EIO"),
    ("openat", "error=EMFILE+"),
    ("openat", "signal=SIGKILL"),
]
OPERATIONS = list(Computer(Path()).operations())
OPENING = ("importer", "profil", "exporter", "sauvegarder", "restaurer", "restaurer par code")
"""Of what is opened, the others open the marker too, without which a journal begins."""
MENDING = re.compile(
    r"disque|place|espace|Vérifiez|vérifiez|Choisissez|choisissez|recommencez|Restaurez"
)

Started = Callable[[str, str], Faults]


@pytest.fixture(scope="module")
def computer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Computer]:
    """A computer on a disk in memory where there is one, with a copy of it as it was."""
    memory = Path("/dev/shm")
    folder = tmp_path_factory.mktemp("faults")
    place = memory / f"numecole-{os.getpid()}" if memory.is_dir() else folder / "tout"
    place.mkdir()
    found = Computer(place / "poste")
    with pytest.MonkeyPatch.context() as patch, quick_keys():
        for name, value in found.environment.items():
            patch.setenv(name, value)
        patch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
        prepare(found)
        shutil.copytree(found.folder, place / "avant")
        yield found
    shutil.rmtree(place)


@pytest.fixture(scope="module")
def started(computer: Computer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Started]:
    """The process that works with a fault; each is started once."""
    log = tmp_path_factory.mktemp("calls") / "log"
    with ExitStack() as stack:
        yield cache(
            lambda call, fault: stack.enter_context(faults(log, call, fault, computer.environment))
        )


@pytest.fixture(autouse=True)
def _account(computer: Computer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in computer.environment.items():
        monkeypatch.setenv(name, value)


@pytest.mark.parametrize("name", OPERATIONS)
@pytest.mark.parametrize(("call", "fault"), FAULTS + (MORE_FAULTS if EVERY else []))
def test_a_fault_at_any_call_leaves_the_state_before_or_after(
    computer: Computer, started: Started, call: str, fault: str, name: str
) -> None:
    if call == "openat" and name not in OPENING:
        pytest.skip("another journal is begun, which is no harm and no fault")
    operation, pristine = computer.operations()[name], computer.folder.with_name("avant")
    server = started(call, fault)
    computer.as_in(pristine)
    before, files_before = said(operation.base), computer.files()
    computer.as_in(pristine)
    server.warm(operation.work, *operation.arguments)
    after, files_after = said(operation.base), computer.files()
    for n in count(1) if EVERY else SAMPLE:
        computer.as_in(pristine)
        struck = server.at(n, operation.work, *operation.arguments)
        left = computer.files()
        where = f"{name}, {call} {n}, {fault}: {struck}"
        if not struck.struck:
            assert struck.code in (0, 3), where
            break
        assert_civil(struck, where)
        found = said(operation.base)
        assert found in (before, after), where
        if struck.code == 2:
            assert found == before, where
            # What may not be removed stays until it is done again.
            assert call == "unlink" or left <= files_before | kept(left), where
        elif struck.code is not None:
            assert found == after, where
            assert left <= files_before | files_after | kept(left), where
        assert_files_whole(computer)
        if found == before:
            again = server.at(0, operation.work, *operation.arguments)
            assert again.code in (0, 3), (where, again)
            assert said(operation.base) == after, where
            assert computer.files() <= files_after | kept(left), where


def kept(files: set[str]) -> set[str]:
    """What may stay: copies that say what they are, an empty new base with its key, Qt's lock."""
    names = (".avant-", "autre/base.numecole", "fenetre.ini.lock", "/journaux/", "/cles/")
    return {file for file in files if any(name in file for name in names)}


def assert_civil(struck: Struck, where: str) -> None:
    assert struck.code in (None, 0, 2, 3), where
    assert "Traceback" not in struck.err, where
    assert "Erreur inattendue" not in struck.err, where
    assert "erreur" not in struck.err, where
    if struck.code == 2:
        assert MENDING.search(struck.err), where


def assert_files_whole(computer: Computer) -> None:
    """Whatever has its name on the key is whole."""
    for pdf in computer.key.glob("*.pdf"):
        assert pdf.read_bytes().rstrip().endswith(b"%%EOF")
    for copy in computer.key.glob("*.numecole"):
        assert said(copy) is not None
