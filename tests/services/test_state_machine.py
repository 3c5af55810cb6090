"""Whatever happens to a base, its state is what its journal gives, and its journal only grows."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from numecole_desktop.domain.journal import Source
from numecole_desktop.domain.problem import Problem
from numecole_desktop.domain.questionnaire import Answer
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.services import declarations, import_undo, maintenance
from numecole_desktop.services import settings as stored
from numecole_desktop.services.importing import ImportReport, run_import
from numecole_desktop.services.workspace import Workspace
from tests.conftest import SCHOOLS, finish
from tests.services.support import HEADER, assert_sound, content, everything, line, state

UAIS = tuple(school[0] for school in SCHOOLS)
YEARS = ("2021-2022", "2022-2023", "2023-2024")
uais = st.sampled_from(UAIS)
years = st.sampled_from(YEARS)
small = st.integers(0, 6).map(str)


def mostly(good: st.SearchStrategy[str], *bad: str) -> st.SearchStrategy[str]:
    """A good cell nine times out of ten."""
    return st.integers(0, 9).flatmap(lambda n: good if n else st.sampled_from(bad))


answers = st.fixed_dictionaries(
    {"A1": mostly(st.integers(4, 8).map(str), "45", "x", "-1", "4,0", " 3 ", "")},
    optional={
        "A2": mostly(st.sampled_from(["FIBRE", "adsl", "NSP"]), "satellite"),
        "A3": mostly(small, "70"),
        "A7": mostly(st.sampled_from(["OUI", "non"]), "peut-être"),
        "B1": mostly(st.integers(0, 4).map(str), "9"),
        "B3": st.integers(0, 4).map(str),
        "C1": small,
        "C2": small,
        "C3": st.integers(0, 4).map(str),
        "D1": mostly(st.sampled_from(["ROBOTIQUE", "ROBOTIQUE|COM_FAMILLES"]), "AUTRE"),
    },
)
lines = st.lists(
    st.tuples(uais, years, answers, st.sampled_from(["", "validée", "brouillon"])),
    min_size=1,
    max_size=12,
)
directory = st.lists(
    st.tuples(
        st.sampled_from((*UAIS, "0110200H", "0110201J")),
        st.sampled_from(["", "École Jean-Jaurès", "Ecole primaire"]),
        st.sampled_from(["", "Carcassonne", "Évreux-sur-Aude", "Le Bourg"]),
        st.sampled_from(["", "12", "120", "n.c."]),
    ),
    min_size=1,
    max_size=8,
)
typed = st.dictionaries(
    st.sampled_from(["A1", "A2", "A3", "A7", "B1", "C1", "D1"]),
    st.one_of(
        st.none(),
        st.integers(-1, 50),
        st.booleans(),
        st.sampled_from(["FIBRE", "=1+1", "douze", "é" * 40]),
        st.sampled_from([("ROBOTIQUE",), ("COM_FAMILLES", "ROBOTIQUE")]),
    ),
    min_size=1,
    max_size=3,
)


class Life(RuleBasedStateMachine):
    """A base through edits, imports, cancellations, undoings, closings and reopenings."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="numecole-"))
        self.path = self.folder / "base.numecole"
        self.moment = datetime(2024, 3, 5, 10, 42, tzinfo=UTC)
        self.journal: list[dict[str, object]] = []
        self.imports: list[str] = []
        self.workspace = Workspace.open(self.path, clock=self.clock)
        self.read("annuaire", self.directory_text([(u, "École", "Aude", "") for u in UAIS]))

    def clock(self) -> datetime:
        """A clock that goes back as often as on."""
        self.moment += timedelta(days=self.moment.microsecond % 3 - 1, microseconds=1)
        return self.moment

    def teardown(self) -> None:
        if not hasattr(self, "workspace"):
            return
        assert_sound(self.workspace)
        before = everything(self.workspace)
        maintenance.rebuild(self.workspace)
        assert everything(self.workspace) == before
        self.workspace.close()
        shutil.rmtree(self.folder)

    @invariant()
    def journal_only_grows(self) -> None:
        if hasattr(self, "workspace"):
            found = everything(self.workspace)["event"]
            assert found[: len(self.journal)] == self.journal
            self.journal = found

    @staticmethod
    def directory_text(schools: list[tuple[str, str, str, str]]) -> str:
        head = "Identifiant_de_l_etablissement;Nom_etablissement;Nom_commune;Nombre_d_eleves"
        return "\n".join([head, *(";".join(school) for school in schools)]) + "\n"

    @staticmethod
    def declarations_text(
        found: list[tuple[str, str, dict[str, str], str]],
    ) -> str:
        return "\n".join([f"{HEADER};statut", *(f"{line(u, y, **a)};{s}" for u, y, a, s in found)])

    def file(self, text: str) -> Path:
        path = self.folder / "fichier.csv"
        path.write_text(text, encoding="utf-8")
        return path

    def read(self, kind: str, text: str) -> ImportReport:
        report = finish(run_import(self.workspace, kind, self.file(text)))
        assert report.lines == report.accepted + report.unchanged + report.refused
        assert bool(report.import_id) == bool(report.accepted)
        if report.import_id:
            self.imports.append(report.import_id)
        return report

    @rule(found=lines)
    def import_declarations(self, found: list[tuple[str, str, dict[str, str], str]]) -> None:
        text = self.declarations_text(found)
        report = self.read("declarations", text)
        event(f"refused lines: {report.refused > 0}")
        # What was just stored is stored: reading the file again changes nothing.
        again = self.read("declarations", text)
        assert (again.accepted, again.refused) == (0, report.refused)

    @rule(found=directory)
    def import_directory(self, found: list[tuple[str, str, str, str]]) -> None:
        text = self.directory_text(found)
        self.read("annuaire", text)
        assert self.read("annuaire", text).accepted == 0

    @rule(found=lines)
    def simulate(self, found: list[tuple[str, str, dict[str, str], str]]) -> None:
        before = everything(self.workspace)
        path = self.file(self.declarations_text(found))
        said = finish(run_import(self.workspace, "declarations", path, simulate=True))
        assert everything(self.workspace) == before
        done = self.read("declarations", self.declarations_text(found))
        assert (said.accepted, said.unchanged, said.refused, said.findings) == (
            done.accepted,
            done.unchanged,
            done.refused,
            done.findings,
        )

    @rule(found=lines, steps=st.integers(0, 3))
    def cancel(self, found: list[tuple[str, str, dict[str, str], str]], steps: int) -> None:
        before = everything(self.workspace)
        job = run_import(self.workspace, "declarations", self.file(self.declarations_text(found)))
        finished = False
        for _ in range(steps):
            try:
                next(job)
            except StopIteration as end:
                finished = True
                if end.value.import_id:
                    self.imports.append(end.value.import_id)
                break
        job.close()
        event(f"cancelled: {not finished}")
        if not finished:
            assert everything(self.workspace) == before

    @rule(uai=uais, year=years, changed=typed)
    def save(self, uai: str, year: str, changed: dict[str, Answer | None]) -> None:
        with suppress(Problem):
            form = declarations.open_form(self.workspace, uai, SchoolYear.parse(year))
            saved = declarations.save_answers(self.workspace, form, changed)
            held = saved.form.declaration.answers
            assert {code: held.get(code) for code in changed} == changed

    @rule(uai=uais, year=years, check=st.sampled_from(["many_classes", "many_robots"]))
    def confirm(self, uai: str, year: str, check: str) -> None:
        with suppress(Problem):
            form = declarations.open_form(self.workspace, uai, SchoolYear.parse(year))
            declarations.confirm(self.workspace, form, check, "vu sur place")

    @rule(uai=uais, year=years)
    def submit(self, uai: str, year: str) -> None:
        before = everything(self.workspace)
        try:
            form = declarations.open_form(self.workspace, uai, SchoolYear.parse(year))
            declarations.submit(self.workspace, form)
            event("submitted")
        except Problem:
            assert everything(self.workspace) == before

    @rule(uai=uais)
    def carry_over(self, uai: str) -> None:
        with suppress(Problem):
            form = declarations.open_form(self.workspace, uai, SchoolYear(2023))
            last = form.previous.answers if form.previous else {}
            left = {code: last[code] for code in last if code not in form.declaration.answers}
            declarations.save_answers(self.workspace, form, left, source=Source.CARRIED_OVER)

    @rule(uai=uais, year=years)
    def close_school(self, uai: str, year: str) -> None:
        import_undo.close_schools(self.workspace, [uai], SchoolYear.parse(year))

    @rule(uai=uais)
    def reopen_school(self, uai: str) -> None:
        import_undo.reopen_school(self.workspace, uai)

    @precondition(lambda self: len(self.imports) > 1)
    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        # The first import holds the schools that the other rules work on.
        chosen = data.draw(st.sampled_from(self.imports[1:]))
        self.imports.remove(chosen)
        finish(import_undo.undo_import(self.workspace, chosen))
        event("undone")

    @rule(files=st.lists(lines, min_size=1, max_size=3))
    def import_then_undo(self, files: list[list[tuple[str, str, dict[str, str], str]]]) -> None:
        """Imports undone one after the other, the last first, go back the way they came."""
        passed = []
        for found in files:
            before = content(self.workspace)
            report = self.read("declarations", self.declarations_text(found))
            if report.import_id:
                passed.append((report.import_id, before))
        for done, before in reversed(passed):
            self.imports.remove(done)
            finish(import_undo.undo_import(self.workspace, done))
            assert content(self.workspace) == before

    @rule(value=st.text(max_size=5))
    def put_setting(self, value: str) -> None:
        with suppress(UnicodeEncodeError):
            stored.put(self.workspace, "last_school", value)
            assert stored.get(self.workspace, "last_school") == value

    @rule()
    def reopen(self) -> None:
        before = everything(self.workspace)
        self.workspace.close()
        self.workspace = Workspace.open(self.path, create=False, clock=self.clock)
        assert everything(self.workspace) == before

    @rule()
    def rebuild(self) -> None:
        before = state(self.workspace)
        maintenance.rebuild(self.workspace)
        assert state(self.workspace) == before


TestLife = Life.TestCase
TestLife.settings = settings(
    max_examples=40,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
