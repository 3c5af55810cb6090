"""Whatever is typed or read, ``numecole`` answers with a sentence and a code, never a traceback."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from numecole_desktop import cli
from numecole_desktop.services.workspace import Workspace
from tests.conftest import DATA, add_schools
from tests.services.support import GOOD, HEADER, assert_sound, everything, line

ROOT = Path(__file__).parents[2]
CODES = {0, 2, 3}


@dataclass(frozen=True)
class Said:
    """Exit code and both outputs of a command."""

    code: int
    out: str
    err: str


def call(*arguments: str) -> Said:
    """Run the entry point in this process."""
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
    with (
        patch.object(sys, "argv", ["numecole", *arguments]),
        redirect_stdout(out),
        redirect_stderr(err),
        pytest.raises(SystemExit) as left,
    ):
        cli.main()
    texts = []
    for stream in (out, err):
        stream.flush()
        stream.seek(0)
        texts.append(stream.read())
    return Said(int(left.value.code or 0), *texts)


def assert_civil(said: Said, *, as_json: bool = False) -> None:
    """What every answer has in common."""
    assert said.code in CODES
    assert "Traceback" not in said.err
    assert "Erreur inattendue" not in said.err
    assert "Errno" not in said.err
    if said.code == 2 and not said.out:
        assert said.err.strip()
    if as_json and said.out:
        json.loads(said.out)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A base with a few schools, of this module's own account."""
    folder = tmp_path_factory.mktemp("hostile")
    with pytest.MonkeyPatch.context() as account:
        account.setenv("XDG_CONFIG_HOME", str(folder / "config"))
        with Workspace.open(folder / "base.numecole") as workspace:
            add_schools(workspace)
    return folder / "base.numecole"


@pytest.fixture(autouse=True)
def _own_account(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(base.parent / "config"))
    monkeypatch.setenv("NUMECOLE_BASE", str(base))


VERBS = [
    "importer",
    "saisir",
    "ecole",
    "indices",
    "profil",
    "verifier",
    "exporter",
    "version",
    "annuaire",
    "declarations",
    "csv",
]
words = st.one_of(
    st.sampled_from(
        [
            *VERBS,
            "--json",
            "--annee",
            "2023-2024",
            "1999-2000",
            "0110160P",
            "0110160p",
            "A1=4",
            "A1=",
            "=",
            "--valider",
            "--confirmer",
            "many_classes",
            "--note",
            "--simulation",
            "--help",
            "--",
            "-",
            "-o",
            "--toutes",
            "--code",
            "--operateur",
            "--circonscription",
            "[/bold]",
            ":smile:",
            "é\u202e\u0301",
            "\udcff",
        ]
    ),
    st.text(max_size=8).filter(lambda text: "\0" not in text),
)
quiet = settings(
    max_examples=70,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@quiet
@given(verb=st.sampled_from(VERBS), arguments=st.lists(words, max_size=6))
def test_any_words_get_a_civil_answer(
    base: Path, monkeypatch: pytest.MonkeyPatch, verb: str, arguments: list[str]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        monkeypatch.chdir(folder)
        assert_civil(call(verb, *arguments))
        monkeypatch.chdir(base.parent)


@quiet
@given(
    uai=st.sampled_from(["0110160P", "0110161R", "0110182N"]),
    values=st.lists(
        st.tuples(
            st.sampled_from(["A1", "A2", "A3", "A4", "B1", "D1", "Z1"]),
            st.text(max_size=12).filter(lambda text: "\0" not in text),
        ),
        max_size=4,
    ),
    submit=st.booleans(),
)
def test_any_answer_is_kept_or_refused(
    base: Path, uai: str, values: list[tuple[str, str]], submit: bool
) -> None:
    given_values = [f"{code}={text}" for code, text in values]
    option = ["--valider"] if submit else []
    said = call("saisir", uai, "--annee", "2023-2024", "--json", *option, "--", *given_values)
    assert_civil(said, as_json=True)
    with Workspace.open(base) as workspace:
        assert_sound(workspace)


cells = st.one_of(
    st.sampled_from(["0110160P", "2023-2024", "4", "OUI", "ROBOTIQUE", "", "=1+1", "x" * 50]),
    st.text(max_size=10),
)
tables = st.lists(st.lists(cells, max_size=18), max_size=6)


@quiet
@given(
    kind=st.sampled_from(["annuaire", "declarations"]),
    head=st.sampled_from([HEADER, "uai;nom", "uai;A1;A1", "nom;commune", ""]),
    rows=tables,
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]),
    separator=st.sampled_from([";", ",", "\t"]),
)
def test_any_table_is_read_or_refused(
    base: Path, kind: str, head: str, rows: list[list[str]], encoding: str, separator: str
) -> None:
    text = "\n".join([head.replace(";", separator), *(separator.join(row) for row in rows)])
    path = base.with_name("table.csv")
    path.write_bytes(text.encode(encoding, "replace"))
    before = everything_in(base)
    said = call("importer", kind, str(path), "--annee", "2023-2024", "--json")
    assert_civil(said, as_json=True)
    if said.code == 2:
        assert said.out == ""
        assert everything_in(base) == before
        return
    document = json.loads(said.out)
    assert document["lines"] == sum(
        document[key] for key in ("accepted", "unchanged", "refused")
    ) + sum(int(f["value"]) for f in document["findings"] if f["code"] == "skipped_lines")
    assert (said.code == 3) == (document["refused"] > 0)
    errors = {f["line"] for f in document["findings"] if f["severity"] == "error"}
    assert len(errors) == document["refused"]
    for finding in document["findings"]:
        assert finding["message"]
    with Workspace.open(base) as workspace:
        assert_sound(workspace)


