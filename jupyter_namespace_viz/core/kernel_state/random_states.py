"""In what state are the random numbers that a cell draws from?

Two states are the same if the same texts drew in the same order since the same seed; what the state
is does not matter. So the states of all runs, in the order in which they ran, are compared with
those of the cells, in the order of the notebook.
"""

from __future__ import annotations

from collections.abc import Mapping
from secrets import randbits

from jupyter_namespace_viz.core.analysis.cell_names import CellNames
from jupyter_namespace_viz.core.analysis.random_numbers import RandomNumbers
from jupyter_namespace_viz.core.kernel_state.namespace import Run

UNSEEDED = dict.fromkeys(RandomNumbers, 0)
"""The states in a new process."""

MOST_DRAWING = 5_000
"""Runs that drew random numbers and are remembered."""


class RandomStates:
    """The states so far: a number for each generator whose state is known; a seed makes a state
    known again.
    """

    def __init__(self, known: Mapping[RandomNumbers, int]) -> None:
        self._states = dict(known)

    def drawn_by(
        self, names: CellNames, by_calls: frozenset[RandomNumbers] = frozenset()
    ) -> dict[RandomNumbers, int]:
        """The known states that a cell draws from before it seeds them; `by_calls` are those that
        the functions which it calls draw from.
        """
        seeds, draws = dict(names.seeds), names.draws | by_calls
        drawn = (it for it in RandomNumbers if it in draws and it not in seeds)
        return {it: self._states[it] for it in drawn if it in self._states}

    def enter(
        self,
        source: str,
        names: CellNames,
        by_calls: frozenset[RandomNumbers] = frozenset(),
        as_ran: bool = True,
    ) -> None:
        """A cell with that text draws and seeds; unless `as_ran`, perhaps in another way than when
        it ran.

        A number as the seed gives the same state whatever else the text does.
        """
        seeds = dict(names.seeds)
        for numbers in names.draws | by_calls:
            seed = seeds.get(numbers)
            if seed is not None and seed.text.isdigit() and not seed.is_drawn_from:
                self._states[numbers] = hash(seed)
            elif seed is not None or numbers in self._states:
                start = self._states.get(numbers) if seed is None else seed
                self._states[numbers] = hash((start, source)) if as_ran else _unlike_any()

    def fail(self, draws: frozenset[RandomNumbers]) -> None:
        """A cell that failed may have drawn from these and seeded them, or not."""
        for numbers in draws:
            self._states[numbers] = _unlike_any()


class Draws:
    """What the runs of one process drew from, which began in these states: `drew` has the known
    states that each run found, by the serial of the run.
    """

    def __init__(self, known: Mapping[RandomNumbers, int]) -> None:
        self.drew: dict[int, dict[RandomNumbers, int]] = {}
        self._states = RandomStates(known)
        self._last_serial = 0

    def enter(self, run: Run, names: CellNames, by_calls: frozenset[RandomNumbers]) -> None:
        """A run with these names is over; the functions that it called drew `by_calls`."""
        if run.serial != self._last_serial + 1:  # what ran in between is not known
            self._states = RandomStates({})
        self._last_serial = run.serial
        drew = self._states.drawn_by(names, by_calls)
        if drew:
            self.drew[run.serial] = drew
            if len(self.drew) > MOST_DRAWING:
                del self.drew[next(iter(self.drew))]
        if run.succeeded:
            self._states.enter(run.source, names, by_calls)
        else:
            self._states.fail(names.draws | by_calls)


def _unlike_any() -> int:
    return randbits(62)
