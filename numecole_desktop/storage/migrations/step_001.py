"""Version 1: journal, projection of schools, declarations and imports, local settings."""

SQL = """
CREATE TABLE meta (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE event (
    seq INTEGER PRIMARY KEY,
    journal TEXT NOT NULL,
    n INTEGER NOT NULL,
    hash TEXT NOT NULL,
    kind TEXT NOT NULL,
    batch TEXT NOT NULL,
    first_key TEXT NOT NULL,
    last_key TEXT NOT NULL,
    body BLOB NOT NULL,
    UNIQUE (journal, n)
) STRICT;
CREATE INDEX event_batch ON event (batch) WHERE batch <> '';
CREATE INDEX event_key ON event (kind, first_key, last_key);

CREATE TABLE school (
    uai TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    type TEXT,
    public INTEGER,
    postcode TEXT,
    commune_code TEXT,
    commune TEXT,
    department_code TEXT,
    academy TEXT,
    circonscription_code TEXT,
    circonscription TEXT,
    priority TEXT,
    pupils INTEGER,
    latitude REAL,
    longitude REAL,
    opened_on TEXT,
    state TEXT,
    nature_code TEXT,
    closed_from TEXT,
    folded TEXT NOT NULL,
    sort_key TEXT NOT NULL,
    head INTEGER NOT NULL,
    heads TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX school_sorted ON school (sort_key);
CREATE INDEX school_circonscription ON school (circonscription_code);
CREATE INDEX school_opening ON school (closed_from, opened_on);

CREATE TABLE declaration (
    uai TEXT NOT NULL,
    year INTEGER NOT NULL,
    status TEXT NOT NULL,
    answers TEXT NOT NULL,
    confirmations TEXT,
    submitted_at TEXT,
    classes INTEGER,
    teacher INTEGER,
    pupil INTEGER,
    equipment_index INTEGER,
    head INTEGER NOT NULL,
    heads TEXT,
    PRIMARY KEY (uai, year)
) STRICT, WITHOUT ROWID;

CREATE TABLE declared_year (
    year INTEGER NOT NULL PRIMARY KEY,
    declarations INTEGER NOT NULL
) STRICT;

CREATE TABLE import_run (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    file TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    at TEXT NOT NULL,
    operator TEXT NOT NULL,
    lines INTEGER NOT NULL,
    accepted INTEGER NOT NULL,
    unchanged INTEGER NOT NULL,
    refused INTEGER NOT NULL,
    warnings INTEGER NOT NULL,
    undone INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
"""
