"""The application makes no network connection: no module can, and a whole run does not try."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NETWORK = {
    "aiohttp",
    "asyncio",
    "ftplib",
    "http",
    "httpx",
    "imaplib",
    "requests",
    "smtplib",
    "socket",
    "socketserver",
    "ssl",
    "urllib",
    "urllib3",
    "webbrowser",
    "xmlrpc",
    "PySide6.QtNetwork",
    "PySide6.QtWebEngineCore",
    "PySide6.QtWebSockets",
}

# Every address is refused, however the socket is made; a local socket (keyring) is no network.
DEMO = """
import socket, sys

def refuse(event, arguments):
    if event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        raise RuntimeError(f"network: {event} {arguments}")
    if event == "socket.__new__" and arguments[1] in (socket.AF_INET, socket.AF_INET6):
        raise RuntimeError(f"network: {event} {arguments}")

sys.addaudithook(refuse)
try:
    socket.socket()
except RuntimeError:
    pass
else:
    sys.exit("the guard does not hold")
from numecole_desktop.cli import main
main()
"""


def imported(tree: ast.Module) -> Iterator[str]:
    """Every module that a source file names in an import, and each of its parents."""
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        for name in names:
            parts = name.split(".")
            yield from (".".join(parts[:end]) for end in range(1, len(parts) + 1))


@pytest.mark.parametrize(
    "statement",
    ["import urllib.request", "from http import client", "from PySide6 import QtNetwork"],
)
def test_the_search_sees_every_form_of_import(statement: str) -> None:
    assert NETWORK & set(imported(ast.parse(statement)))


def test_no_module_imports_the_network() -> None:
    found = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in (ROOT / "numecole_desktop").rglob("*.py")
        for name in NETWORK & set(imported(ast.parse(path.read_text("utf-8"))))
    }
    assert found == set()


@pytest.mark.e2e
def test_the_sample_is_built_without_network(tmp_path: Path) -> None:
    # A home of its own, and no session bus: the key of the base goes to a file.
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "USERPROFILE": str(tmp_path),
        "LANG": "C.UTF-8",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    }
    folder = tmp_path / "demo"
    done = subprocess.run(
        [sys.executable, "-c", DEMO, "demo", str(folder)],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert any(folder.iterdir())
