"""What is to do now: the counts agree with the lists that they open."""

from datetime import UTC, datetime
from pathlib import Path

from numecole_desktop.domain.journal import RecordKind, Source
from numecole_desktop.domain.label_application import State
from numecole_desktop.domain.label_steps import Decision
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.services import (
    declarations,
    label_dossiers,
    label_forecast,
    label_lists,
    schools,
    settings,
)
from numecole_desktop.services.home import HomePage, home_page
from numecole_desktop.services.workspace import Workspace
from tests.conftest import YEAR, import_text
from tests.ui.conftest import FORMER, SCHOOL
from tests.ui.labels import OTHER, THIRD, drafted, examined, submitted


def declare(workspace: Workspace, uai: str, year: SchoolYear, *, submit: bool) -> None:
    form = declarations.open_form(workspace, uai, year)
    form = declarations.save_answers(workspace, form, FORMER).form
    if submit:
        declarations.submit(workspace, form)


def page(workspace: Workspace, year: SchoolYear = YEAR) -> HomePage:
    return home_page(workspace, year)


def test_declarations_are_counted_as_the_list_counts_them(workspace: Workspace) -> None:
    declare(workspace, SCHOOL, YEAR.previous, submit=True)
    declare(workspace, OTHER, YEAR, submit=True)
    declare(workspace, THIRD, YEAR, submit=False)
    found = page(workspace)
    assert (found.schools, found.submitted, found.known) == (5, 1, 2)
    assert (found.drafts, found.undeclared) == (1, 3)
    listed = [row.status for row in schools.school_rows(workspace, YEAR) if row.public and row.open]
    assert found.drafts == listed.count("draft")
    assert found.undeclared == listed.count("")


def test_a_closed_school_is_not_waited_for(workspace: Workspace) -> None:
    declare(workspace, THIRD, YEAR, submit=False)
    before = page(workspace)
    workspace.record(
        RecordKind.SCHOOL,
        ("uai", "closed_from"),
        [(THIRD, str(YEAR))],
        source=Source.IMPORTED,
    )
    found = page(workspace)
    assert (before.schools - found.schools, before.drafts, found.drafts) == (1, 1, 0)
    assert found.undeclared == before.undeclared


def test_dossiers_are_counted_by_what_they_wait_for(workspace: Workspace) -> None:
    declare(workspace, SCHOOL, YEAR, submit=True)
    drafted(workspace, SCHOOL)
    submitted(workspace, OTHER)
    examined(workspace, THIRD)
    found = page(workspace)
    assert (found.dossier_drafts, found.to_examine, found.to_decide) == (1, 1, 1)
    states = [row.state for row in label_lists.dossier_rows(workspace, YEAR)]
    assert states.count(State.SUBMITTED) == found.to_examine
    assert page(workspace, YEAR.previous).to_decide == 0


def test_labels_that_end_are_those_of_the_renewals(workspace: Workspace, tmp_path: Path) -> None:
    rows = f"{SCHOOL};{YEAR.previous};2\n{OTHER};{YEAR};1\n{THIRD};{YEAR.previous};0\n"
    import_text(workspace, "labels", f"uai;annee_scolaire;niveau\n{rows}", tmp_path)
    assert page(workspace).labels_ending == 1
    lines = label_forecast.forecast(workspace, YEAR)
    assert [line.uai for line in lines if line.ends == YEAR] == [SCHOOL]
    assert page(workspace, SchoolYear(YEAR.first + 1)).labels_ending == 1


def test_a_decided_dossier_waits_no_more(workspace: Workspace) -> None:
    dossier = examined(workspace)
    day = datetime(2024, 3, 4, tzinfo=UTC).date()
    label_dossiers.decide(workspace, dossier, Decision(0, day, "Équipement trop ancien."))
    assert page(workspace).to_decide == 0


def test_exchange_is_told(workspace: Workspace) -> None:
    connection = workspace.base.connection
    found = page(workspace)
    assert (found.conflicts, found.aside, found.last_sent, found.last_received) == (0, 0, "", "")
    with workspace.writing():
        connection.execute(
            "INSERT INTO conflict VALUES ('declaration', ?, ?, 'A1')", (SCHOOL, str(YEAR))
        )
        connection.execute("INSERT INTO quarantine VALUES ('h', 'f', 'a', 'c', 'r', x'00')")
        connection.executemany(
            "INSERT INTO sent_batch (hash, file, recipients, at, events, heads) "
            "VALUES ('h', 'f', '[]', ?, 1, '{}')",
            [("2024-03-01T08:00",), ("2024-03-02T08:00",)],
        )
    found = page(workspace)
    assert (found.conflicts, found.aside, found.last_sent) == (1, 1, "2024-03-02T08:00")


def test_who_types_is_asked_until_somebody_says_so(base_path: Path) -> None:
    with Workspace.open(base_path) as workspace:
        assert (page(workspace).named, page(workspace).held) == (False, 0)
        settings.put(workspace, "operator", "cpn-limoux")
        assert page(workspace).named
