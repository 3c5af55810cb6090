"""Version 3: label applications; persons and attached files, apart from the journal."""

SQL = """
CREATE TABLE label_application (
    uai TEXT NOT NULL,
    year INTEGER NOT NULL,
    state TEXT NOT NULL,
    decision INTEGER,
    label_year INTEGER,
    fields TEXT NOT NULL,
    steps TEXT NOT NULL,
    head INTEGER NOT NULL,
    heads TEXT,
    PRIMARY KEY (uai, year)
) STRICT, WITHOUT ROWID;
CREATE INDEX label_application_year ON label_application (year, state);

CREATE TABLE person (
    ref TEXT NOT NULL PRIMARY KEY,
    salt TEXT,
    name TEXT,
    job TEXT,
    email TEXT,
    erased_at TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE attachment (
    seq INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    name TEXT,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    content BLOB,
    erased_at TEXT
) STRICT;
"""
