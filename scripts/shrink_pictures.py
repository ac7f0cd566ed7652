"""How do pictures of the screen become small enough to be kept with the source?

`python scripts/shrink_pictures.py PICTURE…` gives PNG files a palette of 256 colours: the most
frequent of the some 2,000 that a screen has, unchanged, and shades that stand for the rest, which
are at the edges of letters and icons.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from PIL import Image  # installed with Matplotlib

FREQUENT = 160
SHADES = 256 - FREQUENT

Color = tuple[int, ...]


def shrink(path: Path) -> None:
    """Write the picture with a palette."""
    with Image.open(path) as file:
        picture = file.convert("RGB")
    pixels = colors_in(picture.tobytes())
    colors = [color for color, _ in Counter(pixels).most_common()]
    palette = colors[:FREQUENT] + shades_of(colors[FREQUENT:])
    index = {color: nearest(color, palette) for color in colors}
    small = Image.frombytes("P", picture.size, bytes(index[pixel] for pixel in pixels))
    small.putpalette([part for color in palette for part in color])
    small.save(path, optimize=True)


def shades_of(colors: list[Color]) -> list[Color]:
    """A few colours that stand for many; Pillow finds them as those of a picture."""
    if not colors:
        return []
    parts = bytes(part for color in colors for part in color)
    picture = Image.frombytes("RGB", (len(colors), 1), parts)
    reduced = picture.quantize(SHADES, method=Image.Quantize.MAXCOVERAGE)
    return colors_in(bytes(reduced.getpalette() or []))


def nearest(color: Color, palette: list[Color]) -> int:
    """The index of the most similar colour; for one of the palette, its own."""

    def distance(index: int) -> int:
        return sum((one - other) ** 2 for one, other in zip(color, palette[index], strict=True))

    return min(range(len(palette)), key=distance)


def colors_in(parts: bytes) -> list[Color]:
    """The colours whose red, green and blue parts follow each other."""
    return list(zip(parts[::3], parts[1::3], parts[2::3], strict=True))


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        shrink(Path(argument))
