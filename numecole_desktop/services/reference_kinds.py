"""Reference files as kinds of import: ENT, GAR, labels, head counts (rules 2.3 and 2.4).

They share the reading, the report and the undoing of the other kinds, but are kept as sets with
their source instead of events of the journal.
"""

from __future__ import annotations

from collections.abc import Sequence

from numecole_desktop.domain import finding as findings
from numecole_desktop.domain.french import NBSP
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.importers.columns import Header
from numecole_desktop.importers.parsed import Parsed
from numecole_desktop.importers.reference import ReferenceReader, ReferenceRules
from numecole_desktop.importers.rows import Row, Table
from numecole_desktop.referentials.resources import resource
from numecole_desktop.referentials.strict import Fields, read_toml
from numecole_desktop.services.import_kinds import ImportKind, Tally, told
from numecole_desktop.services.labels import contradictions
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.storage import reads, reference_sets

_RULES_FILE = "imports/reference.toml"


class ReferenceImport(ImportKind):
    """One kind of reference file, whose columns and bounds are data."""

    rules: ReferenceRules
    stores_events = False

    def __init__(self, workspace: Workspace, year: SchoolYear | None) -> None:
        super().__init__(workspace, year)
        self._set = 0
        self._seen: set[reference_sets.ReferenceKey] = set()
        self._lines: dict[reference_sets.ReferenceKey, int] = {}

    def begin(self, header: Header, table: Table) -> None:
        """Prepare, and begin the set."""
        self._reader = ReferenceReader(header, self.rules, self.year)
        connection = self.workspace.base.connection
        self._schools = {school.uai for school in reads.schools(connection)}
        self._set = reference_sets.begin_set(
            connection,
            self.batch,
            self.name,
            table.path.name,
            table.sha256,
            self.workspace.clock().isoformat(timespec="seconds"),
            self.workspace.operator,
        )

    def parse(self, row: Row) -> Parsed:
        """Read one line."""
        return self._reader.parse(row)

    def store(self, chunk: Sequence[Parsed], tally: Tally) -> None:
        """Store the rows of known schools that say something new."""
        connection = self.workspace.base.connection
        keys = [_key(parsed) for parsed in chunk]
        held = reference_sets.current_rows(connection, self.name, keys)
        added: dict[reference_sets.ReferenceKey, tuple[int, int]] = {}
        for key, parsed in zip(keys, chunk, strict=True):
            if key in self._seen:
                parsed.findings.append(
                    findings.error(
                        "duplicate_key",
                        f"Une ligne précédente du fichier parle déjà de la même chose{NBSP}: "
                        f"gardez la bonne et importez de nouveau.",
                        line=parsed.line,
                        column=self._reader.column("uai"),
                        value=key[0],
                    )
                )
                tally.count(parsed, "refused")
                continue
            self._seen.add(key)
            if key[0] not in self._schools:
                parsed.findings.append(
                    findings.error(
                        "unknown_school",
                        f"L’école {key[0]} n’est pas dans l’annuaire{NBSP}: importez un annuaire "
                        f"qui la contient, ou vérifiez l’UAI.",
                        line=parsed.line,
                        column=self._reader.column("uai"),
                        value=key[0],
                    )
                )
                tally.count(parsed, "refused")
                continue
            values = (int(str(parsed.values["value"])), int(str(parsed.values["extra"])))
            if held.get(key) == values:
                tally.count(parsed, "same")
                continue
            if key in held:
                shown = self._told(held[key], values) if tally.showing else ""
                tally.count(parsed, "changed", shown)
            else:
                tally.count(parsed, "new")
            added[key] = values
            if self.name == reference_sets.LABELS:
                self._lines[key] = parsed.line
        replaced = [key for key in added if key in held]
        reference_sets.add_rows(connection, self.name, self._set, added, replaced)

    def _told(self, before: tuple[int, int], after: tuple[int, int]) -> str:
        names = (self._reader.column("value") or "", self._reader.column("extra") or "")
        if self.rules.value == "yes_no":
            before, after = (bool(before[0]), before[1]), (bool(after[0]), after[1])
        pairs = zip(names, before, after, strict=True)
        return told((name, old, new) for name, old, new in pairs if old != new)

    def finish(self, tally: Tally) -> None:
        """Close the set and bring what depends on it up to date."""
        connection = self.workspace.base.connection
        accepted = tally.new + tally.changed
        reference_sets.end_set(connection, self._set, accepted, tally.unchanged, tally.refused)
        if accepted:
            self.workspace.refresh_references()
            if self.name == reference_sets.LABELS:
                self._say_contradictions(tally)

    def _say_contradictions(self, tally: Tally) -> None:
        decided = {SchoolYear(key[1]) for key in self._lines}
        for year in sorted(decided | {year.next for year in decided}):
            for found in contradictions(self.workspace, year):
                line = self._lines.pop((found.uai, found.decided.first, ""), None)
                if line is not None:
                    tally.findings.append(
                        findings.warning(
                            "label_contradicts",
                            found.message,
                            line=line,
                            column=self._reader.column("value"),
                            value=str(found.label),
                        )
                    )


def _key(parsed: Parsed) -> reference_sets.ReferenceKey:
    uai, year, key = parsed.key or ("", "", "")
    return uai, int(year[:4]), key


def _kind(fields: Fields, kind: str) -> type[ReferenceImport]:
    with fields:
        rules = ReferenceRules(
            kind=kind,
            label=fields.text("label"),
            key=fields.text("key"),
            value=fields.text("value"),
            key_minimum=fields.whole("key_minimum", 0),
            key_maximum=fields.whole("key_maximum", 0),
            value_minimum=fields.whole("value_minimum", 0),
            value_maximum=fields.whole("value_maximum", 0),
            extra_minimum=fields.whole("extra_minimum", 0),
            single_year=fields.flag("single_year", False),
        )
    keys = ("uai", "year") if rules.key == "none" else ("uai", "year", "key")
    return type(
        f"ReferenceImport_{kind}",
        (ReferenceImport,),
        {"name": kind, "label": rules.label, "key_columns": keys, "rules": rules},
    )


def reference_kinds() -> tuple[type[ReferenceImport], ...]:
    """Every kind of reference file, in the order of the rules file."""
    top = read_toml(resource(_RULES_FILE).read_bytes(), _RULES_FILE)
    return tuple(_kind(top.table(name), name) for name in top.names())
