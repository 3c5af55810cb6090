"""What is worked out from the events and the reference sets: state, labels, sums by territory.

It can all be dropped and made again; a change of format does so.
"""

from __future__ import annotations

from collections.abc import Sequence

from numecole_desktop.domain.ent import EntRules
from numecole_desktop.domain.equipment import EquipmentRules
from numecole_desktop.domain.referential import MissingRuleError
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.referentials.catalogue import Catalogue
from numecole_desktop.storage import figures, reference_sets, snapshots
from numecole_desktop.storage.engine import Base, run_steps
from numecole_desktop.storage.projection import Projection, StateRules


def rules_of(catalogue: Catalogue) -> StateRules:
    """What the state of a base depends on besides its events."""

    def find(year: SchoolYear) -> EquipmentRules | None:
        try:
            return catalogue.equipment_rules(year)
        except MissingRuleError:
            return None

    return StateRules(find, catalogue.merge_rules)


def refresh_figures(base: Base, catalogue: Catalogue, projection: Projection) -> None:
    """Bring labels and the summary by territory up to date with the events just applied."""
    stale = projection.stale
    if stale.labels:
        reference_sets.refresh_labels(base.connection, catalogue.label_years, stale.labels)
        stale.declarations(stale.labels, 0)
    if stale.first_year is not None:
        figures.refresh(base.connection, stale.first_year, stale.schools)


def refresh_references(base: Base, catalogue: Catalogue) -> None:
    """Recompute what each school holds of ENT, GAR and labels, inside the caller's transaction."""

    def ent_rules(year: SchoolYear) -> EntRules | None:
        try:
            return catalogue.ent_rules(year)
        except MissingRuleError:
            return None

    reference_sets.refresh_schools(base.connection, ent_rules, catalogue.label_years)


def migrate(
    base: Base,
    catalogue: Catalogue,
    projection: Projection,
    version: int,
    steps: Sequence[str],
) -> None:
    """Bring a base of format ``version`` to the current one; a copy is kept beside one that held.

    Raises:
        Problem: the copy cannot be written, or the disk refuses; nothing was changed.
    """
    if version:
        copy = snapshots.snapshot_path(base.path, f"avant-format-{len(steps)}")
        snapshots.backup(base, copy)
    with base.transaction():
        run_steps(base, version, steps)
        if version:
            projection.rebuild()
            refresh_references(base, catalogue)
            projection.stale.everything()
            refresh_figures(base, catalogue, projection)
    projection.stale.clear()
