"""Name and logo of the service: kept in the base, printed on every document."""

from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from numecole_desktop.domain.problem import Problem
from numecole_desktop.services import label_documents, label_dossiers, letterhead, settings
from numecole_desktop.services.profiles import profile_pdf
from numecole_desktop.services.territory_profiles import profile_pdf as territory_pdf
from numecole_desktop.services.workspace import Workspace
from tests.conftest import SCHOOLS, YEAR

SERVICE = "Service du numérique éducatif, Carcassonne"
UAI = SCHOOLS[0][0]


def picture(path: Path, kind: str = "PNG", size: tuple[int, int] = (600, 300)) -> Path:
    Image.new("RGB", size, "#004488").save(path, kind)
    return path


def pages(pdf: bytes) -> list[tuple[str, int]]:
    """Text and number of images of each page."""
    document = pypdfium2.PdfDocument(pdf)
    return [
        (page.get_textpage().get_text_range(), len(list(page.get_objects(filter=[3]))))
        for page in document
    ]


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_logo_is_kept_small_and_read_back(
    workspace: Workspace, tmp_path: Path, kind: str
) -> None:
    kept = letterhead.take_logo(workspace, picture(tmp_path / "logo.bin", kind, (3000, 1500)))
    assert letterhead.logo(workspace) == kept
    with Image.open(BytesIO(kept)) as image:
        assert image.format == "PNG"
        assert image.width <= 330
        assert image.height <= 132
    letterhead.remove_logo(workspace)
    assert letterhead.logo(workspace) is None


def test_name_and_logo_are_on_every_page_and_add_none(workspace: Workspace, tmp_path: Path) -> None:
    label_dossiers.create(workspace, UAI, YEAR)

    def made() -> list[list[tuple[str, int]]]:
        return [
            pages(profile_pdf(workspace, UAI, YEAR)),
            pages(territory_pdf(workspace, "circonscription", "0111031L", YEAR)),
            pages(territory_pdf(workspace, "commune", "11069", YEAR)),
            pages(label_documents.dossier_pdf(workspace, UAI, YEAR)),
        ]

    before = made()
    letterhead.put_service_name(workspace, f"  {SERVICE} ")
    letterhead.take_logo(workspace, picture(tmp_path / "logo.png"))
    after = made()
    for plain, headed in zip(before, after, strict=True):
        assert len(headed) == len(plain)
        assert not any(SERVICE in text for text, _ in plain)
        assert all(SERVICE in text for text, _ in headed)
        assert headed[0][1] == plain[0][1] + 1


@pytest.mark.parametrize(
    "content", [b"", b"<svg/>", b"%PDF-1.7", b"\x89PNG\r\n\x1a\nxx", b"GIF89a"]
)
def test_what_is_no_picture_is_refused_and_the_former_logo_stays(
    workspace: Workspace, tmp_path: Path, content: bytes
) -> None:
    former = letterhead.take_logo(workspace, picture(tmp_path / "logo.png"))
    wrong = tmp_path / "logo.jpg"
    wrong.write_bytes(content)
    with pytest.raises(Problem, match="PNG ou JPEG"):
        letterhead.take_logo(workspace, wrong)
    assert letterhead.logo(workspace) == former


def test_a_file_that_is_gone_or_huge_is_refused_in_a_sentence(
    workspace: Workspace, tmp_path: Path
) -> None:
    with pytest.raises(Problem, match="ne peut pas être lu"):
        letterhead.take_logo(workspace, tmp_path / "absent.png")
    huge = tmp_path / "huge.png"
    with huge.open("wb") as file:
        file.truncate(16 * 2**20)
    with pytest.raises(Problem, match="15\u00a0Mo"):
        letterhead.take_logo(workspace, huge)


def test_a_name_too_long_is_refused(workspace: Workspace) -> None:
    letterhead.put_service_name(workspace, SERVICE)
    with pytest.raises(Problem, match="raccourcissez"):
        letterhead.put_service_name(workspace, "x" * 91)
    assert letterhead.service_name(workspace) == SERVICE


def test_a_damaged_logo_is_none(workspace: Workspace) -> None:
    settings.put(workspace, "logo", "dossier/logo.png")
    assert letterhead.logo(workspace) is None
