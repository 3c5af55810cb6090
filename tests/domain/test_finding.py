"""Findings: what, where, how bad."""

from __future__ import annotations

from numecole_desktop.domain.finding import Severity, error, info, warning


def test_each_maker_has_its_severity() -> None:
    assert [make("c", "m").severity for make in (error, warning, info)] == list(Severity)


def test_a_finding_placed_in_a_file_keeps_the_rest() -> None:
    found = error("too_small", "A1", field="A1", value="0").at(12, "Classes")
    assert (found.line, found.column) == (12, "Classes")
    assert (found.code, found.message, found.field, found.value) == ("too_small", "A1", "A1", "0")
