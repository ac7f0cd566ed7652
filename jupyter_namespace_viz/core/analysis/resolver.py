"""What does it mean that a name is read or bound here?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from jupyter_namespace_viz.core.analysis.bindings import ImportStatement
from jupyter_namespace_viz.core.analysis.cell_names import Import, PassedArgument, Use, merged
from jupyter_namespace_viz.core.analysis.flow import CERTAINLY_PRESENT
from jupyter_namespace_viz.core.analysis.function_effects import (
    BodyRead,
    FunctionEffects,
    add_read,
    either,
    follow_calls,
)
from jupyter_namespace_viz.core.analysis.random_numbers import AND_DRAWS, Draw
from jupyter_namespace_viz.core.analysis.scopes import (
    CellScope,
    ClassScope,
    ComprehensionScope,
    FunctionScope,
    Scope,
)
from jupyter_namespace_viz.core.vocabulary import DefinitionKind

MOST_FOLLOWED = 200_000
"""Reads of called functions in one cell. Real cells have a few hundred; a text made to be slow
would take minutes."""


@dataclass(slots=True)
class Found:
    """The bindings of one name in the cell so far: the last kind, and its imports.

    `line` is that of the first certain binding.
    """

    kind: DefinitionKind
    line: int | None
    imports: list[ImportStatement] = field(default_factory=list)


class NameResolver:
    """Resolves each read and each binding in the scope where it happens, and notes the outcome.

    The walker sets `scope`, the `line` of the statement, and `certain` to whether the text here
    runs whenever the cell (or the function) does, `certain_in_branch` whenever the branch around it
    does; `guarded` and `import_guarded` while a handler
    would catch a NameError, or a failing import. `last_followed_line` is None unless the cell
    calls so much that what its functions read was followed up to that line only.
    """

    def __init__(self) -> None:
        self.cell = CellScope()
        self.scope: Scope = self.cell
        self.line = 1
        self._certain = True
        self.certain_in_branch = True
        self._branch: dict[str, tuple[int, bool]] = {}
        self.guarded = False
        self.import_guarded = False
        self.uses: dict[str, Use] = {}
        self.deferred: dict[str, BodyRead] = {}
        self.deferred_bound: dict[str, BodyRead] = {}
        self.found: dict[str, Found] = {}
        self.imports: dict[str, Import] = {}
        self.star_imports: set[str] = set()
        self.unbound: set[str] = set()
        self.mutated: set[str] = set()
        self.seeds: dict[str, str] = {}
        self.passed_arguments: set[PassedArgument] = set()
        self.clears_namespace = False
        self.last_followed_line: int | None = None
        self._followed = 0
        self._is_passing = False

    @property
    def certain(self) -> bool:
        """Whether the text here runs whenever the cell (or the function) does."""
        return self._certain

    @certain.setter
    def certain(self, certain: bool) -> None:
        self._certain = self.certain_in_branch = certain

    # Branches

    @contextmanager
    def branch(self) -> Iterator[dict[str, tuple[int, bool]]]:
        """What is read inside may not be; gives what is whenever the branch runs: the line, and
        whether it is called.
        """
        outer = self._certain, self.certain_in_branch, self._branch
        self._certain, self.certain_in_branch, self._branch = False, True, {}
        yield self._branch
        self._certain, self.certain_in_branch, self._branch = outer

    def read_in_all(self, branches: Sequence[Mapping[str, tuple[int, bool]]]) -> None:
        """One of these branches runs: what all of them read is read."""
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
        by_lambda: bool = False,
        kept: bool = False,
    ) -> None:
        """The text reads the name here; `called` when it calls it or passes it on, `by_lambda`
        when the body of a lambda does that is called here, `kept` when what the call gives is
        kept or dropped as it is.
        """
        is_consumed = called and not kept
        certain = self._certain and not self.guarded
        certain_in_branch = self.certain_in_branch and not self.guarded
        scope, innermost = self.scope, not by_lambda
        while not isinstance(scope, CellScope):
            if isinstance(scope, FunctionScope):
                if certain_in_branch and name not in scope.certainly_assigned:
                    self._note_in_branch(name, line, is_consumed)
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
            self._note_in_branch(name, line, is_consumed)
        self._read_in_cell(BodyRead(name, certain, called, is_consumed), line, None)

    def _note_in_branch(self, name: str, line: int, called: bool) -> None:
        was_called = self._branch.get(name, (line, False))[1]
        self._branch[name] = (line, called or was_called)

    def read_interpolated(self, name: str, line: int) -> None:
        """IPython puts the value of the name into a text here, if it has one."""
        guarded, certain = self.guarded, self.certain
        self.guarded, self.certain = True, False
        self.read(name, line)
        self.guarded, self.certain = guarded, certain

    def assume(self, name: str) -> None:
        """On the path to here the cell knows that the name is there."""
        if isinstance(self.scope, CellScope):
            self.cell.flow.assume(name)

    def _read_in_cell(self, read: BodyRead, line: int, via: str | None) -> None:
        name = read.name
        boundness = self.cell.flow.boundness(name)
        if boundness in {"free", "assumed", "present", "maybe"}:
            use = Use(
                name,
                "immediate",
                read.certain and boundness == "free",
                via,
                read.called,
                self.guarded or boundness in CERTAINLY_PRESENT,
                bool(self.star_imports),
                line,
                read.is_consumed,
            )
            old = self.uses.get(name)
            self.uses[name] = use if old is None else _merged(old, use)
            if self.guarded and self.certain and via is None:
                self.assume(name)  # else the handler would have taken over
        if via is None and boundness != "free" and name in self.cell.functions:
            self._follow(read, line)

    def _follow(self, read: BodyRead, line: int) -> None:
        """The cell uses a function of its own: what the function reads is read now."""
        name = read.name
        if self._followed > MOST_FOLLOWED:
            self.last_followed_line = self.last_followed_line or line
            return
        reads = {name: read}
        follow_calls(reads, self.cell.functions, [name])
        del reads[name]
        self._followed += len(reads)
        for use in reads.values():
            self._read_in_cell(use, line, name)
        if read.called:
            for assigned in self.cell.functions[name].assigned_globals:
                self._bind_in_cell(assigned, "global", [])
            self._mutate_in_cell(self.cell.functions[name].mutated_globals)

    # Binding

    def bind(
        self, name: str, kind: DefinitionKind, imports: list[ImportStatement] | None = None
    ) -> None:
        """The text binds the name here."""
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
            self._bind_in_cell(name, kind, imports or [])

    def _bind_in_cell(
        self, name: str, kind: DefinitionKind, imports: list[ImportStatement]
    ) -> None:
        self.cell.flow.bind(name)
        self.cell.functions.pop(name, None)
        if self._is_passing:
            return
        found = self.found.get(name)
        if found is None or found.kind != kind:
            found = self.found[name] = Found(kind, found.line if found is not None else None)
        if found.line is None and self.certain:
            found.line = self.line
        if imports and self.certain:  # what it was before is lost, but for parts of one package
            gives = imports[0].gives
            found.imports = [one for one in found.imports if one.gives == gives is not None]
        found.imports += [one for one in imports if one not in found.imports]

    def bind_body(self, names: FunctionEffects) -> None:
        """What a function or class that was just bound does when it is called."""
        scope = self.binding_scope()
        if not isinstance(scope, CellScope) and names.name in scope.functions:
            names = either(scope.functions[names.name], names)
        scope.functions[names.name] = names
        if isinstance(scope, CellScope) and not self._is_passing:
            for use in names.uses:
                # Where the name is bound already it still is when somebody calls: the function is
                # there only if this branch has run. Unless the cell deletes the name later on.
                is_bound = scope.flow.boundness(use.name) == "bound"
                add_read(self.deferred_bound if is_bound else self.deferred, use)

    def unbind(self, name: str) -> None:
        """The text deletes the name, or leaves the handler that bound it."""
        scope = self.binding_scope()
        if isinstance(scope, FunctionScope):
            if name not in scope.global_names:
                scope.local_names.add(name)
            return
        scope.flow.unbind(name)
        if isinstance(scope, CellScope):
            scope.functions.pop(name, None)
            if not self._is_passing:
                self.unbound.add(name)

    def mutate(self, *names: str) -> None:
        """The text may change the objects of these names in place here."""
        for name in names:
            self._mutate(name)

    def _mutate(self, name: str) -> None:
        scope = self.scope
        while not isinstance(scope, CellScope):
            if isinstance(scope, FunctionScope):
                scope.mutated.add(name)
                return
            if isinstance(scope, ComprehensionScope):
                is_own = name in scope.local_names
            else:
                is_own = scope.flow.boundness(name) == "bound"
            if is_own:
                return
            scope = scope.parent
        self._mutate_in_cell([name])

    def _mutate_in_cell(self, names: Iterable[str]) -> None:
        for name in self.seeds.keys() & names:
            if AND_DRAWS not in self.seeds[name]:
                self.seeds[name] += AND_DRAWS
        self.mutated.update(names)

    def pass_on(self, passing: PassedArgument) -> None:
        """The text calls a function with an object that it may change in place."""
        own = self.cell.functions.get(passing.function)
        if own is not None and passing.parameter in own.mutated_parameters:
            self._mutate(passing.name)
        elif own is None and self.scope is self.cell:
            self.passed_arguments.add(passing)

    def draw(self, draw: Draw) -> None:
        """The text draws random numbers here, or seeds them."""
        is_first = self.certain and not self.in_body() and draw.numbers not in self.mutated
        if draw.seed is not None and is_first:
            self.mutated.add(draw.numbers)
            self.seeds[draw.numbers] = draw.seed
        else:
            self._mutate(draw.numbers)

    def clear_namespace(self) -> None:
        """The text deletes all names: those of this cell so far, and those of all before it."""
        self.clears_namespace = True
        for name in self.cell.flow.names():
            self.cell.flow.unbind(name)
        self.cell.functions.clear()

    @contextmanager
    def in_passing(self) -> Iterator[None]:
        """What is bound inside is lost afterwards."""
        cell, functions, was_passing = self.cell, dict(self.cell.functions), self._is_passing
        cell.flow.begin_branch()
        self._is_passing = True
        yield
        self._is_passing = was_passing
        cell.flow.take_back_branch()
        cell.functions = functions

    def import_module(self, module: str, line: int, statements: list[ImportStatement]) -> None:
        """The text imports the module here, and binds names to it or from it."""
        if self.in_body():
            return
        is_kept = isinstance(self.binding_scope(), CellScope) and not self._is_passing
        certain, guarded = self.certain and not self.import_guarded, self.import_guarded
        new = Import(module, certain, guarded, line, tuple(statements) if is_kept else ())
        old = self.imports.get(module)
        self.imports[module] = new if old is None else merged(old, new)

    def in_body(self) -> bool:
        """Whether the text here runs only when somebody calls it."""
        scope = self.scope
        while not isinstance(scope, (CellScope, FunctionScope)):
            scope = scope.parent
        return isinstance(scope, FunctionScope)

    def binding_scope(self) -> CellScope | ClassScope | FunctionScope:
        """Where a binding here takes effect: a walrus in a comprehension binds outside it."""
        scope = self.scope
        while isinstance(scope, ComprehensionScope):
            scope = scope.parent
        return scope


def _merged(old: Use, new: Use) -> Use:
    """Two uses of one name: the first that is certain leads, a direct one before one by a call."""
    first = new if (new.certain, new.via is None) > (old.certain, old.via is None) else old
    called = old.called or new.called
    guarded = old.guarded and new.guarded
    star = old.star and new.star
    through = old.is_consumed or new.is_consumed
    flags = (first.called, first.guarded, first.star, first.is_consumed)
    if (called, guarded, star, through) == flags:
        return first
    return replace(first, called=called, guarded=guarded, star=star, is_consumed=through)
