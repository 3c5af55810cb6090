"""A disk that fails and a process that dies at any step of preparing and of taking in a batch."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from numecole_desktop.domain.problem import Problem
from numecole_desktop.services import batches, declarations, devices, maintenance, trusted
from numecole_desktop.services.workspace import finished
from tests.conftest import SCHOOLS, YEAR
from tests.e2e.test_faults import count, run, strace
from tests.exchange.posts import Post, posts, quick_keys
from tests.services.support import rows

pytestmark = pytest.mark.e2e

QUICK = (
    sys.executable,
    "-c",
    """
from tests.exchange.posts import quick_keys
from numecole_desktop.cli import main
with quick_keys(): main()""",
)
"""The command line, with keys that open at once."""


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Post, Post]]:
    """Two posts that know one another; the first has something to send."""
    with quick_keys():
        one, other = posts(tmp_path / "posts", "lea", "bureau")
        form = declarations.open_form(one.workspace, SCHOOLS[0][0], YEAR)
        declarations.save_answers(one.workspace, form, {"A1": 4})
        yield one, other
        one.close()
        other.close()


def said(post: Post) -> tuple[int, ...]:
    """What an exchange changes, and that the base is sound."""
    try:
        assert finished(maintenance.verify(post.workspace)).ok
        tables = ("sent_batch", "received_batch", "declaration", "quarantine", "held_event")
        return tuple(len(rows(post.workspace, table)) for table in tables)
    finally:
        post.close()


@pytest.mark.parametrize(
    ("verb", "call", "fault"),
    [
        ("creer", "write", "error=ENOSPC"),
        ("creer", "fsync", "signal=SIGKILL"),
        ("creer", "rename", "signal=SIGKILL"),
        ("creer", "pwrite64", "error=ENOSPC"),
        ("importer", "pwrite64", "error=ENOSPC"),
        ("importer", "pwrite64", "signal=SIGKILL"),
        ("importer", "fsync", "signal=SIGKILL"),
    ],
)
def test_a_fault_at_any_step_leaves_the_base_before_or_after(
    pair: tuple[Post, Post], tmp_path: Path, verb: str, call: str, fault: str
) -> None:
    one, other = pair
    usb, log = tmp_path / "usb", tmp_path / "calls"
    post = one if verb == "creer" else other
    if verb == "importer":
        path = one.send(tmp_path)
        arguments: tuple[object, ...] = ("lot", "importer", path)
    else:
        arguments = ("lot", "creer", "-o", usb)
    before = said(post)
    command = ("--base", post.base, *arguments)
    pristine = tmp_path / "pristine"
    shutil.copytree(post.folder, pristine)
    total = count(log, call, *command, numecole=QUICK)
    after = said(post)
    assert before != after
    assert total
    for step in sorted({1, total // 2 + 1, total}):
        shutil.rmtree(post.folder)
        shutil.copytree(pristine, post.folder)
        shutil.rmtree(usb, ignore_errors=True)
        injected = strace(log, "-e", f"inject={call}:{fault}:when={step}")
        done = run(*command, before=injected, numecole=QUICK)
        assert "Traceback" not in done.stderr, (step, done.stderr)
        assert "Erreur inattendue" not in done.stderr, (step, done.stderr)
        for file in usb.glob("*.json"):
            # Whatever has its name is whole: the other reads it.
            assert batches.check_batch(other.workspace, file).events
        found = said(post)
        assert found in (before, after), (step, total)
        assert found == after or done.returncode
        if done.returncode and "error" in fault:
            assert not list(usb.glob("*.part")), (step, done.stderr)
    # Nothing stands in the way of doing it again.
    assert run(*command, numecole=QUICK).returncode == 0


def test_a_key_that_cannot_be_written_is_said_and_nothing_is_kept(
    pair: tuple[Post, Post], tmp_path: Path
) -> None:
    one, _ = pair
    (tmp_path / "cle").write_text("pas un dossier")
    before = said(one)
    with pytest.raises(Problem, match="ne peut pas être écrit"):
        finished(batches.create_batch(one.workspace, tmp_path / "cle" / "lots"))
    assert said(one) == before


def test_a_device_whose_key_file_is_gone_begins_a_journal_that_another_key_signs(
    pair: tuple[Post, Post], tmp_path: Path
) -> None:
    one, other = pair
    journal, kid = one.workspace.writer.journal, devices.this_device(one.workspace).device.kid
    shutil.rmtree(one.folder / "postes")
    path = one.send(tmp_path)
    assert one.workspace.writer.journal != journal
    assert devices.this_device(one.workspace).device.kid != kid
    assert "n’est pas connu" in other.take(path).set_aside
    other.meet(one.card())
    trusted.withdraw_trust(other.workspace, kid)
    assert other.take(path).refused == 0
    known = {row["journal"] for row in rows(other.workspace, "event")}
    assert {journal, one.workspace.writer.journal} <= known
    assert finished(maintenance.verify(one.workspace)).ok
