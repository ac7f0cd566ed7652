"""Is there a real cell, or an edit of one, whose reading raises or takes long?

Reads all different code cells of the notebooks in a folder, then random edits of them until the
time is over. Ends with exit status 1 and the shortest text found when a reading raises, takes
longer than the limit, or has another result the second time.

    python benchmarks/fuzz.py folder --seconds 60
"""

# ruff: noqa: T201 - a script that prints

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path

from hypothesis import HealthCheck, given, seed, settings

from jupyter_namespace_viz.core.analysis.reader import read_cell

sys.path.insert(0, str(Path(__file__).parents[1]))
from benchmarks.reading import code_cells
from tests.core.tools.any_text import check
from tests.core.tools.edited_cells import edited

ROUND = 500
"""Edited cells between two checks of the clock."""


class Fuzz:
    """Reads texts, counts them in `read`, and records the `slowest` in seconds."""

    def __init__(self, limit: float) -> None:
        self.limit = limit
        self.read = 0
        self.slowest = 0.0

    def __call__(self, text: str) -> None:
        """Read one text twice; raises AssertionError if something is wrong."""
        read_cell.cache_clear()
        began = time.process_time()
        check(text)
        seconds = time.process_time() - began
        self.read += 1
        self.slowest = max(self.slowest, seconds)
        assert seconds < self.limit, f"{seconds:.2f} s for {len(text):,} characters"
        names = read_cell(text)
        read_cell.cache_clear()
        assert read_cell(text) == names, "it is not read the same way twice"

    def edits(self, texts: list[str], number: int) -> None:
        """Read edited cells; `number` is the seed of the edits."""

        @seed(number)
        @settings(
            max_examples=ROUND,
            deadline=None,
            database=None,
            print_blob=False,
            suppress_health_check=list(HealthCheck),
        )
        @given(edited(texts))
        def read(source: str) -> None:
            self(source)

        read()


def main() -> None:
    """Read until the time is over, or something is wrong."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, help="where the notebooks are")
    parser.add_argument("--seconds", type=float, default=60, help="for the edited cells")
    parser.add_argument("--limit", type=float, default=1, help="seconds of processor time a cell")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    arguments = parser.parse_args()
    texts = sorted(set(code_cells(arguments.folder)))
    if not texts:
        parser.error(f"There is no notebook with code in {arguments.folder}.")
    fuzz = Fuzz(arguments.limit)
    for text in texts:
        try:
            fuzz(text)
        except Exception:
            print(f"This cell, as it stands:\n{text}", file=sys.stderr)
            raise
    print(f"{fuzz.read:,} different cells, the slowest took {1e3 * fuzz.slowest:.0f} ms")
    fuzz.read, fuzz.slowest, number = 0, 0.0, arguments.seed
    end = time.monotonic() + arguments.seconds
    while time.monotonic() < end:
        fuzz.edits(texts, number)
        number += 1
    print(f"{fuzz.read:,} edited cells, the slowest took {1e3 * fuzz.slowest:.0f} ms", end=" ")
    print(f"(seeds {arguments.seed} to {number - 1})")


if __name__ == "__main__":
    main()
