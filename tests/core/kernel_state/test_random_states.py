"""In what state are the random numbers that a cell draws from?"""

from __future__ import annotations

import pytest

from jupyter_namespace_viz.core.analysis.random_numbers import RandomNumbers
from jupyter_namespace_viz.core.analysis.reader import read_cell
from jupyter_namespace_viz.core.kernel_state.random_states import (
    MOST_DRAWING,
    UNSEEDED,
    Draws,
    RandomStates,
)
from tests.core.tools.notebooks import run

SEED, DRAW, OTHER = "random.seed(1)", "random.random()", "random.randint(0, 9)"


def states_after(*sources: str, known: dict[RandomNumbers, int] = UNSEEDED) -> RandomStates:
    """The states after cells of these texts."""
    states = RandomStates(known)
    for source in sources:
        names = read_cell(source)
        states.enter(source, names)
    return states


def drawn(states: RandomStates, source: str = DRAW) -> dict[RandomNumbers, int]:
    """The states from which a cell of the text would draw."""
    names = read_cell(source)
    return states.drawn_by(names)


SAME = [
    # texts that ran one after the other, others, and whether both leave the same state
    ([], [], True),
    ([SEED], [SEED], True),
    ([SEED], ["random.seed(2)"], False),
    ([SEED], [SEED, DRAW], False),
    ([SEED, DRAW], [SEED, DRAW], True),
    ([SEED, DRAW], [SEED, OTHER], False),
    ([SEED, DRAW, DRAW], [SEED, DRAW], False),
    ([DRAW, SEED], [SEED], True),  # a seed forgets what was drawn
    ([DRAW, OTHER, SEED], [SEED], True),
    (["random.seed(1); x = 1"], [SEED], True),  # a number seeds the same, whatever else is there
    (["random.seed(n)"], ["random.seed(n)"], True),
    (["x = 1"], [], True),  # draws nothing
    (["np.random.rand()"], [], True),  # of others
]


@pytest.mark.parametrize(("one", "other", "expected"), SAME)
def test_two_states(one: list[str], other: list[str], expected: bool) -> None:
    assert (drawn(states_after(*one)) == drawn(states_after(*other))) == expected


def test_a_cell_that_seeds_draws_from_nothing_before_it() -> None:
    assert drawn(states_after(), SEED) == {}
    assert drawn(states_after(), f"{SEED}\n{DRAW}") == {}
    assert drawn(states_after(), DRAW) == {RandomNumbers.PYTHON: 0}
    assert drawn(states_after(), "x = 1") == {}


def test_a_state_that_is_not_known_becomes_known_by_a_seed() -> None:
    assert drawn(states_after(DRAW, known={})) == {}
    assert drawn(states_after(DRAW, SEED, known={})) == drawn(states_after(SEED))


def test_a_cell_that_failed_may_have_drawn() -> None:
    states = states_after(SEED)
    states.fail(frozenset({RandomNumbers.PYTHON}))
    assert drawn(states).keys() == {RandomNumbers.PYTHON}
    assert drawn(states) != drawn(states_after(SEED))
    assert drawn(states, "np.random.rand()") == {RandomNumbers.NUMPY: 0}


def test_a_text_that_is_not_the_one_that_ran_leaves_a_state_of_its_own() -> None:
    one, other = states_after(SEED), states_after(SEED)
    names = read_cell(DRAW)
    one.enter(DRAW, names, as_ran=False)
    other.enter(DRAW, names, as_ran=False)
    assert drawn(one) != drawn(other)


def test_a_call_of_a_function_draws_as_well() -> None:
    python, names = frozenset({RandomNumbers.PYTHON}), read_cell("f()")
    states = states_after(SEED)
    assert states.drawn_by(names) == {}
    assert states.drawn_by(names, python) == drawn(states)
    states.enter("f()", names, python)
    assert drawn(states) not in (drawn(states_after(SEED)), drawn(states_after(SEED, DRAW)))


def draws_of(*texts: tuple[int, str, bool]) -> Draws:
    """What runs drew from: serial, text, and whether they succeeded."""
    draws = Draws(UNSEEDED)
    for serial, text, succeeded in texts:
        names = read_cell(text)
        draws.enter(run(serial, "c1", text, succeeded), names, frozenset())
    return draws


def test_what_runs_drew_from() -> None:
    draws = draws_of((1, SEED, True), (2, DRAW, True), (3, "x = 1", True), (4, DRAW, True))
    assert draws.drew.keys() == {2, 4}
    assert draws.drew[2] == drawn(states_after(SEED))
    assert draws.drew[4] == drawn(states_after(SEED, DRAW))


def test_after_a_run_that_was_not_seen_nothing_is_known() -> None:
    assert draws_of((1, SEED, True), (3, DRAW, True)).drew == {}
    again = draws_of((1, SEED, True), (3, SEED, True), (4, DRAW, True))
    assert again.drew == {4: drawn(states_after(SEED))}


def test_only_the_last_runs_are_remembered() -> None:
    names, draws = read_cell(DRAW), Draws(UNSEEDED)
    for serial in range(1, MOST_DRAWING + 3):
        draws.enter(run(serial, "c1", DRAW), names, frozenset())
    assert len(draws.drew) == MOST_DRAWING
    assert min(draws.drew) == 3
