"""The equipment index while answers are in conflict: what it may be, not what it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from numecole_desktop.domain.equipment import INPUTS, EquipmentRules, index_counts
from numecole_desktop.domain.questionnaire import Answer, Answers, as_number


@dataclass(frozen=True, slots=True)
class IndexRange:
    """Every index that some choice among the answers gives; None when it cannot be computed."""

    possible: frozenset[int | None]

    @property
    def lowest(self) -> int | None:
        """The lowest index, None when none can be computed."""
        return min(self._known, default=None)

    @property
    def highest(self) -> int | None:
        """The highest index, None when none can be computed."""
        return max(self._known, default=None)

    @property
    def label(self) -> str:
        """« 2 », « de 1 à 3 », « 2 ou non calculable »."""
        if self.lowest is None:
            return "non calculable"
        said = (
            str(self.lowest)
            if self.lowest == self.highest
            else f"de {self.lowest} à {self.highest}"
        )
        return f"{said} ou non calculable" if None in self.possible else said

    @property
    def _known(self) -> list[int]:
        return [value for value in self.possible if value is not None]


def index_range(
    answers: Answers, disputed: Mapping[str, Sequence[Answer | None]], rules: EquipmentRules
) -> IndexRange:
    """The indices of ``answers`` with each choice of ``disputed``; None is a choice too."""
    choices = []
    for code in INPUTS:
        given = disputed.get(code, (answers.get(code),))
        choices.append({as_number(value) for value in given})
    return IndexRange(frozenset(index_counts(rules, *chosen)[2] for chosen in product(*choices)))