def everything_in(base: Path) -> object:
    with Workspace.open(base) as workspace:
        return everything(workspace)


@quiet
@given(data=st.binary(max_size=300), suffix=st.sampled_from([".csv", ".xlsx", ".ods", ""]))
def test_any_bytes_are_refused_or_read(base: Path, data: bytes, suffix: str) -> None:
    path = base.with_name(f"octets{suffix}")
    path.write_bytes(data)
    assert_civil(call("importer", "declarations", str(path), "--json"), as_json=True)


@settings(parent=quiet, max_examples=40)
@given(position=st.integers(0, 10**6), bit=st.integers(0, 7), cut=st.none() | st.integers(0, 9_000))
def test_a_damaged_sheet_is_refused_or_read(
    base: Path, position: int, bit: int, cut: int | None
) -> None:
    data = bytearray((DATA / "stress" / "08-titre-entete-fusionnee-sous-totaux.xlsx").read_bytes())
    data[position % len(data)] ^= 1 << bit
    path = base.with_name("abime.xlsx")
    path.write_bytes(data[:cut])
    assert_civil(call("importer", "annuaire", str(path), "--simulation", "--json"), as_json=True)


@settings(parent=quiet, max_examples=15)
@given(
    position=st.integers(0, 10**6), bit=st.integers(0, 7), cut=st.none() | st.integers(0, 60_000)
)
def test_a_damaged_base_is_refused_by_every_command(
    base: Path, position: int, bit: int, cut: int | None
) -> None:
    data = bytearray(base.read_bytes())
    data[position % len(data)] ^= 1 << bit
    damaged = base.with_name("abimee.numecole")
    damaged.write_bytes(data[:cut] or b"x")
    year = ("--annee", "2023-2024")
    for command in (
        ("verifier",),
        ("ecole", "0110160P", *year),
        ("indices", *year),
        ("saisir", "0110160P", *year, "A1=4"),
        ("exporter", "csv", str(base.with_name("sortie"))),
        ("sauvegarder", str(base.with_name("copie"))),
        ("importer", "declarations", str(base.with_name("absent.csv"))),
    ):
        damaged.write_bytes(data[:cut] or b"x")
        assert_civil(call("--base", str(damaged), *command))
    damaged.write_bytes(data[:cut] or b"x")
    assert call("--base", str(damaged), "verifier").code == 2
    for suffix in ("", "-wal"):
        damaged.with_name(damaged.name + suffix).unlink(missing_ok=True)


