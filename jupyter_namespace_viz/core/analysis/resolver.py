"""In which scope does a read or a binding take effect?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from jupyter_namespace_viz.core.analysis.bindings import ImportStatement
from jupyter_namespace_viz.core.analysis.cell_names import PassedArgument
from jupyter_namespace_viz.core.analysis.cell_record import CellRecord
from jupyter_namespace_viz.core.analysis.function_effects import (
    BodyImport,
    BodyRead,
    FunctionEffects,
    effects_of_either,
)
from jupyter_namespace_viz.core.analysis.random_numbers import Draw
from jupyter_namespace_viz.core.analysis.scopes import (
    CellScope,
    ClassScope,
    ComprehensionScope,
    FunctionScope,
    Scope,
    binding_scope,
    mangled,
    running_scope,
    scope_of_object,
)
from jupyter_namespace_viz.core.vocabulary import DefinitionKind

MAX_CONSTANTS = 100
"""The most names of a cell whose values are known. Each branch copies them."""


class NameResolver:
    """Resolves each read and each binding in the scope where it happens.

    What takes effect in the kernel's namespace goes into `record`. The walker sets the other
    attributes as it goes: `scope`; `certain`, True where this code runs whenever the cell (or the
    function) does; `certain_in_branch`, True where it runs whenever the branch around it does;
    `guarded` and `import_guarded`, True where a handler would catch a NameError or a failing
    import. `constants` are the values of names of the cell that are known at this point.
    """

    def __init__(self) -> None:
        self.record = CellRecord()
        self.cell = self.record.scope
        self.scope: Scope = self.cell
        self._certain = True
        self.certain_in_branch = True
        self._branch_reads: dict[str, tuple[int, bool]] = {}
        self.guarded = False
        self.import_guarded = False
        self.constants: dict[str, Any] = {}

    @property
    def certain(self) -> bool:
        """Whether this code runs whenever the cell (or the function) does."""
        return self._certain

    @certain.setter
    def certain(self, certain: bool) -> None:
        self._certain = self.certain_in_branch = certain

    # Branches

    @contextmanager
    def branch(self) -> Iterator[dict[str, tuple[int, bool]]]:
        """The code in this context may not run.

        Yields the names that it reads whenever the branch runs: for each the line, and whether it
        is called.
        """
        outer = self._certain, self.certain_in_branch, self._branch_reads
        self._certain, self.certain_in_branch, self._branch_reads = False, True, {}
        yield self._branch_reads
        self._certain, self.certain_in_branch, self._branch_reads = outer

    @contextmanager
    def unreachable(self) -> Iterator[None]:
        """The code in this context never runs: it only makes names local to the function."""
        outer, scope = self.scope, self.binding_scope()
        inner = self.scope = FunctionScope(outer, "")
        constants, self.constants = self.constants, {}
        with self.branch():
            yield
        self.scope, self.constants = outer, constants
        if isinstance(scope, FunctionScope):
            scope.add_statements_of(inner)

    def read_common_names(self, branches: Sequence[Mapping[str, tuple[int, bool]]]) -> None:
        """Read the names that all of these branches read: exactly one of the branches runs."""
        first, *others = branches
        for name, (line, called) in first.items():
            found = [branch[name] for branch in others if name in branch]
            if len(found) == len(others):
                self.read(name, line, called and all(is_called for _, is_called in found))

    # Reading

    def read(
        self,
        name: str,
        line: int,
        called: bool = False,
        in_lambda: bool = False,
        unconsumed: bool = False,
    ) -> None:
        """The code reads the name here.

        `called` is True where it calls the name or passes it to a call, `in_lambda` where the read
        is in the body of a lambda that is called here, `unconsumed` where the result of the call is
        only stored or discarded.
        """
        if name[:2] == "__":
            name = mangled(name, self.scope)
        is_consumed, is_global = called and not unconsumed, False
        certain = self._certain and not self.guarded
        certain_in_branch = self.certain_in_branch and not self.guarded
        scope, innermost = self.scope, not in_lambda
        while not isinstance(scope, CellScope):
            if isinstance(scope, FunctionScope):
                is_free = name not in scope.certainly_assigned and (
                    is_global or scope.flow.boundness(name) == "free"
                )
                if certain_in_branch and is_free:
                    self._record_branch_read(name, line, is_consumed)
                scope.read(BodyRead(name, certain, called, is_consumed, self.guarded, is_global))
                return
            if isinstance(scope, ComprehensionScope):
                if name in scope.local_names:
                    return
                if scope.sees_class:
                    scope = scope.parent
                    continue
            elif innermost and name in scope.global_names:
                is_global = True
            elif innermost:
                boundness = scope.flow.boundness(name)
                if boundness == "bound":
                    if called and name in scope.functions:
                        self._run(scope.functions[name], line, is_consumed)
                    return
                certain = certain and boundness != "maybe"
                certain_in_branch = certain_in_branch and boundness != "maybe"
            innermost = False
            scope = scope.parent
        if certain_in_branch and self.cell.flow.boundness(name) == "free":
            self._record_branch_read(name, line, is_consumed)
        assumes = self.guarded and self._certain and isinstance(self.scope, CellScope)
        read = BodyRead(name, certain, called, is_consumed)
        self.record.read(
            read, line, self._certain, self.guarded, assumes, import_guarded=self.import_guarded
        )

    def _run(self, function: FunctionEffects, line: int, is_consumed: bool) -> None:
        """A class body calls a function of its own, which does not see the names of the class."""
        outer = self._certain, self.certain_in_branch
        for use in function.uses if is_consumed or not function.is_lazy else ():
            self._certain, self.certain_in_branch = (it and use.certain for it in outer)
            self.read(use.name, line, use.called, in_lambda=True)
        self._certain, self.certain_in_branch = outer

    def _record_branch_read(self, name: str, line: int, called: bool) -> None:
        was_called = self._branch_reads.get(name, (line, False))[1]
        self._branch_reads[name] = (line, called or was_called)

    def read_interpolated(self, name: str, line: int) -> None:
        """IPython inserts the value of the name into a text here, if the kernel holds the name."""
        guarded, certain = self.guarded, self.certain
        self.guarded, self.certain = True, False
        self.read(name, line)
        self.guarded, self.certain = guarded, certain

    def assume(self, name: str) -> None:
        """The name is known to be present at this point."""
        if isinstance(self.scope, CellScope):
            self.cell.flow.assume(name)

    # Binding

    def bind(
        self, name: str, kind: DefinitionKind, imports: list[ImportStatement] | None = None
    ) -> None:
        """The code binds the name here."""
        if name[:2] == "__":
            name = mangled(name, self.scope)
        scope = self.binding_scope()
        if self.constants:
            self.constants.pop(name, None)
        if isinstance(scope, FunctionScope):
            if name in scope.global_names:
                scope.assign_global(name, self.certain)
            elif name not in scope.outer_names:
                scope.bind(name)
                scope.rebound.add(name)
        elif isinstance(scope, ClassScope) and name not in scope.global_names:
            scope.flow.bind(name)
        else:
            self.record.bind(name, kind, imports or [], self._certain)

    def remember_constant(self, names: Iterable[str], value: Any) -> None:
        """The code has just bound the names to a constant."""
        if self.scope is self.cell and len(self.constants) < MAX_CONSTANTS:
            self.constants.update(dict.fromkeys(names, value))

    def bind_global(self, name: str, kind: DefinitionKind) -> None:
        """The code binds the name in the kernel's namespace, whichever scope it is in."""
        scope = running_scope(self.scope)
        self.constants.pop(name, None)
        if isinstance(scope, FunctionScope):
            scope.assign_global(name, self.certain)
        else:
            self.record.bind(name, kind, [], self._certain)

    def bind_function(self, effects: FunctionEffects) -> None:
        """The code has just bound a function or class with these effects."""
        scope = self.binding_scope()
        if isinstance(scope, CellScope):
            self.record.bind_function(effects)
        else:
            old, name = scope.functions.get(effects.name), effects.name
            scope.functions[name] = effects if old is None else effects_of_either(old, effects)

    def unbind(self, name: str) -> None:
        """The code deletes the name, or leaves the exception handler that has bound it."""
        if name[:2] == "__":
            name = mangled(name, self.scope)
        scope = self.binding_scope()
        if isinstance(scope, FunctionScope):
            if name not in scope.global_names:
                scope.unbind(name)
            elif self.certain:
                scope.deleted_globals.add(name)
            return
        scope.flow.unbind(name)
        self.constants.pop(name, None)
        if isinstance(scope, CellScope):
            self.record.delete(name)

    def import_module(
        self,
        module: str,
        line: int,
        statements: list[ImportStatement],
        names: Sequence[str] = (),
    ) -> None:
        """The code imports the module here and takes `names` from it; `statements` bind names."""
        running = running_scope(self.scope)
        if isinstance(running, FunctionScope):
            if not self.import_guarded:
                running.imports.append(BodyImport(module, tuple(names), self._certain))
            return
        certain = self._certain and not self.import_guarded
        bound = statements if isinstance(self.binding_scope(), CellScope) else []
        self.record.import_module(module, line, bound, certain, self.import_guarded, names)

    # Mutating

    def mutate(self, *names: str) -> None:
        """The code may mutate the objects of these names here."""
        for name in names:
            self._mutate(name)

    def _mutate(self, name: str) -> None:
        scope = scope_of_object(name, self.scope)
        if isinstance(scope, FunctionScope):
            scope.mutated.add(name)
        elif scope is not None:
            self.record.mutate([name])

    def pass_argument(self, argument: PassedArgument) -> None:
        """The code calls a function, which may mutate the argument."""
        own_function = self.cell.functions.get(argument.function)
        if own_function is not None and argument.parameter in own_function.mutated_parameters:
            self._mutate(argument.name)
        elif own_function is None and self.scope is self.cell:
            self.record.passed_arguments.add(argument)

    def draw(self, draw: Draw) -> None:
        """The code draws random numbers here, or seeds them."""
        scope = running_scope(self.scope)
        if isinstance(scope, FunctionScope):
            scope.draws.add(draw.numbers)
        elif draw.seed is not None and self.certain and draw.numbers not in self.record.draws:
            self.record.seed(draw.numbers, draw.seed)
        else:
            self.record.draw([draw.numbers])

    # Scopes

    def in_body(self) -> bool:
        """Whether this code runs only when a function is called."""
        return isinstance(running_scope(self.scope), FunctionScope)

    def binding_scope(self) -> CellScope | ClassScope | FunctionScope:
        """The scope in which a binding takes effect here."""
        return binding_scope(self.scope)
