"""The repository says nothing of the machine it was written on, nor where packages come from."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Written in pieces, so that this file passes its own test.
REGISTRIES = "|".join(
    (
        "py" + r"pi\.(org|io)",
        "python" + "hosted",
        "npm" + r"js\.(org|com)",
        "crates" + r"\.io",
        "ana" + r"conda\.org",
        "jfrog" + r"\.",
        "deb" + r"\.debian\.org",
        "archive" + r"\.ubuntu\.com",
        "extra-" + "index",
        "index-" + "url",
        "trusted-" + "host",
    )
)
MACHINE = "|".join(
    (
        r"(?<![\w.])/(home|Users|root|work|opt)" + r"/[\w.]",
        r"(?<![\w.])/tmp" + r"/\w",
        r"[A-Z]:\\+Users" + r"\\+\w",
    )
)
PATTERN = re.compile(f"({REGISTRIES}|{MACHINE})".encode())


def tracked() -> list[Path]:
    """Files that are, or would be, committed."""
    if not (ROOT / ".git").exists():
        pytest.skip("pas un dépôt git")
    listed = subprocess.run(
        [
            "git",
            "-c",
            "safe.directory=*",
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout
    paths = [ROOT / name.decode() for name in listed.split(b"\0") if name]
    return [path for path in paths if path.is_file()]


@pytest.mark.parametrize(
    "text",
    [
        "https://" + "py" + "pi.org/simple",
        "resolved: registry.npm" + "js.org",
        "open('/ho" + "me/alice/x')",
        "see /tm" + "p/x.txt",
        "C:" + r"\Users\alice",
    ],
)
def test_the_pattern_sees_what_it_should(text: str) -> None:
    assert PATTERN.search(text.encode())


def test_no_file_names_a_registry_or_a_path_of_a_machine() -> None:
    found = {
        f"{path.relative_to(ROOT)}: {match[0].decode(errors='replace')}"
        for path in tracked()
        if (match := PATTERN.search(path.read_bytes()))
    }
    assert found == set()
