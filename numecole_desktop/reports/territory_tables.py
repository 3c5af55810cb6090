"""Tables of a territory's profile: the territories inside it, the schools yet to declare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from numecole_desktop.domain.french import Counted, whole
from numecole_desktop.domain.territory_profile import FigureGroup, SchoolLine, TerritoryProfile
from numecole_desktop.reports.blocks import heading, paragraph
from numecole_desktop.reports.columns import fitted_columns
from numecole_desktop.reports.figures import compact, count_and_share, percent
from numecole_desktop.reports.layout import Block
from numecole_desktop.reports.styles import styles
from numecole_desktop.reports.tables import Row, Table
from numecole_desktop.reports.texts import Texts

_texts = Texts("territory_profile")


def parts_block(profile: TerritoryProfile) -> Block:
    """The territories inside, one line each, then the territory itself as the total."""
    if not profile.parts:
        return Block([])
    shown: Sequence[Mapping[str, Any]] = _texts.table("parts")["columns"]
    density = compact()
    cells = [
        (name, *(_cell(column, counts, shares) for column in shown))
        for name, counts, shares in profile.parts
    ]
    rows = [Row(each) for each in cells]
    counts, shares = _totals(profile.groups)
    total = (_texts("parts_total"), *(_cell(column, counts, shares) for column in shown))
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
    key = "not_declared_one" if len(schools) == 1 else "not_declared_some"
    sentence = _texts(key, schools=Counted(len(schools)))
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


def _cell(
    column: Mapping[str, Any], counts: Mapping[str, int], shares: Mapping[str, int | None]
) -> str:
    name, show = column["figure"], column["show"]
    count, share = counts.get(name), shares.get(name)
    if show == "percent":
        return percent(share)
    if count is None:
        return ""
    return count_and_share(whole(count), share if show == "both" else None)


def _totals(
    groups: Sequence[FigureGroup],
) -> tuple[dict[str, int], dict[str, int | None]]:
    lines = [line for group in groups for line in group.lines]
    return {line.name: line.count for line in lines}, {line.name: line.percent for line in lines}
