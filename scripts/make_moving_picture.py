"""How does a row of pictures of the screen become one moving picture?

`python scripts/make_moving_picture.py OUT MILLISECONDS:PICTURE…` writes an animated WebP in which
each picture is shown that long.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image  # installed with Matplotlib


def make_moving_picture(out: Path, frames: list[tuple[int, Path]]) -> None:
    """Write the frames, each with the milliseconds for which it is shown, again and again."""
    pictures = [Image.open(path).convert("RGB") for _, path in frames]
    first, *others = pictures
    first.save(
        out,
        save_all=True,
        append_images=others,
        duration=[duration for duration, _ in frames],
        loop=0,
        lossless=True,
        method=6,
    )


if __name__ == "__main__":
    _, target, *arguments = sys.argv
    parts = [argument.partition(":") for argument in arguments]
    make_moving_picture(Path(target), [(int(shown), Path(path)) for shown, _, path in parts])
