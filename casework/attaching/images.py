"""Pictures: drawn anew from their pixels, so that place, camera, maker and anything hidden behind them are gone."""

from __future__ import annotations

import io
import warnings
from typing import Any

from PIL import Image, ImageOps
from PIL.JpegImagePlugin import JpegImageFile, get_sampling

from casework.attaching.limits import MOST_PIXELS
from casework.attaching.refused import FileRefused

FORMATS = ("JPEG", "PNG", "WEBP")
_PNG = ("1", "L", "LA", "RGB", "RGBA", "P")
MODES = {"JPEG": ("L", "RGB"), "PNG": _PNG, "WEBP": ("RGB", "RGBA")}
TOO_LARGE = f"heeft meer dan {MOST_PIXELS // 1_000_000} miljoen beeldpunten. Maak de foto kleiner."
BROKEN = "is beschadigd en kan niet als foto worden gelezen. Maak de foto opnieuw, of maak er een schermafdruk van."
SCAN = 0xDA
TELLING = {*range(0xE1, 0xEE), 0xEF, 0xFE}  # applications and comments; E0 and EE say how to read the pixels
Image.MAX_IMAGE_PIXELS = MOST_PIXELS


def is_jpeg(content: bytes) -> bool:
    return content.startswith(b"\xff\xd8\xff")


def is_png(content: bytes) -> bool:
    return content.startswith(b"\x89PNG\r\n\x1a\n")


def is_webp(content: bytes) -> bool:
    return content[:4] == b"RIFF" and content[8:12] == b"WEBP"


def _opened(content: bytes) -> Image.Image:
    """The picture, decoded; raises FileRefused for one that is too large or moves, before its pixels are read."""
    picture = Image.open(io.BytesIO(content), formats=FORMATS)
    if picture.width * picture.height > MOST_PIXELS:
        raise FileRefused(TOO_LARGE)
    # The other frames of a JPEG are previews.
    if not isinstance(picture, JpegImageFile) and getattr(picture, "n_frames", 1) > 1:
        raise FileRefused("is een bewegende afbeelding. Voeg een gewone foto toe.")
    picture.load()
    return picture


def clean(content: bytes) -> bytes:
    """The same picture, upright, without metadata or anything behind it; raises FileRefused when it can't be read."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            picture = _opened(content)
            how = _how(picture)
            ImageOps.exif_transpose(picture, in_place=True)
            kind = "JPEG" if isinstance(picture, JpegImageFile) else str(picture.format)  # also a phone's MPO
            return _drawn(picture, kind, how)
    except FileRefused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise FileRefused(TOO_LARGE) from error
    except Exception as error:  # Pillow raises whatever its decoders raise; all of it means the same here
        raise FileRefused(BROKEN) from error


def _how(picture: Image.Image) -> dict[str, Any]:
    """How it is written: a photo with the tables it came with, so that it gets neither worse nor larger by much."""
    if isinstance(picture, JpegImageFile) and picture.mode in MODES["JPEG"]:
        return {"qtables": picture.quantization, "subsampling": get_sampling(picture)}
    if picture.format == "PNG":
        return {"transparency": picture.info["transparency"]} if "transparency" in picture.info else {}
    return {"quality": 92}


def _drawn(picture: Image.Image, kind: str, how: dict[str, Any]) -> bytes:
    if picture.mode not in MODES[kind]:
        picture = picture.convert("RGB")
    bare = Image.new(picture.mode, picture.size)  # nothing but pixels goes along
    if picture.mode == "P":
        bare.putpalette(picture.getpalette("RGB") or [])
    bare.paste(picture)
    out = io.BytesIO()
    bare.save(out, kind, **how)
    return out.getvalue()


def without_segments(jpeg: bytes) -> bytes:
    """A JPEG stream without the segments that tell of it, its pixels untouched: for photos inside a PDF."""
    kept, at = [jpeg[:2]], 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF and jpeg[at + 1] != SCAN:
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if jpeg[at + 1] not in TELLING:
            kept.append(jpeg[at:end])
        at = end
    return b"".join([*kept, jpeg[at:]])
