"""What a label application is judged on: the rules of a référentiel, compiled (rules 2.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from numecole_desktop.domain.french import NBSP, quoted
from numecole_desktop.domain.label import VALID_YEARS
from numecole_desktop.domain.referential import Criterion, MissingRuleError, Referential

LABEL_SUBJECT = "label"
"""Subject of the référentiels that give these rules."""

CRITERION_KINDS: Mapping[str, tuple[str, ...]] = {
    "referents": (),
    "ent": (),
    "ent_application": ("application_periods",),
    "projects": ("project_classes", "project_share"),
    "support": (),
    "equipment": (),
}
"""Ways of judging a criterion, each with the numbers that it needs in the référentiel."""

_ALWAYS = (VALID_YEARS, "highest", "campaign_first_month", "campaign_last_month")


@dataclass(frozen=True, slots=True)
class LabelRules:
    """The rules of a référentiel of the label.

    ``project_share`` is a part of the classes, rounded up to whole classes. ``periods`` is how
    many periods of ENT connections are known when schools apply. ``campaign`` gives the first and
    the last month in which they do.
    """

    referential: str
    title: str
    fingerprint: str
    criteria: tuple[Criterion, ...]
    highest: int
    project_classes: int
    project_share: Fraction
    periods: int
    campaign: tuple[int, int]
    assumptions: tuple[str, ...]

    @classmethod
    def of(cls, referential: Referential) -> LabelRules:
        """Compile the rules.

        Raises:
            MissingRuleError: the référentiel has no criterion or lacks a number that one needs.
        """
        if not referential.criteria:
            raise MissingRuleError(f"{referential.id} n’a aucun critère")
        needed = {key for c in referential.criteria for key in CRITERION_KINDS[c.kind]}
        for key in (*_ALWAYS, *sorted(needed)):
            referential.value(key)
        share = referential.value("project_share") if "project_share" in needed else Fraction(1)
        if not 0 < share <= 1:
            raise MissingRuleError(
                f"{referential.id}{NBSP}: {quoted('project_share')} doit être une part de plus de "
                f"0 et d’au plus 1"
            )

        def number(key: str) -> int:
            return referential.whole(key) if key in referential.values else 0

        return cls(
            referential.id,
            referential.title,
            referential.fingerprint,
            referential.criteria,
            number("highest"),
            number("project_classes"),
            share,
            number("application_periods"),
            (number("campaign_first_month"), number("campaign_last_month")),
            referential.assumptions,
        )

    def criterion(self, key: str) -> Criterion:
        """The criterion ``key``.

        Raises:
            MissingRuleError: the référentiel does not hold it.
        """
        for criterion in self.criteria:
            if criterion.key == key:
                return criterion
        known = ", ".join(c.key for c in self.criteria)
        raise MissingRuleError(
            f"le critère {quoted(key)} n’existe pas dans {self.title}{NBSP}: les critères sont "
            f"{known}"
        )

    def classes_for_share(self, classes: int) -> int:
        """Fewest classes that make the share asked for of ``classes``."""
        return -(-classes * self.project_share.numerator // self.project_share.denominator)
