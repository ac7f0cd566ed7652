"""In what state are the random numbers that a cell draws from?

Two states are the same if the same texts drew in the same order since the same seed: what they are
is not asked. So the states of all runs, in the order in which they ran, are compared with those of
the cells, in the order of the notebook.
"""

from __future__ import annotations

from collections.abc import Mapping
from random import getrandbits

from jupyter_namespace_viz.core.cell_names import CellNames
from jupyter_namespace_viz.core.random_draws import RANDOM_NUMBERS

UNSEEDED = dict.fromkeys(RANDOM_NUMBERS, 0)
"""The states in a new process."""


class RandomStates:
    """The states so far: a number for each, by what stands for the random numbers in `touched`.

    What is not known has none; a seed makes it known again.
    """

    def __init__(self, known: Mapping[str, int]) -> None:
        self._states = dict(known)

    def drawn_by(self, names: CellNames, touched: frozenset[str]) -> dict[str, int]:
        """The known states that a cell draws from which touches that, before it seeds them."""
        seeds = dict(names.seeds)
        states = self._states
        return {it: states[it] for it in touched if it in states and it not in seeds}

    def enter(
        self, source: str, names: CellNames, touched: frozenset[str], as_ran: bool = True
    ) -> None:
        """A cell of that text draws and seeds; unless `as_ran`, what it seeds with may be another
        value than when it ran.
        """
        seeds = dict(names.seeds)
        for numbers in touched:
            if numbers in seeds:
                is_sure = as_ran or seeds[numbers].isdigit()
                self._states[numbers] = hash(seeds[numbers]) if is_sure else _unlike_any()
            elif numbers in self._states:
                self._states[numbers] = hash((self._states[numbers], source))

    def upset(self, touched: frozenset[str]) -> None:
        """A cell that failed may have drawn from these and seeded them, or not."""
        for numbers in UNSEEDED.keys() & touched:
            self._states[numbers] = _unlike_any()


def _unlike_any() -> int:
    return getrandbits(62)
