"""The user guide: its pages in order, what they hold, and where words are found in it.

The guide is ``docs/guide/*.md``, read in the browser of a code repository as well as in the window
(F1). ``index.md`` lists the other pages in order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from numecole_desktop.domain.french import fold, sentence_spaces, slug
from numecole_desktop.shipped import shipped

_FOLDER = ("guide", "docs/guide")
INDEX = "index"
"""Name of the page that lists the others."""

_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([a-z-]+)\.md\)")
_MARKS = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|[*`|#>]")


@dataclass(frozen=True)
class GuidePage:
    """One page: name (that of its file, without ``.md``), title, and its text in Markdown."""

    name: str
    title: str
    text: str


@dataclass(frozen=True)
class Hit:
    """A part of a page that holds the words looked for.

    ``topic`` is « page » or « page#section »; ``section`` is empty for the start of a page.
    """

    topic: str
    title: str
    section: str


@cache
def pages() -> tuple[GuidePage, ...]:
    """Every page, in the order of the index, which comes first."""
    index = _read(INDEX)
    names = dict.fromkeys(match[1] for match in _LINK.finditer(index.text))
    return index, *(_read(name) for name in names)


def page(name: str) -> GuidePage:
    """The page called ``name``.

    Raises:
        KeyError: there is no such page.
    """
    return {one.name: one for one in pages()}[name]


def section_slug(heading: str) -> str:
    """Name of a section in « page#section »."""
    return slug(heading)


def sections(text: str) -> tuple[tuple[str, str], ...]:
    """Headings below the title, and the text under each; the start of the page has no heading."""
    found: list[tuple[str, list[str]]] = [("", [])]
    for line in text.splitlines():
        if line.startswith("##"):
            found.append((line.lstrip("# "), []))
        else:
            found[-1][1].append(line)
    return tuple((heading, "\n".join(lines)) for heading, lines in found)


def search(words: str) -> tuple[Hit, ...]:
    """The parts that hold every word, accents and case aside; titles come first."""
    wanted = fold(words).split()
    if not wanted:
        return ()
    ranked = sorted(_hits(wanted), key=lambda hit: hit[0])
    return tuple(hit for _, hit in ranked)


@cache
def picture(name: str) -> bytes:
    """The PNG that a page names (« images/ecoles.png »); empty where there is none."""
    file = shipped(*_FOLDER).joinpath(*name.split("/"))
    return file.read_bytes() if file.is_file() else b""


def _hits(wanted: list[str]) -> Iterator[tuple[int, Hit]]:
    for hit, title, heading, text in _parts():
        rank = _rank(wanted, title, heading, text)
        if rank is not None:
            yield rank, hit


@cache
def _parts() -> tuple[tuple[Hit, str, str, str], ...]:
    """Every section with its page's title, its heading and its text, folded."""
    return tuple(
        (
            Hit(f"{one.name}#{section_slug(heading)}" if heading else one.name, one.title, heading),
            fold(one.title),
            fold(heading),
            fold(_MARKS.sub(r" \1 ", text)),
        )
        for one in pages()
        for heading, text in sections(one.text)
    )


def _rank(wanted: list[str], title: str, heading: str, text: str) -> int | None:
    """0 when the title says it all, 1 the heading, 2 the text; None when a word is nowhere.

    The title answers for the start of the page alone, else every section of it would be found.
    """
    said = heading or title
    for rank, among in enumerate((said if not heading else "", heading, f"{said} {text}")):
        if all(f" {word}" in f" {among}" for word in wanted):
            return rank
    return None


def _read(name: str) -> GuidePage:
    text = sentence_spaces((shipped(*_FOLDER) / f"{name}.md").read_text("utf-8"))
    return GuidePage(name, text.splitlines()[0].lstrip("# "), text)
