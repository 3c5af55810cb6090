"""Reading a file that someone attaches to a dossier: recognised by its content, never trusted."""

from __future__ import annotations

import hashlib
import stat
import threading
import unicodedata
import warnings
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath

import msgspec

from numecole_desktop.domain.french import NBSP, file_size, joined, plural, quoted
from numecole_desktop.domain.problem import Problem
from numecole_desktop.referentials.resources import resource

PDFIUM = threading.Lock()
"""Held around every use of pdfium, which shares its state between threads."""

_MEBIBYTE = 2**20
_ACTIVE = (b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/RichMedia", b"/XFA")


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a file, or a free text of a dossier, may be at most (``resources/attachments.toml``)."""

    file_bytes: int
    files: int
    pixels: int
    pages: int
    name_length: int
    text_length: int


class FileType(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of file that is accepted; ``starts`` is its first bytes in hexadecimal."""

    media_type: str
    label: str
    suffix: str
    starts: str


class _Accepted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    limits: Limits
    type: list[FileType]


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that was read and checked; ``name`` is safe on every system."""

    name: str
    media_type: str
    content: bytes
    sha256: str


def limits() -> Limits:
    """The limits in force."""
    return _accepted().limits


def file_type_label(media_type: str) -> str:
    """How an accepted type of file is called (« PDF », « photo JPEG »)."""
    return next((t.label for t in _accepted().type if t.media_type == media_type), media_type)


def read_attached(path: Path) -> Attached:
    """Read and check a file to attach.

    Raises:
        Problem: it cannot be read, is too large, is not of an accepted type, or is not what
            its first bytes announce.
    """
    return check_attached(path, _read(path))


def check_attached(path: Path, content: bytes) -> Attached:
    """Check the content of a file, known by the name of ``path`` alone.

    Raises:
        Problem: it is not of an accepted type, or is not what its first bytes announce.
    """
    found = next((t for t in _accepted().type if content.startswith(bytes.fromhex(t.starts))), None)
    if found is None:
        known = joined([t.label for t in _accepted().type], "ou")
        raise Problem(
            f"{quoted(_shown(path))} n’est pas un fichier admis d’après son contenu{NBSP}: "
            f"joignez un {known}."
        )
    if found.media_type == "application/pdf":
        _check_pdf(path, content)
    else:
        _check_image(path, content)
    return Attached(
        safe_name(path.name, found.suffix),
        found.media_type,
        content,
        hashlib.sha256(content).hexdigest(),
    )


def safe_name(name: str, suffix: str) -> str:
    """A file's name without folders, control or direction marks, ending with its real suffix."""
    last = PurePosixPath(name.replace("\\", "/")).name
    kept = "".join(
        c for c in unicodedata.normalize("NFC", last) if unicodedata.category(c)[0] != "C"
    )
    for mark in '<>:"|?*/':
        kept = kept.replace(mark, "_")
    stem = kept.strip(" .")
    if stem.lower().endswith((suffix, ".jpeg")):
        stem = stem[: stem.rindex(".")]
    return f"{stem[: limits().name_length].strip(' .') or 'piece'}{suffix}"


@cache
def _accepted() -> _Accepted:
    return msgspec.toml.decode(resource("attachments.toml").read_bytes(), type=_Accepted)


def _read(path: Path) -> bytes:
    most = limits().file_bytes
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise Problem(
                f"{quoted(_shown(path))} n’est pas un fichier{NBSP}: choisissez un PDF ou une "
                f"photo."
            )
        content = bytearray()
        with path.open("rb", buffering=0) as file:
            while chunk := file.read(_MEBIBYTE):
                content += chunk
                if len(content) > most:
                    break
    except OSError as problem:
        raise Problem(
            f"Le fichier {quoted(_shown(path))} ne peut pas être lu{NBSP}: vérifiez qu’il existe "
            f"encore et que la clé est branchée."
        ) from problem
    if len(content) > most:
        raise Problem(
            f"{quoted(_shown(path))} est trop lourd ({file_size(most)} au plus)"
            f"{NBSP}: réduisez la photo, ou joignez moins de pages."
        )
    if not content:
        raise Problem(f"{quoted(_shown(path))} est vide{NBSP}: il n’y a rien à joindre.")
    return bytes(content)


def _check_pdf(path: Path, content: bytes) -> None:
    from pypdfium2 import PdfDocument, PdfiumError, raw

    with PDFIUM:
        try:
            document = PdfDocument(content)
        except PdfiumError as problem:
            raise Problem(
                f"Le PDF {quoted(_shown(path))} ne s’ouvre pas{NBSP}: il est abîmé ou protégé par "
                f"un mot de passe. Enregistrez-le de nouveau sans protection."
            ) from problem
        try:
            pages = len(document)
            scripts = raw.FPDFDoc_GetJavaScriptActionCount(document.raw)
            inside = raw.FPDFDoc_GetAttachmentCount(document.raw)
        finally:
            document.close()
    if not 0 < pages <= limits().pages:
        raise Problem(
            f"Le PDF {quoted(_shown(path))} a {plural(pages, 'page')}{NBSP}: il en faut de 1 à "
            f"{limits().pages}."
        )
    if scripts or inside or any(mark in content for mark in _ACTIVE):
        raise Problem(
            f"Le PDF {quoted(_shown(path))} contient un programme ou un autre fichier{NBSP}: "
            f"imprimez-le dans un nouveau PDF, puis joignez celui-ci."
        )


def _check_image(path: Path, content: bytes) -> None:
    import io

    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as image:
                width, height = image.size
                image.verify()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Warning) as problem:
        raise Problem(
            f"L’image {quoted(_shown(path))} est abîmée ou démesurée{NBSP}: enregistrez-la à "
            f"nouveau, puis joignez-la."
        ) from problem
    if width * height > limits().pixels:
        raise Problem(
            f"L’image {quoted(_shown(path))} est démesurée ({width} × {height} points){NBSP}: "
            f"réduisez-la, puis joignez-la."
        )


def _shown(path: Path) -> str:
    return "".join(c if c.isprintable() else "?" for c in path.name)
