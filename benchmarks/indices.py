"""P7: every index recomputed and stored, against copying seven columns with INSERT … SELECT."""

from __future__ import annotations

from benchmarks import bases
from benchmarks.harness import Options, Result, compare, timed
from numecole_desktop.services.workspace import Workspace

_COPIED = "uai, year, status, classes, teacher, pupil, equipment_index"


def recomputed(options: Options) -> Result:
    """P7: the state of 63 000 declarations rebuilt from the journal, the only way there is.

    Both sides write to the same encrypted base, in a transaction that ends on the disk. The
    rebuilding writes all the rest of the state too, schools included.
    """
    with Workspace.open(bases.fresh(bases.one_year_base(), "indices.numecole")) as workspace:
        connection = workspace.base.connection
        before = connection.execute(f"SELECT {_COPIED} FROM declaration ORDER BY 1, 2").fetchall()

        def ours() -> None:
            with workspace.base.transaction():
                workspace.projection.rebuild()
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
            "état refait du journal, indices compris / copie de 7 colonnes",
            15,
            lambda: timed(ours),
            lambda: timed(copy),
            options.few(5),
        )
        after = connection.execute(f"SELECT {_COPIED} FROM declaration ORDER BY 1, 2").fetchall()
        assert before == after, "rebuilding changed the indices"
        return result
