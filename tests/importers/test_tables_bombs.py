"""Spreadsheets made to exhaust the machine: refused before the reader allocates anything.

Where the guard fails, these tests do not fail politely: the reader of sheets aborts the process.
"""

import re
import struct
import time
import tracemalloc
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from random import Random

import msgspec
import pytest

from numecole_desktop.importers.ods_guard import OdsError, measure_ods
from numecole_desktop.importers.tables import Limits, TableError, load_limits, open_table
from numecole_desktop.importers.zip_guard import check_spreadsheet
from numecole_desktop.referentials.resources import resource

LIMITS = load_limits(resource("imports/limits.toml").read_bytes(), "limits.toml")
NAMESPACE = "http://schemas.openxmlformats.org"
OFFICE = f"{NAMESPACE}/officeDocument/2006/relationships"
MAIN = f"{NAMESPACE}/spreadsheetml/2006/main"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def xlsx(path: Path, rows: str, texts: str = "", more: Mapping[str, bytes] | None = None) -> Path:
    """An XLSX file written by hand: the rows of its only sheet, its shared texts."""
    members = {
        "[Content_Types].xml": f'<Types xmlns="{NAMESPACE}/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{SHEET_TYPE}.sheet.main+xml"/>'
        "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{NAMESPACE}/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
        '<sheets><sheet name="F" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": "<Relationships"
        f' xmlns="{NAMESPACE}/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>'
        "</worksheet>",
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{texts}</sst>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
        for name, data in (more or {}).items():
            archive.writestr(name, data)
    return path


def ods(path: Path, rows: str, head: str = "") -> Path:
    urn = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'{head}<office:document-content xmlns:office="{urn}:office:1.0"'
        f' xmlns:table="{urn}:table:1.0" xmlns:text="{urn}:text:1.0">'
        f'<office:body><office:spreadsheet><table:table table:name="F">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            f'<m:manifest xmlns:m="{urn}:manifest:1.0"><m:file-entry m:full-path="/"'
            ' m:media-type="application/vnd.oasis.opendocument.spreadsheet"/></m:manifest>',
        )
    return path


def number(address: str, value: int = 1) -> str:
    return f'<c r="{address}"><v>{value}</v></c>'


def with_sheet(**changes: int) -> Limits:
    sheet = msgspec.structs.replace(LIMITS.sheet, **changes)
    return msgspec.structs.replace(LIMITS, sheet=sheet)


@contextmanager
def refused(said: str, limits: Limits = LIMITS) -> Iterator[Limits]:
    """The body must be refused with these words, quickly and in little memory."""
    started = time.monotonic()
    tracemalloc.start()
    try:
        with pytest.raises(TableError) as caught:
            yield limits
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert re.search(said, str(caught.value).replace("\u00a0", " "))
    assert time.monotonic() - started < 20
    assert peak < 3 * limits.sheet.unpacked_bytes


def test_the_hand_written_files_are_good_ones(tmp_path: Path) -> None:
    """So that what refuses the bombs below is their excess and nothing else."""
    rows = f'<row r="1">{number("A1")}<c r="B1" t="s"><v>0</v></c></row>'
    path = xlsx(tmp_path / "bon.xlsx", rows, "<si><t>Foix</t></si>")
    assert [row.cells for row in open_table(path, LIMITS).rows()] == [("1", "Foix")]
    cell = '<table:table-cell office:value-type="string"><text:p>Foix</text:p></table:table-cell>'
    path = ods(tmp_path / "bon.ods", f"<table:table-row>{cell}</table:table-row>")
    assert [row.cells for row in open_table(path, LIMITS).rows()] == [("Foix",)]


def test_two_cells_at_the_corners_of_the_sheet(tmp_path: Path) -> None:
    path = xlsx(
        tmp_path / "coins.xlsx",
        f'<row r="1">{number("A1")}</row><row r="1048576">{number("XFD1048576")}</row>',
    )
    with refused("ligne 1048576 et la colonne 16384"):
        open_table(path, LIMITS)


