"""The académie's figures beside others: the base's own where it holds the académie."""

from __future__ import annotations

from numecole_desktop.domain.french import NBSP, plural
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.domain.territory import AcademyReference, covers, percentages
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.storage import figures


def academy_reference(
    workspace: Workspace, academy: str, year: SchoolYear
) -> AcademyReference | None:
    """Figures of ``academy`` for ``year``; published ones where the base does not hold it.

    Published figures of the latest earlier year serve when none exist for ``year``: they carry
    their own year. None when nothing is known.
    """
    if not academy:
        return None
    published = max(
        (
            p
            for p in workspace.catalogue.academies
            if p.reference.academy == academy and p.reference.year <= year
        ),
        key=lambda p: p.reference.year,
        default=None,
    )
    counts = figures.territory_counts(workspace.base.connection, "academie", academy, year)
    if covers(
        counts, published.schools if published else None, workspace.catalogue.academy_coverage
    ):
        known = plural(counts["schools_known"], "école connue", "écoles connues")
        return AcademyReference(
            academy, year, percentages(counts), f"déclarations de cette base{NBSP}: {known}", True
        )
    return published.reference if published else None
