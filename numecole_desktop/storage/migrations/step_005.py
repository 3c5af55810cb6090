"""Version 5: records that were emptied are known as such."""

SQL = """
CREATE TABLE cleared (
    kind TEXT NOT NULL,
    uai TEXT NOT NULL,
    year TEXT NOT NULL,
    PRIMARY KEY (kind, uai, year)
) STRICT, WITHOUT ROWID;
"""
