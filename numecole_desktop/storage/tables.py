"""The tables of the base as SQLModel classes, for what is read or edited record by record.

The schema itself is the numbered steps of ``storage/migrations``: a test holds these classes
against it. Bulk writes and the first screen use plain SQL on the same connection, because an
object per row costs thirty times as much, and the import of SQLAlchemy four times a start-up.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2 as sqlite
from sqlmodel import Field, Session, SQLModel


class ImportRow(SQLModel, table=True):
    """One import of the past; ``undone`` is 1 once it was undone."""

    __tablename__ = "import_run"

    id: str = Field(primary_key=True)
    kind: str
    file: str
    sha256: str
    at: str
    operator: str
    lines: int
    accepted: int
    unchanged: int
    refused: int
    warnings: int
    undone: int


class EventRow(SQLModel, table=True):
    """One event of a journal; ``body`` holds its bytes, ``hash`` their SHA-256."""

    __tablename__ = "event"

    seq: int = Field(primary_key=True)
    journal: str
    n: int
    hash: str
    kind: str
    batch: str
    first_key: str
    last_key: str
    body: bytes


@contextmanager
def session(connection: sqlite.Connection) -> Iterator[Session]:
    """A SQLModel session over the base's own connection, outside any transaction of ours.

    Raises:
        sqlite.DatabaseError: what the driver itself says when the file cannot be read.
    """
    engine = create_engine(
        "sqlite://",
        creator=lambda: connection,
        module=sqlite,
        poolclass=StaticPool,
        pool_reset_on_return=None,
    )
    try:
        with Session(engine) as opened:
            yield opened
    except DBAPIError as problem:
        raise (problem.orig or problem) from problem
