"""What « Rechercher partout » finds, and in which order: pure, over texts folded once.

A rank says how well something answers: 0 it is the very thing, 1 it begins so, 2 every word typed
begins one of its words, 3 it only holds what was typed.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from numecole_desktop.domain.french import fold, searched

if TYPE_CHECKING:
    from numecole_desktop.services.school_list import SchoolRow

    _Ranks = tuple[tuple[int, Callable[[SchoolRow], bool]], ...]


class Folded(Protocol):
    """What holds a text to search."""

    @property
    def folded(self) -> str:
        """Its text, folded."""


T = TypeVar("T")
F = TypeVar("F", bound=Folded)

EXACT, BEGINS, WORDS, HOLDS = range(4)
SHARED = 7
"""Answers of a source where others have some too."""
_PART = 2_000
"""Answers looked at between two stops of a search."""
_PART_OF_UAI = re.compile(r"\d{4,7}[a-z]?")
_UAI = 8
"""Length of the UAI that begins the folded text of a school; a space, then its name, follow."""


class Query:
    """What was typed, folded; ``uai`` is it without its spaces when it may be part of a UAI."""

    __slots__ = ("phrase", "uai", "words")

    def __init__(self, text: str) -> None:
        self.phrase = fold(text)
        self.words = tuple(self.phrase.split())
        compact = "".join(self.words)
        self.uai = compact if _PART_OF_UAI.fullmatch(compact) else ""

    def rank(self, title: str, folded: str) -> int:
        """How well something answers, whose whole folded text holds every word."""
        if title == self.phrase:
            return EXACT
        if title.startswith(self.phrase):
            return BEGINS
        return WORDS if _begins_words(self.words, folded) else HOLDS


class Entry:
    """Something that can be opened: a code, words, an icon, keys.

    ``also`` is searched and not shown. ``folded_title`` and ``folded`` are what a search reads.
    """

    __slots__ = ("code", "detail", "folded", "folded_title", "icon", "keys", "title")

    def __init__(
        self,
        code: str,
        title: str,
        detail: str = "",
        *,
        icon: str = "",
        keys: str = "",
        also: str = "",
    ) -> None:
        self.code = code
        self.title = title
        self.detail = detail
        self.icon = icon
        self.keys = keys
        self.folded_title = fold(title)
        self.folded = searched(f"{self.folded_title} {fold(f'{detail} {also}')}")


Steps = Generator[None, None, T]
"""A search that stops now and then, so that what is typed meanwhile comes in between."""


class _Best(Generic[T]):
    """The ``most`` best answers met so far, by slot: those of a lower slot are better.

    From ``limit`` on, a slot takes no more: others before it are enough.
    """

    def __init__(self, slots: int, most: int) -> None:
        self._held: list[list[T]] = [[] for _ in range(slots)]
        self._most = most
        self.limit = slots

    def add(self, slot: int, answer: T) -> None:
        """Keep an answer if it is one of the best; ties keep their order."""
        if slot >= self.limit:
            return
        self._held[slot].append(answer)
        before = 0
        for place, held in enumerate(self._held):
            before += len(held)
            if before >= self._most:
                self.limit = place
                return

    def answers(self) -> list[tuple[int, T]]:
        """Slots and answers, the best first."""
        found = [(slot, answer) for slot, held in enumerate(self._held) for answer in held]
        return found[: self._most]


def best_entries(
    entries: Iterable[Entry], query: Query, most: int
) -> Steps[Sequence[tuple[int, Entry]]]:
    """The ``most`` best answers with their ranks, the best first; ties keep their order."""
    best: _Best[Entry] = _Best(HOLDS + 1, most)
    for part in _parts(entries):
        for entry in _holding(part, query.words):
            best.add(query.rank(entry.folded_title, entry.folded), entry)
        yield
    return best.answers()


def best_schools(
    rows: Sequence[SchoolRow], query: Query, communes: Mapping[str, str], most: int
) -> Steps[tuple[Sequence[tuple[int, SchoolRow]], int]]:
    """The same for schools, and how many hold what was typed.

    A part of a UAI comes before names and communes, and those before any word.

    ``communes`` gives the folded name of communes, as far as they are known. Schools
    that are open, public and of one's territory come first among equals.
    """
    ranks = _school_ranks(query, communes)
    best: _Best[SchoolRow] = _Best(2 * (HOLDS + 1), most)
    count = 0
    for words in ((query.uai,), query.words) if query.uai else (query.words,):
        for part in _parts(rows):
            hits = _holding(part, words)
            count += len(hits)
            for row in hits:
                _place(row, ranks, best)
            yield
        if count:
            break
    return [(slot // 2, row) for slot, row in best.answers()], count


def _parts(answers: Iterable[T]) -> Iterator[Sequence[T]]:
    """A few at a time: far less than a frame, whatever is done with each."""
    rest = iter(answers)
    while part := list(islice(rest, _PART)):
        yield part


def _holding(answers: Sequence[F], words: Iterable[str]) -> Sequence[F]:
    for word in words:
        answers = [answer for answer in answers if word in answer.folded]
    return answers


def _place(row: SchoolRow, ranks: _Ranks, best: _Best[SchoolRow]) -> None:
    for rank, answers in ranks:
        if 2 * rank >= best.limit:
            return
        if answers(row):
            best.add(2 * rank + (not (row.open and row.public and row.mine)), row)
            return


def _school_ranks(query: Query, communes: Mapping[str, str]) -> _Ranks:
    phrase, uai = query.phrase, query.uai or query.phrase
    starts = [f" {word}" for word in query.words]

    def is_it(row: SchoolRow) -> bool:
        return row.folded[:_UAI] == uai or communes.get(row.commune) == phrase

    def begins(row: SchoolRow) -> bool:
        return (
            row.folded.startswith(uai)
            or row.folded.startswith(phrase, _UAI + 1)
            or communes.get(row.commune, "").startswith(phrase)
        )

    def has_words(row: SchoolRow) -> bool:
        return all(start in row.folded for start in starts)

    def holds(_: SchoolRow) -> bool:
        return True

    if len(phrase) < 2:  # one letter is in nearly every school: only what begins so is worth a look
        return ((BEGINS, begins), (HOLDS, holds))
    return ((EXACT, is_it), (BEGINS, begins), (WORDS, has_words), (HOLDS, holds))


def _begins_words(words: Sequence[str], folded: str) -> bool:
    spaced = f" {folded}"
    return all(f" {word}" in spaced for word in words)


class Source(ABC):
    """One kind of answers, under its ``heading``; at most ``most`` of them are found at once.

    ``first_heading`` stands above what is proposed before anything is typed.
    """

    heading = ""
    first_heading = ""
    most = 0

    def first(self) -> Sequence[Entry]:
        """What is proposed before anything is typed."""
        return ()

    @abstractmethod
    def search(self, query: Query) -> Steps[Sequence[tuple[int, Entry]]]:
        """The best answers with their ranks, the best first."""

    def more(self, shown: int) -> Entry | None:
        """What leads to the answers of the last search beyond the ``shown`` ones, if any does."""
        return None

    @abstractmethod
    def open(self, code: str, *, form: bool) -> None:
        """Open an answer by its code; ``form`` asks for the form of a school."""


class Listed(Source):
    """Answers that are listed whole; ``first`` ones are proposed before anything is typed.

    Args:
        heading: its name, as shown.
        most: how many of its answers are shown at once.
        entries: gives them all.
        opened: called with the code of the one chosen.
        proposed: whether they are shown before anything is typed.
    """

    def __init__(
        self,
        heading: str,
        most: int,
        entries: Callable[[], Sequence[Entry]],
        opened: Callable[[str], None],
        *,
        proposed: bool = False,
    ) -> None:
        self.heading = self.first_heading = heading
        self.most = most
        self._entries = entries
        self._opened = opened
        self._proposed = proposed

    def first(self) -> Sequence[Entry]:
        return self._entries()[: self.most] if self._proposed else ()

    def search(self, query: Query) -> Steps[Sequence[tuple[int, Entry]]]:
        return best_entries(self._entries(), query, self.most)

    def open(self, code: str, *, form: bool) -> None:
        self._opened(code)


Group = tuple[str, Source, Sequence[Entry]]
"""A heading, and the answers of a source under it."""


def gather(sources: Sequence[Source], text: str) -> Steps[list[Group]]:
    """Answers to ``text`` by source: the source that holds the best one first.

    Several sources share the room, so that the best answers of each are seen at once.
    """
    query = Query(text)
    if not query.words:
        proposed = [(source, source.first()) for source in sources]
        return [(s.first_heading, s, entries) for s, entries in proposed if entries]
    found = []
    for source in sources:
        answers = yield from source.search(query)
        if answers:
            found.append((source, answers))
    found.sort(key=lambda group: group[1][0][0])
    groups: list[Group] = []
    for source, answers in found:
        shown = [entry for _, entry in answers[: SHARED if len(found) > 1 else None]]
        more = source.more(len(shown))
        groups.append((source.heading, source, [*shown, more] if more else shown))
    return groups
