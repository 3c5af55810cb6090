"""The merge by its definition, from the bytes of all events: what every base must show."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from numecole_desktop.domain.causality import covers
from tests.exchange.posts import Post
from tests.merge.oracle import said

UNITS = {"status": ("status", "submitted_at"), "submitted_at": ("status", "submitted_at")}

Places = dict[tuple[str, str, str], set[str]]
"""Values by school, year and unit (its first field)."""


def bodies(posts: Iterable[Post]) -> dict[str, dict[str, Any]]:
    """Every event that one post or another holds, by hash."""
    found = {}
    for post in posts:
        for digest, body in post.workspace.base.connection.execute(
            "SELECT hash, body FROM event UNION SELECT hash, body FROM held_event"
        ):
            found[digest] = json.loads(body)
    return found


def values(events: Iterable[dict[str, Any]]) -> Places:
    """What declarations say: values that no event replaced which had seen them."""
    spoken: dict[tuple[str, str, str], list[tuple[dict[str, Any], str]]] = defaultdict(list)
    for event in events:
        if event["kind"] != "declaration":
            continue
        for uai, year, *cells in event["rows"]:
            named = {
                name: cell
                for name, cell in zip(event["columns"][2:], cells, strict=True)
                if cell != {}
            }
            for unit in {UNITS.get(name, (name,)) for name in named}:
                spoken[uai, year, unit[0]].append((event, said(named, unit)))
    found = {}
    for place, all_said in spoken.items():
        heads = {
            value
            for event, value in all_said
            if not any(
                covers(other["ctx"], (event["journal"], event["n"])) for other, _ in all_said
            )
        }
        found[place] = heads
    return found


def shown_values(post: Post) -> dict[tuple[str, str, str], str]:
    """The value that a base shows for each answer and status that it holds."""
    found = {}
    for uai, first, status, answers in post.workspace.base.connection.execute(
        "SELECT uai, year, status, answers FROM declaration"
    ):
        cells = {**json.loads(answers), **({"status": status} if status else {})}
        for name, value in cells.items():
            place = (uai, f"{first}-{first + 1}", name)
            found[place] = said({name: value}, UNITS.get(name, (name,)))
    return found
