"""Version 4: conflicts, events of other devices, signed batches sent and received, trust."""

SQL = """
CREATE TABLE conflict (
    kind TEXT NOT NULL,
    uai TEXT NOT NULL,
    year TEXT NOT NULL,
    unit TEXT NOT NULL,
    PRIMARY KEY (kind, uai, year, unit)
) STRICT, WITHOUT ROWID;

CREATE TABLE held_event (
    seq INTEGER PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    journal TEXT NOT NULL,
    n INTEGER NOT NULL,
    body BLOB NOT NULL,
    received TEXT NOT NULL
) STRICT;

CREATE TABLE received_event (
    hash TEXT NOT NULL PRIMARY KEY,
    received TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX received_event_batch ON received_event (received);

CREATE TABLE signed_head (
    journal TEXT NOT NULL,
    kid TEXT NOT NULL,
    n INTEGER NOT NULL,
    hash TEXT NOT NULL,
    signature TEXT NOT NULL,
    PRIMARY KEY (journal, kid)
) STRICT, WITHOUT ROWID;

CREATE TABLE journal_owner (
    journal TEXT NOT NULL PRIMARY KEY,
    kid TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE received_batch (
    seq INTEGER PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    issuer TEXT NOT NULL,
    label TEXT NOT NULL,
    file TEXT NOT NULL,
    at TEXT NOT NULL,
    operator TEXT NOT NULL,
    added INTEGER NOT NULL,
    identical INTEGER NOT NULL,
    conflicts INTEGER NOT NULL,
    refused INTEGER NOT NULL,
    waiting INTEGER NOT NULL,
    words TEXT NOT NULL,
    have TEXT NOT NULL,
    heads TEXT NOT NULL,
    snapshot TEXT NOT NULL,
    undone INTEGER NOT NULL
) STRICT;

CREATE TABLE sent_batch (
    seq INTEGER PRIMARY KEY,
    hash TEXT NOT NULL,
    file TEXT NOT NULL,
    recipients TEXT NOT NULL,
    at TEXT NOT NULL,
    events INTEGER NOT NULL,
    heads TEXT NOT NULL
) STRICT;

CREATE TABLE quarantine (
    hash TEXT NOT NULL PRIMARY KEY,
    file TEXT NOT NULL,
    at TEXT NOT NULL,
    code TEXT NOT NULL,
    reason TEXT NOT NULL,
    data BLOB NOT NULL
) STRICT;

CREATE TABLE trust_file (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    verified INTEGER NOT NULL,
    at TEXT NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE reference_version (
    subject TEXT NOT NULL,
    territory TEXT NOT NULL,
    version INTEGER NOT NULL,
    hash TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (subject, territory)
) STRICT, WITHOUT ROWID;
"""
