"""The events that hold a record's fields, kept in as little room as they can be.

A record written by one event needs one number, ``head``. ``others`` names only the fields held
by something else: an earlier event, several at once (a conflict or the same value twice), or an
event that cleared them, since a field without a value must still remember who emptied it.

Numbers are whatever the store numbers its events with, in the order in which they were applied.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

Covered = Callable[[int], bool]
"""Whether the event that is being applied had seen the event of this number."""

StoredHeads = Mapping[str, int | list[int]]


@dataclass(frozen=True, slots=True)
class RecordHeads:
    """The heads of each field of a record; see the module."""

    head: int = 0
    others: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @classmethod
    def read(cls, head: int, stored: StoredHeads | None) -> RecordHeads:
        """From a row: its ``head``, and {field: number or numbers} or nothing."""
        return cls(
            head,
            {
                name: tuple(numbers) if isinstance(numbers, list) else (numbers,)
                for name, numbers in (stored or {}).items()
            },
        )

    def stored(self) -> dict[str, int | list[int]]:
        """{field: number or numbers}, as ``read`` takes it back."""
        return {
            name: numbers[0] if len(numbers) == 1 else list(numbers)
            for name, numbers in self.others.items()
        }

    def of(self, name: str, *, held: bool) -> tuple[int, ...]:
        """Heads of a field, which ``held`` says to have a value; none when never written."""
        return self.others.get(name) or ((self.head,) if held else ())

    def shared(self) -> dict[str, tuple[int, ...]]:
        """Fields with several heads: a conflict unless all say the same."""
        return {name: numbers for name, numbers in self.others.items() if len(numbers) > 1}

    def after(
        self,
        number: int,
        names: Iterable[str],
        held: Iterable[str],
        covered: Covered | None = None,
    ) -> dict[str, tuple[int, ...]]:
        """Heads of every field once event ``number`` has written ``names``, before ``compact``.

        ``held`` are the fields with a value until now. Without ``covered`` the event had seen
        all that this record holds.
        """
        heads = dict.fromkeys(held, (self.head,)) | dict(self.others)
        for name in names:
            kept = () if covered is None else [h for h in heads.get(name, ()) if not covered(h)]
            heads[name] = (*kept, number)
        return heads

    @classmethod
    def compact(
        cls, head: int, heads: Mapping[str, tuple[int, ...]], held: Iterable[str]
    ) -> RecordHeads:
        """Heads of every field, of which only those are kept that ``head`` does not say.

        ``held`` are the fields with a value.
        """
        said = set(held)
        return cls(
            head,
            {
                name: numbers
                for name, numbers in heads.items()
                if numbers != (head,) or name not in said
            },
        )
