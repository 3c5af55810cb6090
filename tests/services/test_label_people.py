"""Persons and files of a dossier: apart from the journal, erasable, and never trusted."""

from __future__ import annotations

import io
import os
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from numecole_desktop.domain.label_application import PersonRole
from numecole_desktop.domain.problem import Problem
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.services import label_dossiers, label_opening, label_people
from numecole_desktop.services.attached import limits, read_attached, safe_name
from numecole_desktop.services.label_dossiers import Edit
from numecole_desktop.services.label_opening import ERASED, Dossier
from numecole_desktop.services.workspace import Workspace
from tests.services.support import assert_sound, everything, rows

UAI = "0110160P"
YEAR = SchoolYear(2023)
NAME = "Zélie Exemple-Introuvable"


@pytest.fixture
def dossier(workspace: Workspace) -> Dossier:
    """An empty draft."""
    return label_dossiers.create(workspace, UAI, YEAR).dossier


def pdf(pages: int = 1, *, script: bool = False, password: str = "") -> bytes:
    """A small PDF."""
    out = io.BytesIO()
    encrypt = StandardEncryption(password) if password else None
    canvas = Canvas(out, encrypt=encrypt)
    for _ in range(pages):
        canvas.drawString(100, 100, "Projet d'école")
        canvas.showPage()
    canvas.save()
    data = out.getvalue()
    if script:
        action = b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> /Type /Catalog"
        data = data.replace(b"/Type /Catalog", action, 1)
    return data


def image(kind: str = "PNG") -> bytes:
    """A small picture."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(out, kind)
    return out.getvalue()


def announced(width: int, height: int) -> bytes:
    """A PNG of a few bytes that announces a huge picture."""

    def chunk(name: bytes, data: bytes) -> bytes:
        checked = name + data
        return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    content = chunk(b"IDAT", zlib.compress(b"\0" * 1000))
    return b"\x89PNG\r\n\x1a\n" + header + content + chunk(b"IEND", b"")


def zipped() -> bytes:
    """An archive that unpacks to far more than it weighs."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bombe.txt", b"0" * 20_000_000)
    return out.getvalue()


HOSTILE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "HTML named .pdf": ("page.pdf", lambda: b"<html><script>1</script>", "n’est pas un fichier"),
    "HTML before a PDF": ("page.pdf", lambda: b"<html>\n" + pdf(), "n’est pas un fichier"),
    "archive named .jpg": ("photo.jpg", zipped, "n’est pas un fichier"),
    "archive": ("projet.zip", zipped, "n’est pas un fichier"),
    "program": ("projet.pdf", lambda: b"MZ\x90\x00" + b"\0" * 100, "n’est pas un fichier"),
    "drawing with a script": ("d.svg", lambda: b"<svg onload='x()'/>", "n’est pas un fichier"),
    "empty": ("vide.pdf", lambda: b"", "est vide"),
    "truncated PDF": ("coupe.pdf", lambda: pdf()[:40], "ne s’ouvre pas"),
    "PDF with a password": ("secret.pdf", lambda: pdf(password="x"), "ne s’ouvre pas"),
    "PDF with a script": ("script.pdf", lambda: pdf(script=True), "contient un programme"),
    "too many pages": ("long.pdf", lambda: pdf(201), "201"),
    "truncated picture": ("photo.png", lambda: image()[:60], "abîmée ou démesurée"),
    "huge picture": ("photo.png", lambda: announced(60_000, 60_000), "démesurée"),
    "truncated photo": ("photo.jpg", lambda: b"\xff\xd8\xff\xe0" + b"\0" * 20, "abîmée"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_refused_whole(
    workspace: Workspace, dossier: Dossier, tmp_path: Path, case: str
) -> None:
    name, content, said = HOSTILE[case]
    path = tmp_path / name
    path.write_bytes(content())
    before = everything(workspace)
    with pytest.raises(Problem, match=said) as refused:
        label_people.attach(workspace, dossier, path)
    assert path.name in str(refused.value)
    assert everything(workspace) == before
    assert rows(workspace, "attachment") == []


def test_two_gibibytes_are_refused_without_being_read(
    workspace: Workspace, dossier: Dossier, tmp_path: Path
) -> None:
    path = tmp_path / "film.pdf"
    with path.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(2 * 2**30)
    with pytest.raises(Problem, match="est trop lourd"):
        label_people.attach(workspace, dossier, path)


@pytest.mark.skipif(os.name == "nt", reason="these files exist on POSIX systems only")
@pytest.mark.parametrize("kind", ["fifo", "folder", "device", "absent"])
def test_what_is_no_plain_file_is_refused_at_once(
    workspace: Workspace, dossier: Dossier, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / "piece.pdf"
    if kind == "fifo":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "device":
        path.symlink_to("/dev/zero")
    with pytest.raises(Problem, match=r"n’est pas un fichier|ne peut pas être lu"):
        label_people.attach(workspace, dossier, path)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        (r"C:\Windows\system32\cmd.exe", "cmd.exe.pdf"),
        ("projet\u202efdp.exe", "projetfdp.exe.pdf"),
        ("a\nb\x00c.pdf", "abc.pdf"),
        ("....", "piece.pdf"),
        ("", "piece.pdf"),
        ("Projet d’école : 2024 ?.PDF", "Projet d’école _ 2024 _.pdf"),
        ("x" * 500 + ".pdf", "x" * 120 + ".pdf"),
    ],
)
def test_a_name_is_made_safe(written: str, kept: str) -> None:
    assert safe_name(written, ".pdf") == kept


