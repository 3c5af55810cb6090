"""Files that are not tables: each one refused with a French sentence, never a traceback."""

import os
import re
import zipfile
from pathlib import Path

import msgspec
import pytest

from numecole_desktop.domain.problem import Problem
from numecole_desktop.importers.tables import TableError, load_limits, open_table
from numecole_desktop.referentials.resources import resource

LIMITS = load_limits(resource("imports/limits.toml").read_bytes(), "limits.toml")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def refusal(path: Path) -> str:
    """The sentence with which a file is refused, while opening or while reading."""
    with pytest.raises(TableError) as caught:
        list(open_table(path, LIMITS).rows())
    sentence = str(caught.value)
    assert isinstance(caught.value, Problem)
    assert path.name in sentence
    assert sentence.endswith(".")
    assert re.search(r" [:;?!»]|« ", sentence) is None, "plain space instead of a no-break one"
    return sentence


ZEROS = b"uai;nom\n0090077K;Eco\0le\n"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("vide.csv", b"", "est vide"),
        ("marque.csv", b"\xef\xbb\xbf", "est vide"),
        ("blancs.csv", b" \r\n\t\r\n \xc2\xa0", "est vide"),
        ("nul.csv", ZEROS, "octets nuls"),
        ("nul-utf16.csv", "a;b\n1;\0\n".encode("utf-16"), "octets nuls"),
        ("programme.csv", b"\x7fELF\x02\x01\x01" + b"\0" * 60, "octets nuls"),
        ("doc.csv", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "un document PDF"),
        ("doc.csv", b"{\\rtf1\\ansi bonjour}", "un document RTF"),
        ("photo.csv", b"\x89PNG\r\n\x1a\n\0\0\0\r", "une image"),
        ("photo.csv", b"\xff\xd8\xff\xe0\0\x10JFIF", "une image"),
        ("tout.csv", b"\x1f\x8b\x08\0\0\0", "une archive"),
        ("base.csv", b"SQLite format 3\0", "une base de données"),
        ("page.xls", b"<html><table><tr><td>uai</td></tr></table></html>", "une page web"),
        ("page.csv", b"\xef\xbb\xbf\n<?xml version='1.0'?><a/>", "une page web"),
        ("ancien.xls", OLE, "ancien format"),
        ("secret.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "mot de passe"),
        ("coupe.csv", "a;b\né;é\n".encode()[:-2], "UTF-8 à la ligne 2, un autre à la ligne 2"),
        ("coupe16.csv", "uai;nom\n1;é\n".encode("utf-16")[:-1], "UTF-16"),
        ("marque.csv", b"\xef\xbb\xbfuai;nom\n1;\xe9cole\n", "UTF-8 et ne l’est pas"),
        ("dos.csv", b"uai;nom\n1;\x8d\x81\n", "ligne 2 n’est ni en UTF-8"),
    ],
)
def test_what_is_not_a_table(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert re.search(said, refusal(path))


def test_two_encodings_in_one_file_name_a_line_of_each(tmp_path: Path) -> None:
    path = tmp_path / "deux.csv"
    path.write_bytes("uai;nom\n1;Bélesta\n".encode() + "2;Léran\n".encode("cp1252"))
    sentence = refusal(path)
    assert "UTF-8 à la ligne 2, un autre à la ligne 3" in sentence


def test_a_missing_file(tmp_path: Path) -> None:
    assert "introuvable" in refusal(tmp_path / "absent.csv")


def test_a_folder(tmp_path: Path) -> None:
    (tmp_path / "dossier.csv").mkdir()
    assert "est un dossier" in refusal(tmp_path / "dossier.csv")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "tube.csv")
    assert "fichier ordinaire" in refusal(tmp_path / "tube.csv")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="rights do not bind here")
def test_a_file_without_the_right_to_read(tmp_path: Path) -> None:
    path = tmp_path / "prive.csv"
    path.write_bytes(b"a;b\n")
    path.chmod(0)
    assert "ne peut pas être lu" in refusal(path)


@pytest.mark.parametrize("member", ["word/document.xml", "notes.txt"])
def test_a_zip_that_is_no_spreadsheet(tmp_path: Path, member: str) -> None:
    path = tmp_path / "lettre.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, "<document/>")
    assert "n’est pas un classeur" in refusal(path)


