"""In which scope does a read or a binding take effect?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

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
)
from jupyter_namespace_viz.core.vocabulary import DefinitionKind


class NameResolver:
    """Resolves each read and each binding in the scope where it happens.

    What takes effect in the kernel's namespace goes into `record`. The walker sets the other
    attributes as it goes: `scope`; `certain`, True where this code runs whenever the cell (or the
    function) does; `certain_in_branch`, True where it runs whenever the branch around it does;
    `guarded` and `import_guarded`, True where a handler would catch a NameError or a failing
    import.
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
        is_consumed = called and not unconsumed
        certain = self._certain and not self.guarded
        certain_in_branch = self.certain_in_branch and not self.guarded
        scope, innermost = self.scope, not in_lambda
        while not isinstance(scope, CellScope):
            if isinstance(scope, FunctionScope):
                if certain_in_branch and name not in scope.certainly_assigned:
                    self._record_branch_read(name, line, is_consumed)
                scope.read(name, certain, called, is_consumed)
                return
            if isinstance(scope, ComprehensionScope):
                if name in scope.local_names:
                    return
            elif innermost and name not in scope.global_names:
                boundness = scope.flow.boundness(name)
                if boundness == "bound":
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
        scope = self.binding_scope()
        if isinstance(scope, FunctionScope):
            if name in scope.global_names:
                scope.assigned_globals.add(name)
                if self.certain:
                    scope.certainly_assigned.add(name)
            elif name not in scope.outer_names:
                scope.local_names.add(name)
                scope.rebound.add(name)
        elif isinstance(scope, ClassScope) and name not in scope.global_names:
            scope.flow.bind(name)
        else:
            self.record.bind(name, kind, imports or [], self._certain)

    def bind_function(self, effects: FunctionEffects) -> None:
        """The code has just bound a function or class with these effects."""
        scope = self.binding_scope()
        if isinstance(scope, CellScope):
            self.record.bind_function(effects)
        elif effects.name in scope.functions:
            scope.functions[effects.name] = effects_of_either(
                scope.functions[effects.name], effects
            )
        else:
            scope.functions[effects.name] = effects

    def unbind(self, name: str) -> None:
        """The code deletes the name, or leaves the exception handler that has bound it."""
        scope = self.binding_scope()
        if isinstance(scope, FunctionScope):
            if name not in scope.global_names:
                scope.local_names.add(name)
            return
        scope.flow.unbind(name)
        if isinstance(scope, CellScope):
            self.record.delete(name)

    def import_module(
        self,
        module: str,
        line: int,
        statements: list[ImportStatement],
        names: Sequence[str] = (),
    ) -> None:
        """The code imports the module here, and binds names to it or from it: `names` are those
        that it takes from the module."""
        running = self._running_scope()
        if isinstance(running, FunctionScope):
            if not self.import_guarded:
                running.imports.append(BodyImport(module, tuple(names), self._certain))
            return
        is_global = isinstance(self.binding_scope(), CellScope)
        certain = self._certain and not self.import_guarded
        bound = statements if is_global else []
        self.record.import_module(module, line, bound, certain, self.import_guarded, names)

    # Mutating

    def mutate(self, *names: str) -> None:
        """The code may mutate the objects of these names here."""
        for name in names:
            self._mutate(name)

    def _mutate(self, name: str) -> None:
        scope = self.scope
        while not isinstance(scope, CellScope):
            if isinstance(scope, FunctionScope):
                scope.mutated.add(name)
                return
            if isinstance(scope, ComprehensionScope):
                is_local = name in scope.local_names
            else:
                is_local = scope.flow.boundness(name) == "bound"
            if is_local:
                return
            scope = scope.parent
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
        scope = self._running_scope()
        if isinstance(scope, FunctionScope):
            scope.draws.add(draw.numbers)
        elif draw.seed is not None and self.certain and draw.numbers not in self.record.draws:
            self.record.seed(draw.numbers, draw.seed)
        else:
            self.record.draw([draw.numbers])

    # Scopes

    def in_body(self) -> bool:
        """Whether this code runs only when a function is called."""
        return isinstance(self._running_scope(), FunctionScope)

    def _running_scope(self) -> CellScope | FunctionScope:
        """The scope whose code runs as a unit: class bodies and comprehensions run as part of the
        scope around them.
        """
        scope = self.scope
        while not isinstance(scope, (CellScope, FunctionScope)):
            scope = scope.parent
        return scope

    def binding_scope(self) -> CellScope | ClassScope | FunctionScope:
        """The scope in which a binding takes effect: a walrus in a comprehension binds outside of
        it.
        """
        scope = self.scope
        while isinstance(scope, ComprehensionScope):
            scope = scope.parent
        return scope
