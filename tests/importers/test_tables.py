"""CSV files: encoding, delimiter, lines and cells, on real damaged files and generated ones."""

import csv
import io
import re
import tracemalloc
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from numecole_desktop.importers.tables import Limits, Row, TableError, load_limits, open_table
from numecole_desktop.referentials.resources import resource

DATA = Path(__file__).parents[1] / "data"
LIMITS: Limits = load_limits(resource("imports/limits.toml").read_bytes(), "limits.toml")
LINE_BREAK = re.compile(r"\r\n|\r|\n")
PER_FILE = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def write(folder: Path, content: bytes, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def read(folder: Path, content: bytes) -> list[Row]:
    return list(open_table(write(folder, content), LIMITS).rows())


def rows_or_sentence(path: Path) -> list[Row] | str:
    """The rows of a file, or the sentence that refuses it; anything else is a failure."""
    try:
        return list(open_table(path, LIMITS).rows())
    except TableError as problem:
        return str(problem)


def expected_cell(text: str) -> str:
    """What a cell must become, written another way than in the package."""
    blank = " \t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u200b\u2060\ufeff"

    def trimmed(value: str) -> str:
        while value and (value[0] in blank or unicodedata.category(value[0])[0] == "Z"):
            value = value[1:]
        while value and (value[-1] in blank or unicodedata.category(value[-1])[0] == "Z"):
            value = value[:-1]
        return value

    text = trimmed(unicodedata.normalize("NFC", text))
    return trimmed(text[1:]) if re.match(r"'[=+\-@\t\r\n]", text) else text


# Real damaged files


def test_cp1252_with_decimal_commas() -> None:
    table = open_table(DATA / "stress" / "01-cp1252-virgule-decimale.csv", LIMITS)
    rows = list(table.rows())
    assert (table.format, table.encoding, table.delimiter, table.sheet) == (
        "csv",
        "cp1252",
        ";",
        None,
    )
    assert [row.line for row in rows] == list(range(1, 62))
    assert {len(row.cells) for row in rows} == {24}
    assert rows[1].cells[15].startswith("Circonscription d’inspection du 1er degré")
    assert rows[1].cells[17] == "43,21055038386116"


def test_faulty_identifiers_keep_their_line() -> None:
    rows = list(open_table(DATA / "stress" / "06-uai-fautifs.csv", LIMITS).rows())
    cells = {row.line: row.cells[0] for row in rows}
    with (DATA / "stress" / "06-uai-fautifs-attendu.csv").open(encoding="utf-8-sig") as file:
        for expected in csv.DictReader(file, delimiter=";"):
            line = int(expected["ligne_fichier"])
            assert cells[line] == expected["uai_modifie"].strip()


@pytest.mark.parametrize("version", ["2023", "2024", "2026"])
def test_every_version_of_the_directory_opens(version: str) -> None:
    table = open_table(DATA / "directory" / f"annuaire-{version}.csv", LIMITS)
    rows = list(table.rows())
    assert (table.encoding, table.delimiter, len(rows)) == ("utf-8-sig", ";", 21)
    assert len({len(row.cells) for row in rows}) == 1


# Encodings


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("cp1252", "cp1252"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_encodings(tmp_path: Path, encoding: str, expected: str) -> None:
    text = "uai;nom\r\n0090077K;École de l’Ariège — 1 €\r\n"
    path = write(tmp_path, text.encode(encoding))
    table = open_table(path, LIMITS)
    assert table.encoding == expected
    assert list(table.rows())[1] == Row(2, ("0090077K", "École de l’Ariège — 1 €"))


def test_utf_16_big_endian_with_its_mark(tmp_path: Path) -> None:
    rows = read(tmp_path, b"\xfe\xff" + "uai;nom\n1;é\n".encode("utf-16-be"))
    assert rows[1].cells == ("1", "é")


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8"])
def test_only_the_last_byte_tells_the_encoding(tmp_path: Path, encoding: str) -> None:
    lines = "uai;nom;commune\n" + "0090077K;Ecole;Foix\n" * 150_000
    path = write(tmp_path, (lines + "0090102M;Ecole;Auzat-é").encode(encoding))
    table = open_table(path, LIMITS)
    assert table.encoding == encoding
    *_, last = table.rows()
    assert last == Row(150_002, ("0090102M", "Ecole", "Auzat-é"))


def test_a_character_across_two_blocks_is_still_utf_8(tmp_path: Path) -> None:
    head = "uai;nom\n"
    padding = "x" * ((1 << 20) - len(head) - 1)
    content = (head + padding[:100_000] + ";\n" * ((len(padding) - 100_000) // 2)).encode()
    content += b"y" * ((1 << 20) - 1 - len(content)) + "é;z\n".encode()
    assert content[(1 << 20) - 1 : (1 << 20) + 1] == "é".encode()
    assert open_table(write(tmp_path, content), LIMITS).encoding == "utf-8"


def test_bytes_of_a_character_in_two_distant_blocks_are_no_utf_8(tmp_path: Path) -> None:
    block = 1 << 20
    content = b"x\n" * (block // 2 - 1) + b"x\xc3" + b"\ny" * (block // 2) + b"\xa9\n"
    assert open_table(write(tmp_path, content), LIMITS).encoding == "cp1252"


def test_size_and_hash_are_those_of_the_file(tmp_path: Path) -> None:
    table = open_table(write(tmp_path, b"a;b\n1;2\n"), LIMITS)
    assert table.size == 8
    assert table.sha256 == "403bea5152c251c5bc7ef420d824d191605723f99392e83a0549ad58c6d46291"


# Delimiters


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("uai;nom\n1;a\n", ";"),
        ("uai,nom\n1,a\n", ","),
        ("uai\tnom\n1\ta\n", "\t"),
        ("uai|nom\n1|a\n", "|"),
        ("uai;usages\n1;A|B\n2;C|D\n", ";"),
        ("uai\n0090077K\n", ";"),
        ("uai;moyenne\n1;3,5\n2;4,5\n3;7,5\n", ";"),
        ("uai;lat;lon\n1;43,2;1,3\n2;44,1;1,5\n", ";"),
        ('uai,usages\n1,"A;B;C"\n2,"A;B;C"\n', ","),
        ("uai;adresse;commune\n1;12, rue des Écoles, bât. B, esc. 3, appt. 4;Foix\n", ";"),
        ("Académie de Toulouse, Ariège\n\nuai;nom;moyenne\n1;a;3,5\n2;b;4,5\n", ";"),
        ("a;b;c;d;e;f\n" + "1;2;3,5\n2;3;4,5;6\n3;4;5,5;6;7\n4;5;6,5;7\n", ";"),
        ("uai,usages\n1,A;B;C\n2,A;B;C\n3,A;B;C\n4,D;E;F\n", ","),
        ("Titre\nuai;nom;adresse\n1;a;12, rue, bât. B, esc. 3, appt. 4, code 5\n", ";"),
        ('"uai";"nom"\n"1";"a, b"\n"2";"c, d"\n', ";"),
        ("sep=,\nuai,nom;prénom\n1,a;b\n", ","),
        ("sep=;\r\nuai;a,b,c\r\n", ";"),
    ],
)
def test_delimiters(tmp_path: Path, text: str, delimiter: str) -> None:
    assert open_table(write(tmp_path, text.encode()), LIMITS).delimiter == delimiter


def test_the_line_that_declares_the_delimiter_is_counted_and_not_given(tmp_path: Path) -> None:
    assert read(tmp_path, b"sep=;\r\nuai;nom\r\n1;a\r\n") == [
        Row(2, ("uai", "nom")),
        Row(3, ("1", "a")),
    ]


# Lines and cells


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_lines_are_physical(tmp_path: Path, end: str) -> None:
    text = f'uai;nom;note{end}1;"a{end}b{end}c";x{end}{end};;{end}2;b;y{end}3;c;z'
    assert read(tmp_path, text.encode()) == [
        Row(1, ("uai", "nom", "note")),
        Row(2, ("1", f"a{end}b{end}c", "x")),
        Row(7, ("2", "b", "y")),
        Row(8, ("3", "c", "z")),
    ]


def test_cells_beyond_the_header_are_kept(tmp_path: Path) -> None:
    assert read(tmp_path, b"a;b\n1;2;3;4\n1\n")[1:] == [
        Row(2, ("1", "2", "3", "4")),
        Row(3, ("1",)),
    ]


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("  Foix ", "Foix"),
        ("\u00a0Foix\u202f", "Foix"),
        ("\ufeffFoix\u200b", "Foix"),
        ("E\u0301cole", "École"),
        ("'=1+1", "=1+1"),
        ("'-3", "-3"),
        ("'@nom", "@nom"),
        ("'+33", "+33"),
        ("' =x", "' =x"),
        ("'Aubert", "'Aubert"),
        ("'", "'"),
        ("=1+1", "=1+1"),
        ("009\u00a00114A", "009\u00a00114A"),
        ("L’école d'à côté", "L’école d'à côté"),
    ],
)
def test_cells_are_trimmed_composed_and_never_evaluated(
    tmp_path: Path, raw: str, clean: str
) -> None:
    assert read(tmp_path, f"a;b;c\nx;{raw};y\n".encode())[1].cells == ("x", clean, "y")
    assert read(tmp_path, f'a;b;c\nx;"{raw}";y\n'.encode())[1].cells == ("x", clean, "y")


@pytest.mark.parametrize("cell", ['"\tFoix"', '"Foix\t"', '"\tFoix\t"'])
def test_a_quoted_tab_is_trimmed_where_tabs_delimit(tmp_path: Path, cell: str) -> None:
    assert read(tmp_path, f"a\tb\tc\nx\t{cell}\ty\n".encode())[1].cells == ("x", "Foix", "y")


def test_an_accent_outside_the_quotes_joins_its_letter(tmp_path: Path) -> None:
    assert read(tmp_path, 'a;b;c\nx;"e"\u0301;y\n'.encode())[1].cells == ("x", "é", "y")


def test_a_table_is_read_as_often_as_one_likes(tmp_path: Path) -> None:
    table = open_table(write(tmp_path, b"a;b\n1;2\n3;4\n"), LIMITS)
    first, second = table.rows(), table.rows()
    assert next(first) == next(second) == Row(1, ("a", "b"))
    assert list(first) == list(second) == list(table.rows())[1:]


def test_a_long_file_takes_no_more_memory_than_a_short_one(tmp_path: Path) -> None:
    line = b"0110151E;2023-2024;5;NSP;0;NON;NON;NON;OUI;5;0;5;0;0;5;COM_FAMILLES_ENT\r\n"
    table = open_table(write(tmp_path, line * 100_000), LIMITS)
    tracemalloc.start()
    try:
        assert sum(1 for _ in table.rows()) == 100_000
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 2 * 2**20 < table.size


# Properties

QUIET = st.text(st.sampled_from("ab0 é;,\t'\"=-"), max_size=6)
BROKEN = st.text(st.sampled_from("ab0 é\"'\r\n"), max_size=6)
TRICKY = st.text(
    st.sampled_from([*" \t'\"=+-@aeé", "\u00a0", "\u202f", "\u200b", "\ufeff", "\u0301", "’", "œ"]),
    max_size=5,
)


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    """A header and rows, some cells with line breaks, others with delimiters."""
    width = draw(st.integers(3, 6))
    cell = st.one_of(QUIET, BROKEN)
    rows = draw(st.lists(st.lists(cell, min_size=width, max_size=width), min_size=1, max_size=8))
    return [[f"colonne {i}" for i in range(width)], *rows]


def quoted(cell: str, delimiter: str, always: bool) -> str:
    if always or any(c in cell for c in f'{delimiter}"\r\n'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


@PER_FILE
@given(
    rows=tables(),
    encoding=st.sampled_from(
        ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"],
    ),
    delimiter=st.sampled_from(";,\t"),
    newline=st.sampled_from(["\r\n", "\n", "\r"]),
    always=st.booleans(),
)
def test_what_is_written_is_read_back_with_its_lines(
    tmp_path: Path,
    rows: list[list[str]],
    encoding: str,
    delimiter: str,
    newline: str,
    always: bool,
) -> None:
    # Only the delimiter in use appears in the cells, so that the file has one reading.
    others = str.maketrans(dict.fromkeys(set(";,\t") - {delimiter}, "_"))
    rows = [[cell.translate(others) for cell in row] for row in rows]
    written, expected, line = "", [], 1
    for row in rows:
        cells = tuple(map(expected_cell, row))
        if any(cells):
            expected.append(Row(line, cells))
        written += delimiter.join(quoted(cell, delimiter, always) for cell in row) + newline
        line = 1 + len(LINE_BREAK.findall(written))
    table = open_table(write(tmp_path, written.encode(encoding)), LIMITS)
    assert table.delimiter == delimiter
    assert list(table.rows()) == expected


@PER_FILE
@given(
    st.lists(st.lists(TRICKY, min_size=3, max_size=3), max_size=6),
    st.sampled_from(";\t"),
    st.booleans(),
)
def test_looking_at_blocks_of_lines_misses_no_cell_to_clean(
    tmp_path: Path, rows: list[list[str]], delimiter: str, marked: bool
) -> None:
    """Raw lines, badly quoted ones included: same cells as cleaning each of them."""
    mark = '"' if marked else ""
    lines = [delimiter.join(["colonne"] * 3)] * 8
    lines += [delimiter.join(f"{mark}{cell}{mark}" for cell in row) for row in rows]
    text = "\n".join(lines) + "\n"
    parsed = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    expected = [tuple(map(expected_cell, cells)) for cells in parsed]
    found = rows_or_sentence(write(tmp_path, text.encode("utf-8")))
    if isinstance(found, str):
        assert "un guillemet" in found
    else:
        assert [row.cells for row in found] == [cells for cells in expected if any(cells)]


@PER_FILE
@given(st.binary(max_size=300))
def test_any_bytes_give_rows_or_a_sentence(tmp_path: Path, content: bytes) -> None:
    found = rows_or_sentence(write(tmp_path, content))
    if isinstance(found, str):
        assert found.endswith(".")
    else:
        assert all(any(row.cells) for row in found)
        assert [row.line for row in found] == sorted({row.line for row in found})
