"""Rebuild resources/fonts from the published web fonts of Public Sans.

The fonts were made by this script from the npm package `@fontsource/public-sans` 5.3.0:

    npm pack @fontsource/public-sans@5.3.0
    tar -xzf fontsource-public-sans-5.3.0.tgz
    python installer/build_fonts.py package

For each face, the "latin" and "latin-ext" files are merged, cut down to the characters that French
administrative texts and European names need, stripped of hinting (which serves old screens only),
given digits of equal width, named as one family with Regular and Bold, and completed with the
characters that the web fonts lack: the narrow no-break space, the non-breaking hyphen, ≤, ≥
and →. Public Sans is under the SIL Open Font License 1.1, without reserved name: OFL.txt goes
along. The result is the same to the byte at every run.
"""

import argparse
import shutil
from dataclasses import dataclass
from pathlib import Path

from fontTools.merge import Merger
from fontTools.misc.transform import Transform
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph

FAMILY = "Public Sans"
NARROW_NBSP_SHARE = 0.6  # of the width of a space
Parts = list[tuple[str, Transform]]
OUTPUT = Path(__file__).resolve().parents[1] / "resources" / "fonts"


@dataclass(frozen=True)
class Face:
    """One file of the family: its name, and the weight of the web font it comes from."""

    style: str
    weight: int


FACES = (Face("Regular", 400), Face("Bold", 700))


def kept_characters() -> set[int]:
    """Code points kept: Basic Latin, Latin-1, Latin Extended-A, and typographic signs."""
    latin = {*range(0x20, 0x7F), *range(0xA0, 0x180)}
    return latin | {ord(sign) for sign in "–—‘’‚“”„†‡•…‰‹›€™−"}  # noqa: RUF001


def merged(package: Path, face: Face) -> TTFont:
    """The face with the glyphs of both web fonts."""
    parts = [
        str(package / "files" / f"public-sans-{subset}-{face.weight}-normal.woff2")
        for subset in ("latin", "latin-ext")
    ]
    font = Merger().merge(parts)
    # The merge writes the date of the day.
    source = TTFont(parts[0])["head"]
    font["head"].created, font["head"].modified = source.created, source.modified
    font.recalcTimestamp = False
    font.flavor = None
    return font


def drawn(font: TTFont, parts: Parts) -> Glyph:
    """A new outline made of other glyphs of the font, each moved or scaled."""
    glyphs, pen = font.getGlyphSet(), TTGlyphPen(None)
    for source, transform in parts:
        outline = DecomposingRecordingPen(glyphs)
        glyphs[source].draw(outline)
        outline.replay(TransformPen(pen, transform))
    glyph = pen.glyph()
    glyph.recalcBounds(font["glyf"])
    return glyph


def tabular_digits(font: TTFont) -> None:
    """Map the digits to their glyphs of equal width, so that columns of figures line up everywhere.

    The web font spaces them widely; their width is brought down to that of its widest plain digit.
    """
    cmap, widths, glyf = font.getBestCmap(), font["hmtx"], font["glyf"]
    codes = [ord(digit) for digit in "0123456789"]
    width = max(widths[cmap[code]][0] for code in codes)
    for code in codes:
        name = cmap[code] + ".tf"
        former, bearing = widths[name]
        shift = (width - former) // 2
        glyf[name] = drawn(font, [(name, Transform().translate(shift, 0))])
        widths[name] = (width, bearing + shift)
        for table in font["cmap"].tables:
            table.cmap[code] = name


def cut_down(font: TTFont) -> None:
    """Keep the wanted characters, kerning and accents; drop hinting."""
    options = Options()
    options.hinting = False
    options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl"]
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.glyph_names = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=kept_characters())
    subsetter.subset(font)
    if "STAT" in font:  # describes the variable font that these static files come from
        del font["STAT"]


def add_glyph(font: TTFont, code: int, width: int, parts: Parts) -> None:
    """Add a character drawn from other glyphs of the font."""
    name = f"uni{code:04X}"
    glyph = drawn(font, parts)
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"][name] = glyph
    font["hmtx"][name] = (width, getattr(glyph, "xMin", 0))
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[code] = name


def complete(font: TTFont) -> None:
    """Add what the web fonts lack and French texts use."""
    cmap, widths, glyf = font.getBestCmap(), font["hmtx"], font["glyf"]
    space, minus, less, greater = (cmap[ord(sign)] for sign in " −<>")
    bar, tip = glyf[minus], glyf[greater]
    add_glyph(font, 0x202F, round(widths[space][0] * NARROW_NBSP_SHARE), [])
    # The bar of ≤ and ≥ stands one and a half thickness under the sign, which is raised by one.
    thickness = bar.yMax - bar.yMin
    for code, sign in ((0x2264, less), (0x2265, greater)):
        lowered = glyf[sign].yMin - thickness // 2 - bar.yMax
        parts = [
            (sign, Transform().translate(0, thickness)),
            (minus, Transform().translate(0, lowered)),
        ]
        add_glyph(font, code, widths[sign][0], parts)
    # → is a lengthened minus sign ending in a smaller "greater than".
    longer, smaller = 1.4, 0.75
    head = Transform().translate(
        longer * bar.xMax - smaller * tip.xMax + thickness / 2,
        (bar.yMax + bar.yMin - smaller * (tip.yMax + tip.yMin)) / 2,
    )
    parts = [(minus, Transform().scale(longer, 1)), (greater, head.scale(smaller))]
    add_glyph(font, 0x2192, round(longer * widths[minus][0]) + thickness // 2, parts)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[0x2011] = table.cmap[ord("-")]


def rename(font: TTFont, face: Face) -> None:
    """Name the face as one of a family, for Qt, Windows and PDF readers; note what was changed."""
    names, full = font["name"], f"{FAMILY} {face.style}"
    version = names.getDebugName(5)
    wanted = {
        1: FAMILY,
        2: face.style,
        3: f"Numecole;{FAMILY.replace(' ', '')}-{face.style}",
        4: full,
        5: f"{version}; Latin subset without hinting",
        6: f"{FAMILY.replace(' ', '')}-{face.style}",
    }
    kept = {number: names.getDebugName(number) for number in (0, 13, 14)}
    names.names = []
    for number, text in sorted((wanted | kept).items()):
        if text:
            names.setName(text, number, 3, 1, 0x409)
    os2, head = font["OS/2"], font["head"]
    bold = face.style == "Bold"
    os2.fsType = 0
    os2.usWeightClass = face.weight
    os2.fsSelection = (os2.fsSelection & ~0b1100001) | bold << 5 | (not bold) << 6
    head.macStyle = int(bold)


def build(package: Path, output: Path) -> list[Path]:
    """Write the faces and the licence to a folder; returns the files of the faces."""
    written = []
    for face in FACES:
        font = merged(package, face)
        tabular_digits(font)
        cut_down(font)
        complete(font)
        rename(font, face)
        path = output / f"PublicSans-{face.style}.ttf"
        font.save(path)
        written.append(path)
    shutil.copyfile(package / "LICENSE", output / "OFL.txt")
    return written


def main() -> None:
    """Read the folder of the unpacked package from the command line."""
    parser = argparse.ArgumentParser(
        description="Refait resources/fonts depuis le paquet npm déplié."
    )
    parser.add_argument("package", type=Path, help="dossier « package » du paquet déplié")
    parser.add_argument("--output", type=Path, default=OUTPUT, help="dossier à remplir")
    arguments = parser.parse_args()
    for path in build(arguments.package, arguments.output):
        print(f"{path.name} : {path.stat().st_size} octets")


if __name__ == "__main__":
    main()
