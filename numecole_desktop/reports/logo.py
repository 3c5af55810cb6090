"""The institution's logo: the only one, top left, chosen by the institution."""

from __future__ import annotations

import warnings
from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageOps
from reportlab.lib.utils import ImageReader

from numecole_desktop.domain.french import NBSP
from numecole_desktop.domain.problem import Problem
from numecole_desktop.reports.tagged import TaggedCanvas

HEIGHT = 44.0
"""Height kept for the logo, in points."""
_WIDEST = 110.0
_PIXELS_PER_POINT = 3


class LogoError(Problem):
    """The file is no image that can be printed; the message is a French sentence."""


def logo_size(logo: bytes) -> tuple[float, float]:
    """Width and height of the printed logo, in points.

    Raises:
        LogoError: the bytes are no PNG or JPEG image, or one too large.
    """
    image = _prepared(logo)
    scale = min(HEIGHT / image.height, _WIDEST / image.width)
    return image.width * scale, image.height * scale


def draw_logo(canvas: TaggedCanvas, x: float, top: float, logo: bytes, alternative: str) -> float:
    """Draw the logo under ``top`` as a figure; gives its width in points.

    Raises:
        LogoError: the bytes are no PNG or JPEG image, or one too large.
    """
    width, height = logo_size(logo)
    box = (x, top - height, x + width, top)
    with canvas.tag("Figure", alternative=alternative, box=box):
        canvas.drawImage(ImageReader(_prepared(logo)), x, top - height, width, height)
    return width


def print_ready(image: bytes) -> bytes:
    """A logo no larger than print needs, as PNG, with its pixels alone.

    Raises:
        LogoError: the bytes are no PNG or JPEG image, or one too large.
    """
    out = BytesIO()
    _prepared(image).save(out, "PNG")
    return out.getvalue()


@lru_cache(maxsize=4)
def _prepared(logo: bytes) -> Image.Image:
    """The image on white, upright, no larger than print needs."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(logo), formats=("PNG", "JPEG")) as source:
                image = ImageOps.exif_transpose(source).convert("RGBA")
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as problem:
        raise LogoError(
            f"Le logo a trop de points pour être imprimé{NBSP}: réduisez l’image, par exemple à "
            f"1{NBSP}000 points de large, puis choisissez-la de nouveau."
        ) from problem
    except (OSError, ValueError, SyntaxError) as problem:
        raise LogoError(
            f"Le logo n’est pas une image lisible{NBSP}: choisissez un fichier PNG ou JPEG."
        ) from problem
    image.thumbnail((_WIDEST * _PIXELS_PER_POINT, HEIGHT * _PIXELS_PER_POINT))
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image.getchannel("A"))
    return paper
