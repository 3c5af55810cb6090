"""P7: every index recomputed and stored, against copying seven columns with INSERT … SELECT."""

from __future__ import annotations

from benchmarks import bases
from benchmarks.harness import Options, Result, compare, timed
from numecole_desktop.domain.journal import RecordKind
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.storage.events import read_events

_COPIED = "uai, year, status, classes, teacher, pupil, equipment_index"


def recomputed(options: Options) -> Result:
    """P7: 63 000 declarations rebuilt from the journal, which is how indices are recomputed.

    Both sides write to the same encrypted base, in a transaction that ends on the disk. The
    rebuilding reads the events and writes the answers too.
    """
    with Workspace.open(bases.fresh(bases.one_year_base(), "indices.numecole")) as workspace:
        connection = workspace.base.connection
        before = connection.execute(f"SELECT {_COPIED} FROM declaration ORDER BY 1, 2").fetchall()

        def ours() -> None:
            with workspace.base.transaction():
                connection.execute("DELETE FROM declaration")
                connection.execute("DELETE FROM declared_year")
                workspace.projection.folding.forget()
                for seq, event in read_events(connection, "kind = ?", (RecordKind.DECLARATION,)):
                    workspace.projection.apply(seq, event)
            workspace.projection.stale.clear()

        def copy() -> None:
            with workspace.base.transaction():
                connection.execute("DROP TABLE IF EXISTS copy")
                connection.execute(
                    "CREATE TABLE copy (uai TEXT, year INTEGER, status TEXT, classes INTEGER, "
                    "teacher INTEGER, pupil INTEGER, equipment_index INTEGER) STRICT"
                )
                connection.execute(f"INSERT INTO copy SELECT {_COPIED} FROM declaration")

        result = compare(
            "P7",
            "déclarations et indices refaits du journal / copie de 7 colonnes",
            15,
            lambda: timed(ours),
            lambda: timed(copy),
            options.few(5),
        )
        after = connection.execute(f"SELECT {_COPIED} FROM declaration ORDER BY 1, 2").fetchall()
        assert before == after, "rebuilding changed the indices"
        return result
