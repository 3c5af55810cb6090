"""The data files reach the user: in the wheel, and from the checkout in an editable install."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

FIND = """
import numecole_desktop
from numecole_desktop.referentials.resources import resource
print(numecole_desktop.__file__)
print(resource("fonts/PublicSans-Regular.ttf"))
print(len(resource("fonts/PublicSans-Regular.ttf").read_bytes()))
"""


def run(*command: str | Path, cwd: Path, path: Path | None = None) -> str:
    """Output of a command run from a folder that is not the checkout; fails with what it said."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    if path:
        environment["PYTHONPATH"] = str(path)
    done = subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built by the builder installed here: nothing is fetched."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder holding the wheel's content as an installation lays it out."""
    target = tmp_path_factory.mktemp("installed")
    options = ("--no-deps", "--no-index", "--no-compile", "--quiet", "--target", target)
    run(sys.executable, "-m", "pip", "install", *options, wheel, cwd=target)
    return target


def test_the_wheel_holds_every_data_file(wheel: Path) -> None:
    expected = {
        f"numecole_desktop/{target}/{path.relative_to(ROOT / folder).as_posix()}"
        for folder, target in (("resources", "resources"), ("docs/guide", "guide"))
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
    }
    assert "numecole_desktop/guide/index.md" in expected
    assert expected <= set(zipfile.ZipFile(wheel).namelist())


def test_the_wheel_holds_no_test_and_no_tool(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert tops == {"numecole_desktop", f"{wheel.name.rsplit('-', 3)[0]}.dist-info"}


def test_an_installed_wheel_finds_its_data(installed: Path, tmp_path: Path) -> None:
    package, found, size = run(
        sys.executable, "-c", FIND, cwd=tmp_path, path=installed
    ).splitlines()
    assert Path(package).is_relative_to(installed)
    assert Path(found).is_relative_to(installed / "numecole_desktop" / "resources")
    assert int(size) == (ROOT / "resources/fonts/PublicSans-Regular.ttf").stat().st_size


def test_an_installed_wheel_reads_its_licences(installed: Path, tmp_path: Path) -> None:
    script = (
        "from numecole_desktop.services.credits import legal_texts\n"
        "print(*(len(text) for _, text in legal_texts()))"
    )
    lengths = run(sys.executable, "-c", script, cwd=tmp_path, path=installed).split()
    files = ("LICENSE", "NOTICE", "resources/fonts/OFL.txt")
    assert lengths == [str(len((ROOT / name).read_text("utf-8"))) for name in files]


def test_an_installed_wheel_reads_its_guide(installed: Path, tmp_path: Path) -> None:
    script = (
        "from numecole_desktop.services import guide\n"
        "print(len(guide.pages()), len(guide.picture('images/bureau-apercu.png')))"
    )
    pages, size = run(sys.executable, "-c", script, cwd=tmp_path, path=installed).split()
    folder = ROOT / "docs" / "guide"
    assert int(pages) == len(list(folder.glob("*.md")))
    assert int(size) == (folder / "images" / "bureau-apercu.png").stat().st_size


def test_an_editable_install_finds_the_data_of_the_checkout(tmp_path: Path) -> None:
    package, found, _ = run(sys.executable, "-c", FIND, cwd=tmp_path).splitlines()
    assert Path(package) == ROOT / "numecole_desktop" / "__init__.py"
    assert Path(found) == ROOT / "resources/fonts/PublicSans-Regular.ttf"


def test_an_installed_wheel_answers_on_the_command_line(installed: Path, tmp_path: Path) -> None:
    command = "from numecole_desktop.cli import main; main()"
    helped = run(sys.executable, "-c", command, "--help", cwd=tmp_path, path=installed)
    assert "importer" in helped
