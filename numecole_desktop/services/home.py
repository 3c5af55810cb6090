"""What is to do now: counts for the first screen, read in a few short queries."""

from __future__ import annotations

from dataclasses import dataclass

from numecole_desktop.domain.label_application import State
from numecole_desktop.domain.own_territory import EVERYWHERE, OwnTerritory
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.services import first_start
from numecole_desktop.services.workspace import DEFAULT_OPERATOR, Workspace
from numecole_desktop.storage import figures, listing, todo
from numecole_desktop.storage.conflicts import conflict_count


@dataclass(frozen=True, slots=True)
class HomePage:
    """What waits in ``year``, over the public schools of a territory open then.

    ``submitted`` have a submitted declaration of the year, ``known`` one of that year or before;
    ``drafts`` and ``undeclared`` are the others, begun or not. Dossiers are those of the campaign
    of ``year``; ``labels_ending`` hold until its end. ``last_sent`` and ``last_received`` are
    labels of time, empty when no batch went or came. ``named`` is true once somebody said who
    types here, ``held`` the number of schools of the base, of any kind, ``step`` that of the first
    start to take (0: none). Conflicts, files set aside
    and batches are those of the whole base.
    """

    year: SchoolYear
    named: bool
    held: int
    schools: int
    submitted: int
    known: int
    drafts: int
    undeclared: int
    dossier_drafts: int
    to_examine: int
    to_decide: int
    labels_ending: int
    conflicts: int
    aside: int
    last_sent: str
    last_received: str
    step: int


def home_page(
    workspace: Workspace, year: SchoolYear, within: OwnTerritory = EVERYWHERE
) -> HomePage:
    """Count what waits ``within`` a territory."""
    connection = workspace.base.connection
    if within:
        counts = [
            figures.territory_counts(connection, within.level, code, year) for code in within.codes
        ]
    else:
        counts = [*figures.level_counts(connection, "academie", year, None).values()]
    schools, submitted, known = (
        sum(count[name] for count in counts)
        for name in ("schools", "schools_up_to_date", "schools_known")
    )
    drafts = todo.draft_count(connection, year, within)
    dossiers = todo.dossier_counts(connection, year, within)
    held = listing.count_schools(connection)
    return HomePage(
        year,
        workspace.operator != DEFAULT_OPERATOR,
        held,
        schools,
        submitted,
        known,
        drafts,
        schools - submitted - drafts,
        dossiers.get(State.DRAFT.value, 0),
        dossiers.get(State.SUBMITTED.value, 0),
        dossiers.get(State.EXAMINED.value, 0),
        sum(
            decided.first + workspace.catalogue.label_years(decided) - 1 == year.first
            for decided in todo.label_years(connection, year, within)
        ),
        conflict_count(connection),
        todo.aside_count(connection),
        todo.last_batch(connection, "sent_batch"),
        todo.last_batch(connection, "received_batch"),
        first_start.step(workspace, held=held),
    )
