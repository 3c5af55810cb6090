"""Receipts: what a device holds after an import, and six words to read over the telephone.

The words depend on the batch, on who received it, and on the events of the batch that are now held
without gap: whoever sent it computes those of a complete import, and compares.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from numecole_desktop.domain.french import fold
from numecole_desktop.shipped import typed
from numecole_desktop.sync.heads import SignedHead

WORDS = 6
_BITS = 11
_FORMAT = "numecole-recu/1"


class _WordFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    source: str
    words: list[str]


@dataclass(frozen=True, slots=True)
class Receipt:
    """``receiver`` (key identifier) now holds ``have`` of the batch whose payload has this hash."""

    batch: str
    receiver: str
    have: Mapping[str, int]

    def words(self, words: Sequence[str]) -> tuple[str, ...]:
        """The six words; ``words`` is the list of ``load_words``."""
        said = msgspec.json.encode(
            {
                "format": _FORMAT,
                "batch": self.batch,
                "receiver": self.receiver,
                "have": dict(sorted(self.have.items())),
            }
        )
        number = int.from_bytes(hashlib.sha256(said).digest(), "big")
        return tuple(words[(number >> (_BITS * rank)) % 2**_BITS] for rank in range(WORDS))


def receipt_of(
    batch: str, heads: Sequence[SignedHead], receiver: str, have: Mapping[str, int]
) -> Receipt:
    """The receipt of a batch: its journals only, as far as its heads go.

    ``have`` is the vector {journal: last n held without gap} of the receiver after the import.
    """
    sent = complete_receipt(batch, heads, receiver).have
    return Receipt(batch, receiver, {j: min(n, have.get(j, 0)) for j, n in sent.items()})


def complete_receipt(batch: str, heads: Sequence[SignedHead], receiver: str) -> Receipt:
    """The receipt that the sender expects: that of whoever took in the whole batch."""
    have: dict[str, int] = {}
    for head in heads:
        have[head.journal] = max(head.n, have.get(head.journal, 0))
    return Receipt(batch, receiver, have)


def same_words(typed: str, expected: Sequence[str]) -> bool:
    """Whether what was typed says the six words, case, accents and punctuation aside."""
    return fold(typed).split() == list(expected)


def load_words(data: bytes, origin: str) -> tuple[str, ...]:
    """The list of words, from the bytes of its TOML file; ``origin`` names it in the error.

    Raises:
        ValueError: not exactly 2 048 distinct plain words.
    """
    words = typed(data, origin, _WordFile).words
    if len(words) != 2**_BITS or len(set(words)) != len(words):
        raise ValueError(f"{origin} : il faut {2**_BITS} mots distincts, il y en a {len(words)}")
    if odd := next((w for w in words if not (w.isascii() and w.isalpha() and w.islower())), None):
        raise ValueError(f"{origin} : « {odd} » n’est pas un mot en minuscules sans accent")
    return tuple(words)
