"""Version 2: reference sets (ENT, GAR, labels, head counts) and the summary by territory."""

SQL = """
ALTER TABLE declaration ADD COLUMN robots INTEGER;
ALTER TABLE declaration ADD COLUMN webradio INTEGER;
ALTER TABLE declaration ADD COLUMN webtv INTEGER;
ALTER TABLE declaration ADD COLUMN fablab INTEGER;

CREATE INDEX school_commune ON school (commune_code);
CREATE INDEX school_department ON school (department_code);
CREATE INDEX school_territory ON school (
    public, academy, department_code, circonscription_code, uai, closed_from, opened_on
);

CREATE TABLE reference_set (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    file TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    at TEXT NOT NULL,
    operator TEXT NOT NULL,
    accepted INTEGER NOT NULL,
    unchanged INTEGER NOT NULL,
    refused INTEGER NOT NULL,
    withdrawn INTEGER NOT NULL
) STRICT;

CREATE TABLE reference_row (
    kind TEXT NOT NULL,
    year INTEGER NOT NULL,
    uai TEXT NOT NULL,
    key TEXT NOT NULL,
    set_seq INTEGER NOT NULL REFERENCES reference_set (seq),
    value INTEGER NOT NULL,
    extra INTEGER NOT NULL,
    current INTEGER NOT NULL,
    PRIMARY KEY (kind, year, uai, key, set_seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX reference_of_set ON reference_row (set_seq);
CREATE INDEX reference_of_school ON reference_row (uai, kind, year);

CREATE TABLE school_reference (
    year INTEGER NOT NULL,
    uai TEXT NOT NULL,
    in_ent INTEGER,
    ent_classes INTEGER NOT NULL,
    using_classes INTEGER NOT NULL,
    ent_connections INTEGER,
    gar_connections INTEGER,
    uses_gar INTEGER,
    label INTEGER,
    label_year INTEGER,
    PRIMARY KEY (year, uai)
) STRICT, WITHOUT ROWID;

CREATE TABLE territory_figure (
    year INTEGER NOT NULL,
    academy TEXT NOT NULL,
    department_code TEXT NOT NULL,
    circonscription_code TEXT NOT NULL,
    schools INTEGER NOT NULL,
    classes INTEGER NOT NULL,
    classes_teacher_equipped INTEGER NOT NULL,
    classes_pupil_equipped INTEGER NOT NULL,
    schools_socle INTEGER NOT NULL,
    index_0 INTEGER NOT NULL,
    index_1 INTEGER NOT NULL,
    index_2 INTEGER NOT NULL,
    index_3 INTEGER NOT NULL,
    index_none INTEGER NOT NULL,
    schools_with_robots INTEGER NOT NULL,
    robots INTEGER NOT NULL,
    schools_with_fablab INTEGER NOT NULL,
    schools_with_webradio INTEGER NOT NULL,
    schools_with_webtv INTEGER NOT NULL,
    schools_up_to_date INTEGER NOT NULL,
    schools_known INTEGER NOT NULL,
    schools_in_ent INTEGER NOT NULL,
    classes_using_ent INTEGER NOT NULL,
    ent_connections INTEGER NOT NULL,
    schools_using_gar INTEGER NOT NULL,
    gar_connections INTEGER NOT NULL,
    schools_labelled INTEGER NOT NULL,
    label_1 INTEGER NOT NULL,
    label_2 INTEGER NOT NULL,
    label_3 INTEGER NOT NULL,
    missing_classes INTEGER NOT NULL,
    missing_classes_teacher_equipped INTEGER NOT NULL,
    missing_classes_pupil_equipped INTEGER NOT NULL,
    missing_schools_socle INTEGER NOT NULL,
    missing_schools_with_robots INTEGER NOT NULL,
    missing_schools_with_fablab INTEGER NOT NULL,
    missing_schools_with_webradio INTEGER NOT NULL,
    missing_schools_with_webtv INTEGER NOT NULL,
    missing_schools_in_ent INTEGER NOT NULL,
    missing_classes_using_ent INTEGER NOT NULL,
    missing_ent_connections INTEGER NOT NULL,
    missing_schools_using_gar INTEGER NOT NULL,
    missing_schools_labelled INTEGER NOT NULL,
    PRIMARY KEY (year, academy, department_code, circonscription_code)
) STRICT, WITHOUT ROWID;
CREATE INDEX figure_circonscription ON territory_figure (circonscription_code, year);
"""
