"""The rule files that are shipped, and which of them holds for a school year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache, cached_property

from numecole_desktop.domain.ent import EntRules
from numecole_desktop.domain.equipment import SUBJECT, EquipmentRules
from numecole_desktop.domain.french import NBSP
from numecole_desktop.domain.journal import RecordKind
from numecole_desktop.domain.label import VALID_YEARS
from numecole_desktop.domain.label_rules import LABEL_SUBJECT, LabelRules
from numecole_desktop.domain.merge import MergeRules
from numecole_desktop.domain.questionnaire import Questionnaire
from numecole_desktop.domain.referential import MissingRuleError, Referential, in_force
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.domain.territory import PublishedAcademy
from numecole_desktop.referentials.loader import load_reference, load_referential
from numecole_desktop.referentials.merge_rules import load_merge_rules
from numecole_desktop.referentials.questionnaires import load_questionnaire
from numecole_desktop.referentials.resources import resource


class Catalogue:
    """Référentiels and questionnaires in memory, immutable; files are read on first use.

    ``received`` are référentiels that came in a signed package: their names and bytes.
    """

    def __init__(self, received: Sequence[tuple[str, bytes]] = ()) -> None:
        self._received = tuple(received)

    @cached_property
    def referentials(self) -> tuple[Referential, ...]:
        """Every référentiel, shipped or received."""
        shipped = [(file.name, file.read_bytes()) for file in _toml_files("referentials")]
        return tuple(load_referential(data, name) for name, data in (*shipped, *self._received))

    @cached_property
    def questionnaires(self) -> tuple[Questionnaire, ...]:
        """Every shipped questionnaire, oldest first."""
        found = [
            load_questionnaire(file.read_bytes(), file.name)
            for file in _toml_files("questionnaires")
        ]
        return tuple(sorted(found, key=lambda q: q.first_year))

    @cached_property
    def _merge_rules(self) -> Mapping[RecordKind, MergeRules]:
        name = "merge.toml"
        return load_merge_rules(resource(f"journal/{name}").read_bytes(), name)

    def merge_rules(self, kind: RecordKind) -> MergeRules:
        """What is merged together, and not compared, in records of a kind."""
        return self._merge_rules.get(kind, MergeRules())

    def questionnaire(self, year: SchoolYear) -> Questionnaire:
        """The questionnaire in force in ``year``.

        Raises:
            MissingRuleError: none had begun.
        """
        begun = [q for q in self.questionnaires if q.first_year <= year]
        if not begun:
            raise MissingRuleError(
                f"aucun questionnaire n’est connu pour {year}{NBSP}: le plus ancien commence en "
                f"{self.questionnaires[0].first_year}"
            )
        return begun[-1]

    def equipment(self, year: SchoolYear) -> Referential:
        """The référentiel of the equipment index in force in ``year``.

        Raises:
            MissingRuleError: none had begun.
        """
        return in_force(self.referentials, SUBJECT, year)

    def equipment_rules(self, year: SchoolYear) -> EquipmentRules:
        """Compiled rules of ``equipment``."""
        return _compiled(self.equipment(year).id, self)

    def ent(self, year: SchoolYear) -> Referential:
        """The référentiel of ENT and GAR use in force in ``year``.

        Raises:
            MissingRuleError: none had begun.
        """
        return in_force(self.referentials, "ent", year)

    def ent_rules(self, year: SchoolYear) -> EntRules:
        """Compiled rules of ``ent``."""
        return _compiled_ent(self.ent(year).id, self)

    def label(self, year: SchoolYear) -> Referential:
        """The référentiel of the label in force for the campaign of ``year``.

        Raises:
            MissingRuleError: none had begun.
        """
        return in_force(self.referentials, LABEL_SUBJECT, year)

    def label_rules(self, year: SchoolYear) -> LabelRules:
        """Compiled rules of ``label``."""
        return LabelRules.of(self.label(year))

    def label_years(self, year: SchoolYear) -> int:
        """For how many school years a label decided in ``year`` holds.

        Raises:
            MissingRuleError: no référentiel of the label had begun.
        """
        return self.label(year).whole(VALID_YEARS)

    @cached_property
    def academies(self) -> tuple[PublishedAcademy, ...]:
        """Published académie figures."""
        return self._reference_file[0]

    @property
    def academy_coverage(self) -> Fraction:
        """Share of its schools that a base must know to speak for an académie."""
        return self._reference_file[1]

    @cached_property
    def _reference_file(self) -> tuple[tuple[PublishedAcademy, ...], Fraction]:
        return load_reference(
            resource("reference/academies.toml").read_bytes(), "reference/academies.toml"
        )

    def __hash__(self) -> int:
        return id(self)


@cache
def _compiled(referential: str, catalogue: Catalogue) -> EquipmentRules:
    found = next(r for r in catalogue.referentials if r.id == referential)
    return EquipmentRules.of(found)


@cache
def _compiled_ent(referential: str, catalogue: Catalogue) -> EntRules:
    found = next(r for r in catalogue.referentials if r.id == referential)
    return EntRules.of(found)


def _toml_files(folder: str) -> list:  # type: ignore[type-arg]  # Traversable is not generic here
    return sorted(
        (f for f in resource(folder).iterdir() if f.name.endswith(".toml")), key=lambda f: f.name
    )