def test_the_binary_format_of_excel(tmp_path: Path) -> None:
    path = tmp_path / "binaire.xlsb"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.bin", b"\0")
    assert "XLSB" in refusal(path)


@pytest.mark.parametrize("content", [b"PK", b"PK\x05\x06" + b"\0" * 18, b"PK\x03\x04" + b"x" * 99])
def test_a_broken_zip(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "casse.xlsx"
    path.write_bytes(content)
    assert re.search("abîmé|n’est pas un classeur", refusal(path))


def test_a_file_over_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "gros.csv"
    path.write_bytes(b"a;b\n1;2\n" * 1000)
    csv_limits = msgspec.structs.replace(LIMITS.csv, file_bytes=1000)
    with pytest.raises(TableError, match="trop gros"):
        open_table(path, msgspec.structs.replace(LIMITS, csv=csv_limits))


# Quotes


def test_a_quote_open_until_the_end_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "guillemet.csv"
    path.write_bytes(b'uai;nom;commune\n1;a;b\n2;"c;d\n3;e;f\n')
    assert "ligne 3 : un guillemet" in refusal(path).replace("\u00a0", " ")


def test_a_quote_open_on_the_last_line(tmp_path: Path) -> None:
    path = tmp_path / "guillemet.csv"
    path.write_bytes(b'uai;nom;commune\n1;a;b\n2;"c;d')
    assert "ligne 3 : un guillemet" in refusal(path).replace("\u00a0", " ")


def test_a_quote_that_swallows_lines_up_to_the_next_one(tmp_path: Path) -> None:
    path = tmp_path / "guillemet.csv"
    path.write_bytes(b'uai;nom;commune\n1;"a;b\n2;c;d\n3;"e";f\n4;g;h\n')
    assert "ligne 2 : un guillemet" in refusal(path).replace("\u00a0", " ")


def test_a_long_remark_on_several_lines_is_no_open_quote(tmp_path: Path) -> None:
    path = tmp_path / "remarque.csv"
    path.write_bytes(b'uai;nom;commune;note\n1;a;b;"TNI;\nVPI;\n6 tablettes"\n2;c;d;e\n')
    assert [row.line for row in open_table(path, LIMITS).rows()] == [1, 2, 5]


def test_a_cell_without_end(tmp_path: Path) -> None:
    path = tmp_path / "cellule.csv"
    path.write_bytes(b"uai;nom\n1;a\n2;" + b"x" * 200_000 + b"\n")
    sentence = refusal(path).replace("\u00a0", " ")
    assert "ligne 3 : une cellule dépasse 131072" in sentence


def test_a_line_without_end(tmp_path: Path) -> None:
    path = tmp_path / "ligne.csv"
    path.write_bytes(b"uai;nom\n" + b"x;" * (2 * 2**20))
    assert "une de ses lignes dépasse 1 Mo" in refusal(path)


# A file that changes under the reader


def test_a_file_changed_after_it_was_opened(tmp_path: Path) -> None:
    path = tmp_path / "bouge.csv"
    path.write_bytes(b"a;b\n1;2\n")
    table = open_table(path, LIMITS)
    path.write_bytes(b"a;b\n1;2\n3;4\n")
    with pytest.raises(TableError, match="a changé"):
        list(table.rows())


def test_a_file_changed_while_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "bouge.csv"
    path.write_bytes(b"a;b\n" + b"1;2\n" * 100_000)
    rows = open_table(path, LIMITS).rows()
    next(rows)
    with path.open("ab") as file:
        file.write(b"3;4\n")
    with pytest.raises(TableError, match="a changé"):
        list(rows)


def test_a_file_removed_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "parti.csv"
    path.write_bytes(b"a;b\n1;2\n")
    table = open_table(path, LIMITS)
    path.unlink()
    with pytest.raises(TableError, match="disparu"):
        list(table.rows())


# The limits themselves


@pytest.mark.parametrize(
    "data",
    [b"[csv]\nfile_bytes = 1\n", b"[csv", b"file_bytes = 'beaucoup'\n", b"[autre]\nx = 1\n"],
)
def test_limits_are_read_strictly(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"^limits\.toml"):
        load_limits(data, "limits.toml")