@pytest.mark.parametrize(
    "cell",
    [
        "<c s='0' r = 'XFD1048576'><v>1</v></c>",
        '<x:c xmlns:x="urn:x" r="XFD1048576"><v>1</v></x:c>',
        '<c\nr="xfd1048576"><v>1</v></c>',
        '<c r="A99999999999"><v>1</v></c>',
    ],
)
def test_an_address_written_in_another_way(tmp_path: Path, cell: str) -> None:
    path = xlsx(tmp_path / "coin.xlsx", f'<row r="1">{number("A1")}{number("ZZ1")}{cell}</row>')
    with refused("une feuille va jusqu’à la ligne"):
        open_table(path, LIMITS)


def test_cells_without_address_are_counted(tmp_path: Path) -> None:
    rows = f"<row>{'<c><v>1</v></c>' * 300}</row>" + "<row><c><v>1</v></c></row>" * 400
    path = xlsx(tmp_path / "sans.xlsx", rows)
    assert sum(1 for _ in open_table(path, LIMITS).rows()) == 401
    with refused("ligne 401 et la colonne 300"):
        open_table(path, with_sheet(cells=401 * 300 - 1))
    assert open_table(path, with_sheet(cells=401 * 300)).sheet == "F"


def test_a_long_text_shared_by_many_cells(tmp_path: Path) -> None:
    noise = "".join(Random(1).choices("abcdefgh", k=200_000))
    rows = "".join(f'<row r="{i}"><c r="A{i}" t="s"><v>1</v></c></row>' for i in range(1, 5_001))
    path = xlsx(tmp_path / "partage.xlsx", rows, f"<si><t>a</t></si><si><t>{noise}</t></si>")
    with refused("textes, recopiés dans les cellules, dépassent 512 Mo"):
        open_table(path, LIMITS)


def test_a_long_text_used_once_beside_many_cells_is_accepted(tmp_path: Path) -> None:
    rows = "".join(
        f'<row r="{i}"><c r="A{i}" t="s"><v>{int(i == 1)}</v></c></row>' for i in range(1, 3_001)
    )
    path = xlsx(tmp_path / "note.xlsx", rows, f"<si><t>a</t></si><si><t>{'x' * 30_000}</t></si>")
    assert sum(1 for _ in open_table(path, with_sheet(text_bytes=1_000_000)).rows()) == 3_000


def test_a_sheet_that_inflates_too_much(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "ratio.xlsx", number("A1"), more={"vide": b" " * (16 * 2**20)})
    with refused("compressé plus de 200 fois"):
        open_table(path, LIMITS)


def test_a_small_sheet_may_be_well_compressed(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "petit.xlsx", number("A1"), more={"vide": b" " * (4 * 2**20)})
    assert open_table(path, LIMITS).sheet == "F"


def test_many_members_that_inflate_together(tmp_path: Path) -> None:
    more = {f"partie{i}": b"0123456789" * 40_000 for i in range(8)}
    path = xlsx(tmp_path / "somme.xlsx", number("A1"), more=more)
    with refused("dépasse 2 Mo une fois décompressé"):
        open_table(path, with_sheet(unpacked_bytes=2 * 2**20))


