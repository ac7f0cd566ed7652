"""What is done when the bodies of functions run?"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace
from typing import NamedTuple

from jupyter_namespace_viz.core.analysis.builtin_names import BUILTINS
from jupyter_namespace_viz.core.analysis.calls.callees import behaviour_of
from jupyter_namespace_viz.core.analysis.calls.held_values import Literal
from jupyter_namespace_viz.core.analysis.calls.origins import (
    Arguments,
    Known,
    Origin,
    OuterName,
    Parameter,
    Step,
    leaves_of,
)
from jupyter_namespace_viz.core.analysis.calls.substitution import (
    arguments_by_name,
    constants_given,
    giving,
    replaced,
)
from jupyter_namespace_viz.core.analysis.function_effects import Doubt, FunctionEffects

MOST_CALLS = 2_000
"""The most calls of functions that one step leads to. Real ones lead to a few."""

MOST_CHARACTERS = 50_000
"""So much text of functions is read again for certain arguments of the calls of a cell."""

CHARACTERS_OF_READING = 1_000
"""Reading a function takes at least the time that so many characters take."""


class Called(NamedTuple):
    """A function that runs, or may run where not `certain`, or a class that makes an object.

    `doubt` is why what it reads may do no harm: it is given where the cell gives it, or an object
    with it, to a function that may call it.
    """

    function: FunctionEffects
    certain: bool
    doubt: Doubt


class Variants:
    """What functions do for the arguments that they are given."""

    def __init__(self) -> None:
        self._found: dict[Hashable, FunctionEffects] = {}
        self._characters = 0

    def of(
        self,
        function: FunctionEffects,
        arguments: Arguments,
        reduce: Callable[[Origin], Origin],
    ) -> FunctionEffects:
        """What the function does where it is given these arguments; `reduce` resolves them."""
        constants, body = constants_given(function, arguments, reduce), function.body
        if not constants or body is None:
            return function
        key = body, constants
        if key not in self._found:
            self._characters += CHARACTERS_OF_READING + body.first_line + len(body.text)
            if self._characters > MOST_CHARACTERS:
                return function
            found = body.read(body, constants) or function
            self._found[key] = replace(found, kind=function.kind, implicit=function.implicit)
        return self._found[key]


class Bodies:
    """Collects the functions that run, and the steps that their bodies take.

    `called` are these functions, `unresolved` the steps that start at names whose values are not
    known here. `may_run` tells whether a step from a name may run a function, `variants` what one
    does for its arguments, which `reduce` resolves. `doubt` holds for what runs now.
    """

    def __init__(
        self,
        may_run: Callable[[Origin], bool],
        variants: Variants,
        reduce: Callable[[Origin], Origin],
    ) -> None:
        self.called: list[Called] = []
        self.unresolved: list[tuple[Step, bool]] = []
        self.doubt: Doubt = None
        self._may_run = may_run
        self._visited: set[Hashable] = set()
        self._variants = variants
        self._reduce = reduce
        self._queue: list[tuple[Step, bool, Doubt]] = []

    def queue(self, step: Step, certain: bool, handled: bool = False) -> None:
        """The step is to be followed."""
        self._queue.append((step, certain, "handled" if handled else self.doubt))

    def next_step(self) -> tuple[Step, bool] | None:
        """The next step that is to be followed, and whether it is certain."""
        if not self._queue:
            return None
        step, certain, self.doubt = self._queue.pop()
        return step, certain

    def note(self, function: FunctionEffects, certain: bool) -> None:
        """The function runs, or the class makes an object."""
        self.called.append(Called(function, certain, self.doubt))

    def pend(self, step: Step, certain: bool) -> None:
        """The step starts at a name whose value is not known here."""
        self.unresolved.append((step, certain))

    def run(self, function: FunctionEffects, arguments: Arguments, certain: bool) -> None:
        """The body of the function runs: its steps are to be followed."""
        if function.body is not None:
            function = self._variants.of(function, arguments, self._reduce)
        key = (id(function), arguments, certain, self.doubt)
        if key in self._visited or len(self._visited) > MOST_CALLS:
            return
        self._visited.add(key)
        self.note(function, certain)
        given = arguments_by_name(function, arguments)
        replacement = giving(function, given)
        for step, does in function.steps:
            if any(self._matters(leaf, given) for leaf in leaves_of(step)):
                done = replaced(step, replacement)
                if isinstance(done, Step):
                    self.queue(done, certain and does, step in function.handled)

    def _matters(self, leaf: Origin, given: Mapping[str, Origin]) -> bool:
        """Whether a step of a body that starts here, or passes this on, may run a function."""
        if isinstance(leaf, Parameter):
            return leaf.name in given and type(given[leaf.name]) is not Literal
        if isinstance(leaf, (str, OuterName, Known)):
            return self._may_run(leaf)
        return type(leaf) is not Literal


def names_run_by(step: Step) -> list[tuple[str, bool]]:
    """The names of the functions whose bodies run if the step is taken, each with whether that is
    because what its call returned is consumed.
    """
    if step.kind in {"*", "await"}:
        return _called_name(step.of, is_consumed=True)
    found = _called_name(step, is_consumed=False)
    behaviour = behaviour_of(f"builtins.{step.of}") if found and step.of in BUILTINS else None
    if behaviour is None or behaviour.result == "lazy":
        return found
    for place, argument in step.arguments:
        if place in behaviour.calls and isinstance(argument, str):
            found.append((argument, False))
        elif place in behaviour.consumes:
            found += _called_name(argument, is_consumed=True)
    return found


def _called_name(origin: Origin, is_consumed: bool) -> list[tuple[str, bool]]:
    if isinstance(origin, Step) and origin.kind == "()" and isinstance(origin.of, str):
        return [(origin.of, is_consumed)]
    return []
