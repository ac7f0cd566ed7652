"""What is known at this point of the path that the code takes?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from jupyter_namespace_viz.core.analysis.calls.origins import Origin, Step
from jupyter_namespace_viz.core.analysis.function_effects import FunctionEffects
from jupyter_namespace_viz.core.analysis.scopes import Scope

_UNCHANGEABLE = frozenset({bool, bytes, complex, float, int, str, tuple, type(None), type(...)})

MAX_CONSTANTS = 100
"""The most names of a cell whose values are known. Each branch copies them."""


_NO_VALUES: Mapping[str, Any] = {}


@dataclass(slots=True)
class Given:
    """The values of parameters for which the body of the function `owner` is read: those that it
    keeps, and those that it may bind again or change. `effects` are what it does then."""

    owner: str
    kept: Mapping[str, Any]
    initial: Mapping[str, Any]
    effects: FunctionEffects | None = None


class PathState:
    """How certain it is that the code at this point runs, and what would handle its errors.

    `scope` is the innermost one around it. `certain` is True where this code runs whenever the cell
    (or the function) does; `certain_in_branch`, where it runs whenever the branch around it does;
    `guarded` and `import_guarded`, where a handler would catch a NameError or a failing import,
    `in_try`, where one may catch any error, `handled`, where one certainly catches every error.
    `constants` are the values of names that are known at this point, `outer_constants` those of
    names that keep them: that other cells bind, or parameters that their function does not bind
    again. All these are names of the scope `valued`, which is the cell unless a function is read
    for certain arguments. `tested` are names whose values would decide which branches run.
    `loop_items` are the origins of what the targets of the loops around it are bound to.
    `error_groups` are the names that are bound to exceptions, or tuples of them. `raised` is the
    class of the error that the code has certainly raised before this point of the branch, with the
    line of its statement.
    """

    def __init__(self, scope: Scope) -> None:
        self.scope = self.valued = scope
        self._certain = True
        self.certain_in_branch = True
        self._branch_reads: dict[str | Step, int] | None = None
        self.guarded = False
        self.import_guarded = False
        self.in_try = False
        self.handled = False
        self.constants: dict[str, Any] = {}
        self.outer_constants: Mapping[str, Any] = {}
        self.tested: set[str] = set()
        self.loop_items: dict[str, Origin] = {}
        self.error_groups: dict[str, frozenset[str]] = {}
        self.raised: tuple[str, int] | None = None
        self._suspended: tuple[bool, bool, bool, bool] | None = None

    def give(self, given: Given) -> None:
        """The body of a function begins here that is read for these arguments."""
        self.valued, self.outer_constants = self.scope, given.kept
        self.constants = dict(given.initial)

    def values(self) -> Mapping[str, Any]:
        """The values of names that are known at this point."""
        if self.scope is not self.valued:
            return _NO_VALUES
        outer = self.outer_constants
        return {**outer, **self.constants} if outer else self.constants

    @property
    def certain(self) -> bool:
        """Whether this code runs whenever the cell (or the function) does."""
        return self._certain

    @certain.setter
    def certain(self, certain: bool) -> None:
        self._certain = self.certain_in_branch = certain

    @contextmanager
    def branch(self) -> Iterator[dict[str | Step, int]]:
        """The code in this context may not run.

        Yields the names that it reads and the steps that it takes whenever the branch runs, each
        with its line.
        """
        outer = self._certain, self.certain_in_branch, self._branch_reads
        outer_errors = self.guarded, self.import_guarded, self.raised, self._suspended
        done: dict[str | Step, int] = {}
        self._certain, self.certain_in_branch, self._branch_reads = False, True, done
        yield done
        self._certain, self.certain_in_branch, self._branch_reads = outer
        self.guarded, self.import_guarded, self.raised, self._suspended = outer_errors

    def suspend(self, error: str, line: int) -> None:
        """The code certainly raises an error here: the rest of the statement does not run."""
        if self._suspended is None:
            certain = self._certain, self.certain_in_branch
            self._suspended = (*certain, self.guarded, self.import_guarded)
        self.raised = error, line
        self._certain = self.certain_in_branch = False
        self.guarded = self.import_guarded = True

    def resume(self) -> None:
        """A statement ends here."""
        if self._suspended is not None:
            self._certain, self.certain_in_branch, self.guarded, self.import_guarded = (
                self._suspended
            )
            self._suspended = None

    def forget_changeable(self) -> None:
        """The code may change a list, a dict or a class."""
        if self.constants:
            self.constants = {
                name: it for name, it in self.constants.items() if type(it) in _UNCHANGEABLE
            }

    def forget_value(self, name: str) -> None:
        """The name is bound again."""
        if self.constants:
            self.constants.pop(name, None)
        if self.loop_items:
            self.loop_items.pop(name, None)

    def remember_constant(self, names: Iterable[str], value: Any) -> None:
        """The cell has just bound the names to a constant."""
        if len(self.constants) < MAX_CONSTANTS:
            self.constants.update(dict.fromkeys(names, value))
