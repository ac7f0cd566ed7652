"""Which random numbers does a call draw from, and does it seed them?

The global generator of a module is hidden state: its next number depends on its seed and on all
draws since. Calls are recognized by their text, `np.random.…` or `random.…`.

Known limits: functions that are imported from these modules by name, and draws inside libraries,
are not recognized.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum


class RandomNumbers(Enum):
    """The generator of a module; the value is its name in sentences."""

    NUMPY = "NumPy's random numbers"
    PYTHON = "Python's random numbers"
    TENSORFLOW = "TensorFlow's random numbers"
    TORCH = "PyTorch's random numbers"


@dataclass(frozen=True, slots=True)
class Seed:
    """The text of a seed, and whether the cell also draws from the random numbers that it seeds."""

    text: str
    is_drawn_from: bool = False


class RecordedDraws:
    """The random numbers that a cell draws from or seeds, as far as it has been walked.

    `seeds` are those that it certainly seeds before it draws from them.
    """

    def __init__(self) -> None:
        self.draws: set[RandomNumbers] = set()
        self.seeds: dict[RandomNumbers, Seed] = {}

    def draw(self, draws: Iterable[RandomNumbers]) -> None:
        """Record that the cell draws these random numbers."""
        for numbers in self.seeds.keys() & draws:
            self.seeds[numbers] = replace(self.seeds[numbers], is_drawn_from=True)
        self.draws.update(draws)

    def seed(self, numbers: RandomNumbers, seed: str) -> None:
        """Record that the cell seeds the random numbers before it draws from them."""
        self.draws.add(numbers)
        self.seeds[numbers] = Seed(seed)


_SEEDING = frozenset("manual_seed seed set_random_seed set_seed".split())
_NOT_DRAWING = frozenset(
    "BitGenerator Generator MT19937 PCG64 Random RandomState SeedSequence SystemRandom "
    "default_rng get_state getstate".split()
)
_TORCH_DRAWING = frozenset(
    "bernoulli multinomial normal poisson rand rand_like randint randint_like randn randn_like "
    "randperm".split()
)
_DRAWING_WITHOUT_RANDOM_STATE = frozenset("rvs sample train_test_split".split())
"""Functions of SciPy, pandas and scikit-learn: without `random_state` they draw numpy's numbers."""


_MODULES = {"random": RandomNumbers.PYTHON, "torch": RandomNumbers.TORCH}
_SUBMODULES = {
    "np": RandomNumbers.NUMPY,
    "numpy": RandomNumbers.NUMPY,
    "tf": RandomNumbers.TENSORFLOW,
    "tensorflow": RandomNumbers.TENSORFLOW,
}
"""Modules, by their usual names, whose submodule `random` has the generator."""


@dataclass(frozen=True, slots=True)
class Draw:
    """A call that draws from `numbers` or, where `seed` has the text of a seed, seeds them."""

    numbers: RandomNumbers
    seed: str | None = None


def draw_of(node: ast.Call) -> Draw | None:
    """The numbers that the call draws from, or seeds; None for most calls."""
    function = node.func
    if type(function) is ast.Attribute:
        numbers, name = _numbers_of(function.value), function.attr
    elif type(function) is ast.Name:
        numbers, name = None, function.id
    else:
        return None
    if numbers is None:
        return _draw_without_random_state(node) if name in _DRAWING_WITHOUT_RANDOM_STATE else None
    if name in _SEEDING:
        seeds = (*node.args, *(keyword.value for keyword in node.keywords))
        return Draw(numbers, ", ".join(map(ast.unparse, seeds)) or None)
    is_drawing = (
        name in _TORCH_DRAWING if numbers is RandomNumbers.TORCH else name not in _NOT_DRAWING
    )
    return Draw(numbers) if is_drawing else None


def _numbers_of(module: ast.expr) -> RandomNumbers | None:
    if type(module) is ast.Name:
        return _MODULES.get(module.id)
    if type(module) is ast.Attribute and module.attr == "random":
        return _SUBMODULES.get(module.value.id) if type(module.value) is ast.Name else None
    return None


def _draw_without_random_state(node: ast.Call) -> Draw | None:
    has_random_state = any(keyword.arg in {"random_state", None} for keyword in node.keywords)
    return None if has_random_state else Draw(RandomNumbers.NUMPY)
