"""Every French text that the package, its data or its guide may show, with where it is."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "numecole_desktop"
ACCENTED = frozenset("éèêëàâçùûîïôœÉÈÊÀÇŒ’«»…\u00a0")

_SPACES = {"NBSP": "\u00a0", "NARROW_NBSP": "\u202f"}

Text = tuple[str, str]
"""Where (file and line, or file and key), and what."""


def package_texts() -> Iterator[Text]:
    """Strings of the code that look French."""
    return ((where, text) for where, text in package_strings() if ACCENTED & set(text))


def package_strings() -> Iterator[Text]:
    """Strings of the code, but for docstrings; « {} » for what is put in."""
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        where = path.relative_to(ROOT).as_posix()
        yield from ((f"{where}:{line}", text) for line, text in _strings(tree, told))


def data_texts() -> Iterator[Text]:
    """Texts of the rule files that look French."""
    for path in sorted((ROOT / "resources").rglob("*.toml")):
        where = path.relative_to(ROOT).as_posix()
        for key, text in _values(tomllib.loads(path.read_text("utf-8")), ""):
            if ACCENTED & set(text):
                yield f"{where}:{key}", text


def guide_texts() -> Iterator[Text]:
    """Lines of the guide."""
    for path in sorted((ROOT / "docs" / "guide").glob("*.md")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            if line.strip():
                yield f"{path.relative_to(ROOT).as_posix()}:{number}", line


def _strings(node: ast.AST, told: set[int]) -> Iterator[tuple[int, str]]:
    if id(node) in told and isinstance(node, ast.Constant):
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.lineno, node.value
        return
    if isinstance(node, ast.JoinedStr):
        yield node.lineno, "".join(_piece(part) for part in node.values)
    for child in ast.iter_child_nodes(node):
        inside = child.value if isinstance(child, ast.FormattedValue) else child
        if not (isinstance(node, ast.JoinedStr) and isinstance(child, ast.Constant)):
            yield from _strings(inside, told)


def _piece(part: ast.expr) -> str:
    if isinstance(part, ast.Constant):
        return str(part.value)
    if isinstance(part, ast.FormattedValue) and isinstance(part.value, ast.Name):
        return _SPACES.get(part.value.id, "{}")
    return "{}"


def _values(value: object, key: str) -> Iterator[Text]:
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _values(inner, f"{key}.{name}".strip("."))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _values(inner, f"{key}[{place}]")
