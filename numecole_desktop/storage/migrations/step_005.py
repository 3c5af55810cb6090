"""Version 5: records that were emptied remember by whom."""

SQL = """
CREATE TABLE cleared (
    kind TEXT NOT NULL,
    uai TEXT NOT NULL,
    year TEXT NOT NULL,
    head INTEGER NOT NULL,
    heads TEXT,
    PRIMARY KEY (kind, uai, year)
) STRICT, WITHOUT ROWID;
"""