@pytest.mark.parametrize("member", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
@pytest.mark.parametrize("matching", [True, False])
def test_a_header_that_lies_about_its_size(tmp_path: Path, matching: bool, member: str) -> None:
    """The announced size is that of the first bytes; the check sum matches them, or the whole."""
    path = xlsx(tmp_path / "menteur.xlsx", number("A1") + " " * 9_000, " " * 9_000)
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo(member)
        announced = archive.read(info)[:500]
    real = struct.pack("<LLL", info.CRC, info.compress_size, info.file_size)
    crc = zlib.crc32(announced) if matching else info.CRC
    lie = struct.pack("<LLL", crc, info.compress_size, len(announced))
    assert content.count(real) == 2, "local and central headers"
    path.write_bytes(content.replace(real, lie))
    # The guard itself, for the reader behind it would refuse too, after having allocated.
    with path.open("rb") as file, refused("abîmé"):
        check_spreadsheet(file, path.name, LIMITS.sheet)


def test_too_many_members(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "membres.xlsx", number("A1"), more={f"m{i}": b"" for i in range(3_000)})
    with refused("contient plus de 2000 fichiers"):
        open_table(path, LIMITS)


def test_a_file_over_the_limit(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "gros.xlsx", number("A1"))
    with refused("trop gros"):
        open_table(path, with_sheet(file_bytes=100))


def test_two_members_of_one_name(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "double.xlsx", number("A1"))
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("xl/worksheets/sheet1.xml", "<worksheet/>")
    with refused("abîmé"):
        open_table(path, LIMITS)


def test_an_encrypted_member(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "chiffre.xlsx", number("A1"))
    content = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        content[content.index(signature) + offset] |= 1
    path.write_bytes(content)
    with refused("mot de passe"):
        open_table(path, LIMITS)


# ODS: what is repeated is stored once

TABLE_NAMESPACE = b"urn:oasis:names:tc:opendocument:xmlns:table:1.0"
TEXT = '<table:table-cell office:value-type="string" {}><text:p>{}</text:p></table:table-cell>'


def row(cells: str, repeated: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{repeated}">{cells}</table:table-row>'


def text(value: str = "x", repeated: int = 1) -> str:
    return TEXT.format(f'table:number-columns-repeated="{repeated}"', value)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (row(text(repeated=16_384), repeated=1_048_576), "ligne 1048576 et la colonne 16384"),
        (row(text()) + row("", 99_999_999_999) + row(text()), "ligne 100000000001"),
        (row(text("y" * 30_000), repeated=100_000), "textes, recopiés"),
        (row(text(repeated=-1)), "abîmé"),
        (row(text(), repeated=-1_000), "abîmé"),
        (row(text(), repeated=0), "aucune cellule remplie"),
        (row("<table:table-cell"), "abîmé"),
    ],
)
def test_an_ods_file_that_repeats_too_much(tmp_path: Path, rows: str, said: str) -> None:
    path = ods(tmp_path / "repete.ods", rows)
    with refused(said):
        open_table(path, LIMITS)


def test_billion_laughs(tmp_path: Path) -> None:
    entities = '<!ENTITY a "rire">'
    for before, name in pairwise("abcdefghij"):
        entities += f'<!ENTITY {name} "{f"&{before};" * 10}">'
    path = ods(tmp_path / "rires.ods", row(text("&j;")), f"<!DOCTYPE o [{entities}]>")
    with refused("abîmé"):
        open_table(path, LIMITS)


@pytest.mark.parametrize(
    "content",
    [
        b"<!DOCTYPE a><a/>",
        b'<t:table-row xmlns:t="%b" t:number-rows-repeated="-5"/>' % TABLE_NAMESPACE,
        b"<a>",
    ],
)
def test_content_that_no_spreadsheet_writes(content: bytes) -> None:
    with pytest.raises(OdsError):
        measure_ods(content)


def test_damaged_workbooks_are_refused_or_read_but_never_crash(tmp_path: Path) -> None:
    """Bytes of a good file changed at random, a few at a time."""
    rows = "".join(f'<row r="{i}">{number(f"A{i}", i)}</row>' for i in range(1, 40))
    good = xlsx(tmp_path / "bon.xlsx", rows).read_bytes()
    random = Random(2024)
    path = tmp_path / "abime.xlsx"
    outcomes = [outcome(path, mutated(good, random)) for _ in range(400)]
    assert set(outcomes) == {"refused", "read"}


def mutated(good: bytes, random: Random) -> bytes:
    content = bytearray(good)
    for _ in range(random.randint(1, 4)):
        content[random.randrange(len(content))] = random.randrange(256)
    return bytes(content)


def outcome(path: Path, content: bytes) -> str:
    """Anything else than rows or a TableError fails the test."""
    path.write_bytes(content)
    try:
        list(open_table(path, LIMITS).rows())
    except TableError:
        return "refused"
    return "read"
