"""From which random numbers does a cell draw, and does it seed them first?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.random_numbers import RandomNumbers, Seed
from jupyter_namespace_viz.core.analysis.reader import read_cell

NUMPY, PYTHON = RandomNumbers.NUMPY, RandomNumbers.PYTHON
TENSORFLOW, TORCH = RandomNumbers.TENSORFLOW, RandomNumbers.TORCH

DRAWN = [
    # drawn, seeded
    ("x = np.random.normal(size=3)", [NUMPY], {}),
    ("x = numpy.random.rand()", [NUMPY], {}),
    ("x = [random.random() for _ in y]", [PYTHON], {}),
    ("random.shuffle(rows)", [PYTHON], {}),
    ("x = torch.randn(3)", [TORCH], {}),
    ("x = torch.zeros(3)", [], {}),
    ("x = tf.random.uniform([3])", [TENSORFLOW], {}),
    ("x = rng.random()\nr = np.random.default_rng(1)", [], {}),
    ("s = np.random.get_state()\nr = random.Random(1)", [], {}),
    # by other libraries, from numpy's
    ("a, b = train_test_split(x, y)", [NUMPY], {}),
    ("a, b = train_test_split(x, y, random_state=1)", [], {}),
    ("a, b = train_test_split(x, y, **options)", [], {}),
    ("df.sample(5)", [NUMPY], {}),
    ("random.sample(x, 5)", [PYTHON], {}),
    ("stats.norm().rvs(3)", [NUMPY], {}),
    # seeds
    ("np.random.seed(1)", [NUMPY], {NUMPY: Seed("1")}),
    (
        "np.random.seed(SEED + 1)\nnp.random.rand()",
        [NUMPY],
        {NUMPY: Seed("SEED + 1", is_drawn_from=True)},
    ),
    (
        "np.random.seed(1)\nnp.random.rand(); np.random.rand()",
        [NUMPY],
        {NUMPY: Seed("1", is_drawn_from=True)},
    ),
    (
        "def f(): return np.random.rand()\nnp.random.seed(1)\nf()",
        [NUMPY],
        {NUMPY: Seed("1", is_drawn_from=True)},
    ),
    (
        "random.seed(a=1)\ntorch.manual_seed(2)",
        [TORCH, PYTHON],
        {PYTHON: Seed("1"), TORCH: Seed("2")},
    ),
    ("tf.random.set_seed(1)", [TENSORFLOW], {TENSORFLOW: Seed("1")}),
    ("np.random.seed()", [NUMPY], {}),
    ("np.random.rand()\nnp.random.seed(1)", [NUMPY], {}),  # it draws first
    ("if x: np.random.seed(1)", [NUMPY], {}),
    ("def f(): np.random.seed(1)", [], {}),
    ("def f(): np.random.seed(1)\nf()", [NUMPY], {}),
    # scopes
    ("def f(): return np.random.rand()", [], {}),
    ("def f(): return np.random.rand()\nf()", [NUMPY], {}),
    ("x = [np.random.rand() for _ in y]", [NUMPY], {}),
]


@pytest.mark.parametrize(("source", "drawn", "seeds"), DRAWN)
def test_draws_and_seeds(
    source: str, drawn: list[RandomNumbers], seeds: dict[RandomNumbers, Seed]
) -> None:
    names = read_cell(source)
    assert (names.draws, dict(names.seeds)) == (frozenset(drawn), seeds)
