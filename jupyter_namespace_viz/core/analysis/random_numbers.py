"""From which random numbers does a call draw, and does it seed them?

A module's own generator is state without a name: what it gives next follows from its seed and from
all that drew from it since. It is told by the text, `np.random.…` or `random.…`; what is imported
from there by name, and what a library draws for itself, is not seen.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from enum import Enum


class RandomNumbers(Enum):
    """The generator of a module; the value is how sentences call its numbers."""

    NUMPY = "numpy's random numbers"
    PYTHON = "Python's random numbers"
    TENSORFLOW = "TensorFlow's random numbers"
    TORCH = "PyTorch's random numbers"


@dataclass(frozen=True, slots=True)
class Seed:
    """The text of a seed, and whether the cell also draws from the numbers that it seeds."""

    text: str
    is_drawn_from: bool = False


_SEEDING = frozenset("manual_seed seed set_random_seed set_seed".split())
_WITHOUT_DRAWING = frozenset(
    "BitGenerator Generator MT19937 PCG64 Random RandomState SeedSequence SystemRandom "
    "default_rng get_state getstate".split()
)
_TORCH_DRAWING = frozenset(
    "bernoulli multinomial normal poisson rand rand_like randint randint_like randn randn_like "
    "randperm".split()
)
_DRAWING_UNLESS_TOLD = frozenset("rvs sample train_test_split".split())
"""Of SciPy, pandas and scikit-learn: from numpy's numbers, unless there is a `random_state`."""


_SUBMODULES = {
    "np": RandomNumbers.NUMPY,
    "numpy": RandomNumbers.NUMPY,
    "tf": RandomNumbers.TENSORFLOW,
    "tensorflow": RandomNumbers.TENSORFLOW,
}
"""Modules, by their usual names, whose part `random` has the generator."""


@dataclass(frozen=True, slots=True)
class Draw:
    """A call that draws from `numbers`; with a `seed`, its text, it seeds them instead."""

    numbers: RandomNumbers
    seed: str | None = None


def draw_of(node: ast.Call) -> Draw | None:
    """What the call draws from, or seeds; None for most."""
    function = node.func
    if isinstance(function, ast.Name):
        return _unless_told(node, function.id)
    if not isinstance(function, ast.Attribute):
        return None
    numbers, name = _numbers_of(function.value), function.attr
    if numbers is None:
        return _unless_told(node, name)
    if name in _SEEDING:
        told = (*node.args, *(keyword.value for keyword in node.keywords))
        return Draw(numbers, ", ".join(map(ast.unparse, told)) or None)
    is_drawing = (
        name in _TORCH_DRAWING if numbers is RandomNumbers.TORCH else name not in _WITHOUT_DRAWING
    )
    return Draw(numbers) if is_drawing else None


def _numbers_of(module: ast.expr) -> RandomNumbers | None:
    if isinstance(module, ast.Name):
        return {"random": RandomNumbers.PYTHON, "torch": RandomNumbers.TORCH}.get(module.id)
    if not isinstance(module, ast.Attribute) or not isinstance(module.value, ast.Name):
        return None
    return _SUBMODULES.get(module.value.id) if module.attr == "random" else None


def _unless_told(node: ast.Call, name: str) -> Draw | None:
    if name not in _DRAWING_UNLESS_TOLD:
        return None
    is_told = any(keyword.arg in {"random_state", None} for keyword in node.keywords)
    return None if is_told else Draw(RandomNumbers.NUMPY)
