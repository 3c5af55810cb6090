"""The quick ways of an import do what reading, checking and storing line by line does."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from numecole_desktop.importers.declarations import DeclarationReader
from numecole_desktop.importers.parsed import Parsed
from numecole_desktop.importers.rows import Row
from numecole_desktop.services import import_kinds, importing
from numecole_desktop.services.duplicates import DuplicateKeys
from numecole_desktop.services.importing import ImportReport
from numecole_desktop.services.workspace import Workspace
from tests.conftest import SCHOOLS, add_schools, fixed_clock, import_text
from tests.services.support import GOOD, HEADER, Tables, assert_sound, content, line

UAIS = tuple(school[0] for school in SCHOOLS)
ODD_CELLS = {
    "A1": ("", "quatre", "41", "0", "-1", "1 000", "4,0", "12", "12"),
    "A2": ("", "SATELLITE", "fibre", "NSP"),
    "A4": ("", "peut-être", "non"),
    "B1": ("", "9", "trois", "1", "1"),
    "B2": ("", "4"),
    "C1": ("", "5"),
    "C3": ("", "8"),
    "D1": ("", "INCONNU", "PROGRAMMATION|ROBOTIQUE", "ROBOTIQUE"),
    "A3": ("0", "61", ""),
}
YEARS = ("2023-2024", "2024-2025", "23/24", "2022-2023", "", "2023")


def some_lines(
    chance: random.Random, count: int, years: Sequence[str], statuses: Sequence[str]
) -> list[str]:
    """Lines of which about half have something odd, some of them twice."""
    lines = []
    for _ in range(count):
        answers = dict(GOOD)
        for code in chance.sample(sorted(ODD_CELLS), chance.choice((0, 0, 1, 2))):
            answers[code] = chance.choice(ODD_CELLS[code])
        if chance.random() < 0.2:
            answers = {}
        uai = chance.choice((*UAIS * 3, "0110160p", "0110160X", "0110152F", "110191Y", ""))
        text = line(uai, chance.choice(years), **answers)
        if statuses:
            text += ";" + chance.choice(statuses)
        lines.append(text)
    return lines


def imported(
    path: Path, folder: Path, texts: list[str]
) -> tuple[list[ImportReport], Tables, list[tuple[object, ...]]]:
    with Workspace.open(path, operator="test", clock=fixed_clock) as workspace:
        add_schools(workspace)
        reports = [import_text(workspace, "declarations", text, folder) for text in texts]
        assert_sound(workspace)
        years = workspace.base.connection.execute("SELECT * FROM declared_year").fetchall()
        return [replace(r, import_id="") for r in reports], content(workspace), years


@pytest.mark.parametrize("seed", range(24))
def test_both_ways_agree(tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(seed)
    years = (YEARS[:1], YEARS[:2], YEARS)[seed % 3]
    statuses = ("", "brouillon", "validée", "???")[: 4 * (seed % 2)]
    header = HEADER + ";statut" * bool(statuses)
    sizes = [chance.choice((1, 3, 12)) for _ in range(4)]
    texts = [
        "\n".join([header, *some_lines(chance, size, years, statuses)]) + "\n" for size in sizes
    ]
    texts += [texts[0], texts[1].replace("\n", ";;3\n", 2)]
    quick = imported(tmp_path / "quick.numecole", tmp_path, texts)
    monkeypatch.setattr(DeclarationReader, "read_columns", lambda _self, _rows: None)
    monkeypatch.setattr(importing, "_LARGE", 0)
    slow = imported(tmp_path / "slow.numecole", tmp_path, texts)
    assert quick == slow


def test_plain_lines_are_taken_by_columns(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the test above would compare the slow way with itself."""
    read: list[int] = []
    parse = DeclarationReader.parse

    def noted(self: DeclarationReader, row: Row) -> Parsed:
        read.append(row.line)
        return parse(self, row)

    monkeypatch.setattr(DeclarationReader, "parse", noted)
    good = [line(uai, **GOOD) for uai in UAIS]
    text = "\n".join([HEADER, *good[:3], line(UAIS[3], **{**GOOD, "B1": "9"}), good[4]]) + "\n"
    first = import_text(workspace, "declarations", text, tmp_path)
    assert (read, first.new, first.refused) == ([5], 4, 1)
    again = import_text(workspace, "declarations", text, tmp_path)
    assert (read, again.unchanged, again.refused) == ([5, 5], 4, 1)
    assert [(p.line, p.outcome) for p in again.preview] == [
        (2, "same"),
        (3, "same"),
        (4, "same"),
        (5, "refused"),
        (6, "same"),
    ]
    assert_sound(workspace)


@pytest.mark.parametrize("files", [((1, 2),), ((2, 1),), ((1,), (2,))])
def test_a_year_is_compared_with_the_one_before_it(
    workspace: Workspace, tmp_path: Path, files: tuple[tuple[int, ...], ...]
) -> None:
    """In the same file, whatever its order, or in the base."""
    years = {
        1: [line(uai, "2023-2024", **GOOD) for uai in UAIS],
        2: [line(uai, "2024-2025", **{**GOOD, "A1": "12"}) for uai in UAIS],
    }
    reports = []
    for given in files:
        text = "\n".join([HEADER, *(text for year in given for text in years[year])])
        reports.append(import_text(workspace, "declarations", text, tmp_path))
    assert [f.code for f in reports[-1].findings] == ["classes_changed"] * len(UAIS)


def test_a_cell_beyond_the_header_is_seen(workspace: Workspace, tmp_path: Path) -> None:
    text = "\n".join([HEADER, line(UAIS[0], **GOOD) + ";3"])
    report = import_text(workspace, "declarations", text, tmp_path)
    assert [f.code for f in report.findings] == ["too_many_cells"]


def test_the_preview_stops_at_its_first_lines(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_kinds, "PREVIEW_LINES", 3)
    lines = [line(uai, **{**GOOD, "B1": "9" if uai == UAIS[1] else "4"}) for uai in UAIS]
    report = import_text(workspace, "declarations", "\n".join([HEADER, *lines]), tmp_path)
    assert [(p.line, p.outcome) for p in report.preview] == [
        (2, "new"),
        (3, "refused"),
        (4, "new"),
    ]


def test_a_line_without_year_before_other_years_is_not_lost(
    workspace: Workspace, tmp_path: Path
) -> None:
    lines = [
        line(UAIS[0], "", **GOOD),
        line(UAIS[1], "2024-2025", **GOOD),
        line(UAIS[2], "2023-2024", **GOOD),
    ]
    report = import_text(workspace, "declarations", "\n".join([HEADER, *lines]), tmp_path)
    assert (report.lines, report.new, report.refused) == (3, 2, 1)
    assert [f.code for f in report.findings if f.line == 2] == ["invalid_year"]


def test_keys_met_twice_are_found_part_by_part(monkeypatch: pytest.MonkeyPatch) -> None:
    from numecole_desktop.importers.columns import Header
    from numecole_desktop.importers.rows import Row
    from numecole_desktop.services import duplicates

    monkeypatch.setattr(duplicates, "_COMPARED", 2)
    header = Header(1, ("uai", "year"), {"uai": 0, "year": 1}, (), ())
    survey = DuplicateKeys(header, ("uai", "year"))
    cells = [(uai, "2023-2024") for uai in (*UAIS, UAIS[1].lower())]
    rows = [Row(place, cell) for place, cell in enumerate(cells, start=2)]
    survey.see(rows)
    alone, shared = survey.part(rows)
    assert [row.line for row in shared] == [3, 7]
    assert [row.line for row in alone] == [2, 4, 5, 6]