NAMES = ["[bold] [red]", ":warning: 100 %", "a#b?c=d", "d\udce9j\udce0", "  ", "-o", "é" * 60]


@pytest.mark.parametrize("name", NAMES)
def test_any_name_of_file_is_taken_as_it_is(tmp_path: Path, name: str) -> None:
    """Marks of the terminal, of addresses and of other encodings mean nothing in a path."""
    folder = tmp_path / name
    folder.mkdir()
    table = folder / f"{name}.csv"
    table.write_text(f"{HEADER}\n{line('0110160P', **GOOD)}\n", encoding="utf-8")
    base = ("--base", str(folder / f"{name}.numecole"))
    directory = str(DATA / "stress" / "01-cp1252-virgule-decimale.csv")
    copy = folder / f"{name}.copie"
    for command in (
        ("importer", "annuaire", directory),
        ("importer", "declarations", str(table)),
        ("importer", "declarations", str(folder / f"{name}.absent")),
        ("sauvegarder", str(copy)),
        ("restaurer", str(copy)),
        ("restaurer", str(folder / f"{name}.absent")),
        ("exporter", "csv", str(folder / f"{name} sortie")),
        ("exporter", "xlsx", str(folder / f"{name} sortie")),
        ("verifier",),
        ("demo", str(folder / f"{name} demo")),
    ):
        said = call(*base, *command)
        assert_civil(said)
        assert said.code in ({2, 3} if "absent" in command[-1] or str(table) in command else {0})
        if "absent" not in command[-1] and name.isascii() and command[0] in ("demo", "sauvegarder"):
            assert name in said.out
    assert copy.exists()


def spoken(encoding: str, *arguments: str, **options: str) -> subprocess.CompletedProcess[bytes]:
    """Run the entry point in a process whose terminal speaks ``encoding``."""
    code = "from numecole_desktop.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env={**os.environ, "PYTHONIOENCODING": encoding, **options},
        cwd=ROOT,
        capture_output=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp850"])
def test_a_terminal_that_does_not_speak_utf_8_gets_json_in_utf_8(base: Path, encoding: str) -> None:
    done = spoken(encoding, "ecole", "0110160P", "--annee", "2023-2024", "--json")
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout.decode("utf-8"))
    assert document["school"]["name"] == "Ecole élémentaire Jules Ferry"
    done = spoken(encoding, "ecole", "0110160P", "--annee", "2023-2024")
    assert done.returncode == 0, done.stderr
    done = spoken(encoding, "ecole", "0110160Q", "--annee", "2023-2024")
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


def test_a_result_that_cannot_be_written_is_said(base: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("/dev/full does not exist here")
    code = "from numecole_desktop.cli import main; main()"
    for option in ([], ["--json"]):
        with full.open("wb") as out:
            done = subprocess.run(
                [sys.executable, "-c", code, "indices", "--annee", "2023-2024", *option],
                stdout=out,
                stderr=subprocess.PIPE,
                cwd=ROOT,
                timeout=60,
                check=False,
            )
        assert done.returncode == 2
        assert "ne peut pas être écrit" in done.stderr.decode("utf-8")
        assert b"Traceback" not in done.stderr
        assert b"Exception ignored" not in done.stderr


def test_progress_is_shown_on_a_terminal_whatever_the_name(base: Path, tmp_path: Path) -> None:
    path = tmp_path / "[bold] :x:.csv"
    path.write_text(f"{HEADER}\n{line('0110160P', **GOOD)}\n", encoding="utf-8")
    done = spoken("utf-8", "importer", "declarations", str(path), "--json", FORCE_COLOR="1")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["accepted"] in (0, 1)
