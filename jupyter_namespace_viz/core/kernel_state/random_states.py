"""In what state are the random numbers that a cell draws from?

Two states are the same if the same texts drew in the same order since the same seed: what they are
is not asked. So the states of all runs, in the order in which they ran, are compared with those of
the cells, in the order of the notebook.
"""

from __future__ import annotations

from collections.abc import Mapping
from secrets import randbits

from jupyter_namespace_viz.core.analysis.cell_names import CellNames
from jupyter_namespace_viz.core.analysis.random_numbers import RANDOM_NUMBERS
from jupyter_namespace_viz.core.kernel_state.namespace import Run

UNSEEDED = dict.fromkeys(RANDOM_NUMBERS, 0)
"""The states in a new process."""

MOST_DRAWING = 5_000
"""Runs that drew random numbers and are remembered."""


class RandomStates:
    """The states so far: a number for each, by what stands for the random numbers in `mutated`.

    What is not known has none; a seed makes it known again.
    """

    def __init__(self, known: Mapping[str, int]) -> None:
        self._states = dict(known)

    def drawn_by(self, names: CellNames, mutated: frozenset[str]) -> dict[str, int]:
        """The known states that a cell draws from which touches that, before it seeds them."""
        seeds = dict(names.seeds)
        states = self._states
        return {it: states[it] for it in mutated if it in states and it not in seeds}

    def enter(
        self, source: str, names: CellNames, mutated: frozenset[str], as_ran: bool = True
    ) -> None:
        """A cell of that text draws and seeds; unless `as_ran`, perhaps otherwise than when it ran.

        A number that it seeds with gives the same state whatever else the text does.
        """
        seeds = dict(names.seeds)
        for numbers in mutated:
            seed = seeds.get(numbers)
            if seed is not None and seed.isdigit():
                self._states[numbers] = hash(seed)
            elif seed is not None or numbers in self._states:
                start = self._states.get(numbers) if seed is None else seed
                self._states[numbers] = hash((start, source)) if as_ran else _unlike_any()

    def upset(self, mutated: frozenset[str]) -> None:
        """A cell that failed may have drawn from these and seeded them, or not."""
        for numbers in UNSEEDED.keys() & mutated:
            self._states[numbers] = _unlike_any()


class Draws:
    """What the runs of one process drew from, which began in these states: `drew` has the known
    states that each run found, by its serial.
    """

    def __init__(self, known: Mapping[str, int]) -> None:
        self.drew: dict[int, dict[str, int]] = {}
        self._states = RandomStates(known)
        self._last_serial = 0

    def enter(self, run: Run, names: CellNames, mutated: frozenset[str]) -> None:
        """A run is over that touched that, what the functions that it called touched included."""
        if run.serial != self._last_serial + 1:  # what ran in between is not known
            self._states = RandomStates({})
        self._last_serial = run.serial
        drew = self._states.drawn_by(names, mutated)
        if drew:
            self.drew[run.serial] = drew
            if len(self.drew) > MOST_DRAWING:
                del self.drew[next(iter(self.drew))]
        if run.succeeded:
            self._states.enter(run.source, names, mutated)
        else:
            self._states.upset(mutated)


def _unlike_any() -> int:
    return randbits(62)