def test_a_file_is_known_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "photo.pdf"
    path.write_bytes(image("JPEG"))
    found = read_attached(path)
    assert (found.media_type, found.name) == ("image/jpeg", "photo.pdf.jpg")


def test_files_are_kept_once_shown_and_erased(
    workspace: Workspace, dossier: Dossier, tmp_path: Path
) -> None:
    for name, content in (("projet.pdf", pdf()), ("classe.png", image()), ("bis.png", image())):
        path = tmp_path / name
        path.write_bytes(content)
        dossier = label_people.attach(workspace, dossier, path).dossier
    assert dossier.application is not None
    assert len(dossier.application.attachments) == 2
    picture = next(f for f in dossier.files.values() if f.media_type == "image/png")
    assert label_people.file_content(workspace, picture.sha256) == image()
    label_people.erase_file(workspace, picture.sha256)
    with pytest.raises(Problem, match="effacée"):
        label_people.file_content(workspace, picture.sha256)
    again = label_opening.open_dossier(workspace, UAI, YEAR)
    assert again.application is not None
    assert len(again.application.attachments) == 2, "the dossier keeps type and size"
    less = label_people.detach(workspace, again, picture.sha256).dossier
    assert less.application is not None
    assert len(less.application.attachments) == 1
    assert_sound(workspace)


def test_a_dossier_holds_so_many_files(
    workspace: Workspace, dossier: Dossier, tmp_path: Path
) -> None:
    path = tmp_path / "p.png"
    for number in range(limits().files):
        Image.new("RGB", (number + 1, 1)).save(path)
        dossier = label_people.attach(workspace, dossier, path).dossier
    Image.new("RGB", (99, 1)).save(path)
    with pytest.raises(Problem, match="le plus qu’il puisse avoir"):
        label_people.attach(workspace, dossier, path)


def test_erasing_a_person_leaves_the_dossier_whole(workspace: Workspace, dossier: Dossier) -> None:
    email = "zelie@exemple.fr"
    for role in (PersonRole.SCHOOL_REFERENT, PersonRole.SCHOOL_SIGNATORY):
        dossier = label_people.name_person(
            workspace, dossier, role, NAME, "directrice", email
        ).dossier
    dossier = label_dossiers.edit(workspace, dossier, Edit(project_classes=1)).dossier
    level = dossier.level
    (held,) = label_people.held_people(workspace, "zelie exemple")
    assert {role for _, _, role in held.named_in} == set(dossier.people)
    label_people.erase(workspace, held.ref)
    after = label_opening.open_dossier(workspace, UAI, YEAR)
    assert [p.name for p in after.people.values()] == [ERASED, ERASED]
    assert after.level == level
    assert label_people.held_people(workspace) == ()
    tables = [r[0] for r in workspace.base.connection.execute("SELECT name FROM sqlite_schema")]
    held_text = repr(
        [
            rows(workspace, t)
            for t in tables
            if not t.startswith(("sqlite", "event_")) and t in TABLES
        ]
    )
    for trace in (NAME, email, "directrice"):
        assert trace not in held_text
    with pytest.raises(Problem, match="déjà effacée"):
        label_people.erase(workspace, held.ref)
    assert_sound(workspace)


TABLES = {"event", "label_application", "person", "attachment", "meta", "setting", "import_run"}


def test_the_same_person_is_kept_once_and_a_reference_says_nothing(
    workspace: Workspace, dossier: Dossier
) -> None:
    first = label_people.name_person(
        workspace, dossier, PersonRole.SCHOOL_REFERENT, f"  {NAME}  "
    ).dossier
    second = label_people.name_person(workspace, first, PersonRole.COMMUNE_REFERENT, NAME).dossier
    refs = {p.ref for p in second.people.values()}
    assert len(refs) == 1
    gone = label_people.name_person(workspace, second, PersonRole.COMMUNE_REFERENT, "").dossier
    assert list(gone.people) == [PersonRole.SCHOOL_REFERENT]
    (ref,) = refs
    label_people.erase(workspace, ref)
    anew = label_people.name_person(workspace, gone, PersonRole.COMMUNE_REFERENT, NAME).dossier
    assert anew.people[PersonRole.COMMUNE_REFERENT].ref != ref, "a new salt: no link to the past"


@pytest.mark.parametrize(
    ("name", "job", "email", "said"),
    [
        ("A", "", "pas une adresse", "n’est pas lisible"),
        ("", "maire", "", "Il manque le nom"),
        ("A" * 121, "", "", "trop long"),
        ("A\ud800", "", "", "caractère illisible"),
    ],
)
def test_what_is_no_person_is_refused(
    workspace: Workspace, dossier: Dossier, name: str, job: str, email: str, said: str
) -> None:
    before = everything(workspace)
    with pytest.raises(Problem, match=said):
        label_people.name_person(workspace, dossier, PersonRole.SCHOOL_REFERENT, name, job, email)
    assert everything(workspace) == before
    assert rows(workspace, "person") == []


def test_persons_outlive_a_rebuild_and_a_restart(
    workspace: Workspace, dossier: Dossier, base_path: Path
) -> None:
    label_people.name_person(workspace, dossier, PersonRole.SCHOOL_REFERENT, NAME)
    with workspace.writing():
        workspace.projection.rebuild()
    workspace.close()
    with Workspace.open(base_path) as again:
        found = label_opening.open_dossier(again, UAI, YEAR)
        assert found.people[PersonRole.SCHOOL_REFERENT].name == NAME
