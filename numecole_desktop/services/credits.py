"""What « À propos » says: components with their versions and licences, data, legal texts."""

from __future__ import annotations

import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from typing import TYPE_CHECKING

from numecole_desktop.domain.credits import Component, DataSource
from numecole_desktop.domain.french import sort_key
from numecole_desktop.referentials.credits import shipped_credits
from numecole_desktop.referentials.resources import resource
from numecole_desktop.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Iterator

_OWN = "numecole-desktop"
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_SEPARATORS = re.compile(r"[-_.]+")
_LONGEST_LICENCE = 80


def components() -> list[Component]:
    """Every installed library that the application needs, and what they carry, by name."""
    known, _ = shipped_credits()
    said = {_plain(part.name): part for part in known}
    found = {_plain(dist.name): _component(dist, said) for dist in _needed(_OWN, set())}
    carried = [
        part
        for name, part in said.items()
        if name not in found and (not part.within or _plain(part.within) in found)
    ]
    return sorted((*found.values(), *carried), key=lambda part: sort_key(part.name))


def data_sources() -> tuple[DataSource, ...]:
    """The data that are shipped."""
    return shipped_credits()[1]


def legal_texts() -> tuple[tuple[str, str], ...]:
    """Titles and texts: our licence, the notice, the licence of the font."""
    return (
        ("Licence de Numécole (MIT)", shipped("LICENSE").read_text("utf-8")),
        ("Mentions (NOTICE)", shipped("NOTICE").read_text("utf-8")),
        ("Licence de la police (OFL)", resource("fonts/OFL.txt").read_text("utf-8")),
    )


def _needed(name: str, seen: set[str]) -> Iterator[Distribution]:
    """The distribution called ``name`` and all it needs; what is not installed is not shipped."""
    if _plain(name) in seen:
        return
    seen.add(_plain(name))
    try:
        found = distribution(name)
    except PackageNotFoundError:
        return
    yield found
    for needed in found.requires or ():
        wanted, _, condition = needed.partition(";")
        match = _NAME.match(wanted)
        if match and "extra" not in condition:
            yield from _needed(match[0], seen)


def _component(found: Distribution, said: dict[str, Component]) -> Component:
    known = said.get(_plain(found.name))
    licence = _licence(found) or (known.licence if known else "")
    return Component(found.name, found.version, licence, found.name)


def _licence(found: Distribution) -> str:
    data = found.metadata
    if "License-Expression" in data:
        return data["License-Expression"]
    classified = [
        line.rpartition(" :: ")[2]
        for line in data.get_all("Classifier") or ()
        if line.startswith("License ::")
    ]
    if classified:
        return ", ".join(classified)
    said = data["License"] if "License" in data else ""  # noqa: SIM401  # no get() there
    return said.split("\n")[0][:_LONGEST_LICENCE]


def _plain(name: str) -> str:
    return _SEPARATORS.sub("-", name).lower()
