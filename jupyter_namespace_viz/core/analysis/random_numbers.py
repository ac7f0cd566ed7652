"""From which random numbers does a call draw, and does it seed them?

A module's own generator is state without a name: what it gives next follows from its seed and from
all that drew from it since. It is told by the text, `np.random.…` or `random.…`; what is imported
from there by name, and what a library draws for itself, is not seen.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass

NUMPY, PYTHON, TENSORFLOW, TORCH = RANDOM_NUMBERS = (
    "numpy's random numbers",
    "Python's random numbers",
    "TensorFlow's random numbers",
    "PyTorch's random numbers",
)
"""They stand among the names that a cell touches. No name of Python's is written like this."""

AND_DRAWS = " and draws"
"""Follows the text of a seed in a cell that also draws from the numbers that it seeds."""

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


@dataclass(frozen=True, slots=True)
class Draw:
    """A call that draws from `numbers`; with a `seed`, its text, it seeds them instead."""

    numbers: str
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
    is_drawing = name in _TORCH_DRAWING if numbers is TORCH else name not in _WITHOUT_DRAWING
    return Draw(numbers) if is_drawing else None


def _numbers_of(module: ast.expr) -> str | None:
    if isinstance(module, ast.Name):
        return {"random": PYTHON, "torch": TORCH}.get(module.id)
    if not isinstance(module, ast.Attribute) or not isinstance(module.value, ast.Name):
        return None
    of, part = module.value.id, module.attr
    if part != "random":
        return None
    return {"np": NUMPY, "numpy": NUMPY, "tf": TENSORFLOW, "tensorflow": TENSORFLOW}.get(of)


def _unless_told(node: ast.Call, name: str) -> Draw | None:
    if name not in _DRAWING_UNLESS_TOLD:
        return None
    is_told = any(keyword.arg in {"random_state", None} for keyword in node.keywords)
    return None if is_told else Draw(NUMPY)
