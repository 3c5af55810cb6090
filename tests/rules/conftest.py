"""Golden cases, and an independent computation of the index written from the text alone."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from numecole_desktop.domain.questionnaire import Answer, Answers

GOLDEN = Path(__file__).parent / "golden"

Oracle = Callable[[Answers], tuple[int | None, int | None, int | None]]


@pytest.fixture(scope="session")
def oracle() -> Oracle:
    """The index, class by class."""
    return class_by_class


def read_golden(name: str) -> list[dict[str, Any]]:
    """Cases of a file of ``golden/``."""
    cases: list[dict[str, Any]] = tomllib.loads((GOLDEN / name).read_text("utf-8"))["case"]
    return cases


FILES = {"index_case": "equipment_index.toml", "check_case": "checks.toml"}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for ``index_case`` or ``check_case`` once per case of its file."""
    for argument, name in FILES.items():
        if argument in metafunc.fixturenames:
            cases = [pytest.param(case, id=case["name"]) for case in read_golden(name)]
            metafunc.parametrize(argument, cases)


@pytest.fixture(scope="session")
def golden() -> Callable[[str], list[dict[str, Any]]]:
    """Reads the cases of a golden file."""
    return read_golden


@pytest.fixture(scope="session")
def as_answers() -> Callable[[Mapping[str, Any]], dict[str, Answer]]:
    """Answers of a golden case as the application holds them."""
    return lambda written: {
        code: tuple(value) if isinstance(value, list) else value for code, value in written.items()
    }


def class_by_class(answers: Answers) -> tuple[int | None, int | None, int | None]:
    """(teacher, pupil, index) by walking through the classes one by one (rules 2.2)."""
    given = {
        code: value
        for code in ("A1", "B1", "B2", "B3", "C1", "C2", "C3")
        if type(value := answers.get(code)) is int and value >= 0
    }
    classes = range(given.get("A1", 0))
    if not classes:
        return None, None, None
    teacher = pupil = None
    if "B1" in given and given.keys() & {"B2", "B3"}:
        displays = [True] * (given.get("B2", 0) + given.get("B3", 0))
        computers = [True] * given["B1"]
        teacher = sum(1 for _room in zip(classes, computers, displays, strict=False))
    if {"C1", "C2", "C3"} <= given.keys():
        waiting = list(classes)
        for _trolley in range(given["C1"] + given["C2"]):
            del waiting[:4]
        for _corner in range(given["C3"]):
            del waiting[:1]
        pupil = len(classes) - len(waiting)
    if teacher is None or pupil is None:
        return teacher, pupil, None
    shares = (Fraction(teacher, len(classes)), Fraction(pupil, len(classes)))
    if min(shares) == 1:
        return teacher, pupil, 3
    if min(shares) >= Fraction(50, 100):
        return teacher, pupil, 2
    if max(shares) >= Fraction(50, 100):
        return teacher, pupil, 1
    return teacher, pupil, 0
