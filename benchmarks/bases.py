"""Files and bases that the measures start from, built once in a folder of the system's temporary one."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from benchmarks import data
from numecole_desktop.referentials.resources import resource
from numecole_desktop.services.importing import ImportReport, run_import
from numecole_desktop.services.workspace import Job, T, Workspace
from numecole_desktop.storage.migrations import STEPS

TEN_YEARS = tuple(range(data.FIRST_YEAR, data.FIRST_YEAR + 10))
ALL_YEARS = tuple(range(data.FIRST_YEAR, data.FIRST_YEAR + 16))
MILLION = 1_000_000
FEW = 2_000
REAL_DIRECTORY = "NUMECOLE_ANNUAIRE"
"""Environment: a real directory of schools; the sample's is used where it is not given."""


@cache
def folder() -> Path:
    """Where they are kept; another one as soon as the data or the format of the base change."""
    content = Path(data.__file__).read_bytes() + "".join(STEPS).encode()
    name = f"numecole-benchmarks-{hashlib.sha256(content).hexdigest()[:12]}"
    path = Path(tempfile.gettempdir()) / name
    path.mkdir(exist_ok=True)
    return path


def isolate() -> None:
    """Keep keys, settings and bases of the measures away from the account's own."""
    home = folder() / "home"
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "NUMECOLE_DOSSIER"):
        os.environ[name] = str(home / name.lower())
    os.environ.pop("NUMECOLE_BASE", None)
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def finish(job: Job[T]) -> T:
    """Run a job to its end."""
    while True:
        try:
            next(job)
        except StopIteration as end:
            result: T = end.value
            return result


def imported(base: Path, kind: str, file: Path) -> ImportReport:
    """Import a file into a base."""
    with Workspace.open(base) as workspace:
        return finish(run_import(workspace, kind, file))


def codes() -> list[str]:
    """UAIs of the generated schools."""
    return [data.uai(number) for number in range(data.SCHOOLS)]


def directory_file() -> Path:
    """The generated directory."""
    return made("annuaire.csv", data.write_directory)


def year_file(year: int = data.FIRST_YEAR) -> Path:
    """63 000 declarations of a year."""
    return made(f"{year}.csv", lambda path: data.write_declarations(path, codes(), [year]))


def few_file() -> Path:
    """2 000 declarations."""
    return made(
        "2000.csv", lambda path: data.write_declarations(path, codes(), [data.FIRST_YEAR], FEW)
    )


def million_file() -> Path:
    """A million declarations over sixteen years."""
    return made(
        "million.csv", lambda path: data.write_declarations(path, codes(), ALL_YEARS, MILLION)
    )


def schools_base() -> Path:
    """A base that holds the directory alone."""
    return made("ecoles.numecole", lambda path: _built(path, None, []))


def one_year_base() -> Path:
    """The same with the first year's declarations."""
    return made("un-an.numecole", lambda path: _built(path, schools_base(), [year_file()]))


def ten_year_base() -> Path:
    """630 000 declarations."""
    files = [year_file(year) for year in TEN_YEARS]
    return made("dix-ans.numecole", lambda path: _built(path, schools_base(), files))


def real_base() -> tuple[Path, Path, int]:
    """A base of real schools, a file of declarations for them, and how many lines it has."""
    given = os.environ.get(REAL_DIRECTORY)
    directory = Path(given) if given else Path(str(resource("demo/annuaire.csv")))
    base = folder() / f"reelles-{directory.stat().st_size}.numecole"
    if not base.exists():
        _remove(base)
        imported(base, "annuaire", directory)
    with Workspace.open(base) as workspace:
        rows = workspace.base.connection.execute("SELECT uai FROM school WHERE public = 1")
        schools = [uai for (uai,) in rows]
    years = (data.FIRST_YEAR,) if given else ALL_YEARS
    file = base.with_suffix(".csv")
    data.write_declarations(file, schools, years)
    return base, file, len(schools) * len(years)


def copied(base: Path, name: str = "travail.numecole") -> Path:
    """A fresh copy of a base; the one made before is replaced."""
    copy = folder() / name
    _remove(copy)
    shutil.copyfile(base, copy)
    return copy


def made(name: str, make: Callable[[Path], object]) -> Path:
    """The file ``name``, made once."""
    path = folder() / name
    if not path.exists():
        make(path)
    return path


def _built(path: Path, start: Path | None, files: Sequence[Path]) -> None:
    part = path.with_name(f"en-cours-{path.name}")
    _remove(part)
    if start is None:
        imported(part, "annuaire", directory_file())
    else:
        shutil.copyfile(start, part)
    for file in files:
        imported(part, "declarations", file)
    part.replace(path)


def _remove(base: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        base.with_name(base.name + suffix).unlink(missing_ok=True)
