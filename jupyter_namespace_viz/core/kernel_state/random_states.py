"""In which state are the random number generators that a cell draws from?

Only equality of states matters: two states are equal if the same texts drew in the same order after
the same seed. To find out whether a run drew what it would draw in order, the states of the runs,
in the order in which they ran, are compared with the states of the cells, in document order.
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
"""How many runs that drew random numbers are remembered."""


class RandomStates:
    """The states after the cells so far: a number for each generator whose state is known.

    A seed makes an unknown state known again.
    """

    def __init__(self, known: Mapping[RandomNumbers, int]) -> None:
        self._states = dict(known)

    def drawn_by(
        self, names: CellNames, by_calls: frozenset[RandomNumbers] = frozenset()
    ) -> dict[RandomNumbers, int]:
        """The known states of the generators that a cell draws from and does not seed first.

        `by_calls` are the generators that the functions which it calls draw from.
        """
        seeds, draws = dict(names.seeds), names.draws | by_calls
        unseeded = (it for it in RandomNumbers if it in draws and it not in seeds)
        return {it: self._states[it] for it in unseeded if it in self._states}

    def enter(
        self,
        source: str,
        names: CellNames,
        by_calls: frozenset[RandomNumbers] = frozenset(),
        as_ran: bool = True,
    ) -> None:
        """Update the states: a cell with this text draws and seeds.

        Without `as_ran` it may draw other numbers than when it ran, so its state equals no other.
        Where the seed is a number, the state depends on this number alone, and not on the rest of
        the text.
        """
        seeds = dict(names.seeds)
        for numbers in names.draws | by_calls:
            seed = seeds.get(numbers)
            if seed is not None and seed.text.isdigit() and not seed.is_drawn_from:
                self._states[numbers] = hash(seed)
            elif seed is not None or numbers in self._states:
                start = self._states.get(numbers) if seed is None else seed
                self._states[numbers] = hash((start, source)) if as_ran else _new_state()

    def fail(self, draws: frozenset[RandomNumbers]) -> None:
        """Update the states: a cell failed that may have drawn from or seeded these generators."""
        for numbers in draws:
            self._states[numbers] = _new_state()


class Draws:
    """The states that the runs of one kernel process drew from; `known` are those at its start.

    `drew` maps the serials of runs to the known states that they drew from.
    """

    def __init__(self, known: Mapping[RandomNumbers, int]) -> None:
        self.drew: dict[int, dict[RandomNumbers, int]] = {}
        self._states = RandomStates(known)
        self._last_serial = 0

    def enter(self, run: Run, names: CellNames, by_calls: frozenset[RandomNumbers]) -> None:
        """Add a run that ended; the functions that it called drew from `by_calls`."""
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


def _new_state() -> int:
    """A state that equals no other."""
    return randbits(62)
