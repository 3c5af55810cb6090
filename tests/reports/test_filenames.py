import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numecole_desktop.domain.profile import SchoolProfile
from numecole_desktop.reports.filenames import profile_name


@pytest.mark.parametrize(
    ("name", "commune", "file"),
    [
        (
            "École Jules Ferry",
            "Carcassonne",
            "profil_0110160P_ecole-jules-ferry_carcassonne_2023-2024.pdf",
        ),
        (
            "E\u0301cole <L’Œuvre> : A/B\\C|?*",
            "L’Haÿ-les-Roses",
            "profil_0110160P_ecole-l-oeuvre-a-b-c_l-hay-les-roses_2023-2024.pdf",
        ),
        ("CON", None, "profil_0110160P_con_2023-2024.pdf"),
        ("中文", "", "profil_0110160P_2023-2024.pdf"),
    ],
)
def test_files_are_named_after_the_school(
    profiles: dict[str, SchoolProfile], name: str, commune: str | None, file: str
) -> None:
    school = replace(profiles["full"].school, name=name, commune=commune)
    assert profile_name(school, profiles["full"].year) == file


@given(name=st.text(), commune=st.text())
def test_every_name_suits_every_system(
    profiles: dict[str, SchoolProfile], name: str, commune: str
) -> None:
    school = replace(profiles["full"].school, name=name, commune=commune)
    file = profile_name(school, profiles["full"].year)
    assert re.fullmatch(r"profil_[A-Za-z0-9_-]+\.pdf", file)
    assert len(file) <= 120
