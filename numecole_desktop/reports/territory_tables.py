"""Tables of a territory's profile: the territories inside it, the schools yet to declare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from numecole_desktop.domain.french import Counted, whole
from numecole_desktop.domain.territory import FIGURES, unanswered
from numecole_desktop.domain.territory_profile import FigureGroup, SchoolLine, TerritoryProfile
from numecole_desktop.reports.blocks import heading, paragraph
from numecole_desktop.reports.columns import fitted_columns
from numecole_desktop.reports.figures import compact, count_and_share, percent
from numecole_desktop.reports.layout import Block
from numecole_desktop.reports.styles import styles
from numecole_desktop.reports.tables import Row, Table
from numecole_desktop.reports.texts import Texts

_texts = Texts("territory_profile")
_common = Texts("common")

_Told: TypeAlias = tuple[str, int | None]
"""A figure as it is told: its count in words, its percentage."""


def parts_block(profile: TerritoryProfile) -> Block:
    """The territories inside, one line each, then the territory itself as the total."""
    if not profile.parts:
        return Block([])
    shown: Sequence[Mapping[str, Any]] = _texts.table("parts")["columns"]
    density = compact()
    cells = [
        (name, *(_cell(column, _part(counts, shares)) for column in shown))
        for name, counts, shares in profile.parts
    ]
    rows = [Row(each) for each in cells]
    totals = _totals(profile.groups)
    total = (_texts("parts_total"), *(_cell(column, totals) for column in shown))
    if any(total[1:]):
        cells.append(total)
        rows.append(Row(total, strong=True))
    titles = [profile.parts_kind, *(column["title"] for column in shown)]
    columns = fitted_columns(titles, cells, density.strong, lean=True)
    columns = [replace(column, style=density.plain) for column in columns]
    table = Table(columns, space=density.space).pieces(rows)
    table[-1].keep_with_next = True
    note = paragraph(_texts("note", "parts"), styles().small, before=4)
    return Block([heading(profile.parts_kind), *table, note], whole=False)


def not_declared_block(profile: TerritoryProfile) -> Block:
    """The schools to remind, with their last declaration; empty when there is none."""
    schools = profile.not_declared
    if not schools:
        return Block([])
    sentence = _texts("not_declared_count", schools=Counted(len(schools)))
    density = compact()
    titles = ("name", "commune", "uai", "declared")
    cells = [_school(line) for line in schools]
    columns = fitted_columns(
        [_texts(title, "schools") for title in titles],
        cells,
        density.plain,
        aligned=["left"] * len(titles),
    )
    table = Table(columns, space=density.space).pieces([Row(each) for each in cells])
    return Block(
        [
            heading(_texts("not_declared", year=profile.year)),
            paragraph(sentence, styles().body, before=0, after=4, keep=True),
            *table,
        ],
        whole=False,
    )


def _school(line: SchoolLine) -> tuple[str, ...]:
    return line.name, line.commune, line.uai, line.declared_year or _texts("never")


def _cell(column: Mapping[str, Any], told: Mapping[str, _Told]) -> str:
    show = column["show"]
    text, share = told.get(column["figure"], ("", None))
    if show == "percent":
        return text if text == _common("unknown") else percent(share)
    return count_and_share(text, share if show == "both" else None)


def _part(counts: Mapping[str, int], shares: Mapping[str, int | None]) -> dict[str, _Told]:
    return {
        name: (_common("unknown"), None)
        if unanswered(counts, name)
        else (whole(counts[name]), shares.get(name))
        for name in FIGURES
    }


def _totals(groups: Sequence[FigureGroup]) -> dict[str, _Told]:
    return {line.name: (line.text, line.percent) for group in groups for line in group.lines}
