"""The layers hold, and each contract that says so can fail: it is broken once on purpose.

A contract that guards a misspelt name is kept for ever; breaking it proves that it works.
"""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import grimp
import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "numecole_desktop"
LINTER: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"][
    "importlinter"
]
CONTRACTS: dict[str, dict[str, Any]] = {
    contract["id"]: contract for contract in LINTER["contracts"]
}

LAYERS = ("services", "importers", "referentials", "storage", "reports", "sync", "ui", "domain")

# Contract, module that gets the forbidden import, what it imports; "leaf" is a module added to each
# layer of the copy, which imports nothing: only the contract meant can then be broken.
BREAKS = [
    ("layers", "importers", "storage.leaf"),
    ("layers", "storage", "referentials.leaf"),
    ("layers", "referentials", "reports.leaf"),
    ("layers", "reports", "importers.leaf"),
    ("layers", "sync", "storage.leaf"),
    ("layers", "storage", "sync.leaf"),
    ("layers", "durable", "storage.leaf"),
    ("layers", "domain", "storage.leaf"),
    ("layers", "services", "ui.leaf"),
    ("qt-only-in-ui", "services", "PySide6.QtCore"),
    ("qt-only-in-ui", "reports", "pyqtgraph"),
    ("qt-only-in-ui", "domain", "PySide6"),
    ("pure-domain", "domain", "pandas"),
    ("pure-domain", "domain", "pathlib"),
    ("ui-through-services", "ui", "storage.leaf"),
    ("ui-through-services", "ui", "sqlmodel"),
    ("ui-through-services", "ui", "sync.leaf"),
    ("sync-without-base", "sync", "sqlcipher3"),
    ("cli-through-services", "cli", "storage.leaf"),
    ("cli-through-services", "cli", "sqlalchemy"),
]


def lint(folder: Path) -> tuple[int, dict[str, bool], str]:
    """Run import-linter in a folder: exit code, contract id -> kept, whole report."""
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    report = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout) + done.stderr
    # A long name may be folded over two lines.
    flat = re.sub(r"\s+", " ", report)
    kept = {
        identifier: f"{contract['name']} KEPT" in flat
        for identifier, contract in CONTRACTS.items()
        if f"{contract['name']} KEPT" in flat or f"{contract['name']} BROKEN" in flat
    }
    return done.returncode, kept, report


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the package with its configuration, to spoil at will."""
    shutil.copytree(
        ROOT / PACKAGE, tmp_path / PACKAGE, ignore=shutil.ignore_patterns("__pycache__", "*.pyc")
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for layer in LAYERS:
        (tmp_path / PACKAGE / layer / "leaf.py").touch()
    return tmp_path


def spoil(copy: Path, layer: str, statement: str) -> None:
    """Add a statement to a layer, in a module of its own when the layer is a package."""
    folder = copy / PACKAGE / layer
    if folder.is_dir():
        (folder / "spoilt.py").write_text(f"{statement}\n", "utf-8")
    else:
        module = folder.with_suffix(".py")
        module.write_text(module.read_text("utf-8") + f"\n{statement}\n", "utf-8")


def test_every_contract_is_kept() -> None:
    code, kept, report = lint(ROOT)
    assert kept == dict.fromkeys(CONTRACTS, True), report
    assert code == 0, report


def test_every_contract_is_broken_below() -> None:
    assert {contract for contract, _, _ in BREAKS} == set(CONTRACTS)


@pytest.mark.parametrize(("contract", "layer", "imported"), BREAKS)
def test_a_forbidden_import_breaks_its_contract_alone(
    copy: Path, contract: str, layer: str, imported: str
) -> None:
    name = f"{PACKAGE}.{imported}" if imported.endswith(".leaf") else imported
    spoil(copy, layer, f"import {name}")
    code, kept, report = lint(copy)
    assert [identifier for identifier in CONTRACTS if not kept[identifier]] == [contract], report
    assert code == 1


def test_an_import_for_types_only_counts_too(copy: Path) -> None:
    spoil(
        copy,
        "services",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import PySide6",
    )
    _, kept, report = lint(copy)
    assert not kept["qt-only-in-ui"], report


@pytest.mark.parametrize(
    "contract", [key for key, value in CONTRACTS.items() if value["type"] == "forbidden"]
)
def test_every_name_that_a_contract_forbids_is_recognised(copy: Path, contract: str) -> None:
    forbidden: list[str] = CONTRACTS[contract]["forbidden_modules"]
    layer = CONTRACTS[contract]["source_modules"][0].removeprefix(f"{PACKAGE}.")
    spoil(copy, layer, "\n".join(f"import {name}" for name in forbidden))
    _, kept, report = lint(copy)
    assert not kept[contract]
    named = re.findall(rf"{PACKAGE}\.{layer} is not allowed to import ([\w.]+)", report)
    assert sorted(named) == sorted(forbidden), report


def test_layers_name_every_module_at_the_top() -> None:
    named = set(re.findall(rf"{PACKAGE}\.\w+", " ".join(CONTRACTS["layers"]["layers"])))
    graph = grimp.build_graph(PACKAGE, cache_dir=None)
    assert graph.find_children(PACKAGE) - {f"{PACKAGE}.__main__"} == named


def test_the_domain_imports_the_standard_library_only() -> None:
    graph = grimp.build_graph(PACKAGE, include_external_packages=True, cache_dir=None)
    domain = f"{PACKAGE}.domain"
    foreign = {
        f"{module} -> {imported}"
        for module in {domain, *graph.find_descendants(domain)}
        for imported in graph.find_modules_directly_imported_by(module)
        if imported.split(".")[0] not in sys.stdlib_module_names
        and not f"{imported}.".startswith(f"{domain}.")
    }
    assert foreign == set()
