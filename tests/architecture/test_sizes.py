"""Modules stay small enough to be read in one go, and paths short enough for Windows."""

from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
LONGEST_MODULE = 400  # lines
MEDIAN_MODULE = 150
LONGEST_PATH = 150  # characters, relative to the checkout


def lengths() -> dict[str, int]:
    """Lines of each module of the package."""
    return {
        path.relative_to(ROOT).as_posix(): len(path.read_text("utf-8").splitlines())
        for path in sorted((ROOT / "numecole_desktop").rglob("*.py"))
    }


def test_no_module_is_long() -> None:
    assert {path: lines for path, lines in lengths().items() if lines > LONGEST_MODULE} == {}


def test_half_of_the_modules_are_short() -> None:
    assert median(lengths().values()) <= MEDIAN_MODULE


def test_paths_are_short() -> None:
    paths = [
        path.relative_to(ROOT).as_posix()
        for folder in ("numecole_desktop", "resources", "tests", "benchmarks", "installer", "docs")
        for path in (ROOT / folder).rglob("*")
        if "__pycache__" not in path.parts
    ]
    assert len(paths) > len(lengths())
    assert [path for path in paths if len(path) > LONGEST_PATH] == []
