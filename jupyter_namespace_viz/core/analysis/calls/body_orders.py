"""In which order does a called function read names and bind globals?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from jupyter_namespace_viz.core.analysis.calls.bodies import Called
from jupyter_namespace_viz.core.analysis.calls.origins import Step
from jupyter_namespace_viz.core.analysis.function_effects import FunctionEffects


class BodyOrders(NamedTuple):
    """The orders of what a call does, counted from its beginning.

    `called` is the function whose body is ordered, `assigned` are the orders of the globals that it
    binds, `length` is at least the order of all that the call does. Other functions may run at any
    point of that body: what they bind is taken to be bound where the call begins, what they read to
    be read where it ends.

        def f(): global a, b; x; a = 1; y; b = 2      x: 0   a: 1   y: 1   b: 2
    """

    called: FunctionEffects | None
    assigned: Mapping[str, int]
    length: int
    read_before: Sequence[tuple[int, frozenset[str]]] = ()

    def of_read(self, function: FunctionEffects, name: str) -> int:
        """The order at which the function reads the name."""
        if function is not self.called:
            return self.length
        return next((order - 1 for order, read in self.read_before if name in read), self.length)


def function_called(
    step: Step, functions: Mapping[str, FunctionEffects], runs: Sequence[Called]
) -> FunctionEffects | None:
    """The function that the step calls by its name, as it runs for these arguments; None where it
    calls another value."""
    called = functions.get(step.of) if isinstance(step.of, str) else None
    if called is None or called.body is None:
        return called
    return next((it.function for it in runs if it.function.owner == called.owner), called)


def orders_in_call(runs: Sequence[Called], called: FunctionEffects | None) -> BodyOrders:
    """The orders in a call of `called`, None where it calls another value; `runs` are the functions
    that run then."""
    if called is None or called.is_lazy or not called.read_before:
        return BodyOrders(None, {}, 0)
    names = sorted(called.read_before, key=lambda it: len(it[1]))
    elsewhere = {
        name for it in runs if it.function is not called for name in it.function.assigned_globals
    }
    orders = {name: order for order, (name, _) in enumerate(names, 1) if name not in elsewhere}
    read = [(order, before) for order, (_, before) in enumerate(names, 1)]
    return BodyOrders(called, orders, len(names), read)
