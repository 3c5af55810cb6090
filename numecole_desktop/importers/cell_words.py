"""Words that stand for an answer in a survey: « n.c. », « néant », a tick; and « 12 classes »."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import msgspec

from numecole_desktop.domain.french import NBSP, fold_header, quoted
from numecole_desktop.domain.questionnaire import Answer, AnswerKind
from numecole_desktop.importers.cells import CellError, whole_number
from numecole_desktop.importers.kinds import KindError
from numecole_desktop.shipped import typed

MENDED, MISSING, WORD = "cell_mended", "cell_missing", "cell_word"
"""Codes of findings: a number without its words, an answer not known, a word for an answer."""


class WordsRead(NamedTuple):
    """What a cell answers (None: the answer is missing), code and sentence of the finding."""

    answer: Answer | None
    code: str
    said: str


@dataclass(frozen=True, slots=True)
class CellWords:
    """Words, folded, or signs as they are, that say: not known, there is none, ticked.

    Source: ``resources/imports/cellules.toml``.
    """

    missing: frozenset[str]
    none: frozenset[str]
    yes: frozenset[str]

    def read(self, kind: AnswerKind, text: str) -> WordsRead | None:
        """What an odd cell answers to a question of this kind; None when it cannot be read."""
        word = fold_header(text) or text
        if word in self.missing:
            said = f"{quoted(text)} lu comme une case vide{NBSP}: la réponse reste à donner."
            return WordsRead(None, MISSING, said)
        if kind is AnswerKind.YES_NO and word in self.yes | self.none:
            answer = word in self.yes
            return WordsRead(answer, WORD, f"{quoted(text)} lu {'OUI' if answer else 'NON'}.")
        if kind is not AnswerKind.INTEGER:
            return None
        if word in self.none:
            return WordsRead(0, WORD, f"{quoted(text)} lu 0.")
        try:
            number, note = whole_number(text)
        except CellError:
            return None
        return WordsRead(number, MENDED, note) if note else None


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    missing: tuple[str, ...]
    none: tuple[str, ...]
    yes: tuple[str, ...]


def load_cell_words(data: bytes, origin: str) -> CellWords:
    """Read the file from its bytes; ``origin`` names it in errors.

    Raises:
        KindError: not TOML, or a key missing, unknown or mistyped.
    """
    read = typed(data, origin, _File, KindError)
    words = (
        [fold_header(text) or text for text in texts] for texts in msgspec.structs.astuple(read)
    )
    return CellWords(*map(frozenset, words))
