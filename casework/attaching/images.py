"""Pictures: drawn anew from their pixels, so that place, camera, maker and anything hidden behind them are gone."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps

from casework.attaching.limits import MOST_PIXELS
from casework.attaching.refused import FileRefused

FORMATS = ("JPEG", "PNG", "WEBP")
HOW: dict[str, dict[str, object]] = {"JPEG": {"quality": 92, "subsampling": 0}, "PNG": {}, "WEBP": {"quality": 92}}
MODES = ("1", "L", "LA", "RGB", "RGBA", "P")
TOO_LARGE = f"heeft meer dan {MOST_PIXELS // 1_000_000} miljoen beeldpunten. Maak de foto kleiner."
BROKEN = "is beschadigd en kan niet als foto worden gelezen. Maak de foto opnieuw, of maak er een schermafdruk van."
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
    if picture.format != "JPEG" and getattr(picture, "n_frames", 1) > 1:  # a JPEG's other frames are previews
        raise FileRefused("is een bewegende afbeelding. Voeg een gewone foto toe.")
    picture.load()
    return picture


def clean(content: bytes) -> bytes:
    """The same picture, upright, without metadata or anything behind it; raises FileRefused when it can't be read."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            picture = _opened(content)
            kind = str(picture.format)
            upright = ImageOps.exif_transpose(picture)
            if upright.mode not in MODES or (kind == "JPEG" and upright.mode not in ("L", "RGB")):
                upright = upright.convert("RGB")
            return _drawn(upright, kind)
    except FileRefused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise FileRefused(TOO_LARGE) from error
    except Exception as error:  # Pillow raises whatever its decoders raise; all of it means the same here
        raise FileRefused(BROKEN) from error


def _drawn(picture: Image.Image, kind: str) -> bytes:
    bare = Image.new(picture.mode, picture.size)
    if picture.mode == "P":
        bare.putpalette(picture.getpalette("RGB") or [])
    bare.paste(picture)
    out = io.BytesIO()
    more = {"transparency": picture.info["transparency"]} if "transparency" in picture.info else {}
    bare.save(out, kind, **(HOW[kind] | (more if kind == "PNG" else {})))
    return out.getvalue()
